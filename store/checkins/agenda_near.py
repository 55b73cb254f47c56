"""Parts of an agenda about the weeks: what happened, whose readings moved, what is oldest, open and due."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from store.checkins.agenda_entries import Entries, Entry, Look, Side, Told, named
from store.checkins.crossings import running
from store.dates import relative
from store.days import begins
from store.derived import age_days, due_on, is_stale, readings, stands_since
from store.forecasts import readings as measured
from store.index import Index
from store.model import Belief, Bet, Decision, Record, Signal, Update

AHEAD = timedelta(days=7)
"""How far ahead the review date of a ritual is already told."""


# ---------------------------------------------------------------------------------------------------------- what happened


def _events(record: Record, zone: str = "UTC") -> tuple[tuple[date, str], ...]:
    """The days of a zone on which something became of a record, and what."""
    if isinstance(record, Bet):
        found = [(record.placed_on, "placed"), (record.released_on, "released")]
        found.append((record.settled_on, f"settled, {record.result or 'no result'}"))
        if record.state in ("stopped", "parked"):
            found.append((stands_since(record, zone).day, f"{record.state}: {record.why_stopped or 'not said why'}"))
    elif isinstance(record, Decision):
        found = [(record.decided_on, f"decided{f': {record.chosen}' if record.chosen else ''}")]
        if record.state in ("reviewed", "reversed", "superseded"):
            found.append((stands_since(record, zone).day, record.state))
    elif isinstance(record, Belief):
        found = [(stands_since(record, zone).day, record.state)] if record.state != "open" else []
    elif isinstance(record, Signal):
        found = [(one.on, f"read {one.value:g}{f' {record.unit}' if record.unit else ''}") for one in measured(record)[-1:]]
    else:
        found = []
    return tuple((day, what) for day, what in found if day is not None)


def _newest(record: Record) -> date:
    return max((day for day, _ in _events(record)), default=date.min)


EVENTS = Index((Bet, Decision, Belief, Signal), lambda one: (True,) if not one.archived and _events(one) else (), _newest)
"""What something became of, by the newest such day in UTC, which lies no more than one from that of any zone."""


def _happened(look: Look) -> Entries:
    """What became of records since, the newest first."""
    dated, zone = look.records.group(EVENTS, True), look.records.settings.zone
    found = dated[bisect_left(dated, look.since - timedelta(days=1), key=_newest) :]
    told = ((day, record, what) for record in found for day, what in _events(record, zone))
    events = [event for event in told if look.since <= event[0] <= look.today]
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
    """Whose confidence or health moved since, from what to what, the widest first.

    What was said first since then counts as what was said before, where nothing was: one reading alone has not moved.
    """
    said = look.records.group(READINGS, True)
    fresh = said[bisect_left(said, _began(look), key=lambda one: one.created) :]
    pairs = dict.fromkeys((one.about, one.created_by) for one in fresh if isinstance(one, Update))
    found = [_move(record, person, look) for about, person in pairs if (record := look.records.get(about or ""))]
    moves = [one for one in found if one is not None]
    return [entry for _, entry in sorted(moves, key=lambda move: -move[0])]


def _began(look: Look) -> str:
    """When the day began since which is looked, as the store stamps times."""
    return begins(look.records.settings.zone, look.since).isoformat()


def _move(record: Record, person: str, look: Look) -> tuple[int, Entry] | None:
    """How far a person's reading of a record moved, in points, and in words; None where it did not."""
    given = [one for one in look.records.about(record.id) if isinstance(one, Update) and one.created_by == person]
    before = [one for one in given if one.created < _began(look)]
    sure = _from_to(confidences(before), confidences(given))
    well = _from_to(healths(before), healths(given))
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


def _from_to(before: Sequence[int | str], given: Sequence[int | str]) -> tuple[int | str | None, int | str | None]:
    """The last of what was said before, else the first that was said at all; and the last of all."""
    return (before[-1] if before else given[0], given[-1]) if given else (None, None)


# ------------------------------------------------------------------------------------------------- age, choices, what is due


def _oldest(look: Look) -> Entries:
    """Placed bets, the oldest first: how old, whether stale, who is on it."""
    return Told([bet for bet in running(look.records) if bet.state == "placed"], lambda bet: named(bet, _age(bet, look)))


def _age(bet: Bet, look: Look) -> str:
    days = age_days(bet, look.today, look.records.settings.zone)
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
    days = age_days(decision, look.today, look.records.settings.zone)
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


PARTS: Mapping[str, Side] = {
    "happened": ("What happened since {since}", _happened, "nothing that the records know of"),
    "moved": ("Whose confidence moved since {since}", _moved, "nobody's"),
    "oldest": ("Oldest placed bets", _oldest, "nothing is placed"),
    "choices": ("Open choices", _choices, "none"),
    "due": ("Due", _due, "nothing"),
    "rituals": ("Rituals to review", _rituals, "none"),
}
"""Name → the title of the part, who finds its entries, and what it says when there is none."""
