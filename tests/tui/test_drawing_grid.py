"""Grids: cards, counts and texts in columns; nothing is lost where there is no room."""

from __future__ import annotations

from datetime import date

from store.model import Bet
from store.records import Records
from tui.drawing.grid import GridDrawing
from tui.drawing.grid_rows import held_by
from tui.plain import body_lines
from tui.shapes import Grid, GridCell, GridRow, Scene

SCENE = Scene(Records({}, 0), date(2026, 11, 22))
BETS = tuple(Bet(id=f"B{number}", title=f"Bet number {number}", state="placed") for number in range(1, 13))


def cards(*numbers: int) -> GridCell:
    return GridCell(tuple(BETS[number - 1] for number in numbers))


def board(counts: bool = False) -> Grid:
    rows = (
        GridRow("months", (cards(1, 2), cards(), cards(3)), key="months"),
        GridRow("weeks", (cards(), cards(4), cards(5, 6, 7, 8, 9)), key="weeks"),
    )
    return Grid("horizon", ("option", "shaping", "placed"), rows, counts, ("option", "shaping", "placed"))


def lines(view: Grid, width: int, height: int = 24) -> list[str]:
    return list(body_lines(GridDrawing(view, SCENE, width, height)))


def test_cards_stand_under_their_columns_and_beside_their_rows() -> None:
    assert lines(board(), 80) == [
        "horizon   option                  shaping                 placed",
        "months    B1 Bet number 1         ·                       B3 Bet number 3",
        "          B2 Bet number 2",
        "",
        "weeks     ·                       B4 Bet number 4         B5 Bet number 5",
        "                                                          B6 Bet number 6",
        "                                                          B7 Bet number 7",
        "                                                          B8 Bet number 8",
        "                                                          B9 Bet number 9",
    ]


def test_counts_are_right_aligned_numbers() -> None:
    assert lines(board(counts=True), 60) == [
        "horizon    option   shaping    placed",
        "months          2         ·         1",
        "weeks           ·         1         5",
    ]


def test_a_cell_with_too_many_cards_says_how_many_more_and_leads_to_them() -> None:
    drawing = GridDrawing(board(), SCENE, 80, 8)
    assert list(body_lines(drawing))[-1].strip() == "+3 more"
    more = drawing.find("B9")
    assert more is not None and drawing.spot(more).record_id == "B7"
    assert drawing.find("B7") == more and drawing.find("B10") is None


def test_columns_without_room_go_on_below_with_the_same_rows() -> None:
    shown = lines(board(), 52)
    assert shown[0] == "columns 1–2 of 3, … 1 more below"
    assert shown[7:10] == ["column 3 of 3", "horizon   placed", "months    B3 Bet number 3"]
    assert "B9" in shown[-1]


def test_the_names_of_the_columns_stay_over_the_rows_of_their_band() -> None:
    drawing = GridDrawing(board(), SCENE, 52, 24)
    drawn = list(body_lines(drawing))
    heads = [y for y, line in enumerate(drawn) if line.startswith("horizon")]
    staying = {top: [*drawing.staying(top)] for top in range(drawing.height)}
    assert {top: stay for top, stay in staying.items() if not stay} == {0: [], 1: [], 6: [], 7: [], 8: []}
    assert {stay[0] for top, stay in staying.items() if 1 < top < 6} == {heads[0]}
    assert {stay[0] for top, stay in staying.items() if top > 8} == {heads[1]}


def test_a_row_of_a_record_is_repeated_only_where_it_says_more() -> None:
    rows = (
        GridRow("First", (GridCell(text="70% at risk"), GridCell(), GridCell(text="20%")), BETS[0], "differ by 50"),
        GridRow("Second", (GridCell(text="10%"), GridCell(), GridCell()), BETS[1]),
    )
    shown = lines(Grid("", ("@anna", "@ben", "@cleo-with-a-long-name"), rows), 52)
    assert shown == [
        "columns 1–2 of 3, … 1 more below",
        "                     @anna       @ben",
        "  B1     First       70% at risk ·    differ by 50",
        "  B2     Second      10%         ·",
        "",
        "column 3 of 3",
        "                     @cleo-with-a-long-name",
        "  B1     First       20%",
    ]


def test_columns_are_as_wide_as_they_need_where_equal_ones_find_no_room() -> None:
    rows = (
        GridRow("One", (GridCell(text="3"), GridCell(text="4"), GridCell(text="1")), BETS[0], "3 drivers, 4 constraints"),
    )
    view = Grid("", ("drivers", "constraints", "floats"), rows)
    assert lines(view, 72) == [
        "                             drivers constraints floats",
        "  B1     One                 3       4           1      3 drivers, 4 c…",
    ]
    assert lines(view, 44) == [
        "                 drivers constraints floats",
        "  B1 One         3       4           1",
    ]
    assert lines(view, 40)[0] == "column 1 of 3, … 2 more below"


def test_titles_take_the_room_that_columns_leave_and_give_way_where_they_would_not_stand_together() -> None:
    rows = (GridRow("A title that is rather long to read", (GridCell(text="3"), GridCell(text="4")), BETS[0]),)
    view = Grid("", ("drivers", "constraints"), rows)
    assert lines(view, 80)[1].startswith("  B1     A title that is rather long to read ")
    assert lines(view, 46)[1].startswith("  B1     A title t…  ")
    assert lines(view, 46)[0].split() == ["drivers", "constraints"]


