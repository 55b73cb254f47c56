"""Somebody at the keyboard of the whole screen, in memory."""

from __future__ import annotations

from textual.pilot import Pilot

from store.workspace import Workspace
from tui.screens.workspace import WorkspaceScreen


class AtKeyboard:
    """Presses keys and types text, and lets the app come to rest after each."""

    def __init__(self, pilot: Pilot[int], workspace: Workspace) -> None:
        self.pilot = pilot
        self.workspace = workspace

    @property
    def screen(self) -> WorkspaceScreen:
        screen = self.pilot.app.screen
        assert isinstance(screen, WorkspaceScreen)
        return screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.press(*("space" if character == " " else character for character in text))
