"""Prose: labelled paragraphs, wrapped; the ones that lead to a record are spots."""

from __future__ import annotations

from typing import Any

from tui.drawing import GUTTER, Direction, Line, ScatteredSpots, Spot
from tui.perspective import Paragraph, Scene, Span, Text
from tui.text import fit, safe, width_of, wrapped

WIDEST_LABEL = 24
"""Cells the column of labels takes at most; it takes as many as the longest label needs."""


class ProseDrawing(ScatteredSpots):
    """Paragraphs under each other, labels in a column of their own."""

    def __init__(self, view: Text, scene: Scene, width: int, height: int) -> None:
        self._width = width
        self._lines: list[Line] = []
        self._spots: list[Spot] = []
        longest = max((width_of(safe(paragraph.label)) for paragraph in view.paragraphs), default=0)
        self._label = min(longest + 2, WIDEST_LABEL, max(width // 3, 8))
        for paragraph in view.paragraphs:
            self._add(paragraph)

    def _add(self, paragraph: Paragraph) -> None:
        if paragraph.record is not None:
            self._spots.append(Spot(paragraph.record.id, len(self._lines), 0, self._width))
        if paragraph.heading:
            self._lines.extend((Span(line, paragraph.token),) for line in wrapped(paragraph.text, self._width))
            return
        indent = GUTTER + (self._label if paragraph.label else 0)
        for at, line in enumerate(wrapped(paragraph.text, self._width - indent)):
            label = fit(paragraph.label if at == 0 else "", self._label - 1) + " " if paragraph.label else ""
            self._lines.append((Span(" " * GUTTER), Span(label, "field"), Span(line, paragraph.token)))

    @property
    def height(self) -> int:
        return len(self._lines)

    def line(self, y: int) -> Line:
        return self._lines[y]

    @property
    def spots(self) -> int:  # type: ignore[override]
        return len(self._spots)

    def spot(self, index: int) -> Spot:
        return self._spots[index]

    def find(self, record_id: str) -> int | None:
        return next((at for at, spot in enumerate(self._spots) if spot.record_id == record_id), None)

    def step(self, index: int, direction: Direction) -> int:
        if direction in ("left", "right"):
            return index
        return min(max(index + (1 if direction == "down" else -1), 0), self.spots - 1)

    def heading(self, index: int) -> Any:
        return None
