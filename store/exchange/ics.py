"""A calendar for other programs (RFC 5545), written only: coming check-ins, reviews of decisions, when bets settle.

A check-in with a time of day is an event in the zone of the workspace, with that zone's rules beside it; without a zone it
floats, as a meeting at nine does wherever one is.  All else is a whole day, which is the same day everywhere.

It names no METHOD: that would make it a message of iTIP, which needs an organizer (RFC 5546, 3.2.1), and nobody is invited.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from store.cadence import occurrences, pending
from store.days import begins
from store.exchange.format import UNTOLD, Course, Format
from store.exchange.marks import is_harmless
from store.exchange.zone_rules import observances, zone_named
from store.model import Bet, Checkin, Decision, Record
from store.records import Records
from store.settings import CheckinLevel

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from icalendar import Event

AHEAD = timedelta(days=366)
"""How far ahead check-ins are written; of a level that comes more rarely, the next one."""
WORKING_DAY = 480
"""Minutes of a day of work: what takes longer is an event of whole days."""
PRODUCT = "-//ManyView//many//EN"


class Entry(NamedTuple):
    """One thing in the calendar: ``uid`` stays however often it is written; ``at`` is a time of day, "" for none."""

    uid: str
    day: date
    title: str
    about: str
    category: str
    minutes: int = 0
    at: str = ""

    @property
    def is_timed(self) -> bool:
        """Whether it begins at a time of day, rather than taking whole days."""
        return bool(self.at) and self.minutes <= WORKING_DAY


class Edition(NamedTuple):
    """Which writing of the calendar it is: a client that holds an event takes the one of the later edition.

    ``number`` grows with every step, also with one that takes back another.  ``moment`` is that of the last step, or the
    beginning of the day, since what is due today is another day tomorrow without a step.
    """

    number: int
    moment: datetime


def calendar(records: Records, chosen: Iterable[Record] | None, today: date, course: Course = UNTOLD) -> str:
    """The calendar as text, lines ended by CRLF and folded at 75 bytes as clients expect it.

    Of the ``chosen`` records; None stands for all, and the check-ins to come.  How the workspace began tells its check-ins
    from those of others in one calendar, whatever either is called.
    """
    from icalendar import Calendar  # nothing else needs it

    whole = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN")):
        whole.add(name, value)
    if records.settings.name:
        whole.add("x-wr-calname", _line(records.settings.name))
    zone = zone_named(records.settings.zone)
    found = entries(records, chosen, today, course.born)
    timed = [entry.day for entry in found if entry.is_timed]
    if zone is not None and timed and str(zone) != "UTC":  # its times are written with a Z
        whole.add_component(observances(zone, min(timed), max(timed)))
    edition = Edition(records.n, _changed(course.changed, begins(records.settings.zone, today)))
    for entry in found:
        whole.add_component(_event(entry, zone, edition))
    return bytes(whole.to_ical()).decode()


def entries(records: Records, chosen: Iterable[Record] | None, today: date, born: str = "") -> tuple[Entry, ...]:
    """What stands in the calendar, in the order of its days."""
    live = chosen if chosen is not None else (*records.all(Decision), *records.all(Bet))
    found = [entry for record in live if not record.archived for entry in _of(record, records, born)]
    if chosen is None:
        found += _checkins(records, today, born)
    return tuple(sorted(found, key=lambda entry: (entry.day, entry.uid)))


def _of(record: Record, records: Records, born: str) -> Iterator[Entry]:
    """The day on which a decision is looked back at or a bet settles, and when a check-in under way is due."""
    if isinstance(record, Decision) and record.review_on and record.state in ("open", "decided"):
        yield _dated(record, record.review_on, "review", f"Review {record.id} {record.label}", _prediction(record))
    elif isinstance(record, Bet) and record.settle_by and record.state in ("placed", "released"):
        yield _dated(record, record.settle_by, "settle", f"Settle {record.id} {record.label}", _promise(record))
    elif isinstance(record, Checkin) and record.is_open and record.due:
        yield _checkin(record, record.due, records, born)


def _dated(record: Record, day: date, what: str, title: str, about: str) -> Entry:
    born = f"{crc32(f'{record.created} {record.created_by}'.encode()):08x}"
    return Entry(f"{record.id}-{what}-{born}@manyview", day, title, about, what)


def _prediction(decision: Decision) -> str:
    parts = (("Chosen", decision.chosen), ("Prediction", decision.prediction), ("Driver", decision.driver))
    return "\n".join(f"{name}: {text.strip()}" for name, text in parts if text.strip())


def _promise(bet: Bet) -> str:
    parts = (("Hypothesis", bet.hypothesis), ("Turn if", bet.pivot_if), ("Go further if", bet.proceed_if))
    return "\n".join(f"{name}: {text.strip()}" for name, text in parts if text.strip())


# ---------------------------------------------------------------------------------------------------------------- check-ins


def _checkins(records: Records, today: date, born: str) -> Iterator[Entry]:
    """The check-ins to hold next, late ones too, and those after them within a year."""
    done = {(one.level, one.due) for one in records.all(Checkin) if not one.is_open}
    for one in pending(records, today):
        if one.due is None:
            continue
        yield _checkin(one, one.due, records, born)
        level = records.settings.level(one.level)
        if level is None or one.about:
            continue
        after = max(one.due, today) + timedelta(days=1)
        yield from (
            _checkin(Checkin(level=level.id, due=day), day, records, born)
            for day in occurrences(level, after, today + AHEAD)
            if (level.id, day) not in done
        )


def _checkin(checkin: Checkin, day: date, records: Records, born: str) -> Entry:
    settings = records.settings
    ritual = settings.ritual(checkin.level)
    about = records.get(checkin.about or "")
    place = f"{checkin.level}-{about.id}" if about else f"{checkin.level}-{day.isoformat()}"
    group = f"{crc32(born.encode()):08x}"
    title = f"{settings.titled(checkin.level)}: {about.label}" if about else f"{settings.titled(checkin.level)} check-in"
    questions = "\n".join(ritual.questions) if ritual else ""
    at = ritual.at if isinstance(ritual, CheckinLevel) else ""
    return Entry(
        f"checkin-{_ascii(place)}-{group}@manyview", day, title, questions, "check-in", ritual.minutes if ritual else 0, at
    )


def _ascii(text: str) -> str:
    """The text as the name of an event: whatever may not stand there by its code."""
    return "".join(mark if mark.isascii() and (mark.isalnum() or mark in "-.") else f"_{ord(mark):x}" for mark in text)


# ------------------------------------------------------------------------------------------------------------------- events


def _event(entry: Entry, zone: ZoneInfo | None, edition: Edition) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", edition.moment)
    event.add("last-modified", edition.moment)
    event.add("sequence", edition.number)
    event.add("summary", _line(entry.title))
    if entry.about:
        event.add("description", _text(entry.about))
    event.add("categories", [entry.category])
    event.add("transp", "OPAQUE" if entry.is_timed else "TRANSPARENT")
    start, end = _hours(entry, zone) if entry.is_timed else _days(entry)
    event.add("dtstart", start)
    event.add("dtend", end)
    return event


def _days(entry: Entry) -> tuple[date, date]:
    """The first of the days it takes, and the one after them."""
    return entry.day, entry.day + timedelta(days=max(-(-entry.minutes // WORKING_DAY), 1))


def _hours(entry: Entry, zone: ZoneInfo | None) -> tuple[datetime, datetime]:
    """When it begins and ends on the clock of the zone.

    In UTC where the clocks change just then: of a time that they leave out or show twice, clients make several.  Of two it
    is the later, after which the clock only goes forward: calcurse cannot read again what ends before it began.
    """
    start = datetime.combine(entry.day, time.fromisoformat(entry.at), zone)
    lasts = timedelta(minutes=max(entry.minutes, 1))
    if zone is None:
        return start, start + lasts
    moment = max(start.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    end = (moment + lasts).astimezone(zone)
    if _is_plain(start) and _is_plain(end):
        return start, end
    return moment, moment + lasts


def _is_plain(local: datetime) -> bool:
    """Whether a clock shows that time once."""
    return local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset()


def _changed(stamp: str, day: datetime) -> datetime:
    """When the workspace last changed, as its last step says, in UTC; not before the beginning of the day."""
    try:
        return max(datetime.fromisoformat(stamp).astimezone(UTC), day).replace(microsecond=0)
    except ValueError:
        return day


def _line(text: str) -> str:
    """A text of a record in one line."""
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    """A text of a record without what a calendar must not hold; line ends become those of the calendar."""
    return "".join(filter(None, map(_mark, text.replace("\r\n", "\n").replace("\r", "\n"))))


def _mark(mark: str) -> str:
    """A character as a calendar may hold it: blanks of all sorts are blanks, what only controls a terminal is nothing."""
    if mark in "\n\t":
        return mark
    return " " if mark.isspace() else mark if is_harmless(mark) else ""


FORMAT = Format(
    name="ics",
    about="a calendar of check-ins to come, of reviews and of outcomes",
    suffixes=(".ics",),
    writes_plan=calendar,
    kinds=(Decision, Bet, Checkin),
)
