"""How the program ends: signals, suspension, faults; the terminal is restored and nothing typed is lost."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Start
from terminal import MANY, Terminal

pytestmark = pytest.mark.terminal

FAULTY = """
import sys
import tui.screens.verbs as verbs
from tui.cli import main

def fail(screen, argument):
    raise RuntimeError("a fault for the test")

verbs.VERBS = {**verbs.VERBS, "sort": fail}
import tui.screens.workspace as workspace
workspace.VERBS = verbs.VERBS
sys.exit(main())
"""


def is_restored(terminal: Terminal) -> bool:
    return not terminal.is_alternate and not terminal.is_cursor_hidden and terminal.is_as_before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_restores_the_terminal_and_keeps_the_draft(many: Start, number: signal.Signals, code: int) -> None:
    terminal = (
        many()
        .press("2")
        .wait_for("> B3")
        .press("e")
        .wait_for("Enter goes on")
        .type(" soon")
        .wait_for("typos soon", "1 changed")
    )
    terminal.signal(number)
    assert terminal.wait_for_exit() == code
    assert is_restored(terminal)
    again = many().wait_for("A draft was kept", "Search forgives typos")
    again.press(":").type("draft").press("enter").wait_for("Search forgives typos soon", "1 changed")


def test_a_signal_with_nothing_typed_keeps_no_draft(many: Start) -> None:
    terminal = many()
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_for_exit() == 143
    again = many()
    again.press("?").wait_for("Missions:")
    assert "draft" not in again.lines[-2]


@pytest.mark.skipif(not shutil.which("bash"), reason="job control needs a shell that has it")
def test_ctrl_z_goes_to_the_shell_and_fg_comes_back(path: Path, environ: dict[str, str], home: Path) -> None:
    shell = [shutil.which("bash") or "", "--norc", "--noprofile", "-i"]
    with Terminal(shell, {**environ, "PS1": "shell> "}, folder=home) as terminal:
        terminal.wait_for("shell>").type(f"{' '.join(MANY)}\r").wait_for("Readers find", lambda one: one.is_alternate)
        terminal.press("2").wait_for("> B3").press("ctrl+z").wait_for("Stopped", lambda one: not one.is_alternate)
        assert not terminal.is_cursor_hidden
        terminal.type("echo it is $((40 + 2))\r").wait_for("it is 42")
        terminal.type("fg\r").wait_for("> B3", "Reading clubs", lambda one: one.is_alternate)
        terminal.press("j").wait_for("> B5").press("q").wait_for("shell>", lambda one: not one.is_alternate)
        terminal.type("echo left with $?\r").wait_for("left with 0")


def test_a_fault_is_told_in_one_line_and_kept_in_a_file(
    path: Path, start: Start, environ: dict[str, str], home: Path
) -> None:
    with Terminal([sys.executable, "-c", FAULTY], environ, folder=home) as terminal:
        terminal.wait_for("Readers find").press("o")
        assert terminal.wait_for_exit() == 1
        assert is_restored(terminal)
        shown = [line for line in terminal.lines if line]
    assert "Traceback" not in "\n".join(shown)
    assert "many failed, and it is not your fault: RuntimeError: a fault for the test." in " ".join(shown)
    kept = list((home / ".local/state/manyview").glob("failure-*.txt"))
    assert len(kept) == 1
    assert "Traceback" in kept[0].read_text()


def test_a_dumb_terminal_is_refused_in_words(start: Start, path: Path) -> None:
    terminal = start(TERM="dumb")
    assert terminal.wait_for_exit() == 2
    assert b"\x1b" not in terminal.raw
    assert "needs a terminal" in " ".join(terminal.lines)
    assert "many review" in " ".join(terminal.lines)


@pytest.mark.parametrize("content", ["once upon a time", '{"_default": {"1": {"a": 1}', ""])
def test_a_file_that_is_no_workspace_is_refused_in_words(start: Start, home: Path, content: str) -> None:
    (home / "ws.json").write_text(content)
    terminal = start()
    assert terminal.wait_for_exit() == 6
    assert "ws.json is not a workspace" in terminal.text or "ws.json is damaged" in terminal.text
    assert "Traceback" not in terminal.text
    assert (home / "ws.json").read_text() == content


def test_read_only_shows_everything_and_refuses_changes_in_words(many: Start, path: Path) -> None:
    before = path.read_bytes(), path.with_name("ws.json.journal").read_bytes()
    terminal = many("--read-only").press("2").wait_for("> B3", "read-only")
    for key in ("A", "e"):
        terminal.press(key).wait_for("Nothing can be changed here: it was opened for reading only")
        terminal.press("?").wait_for("H J K L").press("q").wait_for("> B3")
    terminal.press("q")
    assert terminal.wait_for_exit() == 0
    assert before == (path.read_bytes(), path.with_name("ws.json.journal").read_bytes())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused_in_words(start: Start, path: Path) -> None:
    path.chmod(0)
    terminal = start()
    assert terminal.wait_for_exit() == 1
    assert "Traceback" not in terminal.text


def test_a_full_disk_changes_nothing_and_keeps_what_was_typed(path: Path, environ: dict[str, str], home: Path) -> None:
    """The size of files is limited just above what is there, which fails as a full disk does."""
    limited = f"trap '' XFSZ; ulimit -f {(path.stat().st_size + 1023) // 1024 + 4}; exec {' '.join(MANY)}"
    with Terminal(["/bin/sh", "-c", limited], environ, folder=home) as terminal:
        terminal.wait_for("Readers find").press("c").wait_for("decision:").paste("word " * 4000).wait_for("word")
        terminal.press("enter").wait_for("could not be saved")
        assert "Traceback" not in terminal.text
        assert "decision:" in terminal.text
        terminal.press("escape").wait_for("? help").press("j").wait_for("> M2").press("q")
        assert terminal.wait_for_exit() == 0


def test_two_at_one_file(many: Start, shell: Callable[..., str], record: Callable[[str], dict[str, object]]) -> None:
    anna, ben = many(), many(MANYVIEW_AS="ben")
    anna.press("2").wait_for("> B3").press("j").wait_for("> B5")
    shell("bet", "Posters in every branch")
    anna.wait_for("Posters in every branch", "Bets 5", "@ines", "> B5", timeout=2)
    ben.press("2").wait_for("> B3").press("d").wait_for("settle by:").press("ctrl+u").type("+3w").press("enter")
    ben.wait_for("Changed settle by of B3")
    anna.wait_for("@ben", "in 3 w", "> B5", timeout=2)


def test_what_another_program_wrote_is_told_and_a_copied_file_is_not(many: Start, path: Path) -> None:
    path.with_name("ws.json.journal").unlink()
    terminal = many().press("2").wait_for("> B3", "Reading clubs")
    terminal.receive(1.2)
    assert "journal" not in terminal.text and "external" not in terminal.text
    path.write_text(path.read_text().replace("Reading clubs", "Reading circles"))
    terminal.wait_for("Reading circles")
    terminal.press("c").wait_for("decision:").type("Meet on Mondays").press("enter").wait_for("Captured")
    path.write_text(path.read_text().replace("Reading circles", "Reading rings"))
    terminal.wait_for("Reading rings", "another program wrote into ws.json.")


def test_different_fields_of_one_record_are_both_kept(
    many: Start, shell: Callable[..., str], record: Callable[[str], dict[str, object]]
) -> None:
    terminal = many().press("2").wait_for("> B3").press("e").wait_for("Enter goes on").type("!").wait_for("1 changed")
    shell("set", "B3", "hypothesis=fewer searches end empty")
    terminal.press("ctrl+s").wait_for("Changed title of B3")
    found = record("B3")
    assert (found["title"], found["hypothesis"]) == ("Search forgives typos!", "fewer searches end empty")


def test_the_same_field_shows_both_values_and_asks(
    many: Start, shell: Callable[..., str], record: Callable[[str], dict[str, object]]
) -> None:
    terminal = many().press("2").wait_for("> B3").press("e").wait_for("Enter goes on").type(" anna").wait_for("1 changed")
    shell("set", "B3", "title=Search by ines")
    terminal.press("ctrl+s").wait_for("theirs: Search by ines", "mine: Search forgives typos anna")
    assert record("B3")["title"] == "Search by ines"
    terminal.press("right").wait_for("● → mine").press("ctrl+s").wait_for("Changed title of B3")
    assert record("B3")["title"] == "Search forgives typos anna"
