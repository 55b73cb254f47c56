"""Somebody who plays at random on the app behind the layer, and the terminals that tell whether all of it is right.

One terminal is shown all of the screen as Textual would compose it anew.  Those behind the layer must look the same: one
that takes as many cells for everything as Rich reckons, and two that do not, but for the cells they do not agree about.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from random import Random
from typing import Any

from pyte.screens import Char
from textual._xterm_parser import XTermParser

from store.changes import added
from store.disk.tiny import TinyBackend
from store.model import Update
from store.workspace import Workspace
from tests.tui.sample import TODAY
from tests.tui.wire.compared import Painted
from tests.tui.wire.emulator import Agreeing, Narrow, Terminal
from tui import theming
from tui.app import ManyViewApp
from tui.wire import traits_of
from tui.wire.cells import RIGHT_HALF, is_certain
from tui.wire.driver import _keys, together
from tui.wire.escapes import ESCAPE, Escapes

PATIENCE = 6.0
"""Seconds after which a screen that is not what it should be will not become that."""
SIZES = ((80, 24), (160, 45), (120, 30), (40, 12), (250, 70))
KEYS: Mapping[str, str] = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "enter": "\r",
    "f1": "\x1bOP", "backspace": "\x7f", "ctrl+d": "\x04", "ctrl+o": "\x0f", "ctrl+p": "\x10", "ctrl+u": "\x15",
    "ctrl+w": "\x17", "space": " ",
}  # fmt: skip
MOVES = (
    "j",
    "j",
    "k",
    "h",
    "l",
    "G",
    "down",
    "up",
    "right",
    "left",
    "pagedown",
    "pageup",
    "home",
    "end",
    "ctrl+d",
    "ctrl+u",
)
PRESSES = (
    *"12345", *"12345", *"[]-z/:?vonN", *"O&+_=*\\,.b<f#(){}|@", *"aceswdtiCRTBymFHLJKxuUAZSMPDY>;", "space", "tab", "tab",
    "shift+tab", "escape", "escape", "escape", "enter", "enter", "f1", "backspace", "ctrl+p", "ctrl+w", "ctrl+o",
)  # fmt: skip
LENSES = "auvqjzfxhlywnprokWRisetT"
TEXTS = (
    "word ", "中文字", "cafe\u0301 ", "🎉 hi", "👍\U0001f3fd ok", "🇩🇪 flag", "👩\u200d💻|", "⚠\ufe0f!", "שלום עולם", "नमस्ते",
    "각", "ｱｲｳ", "\u202ertl\u202c", "x" * 90, "+tag @anna ", "B9", "theme", "board ", "y", "n", "-6w", "2026-10-01",
)  # fmt: skip
THEMES = ("light", "dark", "ansi", "mono", "contrast-dark", "gruvbox")
LINES = (*(f"theme {name}" for name in THEMES), "mouse", "board.add")

Deed = tuple[str, Any]
Size = tuple[int, int]


class Differs(Exception):
    """The screen behind the layer is not what it should be."""


class Lagging:
    """A terminal that now and then is behind with what it was sent."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self.lags = True

    def is_behind(self, handed_over: int) -> bool:
        return self.lags and self._chance.random() < 0.3


class Watched(Painted):
    """The driver of one round."""

    chance = Random(0)

    def __init__(self, app: Any, **options: Any) -> None:
        self.traits = traits_of(os.environ)  # type: ignore[misc]
        super().__init__(app, **options)
        self._patient: Any = Lagging(self.chance)
        width, height = self._size or SIZES[0]
        kind = {"in_colour": self.traits.erases_in_colour, "fills": self.traits.fills_in_colour}
        self.bare, self.behind = Agreeing(width, height), Agreeing(width, height, **kind)
        self.odd = Terminal(width, height, **kind), Narrow(width, height, **kind)

    def _send(self, data: str) -> None:
        super()._send(data)
        for terminal in self.odd:
            terminal.feed(data)

    def resize(self, width: int, height: int) -> None:
        for terminal in self.odd:
            terminal.resize(height, width)
        super().resize(width, height)
        self.forget()
        self._redraw_resized()

    def settled(self) -> bool:
        """Whether every terminal shows what it should, all of what was drawn being sent."""
        self._patient.lags = False
        self.write("")
        self._patient.lags = True
        with suppress(AssertionError):
            self.compare()
            return not any(self.differing(terminal) for terminal in self.odd)
        return False

    def differing(self, terminal: Terminal) -> list[tuple[int, int, Char, Char]]:
        """Where a terminal shows something else than it should: row, column, what is there, what should be."""
        lines = enumerate(zip(terminal.seen(), self.bare.seen(), strict=True))
        cells = chain.from_iterable(((y, x, *pair) for x, pair in enumerate(zip(*rows, strict=True))) for y, rows in lines)
        return [one for one in cells if one[2] != one[3] and (terminal is self.behind or not self._is_doubtful(*one[:2]))]

    def _is_doubtful(self, y: int, x: int) -> bool:
        """Whether terminals do not agree about a cell."""
        line = self.bare.buffer[y]
        text = line[x].data
        return not is_certain(line[x - 1].data if text == RIGHT_HALF and x else text)


