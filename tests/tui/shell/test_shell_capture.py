"""Capture from the shell: what it echoes, what it stores, what it loads, and that no title reaches a terminal raw."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.days import today_in
from store.disk.tiny import TinyBackend
from store.model import KINDS, Decision
from store.settings import Settings
from store.workspace import Workspace
from tui.cli import main
from tui.shell.capture import LETTERS
from tui.shell.flags import CAPTURES, read
from tui.text import safe

Many = Callable[..., Any]
ROOT = str(Path(__file__).parents[3])
TYPED = ("decide", "Keep", "SSO", "out", "+security", "@ben", "re:B7", "because", "2 of 40 asked", "conf:70")


def test_a_capture_prints_the_id_and_tells_what_it_understood_and_how_to_undo_it(many: Many, records: Many) -> None:
    done = many(*TYPED)
    assert (done.code, done.out) == (0, "D1 Keep SSO out\n")
    assert "tags security" in done.err and "driver ben" in done.err and "why 2 of 40 asked" in done.err
    assert "many undo takes it back" in done.err
    record = records().find("D1")
    assert record.document() == {
        "title": "Keep SSO out", "state": "open", "tags": ["security"], "links": [{"to": "B7"}], "why": "2 of 40 asked",
        "confidence": 70, "driver": "ben", "created": record.created, "created_by": "anna",
    }  # fmt: skip
    assert many("log", "--json").data[0]["why"] == "added decision Keep SSO out"


@pytest.mark.parametrize(("noun", "letter"), list(zip(CAPTURES, "MBDASU", strict=True)))
def test_every_kind_can_be_captured_and_undone(many: Many, noun: str, letter: str) -> None:
    assert many(noun, "Say it", "-q").lines == [f"{letter}1 Say it"]
    assert many("undo").code == 0
    assert many("show", "1").code == 4


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("folded", [True, False], ids=["folded", "in the journal"])
def test_a_day_is_counted_from_the_day_it_is_where_the_workspace_is(
    many: Many, records: Many, path: Path, zone: str, folded: bool
) -> None:
    """At any time it is another day than here in one of the two: they lie 25 hours apart."""
    workspace = Workspace(TinyBackend(str(path)), me="anna")
    workspace.set_settings(Settings(zone=zone), "moved")
    if folded:
        workspace.close()
    before = today_in(zone)
    assert many("decide", "Keep", "SSO", "out", "revisit:today", "-q").code == 0
    (made,) = records().all(Decision)
    assert made.review_on in (before, today_in(zone))


def test_a_day_counted_from_today_opens_what_another_program_wrote(many: Many, records: Many, path: Path) -> None:
    path.write_text(json.dumps({"settings": {"0": {"zone": "Pacific/Kiritimati"}}, "bets": {"1": {"title": "One"}}}))
    before = today_in("Pacific/Kiritimati")
    assert many("decide", "Keep", "SSO", "out", "revisit:+1d", "-q").code == 0
    (made,) = records().all(Decision)
    assert made.review_on in (before + timedelta(days=1), today_in("Pacific/Kiritimati") + timedelta(days=1))


def test_the_letters_are_those_of_the_model() -> None:
    assert {kind.table: (kind.letter, kind.noun) for kind in KINDS if kind.noun != "check-in"} == LETTERS


def test_flags_may_stand_before_or_after_and_two_dashes_end_them(many: Many, home: Path) -> None:
    other = str(home / "other.json")
    assert many("--json", "note", "one", "--as", "ben", f"--file={other}").data["created_by"] == "ben"
    assert many("--file", other, "note", "two", "-q").lines == ["U2 two"]
    assert many("note", "--file", other, "--", "say", "--json", "+plain").lines == ["U3 say --json +plain"]
    assert read(["note", "a", "--", "-q", "--"]).literal == ["-q", "--"]


def test_json_is_the_record_as_ls_gives_it(many: Many) -> None:
    captured = many("bet", "Try", "+new", "--json")
    assert captured.data == many("ls", "--json").data[0]
    assert captured.out.count("\n") == 1


def test_a_pipe_gives_the_title_and_the_body(many: Many) -> None:
    done = many("decide", "--json", piped="Keep SSO out +security\n\nbecause of this:\n- one\n")
    assert (done.data["title"], done.data["tags"], done.data["body"]) == (
        "Keep SSO out", ["security"], "because of this:\n- one",
    )  # fmt: skip
    assert many("note", piped="").code == 2


def test_without_a_text_and_without_a_terminal_to_ask_it_is_a_usage_error(
    many: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    assert main(["note", "--no-input"]) == 2


def test_what_cannot_be_a_field_stays_text_and_is_said(many: Many) -> None:
    done = many("bet", "At", "10:30", "conf:170", "foo:bar", "-q")
    assert done.lines == ["B1 At 10:30 conf:170 foo:bar"]
    assert done.err == "conf:170 stayed in the text: it takes a whole number from 0 to 100.\n"


def test_nothing_to_capture_is_a_usage_error_and_leaves_nothing(many: Many, path: Path) -> None:
    assert many("bet", "+tag").code == 2
    assert not path.exists() and not Path(f"{path}.journal").exists()


@pytest.mark.parametrize("damage", ["journal gone", "last line torn", "last line damaged", "edited"])
def test_where_the_journal_alone_cannot_tell_the_workspace_is_opened(
    many: Many, path: Path, records: Many, damage: str
) -> None:
    many("bet", "one")
    many("bet", "two")
    many("ls")
    journal = Path(f"{path}.journal")
    whole = journal.read_bytes()
    if damage == "journal gone":
        journal.unlink()
    elif damage == "last line torn":
        journal.write_bytes(whole + b"1234abcd {")
    elif damage == "last line damaged":
        journal.write_bytes(whole[:-3] + b"?}\n")
    else:
        tables = json.loads(path.read_text())
        tables["bets"]["1"]["title"] = "uno"
        path.write_text(json.dumps(tables))
    done = many("bet", "three")
    assert done.code == 0
    assert done.out.startswith("B") and done.out.endswith(" three\n")
    assert {"two", "three"} <= {record.label for record in records()}


def test_read_only_captures_nothing(many: Many, path: Path) -> None:
    done = many("note", "no", "--read-only")
    assert (done.code, done.out) == (1, "")
    assert not Path(f"{path}.journal").exists()


def test_the_own_folder_is_made_at_the_first_write_and_not_by_reading(
    many: Many, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MANYVIEW_FILE")
    own = home / ".local/share/manyview"
    assert many("ls").code == 0 and not own.exists()
    assert many("note", "first").code == 0
    assert (own.stat().st_mode & 0o777, sorted(os.listdir(own))) == (0o700, ["workspace.json.journal"])
    assert many("ls", "updates", "--json").data[0]["text"] == "first"


def test_the_own_folder_is_made_by_the_first_change_that_is_no_capture(
    many: Many, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MANYVIEW_FILE")
    assert many("settings", "set", "name=Ours").code == 0
    assert many("settings", "--json").data["name"] == "Ours"


@pytest.mark.parametrize("wrong", ["folder", "folder/", "missing/ws.json", "ws.json.journal", "", "fifo"])
def test_a_path_that_cannot_be_a_workspace_is_said_so(many: Many, home: Path, wrong: str) -> None:
    (home / "folder").mkdir()
    os.mkfifo(home / "fifo")
    for words in (("note", "text"), ("ls",)):
        done = many("--file", wrong, *words)
        assert (done.code, done.out) == (2, "")
        assert 1 <= len(done.err.splitlines()) <= 2
    assert not (home / "missing").exists()


# --------------------------------------------------------------------------------------------------------- what is loaded

HEAVY = {
    "argparse", "re", "dataclasses", "typing", "datetime", "json", "pathlib", "contextlib", "functools", "collections",
    "inspect", "logging", "enum", "subprocess", "signal", "textual", "rich", "pydantic", "tinydb", "orjson",
}  # fmt: skip
ALLOWED = {
    "gc", "store", "store.capture", "store.disk", "store.disk.bare_json", "store.disk.files", "store.disk.journal",
    "store.disk.locked", "store.errors", "store.keys", "store.place", "store.quoting", "store.words", "tui", "tui.cli",
    "tui.shell", "tui.shell.capture", "tui.shell.flags", "tui.shell.output", "__future__", "_json", "errno", "fcntl", "zlib",
}  # fmt: skip


def loaded_by(folder: Path, *words: str) -> set[str]:
    """The modules that a capture loads in an interpreter without anything else in it."""
    code = (
        "import os, stat, sys, time; before = set(sys.modules); sys.path.insert(0, sys.argv.pop(1))\n"
        "from tui.cli import main\nassert main() == 0\n"
        "print('loaded', *sorted(set(sys.modules) - before))"
    )
    line = [sys.executable, "-S", "-E", "-c", code, ROOT, "--file", str(folder / "ws.json"), "--as", "anna", *words]
    done = subprocess.run(line, capture_output=True, text=True, check=True, env={"LANG": "C.UTF-8"})
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("words", [TYPED, ("note", "Größe", "--json"), ("bet", "x", "-q", "--", "+y")])
def test_a_capture_loads_only_what_it_needs(tmp_path: Path, words: tuple[str, ...]) -> None:
    for _ in range(2):
        loaded = loaded_by(tmp_path, *words)
        assert loaded & HEAVY == set()
        assert loaded <= ALLOWED


def test_a_date_token_loads_the_dates_and_nothing_else(tmp_path: Path) -> None:
    loaded = loaded_by(tmp_path, "bet", "Try", "settle:+6w")
    assert loaded - ALLOWED <= {
        "store.dates", "store.zone", "store.days", "datetime", "_datetime", "math", "operator", "_operator",
    }  # fmt: skip
    assert "re" not in loaded


# ------------------------------------------------------------------------------------------------------------ nasty titles

nasty = st.text(
    st.characters() | st.sampled_from("\x1b\x07\x9b\x00\r\n\t\u202e\u2066\ufe0f\u200b\ud800=+-@"), min_size=1, max_size=30
)


def obeyed(text: str) -> list[str]:
    """What a terminal would obey in some lines of text."""
    return [mark for mark in text.replace("\n", "") if unicodedata.category(mark) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(nasty)
def test_no_title_reaches_the_terminal_raw(many: Many, path: Path, title: str) -> None:
    for leftover in path.parent.glob("ws.json*"):
        leftover.unlink()
    captured = many("decide", "--", title)
    assert captured.code == (0 if title.replace("\0", "\ufffd").strip() else 2)
    assert obeyed(captured.out) == obeyed(captured.err) == []
    if captured.code:
        return
    for words in (("ls",), ("show", "1"), ("log",), ("log", "1"), ("board", "decisions", "record", "--of", "1"), ("today",)):
        shown = many(*words)
        assert shown.code == 0
        assert obeyed(shown.out) == obeyed(shown.err) == []
    stored = many("ls", "--json").data[0]
    assert many("ls", "--jsonl").data == stored
    table = many("ls", "--csv").out
    assert obeyed(table) == []
    row = list(csv.reader(io.StringIO(table, newline="")))[1]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)
    assert row[3] == ("'" if safe(stored["title"]).startswith(("=", "+", "-", "@")) else "") + safe(stored["title"])
