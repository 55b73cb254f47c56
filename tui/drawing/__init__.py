"""View shapes as lines of text: one file a shape, shared by the app's panes and the plain output.

A drawing is made for a width and gives its lines one by one, so ten thousand rows cost what the screen shows of them.
Where a record stands is a *spot*; the cursor moves from spot to spot.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple, Protocol

from tui.acting import Direction as Direction
from tui.shapes import Grid, Plane, Scene, Sections, Span, Tally, Text, Timeline, Tree, View

GUTTER = 2
"""Cells at the start of every spot that the drawing leaves blank, for the cursor and the mark."""


class Spot(NamedTuple):
    """Where a record stands: its id, the line, the first cell and how many cells it takes.

    ``named`` are those of its cells, from the first, that say which record it is; 0 where that is not told apart.
    """

    record_id: str
    y: int
    x: int
    width: int
    named: int = 0


Line = tuple[Span, ...]


class Drawing(Protocol):
    """Lines of text, and the spots on them."""

    @property
    def height(self) -> int:
        """How many lines there are."""

    def line(self, y: int) -> Line:
        """The pieces of one line from the left; together never wider than the drawing was made for."""

    @property
    def spots(self) -> int:
        """How many spots there are, in reading order."""

    def spot(self, index: int) -> Spot:
        """One spot."""

    def find(self, record_id: str) -> int | None:
        """The first spot of a record, or None where it does not appear."""

    def step(self, index: int, direction: Direction) -> int:
        """The spot next to one, the same where there is none."""

    def on_line(self, y: int) -> Sequence[int]:
        """The spots that begin on a line, from the left."""

    def heading(self, index: int) -> Any:
        """The key of the section, column or row a spot stands in: what a record gets that is moved there."""

    def staying(self, top: int) -> Sequence[int]:
        """The lines that stay in sight over the others, such as heads, when a line is the first there is room for."""


class Scrolled:
    """``staying`` for drawings of which nothing stays when they are scrolled."""

    def staying(self, top: int) -> Sequence[int]:
        """No lines."""
        return ()


class ScatteredSpots:
    """``on_line`` for drawings whose spots follow no simple rule: the spots are sorted into lines once, when first asked."""

    spots: int

    def spot(self, index: int) -> Spot:
        """One spot."""
        raise NotImplementedError

    @cached_property
    def _by_line(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for index in sorted(range(self.spots), key=lambda index: self.spot(index).x):
            found.setdefault(self.spot(index).y, []).append(index)
        return found

    def on_line(self, y: int) -> Sequence[int]:
        """The spots that begin on a line, from the left."""
        return self._by_line.get(y, ())


def up_or_down(index: int, direction: Direction, spots: int) -> int:
    """``step`` where the spots stand one below the other: to the left and right of one there is none."""
    if direction in ("left", "right"):
        return index
    return min(max(index + (1 if direction == "down" else -1), 0), spots - 1)


def nearest(drawing: Drawing, y: int, x: int) -> int:
    """The spot nearest to a place, lines counting first; 0 where there are no spots."""
    for away in range(drawing.height):
        for line in (y + away, y - away):
            if 0 <= line < drawing.height and (found := drawing.on_line(line)):
                return min(found, key=lambda index: abs(drawing.spot(index).x - x))
    return 0


def draw(view: View, scene: Scene, width: int, height: int) -> Drawing:
    """The drawing of a view in so many cells; ``height`` is a hint for shapes that fill their room."""
    return _drawer(*DRAWERS[type(view)])(view, scene, max(width, 10), max(height, 4))


Drawer = Callable[[Any, Scene, int, int], Drawing]
DRAWERS: Mapping[type, tuple[str, str]] = {
    Sections: ("lists", "sections"),
    Tree: ("lists", "tree"),
    Grid: ("grid", "GridDrawing"),
    Timeline: ("timeline", "TimelineDrawing"),
    Plane: ("plane", "PlaneDrawing"),
    Tally: ("tally", "TallyDrawing"),
    Text: ("prose", "ProseDrawing"),
}
"""Shape → the file that draws it, loaded when the first one is drawn, and what in it does."""


@cache
def _drawer(module: str, name: str) -> Drawer:
    drawer: Drawer = getattr(importlib.import_module(f"{__name__}.{module}"), name)
    return drawer
