"""What is gathered before a check-in is held: the last intent beside what happened since, and what its level asks about.

Pure, and only read off the records: what it cannot know it does not say.  Which parts a level gathers is in the settings
(``gathers``); ``store.checkins.agenda_near``, ``agenda_bets`` and ``agenda_far`` have a function for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from store.cadence import last_intent, since, unheld
from store.checkins import agenda_bets, agenda_far, agenda_near
from store.checkins.agenda_entries import Entry, Look, Part, Side, Told
from store.checkins.holding import rank_question, rankable, ranks
from store.model import Bet, Checkin, Record
from store.records import Records
from store.settings import CheckinLevel, Ritual

PARTS: Mapping[str, Side] = {**agenda_near.PARTS, **agenda_bets.PARTS, **agenda_far.PARTS}
"""Every part there is, by the name levels call it by."""
ABOUT = ("expected", "voices", "rests")
"""What is gathered before a check-in that a record calls for."""
MOST = 7
"""Entries shown of a part; the rest is counted."""
SHORT, LONG, LONGEST = 60, 240, 600
"""Minutes up to which a level of the workspace's own gathers what the weekly, six-week and half-year ones do."""


class Agenda(NamedTuple):
    """What is laid out before a check-in: ``since`` is the day from which it looks at what happened, ``unheld`` says what
    became of those since the last one."""

    checkin: Checkin
    title: str
    minutes: int
    questions: tuple[str, ...]
    since: date
    intent: str
    unheld: tuple[str, ...]
    parts: tuple[Part, ...]


def agenda(checkin: Checkin, records: Records, today: date, most: int = MOST) -> Agenda:
    """Everything gathered for a check-in, its parts in the order of its level, each at most ``most`` entries long."""
    ritual = records.settings.ritual(checkin.level)
    start = since(checkin, records, today)
    look = Look(records, today, start, checkin)
    before = last_intent(checkin.level, records) if not checkin.about else None
    return Agenda(
        checkin,
        records.settings.titled(checkin.level),
        ritual.minutes if ritual else 0,
        asked(checkin, records),
        start,
        before.intent if before and before.id != checkin.id else "",
        unheld(checkin, records, today),
        tuple(_gathered(name, look, most) for name in gathered(ritual)),
    )


def asked(checkin: Checkin, records: Records) -> tuple[str, ...]:
    """The questions of a check-in: those of its level, then others that were answered; the ranks are none."""
    ritual = records.settings.ritual(checkin.level)
    ranked = {
        rank_question(criterion(ritual), record) for record in map(records.get, ranks(checkin, criterion(ritual))) if record
    }
    return tuple(
        question
        for question in dict.fromkeys([*(ritual.questions if ritual else ()), *checkin.answers])
        if question not in ranked
    )


def criterion(ritual: Ritual | None) -> str:
    """What past bets are ranked by, "" where a check-in does not look back."""
    return ritual.ranks if isinstance(ritual, CheckinLevel) else ""


def looked_back_on(checkin: Checkin, records: Records, today: date) -> tuple[Bet, ...]:
    """The bets a check-in ranks: those settled since the one before it; none where its level does not look back."""
    if not criterion(records.settings.ritual(checkin.level)):
        return ()
    return rankable(checkin, records, since(checkin, records, today), checkin.held_on or today)


def gathered(ritual: Ritual | None) -> tuple[str, ...]:
    """The names of the parts a ritual gathers: as it says, else as a ritual of its length does; unknown ones left out."""
    if not isinstance(ritual, CheckinLevel):
        return ABOUT
    names = ritual.gathers or BY_LENGTH[next((most for most in BY_LENGTH if ritual.minutes <= most), LONGEST)]
    return tuple(name for name in names if name in PARTS)


BY_LENGTH: Mapping[int, tuple[str, ...]] = {
    SHORT: ("happened", "moved", "oldest", "choices", "crossed", "due", "rituals"),
    LONG: ("bets", "crossed", "released", "blind", "wip", "ready", "happened", "moved", "due", "rituals"),
    LONGEST: ("missions", "signals", "gaps", "risk", "rituals", "happened", "crossed", "released", "due"),
}
"""The most minutes a level takes → what it gathers where it does not say."""


def _gathered(name: str, look: Look, most: int) -> Part:
    title, find, nothing = PARTS[name]
    found = find(look)
    if isinstance(found, Told):
        said, count = tuple(map(found.say, found.found[:most])), len(found.found)
    else:
        entries = tuple(found)
        said, count = entries[:most], len(entries)
    return Part(name, title, said, max(count - most, 0), nothing)


# --------------------------------------------------------------------------------------------------------------- as lines


def lines(found: Agenda) -> Iterator[tuple[str, str, Record | None]]:
    """The agenda to read: (heading or "", text, the record it leads to); an empty part says that nothing was found."""
    if not found.checkin.about:
        yield "Last time we intended", found.intent or "(nothing is kept)", None
    for at, told in enumerate(found.unheld):
        yield "Not held since" if at == 0 else "", told, None
    for part in found.parts:
        yield from _lines(part, found)


def _lines(part: Part, found: Agenda) -> Iterator[tuple[str, str, Record | None]]:
    heading = part.title.format(since=found.since.isoformat())
    if not part.entries:
        yield heading, part.nothing, None
    for at, entry in enumerate(part.entries):
        yield heading if at == 0 else "", entry.text, entry.record
    if part.more:
        yield "", f"and {part.more} more", None


def beside(found: Agenda, question: str, most: int = 3) -> str:
    """What stands beside a question in one line: the part of its place, else nothing."""
    at = found.questions.index(question) if question in found.questions else len(found.parts)
    return _short(found.parts[at], found.since, most) if at < len(found.parts) and found.parts[at].entries else ""


def in_short(found: Agenda, most: int = 2) -> tuple[str, ...]:
    """The agenda in a line a part, for the head of a form; parts with nothing in them are left out."""
    intent = (f"Last time we intended: {found.intent}",) if found.intent else ()
    missed = (f"Not held since: {'; '.join(found.unheld)}",) if found.unheld else ()
    return (*intent, *missed, *(_short(part, found.since, most) for part in found.parts if part.entries))


def _short(part: Part, since: date, most: int) -> str:
    shown: Iterable[Entry] = part.entries[:most]
    more = len(part.entries) - most + part.more
    said = "; ".join(entry.text for entry in shown) + (f"; and {more} more" if more > 0 else "")
    return f"{part.title.format(since=since.isoformat())}: {said}"
