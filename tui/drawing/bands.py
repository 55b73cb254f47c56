"""Bands: which columns stand side by side and how wide each is; those that find no room go on in a band below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def spread(natural: Sequence[int], room: int, most: int) -> tuple[list[int], list[range]]:
    """The width of every column and the columns of every band, in so many cells with one between two columns.

    All as wide as the widest where that fits, up to ``most``; else each as wide as it needs where that takes fewer bands;
    else equal ones in bands.
    """
    count, least = len(natural), max(natural, default=1)
    packed = _packed(natural, room)
    if count * (least + 1) > room and len(packed) < -(-count // max(room // (least + 1), 1)):
        return list(natural), packed
    fitting = max(room // (least + 1), 1)
    bands = max(-(-count // fitting), 1)
    each = max(-(-count // bands), 1)
    width = max(min(room // each - 1, most), 1)
    return [width] * count, [range(first, min(first + each, count)) for first in range(0, max(count, 1), each)]


def _packed(natural: Sequence[int], room: int) -> list[range]:
    """The columns of every band where each is as wide as it needs."""
    firsts, used = [0], 0
    for column, width in enumerate(natural):
        if used and used + width + 1 > room:
            firsts.append(column)
            used = 0
        used += width + 1
    return [range(first, after) for first, after in pairwise([*firsts, len(natural)])]


def lefts(widths: Sequence[int], bands: Sequence[range], first: int) -> list[int]:
    """The first cell of every column; every band begins at ``first``."""
    places: list[int] = []
    for columns in bands:
        x = first
        for column in columns:
            places.append(x)
            x += widths[column] + 1
    return places
