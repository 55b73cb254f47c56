"""What can be told of one record, by name, as people read it: its fields, and what follows from the records around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from store.dates import relative
from store.derived import created_in, readings, spread
from store.fields import fields, shown, value_at
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal, Update
from store.parts import Forecast, LinkKind
from store.records import Records
from store.telling import Facts

MOST = 8
"""Entries a list tells of at most; the rest is counted."""
APART = 25
"""Points from which on people's readings differ enough to tell it."""

STANDINGS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("mission", "forming"): ("not yet begun", "We are thinking about this; nothing is promised."),
    ("mission", "active"): ("we are on it", "We are working on this."),
    ("mission", "paused"): ("nobody works on it at the moment", "We are not working on this at the moment."),
    ("mission", "closed"): ("it has ended", "We have ended this work."),
    ("bet", "option"): ("one of several things we could do", "We could do this; nothing is promised."),
    ("bet", "shaping"): ("we are finding out what it would take", "We are finding out whether to do this."),
    ("bet", "placed"): ("we are on it", "We are working on this. It may still change or stop."),
    ("bet", "released"): ("it is out, its outcome is not read yet", "You can use this. We are watching whether it helps."),
    ("bet", "settled"): ("its outcome was read", "You can use this, and we have looked at what it did."),
    ("bet", "parked"): ("set aside", "We are not working on this at the moment."),
    ("bet", "stopped"): ("we stopped it", "We have stopped working on this."),
    ("decision", "open"): ("no choice is made yet", "This is not decided yet."),
    ("decision", "decided"): ("taken, not looked back at yet", "This is decided."),
    ("decision", "reviewed"): ("taken, and looked back at", "This is decided, and we have looked back at it."),
    ("decision", "superseded"): ("another decision has taken its place", "This no longer holds: we decided anew."),
    ("decision", "reversed"): ("taken back", "This no longer holds: we took it back."),
    ("belief", "open"): ("we do not know yet", ""),
    ("belief", "supported"): ("what we saw supports it", ""),
    ("belief", "refuted"): ("what we saw speaks against it", ""),
    ("belief", "retired"): ("it no longer matters", ""),
    ("check-in", "due"): ("not held yet", ""),
    ("check-in", "open"): ("under way", ""),
    ("check-in", "done"): ("held", ""),
    ("check-in", "skipped"): ("not held", ""),
}  # fmt: skip
"""(kind, state) → what it means to us, and to people outside."""


def facts(record: Record, records: Records, today: date) -> Facts:
    """Everything a template can ask for about a record; "" or nothing where it is not known."""
    known: dict[str, str | tuple[str, ...]] = {
        one.path: _said(value_at(record, one.path), one.people, today) for one in fields(type(record))
    }
    inside, outside = STANDINGS.get((record.noun, record.standing), ("", ""))
    state = records.settings.state(record.noun, record.standing)
    title = str(getattr(record, record.headline)).strip() if not isinstance(record, Checkin) else record.label
    return {
        **known,
        "id": record.id,
        "title": title or record.label,
        "kind": records.settings.one(record.noun),
        "standing": f"{state[:1].upper()}{state[1:]}: {inside}." if inside else "",
        "outside": outside,
        "horizon": records.settings.horizon(getattr(record, "horizon", None)),
        **_around(record, records),
        **_voices(record, records, today),
        **OWN.get(type(record), _nothing_more)(record, records, today),
    }


def _said(value: Any, people: bool, today: date) -> str | tuple[str, ...]:
    """The value of a field as a sentence can hold it; of several values, each."""
    if isinstance(value, date):
        near = relative(value, today)
        return shown(value) if near == shown(value) else f"{shown(value)}, {near}"
    if people:
        names = (value,) if isinstance(value, str) else value
        return " ".join(f"@{name}" for name in names if name)
    if isinstance(value, tuple):
        return _listed(map(shown, value))
    return shown(value)


def _listed(texts: Iterable[str]) -> tuple[str, ...]:
    found = tuple(texts)
    return found if len(found) <= MOST else (*found[:MOST], f"and {len(found) - MOST} more")


def _named(record: Record) -> str:
    return f"{record.id} {record.label}"


# -------------------------------------------------------------------------------------------------------- around a record


def _around(record: Record, records: Records) -> Facts:
    """What it is linked to, and what is linked to it."""

    def ends(kind: LinkKind) -> tuple[str, ...]:
        return _listed(_named(other) for other in map(records.get, record.linked(kind)) if other is not None)

    pointing = [one for one in records.pointing_at(record.id) if not one.archived]

    def starts(kind: LinkKind) -> tuple[str, ...]:
        return _listed(_named(one) for one in pointing if record.id in one.linked(kind))

    decisions = [one for one in pointing if isinstance(one, Decision)]
    return {
        "parents": ends("nests_in"),
        "depends_on": ends("depends_on"),
        "informs": ends("informs"),
        "signals": ends("drives"),
        "tested_by": starts("tests"),
        "driven_by": starts("drives"),
        "open_decisions": _listed(_asked(one) for one in decisions if one.state == "open"),
        "decisions": _listed(_decided(one) for one in decisions if one.state in ("decided", "reviewed")),
    }


def _asked(decision: Decision) -> str:
    return _named(decision) + (f", driven by @{decision.driver}" if decision.driver else ", driven by nobody yet")


def _decided(decision: Decision) -> str:
    return _named(decision) + (f": {decision.chosen}" if decision.chosen else "")


