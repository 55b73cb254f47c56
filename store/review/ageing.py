"""Why something waits although no day has come: nobody touched it, it is older than planned, people differ about it.

Staleness and age are judged by days where the workspace is, as ``store.derived`` does; here they are cuts through records in
order, so that the agenda costs what it finds and not what there is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from functools import partial
from heapq import nsmallest

from store.days import begins, day_of
from store.derived import ASSUMED_HORIZON, HORIZON_DAYS, PersonalReading, readings
from store.facts import APART
from store.model import HEALTHS, Bet, Mission, Record, Update
from store.records import ABOUT, Index, Records
from store.review.reason import STAKES, Finding, Look, Reason


def _horizon(record: Record) -> str:
    return (record.horizon if isinstance(record, Bet | Mission) else None) or ASSUMED_HORIZON


def _stamp(record: Record) -> str:
    return max(record.updated, record.created)


OPEN = Index((Bet, Mission), lambda record: (_horizon(record),) if record.is_open else (), _stamp)
"""Horizon → its open bets and missions, the one that changed longest ago first."""


MOST = 50
"""Records told of for one of these reasons at a time: those that weigh most.  The others follow as these are dealt with."""
Candidate = tuple[int, str, str, Record, Callable[[int], str]]
"""What it weighs, below zero; since when, a stamp or an ISO day; its id, which orders the rest; the record; for how many
days it has stood → its words."""


def _weightiest(kind: str, found: list[Candidate], look: Look, rest: str) -> Iterator[Finding]:
    """The candidates that weigh most, and how many more there are: ``rest`` says what they are."""
    zone = look.records.settings.zone
    for stake, since, record_id, record, words in nsmallest(MOST, found):
        day = day_of(zone, since)
        days = max((look.today - day).days, 0) if day is not None else 0
        yield Finding(record_id, record, Reason(kind, partial(words, days), -stake, days))
    if (more := len(found) - MOST) > 0:
        text = f"the {MOST} that weigh most come first, and these when those are dealt with"
        yield Finding(f"more:{kind}", None, Reason(kind, text, STAKES["more"]), f"{more} more {rest}")


def stale(look: Look) -> Iterator[Finding]:
    """Open bets and missions that nobody has touched for about a quarter of their horizon."""
    told = look.records.grouped(ABOUT)
    found: list[Candidate] = []
    for horizon, records in look.records.grouped(OPEN).items():
        first = _before(look, HORIZON_DAYS[str(horizon)] / 4)
        words = partial(_idle, horizon, look)
        for record in records[: bisect_left(records, first, key=_stamp)]:
            record_id, touched = record.id, _stamp(record)
            if (updates := told.get(record_id)) and updates[-1].created > touched:
                touched = updates[-1].created
            if touched and touched < first and record_id not in look.quiet:
                found.append((_STALE[record.state], touched, record_id, record, words))  # type: ignore[attr-defined]
    return _weightiest("stale", found, look, "that nobody touched for long")


def _before(look: Look, days: float) -> str:
    """When the first day began that lies no more than ``days`` before today, as the store stamps times."""
    try:
        return begins(look.records.settings.zone, look.today - timedelta(days=int(days))).isoformat()
    except OverflowError:
        return ""


def _idle(horizon: Hashable, look: Look, days: int) -> str:
    return f"nobody touched it for {days} d, over a quarter of its horizon ({look.records.settings.horizon(str(horizon))})"


_STALE = {
    **{state: -STAKES[f"stale {state}"] for state in ("option", "shaping", "placed", "released")},
    **dict.fromkeys(("forming", "active", "paused"), -STAKES["stale mission"]),
}


def _placed_on(record: Record) -> date:
    return (record.placed_on if isinstance(record, Bet) else None) or date.max


PLACED = Index(
    (Bet,),
    lambda record: (
        (_horizon(record),)
        if isinstance(record, Bet)
        and record.state == "placed"
        and record.horizon
        and record.placed_on
        and not record.archived
        else ()
    ),
    _placed_on,
)
"""Horizon → its placed bets, the oldest first."""


def ageing(look: Look) -> Iterator[Finding]:
    """Placed bets that are older than their horizon is long; by the day on which they became so."""
    found: list[Candidate] = []
    for horizon, bets in look.records.grouped(PLACED).items():
        longest = timedelta(days=int(HORIZON_DAYS[str(horizon)]))
        words = partial(_old, horizon, longest, look)
        for bet in bets:
            if look.today - (placed := _placed_on(bet)) <= longest:
                break
            if bet.id not in look.quiet:
                found.append((-STAKES["ageing"], (placed + longest).isoformat(), bet.id, bet, words))
    return _weightiest("ageing", found, look, "that are older than planned")


def _old(horizon: Hashable, longest: timedelta, look: Look, days: int) -> str:
    return f"it is {days + longest.days} d old, long for a bet of {look.records.settings.horizon(str(horizon))}"


GIVEN = Index(
    (Update,),
    lambda record: (record.about,) if isinstance(record, Update) and _is_reading(record) else (),
    lambda record: record.created,
)
"""Record → the updates that give a reading of it, oldest first."""


def _is_reading(update: Update) -> bool:
    given = update.health is not None or update.confidence is not None
    return given and update.about is not None and not update.archived


def apart(look: Look) -> Iterator[Finding]:
    """Open bets that others read differently, and I not at all; by the day of the newest reading."""
    found: list[Candidate] = []
    for about, updates in look.records.grouped(GIVEN).items():
        if len(updates) < 2 or not _differ(updates, look.me):
            continue
        record = look.records.get(str(about))
        if isinstance(record, Bet) and record.is_open and record.id not in look.quiet:
            words = partial(_apart, record.id, look.records)
            found.append((-STAKES["differs"], updates[-1].created, record.id, record, words))
    return _weightiest("differs", found, look, "that people read differently")


def _differ(updates: tuple[Record, ...], me: str) -> bool:
    """Whether the newest readings of several people, not of mine, lie apart; as ``store.derived.spread`` measures it."""
    sure: dict[str, int] = {}
    doing: dict[str, int] = {}
    for update in updates:
        if update.created_by == me:
            return False
        assert isinstance(update, Update)
        if update.confidence is not None:
            sure[update.created_by] = update.confidence
        if update.health is not None:
            doing[update.created_by] = _HEALTH[update.health]
    return any(len(given) > 1 and max(given.values()) - min(given.values()) >= APART for given in (sure, doing))


_HEALTH = {health: at * 50 for at, health in enumerate(HEALTHS)}


def _apart(record_id: str, records: Records, days: int) -> str:
    return f"{', '.join(map(_reading, readings(record_id, records)))}, and you have not said"


def _reading(one: PersonalReading) -> str:
    sure = "" if one.confidence is None else f" {one.confidence}%"
    return f"@{one.person}{sure}{f' {one.health}' if one.health else ''}"
