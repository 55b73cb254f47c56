"""The row under the cursor: how far it is covered, what it is drawn with, and what of the screen it leaves alone."""

from __future__ import annotations

import pytest
from rich.style import Style
from sample import TODAY, records_of_state, sample_state
from test_workspace_screen import opened

import themes
from tui.drawing import draw
from tui.panes.decoration import decorated
from tui.panes.lines import strip_of
from tui.panes.sight import Sight
from tui.perspective import perspective
from tui.shapes import Scene
from tui.theming import styles
from tui.viewpoint import Viewpoint

WIDTH = 80


def covered(theme_name: str, lens: str = "bets") -> tuple[int, int, set[Style | None]]:
    """Up to which cell the row of the first record is drawn otherwise under the cursor, where its title ends, its styles."""
    theme, records = themes.load(theme_name), records_of_state(sample_state())
    scene, viewpoint = Scene(records, TODAY, "anna"), Viewpoint(TODAY, "anna")
    drawing = draw(perspective(lens).project(records, viewpoint), scene, WIDTH, 20)
    spot = drawing.spot(0)
    bare = strip_of(drawing.line(spot.y), styles(theme), WIDTH)
    sight = Sight(perspective(lens), scene, viewpoint, spot.record_id)
    strip = decorated(sight, drawing, spot.y, 0, bare, theme)
    cells = [[(char, segment.style) for segment in row for char in segment.text] for row in (bare, strip)]
    differ = [x for x, (old, new) in enumerate(zip(*cells, strict=True)) if old != new]
    return max(differ) + 1, spot.named, {style for _, style in cells[1][: max(differ) + 1]}


@pytest.mark.parametrize("lens", ["bets", "decisions", "missions"])
@pytest.mark.parametrize("theme", ["ansi", "ansi-dark", "mono", "dark", "light", "gruvbox"])
def test_the_bar_ends_with_the_title_and_has_one_ink(theme: str, lens: str) -> None:
    stop, named, drawn = covered(theme, lens)
    assert stop == named < WIDTH
    assert len({style and (style.color, style.bgcolor) for style in drawn}) == 1


@pytest.mark.parametrize("theme", ["ansi", "catppuccin", "mono"])
def test_where_the_chosen_record_stands_once_more_a_sign_says_so(theme: str) -> None:
    records = records_of_state(sample_state())
    scene, viewpoint = Scene(records, TODAY, "anna"), Viewpoint(TODAY, "anna")
    drawing = draw(perspective("bets").project(records, viewpoint), scene, WIDTH, 20)
    spot = drawing.spot(1)
    sight = Sight(perspective("bets"), scene, viewpoint, spot.record_id)
    bare = strip_of(drawing.line(spot.y), styles(themes.load(theme)), WIDTH)
    assert decorated(sight, drawing, spot.y, 0, bare, themes.load(theme)).text.startswith("· ")


async def test_the_keys_stay_where_they_are_whatever_the_next_step_is() -> None:
    async with opened(WIDTH, 24) as anna:
        places = set()
        for page in "1", "2", "4":
            await anna.press(page)
            places.add(anna.screen.frame.keys.render_line(0).text.index(" c capture"))
        assert len(places) == 1
