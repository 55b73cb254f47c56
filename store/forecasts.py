"""Forecasts: how often the 90 % ranges on bets held what was measured.  Pure: readings in, counts out, the day comes in.

A range is settled by the newest reading of its signal that was taken while the bet ran, up to the day of the forecast;
where there is none, by the first one after it.  Readings from before the bet was placed say nothing about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from store.index import Index, Predicate
from store.model import Bet, Signal
from store.parts import Forecast, Reading
from store.records import Records

PROMISED = 90
"""How many of a hundred ranges should hold."""
FEWEST = 10
"""Settled ranges below which nothing is said: nine of ten is the promise, so ten is the least that can keep it."""
RUN = frozenset({"placed", "released", "settled"})
"""States of a bet whose forecast counts: what was never placed promised nothing, what was stopped was not tried."""

Outcome = Literal["inside", "below", "above", "no reading", "waiting"]
Verdict = Literal["too few to say", "about right", "too narrow", "too wide"]


class Settlement(NamedTuple):
    """What became of the range a bet forecasts: ``reading`` is what settled it, None where nothing did.

    ``gone`` is the id of the signal it names where that was deleted: nothing can settle it any more.
    """

    bet: Bet
    low: float
    high: float
    by: date
    outcome: Outcome
    reading: Reading | None = None
    gone: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether it was measured, so that it counts."""
        return self.reading is not None


def readings(signal: Signal) -> list[Reading]:
    """What was measured, the oldest first, in whatever order it was written down."""
    return sorted(signal.readings, key=lambda reading: reading.on)


def settlement(bet: Bet, signal: Signal | None, today: date) -> Settlement | None:
    """How the range of a bet stands against the readings of its signal; None where it forecasts no range, or never ran.

    ``signal`` is the one its forecast names, None when that is gone.  It waits until its day has passed.
    """
    forecast, by = bet.forecast, due_on(bet)
    if forecast is None or bet.state not in RUN or forecast.low is None or forecast.high is None or by is None:
        return None
    low, high = sorted((forecast.low, forecast.high))
    gone = forecast.signal or "" if signal is None else ""
    if today <= by:
        return Settlement(bet, low, high, by, "waiting", gone=gone)
    reading = _settling(bet, by, signal, today)
    if reading is None:
        return Settlement(bet, low, high, by, "no reading", gone=gone)
    outcome: Outcome = "below" if reading.value < low else "above" if reading.value > high else "inside"
    return Settlement(bet, low, high, by, outcome, reading)


def due_on(bet: Bet) -> date | None:
    """The day a forecast is for: its own, else the day the bet is to settle; None where neither is known."""
    return (bet.forecast.by if bet.forecast else None) or bet.settle_by


def _settling(bet: Bet, by: date, signal: Signal | None, today: date) -> Reading | None:
    """The reading that settles a forecast: the newest up to its day, else the first after it."""
    taken = [] if signal is None else readings(signal)
    taken = [one for one in taken if one.on <= today and (bet.placed_on is None or one.on > bet.placed_on)]
    until = [one for one in taken if one.on <= by]
    return until[-1] if until else taken[0] if taken else None


def forecasting(bet: Bet) -> Forecast | None:
    """The forecast of a bet, when it names a signal."""
    return bet.forecast if bet.forecast is not None and bet.forecast.signal else None


FORECASTING = Index((Bet,), lambda record: (record.archived,) if isinstance(record, Bet) and forecasting(record) else ())
"""Whether it is archived → the bets that forecast a signal."""


def settlements(
    records: Records, today: date, where: Predicate | None = None, *, archived: bool = False
) -> tuple[Settlement, ...]:
    """How each range stands, bet by bet in the order of their numbers; of those for which ``where`` holds."""
    bets = records.group(FORECASTING, False, where) + (records.group(FORECASTING, True, where) if archived else ())
    found = (settlement_of(bet, records, today) for bet in bets if isinstance(bet, Bet))
    return tuple(one for one in found if one is not None)


def settlement_of(bet: Bet, records: Records, today: date) -> Settlement | None:
    """How the range of a bet stands against what its signal measured; None as ``settlement``."""
    return settlement(bet, signal_of(bet, records), today) if forecasting(bet) else None


def signal_of(bet: Bet, records: Records) -> Signal | None:
    """The signal a bet forecasts; None when it names none, or one that is gone."""
    forecast = forecasting(bet)
    found = records.get(forecast.signal or "") if forecast else None
    return found if isinstance(found, Signal) else None


def forecasters(bet: Bet) -> tuple[str, ...]:
    """Whose forecast it is: of everybody on the bet, else of who captured it."""
    return bet.people or (bet.created_by,)


class Hits(NamedTuple):
    """Settled ranges counted; what nobody measured is counted apart, because it says nothing about who forecast it."""

    inside: int = 0
    below: int = 0
    above: int = 0
    unread: int = 0
    waiting: int = 0

    @property
    def settled(self) -> int:
        """How many were measured."""
        return self.inside + self.below + self.above

    @property
    def share(self) -> float:
        """How many held, in per cent.  Raises ``ZeroDivisionError`` when none was settled."""
        return 100 * self.inside / self.settled

    @property
    def wanting(self) -> int:
        """How many more must be settled before anything can be said."""
        return max(FEWEST - self.settled, 0)

    @property
    def range(self) -> tuple[float, float]:
        """Between which shares, in per cent, the truth lies with 95 % certainty."""
        from store.calibration import interval  # only here: what shows a single range is on the way to the first screen

        return interval(self.inside, self.settled)

    @property
    def verdict(self) -> Verdict:
        """Whether chance alone explains how far the share that held is from what was promised."""
        if self.wanting:
            return "too few to say"
        low, high = self.range
        return "too narrow" if high < PROMISED else "too wide" if low > PROMISED else "about right"


def hits(given: Iterable[Settlement]) -> Hits:
    """Settlements counted by how they came out."""
    outcomes = [one.outcome for one in given]
    order: tuple[Outcome, ...] = ("inside", "below", "above", "no reading", "waiting")
    return Hits(*(outcomes.count(outcome) for outcome in order))


def told(one: Settlement) -> str:
    """What became of a range, in a phrase: ``26 on 2026-10-30 is inside 25–33``."""
    span = span_of(one.low, one.high)
    if one.gone:
        return f"{span} on {one.by}: {one.gone}, the signal it forecasts, was deleted"
    if one.reading is None:
        late = f"{span} on {one.by}: nothing was measured since the bet was placed"
        return f"{span} waits for {one.by}" if one.outcome == "waiting" else late
    return f"{one.reading.value:.6g} on {one.reading.on} is {one.outcome} {span}"


def span_of(low: float, high: float) -> str:
    """A range as people read it; a dash beside a minus would be taken for one."""
    return f"{low:.6g}{' to ' if low < 0 or high < 0 else '–'}{high:.6g}"
