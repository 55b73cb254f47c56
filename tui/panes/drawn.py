"""A view as it is drawn in the room of a pane, with what is made once for it: its head, its count and its bare lines."""

from __future__ import annotations

from textual.strip import Strip

from themes import Theme
from tui.drawing import draw
from tui.panes import decoration
from tui.panes.lines import strip_of
from tui.panes.sight import Sight
from tui.perspective import View
from tui.theming import styles


class Drawn:
    """A drawing, and how many lines of the pane are left to it below the head."""

    def __init__(self, view: View, sight: Sight, size: tuple[int, int]) -> None:
        width, height = size
        self.view, self.size = view, size
        self.above = decoration.above(sight.perspective, width, height)
        self.head = 0 if sight.perspective.follows else 1 + len(self.above)
        """Lines above the drawing; none where it begins with a title itself."""
        self.room = max(height - self.head, 1)
        self.drawing = draw(view, sight.scene, width, height - self.head)
        self.held = decoration.held(view, self.drawing)
        """How many records the drawing shows or counts."""
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
