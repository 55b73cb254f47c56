"""Tallies: bars on one scale; a bar that stands for records leads to the first of them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.model import Bet
from store.records import Records
from tui.drawing.tally import TallyDrawing
from tui.plain import body_lines
from tui.shapes import Bar, Scene, Tally

SCENE = Scene(Records({}, 0), date(2026, 11, 22))
BETS = tuple(Bet(id=f"B{number}", title=f"Bet {number}") for number in range(1, 4))


def drawing(*bars: Bar, width: int = 50, most: float = 4) -> TallyDrawing:
    return TallyDrawing(Tally(bars, most, "bets"), SCENE, width, 20)


def test_bars_share_one_scale_and_their_columns() -> None:
    shown = drawing(Bar("explore", 4, "half"), Bar("run", 2), Bar("improve", 0.01), Bar("deliver", 0))
    assert list(body_lines(shown)) == [
        "  explore █████████████████████████    4 bets half",
        "  run     ████████████                 2 bets",
        "  improve ▏                         0.01 bets",
        "  deliver                              0 bets",
    ]


def test_a_bar_leads_to_its_first_record_and_is_found_by_all() -> None:
    shown = drawing(Bar("none", 0), Bar("some", 2, records=BETS[:2]), Bar("one", 1, records=BETS[2:]))
    assert [shown.spot(index).record_id for index in range(shown.spots)] == ["B1", "B3"]
    assert (shown.find("B2"), shown.find("B3"), shown.find("B9")) == (0, 1, None)
    assert (shown.spot(0).y, shown.on_line(0), shown.on_line(1), shown.heading(1)) == (1, (), (0,), "one")
    assert (shown.step(0, "down"), shown.step(1, "down"), shown.step(1, "left")) == (1, 1, 1)


def test_headings_stand_apart_and_a_mark_on_its_bar() -> None:
    shown = drawing(
        Bar("first", 0, "of two", heading=True), Bar("a", 4, mark=2), Bar("second", 0, heading=True),
        Bar("b", 1, records=BETS[:1], mark=4), width=30,
    )  # fmt: skip
    assert list(body_lines(shown)) == [
        "first  of two",
        "  a ██████████│████████ 4 bets",
        "",
        "second",
        "  b █████             │ 1 bets",
    ]
    assert (shown.spot(0).y, shown.on_line(4), shown.on_line(2), shown.heading(0)) == (4, (0,), (), "b")


def test_a_note_too_long_for_its_heading_stands_below_it() -> None:
    shown = drawing(
        Bar("first", 0, "too few to say so far", heading=True), Bar("a", 4, records=BETS[:1]),
        Bar("", 0, "█ so many   │ held against", heading=True), width=22,
    )  # fmt: skip
    lines = list(body_lines(shown))
    assert lines[:3] == ["first", "  too few to say so", "  far"]
    assert lines[4:] == ["", "  █ so many   │ held", "  against"]
    assert (shown.spot(0).y, shown.heading(0)) == (3, "a")


@given(st.integers(10, 120), st.lists(st.tuples(st.text(max_size=40), st.floats(0, 1e6), st.text(max_size=40)), max_size=5))
def test_no_bar_is_wider_than_its_room(width: int, bars: list[tuple[str, float, str]]) -> None:
    shown = drawing(*(Bar(label, value, note) for label, value, note in bars), width=width, most=10)
    assert all(cell_len(line) <= width for line in body_lines(shown))


def test_where_the_truth_may_lie_is_laid_over_the_bar() -> None:
    shown = drawing(Bar("a", 2, span=(1, 4), mark=3), Bar("b", 0, span=(0, 1)), Bar("c", 4, span=(3, 4)), width=32)
    assert [line[4:26] for line in body_lines(shown)] == [
        "█████▓▓▓▓▓░░░░░░│░░░░ ", "░░░░░                 ", "████████████████▓▓▓▓▓ ",
    ]  # fmt: skip
