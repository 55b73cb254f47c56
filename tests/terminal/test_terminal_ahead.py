"""Keys typed before the first screen: none is lost, each means what it means later, and the terminal is always put back."""

from __future__ import annotations

import signal
import termios
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Start
from terminal import Terminal

from tests.bench.plan import write_workspace
from tests.tui.sample import many_records

pytestmark = pytest.mark.terminal

Document = Callable[[str], dict[str, object]]
RECORDS = 20_000
"""So many that reading them takes longer than anybody needs to type a few keys."""


def loading(terminal: Terminal) -> Terminal:
    """Wait until the program keeps the keys that are typed while it loads."""
    terminal.until(lambda: not terminal.settings[3] & termios.ECHO, "keys that are not echoed")
    assert not terminal.is_alternate
    return terminal


def test_keys_typed_right_after_the_command_all_act(path: Path, start: Start, record: Document) -> None:
    """Even before the program runs, when the terminal still makes lines of them."""
    terminal = start().type("2j\reX\x1b[D\x1b[DY").wait_for("Reading clubYsX")
    terminal.press("ctrl+s").wait_for("Changed title of B5")
    assert record("B5")["title"] == "Reading clubYsX"


def test_keys_typed_while_the_program_loads_all_act(path: Path, start: Start, record: Document) -> None:
    terminal = loading(start()).type("2jj").press("enter").wait_for("B4  One card everywhere").press("q").wait_for("> B4")
    assert "^M" not in terminal.raw.decode() and "2jj" not in terminal.raw.decode()


def test_a_line_typed_while_the_program_loads_is_keys(path: Path, start: Start, record: Document) -> None:
    loading(start()).type("2jcBuy the messages now\r").wait_for("Captured decision Buy the messages now", "> B5")
    assert record("D11")["title"] == "Buy the messages now"


def test_lines_pasted_while_the_program_loads_are_a_capture(path: Path, start: Start, record: Document) -> None:
    terminal = loading(start()).type("update the docs\rDrop it\ry\r").wait_for("decision: update the docs")
    terminal.press("escape").wait_for("? help")
    assert record("M1")["title"] == "Readers find their next book"


def test_keys_typed_before_a_large_workspace_shows_all_act(home: Path, start: Start) -> None:
    write_workspace(home / "ws.json", many_records(RECORDS))
    terminal = start().type("4").press("space", "space", "space").wait_for("3 marked")
    terminal.press("2").wait_for(f"Bets {RECORDS // 2}")


def test_ctrl_c_while_the_program_loads_ends_it(path: Path, start: Start) -> None:
    terminal = loading(start()).press("ctrl+c")
    assert terminal.wait_for_exit() == 130
    assert terminal.is_as_before and not terminal.is_alternate and b"Traceback" not in terminal.raw


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_while_the_program_loads_puts_the_terminal_back(
    path: Path, start: Start, number: signal.Signals, code: int
) -> None:
    terminal = loading(start())
    terminal.signal(number)
    assert terminal.wait_for_exit() == code
    assert terminal.is_as_before and b"Traceback" not in terminal.raw


def test_a_file_that_is_refused_leaves_the_terminal_as_it_was(home: Path, start: Start) -> None:
    (home / "ws.json").write_text("once upon a time")
    terminal = loading(start())
    assert terminal.wait_for_exit() == 6
    assert terminal.is_as_before
