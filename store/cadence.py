"""When each level of check-in falls due, and which one a person should hold next.  Pure: the day is passed in.

All is counted in days, so no clock change moves a check-in; which day it is where the workspace is, ``store.days`` says.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from store.derived import created_in
from store.errors import UsageError
from store.index import Index
from store.model import KINDS, Checkin, Record
from store.records import Records
from store.settings import CheckinLevel
from store.step import provisional
from store.triggers import called_for

if TYPE_CHECKING:
    from dateutil.rrule import rrule

DAY = timedelta(days=1)
SOON = 7
"""Days before it is due from which on a check-in may as well be held."""
FREQUENCIES = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})

BY_LEVEL = Index(
    (Checkin,),
    lambda record: () if record.archived or not isinstance(record, Checkin) else (record.level,),
    lambda record: record.due or date.min if isinstance(record, Checkin) else date.min,
)


class Rhythm(NamedTuple):
    """Where one level stands: the occurrence to hold (``due``), the one after it, the last one held, the one under way.

    ``due`` is the newest occurrence that was neither held nor skipped, when there is one on or before today: a late
    check-in rolls forward instead of piling up.  ``missed`` counts the occurrences it rolled over.  A level of which none
    was ever held or skipped is late since the workspace began, or since it was added: nobody could have held one before.
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

    @property
    def rolled(self) -> str:
        """What it rolled over, to stand behind when it was due: `` after 2 that nobody held``; "" for nothing."""
        return f", after {self.missed} that nobody held" if self.missed else ""


def rhythm(level: CheckinLevel, records: Records, today: date) -> Rhythm:
    """Where a level stands today."""
    checkins = of_level(level.id, records)
    finished = [one for one in checkins if one.state in ("done", "skipped") and one.due is not None]
    held = [one for one in checkins if one.state == "done"]
    under_way = next((one for one in reversed(checkins) if one.state in ("due", "open")), None)
    covered = max((one.due for one in finished if one.due), default=None)
    late = list(occurrences(level, covered + DAY if covered else _first(level, records, today), today))
    due = under_way.due if under_way and under_way.due else late[-1] if late else next_after(level, covered, today)
    return Rhythm(
        level, due, next_after(level, max(due, today), today), held[-1] if held else None, under_way, max(len(late) - 1, 0)
    )


def rhythm_of(checkin: Checkin, records: Records, today: date) -> Rhythm | None:
    """Where the level of a check-in stands, None unless it is the one to hold next."""
    level = records.settings.level(checkin.level)
    if level is None or checkin.about or not checkin.is_open or trouble(level, today):
        return None
    found = rhythm(level, records, today)
    return found if found.due == checkin.due else None


def unheld(checkin: Checkin, records: Records, today: date) -> tuple[str, ...]:
    """What became of those between a check-in and the last one held: each that was skipped and why, how many nobody held."""
    here = rhythm_of(checkin, records, today)
    if here is None:
        return ()
    last = (here.held.due if here.held else None) or date.min
    skipped = [one for one in of_level(checkin.level, records) if one.state == "skipped" and one.due and one.due > last]
    told = [f"that of {one.due} was skipped: {one.why_skipped.strip() or 'nobody said why'}" for one in skipped]
    missed = f"nobody held the {here.missed if here.missed > 1 else 'one'} before it" if here.missed else ""
    return (*told, *filter(None, (missed,)))


def of_level(level_id: str, records: Records) -> tuple[Checkin, ...]:
    """The check-ins of a level by the day they were due, the oldest first."""
    return records.group(BY_LEVEL, level_id)  # type: ignore[return-value]


def _first(level: CheckinLevel, records: Records, today: date) -> date:
    """The first day from which somebody could have held a level; where nothing says which that is, today."""
    days = [day for day in (began(records), level.since) if day is not None]
    return min(max(days, default=today), today)


def began(records: Records) -> date | None:
    """The day the first record was captured, where the workspace is; of those that are still there, or of one that was
    deleted, as the settings note.  None where nothing says."""
    days = (records.settings.began, *(created_in(one, records) for one in firsts(records)))
    return min((day for day in days if day is not None), default=None)


def firsts(records: Records) -> Iterator[Record]:
    """The first record of each kind: when the workspace began is told by one of them."""
    return (one for kind in KINDS if (one := next(records.each(kind), None)) is not None)


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
    yield from _days(level.rule, level.anchor, start, end)


@lru_cache(maxsize=256)
def _days(rule: str, anchor: date, start: date, end: date) -> tuple[date, ...]:
    moments = _rule(rule, anchor).between(datetime.combine(start, time.min), datetime.combine(end, time.max), inc=True)
    return tuple(moment.date() for moment in moments)


