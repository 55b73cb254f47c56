"""What was made from the same things before: a lens makes anew only what a change has touched.

The projections stay pure: what is kept is recognised by the very objects it was made from, which never change.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from operator import is_
from typing import Any, TypeVar

T = TypeVar("T")
CONTEXTS = 24
"""Combinations of lens, filter and day kept at once; a board shows a handful."""
Kept = dict[Any, Any]


@lru_cache(maxsize=CONTEXTS)
def kept(*context: Hashable) -> Kept:
    """What was kept for a lens as it is turned, for a filter, for a day; the least used context is forgotten."""
    return {}


def made(before: Kept, key: Hashable, sources: tuple[object, ...], make: Callable[[], T]) -> T:
    """The value made under this key from these very objects, or what ``make`` makes of them now."""
    known = before.get(key)
    if known is not None and len(known[0]) == len(sources) and all(map(is_, known[0], sources)):
        return known[1]  # type: ignore[no-any-return]
    value = make()
    before[key] = (sources, value)
    return value
