"""Bands: which columns stand side by side and how wide each is; those that find no room go on in a band below."""

from __future__ import annotations

from collections.abc import Sequence


def spread(natural: Sequence[int], room: int, most: int) -> tuple[list[int], list[range]]:
    """The width of every column and the columns of every band, in so many cells with one between two columns.

    All as wide as the widest where that fits, up to ``most``; else each as wide as it needs; else equal ones in bands.
    """
    count, least = len(natural), max(natural, default=1)
    if count * (least + 1) > room >= sum(natural) + count:
        return list(natural), [range(count)]
    fitting = max(room // (least + 1), 1)
    bands = max(-(-count // fitting), 1)
    each = max(-(-count // bands), 1)
    width = max(min(room // each - 1, most), 1)
    return [width] * count, [range(first, min(first + each, count)) for first in range(0, max(count, 1), each)]


def lefts(widths: Sequence[int], bands: Sequence[range], first: int) -> list[int]:
    """The first cell of every column; every band begins at ``first``."""
    places: list[int] = []
    for columns in bands:
        x = first
        for column in columns:
            places.append(x)
            x += widths[column] + 1
    return places
