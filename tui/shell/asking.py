"""Asks for one line after another in a terminal; what is half typed when the line is cut can be told.

Nothing is rewritten: a prompt is written once, and a terminal that cannot place its cursor edits its lines itself.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui.shell.output import put, spoken, tell
from tui.shell.printing import terminal_width
from tui.terminal import is_dumb
from tui.text import wrapped

WIDEST = 100
"""Cells of a line at most: longer ones are hard to follow."""
LONGEST = 4095
"""Bytes of a line that a terminal sends at most where it edits the line itself; what is typed behind them it swallows."""
PROMPT = "> "
GLANCE = 0.25
"""Seconds between two looks at the line that is being edited."""


def say(text: str) -> None:
    """Print a text broken at its blanks, no wider than is pleasant to read."""
    for line in wrapped(text, min(terminal_width() or WIDEST, WIDEST)):
        put(line)


class Asker:
    """Asks somebody in a terminal, or reads what a pipe holds."""

    def __init__(self) -> None:
        self.unfinished = ""
        """What stood in the line when it was cut, as far as that is known."""

    def __call__(self, prompt: str = PROMPT, typed: str = "") -> str | None:
        """One line without its end, None where nobody types any more; ``typed`` stands in it already where it can."""
        self.unfinished = ""
        from_terminal = sys.stdin.isatty()  # one that is gone is no terminal any more
        try:
            line = self._edited(prompt, typed) if can_edit() else _sent(prompt)
        except EOFError:
            if from_terminal and _is_cut():
                return None
            self.unfinished = ""
            put("")
            return None
        except UnicodeDecodeError:
            say("What was typed is not UTF-8 text. Nothing was changed. Once more:")
            return self(prompt, typed)
        if from_terminal and _is_cut():
            self.unfinished = line or self.unfinished
            return None
        self.unfinished = ""
        return line

    def _edited(self, prompt: str, typed: str) -> str:
        import readline

        readline.parse_and_bind("set enable-bracketed-paste off")  # it would send codes around every line
        readline.set_startup_hook((lambda: readline.insert_text(typed)) if typed else None)
        try:
            with _looked_at(self._look):
                return input(spoken(prompt, sys.stdout))
        except (KeyboardInterrupt, SystemExit):
            self.unfinished = readline.get_line_buffer() or self.unfinished
            raise
        finally:
            readline.set_startup_hook(None)

    def _look(self) -> None:
        """Note what stands in the line that is being edited."""
        seen = sys.modules["readline"].get_line_buffer()
        if not _is_cut():
            self.unfinished = seen


@contextmanager
def _looked_at(look: Callable[[], None]) -> Iterator[None]:
    """Look at a line now and then while it is edited.

    Where a terminal is gone, readline empties the line before anything is heard of it.  A signal that looked would meet the
    one that ends the program, and input() takes two at once for ctrl+c; so a thread looks.
    """
    from threading import Event, Thread  # only where somebody types

    is_over = Event()

    def watch() -> None:
        while not is_over.wait(GLANCE):
            look()

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        is_over.set()
        watching.join()


def can_edit() -> bool:
    """Whether a line can be edited where it is typed: at both ends a terminal, which can place its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not is_dumb(os.environ)


def _sent(prompt: str) -> str:
    """A line as the terminal or a pipe sends it.  Raises ``EOFError`` at its end."""
    sys.stdout.flush()
    sys.stderr.write(spoken(prompt, sys.stderr))
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    if sys.stdin.isatty() and len(line.encode(errors="surrogateescape")) > LONGEST:
        tell(f"This terminal sends no more than {LONGEST} bytes of a line: look at its end.")
    return line.removesuffix("\n")


def _is_cut() -> bool:
    """Whether the terminal is gone: then the end of the line was none that somebody typed."""
    ready = select.poll()
    ready.register(sys.stdin.fileno(), select.POLLHUP)
    return any(event & select.POLLHUP for _, event in ready.poll(0))
