"""Somebody who types at a terminal: line by line in this process, or at the real program in a terminal of its own."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tui.shell.asking import Asker

Many = Callable[..., Any]


class Cut(NamedTuple):
    """What stands in a line when it is cut, and what cuts it; None for a terminal that is just gone."""

    text: str = ""
    by: BaseException | None = None


class Typist:
    """Answers every question with the next of some lines, and counts the keys that takes; then the line is cut.

    A line may also be something that happens first and then says the line.
    """

    def __init__(self, many: Many) -> None:
        self._many = many
        self._lines: list[str | Cut | Callable[[], str]] = []
        self.asked: list[tuple[str, str]] = []
        """The prompts, and what stood in the line already."""
        self.keys = 0

    def __call__(
        self, *lines: str | Cut | Callable[[], str], verb: tuple[str, ...] = ("review",), options: tuple[str, ...] = ()
    ) -> Any:
        self._lines, self.asked, self.keys = list(lines), [], 0
        return self._many(*verb, *options)

    def ask(self, asker: Asker, prompt: str = "> ", typed: str = "") -> str | None:
        """What is typed at a prompt."""
        self.asked.append((prompt, typed))
        line = self._lines.pop(0) if self._lines else Cut()
        asker.unfinished = line.text if isinstance(line, Cut) else ""
        if isinstance(line, Cut):
            if line.by is not None:
                raise line.by
            return None
        text = line if isinstance(line, str) else line()
        self.keys += len(text) + 1
        return text


class Terminal:
    """The real program in a terminal of its own, as far as it prints lines."""

    def __init__(self, *words: str, **environ: str) -> None:
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            os.environ.update(environ, PYTHONPATH=str(Path(__file__).parents[3]))
            os.execv(sys.executable, [sys.executable, "-m", "tui.cli", *words])
        self.seen, self._unread = "", ""
        self._code: int | None = None

    def until(self, text: str, seconds: float = 30) -> str:
        """What was printed since the last call, up to some text."""
        end = time.monotonic() + seconds
        while text not in self._unread:
            if not select.select([self._master], [], [], max(end - time.monotonic(), 0))[0]:
                raise AssertionError(f"{text!r} did not come after {self._unread!r}")
            self._unread += os.read(self._master, 65536).decode()
        new, _, self._unread = self._unread.partition(text)
        self.seen += new + text
        return new + text

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def quiet(self, seconds: float) -> None:
        """Read on until nothing was printed for so long."""
        while select.select([self._master], [], [], seconds)[0]:
            self._unread += os.read(self._master, 65536).decode()

    def hang_up(self, seconds: float = 30) -> int:
        """The exit code after the terminal is gone."""
        os.close(self._master)
        self._master = -1
        return self.ended(seconds)

    def end_by(self, number: signal.Signals, seconds: float = 30) -> int:
        """The exit code after a signal, which is sent again: one between the prompt and the wait for a key is heard then."""
        os.kill(self.pid, number)
        return self.ended(seconds, again=number)

    def ended(self, seconds: float = 30, *, again: signal.Signals | None = None) -> int:
        """The exit code, once it is gone."""
        gone, end = os.pidfd_open(self.pid), time.monotonic() + seconds
        try:
            while not select.select([gone], [], [], 1 if again else seconds)[0]:
                assert again and time.monotonic() < end, "it does not end"
                os.kill(self.pid, again)
        finally:
            os.close(gone)
        return self.close()

    def close(self) -> int:
        """End it, if it has not ended."""
        if self._code is None:
            os.kill(self.pid, signal.SIGKILL)
            self._code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            if self._master >= 0:
                os.close(self._master)
        return self._code
