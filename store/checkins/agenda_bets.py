"""Parts of an agenda about running bets: how sure people are, what crossed a line, taught nothing, is unknown, is ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from store.checkins.agenda_entries import Entries, Entry, Look, Side, Told, named
from store.checkins.crossings import crossings, running
from store.dates import relative
from store.derived import PersonalReading, readings, spread
from store.facts import APART
from store.forecasts import forecasting, signal_of
from store.index import Index
from store.model import Belief, Bet, Mission

WORTH = 7
"""Of ten, from which a belief is worth being less wrong about."""


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
    gone = [bet for bet in bets if forecasting(bet) is not None and signal_of(bet, look.records) is None]
    worth = [one for one in look.records.all(Belief) if one.state == "open" and (one.value or 0) >= WORTH]
    dear = [one for one in worth if not one.next_step.strip()]
    sides = (
        (silent, f"of {len(bets)} running bets have nobody's reading", "data"),
        (unmeasured, f"of {len(bets)} running bets forecast no signal", "data"),
        (unread, "forecast a signal that was never measured", "insight"),
        (gone, "forecast a signal that was deleted", "data"),
        (dear, f"of {len(worth)} beliefs worth being less wrong about have no next step", "action"),
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
    "bets": ("Placed and released", _bets, "nothing is placed or released"),
    "crossed": (
        "Pivot and proceed lines",
        _crossed,
        "none by any reading; a note with +pivot or +proceed about a bet says that one was",
    ),
    "released": ("Released or settled, not learned from", _released, "nothing"),
    "blind": ("Not known", _blind, "nothing"),
    "ready": ("Ready to be placed", _ready, "no bet has a parent, a day to settle and a line to turn at"),
    "wip": ("Over the limit", _wip, "nobody"),
}
"""Name → the title of the part, who finds its entries, and what it says when there is none."""
