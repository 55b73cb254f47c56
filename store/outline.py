"""What a question asks of thousands of records, read from their documents: only those it is about are then made.

Declared once at module level, as an ``Index`` is.  An outline is as true as the records: of a document in which a field it
names is not plainly valid, the record is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, compress, starmap
from typing import Any, Generic, NamedTuple, TypeVar

from store.entity import column
from store.layers import Layered
from store.model import Record
from store.operations import Document
from store.taking import DOUBTS

T = TypeVar("T")
Rows = Mapping[type[Record], Layered[Document]]
Get = Callable[[str], Record | None]


class Outline(Generic[T]):
    """Kind → the fields that are asked for; ``make`` gets the kind and what they hold, and gives an entry, or None to leave
    the record out.  ``among`` is false for documents whose records are left out for sure: nothing is read of them."""

    __slots__ = ("among", "fields", "make")

    def __init__(
        self,
        fields: Mapping[type[Record], tuple[str, ...]],
        make: Callable[..., T | None],
        among: Callable[[Document], object] | None = None,
    ) -> None:
        self.fields = fields
        self.make = make
        self.among = among

    def of(self, kind: type[Record], documents: Mapping[str, Document], get: Get) -> Iterator[tuple[str, T | None]]:
        """The id of every document's record, and its entry."""
        if self.among is not None:
            documents = dict(compress(documents.items(), map(self.among, documents.values())))
        ids = list(map(kind.letter.__add__, documents))
        return zip(ids, starmap(partial(self.make, kind), self._held(kind, ids, list(documents.values()), get)), strict=True)

    def _held(
        self, kind: type[Record], ids: Sequence[str], documents: Sequence[Document], get: Get
    ) -> Iterable[tuple[Any, ...]]:
        """What the fields of every record hold: field by field, for nothing of Python's is then done for each record."""
        names = self.fields[kind]
        if not documents:
            return ()
        try:
            return zip(*(column(kind, name, documents) for name in names), strict=True)
        except DOUBTS:
            if len(documents) == 1:
                record = get(ids[0])
                return [tuple(getattr(record, name) for name in names)]
        half = len(documents) // 2
        return chain(
            self._held(kind, ids[:half], documents[:half], get), self._held(kind, ids[half:], documents[half:], get)
        )


class Outlined(NamedTuple, Generic[T]):
    """The entries by id, and the documents they were read from."""

    rows: Rows
    entries: Mapping[str, T]


def outlined(outline: Outline[T], before: Outlined[T] | None, rows: Rows, get: Get) -> Outlined[T]:
    """The entries of the documents as they stand; where they were read ``before``, only what differs is read."""
    if before is None:
        found = chain.from_iterable(outline.of(kind, now.items(), get) for kind, now in rows.items())
        return Outlined(rows, {record_id: entry for record_id, entry in found if entry is not None})
    entries = dict(before.entries)
    for kind, now in rows.items():
        changed = {key: now.get(key) for key in now.differing(before.rows[kind])}
        there = {key: document for key, document in changed.items() if document is not None}
        for record_id in map(kind.letter.__add__, changed):
            entries.pop(record_id, None)
        entries.update((record_id, entry) for record_id, entry in outline.of(kind, there, get) if entry is not None)
    return Outlined(rows, entries)
