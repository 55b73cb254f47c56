"""What the rows of a grid hold, looked up once: of many people, few have said anything of most records."""

from __future__ import annotations

from collections.abc import Sequence

from tui.perspective import Grid

Held = Sequence[tuple[int, ...]]
"""For each row, the columns in which it holds something."""


def held_by(view: Grid) -> Held:
    """For each row of a grid, the columns in which it holds a text or records."""
    columns = range(len(view.columns))
    return [
        tuple([at for at, cell in zip(columns, row.cells, strict=False) if cell.text or cell.records]) for row in view.rows
    ]


def leads_to_records(view: Grid, held: Held) -> bool:
    """Whether any cell holds records."""
    return any(row.cells[at].records for row, columns in zip(view.rows, held, strict=True) for at in columns)


def rows_of_bands(view: Grid, held: Held, bands: Sequence[range]) -> list[list[int]]:
    """For each band of columns the rows it shows: below the first one, those of records only where they hold something."""
    found: list[list[int]] = [[] for _ in bands]
    band_of = [band for band, columns in enumerate(bands) for _ in columns]
    for at, (row, columns) in enumerate(zip(view.rows, held, strict=True)):
        for band in range(len(found)) if row.record is None else {0, *[band_of[column] for column in columns]}:
            found[band].append(at)
    return found
