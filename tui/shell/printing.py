"""Records as they leave the shell: columns for people, JSON and CSV for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from store.derived import due_on
from store.model import Record
from store.settings import Settings
from tui.drawing.lists import NARROWEST_TITLE, Layout, layout
from tui.perspective import Column, Scene
from tui.perspectives._columns import AGE, DUE, ID, PEOPLE, STATE, TITLE, people_of
from tui.shell.output import pour, put, speaks_utf8
from tui.shell.session import Session, as_object
from tui.text import fit, safe, width_of

COLUMNS = (ID, STATE, TITLE, PEOPLE, AGE, DUE)
NARROWEST, WIDEST = 40, 400
FORMULAS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""

CSV_FIELDS = ("id", "type", "state", "title", "people", "tags", "due", "created", "created_by", "updated", "updated_by")


def print_records(session: Session, records: Sequence[Record], columns: tuple[Column, ...] = COLUMNS) -> None:
    """Print some records in the form that was asked for."""
    if session.flags.csv:
        pour(as_csv(CSV_FIELDS, map(_row, records)))
    elif session.flags.is_machine:
        print_objects(session, [as_object(record) for record in records])
    else:
        print_rows(records, columns, session.scene)


def print_rows(records: Sequence[Record], columns: tuple[Column, ...], scene: Scene, width: int = 0) -> None:
    """Print a line a record, in ``width`` cells, else as wide as the terminal, in a pipe as wide as the longest title."""
    plan = layout(columns, width or room(records, columns))
    if lines := [_line(record, scene, plan) for record in records]:
        put("\n".join(lines))


def _line(record: Record, scene: Scene, plan: Layout) -> str:
    """What ``cells`` draws, without its colours."""
    places = zip(plan.columns, plan.widths, strict=True)
    return " ".join([fit(column.cell(record, scene).text, width, column.right) for column, width in places]).rstrip()


def room(records: Sequence[Record], columns: tuple[Column, ...]) -> int:
    """How many cells a line may take."""
    if (width := terminal_width()) is not None:
        return width
    longest = max((width_of(safe(record.label)) for record in records), default=0)
    return sum(column.width + 1 for column in columns) + min(max(longest, NARROWEST_TITLE), WIDEST)


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
    import json  # lists for people do without, as without csv below

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
    shown = safe(cell)
    return "'" + shown if shown.startswith(FORMULAS) else shown


def _row(record: Record) -> tuple[str, ...]:
    due = due_on(record)
    return (
        record.id,
        record.noun,
        record.standing,
        str(getattr(record, record.headline)),
        ", ".join(people_of(record)),
        ", ".join(record.tags),
        due.isoformat() if due else "",
        record.created,
        record.created_by,
        record.updated,
        record.updated_by,
    )


def counted(settings: Settings, noun: str, number: int) -> str:
    """How many of a kind, in the words of the workspace."""
    return f"{number} {settings.one(noun) if number == 1 else settings.many(noun)}"
