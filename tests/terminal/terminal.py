"""The real program in a pseudo-terminal, with pyte as the screen a person would see."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte

ROOT = Path(__file__).parents[2]
PATIENCE = 15.0
"""Seconds until what is waited for counts as missing; nothing ever waits that long unless it fails."""
MANY = (sys.executable, "-m", "tui.cli")

KEYS: Mapping[str, str] = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "f1": "\x1bOP",
}  # fmt: skip
"""What a terminal sends for the keys that print nothing."""

_QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[A-Za-z]|\x1b\[\?\d+\$p|\x1b_[^\x1b]*\x1b\\")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]_P][^\x07\x1b]*\x1b?)?$")


def sent_by(key: str) -> str:
    """What a terminal sends for a key by its name; ``ctrl+d`` and anything printable too."""
    if key.startswith("ctrl+"):
        return chr(ord(key[5:].upper()) - 64)
    return KEYS.get(key, key)


class _Screen(pyte.Screen):
    """A screen whose answers to the program's questions are collected."""

    def __init__(self, columns: int, lines: int) -> None:
        self.answers: list[str] = []
        super().__init__(columns, lines)

    def write_process_input(self, data: str) -> None:
        self.answers.append(data)


def _readable(descriptor: int, seconds: float) -> bool:
    """Whether there is something to read within so many seconds; also for descriptors past 1023, which select() refuses."""
    ready = select.poll()
    ready.register(descriptor, select.POLLIN)
    return bool(ready.poll(seconds * 1000))


