"""What a question asks of thousands of records, read from their documents: only those it is about are then made.

Declared once at module level, as an ``Index`` is.  An outline is as true as the records: of a document in which a field it
names is not plainly valid, the record is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from store.entity import plainly
from store.layers import Layered
from store.model import Record
from store.operations import Document
from store.taking import DOUBTS

T = TypeVar("T")
Rows = Mapping[type[Record], Layered[Document]]
Get = Callable[[str], Record | None]


class Outline(Generic[T]):
    """Kind → the fields that are asked for; ``make`` gets the kind and what they hold, and gives an entry, or None to leave
    the record out."""

    __slots__ = ("fields", "make")

    def __init__(self, fields: Mapping[type[Record], tuple[str, ...]], make: Callable[..., T | None]) -> None:
        self.fields = fields
        self.make = make

    def of(self, kind: type[Record], documents: Iterable[tuple[str, Document]], get: Get) -> Iterator[tuple[str, T | None]]:
        """The id of every document's record, and its entry."""
        letter, fields, make = kind.letter, self.fields[kind], self.make
        read = plainly(kind, fields)
        for key, document in documents:
            record_id = letter + key
            try:
                held = read(document)
            except DOUBTS:
                record = get(record_id)
                held = [getattr(record, name) for name in fields]
            yield record_id, make(kind, *held)


class Outlined(NamedTuple, Generic[T]):
    """The entries by id, and the documents they were read from."""

    rows: Rows
    entries: Mapping[str, T]


def outlined(outline: Outline[T], before: Outlined[T] | None, rows: Rows, get: Get) -> Outlined[T]:
    """The entries of the documents as they stand; where they were read ``before``, only what differs is read."""
    if before is None:
        found = (pair for kind, now in rows.items() for pair in outline.of(kind, now.items().items(), get))
        return Outlined(rows, {record_id: entry for record_id, entry in found if entry is not None})
    entries = dict(before.entries)
    for kind, now in rows.items():
        changed = list(now.differing(before.rows[kind]))
        documents = [(key, document) for key in changed if (document := now.get(key)) is not None]
        fresh = dict(outline.of(kind, documents, get))
        for record_id in map(kind.letter.__add__, changed):
            if (entry := fresh.get(record_id)) is None:
                entries.pop(record_id, None)
            else:
                entries[record_id] = entry
    return Outlined(rows, entries)
