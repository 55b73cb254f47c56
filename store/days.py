"""Which day a moment belongs to, and when a day begins and ends there: the one place where time zones are asked.

A *zone* is a name such as ``Europe/Berlin``; "", and one this machine does not know, stand for where the program runs.  All
else in the store is counted in days, which no change of the clocks moves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def day_in(zone: str, moment: datetime) -> date:
    """The day it is in a zone at a moment."""
    return moment.astimezone(_clock(zone)).date()


def clock_in(zone: str, stamp: str) -> datetime | None:
    """What the clocks of a zone show at a stamp of the store, None for what is no time.

    What another program wrote without saying where is what it says.
    """
    try:
        moment = datetime.fromisoformat(stamp)
        return moment.astimezone(_clock(zone)) if moment.tzinfo is not None else moment
    except (ValueError, OverflowError):  # the latter at the ends of the calendar
        return None


def today_in(zone: str) -> date:
    """The day it is now in a zone."""
    return day_in(zone, datetime.now(UTC)) if zone else date.today()


def day_of(zone: str, stamp: str) -> date | None:
    """The day it was in a zone at a stamp of the store, read as ``clock_in`` does; None for "" and for what is no time."""
    moment = clock_in(zone, stamp)
    return moment.date() if moment is not None else None


def begins(zone: str, day: date) -> datetime:
    """The first moment of a day in a zone, in UTC; of a day that a zone left out, the first moment after it.

    Clocks that skip midnight are counted as if they had not yet, which is the moment they skip it.  Raises ``OverflowError``
    at the ends of the calendar.
    """
    return datetime.combine(day, time.min, _clock(zone)).astimezone(UTC)


def ends(zone: str, day: date) -> datetime:
    """The last moment of a day in a zone, in UTC.  Raises ``OverflowError`` at the ends of the calendar."""
    return begins(zone, day + timedelta(days=1)) - timedelta.resolution


def first_stamp(zone: str, day: date) -> str:
    """What no stamp of the store in a day of a zone, or later, is less than as text; "" where the calendar begins."""
    try:
        return begins(zone, day).isoformat()
    except (ValueError, OverflowError):  # the former where the clock is that of this machine
        return ""


def _clock(zone: str) -> tzinfo | None:
    """The rules of a zone; None for those of this machine."""
    if not zone:
        return None
    from zoneinfo import ZoneInfo  # most workspaces name no zone

    try:
        return ZoneInfo(zone)
    except (OSError, ValueError, KeyError):  # a zone that is not known is a KeyError
        return None
