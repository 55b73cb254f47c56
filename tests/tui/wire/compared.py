"""Drivers with two terminals, one without the layer and one behind it, which must look the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import events
from textual._compositor import Compositor
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size

from tests.tui.wire.emulator import Terminal
from tui.wire import Traits, Wire
from tui.wire.compositor import Drawn
from tui.wire.driver import WireDriver


class Compared(Driver):
    """A driver with two terminals, one of them behind the layer, which are compared after every write."""

    traits: ClassVar[Traits] = Traits(erases_in_colour=True, fills_in_colour=True, moves_lines=True)

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        width, height = self._size or (60, 16)
        self.bare, self.behind = Terminal(width, height), Terminal(width, height, in_colour=self.traits.erases_in_colour)
        self.wire = Wire(lambda: app.size, self.traits)
        self.written = self.sent = self.compared = 0
        self.is_settled = True
        """Whether frames are drawn for the size the terminals have."""

    def write(self, data: str) -> None:
        sent = self.wire.feed(data)
        self.bare.feed(data)
        self.behind.feed(sent)
        self.written += len(data)
        self.sent += len(sent)
        if self.is_settled:
            self.compare()

    def compare(self) -> None:
        self.compared += 1
        assert self.behind.seen() == self.bare.seen()
        if not (self.bare.cursor.hidden and self.bare.place == (0, 0)):
            assert self.behind.place == self.bare.place

    def resize(self, width: int, height: int) -> None:
        self.is_settled = False
        for terminal in (self.bare, self.behind):
            terminal.resize(height, width)
        self._app.post_message(events.Resize(Size(width, height), Size(width, height)))

    def leave_and_come_back(self) -> None:
        """What a suspension is: a shell has the screen for a while, then all is drawn anew."""
        self.is_settled = False
        self.stop_application_mode()
        for terminal in (self.bare, self.behind):
            terminal.feed("\x1b[m\x1b[2;3Ha shell was here 中\x1b[5;1H\x1b[41mred\x1b[m")
        self.write("\x1b[?1049h\x1b[?25l\x1b[?7l")
        self._app.refresh()

    def start_application_mode(self) -> None:
        self.write("\x1b[?1049h\x1b[?25l\x1b[?7l")
        size = Size(*(self._size or (60, 16)))
        self._app.post_message(events.Resize(size, size))

    def stop_application_mode(self) -> None:
        self.write("\x1b[?1049l")

    def disable_input(self) -> None: ...


class Careful(Compared):
    traits = Traits()


class Painted(Compared, WireDriver):
    """The driver that is given strips: the other terminal is shown all of the screen, as Textual would compose it."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self._wire, self._patient = self.wire, None
        self.drawn = 0
        self.cursor = 0, 0
        self.texts: list[str] = []
        """What was written, and not drawn."""

    def write(self, data: str) -> None:
        self.texts.append(data)
        self.bare.feed(data)
        WireDriver.write(self, data)

    def draw(self, strips: Iterable[Drawn], cursor: tuple[int, int], *, is_at_once: bool) -> bool:
        self.drawn += 1
        self.written += sum(len(strip.text) for _, _, strip in strips)
        self.cursor = cursor
        return WireDriver.draw(self, strips, cursor, is_at_once=is_at_once)

    def compare(self) -> None:
        y, x = self.cursor if self.takes_strips else reversed(self._app.cursor_position)
        self.bare.feed(f"{whole_screen(self._app)}\x1b[{y + 1};{x + 1}H")
        super().compare()

    def _send(self, data: str) -> None:
        self.sent += len(data)
        self.behind.feed(data)


def whole_screen(app: App[Any]) -> str:
    """What Textual's own compositor writes for all of the screen; what is still to be drawn stays so."""
    compositor = app.screen._compositor
    regions = set(compositor._dirty_regions)
    whole = Compositor.render_full_update(compositor).render_segments(app.console)
    compositor._dirty_regions = regions
    return whole
