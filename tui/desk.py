"""The desk: which page is open, which lenses stand on it, what is chosen, marked and filtered.  Pure; a screen shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

NARROW, WIDE, WIDEST = 100, 120, 160
"""Columns from which details stand at the side, two lenses fit, and three."""
MOST_LENSES = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One of the five panes: its lenses from left to right, which has the focus, and what is let through."""

    id: str
    title: str
    lenses: tuple[str, ...]
    focus: int = 0
    filter: str = ""
    options: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
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
        return replace(self, lenses=tuple(lenses), before=self.lens)

    def with_lens(self, lens: str) -> Page:
        """The page with one more lens on the right, which gets the focus."""
        if len(self.lenses) >= MOST_LENSES:
            return self
        return replace(self, lenses=(*self.lenses, lens), focus=len(self.lenses))

    def without_lens(self) -> Page:
        """The page without the lens that has the focus; the last one stays."""
        if len(self.lenses) == 1:
            return self
        lenses = (*self.lenses[: self.focus], *self.lenses[self.focus + 1 :])
        return replace(self, lenses=lenses, focus=min(self.focus, len(lenses) - 1))

    def turned(self, option: str, value: str) -> Page:
        """The page with an option of the lens in focus set to a value."""
        mine = {**self.options.get(self.lens, {}), option: value}
        return replace(self, options=MappingProxyType({**self.options, self.lens: MappingProxyType(mine)}))


PAGES = (
    Page("missions", "Missions", ("missions",), noun="mission"),
    Page("bets", "Bets", ("bets",), noun="bet"),
    Page("cadence", "Cadence", ("cadence",)),
    Page("decisions", "Decisions", ("decisions",), noun="decision"),
    Page("board", "Board", ("flow", "ladder", "timeline")),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a person has turned, but nothing of the records themselves."""

    pages: tuple[Page, ...] = PAGES
    at: int = 0
    chosen: str | None = None
    marked: frozenset[str] = field(default_factory=frozenset)
    linked: bool = True
    zoomed: bool = False
    opened: bool = False
    helping: bool = False
    archived: bool = False

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.pages[self.at]

    def with_page(self, page: Page) -> Desk:
        """The desk with the open page changed."""
        return replace(self, pages=(*self.pages[: self.at], page, *self.pages[self.at + 1 :]))

    def turned_to(self, at: int) -> Desk:
        """The desk with another page open; beyond the last comes the first."""
        return replace(self, at=at % len(self.pages), opened=False, helping=False, zoomed=False, marked=frozenset())

    def toggled(self, record_id: str) -> Desk:
        """The desk with a record marked, or no longer."""
        return replace(self, marked=self.marked ^ {record_id})

    def shown(self, width: int) -> tuple[int, ...]:
        """Which of the page's lenses there is room for, by their places, the one with the focus always among them."""
        room = 1 if width < WIDE else 2 if width < WIDEST else 3 if width < 220 else MOST_LENSES
        count = len(self.page.lenses)
        if self.zoomed or room == 1:
            return (self.page.focus,)
        first = max(0, min(self.page.focus - room + 1, count - room)) if self.page.focus >= room else 0
        return tuple(range(first, min(first + room, count)))
