"""What is made of every record of an index, run by run: after a change only the run it stands in is made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import chain
from typing import TypeVar

from store.index import Groups
from store.model import Record
from tui.perspectives._memo import Kept, made

T = TypeVar("T")
RUN = 128
"""About how many records share a run, in lenses that show thousands in one order."""


def in_runs(
    groups: Groups, before: Kept, make: Callable[[tuple[Record, ...]], Iterable[T]], *sources: object
) -> tuple[T, ...]:
    """What ``make`` gives for every group, in the order of their keys; the same tuple as before when nothing changed.

    ``sources`` are what ``make`` looks at besides the records.
    """
    keys = sorted(groups)  # type: ignore[type-var]
    runs = tuple(groups[key] for key in keys)

    def run(records: tuple[Record, ...]) -> tuple[T, ...]:
        return tuple(make(records))

    def everything() -> tuple[T, ...]:
        return tuple(
            chain.from_iterable(
                made(before, key, (group, *sources), partial(run, group)) for key, group in zip(keys, runs, strict=True)
            )
        )

    return made(before, "all runs", (*runs, *sources), everything)
