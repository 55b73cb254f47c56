"""`many board`: lenses as text, as they were, and as pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Many

from store.disk.tiny import TinyBackend
from store.model import Bet
from store.step import create, provisional
from store.workspace import Workspace

pytestmark = pytest.mark.usefixtures("demonstration")


def test_a_picture_is_written_once_and_replaced_only_when_told(many: Many, home: Path) -> None:
    done = many("board", "flow", "ladder", "--svg", "board.svg", "--columns", "160")
    assert (done.code, done.out, done.err) == (0, "", "It is in board.svg.\n")
    before = (home / "board.svg").read_text(encoding="utf-8")
    root = ElementTree.fromstring(before)
    assert [group.get("aria-label") for group in root.iter("{http://www.w3.org/2000/svg}g")] == [
        "Flow  14 records",
        "Ladder  18 records",
    ]
    again = many("board", "flow", "--svg", "board.svg")
    assert again.code == 2 and "board.svg is there already" in again.err
    assert (home / "board.svg").read_text(encoding="utf-8") == before
    assert many("board", "flow", "--svg", "board.svg", "-y").code == 0
    assert (home / "board.svg").read_text(encoding="utf-8") != before
    assert sorted(path.name for path in home.glob("board*")) == ["board.svg"]


def test_a_picture_goes_to_stdout_in_the_theme_that_is_named(many: Many) -> None:
    light, dark = (many("board", "flow", "--svg", "-", *more).out for more in ((), ("--theme", "dark")))
    assert light.startswith("<svg ") and light != dark
    assert many("board", "flow", "--html", "-").out.startswith("<!doctype html>")
    assert many("board", "flow", "--md").out.startswith("## Flow  14 records\n\nWhat is stuck")
    wrong = many("board", "flow", "--svg", "-", "--theme", "drak")
    assert wrong.code == 2 and "There is no theme called 'drak'. Did you mean dark?" in wrong.err


def test_lines_and_columns_bound_a_picture(many: Many) -> None:
    printed = many("board", "ladder", "--md", "--columns", "60", "--lines", "12").out
    inside = printed.split("```")[1].splitlines()[1:]
    assert max(map(len, inside)) <= 60 and len(inside) == 7
    assert inside[-1].endswith("more lines")
    assert many("board", "flow", "--md", "--lines", "many").code == 2


def test_a_board_as_it_stood(many: Many, path: Path) -> None:
    then = datetime(2026, 11, 30, 12, tzinfo=UTC)
    workspace = Workspace(TinyBackend(str(path)), me="anna", clock=lambda: then)
    workspace.commit(create([Bet(id=provisional(Bet, 1), title="Placed tomorrow")], "added"))
    workspace.close()
    assert "Placed tomorrow" in many("board", "bets", "--plain").out
    past = many("board", "bets", "--at", "yesterday", "--plain")
    assert past.code == 0 and "Placed tomorrow" not in past.out
    assert "as it stood on 2026-11-21" in past.lines
    assert many("board", "flow", "--at", "2020-01-01").lines[0] == "Flow  0 records"
    assert many("board", "flow", "--at", "tomorrow").code == 2
    assert many("board", "flow", "--at", "someday").code == 2
    assert "as it stood on 2026-10-11" in many("board", "flow", "--at", "6 weeks ago", "--md").out


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("sort=x", "flow and ladder cannot be turned to sort=x. There is finished, depth."),
        ("finished=x", "flow and ladder cannot be turned to finished=x. finished is one of hidden, shown."),
        ("hill.finished=shown", "flow and ladder cannot be turned to hill.finished=shown. There is finished, depth."),
    ],
)
def test_what_no_lens_can_be_turned_to_is_said(many: Many, turn: str, said: str) -> None:
    done = many("board", "flow", "ladder", "--turn", turn)
    assert (done.code, done.err) == (2, said + "\n")


def test_one_of_several_lenses_can_be_turned(many: Many) -> None:
    def counts(*more: str) -> list[str]:
        return [line for line in many("board", "flow", "ladder", *more).lines if line.endswith("records")]

    assert counts() == ["Flow  14 records", "Ladder  18 records"]
    flow, ladder = counts("--turn", "flow.finished=shown")
    assert flow != "Flow  14 records" and ladder == "Ladder  18 records"
    assert counts("--turn", "finished=shown")[1] != "Ladder  18 records"


def test_why_says_that_it_appears(many: Many) -> None:
    assert many("why", "B32", "flow").lines == ["B32 appears in Flow."]


@pytest.mark.parametrize(
    ("lens", "said"),
    [
        ("hill", "B66 is not in Hill: B66 has no hill; many set B66 hill=… fills it in."),
        ("squeeze", "B66 is not in Squeeze: B66 names no drivers, constraints or floats; "
            "many set B66 drivers=… constraints=… floats=… fills it in."),
        ("readings", "B66 is not in Readings: nobody said how B66 is doing; "
            "many note about:B66 conf:70 TEXT gives your reading."),
    ],
)  # fmt: skip
def test_why_says_which_line_would_bring_it_in(many: Many, lens: str, said: str) -> None:
    assert many("why", "B66", lens).lines == [said]