@lru_cache(maxsize=64)
def _rule(text: str, anchor: date) -> rrule:
    """The parsed rule, counted in days.  Raises ``UsageError``."""
    from dateutil.rrule import rrule, rrulestr  # not before a check-in is looked at: it would delay the first screen

    start = datetime.combine(anchor, time.min)
    try:
        rule = rrulestr(_at_month_ends(text, anchor), dtstart=start)
    except ValueError:
        raise UsageError(f"{text!r} is not a rule for a check-in. Try FREQ=WEEKLY;INTERVAL=6.") from None
    if not isinstance(rule, rrule):
        raise UsageError(f"{text!r} holds more than one rule. A check-in level has one.")
    if _frequency(text) not in FREQUENCIES:
        raise UsageError(f"{text!r} falls more than once a day. Try FREQ=WEEKLY;INTERVAL=6.")
    return rule


def _at_month_ends(text: str, anchor: date) -> str:
    """The rule; one that is anchored past the 28th takes the last day of shorter months, where RFC 5545 skips them."""
    freq = _frequency(text)
    if anchor.day <= 28 or freq not in ("MONTHLY", "YEARLY") or ";BY" in text.upper():
        return text
    days = ",".join(map(str, range(28, anchor.day + 1)))
    month = f";BYMONTH={anchor.month}" if freq == "YEARLY" else ""
    return f"{text}{month};BYMONTHDAY={days};BYSETPOS=-1"


def _frequency(text: str) -> str:
    parts = text.upper().removeprefix("RRULE:").split(";")
    return next((part.removeprefix("FREQ=") for part in parts if part.startswith("FREQ=")), "")


def trouble(level: CheckinLevel, today: date) -> str:
    """What is wrong with the rule of a level, or that it has ended, as a sentence; "" when it goes on."""
    try:
        next_after(level, None, today)
    except UsageError as error:
        return str(error)
    return ""


def rhythms(records: Records, today: date) -> tuple[Rhythm, ...]:
    """Where every level of the workspace stands, in the order of the settings; those without a day to come are left out."""
    return tuple(rhythm(level, records, today) for level in records.settings.levels if not trouble(level, today))


def last_intent(level_id: str, records: Records) -> Checkin | None:
    """The newest finished check-in of a level that left an intent: what the next one shows beside what happened."""
    with_intent = [one for one in of_level(level_id, records) if one.state == "done" and one.intent.strip()]
    return with_intent[-1] if with_intent else None


def pending(records: Records, today: date) -> tuple[Checkin, ...]:
    """The check-in to hold next on every level, then those that records call for: under way, or not a record yet; then those
    under way of which the settings no longer hold the ritual.

    What is not a record yet carries a provisional id (``C+1``): beginning it makes it one.
    """
    places = {level.id: at for at, level in enumerate(records.settings.levels, 1)}
    found = []
    for one in rhythms(records, today):
        waiting = Checkin(id=provisional(Checkin, places[one.level.id]), level=one.level.id, due=one.due, state="due")
        found.append(one.under_way or waiting)
    return (*found, *called_for(records, today), *_left_open(records))


def _left_open(records: Records) -> Iterator[Checkin]:
    """The check-ins under way of rituals that were taken out of the settings."""
    for level in records.grouped(BY_LEVEL):
        if records.settings.ritual(str(level)) is None:
            yield from (one for one in of_level(str(level), records) if one.is_open)


def days_early(checkin: Checkin, records: Records, today: date) -> int:
    """In how many days a check-in is due that it is too early to begin; 0 where it is not.

    It is not in the week before it is due (of a shorter rhythm, half of that), nor once somebody began it; and what a record
    calls for is called for now.
    """
    level = records.settings.level(checkin.level)
    if level is None or checkin.about or checkin.due is None or checkin.state != "due":
        return 0
    ahead = (checkin.due - today).days
    return ahead if ahead > min(_length(level, checkin.due) // 2, SOON) else 0


def since(checkin: Checkin, records: Records, today: date) -> date:
    """The day from which a check-in looks at what happened: when the one before it was held, else one occurrence back.

    Of one that a record called for, the day that record was captured; never after today.
    """
    before = [one for one in of_level(checkin.level, records) if one.state == "done" and one.id != checkin.id]
    days = [one.held_on or one.due for one in before if one.about == checkin.about]
    known = [day for day in days if day is not None and day <= today]
    if known:
        return max(known)
    level = records.settings.level(checkin.level)
    return min(checkin.due or today, today) - timedelta(days=_length(level, today) if level else 90)


def _length(level: CheckinLevel, today: date) -> int:
    """Days from one occurrence to the next; 30 where the rule has ended."""
    try:
        first = next_after(level, None, today)
        return (next_after(level, first, today) - first).days
    except UsageError:
        return 30
