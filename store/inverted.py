"""An inverted index: from what records name to the records that name it; read from documents, it makes no record."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from store.index import Opened
from store.model import KINDS, Record, Update
from store.outline import Outline, Outlined, Row, holding

Place = tuple[Any, ...]
"""Where a record stands under a key: what it is ordered by, its number, then its id."""
Filed = tuple[Collection[Hashable], Place]
"""What an outline of this makes of a record: the keys under which it is found, each once, and its place there."""
Places = Mapping[Hashable, tuple[Place, ...]]
NOWHERE: Filed = ((), ())
MOST = 2_000
"""More entries than this that differ: filing all anew is as cheap as moving them."""


class Inverted(NamedTuple):
    """What is found under each key, in its order; and the entries it was made of."""

    outlined: Outlined[Filed]
    places: Places


def inverted(before: Inverted | None, now: Outlined[Filed]) -> Inverted:
    """What is found under each key now; where it is known what was ``before``, only what differs is moved."""
    if before is None or len(differing := _differing(before.outlined, now)) > MOST:
        return Inverted(now, _filed(now.entries.values()))
    return Inverted(now, _moved(before, now.entries, differing))


def _differing(before: Outlined[Filed], now: Outlined[Filed]) -> list[str]:
    """The ids of what was changed, also where that is no other entry: what is found under its keys is not the same."""
    return [
        kind.letter + key
        for kind, rows in now.rows.items()
        if (earlier := before.rows[kind]) is not rows
        for key in rows.differing(earlier)
    ]


def _filed(filed: Iterable[Filed]) -> Places:
    found: defaultdict[Hashable, list[Place]] = defaultdict(list)
    for keys, place in filed:
        for key in keys:
            found[key].append(place)
    return {key: tuple(sorted(places)) for key, places in found.items()}


def _moved(before: Inverted, entries: Mapping[str, Filed], differing: Collection[str]) -> Places:
    opened = Opened(before.places)
    for record_id in differing:
        keys, place = before.outlined.entries.get(record_id, NOWHERE)
        for key in keys:
            del opened[key][bisect_left(opened[key], place)]
        keys, place = entries.get(record_id, NOWHERE)
        for key in keys:
            insort(opened[key], place)
    return opened.closed()


def _ends(kind: type[Record], rows: Iterable[Row]) -> dict[str, Filed]:
    return {
        record_id: (ends if len(ends) == 1 else {*ends}, (len(record_id), record_id[1:], record_id))
        for record_id, ends in rows
        if ends
    }


def _subjects(kind: type[Record], rows: Iterable[Row]) -> dict[str, Filed]:
    return {
        record_id: ((about,), (created, len(record_id), record_id))
        for record_id, archived, about, created in rows
        if not archived
    }


POINTING: Outline[Filed] = Outline(dict.fromkeys(KINDS, ("links.to",)), _ends, holding("links"))
"""Every record that has links, under each of their ends."""
ABOUT: Outline[Filed] = Outline({Update: ("archived", "about", "created")}, _subjects)
"""Every update that is not archived, under what it is about, the oldest first."""
