"""Verbs for what waits: review, today."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

from store.errors import UsageError
from store.personal import review_path
from store.review.agenda import Item, actions, agenda
from store.review.state import ReviewState, abandoned, load, save
from store.review.summary import tally
from store.waiting import keep, stamps, table_path
from tui.shell.output import pour, put
from tui.shell.printing import print_objects, terminal_width
from tui.shell.session import Session, as_object
from tui.shell.token import tell_token
from tui.shell.verb import Given, Option, Verb
from tui.text import cut, fit, safe, width_of, wrapped

SCREENFUL = 20
"""Lines of `many today` at most: a login message leaves room for the prompt."""
WIDTH, WIDEST = 80, 100
TITLE = 26
"""Cells of a title in `many today`, so that its reason has room."""
KINDS = {
    "premise": "rests on what fell", "decision": "to decide or look back at", "check-in": "check-ins",
    "settle": "to settle", "look again": "to look at again", "stale": "not touched for long", "ageing": "older than planned",
    "differs": "read differently", "changed": "changed by others", "inbox": "in the inbox", "put off": "put off until now",
    "called for": "check-ins called for",
}  # fmt: skip
"""Kind of an item → how several of them are called."""


def waiting(session: Session, state: ReviewState) -> tuple[Item, ...]:
    """What waits for the person today."""
    workspace = session.workspace()
    return agenda(workspace.records, workspace.history(), session.today, session.me, state)


def _place(session: Session) -> str:
    return review_path(session.environ, session.path, session.me)


# ---------------------------------------------------------------------------------------------------------------- review


def _review(session: Session, given: Given) -> int:
    path = _place(session)
    if given.has("summary"):
        return _last_summary(session, load(path))
    if given.has("new"):
        save(path, abandoned(load(path)))
    if session.flags.is_machine:
        print_objects(session, [as_data(item) for item in waiting(session, load(path))])
        return 0
    if session.flags.plain or not is_conversing(session):
        state = load(path)
        for line in agenda_lines(waiting(session, state), session, len(state.answered) if state.is_under_way else 0):
            put(line)
        return 0
    from tui.shell.review_dialogue import Dialogue

    return Dialogue(session, path, given.number("minutes")).run()


def is_conversing(session: Session) -> bool:
    """Whether somebody reads and answers, line by line."""
    return session.may_ask and sys.stdout.isatty()


def _last_summary(session: Session, state: ReviewState) -> int:
    if not state.summary:
        raise UsageError("No review of yours has ended yet. many review begins one.")
    if session.flags.is_machine:
        print_objects(session, [{"ended": state.ended, "summary": state.summary}], alone=True)
    else:
        pour(state.summary)
    return 0


def as_data(item: Item) -> dict[str, Any]:
    """An item for programs."""
    return {
        "key": item.key,
        "kind": item.kind,
        "title": item.title,
        "because": item.because,
        "due": item.is_due,
        "days": item.days,
        "reasons": [{"kind": reason.kind, "text": reason.text, "days": reason.days} for reason in item.reasons],
        "actions": dict(actions(item)),
        "record": None if item.record is None else as_object(item.record),
    }


def agenda_lines(items: tuple[Item, ...], session: Session, answered: int = 0) -> Iterator[str]:
    """The agenda as text to read from top to bottom: two lines an item, the second says why.

    ``answered`` are those that are behind one in a review that was paused.
    """
    width = min(terminal_width() or WIDEST, WIDEST)
    count = tally(items).waiting
    told = f"{count} {'item' if count == 1 else 'items'}" if count else "nothing waits"
    behind = f" to go, {answered} answered" if count and answered else ""
    yield safe(f"Daily review of @{session.me}, {session.today.isoformat()}: {told}{behind}")
    for number, item in enumerate(items, 1):
        name = f"{item.key}  " if item.key[1:].isdigit() else ""
        yield ""
        yield from wrapped(f"{number} of {len(items)}  {name}{item.title}", width)
        yield from wrapped(f"  {item.sentence}", width)


# ----------------------------------------------------------------------------------------------------------------- today


def _today(session: Session, given: Given) -> int:
    if given.has("short"):
        return _short(session)
    items = waiting(session, load(_place(session))._replace(answered={}))
    if session.flags.is_machine:
        print_objects(session, [as_data(item) for item in items])
        return 0
    for line in screenful(items, session, min(terminal_width() or WIDTH, WIDEST)):
        put(line)
    return 0


def _short(session: Session) -> int:
    """Tell the token from the workspace, and keep what tells it without the workspace the next time."""
    from store.waiting import count_in
    from store.waiting_table import table

    before = stamps(session.path)
    made = table(session.records, session.today, before)
    keep(table_path(session.environ, session.path, session.me), made)
    put_off = {key: (one.until,) for key, one in load(_place(session)).snoozed.items()}
    tell_token(count_in(made, put_off, session.today.isoformat()), is_machine=session.flags.is_machine)
    return 0


def screenful(items: tuple[Item, ...], session: Session, width: int) -> Iterator[str]:
    """What waits in at most a screenful of lines: what weighs most, one line each, then how many more of what."""
    intent = [item for item in items if item.kind == "intent"]
    rest = [item for item in items if item.kind != "intent"]
    yield cut(f"{session.today:%A} {session.today.isoformat()}: {_counted(items)}", width)
    for item in intent:
        yield cut(f"Intent  {item.title}", width)
    room = SCREENFUL - 1 - len(intent)
    shown = rest if len(rest) <= room else rest[: room - 1]
    for item in shown:
        yield _row(item, width)
    if more := rest[len(shown) :]:
        kinds = Counter(item.kind for item in more)
        told = ", ".join(f"{count} {KINDS[kind]}" for kind, count in kinds.most_common())
        yield cut(f"and {len(more)} more: {told}", width)


def _counted(items: tuple[Item, ...]) -> str:
    """How many wait, and how to go through them."""
    count, due = tally(items)
    if not count:
        return "nothing waits."
    wait, them = ("waits", "it") if count == 1 else ("wait", "them")
    return f"{count} {wait}, {due} due. many review goes through {them}."


def _row(item: Item, width: int) -> str:
    """One line: the id, the title, the weightiest reason."""
    head = f"{item.key if item.key[1:].isdigit() else '':<6} {fit(item.title, TITLE)}  "
    return head + cut(item.reasons[0].text, max(width - width_of(head), 10))


VERBS = (
    Verb(
        "review",
        "Go through what waits for you, one item at a time",
        _review,
        options=(
            Option("--minutes", "say when so many minutes are over, in later reviews too; 0 for never again", "N"),
            Option("--new", "begin anew instead of going on where you paused"),
            Option("--summary", "print what the last one came to, as Markdown"),
        ),
        examples=(
            ("many review", "a letter and Enter for each item; q pauses, and many review goes on there"),
            ("many review --plain", "only print the agenda"),
            ("many review --summary | mail -s Review team", "send what it came to"),
        ),
        group="Looking",
        about=(
            "What others changed since your last review, check-ins and reviews that are due, bets past the day to settle,"
            " what rests on what fell, what nobody touched, what people read differently, the inbox, and the intent."
            " What is at stake comes first, and each item says why it is there. Enter keeps it and goes on, x is done,"
            " s puts it off, n notes, c decides, D drops it for a reason, b goes back, a dot tells what it came to so"
            " far and pauses: what is left stays as it is. Letters behind x answer at once: xw settles a bet as won, xngb"
            " looks back (came true no, process good, outcome bad). What is typed when the line is cut is kept,"
            " and ctrl+c pauses. What is kept although it is stale, old or read differently is quiet for a week."
        ),
    ),
    Verb(
        "today",
        "What waits for you today, in a screenful",
        _today,
        options=(Option("--short", "only how many are due, such as 3 due, for a shell prompt; nothing when none is"),),
        examples=(
            ("many today", "in a login message"),
            ("PS1='$(many today --short) \\$ '", "in the prompt: it takes milliseconds"),
        ),
        group="Looking",
        about="The same agenda as many review. What you put off until later is not among it.",
    ),
)
