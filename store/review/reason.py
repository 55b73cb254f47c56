"""What a reason is, why something waits for a look: its kind, its words, and what is at stake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from datetime import date
from typing import NamedTuple

from store.dates import relative
from store.model import KINDS, Record
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


class Finding(NamedTuple):
    """One reason, and what it is about: a record, or what has only a key and a name."""

    key: str
    record: Record | None
    reason: Reason
    name: str = ""


def finding(record: Record, kind: str, said: str | Callable[[], str], stake: str, days: int) -> Finding:
    """A reason about a record; ``stake`` is its name in ``STAKES``."""
    return Finding(record.id, record, Reason(kind, said, STAKES[stake], days))


_NAMING: Mapping[type[Record], tuple[str, ...]] = {
    kind: tuple(name for name in ("driver", "approver", "contributors", "people") if name in kind.model_fields)
    for kind in KINDS
}


def is_named_on(me: str, record: Record) -> bool:
    """Whether a record names a person: who drives, approves or is asked, who is on it or took part."""
    for name in _NAMING[type(record)]:
        named = getattr(record, name)
        if named == me if isinstance(named, str) else me in named:
            return True
    return False


def was_due(day: date, today: date) -> str:
    """That a day was, or is, the one: ``was due 3 d ago``, ``is due today``."""
    return f"is due {relative(day, today)}" if day == today else f"was due {relative(day, today)}"
