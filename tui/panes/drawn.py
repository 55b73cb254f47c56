"""A view as it is drawn in the room of a pane: what is made once for it, where its cursor may be, and the pane's lines."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from themes import Theme
from tui.drawing import Line, draw
from tui.panes import decoration
from tui.panes.lines import strip_of
from tui.panes.sight import Sight
from tui.panes.viewport import Viewport
from tui.shapes import Span, View
from tui.theming import styles


class Drawn:
    """A drawing, and how many lines of the pane are left to it below the head."""

    def __init__(self, view: View, sight: Sight, size: tuple[int, int]) -> None:
        width, height = size
        self.view, self.size = view, size
        self.above = decoration.above(sight, width, height)
        self.head = 1 + len(self.above) if sight.headed else 0
        """Lines above the drawing."""
        self.room = max(height - self.head, 1)
        self.drawing = draw(view, sight.scene, width, height - self.head)
        self.held = decoration.held(view, self.drawing)
        """How many records the drawing shows or counts."""
        self.has_cursor = bool(self.drawing.spots) and not sight.perspective.follows
        """Whether a cursor goes through it; else it scrolls."""
        self._bare: dict[int, Strip] = {}
        self._inked: Theme | None = None

    def is_of(self, view: View | None, size: tuple[int, int]) -> bool:
        """Whether this is still how the view is drawn in so many cells."""
        return self.view is view and self.size == size

    def bare(self, y: int, theme: Theme) -> Strip:
        """A line without cursor and marks, made once for a theme."""
        if self._inked is not theme:
            self._bare, self._inked = {}, theme
        if (strip := self._bare.get(y)) is None:
            strip = self._bare[y] = strip_of(self.drawing.line(y), styles(theme), self.size[0])
        return strip

    # --------------------------------------------------------------------------------------------------- what is in sight

    def seen(self, viewport: Viewport) -> Sequence[int]:
        """The lines of the drawing that are in sight, from above."""
        return viewport.seen(self.drawing, self.room)

    def put(self, viewport: Viewport, index: int) -> Viewport:
        """The viewport with the cursor on a spot; one without a cursor only keeps within the lines there are."""
        if self.has_cursor:
            return viewport.at(index, self.drawing, self.room)
        return viewport._replace(cursor=index).scrolled(0, self.drawing, self.room)

    def pointed_at(self, viewport: Viewport, x: int, y: int) -> int | None:
        """The spot nearest to a cell of the pane on its line; None where no spot begins on that."""
        seen, row = self.seen(viewport), y - self.head
        found = self.drawing.on_line(seen[row]) if 0 <= row < len(seen) else ()
        return min(found, key=lambda index: abs(self.drawing.spot(index).x - x), default=None)


def composed(sight: Sight, drawn: Drawn, viewport: Viewport, theme: Theme) -> list[Strip]:
    """Every line of the pane: its head, what is in sight, and at the foot why the chosen record is not there."""
    (width, height), drawing = drawn.size, drawn.drawing
    strips = _head(sight, drawn, theme)
    if not drawing.height or (sight.trouble and not sight.perspective.follows):
        strips.extend(_saying(line, "dim", width, theme) for line in decoration.nothing(sight, drawing, width))
        return strips[:height]
    strips.extend(
        decoration.decorated(sight, drawing, y, viewport.cursor, drawn.bare(y, theme), theme) for y in drawn.seen(viewport)
    )
    if absent := decoration.absence(sight, drawing):
        lines = decoration.in_lines(absent, width - 4, height // 6)
        strips[height - len(lines) :] = [_saying(line, "info", width, theme) for line in lines]
    return strips


def _head(sight: Sight, drawn: Drawn, theme: Theme) -> list[Strip]:
    """The title and what is said below it; of what has none, a title where it is empty."""
    width = drawn.size[0]
    lines: list[Line] = [tuple(decoration.title(sight, drawn.held, width)), *drawn.above]
    shown = lines if drawn.head or not drawn.drawing.height else []
    return [strip_of(line, styles(theme), width) for line in shown]


def _saying(sentence: str, token: str, width: int, theme: Theme) -> Strip:
    return strip_of((Span("  " + sentence, token),), styles(theme), width)
