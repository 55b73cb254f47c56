"""Data as it leaves the shell: JSON and CSV for programs, and how wide a line for people may be.  Light: all import it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui.shell.output import pour, speaks_utf8

if TYPE_CHECKING:
    from store.settings import Settings
    from tui.shell.session import Session

NARROWEST = 40
FORMULAS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""


def terminal_width() -> int | None:
    """The columns of the terminal that stdout is, or what COLUMNS says; None for a pipe."""
    if sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit():
        import shutil  # a pipe does without

        return max(shutil.get_terminal_size().columns, NARROWEST)
    return None


def print_objects(session: Session, objects: Sequence[Mapping[str, Any]], *, alone: bool = False) -> None:
    """Print JSON: with ``--jsonl`` an object a line, else one list, or the object itself when it stands ``alone``."""
    if session.flags.jsonl:
        pour("".join(_json(one) + "\n" for one in objects))
    else:
        pour(_json(objects[0] if alone else list(objects), 2) + "\n")


def _json(value: object, indent: int | None = None) -> str:
    import json  # what is for people does without, as without csv below

    return json.dumps(value, ensure_ascii=not speaks_utf8(sys.stdout), indent=indent)


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table for a spreadsheet: a line a row; what would be taken for a formula is marked as text with an apostrophe."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def _harmless(cell: str) -> str:
    from tui.text import safe

    shown = safe(cell)
    return "'" + shown if shown.startswith(FORMULAS) else shown


def counted(settings: Settings, noun: str, number: int) -> str:
    """How many of a kind, in the words of the workspace."""
    return f"{number} {settings.one(noun) if number == 1 else settings.many(noun)}"
