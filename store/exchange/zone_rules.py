"""The rules of a time zone over some days, as a calendar carries them: each change of the clocks, and what is before it.

Written here because a change has to be told in the time that is left behind (RFC 5545, 3.6.5): clocks that go from two to
three go at two.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from store.errors import UsageError

if TYPE_CHECKING:
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

MARGIN = timedelta(days=2)
"""Days around those that are asked for, so that no zone's midnight falls outside."""
STEP = timedelta(hours=6)
"""Hours between two looks at a clock: no zone changed it twice within so few."""


def zone_named(name: str) -> ZoneInfo | None:
    """The zone of that name, None for no name.  Raises ``UsageError`` for one that is not known here."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UsageError(f"The workspace names the time zone {name}, which is not known here.") from None


def observances(zone: ZoneInfo, first: date, last: date) -> Timezone:
    """The zone from the day before ``first`` to the day after ``last``."""
    from icalendar import Timezone

    begins, ends = (datetime.combine(day, time.min, UTC) for day in (first - MARGIN, last + MARGIN))
    found = Timezone()
    found.add("tzid", str(zone))
    found.add_component(_observance(begins, begins, zone))
    for moment in changes(zone, begins, ends):
        found.add_component(_observance(moment - timedelta(seconds=1), moment, zone))
    return found


def changes(zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """The moments in UTC from which another offset holds, to the second."""
    before = begins
    while before < ends:
        after = before + STEP
        if _offset(before, zone) != _offset(after, zone):
            yield _between(before, after, zone)
        before = after


def _between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second at which the offset is that of ``high``."""
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (low, middle) if _offset(middle, zone) == _offset(high, zone) else (middle, high)
    return high


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _observance(before: datetime, after: datetime, zone: ZoneInfo) -> TimezoneDaylight | TimezoneStandard:
    """What holds from a moment on, told in the local time that held just before it."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    then = after.astimezone(zone)
    part = TimezoneDaylight() if then.dst() else TimezoneStandard()
    part.add("dtstart", (after + _offset(before, zone)).replace(tzinfo=None))
    part.add("tzoffsetfrom", _offset(before, zone))
    part.add("tzoffsetto", _offset(after, zone))
    if name := then.tzname():
        part.add("tzname", name)
    return part
