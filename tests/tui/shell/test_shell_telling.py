"""`many tell` and `many talk`: records in words for somebody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Many

from store.records import Records

pytestmark = pytest.mark.usefixtures("demonstration")


def test_a_record_is_told_to_an_audience(many: Many) -> None:
    done = many("tell", "B32")
    assert (done.code, done.lines[:2]) == (0, ["Weekly lists by librarians", "  Placed: we are on it."])
    outside = many("tell", "B32", "--for", "customers").out
    assert "@" not in outside and "B32" not in outside
    assert many("tell", "B32", "--for", "Team").lines[0] == "Weekly lists by librarians"


def test_a_selection_is_told_one_after_the_other(many: Many) -> None:
    told = many("tell", "bets", "state:placed", "--for", "finance", "--md").out
    titles = [line for line in told.splitlines() if line.startswith("# ")]
    assert len(titles) == 7 and titles[0] == "# Weekly lists by librarians"
    assert "\n\n# " in told
    assert [one["id"] for one in many("tell", "B32", "M6", "--json").data] == ["B32", "M6"]


def test_the_ending_of_a_file_says_what_it_is_told_as(many: Many, home: Path) -> None:
    for name, begins in (("a.md", "# Weekly"), ("a.html", "<!doctype html>"), ("a.txt", "Weekly lists by librarians\n  Pl")):
        assert many("tell", "B32", "--out", name).code == 0
        assert (home / name).read_text(encoding="utf-8").startswith(begins)
    again = many("tell", "B32", "--out", "a.md")
    assert (again.code, "is there already" in again.err) == (2, True)
    assert many("tell", "B32", "--html").out.count("<article>") == 1


def test_templates_of_ones_own_are_used_and_their_faults_named(many: Many, home: Path) -> None:
    begun = many("tell", "--template", "bet.board")
    assert begun.lines[0].startswith("<!-- Now from ") and "{appetite}" in begun.lines[1]
    assert begun.lines[2] == "# {title}"
    folder = home / ".config" / "manyview" / "tellings"
    folder.mkdir(parents=True)
    (folder / "bet.board.md").write_text(begun.out.replace("# {title}", "# For the board: {title}"), encoding="utf-8")
    told = many("tell", "B32", "--for", "board")
    assert told.lines[0] == "For the board: Weekly lists by librarians"
    (folder / "bet.board.md").write_text("# {title}\n{spend}\n", encoding="utf-8")
    wrong = many("tell", "B32", "--for", "board")
    assert wrong.code == 2 and "bet.board.md, line 2: {spend} stands for nothing." in wrong.err
    assert many("tell", "M6", "--for", "board").code == 4


def test_templates_can_be_shared_by_everybody(many: Many) -> None:
    assert many("settings", "set", "tellings.bet.press=# {title}\n{outside}").code == 0
    assert many("tell", "B32", "--for", "press").lines == [
        "Weekly lists by librarians",
        "  We are working on this. It may still change or stop.",
    ]
    assert 'press = """\n# {title}' in many("settings").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "many tell needs ID"),
        (("B32", "--for", "nobody"), 4, "Nothing is told to nobody. There are executives, team, finance, customers."),
        (("B999",), 4, "B999"),
        (("--template", "bits.team"), 2, "bits is no kind that is told of. Did you mean bet"),
        (("updates", "--for", "team"), 2, "An update is told with what it is about.\nTry: many tell "),
    ],
)
def test_what_cannot_be_told_is_said(many: Many, words: tuple[str, ...], code: int, said: str) -> None:
    done = many("tell", *words)
    assert done.code == code and said in done.err


def test_the_talk_says_who_differs(many: Many, records: Callable[[], Records]) -> None:
    done = many("talk", "B32")
    assert done.code == 0
    assert done.lines[:2] == ["B32  Weekly lists by librarians", "  In confidence: 80% (@ines) against 25% (@tomas)."]
    update = records().about("B32")[0]
    assert many("talk", update.id).out == done.out
    data = many("talk", "B32", "--json").data
    assert (data["id"], data["apart"], data["silent"]) == ("B32", 100, [])
    assert [one["person"] for one in data["readings"]] == ["ines", "maya", "tomas"]
    assert many("talk", "B999").code == 4
