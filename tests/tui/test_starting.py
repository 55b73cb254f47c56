"""What the app leaves for after the first keys is there when it is asked for."""

from __future__ import annotations

import pytest
from sample import TODAY, open_workspace, sample_state
from textual.css.stylesheet import Stylesheet

import themes
from tui.app import ManyViewApp
from tui.command import registry


def app_of_the_sample() -> ManyViewApp:
    return ManyViewApp(open_workspace(sample_state()), theme=themes.load("dark"), today=lambda: TODAY)


async def test_a_lens_is_found_by_the_very_first_keys() -> None:
    app = app_of_the_sample()
    async with app.run_test() as pilot:
        screen = app.desk_screen
        assert len(screen.at_hand.commands) < len(registry().commands)
        await pilot.press("5")
        assert len(screen.at_hand.commands) < len(registry().commands)
        await pilot.press("g", "f")
        assert "flow" in screen.desk.page.lenses
        assert screen.at_hand is screen.registry is registry()


async def test_every_lens_is_known_when_nobody_types() -> None:
    app = app_of_the_sample()
    async with app.run_test():
        app._look(0.1)
        assert app.desk_screen.at_hand is registry()


async def test_styles_are_read_once_before_the_first_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    read_again: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", lambda sheet: read_again.append(sheet))
    app = app_of_the_sample()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert read_again == []
        assert app.screen.styles.background.hex == app.theme_variables["mv-background"].upper()


async def test_a_notice_is_said_once_the_screen_stands() -> None:
    app = app_of_the_sample()
    app.notice = "The theme that was kept is not used."
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.notice in app.screen.query_one("#said").render_line(0).text
