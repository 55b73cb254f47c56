"""The desk: which page is open, which lenses stand on it, what is chosen, marked and filtered.  Pure; a screen shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

NARROW, WIDE, WIDEST = 100, 120, 160
"""Columns from which details stand at the side, two lenses fit, and three."""
MOST_LENSES = 4
COMPARABLE = 72
"""Columns from which then and now fit side by side."""
SHARED = ("choices", "marks", "filter")
"""What the lenses of a page share, each unless it is set apart."""


class Page(NamedTuple):
    """One of the five panes: its lenses from left to right, which has the focus, and what is let through."""

    id: str
    title: str
    lenses: tuple[str, ...]
    focus: int = 0
    filter: str = ""
    options: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    noun: str = ""
    """The kind the page lists, whose name in this workspace is the page's; "" where the title stands."""
    before: str = ""
    """The lens that stood where the focus is, before the present one."""

    @property
    def lens(self) -> str:
        """The lens with the focus."""
        return self.lenses[min(self.focus, len(self.lenses) - 1)]

    def showing(self, lens: str) -> Page:
        """The page with another lens where the focus is."""
        if lens == self.lens:
            return self
        lenses = list(self.lenses)
        lenses[self.focus] = lens
        return self._replace(lenses=tuple(lenses), before=self.lens)

    def with_lens(self, lens: str) -> Page:
        """The page with one more lens on the right, which gets the focus."""
        if len(self.lenses) >= MOST_LENSES:
            return self
        return self._replace(lenses=(*self.lenses, lens), focus=len(self.lenses))

    def without_lens(self) -> Page:
        """The page without the lens that has the focus; the last one stays."""
        if len(self.lenses) == 1:
            return self
        lenses = (*self.lenses[: self.focus], *self.lenses[self.focus + 1 :])
        return self._replace(lenses=lenses, focus=min(self.focus, len(lenses) - 1))

    def turned(self, option: str, value: str) -> Page:
        """The page with an option of the lens in focus set to a value; "" is as if it had never been turned."""
        mine = {**self.options.get(self.lens, {}), option: value}
        if not value:
            del mine[option]
        return self._replace(options=MappingProxyType({**self.options, self.lens: MappingProxyType(mine)}))


PAGES = (
    Page("missions", "Missions", ("missions",), noun="mission"),
    Page("bets", "Bets", ("bets",), noun="bet"),
    Page("cadence", "Cadence", ("cadence",)),
    Page("decisions", "Decisions", ("decisions",), noun="decision"),
    Page("board", "Board", ("flow", "ladder", "timeline")),
)


class Own(NamedTuple):
    """What is chosen, marked and let through in one lens."""

    chosen: str | None = None
    marked: frozenset[str] = frozenset()
    filter: str = ""


class Rested(NamedTuple):
    """The filters the lenses of a page had for themselves until they got to share one."""

    page: str
    lenses: tuple[str, ...]
    shared: str
    own: tuple[str, ...]

    def fits(self, page: Page) -> bool:
        """Whether the same lenses still share the same filter; else what they had before has nothing to do with them."""
        return (self.page, self.lenses, self.shared) == (page.id, page.lenses, page.filter)


