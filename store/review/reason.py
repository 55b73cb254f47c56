"""What a reason is, why something waits for a look: its kind, its words, and what is at stake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date
from itertools import compress, repeat
from operator import contains
from typing import NamedTuple

from store.dates import relative
from store.model import KINDS, Record
from store.outline import Documents
from store.records import Records

STAKES: Mapping[str, int] = {
    "premise": 85, "premise, one-way": 100, "decision": 65, "decision, one-way": 95, "check-in": 70,
    "bet placed": 75, "bet released": 75, "bet": 35, "mission": 58, "corner": 43, "belief": 42, "signal": 40, "ritual": 41,
    "worse": 60, "changed": 56, "stale placed": 55, "ageing": 52, "stale mission": 50, "stale released": 48,
    "called for": 47, "differs": 46, "put off": 44, "stale shaping": 30, "inbox": 25, "stale option": 20,
    "more": 1, "intent": 0,
}  # fmt: skip
"""What is at stake: doors that close, then bets that spend, then the rhythm, then what only grows old."""
APPOINTMENTS = frozenset({"decision", "check-in", "settle", "look again"})
"""Kinds of reasons that are due: a day somebody set has come."""


class Look(NamedTuple):
    """What is looked at: the records, the day it is, who looks; and the keys of what is not to be told but for its day."""

    records: Records
    today: date
    me: str
    quiet: Set[str] = frozenset()


class Reason(NamedTuple):
    """One reason why something waits: its kind, its weight, for how many days, and its words or how to find them.

    Words are found when they are read: thousands of reasons are weighed where a few are shown.
    """

    kind: str
    said: str | Callable[[], str]
    stake: int
    days: int = 0

    @property
    def text(self) -> str:
        """Half a sentence behind "because"."""
        return self.said if isinstance(self.said, str) else self.said()


Words = Callable[[str, int], str]
"""The key of what waits, and for how many days → why it does."""
Weighed = tuple[str, str | Words, int, int]
"""A reason before it is told: its kind, its words or how to find them, its weight, for how many days."""
Finding = tuple[str, Weighed, Record | None, str]
"""What a reason is about, by its key, the reason, and for what is no record of that id the one to show and a name; as
thousands are found where few are told of, no class of its own, which would take eight times as long to make."""


def finding(key: str, kind: str, said: str | Words, stake: str, days: int) -> Finding:
    """A reason about the record of an id; ``stake`` is its name in ``STAKES``."""
    return key, (kind, said, STAKES[stake], days), None, ""


_NAMING: Mapping[type[Record], tuple[str, ...]] = {
    kind: tuple(name for name in ("driver", "approver", "contributors", "people") if name in kind.model_fields)
    for kind in KINDS
}


def naming(me: str, among: Set[str], records: Records) -> Set[str]:
    """The ids among some of the records that name a person: who drives, approves or is asked, who is on it or took part.

    The documents are asked first: records in which the name stands nowhere are not made.
    """
    places = [(kind, name) for kind, names in _NAMING.items() for name in names] if me else []
    may_be = {kind.letter + key for kind, name in places for key in _holding(me, name, records.documents(kind))}
    return {record_id for record_id in among & may_be if _names(me, records.get(record_id))}


def _holding(me: str, name: str, documents: Documents) -> Iterable[str]:
    held = map(dict.get, documents.values(), repeat(name), repeat(()))
    try:
        return list(compress(documents, map(contains, held, repeat(me))))
    except TypeError:  # one holds neither a name nor a list of them
        return [key for key, one in documents.items() if not isinstance(held := one.get(name, ()), list | str) or me in held]


def _names(me: str, record: Record | None) -> bool:
    held = (getattr(record, name) for name in _NAMING[type(record)]) if record is not None else ()
    return any(named == me if isinstance(named, str) else me in named for named in held)


def was_due(day: date, today: date) -> str:
    """That a day was, or is, the one: ``was due 3 d ago``, ``is due today``."""
    return f"is due {relative(day, today)}" if day == today else f"was due {relative(day, today)}"
