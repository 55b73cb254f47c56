"""The key that writes down what a signal measured."""

from __future__ import annotations

import pytest
from sample import TODAY, ago, sample_state

from store.errors import Refused
from store.model import Signal
from store.parts import Reading
from store.records import Records
from store.step import Step
from tui.command import Context, registry

MEASURE = registry().commands["signal.read"]


def on(record_id: str, *marked: str) -> Context:
    state = sample_state()
    state["signals"]["51"]["readings"] = [{"on": ago(9), "value": 26}, {"on": ago(30), "value": 22}]
    records = Records(state, 100)
    return Context(records, TODAY, "anna", chosen=records.find(record_id), marked=tuple(map(records.find, marked)))


def test_it_is_one_key_and_asks_for_a_value_with_the_day_filled_in() -> None:
    assert MEASURE.keys == ("r",)
    ask = MEASURE.asks(on("S51"))
    assert ask is not None
    assert [(one.field.path, one.initial) for one in ask.questions] == [("value", ""), ("on", TODAY.isoformat())]
    assert (ask.first, ask.note, ask.anyway) == ("value", f"Last: 26 teams on {ago(9)}.", True)


def test_the_value_becomes_a_reading_of_that_day() -> None:
    step = MEASURE.run(on("S51"), {"value": "31", "on": ago(2)})
    assert isinstance(step, Step)
    (change,) = step.changes
    assert isinstance(change.after, Signal)
    assert change.after.readings[-1] == Reading.model_validate({"on": ago(2), "value": 31})
    assert len(change.after.readings) == 3
    with pytest.raises(Refused, match="still to come"):
        MEASURE.run(on("S51"), {"value": "31", "on": ago(-1)})


def test_it_is_for_one_signal() -> None:
    assert MEASURE.refuse(on("B11")) == "Only a signal is measured. C gives my reading of any record."
    assert MEASURE.refuse(on("S51", "S51", "B11")) == "One signal at a time: each has a value of its own."
    assert MEASURE.refuse(on("S51")) is None
