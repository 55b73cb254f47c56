"""Life over SSH: what is sent, what is not, what keys mean there; docs/terminals.md lists which test holds which rule."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY, Start
from multiplexed import needs_screen, screens
from terminal import MANY, Terminal

from store.changes import added
from store.disk.tiny import TinyBackend
from store.model import Bet
from store.workspace import Workspace

pytestmark = pytest.mark.terminal

SSH = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}
BEYOND_SIXTEEN = re.compile(rb"[34]8;[25];")
MOUSE_ON, MOUSE_OFF = b"\x1b[?1003h", b"\x1b[?1003l"
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u2604\u2614\u2615\u2705\u274c\u2728\u2753-\u2757\ufe0f]")
A_PROMPT = 400
"""Bytes that are more than any prompt needs, and less than drawing what is behind it."""


def quiet(terminal: Terminal) -> Terminal:
    terminal.until(lambda: not terminal.receive(0.4), "the end of what is sent")
    return terminal


def everywhere(terminal: Terminal) -> Terminal:
    """Go through the pages, the help, a record, a prompt and a form."""
    for key, text in (("2", "Search forg"), ("3", "Check-ins"), ("4", "Stop late"), ("5", "shaping 1"), ("?", "H J K L")):
        terminal.press(key).wait_for(text)
    terminal.press("q").wait_for("shaping 1").press("2").wait_for("> B3").press("/").type("e").press("escape")
    terminal.press("e").wait_for("Enter goes on").press("escape").wait_for("> B3")
    return terminal.press("enter").wait_for("B3  Search forgives typos").press("q").wait_for("> B3")


# ---------------------------------------------------------------------------------------------------------- what is sent


@pytest.mark.parametrize("wrong", [{"TEXTUAL_COLOR_SYSTEM": "millions"}, {"TEXTUAL_FPS": "-3"}, {"TEXTUAL_FPS": "fast"}])
def test_a_setting_that_textual_does_not_know_is_no_fault(many: Start, wrong: dict[str, str]) -> None:
    terminal = many(**wrong).press("2").wait_for("> B3").press("q")
    assert terminal.wait_for_exit() == 0


def test_over_ssh_sixteen_colours_are_sent_though_there_are_more(many: Start) -> None:
    terminal = everywhere(many(**SSH, COLORTERM="truecolor")).press("q")
    assert terminal.wait_for_exit() == 0
    assert not BEYOND_SIXTEEN.search(terminal.raw)


def test_nothing_blinks_where_something_is_typed(many: Start) -> None:
    terminal = many(**SSH).press("2").wait_for("> B3").press("/").type("typ").wait_for("/ typ")
    for _ in range(2):
        sent = len(quiet(terminal).raw)
        terminal.receive(1.2)
        assert len(terminal.raw) == sent
        terminal.press("escape").wait_for("> B3").press("e").wait_for("Enter goes on")


def test_a_prompt_does_not_draw_what_is_behind_it_again(many: Start) -> None:
    terminal = quiet(many(**SSH).press("2").wait_for("> B3"))
    sent = len(terminal.raw)
    quiet(terminal.press("/").wait_for(re.compile("^/", re.M)))
    assert len(terminal.raw) - sent < A_PROMPT
    sent = len(terminal.raw)
    quiet(terminal.press("escape").wait_for("? help"))
    assert len(terminal.raw) - sent < A_PROMPT


def test_over_ssh_the_mouse_is_off_until_it_is_turned_on(many: Start) -> None:
    terminal = many(**SSH)
    assert MOUSE_ON not in terminal.raw
    terminal.press(":").type("mouse").press("enter").wait_for("The mouse is on.")
    assert MOUSE_ON in terminal.raw
    terminal.press("q")
    assert terminal.wait_for_exit() == 0
    assert terminal.raw.rindex(MOUSE_OFF) > terminal.raw.rindex(MOUSE_ON)


def test_on_a_console_without_a_mouse_none_is_turned_on(many: Start) -> None:
    terminal = many(TERM="linux").press("2").wait_for("> B3")
    terminal.press(":").type("mouse").press("enter").wait_for("The mouse stays off: a terminal called linux has none.")
    assert MOUSE_ON not in terminal.raw


def test_what_is_copied_is_sent_to_the_terminal_and_shown(many: Start) -> None:
    terminal = many(**SSH).press("2").wait_for("> B3").press("y").wait_for("Sent to the clipboard through the terminal: B3")
    sent = re.search(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)", terminal.raw)
    assert sent is not None and base64.b64decode(sent[1]) == b"B3"


def test_no_emoji_is_ours_and_those_of_others_come_without_a_variation_selector(many: Start, path: Path) -> None:
    workspace = Workspace(TinyBackend(str(path)), me="ines")
    workspace.commit(added(workspace.records, Bet, {"title": "A heart \u2764\ufe0f beats", "people": "ines"}, TODAY))
    workspace.close()
    terminal = everywhere(many(**SSH, columns=120)).press("2").wait_for("A heart").press("q")
    assert terminal.wait_for_exit() == 0
    assert EMOJI.findall(terminal.raw.decode()) == []


# ------------------------------------------------------------------------------------------------------- what keys mean


def test_escape_and_a_key_that_come_together_are_both_heeded(many: Start) -> None:
    terminal = many(**SSH).press("2").wait_for("> B3").press("space").wait_for("marked")
    terminal.send("\x1bj").wait_for("> B5").wait_until_gone("marked")
    terminal.press("space").wait_for("marked").send("\x1bK").wait_until_gone("marked")


def test_escape_and_a_sign_that_come_together_are_both_heeded(many: Start) -> None:
    """What is typed behind them goes into the filter, and answers nothing that Escape has left."""
    terminal = many(**SSH).press("2").wait_for("> B3")
    terminal.send("s\x1b/shapes").wait_for("/ shapes").press("escape").wait_for("> B3", "Bets 4")
    assert "is shaping" not in terminal.text


@pytest.mark.parametrize("opens", ["enter", "?"])
def test_q_leaves_what_escape_leaves(many: Start, opens: str) -> None:
    terminal = many(**SSH).press("2").wait_for("> B3")
    for leaves in ("escape", "q"):
        terminal.press(opens).wait_until_gone("Bets 4").press(leaves).wait_for("Bets 4", "> B3")


def test_backspace_with_ctrl_deletes_the_word_before(many: Start) -> None:
    terminal = many(**SSH).press("2").wait_for("> B3").press("/").type("one two").wait_for("/ one two")
    terminal.send("\x1b[127;5u").wait_for(re.compile(r"^/ one ?$", re.M)).type("six").wait_for("/ one six")
    terminal.press("ctrl+w").wait_for(re.compile(r"^/ one ?$", re.M))


# ------------------------------------------------------------------------------------------------------- what fits where


@pytest.mark.parametrize("columns", [40, 80, 120, 160])
def test_the_footer_is_never_cut_and_always_says_how_to_get_help_and_out(many: Start, columns: int) -> None:
    terminal = many(columns=columns, **SSH)
    for key, text in (("2", "Search forg"), ("3", "Check-ins"), ("4", "Stop late"), ("5", "shaping 1"), ("1", "Readers")):
        terminal.press(key).wait_for(text, lambda one: one.lines[-1].endswith("q quit"))
        assert ("? help" in terminal.lines[-1], "…" in terminal.lines[-1]) == (True, False)


# ---------------------------------------------------------------------------------------------------------- what is cut


@needs_screen
def test_in_screen_a_session_that_lost_its_terminal_is_found_again(path: Path, environ: dict[str, str], home: Path) -> None:
    with screens({**environ, **SSH}, home) as screen:
        with screen("-T", "screen-256color", "-S", "work", *MANY) as terminal:
            terminal.wait_for("Readers find").press("2").wait_for("> B3").press("e").wait_for("Enter goes on").type(" soon")
            terminal.wait_for("typos soon")
            terminal.hang_up()
        with screen("-d", "-r", "work", columns=100, rows=30) as terminal:
            terminal.wait_for("typos soon", lambda one: one.lines[29].strip() != "").press("ctrl+s")
            terminal.wait_for("Changed title of B3").press("q").wait_for("terminating")


@pytest.mark.skipif(not shutil.which("bash"), reason="job control needs a shell that has it")
def test_a_cut_link_ends_a_suspended_program_and_keeps_its_draft(
    path: Path, environ: dict[str, str], home: Path, many: Start, shell: Callable[..., str]
) -> None:
    line = [shutil.which("bash") or "", "--norc", "--noprofile", "-i"]
    with Terminal(line, {**environ, **SSH, "PS1": "shell> "}, folder=home) as terminal:
        terminal.wait_for("shell>").type(f"exec 9>{home}/alive; {' '.join(MANY)}\r").wait_for("Readers find")
        terminal.press("2").wait_for("> B3").press("e").wait_for("Enter goes on").type(" soon").wait_for("typos soon")
        terminal.press("ctrl+z").wait_for("Stopped", lambda one: not one.is_alternate)
        terminal.hang_up()
    many().wait_for("A draft was kept", "Search forgives typos")
