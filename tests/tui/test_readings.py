"""The readings: side by side, never averaged, the widest spread first."""

from __future__ import annotations

import pytest
from sample import TODAY, said, sample_state

from store.records import Records
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.shapes import Grid, GridCell
from tui.viewpoint import Viewpoint

LENS = perspectives()["readings"]
VIEW = Viewpoint(TODAY, me="ben")


def project(state: object = None, viewpoint: Viewpoint = VIEW) -> Grid:
    view = LENS.project(Records(state or sample_state(), 100), viewpoint)  # type: ignore[arg-type]
    assert isinstance(view, Grid)
    return view


def test_rows_stand_by_how_far_people_differ_then_by_how_long_ago_it_was_said() -> None:
    assert [(row.key, row.note) for row in project().rows] == [
        ("M2", "100 apart"), ("B11", "50 apart"), ("B14", ""), ("B12", ""),
    ]  # fmt: skip


def test_everybody_has_a_column_mine_first_then_who_said_most() -> None:
    assert project().columns == ("@ben", "@anna", "@cleo", "@dara")


def test_a_cell_tells_confidence_health_and_how_long_ago() -> None:
    assert project().rows[1].cells == (
        GridCell(text="80% on track 3d", token="good", short="80% on 3d"),
        GridCell(text="40% at risk 9d", token="warn", short="40% risk 1w"),
        GridCell(),
        GridCell(),
    )


@pytest.mark.parametrize(
    ("days", "exactly", "roughly"),
    [(0, "0d", "0d"), (6, "6d", "6d"), (13, "13d", "1w"), (14, "2w", "2w"), (69, "9w", "9w"), (70, "10w", "2m"),
     (364, "52w", "12m"), (365, "1y", "1y"), (730, "2y", "2y")],
)  # fmt: skip
def test_how_long_ago_is_told_in_two_cells_where_there_is_little_room(days: int, exactly: str, roughly: str) -> None:
    state = sample_state()
    state["updates"] = {"201": said("B11", "ben", days, confidence=50)}
    cell = project(state).rows[0].cells[0]
    assert (cell.text, cell.short) == (f"50% {exactly}", f"50% {roughly}")


def test_of_many_people_only_the_ends_are_shown() -> None:
    state = sample_state()
    state["updates"] |= {str(200 + at): said("B11", f"p{at}", 3, confidence=50 + at) for at in range(9)}
    view = project(state)
    assert view.columns == ("apart", "sees it worst", "sees it best")
    assert [cell.text for cell in next(row for row in view.rows if row.key == "B11").cells] == [
        "50", "@anna 40% at risk", "@ben 80% on track",
    ]  # fmt: skip
    assert [cell.text for cell in next(row for row in view.rows if row.key == "B12").cells] == ["", "@dara 90%", ""]
    everybody = LENS.project(Records(state, 100), VIEW._replace(options={"by": "people"}))
    assert isinstance(everybody, Grid) and len(everybody.columns) == 13


def test_people_who_say_the_same_agree() -> None:
    state = {
        "bets": {"1": {"title": "x"}},
        "updates": {"2": said("B1", "anna", 1, confidence=50), "3": said("B1", "ben", 400, confidence=50)},
    }
    view = project(state)
    assert view.rows[0].note == "agree"
    assert [cell.text for cell in view.rows[0].cells] == ["50% 1y", "50% 1d"]


def test_the_newest_reading_counts_whatever_order_they_were_imported_in() -> None:
    state = {
        "bets": {"1": {"title": "x"}},
        "updates": {"2": said("B1", "anna", 1, confidence=90), "3": said("B1", "anna", 40, confidence=10)},
    }
    assert project(state).rows[0].cells == (GridCell(text="90% 1d", short="90% 1d"),)


def test_an_update_without_a_name_is_nobodys() -> None:
    state = {"bets": {"1": {"title": "x"}}, "updates": {"2": {"text": "so", "about": "B1", "confidence": 10}}}
    assert project(state).columns == ("(nobody)",)


def turned(show: str) -> list[object]:
    return [row.key for row in project(viewpoint=Viewpoint(TODAY, me="ben", options={"show": show})).rows]


def test_it_can_show_what_differs_or_what_i_have_not_read() -> None:
    assert turned("all") == ["M2", "B11", "B14", "B12"]
    assert turned("apart") == ["M2", "B11"]
    assert turned("unread") == ["B14", "B12"]


def test_what_is_turned_away_says_how_to_bring_it_back() -> None:
    records = Records(sample_state(), 100)

    def why(record_id: str, show: str) -> str | None:
        viewpoint = Viewpoint(TODAY, me="ben", options={"show": show})
        return why_absent(LENS, records.find(record_id), records, viewpoint)

    assert why("B12", "apart") == "people see it alike; turn show to all"
    assert why("B11", "unread") == "you have said how it looks to you; turn show to all"
    assert why("B13", "all") == "nobody said how B13 is doing; press C to give your reading"
    assert why("B11", "apart") is None
