"""Timelines: a lane a record, an axis whose ticks fit, today through all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.model import Bet
from store.records import Records
from tui.drawing.timeline import TimelineDrawing
from tui.plain import body_lines
from tui.shapes import Lane, Mark, Scene, Timeline

TODAY = date(2026, 11, 22)
SCENE = Scene(Records({}, 0), TODAY)
BET = Bet(id="B12", title="Import from a spreadsheet", state="placed")


def lane(*days: date, stretch: bool = False, token: str = "doing") -> Lane:
    marks = tuple(Mark(day, "◆", "due", token) for day in days)
    return Lane(BET, marks, days[0] if stretch else None, days[-1] if stretch else None, token)


def view(*lanes: Lane, before: int = 30, after: int = 90) -> Timeline:
    return Timeline(lanes, TODAY - timedelta(before), TODAY + timedelta(after), TODAY, "◆ due")


def lines(shown: Timeline, width: int = 80) -> list[str]:
    return list(body_lines(TimelineDrawing(shown, SCENE, width, 24)))


def day(away: int) -> date:
    return TODAY + timedelta(away)


def test_a_lane_shows_its_stretch_its_days_and_today() -> None:
    assert lines(view(lane(day(-20), day(60), stretch=True), lane(day(10)))) == [
        "  ▼ 22 Nov 2026  ◆ due",
        "                                 Nov       Dec      2027      Feb",
        "                               ──┼──────▼──┼────────┼─────────┼──────       next",
        "  B12    Import from a spread…    ◆───────────────────────◆           2027-01-21",
        "  B12    Import from a spread…          ╎  ◆                             in 10 d",
    ]


def test_a_lane_without_a_visible_day_points_to_where_it_lies() -> None:
    early, late = lines(view(lane(day(-200)), lane(day(400))))[3:]
    assert early[31] == "←" and late[68] == "→"


def test_a_stretch_goes_on_past_both_edges() -> None:
    (through,) = lines(view(lane(day(-200), day(400), stretch=True)))[3:]
    assert through[31:69] == "←" + "─" * 36 + "→"


@pytest.mark.parametrize(
    ("before", "after", "names"),
    [
        (7, 21, "16 Nov 23 Nov 30 Nov 7 Dec"),
        (14, 42, "16 Nov 30 Nov 14 Dec"),
        (30, 90, "Nov Dec 2027 Feb"),
        (180, 540, "Q3 Q4 '27 Q2 Q3 Q4 '28 Q2"),
        (60, 400, "Q4 2027 Q2 Q3 Q4"),
        (365, 1500, "2026 2027 2028 2029 2030"),
        (0, 20_000, "2030 2040 2050 2060 2070"),
    ],
)
def test_ticks_are_the_finest_whose_names_have_room(before: int, after: int, names: str) -> None:
    assert lines(view(lane(day(0)), before=before, after=after))[1].split() == names.split()


def test_the_next_day_is_told_in_words_and_the_last_one_when_all_have_passed() -> None:
    ahead, past = lines(view(lane(day(-9), day(3), day(80)), lane(day(-9), day(-2))))[3:]
    assert ahead.endswith("in 3 d") and past.endswith("2 d ago")


def test_a_day_that_asks_for_somebody_goes_before_the_next_one() -> None:
    late = lane(day(-9), day(3))._replace(asks=day(-9))
    assert lines(view(late))[3].endswith("9 d ago")


def test_of_the_legend_as_much_is_told_as_there_is_room_for() -> None:
    shown = view(lane(day(0)))._replace(legend="◆ due  ◇ review  ● start")
    assert lines(shown, 34)[0] == "  ▼ 22 Nov 2026  ◆ due  ◇ review"


def test_up_and_down_go_from_lane_to_lane() -> None:
    drawing = TimelineDrawing(view(lane(day(0)), lane(day(1))), SCENE, 80, 24)
    assert [drawing.step(0, "down"), drawing.step(1, "down"), drawing.step(1, "up"), drawing.step(0, "left")] == [1, 1, 0, 0]


def test_no_lanes_are_no_lines() -> None:
    assert lines(view()) == []


@given(st.integers(10, 200), st.dates(), st.dates(), st.dates(), st.dates())
def test_any_days_stay_inside_the_width(width: int, start: date, end: date, first: date, second: date) -> None:
    shown = Timeline((lane(first, second, stretch=True),), min(start, end), max(start, end), TODAY, "◆ due")
    assert all(cell_len(line) <= width for line in lines(shown, width))
