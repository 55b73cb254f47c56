"""Data goes to stdout and narration to stderr in every verb; ``-q`` leaves the data and silences the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Many

from tui.shell.verb import verbs

LINES: tuple[tuple[str, ...], ...] = (
    ("mission", "Find the next book"),
    ("bet", "Weekly lists", "@ben", "colour:red"),
    ("decide", "Keep it small"),
    ("belief", "Price hurts"),
    ("signal", "Weekly readers"),
    ("note", "Two asked again"),
    ("set", "B32", "hill=40"),
    ("done", "B28", "result=won"),
    ("rm", "B28", "-y"),
    ("archive", "B28"),
    ("link", "B32", "informs", "B28"),
    ("unlink", "B32", "M6"),
    ("lookback", "D33"),
    ("supersede", "D33", "Open on Sundays"),
    ("reading", "S4", "41"),
    ("reading", "S4"),
    ("checkin",),
    ("checkin", "weekly"),
    ("checkin", "weekly", "1=we shipped"),
    ("ls",),
    ("ls", "bets", "--limit", "1"),
    ("ls", "--at", "10 years ago"),
    ("show", "B32"),
    ("review", "--plain"),
    ("today",),
    ("rituals",),
    ("board", "flow", "--plain"),
    ("tell", "B32"),
    ("talk", "B32"),
    ("views",),
    ("why", "B32"),
    ("undo",),
    ("redo",),
    ("log",),
    ("watch", "--limit", "0"),
    ("import", "csv", "bets.csv", "title=name", "key=name"),
    ("export", "jsonl"),
    ("completion", "bash"),
    ("where",),
    ("doctor",),
    ("demo", "--no-open", "--file", "demo.json"),
    ("settings",),
    ("settings", "set", "name=Here"),
    ("keys",),
    ("themes",),
)


NARRATED = {
    "mission", "bet", "decide", "belief", "signal", "note", "set", "done", "rm", "archive", "link", "unlink", "supersede",
    "undo", "redo", "watch", "import", "settings set",
}  # fmt: skip
"""Verbs that say what they did, and how it is taken back."""


@pytest.mark.parametrize("words", LINES, ids=" ".join)
def test_quiet_leaves_the_data_and_nothing_else(many: Many, demonstration: Path, words: tuple[str, ...]) -> None:
    (demonstration.parent / "bets.csv").write_text("name\nOne\n")
    before = {file: file.read_bytes() for file in demonstration.parent.glob("ws.json*")}
    loud = many(*words)
    for file, held in before.items():
        file.write_bytes(held)
    quiet = many(*words, "-q")
    assert (quiet.code, quiet.out, quiet.err) == (loud.code, loud.out, "")
    assert loud.code == 0
    if not NARRATED.isdisjoint((words[0], " ".join(words[:2]))):
        assert loud.err != ""


def test_every_verb_is_looked_at() -> None:
    assert {words[0] for words in LINES} == set(verbs())
