"""What is sent and shown: sizes, colours, other people's text, pastes; the board, the cadence, the decisions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import TODAY, Start
from terminal import Terminal

from store.changes import added
from store.disk.tiny import TinyBackend
from store.model import Bet
from store.workspace import Workspace

pytestmark = pytest.mark.terminal

Document = Callable[[str], dict[str, object]]

COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
RGB = re.compile(rb"\x1b\[[0-9;]*(?:38|48);2;")
HOSTILE = (
    "[red]markup[/red] $x {0}",
    "\x1b[2J\x1b]0;owned\x07\x1b[31mred",
    "\u202eturned around",
    "one\ntwo\ttabs\x9b31m",
)


# ----------------------------------------------------------------------------------------------------------- sizes, colours


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (80, 24), (160, 45), (200, 50)])
def test_every_page_fits_its_terminal(many: Start, columns: int, rows: int) -> None:
    terminal = many(columns=columns, rows=rows)
    for key, text in (("2", "Search forg"), ("3", "Check-ins"), ("4", "Stop late"), ("5", "shaping 1"), ("?", "H J K L")):
        terminal.press(key).wait_for(text)
    terminal.press("q").wait_for("shaping 1").press("e").wait_for("title").press("escape").wait_for("shaping 1").press("q")
    assert terminal.wait_for_exit() == 0


def test_a_resize_keeps_what_is_being_typed(many: Start) -> None:
    terminal = many().press("2").wait_for("> B3").press("e").wait_for("Enter goes on").type(" soon").wait_for("typos soon")
    terminal.resize(120, 40)
    terminal.wait_for(lambda one: one.lines[39].strip() != "", "typos soon")
    terminal.resize(60, 15)
    terminal.wait_for(lambda one: one.lines[14].strip() != "", "typos soon").press("ctrl+s").wait_for("Changed title")
    terminal.press("/").type("clubs").wait_for("/ clubs")
    terminal.resize(100, 30)
    terminal.wait_for(lambda one: one.lines[29].startswith("/ clubs")).press("escape").wait_for("? help", "Bets 4")


def test_sixteen_colours_are_enough(many: Start) -> None:
    terminal = many(TERM="xterm").press("2").wait_for("> B3").press("q")
    assert terminal.wait_for_exit() == 0
    assert COLOUR.search(terminal.raw)
    assert not RGB.search(terminal.raw)
    assert b";5;" not in terminal.raw


def test_no_color_sends_no_colour(many: Start) -> None:
    terminal = many(NO_COLOR="1", COLORTERM="truecolor").press("2").wait_for("> B3").press("e").wait_for("Enter goes on")
    terminal.press("escape").wait_for("> B3").press("5").wait_for("shaping 1").press("q")
    assert terminal.wait_for_exit() == 0
    assert COLOUR.findall(terminal.raw) == []


@pytest.mark.parametrize("locale", [{"LANG": "C", "LC_ALL": "C"}, {"LANG": ""}], ids=["C", "none"])
def test_without_utf_8_nothing_but_ascii_is_sent(path: Path, many: Start, locale: dict[str, str]) -> None:
    """Also where no locale is set, as a server that takes none from ssh leaves it: Python then turns to UTF-8 by itself."""
    workspace = Workspace(TinyBackend(str(path)), me="ines")
    workspace.commit(added(workspace.records, Bet, {"title": "Café 中文 🎉 für alle", "people": "ines"}, TODAY))
    workspace.close()
    terminal = many(**locale).press("2").wait_for("Cafe ???? ?? fur alle")
    for key, text in (("2", "Search forg"), ("3", "Check-ins"), ("4", "Stop late"), ("5", "shaping 1"), ("?", "H J K L")):
        terminal.press(key).wait_for(text)
    terminal.press("q").wait_for("shaping 1").press("q")
    assert terminal.wait_for_exit() == 0
    assert [byte for byte in terminal.raw if byte > 0x7E] == []


def test_an_idle_app_sends_nothing(many: Start) -> None:
    terminal = many().press("2").wait_for("> B3")
    terminal.until(lambda: not terminal.receive(0.5), "the end of what is sent")
    sent = len(terminal.raw)
    terminal.receive(1.2)
    assert len(terminal.raw) == sent


# ----------------------------------------------------------------------------------------------- other people's text, pastes


def test_text_of_others_is_shown_and_never_obeyed(path: object, many: Start, start: Start) -> None:
    workspace = Workspace(TinyBackend(str(path)), me="ines")
    for text in HOSTILE:
        workspace.commit(added(workspace.records, Bet, {"title": text, "team": text, "people": "ines"}, TODAY))
    workspace.close()
    terminal = many().press("2").wait_for("[red]markup[/red] $x {0}", "owned", "turned around")
    for _ in range(9):
        terminal.press("j")
    terminal.press("5").wait_for("shaping 1").press("2").wait_for("Bets 8").press("e").wait_for("Enter goes on")
    terminal.press("escape", "q")
    assert terminal.wait_for_exit() == 0
    for never in ("\x1b]0;", "\x1b[2J\x1b]", "\u202e", "\x9b"):
        assert never.encode() not in terminal.raw
    assert "owned" not in terminal.title


def test_a_paste_becomes_a_capture_and_runs_no_command(many: Start, record: Document) -> None:
    terminal = many().press("2").wait_for("> B3").paste("Dyq\nxA").wait_for("decision: Dyq")
    terminal.press("escape").wait_for("? help", "Bets 4")
    assert record("B3")["title"] == "Search forgives typos"


def test_a_paste_without_brackets_becomes_a_capture_and_runs_no_command(many: Start, record: Document) -> None:
    terminal = many().press("2").wait_for("> B3").type("update the docs\rDrop it\ry\r").wait_for("decision: update the docs")
    terminal.press("escape").wait_for("? help", "Bets 4")
    assert record("B3")["title"] == "Search forgives typos"


@pytest.mark.parametrize("pasted", ["d\rd\rq\r", "Dill\ryeast\rquinces\r", "milk\neggs"])
def test_short_lines_pasted_without_brackets_run_no_command(many: Start, record: Document, pasted: str) -> None:
    terminal = many().press("2").wait_for("> B3").type(pasted).wait_for(f"decision: {'␤'.join(pasted.split())}")
    terminal.press("escape").wait_for("? help", "Bets 4")
    assert record("B3")["title"] == "Search forgives typos"


def test_lines_pasted_into_a_prompt_without_brackets_do_not_answer_it(many: Start) -> None:
    terminal = many().press("2").wait_for("> B3").press("c").wait_for("decision:").type("milk\rDrop it\ry\rq\r")
    terminal.wait_for("decision: milk Drop it y q").press("escape").wait_for("? help", "Bets 4")


def test_a_line_typed_ahead_is_keys(many: Start) -> None:
    many().press("2").wait_for("> B3").type("cKeep the sign-in out\r").wait_for("Keep the sign-in out", "u undoes")


def test_nobody_answers_what_they_have_not_read(many: Start) -> None:
    terminal = many().press("2").wait_for("> B3").type("Dy").wait_for("Delete B3", "once more")
    terminal.press("y").wait_for("Deleted B3")


def test_a_paste_into_a_form_is_text(many: Start) -> None:
    terminal = many().press("2").wait_for("> B3").press("e").wait_for("Enter goes on").paste("\x13q\r")
    terminal.wait_for("1 changed", "Enter goes on").press("escape").wait_for("Keep the changes?")


# ----------------------------------------------------------------------------------------------------------------- the board


@pytest.mark.parametrize(
    ("columns", "lenses"), [(80, ["Flow"]), (120, ["Flow", "Ladder"]), (160, ["Flow", "Ladder", "Timeline"])]
)
def test_the_board_has_a_lens_for_every_forty_columns_or_so(many: Start, columns: int, lenses: list[str]) -> None:
    terminal = many(columns=columns, rows=30).press("5").wait_for("shaping 1", *(f"{lens} " for lens in lenses))
    title = terminal.line_with("Flow ")
    assert [name for name in ("Flow", "Ladder", "Timeline") if f"{name} " in title] == lenses


def test_choosing_in_one_lens_chooses_in_the_others(many: Start) -> None:
    terminal = many(columns=160, rows=30).press("5").wait_for("shaping 1").press("g", "g")

    def everywhere(record_id: str) -> Callable[[Terminal], bool]:
        return lambda one: one.text.count(f"> {record_id} ") >= 2

    terminal.press("G").wait_for(everywhere("B3")).press("=").wait_for("Each lens has its own choice.")
    terminal.press("k").wait_for("> B5 ", everywhere("B3")).press("=").wait_for("Choosing in one lens").press("k")
    terminal.wait_for(everywhere("B4"))


def test_a_lens_says_why_a_record_is_not_in_it(many: Start) -> None:
    terminal = many().press("4").wait_for("> D7").press("5").wait_for("D7 is not here: it shows bets; D7 is a decision.")
    assert not re.search(r"^>", terminal.text, re.M)


def test_lenses_are_put_added_dropped_and_turned(many: Start) -> None:
    terminal = many(columns=160, rows=30).press("5").wait_for("Flow ", "Ladder ", "Timeline ")
    terminal.press("_").wait_until_gone("Flow ").wait_for("Ladder ", "Timeline ").press("+", "g", "f").wait_for("Flow ")
    terminal.press("g", "t").wait_until_gone("Flow ").press("-").wait_for("Flow ")
    before = terminal.lines[1]
    terminal.press("]").wait_until_gone("Flow ").press("[").wait_for(lambda one: one.lines[1] == before)
    terminal.press("g", "t", "O").wait_for(re.compile(r"^ [a-z]+: [a-z]+", re.M))


def test_a_card_moved_across_is_asked_what_the_move_needs(many: Start, record: Document) -> None:
    terminal = many().press(":").type("B4").press("enter").wait_for("B4  One card").press("q", "5").wait_for("> B4")
    terminal.press("L").wait_for("B4 One card everywhere is shaping")
    terminal.press("L").wait_for("settle by", "pivot if").type("+6w").press("tab").type("nobody asks").press("tab")
    terminal.press("enter").type("nests_in M2 primary").press("ctrl+s").wait_for("B4 One card everywhere is placed")
    assert record("B4")["state"] == "placed"
    terminal.press("H").wait_for("B4 One card everywhere is shaping")


# -------------------------------------------------------------------------------------------------------- cadence, decisions


def test_a_check_in_is_held_and_the_next_one_moves_on(many: Start, record: Document) -> None:
    terminal = many().press("3").wait_for("Weekly", "Six weeks", "Half-year", "Yearly").press("g", "g", "C")
    terminal.wait_for("What did we intend", "Search forgives").press("enter").type("We meant it").press("escape")
    terminal.wait_for("We meant it").press("ctrl+s").wait_for("C11: Held the Weekly check-in of ", "Held 1")
    held = record("C11")
    assert held["state"] == "done"
    assert "We meant it" in str(held["answers"])
    due = terminal.line_with("Weekly, 30 min")
    assert "ago" not in due


def test_skipping_a_check_in_asks_why(many: Start, record: Document) -> None:
    terminal = many().press("3").wait_for("Weekly").press("g", "g", "X").wait_for("Why is it skipped?").press("enter")
    terminal.wait_for("it needs a reason").press("X").wait_for("Why is it skipped?").type("holiday").press("enter")
    terminal.wait_for("kipped the Weekly check-in of ", "holiday")
    assert record("C11")["why_skipped"] == "holiday"


def test_deciding_asks_and_a_one_way_door_asks_for_more(many: Start, record: Document) -> None:
    terminal = many().press("4").wait_for("> D7").press("j").wait_for("> D8").press("x").wait_for("options", "review on")
    terminal.press("ctrl+s").wait_for("one-way door")
    terminal.type("stay, move").press("ctrl+s").wait_for("review_on")
    terminal.press("escape").wait_for("Keep the changes?").press("n").wait_for("Nothing was changed.")
    terminal.press("k").wait_for("> D7").press("x").wait_for("chosen").type("stop").press("ctrl+s").wait_for(
        "D7 Stop late fees is"
    )
    assert (record("D7")["state"], record("D7")["chosen"]) == ("decided", "stop")


def test_looking_back_shows_what_was_predicted(many: Start, record: Document) -> None:
    terminal = many().press("4").wait_for("> D7").press("G").wait_for("> D9").press("x")
    terminal.wait_for("75 % sure", "Predicted: Under a hundred a month").press("right").press("ctrl+s")
    terminal.wait_for("D9 Buy messages is reviewed")
    assert (record("D9")["state"], record("D9")["came_true"]) == ("reviewed", True)


def test_a_decision_is_superseded_by_another(many: Start, record: Document) -> None:
    terminal = many().press("4").wait_for("> D7").press("G").wait_for("> D9").press("S").wait_for("What replaces D9")
    terminal.type("Run our own").press("ctrl+s").wait_for("Superseded D9 by Run our own.")
    assert record("D9")["state"] == "superseded"
    assert record("D11")["links"] == [{"kind": "supersedes", "to": "D9"}]


def test_a_day_is_shown_near_and_far(many: Start) -> None:
    terminal = many().press("2").wait_for("> B3")
    assert "in 10 d" in terminal.line_with("Search forgives")
    terminal.press("enter").wait_for((TODAY + timedelta(days=10)).isoformat())
