"""What a reason is, why something waits for a look: its kind, its words, and what is at stake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from store.dates import relative
from store.model import KINDS, Record
from store.records import Records

STAKES: Mapping[str, int] = {
    "premise": 85, "premise, one-way": 100, "decision": 65, "decision, one-way": 95, "check-in": 70,
    "bet placed": 75, "bet released": 75, "bet": 35, "mission": 58, "belief": 42, "signal": 40, "ritual": 41,
    "worse": 60, "changed": 56, "stale placed": 55, "ageing": 52, "stale mission": 50, "stale released": 48,
    "called for": 47, "differs": 46, "put off": 44, "stale shaping": 30, "inbox": 25, "stale option": 20, "intent": 0,
}  # fmt: skip
"""What is at stake: doors that close, then bets that spend, then the rhythm, then what only grows old."""
APPOINTMENTS = frozenset({"decision", "check-in", "settle", "look again"})
"""Kinds of reasons that are due: a day somebody set has come."""


class Look(NamedTuple):
    """What is looked at: the records, the day it is, who looks."""

    records: Records
    today: date
    me: str


class Reason(NamedTuple):
    """One reason why something waits: its kind, half a sentence behind "because", its weight, for how many days."""

    kind: str
    text: str
    stake: int
    days: int = 0


class Finding(NamedTuple):
    """One reason, and what it is about."""

    key: str
    title: str
    record: Record | None
    reason: Reason


def finding(record: Record, kind: str, text: str, stake: str, days: int) -> Finding:
    """A reason about a record; ``stake`` is its name in ``STAKES``."""
    return Finding(record.id, record.label, record, Reason(kind, text, STAKES[stake], max(days, 0)))


_NAMING: Mapping[type[Record], tuple[str, ...]] = {
    kind: tuple(name for name in ("driver", "approver", "contributors", "people") if name in kind.model_fields)
    for kind in KINDS
}


def is_involved(record: Record, me: str) -> bool:
    """Whether a person is named on a record."""
    named = (getattr(record, name) for name in _NAMING[type(record)])
    return bool(me) and any(me == one if isinstance(one, str) else me in one for one in named)


def was_due(day: date, today: date) -> str:
    """That a day was, or is, the one: ``was due 3 d ago``, ``is due today``."""
    return f"is due {relative(day, today)}" if day == today else f"was due {relative(day, today)}"
