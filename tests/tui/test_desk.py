"""The desk: pages, lenses, marks and what there is room for; pure values all the way."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tui.desk import MOST_LENSES, PAGES, Desk, Page

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
    busy = Desk(chosen="B1", marked=frozenset({"B1"}), zoomed=True, opened=True, helping=True, linked=False, archived=True)
    assert busy.turned_to(1) == Desk(at=1, chosen="B1", linked=False, archived=True)


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
    both = replace(page, focus=1).turned("depth", "2").turned("depth", "3")
    assert both.options == {"flow": {"zoom": "year"}, "ladder": {"depth": "3"}}


def test_one_lens_at_80_columns_two_at_120_three_at_160() -> None:
    assert [BOARD.shown(width) for width in (80, 119, 120, 159, 160)] == [(0,), (0,), (0, 1), (0, 1), (0, 1, 2)]


@given(pages(), st.integers(20, 300), st.booleans())
def test_the_lens_with_the_focus_is_always_shown_and_the_shown_stand_in_a_row(page: Page, width: int, zoomed: bool) -> None:
    desk = replace(BOARD, zoomed=zoomed).with_page(page)
    shown = desk.shown(width)
    assert page.focus in shown
    assert shown == tuple(range(shown[0], shown[0] + len(shown)))
    assert set(shown) <= set(range(len(page.lenses)))
