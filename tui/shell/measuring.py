"""Verbs that measure: reading."""

from __future__ import annotations

from store.errors import UsageError
from store.forecasts import readings, settlements, signal_of, told
from store.measuring import measured
from store.model import Signal
from store.parts import Reading
from store.quoting import quoted
from tui.perspectives._measured import TREND, sparkline
from tui.shell.output import put
from tui.shell.printing import print_objects
from tui.shell.session import Session, as_object
from tui.shell.verb import Argument, Given, Verb
from tui.text import safe


def _reading(session: Session, given: Given) -> int:
    found, *words = given.words
    signal = session.records.find(found)
    if not isinstance(signal, Signal):
        raise UsageError(f"{signal.id} is a {signal.noun}: only a signal is measured.\nTry: many ls signals")
    if words:
        texts = {"value": words[0], "on": " ".join(words[1:])}
        session.perform(measured(signal, texts, session.today))
        signal = session.records.find(signal.id)
        assert isinstance(signal, Signal)
    _print(session, signal, whole=not words)
    return 0


def _print(session: Session, signal: Signal, *, whole: bool) -> None:
    """The signal on a line and the ranges forecast of it; with ``whole`` every reading above them, oldest first."""
    if session.flags.is_machine:
        print_objects(session, [as_object(signal)], alone=True)
        return
    taken = readings(signal)
    for one in taken if whole else ():
        put(f"{one.on}  {one.value:.10g}")
    put(safe(_line(signal, taken)))
    for found in settlements(session.records, session.today):
        if signal_of(found.bet, session.records) == signal:
            put(safe(f"{found.bet.id}  {told(found)}  {quoted(found.bet.label, 120)}"))


def _line(signal: Signal, taken: list[Reading]) -> str:
    unit = f" {signal.unit}" if signal.unit else ""
    ends = [f"{end:.6g}" if end is not None else "?" for end in (signal.from_value, signal.to_value)]
    way = f"{' → '.join(ends)}{unit}" + (f" by {signal.by}" if signal.by else "") if ends != ["?", "?"] else ""
    now = f"{taken[-1].value:.6g}{unit}" if taken else "nothing was measured yet"
    trend = sparkline([one.value for one in taken[-TREND:]])
    return "  ".join(filter(None, (signal.id, now, trend, way, quoted(signal.label, 120))))


VERBS = (
    Verb(
        "reading",
        "Write down what a signal measured, or show what was",
        _reading,
        (
            Argument("ID", "a signal, such as S12"),
            Argument("VALUE", "what was measured; without one, the readings are printed", 0),
            Argument("DAY", "when, such as yesterday, -3d or 2026-11-01; today unless said", 0, several=True),
        ),
        examples=(("many reading S12 41", "today"), ("many reading S12 38.5 yesterday", ""), ("many reading S12", "")),
        about="A second reading of the same day replaces the first. Ranges that bets forecast settle against the readings.",
        takes_text=True,
    ),
)
