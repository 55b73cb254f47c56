"""`many` as a process: exit codes, pipes that close, locales, signals, other processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import store.disk.journal
from store.disk.journal import SUFFIX, Journal

Many = Callable[..., Any]
Spawn = Callable[..., "subprocess.Popen[bytes]"]


def finished(process: subprocess.Popen[bytes]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out.decode(), err.decode()


def test_exit_codes_reach_the_shell(many: Many, spawn: Spawn) -> None:
    many("bet", "Try")
    assert finished(spawn("ls"))[0] == 0
    assert finished(spawn("shwo"))[0] == 2
    assert finished(spawn("show", "B9"))[0] == 4


def test_a_workspace_that_is_held_is_exit_3_and_says_so(many: Many, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many("bet", "Try")
    monkeypatch.setattr(store.disk.journal.capture, "__kwdefaults__", {"why": "", "timeout": 0.05})
    held = Journal(str(path) + SUFFIX)
    with held.lock():
        done = many("bet", "Wait", "--json")
    held.close()
    assert (done.code, json.loads(done.err)["code"]) == (3, 3)
    assert many("ls", "--json").data[0]["title"] == "Try" and len(many("ls").lines) == 1


def test_a_pipe_that_closes_early_is_no_noise(many: Many, spawn: Spawn) -> None:
    for number in range(3):
        many("bet", f"{number} " + "x" * 60_000)
    process = spawn("ls", "--json")
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LANG": "C"}, {"LANG": "", "LC_CTYPE": ""}, {"LC_ALL": "POSIX"}])
@pytest.mark.usefixtures("demonstration")
def test_without_utf8_people_get_ascii_and_programs_lose_nothing(many: Many, spawn: Spawn, locale: dict[str, str]) -> None:
    many("bet", "Größe → 漢字")
    captured = finished(spawn("bet", "Größe → 漢字", environ=locale))
    assert captured[:2] == (0, "B95 Gro?e > ????\n")
    for words in (("ls", "--all"), ("show", "94"), ("board", "flow", "ladder"), ("keys",), ("help",), ("today",), ("log",)):
        code, out, err = finished(spawn(*words, environ=locale))
        assert (code, out.isascii(), err.isascii()) == (0, True, True)
    assert json.loads(finished(spawn("show", "94", "--json", environ=locale))[1])["title"] == "Größe → 漢字"
    assert "Größe → 漢字" in finished(spawn("ls", "id:94", "--csv", environ=locale))[1]


def test_with_utf8_people_get_what_was_typed(many: Many, spawn: Spawn) -> None:
    assert finished(spawn("bet", "Größe → 漢字", environ={"LANG": "C.UTF-8"}))[1] == "B1 Größe → 漢字\n"
    assert "Größe → 漢字" in finished(spawn("ls", environ={"LANG": "C.UTF-8"}))[1]


@pytest.mark.parametrize(
    ("environ", "title"),
    [
        ({"LC_CTYPE": "C.UTF-8"}, "Größe"),
        ({"LC_ALL": "C", "MANYVIEW_ASCII": "off"}, "Größe"),
        ({"LANG": "C.UTF-8", "MANYVIEW_ASCII": "on"}, "Gro?e"),
    ],
)
def test_what_is_said_of_utf8_holds_for_plain_lines_too(
    many: Many, spawn: Spawn, environ: dict[str, str], title: str
) -> None:
    many("bet", "Größe")
    assert title in finished(spawn("ls", environ=environ))[1]


def test_bytes_that_are_no_utf8_are_kept_and_said(spawn: Spawn, path: Path) -> None:
    code, out, err = finished(spawn("note", os.fsdecode(b"caf\xe9")))
    assert (code, out) == (0, "U1 caf\\xe9\n")
    assert "not UTF-8" in err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_signals_end_watch_with_their_exit_codes(many: Many, spawn: Spawn, number: signal.Signals, code: int) -> None:
    many("bet", "Try")
    process = spawn("watch")
    assert process.stderr is not None
    assert process.stderr.readline() == b"Watching; ctrl+c ends it.\n"
    process.send_signal(number)
    returned, out, err = finished(process)
    assert (returned, out, "Traceback" in err) == (code, "", False)


def test_watch_sees_what_another_process_captures(many: Many, spawn: Spawn) -> None:
    many("bet", "Try")
    process = spawn("watch", "--limit", "1")
    assert process.stderr is not None
    process.stderr.readline()
    many("--as", "ben", "decide", "Go")
    code, out, _ = finished(process)
    assert code == 0 and out.split()[3:] == ["ben", "added", "decision", "Go"]


def test_captures_of_many_processes_at_once_are_all_kept(many: Many, spawn: Spawn) -> None:
    processes = [spawn("note", f"n{number}", "-q") for number in range(8)]
    ids = sorted(finished(process)[1].split()[0] for process in processes)
    assert ids == [f"U{number}" for number in range(1, 9)]
    assert len(many("ls", "updates").lines) == 8


def test_a_full_disk_is_said_and_nothing_is_acknowledged(many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    many("bet", "Try")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.disk.journal.os.fsync", refuse)
    done = many("bet", "Lost")
    assert (done.code, done.out) == (1, "") and "the disk is full" in done.err
