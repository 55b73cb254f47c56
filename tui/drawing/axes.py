"""Axes: where a value lies between two ends, how high a curve is there, and how the ends are written."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter


def share(value: float, low: float, high: float) -> float:
    """Where a value lies between two ends, 0 to 1; what lies outside is put at the end."""
    return min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.5


def height_at(curve: tuple[tuple[float, float], ...], x: float) -> float:
    """How high a curve is at ``x``: on the straight line between the two places next to it."""
    at = min(max(bisect_right(curve, x, key=itemgetter(0)), 1), len(curve) - 1)
    (left, low), (right, high) = curve[at - 1 : at + 1]
    return low + share(x, left, right) * (high - low)


def written(value: float) -> str:
    """A value as it stands at the end of an axis."""
    return f"{value:g}".replace("-", "−")
