"""`many views`, `--view` and `--at`, and `many why`: what was saved and how things stood, in the shell as in the app."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import Many

from store.personal import review_path
from store.review.state import ReviewState, save

pytestmark = pytest.mark.usefixtures("demonstration")

MINE = """# what I look at on Mondays
[monday]
about = "the core team"
lenses = ["flow", "ladder"]
filter = "team:lending"

[monday.options.flow]
finished = "shown"

[monday.columns]
flow = ["team", "title"]

[list]
lenses = ["bets"]
page = "bets"
filter = "@tomas"

[list.options.bets]
sort = "title"

[list.columns]
bets = ["id", "title"]
"""


@pytest.fixture
def mine(home: Path) -> Path:
    """A person's own views."""
    file = home / ".config" / "manyview" / "views.toml"
    file.parent.mkdir(parents=True)
    file.write_text(MINE)
    return file


def test_views_are_listed_with_whose_they_are(many: Many, mine: Path) -> None:
    assert many("views", "share", "monday").code == 0
    assert many("views").lines == [
        "monday  mine    flow, ladder  /team:lending  the core team",
        "list    mine    bets  /@tomas",
        "monday  shared  flow, ladder  /team:lending  the core team",
    ]
    assert [(view["name"], view["whose"]) for view in many("views", "--json").data] == [
        ("monday", "mine"), ("list", "mine"), ("monday", "shared"),
    ]  # fmt: skip


def test_without_any_view_it_is_said_how_one_is_saved(many: Many) -> None:
    done = many("views")
    assert (done.code, done.out) == (0, "")
    assert ":view save NAME" in done.err
    assert many("board", "--view", "monday").code == 4


def test_a_view_is_shared_taken_and_dropped(many: Many, mine: Path) -> None:
    many("views", "share", "monday")
    assert many("views", "drop", "monday").code == 0
    assert mine.read_text().startswith("\n[list]") or "[monday]" not in mine.read_text()
    assert many("views", "monday").out.startswith("[monday]\n")
    assert many("views", "take", "monday").code == 0
    assert "[monday.columns]" in mine.read_text()
    many("views", "drop", "monday")
    shared = many("views", "drop", "monday")
    assert "dropped the shared view monday" in shared.err
    assert many("views", "monday").code == 4
    many("undo")
    assert many("views", "monday").code == 0


def test_a_board_is_printed_as_a_view_was_saved(many: Many, mine: Path) -> None:
    done = many("board", "--view", "monday", "--plain")
    flow, ladder = done.out.split("\n\nLadder")
    assert "filter: team:lending" in flow
    assert "filter: team:lending" in ladder
    rows = [line.split() for line in flow.splitlines() if line.startswith("  ")]
    assert rows and all(row[0] == "lending" for row in rows)
    assert "settled" in flow
    narrower = many("board", "--view", "monday", "--plain", "@ines")
    assert "filter: (team:lending) (@ines)" in narrower.out


def test_records_are_listed_as_a_view_was_saved(many: Many, mine: Path) -> None:
    lines = many("ls", "--view", "list").lines
    titles = [line[6:].strip() for line in lines]
    assert lines and titles == sorted(titles, key=str.casefold)
    assert all(line.startswith("B") and "@" not in line for line in lines)
    assert len(many("ls", "--view", "list", "state:placed").lines) < len(lines)


def test_what_is_wrong_with_a_view_names_its_line(many: Many, mine: Path) -> None:
    mine.write_text(MINE.replace('"ladder"', '"laddre"') + "\n[broken]\nlenses = 3\n")
    done = many("board", "--view", "monday", "--plain")
    assert done.code == 0
    assert "views.toml line 4: monday.lenses: there is no lens laddre; did you mean ladder." in done.err
    broken = many("board", "--view", "broken")
    assert broken.code == 2
    assert f"views.toml line {len(MINE.splitlines()) + 3}: broken.lenses: it takes a list of texts" in broken.err
    listed = many("views")
    assert listed.code == 0 and "broken.lenses" in listed.err and "monday.lenses" in listed.err
    mine.write_text("[one\n")
    assert many("views", "drop", "one").code == 1
    assert mine.read_text() == "[one\n"


def test_records_are_listed_and_shown_as_they_stood(many: Many) -> None:
    now, then = many("ls", "bets").lines, many("ls", "bets", "--at", "6 weeks ago").lines
    assert len(then) < len(now)
    long_ago = many("ls", "bets", "--at", "2 years ago")
    assert (long_ago.out, long_ago.err.split(".")[0]) == ("", "Nothing was written down by 2024-11-22")
    newest = now[-1].split()[0]
    assert many("show", newest, "--at", "2 years ago").code == 4
    assert many("ls", "--at", "tomorrow").err.startswith("tomorrow is no day behind us: it is still to come.\n")
    assert "there was none yet" in many("ls", "--at", "last review").err


def test_why_names_the_clause_and_what_would_bring_it_in(many: Many) -> None:
    bet = many("ls", "bets", "team:lending").lines[0].split()[0]
    assert many("why", bet, "flow").out == f"{bet} appears in Flow.\n"
    assert many("why", bet, "flow", "team:core").out == (
        f"{bet} is not in Flow: the filter asks for team:core (it has lending); without that it would be here.\n"
    )
    everywhere = many("why", bet)
    assert everywhere.lines[0].startswith(f"{bet} appears in ")
    assert f"{bet} is not in Doors: it shows decisions; {bet} is a bet." in everywhere.lines
    found = many("why", bet, "flow", "team:core", "--json").data
    assert (found["lens"], found["appears"]) == ("flow", False)


def test_the_workspaces_own_words_filter_in_the_shell(many: Many) -> None:
    placed = many("ls", "bets", "state:placed").lines
    assert many("settings", "set", "states.bet.placed=in flight").code == 0
    assert [line.split()[0] for line in many("ls", "bets", 'state:"in flight"').lines] == [
        line.split()[0] for line in placed
    ]
    assert "This workspace also says in flight" in many("ls", "bets", "state:flying").err


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", "2026-11-21"), ("Pacific/Honolulu", "2026-11-20")])
def test_filters_and_my_last_review_are_on_the_days_of_the_workspace(many: Many, home: Path, zone: str, day: str) -> None:
    moment = "2026-11-20T12:30:00.000Z"
    path = home / "elsewhere.json"
    path.write_text(json.dumps({"settings": {"0": {"zone": zone}}, "bets": {"1": {"title": "One", "created": moment}}}))
    kept = review_path(os.environ, str(path), "anna")
    save(kept, ReviewState(ended=moment))
    assert [row["id"] for row in many("ls", f"created:{day}", "--json", "--file", str(path)).data] == ["B1"]
    assert many("ls", f"created<{day}", "--json", "--file", str(path)).data == []
    assert f"as it stood on {day}\n" in many("board", "flow", "--at", "last review", "--file", str(path)).out
