"""What was said against what came true, as points beside the line on which both are the same: a part of Calibration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from store.calibration import Score
from store.model import Record
from tui.shapes import Plane, Point

SURE = (0.0, 0.0), (100.0, 100.0)
"""The line of those who are right as often as they say."""
REGIONS = ("not sure enough", "", "", "too sure")


class Band(NamedTuple):
    """Decisions that were stated about alike: what their point is called, their score, and what is said of them."""

    name: str
    score: Score
    decisions: tuple[Record, ...]
    said: str
    token: str


def curve(bands: Iterable[Band]) -> Plane:
    """A point for each band of stated confidence; none without any."""
    points = tuple(_point(band) for band in bands)
    listed = "came true, and of how many decisions" if points else ""
    return Plane(("said, in %", 0, 100), ("came true, in %", 0, 100), points, REGIONS, listed, SURE)


def _point(band: Band) -> Point:
    first, *others = band.decisions
    score = band.score
    return Point(first, score.stated, score.share, band.token, band.said, label=band.name, also=tuple(others))