class Desk(NamedTuple):
    """Everything a person has turned, but nothing of the records themselves.

    ``chosen``, ``marked`` and the page's filter are those of the lens with the focus.  What is in ``apart`` the other
    lenses have for themselves, in ``owns`` by page and place; everything else they share with it.
    """

    pages: tuple[Page, ...] = PAGES
    at: int = 0
    chosen: str | None = None
    marked: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    owns: Mapping[tuple[str, int], Own] = MappingProxyType({})
    rested: Rested | None = None
    """What comes back when the filter is set apart again."""
    zoomed: bool = False
    opened: bool = False
    helping: bool = False
    reviewing: bool = False
    archived: bool = False
    then: date | None = None
    """The past day that is looked at; None for now."""
    step: str = "week"
    """What the slider over the past days moves by."""
    together: Page | None = None
    """The page as it was before then and now stood side by side; None while they do not."""

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.pages[self.at]

    def with_page(self, page: Page) -> Desk:
        """The desk with the open page changed; then and now stay one lens."""
        if self.together is not None:
            page = page._replace(lenses=(page.lens, page.lens), focus=min(page.focus, 1))
        return self._replace(pages=(*self.pages[: self.at], page, *self.pages[self.at + 1 :]))

    def turned_to(self, at: int) -> Desk:
        """The desk with another page open; beyond the last comes the first."""
        desk = self.undivided()
        owns = MappingProxyType({place: own._replace(marked=frozenset()) for place, own in desk.owns.items()})
        return desk._replace(
            at=at % len(desk.pages),
            opened=False,
            helping=False,
            reviewing=False,
            zoomed=False,
            marked=frozenset(),
            owns=owns,
        )

    def toggled(self, record_id: str) -> Desk:
        """The desk with a record marked, or no longer."""
        return self._replace(marked=self.marked ^ {record_id})

    def filtered(self, text: str) -> Desk:
        """The desk with another filter where the focus is."""
        return self.with_page(self.page._replace(filter=text))

    # ------------------------------------------------------------------------------------------------ shared or apart

    def own(self, place: int) -> Own:
        """What is chosen, marked and let through in the lens at a place of the open page."""
        here = Own(self.chosen, self.marked, self.page.filter)
        if place == self.page.focus or not self.apart or self.together is not None:
            return here
        there = self.owns.get((self.page.id, place), here)
        choices, marks, filtered = (there if what in self.apart else here for what in SHARED)
        return Own(choices.chosen, marks.marked, filtered.filter)

    def parted(self, what: str) -> Desk:
        """The desk with choices, marks or the filter set apart for each lens, or shared again.

        Filters come back that the lenses had for themselves before they shared this one.
        """
        if what in self.apart:
            rested = self._rested() if what == "filter" else self.rested
            return self._replace(apart=self.apart - {what}, rested=rested)
        owns = [self.own(place) for place in range(len(self.page.lenses))]
        back = self.filters_back() if what == "filter" else ()
        owns = [own._replace(filter=text) for own, text in zip(owns, back, strict=True)] if back else owns
        known = {(self.page.id, place): own for place, own in enumerate(owns)}
        desk = self._replace(apart=self.apart | {what}, owns=MappingProxyType({**self.owns, **known}))
        return desk.filtered(back[self.page.focus]) if back else desk

    def filters_back(self) -> tuple[str, ...]:
        """The filter each lens would get back if they were set apart now; () where each would keep the shared one."""
        rested = self.rested
        return rested.own if rested and rested.fits(self.page) and {*rested.own} != {rested.shared} else ()

    def _rested(self) -> Rested:
        page = self.page
        return Rested(page.id, page.lenses, page.filter, tuple(self.own(place).filter for place in range(len(page.lenses))))

    def focused(self, place: int) -> Desk:
        """The desk with the focus on another lens of the page, and on what is its own."""
        own = self.own(place)
        return self._kept()._looking(own).with_page(self.page._replace(focus=place, filter=own.filter))

    def _kept(self) -> Desk:
        """The desk that knows what belongs to the lens with the focus when it goes elsewhere."""
        here = {(self.page.id, self.page.focus): Own(self.chosen, self.marked, self.page.filter)}
        return self._replace(owns=MappingProxyType({**self.owns, **here}))

    def _looking(self, own: Own) -> Desk:
        return self._replace(chosen=own.chosen, marked=own.marked)

    def with_lens(self, lens: str) -> Desk:
        """The desk with one more lens on the open page, which gets the focus and begins with what was here."""
        return self._kept().with_page(self.page.with_lens(lens))

    def without_lens(self) -> Desk:
        """The desk without the lens that has the focus; those behind it move up with what is their own."""
        page, gone = self.page.without_lens(), self.page.focus
        if page is self.page:
            return self
        own = self.own(page.focus if page.focus < gone else page.focus + 1)
        moved = {
            (name, at - (name == page.id and at > gone)): there
            for (name, at), there in self.owns.items()
            if (name, at) != (page.id, gone)
        }
        desk = self._looking(own)._replace(owns=MappingProxyType(moved))
        return desk.with_page(page._replace(filter=own.filter))

    # ----------------------------------------------------------------------------------------------- then and now

    def moment(self, place: int) -> date | None:
        """The past day that the lens at a place shows; None for now."""
        return self.then if self.together is None or place == 0 else None

    def divided(self, then: date) -> Desk:
        """The desk with the lens in focus twice: as it was then on the left, as it is now on the right."""
        page = self.page
        desk = self._replace(then=then, together=page, opened=False, helping=False, zoomed=False)
        return desk.with_page(page._replace(focus=1, lenses=(page.lens, page.lens)))

    def undivided(self) -> Desk:
        """The desk with the lenses that stood there before then and now, turned as they are by now."""
        if self.together is None:
            return self
        page, before = self.page, self.together
        before = before._replace(filter=page.filter, options=page.options).showing(page.lens)
        return self._replace(together=None).with_page(before)

    def returned(self) -> Desk:
        """The desk back in the present."""
        return self.undivided()._replace(then=None)

    # ------------------------------------------------------------------------------------------------------- room

    def shown(self, width: int) -> tuple[int, ...]:
        """Which of the page's lenses there is room for, by their places, the one with the focus always among them."""
        if self.together is not None:
            return (0, 1) if width >= COMPARABLE and not self.zoomed else (self.page.focus,)
        room = 1 if width < WIDE else 2 if width < WIDEST else 3 if width < 220 else MOST_LENSES
        count = len(self.page.lenses)
        if self.zoomed or room == 1:
            return (self.page.focus,)
        first = max(0, min(self.page.focus - room + 1, count - room)) if self.page.focus >= room else 0
        return tuple(range(first, min(first + room, count)))
