"""`many reading`: what a signal measured, written down in one line and read back."""

from __future__ import annotations

from collections.abc import Callable

from conftest import Many

from store.model import Signal
from store.records import Records


def test_a_reading_is_written_down_and_read_back(many: Many, records: Callable[[], Records]) -> None:
    many("signal", "Households", "that", "find", "it", "unit:%", "from:21", "to:35")
    first = many("reading", "S1", "26", "-9d")
    assert (first.code, first.err) == (
        0, "read S1 Households that find it: 26 on 2026-11-13. many undo takes it back\n",
    )  # fmt: skip
    assert many("reading", "s1", "30").out == "S1  30 %  ▁█  21 → 35 %  Households that find it\n"
    signal = records().find("S1")
    assert isinstance(signal, Signal) and [(str(one.on), one.value) for one in signal.readings] == [
        ("2026-11-13", 26), ("2026-11-22", 30),
    ]  # fmt: skip
    assert many("reading", "S1").out == (
        "2026-11-13  26\n2026-11-22  30\nS1  30 %  ▁█  21 → 35 %  Households that find it\n"
    )
    assert many("reading", "S1", "--json").data["readings"] == [
        {"on": "2026-11-13", "value": 26.0}, {"on": "2026-11-22", "value": 30.0},
    ]  # fmt: skip


def test_below_nought_and_the_ranges_that_were_forecast(many: Many) -> None:
    many("signal", "Degrees")
    many("bet", "Cool it")
    assert many("set", "B2", "forecast.signal=S1", "forecast.low=-9", "forecast.high=-2", "forecast.by=-1d").code == 0
    many("link", "B2", "informs", "S1")
    many("mission", "Cold")
    many("link", "B2", "nests_in", "M5")
    assert many("set", "B2", "state=placed", "settle_by=+6w", "pivot_if=never", "placed_on=-30d").code == 0
    assert many("reading", "S1", "-3.5", "-2d").out == (
        "S1  -3.5  ▄  Degrees\nB2  -3.5 on 2026-11-20 is inside -9 to -2  Cool it\n"
    )


def test_what_is_no_signal_no_number_or_still_to_come_is_said_and_changes_nothing(many: Many) -> None:
    many("signal", "Degrees")
    many("bet", "Cool it")
    for words, code, said in (
        (("B2", "3"), 2, "B2 is a bet: only a signal is measured."),
        (("S1", "much"), 2, "value cannot be 'much'. It takes a number."),
        (("S1", "3", "tomorrow"), 1, "2026-11-23 is still to come"),
        (("S1", "3", "whenever"), 2, "whenever is not a date"),
        (("S9", "3"), 4, "There is no record S9"),
    ):
        result = many("reading", *words)
        assert (result.code, said in result.err) == (code, True), result
    assert many("reading", "S1").out == "S1  nothing was measured yet  Degrees\n"


def test_a_range_the_wrong_way_round_is_not_kept(many: Many) -> None:
    many("bet", "Cool it")
    done = many("set", "B1", "forecast.low=40", "forecast.high=30")
    assert (done.code, done.err) == (2, "forecast: the low end 40 is above the high end 30. Nothing was changed.\n")
    assert "forecast" not in many("show", "B1", "--json").data
