"""Tally: one bar a line on one scale; a bar that stands for records is a spot.

Drawn here and not with a plotting library: those print to a canvas of their own, with escape sequences, and cannot say
where a record stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from tui.drawing import GUTTER, Direction, Line, Spot
from tui.drawing.strip import Strip
from tui.perspective import Bar, Scene, Tally
from tui.text import fit, safe, width_of

WIDEST_LABEL = 28
WIDEST_NOTE = 32
NARROWEST_BAR = 8


class TallyDrawing:
    """Label, bar, value and note, each in a column of its own."""

    def __init__(self, view: Tally, scene: Scene, width: int, height: int) -> None:
        self._view = view
        self._width = width
        self._label = self._column((bar.label for bar in view.bars), min(WIDEST_LABEL, width // 3))
        self._value = self._column(map(self._amount, view.bars), width // 4)
        rest = width - GUTTER - self._label - self._value - 2
        self._note = self._column((bar.note for bar in view.bars), min(WIDEST_NOTE, max(rest - NARROWEST_BAR - 1, 0)))
        self._bar = max(rest - (self._note + 1 if self._note else 0), 1)
        self._shown = [y for y, bar in enumerate(view.bars) if bar.records]

    @staticmethod
    def _column(texts: Iterable[str], most: int) -> int:
        return min(max((width_of(safe(text)) for text in texts), default=0), most)

    def _amount(self, bar: Bar) -> str:
        return f"{bar.value:g}" + (f" {self._view.unit}" if self._view.unit else "")

    @property
    def height(self) -> int:
        return len(self._view.bars)

    def line(self, y: int) -> Line:
        bar = self._view.bars[y]
        strip = Strip(self._width)
        x = GUTTER
        strip.write(x, fit(bar.label, self._label))
        x += self._label + 1
        strip.write(x, self._drawn(bar), bar.token)
        x += self._bar + 1
        strip.write(x, fit(self._amount(bar), self._value, right=True))
        strip.write(x + self._value + 1, fit(bar.note, self._note), "dim")
        return strip.line()

    def _drawn(self, bar: Bar) -> str:
        """The bar itself; a value too small for a cell still shows that it is there."""
        share = bar.value / self._view.most if self._view.most > 0 else 0
        cells = round(min(max(share, 0), 1) * self._bar)
        return "█" * cells or ("▏" if bar.value > 0 else "")

    @property
    def spots(self) -> int:
        return len(self._shown)

    def spot(self, index: int) -> Spot:
        y = self._shown[index]
        return Spot(self._view.bars[y].records[0].id, y, 0, self._width)

    @cached_property
    def _found(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for index, y in enumerate(self._shown):
            for record in self._view.bars[y].records:
                found.setdefault(record.id, index)
        return found

    def find(self, record_id: str) -> int | None:
        return self._found.get(record_id)

    def step(self, index: int, direction: Direction) -> int:
        if direction in ("left", "right"):
            return index
        return min(max(index + (1 if direction == "down" else -1), 0), self.spots - 1)

    def on_line(self, y: int) -> Sequence[int]:
        index = bisect_left(self._shown, y)
        return (index,) if index < len(self._shown) and self._shown[index] == y else ()

    def heading(self, index: int) -> Any:
        return self._view.bars[self._shown[index]].label
