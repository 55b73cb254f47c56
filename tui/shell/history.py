"""Verbs about what happened: undo, redo, log, watch."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from store.days import clock_in
from store.errors import UsageError
from store.model import BY_TABLE
from store.operations import Document, Operation, Transaction, after, as_json, same
from store.quoting import quoted
from store.several import in_one_line
from store.workspace import Workspace
from tui.shell.output import pour, put
from tui.shell.printing import as_csv, print_objects
from tui.shell.session import Session
from tui.shell.verb import LIMIT, Argument, Given, Option, Verb
from tui.text import cut, safe

POLL = 0.5
"""Seconds between two looks at what others committed; each costs two stats."""
LIMIT_OF_LOG = 20
VALUE_WIDTH = 60
UNTOLD = ("created", "created_by", "entered", "updated", "updated_by")
"""Fields that changes write by themselves."""


def _undo(session: Session, given: Given) -> int:
    if given.words:
        n = _number(given.words[0])
        done = session.workspace(writing=True).take_back(n)
        session.told(done, f"Step {n} changed nothing that still stands.")
        return 0
    return _repeated(session, given, "undo", "There is nothing of yours to undo.")


def _redo(session: Session, given: Given) -> int:
    return _repeated(session, given, "redo", "There is nothing to redo.")


def _repeated(session: Session, given: Given, verb: str, otherwise: str) -> int:
    """Undo or redo as many steps as were asked for, and say of each what it did."""
    workspace = session.workspace(writing=True)
    act: Callable[[], Transaction | None] = getattr(workspace, verb)
    for _ in range(given.number("times", 1) or 0):
        done = act()
        if done is None:
            session.tell(otherwise)
            break
        back = "many redo does it again" if verb == "undo" else "many undo takes it back"
        session.tell(f"{quoted(done.why, 200)}. {back}")
        if session.flags.is_machine:
            print_objects(session, [as_json(done)], alone=True)
    return 0


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 16):
        raise UsageError(f"{quoted(word)} is not the number of a step. many log shows them.\nTry: many undo --times 2")
    return int(word)


# ------------------------------------------------------------------------------------------------------------------- log


def _log(session: Session, given: Given) -> int:
    record_id = session.records.find(given.words[0]).id if given.words and not _is_gone(session, given.words[0]) else None
    record_id = given.words[0].upper() if given.words and record_id is None else record_id
    limit = given.number("limit", None if session.flags.is_machine or session.flags.csv else LIMIT_OF_LOG)
    history = itertools.islice(session.workspace().history(record_id), limit)
    _print_steps(session, history, record_id)
    return 0


def _is_gone(session: Session, word: str) -> bool:
    """Whether an id names a record that was deleted, whose history is still there."""
    typed = word.upper()
    known = {kind.letter for kind in BY_TABLE.values()}
    return (
        typed[:1] in known
        and typed[1:].isdigit()
        and typed not in session.records
        and any(session.workspace().history(typed))
    )


def _print_steps(session: Session, steps: Iterable[Transaction], record_id: str | None = None) -> None:
    if session.flags.csv:
        rows = ((str(step.n), step.at, step.by, step.why, " ".join(map(_id, step.operations))) for step in steps)
        pour(as_csv(("step", "at", "by", "why", "records"), rows))
    elif session.flags.is_machine:
        print_objects(session, [as_json(step) for step in steps])
    else:
        for step in steps:
            for line in step_lines(step, session.records.settings.zone, record_id):
                put(line)


def step_lines(step: Transaction, zone: str, record_id: str | None = None) -> Iterator[str]:
    """A step as people read it: its number, when, who, what; of one record also which fields it changed."""
    what = step.why or f"changed {', '.join(map(_id, step.operations[:4]))}"
    yield f"{step.n:>6}  {local_time(step.at, zone)}  {cut(step.by, 12):<12}  {safe(what)}"
    for change in step.operations if record_id else ():
        if _id(change) == record_id and change.before is not None:
            yield from (f"{'':26}  {line}" for line in differences(change.before, after(change) or {}))


def differences(before: Document, later: Document) -> Iterator[str]:
    """The fields that differ, each as ``field: old -> new``; of long lists what only one of them holds, behind ``…``."""
    for name in dict.fromkeys([*before, *later]):
        was, now = before.get(name), later.get(name)
        if name not in UNTOLD and not same(was, now):
            yield safe(f"{name}: {_brief(_apart(was, now))} -> {_brief(_apart(now, was))}")


def _apart(value: object, other: object) -> object:
    """The value; of a list where one of the two is too long for a line, only what is not in the other."""
    if not (isinstance(value, list) and isinstance(other, list)) or max(map(len, map(_brief, (value, other)))) < VALUE_WIDTH:
        return value
    return ["…", *(part for part in value if not any(same(part, held) for held in other))]


def _brief(value: object) -> str:
    """A value of a document on a line: lists as they are typed, parts of a field by their values."""
    from store.happened import as_text  # only the log of one record tells values

    parts = [as_text(part) for part in (value if isinstance(value, list) else [value])]
    text = in_one_line(tuple(parts)) if isinstance(value, list) else parts[0]
    return quoted(" ".join(text.split()), VALUE_WIDTH) or "nothing"


def local_time(stamp: str, zone: str) -> str:
    """A time of the store as the clocks of the workspace show it, to the minute."""
    moment = clock_in(zone, stamp)
    return f"{moment:%Y-%m-%d %H:%M}" if moment is not None else f"{quoted(stamp, 16):<16}"


def _id(change: Operation) -> str:
    kind = BY_TABLE.get(change.table)
    return "settings" if kind is None else kind.letter + change.key


# ----------------------------------------------------------------------------------------------------------------- watch


def _watch(session: Session, given: Given) -> int:
    """Print every step that is committed from now on, until ctrl+c."""
    session.flags.jsonl = session.flags.jsonl or session.flags.json
    workspace, limit = session.workspace(), given.number("limit")
    seen, printed = workspace.backend.n, 0
    session.tell("Watching; ctrl+c ends it.")
    while limit is None or printed < limit:
        if workspace.refresh():
            new = _since(workspace, seen)
            _print_steps(session, new[: None if limit is None else limit - printed])
            sys.stdout.flush()
            seen, printed = workspace.backend.n, printed + len(new)
        else:
            time.sleep(POLL)
    return 0


def _since(workspace: Workspace, n: int) -> list[Transaction]:
    """The steps after the one numbered ``n``, oldest first."""
    return list(itertools.takewhile(lambda step: step.n > n, workspace.history()))[::-1]


VERBS = (
    Verb(
        "undo",
        "Take back my last step, or any step by its number",
        _undo,
        (Argument("STEP", "the number of a step, as many log shows it, whoever made it", 0),),
        (Option("--times", "so many of my last steps", "N"),),
        (("many undo", "my last step"), ("many undo --times 3", "my last three"), ("many undo 41", "step 41")),
        group="History",
        about="What others changed since stays; where they changed the same fields, nothing is taken back.",
    ),
    Verb(
        "redo",
        "Do again what I last took back",
        _redo,
        options=(Option("--times", "so many steps", "N"),),
        examples=(("many redo", ""),),
        group="History",
    ),
    Verb(
        "log",
        "Show what happened, newest first",
        _log,
        (Argument("ID", "only what happened to this record, field by field", 0),),
        (LIMIT,),
        (("many log", f"the last {LIMIT_OF_LOG} steps"), ("many log B12", "who changed what in B12")),
        group="History",
    ),
    Verb(
        "watch",
        "Print each step as others commit it",
        _watch,
        options=(Option("--limit", "stop after so many", "N"),),
        examples=(("many watch", ""), ("many watch --jsonl | jq .why", "for a program")),
        group="History",
    ),
)
