"""Parts of an agenda about the weeks: what happened, who moved, what is oldest, open, due, crossed, unlearned, unknown."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

from store.agenda_entries import Entries, Entry, Look, Side, Told, named
from store.crossings import crossings, running
from store.dates import relative
from store.derived import (
    PersonalReading,
    age_days,
    created_on,
    due_on,
    is_stale,
    readings,
    spread,
)
from store.facts import APART
from store.forecasts import forecasting, signal_of
from store.forecasts import readings as measured
from store.model import Belief, Bet, Decision, Mission, Record, Signal, Update
from store.records import Index

AHEAD = timedelta(days=7)
"""How far ahead the review date of a ritual is already told."""


# ---------------------------------------------------------------------------------------------------------- what happened


def _events(record: Record) -> tuple[tuple[date, str], ...]:
    """The days on which something became of a record, and what."""
    if isinstance(record, Bet):
        found = [(record.placed_on, "placed"), (record.released_on, "released")]
        found.append((record.settled_on, f"settled, {record.result or 'no result'}"))
        if record.state in ("stopped", "parked"):
            found.append((_changed(record), f"{record.state}: {record.why_stopped or 'not said why'}"))
    elif isinstance(record, Decision):
        found = [(record.decided_on, f"decided{f': {record.chosen}' if record.chosen else ''}")]
        if record.state in ("reviewed", "reversed", "superseded"):
            found.append((_changed(record), record.state))
    elif isinstance(record, Belief):
        found = [(_changed(record), record.state)] if record.state != "open" else []
    elif isinstance(record, Signal):
        found = [(one.on, f"read {one.value:g}{f' {record.unit}' if record.unit else ''}") for one in measured(record)[-1:]]
    else:
        found = []
    return tuple((day, what) for day, what in found if day is not None)


def _changed(record: Record) -> date | None:
    return date.fromisoformat(record.updated[:10]) if record.updated else created_on(record)


def _newest(record: Record) -> date:
    return max((day for day, _ in _events(record)), default=date.min)


EVENTS = Index((Bet, Decision, Belief, Signal), lambda one: (True,) if not one.archived and _events(one) else (), _newest)


def _happened(look: Look) -> Entries:
    """What became of records since, the newest first."""
    dated = look.records.group(EVENTS, True)
    found = dated[bisect_left(dated, look.since, key=_newest) :]
    events = [(day, record, what) for record in found for day, what in _events(record) if look.since <= day <= look.today]
    events.sort(key=lambda event: (-event[0].toordinal(), event[1].number))
    return Told(events, lambda event: named(event[1], f"{event[2]} ({relative(event[0], look.today)})"))


# --------------------------------------------------------------------------------------------------------- moved readings


READINGS = Index(
    (Update,),
    lambda one: (True,) if isinstance(one, Update) and not one.archived and one.about and _is_reading(one) else (),
    lambda one: one.created,
)


def _is_reading(update: Update) -> bool:
    return update.confidence is not None or update.health is not None


def _moved(look: Look) -> Entries:
    """Whose confidence or health moved since, from what to what, the widest first; a first reading moved from nothing."""
    said = look.records.group(READINGS, True)
    fresh = said[bisect_left(said, look.since.isoformat(), key=lambda one: one.created) :]
    pairs = dict.fromkeys((one.about, one.created_by) for one in fresh if isinstance(one, Update))
    found = [_move(record, person, look) for about, person in pairs if (record := look.records.get(about or ""))]
    moves = [one for one in found if one is not None]
    return [entry for _, entry in sorted(moves, key=lambda move: -move[0])]


def _move(record: Record, person: str, look: Look) -> tuple[int, Entry] | None:
    """How far a person's reading of a record moved, in points, and in words; None where it did not."""
    given = [one for one in look.records.about(record.id) if isinstance(one, Update) and one.created_by == person]
    split = look.since.isoformat()
    before = [one for one in given if one.created < split]
    sure = [_last(confidences(ones)) for ones in (before, given)]
    well = [_last(healths(ones)) for ones in (before, given)]
    parts = []
    far = 0
    if sure[0] is not None and sure[0] != sure[1]:
        parts.append(f"{sure[0]}% → {sure[1]}%")
        far = abs(int(sure[1] or 0) - int(sure[0]))
    if well[0] is not None and well[0] != well[1]:
        parts.append(f"{well[0]} → {well[1]}")
        far = max(far, 50)
    if not parts:
        return None
    return far, Entry(f"@{person} on {record.id} {record.label}: {', '.join(parts)}", record)


