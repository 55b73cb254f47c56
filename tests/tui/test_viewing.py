"""Saved views on the desk: what was saved opens again, and what is no longer there is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import TODAY, records_of_state, sample_state

from store.errors import UsageError
from store.query import words_of
from store.settings import Settings
from store.views import SavedView
from tui.columns import KNOWN, arranged, named, offered, shown, unknown
from tui.desk import MOST_LENSES, SHARED, Desk
from tui.drawing import draw
from tui.perspective import perspectives
from tui.plain import body_lines
from tui.shapes import Scene, Sections, Tree
from tui.viewing import notes, opened, saved
from tui.viewpoint import Viewpoint

BOARD_LENSES = [lens.id for lens in perspectives().values() if lens.board]
RECORDS = records_of_state(sample_state())
SCENE = Scene(RECORDS, TODAY)
WITH_COLUMNS = [
    lens.id for lens in perspectives().values() if offered(lens.project(RECORDS, Viewpoint(TODAY, chosen="B11", history=())))
]


@st.composite
def desks(draw: st.DrawFn) -> Desk:
    """Desks as keys can turn them."""
    desk = Desk(at=4)
    lenses = draw(st.lists(st.sampled_from(BOARD_LENSES), min_size=1, max_size=MOST_LENSES))
    desk = desk.with_page(desk.page._replace(lenses=tuple(lenses), focus=0))
    for what in draw(st.sets(st.sampled_from(SHARED))):
        desk = desk.parted(what)
    for place in range(len(lenses)):
        desk = desk.focused(place).filtered(draw(st.sampled_from(["", "team:core", "@me", "state:placed -tag:x"])))
        options = perspectives()[desk.page.lens].options
        if options and draw(st.booleans()):
            name, values = draw(st.sampled_from(options))
            desk = desk.with_page(desk.page.turned(name, draw(st.sampled_from(values))))
        if desk.page.lens in WITH_COLUMNS and draw(st.booleans()):
            desk = desk.with_page(desk.page.turned("columns", draw(st.sampled_from(["id,title", "age"]))))
    desk = desk.focused(draw(st.integers(0, len(lenses) - 1)))
    return desk._replace(archived=draw(st.booleans()))


@given(desks())
def test_what_was_saved_opens_again_as_it_was(desk: Desk) -> None:
    view = saved(desk, "mine")
    assert list(notes(view)) == []
    after = opened(Desk(), view)
    assert saved(after, "mine") == view
    assert (after.page.lenses, after.page.focus, after.page.options) == (
        desk.page.lenses,
        desk.page.focus,
        desk.page.options,
    )
    assert [after.own(place).filter for place in range(len(after.page.lenses))] == [
        desk.own(place).filter for place in range(len(desk.page.lenses))
    ]


def test_a_page_with_its_own_list_is_a_view_too() -> None:
    desk = Desk(at=1).filtered("team:core")
    desk = desk.with_page(desk.page.turned("sort", "age"))
    view = saved(desk, "bets of ours")
    assert view == SavedView("bets of ours", ("bets",), page="bets", filter="team:core", options={"bets": {"sort": "age"}})
    assert opened(Desk(at=3), view).page == desk.page


def test_what_stands_beside_now_is_not_saved_twice() -> None:
    assert saved(Desk(at=4).divided(TODAY), "x").lenses == Desk(at=4).page.lenses


def test_a_lens_that_is_gone_is_said_and_the_others_stand() -> None:
    view = SavedView("old", ("funnel", "flow", "timelin"), focus=1, filters=("a", "b", "c"), apart=("filter",))
    assert [note.said for note in notes(view)] == [
        "there is no lens funnel", "there is no lens timelin; did you mean timeline"
    ]  # fmt: skip
    desk = opened(Desk(), view)
    assert (desk.page.id, desk.page.lenses, desk.page.focus, desk.page.filter) == ("board", ("flow",), 0, "b")


def test_where_no_lens_is_left_nothing_is_opened() -> None:
    with pytest.raises(UsageError, match="shows funnel: no such lens is there"):
        opened(Desk(), SavedView("old", ("funnel",)))


def test_what_can_no_longer_be_turned_or_read_is_said() -> None:
    view = SavedView(
        "old",
        ("flow",),
        filter="conf<<5",
        options={"flow": {"finished": "maybe", "spin": "x"}, "ladder": {"a": "b"}},
        columns={"grid": ("id",), "flow": ("team", "hat")},
    )
    assert {note.place: note.said for note in notes(view)} == {
        ("options", "flow", "finished"): "maybe is none of hidden, shown",
        ("options", "flow", "spin"): "flow has nothing called spin to turn; there is finished, depth",
        ("options", "ladder"): "the view does not show the lens ladder",
        ("columns", "grid"): "the view does not show the lens grid",
        ("columns", "flow"): "flow has no column hat",
        ("filter",): "conf<<5: it takes a number.",
    }
    assert opened(Desk(), view).page.options == {"flow": {"columns": "team,hat"}}


def test_the_words_of_the_workspace_stand_in_the_filter_of_a_view() -> None:
    view = SavedView("ours", ("flow",), filter='state:"in flight"')
    words = words_of(Settings(states={"bet": {"placed": "in flight"}}))
    assert list(notes(view, words)) == []
    assert [note.place for note in notes(view)] == [("filter",)]


@given(st.sampled_from(list(perspectives())))
def test_any_lens_can_be_asked_for_its_columns(lens: str) -> None:
    told = notes(SavedView("x", (lens,), columns={lens: ("hat",)}))
    assert [note.place for note in told] == [("columns", lens)]


def test_a_page_that_shows_something_else_now_gives_way_to_the_board() -> None:
    assert opened(Desk(), SavedView("x", ("flow",), page="bets")).page.id == "board"
    assert opened(Desk(), SavedView("x", ("bets",), page="nowhere")).page.id == "board"


# ---------------------------------------------------------------------------------------------------------------- columns


def titles(view: object) -> list[str]:
    assert isinstance(view, Sections | Tree)
    return [column.title for column in view.columns]


def test_columns_stand_as_they_were_chosen() -> None:
    view = perspectives()["flow"].project(RECORDS, Viewpoint(TODAY))
    assert titles(arranged(view, "due, id ,title,id")) == ["due", "id", "title"]
    assert titles(arranged(view, "team,nonsense")) == ["team", "title"]
    assert arranged(view, "") is view
    assert unknown(view, "team,nonsense") == ["nonsense"]


def test_signs_without_a_title_stay_in_front() -> None:
    view = next(
        found for lens in perspectives().values()
        if isinstance(found := lens.project(RECORDS, Viewpoint(TODAY)), Tree) and "" in titles(found)
    )  # fmt: skip
    assert titles(arranged(view, "title"))[0] == ""


@given(st.sampled_from(list(perspectives())), st.lists(st.sampled_from([*KNOWN, "?"]), max_size=5), st.integers(20, 200))
def test_any_columns_can_be_drawn_in_any_lens(lens: str, wanted: list[str], width: int) -> None:
    viewpoint = Viewpoint(TODAY, chosen="B11", options={"columns": ",".join(wanted)}, history=())
    view = shown(perspectives()[lens], RECORDS, viewpoint)
    drawing = draw(view, SCENE, width, 40)
    assert len(list(body_lines(drawing))) == drawing.height
    if offered(view) and wanted:
        kept = [title for title in named(",".join(wanted)) if title in offered(view)]
        assert [title for title in titles(view) if title in kept] == kept
