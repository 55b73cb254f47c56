"""Changes as data: what one transaction does to the documents of a workspace, and how each change is taken back.

A *document* is a JSON object.  A *table* is one of the names in ``store.model.TABLES``; a *key* is the record's number as
a string, the way JSON and TinyDB store it.  ``State`` is every document: table → key → document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, repeat
from typing import Any, NamedTuple

Document = dict[str, Any]
State = dict[str, dict[str, Document]]

OUTSIDE = "external edit"
"""Who did what the file of a workspace has and its journal does not know."""
DIGITS = 15
"""A longer key is no number: JSON keeps whole numbers exactly up to 2⁵³."""


class Put(NamedTuple):
    """Write ``after`` at a place; ``before`` is what stood there, or None for a new record."""

    table: str
    key: str
    before: Document | None
    after: Document


class Drop(NamedTuple):
    """Remove the document ``before`` from its place."""

    table: str
    key: str
    before: Document


Operation = Put | Drop


def inverse(operation: Operation) -> Operation:
    """The operation that restores what stood there before."""
    match operation:
        case Put(table, key, None, after):
            return Drop(table, key, after)
        case Put(table, key, before, after):
            return Put(table, key, after, before)  # type: ignore[arg-type]
        case Drop(table, key, before):
            return Put(table, key, None, before)


def operation(table: str, key: str, before: Document | None, after: Document | None) -> Operation | None:
    """The operation that turns ``before`` into ``after``, or None where both are absent."""
    if after is not None:
        return Put(table, key, before, after)
    return None if before is None else Drop(table, key, before)


def after(operation: Operation) -> Document | None:
    """What stands at the operation's place once it is applied; None when it was removed."""
    return operation.after if isinstance(operation, Put) else None


class Transaction(NamedTuple):
    """One durable step of a workspace: all of its operations happened, in order, or none did.

    ``n`` is the number of the last operation over the whole workspace, ``at`` an ISO 8601 time in UTC, ``by`` who did it.
    ``undoes`` is the ``n`` of the transaction this one takes back; ``why`` one sentence for people; ``schema`` that of
    the documents from here on, None while it is the first.
    """

    n: int
    at: str
    by: str
    operations: tuple[Operation, ...]
    undoes: int | None = None
    why: str = ""
    schema: int | None = None


def set_document(state: State, table: str, key: str, document: Document | None) -> None:
    """Put a document into its place, or take away what stands there; a table without documents is no table."""
    if document is not None:
        state.setdefault(table, {})[key] = document
    elif key in (rows := state.get(table, {})):
        del rows[key]
        if not rows:
            del state[table]


def apply(state: State, operations: Iterable[Operation]) -> None:
    """Change ``state`` in place by the operations, in order."""
    for change in operations:
        set_document(state, change.table, change.key, after(change))


def number_of(key: str) -> int:
    """The record number a key stands for; 0 for a key that is none, as a foreign program may have written."""
    return int(key) if len(key) <= DIGITS and key.isascii() and key.isdecimal() else 0


def last_number(n: int, operations: Iterable[Operation]) -> int:
    """The number of the last of these operations, done on a workspace at ``n``; no key may be above it."""
    changes = tuple(operations)
    return max(n + len(changes), *(number_of(change.key) for change in changes), 0)


def as_json(transaction: Transaction) -> dict[str, Any]:
    """The transaction as the JSON object that a journal keeps."""
    found: dict[str, Any] = {
        "n": transaction.n,
        "at": transaction.at,
        "by": transaction.by,
        "ops": [[change.table, change.key, change.before, after(change)] for change in transaction.operations],
    }
    extra = {"undoes": transaction.undoes, "why": transaction.why, "schema": transaction.schema}
    return found | {name: value for name, value in extra.items() if value}


def from_json(found: Mapping[str, Any]) -> Transaction:
    """The transaction that ``as_json`` wrote."""
    changes = (operation(*row) for row in found["ops"])
    return Transaction(
        found["n"],
        found["at"],
        found["by"],
        tuple(change for change in changes if change is not None),
        found.get("undoes"),
        found.get("why", ""),
        found.get("schema"),
    )


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are equal *as JSON*: Python alone takes ``1``, ``1.0`` and ``True`` for the same value."""
    return one is other or (one == other and _alike(one, other))


def _alike(one: Any, other: Any) -> bool:
    """Whether two equal values are of the same types all the way down."""
    kind = type(one)
    if kind is not type(other):
        return False
    if kind is dict:
        return all(map(_alike, one.values(), map(other.__getitem__, one)))
    return kind is not list or all(map(_alike, one, other))


def difference(old: Mapping[str, Mapping[str, Document]], new: Mapping[str, Mapping[str, Document]]) -> list[Operation]:
    """The operations that turn one state into another, in the order of the tables and keys."""
    found: list[Operation] = []
    for table in dict.fromkeys([*old, *new]):
        was, now = old.get(table, {}), new.get(table, {})
        if was is now:
            continue
        for key in dict.fromkeys([*was, *now]):
            before, behind = was.get(key), now.get(key)
            if before is not behind and not same(before, behind) and (change := operation(table, key, before, behind)):
                found.append(change)
    return found


def exchange(state: State, new: State) -> set[tuple[str, str]]:
    """The places that differ, after ``state`` was made equal to ``new`` in place; they may share documents then."""
    if not state:
        state.update(new)
        return set(chain.from_iterable(zip(repeat(table), rows) for table, rows in new.items()))
    changes = difference(state, new)
    apply(state, changes)
    return {(change.table, change.key) for change in changes}
