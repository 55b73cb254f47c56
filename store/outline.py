"""What a question asks of thousands of records, read from their documents: only those it is about are then made.

Declared once at module level, as an ``Index`` is, or kept as long as it is asked for.  An outline is as true as the records:
of a document in which a field it names is not plainly valid, the record is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any, Generic, NamedTuple, TypeVar

from store.column import column, held
from store.layers import Layered
from store.model import Record
from store.operations import Document
from store.taking import DOUBTS

T = TypeVar("T")
Documents = Mapping[str, Document]
Rows = Mapping[type[Record], Layered[Document]]
Row = tuple[Any, ...]
"""The id of a record, then what the fields hold that are asked for."""
Get = Callable[[str], Record | None]
Among = Callable[[type[Record], Documents], Documents]
"""Of a kind and its documents by key, those whose records may be meant; the others surely are not."""


def holding(name: str) -> Among:
    """Those that hold a field."""
    return lambda kind, documents: {key: document for key, document in documents.items() if name in document}


def standing(state: str) -> Among:
    """Those that are in a state which is not the first of their kind."""
    return lambda kind, documents: {key: one for key, one in documents.items() if one.get("state") == state}


class Outline(Generic[T]):
    """What is asked of each kind, and how it is read.

    ``fields`` names for each kind the fields that are asked for, as ``column`` does; None stands for one it does not have.
    ``read`` gets a kind and the rows of its records, and gives by id the entries of those that have one.  Nothing is read of
    documents that are not ``among`` those whose records may have one.
    """

    __slots__ = ("__weakref__", "among", "fields", "read")

    def __init__(
        self,
        fields: Mapping[type[Record], tuple[str, ...]],
        read: Callable[[type[Record], Iterable[Row]], dict[str, T]],
        among: Among | None = None,
    ) -> None:
        self.fields = fields
        self.read = read
        self.among = among

    def of(self, kind: type[Record], documents: Documents, get: Get) -> dict[str, T]:
        """The entries of the records of a kind, by id."""
        if self.among is not None:
            documents = self.among(kind, documents)
        letter = kind.letter
        return self.read(kind, self._rows(kind, [letter + key for key in documents], list(documents.values()), get))

    def _rows(self, kind: type[Record], ids: Sequence[str], documents: Sequence[Document], get: Get) -> Iterable[Row]:
        """The rows of records: field by field, for nothing of Python's is then done for each record."""
        names = self.fields[kind]
        if not documents:
            return ()
        try:
            columns = [column(kind, name, documents) if _has(kind, name) else repeat(None, len(ids)) for name in names]
            return zip(ids, *columns, strict=True)
        except DOUBTS:
            if len(documents) == 1:
                record = get(ids[0])
                return [] if record is None else [(ids[0], *(held(record, name) for name in names))]
        half = len(documents) // 2
        return chain(
            self._rows(kind, ids[:half], documents[:half], get), self._rows(kind, ids[half:], documents[half:], get)
        )


def _has(kind: type[Record], path: str) -> bool:
    return path.partition(".")[0] in kind.model_fields


class Outlined(NamedTuple, Generic[T]):
    """The entries by id, and the documents they were read from."""

    rows: Rows
    entries: Mapping[str, T]


def outlined(outline: Outline[T], before: Outlined[T] | None, rows: Rows, get: Get) -> Outlined[T]:
    """The entries of the documents as they stand; where they were read ``before``, only what differs is read."""
    entries: dict[str, T] = {}
    if before is None:
        for kind, now in rows.items():
            entries.update(outline.of(kind, now.items(), get))
        return Outlined(rows, entries)
    entries.update(before.entries)
    for kind, now in rows.items():
        changed = {key: now.get(key) for key in now.differing(before.rows[kind])}
        there = {key: document for key, document in changed.items() if document is not None}
        for record_id in map(kind.letter.__add__, changed):
            entries.pop(record_id, None)
        entries.update(outline.of(kind, there, get))
    return Outlined(rows, entries)
