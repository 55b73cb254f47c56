"""What was done in the workspace, read as far back as a lens looks, and no further again when something is added."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import takewhile

from store.operations import Transaction
from tui.perspective import Perspective, Viewpoint


class Past:
    """The history a workspace gives newest first; what was read of it is kept."""

    def __init__(self, read: Callable[[], Iterable[Transaction]]) -> None:
        self._read = read
        self._steps: tuple[Transaction, ...] = ()
        self._from: date | None = None
        self._n = 0
        self._cuts: dict[date, tuple[Transaction, ...]] = {}

    def since(self, day: date, n: int) -> tuple[Transaction, ...]:
        """Every step from a day on (UTC), newest first; ``n`` is the number of the newest one there is.

        The same object as before when nothing was added, so that nobody looks at it twice.
        """
        if self._from is None or day < self._from:
            self._keep(tuple(takewhile(lambda step: step.at >= day.isoformat(), self._read())), n)
            self._from = day
        elif n > self._n:
            known = self._n
            self._keep((*takewhile(lambda step: step.n > known, self._read()), *self._steps), n)
        if day not in self._cuts:
            self._cuts[day] = tuple(takewhile(lambda step: step.at >= day.isoformat(), self._steps))
        return self._cuts[day]

    def _keep(self, steps: tuple[Transaction, ...], n: int) -> None:
        self._steps, self._n, self._cuts = steps, n, {}


def looking_back(lens: Perspective, viewpoint: Viewpoint, past: Past | None, n: int) -> Viewpoint:
    """The viewpoint with the history its lens asks for; as it was for a lens that asks for none."""
    if lens.looks_back is None or past is None:
        return viewpoint
    return replace(viewpoint, history=past.since(lens.looks_back(viewpoint), n))
