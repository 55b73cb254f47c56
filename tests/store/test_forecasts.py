"""Ranges against readings: which reading settles one, how it came out, and what can be said of several."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import Refused, UsageError
from store.forecasts import FEWEST, Hits, Settlement, forecasters, hits, settlement, settlements, told
from store.measuring import measured
from store.model import Bet, Signal
from store.parts import Forecast, Reading
from store.records import Records

TODAY = date(2026, 11, 22)
BY = date(2026, 10, 31)


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def bet(**fields: Any) -> Bet:
    given = {"state": "released", "placed_on": day("08-01"), **fields}
    forecast = Forecast(signal="S1", low=25, high=33, by=given.pop("by", BY))
    return Bet.model_validate({"id": "B2", "title": "x", "forecast": forecast, **given})


def signal(**values: float) -> Signal:
    """A signal with readings, each named by its month and day: ``d1030=26``."""
    return Signal(
        id="S1", statement="x", readings=tuple(Reading(on=day(f"{k[1:3]}-{k[3:]}"), value=v) for k, v in values.items())
    )


def outcome(one: Signal | None, today: date = TODAY, **fields: Any) -> tuple[str, str]:
    found = settlement(bet(**fields), one, today)
    assert found is not None
    return found.outcome, str(found.reading.on) if found.reading else ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [(24.9, "below"), (25, "inside"), (33, "inside"), (33.1, "above")],
)
def test_a_range_holds_with_its_ends(value: float, expected: str) -> None:
    assert outcome(signal(d1030=value)) == (expected, "2026-10-30")


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ({"d1001": 10, "d1030": 30, "d1101": 99}, ("inside", "2026-10-30")),  # the newest up to the day
        ({"d1031": 30}, ("inside", "2026-10-31")),  # the day itself counts
        ({"d1105": 99, "d1101": 30}, ("inside", "2026-11-01")),  # none up to the day: the first after it
        ({"d0801": 30, "d0701": 30}, ("no reading", "")),  # from before it was placed, or of the same day
        ({"d1201": 30}, ("no reading", "")),  # still to come
        ({}, ("no reading", "")),
    ],
)
def test_which_reading_settles_it(readings: dict[str, float], expected: tuple[str, str]) -> None:
    assert outcome(signal(**readings)) == expected


def test_it_waits_until_its_day_has_passed() -> None:
    good = signal(d1030=30)
    assert outcome(good, BY) == ("waiting", "")
    assert outcome(good, BY + timedelta(1)) == ("inside", "2026-10-30")


def test_a_signal_that_is_gone_was_never_read() -> None:
    assert outcome(None) == ("no reading", "")


@pytest.mark.parametrize("state", ["option", "shaping", "parked", "stopped"])
def test_what_is_not_tried_promises_nothing(state: str) -> None:
    assert settlement(bet(state=state), signal(d1030=30), TODAY) is None


def test_without_a_range_or_a_day_there_is_nothing_to_settle() -> None:
    for forecast in (None, Forecast(signal="S1", low=1, by=BY), Forecast(signal="S1", low=1, high=2)):
        assert settlement(bet(forecast=forecast), signal(d1030=30), TODAY) is None


def test_a_range_without_a_day_of_its_own_is_for_the_day_the_bet_is_to_settle() -> None:
    found = settlement(bet(by=None, settle_by=BY), signal(d1030=26, d1110=40), TODAY)
    assert found is not None and (found.by, found.outcome) == (BY, "inside")
    later = settlement(bet(settle_by=day("12-24")), signal(d1030=26), TODAY)
    assert later is not None and later.by == BY


def test_a_range_typed_the_wrong_way_round_is_the_same_range() -> None:
    turned = Forecast(signal="S1", low=33, high=25, by=BY)
    found = settlement(bet(forecast=turned), signal(d1030=30), TODAY)
    assert found is not None and (found.low, found.high, found.outcome) == (25, 33, "inside")


def test_in_a_phrase() -> None:
    phrases = [told(settlement(bet(), one, TODAY)) for one in (signal(d1030=26), signal(d1030=20.5), signal())]  # type: ignore[arg-type]
    assert phrases == [
        "26 on 2026-10-30 is inside 25–33",
        "20.5 on 2026-10-30 is below 25–33",
        "25–33 on 2026-10-31: nothing was measured since the bet was placed",
    ]
    waiting = settlement(bet(), signal(), BY)
    assert waiting is not None and told(waiting) == "25–33 waits for 2026-10-31"


def test_of_a_signal_that_was_deleted_it_says_so() -> None:
    for today in (BY, TODAY):
        found = settlement(bet(), None, today)
        assert found is not None and told(found) == "25–33 on 2026-10-31: S1, the signal it forecasts, was deleted"
    unnamed = settlement(bet(forecast=Forecast(low=25, high=33, by=BY)), None, TODAY)
    assert unnamed is not None and "deleted" not in told(unnamed)


def test_it_is_of_everybody_on_the_bet() -> None:
    assert forecasters(bet(people=("anna", "ben"))) == ("anna", "ben")
    assert forecasters(bet(created_by="cleo")) == ("cleo",)


def test_every_range_of_a_workspace_once() -> None:
    forecast = {"signal": "S1", "low": 25, "high": 33, "by": str(BY)}
    state: dict[str, dict[str, Any]] = {
        "signals": {"1": {"statement": "x", "readings": [{"on": "2026-10-30", "value": 26}]}},
        "bets": {
            "2": {"title": "x", "state": "placed", "forecast": forecast},
            "3": {"title": "x", "state": "placed", "forecast": {**forecast, "low": 27}},
            "4": {"title": "x", "state": "placed"},
            "5": {"title": "x", "state": "placed", "forecast": forecast, "archived": True},
            "6": {"title": "x", "state": "placed", "forecast": {**forecast, "signal": "S9"}},
        },
    }
    found = settlements(Records(state, 9), TODAY)
    assert [(one.bet.id, one.outcome) for one in found] == [("B2", "inside"), ("B3", "below"), ("B6", "no reading")]
    assert hits(found) == Hits(inside=1, below=1, unread=1)


def test_nothing_is_said_of_a_few_and_chance_is_no_fault() -> None:
    assert FEWEST == 10
    assert (Hits(inside=0, below=9).verdict, Hits(inside=0, below=9).wanting) == ("too few to say", 1)
    assert Hits(inside=9, above=1).verdict == "about right"
    assert Hits(inside=8, below=2).verdict == "about right"
    assert Hits(inside=5, below=5).verdict == "too narrow"
    assert Hits(inside=40).verdict == "too wide"
    assert Hits(inside=9, below=1, unread=7, waiting=3).settled == 10


OUTCOMES = st.sampled_from(["inside", "below", "above", "no reading", "waiting"])


@given(st.lists(OUTCOMES, max_size=30))
def test_counts_add_up(outcomes: list[Any]) -> None:
    found = hits(Settlement(bet(), 1, 2, BY, outcome) for outcome in outcomes)
    assert found.settled == sum(outcome in ("inside", "below", "above") for outcome in outcomes)
    assert sum(found) == len(outcomes)


# ------------------------------------------------------------------------------------------------------------- measuring


def test_a_reading_takes_its_place_among_the_others() -> None:
    step = measured(signal(d1030=26, d0930=22), {"value": "30", "on": "2026-10-15"}, TODAY)
    (change,) = step.changes
    assert isinstance(change.after, Signal)
    assert [(str(one.on), one.value) for one in change.after.readings] == [
        ("2026-09-30", 22), ("2026-10-15", 30), ("2026-10-30", 26),
    ]  # fmt: skip
    assert step.why == "read S1 x: 30 on 2026-10-15"


def test_a_second_reading_of_a_day_replaces_the_first_and_says_so() -> None:
    step = measured(signal(d1122=26), {"value": "30 %"}, TODAY)
    (change,) = step.changes
    assert isinstance(change.after, Signal) and change.after.readings == (Reading(on=TODAY, value=30),)
    assert step.why == "read S1 x: 30 instead of 26 on 2026-11-22"


@pytest.mark.parametrize("value", ["", "many", "nan", "inf"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(UsageError):
        measured(signal(), {"value": value}, TODAY)


def test_what_is_still_to_come_cannot_have_been_measured() -> None:
    with pytest.raises(Refused, match="2026-11-23 is still to come"):
        measured(signal(), {"value": "3", "on": "tomorrow"}, TODAY)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(-5, 5)), max_size=8))
def test_measuring_day_by_day_keeps_one_reading_a_day_in_order(taken: list[tuple[int, int]]) -> None:
    held, expected = signal(), {}
    for back, value in taken:
        on = TODAY - timedelta(back)
        (change,) = measured(held, {"value": str(value), "on": str(on)}, TODAY).changes
        assert isinstance(change.after, Signal)
        held, expected[on] = change.after, float(value)
    assert [(one.on, one.value) for one in held.readings] == sorted(expected.items())
