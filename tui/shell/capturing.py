"""The verbs that capture, declared; and capture where the workspace must be opened for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from store.capture import Draft
from store.changes import superseding
from store.model import BY_TABLE
from store.step import create, provisional
from tui.shell.capture import run, sentence
from tui.shell.flags import CAPTURES, Flags
from tui.shell.session import Session
from tui.shell.verb import Argument, Given, Verb


def commit(flags: Flags, environ: Mapping[str, str], found: Draft) -> tuple[int, dict[str, Any]]:
    """The number and the document of the record, added through the opened workspace, which migrates and mends it first."""
    session = Session(flags, environ)
    try:
        kind = BY_TABLE[found.table]
        record = kind.model_validate({**found.document, "id": provisional(kind, 1)})
        added = create([record], sentence(found))
        moved = superseding(session.workspace(writing=True).records, record)
        done = session.workspace(writing=True).commit(added._replace(changes=(*added.changes, *moved)))
        assert done is not None, "a new record is a change"
        for change in moved:
            session.tell(f"  {change.record.id} {change.record.label} is superseded by it")
        return int(done.operations[0].key), session.records.find(kind.letter + done.operations[0].key).document()
    finally:
        session.close()


def today(flags: Flags, environ: Mapping[str, str]) -> date:
    """The day it is where the workspace is, which is opened to know."""
    session = Session(flags, environ)
    try:
        return session.today
    finally:
        session.close()


def _capture(session: Session, given: Given) -> int:
    return run(session.flags, session.environ)


_SUMMARIES = {
    "mission": ("Capture a mission", "many mission Readers find their next book +discovery @anna wip:3"),
    "bet": ("Capture a bet", "many bet Try weekly lists re:M3 @ben settle:+6w"),
    "decide": (
        "Capture a decision",
        'many decide Keep SSO out +security @anna re:B7 because "2 of 40 asked" conf:70 revisit:+6w',
    ),
    "belief": (
        "Capture a belief, an assumption or a question",
        "many belief People trust lists by librarians kind:assumption",
    ),
    "signal": ("Capture a signal", "many signal Books finished a month unit:books from:1.2 to:1.6 by:eoq"),
    "note": (
        "Write an update about a record, or for the inbox",
        "many note Two readers asked for it about:B12 health:risk conf:40",
    ),
}
_ABOUT = (
    "Only `+tag`, `@who` and known `key:value` are fields, every other word is text; `--` ends them. Without a text,"
    " a terminal is asked for one line, in which nothing needs quoting; of a pipe, the first line is the title and the rest"
    " the body. Days such as fri and +3d are counted from the day it is where the workspace is (`zone` in its settings)."
)

VERBS = tuple(
    Verb(
        noun,
        _SUMMARIES[noun][0],
        _capture,
        (Argument("TEXT", "what there is to say, with its +tags, @people and key:value", 0, several=True),),
        examples=((_SUMMARIES[noun][1], ""), (f"git log -1 --format=%B | many {noun}", "from a pipe")),
        group="Capture",
        about=_ABOUT,
        takes_text=True,
    )
    for noun in CAPTURES
)
