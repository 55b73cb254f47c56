"""The decision log: what every decision says, in the order of one page, and its indexes by state and by date.  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from store.model import Decision, Record

STATES: Mapping[str, str] = {
    "open": "Open", "decided": "Decided", "reviewed": "Reviewed", "superseded": "Superseded", "reversed": "Reversed",
}  # fmt: skip
"""States in the order of the index, and how they are headed."""
UNDATED = "no date"


class Entry(NamedTuple):
    """One decision: short facts and long texts with their labels, and the chain it stands in, by ids."""

    record: Decision
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    supersedes: tuple[str, ...]
    superseded_by: tuple[str, ...]

    @property
    def day(self) -> str:
        """The day it was decided; while it is open the day it was captured; "" where nothing says.

        What was brought in decided already was not decided on the day it was brought in.
        """
        decided = self.record.decided_on
        return decided.isoformat() if decided else self.record.created[:10] if self.record.state == "open" else ""

    @property
    def chain(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What it supersedes and what supersedes it, by their ids, each with its label; where there is none, nothing."""
        both = (("supersedes", self.supersedes), ("superseded by", self.superseded_by))
        return tuple((label, ids) for label, ids in both if ids)


def entries(records: Iterable[Record]) -> tuple[Entry, ...]:
    """The decisions among some records, the newest first; those without a day last."""
    decisions = [record for record in records if isinstance(record, Decision)]
    newer: dict[str, tuple[str, ...]] = {}
    for record in decisions:
        for old in record.linked("supersedes"):
            newer[old] = (*newer.get(old, ()), record.id)
    found = [_entry(record, newer.get(record.id, ())) for record in decisions]
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.record.number), reverse=True))


def _entry(record: Decision, superseded_by: tuple[str, ...]) -> Entry:
    facts = {
        "state": record.state,
        "decided": record.decided_on,
        "review": record.review_on,
        "door": record.door if record.door == "one-way" else "",
        "chosen": record.chosen,
        "driver": record.driver,
        "approver": record.approver,
        "contributors": ", ".join(record.contributors),
        "informed": ", ".join(record.informed),
        "occasion": record.occasion,
        "tags": ", ".join(record.tags),
    }
    return Entry(
        record,
        tuple((label, str(value)) for label, value in facts.items() if value),
        tuple((label, text) for label, text in _texts(record).items() if text.strip()),
        record.linked("supersedes"),
        superseded_by,
    )


def _texts(record: Decision) -> dict[str, str]:
    return {
        "Why": record.why,
        "Context": record.context,
        "Options": "\n".join(f"- {option}" for option in record.options),
        _predicted(record): record.prediction or ("" if record.confidence is None else "(in no words)"),
        "Looking back": _looking_back(record),
        "Lesson": record.lesson,
        "Notes": record.body,
    }


def _predicted(record: Decision) -> str:
    sure = "" if record.confidence is None else f", {record.confidence} % sure"
    when = f" on {record.decided_on}" if record.decided_on and record.state != "open" else ""
    return f"Predicted{when}{sure}"


def _looking_back(record: Decision) -> str:
    """What came true, and process and outcome apart: a good process may have had a bad outcome."""
    came_true = {None: "", True: "came true", False: "did not come true"}[record.came_true]
    parts = (
        came_true,
        record.process and f"{record.process} process",
        record.outcome and f"{record.outcome} outcome",
        record.solved and f"by {record.solved}",
    )
    return ", ".join(part for part in parts if part)


def by_state(given: Sequence[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The entries under the heading of their state, in the order of the states; empty ones are left out."""
    groups = [(title, tuple(one for one in given if one.record.state == state)) for state, title in STATES.items()]
    return tuple((title, group) for title, group in groups if group)


def by_month(given: Sequence[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The entries under their month, ``2026-11``, in the order they come in."""
    months: dict[str, list[Entry]] = {}
    for one in given:
        months.setdefault(one.day[:7] or UNDATED, []).append(one)
    return tuple((month, tuple(group)) for month, group in months.items())
