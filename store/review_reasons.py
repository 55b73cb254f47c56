"""Why something waits for a look: a day has come, nobody touched it, people differ about it, nobody sorted it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import takewhile

from store.dates import relative
from store.derived import (
    ASSUMED_HORIZON,
    HORIZON_DAYS,
    PersonalReading,
    age_days,
    created_on,
    due_on,
    is_stale,
    last_touched,
    readings,
    spread,
)
from store.facts import APART
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal, Update
from store.premises import alarms
from store.records import Index, Records
from store.review_checkins import under_way
from store.review_reason import STAKES, Finding, Look, Reason, finding, was_due

Wording = Callable[[Record, date, Look], tuple[str, str, str]]
"""From a record and the day it was due to the kind of the reason, its words, and its name among the stakes."""


# ---------------------------------------------------------------------------------------------------------- appointments

DATED = Index(
    (Bet, Decision, Mission, Belief, Signal, Checkin),
    lambda record: () if record.archived or due_on(record) is None else (True,),
    lambda record: due_on(record) or date.max,
)


def awaited(look: Look) -> Iterator[Finding]:
    """Records whose day has come: reviews, bets to settle, what is to be looked at again."""
    for record_id, day in due_days(look.records, look.today).items():
        record = look.records.find(record_id)
        kind, text, stake = _AWAITED[type(record)](record, day, look)
        yield finding(record, kind, text, stake, (look.today - day).days)


def due_days(records: Records, last: date) -> Mapping[str, date]:
    """The records that ask for somebody up to a day, each with its day; check-ins of a level stand elsewhere."""
    beats = under_way(records, last)
    dated = ((record, due_on(record)) for record in records.group(DATED, True))
    until = takewhile(lambda one: one[1] is not None and one[1] <= last, dated)
    return {record.id: day for record, day in until if day is not None and record.id not in beats}


def _decision(record: Record, day: date, look: Look) -> tuple[str, str, str]:
    is_one_way = isinstance(record, Decision) and record.door == "one-way"
    more = ["it is still open"] * (record.standing == "open") + ["it is a one-way door"] * is_one_way
    text = ", and ".join([f"its review {was_due(day, look.today)}", *more])
    return "decision", text, f"decision{', one-way' * is_one_way}"


def _bet(record: Record, day: date, look: Look) -> tuple[str, str, str]:
    state = look.records.settings.state("bet", record.standing)
    when = relative(day, look.today)
    if record.standing == "released":
        return "settle", f"it is {state}, and its outcome was to be read {when}", "bet released"
    stake = "bet placed" if record.standing == "placed" else "bet"
    return "settle", f"it was to settle {when}, and is still {state}", stake


def _again(what: str, stake: str) -> Wording:
    def worded(record: Record, day: date, look: Look) -> tuple[str, str, str]:
        return "look again", f"{what} {was_due(day, look.today)}", stake

    return worded


def _extra(record: Record, day: date, look: Look) -> tuple[str, str, str]:
    about = f", about {record.about}," if isinstance(record, Checkin) and record.about else ""
    return "check-in", f"it{about} {was_due(day, look.today)}", "check-in"


_AWAITED: Mapping[type[Record], Wording] = {
    Decision: _decision,
    Bet: _bet,
    Mission: _again("its review", "mission"),
    Belief: _again("another look at it", "belief"),
    Signal: _again("its target", "signal"),
    Checkin: _extra,
}


# ------------------------------------------------------------------------------------------------- the intent, and what is …


def intent(look: Look) -> Iterator[Finding]:
    """What the newest check-in intended, to begin the day with."""
    held = [one for one in look.records.all(Checkin) if one.state == "done" and one.intent.strip()]
    if held:
        newest = max(held, key=lambda one: (one.held_on or one.due or date.min, one.number))
        level = look.records.settings.level(newest.level)
        when = newest.held_on or newest.due
        told = f"the {level.title if level else newest.level} check-in{f' of {when}' if when else ''} intended it"
        reason = Reason("intent", told, STAKES["intent"])
        yield Finding("intent", " ".join(newest.intent.split()), newest, reason)


# ----------------------------------------------------------------------------------------------- what only grows old, …

OPEN = Index((Bet, Mission), lambda record: (True,) if record.is_open else ())


def stale(look: Look) -> Iterator[Finding]:
    """Open bets and missions that nobody has touched for about a quarter of their horizon."""
    for record in look.records.group(OPEN, True):
        if is_stale(record, look.records, look.today) and (touched := last_touched(record, look.records)):
            days = (look.today - touched).days
            horizon = look.records.settings.horizon(getattr(record, "horizon", None) or ASSUMED_HORIZON)
            text = f"nobody touched it for {days} d, over a quarter of its horizon ({horizon})"
            yield finding(record, "stale", text, f"stale {_AS.get(record.standing, 'mission')}", days)


_AS = {state: state for state in Bet.states}


def ageing(look: Look) -> Iterator[Finding]:
    """Placed bets that are older than their horizon is long."""
    for record in look.records.group(OPEN, True):
        if not isinstance(record, Bet) or record.state != "placed" or record.placed_on is None or record.horizon is None:
            continue
        age, longest = age_days(record, look.today) or 0, HORIZON_DAYS[record.horizon]
        if age > longest:
            horizon = look.records.settings.horizon(record.horizon)
            text = f"it is {age} d old, long for a bet of {horizon}"
            yield finding(record, "ageing", text, "ageing", age - int(longest))


# ------------------------------------------------------------------------------------- … where people differ, what is new

GIVEN = Index(
    (Update,),
    lambda record: (
        (record.about,)
        if isinstance(record, Update) and not record.archived and record.about and _is_reading(record)
        else ()
    ),
)


def _is_reading(update: Update) -> bool:
    return update.health is not None or update.confidence is not None


def apart(look: Look) -> Iterator[Finding]:
    """Open bets that others read differently, and I not at all."""
    for record_id, updates in look.records.grouped(GIVEN).items():
        people = {update.created_by for update in updates}
        record = look.records.get(str(record_id))
        if len(people) < 2 or look.me in people or not isinstance(record, Bet) or not record.is_open:
            continue
        given = readings(record.id, look.records)
        if spread(given) >= APART:
            said = ", ".join(map(_reading, given))
            since = max((one.on for one in given if one.on), default=look.today)
            yield finding(record, "differs", f"{said}, and you have not said", "differs", (look.today - since).days)


def _reading(one: PersonalReading) -> str:
    sure = "" if one.confidence is None else f" {one.confidence}%"
    return f"@{one.person}{sure}{f' {one.health}' if one.health else ''}"


def inbox(look: Look) -> Iterator[Finding]:
    """What was written about nothing yet, the oldest first."""
    for update in look.records.about(None):
        written = min(created_on(update) or look.today, look.today)  # it is dated in UTC, where it may be tomorrow already
        who = f"@{update.created_by}" if update.created_by else "somebody"
        text = f"{who} wrote it to the inbox{f', {relative(written, look.today)}' if update.created else ''}"
        yield finding(update, "inbox", text, "inbox", (look.today - written).days)


def alarmed(look: Look) -> Iterator[Finding]:
    """Decisions and bets that rest on what no longer holds."""
    for alarm in alarms(look.records, look.today):
        one_way = isinstance(alarm.record, Decision) and alarm.record.door == "one-way"
        text = f"it depends on {alarm.premise.id}, and {alarm.why}"
        yield finding(alarm.record, "premise", text, f"premise{', one-way' * one_way}", alarm.days(look.today) or 0)
