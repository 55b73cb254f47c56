"""Verbs that list and show records: ls, show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from store.derived import due_on
from store.errors import UsageError
from store.index import Predicate
from store.model import BY_NOUN, KINDS, Record, Update
from store.quoting import quoted
from store.settings import PLURALS
from tui import columns
from tui.perspectives._columns import ORDERS, TITLE
from tui.shapes import Column
from tui.shell.output import put
from tui.shell.pane import Pane, both
from tui.shell.printing import print_objects, terminal_width
from tui.shell.rows import COLUMNS, print_records
from tui.shell.session import Session, as_object, found
from tui.shell.unfinished import SORTS, may_be_open, unfinished
from tui.shell.verb import ALL, AT, FILTER, FILTER_ABOUT, IDS, LIMIT, VIEW, Argument, Given, Option, Verb, nearest

LISTED = tuple(kind for kind in KINDS if kind is not Update)
"""What is listed where no kind is named: updates are read with what they are about."""
PAGE_WIDTH = 100
"""Cells of a line of prose where there is no terminal to fill."""


def predicate(session: Session, words: Sequence[str]) -> Predicate | None:
    """What a filter lets through; None for no filter.  Raises ``UsageError`` that points at what cannot be read."""
    if not any(words):
        return None
    from store.query import compile_query, parse, words_of

    settings = session.records.settings
    query = parse(" ".join(words), words_of(settings))
    return compile_query(query, today=session.today, me=session.me, zone=settings.zone)


def selected(session: Session, words: Sequence[str]) -> list[Record]:
    """The records of the kinds the first words name, else of all kinds, that the filter in the other words lets through.

    Archived ones are among them.  Raises ``UsageError``.
    """
    kinds, rest = _meant(session, words, KINDS)
    return _passing(session, kinds, rest)


def _meant(
    session: Session, words: Sequence[str], otherwise: Sequence[type[Record]]
) -> tuple[Sequence[type[Record]], Sequence[str]]:
    """The kinds that the first words name, or what is meant otherwise, and the words of the filter.

    Behind the first one only a plural is a kind: ``bets missions`` are both, ``decisions signal`` those that say signal.
    """
    settings = session.records.settings
    nouns = [noun for word in words[:1] if (noun := settings.noun_for(word)) is not None]
    for word in words[1:] if nouns else ():
        noun = settings.noun_for(word)
        if noun is None or word.lower() not in (settings.many(noun).lower(), PLURALS[noun]):
            break
        nouns.append(noun)
    return ([BY_NOUN[noun] for noun in dict.fromkeys(nouns)], words[len(nouns) :]) if nouns else (otherwise, words)


def _passing(session: Session, kinds: Sequence[type[Record]], words: Sequence[str]) -> list[Record]:
    where = predicate(session, words)
    return [record for kind in kinds for record in session.records.each(kind) if where is None or where(record)]


class Listing(NamedTuple):
    """What is listed, how many more there are, and how many finished and archived ones are left out."""

    records: Sequence[Record]
    more: int
    hidden: int


def _listing(session: Session, given: Given, pane: Pane) -> Listing:
    """What a line asks for, in the order it asks for."""
    kinds, rest = _meant(session, given.words, _seen_in(pane.lens) if pane.lens else LISTED)
    asked = both(pane.filter, " ".join(rest))
    usual = pane.options.get("sort", "kind")
    sort, limit = given.options.get("sort") or (usual if usual in ORDERS else "kind"), given.number("limit")
    if given.has("all") or pane.archived:
        return _first(_passing(session, kinds, (asked,)), sort, limit)
    if asked:
        found = _passing(session, kinds, (asked,))
        kept = [record for record in found if not record.archived]
        return _first(kept, sort, limit, len(found) - len(kept))
    there = sum(map(session.records.count, kinds))
    if sort in SORTS:
        first, total = unfinished(session.records, kinds, sort, limit)
        return Listing(first, total - len(first), there - total)
    kept = [record for kind in kinds for record in session.records.each(kind, may_be_open) if record.is_open]
    return _first(kept, sort, limit, there - len(kept))


def _seen_in(lens: str) -> Sequence[type[Record]]:
    """The kinds a lens shows, as a list has them."""
    from tui.perspective import perspective  # most lists are of no lens

    return [kind for kind in perspective(lens).kinds if kind is not Update]


def _first(found: Sequence[Record], sort: str, limit: int | None, hidden: int = 0) -> Listing:
    shown = ordered(found, sort)[:limit]
    return Listing(shown, len(found) - len(shown), hidden)


def _columns(pane: Pane) -> tuple[Column, ...]:
    """The columns of a list: those that a view names, as far as any list has them."""
    named = columns.named(pane.options.get(columns.OPTION, ""))
    found = tuple(columns.KNOWN[title] for title in named if title in columns.KNOWN)
    return (*found, *(() if TITLE in found else (TITLE,))) if found else COLUMNS


def _ls(session: Session, given: Given) -> int:
    session.look_at(given.options.get("at"))
    pane = _viewed(session, given.options.get("view"))
    records, more, hidden = _listing(session, given, pane)
    print_records(session, records, _columns(pane))
    remarks = [f"{more} more" if more else "", f"{hidden} finished or archived: --all shows them" if hidden else ""]
    if told := "; ".join(filter(None, remarks)):
        session.tell(told)
    elif not records:
        session.tell(_nothing(session, given.words))
    return 0


def _viewed(session: Session, name: str | None) -> Pane:
    """The pane of the saved view of that name; an empty one for no name."""
    if name is None:
        return Pane("")
    from tui.shell.views import pane_of  # reads TOML

    return pane_of(session, name)


def _nothing(session: Session, words: Sequence[str] = ()) -> str:
    """What is said of an empty list; a word of its filter that names one record of a kind may have meant the kind."""
    settings = session.records.settings
    sought = next(((word, noun) for word in words[1:] if (noun := settings.noun_for(word))), None)
    if sought is not None:
        return f"Nothing says “{quoted(sought[0])}”. Kinds come first: many ls {settings.many(sought[1]).lower()}"
    if len(session.records):
        return "Nothing."
    if session.past is not None:
        return f"Nothing was written down by {session.past}. many log shows since when there is anything."
    return "Nothing yet. many bet TEXT captures a bet; many demo shows examples."


def ordered(records: Iterable[Record], sort: str) -> list[Record]:
    """The records in one of the orders lists can have.  Raises ``UsageError`` naming them."""
    if sort == "kind":
        return sorted(records, key=lambda record: (KINDS.index(type(record)), due_on(record) or date.max, record.number))
    if sort not in ORDERS:
        raise UsageError(f"Lists cannot be sorted by {sort!r}.{nearest(sort, tuple(ORDERS))} There are {', '.join(ORDERS)}.")
    return sorted(records, key=lambda record: (ORDERS[sort](record), record.number))


# ------------------------------------------------------------------------------------------------------------------ show


def _show(session: Session, given: Given) -> int:
    session.look_at(given.options.get("at"))
    records = found(session, given.words)
    if session.flags.is_machine:
        print_objects(session, [as_object(record) for record in records], alone=len(records) == 1)
    elif session.flags.csv:
        print_records(session, records)
    else:
        for at, record in enumerate(records):
            put("\n" * (at > 0) + "\n".join(page(record, session)))
    return 0


def page(record: Record, session: Session) -> list[str]:
    """A record as lines to read, as the app shows it."""
    from tui.drawing import draw  # a list needs none of this
    from tui.perspective import perspective
    from tui.plain import UNFOLDED, body_lines
    from tui.viewpoint import Viewpoint

    lens = perspective("record")
    view = lens.project(session.records, Viewpoint(session.today, session.me, record.id, archived=True))
    return list(body_lines(draw(view, session.scene, terminal_width() or PAGE_WIDTH, UNFOLDED)))


VERBS = (
    Verb(
        "ls",
        "List records",
        _ls,
        (Argument("KIND…", "missions, bets, decisions, beliefs, signals, check-ins or updates", 0, offers="kinds"), FILTER),
        (Option("--sort", f"order: kind, {', '.join(ORDERS)}", "FIELD", "orders"), VIEW, AT, ALL, LIMIT),
        (
            ("many ls bets state:placed", "bets that are placed"),
            ("many ls missions bets", "both kinds"),
            ("many ls @anna due<+7d", "what asks for anna within a week"),
            ("many ls decisions --all --csv", "every decision, for a spreadsheet"),
            ("many ls bets --at '6 weeks ago'", "what there was to do then"),
            ("many ls --view monday", "what passes the filter of a saved view, in its order and columns"),
        ),
        group="Looking",
        about=f"Without a filter, what is finished or archived stays out. {FILTER_ABOUT}",
        takes_text=True,
    ),
    Verb(
        "show",
        "Show whole records",
        _show,
        (IDS,),
        (AT,),
        (
            ("many show B12", "everything about it"),
            ("many show 12 13 --json", "for a program"),
            ("many show B12 --at 2026-09-01", "what it said then"),
        ),
        group="Looking",
    ),
)
