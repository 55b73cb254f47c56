"""The drivers: Textual's own for Linux and macOS, made quiet when idle, and one that sends only what changed.

What is typed is passed on read by read: the keys of one read have one time, and what must have been pasted is a ``Burst``.

Beyond what Textual documents they use ``_app``, ``_loop``, ``_debug`` and ``_file`` of its driver, how its input thread is
run, and its parser of keys; nothing else in this package knows Textual.
"""

from __future__ import annotations

import os
import select
import selectors
import shutil
import signal
import threading
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS
from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message
from textual.messages import InBandWindowResize

from tui.wire.ahead import pressed, take_over
from tui.wire.bursts import is_pasted, typed_of
from tui.wire.compositor import Drawn
from tui.wire.escapes import ESCAPE, Escapes
from tui.wire.layer import Wire
from tui.wire.palette import Palette
from tui.wire.parse import Placed
from tui.wire.strips import StripReader
from tui.wire.traits import traits_of

if TYPE_CHECKING:
    from textual.app import App

_READ = 1 << 16
_AT_ONCE = 2048
"""Characters up to which the buffer of a terminal that takes more at all as good as always takes a write whole."""
_SETTLE = constants.ESCAPE_DELAY + 0.01
"""Seconds after which a lone Escape is known not to begin a sequence."""
_RESIZED = 1 / 30
"""Seconds from a change of size until the app has told its screens: it waits for further ones for a fourth of that."""
_TEXT_AS_TEXT = "\x1b[=1u"
"""Asks terminals of the kitty protocol for what is ambiguous alone, where Textual asks for every key: a Shift would be one,
and a shell that a cut link falls back to would be sent sequences for letters, so that nobody could type ``reset``."""
_HUNG_UP = 129
"""The exit code of a program that SIGHUP ends."""


class Burst(events.Paste):
    """Keys that arrived at once and read as lines of words; ``keys`` is what they are where they were typed after all."""

    def __init__(self, text: str, keys: Sequence[events.Key]) -> None:
        super().__init__(text)
        self.keys = keys


def together(arrived: Sequence[Message], text: str, *, is_ahead: bool = False) -> Sequence[Message]:
    """The messages of one read, all of the same time, by which they are known; a ``Burst`` where they seem pasted.

    What had waited for the program is read at once, too, and need not have come at once.
    """
    for message in arrived:
        message.time = arrived[0].time
    keys = [message for message in arrived if isinstance(message, events.Key)]
    typed = typed_of(text)
    if not is_pasted(typed, has_waited=is_ahead):
        return arrived
    return [Burst(typed, keys), *(message for message in arrived if not isinstance(message, events.Key))]


def _keys(parser: XTermParser, part: str) -> Iterable[Message]:
    return [events.Key("escape", ESCAPE)] if part == ESCAPE else parser.feed(part)