def confidences(updates: Iterable[Update]) -> list[int]:
    """The confidences that updates give, the oldest first."""
    return [one.confidence for one in updates if one.confidence is not None]


def healths(updates: Iterable[Update]) -> list[str]:
    """The healths that updates give, the oldest first."""
    return [one.health for one in updates if one.health is not None]


def _last(values: list[int] | list[str]) -> int | str | None:
    return values[-1] if values else None


# ------------------------------------------------------------------------------------------------- age, choices, what is due


def _oldest(look: Look) -> Entries:
    """Placed bets, the oldest first: how old, whether stale, who is on it."""
    return Told([bet for bet in running(look.records) if bet.state == "placed"], lambda bet: named(bet, _age(bet, look)))


def _age(bet: Bet, look: Look) -> str:
    days = age_days(bet, look.today)
    people = " ".join(f"@{one}" for one in bet.people) or "nobody is on it"
    parts = [
        "" if days is None else f"{days} d",
        "stale" if is_stale(bet, look.records, look.today) else "",
        f"past its settle-by {bet.settle_by}" if bet.settle_by and bet.settle_by < look.today else "",
        people,
    ]
    return ", ".join(filter(None, parts))


def at_a_glance(record: Record, look: Look) -> str:
    """What stands beside a record when a verdict is asked for: its age, what holds it up, each person's reading."""
    parts = [_age(record, look)] if isinstance(record, Bet) else []
    parts += [
        f"@{one.person} {', '.join(filter(None, (f'{one.confidence}%' if one.confidence is not None else '', one.health)))}"
        for one in readings(record.id, look.records)
    ]
    return ", ".join(filter(None, parts))


OPEN = Index(
    (Decision,), lambda one: (True,) if one.standing == "open" and not one.archived else (), lambda one: one.created
)


def _choices(look: Look) -> Entries:
    """Open decisions, the oldest first: how old, who drives them, and which door."""
    found = look.records.group(OPEN, True)
    return Told(found, lambda one: named(one, ", ".join(filter(None, _standing(one, look)))))


def _standing(decision: Decision, look: Look) -> Iterator[str]:
    days = age_days(decision, look.today)
    yield "" if days is None else f"open for {max(days, 0)} d"
    yield "one-way door" if decision.door == "one-way" else ""
    yield f"driven by @{decision.driver}" if decision.driver else "nobody drives it"


DUE = Index(
    (Bet, Decision), lambda one: (True,) if not one.archived and due_on(one) else (), lambda one: due_on(one) or date.max
)
WORDS: Mapping[type[Record], str] = {Bet: "to be settled", Decision: "to be reviewed"}


def _due(look: Look) -> Entries:
    """Decisions to review and bets to settle whose day has come, the latest first."""
    dated = look.records.group(DUE, True)
    late = dated[: bisect_left(dated, look.today + timedelta(days=1), key=lambda one: due_on(one) or date.max)]
    return Told(late, lambda one: named(one, f"{WORDS[type(one)]} {relative(due_on(one) or look.today, look.today)}"))


def _rituals(look: Look) -> Iterator[Entry]:
    """The rituals whose own review date has come, or comes within the week."""
    for ritual in (*look.records.settings.levels, *look.records.settings.triggers):
        if ritual.review_on is not None and ritual.review_on <= look.today + AHEAD:
            yield Entry(f"{ritual.title}: does it still earn its time? Due {relative(ritual.review_on, look.today)}")


# ------------------------------------------------------------------------------------------------------------- the six weeks


def _bets(look: Look) -> Entries:
    """Placed and released bets, those first on whose chances people differ most."""
    found = [(bet, readings(bet.id, look.records)) for bet in running(look.records)]
    found.sort(key=lambda one: (-spread(one[1]), one[0].number))
    return Told(found, lambda one: named(one[0], _voiced(*one)))


def _voiced(bet: Bet, given: tuple[PersonalReading, ...]) -> str:
    voices = ", ".join(f"@{one.person} {one.confidence}%" for one in given if one.confidence is not None)
    return ", ".join(filter(None, (bet.state, voices, "people differ" if spread(given) >= APART else "")))


def _crossed(look: Look) -> Iterator[Entry]:
    """Lines that bets seem to have crossed; whether one was is for people to say."""
    for one in crossings(look.records, look.today):
        promised = f" It says: {one.promised}" if one.promised else " It does not say where its line is."
        yield named(one.bet, f"{one.line}? {one.why}.{promised}")


