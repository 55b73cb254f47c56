"""Three versions of a document become one, field by field, so that several people can edit the same record."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from store.errors import Conflict
from store.operations import Document, same
from store.quoting import quoted

BOOKKEEPING = frozenset({"entered", "updated", "updated_by"})
"""Fields that changes write by themselves: two people's values never clash, the later one stands."""
BY_PART: Mapping[str, str] = {
    "answers": "", "verdicts": "record", "kinds": "", "states": "", "horizons": "", "wip_limits": "", "views": "",
    "levels": "id", "triggers": "id",
}  # fmt: skip
"""Fields whose parts are merged one by one: objects by their keys, lists of objects by the field that names each."""
SETS = frozenset({"people", "decisions", "tags", "contributors", "informed"})
"""Lists of texts in which only what is there matters: what either side added or took out is kept."""

SHORT = 40
"""How long a value is at most that the message of a conflict names."""

_ABSENT: Any = object()


def merge(
    place: str,
    base: Document | None,
    mine: Document | None,
    theirs: Document | None,
    *,
    mine_wins: bool = False,
    over: Mapping[str, Any] = MappingProxyType({}),
) -> Document | None:
    """What the record at ``place`` becomes when ``mine`` and ``theirs`` both started from ``base``; None is absent.

    Fields that only one side changed are taken from that side.  Raises ``Conflict`` naming the fields that both changed
    to different values (or a record that one side removed), unless ``mine_wins``.  ``over`` holds values of theirs that
    were shown to whom mine is of, by field: those, as long as they stand, are knowingly written over.
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
    merged, found = _merge_fields(base, mine, theirs)
    clashes = [field for field in found if field not in over or not same(value_of(theirs, field), over[field])]
    if clashes and not mine_wins:
        raise Conflict(
            f"{place}: {', '.join(_as_it_is(theirs, field) for field in clashes)} changed meanwhile by somebody else."
            " Nothing was changed.",
            tuple((place, field, value_of(theirs, field), value_of(mine, field)) for field in clashes),
        )
    return merged


def _as_it_is(document: Document, field: str) -> str:
    """The field, with what it holds where that is short."""
    value = value_of(document, field)
    if value is None or isinstance(value, dict | list) or len(str(value)) > SHORT:
        return field
    return f"{field} ({quoted(str(value))} now)"


def _merge_fields(base: Document, mine: Document, theirs: Document) -> tuple[Document, list[str]]:
    merged: Document = {}
    clashes: list[str] = []
    for field in dict.fromkeys([*theirs, *mine]):
        old, my, their = (document.get(field, _ABSENT) for document in (base, mine, theirs))
        value = their if same(my, old) else my
        if not (same(my, old) or same(their, old) or same(my, their)) and field not in BOOKKEEPING:
            value, inside = _merge_inside(field, old, my, their)
            clashes += inside
        if value is not _ABSENT:
            merged[field] = value
    return merged, clashes


def _merge_inside(field: str, old: Any, my: Any, their: Any) -> tuple[Any, list[str]]:
    """What a field becomes that both sides changed, and where they clash: the field itself, or parts of it."""
    if field in SETS and all(map(_is_list, (old, my, their))):
        was, mine, theirs = (value or () for value in (_given(old), _given(my), _given(their)))
        kept = [one for one in theirs if one in mine or one not in was]
        return [*kept, *(one for one in mine if one not in was and one not in kept)], []
    parts = [_parts(value, BY_PART[field]) for value in (old, my, their)] if field in BY_PART else [None]
    if any(part is None for part in parts):
        return my, [field]
    merged, clashes = _merge_fields(*(part or {} for part in parts))
    whole: Any = list(merged.values()) if BY_PART[field] else merged
    return whole, [f"{field}.{part}" for part in clashes]


def _given(value: Any) -> Any:
    return None if value is _ABSENT else value


def _is_list(value: Any) -> bool:
    return value is _ABSENT or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _parts(value: Any, name: str) -> Document | None:
    """The parts of a field by their keys; None where it has none, or two of the same key."""
    if value is _ABSENT:
        return {}
    if not name:
        return value if isinstance(value, dict) else None
    if not isinstance(value, list) or not all(isinstance(part, dict) and name in part for part in value):
        return None
    keyed = {str(part[name]): part for part in value}
    return keyed if len(keyed) == len(value) else None


def value_of(document: Document, path: str) -> Any:
    """The value at ``field``, or at ``field.part`` of a field that is merged part by part; None where there is none."""
    field, dot, part = path.partition(".")
    if not dot or field not in BY_PART:
        return document.get(path)
    return (_parts(document.get(field, _ABSENT), BY_PART[field]) or {}).get(part)
