"""Planes: points where they belong, no label over another, none lost."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from store.model import Bet
from store.records import Records
from tui.drawing.plane import PlaneDrawing
from tui.perspective import Plane, Point, Scene
from tui.plain import body_lines

SCENE = Scene(Records({}, 0), date(2026, 11, 22))
REGIONS = ("challenge", "protect", "agree to disagree", "converge")


def point(number: int, x: float, y: float) -> Point:
    return Point(Bet(id=f"B{number}", title=f"Bet {number}"), x, y)


def plane(*points: Point) -> Plane:
    return Plane(("converged", 0, 10), ("benefit", -5, 5), points, REGIONS)


def drawing(*points: Point, width: int = 60, height: int = 16) -> PlaneDrawing:
    return PlaneDrawing(plane(*points), SCENE, width, height)


def test_points_stand_between_named_axes_and_regions() -> None:
    assert list(body_lines(drawing(point(1, 0, 5), point(2, 10, -5), point(3, 5, 0), width=40))) == [
        "benefit ↑",
        "   │ challenge       ╎         protect",
        " 5 │  B1             ╎",
        "   │                 ╎",
        "   │                 ╎",
        "   │                 ╎",
        "   │                 ╎",
        "   │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄  B3┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄",
        "   │                 ╎",
        "   │                 ╎",
        "   │                 ╎",
        "   │                 ╎",
        "−5 │                 ╎                B2",
        "   │ agree to disag… ╎        converge",
        "   └────────────────────────────────────",
        "    0           converged →           10",
    ]


def test_a_point_gives_way_to_one_that_stands_where_it_belongs() -> None:
    shown = drawing(point(1, 5, 0), point(2, 5, 0))
    one, two = (shown.spot(shown.find(name) or 0) for name in ("B1", "B2"))
    assert (two.y, two.x) == (one.y, one.x + one.width)


def test_points_without_a_place_are_listed_below_where_they_belong() -> None:
    shown = drawing(*(point(number, 5, 5) for number in range(1, 13)))
    below = [line for line in body_lines(shown) if line.startswith("also at")]
    assert below == ["also at 5, 5  B9  B10  B11  B12"]
    assert {shown.spot(index).record_id for index in range(shown.spots)} == {f"B{number}" for number in range(1, 13)}


def test_arrows_go_to_the_nearest_point_that_way() -> None:
    shown = drawing(point(1, 0, 0), point(2, 5, 0), point(3, 10, 0), point(4, 5, 5))
    at = {shown.spot(index).record_id: index for index in range(shown.spots)}
    assert shown.step(at["B1"], "right") == at["B2"] and shown.step(at["B2"], "right") == at["B3"]
    assert shown.step(at["B2"], "up") == at["B4"] and shown.step(at["B4"], "down") == at["B2"]
    assert shown.step(at["B3"], "right") == at["B3"]


def test_titles_stand_on_the_right_where_there_is_room() -> None:
    shown = list(body_lines(drawing(point(1, 0, 0), width=120)))
    assert shown[1].endswith("B1     Bet 1")


def test_a_plane_without_points_has_no_lines() -> None:
    assert list(body_lines(drawing())) == []


COORDINATES = st.floats(-20, 20, allow_nan=False)


@given(st.lists(st.tuples(COORDINATES, COORDINATES), max_size=80), st.integers(10, 140), st.integers(4, 60))
@settings(max_examples=60, deadline=None)
def test_no_label_covers_another_and_none_is_lost(places: list[tuple[float, float]], width: int, height: int) -> None:
    shown = drawing(*(point(number, x, y) for number, (x, y) in enumerate(places, 1)), width=width, height=height)
    taken: set[tuple[int, int]] = set()
    for index in range(shown.spots):
        spot = shown.spot(index)
        cells = {(x, spot.y) for x in range(spot.x, spot.x + spot.width)}
        assert taken.isdisjoint(cells)
        assert 0 <= spot.y < shown.height and spot.x + spot.width <= width
        taken |= cells
    assert {shown.spot(index).record_id for index in range(shown.spots)} == {f"B{n}" for n in range(1, len(places) + 1)}
    assert all(cell_len(line) <= width for line in body_lines(shown))
