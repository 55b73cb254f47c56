"""Which part of a grid stands on which line, and where its spots are.

A grid of texts has a line for every row, so nothing is laid out before it is shown: there can be thousands of rows.  Where
cells lead to records, each takes as many lines as it needs.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate, compress, count
from operator import attrgetter
from typing import Literal, NamedTuple, Protocol

from store.model import Record
from tui.drawing import Direction, up_or_down
from tui.drawing.rows import place_of
from tui.shapes import Grid

TITLE_COLUMN = -1

Part = Literal["blank", "note", "head", "row"]
Rows = Sequence[int]


class Card(NamedTuple):
    """A spot of the grid; sorts in reading order."""

    y: int
    x: int
    column: int
    row: int
    width: int
    record: Record


class Place(NamedTuple):
    """What a line shows: a part of a band, and of a row its ``nth`` line."""

    part: Part
    band: int
    row: int = 0
    nth: int = 0


class Places(Protocol):
    """The lines of a grid and the spots on them."""

    @property
    def height(self) -> int:
        """How many lines there are."""

    def place(self, y: int) -> Place:
        """What a line shows."""

    @property
    def spots(self) -> int:
        """How many spots there are."""

    def card(self, index: int) -> Card:
        """One spot."""

    def find(self, record_id: str) -> int | None:
        """The first spot of a record, also of one that stands behind others there."""

    def on_line(self, y: int) -> range:
        """The spots of a line."""

    def step(self, index: int, direction: Direction) -> int:
        """The spot next to one."""

    def head(self, band: int) -> int:
        """The line on which a band names its columns."""


def above_rows(band: int, bands: int) -> tuple[Part, ...]:
    """What stands above the rows of a band."""
    parts: tuple[Part, ...] = ("note", "head") if bands > 1 else ("head",)
    return ("blank", *parts) if band else parts


class ListedRows:
    """A line for every row, and in the first band a spot for every row about a record."""

    def __init__(self, view: Grid, shown: Sequence[Rows], width: int) -> None:
        self._rows = view.rows
        self._shown = shown
        self._width = width
        self._above = [above_rows(band, len(shown)) for band in range(len(shown))]
        heights = (len(parts) + len(rows) for parts, rows in zip(self._above, shown, strict=True))
        self._starts = list(accumulate(heights, initial=0))
        self._first = len(self._above[0]) if shown else 0
        self._records = [*map(attrgetter("record"), view.rows)]

    @property
    def height(self) -> int:
        return self._starts[-1]

    def place(self, y: int) -> Place:
        band = bisect_right(self._starts, y) - 1
        above, nth = self._above[band], y - self._starts[band]
        return Place(above[nth], band) if nth < len(above) else Place("row", band, self._shown[band][nth - len(above)])

    def head(self, band: int) -> int:
        return self._starts[band] + len(self._above[band]) - 1

    @cached_property
    def _led(self) -> list[int]:
        """The rows about records."""
        return list(compress(count(), self._records))

    @property
    def spots(self) -> int:
        return len(self._led)

    def card(self, index: int) -> Card:
        row = self._led[index]
        return Card(self._first + row, 0, TITLE_COLUMN, row, self._width, self._records[row])

    def find(self, record_id: str) -> int | None:
        return place_of(record_id, filter(None, self._records))

    def on_line(self, y: int) -> range:
        row = y - self._first
        return range(bisect_left(self._led, row), bisect_right(self._led, row))

    def step(self, index: int, direction: Direction) -> int:
        return up_or_down(index, direction, self.spots)


Behind = Callable[[Card], Iterable[Record]]


class LaidRows:
    """Rows as high as their cells need, a spot for whatever leads to a record; ``behind`` gives what a spot stands for."""

    def __init__(self, behind: Behind) -> None:
        self._lines: list[Place] = []
        self._cards: list[Card] = []
        self._behind = behind

    def add(self, places: Iterable[Place], cards: Iterable[Card] = ()) -> None:
        """Put lines below the others, with the spots on them in any order."""
        self._lines.extend(places)
        self._cards.extend(sorted(cards))

    @property
    def height(self) -> int:
        return len(self._lines)

    def place(self, y: int) -> Place:
        return self._lines[y]

    @cached_property
    def _heads(self) -> list[int]:
        return [y for y, place in enumerate(self._lines) if place.part == "head"]

    def head(self, band: int) -> int:
        return self._heads[band]

    @property
    def spots(self) -> int:
        return len(self._cards)

    def card(self, index: int) -> Card:
        return self._cards[index]

    def find(self, record_id: str) -> int | None:
        found = place_of(record_id, map(attrgetter("record"), self._cards))
        if found is None:
            stands = (index for index, card in enumerate(self._cards) if _is_among(record_id, self._behind(card)))
            found = next(stands, None)
        return found

    def on_line(self, y: int) -> range:
        return range(bisect_left(self._cards, (y,)), bisect_left(self._cards, (y + 1,)))

    @cached_property
    def _by_column(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index, card in enumerate(self._cards):
            found.setdefault(card.column, []).append(index)
        return found

    def step(self, index: int, direction: Direction) -> int:
        """Up and down in the column; aside to the next column that holds anything, as near to the same row as there is."""
        here = self._cards[index]
        if direction in ("up", "down"):
            column = self._by_column[here.column]
            at = bisect_left(column, index) + (1 if direction == "down" else -1)
            return column[min(max(at, 0), len(column) - 1)]
        columns = sorted(self._by_column)
        at = columns.index(here.column) + (1 if direction == "right" else -1)
        if not 0 <= at < len(columns):
            return index
        cards = self._cards
        return min(self._by_column[columns[at]], key=lambda i: (abs(cards[i].row - here.row), abs(cards[i].y - here.y)))


def _is_among(record_id: str, records: Iterable[Record]) -> bool:
    return place_of(record_id, records) is not None