class QuietDriver(LinuxDriver):
    """Textual's driver, but waiting for input without polling, and leaving when the terminal hangs up.

    A hang-up is treated as the signal for it if the program handles that, else the app exits with code 129.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._patient = None if self._file is None else _Patient(self._file)
        if self._patient is not None:
            self._file = self._patient  # type: ignore[assignment]
        self._is_writing = False
        self._wake: tuple[int, int] | None = None
        """Both ends of the pipe that ends the wait for input; None while the app is not on the screen."""

    def start_application_mode(self) -> None:
        self._wake = os.pipe()
        found = take_over()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.attrs_before = found or self.attrs_before
        self.write(_TEXT_AS_TEXT)

    def stop_application_mode(self) -> None:
        """Leave with the cursor in the last line, empty: where there is but one screen, that is where others write next."""
        self.write(f"\x1b[m\x1b[{self._app.size.height};1H\x1b[K")
        super().stop_application_mode()

    def resume_application_mode(self) -> None:
        """Come back and draw everything; where nobody had left (SIGCONT after SIGSTOP), leave first.

        Otherwise there would be two threads for the keys, and the settings to restore in the end would be our own.  A signal
        that comes amid a write waits for its end: leaving waits for the thread that writes, which may wait for what we hold.
        """
        if self._is_writing:
            self._loop.call_soon_threadsafe(self.resume_application_mode)
            return
        if self._wake is not None:
            self.suspend_application_mode()
        super().resume_application_mode()
        self._redraw()

    def write(self, data: str) -> None:
        """Send the data as it is."""
        was_writing, self._is_writing = self._is_writing, True
        try:
            super().write(data)
        finally:
            self._is_writing = was_writing

    def _redraw(self) -> None:
        """Have the app draw everything; of itself it draws what has changed, though the screen was another's."""
        self._loop.call_soon_threadsafe(self._app.refresh)

    def disable_input(self) -> None:
        wake, self._wake = self._wake, None
        if wake is not None:
            os.write(wake[1], b"\0")
        super().disable_input()
        if wake is not None:
            os.close(wake[0])
            os.close(wake[1])

    def run_input_thread(self) -> None:
        """Pass on what is typed until input is disabled or the terminal hangs up; no wake-ups in between."""
        if self._wake is None:
            return
        wake = self._wake[0]
        parser, escapes = XTermParser(self._debug), Escapes()
        decode = getincrementaldecoder("utf-8")("replace").decode
        settle: float | None = None
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(wake, selectors.EVENT_READ)
            is_ahead = bool(selector.select(0))
            while True:
                ready = [key.fd for key, _ in selector.select(settle)]
                if wake in ready:
                    return
                typed = self._read() if ready else b""
                if typed is None:
                    self._hang_up()
                    return
                text = decode(pressed(typed)) if typed else ""
                arrived = [message for part in escapes.apart(text) for message in _keys(parser, part)]
                arrived += parser.tick()
                for message in together(arrived, text, is_ahead=is_ahead):
                    self.process_message(message)
                is_ahead = False
                settle = _SETTLE if typed or arrived else None

    def _read(self) -> bytes | None:
        """What was typed; None when nobody can type any more."""
        try:
            return os.read(self.fileno, _READ) or None
        except OSError:
            return None

    def _hang_up(self) -> None:
        if callable(signal.getsignal(signal.SIGHUP)):
            os.kill(os.getpid(), signal.SIGHUP)
        else:
            self._loop.call_soon_threadsafe(lambda: self._app.exit(return_code=_HUNG_UP))


