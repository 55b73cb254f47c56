"""What is too long for the line below the panes stands whole over the foot of the screen, and moves nothing."""

from __future__ import annotations

import pytest
from test_workspace_screen import Person, opened

from tui.panes.bars import Foot, keys_table
from tui.perspective import perspectives

LONG = "B12 cannot be placed: it has no mission to nest in, nobody on it, and no day by which to settle it. e edits it."


def foot(person: Person) -> list[str]:
    """The lines over the foot of the screen; none where nothing covers it."""
    found = [one for one in person.screen.query(Foot) if one.display]
    return [found[0].render_line(y).text.strip() for y in range(found[0].size.height)] if found else []


@pytest.mark.parametrize("columns", [40, 80])
async def test_a_long_sentence_is_read_whole_until_the_next_key(columns: int) -> None:
    async with opened(columns, 24) as anna:
        room = anna.screen.room.region
        anna.screen.say(LONG, "error", "u undoes")
        await anna.pilot.pause()
        assert " ".join(" ".join(foot(anna)).split()) == f"{LONG} u undoes"
        assert anna.screen.room.region == room
        await anna.press("j")
        assert foot(anna) == []
        assert anna.said.endswith("u undoes") and "…" in anna.said


async def test_a_hint_is_not_broken() -> None:
    async with opened(80, 24) as anna:
        for letters in range(60, 82):
            anna.screen.say("x" * letters, "good", "u undoes")
            await anna.pilot.pause()
            assert not (lines := foot(anna)) or lines[-1].endswith("u undoes")


async def test_a_short_sentence_covers_nothing() -> None:
    async with opened(80, 24) as anna:
        anna.screen.say("Saved.", "good", "u undoes")
        await anna.pilot.pause()
        assert foot(anna) == []


async def test_what_was_said_while_something_was_asked_is_read_afterwards() -> None:
    async with opened(80, 24) as anna:
        await anna.press("slash")
        anna.screen.say(LONG)
        await anna.pilot.pause()
        assert foot(anna) == []
        await anna.press("escape")
        assert " ".join(foot(anna)) == LONG


@pytest.mark.parametrize("size", [(40, 24), (80, 24), (160, 45)])
async def test_g_shows_the_letter_of_every_lens(size: tuple[int, int]) -> None:
    async with opened(*size) as anna:
        await anna.press("5", "g")
        shown = " ".join(foot(anna)).split()
        letters = {lens.key for lens in perspectives().values() if lens.board}
        assert letters <= set(shown)
        await anna.press("escape")
        assert foot(anna) == []


def test_a_table_of_keys_stands_in_columns() -> None:
    rows = keys_table([("a", "one"), ("b", "three"), ("c", "two")], 20)
    assert ["".join(span.text for span in row) for row in rows] == ["a one    b three  ", "c two    "]


@pytest.mark.parametrize(
    ("columns", "tabs"),
    [(40, "1   2 Bets   3   4   5"), (80, "1 Missions   2 Bets   3 Cadence   4 Decisions   5 Board")],
)
async def test_every_page_has_its_number_on_top(columns: int, tabs: str) -> None:
    async with opened(columns, 24) as anna:
        await anna.press("2")
        assert anna.screen.frame.pages.render_line(0).text.strip().startswith(tabs)
