"""Verbs that print lenses: board, why."""

from __future__ import annotations

import sys

from store.errors import NotFound, UsageError
from store.quoting import quoted
from tui.past import Past, looking_back
from tui.perspective import Perspective, Viewpoint, perspectives, why_absent
from tui.plain import plain, records_of
from tui.shell.listing import PAGE_WIDTH, predicate
from tui.shell.output import pour, put, speaks_utf8
from tui.shell.printing import NARROWEST, print_objects, terminal_width
from tui.shell.session import Session, as_object, once
from tui.shell.verb import FILTER, FILTER_ABOUT, Argument, Given, Option, Verb, nearest
from tui.text import safe


def lens(word: str) -> Perspective:
    """The perspective a word names: its id, its title or the beginning of one of them.  Raises ``NotFound``."""
    typed = word.lower().replace(" ", "_").replace("-", "_")
    known = perspectives()
    if typed in known:
        return known[typed]
    found = [one for one in known.values() if one.id.startswith(typed) or one.title.lower().startswith(word.lower())]
    if len(found) != 1:
        near = nearest(typed, tuple(known)) or f" There are {', '.join(known)}."
        raise NotFound(f"There is no lens {quoted(word)}.{near}")
    return found[0]


def _split(words: tuple[str, ...]) -> tuple[list[Perspective], tuple[str, ...]]:
    """The lenses in front, and the filter behind them, which begins with the first word that names no lens."""
    lenses: list[Perspective] = []
    for at, word in enumerate(words):
        try:
            lenses.append(lens(word))
        except NotFound:
            if not lenses:
                raise
            return lenses, words[at:]
    return lenses, ()


def _board(session: Session, given: Given) -> int:
    lenses, words = _split(given.words)
    chosen = session.records.find(given.options["of"]).id if given.has("of") else None
    where = predicate(session, words)
    width = max(given.number("width") or terminal_width() or PAGE_WIDTH, NARROWEST)
    for at, one in enumerate(lenses):
        viewpoint = Viewpoint(session.today, session.me, chosen, where, given.has("all"), _turned(one, given))
        viewpoint = _looking_back(session, one, viewpoint)
        view = one.project(session.records, viewpoint)
        if session.flags.is_machine:
            print_objects(session, [as_object(record) for record in once(records_of(view))])
            continue
        ascii_only = not speaks_utf8(sys.stdout)
        pour("\n" * (at > 0) + plain(one, view, session.scene, width, ascii_only=ascii_only, filtered=" ".join(words)))
    return 0


def _looking_back(session: Session, one: Perspective, viewpoint: Viewpoint) -> Viewpoint:
    return looking_back(one, viewpoint, Past(session.workspace().history), session.records.n)


def _turned(one: Perspective, given: Given) -> dict[str, str]:
    """The options of a lens as ``--turn sort=age`` sets them.  Raises ``UsageError``."""
    turned = {}
    for pair in filter(None, given.options.get("turn", "").split(",")):
        name, _, value = pair.partition("=")
        values = dict(one.options).get(name)
        if values is not None and value not in values:
            raise UsageError(f"{one.id} cannot be turned to {quoted(pair)}. {name} is one of {', '.join(values)}.")
        turned[name] = value
    return turned


def _why(session: Session, given: Given) -> int:
    record = session.records.find(given.words[0])
    for word in given.words[1:]:
        one = lens(word)
        viewpoint = _looking_back(session, one, Viewpoint(session.today, session.me, record.id))
        reason = why_absent(one, record, session.records, viewpoint)
        if session.flags.is_machine:
            print_objects(session, [{"id": record.id, "lens": one.id, "appears": reason is None, "why": reason}], alone=True)
        else:
            put(
                safe(
                    f"{record.id} appears in {one.title}."
                    if reason is None
                    else f"{record.id} is not in {one.title}: {reason}."
                )
            )
    return 0


LENS = Argument("LENS", "a perspective, as many keys lists them", several=True, offers="lenses")

VERBS = (
    Verb(
        "board",
        "Print one or several lenses as text",
        _board,
        (LENS, FILTER),
        (
            Option("--width", "columns of the text; else those of the terminal, or 100", "N"),
            Option("--of", "the record a lens is about, for those that follow the chosen one", "ID"),
            Option("--turn", "how the lens is turned, such as sort=age", "OPTION=VALUE"),
            Option("--all", "archived records, too"),
        ),
        (
            ("many board ladder --plain", "does today's work reach the strategy?"),
            ("many board flow timeline --width 120 team:core", "two lenses on one team"),
        ),
        group="Lenses",
        about=f"Everything the app can show can be read this way, by a screen reader too. {FILTER_ABOUT}",
        takes_text=True,
    ),
    Verb(
        "why",
        "Say why a record is not in a lens",
        _why,
        (Argument("ID", "a record, such as B12"), LENS),
        examples=(("many why B12 ladder", ""),),
        group="Lenses",
    ),
)
