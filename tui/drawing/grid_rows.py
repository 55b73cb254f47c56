"""What the rows of a grid hold, looked up once: of many people, few have said anything of most records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import NamedTuple

from tui.shapes import Grid, GridRow

EVERYWHERE = -1
"""The mask of a row that is shown in every band, whatever it holds there."""


class Held(NamedTuple):
    """What a row holds: the columns with something in them, a bit for each; whether any of it leads to records; and the
    columns it is shown for."""

    mask: int
    leads: bool
    shown: int


Known = tuple[GridRow, Held]


@lru_cache(maxsize=4)
def _known(columns: tuple[str, ...]) -> dict[int, Known]:
    """What was found of the rows of a grid with these columns when it was last drawn, by their identity."""
    return {}


def held_by(view: Grid) -> list[Held]:
    """What each row of a grid holds; after a change nearly all rows are the very ones that were looked at before."""
    before = _known(view.columns)  # holds the rows themselves, so no other row can have the identity of one of them
    found = [
        (row, _held(row)) if known is None else known
        for row, known in zip(view.rows, map(before.get, map(id, view.rows)), strict=True)
    ]
    before.clear()
    before.update(zip(map(id, view.rows), found, strict=True))
    return [*map(itemgetter(1), found)]


def _held(row: GridRow) -> Held:
    mask, leads, bit = 0, False, 1
    for cell in row.cells:
        if cell.records:
            mask |= bit
            leads = True
        elif cell.text:
            mask |= bit
        bit += bit
    return Held(mask, leads, EVERYWHERE if row.record is None else mask)


def rows_of_bands(held: Sequence[Held], bands: Sequence[range]) -> list[Sequence[int]]:
    """For each band of columns the rows it shows: below the first one, those of records only where they hold something."""
    masks = [*map(attrgetter("shown"), held)]
    below = [sum(1 << column for column in columns) for columns in bands[1:]]
    return [range(len(masks)), *([at for at, mask in enumerate(masks) if mask & wanted] for wanted in below)]
