"""Planes: points where they belong, no label over another, none lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from store.model import Bet
from store.records import Records
from tui.drawing.plane import PlaneDrawing
from tui.drawing.trails import STOOD, WENT, dotted
from tui.plain import body_lines
from tui.shapes import Plane, Point, Scene, Trail

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
        " 5 │  B1 Bet 1       ╎",
        "   │                 ╎",
        "   │                 ╎",
        "   │                 ╎",
        "   │                 ╎",
        "   │┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄  B3 Bet 3┄┄┄┄┄┄┄┄┄┄",
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


def ranked(*points: Point, width: int, height: int) -> list[str]:
    view = Plane(("certainty", 0, 10), ("value", 0, 10), points, ranking="learn first")
    return list(body_lines(PlaneDrawing(view, SCENE, width, height)))


def test_a_ranking_stands_below_in_its_order_with_its_notes() -> None:
    points = (point(2, 1, 9)._replace(note="next: ask ten people"), point(1, 9, 9), point(3, 5, 5))
    assert ranked(*points, width=60, height=16)[-4:] == [
        "learn first",
        "  B2     Bet 2                          next: ask ten people",
        "  B1     Bet 1",
        "  B3     Bet 3",
    ]
    assert ranked(*points, width=60, height=13)[-4:] == ranked(*points, width=60, height=16)[-4:]


def test_a_ranking_stands_before_what_is_crowded() -> None:
    points = [point(number, number % 3 * 5, number // 3 % 3 * 5) for number in range(1, 120)]
    lines = ranked(*points, width=60, height=18)
    below = lines[lines.index("learn first") :]
    assert [line.split()[0] for line in below[1:120]] == [f"B{number}" for number in range(1, 120)]
    assert below[120].startswith("also at ")


def test_a_ranking_stands_at_the_side_where_there_is_room_notes_below_their_titles() -> None:
    points = (point(2, 1, 9)._replace(note="next: ask ten people"), point(1, 9, 9))
    assert [line[80:] for line in ranked(*points, width=130, height=20)[1:6]] == [
        "learn first",
        "  B2     Bet 2",
        "         next: ask ten people",
        "  B1     Bet 1",
        "",
    ]


def drawn(width: int, height: int, *points: Point) -> PlaneDrawing:
    view = Plane(("certainty", 0, 10), ("value", 0, 10), points, ranking="learn first")
    return PlaneDrawing(view, SCENE, width, height)


@pytest.mark.parametrize("width", [60, 130])
def test_the_cursor_reaches_every_record_of_a_ranking_and_goes_back_to_its_point(width: int) -> None:
    there, back = ("right", "left") if width == 130 else ("down", "up")
    shown = drawn(width, 20, *(point(number, number % 11, number // 4) for number in range(40, 0, -1)))
    lines = list(body_lines(shown))
    at = shown.find("B40") or 0
    while shown.spot(at).width < 20:
        at = shown.step(at, there)
    if width == 130:  # beside the plane, each goes to its own line
        assert shown.spot(shown.step(at, back)) == shown.spot(shown.find(shown.spot(at).record_id) or 0)
        while shown.step(at, "up") != at:
            at = shown.step(at, "up")
    found = [at]
    while (after := shown.step(found[-1], "down")) != found[-1]:
        found.append(after)
    assert [shown.spot(index).record_id for index in found] == [f"B{number}" for number in range(40, 0, -1)]
    for index in found:
        spot = shown.spot(index)
        assert lines[spot.y][spot.x : spot.x + spot.width].split()[0] == spot.record_id
        assert index in shown.on_line(spot.y)
    assert shown.step(found[0], back) == shown.find("B40")


def test_the_plane_stays_in_sight_while_a_ranking_below_it_is_gone_through() -> None:
    shown = drawn(60, 20, *(point(number, 5, 5) for number in range(1, 30)))
    named = list(body_lines(shown)).index("learn first")
    assert (shown.staying(0), [*shown.staying(3)]) == ((), [*range(named + 1)])
    assert drawn(130, 20, *(point(number, 5, 5) for number in range(1, 30))).staying(3) == ()


def test_a_title_stands_beside_its_point_as_far_as_the_next_or_the_curve_leaves_it_room() -> None:
    named = [Point(Bet(id=f"B{number}", title="Search that people trust"), x, 5) for number, x in ((1, 0), (2, 4), (3, 9))]
    lines = list(body_lines(drawing(*named, point(4, 5, 0), width=60)))
    assert lines[2].rstrip() == " 5 │  B1 Search that pe…  B2 Search that people tru…  B3"
    curved = Plane(("hill", 0, 10), ("", 0, 1), (named[0]._replace(y=0),), curve=((0, 1), (3, 0), (10, 1)))
    assert list(body_lines(PlaneDrawing(curved, SCENE, 60, 4)))[8].startswith("  B1 Search tha… ••••")
    crowd = [point(number, number % 7, number % 9) for number in range(1, 60)]
    assert not any("Bet" in line for line in body_lines(drawing(*crowd, width=90, height=40)))


def test_points_that_are_far_too_many_are_counted_where_they_stand() -> None:
    many = (point(number, 0, 5) for number in range(1, 900))
    shown = drawing(*many, point(900, 10, -5), width=60, height=16)
    drawn = list(body_lines(shown))
    assert drawn[2].rstrip(" ╎") == " 5 │  899" and drawn[12].endswith("B900")
    assert drawn[-1] == "a number is how many stand there: / lets fewer through"
    assert (shown.spots, {shown.find(f"B{number}") for number in range(1, 900)}, shown.find("B900")) == (2, {0}, 1)
    assert shown.height == 17


def test_on_paper_points_are_named_as_long_as_they_can_be_read() -> None:
    some = [point(number, number % 7, number % 5) for number in range(1, 301)]
    assert drawing(*some, width=60, height=10**6).spots == 300


def test_a_curve_is_drawn_behind_its_points_and_an_axis_without_a_name_is_not() -> None:
    view = Plane(("hill", 0, 10), ("", 0, 1), (point(1, 0, 0),), curve=((0, 0), (5, 1), (10, 0)))
    assert list(body_lines(PlaneDrawing(view, SCENE, 19, 4))) == [
        "         •",
        "        •╎•",
        "       • ╎ •",
        "      •  ╎  •",
        "    ••   ╎   ••",
        "   •     ╎     •",
        "  •      ╎      •",
        " •       ╎       •",
        "  B1 Bet 1        •",
        "───────────────────",
        "0      hil…      10",
    ]


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
    assert all(shown.find(f"B{number}") is not None for number in range(1, len(places) + 1))
    assert all(cell_len(line) <= width for line in body_lines(shown))


# ------------------------------------------------------------------------------------------------------------------ trails


def trailed(*places: tuple[float, float], points: tuple[Point, ...] = ()) -> list[str]:
    last = point(1, *places[-1])
    view = plane(last, *points)._replace(trails=(Trail("B1", places),))
    return list(body_lines(PlaneDrawing(view, SCENE, 40, 16)))[2:13]


def test_a_trail_leads_over_every_place_to_where_the_point_stands() -> None:
    assert trailed((0, 5), (0, -5), (10, -5)) == [
        " 5 │•                ╎",
        "   │·                ╎",
        "   │·                ╎",
        "   │·                ╎",
        "   │·                ╎",
        "   │·┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄",
        "   │·                ╎",
        "   │·                ╎",
        "   │·                ╎",
        "   │·                ╎",
        "−5 │• · · · · · · · ·╎ · · · · · · ·  B1",
    ]


def test_no_dot_touches_a_label() -> None:
    row = trailed((0, 5), (10, 5), points=(point(2, 5, 5),))[0]
    assert row == " 5 │• · · · · · · ·   B2 · · · · · ·  B1"


def test_a_place_that_was_held_outweighs_the_way_of_another() -> None:
    ways = [[(0, 0), (0, 8)], [(0, 4), (3, 4)]]
    assert dotted(ways, {}) == {0: {0: STOOD, 2: WENT, 4: STOOD, 6: WENT}, 1: {4: WENT}, 2: {4: WENT}}
    assert dotted(ways, {0: [range(2, 7)]}) == {0: {0: STOOD}, 1: {4: WENT}, 2: {4: WENT}}


def test_without_trails_a_plane_looks_as_it_did() -> None:
    still = plane(point(1, 3, 3))
    assert list(body_lines(PlaneDrawing(still, SCENE, 60, 16))) == list(
        body_lines(PlaneDrawing(still._replace(trails=(Trail("B1", ((3, 3),)),)), SCENE, 60, 16))
    )


@given(
    st.lists(st.tuples(st.floats(-5, 15), st.floats(-9, 9)), min_size=1, max_size=6),
    st.lists(st.tuples(st.floats(0, 10), st.floats(-5, 5)), min_size=1, max_size=12),
    st.integers(20, 120),
)
def test_trails_move_no_label_and_stay_in_their_room(
    places: list[tuple[float, float]], points: list[tuple[float, float]], width: int
) -> None:
    bare = plane(*(point(number, x, y) for number, (x, y) in enumerate(points, 1)))
    trailing = bare._replace(trails=(Trail("B1", tuple(places)),))
    before, after = (PlaneDrawing(view, SCENE, width, 16) for view in (bare, trailing))
    assert [after.spot(at) for at in range(after.spots)] == [before.spot(at) for at in range(before.spots)]
    for y in range(after.height):
        shown = "".join(span.text for span in after.line(y))
        assert cell_len(shown) <= width
        for index in after.on_line(y):
            spot = after.spot(index)
            assert shown.ljust(width)[spot.x : spot.x + spot.width] == (f"  {spot.record_id}")[: spot.width]
