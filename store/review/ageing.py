"""Why something waits although no day has come: nobody touched it, it is older than planned, people differ about it.

Staleness and age are judged by days where the workspace is, as ``store.derived`` does; here by outlines, because thousands
are weighed where few are told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date, timedelta
from functools import lru_cache, partial
from heapq import nsmallest
from typing import NamedTuple

from store.days import begins, day_of
from store.derived import ASSUMED_HORIZON, HORIZON_DAYS, PersonalReading, readings
from store.facts import APART
from store.model import Bet, Mission, Record, Update
from store.outline import Outline, Row
from store.parts import HEALTHS, Health
from store.records import Records
from store.review.reason import STAKES, Finding, Look, Words

Open = tuple[str, str | None, str, date | None]
"""Of an open bet or mission its state, its horizon, when it last changed, and since when a placed bet is so; as all entries
of thousands no class of its own, which would take as long to make as the rest."""


def _open(kind: type[Record], rows: Iterable[Row]) -> dict[str, Open]:
    states = kind.open_states
    return {
        record_id: (state, horizon, updated if updated > created else created, on if state == "placed" else None)
        for record_id, state, archived, horizon, created, updated, on in rows
        if state in states and not archived
    }


OPEN = Outline(dict.fromkeys((Bet, Mission), ("state", "archived", "horizon", "created", "updated", "placed_on")), _open)


Said = tuple[str | None, str, str, Health | None, int | None]
"""Of an update that is not put away what it is about, when and by whom it was written, and the reading it gives."""


def _said(kind: type[Record], rows: Iterable[Row]) -> dict[str, Said]:
    return {
        record_id: (about, created, by, health, confidence)
        for record_id, archived, about, created, by, health, confidence in rows
        if not archived
    }


SAID = Outline({Update: ("archived", "about", "created", "created_by", "health", "confidence")}, _said)

MOST = 50
"""Records told of for one of these reasons at a time: those that weigh most.  The others follow as these are dealt with."""
Candidate = tuple[int, str | date, str, Words]
"""What it weighs, below zero; since when, a stamp or a day, the same for all of one reason; its id, which orders the rest;
its words."""


def _weightiest(kind: str, found: list[Candidate], look: Look, rest: str) -> Iterator[Finding]:
    """The candidates that weigh most, and how many more there are: ``rest`` says what they are."""
    zone = look.records.settings.zone
    for stake, since, record_id, words in nsmallest(MOST, found):
        day = day_of(zone, since) if isinstance(since, str) else since
        days = max((look.today - day).days, 0) if day is not None else 0
        yield record_id, (kind, words, -stake, days), None, ""
    if (more := len(found) - MOST) > 0:
        text = f"the {MOST} that weigh most come first, and these when those are dealt with"
        yield f"more:{kind}", (kind, text, STAKES["more"], 0), None, f"{more} more {rest}"


def grown_old(look: Look) -> Iterator[Finding]:
    """Open bets and missions that nobody has touched for about a quarter of their horizon; placed bets that are older than
    their horizon is long, by the day on which they became so."""
    quiet, told = look.quiet, _told(look.records).newest
    touched_before, placed_before = _limits(look)
    idle = {horizon: partial(_idle, horizon or ASSUMED_HORIZON, look) for horizon in touched_before}
    old, weighs = {horizon: partial(_old, horizon, look) for horizon in HORIZON_DAYS}, -STAKES["ageing"]
    stale: list[Candidate] = []
    ageing: list[Candidate] = []
    for record_id, (state, horizon, touched, placed) in look.records.outlined(OPEN).items():
        if touched < (limit := touched_before[horizon]):
            if record_id in told and told[record_id] > touched:
                touched = told[record_id]
            if "" < touched < limit and record_id not in quiet:
                stale.append((_STALE[state], touched, record_id, idle[horizon]))
        if placed is not None and horizon is not None and placed < placed_before[horizon] and record_id not in quiet:
            ageing.append((weighs, placed + _LONGEST[horizon], record_id, old[horizon]))
    yield from _weightiest("stale", stale, look, "that nobody touched for long")
    yield from _weightiest("ageing", ageing, look, "that are older than planned")


def _limits(look: Look) -> tuple[dict[str | None, str], dict[str, date]]:
    """Horizon → the stamp before which what was last touched is stale, and the day before which what was placed is old."""
    spans: dict[str | None, str] = {None: ASSUMED_HORIZON, **{horizon: horizon for horizon in HORIZON_DAYS}}
    touched = {horizon: _before(look, HORIZON_DAYS[span] / 4) for horizon, span in spans.items()}
    reach = look.today - date.min
    return touched, {horizon: look.today - min(longest, reach) for horizon, longest in _LONGEST.items()}


def _before(look: Look, days: float) -> str:
    """When the first day began that lies no more than ``days`` before today, as the store stamps times."""
    try:
        return begins(look.records.settings.zone, look.today - timedelta(days=int(days))).isoformat()
    except OverflowError:
        return ""


_LONGEST = {horizon: timedelta(days=int(days)) for horizon, days in HORIZON_DAYS.items()}
_STALE = {
    **{state: -STAKES[f"stale {state}"] for state in ("option", "shaping", "placed", "released")},
    **dict.fromkeys(("forming", "active", "paused"), -STAKES["stale mission"]),
}


def _idle(horizon: str, look: Look, record_id: str, days: int) -> str:
    return f"nobody touched it for {days} d, over a quarter of its horizon ({look.records.settings.horizon(horizon)})"


def _old(horizon: str, look: Look, record_id: str, days: int) -> str:
    return f"it is {days + _LONGEST[horizon].days} d old, long for a bet of {look.records.settings.horizon(horizon)}"


class Told(NamedTuple):
    """When the newest update about each record was written, and about which there are several; None is the inbox."""

    newest: Mapping[str | None, str]
    several: Set[str | None]


@lru_cache(maxsize=2)
def _told(records: Records) -> Told:
    """What has been said; asked for twice in one agenda."""
    newest: dict[str | None, str] = {}
    several: set[str | None] = set()
    for about, created, _, _, _ in records.outlined(SAID).values():
        if about not in newest:
            newest[about] = created
        else:
            several.add(about)
            newest[about] = max(newest[about], created)
    return Told(newest, several)


def apart(look: Look) -> Iterator[Finding]:
    """Open bets that others read differently, and I not at all; by the day of the newest reading."""
    found: list[Candidate] = []
    alive, bets, words = look.records.outlined(OPEN), Bet.letter, partial(_apart, look.records)
    for about, given in _given(look.records).items():
        if about[0] == bets and about in alive and about not in look.quiet:
            given.sort()
            if _differ(given, look.me):
                found.append((-STAKES["differs"], given[-1][0], about, words))
    return _weightiest("differs", found, look, "that people read differently")


Given = tuple[str, int, str, int | None, Health | None]
"""When a reading was given, the number of its update, by whom; how sure they are, how it is doing."""


def _given(records: Records) -> dict[str, list[Given]]:
    """Record of which several things were said → the readings of it."""
    found: dict[str, list[Given]] = {}
    several = _told(records).several
    for record_id, (about, created, by, health, confidence) in records.outlined(SAID).items():
        if about is not None and about in several and (health is not None or confidence is not None):
            found.setdefault(about, []).append((created, int(record_id[1:]), by, confidence, health))
    return {about: given for about, given in found.items() if len(given) > 1}


def _differ(given: list[Given], me: str) -> bool:
    """Whether the newest readings of several people, not of mine, lie apart; as ``store.derived.spread`` measures it."""
    sure: dict[str, int] = {}
    doing: dict[str, int] = {}
    for _, _, by, confidence, health in given:
        if by == me:
            return False
        if confidence is not None:
            sure[by] = confidence
        if health is not None:
            doing[by] = _HEALTH[health]
    return _width(sure) >= APART or _width(doing) >= APART


_HEALTH = {health: at * 50 for at, health in enumerate(HEALTHS)}


def _width(held: dict[str, int]) -> int:
    ordered = sorted(held.values())
    return ordered[-1] - ordered[0] if ordered else 0


def _apart(records: Records, record_id: str, days: int) -> str:
    return f"{', '.join(map(_reading, readings(record_id, records)))}, and you have not said"


def _reading(one: PersonalReading) -> str:
    sure = "" if one.confidence is None else f" {one.confidence}%"
    return f"@{one.person}{sure}{f' {one.health}' if one.health else ''}"
