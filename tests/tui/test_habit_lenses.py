"""Drag, calibration and occasions: how we work, how sure we are, where we decide."""

from __future__ import annotations

import re
from typing import Any

import pytest
from filled import filled_state, project, turned
from hypothesis import given
from hypothesis import strategies as st
from sample import TODAY, ago

from store.operations import State
from store.records import Records
from tui.absence import why_absent
from tui.drawing import draw
from tui.perspective import perspectives
from tui.shapes import Bar, Scene, Tally


def absent(lens: str, record_id: str, **options: str) -> str | None:
    records = Records(filled_state(), 100)
    return why_absent(perspectives()[lens], records.find(record_id), records, turned(**options))


def told(view: Tally) -> list[tuple[str, float, str] | str]:
    """Headings as texts, bars as label, value and note."""
    return [bar.label if bar.heading else (bar.label, bar.value, bar.note) for bar in view.bars]


def test_what_drains_is_said_matter_by_matter() -> None:
    state = filled_state()
    state["bets"]["17"] |= {"state": "placed", "people": ["ben"]}
    state["bets"]["20"] |= {"state": "placed"}
    state["bets"]["22"] |= {"state": "placed", "links": [{"kind": "nests_in", "to": "M3"}]}
    assert told(project("drag", state)) == [
        "modes of placed bets",
        ("quest", 2, "B11 B12"),
        ("chip", 1, "B17"),
        "what missions name as drag",
        ("debt", 1, "M2"),
        ("waits", 1, "M2"),
        "placed bets on one person, or on nobody",
        ("(nobody)", 2, "B20 B22"),
        ("@ben", 2, "B11 B17"),
        ("@dara", 1, "B16"),
        "people on more than two placed bets",
        ("@ben", 3, "B11 B12 B17"),
    ]


def test_a_mission_with_more_placed_bets_than_people_is_held_against_them() -> None:
    state = filled_state()
    state["missions"]["2"]["people"] = []
    state["bets"]["12"]["people"] = ["ben"]
    bar = project("drag", state).bars[-1]
    assert (bar.label, bar.value, bar.mark) == ("M2 Teams get value in their first week", 2, 1)
    assert bar.note == "1 person: B11 B12"


@pytest.mark.parametrize(
    ("record_id", "reason"),
    [
        ("B13", "only placed bets drain; B13 is shaping"),
        ("M3", "M3 names no drag and has people enough; press F to fill in drag: waits, debt, interrupts"),
        ("M5", "M5 is closed"),
        ("B12", None),
    ],
)
def test_what_does_not_drain_is_absent_for_a_reason(record_id: str, reason: str | None) -> None:
    assert absent("drag", record_id) == reason


# ----------------------------------------------------------------------------------------------------------- calibration


def reviewed(*judged: tuple[int, bool, str]) -> dict[str, dict[str, dict[str, object]]]:
    decisions = {
        str(number): {
            "title": "x", "state": "reviewed", "confidence": confidence, "came_true": came_true, "driver": driver,
        }
        for number, (confidence, came_true, driver) in enumerate(judged, 1)
    }  # fmt: skip
    return {"decisions": decisions}


def test_a_band_is_held_against_what_was_said() -> None:
    view = project("calibration", reviewed(*((72, at < 7, "ben") for at in range(10)), (95, True, "anna")))
    assert view.bars[0] == Bar("everybody", 0, "11 decisions, Brier 0.19 (0 is best, 0.25 a coin)", "title", heading=True)
    sure, surest = view.bars[1:3]
    assert (sure.label, sure.value, sure.mark, sure.note) == ("said 70–79%", 70, 72, "7 of 10, 40–89 %: about right")
    assert sure.span == pytest.approx((39.7, 89.2), abs=0.1)
    assert (surest.label, surest.value, surest.note) == ("said 90–100%", 100, "1 of 1: 4 more needed")
    assert surest.span is None
    assert view.bars[3].note == "Brier = 0.00 for being off + 0.20 for chance − 0.01 for telling apart"
    assert (view.most, view.unit) == (100, "%")


@given(st.lists(st.tuples(st.integers(0, 20).map(lambda step: 5 * step), st.booleans()), min_size=5, max_size=30))
def test_what_a_brier_score_is_made_of_adds_up_as_it_is_shown(judged: list[tuple[int, bool]]) -> None:
    view = project("calibration", reviewed(*((sure, came_true, "ben") for sure, came_true in judged)))
    notes = [bar.note for bar in view.bars if bar.heading and "Brier" in bar.note]
    whole = re.search(r"Brier (\S+)", notes[0])
    assert whole is not None
    off, chance, apart = (round(100 * float(part)) for part in re.findall(r"[0-9]\.[0-9]+", notes[1]))
    assert off + chance - apart == round(100 * float(whole[1])), notes
    assert min(off, chance, apart) >= 0


def test_three_decisions_are_too_few_to_say() -> None:
    view = project("calibration", filled_state())
    assert told(view)[:2] == ["everybody", ("said 70–79%", 100, "1 of 1: 4 more needed")]
    assert view.bars[0].note == "2 decisions: too few to say, 3 more needed"


def test_everybody_has_a_curve_of_their_own_mine_first() -> None:
    view = project("calibration", filled_state(), turned(who="each"))
    assert told(view)[::2] == ["@anna", "@ben", ""]
    mine = project("calibration", filled_state(), turned(who="mine"))
    assert told(mine)[0] == "@anna" and len(mine.bars) == 3
    assert absent("calibration", "D33", who="mine") == "it is turned to mine; D33 is of @ben"


