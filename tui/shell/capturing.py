"""Verbs that capture, where the fast path does not do: the prompt, the pipe, and a workspace that must be opened first."""

from __future__ import annotations

import sys

from store.capture import Draft
from store.errors import UsageError
from store.model import BY_TABLE, place
from store.step import create, provisional
from tui.shell.capture import LETTERS, echo, sentence, understood
from tui.shell.flags import CAPTURES
from tui.shell.session import Session
from tui.shell.verb import Argument, Given, Verb


def _capture(session: Session, given: Given) -> int:
    if given.words:
        return _commit(session, understood(session.flags, session.environ, list(given.words)))
    text = _asked(session)
    found = understood(session.flags, session.environ, text)
    return _commit(session, found)


def _asked(session: Session) -> str:
    """The text to capture: one line that is asked for, or everything a pipe holds.  Raises ``UsageError`` for neither."""
    noun = session.flags.words[0]
    if not sys.stdin.isatty():
        return _piped()
    if not session.may_ask:
        raise UsageError(f"many {noun} needs its text, and may not ask for it.\nTry: many {noun} Say it in a few words +tag")
    import readline  # noqa: F401  (the line can be edited once it is loaded)

    try:
        return input(f"{noun}> ")
    except EOFError:
        raise UsageError("Nothing was typed. Nothing was changed.") from None


def _piped() -> str:
    raw = getattr(sys.stdin, "buffer", None)
    return sys.stdin.read() if raw is None else raw.read().decode("utf-8", "surrogateescape")


def _commit(session: Session, found: Draft) -> int:
    """Add the record through the opened workspace, which migrates, mends and rebuilds what has to be."""
    kind = BY_TABLE[found.table]
    record = kind.model_validate({**found.document, "id": provisional(kind, 1)})
    done = session.workspace(writing=True).commit(create([record], sentence(found)))
    assert done is not None, "a new record is a change"
    number = int(done.operations[0].key)
    stored = session.records.get(f"{LETTERS[found.table][0]}{number}")
    assert stored is not None and place(stored.id)[0] == found.table
    echo(found, number, stored.document(), session.flags)
    return 0


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
    " the body."
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
