"""Makes the table from which a shell prompt tells what is due (``store.waiting``), as the records stand.  Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from store.cadence import firsts
from store.records import Records, place_of
from store.review.checkins import due_keys
from store.review.reasons import cornered, dated
from store.waiting import VERSION

AHEAD = 14
"""Days after today that a table can tell of."""


def table(records: Records, today: date, stamps: dict[str, Any]) -> dict[str, Any]:
    """The table of some records; ``stamps`` are of the files *before* they were read: a step told twice is harmless."""
    days = [day for ahead in range(AHEAD + 1) if (day := _after(today, ahead)) is not None]
    due: dict[str, str] = {}
    asked = ((record_id, day) for record_id, (day, *_) in dated(records, days[-1]))
    debts = ((bet.id, day) for bet, day in cornered(records, days[-1]))
    for record_id, day in (*asked, *debts):
        due[record_id] = min(day.isoformat(), due.get(record_id, "9"))
    return {
        "version": VERSION,
        "n": records.n,
        "zone": records.settings.zone,
        "firsts": [place_of(one) for one in firsts(records)],
        **stamps,
        "due": due,
        "days": {day.isoformat(): list(due_keys(records, day)) for day in days},
    }


def _after(day: date, ahead: int) -> date | None:
    try:
        return day + timedelta(days=ahead)
    except OverflowError:
        return None
