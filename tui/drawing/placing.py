"""Placing: where the labels of points stand on a plane, each apart from the others, or counted where they are too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from tui.drawing import GUTTER
from tui.drawing.trails import Cell
from tui.shapes import Point
from tui.text import width_of

NEAR = ((0, 0), (0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1), (0, 2), (0, -2))
"""Where a label may stand when its place is taken, in lines and label widths; farther off it would tell a falsehood."""
COUNTED = 8
"""Columns at least that points are counted in: as many as an id takes, and its gutter."""
SMALLEST = GUTTER + 2
"""Cells of the shortest label."""
DENSE = 3
"""How many times the average a number is that stands out."""

Located = tuple[Cell, Point]


class Placed(NamedTuple):
    """A label: its row and first column, its text and token, the point it leads to, and those it stands for besides."""

    row: int
    column: int
    text: str
    token: str
    point: Point
    others: tuple[Point, ...] = ()


def width(point: Point) -> int:
    """Cells the label of a point takes, its gutter included."""
    return GUTTER + width_of(point.name)


# ------------------------------------------------------------------------------------------------------------------- apart


def apart(located: Sequence[Located], rows: int, columns: int) -> tuple[list[Placed], list[Located]]:
    """Every point at the free place nearest to where it belongs, and in reading order those that found none."""
    taken = [bytearray(columns) for _ in range(rows)]
    placed: list[Placed] = []
    crowded: list[Located] = []
    full: set[tuple[Cell, int]] = set()
    for cell, point in located:
        size = width(point)
        free = None if (cell, size) in full else _free(taken, cell, size)
        if free is None:
            full.add((cell, size))
            crowded.append((cell, point))
            continue
        column, row = free
        taken[row][column : column + size] = b"\1" * size
        placed.append(Placed(row, column, point.name, point.token, point))
    return placed, sorted(crowded, key=itemgetter(0))


def _free(taken: list[bytearray], cell: Cell, size: int) -> tuple[int, int] | None:
    """The column and row nearest to a cell at which a label can stand, None where all are taken."""
    places = _places(cell, size, len(taken), len(taken[0]))
    return next((place for place in places if 1 not in taken[place[1]][place[0] : place[0] + size]), None)


def _places(cell: Cell, size: int, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """The columns and rows at which a label of that size can stand, the best place first."""
    if size > columns:
        return
    bottom, left = cell
    for down, along in NEAR:
        row = bottom + down
        if 0 <= row < rows:
            yield min(max(left + along * size, 0), columns - size), row


# ----------------------------------------------------------------------------------------------------------------- counted


def counted(located: Sequence[Located], columns: int) -> list[Placed]:
    """How many points stand about each place; one that stands alone has its own label where there is room for it."""
    bins = max(columns // COUNTED, 1)
    held: dict[Cell, list[Point]] = {}
    for (row, column), point in located:
        at = min(max(column + GUTTER, 0), columns - 1) * bins // columns
        held.setdefault((row, at), []).append(point)
    many = DENSE * len(located) / max(len(held), 1)
    placed: list[Placed] = []
    for (row, at), points in held.items():
        left, room = at * columns // bins, columns // bins
        alone = len(points) == 1 and width(points[0]) <= room
        token = points[0].token if alone else "title" if len(points) >= many else "text"
        text = points[0].name if alone else f"{len(points)}"
        placed.append(Placed(row, left, text, token, points[0], tuple(points[1:])))
    return placed