def _voices(record: Record, records: Records, today: date) -> Facts:
    """Each person's reading of it, how far they lie apart, and the last things said."""
    given = readings(record.id, records)
    said = [one for one in records.about(record.id) if isinstance(one, Update)][-3:]
    apart = spread(given)
    return {
        "readings": tuple(f"@{one.person}: {_reading(one.confidence, one.health)}{_when(one.on, today)}" for one in given),
        "differ": f"Their readings lie {apart} of 100 points apart." if apart >= APART else "",
        "said": tuple(f"@{one.created_by}{_when(created_in(one, records), today)}: {one.text}" for one in reversed(said)),
    }


def _reading(confidence: int | None, health: str | None) -> str:
    return ", ".join(filter(None, ("" if confidence is None else f"{confidence}%", health)))


def _when(day: date | None, today: date) -> str:
    return "" if day is None else f" ({relative(day, today)})"


# ------------------------------------------------------------------------------------------------------------ by its kind


def _nothing_more(record: Record, records: Records, today: date) -> Facts:
    return {}


def _of_mission(record: Record, records: Records, today: date) -> Facts:
    assert isinstance(record, Mission)
    bets = [one for one in records.pointing_at(record.id) if isinstance(one, Bet) and not one.archived]
    held = [bet for bet in bets if record.id in bet.linked("nests_in")]

    def each(state: str, say: Callable[[Bet], str]) -> tuple[str, ...]:
        return _listed(say(bet) for bet in held if bet.state == state)

    placed = sum(bet.state == "placed" for bet in held)
    limit = record.wip_limit
    return {
        "placed": each("placed", lambda bet: _named(bet) + (f", read by {bet.settle_by}" if bet.settle_by else "")),
        "shaping": each("shaping", _named),
        "released": each("released", _named),
        "spending": each("placed", lambda bet: f"{_named(bet)}: {bet.appetite or 'no appetite yet'}"),
        "settled": each("settled", lambda bet: f"{_named(bet)}: {_outcome(bet)}"),
        "stopped": each("stopped", lambda bet: f"{_named(bet)}: {bet.why_stopped or 'not said why'}"),
        "placed_titles": each("placed", lambda bet: bet.label),
        "released_titles": each("released", lambda bet: bet.label),
        "wip": "" if limit is None else f"{placed} placed, at most {limit}",
    }


def _outcome(bet: Bet) -> str:
    return f"{bet.result or 'no result'}. {bet.lesson or 'No lesson is written.'}"


def _of_bet(record: Record, records: Records, today: date) -> Facts:
    assert isinstance(record, Bet)
    signal = records.get(record.forecast.signal or "") if record.forecast else None
    driven = [one for one in map(records.get, record.linked("drives")) if one is not None]
    watched = [signal] if signal is not None else driven
    ranges = ((name, getattr(record.uncertainty, name)) for name in type(record.uncertainty).model_fields)
    return {
        "forecast": _forecast(record.forecast, signal),
        "measured": _measured(signal, today),
        "signal": tuple(one.label for one in watched),
        "uncertainty": tuple(f"{name.replace('_', ' ')} {shown(given)} of 10" for name, given in ranges if given),
        "hill": "" if record.hill is None else f"{record.hill} of 100",
    }


def _forecast(forecast: Forecast | None, signal: Record | None) -> str:
    """``Searches that end in a loan: from 23 to 30 (25–33) by 2027-02-01``; "" where nothing is forecast."""
    if forecast is None:
        return ""
    first, last = shown(forecast.from_value), shown(forecast.to_value)
    between = "" if None in (forecast.low, forecast.high) else f"{shown(forecast.low)}–{shown(forecast.high)}"
    parts = (
        f"from {first}" if first else "",
        f"to {last}" if last else "",
        f"({between})" if between and (first or last) else between,
        f"by {forecast.by}" if forecast.by else "",
    )
    said = " ".join(filter(None, parts))
    return f"{signal.label}: {said}" if signal is not None and said else said


def _measured(signal: Record | None, today: date) -> str:
    if not isinstance(signal, Signal) or not signal.readings:
        return ""
    last = max(signal.readings, key=lambda reading: reading.on)
    unit = f" {signal.unit}" if signal.unit else ""
    return f"{last.value:g}{unit}, read {relative(last.on, today)}"


def _of_decision(record: Record, records: Records, today: date) -> Facts:
    assert isinstance(record, Decision)
    one_way = record.door == "one-way"
    return {
        "door_words": "no, it is a one-way door" if one_way else "yes, it is a two-way door",
        "sure": "" if record.confidence is None else f"{record.confidence}%",
    }


def _of_belief(record: Record, records: Records, today: date) -> Facts:
    assert isinstance(record, Belief)
    return {name: "" if value is None else f"{value:g} of 10" for name, value in (
        ("converged", record.converged), ("certainty", record.certainty), ("value", record.value),
    )}  # fmt: skip


def _of_signal(record: Record, records: Records, today: date) -> Facts:
    return {"measured": _measured(record, today)}


def _of_checkin(record: Record, records: Records, today: date) -> Facts:
    assert isinstance(record, Checkin)
    return {"answers": tuple(f"{question} {answer}" for question, answer in record.answers.items() if answer.strip())}


OWN: Mapping[type[Record], Callable[[Record, Records, date], Facts]] = {
    Mission: _of_mission, Bet: _of_bet, Decision: _of_decision, Belief: _of_belief, Signal: _of_signal, Checkin: _of_checkin,
}  # fmt: skip
"""Kind → what only records of that kind have to tell."""
