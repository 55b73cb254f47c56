"""Tally: one bar a line on one scale, under headings where there are several; a bar that stands for records is a spot.

Drawn here and not with a plotting library: those print to a canvas of their own, with escape sequences, and cannot say
where a record stands.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from tui.drawing import GUTTER, Direction, Line, Scrolled, Spot, up_or_down
from tui.drawing.strip import Strip
from tui.shapes import Bar, Scene, Tally
from tui.text import cut, fit, safe, width_of, wrapped

WIDEST_LABEL, WIDEST_NOTE = 28, 32
NARROWEST_BAR, WIDEST_BAR = 8, 48
"""Cells of a bar: notes are cut before it gets narrower, and have what is left where it could be wider."""


class TallyDrawing(Scrolled):
    """Label, bar, value and note, each in a column of its own; a blank line before every heading but the first."""

    def __init__(self, view: Tally, scene: Scene, width: int, height: int) -> None:
        self._view = view
        self._width = width
        self._lines = list(_apart(view.bars, width))
        bars = [bar for bar in view.bars if not bar.heading]
        self._label = self._column((bar.label for bar in bars), min(max(WIDEST_LABEL, width // 4), width // 3))
        full = [bar for bar in bars if not bar.bare]
        self._value = self._column(map(self._amount, full), width // 4)
        rest = width - GUTTER - self._label - self._value - 2
        note = min(max(WIDEST_NOTE, rest - WIDEST_BAR - 1), max(rest - NARROWEST_BAR - 1, 0))
        self._note = self._column((bar.note for bar in full), note)
        self._bar = min(max(rest - (self._note + 1 if self._note else 0), 1), WIDEST_BAR)
        self._shown = [y for y, bar in enumerate(self._lines) if bar is not None and bar.records]

    @staticmethod
    def _column(texts: Iterable[str], most: int) -> int:
        return min(max((width_of(safe(text)) for text in texts), default=0), most)

    def _amount(self, bar: Bar) -> str:
        return f"{bar.value:g}" + (f" {self._view.unit}" if self._view.unit else "")

    @property
    def height(self) -> int:
        return len(self._lines)

    def line(self, y: int) -> Line:
        bar = self._lines[y]
        strip = Strip(self._width)
        if bar is None:
            return ()
        if bar.heading:
            self._draw_heading(strip, bar)
        else:
            self._draw_bar(strip, bar)
        return strip.line()

    def _draw_heading(self, strip: Strip, bar: Bar) -> None:
        label = cut(bar.label, self._width)
        strip.write(0, label, bar.token)
        at = width_of(label) + GUTTER
        strip.write(at, cut(bar.note, max(self._width - at, 0)), "dim")

    def _draw_bar(self, strip: Strip, bar: Bar) -> None:
        x = GUTTER
        strip.write(x, fit(bar.label, self._label))
        x += self._label + 1
        if bar.bare:
            strip.write(x, cut(bar.note, max(self._width - x, 0)), bar.token)
            return
        strip.write(x, self._drawn(bar), bar.token)
        if bar.span is not None:
            self._draw_span(strip, x, bar, *bar.span)
        if bar.mark is not None:
            strip.write(x + min(self._cells(bar.mark), self._bar - 1), "│", "title")
        x += self._bar + 1
        strip.write(x, fit(self._amount(bar), self._value, right=True))
        strip.write(x + self._value + 1, fit(bar.note, self._note), "dim")

    def _draw_span(self, strip: Strip, x: int, bar: Bar, low: float, high: float) -> None:
        """Lay a range over the bar: what of the bar it covers stays darker than what it adds."""
        start, end, last = self._cells(bar.value), self._cells(high), self._cells(low)
        strip.write(x + last, "▓" * (start - last), bar.token)
        strip.write(x + start, "░" * (end - start), bar.token)

    def _cells(self, value: float) -> int:
        """How many cells stand for a value."""
        share = value / self._view.most if self._view.most > 0 else 0
        return round(min(max(share, 0), 1) * self._bar)

    def _drawn(self, bar: Bar) -> str:
        """The bar itself; a value too small for a cell still shows that it is there."""
        return "█" * self._cells(bar.value) or ("▏" if bar.value > 0 else "")

    # --------------------------------------------------------------------------------------------------------- spots

    @property
    def spots(self) -> int:
        return len(self._shown)

    def _at(self, index: int) -> Bar:
        bar = self._lines[self._shown[index]]
        assert bar is not None
        return bar

    def spot(self, index: int) -> Spot:
        return Spot(self._at(index).records[0].id, self._shown[index], 0, self._width)

    @cached_property
    def _found(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for index in range(self.spots):
            for record in self._at(index).records:
                found.setdefault(record.id, index)
        return found

    def find(self, record_id: str) -> int | None:
        return self._found.get(record_id)

    def step(self, index: int, direction: Direction) -> int:
        return up_or_down(index, direction, self.spots)

    def on_line(self, y: int) -> Sequence[int]:
        index = bisect_left(self._shown, y)
        return (index,) if index < len(self._shown) and self._shown[index] == y else ()

    def heading(self, index: int) -> Any:
        return self._at(index).label


def _apart(bars: Sequence[Bar], width: int) -> Iterator[Bar | None]:
    """The bars with a blank, None, before every heading but the first; a note too long for its heading stands below it."""
    for at, bar in enumerate(bars):
        if at and bar.heading:
            yield None
        if bar.heading and width_of(safe(bar.label)) + GUTTER + width_of(safe(bar.note)) > width:
            yield from [bar._replace(note="")] if bar.label else []
            yield from (bar._replace(label="", note=line) for line in wrapped(bar.note, width - GUTTER))
        else:
            yield bar
