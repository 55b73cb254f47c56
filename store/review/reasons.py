"""Why something waits for a look: a day has come, what it rests on fell, nobody sorted it; and what was intended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import NamedTuple

from store.dates import relative
from store.derived import DUE_FIELDS, corner_on, created_in, still_due
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal
from store.outline import Outline
from store.premises import alarms
from store.records import Index, Records
from store.review.ageing import SAID
from store.review.checkins import under_way
from store.review.reason import STAKES, Finding, Look, Reason, finding, was_due


def _asked_for(kind: type[Record], day: date | None, archived: bool, state: str = "") -> date | None:
    return None if day is None or archived else still_due(kind, day, archived, state)


DUE = Outline(
    {kind: (name, "archived", "state") if kind.states else (name, "archived") for kind, name in DUE_FIELDS.items()},
    _asked_for,
)
"""The day on which a record that is not put away asks for somebody."""
CORNERS = Index(
    (Bet,),
    lambda bet: () if bet.archived or corner_on(bet) is None else (True,),
    lambda bet: corner_on(bet) or date.max,
    among=lambda document: "cut_corners" in document,
)


def awaited(look: Look) -> Iterator[Finding]:
    """Records whose day has come: reviews, bets to settle, what is to be looked at again."""
    today = look.today.toordinal()
    for record, day in dated(look.records, look.today):
        kind, stake, words = _APPOINTMENTS[type(record)]
        reason = Reason(kind, partial(words, record, day, look), STAKES[stake(record)], today - day.toordinal())
        yield Finding(record.id, record, reason)


def dated(records: Records, last: date) -> Iterator[tuple[Record, date]]:
    """The records that ask for somebody up to a day, each with its day, in no order; but no check-in of a level."""
    beats = under_way(records, last)
    for record_id, day in records.outlined(DUE).items():
        if day <= last and record_id not in beats and (record := records.get(record_id)) is not None:
            yield record, day


def cornered(records: Records, last: date) -> Iterator[tuple[Bet, date]]:
    """The bets with a corner that was cut and is to be looked at again up to a day, each with the first such day."""
    for bet in records.group(CORNERS, True):
        day = corner_on(bet)
        if day is None or day > last:
            break
        assert isinstance(bet, Bet)
        yield bet, day


def corners(look: Look) -> Iterator[Finding]:
    """Bets with debts taken on purpose whose day to revisit has come."""
    for bet, day in cornered(look.records, look.today):
        yield finding(bet, "look again", partial(_debt, bet, day, look), "corner", (look.today - day).days)


def _debt(bet: Bet, day: date, look: Look) -> str:
    due = [one for one in bet.cut_corners if one.revisit_on is not None and one.revisit_on <= look.today]
    first = min(due, key=lambda one: one.revisit_on or date.max)
    more = f" and {len(due) - 1} more" if len(due) > 1 else ""
    return f"a corner was cut, {' '.join(first.text.split())}{more}: another look at it {was_due(day, look.today)}"


def _decision(record: Record, day: date, look: Look) -> str:
    more = ["it is still open"] * (record.standing == "open") + ["it is a one-way door"] * _is_one_way(record)
    return ", and ".join([f"its review {was_due(day, look.today)}", *more])


def _is_one_way(record: Record) -> bool:
    return isinstance(record, Decision) and record.door == "one-way"


def _bet(record: Record, day: date, look: Look) -> str:
    state, when = look.records.settings.state("bet", record.standing), relative(day, look.today)
    if record.standing == "released":
        return f"it is {state}, and its outcome was to be read {when}"
    return f"it was to settle {when}, and is still {state}"


def _extra(record: Record, day: date, look: Look) -> str:
    about = f", about {record.about}," if isinstance(record, Checkin) and record.about else ""
    return f"it{about} {was_due(day, look.today)}"


def _again(what: str, record: Record, day: date, look: Look) -> str:
    return f"{what} {was_due(day, look.today)}"


class Appointment(NamedTuple):
    """What a day that has come means for a kind: of which kind the reason is, its name among the stakes, its words."""

    kind: str
    stake: Callable[[Record], str]
    words: Callable[[Record, date, Look], str]


_BETS = {"placed": "bet placed", "released": "bet released"}
_APPOINTMENTS: Mapping[type[Record], Appointment] = {
    Decision: Appointment("decision", lambda one: "decision, one-way" if _is_one_way(one) else "decision", _decision),
    Bet: Appointment("settle", lambda one: _BETS.get(one.standing, "bet"), _bet),
    Mission: Appointment("look again", lambda one: "mission", partial(_again, "its review")),
    Belief: Appointment("look again", lambda one: "belief", partial(_again, "another look at it")),
    Signal: Appointment("look again", lambda one: "signal", partial(_again, "its target")),
    Checkin: Appointment("check-in", lambda one: "check-in", _extra),
}


def alarmed(look: Look) -> Iterator[Finding]:
    """Decisions and bets that rest on what no longer holds."""
    for alarm in alarms(look.records, look.today):
        stake = "premise, one-way" if _is_one_way(alarm.record) else "premise"
        text = f"it depends on {alarm.premise.id}, and {alarm.why}"
        yield finding(alarm.record, "premise", text, stake, alarm.days(look.today) or 0)


def inbox(look: Look) -> Iterator[Finding]:
    """What was written about nothing yet."""
    found = (record_id for record_id, said in look.records.outlined(SAID).items() if said[0] is None)
    for update in filter(None, map(look.records.get, found)):
        written = min(created_in(update, look.records) or look.today, look.today)
        who = f"@{update.created_by}" if update.created_by else "somebody"
        text = f"{who} wrote it to the inbox{f', {relative(written, look.today)}' if update.created else ''}"
        yield finding(update, "inbox", text, "inbox", (look.today - written).days)


def intent(look: Look) -> Iterator[Finding]:
    """What the newest check-in intended, to begin the day with."""
    held = [one for one in look.records.all(Checkin) if one.state == "done" and one.intent.strip()]
    if held:
        newest = max(held, key=lambda one: (one.held_on or one.due or date.min, one.number))
        level = look.records.settings.level(newest.level)
        when = newest.held_on or newest.due
        told = f"the {level.title if level else newest.level} check-in{f' of {when}' if when else ''} intended it"
        reason = Reason("intent", told, STAKES["intent"])
        yield Finding("intent", newest, reason, " ".join(newest.intent.split()))