class WireDriver(QuietDriver):
    """Sends only what changed of each frame; those drawn while the terminal is behind become one."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        if self._patient is not None:
            self._patient.drained = self._send_held
        self._wire: Wire | None = Wire(lambda: app.size, traits_of(os.environ))
        """None after a failure of the layer, when all is sent as it is."""
        self._strips = StripReader(COLOR_SYSTEMS.get(app.console.color_system or "", ColorSystem.TRUECOLOR))
        self._lock = threading.RLock()
        self._is_feeding = False
        self._is_stale = False
        self._handed_over = 0
        """How often something was given to be written."""

    def forget(self) -> None:
        """Send in full whatever is drawn from now on; with ``App.refresh`` this repairs a screen others wrote on."""
        self._is_stale = True

    def write(self, data: str) -> None:
        """Send what the data changes on the screen, and all of it that does not draw."""
        if self._sends(lambda wire, hold: wire.feed(data, hold=hold)):
            return
        was_writing, self._is_writing = self._is_writing, True
        try:
            with self._lock:
                self._send(data)
        finally:
            self._is_writing = was_writing

    def draw(self, strips: Iterable[Drawn], cursor: tuple[int, int], *, is_at_once: bool) -> bool:
        """Send what strips change on the screen; False, and nothing sent, if they have to be written as text.

        ``cursor`` is the row and the column for the cursor; ``is_at_once`` is for what must not be shown in parts.
        """

        def rows(palette: Palette) -> list[Placed] | None:
            return self._strips.rows(strips, palette)

        return self._sends(lambda wire, hold: wire.draw(rows, cursor, hold=hold, is_at_once=is_at_once))

    @property
    def takes_strips(self) -> bool:
        """Whether frames can be drawn from strips; not after a failure of the layer."""
        return self._wire is not None

    def _sends(self, changes: Callable[[Wire, bool], str | None]) -> bool:
        """Send what the layer makes of something; False if it makes nothing of it, or is not there.

        A signal may come while a frame is worked on and write, too: what is known of the screen is no longer true then.
        """
        was_writing, self._is_writing = self._is_writing, True
        try:
            with self._lock:
                if self._is_feeding:
                    self._is_stale = True
                    return False
                self._is_feeding = True
                try:
                    made = self._made(changes)
                finally:
                    self._is_feeding = False
                if made:
                    self._send(made)
                return made is not None
        finally:
            self._is_writing = was_writing

    def _send(self, data: str) -> None:
        """Write what is small at once, where nothing waits to be written: a thread would first have to be woken for it."""
        file = self._patient
        if len(data) <= _AT_ONCE and file is not None and file.takes_at_once(self._handed_over):
            file.write(data)
            file.flush()
            self._handed_over += 1
        else:
            self._handed_over += 1
            super().write(data)

    def _made(self, changes: Callable[[Wire, bool], str | None]) -> str | None:
        if self._wire is None:
            return None
        if self._is_stale:
            self._is_stale = False
            self._drop()
        try:
            return changes(self._wire, self._patient is not None and self._patient.is_behind(self._handed_over))
        except Exception as error:
            self._app.log.error(f"Frames are sent whole from now on: {error!r}")
            self._drop()
            self._wire = None
            self._send("\x1b[m")
            return None

    def _drop(self) -> None:
        """Forget the screen; what was drawn and is not sent is to be drawn again."""
        if self._wire is not None:
            if self._wire.is_holding:
                self._redraw()
            self._wire.forget()

    def _send_held(self) -> None:
        """Send what was drawn while the terminal was behind; called by the thread that writes."""
        with suppress(RuntimeError):  # the loop is closed: all that mattered was sent before
            self._loop.call_soon_threadsafe(self.write, "")

    def start_application_mode(self) -> None:
        super().start_application_mode()
        resized = signal.getsignal(signal.SIGWINCH)

        def forget_and_resize(number: int, frame: FrameType | None) -> None:
            self.forget()
            if callable(resized):
                resized(number, frame)
            if tuple(shutil.get_terminal_size()) == tuple(self._app.size):  # there and back: nothing for the app to draw
                self._redraw()
            self._redraw_resized()

        signal.signal(signal.SIGWINCH, forget_and_resize)

    def _redraw_resized(self) -> None:
        """Have everything drawn once more when the app has taken in its size.

        Of a size that changes there and back the app draws nothing, though the terminal has cut lines off.
        """

        def redraw() -> None:
            if self._app.screen_stack:  # else it is leaving
                self._app.screen.call_later(self._app.refresh)

        self._loop.call_soon_threadsafe(self._app.call_later, self._app.set_timer, _RESIZED, redraw)

    def process_message(self, message: Message) -> None:
        """Handle what was typed; a terminal that tells its size by itself is answered where frames are written."""
        if isinstance(message, events.Resize):
            self.forget()
        if isinstance(message, InBandWindowResize):
            self._loop.call_soon_threadsafe(super().process_message, message)
            self._redraw_resized()
        else:
            super().process_message(message)


class _Patient:
    """A file for the terminal that takes everything even after the terminal is gone, so that leaving can be orderly."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._written = 0
        self._is_flushed = True
        self._turn = threading.Lock()
        self._is_awaited = False
        self.drained: Callable[[], None] = lambda: None
        """Called when all was written, after somebody was told that it was not."""

    def is_behind(self, handed_over: int) -> bool:
        """Whether some of what was handed over so far still waits to be written."""
        with self._turn:
            self._is_awaited = handed_over != self._written or not self._is_flushed
            return self._is_awaited

    def takes_at_once(self, handed_over: int) -> bool:
        """Whether everything handed over so far has been written, and the terminal takes more without waiting."""
        if handed_over != self._written or not self._is_flushed:
            return False
        try:
            return bool(select.select([], [self._file], [], 0)[1])
        except (OSError, ValueError):
            return False

    def write(self, text: str) -> int:
        self._is_flushed = False
        try:
            return self._file.write(text)
        except OSError:
            self._let_go()
            return len(text)
        finally:
            self._written += 1

    def flush(self) -> None:
        try:
            self._file.flush()
        except OSError:
            self._let_go()
        finally:
            with self._turn:
                self._is_flushed = True
                was_awaited, self._is_awaited = self._is_awaited, False
            if was_awaited:
                self.drained()

    def _let_go(self) -> None:
        """Have what is still to be written go nowhere: Python's own flush at the end would fail and change the exit code."""
        with suppress(OSError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._file.fileno())
            os.close(nowhere)

    def fileno(self) -> int:
        return self._file.fileno()

    def isatty(self) -> bool:
        return self._file.isatty()
