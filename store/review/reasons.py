"""Why something waits for a look: a day has come, what it rests on fell, nobody sorted it; and what was intended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import NamedTuple

from store.dates import relative
from store.days import day_of
from store.derived import DUE_FIELDS, corner_on, still_due
from store.index import Index
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal
from store.outline import Documents, Outline, Row, holding
from store.premises import alarms
from store.records import Records
from store.review.ageing import SAID
from store.review.checkins import under_way
from store.review.reason import STAKES, Finding, Look, finding, was_due

Asked = tuple[date, str | None]
"""The day on which a record that is not put away asks for somebody; its door, or its state where it has none."""
_ASKING = {
    kind: frozenset(state for state in kind.states or (None,) if still_due(kind, date.max, False, state or ""))
    for kind in DUE_FIELDS
}
"""Kind → the states in which its day counts."""


def _may_ask(end: str, kind: type[Record], documents: Documents) -> Documents:
    """Those that hold a day before the end of one, or something that is not plainly a day."""
    name = DUE_FIELDS[kind]
    try:
        return {
            key: document
            for key, document in documents.items()
            if (day := document.get(name)) is not None and (day < end or day[4:5] != "-")
        }
    except TypeError:
        return holding(name)(kind, documents)


def _asked_for(last: date, kind: type[Record], rows: Iterable[Row]) -> dict[str, Asked]:
    asking = _ASKING[kind]
    return {
        record_id: (day, door or state)
        for record_id, day, archived, state, door in rows
        if state in asking and day is not None and day <= last and not archived
    }


@lru_cache(maxsize=4)
def _due_by(last: date) -> Outline[Asked]:
    """What asks for somebody up to a day: most of what was given a day has passed, or is not near yet."""
    fields = {kind: (name, "archived", "state", "door") for kind, name in DUE_FIELDS.items()}
    return Outline(fields, partial(_asked_for, last), partial(_may_ask, f"{last.isoformat()}~"))


CORNERS = Index(
    (Bet,),
    lambda bet: () if bet.archived or corner_on(bet) is None else (True,),
    lambda bet: corner_on(bet) or date.max,
    among=holding("cut_corners"),
)


def awaited(look: Look) -> Iterator[Finding]:
    """Records whose day has come: reviews, bets to settle, what is to be looked at again."""
    today = look.today.toordinal()
    said = {letter: partial(_told, one.words, look) for letter, one in _APPOINTMENTS.items()}
    for record_id, (day, standing) in dated(look.records, look.today):
        letter = record_id[0]
        kind, stake, stakes, _ = _APPOINTMENTS[letter]
        name = _checkin_name(record_id, look) if letter == Checkin.letter else ""
        yield record_id, (kind, said[letter], stakes.get(standing, stake), today - day.toordinal()), None, name


def _told(words: Told, look: Look, record_id: str, days: int) -> str:
    return words(look.records.find(record_id), look.today - timedelta(days=days), look)


def dated(records: Records, last: date) -> list[tuple[str, Asked]]:
    """The ids of the records that ask for somebody up to a day, in no order; but of no check-in of a level."""
    beats = under_way(records, last)
    found = records.outlined(_due_by(last)).items()
    return [(record_id, asked) for record_id, asked in found if record_id not in beats]


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
        yield finding(bet.id, "look again", partial(_told, _debt, look), "corner", (look.today - day).days)


def _debt(bet: Record, day: date, look: Look) -> str:
    assert isinstance(bet, Bet)
    due = [one for one in bet.cut_corners if one.revisit_on is not None and one.revisit_on <= look.today]
    first = min(due, key=lambda one: one.revisit_on or date.max)
    more = f" and {len(due) - 1} more" if len(due) > 1 else ""
    return f"a corner was cut, {' '.join(first.text.split())}{more}: another look at it {was_due(day, look.today)}"


Told = Callable[[Record, date, Look], str]
"""Why a record waits whose day has come."""


def _decision(record: Record, day: date, look: Look) -> str:
    more = ["it is still open"] * (record.standing == "open") + ["it is a one-way door"] * _is_one_way(record)
    return ", and ".join([f"its review {was_due(day, look.today)}", *more])


def _is_one_way(record: Record) -> bool:
    return isinstance(record, Decision) and record.door == "one-way"


def _bet(record: Record, day: date, look: Look) -> str:
    state, when = look.records.settings.state("bet", record.standing), relative(day, look.today)
    if record.standing == "released":
        return f"it is {state}, its outcome was due {when}"
    return f"it was to settle {when}, still {state}"


def _checkin_name(record_id: str, look: Look) -> str:
    """What a check-in is called that is no coming one of a level, as it was called before anybody began it."""
    one = look.records.find(record_id)
    assert isinstance(one, Checkin)
    title = look.records.settings.titled(one.level)
    return f"{title} of {one.about}" if one.about else f"{title} check-in"


def _extra(record: Record, day: date, look: Look) -> str:
    assert isinstance(record, Checkin)
    begun = ", and it was begun" if record.standing == "open" else ""
    subject = look.records.get(record.about) if record.about else None
    return f"it {was_due(day, look.today)}{begun}{f'; it is about {subject.label}' if subject is not None else ''}"


def _again(what: str, record: Record, day: date, look: Look) -> str:
    return f"{what} {was_due(day, look.today)}"


class Appointment(NamedTuple):
    """What a day that has come means for a kind: of which kind the reason is, what is at stake, what by its door or state
    where that differs, and its words."""

    kind: str
    stake: int
    stakes: Mapping[str | None, int]
    words: Told


_APPOINTMENTS: Mapping[str, Appointment] = {
    kind.letter: Appointment(name, STAKES[stake], {word: STAKES[other] for word, other in others.items()}, words)
    for kind, name, stake, others, words in (
        (Decision, "decision", "decision", {"one-way": "decision, one-way"}, _decision),
        (Bet, "settle", "bet", {"placed": "bet placed", "released": "bet released"}, _bet),
        (Mission, "look again", "mission", {}, partial(_again, "its review")),
        (Belief, "look again", "belief", {}, partial(_again, "another look at it")),
        (Signal, "look again", "signal", {}, partial(_again, "its target")),
        (Checkin, "check-in", "check-in", {}, _extra),
    )
}


def alarmed(look: Look) -> Iterator[Finding]:
    """Decisions and bets that rest on what no longer holds."""
    for alarm in alarms(look.records, look.today):
        stake = "premise, one-way" if _is_one_way(alarm.record) else "premise"
        text = f"it depends on {alarm.premise.id}, and {alarm.why}"
        yield finding(alarm.record.id, "premise", text, stake, alarm.days(look.today) or 0)


def inbox(look: Look) -> Iterator[Finding]:
    """What was written about nothing yet."""
    for record_id, (about, created, by, _, _) in look.records.outlined(SAID).items():
        if about is None:
            written = min(day_of(look.records.settings.zone, created) or look.today, look.today)
            who = f"@{by}" if by else "somebody"
            text = f"{who} wrote it to the inbox{f', {relative(written, look.today)}' if created else ''}"
            yield finding(record_id, "inbox", text, "inbox", (look.today - written).days)


def intent(look: Look) -> Iterator[Finding]:
    """What the newest check-in intended, to begin the day with."""
    held = [one for one in look.records.all(Checkin) if one.state == "done" and one.intent.strip()]
    if held:
        newest = max(held, key=lambda one: (one.held_on or one.due or date.min, one.number))
        level = look.records.settings.level(newest.level)
        when = newest.held_on or newest.due
        told = f"the {level.title if level else newest.level} check-in{f' of {when}' if when else ''} intended it"
        yield "intent", ("intent", told, STAKES["intent"], 0), newest, " ".join(newest.intent.split())
