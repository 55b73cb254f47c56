"""Days as people type and read them: ``fri``, ``eom``, ``+6w``, ``2026-11``; the day it is today is always passed in.

====================================  ==============================================================================
``today tomorrow yesterday``          what they say
``mon`` … ``sunday``                  the next such day after today: on a Friday, ``fri`` is a week away
``eow eom eoq eoy``                   the last day of this week (its Sunday), month, quarter or year; it may be today
``3d +3d -2w 6m 1q 1y``               counted from today; 31 January and a month is the last day of February
``today+3d fri-1d eom+2w``            counted from the day in front
``2026-11-22``                        that day
``2026-11 2026-q4 2026``              as a date their last day, as a span all of their days
====================================  ==============================================================================

Light at import, because capture reads dates too: ``datetime`` is loaded when the first day is read.
"""

from __future__ import annotations

from store.errors import UsageError
from store.quoting import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

WORDS: tuple[str, ...] = (
    "today", "tomorrow", "yesterday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "eow", "eom", "eoq", "eoy",
)  # fmt: skip
"""Words that name a day; completion offers them."""

_NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS_OF = {"m": 1, "q": 3, "y": 12}
_DAYS_OF = {"d": 1, "w": 7}
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LONGEST_COUNT = 6
_SHOWN_IN_DAYS, _SHOWN_IN_WEEKS = 14, 8 * 7


class NotADate(UsageError):
    """What was typed names no day; ``reason`` says why, as the end of a sentence."""

    def __init__(self, text: str, reason: str, example: str) -> None:
        super().__init__(f"{quoted(text)} is not a date: {reason}.\nTry {example}, fri, eom or +6w.")
        self.reason = reason


def parse_date(word: str, today: date) -> date | None:
    """The day a word names, or None; of a month, quarter or year its last day."""
    span = parse_span(word, today)
    return None if span is None else span[1]


def parse_span(word: str, today: date) -> tuple[date, date] | None:
    """The first and the last day a word names, the same day unless it is a month, a quarter or a year; or None."""
    try:
        return _span(word.strip().lower(), today)
    except ValueError:
        return None


def read_date(text: str, today: date) -> date:
    """The day a word names; raises ``NotADate``, which says why not and what would be one."""
    try:
        return _span(text.strip().lower(), today)[1]
    except ValueError as error:
        raise NotADate(text, str(error), _nearest(text.strip()) or today.isoformat()) from None


def relative(day: date, today: date) -> str:
    """The day as lists show it: ``today``, ``in 3 d``, ``3 w ago``; an ISO date past eight weeks.

    Weeks are full ones: ``in 3 w`` is 21 to 27 days away.
    """
    days = (day - today).days
    distance = abs(days)
    if distance > _SHOWN_IN_WEEKS:
        return day.isoformat()
    for word, near in _NEAR.items():
        if days == near:
            return word
    amount = f"{distance} d" if distance < _SHOWN_IN_DAYS else f"{distance // 7} w"
    return f"in {amount}" if days > 0 else f"{amount} ago"


def later(day: date, count: int, unit: str) -> date:
    """The day ``count`` units (``d w m q y``) after another; past a month's end, that month's last day.

    Raises ``ValueError`` outside the years 1 to 9999.
    """
    from datetime import timedelta

    if unit in _DAYS_OF:
        try:
            return day + timedelta(days=count * _DAYS_OF[unit])
        except OverflowError:
            raise ValueError("it is too far away") from None
    year, month = divmod(day.year * 12 + day.month - 1 + count * _MONTHS_OF[unit], 12)
    if not 1 <= year <= 9999:
        raise ValueError("it is too far away")
    return day.replace(year=year, month=month + 1, day=min(day.day, _length(year, month + 1)))


def _span(word: str, today: date) -> tuple[date, date]:
    """What ``parse_span`` gives; raises ``ValueError`` with the reason."""
    if not word or not word.isascii():
        raise ValueError("it names no day")
    if word[-1] in "dwmqy" and word[-2:-1].isdigit():
        day = _counted(word, today)
    elif word[0].isdigit():
        return _calendar(word)
    else:
        day = _named(word, today)
    return day, day


def _counted(word: str, today: date) -> date:
    """The day of ``3d``, ``-2w`` or ``eom+1q``."""
    front = word[:-1].rstrip("0123456789")
    digits = word[len(front) : -1]
    if len(digits) > _LONGEST_COUNT:
        raise ValueError("it is too far away")
    if front and front[-1] not in "+-":
        raise ValueError("it names no day")
    count = -int(digits) if front.endswith("-") else int(digits)
    base = front[:-1]
    return later(_span(base, today)[1] if base else today, count, word[-1])


def _named(word: str, today: date) -> date:
    from datetime import timedelta

    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    if word == "eow":
        return today + timedelta(days=6 - today.weekday())
    if word in ("eom", "eoq", "eoy"):
        months = _MONTHS_OF[word[-1]]
        return _last_day(today.year, (today.month + months - 1) // months * months)
    for weekday, name in enumerate(_WEEKDAYS):
        if len(word) >= 3 and name.startswith(word):
            return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    raise ValueError("it names no day")


def _calendar(word: str) -> tuple[date, date]:
    """The span of ``2026``, ``2026-q4``, ``2026-11`` or ``2026-11-22``."""
    from datetime import date

    parts = word.split("-")
    year_text, rest = parts[0], parts[1:]
    if len(year_text) != 4 or len(rest) > 2 or not year_text.isdigit():
        raise ValueError("it names no day")
    year = int(year_text)
    if year == 0:
        raise ValueError("there is no year 0")
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if len(rest) == 1 and rest[0] in ("q1", "q2", "q3", "q4"):
        last = 3 * int(rest[0][1])
        return date(year, last - 2, 1), _last_day(year, last)
    month = _within(rest[0], 12, f"there is no month {rest[0]}")
    if len(rest) == 1:
        return date(year, month, 1), _last_day(year, month)
    length = _length(year, month)
    day = date(year, month, _within(rest[1], length, f"{_MONTHS[month - 1]} {year} has {length} days"))
    return day, day


def _within(digits: str, most: int, complaint: str) -> int:
    """One or two digits as a number from 1 to ``most``."""
    if not digits.isdigit() or len(digits) > 2:
        raise ValueError("it names no day")
    number = int(digits)
    if not 1 <= number <= most:
        raise ValueError(complaint)
    return number


def _nearest(text: str) -> str:
    """An existing day close to one written as ``2026-13-01`` or ``2026-02-30``; "" for anything else."""
    parts = text.split("-")
    if len(parts) not in (2, 3) or not text.isascii() or not all(part.isdigit() and len(part) <= 4 for part in parts):
        return ""
    year, month = max(int(parts[0]), 1), min(max(int(parts[1]), 1), 12)
    day = int(parts[2]) if len(parts) == 3 else 1
    return f"{year:04}-{month:02}-{min(max(day, 1), _length(year, month)):02}"


def _last_day(year: int, month: int) -> date:
    from datetime import date

    return date(year, month, _length(year, month))


def _length(year: int, month: int) -> int:
    """Days of a month; ``calendar`` would say the same but costs more to import than a whole capture."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
