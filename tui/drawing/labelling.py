"""Labelling: every point of a plane with a label, on its plot, in a number there, or below it where it found no place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from tui.drawing import GUTTER, Spot
from tui.drawing.labels import Label
from tui.drawing.placing import SMALLEST, Located, Placed, apart, counted, width
from tui.drawing.plot import Plot
from tui.drawing.trails import Cell
from tui.shapes import Point
from tui.text import cut, width_of

MOST_NOTES = 80
"""Lines of what is crowded from which on it is counted, even where there is room for more."""
COUNTS = "a number is how many stand there: / lets fewer through"


class Labelled(NamedTuple):
    """The labels in reading order, the lines below the plot that say where some belong, and what stands for several."""

    labels: list[Label]
    notes: list[str]
    inside: Mapping[str, tuple[str, ...]]
    """Record at a label → those the label stands for besides."""


def labelled(points: Sequence[Point], plot: Plot, height: int, noted: int) -> Labelled:
    """A label for every point, with a place of its own, or counted where they are too many for ``height`` lines.

    What is crowded goes to the lines from ``noted`` on.
    """
    located = _located(points, plot)
    placed, crowded = _apart(located, plot, min(height, MOST_NOTES) * plot.width)
    counts = bool(located) and not placed
    if counts:
        placed, crowded = counted(located, plot.columns), []
    notes, below = _below(crowded, plot, noted)
    labels = [*(_on_plot(one, plot) for one in placed), *below]
    return Labelled(
        sorted(labels, key=attrgetter("spot.y", "spot.x")),
        [COUNTS] if counts else notes,
        {one.point.record.id: tuple(point.record.id for point in one.others) for one in placed},
    )


def _located(points: Sequence[Point], plot: Plot) -> list[Located]:
    """Every point with the cell in which its label begins, so that the id stands where the point lies."""
    cells: dict[tuple[float, float], Cell] = {}
    located: list[Located] = []
    for point in points:
        if (cell := cells.get((point.x, point.y))) is None:
            row, column = plot.cell(point.x, point.y)
            cell = cells[point.x, point.y] = row, column - GUTTER
        located.append((cell, point))
    return located


def _apart(located: list[Located], plot: Plot, room: int) -> tuple[list[Placed], list[Located]]:
    """Labels apart from each other and what found no place; none where that would take more cells than there are."""
    if (len(located) - plot.rows * plot.columns // SMALLEST) * SMALLEST > room:
        return [], []
    placed, crowded = apart(located, plot.rows, plot.columns)
    headed = len({cell for cell, _ in crowded}) * plot.width // 2
    return ([], []) if sum(width(point) for _, point in crowded) + headed > room else (placed, crowded)


def _below(crowded: list[Located], plot: Plot, y: int) -> tuple[list[str], list[Label]]:
    """A line from ``y`` on for every place where points found no room, more when it is full, and their labels there."""
    notes: list[str] = []
    labels: list[Label] = []
    for _, run in groupby(crowded, itemgetter(0)):
        points = [point for _, point in run]
        notes.append(cut(f"also at {plot.whereabouts(points[0].x, points[0].y)}", plot.breadth))
        x = width_of(notes[-1])
        for point in points:
            if x + width(point) > plot.breadth:
                notes.append("")
                x = 0
            spot = _spot(point, x, y + len(notes) - 1, point.name, plot)
            labels.append(Label(spot, point.name, point.token))
            x += width(point)
    return notes, labels


def _on_plot(one: Placed, plot: Plot) -> Label:
    return Label(_spot(one.point, plot.left + one.column, plot.first + one.row, one.text, plot), one.text, one.token)


def _spot(point: Point, x: int, y: int, text: str, plot: Plot) -> Spot:
    """Where the label of a point stands, never over the edge."""
    size = min(GUTTER + width_of(text), plot.width)
    return Spot(point.record.id, y, max(min(x, plot.width - size), 0), size)
