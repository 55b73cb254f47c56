"""The clocks of a few places by hand: only ``datetime``, no rules of calendars and no tables of time zones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta

HOUR = timedelta(hours=1)


def sunday(year: int, month: int, nth: int) -> date:
    """The nth Sunday of a month; the last one for −1."""
    found = [day for at in range(1, 32) if (day := _day(year, month, at)) is not None and day.weekday() == 6]
    return found[nth - 1 if nth > 0 else nth]


def _day(year: int, month: int, at: int) -> date | None:
    try:
        return date(year, month, at)
    except ValueError:
        return None


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), UTC)


def berlin(moment: datetime) -> timedelta:
    """One o'clock in UTC, on the last Sundays of March and October."""
    summer = _at(sunday(moment.year, 3, -1), 1) <= moment < _at(sunday(moment.year, 10, -1), 1)
    return (2 if summer else 1) * HOUR


def new_york(moment: datetime) -> timedelta:
    """Two o'clock of its own, on the second Sunday of March and the first of November."""
    summer = _at(sunday(moment.year, 3, 2), 7) <= moment < _at(sunday(moment.year, 11, 1), 6)
    return (-4 if summer else -5) * HOUR


def lord_howe(moment: datetime) -> timedelta:
    """Two o'clock of its own, by half an hour, on the first Sundays of October and April: summer is at the year's ends."""
    eve = timedelta(days=1)
    winter = _at(sunday(moment.year, 4, 1) - eve, 15) <= moment < _at(sunday(moment.year, 10, 1) - eve, 15, 30)
    return timedelta(hours=10, minutes=30) if winter else 11 * HOUR


def apia(moment: datetime) -> timedelta:
    """From the autumn of 2011 on: across the date line after 29 December, then summers until that of 2020 to 2021."""
    if moment < datetime(2011, 12, 30, 10, tzinfo=UTC):
        return -10 * HOUR
    eve = timedelta(days=1)
    ends = _at(sunday(moment.year, 4, 1) - eve, 14)
    begins = _at(sunday(moment.year, 9, -1) - eve, 14)
    summer = (moment < ends and moment.year <= 2021) or (moment >= begins and moment.year <= 2020)
    return (14 if summer else 13) * HOUR


CLOCKS: Mapping[str, Callable[[datetime], timedelta]] = {
    "Europe/Berlin": berlin, "America/New_York": new_york, "Australia/Lord_Howe": lord_howe, "Pacific/Apia": apia,
}  # fmt: skip
"""Zone → how far its clocks are ahead of UTC at a moment, from October 2011 on."""
FIRST, LAST = datetime(2011, 10, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)


def by_hand(zone: str, moment: datetime) -> date:
    """The day it is in a zone at a moment."""
    return (moment + CLOCKS[zone](moment)).date()
