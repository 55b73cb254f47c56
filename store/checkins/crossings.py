"""Which bets crossed a line: where turning or going further was promised.  Pure: the day is passed in.

``pivot_if`` and ``proceed_if`` are sentences, so nothing here can say that one came true.  What it can say: that the signal
of the bet's forecast left the way that was forecast, or that somebody wrote an update tagged ``pivot`` or ``proceed``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from store.derived import created_in
from store.forecasts import due_on, readings, signal_of, span_of
from store.index import Index
from store.model import Bet, Update
from store.parts import Forecast, Reading
from store.records import Records

Line = Literal["pivot", "proceed", "pivot or proceed"]
MARKS: tuple[Line, ...] = ("pivot", "proceed")
"""Tags of an update by which somebody says that a line was crossed."""


class Crossing(NamedTuple):
    """A bet, the line it seems to have crossed, why, and on which day first; ``marked`` where somebody said so."""

    bet: Bet
    line: Line
    why: str
    on: date | None
    marked: bool = False

    @property
    def promised(self) -> str:
        """What the bet says of that line; "" where it says nothing."""
        texts = {"pivot": self.bet.pivot_if, "proceed": self.bet.proceed_if}
        return " / ".join(texts[name].strip() for name in MARKS if name in self.line and texts[name].strip())


RUNNING = Index(
    (Bet,),
    lambda record: (True,) if record.standing in ("placed", "released") and not record.archived else (),
    lambda record: (record.placed_on or date.max) if isinstance(record, Bet) else date.max,
)
"""Bets that are placed or released, the oldest first."""


def running(records: Records) -> tuple[Bet, ...]:
    """The bets that are placed or released, the oldest first."""
    return records.group(RUNNING, True)  # type: ignore[return-value]


def crossings(records: Records, today: date) -> tuple[Crossing, ...]:
    """The lines that bets which are placed or released have crossed, each once, bet by bet, the oldest first."""
    return tuple(one for bet in running(records) for one in _crossed(bet, records, today))


def _crossed(bet: Bet, records: Records, today: date) -> list[Crossing]:
    """What somebody said and what was measured: where both mean one line, one crossing with both reasons."""
    found = list(_marked(bet, records))
    for one in _measured(bet, records, today):
        at = next((at for at, said in enumerate(found) if said.line in one.line), len(found))
        found[at : at + 1] = [_both(said, one) for said in found[at : at + 1]] or [one]
    return found


def _both(said: Crossing, measured: Crossing) -> Crossing:
    days = [day for day in (said.on, measured.on) if day is not None]
    return said._replace(why=f"{said.why}; {measured.why}", on=min(days, default=None))


def _marked(bet: Bet, records: Records) -> Iterator[Crossing]:
    """The newest update since the bet was placed that says so, for each line."""
    said = [one for one in records.about(bet.id) if isinstance(one, Update) and one.tags and _is_since(one, bet, records)]
    for line in MARKS:
        marks = [one for one in said if line in one.tags]
        if marks:
            who = f"@{marks[-1].created_by}" if marks[-1].created_by else "somebody"
            yield Crossing(bet, line, f"{who} says so: {marks[-1].label}", created_in(marks[-1], records), marked=True)


def _is_since(update: Update, bet: Bet, records: Records) -> bool:
    said = created_in(update, records)
    return bet.placed_on is None or said is None or said >= bet.placed_on


def _measured(bet: Bet, records: Records, today: date) -> Iterator[Crossing]:
    """What the newest reading since the bet was placed says of its forecast."""
    signal, forecast = signal_of(bet, records), bet.forecast
    if signal is None or forecast is None:
        return
    taken = [one for one in readings(signal) if one.on <= today and (bet.placed_on is None or one.on > bet.placed_on)]
    if taken and (found := _left(forecast, due_on(bet), taken[-1])) is not None:
        line, why = found
        yield Crossing(bet, line, f"{signal.id} reads {taken[-1].value:.6g} on {taken[-1].on}, {why}", taken[-1].on)


def _left(forecast: Forecast, by: date | None, reading: Reading) -> tuple[Line, str] | None:
    """Which line a reading is beyond, and of what; None while it is on the way that was forecast.

    Before its day only what went the wrong way is beyond the pivot line: who starts at 23 for 25–33 is below 25 at first.
    """
    value, first, last = reading.value, forecast.from_value, forecast.to_value
    ends = sorted(end for end in (forecast.low, forecast.high) if end is not None)
    span = span_of(ends[0], ends[1]) if len(ends) == 2 else ""
    over = by is not None and reading.on >= by
    if first is None or last is None or first == last:
        outside = len(ends) == 2 and not ends[0] <= value <= ends[1]
        return ("pivot or proceed", f"outside of {span}") if over and outside else None
    sign = 1 if last > first else -1
    far = sign * value
    if far >= sign * last or (span and far >= max(sign * end for end in ends)):
        return "proceed", f"as far as the forecast, {last:.6g}" if far >= sign * last else f"as far as {span} goes"
    if over and span and far < min(sign * end for end in ends):
        return "pivot", f"short of {span}"
    return ("pivot", f"further back than {first:.6g}, where it began") if far < sign * first else None
