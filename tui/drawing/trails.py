"""Trails: the ways points took over a plane, dotted, a heavier dot where one stood for a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

STOOD, WENT = "•", "·"
"""A place somebody held before, and the way from one to the next."""
APART = 2
"""Columns from one dot to the next across, about as far as a line is high."""

Cell = tuple[int, int]
"""A row and a column of the plot."""


def dotted(ways: Iterable[Sequence[Cell]], covered: Mapping[int, Sequence[range]]) -> dict[int, dict[int, str]]:
    """Row → column → the sign there, of ways that each go from cell to cell, the last being where the point stands.

    Nothing is put where ``covered`` says, for a row, that a label stands: no dot is to look like a part of one.
    """
    found: dict[int, dict[int, str]] = {}
    for way in ways:
        for row, column, sign in _signs(way):
            if not any(column in span for span in covered.get(row, ())):
                signs = found.setdefault(row, {})
                signs[column] = STOOD if STOOD in (sign, signs.get(column)) else WENT
    return found


def _signs(way: Sequence[Cell]) -> Iterator[tuple[int, int, str]]:
    for here, there in pairwise(way):
        yield *here, STOOD
        yield from ((row, column, WENT) for row, column in _between(here, there))


def _between(here: Cell, there: Cell) -> Iterator[Cell]:
    """The cells on the straight line between two, without both, as far apart as dots are."""
    down, along = there[0] - here[0], there[1] - here[1]
    steps = max(abs(down), abs(along) // APART)
    for step in range(1, steps):
        yield here[0] + round(down * step / steps), here[1] + round(along * step / steps)
