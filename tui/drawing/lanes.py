"""Lanes: the sections of a list side by side, each a column of cards."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from tui.drawing import GUTTER, Direction, Line, Spot
from tui.drawing.rows import cells, heading, row_of
from tui.layout import layout
from tui.shapes import Scene, Section, Sections, Span
from tui.text import width_of


class LanesDrawing:
    """Sections side by side: each a column of cards, one line a card."""

    def __init__(self, view: Sections, scene: Scene, width: int) -> None:
        self._sections = view.sections
        self._scene = scene
        count = len(view.sections)
        self._lane = (width - (count - 1)) // count
        self._plan = layout(view.columns, self._lane - GUTTER)
        self.height = 1 + max((len(section.records) for section in view.sections), default=0)

    def line(self, y: int) -> Line:
        spans: list[Span] = []
        for at, section in enumerate(self._sections):
            if at:
                spans.append(Span("│", "faint"))
            spans.extend(self._lane_line(section, y))
        return tuple(spans)

    def _lane_line(self, section: Section, y: int) -> list[Span]:
        if y == 0:
            told = heading(section, self._lane)
            used = sum(width_of(span.text) for span in told)
            return [*told, Span(" " * (self._lane - used))]
        if y > len(section.records):
            return [Span(" " * self._lane)]
        return [Span(" " * GUTTER), *cells(section.records[y - 1], self._scene, self._plan)]

    @cached_property
    def _starts(self) -> list[int]:
        """The index of the first spot of every lane."""
        starts, total = [], 0
        for section in self._sections:
            starts.append(total)
            total += len(section.records)
        return starts

    @property
    def spots(self) -> int:
        return sum(len(section.records) for section in self._sections)

    def _at(self, index: int) -> tuple[int, int]:
        lane = bisect_left(self._starts, index + 1) - 1
        return lane, index - self._starts[lane]

    def spot(self, index: int) -> Spot:
        lane, row = self._at(index)
        return Spot(self._sections[lane].records[row].id, row + 1, lane * (self._lane + 1), self._lane)

    def find(self, record_id: str) -> int | None:
        return row_of(record_id, [*chain.from_iterable(section.records for section in self._sections)], self._scene)

    def step(self, index: int, direction: Direction) -> int:
        lane, row = self._at(index)
        if direction in ("up", "down"):
            row = min(max(row + (1 if direction == "down" else -1), 0), len(self._sections[lane].records) - 1)
            return self._starts[lane] + row
        way = 1 if direction == "right" else -1
        lane += way
        while 0 <= lane < len(self._sections) and not self._sections[lane].records:
            lane += way
        if not 0 <= lane < len(self._sections):
            return index
        return self._starts[lane] + min(row, len(self._sections[lane].records) - 1)

    def on_line(self, y: int) -> Sequence[int]:
        return [
            start + y - 1
            for start, section in zip(self._starts, self._sections, strict=True)
            if 0 < y <= len(section.records)
        ]

    def heading(self, index: int) -> Any:
        return self._sections[self._at(index)[0]].key

    def staying(self, top: int) -> Sequence[int]:
        """The headings of the lanes."""
        return (0,) if top else ()
