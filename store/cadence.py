"""When each level of check-in falls due, and which one a person should hold next.  Pure: the day is passed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from store.errors import UsageError
from store.model import Checkin
from store.records import Index, Records
from store.settings import CheckinLevel

if TYPE_CHECKING:
    from dateutil.rrule import rrule

BY_LEVEL = Index(
    (Checkin,),
    lambda record: () if record.archived or not isinstance(record, Checkin) else (record.level,),
    lambda record: record.due or date.min if isinstance(record, Checkin) else date.min,
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Where one level stands: the occurrence to hold (``due``), the one after it, the last one held, the one under way.

    ``due`` is the newest occurrence that was neither held nor skipped, when there is one on or before today: a late
    check-in rolls forward instead of piling up.  ``missed`` counts the occurrences it rolled over.
    """

    level: CheckinLevel
    due: date
    following: date
    held: Checkin | None
    under_way: Checkin | None
    missed: int

    def is_due(self, today: date) -> bool:
        """Whether it asks to be held now."""
        return self.due <= today


def rhythm(level: CheckinLevel, records: Records, today: date) -> Rhythm:
    """Where a level stands today."""
    checkins = of_level(level.id, records)
    finished = [one for one in checkins if one.state in ("done", "skipped") and one.due is not None]
    held = [one for one in checkins if one.state == "done"]
    under_way = next((one for one in reversed(checkins) if one.state in ("due", "open")), None)
    covered = max((one.due for one in finished if one.due), default=None)
    late = _late(level, covered, today)
    due = under_way.due if under_way and under_way.due else late[-1] if late else next_after(level, covered, today)
    return Rhythm(
        level, due, next_after(level, max(due, today), today), held[-1] if held else None, under_way, max(len(late) - 1, 0)
    )


def of_level(level_id: str, records: Records) -> tuple[Checkin, ...]:
    """The check-ins of a level by the day they were due, the oldest first."""
    return records.group(BY_LEVEL, level_id)  # type: ignore[return-value]


def _late(level: CheckinLevel, covered: date | None, today: date) -> list[date]:
    """Occurrences up to today that nobody held, the oldest first; where none was ever held, only one that is today."""
    since = covered + timedelta(days=1) if covered is not None else today
    return list(occurrences(level, since, today))


def next_after(level: CheckinLevel, covered: date | None, today: date) -> date:
    """The first occurrence after today, and after the one last covered.  Raises ``UsageError`` when the rule has ended."""
    start = max(today, covered) if covered else today
    return _next(level, start)


@lru_cache(maxsize=256)
def _next(level: CheckinLevel, start: date) -> date:
    following = _rule(level.rule, level.anchor).after(datetime.combine(start, time.max))
    if following is None:
        raise UsageError(f"The check-in level {level.title} has ended: its rule {level.rule} gives no day after {start}.")
    return following.date()


def occurrences(level: CheckinLevel, start: date, end: date) -> Iterator[date]:
    """The days a level falls on from ``start`` to ``end``, both included."""
    for moment in _rule(level.rule, level.anchor).between(
        datetime.combine(start, time.min), datetime.combine(end, time.max), inc=True
    ):
        yield moment.date()


@lru_cache(maxsize=64)
def _rule(text: str, anchor: date) -> rrule:
    """The parsed rule, counted in days so that no clock change can move it.  Raises ``UsageError``."""
    from dateutil.rrule import rrule, rrulestr  # not before a check-in is looked at: it would delay the first screen

    try:
        rule = rrulestr(text, dtstart=datetime.combine(anchor, time.min))
    except ValueError as error:
        raise UsageError(f"{text!r} is not a rule for a check-in ({error}). Try FREQ=WEEKLY;INTERVAL=6.") from None
    if not isinstance(rule, rrule):
        raise UsageError(f"{text!r} holds more than one rule. A check-in level has one.")
    return rule


def rhythms(records: Records, today: date) -> tuple[Rhythm, ...]:
    """Where every level of the workspace stands, in the order of the settings."""
    return tuple(rhythm(level, records, today) for level in records.settings.levels)


def last_intent(level_id: str, records: Records) -> Checkin | None:
    """The newest finished check-in of a level that left an intent: what the next one shows beside what happened."""
    with_intent = [one for one in of_level(level_id, records) if one.state == "done" and one.intent.strip()]
    return with_intent[-1] if with_intent else None


def pending(records: Records, today: date) -> tuple[Checkin, ...]:
    """The check-in to hold next on every level: the one under way, or one that is not a record yet.

    The latter carry provisional ids (``C+1``): beginning one makes it a record.
    """
    found = []
    for ordinal, one in enumerate(rhythms(records, today), 1):
        waiting = Checkin(id=f"C+{ordinal}", level=one.level.id, due=one.due, state="due")
        found.append(one.under_way or waiting)
    return tuple(found)
