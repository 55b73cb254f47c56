"""What a list shows where nothing more is asked of it: the open records in its order, of which only those shown are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from heapq import nsmallest
from itertools import chain

from store.derived import DUE_FIELDS
from store.model import KINDS, Record
from store.outline import Documents, Outline, Row
from store.records import Records

SORTS = ("kind", "due")
"""The orders that can be told without the records."""
Place = tuple[date, int, str, str]
"""Of an open record the day it asks for somebody, the last of all days for none; what numbers are ordered by; its id."""


def unfinished(records: Records, kinds: Collection[type[Record]], sort: str, limit: int | None) -> tuple[list[Record], int]:
    """The records of some kinds that are neither finished nor archived, in one of ``SORTS``: all, or so many; and how many
    there are."""
    meant = [kind for kind in KINDS if kind in kinds]
    first: list[Place] = []
    for together in [[kind] for kind in meant] if sort == "kind" else [meant]:
        if limit is None or len(first) < limit:
            places = chain(*(records.outlined(_PLACES[kind]).values() for kind in together))
            first += sorted(places) if limit is None else nsmallest(limit - len(first), places)
    found = (records.get(place[-1]) for place in first)
    return [one for one in found if one is not None], sum(len(records.outlined(_OPEN[kind])) for kind in meant)


def may_be_open(kind: type[Record], documents: Documents) -> Documents:
    """Those whose records may be open; a state that no record can have is not read, so they may."""
    finished = tuple(state for state in kind.states if state not in kind.open_states)
    return {
        key: one for key, one in documents.items() if one.get("state") not in finished and one.get("archived") is not True
    }


def _open(kind: type[Record], rows: Iterable[Row]) -> dict[str, bool]:
    states = kind.open_states or {None}
    return {record_id: True for record_id, state, archived in rows if state in states and not archived}


def _places(kind: type[Record], rows: Iterable[Row]) -> dict[str, Place]:
    states = kind.open_states or {None}
    return {
        record_id: (day or date.max, len(record_id), record_id[1:], record_id)
        for record_id, state, archived, day in rows
        if state in states and not archived
    }


_OPEN: Mapping[type[Record], Outline[bool]] = {kind: Outline({kind: ("state", "archived")}, _open) for kind in KINDS}
_PLACES: Mapping[type[Record], Outline[Place]] = {
    kind: Outline({kind: ("state", "archived", DUE_FIELDS.get(kind, ""))}, _places) for kind in KINDS
}
