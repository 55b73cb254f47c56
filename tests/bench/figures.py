"""What a bench finds: series of measurements, figures with their peers and targets, and the table they are shown in."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DIGITS = 3
"""Significant digits shown."""


@dataclass(frozen=True, slots=True)
class Series:
    """Measurements of one thing, each an independent run; at least one."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the runs."""
        return statistics.median(self.runs)

    @property
    def p95(self) -> float:
        """The run that 95 % of the runs do not exceed (nearest rank)."""
        return sorted(self.runs)[math.ceil(0.95 * len(self.runs)) - 1]


def series(runs: Iterable[float]) -> Series:
    """The series of some runs."""
    return Series(tuple(runs))


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure is to stay within: its ratio to the peer, its 95th percentile, or its median."""

    of: str
    limit: float

    def __str__(self) -> str:
        return {"ratio": f"≤ {self.limit:g}×", "p95": f"p95 < {self.limit:g}", "median": f"≤ {self.limit:g}"}[self.of]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: a name, what was measured in which unit, and the named peer of the same run.

    A figure without runs says in ``peer`` why it could not be measured.
    """

    name: str
    unit: str
    value: Series | None
    peer: str = ""
    beside: Series | None = None
    target: Target | None = None

    @property
    def ratio(self) -> float | None:
        """Median by median of the peer; None without a peer, or where the peer costs nothing."""
        if self.value is None or self.beside is None or not self.beside.median:
            return None
        return self.value.median / self.beside.median

    @property
    def is_met(self) -> bool | None:
        """Whether the target is kept; None where there is none, or nothing to compare."""
        if self.target is None or self.value is None:
            return None
        if self.target.of == "p95":
            return self.value.p95 < self.target.limit
        measured = self.value.median if self.target.of == "median" else self.ratio
        return None if measured is None else measured <= self.target.limit


HEAD = ("figure", "unit", "median", "p95", "runs", "peer", "its median", "ratio", "target", "met")
NUMBERS = (False, False, True, True, True, False, True, True, True, False)


def rows(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """The cells of the table, a row a figure."""
    return [_row(figure) for figure in figures]


def _row(figure: Figure) -> tuple[str, ...]:
    value = figure.value
    verdict = {True: "met", False: "MISSED", None: ""}[figure.is_met]
    return (
        figure.name,
        figure.unit,
        shown(value.median if value else None),
        shown(value.p95 if value else None),
        str(len(value.runs)) if value else "",
        figure.peer,
        shown(figure.beside.median if figure.beside else None),
        "" if figure.ratio is None else shown(figure.ratio) + "×",
        str(figure.target or ""),
        verdict,
    )


def shown(number: float | None) -> str:
    """A number with as many digits as mean something."""
    if number is None:
        return ""
    if not number:
        return "0"
    whole = DIGITS - 1 - math.floor(math.log10(abs(number)))
    return f"{number:.{max(whole, 0)}f}"


def markdown(figures: Sequence[Figure]) -> str:
    """The table in Markdown, its columns aligned so that it also reads as plain text."""
    table = [HEAD, *rows(figures)]
    widths = [max(len(row[at]) for row in table) for at in range(len(HEAD))]
    rule = [("-" * (width - 1) + ":") if right else "-" * width for width, right in zip(widths, NUMBERS, strict=True)]
    return "\n".join(_line(row, widths) for row in (HEAD, tuple(rule), *table[1:])) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.rjust(width) if right else cell.ljust(width) for cell, width, right in zip(cells, widths, NUMBERS, strict=True)
    )
    return f"| {' | '.join(aligned)} |"
