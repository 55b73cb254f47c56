"""Plane: records as points between two axes, each by its id, none over another.

Drawn here and not with a plotting library: those print to a canvas of their own, with escape sequences, and can neither
say where a record stands nor keep its label clear of the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import groupby
from typing import Any

from tui.drawing import GUTTER, Direction, Line, ScatteredSpots, Spot
from tui.drawing.strip import Strip
from tui.perspective import Plane, Point, Scene
from tui.text import cut, fit, safe, width_of

LOWEST, HIGHEST = 9, 40
"""Lines the plot takes at least and at most."""
LEGEND = 34
"""Cells of the list of titles on the right, where there is room for it."""
ROOM_FOR_LEGEND = 100
NEAR = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 2), (0, -2))
"""Where a label may stand when its place is taken, in lines and label widths; farther off it would tell a falsehood."""


class PlaneDrawing(ScatteredSpots):
    """The plot with its axes, then the points that found no place of their own."""

    def __init__(self, view: Plane, scene: Scene, width: int, height: int) -> None:
        self._view = view
        self._width = width
        self._legend = LEGEND if width >= ROOM_FOR_LEGEND else 0
        self._ticks = max(width_of(number) for number in map(_number, view.y[1:])) + 1
        self._columns = max(width - self._ticks - 1 - self._legend, 4)
        self._names = 1 if any(view.regions) else 0
        self._rows = max(min(height - 3 - 2 * self._names, self._columns // 3, HIGHEST), LOWEST)
        self._axis = 1 + self._rows + 2 * self._names
        self._labels: list[tuple[Spot, str]] = []
        self._crowded: list[Point] = []
        self._place()
        self._notes = list(self._crowded_lines())
        self._labels.sort(key=lambda label: (label[0].y, label[0].x))
        self.height = self._axis + 2 + len(self._notes) if view.points else 0

    # ------------------------------------------------------------------------------------------------------- placing

    def _place(self) -> None:
        """Give every point the free place nearest to where it belongs; what finds none is crowded."""
        taken: set[tuple[int, int]] = set()
        for point in sorted(self._view.points, key=lambda point: point.record.number):
            size = GUTTER + len(point.record.id)
            for x, y in self._places(point, size):
                cells = {(column, y) for column in range(x, x + size)}
                if taken.isdisjoint(cells):
                    taken |= cells
                    self._add(point, x, y, size)
                    break
            else:
                self._crowded.append(point)

    def _places(self, point: Point, size: int) -> Iterator[tuple[int, int]]:
        """Where the label of a point can stand, the best place first."""
        if size > self._columns:
            return
        left, bottom = self._cell(point)
        for down, along in NEAR:
            x = min(max(left + along * size, 0), self._columns - size)
            y = bottom + down
            if 0 <= y < self._rows:
                yield x + self._ticks + 1, y + 1 + self._names

    def _cell(self, point: Point) -> tuple[int, int]:
        """The column of the plot where the label of a point begins, and its row from the top."""
        across, up = _share(point.x, *self._view.x[1:]), _share(point.y, *self._view.y[1:])
        return round(across * (self._columns - 1)) - GUTTER, round((1 - up) * (self._rows - 1))

    def _add(self, point: Point, x: int, y: int, size: int) -> None:
        self._labels.append((Spot(point.record.id, y, x, size), point.token))

    def _crowded_lines(self) -> Iterator[str]:
        """A line for every place where points found no room, more when it is full; adds their spots."""
        y = self._axis + 2
        for _, points in groupby(sorted(self._crowded, key=self._cell), self._cell):
            run = list(points)
            label = cut(f"also at {_number(run[0].x)}, {_number(run[0].y)}", self._width)
            yield label
            x = width_of(label)
            for point in run:
                size = GUTTER + len(point.record.id)
                if x + size > self._width:
                    yield ""
                    y, x = y + 1, 0
                self._add(point, x, y, min(size, self._width))
                x += size
            y += 1

    # ------------------------------------------------------------------------------------------------------- drawing

    def line(self, y: int) -> Line:
        strip = Strip(self._width)
        if y == 0:
            strip.write(0, cut(f"{self._view.y[0]} ↑", self._width), "title")
        elif y < self._axis:
            self._plot(strip, y)
        elif y == self._axis:
            strip.write(self._ticks, "└" + "─" * self._columns, "faint")
        elif y == self._axis + 1:
            self._across(strip)
        else:
            strip.write(0, self._notes[y - self._axis - 2], "dim")
        for index in self.on_line(y):
            spot, token = self._labels[index]
            strip.write(spot.x, " " * GUTTER + spot.record_id, token)
        return strip.line()

    def _plot(self, strip: Strip, y: int) -> None:
        """One line of the plot: its axis, the lines through the middle, the names of the regions, a title."""
        left, half = self._ticks + 1, (self._columns - 1) // 2
        strip.write(self._ticks, "│", "faint")
        if y == self._axis // 2:
            strip.write(left, "┄" * self._columns, "faint")
        strip.write(left + half, "┼" if y == self._axis // 2 else "╎", "faint")
        ends = {1 + self._names: self._view.y[2], self._axis - 1 - self._names: self._view.y[1]}
        if y in ends:
            strip.write(0, fit(_number(ends[y]), self._ticks - 1, right=True), "dim")
        if self._names and y in (1, self._axis - 1):
            here, there = self._view.regions[:2] if y == 1 else self._view.regions[2:]
            strip.write(left + 1, cut(here, half - 2), "dim")
            strip.write(left + half + 2, fit(there, self._columns - half - 4, right=True), "dim")
        if self._legend and y <= len(self._titles):
            label, title = self._titles[y - 1]
            x = self._width - self._legend + 2
            strip.write(x, fit(label, 6), "dim")
            strip.write(x + 7, cut(title, self._legend - 9))

    def _across(self, strip: Strip) -> None:
        """The ends of the axis across, with its name between them."""
        name, low, high = self._view.x
        end = self._ticks + 1 + self._columns
        strip.write(self._ticks + 1, _number(low), "dim")
        strip.write(end - width_of(_number(high)), _number(high), "dim")
        shown = cut(f"{name} →", max(self._columns - 16, 4))
        strip.write(self._ticks + 1 + (self._columns - width_of(shown)) // 2, shown, "title")

    @cached_property
    def _titles(self) -> list[tuple[str, str]]:
        """What stands on the right: the id and the title of as many points as there are lines."""
        points = sorted(self._view.points, key=lambda point: point.record.number)
        shown = [(point.record.id, safe(point.record.label)) for point in points]
        if len(shown) <= self._rows:
            return shown
        return [*shown[: self._rows - 1], ("", f"+{len(shown) - self._rows + 1} more")]

    # --------------------------------------------------------------------------------------------------------- spots

    @property
    def spots(self) -> int:  # type: ignore[override]
        return len(self._labels)

    def spot(self, index: int) -> Spot:
        return self._labels[index][0]

    @cached_property
    def _found(self) -> dict[str, int]:
        return {spot.record_id: index for index, (spot, _) in reversed(list(enumerate(self._labels)))}

    def find(self, record_id: str) -> int | None:
        return self._found.get(record_id)

    def step(self, index: int, direction: Direction) -> int:
        """The nearest point that way; a line counts for two cells, because it is about as high."""
        here = self.spot(index)
        ways: list[tuple[int, int]] = []
        for other in range(self.spots):
            along, down = self.spot(other).x - here.x, 2 * (self.spot(other).y - here.y)
            ahead, aside = (along, down) if direction in ("left", "right") else (down, along)
            ahead = ahead if direction in ("right", "down") else -ahead
            if ahead > 0:
                ways.append((ahead + 2 * abs(aside), other))
        return min(ways)[1] if ways else index

    def heading(self, index: int) -> Any:
        return None


def _share(value: float, low: float, high: float) -> float:
    """Where a value lies between two ends, 0 to 1; what lies outside is put at the end."""
    return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5


def _number(value: float) -> str:
    return f"{value:g}".replace("-", "−")
