"""Plane: records as points between two axes, each by its id, none over another, and what the ids stand for.

Drawn here and not with a plotting library: those print to a canvas of their own, with escape sequences, and can neither
say where a record stands nor keep its label clear of the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from tui.drawing import GUTTER, Direction, Line, Spot
from tui.drawing.labelling import labelled
from tui.drawing.labels import MOST_TITLED, Label, by_line, titles
from tui.drawing.legend import Legend
from tui.drawing.plot import Plot
from tui.drawing.rows import place_of
from tui.drawing.strip import Strip
from tui.drawing.trails import dotted
from tui.shapes import Plane, Point, Scene
from tui.text import cut

LEGEND = 34
"""Cells of the list of titles on the right, where there is room for it; a ranking takes more of a wide screen."""
ROOM_FOR_LEGEND = 100


class PlaneDrawing:
    """The plot with its axes, then the ranking, then the points that found no place of their own."""

    def __init__(self, view: Plane, scene: Scene, width: int, height: int) -> None:
        self._view = view
        self._width = width
        self._side = _side(view, width)
        self._plot = Plot(view, width, height, self._side)
        points = view.points if view.ranking else sorted(view.points, key=lambda point: point.record.number)
        self._ranked: Sequence[Point] = view.points if view.ranking else ()
        self._legend = self._make_legend(points, height - self._plot.axis - 2)
        first = self._plot.named if self._side else self._plot.axis + 2
        self._listed = range(first, first + (self._legend.height if self._legend else 0))
        """The lines of the titles; a ranking goes on as far as there are records."""
        self._noted = self._plot.axis + 2 if self._side else max(self._listed.stop, self._plot.axis + 2)
        self._labels, self._notes, self._inside = labelled(points, self._plot, height, self._noted)
        self.height = max(self._noted + len(self._notes), self._listed.stop) if view.points else 0

    def _make_legend(self, points: Sequence[Point], lines: int) -> Legend | None:
        """The titles: at the side, or below in their order where they have one."""
        if self._side:
            return Legend(points, self._side - 2, self._plot.axis - self._plot.named, self._view.ranking)
        return Legend(points, self._width, lines, self._view.ranking) if self._view.ranking else None

    # ------------------------------------------------------------------------------------------------------- drawing

    def line(self, y: int) -> Line:
        strip = Strip(self._width)
        self._plot.draw(strip, y)
        for column, sign in self._trails.get(y - self._plot.first, {}).items():
            strip.write(self._plot.left + column, sign, "dim")
        if 0 <= y - self._noted < len(self._notes):
            strip.write(0, cut(self._notes[y - self._noted], self._plot.breadth), "dim")
        if y in self._listed and self._legend:
            self._legend.draw(strip, self._list_left, y - self._listed.start)
        for label in map(self._labels.__getitem__, self._by_line.get(y, ())):
            strip.write(label.spot.x, " " * GUTTER + label.text, label.token)
        for x, title in self._titles.get(y, ()):
            strip.write(x, f" {title}", "dim")
        return strip.line()

    @cached_property
    def _trails(self) -> dict[int, dict[int, str]]:
        """Row → column → the dot of a trail there."""
        ways = [[self._plot.cell(x, y) for x, y in trail.places] for trail in self._view.trails]
        covered: dict[int, list[range]] = {}
        for label in self._labels if ways else ():
            x, width = label.spot.x - self._plot.left, label.spot.width
            covered.setdefault(label.spot.y - self._plot.first, []).append(range(x, x + width + 1))
        return dotted(ways, covered)

    @cached_property
    def _titles(self) -> Mapping[int, Sequence[tuple[int, str]]]:
        """Line → where titles stand beside their points; none where these are many, or over the curve or a trail."""
        if len(self._view.points) > MOST_TITLED:
            return {}
        names = {point.name: point.record.label for point in self._view.points if not point.label}
        plotted: dict[int, list[Label]] = {}
        drawn: dict[int, list[int]] = {}
        for row in range(self._plot.rows):
            y = self._plot.first + row
            plotted[y] = [self._labels[index] for index in self._by_line.get(y, ())]
            drawn[y] = [self._plot.left + column for column in (*self._plot.curve.get(row, ()), *self._trails.get(row, ()))]
        return titles(plotted, names, drawn, self._plot.left + self._plot.columns)

    # --------------------------------------------------------------------------------------------------------- spots

    @property
    def spots(self) -> int:
        """First those on the plane and below it, then those of the ranking."""
        return len(self._labels) + len(self._ranked)

    def spot(self, index: int) -> Spot:
        at = index - len(self._labels)
        if at < 0:
            return self._labels[index].spot
        assert self._legend is not None
        y = self._listed.start + self._legend.line_of(at)
        return Spot(self._ranked[at].record.id, y, self._list_left, self._width - self._list_left)

    @property
    def _list_left(self) -> int:
        """The cell in which the titles begin."""
        return self._width - self._side + 2 if self._side else 0

    @cached_property
    def _by_line(self) -> Mapping[int, Sequence[int]]:
        """Line → the labels on it, from the left; the ranking has a rule of its own."""
        return by_line(self._labels)

    def on_line(self, y: int) -> Sequence[int]:
        labels = self._by_line.get(y, [])
        if not self._ranked or self._legend is None or y not in self._listed:
            return labels
        at = self._legend.on_line(y - self._listed.start)
        return labels if at is None else [*labels, len(self._labels) + at]

    @cached_property
    def _found(self) -> dict[str, int]:
        found = {label.spot.record_id: index for index, label in reversed(list(enumerate(self._labels)))}
        for record_id, others in self._inside.items():
            found.update(dict.fromkeys(others, found[record_id]))
        for point in self._view.points:
            found.update(dict.fromkeys((record.id for record in point.also), found[point.record.id]))
        return found

    def find(self, record_id: str) -> int | None:
        return self._found.get(record_id)

    def step(self, index: int, direction: Direction) -> int:
        """The nearest point that way.

        The ranking lies below the plane, or on its right, and is gone through from one to the next.
        """
        here, first = self.spot(index), len(self._labels)
        if index >= first:
            return self._step_in_ranking(index, direction)
        found = _nearest(self._labels, here, direction)
        if found is None and self._ranked and direction == ("right" if self._side else "down"):
            at = place_of(here.record_id, (point.record for point in self._ranked)) if self._side else 0
            return first + (at or 0)
        return index if found is None else found

    def _step_in_ranking(self, index: int, direction: Direction) -> int:
        first = len(self._labels)
        if direction == ("left" if self._side else "up") and (self._side or index == first):
            return self._found[self.spot(index).record_id]
        by = {"up": -1, "down": 1}.get(direction, 0)
        return min(max(index + by, first), self.spots - 1)

    def staying(self, top: int) -> Sequence[int]:
        """The plane and the name of the ranking, where this goes on below."""
        return range(self._listed.start + 1) if top and self._ranked and not self._side else ()

    def heading(self, index: int) -> Any:
        return None


def _side(view: Plane, width: int) -> int:
    """Cells of the list on the right; none where it would leave the plot too narrow."""
    if width < ROOM_FOR_LEGEND:
        return 0
    return max(LEGEND, width * 2 // 5) if view.ranking else LEGEND


def _nearest(labels: Sequence[Label], here: Spot, direction: Direction) -> int | None:
    """The nearest of the labels that way, None where there is none; a line counts for two cells, as it is about as high."""
    ways: list[tuple[int, int]] = []
    for index, label in enumerate(labels):
        along, down = label.spot.x - here.x, 2 * (label.spot.y - here.y)
        ahead, aside = (along, down) if direction in ("left", "right") else (down, along)
        ahead = ahead if direction in ("right", "down") else -ahead
        if ahead > 0:
            ways.append((ahead + 2 * abs(aside), index))
    return min(ways)[1] if ways else None
