"""From the desk to a saved view and back; what of a view is no longer there is said, and the rest is shown.  Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from store.errors import UsageError
from store.quoting import quoted
from store.records import Records
from store.views import SavedView
from tui.columns import OPTION, named, unknown
from tui.desk import MOST_LENSES, Desk, Own, Page
from tui.perspective import Perspective, perspectives
from tui.viewpoint import Viewpoint

if TYPE_CHECKING:
    from store.query import Words

ANY_DAY = date(2000, 1, 1)
BOARD = "board"


class Note(NamedTuple):
    """What of a view cannot be shown as it was saved: where in it that stands, and a sentence about it."""

    place: tuple[str, ...]
    said: str


def saved(desk: Desk, name: str) -> SavedView:
    """The open page as a view: its lenses, how they are turned and filtered, what they share; not what is chosen."""
    desk = desk.undivided()
    page = desk.page
    several = len(page.lenses) > 1
    own = several and "filter" in desk.apart
    turned = {lens: dict(page.options[lens]) for lens in dict.fromkeys(page.lenses) if page.options.get(lens)}
    lists = [lens for lens, options in turned.items() if OPTION in options and OPTION not in options_of(lens)]
    columns = {lens: tuple(named(turned[lens].pop(OPTION))) for lens in lists}
    return SavedView(
        name,
        page.lenses,
        page=page.id,
        focus=page.focus,
        filter="" if own else page.filter,
        filters=tuple(desk.own(place).filter for place in range(len(page.lenses))) if own else (),
        apart=tuple(sorted(desk.apart)) if several else (),
        archived=desk.archived,
        options={lens: options for lens, options in turned.items() if options},
        columns=columns,
    )


def opened(desk: Desk, view: SavedView) -> Desk:
    """The desk with a view open on its page.  Raises ``UsageError`` where none of its lenses is there any more."""
    kept = standing(view)
    if not kept:
        raise UsageError(f"The view {quoted(view.name)} shows {', '.join(map(quoted, view.lenses))}: no such lens is there.")
    at = page_of(view, desk.pages)
    filters = view.filters or (view.filter,) * len(view.lenses)
    focus = kept.index(view.focus) if view.focus in kept else 0
    owns = {(desk.pages[at].id, new): Own(desk.chosen, frozenset(), filters[old]) for new, old in enumerate(kept)}
    page = desk.pages[at]._replace(
        lenses=tuple(view.lenses[place] for place in kept),
        focus=focus,
        filter=filters[kept[focus]],
        options=_turned(view),
    )
    turned = desk.turned_to(at)._replace(
        archived=view.archived, apart=frozenset(view.apart), owns=MappingProxyType(owns), rested=None
    )
    return turned.with_page(page)


def standing(view: SavedView) -> list[int]:
    """The places of those of its lenses that are still there, as many as there is room for."""
    return [place for place, lens in enumerate(view.lenses) if lens in perspectives()][:MOST_LENSES]


def page_of(view: SavedView, pages: tuple[Page, ...]) -> int:
    """The page a view stands on: its own where that shows just these lenses, else the board."""
    ids = [page.id for page in pages]
    fits = view.page in ids and (view.page == BOARD or view.lenses == pages[ids.index(view.page)].lenses)
    return ids.index(view.page if fits else BOARD)


def _turned(view: SavedView) -> Mapping[str, Mapping[str, str]]:
    """The options of its lenses that these can still be turned to, and the columns."""
    found: dict[str, dict[str, str]] = {}
    for lens in dict.fromkeys(view.lenses):
        known = options_of(lens)
        options = {name: value for name, value in view.options.get(lens, {}).items() if value in known.get(name, ())}
        if columns := view.columns.get(lens):
            options[OPTION] = ",".join(columns)
        if options:
            found[lens] = options
    return MappingProxyType({lens: MappingProxyType(options) for lens, options in found.items()})


def options_of(lens: str) -> Mapping[str, tuple[str, ...]]:
    """What a lens can be turned to, by option; nothing for a lens that is not there."""
    known: Perspective | None = perspectives().get(lens)
    return {} if known is None else dict(known.options)


def notes(view: SavedView, words: Words = ()) -> Iterator[Note]:
    """Everything of a view that is not shown as it was saved; ``words`` are those of the workspace in a filter."""
    lenses = perspectives()
    for lens in dict.fromkeys(view.lenses):
        if lens not in lenses:
            yield Note(("lenses",), f"there is no lens {quoted(lens)}{_nearest(lens, lenses)}")
    if len(view.lenses) > MOST_LENSES:
        yield Note(("lenses",), f"{MOST_LENSES} lenses are the most")
    for part in ("options", "columns"):
        for lens in getattr(view, part):
            if lens not in view.lenses:
                yield Note((part, lens), f"the view does not show the lens {quoted(lens)}")
    for lens, options in view.options.items():
        known = options_of(lens)
        for name, value in options.items() if lens in lenses and lens in view.lenses else ():
            if name not in known:
                there = f"; there is {', '.join(known)}" if known else ""
                yield Note(("options", lens, name), f"{lens} has nothing called {quoted(name)} to turn{there}")
            elif value not in known[name]:
                yield Note(("options", lens, name), f"{quoted(value)} is none of {', '.join(known[name])}")
    yield from _column_notes(view)
    yield from _filter_notes(view, words)


def _column_notes(view: SavedView) -> Iterator[Note]:
    nothing = Records({}, 0)
    for lens, wanted in view.columns.items():
        if lens in view.lenses and (known := perspectives().get(lens)):
            empty = known.project(nothing, Viewpoint(ANY_DAY))
            for title in unknown(empty, ",".join(wanted)):
                yield Note(("columns", lens), f"{lens} has no column {quoted(title)}")


def _filter_notes(view: SavedView, words: Words) -> Iterator[Note]:
    from store.query import QueryError, parse

    for part, text in [("filter", view.filter), *(("filters", text) for text in view.filters)]:
        try:
            parse(text, words)
        except QueryError as error:
            yield Note((part,), error.reason)


def _nearest(lens: str, known: Mapping[str, Perspective]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(lens, list(known), 2)
    return f"; did you mean {' or '.join(near)}" if near else ""
