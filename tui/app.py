"""The app: opens the workspace, shows it, follows what others save, and leaves the terminal as it was."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from tui import theming

os.environ.update(theming.environment(os.environ))  # Textual reads these when it is imported, and only then

from textual.app import App

from store.days import today_in
from store.disk.tiny import TinyBackend
from store.errors import ManyViewError
from store.workspace import Workspace
from themes import Theme
from tui import wire
from tui.command import Registry, registry
from tui.performing import changes_by_others
from tui.screens.workspace import WorkspaceScreen
from tui.terminal import has_signs, is_utf8, sends_whole_frames
from tui.text import ascii_only, signs_in_ascii
from tui.wire.app import WireApp

if TYPE_CHECKING:
    from textual.filter import LineFilter

POLL, REST = 0.1, 0.5
"""Seconds between two looks at what others saved, each of which costs two stats: while something happens, and at rest."""
RESTFUL_AFTER = 5.0
"""Seconds without a key and without a change after which it is looked for less often, and still within a second."""
IDLE_BEFORE_FOLD = 1.0
"""Seconds without a change after which the files are brought into their compact form."""
COLLECTING = (700, 10, 1_000)
"""When garbage is looked for: among what is new as ever, among everything only after millions of new containers.  In a
workspace of 100,000 records that takes a quarter of a second, so it is done when nobody has pressed a key for a while."""
LEAVING = {signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130}
"""Signal → the exit code it leads to, drafts saved and the terminal restored."""


class ManyViewApp(WireApp[int], inherit_bindings=False):
    """ManyView over one open workspace."""

    CSS_PATH: ClassVar = ["styles/theme.tcss", "styles/workspace.tcss"]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "ManyView"
    _is_themed = False

    def __init__(
        self,
        workspace: Workspace,
        *,
        theme: Theme,
        commands: Registry | None = None,
        today: Callable[[], date] | None = None,
        remote: bool = False,
    ) -> None:
        super().__init__(driver_class=wire.driver_class(wire.PLAIN if sends_whole_frames(os.environ) else None))
        self.workspace = workspace
        self.palette = theme
        self.remote = remote
        self._commands = commands or registry(whole=False)
        self._whole = registry if commands is None else None
        self._today = today or (lambda: today_in(workspace.records.settings.zone))
        self.register_theme(theming.textual_theme(theme))
        self.set_reactive(App.theme, theme.name)  # its watcher would have all CSS read before there is a screen, and again
        self._is_themed = True
        self.stylesheet.set_variables(self.get_css_variables())
        self.notice = ""
        """What is said, as a fault, once the first screen stands."""
        self._stop_listening: Callable[[], None] | None = None
        self._pressed = 0
        self._still = 0.0
        """Seconds since the last key or the last change by somebody else."""
        self._unfolded = 0.0
        self._settled = False

    def get_css_variables(self) -> dict[str, str]:
        return super().get_css_variables() if self._is_themed else {}  # first it is asked for Textual's own theme

    def get_line_filters(self) -> Sequence[LineFilter]:
        if has_signs(os.environ):
            return theming.line_filters(self.palette)
        return theming.line_filters(self.palette, signs_in_ascii if is_utf8(os.environ) else ascii_only)

    def on_workspace_screen_theme_chosen(self, event: WorkspaceScreen.ThemeChosen) -> None:
        theme = event.theme
        self.palette = theme
        self.register_theme(theming.textual_theme(theme))  # also over one of Textual's own of that name
        self.theme = theme.name

    @property
    def desk_screen(self) -> WorkspaceScreen:
        """The screen everything happens on."""
        screen = self.screen
        assert isinstance(screen, WorkspaceScreen)
        return screen

    def get_default_screen(self) -> WorkspaceScreen:
        return WorkspaceScreen(self.workspace, self._commands, self.palette, self._today, self._whole)

    def on_mount(self) -> None:
        self._stop_listening = self.workspace.listen(self.desk_screen.arrived)
        self._catch_signals()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Do what comes after the first frame."""
        if self.notice:
            self.desk_screen.say(self.notice, "error")
        self.run_worker(self._follow(), exit_on_error=True)

    def _settle_in(self) -> None:
        """Do what the first keys can do without: know every lens, and collect garbage again."""
        self._settled = bool(self.desk_screen.registry)
        gc.freeze()  # nothing that was loaded is looked at again
        gc.set_threshold(*COLLECTING)
        gc.enable()

    async def _follow(self) -> None:
        """Take in what others saved and now and then fold what is unfolded, for as long as the app runs."""
        from asyncio import sleep

        while True:
            paused = POLL if self._still < RESTFUL_AFTER else REST
            await sleep(paused)
            if not self.screen_stack:  # the app is leaving
                return
            self._look(paused)

    def _look(self, paused: float) -> None:
        try:
            if self.workspace.refresh():
                self._tell_of_others()
                self._still = 0.0
        except ManyViewError as error:
            self.desk_screen.say(str(error), "error")
        self._unfolded += paused
        if self._unfolded >= IDLE_BEFORE_FOLD:
            self._unfolded = 0.0
            self.workspace.backend.fold()
        if (pressed := self.desk_screen.keyboard.count) != self._pressed:
            self._pressed, self._still = pressed, 0.0
        elif not self._settled:
            self._settle_in()
        if self._still < RESTFUL_AFTER <= self._still + paused:
            gc.collect()
        self._still += paused

    def _tell_of_others(self) -> None:
        newest = next(self.workspace.history(), None)
        if newest is not None and newest.by != self.workspace.me:
            self.desk_screen.say(changes_by_others(newest), "info")

    def _catch_signals(self) -> None:
        import asyncio

        loop = asyncio.get_running_loop()
        for number, code in LEAVING.items():
            loop.add_signal_handler(number, self._leave, code)

    def _leave(self, code: int) -> None:
        from tui.screens import drafting

        drafting.keep(self.desk_screen)
        self.exit(code)

    def _fatal_error(self) -> None:
        """End after a fault of ours, what is being typed kept; Textual would print pages of traceback here.

        It has no public door for this.  ``run`` raises the fault once the terminal is as it was.
        """
        from tui.screens import drafting

        with suppress(Exception):  # whatever is broken now, the first fault is the one to tell
            drafting.keep(self.desk_screen)
        self._close_messages_no_wait()

    def on_unmount(self) -> None:
        if self._stop_listening is not None:
            self._stop_listening()


def run(
    path: str,
    *,
    me: str,
    read_only: bool = False,
    theme: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> int:
    """Open a workspace in the app and return the exit code when the person leaves it.

    Raises ``ManyViewError`` when the file cannot be opened, ``UsageError`` when the theme cannot be drawn, and the fault of
    ours that ended the app.
    """
    from store.place import themes_folder
    from tui.chosen_theme import kept
    from tui.terminal import has_mouse, is_remote

    chosen = kept(environ)
    picked = theming.pick(environ, theme, (themes_folder(environ),), chosen.name)
    workspace = Workspace(TinyBackend(path, read_only=read_only), me=me)
    try:
        app = ManyViewApp(workspace, theme=picked.theme, remote=is_remote(environ))
        app.notice = chosen.problem or picked.problem
        result = app.run(mouse=has_mouse(environ))
        if app._exception is not None:
            raise app._exception
        return 1 if app.return_code and result is None else result or 0
    finally:
        workspace.close()
