"""Plane: records as points between two axes, each by its id, none over another, and what the ids stand for.

Drawn here and not with a plotting library: those print to a canvas of their own, with escape sequences, and can neither
say where a record stands nor keep its label clear of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from tui.drawing import GUTTER, Direction, Line, Spot
from tui.drawing.axes import height_at, share, written
from tui.drawing.labels import MOST_TITLED, Label, by_line, titles
from tui.drawing.legend import Legend
from tui.drawing.lists import place_of
from tui.drawing.placing import SMALLEST, Located, Placed, apart, counted, width
from tui.drawing.strip import Strip
from tui.drawing.trails import Cell, dotted
from tui.perspective import Plane, Point, Scene
from tui.text import cut, fit, width_of

LOWEST, HIGHEST = 9, 40
"""Lines the plot takes at least and at most."""
LEGEND = 34
"""Cells of the list of titles on the right, where there is room for it; a ranking takes more of a wide screen."""
ROOM_FOR_LEGEND = 100
MOST_NOTES = 80
"""Lines of what is crowded from which on it is counted, even where there is room for more."""
COUNTS = "a number is how many stand there: / lets fewer through"


class PlaneDrawing:
    """The plot with its axes, then the ranking, then the points that found no place of their own."""

    def __init__(self, view: Plane, scene: Scene, width: int, height: int) -> None:
        self._view = view
        self._width = width
        self._named = 1 if view.y[0] else 0
        self._ticks = max(width_of(end) for end in map(written, view.y[1:])) + 1 if self._named else -1
        self._left = self._ticks + 1
        self._side = self._side_width()
        self._columns = max(width - self._left - self._side, 4)
        self._above, self._under = (1 if any(names) else 0 for names in (view.regions[:2], view.regions[2:]))
        self._rows = self._plot_height(height)
        self._first = self._named + self._above
        self._axis = self._first + self._rows + self._under
        self._labels: list[Label] = []
        self._notes: list[str] = []
        self._inside: dict[str, tuple[str, ...]] = {}
        """Record at a label → those the label stands for besides."""
        crowded = self._place(height)
        self._legend = self._make_legend(height - self._axis - 2)
        self._listed = self._lines_listed()
        self._noted = self._axis + 2 if self._side else max(self._listed.stop, self._axis + 2)
        self._notes.extend(self._crowded_lines(crowded))
        self._labels.sort(key=lambda label: (label.spot.y, label.spot.x))
        self._ranked: Sequence[Point] = view.points if view.ranking else ()
        self.height = max(self._noted + len(self._notes), self._listed.stop) if view.points else 0

    # -------------------------------------------------------------------------------------------------------- layout

    def _side_width(self) -> int:
        """Cells of the list on the right; none where it would leave the plot too narrow."""
        if self._width < ROOM_FOR_LEGEND:
            return 0
        return max(LEGEND, self._width * 2 // 5) if self._view.ranking else LEGEND

    def _plot_height(self, height: int) -> int:
        """Lines of the plot: about as high as it is wide; a ranking below it takes two fifths of the room."""
        room = height - 2 - self._named - self._above - self._under
        if not self._view.ranking or self._side:
            return max(min(room, self._columns // 3, HIGHEST), LOWEST)
        listed = min(len(self._view.points) + 1, room * 2 // 5)
        return max(min(room - listed, self._columns // 4, HIGHEST), LOWEST)

    def _lines_listed(self) -> range:
        """The lines of the titles; a ranking goes on as far as there are records."""
        first = self._named if self._side else self._axis + 2
        return range(first, first + (self._legend.height if self._legend else 0))

    def _make_legend(self, lines: int) -> Legend | None:
        """The titles: at the side, or below in their order where they have one."""
        points = self._view.points
        if not self._view.ranking:
            points = tuple(sorted(points, key=lambda point: point.record.number))
        if self._side:
            return Legend(points, self._side - 2, self._axis - self._named, self._view.ranking)
        return Legend(points, self._width, lines, self._view.ranking) if self._view.ranking else None

    # ------------------------------------------------------------------------------------------------------- placing

    def _place(self, height: int) -> list[Located]:
        """Give every point a place of its own, or count them where they are too many; what is left is crowded."""
        points: Sequence[Point] = self._view.points
        if not self._view.ranking:
            points = sorted(points, key=lambda point: point.record.number)
        cells: dict[tuple[float, float], Cell] = {}
        located: list[Located] = []
        for point in points:
            if (cell := cells.get((point.x, point.y))) is None:
                row, column = self._spot_of(point.x, point.y)
                cell = cells[point.x, point.y] = row, column - GUTTER
            located.append((cell, point))
        room = min(height, MOST_NOTES) * self._width
        placed, crowded = self._apart(located, room)
        if not placed:
            placed, crowded = counted(located, self._columns), []
            self._notes = [COUNTS] if placed else []
        for one in placed:
            self._inside[one.point.record.id] = tuple(point.record.id for point in one.others)
            self._add(one.point.record.id, self._left + one.column, self._first + one.row, one.token, one.text)
        return crowded

    def _apart(self, located: list[Located], room: int) -> tuple[list[Placed], list[Located]]:
        """Labels apart from each other and what found no place; none where that would take more cells than there are."""
        if (len(located) - self._rows * self._columns // SMALLEST) * SMALLEST > room:
            return [], []
        placed, crowded = apart(located, self._rows, self._columns)
        headed = len({cell for cell, _ in crowded}) * self._width // 2
        return ([], []) if sum(width(point) for _, point in crowded) + headed > room else (placed, crowded)

    def _spot_of(self, x: float, y: float) -> Cell:
        """The row and the column of the plot where a place lies."""
        return self._row(y), round(share(x, *self._view.x[1:]) * (self._columns - 1))

    def _row(self, y: float) -> int:
        return round((1 - share(y, *self._view.y[1:])) * (self._rows - 1))

    def _add(self, record_id: str, x: int, y: int, token: str, text: str) -> None:
        size = min(GUTTER + width_of(text), self._width)
        self._labels.append(Label(Spot(record_id, y, max(min(x, self._width - size), 0), size), text, token))

    def _crowded_lines(self, crowded: list[Located]) -> Iterator[str]:
        """A line for every place where points found no room, more when it is full; adds their spots."""
        y, room = self._noted, self._width - self._side
        for _, run in groupby(crowded, itemgetter(0)):
            points = [point for _, point in run]
            label = cut(f"also at {self._whereabouts(points[0])}", room)
            yield label
            x = width_of(label)
            for point in points:
                if x + width(point) > room:
                    yield ""
                    y, x = y + 1, 0
                self._add(point.record.id, x, y, point.token, point.name)
                x += width(point)
            y += 1

    def _whereabouts(self, point: Point) -> str:
        return f"{written(point.x)}, {written(point.y)}" if self._named else written(point.x)

    # ------------------------------------------------------------------------------------------------------- drawing

    def line(self, y: int) -> Line:
        strip = Strip(self._width)
        if y < self._named:
            strip.write(0, cut(f"{self._view.y[0]} ↑", self._width), "title")
        elif y < self._axis:
            self._plot(strip, y)
        elif y == self._axis:
            strip.write(max(self._ticks, 0), ("└" if self._named else "") + "─" * self._columns, "faint")
        elif y == self._axis + 1:
            self._across(strip)
        elif 0 <= y - self._noted < len(self._notes):
            strip.write(0, cut(self._notes[y - self._noted], self._width - self._side), "dim")
        if y in self._listed and self._legend:
            self._legend.draw(strip, self._list_left, y - self._listed.start)
        for label in map(self._labels.__getitem__, self._by_line.get(y, ())):
            strip.write(label.spot.x, " " * GUTTER + label.text, label.token)
        for x, title in self._titles.get(y, ()):
            strip.write(x, f" {title}", "dim")
        return strip.line()

    def _plot(self, strip: Strip, y: int) -> None:
        """One line of the plot: its axis, the lines through the middle, the curve, the names of the regions."""
        half, middle = (self._columns - 1) // 2, self._first + (self._rows - 1) // 2
        crossing = self._named and y == middle
        if self._named:
            strip.write(self._ticks, "│", "faint")
        if crossing:
            strip.write(self._left, "┄" * self._columns, "faint")
        strip.write(self._left + half, "┼" if crossing else "╎", "faint")
        for column in self._curve.get(y - self._first, ()):
            strip.write(self._left + column, "•", "faint")
        for column, sign in self._trails.get(y - self._first, {}).items():
            strip.write(self._left + column, sign, "dim")
        ends = {self._first: self._view.y[2], self._first + self._rows - 1: self._view.y[1]}
        if self._named and y in ends:
            strip.write(0, fit(written(ends[y]), self._ticks - 1, right=True), "dim")
        if y < self._first:
            self._name(strip, *self._view.regions[:2])
        elif y == self._first + self._rows:
            self._name(strip, *self._view.regions[2:])

    def _name(self, strip: Strip, here: str, there: str) -> None:
        """Write the names of two regions on a line of the plot."""
        half = (self._columns - 1) // 2
        strip.write(self._left + 1, cut(here, half - 2), "dim")
        strip.write(self._left + half + 2, fit(there, self._columns - half - 4, right=True), "dim")

    @cached_property
    def _curve(self) -> dict[int, list[int]]:
        """Row → the columns in which the curve passes through it."""
        found: dict[int, list[int]] = {}
        for column in range(self._columns) if len(self._view.curve) > 1 else ():
            low, high = self._view.x[1:]
            y = height_at(self._view.curve, low + column / (self._columns - 1) * (high - low))
            found.setdefault(self._row(y), []).append(column)
        return found

    @cached_property
    def _trails(self) -> dict[int, dict[int, str]]:
        """Row → column → the dot of a trail there."""
        ways = [[self._spot_of(x, y) for x, y in trail.places] for trail in self._view.trails]
        covered: dict[int, list[range]] = {}
        for label in self._labels if ways else ():
            x, width = label.spot.x - self._left, label.spot.width
            covered.setdefault(label.spot.y - self._first, []).append(range(x, x + width + 1))
        return dotted(ways, covered)

    @cached_property
    def _titles(self) -> Mapping[int, Sequence[tuple[int, str]]]:
        """Line → where titles stand beside their points; none where these are many, or over the curve or a trail."""
        if len(self._view.points) > MOST_TITLED:
            return {}
        names = {point.name: point.record.label for point in self._view.points if not point.label}
        plotted: dict[int, list[Label]] = {}
        drawn: dict[int, list[int]] = {}
        for row in range(self._rows):
            y = self._first + row
            plotted[y] = [self._labels[index] for index in self._by_line.get(y, ())]
            drawn[y] = [self._left + column for column in (*self._curve.get(row, ()), *self._trails.get(row, ()))]
        return titles(plotted, names, drawn, self._left + self._columns)

    def _across(self, strip: Strip) -> None:
        """The ends of the axis across, with its name between them."""
        name, low, high = self._view.x
        strip.write(self._left, written(low), "dim")
        strip.write(self._left + self._columns - width_of(written(high)), written(high), "dim")
        shown = cut(f"{name} →", max(self._columns - 16, 4))
        strip.write(self._left + (self._columns - width_of(shown)) // 2, shown, "title")

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
        """The nearest point that way; a line counts for two cells, because it is about as high.

        The ranking lies below the plane, or on its right, and is gone through from one to the next.
        """
        here, first = self.spot(index), len(self._labels)
        if index >= first:
            return self._step_in_ranking(index, direction)
        ways: list[tuple[int, int]] = []
        for other in range(first):
            along, down = self.spot(other).x - here.x, 2 * (self.spot(other).y - here.y)
            ahead, aside = (along, down) if direction in ("left", "right") else (down, along)
            ahead = ahead if direction in ("right", "down") else -ahead
            if ahead > 0:
                ways.append((ahead + 2 * abs(aside), other))
        if not ways and self._ranked and direction == ("right" if self._side else "down"):
            at = place_of(here.record_id, (point.record for point in self._ranked)) if self._side else 0
            return first + (at or 0)
        return min(ways)[1] if ways else index

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
