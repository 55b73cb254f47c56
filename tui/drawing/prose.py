"""Prose: labelled paragraphs, wrapped; the ones that lead to a record are spots."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from tui.drawing import GUTTER, Direction, Line, ScatteredSpots, Scrolled, Spot, up_or_down
from tui.shapes import Paragraph, Scene, Span, Text
from tui.text import fit, safe, width_of, wrapped

WIDEST_LABEL = 24
"""Cells the column of labels takes at most; it takes as many as the longest label needs."""
MOST_OF_LABELS = 4
"""Ninths of the width that labels take at most: a label that is cut tells neither its day nor its field."""


class ProseDrawing(ScatteredSpots, Scrolled):
    """Paragraphs under each other, labels in a column of their own."""

    def __init__(self, view: Text, scene: Scene, width: int, height: int) -> None:
        self._width = width
        longest = max((width_of(safe(paragraph.label)) for paragraph in view.paragraphs), default=0)
        self._label = min(max(longest, view.labels) + 2, WIDEST_LABEL, max(width * MOST_OF_LABELS // 9, 8))
        self._paragraphs = view.paragraphs
        self._broken: dict[int, list[str]] = {}
        """The lines of the paragraphs that were shown."""
        self._starts = list(accumulate(map(self._lines_of, view.paragraphs), initial=0))
        """The first line of every paragraph, and at last how many lines there are."""
        self._spots = [
            Spot(paragraph.record.id, y, 0, width)
            for y, paragraph in zip(self._starts, view.paragraphs, strict=False)
            if paragraph.record is not None
        ]

    def _room(self, paragraph: Paragraph) -> int:
        """Cells a line of its text may take."""
        if paragraph.heading:
            return self._width
        return self._width - GUTTER - (self._label if paragraph.label else 0)

    def _lines_of(self, paragraph: Paragraph) -> int:
        """How many lines a paragraph takes; most are short, and need not be broken to know."""
        text, room = paragraph.text, self._room(paragraph)
        if len(text) <= room and text.isascii() and text.isprintable():
            return 1
        return len(wrapped(text, room))

    @property
    def height(self) -> int:
        return self._starts[-1]

    def line(self, y: int) -> Line:
        at = bisect_right(self._starts, y) - 1
        paragraph = self._paragraphs[at]
        nth = y - self._starts[at]
        if (lines := self._broken.get(at)) is None:
            lines = self._broken[at] = wrapped(paragraph.text, self._room(paragraph))
        text = Span(lines[nth], paragraph.token)
        if paragraph.heading:
            return (text,)
        label = fit("" if nth else paragraph.label, self._label - 1) + " " if paragraph.label else ""
        return (Span(" " * GUTTER), Span(label, "field"), text)

    @property
    def spots(self) -> int:  # type: ignore[override]
        return len(self._spots)

    def spot(self, index: int) -> Spot:
        return self._spots[index]

    def find(self, record_id: str) -> int | None:
        return next((at for at, spot in enumerate(self._spots) if spot.record_id == record_id), None)

    def step(self, index: int, direction: Direction) -> int:
        return up_or_down(index, direction, self.spots)

    def heading(self, index: int) -> Any:
        return None
