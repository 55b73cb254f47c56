"""Records sorted into ordered groups, which follow what changes: the next revision takes over those of the one before."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from store.model import KINDS, Record
from store.outline import Among

T = TypeVar("T")
Groups = Mapping[Hashable, tuple[Record, ...]]
Predicate = Callable[[Record], bool]


class Index:
    """Which groups a record belongs to (none: it is left out), and in which order it stands there; of equal order, and where
    none is given, as their numbers go.

    Declared once at module level: its identity is what revisions recognise it by.  Records whose documents are not ``among``
    those of records that may be in a group need not be made to know it.
    """

    __slots__ = ("among", "groups", "kinds", "order")

    def __init__(
        self,
        kinds: tuple[type[Record], ...],
        groups: Callable[[Record], Iterable[Hashable]],
        order: Callable[[Record], Any] = lambda record: None,
        among: Among | None = None,
    ) -> None:
        self.kinds = kinds
        self.groups = groups
        self.order = order
        self.among = among


LIVE: Mapping[type[Record], Index] = {kind: Index((kind,), lambda record: (record.archived,)) for kind in KINDS}
"""Every record of a kind, by whether it is archived."""


def built(index: Index, records: Iterable[Record], where: Predicate | None) -> Groups:
    """The groups of records of the kinds that an index sorts; of those for which ``where`` holds."""
    found: defaultdict[Hashable, list[tuple[Any, ...]]] = defaultdict(list)
    groups = index.groups
    for record in records:
        if where is None or where(record):
            place: tuple[Any, ...] = ()
            for key in groups(record):
                place = place or (*_place(index, record), record)
                found[key].append(place)
    return {key: tuple(place[-1] for place in sorted(places)) for key, places in found.items()}


def moved(
    index: Index, groups: Groups, changed: Iterable[tuple[Record | None, Record | None]], where: Predicate | None
) -> Groups:
    """The groups after some records changed: each as it was, and as it is now, None where it is not there."""
    opened = Opened(groups)
    position = partial(_place, index)
    for before, now in changed:
        if before is not None:
            for key in _keys(index, before, where):
                rows = opened[key]
                at = bisect_left(rows, position(before), key=position)
                if at < len(rows) and rows[at].id == before.id:
                    del rows[at]
        if now is not None:
            for key in _keys(index, now, where):
                insort(opened[key], now, key=position)
    return opened.closed()


def _keys(index: Index, record: Record, where: Predicate | None) -> Iterable[Hashable]:
    return index.groups(record) if isinstance(record, index.kinds) and (where is None or where(record)) else ()


def _place(index: Index, record: Record) -> tuple[Any, ...]:
    """By what a record stands where it does: its order, then as numbers go, which takes fewer steps than reading them."""
    record_id = record.id
    return index.order(record), len(record_id), record_id[1:], record_id


class Opened(dict[Hashable, list[T]]):
    """The groups that are asked for, as lists to be changed; the others stay as they are."""

    def __init__(self, groups: Mapping[Hashable, tuple[T, ...]]) -> None:
        self._groups = groups

    def __missing__(self, key: Hashable) -> list[T]:
        found = self[key] = list(self._groups.get(key, ()))
        return found

    def closed(self) -> dict[Hashable, tuple[T, ...]]:
        """All groups as they are now; one that is empty is none."""
        changed = {key: tuple(rows) for key, rows in self.items()}
        return {key: rows for key, rows in {**self._groups, **changed}.items() if rows}
