"""Calibration: how often what was said with so much confidence came true.  Pure scoring: judgements in, numbers out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal, NamedTuple

from store.model import Decision

BANDS: tuple[tuple[int, int], ...] = ((0, 49), (50, 59), (60, 69), (70, 79), (80, 89), (90, 100))
"""The first and last stated confidence of each band, in per cent."""
FEWEST = 5
"""Judgements below which nothing is said about a band or a person: four coins that fall alike are no news."""
Z = 1.96
"""Standard deviations to either side that hold 95 % of what chance does."""

Verdict = Literal["too few to say", "about right", "too sure", "not sure enough"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was said, in per cent, and whether it came true."""

    confidence: int
    came_true: bool


def judgement(decision: Decision) -> Judgement | None:
    """What a decision adds to the calibration; None while it is open, or its confidence or outcome is not known."""
    if decision.state == "open" or decision.confidence is None or decision.came_true is None:
        return None
    return Judgement(decision.confidence, decision.came_true)


def band_of(confidence: int) -> int:
    """The place in ``BANDS`` of a stated confidence."""
    return next(at for at, (_, high) in enumerate(BANDS) if confidence <= high)


@dataclass(frozen=True, slots=True)
class Score:
    """Some judgements added up: how many, how many came true, what was said in sum and how far off in squares."""

    count: int = 0
    hits: int = 0
    stated_sum: int = 0
    squares: int = 0
    """Sum of (stated − outcome)², both in per cent: whole numbers, so that scores add up exactly."""

    @property
    def stated(self) -> float:
        """What was said on average, in per cent.  Raises ``ZeroDivisionError`` when nothing was judged."""
        return self.stated_sum / self.count

    @property
    def share(self) -> float:
        """How often it came true, in per cent.  Raises ``ZeroDivisionError`` when nothing was judged."""
        return 100 * self.hits / self.count

    @property
    def brier(self) -> float:
        """The mean squared distance from what happened: 0 is best, always saying 50 % gives 0.25, 1 is worst."""
        return self.squares / self.count / 10_000

    @property
    def wanting(self) -> int:
        """How many more are needed before anything can be said."""
        return max(FEWEST - self.count, 0)

    @property
    def range(self) -> tuple[float, float]:
        """Between which shares, in per cent, the truth lies with 95 % certainty, whoever would judge."""
        return interval(self.hits, self.count)

    @property
    def verdict(self) -> Verdict:
        """What can be said of judgements that were stated about alike: whether chance alone explains how far the share is
        from what was stated."""
        if self.wanting:
            return "too few to say"
        low, high = self.range
        if low <= self.stated <= high:
            return "about right"
        return "too sure" if self.stated > high else "not sure enough"


def score(judgements: Iterable[Judgement]) -> Score:
    """Judgements added up."""
    given = tuple(judgements)
    return Score(
        len(given),
        sum(one.came_true for one in given),
        sum(one.confidence for one in given),
        sum((one.confidence - 100 * one.came_true) ** 2 for one in given),
    )


def total(scores: Sequence[Score]) -> Score:
    """Scores added up: the score of all their judgements together."""
    return Score(
        sum(one.count for one in scores),
        sum(one.hits for one in scores),
        sum(one.stated_sum for one in scores),
        sum(one.squares for one in scores),
    )


class Parts(NamedTuple):
    """What a Brier score is made of (Murphy 1973): ``off`` is how far what was said lay from what happened each time that
    was said, ``told_apart`` how far saying more or less went along with happening more or less often, ``chance`` what
    always saying how often it happens would score.  The score is off + chance − told apart."""

    off: float
    chance: float
    told_apart: float


def parts(judgements: Iterable[Judgement]) -> Parts:
    """What the Brier score of some judgements is made of, grouped by what was said.  There must be at least one."""
    groups: dict[int, list[bool]] = {}
    for one in judgements:
        groups.setdefault(one.confidence, []).append(one.came_true)
    count = sum(map(len, groups.values()))
    base = sum(map(sum, groups.values())) / count
    shares = [(said / 100, sum(true) / len(true), len(true) / count) for said, true in groups.items()]
    return Parts(
        sum(weight * (said - share) ** 2 for said, share, weight in shares),
        base * (1 - base),
        sum(weight * (share - base) ** 2 for _, share, weight in shares),
    )


def interval(hits: int, count: int) -> tuple[float, float]:
    """Between which shares, in per cent, the truth lies with 95 % certainty after some hits in ``count`` trials (Wilson)."""
    if count == 0:
        return 0.0, 100.0
    share, square = hits / count, Z * Z / count
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * sqrt(share * (1 - share) / count + square / count / 4)
    return max(100 * (middle - half), 0.0), min(100 * (middle + half), 100.0)
