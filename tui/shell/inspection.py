"""Verbs about the workspace itself: where it is, and whether it is well."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Mapping
from itertools import chain

from store.damaged import unreadable
from store.model import KINDS
from store.place import folder, tellings_folder, theme_file, themes_folder, views_file
from store.quoting import quoted
from tui.shell.output import put
from tui.shell.printing import counted, print_objects, terminal_width
from tui.shell.session import Session
from tui.shell.verb import Given, Verb

DAMAGED = 6


def places(session: Session) -> dict[str, str | list[str]]:
    """Every path in use, by what it is for; backups and damaged copies are those that are there."""
    path = session.path
    here = glob.escape(path)
    return {
        "workspace": path,
        "journal": path + ".journal",
        "backups": sorted(glob.glob(here + ".*.bak")),
        "damaged": sorted(glob.glob(here + ".damaged-*")),
        "config": folder("config", session.environ),
        "theme": theme_file(session.environ),
        "themes": themes_folder(session.environ),
        "views": views_file(session.environ),
        "tellings": tellings_folder(session.environ),
        "state": folder("state", session.environ),
    }


def _where(session: Session, given: Given) -> int:
    found = places(session)
    if session.flags.is_machine:
        print_objects(session, [{**found, "me": session.me}], alone=True)
        return 0
    for name, value in found.items():
        for path in [value] if isinstance(value, str) else value:
            missing = "" if os.path.exists(path) else "  (not there yet)"
            put(f"{name:<10} {quoted(path, 1000)}{missing}")
    put(f"{'me':<10} {quoted(session.me)}")
    return 0


# ---------------------------------------------------------------------------------------------------------------- doctor


def faults(session: Session) -> list[str]:
    """What is wrong with the files, in sentences; empty when all is well."""
    backend = session.workspace().backend
    return [
        *dict.fromkeys([*backend.problems, *backend.damage()]),
        *(
            f"{record.id} holds what its model cannot read: {', '.join(aside)}. The values are kept aside."
            for record in session.records
            if (aside := unreadable(record))
        ),
    ]


def dangling(session: Session) -> list[str]:
    """The arrows that lead to records which are not there, as ``B12 nests_in M3``.  Undoing a deletion mends them."""
    records = session.records
    return [f"{record.id} {link.kind} {link.to}" for record in records for link in record.links if link.to not in records]


def facts(session: Session) -> Iterator[tuple[str, str]]:
    """What there is to know about the workspace, as (name, value)."""
    backend, records = session.workspace().backend, session.records
    held = [counted(records.settings, kind.noun, records.count(kind)) for kind in KINDS if records.count(kind)]
    yield "workspace", quoted(session.path, 1000)
    yield "holds", ", ".join(held) or "nothing yet"
    yield "steps", f"the newest operation is {backend.n}"
    yield "file", _size(session.path)
    yield "journal", _size(session.path + ".journal")
    yield "writing", f"not possible: {backend.read_only}" if backend.read_only else "possible"
    yield "arrows", _arrows(dangling(session))


def _arrows(lost: list[str]) -> str:
    """What is said of the arrows that lead to records which are not there: the first ten."""
    shown = [*lost[:10], *([f"{len(lost) - 10} more"] if len(lost) > 10 else [])]
    return f"to records that are not there: {'; '.join(shown)}" if lost else "none lead nowhere"


def _size(path: str) -> str:
    try:
        size = os.stat(path).st_size
    except OSError:
        return "not there yet"
    return f"{size} bytes" if size < 10_000 else f"{size / 1000:.0f} kB" if size < 10_000_000 else f"{size / 1e6:.0f} MB"


def _doctor(session: Session, given: Given) -> int:
    from tui.shell import surroundings  # runs other programs; printing paths needs none

    quiet, session.flags.quiet = session.flags.quiet, True  # what opening finds is told below
    wrong = faults(session)
    session.flags.quiet = quiet
    may_ask = session.may_ask and not session.flags.is_machine
    environ = _as_asked(session)
    known = {**dict(facts(session)), **dict(surroundings.facts(environ, may_ask=may_ask))}
    hints = surroundings.advice(environ)
    if session.flags.is_machine:
        lists = {"advice": hints, "dangling": dangling(session), "problems": wrong}
        print_objects(session, [{**known, **lists}], alone=True)
    else:
        said = (("advice", sentence) for sentence in hints), (("problem", sentence) for sentence in wrong)
        for name, value in chain(known.items(), *said):
            _put_fact(name, quoted(value, 1000))
        well = "All is well." if known["app"] == surroundings.OPENS else "The workspace is well."
        put("Nothing was lost that is not named here; the damaged parts are kept." if wrong else well)
    return DAMAGED if wrong else 0


def _put_fact(name: str, value: str) -> None:
    """Print a fact; in a terminal its words go on below each other, and a path stays whole, to be copied."""
    from tui.text import wrapped

    width = terminal_width()
    lines = [value] if width is None or " " not in value else wrapped(value, width - len(f"{name:<10} "))
    for number, line in enumerate(lines):
        put(f"{'' if number else name:<10} {line}")


def _as_asked(session: Session) -> Mapping[str, str]:
    """The environment as the flags of the line would have it."""
    asked = {"MANYVIEW_WIRE": session.flags.wire, "MANYVIEW_THEME": session.flags.theme}
    return {**session.environ, **{name: value for name, value in asked.items() if value is not None}}


VERBS = (
    Verb(
        "where",
        "Print every path in use",
        _where,
        examples=(("many where", ""), ('cp "$(many where --json | jq -r .workspace)" backup.json', "for a script")),
        group="Workspace",
    ),
    Verb(
        "doctor",
        "Check the workspace and the terminal",
        _doctor,
        examples=(("many doctor", "exit 6 when something is damaged"),),
        group="Workspace",
    ),
)
