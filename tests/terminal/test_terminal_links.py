"""Where the program really runs: in tmux and GNU screen, on a console, over links that are slow, and that are cut."""

from __future__ import annotations

import base64
import os
import re
import select
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Start
from multiplexed import needs_screen, screens
from terminal import MANY, PATIENCE, Terminal

pytestmark = pytest.mark.terminal

BEYOND_SIXTEEN = re.compile(rb"[34]8;[25];")
LINK = 32_000
"""Bytes a second of a slow link."""


# -------------------------------------------------------------------------------------------------------------- multiplexers


@pytest.fixture
def tmux(path: Path, environ: dict[str, str]) -> Iterator[Callable[..., str]]:
    """Gives tmux commands to a server of its own, and takes what it prints."""
    program = shutil.which("tmux")
    if program is None:
        pytest.skip("there is no tmux here")
    with tempfile.TemporaryDirectory(prefix="mv") as sockets:  # a socket's path must be short
        around = {**environ, "TMUX_TMPDIR": sockets}

        def command(*words: str) -> str:
            line = [program, "-f", os.devnull, *words]
            return subprocess.run(
                line, env=around, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL, timeout=PATIENCE
            ).stdout

        yield command
        with suppress(subprocess.CalledProcessError):  # it ended with its last session
            command("kill-server")


@pytest.fixture
def attached(tmux: Callable[..., str], environ: dict[str, str], home: Path) -> Iterator[Callable[[int, int], Terminal]]:
    """Opens a terminal of some size on the session in tmux."""
    opened: list[Terminal] = []

    def attach(columns: int = 80, rows: int = 24) -> Terminal:
        sockets = tmux("display-message", "-p", "#{socket_path}").strip()
        line = ["tmux", "-S", sockets, "attach"]
        opened.append(Terminal(line, environ, columns=columns, rows=rows, folder=home))
        return opened[-1]

    yield attach
    for terminal in opened:
        terminal.__exit__(None, None, None)


def begun_in_tmux(tmux: Callable[..., str]) -> None:
    tmux("new-session", "-d", "-x", "80", "-y", "24", *MANY)
    tmux("set-option", "-g", "status", "off")


def test_in_tmux_a_session_is_left_and_found_again_on_another_screen(
    tmux: Callable[..., str], attached: Callable[..., Terminal]
) -> None:
    begun_in_tmux(tmux)
    terminal = attached().wait_for("Readers find").press("2").wait_for("> B3").press("j").wait_for("> B5")
    tmux("detach-client")
    assert terminal.wait_for_exit() == 0
    again = attached(100, 30).wait_for("> B5", "Reading clubs", lambda one: one.lines[29].strip() != "")
    again.press("k").wait_for("> B3")


def test_in_tmux_what_is_copied_is_in_its_buffer(tmux: Callable[..., str], attached: Callable[..., Terminal]) -> None:
    begun_in_tmux(tmux)
    attached().wait_for("Readers find").press("2").wait_for("> B3").press("y").wait_for("Sent to the clipboard through tmux")
    assert "Search forgives typos" in tmux("show-buffer") or "B3" in tmux("show-buffer")


def test_in_tmux_escape_and_the_next_key_are_two_keys(tmux: Callable[..., str], attached: Callable[..., Terminal]) -> None:
    begun_in_tmux(tmux)
    terminal = attached().wait_for("Readers find").press("2").wait_for("> B3")
    terminal.press("space").wait_for("marked").send("\x1bj").wait_for("> B5").wait_until_gone("marked")


AS_256 = ("-T", "screen-256color", *MANY)


@needs_screen
def test_in_screen_everything_is_drawn_and_erased(path: Path, environ: dict[str, str], home: Path) -> None:
    with screens(environ, home) as screen, screen(*AS_256) as terminal:
        terminal.wait_for("Readers find").press("2").wait_for("> B3", "Reading clubs").press("j").wait_for("> B5")
        terminal.press("4").wait_for("Stop late fees").wait_until_gone("Reading clubs")
        terminal.press("2").wait_for("> B5").press("q").wait_for("terminating")


@needs_screen
def test_in_screen_what_is_copied_reaches_the_terminal_around_it(path: Path, environ: dict[str, str], home: Path) -> None:
    with screens(environ, home) as screen, screen(*AS_256) as terminal:
        terminal.wait_for("Readers find").press("2").wait_for("> B3").press("y")
        terminal.wait_for("Sent to the clipboard through screen: B3")
        assert b"\x1b]52;c;" + base64.b64encode(b"B3") + b"\x07" in terminal.raw
        terminal.press("j").wait_for("> B5").press("q").wait_for("terminating")


