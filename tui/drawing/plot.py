"""Plot: the ground of a plane, with its axes, the names of its regions and its curve, and where on it a place lies."""

from __future__ import annotations

from functools import cached_property

from tui.drawing.axes import height_at, share, written
from tui.drawing.strip import Strip
from tui.drawing.trails import Cell
from tui.shapes import Plane
from tui.text import cut, fit, width_of

LOWEST, HIGHEST = 9, 40
"""Lines the plot takes at least and at most."""


class Plot:
    """The rows and columns between two axes, in so many cells and lines; ``side`` cells on the right are left free."""

    def __init__(self, view: Plane, width: int, height: int, side: int) -> None:
        self._view = view
        self.width = width
        self.breadth = width - side
        """Cells it takes with its axes."""
        self.named = 1 if view.y[0] else 0
        """Lines above it for the name of the axis upwards, which has a scale only where it has one."""
        self._ticks = max(width_of(end) for end in map(written, view.y[1:])) + 1 if self.named else -1
        self.left = self._ticks + 1
        """The cell of its first column."""
        self.columns = max(self.breadth - self.left, 4)
        above, under = (1 if any(names) else 0 for names in (view.regions[:2], view.regions[2:]))
        self.rows = self._height(height - 2 - self.named - above - under, beside=bool(side))
        self.first = self.named + above
        """The line of its first row."""
        self.axis = self.first + self.rows + under
        """The line of the axis across; its ends and its name follow on the next."""

    def _height(self, room: int, *, beside: bool) -> int:
        """Lines of the plot: about as high as it is wide; a ranking below it takes two fifths of the room."""
        if not self._view.ranking or beside:
            return max(min(room, self.columns // 3, HIGHEST), LOWEST)
        listed = min(len(self._view.points) + 1, room * 2 // 5)
        return max(min(room - listed, self.columns // 4, HIGHEST), LOWEST)

    # ------------------------------------------------------------------------------------------------------- where it lies

    def cell(self, x: float, y: float) -> Cell:
        """The row and the column in which a place lies."""
        return self._row(y), round(share(x, *self._view.x[1:]) * (self.columns - 1))

    def _row(self, y: float) -> int:
        return round((1 - share(y, *self._view.y[1:])) * (self.rows - 1))

    def whereabouts(self, x: float, y: float) -> str:
        """A place in words: its value on each axis that has a scale."""
        return f"{written(x)}, {written(y)}" if self.named else written(x)

    @cached_property
    def curve(self) -> dict[int, list[int]]:
        """Row → the columns in which the curve passes through it."""
        found: dict[int, list[int]] = {}
        for column in range(self.columns) if len(self._view.curve) > 1 else ():
            low, high = self._view.x[1:]
            y = height_at(self._view.curve, low + column / (self.columns - 1) * (high - low))
            found.setdefault(self._row(y), []).append(column)
        return found

    # ------------------------------------------------------------------------------------------------------------- drawing

    def draw(self, strip: Strip, y: int) -> None:
        """Write one line of the ground on a strip; nothing below the names of the axes."""
        if y < self.named:
            strip.write(0, cut(f"{self._view.y[0]} ↑", self.width), "title")
        elif y < self.axis:
            self._draw_row(strip, y)
        elif y == self.axis:
            strip.write(max(self._ticks, 0), ("└" if self.named else "") + "─" * self.columns, "faint")
        elif y == self.axis + 1:
            self._draw_across(strip)

    def _draw_row(self, strip: Strip, y: int) -> None:
        """Write the axis upwards, the lines through the middle, the curve, the names of the regions."""
        half, middle = (self.columns - 1) // 2, self.first + (self.rows - 1) // 2
        crossing = self.named and y == middle
        if self.named:
            strip.write(self._ticks, "│", "faint")
        if crossing:
            strip.write(self.left, "┄" * self.columns, "faint")
        strip.write(self.left + half, "┼" if crossing else "╎", "faint")
        for column in self.curve.get(y - self.first, ()):
            strip.write(self.left + column, "•", "faint")
        ends = {self.first: self._view.y[2], self.first + self.rows - 1: self._view.y[1]}
        if self.named and y in ends:
            strip.write(0, fit(written(ends[y]), self._ticks - 1, right=True), "dim")
        if y < self.first:
            self._draw_names(strip, *self._view.regions[:2])
        elif y == self.first + self.rows:
            self._draw_names(strip, *self._view.regions[2:])

    def _draw_names(self, strip: Strip, here: str, there: str) -> None:
        """Write the names of two regions beside each other."""
        half = (self.columns - 1) // 2
        strip.write(self.left + 1, cut(here, half - 2), "dim")
        strip.write(self.left + half + 2, fit(there, self.columns - half - 4, right=True), "dim")

    def _draw_across(self, strip: Strip) -> None:
        """Write the ends of the axis across, with its name between them."""
        name, low, high = self._view.x
        strip.write(self.left, written(low), "dim")
        strip.write(self.left + self.columns - width_of(written(high)), written(high), "dim")
        shown = cut(f"{name} →", max(self.columns - 16, 4))
        strip.write(self.left + (self.columns - width_of(shown)) // 2, shown, "title")
