"""What the rows of a grid hold, looked up once: of many people, few have said anything of most records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tui.perspective import Grid, GridRow

EVERYWHERE = -1
"""The mask of a row that is shown in every band, whatever it holds there."""


class Held(NamedTuple):
    """What a row holds: the columns with something in them, a bit for each, and whether any of it leads to records."""

    mask: int
    leads: bool


Known = tuple[GridRow, Held]


@lru_cache(maxsize=4)
def _known(columns: tuple[str, ...]) -> dict[int, Known]:
    """What was found of the rows of a grid with these columns when it was last drawn, by their identity."""
    return {}


def held_by(view: Grid) -> list[Held]:
    """What each row of a grid holds; after a change nearly all rows are the very ones that were looked at before."""
    before = _known(view.columns)
    now: dict[int, Known] = {}
    for row in view.rows:
        known = before.get(id(row))
        now[id(row)] = known if known is not None and known[0] is row else (row, _held(row))
    before.clear()
    before.update(now)
    return [now[at][1] for at in map(id, view.rows)]


def _held(row: GridRow) -> Held:
    mask, leads, bit = 0, False, 1
    for cell in row.cells:
        if cell.records:
            mask |= bit
            leads = True
        elif cell.text:
            mask |= bit
        bit += bit
    return Held(mask, leads)


def rows_of_bands(view: Grid, held: Sequence[Held], bands: Sequence[range]) -> list[Sequence[int]]:
    """For each band of columns the rows it shows: below the first one, those of records only where they hold something."""
    masks = [EVERYWHERE if row.record is None else mask for row, (mask, _) in zip(view.rows, held, strict=True)]
    below = [sum(1 << column for column in columns) for columns in bands[1:]]
    return [range(len(masks)), *([at for at, mask in enumerate(masks) if mask & wanted] for wanted in below)]