UNLEARNED = Index(
    (Bet,),
    lambda one: (True,) if isinstance(one, Bet) and not one.archived and _waits(one) else (),
    lambda one: (one.settle_by or one.settled_on or date.max) if isinstance(one, Bet) else date.max,
)


def _waits(bet: Bet) -> bool:
    return bet.state == "released" or (bet.state == "settled" and not bet.lesson.strip())


def _released(look: Look) -> Entries:
    """Bets that are out and not read, or settled without a lesson, the longest waiting first."""
    return Told(look.records.group(UNLEARNED, True), lambda bet: named(bet, _unlearned(bet, look)))


def _unlearned(bet: Bet, look: Look) -> str:
    if bet.state == "settled":
        return f"settled {bet.settled_on} without a lesson" if bet.settled_on else "settled without a lesson"
    out = f"out {relative(bet.released_on, look.today)}" if bet.released_on else "out"
    return out + (f", outcome due {relative(bet.settle_by, look.today)}" if bet.settle_by else ", no day to read it")


def _blind(look: Look) -> Iterator[Entry]:
    """Counts of what is not known of running bets and beliefs: readings, signals, next steps."""
    bets = running(look.records)
    silent = [bet for bet in bets if not readings(bet.id, look.records)]
    unmeasured = [bet for bet in bets if forecasting(bet) is None]
    unread = [bet for bet in bets if (signal := signal_of(bet, look.records)) is not None and not signal.readings]
    dear = [
        one for one in look.records.all(Belief)
        if one.state == "open" and (one.value or 0) >= 7 and not one.next_step.strip()
    ]  # fmt: skip
    sides = (
        (silent, f"of {len(bets)} running bets have nobody's reading", "data"),
        (unmeasured, f"of {len(bets)} running bets forecast no signal", "data"),
        (unread, "forecast a signal that was never measured", "insight"),
        (dear, "beliefs worth being less wrong about have no next step", "action"),
    )
    for found, said, what in sides:
        if found:
            ids = ", ".join(one.id for one in found[:5]) + (" …" if len(found) > 5 else "")
            yield Entry(f"{what}: {len(found)} {said} ({ids})", found[0] if len(found) == 1 else None)


def _wip(look: Look) -> Iterator[Entry]:
    """Missions and teams that hold more placed bets than their limit."""
    placed = [bet for bet in running(look.records) if bet.state == "placed"]
    under = Counter(chain.from_iterable(bet.linked("nests_in") for bet in placed))
    for mission in look.records.all(Mission):
        if mission.wip_limit is not None and under[mission.id] > mission.wip_limit:
            yield named(mission, f"{under[mission.id]} placed, at most {mission.wip_limit}")
    teams = Counter(bet.team for bet in placed)
    for team, limit in look.records.settings.wip_limits.items():
        if teams[team] > limit:
            yield Entry(f"team {team}: {teams[team]} placed, at most {limit}")


SHAPED = Index(
    (Bet,),
    lambda one: (True,) if isinstance(one, Bet) and not one.archived and _is_ready(one) else (),
    lambda one: one.created,
)


def _is_ready(bet: Bet) -> bool:
    """Whether a bet has what it needs to be placed; whether its parent is long enough is seen when it is."""
    return bet.state in ("option", "shaping") and bool(bet.settle_by and bet.pivot_if.strip() and bet.linked("nests_in"))


def _ready(look: Look) -> Entries:
    """Bets that could be placed, those that wait longest first."""
    return Told(
        look.records.group(SHAPED, True),
        lambda bet: named(bet, ", ".join(filter(None, (bet.state, bet.appetite, " ".join(bet.linked("nests_in")))))),
    )


PARTS: Mapping[str, Side] = {
    "happened": ("What happened since {since}", _happened, "nothing that the records know of"),
    "moved": ("Whose confidence moved since {since}", _moved, "nobody's"),
    "oldest": ("Oldest placed bets", _oldest, "nothing is placed"),
    "choices": ("Open choices", _choices, "none"),
    "due": ("Due", _due, "nothing"),
    "rituals": ("Rituals to review", _rituals, "none"),
    "bets": ("Placed and released", _bets, "nothing is placed or released"),
    "crossed": ("Pivot and proceed lines", _crossed, "no reading and nobody says that one was crossed"),
    "released": ("Released or settled, not learned from", _released, "nothing"),
    "blind": ("Not known", _blind, "nothing"),
    "ready": ("Ready to be placed", _ready, "no bet has a parent, a day to settle and a line to turn at"),
    "wip": ("Over the limit", _wip, "nobody"),
}
"""Name → the title of the part, who finds its entries, and what it says when there is none."""
