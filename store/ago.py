"""Days that lie behind, as people type them; the day it is today is always passed in.

==============================================  ====================================================================
``6 weeks ago  6w ago  a month ago  -6w  6w``   so long before today: everything asked for here lies behind
``last week  last month  last quarter``         one of them before today
``fri  last friday``                            the newest such day before today
``yesterday  2026-09-01  2026-09  2026-q3``     as ``store.dates`` reads them; of a span its last day, but not past today
``last review``                                 a day the caller knows by name
==============================================  ====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from store.dates import NotADate, later, parse_span, read_date
from store.quoting import quoted

WORDS: tuple[str, ...] = ("yesterday", "1 week ago", "2 weeks ago", "6 weeks ago", "3 months ago", "1 year ago")
"""Days that completion offers."""

_UNITS = {"day": "d", "week": "w", "month": "m", "quarter": "q", "year": "y"}
_LENGTH = re.compile(r"-?\s*(\d{1,6}|an?|one)?\s*(days?|weeks?|months?|quarters?|years?|[dwmqy])(?:\s+ago)?")
_LAST = re.compile(r"last\s+(\w+)")


class NotBehind(NotADate):
    """What was typed names no day that lies behind; ``reason`` says why."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text, reason, "")
        self.args = (f"{quoted(text)} is no day behind us: {reason}.\nTry 6 weeks ago, -6w, last friday or 2026-09-01.",)


def read_past(text: str, today: date, named: Mapping[str, date | None] | None = None) -> date:
    """The day behind us that a text names, today at the latest; ``named`` are days known by name, None for what never was.

    Raises ``NotADate``, which says why not and what would be one.
    """
    typed = " ".join(text.lower().split())
    if named and typed in named:
        if (known := named[typed]) is None:
            raise NotBehind(text, "there was none yet")
        return min(known, today)
    try:
        first, last = _span(typed, today)
    except ValueError as error:
        raise NotBehind(text, str(error)) from None
    if first > today:
        raise NotBehind(text, "it is still to come")
    return min(last, today)


def _span(typed: str, today: date) -> tuple[date, date]:
    """The first and the last day a text names; raises ``ValueError`` with the reason."""
    if typed == "now":
        return today, today
    if found := _LENGTH.fullmatch(typed):
        if not found[1] and len(found[2]) == 1:
            raise ValueError("it names no day")
        return _both(_back(today, found[1] or "1", found[2]))
    if found := _LAST.fullmatch(typed):
        if (unit := found[1]) in _UNITS:
            return _both(later(today, -1, _UNITS[unit]))
        typed = unit
    return _known(typed, today)


def _back(today: date, count: str, unit: str) -> date:
    return later(today, -(int(count) if count.isdigit() else 1), unit[0])


def _known(word: str, today: date) -> tuple[date, date]:
    """What ``store.dates`` reads, where the name of a weekday means the newest one behind us."""
    span = parse_span(word, today)
    if span is None:
        try:
            read_date(word, today)
        except NotADate as error:
            raise ValueError(error.reason) from None
        raise AssertionError(word)
    if word.isalpha() and not word.startswith("eo") and word not in ("today", "tomorrow", "yesterday"):
        return _both(span[0] - timedelta(days=7 if span[0] - today < timedelta(days=7) else 14))
    return span


def _both(day: date) -> tuple[date, date]:
    return day, day
