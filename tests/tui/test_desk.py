"""The desk: pages, lenses, marks and what there is room for; pure values all the way."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.desk import MOST_LENSES, PAGES, SHARED, Desk, Own, Page

BOARD = Desk(at=4)
LENSES = ("flow", "ladder", "timeline", "readings", "grid")


@st.composite
def pages(draw: st.DrawFn) -> Page:
    lenses = tuple(draw(st.lists(st.sampled_from(LENSES), min_size=1, max_size=MOST_LENSES)))
    return Page("board", "Board", lenses, draw(st.integers(0, len(lenses) - 1)))


def test_there_are_five_pages_and_the_last_is_the_board() -> None:
    assert [page.id for page in PAGES] == ["missions", "bets", "cadence", "decisions", "board"]


@given(st.integers(-20, 20))
def test_pages_go_round(at: int) -> None:
    assert Desk().turned_to(at).page is PAGES[at % 5]


def test_turning_the_page_puts_away_what_belonged_to_the_old_one() -> None:
    busy = Desk(chosen="B1", marked=frozenset({"B1"}), zoomed=True, opened=True, helping=True, archived=True)
    assert busy.turned_to(1) == Desk(at=1, chosen="B1", archived=True)


def test_marking_twice_is_not_marking() -> None:
    assert Desk().toggled("B1").marked == {"B1"}
    assert Desk().toggled("B1").toggled("B1") == Desk()


@given(pages(), st.sampled_from(LENSES))
def test_a_lens_is_put_where_the_focus_is_and_the_one_before_is_remembered(page: Page, lens: str) -> None:
    after = page.showing(lens)
    assert after.lens == lens
    assert after.focus == page.focus
    assert after == page if lens == page.lens else after.before == page.lens
    others = [one for at, one in enumerate(page.lenses) if at != page.focus]
    assert [one for at, one in enumerate(after.lenses) if at != page.focus] == others


@given(pages(), st.sampled_from(LENSES))
def test_a_lens_that_is_added_can_be_dropped_again(page: Page, lens: str) -> None:
    added = page.with_lens(lens)
    if len(page.lenses) == MOST_LENSES:
        assert added is page
    else:
        assert (added.lens, added.lenses) == (lens, (*page.lenses, lens))
        assert added.without_lens().lenses == page.lenses


@given(pages())
def test_the_last_lens_cannot_be_dropped(page: Page) -> None:
    for _ in range(MOST_LENSES + 1):
        page = page.without_lens()
    assert len(page.lenses) == 1
    assert page.focus == 0


def test_options_belong_to_their_lens() -> None:
    page = Page("board", "Board", ("flow", "ladder")).turned("zoom", "year")
    assert page.options == {"flow": {"zoom": "year"}}
    both = page._replace(focus=1).turned("depth", "2").turned("depth", "3")
    assert both.options == {"flow": {"zoom": "year"}, "ladder": {"depth": "3"}}


def test_one_lens_at_80_columns_two_at_120_three_at_160() -> None:
    assert [BOARD.shown(width) for width in (80, 119, 120, 159, 160)] == [(0,), (0,), (0, 1), (0, 1), (0, 1, 2)]


@given(pages(), st.integers(20, 300), st.booleans())
def test_the_lens_with_the_focus_is_always_shown_and_the_shown_stand_in_a_row(page: Page, width: int, zoomed: bool) -> None:
    desk = BOARD._replace(zoomed=zoomed).with_page(page)
    shown = desk.shown(width)
    assert page.focus in shown
    assert shown == tuple(range(shown[0], shown[0] + len(shown)))
    assert set(shown) <= set(range(len(page.lenses)))


# -------------------------------------------------------------------------------------------------------- shared or apart


THREE = BOARD._replace(chosen="B1", marked=frozenset({"B2"})).filtered("team:core")


def test_lenses_share_choices_marks_and_the_filter_unless_they_are_apart() -> None:
    here = Own("B1", frozenset({"B2"}), "team:core")
    assert [THREE.own(place) for place in range(3)] == [here] * 3
    moved = THREE._replace(chosen="B9", marked=frozenset()).filtered("")
    assert [moved.own(place) for place in range(3)] == [Own()._replace(chosen="B9")] * 3


@given(st.sets(st.sampled_from(SHARED)))
def test_what_is_apart_stays_where_it_is_and_the_rest_goes_along(apart: set[str]) -> None:
    desk = THREE
    for what in apart:
        desk = desk.parted(what)
    there = desk.focused(1)
    there = there._replace(chosen="B9", marked=frozenset({"B8"})).filtered("@me")
    new, old = Own("B9", frozenset({"B8"}), "@me"), Own("B1", frozenset({"B2"}), "team:core")
    expected = Own(*(getattr(old if what in apart else new, name) for what, name in zip(SHARED, Own._fields, strict=True)))
    assert there.own(1) == new
    assert there.own(0) == there.own(2) == expected
    back = there.focused(0)
    assert Own(back.chosen, back.marked, back.page.filter) == expected
    assert back.own(1) == new


def test_setting_apart_and_sharing_again_keeps_what_is_here() -> None:
    apart = THREE.parted("filter")
    assert [apart.filtered("@me").own(place).filter for place in range(3)] == ["@me", "team:core", "team:core"]
    shared = apart.filtered("@me").parted("filter")
    assert [shared.own(place).filter for place in range(3)] == ["@me"] * 3


def each_filtered() -> Desk:
    """Three lenses with a filter each, the focus on the first."""
    return THREE.parted("filter").focused(2).filtered("third").focused(1).filtered("second").focused(0).filtered("first")


def filters(desk: Desk) -> list[str]:
    return [desk.own(place).filter for place in range(len(desk.page.lenses))]


@pytest.mark.parametrize("focus", [0, 1, 2])
def test_filters_that_were_shared_by_mistake_come_back(focus: int) -> None:
    shared = each_filtered().parted("filter").focused(focus)
    assert filters(shared) == ["first"] * 3
    assert shared.filters_back() == ("first", "second", "third")
    again = shared.parted("filter")
    assert filters(again) == ["first", "second", "third"]
    assert (again.page.focus, again.page.filter) == (focus, ["first", "second", "third"][focus])
    assert filters(again.turned_to(0).turned_to(4)) == ["first", "second", "third"]


def test_a_filter_typed_for_all_is_for_all_also_when_each_has_its_own_again() -> None:
    typed = each_filtered().parted("filter").filtered("@me")
    assert filters(typed.parted("filter")) == ["@me"] * 3
    assert typed.filters_back() == ()


def test_other_lenses_do_not_get_the_filters_of_those_before() -> None:
    dropped = each_filtered().parted("filter").focused(1).without_lens()
    assert filters(dropped.parted("filter")) == ["first", "first"]
    assert filters(dropped.with_lens("grid").parted("filter")) == ["first"] * 3


def test_what_was_alike_has_nothing_to_come_back() -> None:
    assert THREE.parted("filter").parted("filter").filters_back() == ()


def test_what_is_a_lenses_own_moves_with_it_when_another_is_dropped() -> None:
    desk = THREE.parted("filter").focused(2).filtered("third").focused(1).filtered("second").focused(0).filtered("first")
    without_second = desk.focused(1).without_lens()
    assert without_second.page.lenses == ("flow", "timeline")
    assert [without_second.own(place).filter for place in range(2)] == ["first", "third"]
    more = without_second.with_lens("grid").filtered("fourth")
    assert [more.own(place).filter for place in range(3)] == ["first", "third", "fourth"]


def test_turning_the_page_clears_the_marks_of_every_lens() -> None:
    desk = THREE.parted("marks").turned_to(0).turned_to(4)
    assert [desk.own(place).marked for place in range(3)] == [frozenset()] * 3


# ----------------------------------------------------------------------------------------------------------- then and now

DAY = date(2026, 10, 12)


def test_then_stands_on_the_left_and_now_on_the_right() -> None:
    desk = THREE.divided(DAY)
    assert desk.page.lenses == ("flow", "flow")
    assert [desk.moment(place) for place in range(2)] == [DAY, None]
    assert desk.page.focus == 1
    assert [desk.shown(width) for width in (60, 80, 200)] == [(1,), (0, 1), (0, 1)]
    assert desk.returned() == THREE


def test_then_and_now_stay_one_lens_turned_alike() -> None:
    desk = THREE.divided(DAY)
    desk = desk.with_page(desk.page.showing("ladder")).filtered("@me")
    assert desk.page.lenses == ("ladder", "ladder")
    after = desk.with_page(desk.page.turned("depth", "2")).undivided()
    assert (after.then, after.page.lenses, after.page.filter) == (DAY, ("ladder", "ladder", "timeline"), "@me")
    assert after.page.options == {"ladder": {"depth": "2"}}
    assert [after.moment(place) for place in range(3)] == [DAY] * 3


def test_then_and_now_end_when_the_page_is_turned_but_the_day_stays() -> None:
    desk = THREE.divided(DAY).turned_to(0)
    assert (desk.together, desk.then, desk.pages[4]) == (None, DAY, THREE.page)
