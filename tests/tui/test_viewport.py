"""The viewport of a lens: the cursor is always in sight, and stays where somebody put it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import Bet
from store.records import Records
from tui.drawing import Direction, Line, Scrolled, Spot, up_or_down
from tui.drawing.grid import GridDrawing
from tui.drawing.plane import PlaneDrawing
from tui.panes.viewport import Viewport
from tui.shapes import Grid, GridCell, GridRow, Plane, Point, Scene

SCENE = Scene(Records({}, 0), date(2026, 11, 22))


class Listing(Scrolled):
    """Records one below the other, each with so many lines above it; of these the first ones may stay."""

    def __init__(self, ids: Sequence[str], above: Sequence[int], heads: int = 0) -> None:
        self._ids, self._heads = ids, heads
        self._lines = [sum(above[: at + 1]) + at for at in range(len(ids))]
        self.height = self._lines[-1] + 1 if ids else 0

    def line(self, y: int) -> Line:
        raise NotImplementedError

    @property
    def spots(self) -> int:
        return len(self._ids)

    def spot(self, index: int) -> Spot:
        return Spot(self._ids[index], self._lines[index], 0, 10)

    def find(self, record_id: str) -> int | None:
        return self._ids.index(record_id) if record_id in self._ids else None

    def step(self, index: int, direction: Direction) -> int:
        return up_or_down(index, direction, self.spots)

    def on_line(self, y: int) -> Sequence[int]:
        return [index for index, line in enumerate(self._lines) if line == y]

    def heading(self, index: int) -> None:
        return None

    def staying(self, top: int) -> Sequence[int]:
        assert top < max(self.height, 1), "only a line that is drawn can be the first in sight"
        return range(self._heads) if top else ()


def listing(count: int, heads: int = 0) -> Listing:
    return Listing([f"B{at}" for at in range(count)], [heads, *[0] * (count - 1)], heads)


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    above = draw(st.lists(st.integers(0, 4), min_size=1, max_size=40))
    return Listing([f"B{at}" for at in range(len(above))], above, draw(st.integers(0, above[0])))


# ------------------------------------------------------------------------------------------------------------ what is seen


@given(listings(), st.integers(1, 30), st.lists(st.integers(0, 39), min_size=1, max_size=6))
def test_wherever_the_cursor_goes_its_line_is_in_sight(drawing: Listing, room: int, ways: list[int]) -> None:
    viewport = Viewport()
    for index in ways:
        index %= drawing.spots
        viewport = viewport.at(index, drawing, room)
        seen = viewport.seen(drawing, room)
        assert viewport.cursor == index
        assert drawing.spot(index).y in seen
        assert list(seen) == sorted(set(seen)) and len(seen) == min(room, drawing.height)


@given(listings(), listings(), st.integers(1, 30), st.integers(0, 39))
def test_a_filter_that_leaves_fewer_lines_than_were_gone_through_shows_those(
    long: Listing, short: Listing, room: int, index: int
) -> None:
    viewport = Viewport().at(long.spots - 1, long, room).at(index % short.spots, short, room)
    assert short.spot(viewport.cursor).y in viewport.seen(short, room)
    assert len(viewport.seen(short, room)) == min(room, short.height)


@given(listings(), st.integers(1, 30), st.integers(0, 39))
def test_a_cursor_that_is_in_sight_scrolls_nothing(drawing: Listing, room: int, index: int) -> None:
    there = Viewport().at(index % drawing.spots, drawing, room)
    assert there.at(there.cursor, drawing, room) == there


DOWN = Viewport(15, 10)


@pytest.mark.parametrize(
    ("start", "index", "top"),
    [
        (Viewport(), 9, 0),
        (Viewport(), 10, 1),
        (Viewport(15, 10), 14, 10),
        (Viewport(15, 10), 5, 5),
        (Viewport(15, 10), 29, 20),
    ],
)
def test_it_scrolls_no_further_than_it_takes(start: Viewport, index: int, top: int) -> None:
    assert start.at(index, listing(30), 10) == Viewport(index, top)


def test_heads_stay_and_cover_no_cursor() -> None:
    drawing = listing(30, heads=2)
    down = Viewport().at(29, drawing, 10)
    assert list(down.seen(drawing, 10)) == [0, 1, *range(24, 32)]
    up = down.at(21, drawing, 10)
    assert list(up.seen(drawing, 10)) == [0, 1, *range(23, 31)]
    assert up.at(0, drawing, 10) == Viewport(0, 0)


def test_heads_leave_with_the_rest_where_hardly_a_line_would_be_left_to_scroll() -> None:
    drawing = listing(30, heads=2)
    assert list(Viewport(20, 20).seen(drawing, 4)) == [20, 21, 22, 23]
    assert list(Viewport(20, 20).seen(drawing, 5)) == [0, 1, 22, 23, 24]


def test_what_is_scrolled_without_a_cursor_ends_with_its_last_line() -> None:
    drawing = listing(30)
    assert [Viewport().scrolled(by, drawing, 10).top for by in (-1, 3, 10**9)] == [0, 3, 20]
    assert Viewport(0, 5).scrolled(-(10**9), drawing, 10).top == 0
    assert Viewport(0, 5).scrolled(0, listing(3), 10).top == 0


# ----------------------------------------------------------------------------------------------------- where the cursor goes


def test_a_page_down_ends_on_the_spot_nearest_to_there() -> None:
    drawing = Listing(["B1", "B2", "B3"], [0, 8, 2])
    assert [Viewport(0).paged(lines, drawing) for lines in (4, 5, 9, 99)] == [0, 1, 1, 2]


def test_what_is_sought_is_found_going_round_and_last_where_one_stands() -> None:
    drawing = listing(5)
    assert Viewport(3).sought(lambda one: one in ("B1", "B4"), True, drawing) == 4
    assert Viewport(4).sought(lambda one: one in ("B1", "B4"), True, drawing) == 1
    assert Viewport(0).sought(lambda one: one in ("B1", "B3"), False, drawing) == 3
    assert Viewport(2).sought(lambda one: one == "B2", True, drawing) == 2
    assert Viewport(2).sought(lambda one: one == "B9", True, drawing) is None
    assert Viewport().sought(lambda one: True, True, Listing([], [])) is None


def test_the_cursor_goes_with_the_chosen_record_and_stays_where_that_is_gone() -> None:
    before, after = listing(5), Listing(["B4", "B2"], [0, 0])
    assert Viewport(2).followed("B2", after, before) == 1
    assert Viewport(4).followed("B3", after, before) == 1
    assert Viewport(1).followed(None, after, before) == 1
    assert Viewport(1).followed("B1", Listing([], []), before) == 0


def ranked(*numbers: int) -> PlaneDrawing:
    """A plane with a ranking of these bets; where each lies does not change."""
    points = tuple(Point(Bet(id=f"B{number}", title=f"Bet {number}"), number, number) for number in numbers)
    return PlaneDrawing(Plane(("cost", 0, 10), ("value", 0, 10), points, ranking="most value"), SCENE, 60, 30)


@pytest.mark.parametrize("rank", [0, 3, 6])
def test_a_record_whose_rank_changes_keeps_the_cursor_in_the_ranking(rank: int) -> None:
    others = (1, 2, 3, 4, 6, 7)
    before, after = ranked(*others, 5), ranked(*others[:rank], 5, *others[rank:])
    in_ranking = Viewport(before.spots - 1)
    assert before.spot(in_ranking.cursor).record_id == "B5"
    index = in_ranking.followed("B5", after, before)
    assert (index, after.spot(index).record_id) == (after.spots - 7 + rank, "B5")
    assert in_ranking.followed("B4", after, before) == after.find("B4")  # another record was chosen, from elsewhere


def test_a_record_that_stays_on_the_plane_keeps_the_cursor_there() -> None:
    before, after = ranked(1, 2, 5), ranked(2, 5, 1, 3)
    on_plane = before.find("B5")
    assert on_plane is not None
    assert Viewport(on_plane).followed("B5", after, before) == after.find("B5")


def test_a_record_in_several_cells_keeps_the_cursor_in_another_than_the_first() -> None:
    one, two = (Bet(id=f"B{number}", title=f"Bet {number}") for number in (1, 2))

    def board(*cells: tuple[Bet, ...]) -> GridDrawing:
        row = GridRow("months", tuple(GridCell(records) for records in cells))
        return GridDrawing(Grid("", ("growth", "learning"), (row,)), SCENE, 60, 20)

    before, after = board((one,), (one,)), board((two, one), (one,))
    index = Viewport(1).followed("B1", after, before)
    assert (index, after.spot(index).x) == (1, before.spot(1).x)
