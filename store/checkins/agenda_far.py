"""Parts of an agenda about half a year and more, and about one record: missions, signals, gaps, risk, the past, doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain

from store.calibration import judgement, score
from store.checkins.agenda_entries import Entries, Entry, Look, Side, Told, named
from store.checkins.crossings import running
from store.dates import relative
from store.derived import primary_parent, readings, skipped_rungs
from store.exchange.imported import counted
from store.forecasts import readings as measured
from store.forecasts import settlement, signal_of, told
from store.model import Belief, Bet, Decision, Mission, Signal

# ------------------------------------------------------------------------------------------------------------ the half-year


def _missions(look: Look) -> Entries:
    """Missions under way: mandate, people, how many bets they hold, what is missing first."""
    placed = Counter(chain.from_iterable(bet.linked("nests_in") for bet in running(look.records)))
    active = [one for one in look.records.all(Mission) if one.state == "active"]
    active.sort(key=lambda one: (bool(one.mandate) + bool(one.people), one.number))
    return Told(active, lambda one: named(one, _staffed(one, placed[one.id])))


def _staffed(mission: Mission, running_bets: int) -> str:
    mandate = f"mandate {mission.mandate}" if mission.mandate else "no mandate said"
    people = " ".join(f"@{one}" for one in mission.people) or "nobody named"
    return f"{mandate}, {people}, {counted(running_bets, 'running bet')}"


def _signals(look: Look) -> Entries:
    """Signals: what they read last and from where, what was never measured first."""
    found = sorted(look.records.all(Signal), key=lambda one: (bool(one.readings), one.number))
    return Told(found, lambda one: named(one, _way(one, look)))


def _way(signal: Signal, look: Look) -> str:
    taken = measured(signal)
    if not taken:
        return "never measured"
    way = f"{taken[0].value:g} → {taken[-1].value:g}" if len(taken) > 1 else f"{taken[-1].value:g}"
    return f"{way}{f' {signal.unit}' if signal.unit else ''}, read {relative(taken[-1].on, look.today)}"


def _gaps(look: Look) -> Iterator[Entry]:
    """Running bets with nothing above them, or a rung of the ladder missing in between."""
    for bet in running(look.records):
        parent = look.records.get(primary_parent(bet) or "")
        if parent is None:
            yield named(bet, "nests in nothing")
        elif rungs := skipped_rungs(bet, parent):
            yield named(bet, f"no {', '.join(map(look.records.settings.horizon, rungs))} rung up to {parent.id}")


def _risk(look: Look) -> Iterator[Entry]:
    """The mix of running bets over kinds of work and over buckets."""
    bets = running(look.records)
    for name, mix in (
        ("kind", Counter(bet.kind or "not said" for bet in bets)),
        ("bucket", Counter(chain.from_iterable(bet.buckets or ("none",) for bet in bets))),
    ):
        if mix:
            yield Entry(f"{name}: " + ", ".join(f"{count} {what}" for what, count in mix.most_common()))


# ------------------------------------------------------------------------------------------------------------------ the year


def _past(look: Look) -> Iterator[Entry]:
    """How the bets came out that settled since, and which: they are ranked in the check-in."""
    settled = [
        bet for bet in look.records.all(Bet)
        if bet.state == "settled" and bet.settled_on and look.since <= bet.settled_on <= look.today
    ]  # fmt: skip
    if settled:
        mix = Counter(bet.result or "no result" for bet in settled)
        yield Entry(f"{len(settled)} settled: " + ", ".join(f"{count} {what}" for what, count in mix.most_common()))
    for bet in settled:
        yield named(bet, f"{bet.result or 'no result'}{f', {bet.lesson}' if bet.lesson.strip() else ', no lesson'}")


def _calibration(look: Look) -> Iterator[Entry]:
    """What was said of decisions against what came true, and of the ranges that bets forecast."""
    judged = [one for one in map(judgement, look.records.all(Decision)) if one is not None]
    if judged:
        found = score(judged)
        yield Entry(
            f"{counted(found.count, 'prediction')}: {found.stated:.0f}% sure on average, {found.share:.0f}% came true, "
            f"Brier {found.brier:.2f}: {found.verdict}"
        )
    unjudged = [one for one in look.records.all(Decision) if one.state == "decided" and one.confidence is not None]
    if unjudged:
        yield Entry(f"{counted(len(unjudged), 'prediction')} not looked back at yet")


def _doubts(look: Look) -> Iterator[Entry]:
    """Open questions, the most worth knowing first, and tensions between records."""
    asked = [one for one in look.records.all(Belief) if one.state == "open" and one.kind == "question"]
    for one in sorted(asked, key=lambda one: (-(one.value or 0), one.number)):
        yield named(one, f"worth {one.value:g} of 10" if one.value is not None else "")
    for record in chain(look.records.all(Mission), look.records.all(Bet)):
        for other in record.linked("tension"):
            found = look.records.get(other)
            yield named(record, f"in tension with {other} {found.label if found else ''}".strip())


# ---------------------------------------------------------------------------------------------------------- about one record


def _expected(look: Look) -> Iterator[Entry]:
    """What the record a check-in is about was expected to do, and what became of it."""
    record = look.records.get(look.checkin.about or "")
    if record is None:
        return
    yield named(record, look.records.settings.state(record.noun, record.standing))
    names = ("hypothesis", "forecast", "pivot_if", "proceed_if", "result", "context", "prediction", "if_not", "lesson")
    for name in names:
        value = getattr(record, name, None)
        if isinstance(value, str) and value.strip():
            yield Entry(f"{name.replace('_', ' ')}: {value.strip()}", record)
    if isinstance(record, Bet) and (found := settlement(record, signal_of(record, look.records), look.today)):
        yield Entry(f"forecast: {told(found)}", record)
    if isinstance(record, Decision) and record.options:
        yield Entry(f"options: {', '.join(record.options)}; do nothing", record)


def _voices(look: Look) -> Iterator[Entry]:
    """How sure people are of the record a check-in is about, each in their own reading."""
    for one in readings(look.checkin.about or "", look.records):
        sure = "" if one.confidence is None else f"{one.confidence}%"
        yield Entry(f"@{one.person}: {', '.join(filter(None, (sure, one.health)))}")


def _rests(look: Look) -> Iterator[Entry]:
    """What the record a check-in is about depends on, and what was learned about that."""
    record = look.records.get(look.checkin.about or "")
    for other in map(look.records.get, record.linked("depends_on") if record else ()):
        if other is not None:
            yield named(other, other.standing)


PARTS: Mapping[str, Side] = {
    "missions": ("Missions under way", _missions, "none"),
    "signals": ("Signals", _signals, "nothing is measured"),
    "gaps": ("Gaps in the ladder", _gaps, "none"),
    "risk": ("The mix of running bets", _risk, "nothing runs"),
    "past": ("Past bets since {since}", _past, "none settled"),
    "calibration": ("Calibration", _calibration, "no prediction was judged yet"),
    "doubts": ("Questions and tensions", _doubts, "none are written down"),
    "expected": ("What it is about", _expected, "the record is gone"),
    "voices": ("Who is how sure", _voices, "nobody said"),
    "rests": ("What it rests on", _rests, "nothing it is linked to"),
}
"""Name → the title of the part, who finds its entries, and what it says when there is none."""
