"""A step: what a command wants changed, as records before and after; the workspace turns it into one transaction.

New records carry a provisional id, ``B+1`` for the first new record of the step, and may refer to each other by it; the
workspace puts the real numbers in when it commits, because only under the lock is the next number known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from store.model import Record
from store.operations import Document


class Change(NamedTuple):
    """One record before and after: None before is a new record, None after a deleted one.

    ``before`` is the record as it was when the person began to edit it: what others changed since is merged in.
    """

    before: Record | None
    after: Record | None

    @property
    def record(self) -> Record:
        """The record the change is about, as it will be, or as it was when it is deleted."""
        record = self.after if self.after is not None else self.before
        assert record is not None, "a change is about something"
        return record


class Step(NamedTuple):
    """Changes that become durable together, and one sentence that says what they do."""

    changes: tuple[Change, ...]
    why: str


def create(records: Iterable[Record], why: str) -> Step:
    """The step that adds new records; each must carry a provisional id of its own, or none."""
    return Step(tuple(Change(None, record) for record in records), why)


def edit(before: Record, why: str, **fields: Any) -> Step:
    """The step that changes some fields of one record."""
    return Step((Change(before, before.evolve(**fields)),), why)


def provisional(kind: type[Record], ordinal: int) -> str:
    """The id of the ``ordinal``-th new record of a step, counted from 1 over all kinds."""
    return f"{kind.letter}+{ordinal}"


def is_provisional(record_id: str) -> bool:
    """Whether the id stands for a record that has no number yet."""
    return record_id[1:2] == "+"


REFERENCE_FIELDS = frozenset({"to", "about", "record", "decisions", "signal"})
"""Names of every field that holds ids of other records, in records and in their parts."""


def renumbered(document: Document, ids: Mapping[str, str]) -> Document:
    """The document with provisional ids in its reference fields replaced by real ones."""
    return {name: _renumber(name, value, ids) for name, value in document.items()}


def _renumber(name: str, value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {inner: _renumber(inner, part, ids) for inner, part in value.items()}
    if isinstance(value, list):
        return [_renumber(name, part, ids) for part in value]
    if name in REFERENCE_FIELDS and isinstance(value, str):
        return ids.get(value, value)
    return value
