"""The screen as a file: `:picture board.svg`, and `:story bet.md` for what is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sample import TODAY, open_workspace, sample_state
from textual.pilot import Pilot

import themes
from tui.app import ManyViewApp
from tui.inks import ink
from tui.panes.bars import Bar
from tui.screens.picturing import picture, told
from tui.screens.workspace import WorkspaceScreen

PUNCTUATION = {" ": "space", ".": "full_stop", "!": "exclamation_mark"}


@asynccontextmanager
async def opened() -> AsyncIterator[Pilot[int]]:
    app = ManyViewApp(open_workspace(sample_state()), theme=themes.load("dark"), today=lambda: TODAY)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.pause()
        yield pilot


async def line(pilot: Pilot[int], text: str) -> str:
    """Type a command line; what the line below the panes says then."""
    await pilot.press("colon", *(PUNCTUATION.get(character, character) for character in text), "enter")
    await pilot.pause()
    return pilot.app.screen.query_one("#said", Bar).render_line(0).text.strip()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))


async def test_the_lenses_on_the_screen_become_a_picture_in_its_theme(tmp_path: Path) -> None:
    async with opened() as pilot:
        await pilot.press("5")
        assert "It is in board.svg." in await line(pilot, "picture board.svg")
    text = (tmp_path / "board.svg").read_text(encoding="utf-8")
    labels = [group.get("aria-label") or "" for group in ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}g")]
    assert [label.split("  ")[0] for label in labels] == ["Flow", "Ladder", "Timeline"]
    assert ink(themes.load("dark"), "text").ground in text


async def test_a_file_that_is_there_is_replaced_only_when_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("mine", encoding="utf-8")
    async with opened() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, WorkspaceScreen)
        assert picture(screen, "a.md") == "a.md is there already; ! in front of its name replaces it."
        assert (tmp_path / "a.md").read_text(encoding="utf-8") == "mine"
        assert picture(screen, "board.png") == "A picture is a file that ends in .svg, .html, .md: picture board.svg"
        assert (
            picture(screen, "no/such/folder/a.svg") == "no/such/folder/a.svg cannot be written: no such file or directory."
        )
        await line(pilot, "picture !a.md")
    assert (tmp_path / "a.md").read_text(encoding="utf-8").startswith("## Missions")


async def test_what_the_story_in_focus_tells_is_written(tmp_path: Path) -> None:
    async with opened() as pilot:
        await line(pilot, "B12")
        await pilot.press("q", "g", "e", "O")
        assert "It is in b12.md." in await line(pilot, "story b12.md")
        screen = pilot.app.screen
        assert isinstance(screen, WorkspaceScreen)
        assert told(screen, "") == "What is told goes into a file: story bet.md"
    text = (tmp_path / "b12.md").read_text(encoding="utf-8")
    assert text.startswith("# Import from a spreadsheet\n\nPlaced: we are on it.")
    assert "**Who:** @cleo @ben" in text
