"""Three versions of a document become one, field by field, so that several people can edit the same record."""

from __future__ import annotations

from typing import Any

from store.errors import Conflict
from store.operations import Document, same

BOOKKEEPING = frozenset({"updated", "updated_by"})
"""Fields that every change writes: two people's values never clash, the later one stands."""

_ABSENT: Any = object()


def merge(
    place: str, base: Document | None, mine: Document | None, theirs: Document | None, *, mine_wins: bool = False
) -> Document | None:
    """What the record at ``place`` becomes when ``mine`` and ``theirs`` both started from ``base``; None is absent.

    Fields that only one side changed are taken from that side.  Raises ``Conflict`` naming the fields that both changed
    to different values (or a record that one side removed), unless ``mine_wins``.
    """
    if same(mine, theirs) or same(theirs, base):
        return mine
    if same(mine, base):
        return theirs
    if mine is None or theirs is None or base is None:
        if mine_wins:
            return mine
        done = "added" if base is None else "deleted" if theirs is None else "changed"
        raise Conflict(
            f"{place} was {done} by somebody else meanwhile. Nothing was changed.",
            ((place, "(deleted)", theirs, mine),),
        )
    merged, clashes = _merge_fields(base, mine, theirs)
    if clashes and not mine_wins:
        raise Conflict(
            f"{place}: {', '.join(clashes)} changed meanwhile by somebody else. Nothing was changed.",
            tuple((place, field, theirs.get(field), mine.get(field)) for field in clashes),
        )
    return merged


def _merge_fields(base: Document, mine: Document, theirs: Document) -> tuple[Document, list[str]]:
    merged: Document = {}
    clashes: list[str] = []
    for field in dict.fromkeys([*theirs, *mine]):
        old, my, their = (document.get(field, _ABSENT) for document in (base, mine, theirs))
        value = their if same(my, old) else my
        if not (same(my, old) or same(their, old) or same(my, their)) and field not in BOOKKEEPING:
            clashes.append(field)
        if value is not _ABSENT:
            merged[field] = value
    return merged, clashes
