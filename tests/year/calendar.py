"""Days and clocks, reckoned by hand: no rules of calendars, no tables of time zones, only ``datetime``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

DAY = timedelta(days=1)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    day = first
    while day <= last:
        yield day
        day += DAY


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    while day.weekday() != 6:
        day -= DAY
    return day


def is_summer(moment: datetime) -> bool:
    """Whether the clocks of Berlin are put forward at a moment in UTC: from one last Sunday to the other, at one o'clock."""
    year = moment.year
    begins = datetime.combine(last_sunday(year, 3), time(1), UTC)
    ends = datetime.combine(last_sunday(year, 10), time(1), UTC)
    return begins <= moment < ends


def day_in_berlin(moment: datetime) -> date:
    """The day it is in Berlin at a moment in UTC."""
    return (moment + timedelta(hours=2 if is_summer(moment) else 1)).date()


def in_berlin(day: date, hour: int, minute: int = 0) -> datetime:
    """The moment in UTC at which it is so late in Berlin on a day; not for the hours in which clocks are changed."""
    guess = datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=1)
    return guess - timedelta(hours=1) if is_summer(guess - timedelta(hours=1)) else guess


def every_weeks(anchor: date, weeks: int, first: date, last: date) -> list[date]:
    """The days that lie a whole multiple of so many weeks after the anchor."""
    return [day for day in days(first, last) if (day - anchor).days % (7 * weeks) == 0]


def every_months(anchor: date, months: int, first: date, last: date) -> list[date]:
    """The days of the month of the anchor, every so many months; where the month is too short, its last day."""
    found = []
    for day in days(first, last):
        between = (day.year - anchor.year) * 12 + day.month - anchor.month
        is_last = (day + DAY).month != day.month
        if between % months == 0 and (day.day == anchor.day or (is_last and day.day < anchor.day)):
            found.append(day)
    return found
