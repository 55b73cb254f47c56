"""A mapping in two layers: what all versions of it share, and the few places at which one of them differs.

The next version costs what changed and not what there is; what was shared is copied once in many changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import compress
from operator import is_not
from typing import Generic, TypeVar

V = TypeVar("V")
MOST = 1_000
"""Places at which a version may differ before it gets a ground of its own."""


class Layered(Generic[V]):
    """One version, which never changes; a ``ground`` that is handed over must not change either."""

    __slots__ = ("_above", "_ground", "_items", "_length")

    def __init__(self, ground: dict[str, V]) -> None:
        self._ground = ground
        self._above: dict[str, V | None] = {}
        """What differs from the ground: None is no longer there."""
        self._items: Mapping[str, V] | None = ground
        self._length = len(ground)

    def changed(self, changes: Mapping[str, V | None]) -> Layered[V]:
        """The version after these changes; None takes away what stands at a place."""
        after = object.__new__(Layered)
        after._ground, after._above, after._items = self._ground, {**self._above, **changes}, None
        after._length = self._length + sum(
            (value is not None) - (self.get(key) is not None) for key, value in changes.items()
        )
        return after if len(after._above) <= MOST else Layered(dict(after.items()))

    def get(self, key: str) -> V | None:
        """What stands at a place; None where nothing does."""
        above = self._above
        return above[key] if key in above else self._ground.get(key)

    def __iter__(self) -> Iterator[str]:
        """Every place at which something stands, in the order in which it first came; the first costs nothing."""
        above = self._above
        yield from (key for key in self._ground if key not in above or above[key] is not None) if above else self._ground
        yield from (key for key, value in above.items() if value is not None and key not in self._ground)

    def items(self) -> Mapping[str, V]:
        """Everything, in the order in which it first came; put together when it is first asked for."""
        if self._items is None:
            whole = {**self._ground, **self._above}
            self._items = {key: value for key, value in whole.items() if value is not None}
        return self._items

    def __len__(self) -> int:
        return self._length

    def differing(self, other: Layered[V]) -> Iterator[str]:
        """The places at which another version holds something else, or only one of the two anything."""
        if self is other:
            return
        if self._ground is other._ground:
            yield from (key for key in {**self._above, **other._above} if self.get(key) is not other.get(key))
            return
        mine, theirs = self.items(), other.items()
        yield from compress(mine, map(is_not, mine.values(), map(theirs.get, mine)))
        yield from (key for key in theirs if key not in mine)
