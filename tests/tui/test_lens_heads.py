"""The head of a lens: its question always, what it needs and hides where there is room, and in the help otherwise."""

from __future__ import annotations

import pytest
from plenty import plenty
from sample import TODAY, records_of_state
from test_workspace_screen import opened

from tui.command import registry
from tui.drawing import draw
from tui.panes.decoration import held, in_lines, nothing, stated
from tui.panes.sight import Sight
from tui.perspective import perspective, perspectives
from tui.plain import records_of
from tui.screens.help import help_text
from tui.shapes import Scene, Text
from tui.viewpoint import Viewpoint

HEADED = [lens for lens in perspectives().values() if not lens.follows]


@pytest.mark.parametrize(("rows", "shown"), [(24, False), (40, True)])
async def test_what_a_lens_hides_stands_in_its_head_where_there_is_room(rows: int, shown: bool) -> None:
    async with opened(100, rows) as anna:
        await anna.press("5", "g", "l")
        lines = ["".join(segment.text for segment in strip) for strip in anna.screen.pane.compose_lines(100, rows - 3)]
        assert lines[0].startswith("Ladder")
        assert ("hides dates, people, how anything is going" in lines[1]) is shown


async def test_what_is_about_the_chosen_record_has_a_head_on_the_board_and_none_as_details() -> None:
    async with opened(160, 24) as anna:
        await anna.press("2")
        assert not anna.screen.room.detail.compose_lines(60, 20)[0].text.startswith("Record")
        await anna.press("5", "g", "y")
        lineage = anna.screen.pane.compose_lines(52, 20)[0]
        assert lineage.text.startswith("Lineage  What led to this")
        await anna.press("full_stop")
        left = next(pane for pane in anna.screen.room.panes if pane is not anna.screen.pane)
        assert left.compose_lines(52, 20)[0].text == lineage.text != left.compose_lines(52, 20)[1].text
        assert next(iter(left.compose_lines(52, 20)[0])).style != next(iter(lineage)).style


async def test_the_cursor_stands_on_its_record_below_a_higher_head() -> None:
    async with opened(100, 40) as anna:
        await anna.press("5", "g", "l", "j", "j")
        assert anna.chosen is not None
        assert anna.chosen in anna.pointed_at()


@pytest.mark.parametrize("lens", HEADED, ids=lambda lens: lens.id)
def test_the_help_says_what_a_lens_needs_and_hides(lens: object) -> None:
    found = help_text(registry(), lens, "board")  # type: ignore[arg-type]
    assert isinstance(found, Text)
    said = found.paragraphs[1].text
    assert all(part in said for part in stated(lens))  # type: ignore[arg-type]


@pytest.mark.parametrize(("lens", "names_all"), [("hill", True), ("portfolio", True), ("rolling", False), ("grid", False)])
def test_a_title_counts_every_record_also_where_there_is_no_room_to_name_it(lens: str, names_all: bool) -> None:
    records = records_of_state(plenty(2000))
    view = perspective(lens).project(records, Viewpoint(TODAY, "anna"))
    drawing = draw(view, Scene(records, TODAY, "anna"), 80, 20)
    named = {drawing.spot(index).record_id for index in range(drawing.spots)}
    every = {record.id for record in records_of(view)}
    assert held(view, drawing) == len(every) and (named == every) is names_all


@pytest.mark.parametrize(
    ("most", "lines"),
    [(0, ["why it is not…"]), (1, ["why it is not…"]), (2, ["why it is not", "here, and wha…"]),
     (3, ["why it is not", "here, and what", "brings it in"]), (9, ["why it is not", "here, and what", "brings it in"])],
)  # fmt: skip
def test_a_reason_takes_the_lines_there_are_and_is_cut_in_the_last(most: int, lines: list[str]) -> None:
    assert in_lines("why it is not here, and what brings it in", 14, most) == lines


async def test_where_not_all_lenses_have_room_it_is_said_which_has_the_focus() -> None:
    async with opened(160, 30) as anna:
        await anna.press("5")
        pages = anna.screen.frame.pages
        assert pages.render_line(0).text.split("5 Board")[1].startswith("  ")
        await anna.press("plus")
        assert pages.render_line(0).text.split("5 Board")[1].startswith(" 4/4 ")
        await anna.press("comma")
        assert pages.render_line(0).text.split("5 Board")[1].startswith(" 3/4 ")


@pytest.mark.parametrize(
    ("lens", "said"),
    [
        ("record", ["", "Choose a record to read it here."]),
        ("missions", ["", perspective("missions").empty, "", "There is no mission yet: a adds one."]),
    ],
)
def test_what_a_lens_says_before_there_is_any_record(lens: str, said: list[str]) -> None:
    records, looking = records_of_state({}), Viewpoint(TODAY, "anna")
    sight = Sight(perspective(lens), Scene(records, TODAY, "anna"), looking, None)
    assert nothing(sight, draw(perspective(lens).project(records, looking), sight.scene, 120, 20), 120) == said