@needs_screen
def test_where_there_is_but_one_screen_the_shell_goes_on_in_an_empty_line(
    path: Path, environ: dict[str, str], home: Path
) -> None:
    with screens({**environ, "PS1": "shell> "}, home) as screen, screen("/bin/sh") as terminal:
        terminal.wait_for("shell>").type(f"{' '.join(MANY)}\r").wait_for("Readers find", "? help").press("q")
        terminal.wait_for(lambda one: one.lines[-1] == "shell>").type("exit\r").wait_for("terminating")


def test_a_console_of_sixteen_colours_is_enough(many: Start) -> None:
    terminal = many(TERM="linux").press("2").wait_for("> B3").press("e").wait_for("Enter goes on").press("escape")
    terminal.wait_for("> B3").press("5").wait_for("shaping 1").press("q")
    assert terminal.wait_for_exit() == 0
    assert not BEYOND_SIXTEEN.search(terminal.raw)


def test_on_a_console_our_signs_are_ascii_and_letters_are_letters(many: Start) -> None:
    terminal = many(TERM="linux").press("2").wait_for("> B3").press("/").type("Zürich").wait_for("/ Zürich")
    assert not re.search("[●○◐✓✗□…]", terminal.raw.decode())


# ------------------------------------------------------------------------------------------------------------- slow and cut


class SlowTerminal(Terminal):
    """A terminal at the end of a slow link: what is sent waits for its turn, and arrives late."""

    def receive(self, seconds: float) -> bool:
        self.most_at_once = LINK // 100
        select.select([], [], [], 0.01)
        return super().receive(seconds)


@pytest.mark.parametrize("wire", ["differ", "plain"])
def test_keys_pressed_faster_than_the_link_all_arrive(path: Path, environ: dict[str, str], home: Path, wire: str) -> None:
    with SlowTerminal([*MANY, "--wire", wire], environ, folder=home) as terminal:
        terminal.wait_for("Readers find").press("2").wait_for("> B3")
        terminal.press(*["j", "k"] * 40, "j").wait_for("> B5")
        terminal.press("q")
        assert terminal.wait_for_exit() == 0


def test_over_ssh_a_cursor_move_is_a_few_hundred_bytes(many: Start) -> None:
    terminal = many(SSH_CONNECTION="1 2 3 4").press("2").wait_for("> B3")
    terminal.until(lambda: not terminal.receive(0.5), "the end of what is sent")
    before = len(terminal.raw)
    for key, shown in (("j", "> B5"), ("k", "> B3")) * 4:
        terminal.press(key).wait_for(shown)
    terminal.until(lambda: not terminal.receive(0.5), "the end of what is sent")
    assert len(terminal.raw) - before < 8 * 600
    assert b"\x1b[?1003h" not in terminal.raw


@pytest.mark.parametrize("begin", ["", "trap '' HUP; "])
def test_a_cut_link_ends_the_program_and_keeps_the_draft(
    path: Path, environ: dict[str, str], home: Path, many: Start, begin: str
) -> None:
    """Also where SIGHUP is ignored, as under nohup."""
    line = ["/bin/sh", "-c", f"{begin}exec {' '.join(MANY)}"]
    with Terminal(line, environ, folder=home) as terminal:
        terminal.wait_for("Readers find").press("2").wait_for("> B3").press("e").wait_for("Enter goes on")
        terminal.type(" soon").wait_for("typos soon", "1 changed")
        assert terminal.hang_up() == 129
    again = many().wait_for("A draft was kept", "Search forgives typos")
    again.press(":").type("draft").press("enter").wait_for("Search forgives typos soon", "1 changed")


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ({"c": "decision:", "half a thought": "half a thought"}, "decision: half a thought"),
        ({"R": "q pause", "s": "put off until", "fri": "fri"}, "fri"),
    ],
    ids=["prompt", "review"],
)
def test_a_cut_link_keeps_what_is_being_typed(path: Path, start: Start, keys: dict[str, str], kept: str) -> None:
    terminal = start(MANYVIEW_AS="tomas").wait_for("Readers find")
    for typed, shown in keys.items():
        terminal.type(typed).wait_for(shown)
    terminal.hang_up()
    again = start(MANYVIEW_AS="tomas").wait_for("A draft was kept")
    again.press(":").type("draft").press("enter").wait_for(kept)
