"""What an agenda is made of: entries found in the records from one side, put into words only where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from store.model import Checkin, Record
from store.records import Records


class Look(NamedTuple):
    """What is looked at: the records, the day it is, since when, and for which check-in."""

    records: Records
    today: date
    since: date
    checkin: Checkin


class Entry(NamedTuple):
    """One thing found, in words, and the record it leads to."""

    text: str
    record: Record | None = None


class Part(NamedTuple):
    """What one side of the records shows: at most so many entries, how many more there are, and what an empty one says."""

    name: str
    title: str
    entries: tuple[Entry, ...]
    more: int
    nothing: str


class Told(NamedTuple):
    """Things found of which only those that are shown are put into words: saying a thousand costs more than finding them."""

    found: Sequence[Any]
    say: Callable[[Any], Entry]


Entries = Iterable[Entry] | Told
Finder = Callable[[Look], Entries]
Side = tuple[str, Finder, str]
"""The title of a part, who finds its entries, and what it says when there is none."""


def named(record: Record, said: str) -> Entry:
    return Entry(f"{record.id} {record.label}: {said}" if said else f"{record.id} {record.label}", record)