def a_size(chance: Random) -> Size:
    """A usual size, or any other."""
    return chance.choice(SIZES) if chance.random() < 0.5 else (chance.randint(10, 250), chance.randint(3, 70))


def a_deed(chance: Random, size: Size) -> Deed:
    """What a person, or the terminal, may do next."""
    place = chance.randint(1, size[0]), chance.randint(1, size[1])
    kinds: Sequence[tuple[int, Callable[[], Deed]]] = (
        (30, lambda: ("press", chance.choice(MOVES))),
        (34, lambda: ("press", chance.choice(PRESSES))),
        (10, lambda: ("type", "g" + chance.choice(LENSES))),
        (8, lambda: ("type", chance.choice(TEXTS))),
        (4, lambda: ("click", place)),
        (2, lambda: ("wheel", (chance.choice((64, 65)), *place))),
        (4, lambda: ("resize", [a_size(chance)])),
        (1, lambda: ("resize", [a_size(chance) for _ in range(4)])),
        (2, lambda: ("line", chance.choice(LINES))),
        (2, lambda: ("paste", "\n".join(chance.sample(TEXTS, 3)))),
        (1, lambda: ("burst", "".join(KEYS.get(key, key) for key in chance.choices(MOVES, k=12)))),
        (1, lambda: ("suspend", None)),
        (1, lambda: ("other", None)),
    )
    return chance.choices([deed for _, deed in kinds], [weight for weight, _ in kinds])[0]()


class Played:
    """One round: the app on a workspace, and somebody at its keyboard."""

    def __init__(self, chance: Random, path: str) -> None:
        self.chance, self.path = chance, path
        self.compared = 0
        self.done: list[Deed] = []
        self._workspace = Workspace(TinyBackend(path), me="anna")
        theme = theming.pick(os.environ, chance.choice((None, *THEMES))).theme
        self._app = ManyViewApp(self._workspace, theme=theme, today=lambda: TODAY)
        self._app.driver_class = type("Driver", (Watched,), {"chance": chance})
        self._parser, self._escapes = XTermParser(), Escapes()

    @property
    def screen(self) -> Watched:
        """The driver, and with it every terminal."""
        driver = self._app._driver
        assert isinstance(driver, Watched)
        return driver

    async def play(self, deeds: int) -> list[str]:
        """Do so much, or less if the app is left; what was wrong."""
        size = a_size(self.chance)
        self.done.append(("begin", size))
        try:
            async with self._app.run_test(headless=False, size=size):
                for _ in range(deeds):
                    self.done.append(deed := a_deed(self.chance, size))
                    size = deed[1][-1] if deed[0] == "resize" else size
                    await self._do(deed)
                    if not await self._settled():
                        break
            return [] if self.screen.takes_strips else ["the layer failed"]
        except Differs:
            return told(self.screen)
        finally:
            self._workspace.close()

    async def _settled(self) -> bool:
        """Wait until the screen is what it should be; whether the app is still there."""
        deadline = time.monotonic() + PATIENCE
        while self._app._running and self._app.screen_stack:
            await asyncio.sleep(0.02)
            if self.screen.settled():
                self.compared += 1
                return True
            if time.monotonic() > deadline:
                raise Differs
        return False

    async def _do(self, deed: Deed) -> None:
        """Do what is to be done, without waiting for what comes of it."""
        match deed:
            case "press", key:
                self._send(KEYS.get(key, key))
            case "type", text:
                for character in text:
                    self._send(character)
            case "burst", text:
                self._send(text)
            case "line", text:
                for typed in (ESCAPE, ESCAPE, *f":{text}", "\r"):
                    self._send(typed)
                    await asyncio.sleep(0)
            case "paste", text:
                self._send(f"\x1b[200~{text}\x1b[201~")
            case "click", (x, y):
                self._send(f"\x1b[<0;{x};{y}M")
                self._send(f"\x1b[<0;{x};{y}m")
            case "wheel", (button, x, y):
                self._send(f"\x1b[<{button};{x};{y}M")
            case "resize", sizes:
                for size in sizes:
                    self.screen.resize(*size)
                    await asyncio.sleep(0.01)
            case "suspend", _:
                self.screen.leave_and_come_back()
            case "other", _:
                other = Workspace(TinyBackend(self.path), me="ben")
                other.commit(added(other.records, Update, {"text": self.chance.choice(TEXTS)}, TODAY))
                other.close()

    def _send(self, text: str) -> None:
        """What the terminal sends, in one read."""
        parts = self._escapes.apart(text)
        parts += self._escapes.apart("") if text.endswith(ESCAPE) else []
        for message in together([message for part in parts for message in _keys(self._parser, part)], text):
            self.screen.process_message(message)


def told(screen: Watched) -> list[str]:
    """Where terminals show something else than they should."""
    found = [f"the cursor is at {screen.behind.place} and should be at {screen.bare.place}"]
    for terminal in (screen.behind, *screen.odd):
        for y, x, cell, should in screen.differing(terminal)[:4]:
            found.append(f"{type(terminal).__name__}, row {y}, column {x}: {cell}, should be {should}")
            found += [terminal.display[y].rstrip(), screen.bare.display[y].rstrip()]
    return found
