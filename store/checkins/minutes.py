"""The minutes of a check-in: what was asked, judged, decided and intended, as lines of a telling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from store.cadence import of_level
from store.checkins.agenda import asked, criterion, looked_back_on
from store.checkins.holding import RANKS, ranks
from store.exchange.imported import counted
from store.model import Checkin, Decision, Record
from store.parts import RecordVerdict
from store.records import Records
from store.telling import Line, as_markdown


def minutes(checkin: Checkin, records: Records) -> tuple[Line, ...]:
    """What a check-in brought, to be read by who was not there; parts that brought nothing are left out."""
    return (
        Line(_title(checkin, records), heading=True),
        *_held(checkin, records),
        *_answers(checkin, records),
        *_ranked(checkin, records),
        *_part("Verdicts", [_judged(one, records) for one in checkin.verdicts]),
        *_part("Decisions", [_decided(one, records) for one in checkin.decisions]),
        *_part("Until the next one", [Line(checkin.intent.strip())] if checkin.intent.strip() else []),
    )


def markdown(checkin: Checkin, records: Records) -> str:
    """The minutes as Markdown; what people typed reads as they typed it."""
    return as_markdown(minutes(checkin, records))


def _title(checkin: Checkin, records: Records) -> str:
    title = records.settings.titled(checkin.level)
    about = records.get(checkin.about or "")
    subject = f": {about.id} {about.label}" if about else ""
    day = checkin.held_on or checkin.due
    return f"{title}{subject}{f', {day}' if day else ''}"


def _held(checkin: Checkin, records: Records) -> Iterator[Line]:
    """Where it stands, for when it was due, who was there, what was intended before it."""
    yield Line(records.settings.state(checkin.noun, checkin.state), "State")
    if checkin.due and checkin.due != checkin.held_on:
        yield Line(checkin.due.isoformat(), "Due")
    if checkin.people:
        yield Line(" ".join(f"@{person}" for person in checkin.people), "Took part")
    if checkin.why_skipped.strip():
        yield Line(checkin.why_skipped, "Skipped because")
    if intent := _intent_before(checkin, records):
        yield Line(intent, "We had intended")


def _intent_before(checkin: Checkin, records: Records) -> str:
    """The intent that the newest one held before this one of its level left; "" where there is none."""
    if checkin.about or checkin.due is None:
        return ""
    before = [one for one in of_level(checkin.level, records) if one.due and one.due < checkin.due and one.state == "done"]
    return next((one.intent.strip() for one in reversed(before) if one.intent.strip()), "")


def _answers(checkin: Checkin, records: Records) -> Iterator[Line]:
    for question in asked(checkin, records):
        if answer := checkin.answers.get(question, "").strip():
            yield Line(question, heading=True)
            yield Line(answer)


def _ranked(checkin: Checkin, records: Records) -> Iterator[Line]:
    """The past bets by how they were ranked, and how many nobody could rank."""
    by = criterion(records.settings.ritual(checkin.level))
    given = ranks(checkin, by)
    if not given:
        return
    yield Line(f"Past bets by {by}", heading=True)
    past = looked_back_on(checkin, records, checkin.held_on or checkin.due or date.min)
    every = {**given, **{bet.id: UNRANKED for bet in past if bet.id not in given}}
    times, names = Counter(every.values()), (*RANKS, UNRANKED)
    told = [f"{times[rank]} {rank}" for rank in names if rank != UNRANKED or times[rank]]
    yield Line(f"Of {counted(len(every), 'past bet')}: {', '.join(told)}")
    for record_id, rank in sorted(every.items(), key=lambda one: names.index(one[1])):
        yield Line(_named(record_id, records), rank, listed=True)


UNRANKED = "not ranked"
"""What is said of a past bet that was passed over."""


def _judged(verdict: RecordVerdict, records: Records) -> Line:
    """A verdict in words, and whether the record did what it says."""
    record = records.get(verdict.record)
    sure = "" if verdict.confidence is None else f", {verdict.confidence}% sure"
    note = f": {verdict.note}" if verdict.note else ""
    return Line(f"{_named(verdict.record, records)}{sure}{note}{_undone(verdict, record)}", verdict.verdict, listed=True)


def _undone(verdict: RecordVerdict, record: Record | None) -> str:
    """What is to be said where a start was not followed: the bet is still being prepared."""
    waits = record is not None and record.standing in ("option", "shaping", "parked", "forming", "paused")
    return f" (it is {record.standing})" if record is not None and waits and verdict.verdict == "start" else ""


def _decided(record_id: str, records: Records) -> Line:
    record = records.get(record_id)
    if not isinstance(record, Decision):
        return Line(_named(record_id, records), listed=True)
    chosen = f": {record.chosen}" if record.chosen else ""
    why = f", because {record.why}" if record.why.strip() else ""
    review = f" (to be reviewed {record.review_on})" if record.review_on else ""
    still = " (still open)" if record.state == "open" else ""
    return Line(f"{_named(record_id, records)}{chosen}{why}{still}{review}", listed=True)


def _named(record_id: str, records: Records) -> str:
    record = records.get(record_id)
    return f"{record_id} {record.label if record else '(deleted)'}"


def _part(title: str, found: list[Line]) -> Iterator[Line]:
    if found:
        yield Line(title, heading=True)
        yield from found