def test_what_was_said_stands_beside_the_line_of_those_who_are_right() -> None:
    state = reviewed(*((72, at < 7, "ben") for at in range(10)), (95, True, "anna"))
    view = project("calibration", state, turned(drawn="curve"))
    assert view.curve == ((0, 0), (100, 100))
    assert [(one.name, one.x, one.y, one.note) for one in view.points] == [
        ("70%", 72, 70, "said 70–79%: 7 of 10, 40–89 %: about right"),
        ("100%", 95, 100, "said 90–100%: 1 of 1: 4 more needed"),
    ]
    drawing = draw(view, Scene(Records(state, 1), TODAY), 80, 22)
    assert {drawing.find(f"D{number}") for number in range(1, 11)} == {drawing.find("D1")} != {None}
    each = project("calibration", state, turned(drawn="curve", who="each"))
    assert [one.name for one in each.points] == ["100% @anna", "70% @ben"]


def test_the_curve_shows_no_ranges_and_says_so() -> None:
    records = Records(ranges(30), 1)
    reason = why_absent(perspectives()["calibration"], records.find("B101"), records, turned(drawn="curve"))
    assert reason == "B101 is a bet: the curve is of decisions; turn drawn to bars"


def ranges(*values: float | None, by: str = ago(10)) -> State:
    """Bets that forecast 25–33, each of a signal of its own with that reading, or none."""
    signals: dict[str, Any] = {}
    bets: dict[str, Any] = {}
    for number, value in enumerate(values, 1):
        taken = [] if value is None else [{"on": ago(12), "value": value}]
        signals[str(number)] = {"statement": "x", "readings": taken}
        forecast = {"signal": f"S{number}", "low": 25, "high": 33, "by": by}
        bets[str(100 + number)] = {"title": "x", "state": "released", "people": ["ben"], "forecast": forecast}
    return {"signals": signals, "bets": bets}


def test_ranges_are_held_against_what_was_measured() -> None:
    view = project("calibration", ranges(*[30] * 8, 20, 99, None))
    head, held, unread, _ = view.bars
    assert (head.label, head.note, head.heading) == ("90 % ranges of everybody", "10 settled, 1 below, 1 above", True)
    assert (held.label, held.value, held.mark, held.note) == (
        "held", 80, 90, "8 of 10, 49–94 %: about right",
    )  # fmt: skip
    assert held.span == pytest.approx((49.0, 94.3), abs=0.1) and len(held.records) == 10
    assert (unread.label, unread.note) == ("not measured", "1: nobody read the signal in time")
    drawing = draw(view, Scene(Records(ranges(30), 1), TODAY, "anna"), 60, 20)
    lines = ["".join(span.text for span in drawing.line(at)).rstrip() for at in range(drawing.height)]
    assert "  not measured 1: nobody read the signal in time" in lines, "no share, and never cut"


def test_ranges_whose_signal_was_deleted_are_told_apart_from_those_nobody_measured() -> None:
    state = ranges(30, None, None)
    del state["signals"]["3"]
    unread, gone = project("calibration", state).bars[2:4]
    assert (unread.label, unread.records) == ("not measured", (Records(state, 1).find("B102"),))
    assert (gone.label, gone.note) == ("not measurable", "1: the signal was deleted")


def test_a_few_ranges_say_nothing_but_how_many_are_needed() -> None:
    view = project("calibration", ranges(30, 20), turned(who="each"))
    assert (view.bars[0].label, view.bars[0].note) == (
        "90 % ranges of @ben",
        "2 settled, 1 below: too few to say, 8 more needed",
    )
    assert (view.bars[1].note, view.bars[1].span, view.bars[1].token) == ("1 of 2", None, "faint")
    assert project("calibration", ranges(30), turned(who="mine")).bars == ()


def test_a_range_that_does_not_count_says_why() -> None:
    state = ranges(30, 30, by=ago(-5))
    state["bets"]["102"] |= {"forecast": None}
    records = Records(state, 200)
    reasons = [why_absent(perspectives()["calibration"], records.find(one), records, turned()) for one in ("B101", "B102")]
    assert reasons == [
        f"the range of B101 is settled once {ago(-5)} has passed",
        "B102 forecasts no range of a signal; press F to fill in signal, low, high and by",
    ]


def test_what_does_not_count_says_what_it_lacks() -> None:
    assert absent("calibration", "D32") == "D32 is still open; it counts once it is decided and came true is filled in"
    state = filled_state()
    del state["decisions"]["33"]["came_true"]
    records = Records(state, 100)
    reason = why_absent(perspectives()["calibration"], records.find("D33"), records, turned())
    assert reason == "D33 has no came true; press F to fill it in"


# ------------------------------------------------------------------------------------------------------------- occasions


def test_decisions_are_counted_by_occasion_and_how_they_solved_it() -> None:
    view = project("occasions", filled_state())
    assert (view.columns, view.counts) == (("resolution", "oversight", "flight", "not said"), True)
    assert [(row.title, *(len(cell.records) for cell in row.cells), row.note) for row in view.rows] == [
        ("Weekly", 1, 0, 0, 1, "1/1 resolved"),
        ("(no occasion)", 0, 0, 1, 0, "0/1 resolved"),
    ]
    assert view.keys == ("resolution", "oversight", "flight", None)


def test_a_decision_that_says_nothing_of_it_is_absent() -> None:
    records = Records({"decisions": {"1": {"title": "x"}}}, 9)
    reason = why_absent(perspectives()["occasions"], records.find("D1"), records, turned())
    assert reason == "D1 says neither its occasion nor how it solved its problem; press F to fill them in"
