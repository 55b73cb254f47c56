"""Which columns of a list fit into a width, and how wide each is; the app and the shell lay out the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui.shapes import Column

NARROWEST_TITLE = 32
"""Cells the flexible column gets before columns that matter less are shown."""
WIDEST_TITLE = 84
"""Cells the flexible column gets at most: further away nobody sees which people and days belong to a title."""
BARE_TITLE = 18
"""Cells the flexible column gets before those are shown that say when something is due."""
LASTING = 5
"""What a column is kept by, at least, to be one of the latter."""


class Layout(NamedTuple):
    """Which columns are shown, and how wide each is."""

    columns: tuple[Column, ...]
    widths: tuple[int, ...]


def layout(columns: tuple[Column, ...], width: int) -> Layout:
    """The columns that fit into a width: the least kept are shortened or dropped until the flexible one has room."""
    shown = list(columns)
    while True:
        weak = min((column for column in shown if column.width and column.keep < 10), key=_keep, default=None)
        if weak is None or _rest(shown, width) >= (NARROWEST_TITLE if weak.keep < LASTING else BARE_TITLE):
            break
        at = shown.index(weak)
        shown[at : at + 1] = [weak.short] if weak.short else []
    for column in columns:
        if column.short in shown and _rest(shown, width) + column.short.width - column.width >= NARROWEST_TITLE:
            shown[shown.index(column.short)] = column
    flexible = max(_rest(shown, width), 4)
    return Layout(tuple(shown), tuple(column.width or flexible for column in shown))


def narrowed(plan: Layout) -> Layout:
    """The columns with a title no wider than the eye follows to what stands behind it."""
    widths = (min(width, WIDEST_TITLE) if not column.width else width for column, width in zip(*plan, strict=True))
    return Layout(plan.columns, tuple(widths))


def _keep(column: Column) -> int:
    return column.keep


def _rest(columns: Sequence[Column], width: int) -> int:
    """What columns of their own width leave to the flexible one, a blank behind each."""
    return width - sum(column.width + 1 for column in columns if column.width)
