"""The input tree: what hangs from which signal, what was forecast beside what was read."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import TODAY, ago

from store.operations import State
from store.parts import Forecast
from store.records import Records
from tui.absence import why_absent
from tui.drawing import Drawing, Spot, draw
from tui.perspective import perspectives
from tui.perspectives._measured import TICKS, sparkline, verdict
from tui.shapes import Scene, Tree
from tui.viewpoint import Viewpoint

LENS = perspectives()["signals"]
VIEW = Viewpoint(TODAY)


def drives(*targets: str) -> dict[str, Any]:
    return {"links": [{"kind": "drives", "to": target} for target in targets]}


def signals(**documents: dict[str, Any]) -> dict[str, Any]:
    return {key[1:]: {"statement": key, **one} for key, one in documents.items()}


def project(state: State, viewpoint: Viewpoint = VIEW) -> Tree:
    view = LENS.project(Records(state, 100), viewpoint)
    assert isinstance(view, Tree)
    return view


def rows(state: State) -> list[tuple[int, str, str]]:
    return [(row.depth, row.record.id if row.record else row.title, row.note) for row in project(state).branches]


STATE: State = {
    "signals": signals(
        S1={"kind": "input", "unit": "%", **drives("S2"), "from_value": 21, "to_value": 35, "lag": "a week",
            "gaming": "hide results", "readings": [{"on": ago(9), "value": 26}, {"on": ago(99), "value": 22}]},
        S2={"kind": "north-star", "by": ago(-30), "unit": "households"},
    ),
    "missions": {"3": {"title": "m", **drives("S1")}},
    "bets": {
        "4": {"title": "four", "state": "placed",
              "forecast": {"signal": "S1", "from_value": 23, "to_value": 30, "low": 25, "high": 33}},
        "5": {"title": "five", "state": "option", **drives("S1", "S2")},
        "6": {"title": "six", "state": "placed"},
        "7": {"title": "seven", "state": "settled", **drives("S2")},
    },
}  # fmt: skip


def test_signals_hang_from_what_they_move_and_bets_from_every_signal_they_drive() -> None:
    assert rows(STATE) == [
        (0, "S2", ""),
        (5, "north-star · in households", ""),
        (1, "S1", ""),
        (6, "input · read 9 d ago · lags a week · gamed by: hide results", ""),
        (2, "M3", ""),
        (2, "B4", ""),
        (2, "B5", ""),
        (1, "B5", ""),
    ]


def test_a_row_tells_the_way_the_newest_reading_and_how_the_forecast_stands() -> None:
    records = Records(STATE, 100)
    drawing = draw(project(STATE), Scene(records, TODAY), 100, 24)
    lines = {spot.record_id: spot.y for spot in map(drawing.spot, range(drawing.spots))}
    text = {name: "".join(span.text for span in drawing.line(y)).split() for name, y in lines.items()}
    assert text["S1"][-6:] == ["21", "→", "35", "26", "%", "▁█"]
    assert text["B4"][-6:] == ["23", "→", "30", "26", "in", "25–33"]
    assert text["S2"][-6:] == ["–", "no", "reading", "in", "4", "w"]
    assert text["B5"][-2:] == ["no", "forecast"]


def test_once_its_day_has_passed_a_range_was_held_or_missed_by_what_was_read_then() -> None:
    forecast = {"signal": "S1", "low": 25, "high": 33, "by": ago(5)}
    state: State = {
        "signals": signals(S1={"readings": [{"on": ago(6), "value": 26}, {"on": ago(1), "value": 99}]}),
        "bets": {
            "4": {"title": "four", "state": "placed", "forecast": forecast},
            "5": {"title": "five", "state": "placed", "forecast": {**forecast, "low": 27}},
        },
    }
    drawing = draw(project(state), Scene(Records(state, 100), TODAY), 100, 24)
    lines = {spot.record_id: "".join(span.text for span in drawing.line(spot.y)).split() for spot in spots(drawing)}
    assert lines["B4"][-6:-3] == ["26", "held", "25–33"]
    assert lines["B5"][-6:-3] == ["26", "below", "27–33"]


def spots(drawing: Drawing) -> list[Spot]:
    return [drawing.spot(index) for index in range(drawing.spots)]


def test_what_one_is_held_to_asks_how_it_could_be_gamed() -> None:
    state: State = {"signals": signals(S1={"use": "steer"}, S2={"use": "learn"}, S3={"use": "report", "gaming": "hide"})}
    said = [title for _, title, _ in rows(state)]
    assert [text for text in said if text.startswith("to ")] == [
        "to steer · how could it be gamed?", "to learn", "to report · gamed by: hide",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "value", "said"),
    (
        (10, 20, 17, ("in 15–19", "good")), (10, 20, 12, ("short of 15–19", "warn")), (10, 20, 22, ("past 15–19", "good")),
        (20, 10, 12, ("past 15–19", "good")), (20, 10, 22, ("short of 15–19", "warn")),
        (None, 20, 12, ("below 15–19", "info")), (None, None, 22, ("above 15–19", "info")),
        (10, 20, None, ("no reading", "dim")),
    ),
)  # fmt: skip
def test_short_of_a_forecast_depends_on_which_way_it_goes(
    first: float | None, last: float | None, value: float | None, said: tuple[str, str]
) -> None:
    assert verdict(Forecast(from_value=first, to_value=last, low=15, high=19), value) == said


def test_a_signal_that_moves_two_is_followed_under_the_first() -> None:
    state = {"signals": signals(S1={}, S2={}, S3=drives("S1", "S2"), S4=drives("S3"))}
    assert [row for row in rows(state) if row[1]] == [
        (0, "S1", ""), (1, "S3", ""), (2, "S4", ""), (0, "S2", ""), (1, "S3", "stands under S1"),
    ]  # fmt: skip


def test_signals_that_move_each_other_are_not_lost() -> None:
    state: State = {
        "signals": signals(S1=drives("S2"), S2=drives("S1"), S3=drives("S3")),
        "bets": {"4": {"title": "x", **drives("S2")}},
    }
    assert rows(state) == [
        (0, "S3", ""),
        (1, "S3", "stands under itself"),
        (0, "", ""),
        (0, "moving each other in a circle", ""),
        (0, "S1", ""),
        (1, "S2", ""),
        (0, "S2", ""),
        (1, "S1", ""),
        (1, "B4", ""),
    ]


def test_a_bet_that_moves_nothing_is_told_what_to_fill_in() -> None:
    records = Records(STATE, 100)
    assert why_absent(LENS, records.find("B6"), records, VIEW) == (
        "B6 moves no signal; press > to link it with drives, or give its forecast a signal"
    )
    assert why_absent(LENS, records.find("B7"), records, VIEW) == "B7 is settled; O or & turns finished to shown"
    gone = Records({"bets": {"1": {"title": "x", **drives("S9")}}}, 10)
    assert why_absent(LENS, gone.find("B1"), gone, VIEW) == "what it moves, S9, does not appear"


def test_a_chain_of_thousands_is_followed_to_its_end() -> None:
    chain = {str(n): {"statement": "x", **(drives(f"S{n - 1}") if n > 1 else {})} for n in range(1, 1500)}
    assert rows({"signals": chain})[-1] == (1498, "S1499", "")


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_a_trend_is_as_long_as_its_readings_and_rises_with_them(values: list[float]) -> None:
    line = sparkline(values)
    assert len(line) == len(values)
    drawn = sorted(zip(values, map(TICKS.index, line), strict=True))
    heights = [height for _, height in drawn]
    assert heights == sorted(heights)
    assert min(values) == max(values) or (heights[0], heights[-1]) == (0, len(TICKS) - 1)
