"""Why something waits although no day has come: nobody touched it, it is older than planned, people differ about it.

Staleness and age are judged by days where the workspace is, as ``store.derived`` does; here by outlines, because thousands
are weighed where few are told of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from heapq import nsmallest
from typing import Any

from store.days import begins, day_of
from store.derived import ASSUMED_HORIZON, HORIZON_DAYS, PersonalReading, readings
from store.facts import APART
from store.model import HEALTHS, Bet, Health, Mission, Record, Update
from store.outline import Outline
from store.records import Records
from store.review.reason import STAKES, Finding, Look, Reason

Open = tuple[str, str | None, str, date | None]
"""Of an open bet or mission its state, its horizon, when it last changed, and since when a placed bet is so; as all entries
of thousands no class of its own, which would take as long to make as the rest."""


def _open(
    kind: type[Record], state: str, archived: bool, horizon: str | None, created: str, updated: str, on: date | None = None
) -> Open | None:
    if archived or state not in kind.open_states:
        return None
    return state, horizon, updated if updated > created else created, on if state == "placed" else None


_ASKED = ("state", "archived", "horizon", "created", "updated")
OPEN = Outline({Bet: (*_ASKED, "placed_on"), Mission: _ASKED}, _open)


Said = tuple[str | None, str, str, Health | None, int | None]
"""Of an update that is not put away what it is about, when and by whom it was written, and the reading it gives."""


def _said(kind: type[Record], archived: bool, *said: Any) -> Said | None:
    return None if archived else said


SAID = Outline({Update: ("archived", "about", "created", "created_by", "health", "confidence")}, _said)

MOST = 50
"""Records told of for one of these reasons at a time: those that weigh most.  The others follow as these are dealt with."""
Candidate = tuple[int, str, str, Callable[[int], str]]
"""What it weighs, below zero; since when, a stamp or an ISO day; its id, which orders the rest; for how many days it has
stood → its words."""


def _weightiest(kind: str, found: list[Candidate], look: Look, rest: str) -> Iterator[Finding]:
    """The candidates that weigh most, and how many more there are: ``rest`` says what they are."""
    zone = look.records.settings.zone
    for stake, since, record_id, words in nsmallest(MOST, found):
        day = day_of(zone, since)
        days = max((look.today - day).days, 0) if day is not None else 0
        yield Finding(record_id, look.records.get(record_id), Reason(kind, partial(words, days), -stake, days))
    if (more := len(found) - MOST) > 0:
        text = f"the {MOST} that weigh most come first, and these when those are dealt with"
        yield Finding(f"more:{kind}", None, Reason(kind, text, STAKES["more"]), f"{more} more {rest}")


def stale(look: Look) -> Iterator[Finding]:
    """Open bets and missions that nobody has touched for about a quarter of their horizon."""
    firsts = {horizon: _before(look, days / 4) for horizon, days in HORIZON_DAYS.items()}
    told = _last_told(look.records)
    words = {horizon: partial(_idle, horizon, look) for horizon in HORIZON_DAYS}
    found: list[Candidate] = []
    for record_id, (state, horizon, touched, _) in look.records.outlined(OPEN).items():
        span = horizon or ASSUMED_HORIZON
        if touched < firsts[span]:
            touched = max(touched, told.get(record_id, ""))
            if touched and touched < firsts[span] and record_id not in look.quiet:
                found.append((_STALE[state], touched, record_id, words[span]))
    return _weightiest("stale", found, look, "that nobody touched for long")


def _last_told(records: Records) -> dict[str, str]:
    """Record → when the newest update about it was written."""
    newest: dict[str, str] = {}
    for about, created, _, _, _ in records.outlined(SAID).values():
        if about is not None and created > newest.get(about, ""):
            newest[about] = created
    return newest


def _before(look: Look, days: float) -> str:
    """When the first day began that lies no more than ``days`` before today, as the store stamps times."""
    try:
        return begins(look.records.settings.zone, look.today - timedelta(days=int(days))).isoformat()
    except OverflowError:
        return ""


def _idle(horizon: str, look: Look, days: int) -> str:
    return f"nobody touched it for {days} d, over a quarter of its horizon ({look.records.settings.horizon(horizon)})"


_STALE = {
    **{state: -STAKES[f"stale {state}"] for state in ("option", "shaping", "placed", "released")},
    **dict.fromkeys(("forming", "active", "paused"), -STAKES["stale mission"]),
}


def ageing(look: Look) -> Iterator[Finding]:
    """Placed bets that are older than their horizon is long; by the day on which they became so."""
    longest = {horizon: timedelta(days=int(days)) for horizon, days in HORIZON_DAYS.items()}
    words = {horizon: partial(_old, horizon, span, look) for horizon, span in longest.items()}
    found: list[Candidate] = []
    for record_id, (_, horizon, _, placed) in look.records.outlined(OPEN).items():
        if placed is not None and horizon and look.today - placed > longest[horizon] and record_id not in look.quiet:
            since = (placed + longest[horizon]).isoformat()
            found.append((-STAKES["ageing"], since, record_id, words[horizon]))
    return _weightiest("ageing", found, look, "that are older than planned")


def _old(horizon: str, longest: timedelta, look: Look, days: int) -> str:
    return f"it is {days + longest.days} d old, long for a bet of {look.records.settings.horizon(horizon)}"


def apart(look: Look) -> Iterator[Finding]:
    """Open bets that others read differently, and I not at all; by the day of the newest reading."""
    found: list[Candidate] = []
    alive = look.records.outlined(OPEN)
    for about, given in _given(look.records).items():
        if len(given) < 2 or about[0] != Bet.letter or about not in alive or about in look.quiet:
            continue
        given.sort(key=_written)
        if _differ([said for _, said in given], look.me):
            since = given[-1][1][1]
            found.append((-STAKES["differs"], since, about, partial(_apart, about, look.records)))
    return _weightiest("differs", found, look, "that people read differently")


def _given(records: Records) -> dict[str, list[tuple[str, Said]]]:
    """Record → the updates that give a reading of it, each with its id."""
    found: dict[str, list[tuple[str, Said]]] = {}
    for one in records.outlined(SAID).items():
        _, (about, _, _, health, confidence) = one
        if about is not None and (health is not None or confidence is not None):
            found.setdefault(about, []).append(one)
    return found


def _written(one: tuple[str, Said]) -> tuple[str, int]:
    return one[1][1], int(one[0][1:])


def _differ(given: list[Said], me: str) -> bool:
    """Whether the newest readings of several people, not of mine, lie apart; as ``store.derived.spread`` measures it."""
    sure: dict[str, int] = {}
    doing: dict[str, int] = {}
    for _, _, by, health, confidence in given:
        if by == me:
            return False
        if confidence is not None:
            sure[by] = confidence
        if health is not None:
            doing[by] = _HEALTH[health]
    return any(len(held) > 1 and max(held.values()) - min(held.values()) >= APART for held in (sure, doing))


_HEALTH = {health: at * 50 for at, health in enumerate(HEALTHS)}


def _apart(record_id: str, records: Records, days: int) -> str:
    return f"{', '.join(map(_reading, readings(record_id, records)))}, and you have not said"


def _reading(one: PersonalReading) -> str:
    sure = "" if one.confidence is None else f" {one.confidence}%"
    return f"@{one.person}{sure}{f' {one.health}' if one.health else ''}"
