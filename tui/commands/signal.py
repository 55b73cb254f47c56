"""Commands on signals: write down what was measured."""

from __future__ import annotations

from store.changes import named
from store.measuring import ON, VALUE, measured
from store.model import Signal
from tui.command import Answers, Ask, Command, Context, Outcome, Question
from tui.commands._refusals import needs_stored


def _refuse(context: Context) -> str | None:
    if reason := needs_stored(context):
        return reason
    if len(context.targets) > 1:
        return "One signal at a time: each has a value of its own."
    return None if isinstance(context.targets[0], Signal) else "Only a signal is measured. C gives my reading of any record."


def _ask(context: Context) -> Ask:
    signal = context.targets[0]
    assert isinstance(signal, Signal)
    unit = f" {signal.unit}" if signal.unit else ""
    newest = max(signal.readings, key=lambda reading: reading.on, default=None)
    last = f"Last: {newest.value:.6g}{unit} on {newest.on}." if newest else "Nothing was measured yet."
    value = VALUE._replace(hint=f"a number{unit and ', in' + unit}")
    return Ask(
        f"Measured {named((signal,))}",
        (Question(value), Question(ON, context.today.isoformat())),
        first="value",
        note=last,
        anyway=True,
    )


def _measure(context: Context, answers: Answers) -> Outcome:
    signal = context.targets[0]
    assert isinstance(signal, Signal)
    return measured(signal, answers, context.today)


READ = Command("signal.read", "Measure", ("r",), "Write down what a signal measured.", _measure, _refuse, _ask)
COMMANDS = (READ,)