class Terminal:
    """A program running in a terminal of ``columns`` × ``rows`` cells; use it with ``with``."""

    def __init__(
        self,
        argv: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        folder: str | Path = ROOT,
    ) -> None:
        self.raw = b""
        self.most_at_once = 65536
        """Bytes that are taken at once."""
        self.exit_code: int | None = None
        self._screen = _Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._pending = b""
        self._ended = False
        self.pid, self._master = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child becomes the program
            try:
                _set_size(0, columns, rows)
                os.chdir(folder)
                os.execvpe(argv[0], list(argv), dict(environ))
            finally:
                os._exit(127)
        os.set_blocking(self._master, False)
        self._before = termios.tcgetattr(self._master)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.exit_code is None:
            for group in {self._foreground(), self.pid} - {0, os.getpgrp()}:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(group, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        with contextlib.suppress(OSError):  # closed when the link was cut
            os.close(self._master)

    # ------------------------------------------------------------------------------------------------------ what is shown

    @property
    def lines(self) -> list[str]:
        """The lines of the screen without the blanks at their ends."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.lines)

    def line_with(self, text: str) -> str:
        """The first line that holds a text; fails when there is none."""
        found = [line for line in self.lines if text in line]
        assert found, f"no line holds {text!r}:\n{self.text}"
        return found[0]

    @property
    def cursor_line(self) -> str:
        """The row the cursor of the focused pane is on: it begins with ``>``, wherever the pane does."""
        found = [line[at:] for line in self.lines for at in _starts(line) if line[at : at + 1] == ">"]
        return found[0] if found else ""

    @property
    def title(self) -> str:
        """The title of the window."""
        return str(self._screen.title)

    @property
    def is_alternate(self) -> bool:
        """Whether the program is on the alternate screen."""
        return (1049 << 5) in self._screen.mode

    @property
    def is_cursor_hidden(self) -> bool:
        return bool(self._screen.cursor.hidden)

    @property
    def is_as_before(self) -> bool:
        """Whether the terminal's settings are those the program found."""
        return self.settings[:4] == self._before[:4]

    @property
    def settings(self) -> list[Any]:
        """The terminal's settings, as ``termios`` has them."""
        return termios.tcgetattr(self._master)

    # -------------------------------------------------------------------------------------------------------------- keys

    def press(self, *keys: str) -> Terminal:
        """Press keys one after another, each by its name or as what it prints."""
        for key in keys:
            self.send(sent_by(key))
        return self

    def type(self, text: str) -> Terminal:
        """Type a text."""
        return self.send(text)

    def paste(self, text: str) -> Terminal:
        """Paste a text as terminals do that know brackets."""
        return self.send(f"\x1b[200~{text}\x1b[201~")

    def send(self, text: str) -> Terminal:
        """Send what a terminal would."""
        self.receive(0)
        self._write(text.encode("utf-8", "surrogateescape"))
        return self

    def _write(self, data: bytes) -> None:
        """Write as fast as the program reads, and read meanwhile: it may wait for us to take what it writes."""
        deadline = time.monotonic() + PATIENCE
        while data:
            assert time.monotonic() < deadline, f"the program does not read; the screen shows:\n{self.text}"
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                self.receive(0.05)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal, which the program is told."""
        self._screen.resize(rows, columns)
        _set_size(self._master, columns, rows)

    # ----------------------------------------------------------------------------------------------------------- waiting

    def wait_for(self, *wanted: str | re.Pattern[str] | Callable[[Terminal], bool], timeout: float = PATIENCE) -> Terminal:
        """Read until everything wanted is on the screen together: texts, patterns, or what a function says of it."""
        self.until(lambda: all(self._shows(one) for one in wanted), f"{wanted}", timeout)
        return self

    def wait_until_gone(self, text: str, timeout: float = PATIENCE) -> Terminal:
        """Read until a text is no longer on the screen."""
        self.until(lambda: text not in self.text, f"the end of {text!r}", timeout)
        return self

    def until(self, holds: Callable[[], bool], what: str = "a condition", timeout: float = PATIENCE) -> None:
        """Read until something holds; fails with the screen when it does not in time."""
        deadline = time.monotonic() + timeout
        while not holds():
            left = deadline - time.monotonic()
            assert left > 0, f"waited {timeout} s for {what}; the screen shows:\n{self.text}\n"
            if self._ended:
                assert holds(), f"the program ended while waiting for {what}; the screen shows:\n{self.text}\n"
                return
            self.receive(min(left, 0.2))

    def receive(self, seconds: float) -> bool:
        """Read what has arrived, waiting so many seconds for it; whether anything had."""
        if self._ended or not _readable(self._master, seconds):
            return False
        try:
            data = os.read(self._master, self.most_at_once)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self._ended = True
            return False
        self.raw += data
        self._feed(data)
        return True

    def wait_for_exit(self, timeout: float = PATIENCE) -> int:
        """The exit code of the program, negative the number of a signal that ended it."""
        deadline = time.monotonic() + timeout
        while self.exit_code is None:
            assert time.monotonic() < deadline, f"still running after {timeout} s; the screen shows:\n{self.text}"
            self.receive(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.exit_code = os.waitstatus_to_exitcode(status)
        while not self._ended and self.receive(0):
            pass
        return self.exit_code

    def hang_up(self, timeout: float = PATIENCE) -> int:
        """Cut the link as a lost connection does; the exit code of the program, negative the number of a signal."""
        os.close(self._master)
        self._ended = True
        deadline = time.monotonic() + timeout
        while self.exit_code is None:
            assert time.monotonic() < deadline, f"still running {timeout} s after the link was cut"
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self.exit_code = os.waitstatus_to_exitcode(status)
            else:
                select.select([], [], [], 0.02)
        return self.exit_code

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    # ------------------------------------------------------------------------------------------------------------ inside

    def _shows(self, wanted: str | re.Pattern[str] | Callable[[Terminal], bool]) -> bool:
        if isinstance(wanted, str):
            return wanted in self.text
        return bool(wanted.search(self.text)) if isinstance(wanted, re.Pattern) else wanted(self)

    def _feed(self, data: bytes) -> None:
        data = self._pending + data
        unfinished = _UNFINISHED.search(data)
        self._pending = data[unfinished.start() :] if unfinished else b""
        whole = data[: len(data) - len(self._pending)]
        for mode in _QUERY.findall(whole):
            self._screen.answers.append(f"\x1b[?{mode.decode()};2$y")
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", whole))
        answers, self._screen.answers = self._screen.answers, []
        for answer in answers:
            self._write(answer.encode())

    def _foreground(self) -> int:
        try:
            return os.tcgetpgrp(self._master)
        except OSError:
            return self.pid


def _set_size(descriptor: int, columns: int, rows: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _starts(line: str) -> Iterator[int]:
    """Where panes can begin on a line: at its start, and after a gap."""
    yield 0
    yield from (found.end() for found in re.finditer(r"\s{2,}", line))
