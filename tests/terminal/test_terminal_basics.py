"""Getting about, changing, taking back, leaving: the program at the keyboard of one person."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SOON, Start
from terminal import Terminal

pytestmark = pytest.mark.terminal

Document = Callable[[str], dict[str, object]]


def on(record_id: str) -> Callable[[Terminal], bool]:
    """Whether the cursor is on a record."""
    return lambda terminal: terminal.cursor_line.startswith((f"> {record_id} ", f">*{record_id} "))


def to(terminal: Terminal, record_id: str, page: str = "2") -> Terminal:
    """Go to a record on a page, by the command line."""
    terminal.press(page, ":").type(record_id).press("enter").wait_for(re.compile(rf"^{record_id}  ", re.M))
    return terminal.press("q").wait_for(on(record_id))


# -------------------------------------------------------------------------------------------------------- moving and finding


def test_five_pages_by_number_and_by_tab(many: Start) -> None:
    terminal = many()
    for key, title in zip("23451", ("Bets", "Cadence", "Decisions", "Flow", "Missions"), strict=True):
        terminal.press(key).wait_for(re.compile(rf"^{title} \d", re.M))
    terminal.press("tab").wait_for(re.compile(r"^Bets \d", re.M))
    terminal.press("shift+tab", "shift+tab").wait_for(re.compile(r"^Flow \d", re.M))


def test_the_cursor_moves_and_never_changes_anything(many: Start, path: Path) -> None:
    before = path.read_bytes(), path.with_name("ws.json.journal").read_bytes()
    terminal = many()
    terminal.press("2").wait_for(on("B3"))
    terminal.press("j").wait_for(on("B5")).press("down").wait_for(on("B4")).press("k").wait_for(on("B5"))
    terminal.press("G").wait_for(on("B6")).press("g", "g").wait_for(on("B3"))
    terminal.press("ctrl+d").wait_for(lambda one: not on("B3")(one)).press("ctrl+u").wait_for(on("B3"))
    terminal.press("pagedown").wait_for(on("B6")).press("pageup").wait_for(on("B3"))
    terminal.press("h", "l", "end").wait_for(on("B6"))
    terminal.press("home").wait_for(on("B3")).press("q")
    assert terminal.wait_for_exit() == 0
    assert before == (path.read_bytes(), path.with_name("ws.json.journal").read_bytes())


def test_a_filter_shows_what_passes_while_it_is_typed(many: Start) -> None:
    terminal = many().press("2").wait_for("Bets 4")
    terminal.press("/").type("state:placed").wait_for("Bets 1 ", "/ state:placed").press("escape").wait_for("Bets 4")
    terminal.press("/").type("clubs").press("enter").wait_for(re.compile(r"^Bets 1 .*/clubs", re.M), on("B5"))
    terminal.press("escape").wait_for("Bets 4")
    terminal.press("/").type("i").press("enter").wait_for("Bets 3", "? help", on("B5"))
    terminal.press("n").wait_for(on("B6")).press("n").wait_for(on("B3")).press("N").wait_for(on("B6"))


def test_a_filter_that_cannot_be_read_says_so_and_stays(many: Start) -> None:
    terminal = many().press("2").wait_for("Bets 4")
    terminal.press("/").type("state:nowhere").press("enter").wait_for("nowhere", "state:")
    assert "/ state:nowhere" in terminal.text
    terminal.press("escape").wait_for("Bets 4", "? help")


def test_sorting_goes_round_and_is_said(many: Start) -> None:
    terminal = many().press("2").wait_for("Bets 4")
    terminal.press("o").wait_for(re.compile(r"sort: \w+"))
    first = terminal.line_with("sort: ")
    terminal.press("o").until(lambda: "sort:" in terminal.text and terminal.line_with("sort: ") != first)


def test_help_shows_the_keys_of_this_page(many: Start) -> None:
    terminal = many().press("3").wait_for("Cadence").press("?").wait_for("C        Check in")
    terminal.press("G").wait_for("What is due when").press("q").wait_for("Check-ins")
    terminal.press("f1").wait_for("C        Check in").press("escape").wait_for("Check-ins")


def test_the_command_line_goes_to_records_and_themes_and_refuses_the_rest(many: Start) -> None:
    terminal = many()
    terminal.press(":").type("5").press("enter").wait_for("Reading clubs", re.compile("^B5  ", re.M))
    terminal.press("q", ":").type("nonsense").press("enter").wait_for("There is no command and no record")
    terminal.press("escape").wait_for("? help").press(":").type("theme nothing").press("enter").wait_for("nothing", "theme")
    terminal.press("escape").wait_for("? help").press(":").type("record.delete").press("enter").wait_for("Delete")
    terminal.press("n").wait_for("Nothing was deleted")


def test_a_key_without_a_meaning_is_answered(many: Start) -> None:
    many().press("Q").wait_for("Q does nothing here. ? shows the keys.")


# ------------------------------------------------------------------------------------------------------------------ changing


def test_a_bet_is_added_with_its_title_alone(many: Start, record: Document) -> None:
    terminal = many().press("2").wait_for(on("B3")).press("a").wait_for("New bet")
    terminal.type("Posters").press("ctrl+s").wait_for("B11: Added bet Posters.", "u undoes", on("B11"))
    assert (record("B11")["title"], record("B11").get("state", "option")) == ("Posters", "option")


def test_a_form_saves_by_ctrl_s_and_by_escape_and_y(many: Start, record: Document) -> None:
    terminal = to(many(), "B4").press("e").wait_for("title", "One card")
    terminal.type(" at last").press("ctrl+s").wait_for("Changed title of B4")
    assert record("B4")["title"] == "One card everywhere at last"
    terminal.press("e").wait_for("Enter goes on").press("backspace").wait_for("1 changed")
    terminal.press("escape").wait_for("Keep the changes?").press("y").wait_for("Changed title of B4")
    assert record("B4")["title"] == "One card everywhere at las"
    terminal.press("e").wait_for("Enter goes on").type("!").press("escape").wait_for("Keep the changes?")
    terminal.press("n").wait_for("Nothing was changed.")
    assert record("B4")["title"] == "One card everywhere at las"


def test_the_editor_changes_a_record_and_the_screen_comes_back(many: Start, record: Document, home: Path) -> None:
    script = home / "editor.sh"
    script.write_text('#!/bin/sh\nsed -i s/everywhere/anywhere/ "$1"\n')
    script.chmod(0o755)
    terminal = to(many(EDITOR=str(script)), "B4").press("E").wait_for("Changed title of B4", "One card anywhere")
    assert record("B4")["title"] == "One card anywhere"
    terminal.press("k").wait_for(lambda one: not on("B4")(one))


def test_what_cannot_be_read_comes_back_to_the_editor_with_what_is_wrong(many: Start, record: Document, home: Path) -> None:
    script = home / "editor.sh"
    script.write_text(
        '#!/bin/sh\nif grep -q "^# Line 2" "$1"\n'
        'then sed -i "s/^title = .*/title: One card anywhere/" "$1"\nelse sed -i "s/^title: /title = /" "$1"\nfi\n'
    )
    script.chmod(0o755)
    to(many(EDITOR=str(script)), "B4").press("E").wait_for("Changed title of B4", "One card anywhere")
    assert record("B4")["title"] == "One card anywhere"


def test_what_stays_unreadable_is_kept_in_a_file_that_is_named(many: Start, record: Document, home: Path) -> None:
    before = record("B4")
    script = home / "editor.sh"
    script.write_text('#!/bin/sh\nsed -i "s/^title: /title = /" "$1"\n')
    script.chmod(0o755)
    to(many(EDITOR=str(script)), "B4").press("E").wait_for("neither `field: text`", "kept in")
    assert record("B4") == before
    [kept] = home.rglob("B4.md")
    assert "title = One card everywhere" in kept.read_text()


def test_an_editor_that_fails_changes_nothing(many: Start, record: Document) -> None:
    before = record("B4")
    terminal = to(many(EDITOR="false"), "B4").press("E").wait_for("Nothing was changed.", "false")
    terminal.press("k").wait_for(lambda one: not on("B4")(one))
    assert record("B4") == before


def test_marks_and_a_command_on_them_are_one_step(many: Start, record: Document) -> None:
    terminal = many().press("2").wait_for(on("B3")).press("space", "space").wait_for("2 marked", "*B3", "*B5")
    terminal.press("t").wait_for("tags:").type("urgent").press("enter").wait_for("Changed tags of B")
    assert [record(one)["tags"] for one in ("B3", "B5")] == [["urgent"], ["urgent"]]
    assert "marked" not in terminal.text
    terminal.press("u").wait_for("Undid: changed tags")
    assert [record(one).get("tags", []) for one in ("B3", "B5")] == [[], []]
    terminal.press("g", "g", "v", "j", "j", "v").wait_for("3 marked").press("escape").wait_until_gone("marked")


def test_placing_asks_for_what_it_needs_and_keeps_the_answer(many: Start, record: Document) -> None:
    terminal = to(many(), "B4").press("s").wait_for("it goes to", "[p]laced").press("p").wait_for("settle by", "pivot if")
    terminal.type("+6w").press("ctrl+s").wait_for("needs")
    assert record("B4").get("state", "option") == "option"
    terminal.press("escape").wait_for("Keep the changes?").press("n").wait_for("Nothing was changed.")
    terminal.press("s").wait_for("it goes to").press("s").wait_for("is shaping")
    assert record("B4")["state"] == "shaping"


def test_refusals_are_sentences(many: Start) -> None:
    terminal = to(many(), "B3")
    terminal.press("X").wait_for("Only a check-in can be skipped.")
    terminal.press("S").wait_for("Only a decision can be superseded.")
    terminal.press("_").wait_for("Lenses are added and dropped on the board: 5.")
    terminal.press("U").wait_for("There is nothing to redo.")


def test_a_single_field_is_set_by_one_key(many: Start, record: Document) -> None:
    terminal = to(many(), "B4").press("d").wait_for("settle by:").type(SOON).press("enter").wait_for("Changed settle by")
    assert record("B4")["settle_by"] == SOON
    terminal.press("d").wait_for("settle by:").press("ctrl+u").type("someday").press("enter").wait_for("someday")
    terminal.press("escape").wait_for("? help").press("w").wait_for("people:").type("maya").press("enter")
    terminal.wait_for("Changed people of B4")
    assert record("B4")["people"] == ["maya"]


def test_a_link_is_drawn(many: Start, record: Document) -> None:
    terminal = to(many(), "B4").press(">").wait_for("Link B4").type("M2").press("ctrl+s").wait_for("u undoes")
    assert record("B4")["links"] == [{"kind": "nests_in", "to": "M2", "primary": True}]
    terminal.press("enter").wait_for("nests in", "Borrowing takes a minute")


def test_archived_records_go_and_come_back(many: Start) -> None:
    terminal = to(many(), "B4").press("A").wait_for("Archived B4", "Bets 3 ")
    terminal.press("Z").wait_for("Bets 4 ").press("Z").wait_for("Bets 3 ")
    terminal.press("u").wait_for("Bets 4 ")


def test_delete_asks_and_can_be_undone_and_redone(many: Start, record: Document) -> None:
    terminal = to(many(), "B4").press("D").wait_for("Delete B4").press("n").wait_for("Nothing was deleted.")
    terminal.press("D").wait_for("Delete B4").press("y").wait_for("Deleted B4", "Bets 3 ")
    assert record("B4") == {}
    terminal.press("u").wait_for("Undid: deleted B4", "Bets 4 ")
    terminal.press("U").wait_for("Bets 3 ")
    terminal.press("u").wait_for("Bets 4 ")
    assert record("B4")["title"] == "One card everywhere"


def test_a_decision_is_captured_from_anywhere(many: Start, record: Document) -> None:
    terminal = many().press("2").wait_for(on("B3")).press("c").wait_for("decision:")
    terminal.type('Keep SSO out +security @ben because "2 of 40 asked" conf:70').wait_for("confidence")
    terminal.press("enter").wait_for("D11: Captured decision Keep SSO out.")
    captured = record("D11")
    assert (captured["title"], captured["why"], captured["confidence"]) == ("Keep SSO out", "2 of 40 asked", 70)


def test_quitting_leaves_the_terminal_as_it_was(many: Start) -> None:
    terminal = many().press("q")
    assert terminal.wait_for_exit() == 0
    assert (terminal.is_alternate, terminal.is_cursor_hidden, terminal.is_as_before) == (False, False, True)


def test_ctrl_c_cancels_and_quits_the_second_time(many: Start) -> None:
    terminal = many().press("ctrl+c").wait_for("Once more quits.").press("j").press("ctrl+c").wait_for("Once more quits.")
    terminal.press("ctrl+c")
    assert terminal.wait_for_exit() == 0


# --------------------------------------------------------------------------------------------- keys that come all at once


def test_keys_typed_ahead_are_heeded_in_their_order(many: Start, record: Document) -> None:
    terminal = many().send("2jj:B5\rqeX\x13").wait_for("Changed title of B5", on("B5"))
    assert record("B5")["title"] == "Reading clubsX"
    terminal.send("ggjjD").wait_for("Delete B4").send("njjtlater\rq")
    assert terminal.wait_for_exit() == 0
    assert record("B6")["tags"] == ["later"]


def test_ctrl_c_leaves_a_prompt_and_a_form(many: Start) -> None:
    terminal = many().press("2").wait_for(on("B3")).press("/").type("zz").wait_for("Nothing passes")
    terminal.press("ctrl+c").wait_for("Bets 4", "? help")
    terminal.press("e").wait_for("Enter goes on").press("ctrl+c").wait_for("Bets 4", "? help")