def test_texts_are_told_in_short_where_their_columns_would_not_stand_together() -> None:
    cells = (GridCell(text="40% at risk 9d", short="40% risk 9d"), GridCell(text="80% on track 3d", short="80% on 3d"))
    view = Grid("", ("@anna", "@ben"), (GridRow("One", cells, BETS[0]),))
    assert lines(view, 60)[1].endswith("40% at risk 9d  80% on track 3d")
    assert lines(view, 50)[1].endswith("40% risk 9d 80% on 3d")


def test_ids_and_titles_give_way_before_columns_do_and_notes_last() -> None:
    cells = tuple(GridCell(text="40% risk 9d") for _ in range(3))
    rows = (GridRow("Weekly lists by librarians", cells, BETS[0], "90 apart"),)
    view = Grid("", ("@anna", "@ben", "@cleo"), rows)
    shown = {width: lines(view, width) for width in (62, 58, 50, 49)}
    assert [len(one) for one in shown.values()] == [2, 2, 2, 11]
    assert lines(view, 80)[1].startswith("  B1     Weekly lists by librar…  40% risk 9d")
    assert shown[62][1] == "  B1 Weekly li…  40% risk 9d 40% risk 9d 40% risk 9d 90 apart"
    assert shown[58][1] == "  B1 Weekly lists b…  40% risk 9d 40% risk 9d 40% risk 9d"
    assert shown[50][1] == "  B1 Weekly…  40% risk 9d 40% risk 9d 40% risk 9d"


def test_the_corner_stands_between_the_bands_where_that_leaves_fewer_of_them() -> None:
    view = board()._replace(corner="horizon / state")
    assert lines(view, 53)[:3] == [
        "horizon / state: columns 1–2 of 3, … 1 more below",
        "         option                 shaping",
        "months   B1 Bet number 1        ·",
    ]
    assert lines(view, 80)[0].startswith("horizon / state   option")


def test_arrows_go_down_a_column_and_aside_to_the_nearest_row() -> None:
    drawing = GridDrawing(board(), SCENE, 80, 24)
    at = {drawing.spot(index).record_id: index for index in range(drawing.spots)}

    def step(start: str, *ways: str) -> str:
        index = at[start]
        for way in ways:
            index = drawing.step(index, way)  # type: ignore[arg-type]
        return drawing.spot(index).record_id

    assert list(at) == ["B1", "B3", "B2", "B4", "B5", "B6", "B7", "B8", "B9"]
    assert step("B1", "down") == "B2" and step("B2", "down") == "B2" and step("B1", "up") == "B1"
    assert step("B1", "right") == "B4" and step("B4", "right") == "B5" and step("B5", "right") == "B5"
    assert step("B3", "down", "down") == "B6" and step("B6", "left") == "B4" and step("B4", "left") == "B2"


def test_a_spot_tells_the_keys_of_its_row_and_column() -> None:
    drawing = GridDrawing(board(), SCENE, 80, 24)
    assert drawing.heading(drawing.find("B4") or 0) == ("weeks", "shaping")


def test_a_grid_without_rows_has_no_lines() -> None:
    drawing = GridDrawing(Grid("", (), ()), SCENE, 80, 24)
    assert (drawing.height, drawing.spots, drawing.find("B1"), list(drawing.on_line(0))) == (0, 0, None, [])


def said(*texts: str) -> tuple[GridCell, ...]:
    return tuple(GridCell(text=text) for text in texts)


def test_rows_of_texts_lead_to_their_records_from_the_first_band_alone() -> None:
    rows = (
        GridRow("First", said("a", "", ""), BETS[0]),
        GridRow("between", said("", "b", "")),
        GridRow("Second", said("", "", "c"), BETS[1]),
    )
    drawing = GridDrawing(
        Grid("", ("@anna with a long name", "@ben with a long name", "@cleo with a long name"), rows), SCENE, 48, 24
    )
    shown = list(body_lines(drawing))
    first = next(y for y, line in enumerate(shown) if "First" in line)
    assert [drawing.spot(index)[:2] for index in range(drawing.spots)] == [("B1", first), ("B2", first + 2)]
    assert {y: list(drawing.on_line(y)) for y in range(drawing.height) if drawing.on_line(y)} == {first: [0], first + 2: [1]}
    assert [drawing.find(bet.id) for bet in BETS[:3]] == [0, 1, None]
    assert [drawing.step(0, "down"), drawing.step(1, "down"), drawing.step(1, "up"), drawing.step(0, "right")] == [
        1,
        1,
        0,
        0,
    ]
    assert [sum(title in line for line in shown) for title in ("First", "between", "Second")] == [1, 3, 2]


def test_of_rows_drawn_before_only_the_changed_ones_are_looked_at() -> None:
    same = GridRow("Same", said("a", ""), BETS[0])
    columns = ("@anna", "@ben")
    before = Grid("", columns, (same, GridRow("Turned", said("", "b"), BETS[1])))
    assert held_by(before) == [(1, False, 1), (2, False, 2)]
    after = Grid("", columns, (GridRow("Turned", (GridCell(), cards(3)), BETS[1]), same))
    assert held_by(after) == [(2, True, 2), (1, False, 1)]
