"""`many review` and `many today`: printed, talked through line by line, left and resumed, and told in the prompt."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.model import BY_NOUN, Bet, Checkin, Decision, Update
from store.operations import State
from store.review.agenda import KEYS, agenda
from store.review.course import Course
from store.review.state import NEVER, Answer, Snooze, load, save, snoozed
from store.review.summary import tally
from store.waiting import count_in
from store.waiting_table import table
from store.workspace import Workspace
from tests.bench.plan import write_workspace
from tests.store.test_review import states
from tests.tui import reviewable
from tests.tui.shell.at_terminal import Terminal, Typist
from tests.tui.shell.conftest import TODAY
from tui.screens.review_page import page
from tui.shapes import Text
from tui.shell import reviewing
from tui.text import width_of
from tui.viewpoint import Viewpoint

Many = Callable[..., Any]


@pytest.fixture
def place(path: Path, home: Path) -> Callable[[], str]:
    """Where anna's review of the test's workspace is remembered."""

    def find() -> str:
        from store.personal import review_path

        return review_path(os.environ, str(path), "anna")

    return find


@pytest.fixture
def small(many: Many) -> Many:
    """A bet to settle, a decision to look back at, a note in the inbox: B1, D2, U3; no levels."""
    many("settings", "set", "levels=[]")
    many("bet", "Weekly", "lists", "settle:2026-11-20")
    many("decide", "Keep SSO out", "state:decided", "conf:70", "revisit:2026-11-21", "predict:nobody asks")
    many("note", "Somebody asked for badges")
    return many


# ---------------------------------------------------------------------------------------------------------------- printed


@pytest.mark.usefixtures("small")
def test_a_pipe_gets_the_agenda_with_its_reasons(many: Many) -> None:
    for words in (("review",), ("review", "--plain"), ("review", "--no-input")):
        done = many(*words)
        assert done.lines == [
            "Daily review of @anna, 2026-11-22: 3 items",
            "",
            "1 of 3  D3  Keep SSO out",
            "  because its review was due yesterday.",
            "",
            "2 of 3  B2  Weekly lists",
            "  because it was to settle 2 d ago, still option.",
            "",
            "3 of 3  U4  Somebody asked for badges",
            "  because @anna wrote it to the inbox, today.",
        ]


@pytest.mark.usefixtures("small")
def test_programs_get_the_agenda_as_data(many: Many) -> None:
    first = many("review", "--json").data[0]
    assert (first["key"], first["kind"], first["due"], first["days"]) == ("D3", "decision", True, 1)
    assert first["because"] == "because its review was due yesterday"
    assert first["actions"]["done"] == "look back at it" and first["record"]["title"] == "Keep SSO out"
    assert many("today", "--jsonl").out.count("\n") == 3


def test_nothing_waits_in_an_empty_workspace(many: Many) -> None:
    many("settings", "set", "levels=[]")
    assert many("review").lines == ["Daily review of @anna, 2026-11-22: nothing waits"]
    assert many("today").lines == ["Sunday 2026-11-22: nothing waits."]
    assert many("today", "--short").out == ""
    assert many("review", "--summary").code == 2


@given(states(), st.dictionaries(st.integers(1, 16), st.integers(-3, 9), max_size=5), st.booleans())
@settings(max_examples=60, deadline=None)
def test_one_count_is_told_everywhere(state: State, put_off: dict[int, int], intends: bool) -> None:
    """By many today and its token, by many review, its steps and its page in the app."""
    if intends:
        state["checkins"]["99"] = {"level": "weekly", "state": "done", "due": "2026-11-16", "intent": "Fewer bets"}
    workspace = Workspace(MemoryBackend(state, 1000), me="anna")
    until = [Snooze((TODAY + timedelta(days=days)).isoformat(), 1000) for days in put_off.values()]
    ids = [record.id for kind in BY_NOUN.values() for record in workspace.records.all(kind)]
    known = NEVER._replace(snoozed=dict(zip((ids[at % len(ids)] for at in put_off) if ids else (), until, strict=False)))
    items = agenda(workspace.records, workspace.history(), TODAY, "anna", known)
    session: Any = SimpleNamespace(me="anna", today=TODAY)
    count, due = tally(items)

    today = next(reviewing.screenful(items, session, 80))
    assert today.split(": ")[1].startswith(f"{count} wait{'s' * (count == 1)}, {due} due." if items else "nothing waits.")
    header = next(reviewing.agenda_lines(items, session))
    assert header.endswith(f": {count} item{'s' * (count != 1)}" if items else ": nothing waits")
    short = count_in(
        table(workspace.records, TODAY, {}), {key: (one.until,) for key, one in known.snoozed.items()}, TODAY.isoformat()
    )
    assert short == due
    course = Course(workspace, "", lambda: TODAY)
    course.state = known
    assert len(course.begin().steps) == count
    if items:
        shown = page(course, "").project(workspace.records, Viewpoint(TODAY, "anna"))
        assert isinstance(shown, Text) and shown.paragraphs[0].text == f"1 of {count}"


def test_a_review_that_was_paused_says_what_is_behind_one(small: Many, typed: Typist) -> None:
    typed("", "q")
    assert small("review", "--plain").lines[0] == "Daily review of @anna, 2026-11-22: 2 items to go, 1 answered"


@pytest.mark.usefixtures("demonstration")
def test_today_is_a_screenful_with_what_weighs_most_on_top(many: Many) -> None:
    done = many("today")
    assert len(done.lines) == 20 and all(width_of(line) <= 80 for line in done.lines)
    assert done.lines[0] == "Sunday 2026-11-22: 33 wait, 14 due. many review goes through them."
    assert done.lines[1].startswith("Intent  ")
    assert [line.split()[0] for line in done.lines[2:6]] == ["D29", "D53", "B47", "B44"]
    assert done.lines[-1].startswith("and 15 more: ")
    assert len(many("today", "--json").data) == 33


def test_titles_of_others_cannot_act_on_the_terminal(many: Many) -> None:
    many("bet", "\x1b[2Jcleared\u202e", "settle:2026-11-20")
    for words in (("today",), ("review",)):
        assert "\x1b" not in many(*words).out and "\u202e" not in many(*words).out


# ----------------------------------------------------------------------------------------------------------- line by line


@pytest.mark.usefixtures("small")
def test_a_dot_tells_what_it_came_to_and_leaves_the_rest(typed: Typist, many: Many) -> None:
    done = typed("", "<", "s fri", ".")
    assert "b back, . end, ? more" in " ".join(line.strip() for line in done.lines)
    told = done.out[done.out.index("# Daily review") :]
    assert told.splitlines()[2:] == [
        "1 item: 1 put off.", "", "## Put off", "", "- D3 Keep SSO out: until 2026-11-27", "",
        "Paused at 2 of 3, 2 to go. many review goes on here.",
    ]  # fmt: skip
    again = typed(".", options=("--new",))
    assert "# Daily review" not in again.out and "Paused at 1 of 2, 2 to go." in again.out
    assert many("review", "--summary").code == 2


@pytest.mark.usefixtures("small")
def test_enter_keeps_and_goes_on_and_the_end_is_told_as_markdown(
    typed: Typist, many: Many, place: Callable[[], str]
) -> None:
    done = typed("", "", "")
    assert done.code == 0
    assert [line for line in done.lines if " of 3  " in line] == [
        "1 of 3  D3  Keep SSO out", "2 of 3  B2  Weekly lists", "3 of 3  U4  Somebody asked for badges",
    ]  # fmt: skip
    told = many("review", "--summary").out
    assert told.splitlines() == [
        "# Daily review, 2026-11-22, @anna",
        "",
        "3 items: 3 kept.",
        "",
        "## Kept as it is",
        "",
        "- D3 Keep SSO out",
        "- B2 Weekly lists",
        "- U4 Somebody asked for badges",
    ]
    assert done.out.endswith(told) and typed.keys == 3
    assert not load(place()).is_under_way and load(place()).n == 4


@pytest.mark.usefixtures("small")
def test_done_asks_for_what_it_needs_and_shows_what_was_predicted_first(typed: Typist, records: Many, many: Many) -> None:
    done = typed("x", "maybe", "no", "good", "bad", "Ask earlier", "q")
    assert "nobody asks" in done.out and "70 %" in done.out and "It is yes or no" in done.out
    assert done.out.index("Predicted: nobody asks") < done.out.index("1 of 4  came true")
    decision = records().find("D3")
    assert isinstance(decision, Decision)
    assert (decision.state, decision.came_true, decision.process, decision.outcome) == ("reviewed", False, "good", "bad")
    assert decision.lesson == "Ask earlier"
    many("undo")
    assert records().find("D3").standing == "decided"


@pytest.mark.usefixtures("small")
def test_a_letter_may_bring_its_text(typed: Typist, records: Many) -> None:
    typed("s fri", "D nobody asks for it", "x B2")
    bet, note = records().find("B2"), records().find("U4")
    assert isinstance(bet, Bet) and (bet.state, bet.why_stopped) == ("stopped", "nobody asks for it")
    assert isinstance(note, Update) and note.about == "B2"


@pytest.mark.usefixtures("small")
def test_texts_are_asked_for_where_none_is_brought(typed: Typist, records: Many) -> None:
    done = typed("n", "conf:60 Fine so far", "c", "Stop the lists", "x", "")
    assert typed.asked[1] == ("note> ", "") and typed.asked[3] == ("decision> ", "")
    (note,) = records().about("D3")
    assert isinstance(note, Update) and (note.text, note.confidence) == ("Fine so far", 60)
    made = records().all(Decision)[-1]
    assert (made.title, made.occasion, [link.to for link in made.links]) == (
        "Stop the lists",
        "daily review 2026-11-22",
        ["B2"],
    )
    assert records().find("U4").archived
    assert "3 items: 1 done, 1 decided, 1 noted." in done.out


@pytest.mark.usefixtures("small")
def test_what_is_no_answer_changes_nothing_and_stays_at_the_item(
    typed: Typist, records: Many, place: Callable[[], str]
) -> None:
    before = {record.id: record.document() for record in records()}
    lines = ("d", "xx", "s yesterday", "s soon", "x", "maybe")
    done = typed(*lines)
    assert done.code == 0 and "Paused at 1 of 3" in done.out
    assert done.out.count("1 of 3  D3") == 6
    assert {record.id: record.document() for record in records()} == before
    assert load(place()).answered == {} and load(place()).at == "D3"
    assert "Nothing was changed." in typed("n", "", "D", "  ").out
    assert {record.id: record.document() for record in records()} == before


@pytest.mark.usefixtures("small")
def test_one_can_go_back_read_it_whole_and_answer_otherwise(typed: Typist, records: Many, place: Callable[[], str]) -> None:
    done = typed("s 3d", "b", "o", "", "b", "x", "yes", "good", "good", "", "q")
    assert "You answered it: put off, until 2026-11-25." in done.out
    assert "nobody asks" in done.out
    assert records().find("D3").standing == "reviewed"
    assert load(place()).snoozed == {} and load(place()).at == "B2"
    assert typed("b", "b", "?", "q").out.count("1 of 3  D3") == 3


def test_a_check_in_is_handed_over_and_answered_once_it_was_held(typed: Typist, many: Many, records: Many) -> None:
    many("settings", "set", "levels=[{id='daily', title='Daily', rule='FREQ=DAILY', anchor=2024-01-01}]")
    assert "Nothing was changed." in typed("x").out
    assert records().count(Checkin) == 0
    typed("x", "", "", "Fewer bets", *[""] * 4)
    (made,) = records().all(Checkin)
    assert (made.level, made.state, made.due) == ("daily", "done", TODAY)


# ------------------------------------------------------------------------------------------------- left, resumed, put off


@pytest.mark.usefixtures("small")
def test_a_review_goes_on_in_the_same_place(typed: Typist, many: Many) -> None:
    assert "Paused at 2 of 3, 2 to go. many review goes on here." in typed("", "q").out
    many("--as", "ben", "decide", "Now", "state:decided", "door:one-way", "revisit:2026-01-01", "options:a,b")
    again = typed("")
    assert again.lines[1] == "2 of 5  B2  Weekly lists"
    assert "3 of 5  D5  Now" in again.out
    assert typed("q", options=("--new",)).lines[1].startswith("1 of 5  D5  Now")


@pytest.mark.usefixtures("small")
def test_what_is_put_off_comes_back_on_its_day(typed: Typist, many: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    assert many("today", "--short").out == "2 due\n"
    typed("s 2d", "", "")
    assert many("today", "--short").out == "1 due\n"
    assert "D3" not in many("review", "--plain").out and "D3" not in many("today").out
    later = TODAY + timedelta(days=2)
    monkeypatch.setattr("tui.shell.session.this_day", lambda: later)
    monkeypatch.setattr("store.waiting.this_day", lambda zone: later.isoformat())
    assert "D3" in many("review", "--plain").out
    assert many("today", "--short").out == "2 due\n"


@pytest.mark.usefixtures("small")
def test_a_time_box_only_informs(typed: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 100_000, 40))
    monkeypatch.setattr("store.review.course.time", SimpleNamespace(monotonic=lambda: next(clock)))
    done = typed("", "", "", options=("--minutes", "1"))
    assert done.out.count("are over") == 1
    assert "The 1 min you set aside are over, 1 left. q pauses; go on if you like." in done.lines
    assert "3 items in 2 min: 3 kept." in done.out


@pytest.mark.usefixtures("small")
def test_a_disk_that_refuses_is_said_and_what_was_done_is_done(
    typed: Typist, records: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.review.state.replace", refuse)
    done = typed("", "D nobody asks", "q")
    assert done.code == 1 and "cannot be kept" in done.err + done.out and "the disk is full" in done.err + done.out
    assert records().find("B2").standing == "stopped"


@pytest.mark.usefixtures("small")
def test_each_person_reviews_alone(typed: Typist, many: Many) -> None:
    typed("", "", "")
    assert many("review", "--plain", "--as", "ben").lines[0] == "Daily review of @ben, 2026-11-22: 4 items"


# --------------------------------------------------------------------------------------------------------- how many keys


def test_twelve_items_take_at_most_forty_keys_and_one_at_most_five(typed: Typist, many: Many) -> None:
    many("settings", "set", "levels=[]")
    many("decide", "Keep SSO out", "state:decided", "revisit:2026-11-21", "conf:70", "predict:nobody asks")
    for number in range(8):
        many("bet", f"Bet {number}", "settle:2026-11-20")
    for number in range(3):
        many("note", f"Note {number}")
    answers = ["", "", "s", "", "", "s 3d", "", "", "D no", "x D2", "x", "", ""]
    done = typed(*answers)
    assert "12 items: 2 done, 1 dropped, 2 put off, 7 kept." in done.out
    assert typed.keys <= 40
    assert sorted(len(answer) + 1 for answer in answers)[len(answers) // 2] == 1
    assert all(len(answer) + 1 <= 5 for answer in answers)


TYPED: Mapping[str, tuple[str, str]] = {
    "keep": ("", "kept"), "done": ("x", "done"), "snooze": ("s", "put off"), "note": ("n ok", "noted"),
    "decide": ("c ok", "decided"), "drop": ("D no", "dropped"),
}  # fmt: skip
"""Answer → what is typed, and how the summary calls it."""
AT_ONCE: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("bet", "released"): ("xw",), ("decision", "decided"): ("xngb",), ("decision", "open"): ("x", ""),
    ("signal", ""): ("x4",), ("update", ""): ("xM1",),
}  # fmt: skip
DROPPED_AT_ONCE: Mapping[str, tuple[str, ...]] = {"update": ("D",)}
"""A note of the inbox is put away without a reason."""


@pytest.mark.parametrize(("noun", "stands", "action"), reviewable.ANSWERS)
def test_every_answer_to_every_kind_of_item_takes_at_most_five_keys(
    noun: str, stands: str, action: str, typed: Typist, path: Path, place: Callable[[], str], records: Many,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    if (noun, action) == ("check-in", "done"):
        pytest.skip("a check-in is a meeting of its own")
    if action not in reviewable.answerable(noun, stands):
        pytest.skip("it is no answer to that")
    write_workspace(path, reviewable.state_with(noun, stands))
    reviewable.only(noun, monkeypatch)
    line, said = TYPED[action]
    at_once = {"done": AT_ONCE.get((noun, stands)), "drop": DROPPED_AT_ONCE.get(noun)}.get(action)
    typed(*(at_once or (line,)))
    assert typed.keys <= reviewable.MOST
    summary = load(place()).summary
    assert f"1 item: 1 {said}." in summary, summary
    if action == "done" and (noun, stands) in reviewable.BECOMES:
        assert records().find(f"{BY_NOUN[noun].letter}7").standing == reviewable.BECOMES[noun, stands]


def test_words_that_would_not_be_kept_are_refused(typed: Typist, many: Many, records: Many) -> None:
    many("settings", "set", "levels=[]")
    many("mission", "Above")
    many("bet", "One", "settle:2026-11-20", "under:M2", "pivot:never")
    many("set", "B3", "state=placed", "-q")
    many("note", "A thought")
    done = typed("x it went well", "", "D not for us", "q")
    assert "x takes no words here; n writes a note. Nothing was changed." in done.out
    assert "D takes no words here. Nothing was changed." in done.out
    assert records().find("B3").standing == "placed" and not records().find("U5").archived


@pytest.mark.usefixtures("small")
def test_letters_behind_x_answer_at_once_and_words_behind_them_are_the_lesson(
    typed: Typist, records: Many, many: Many
) -> None:
    done = typed("xngx", "xgpb Ask those who left", "xngbb", "xngb Ask those who left", "q")
    assert all(f"{wrong} is no answer here" in done.out for wrong in ("xngx", "xgpb", "xngbb"))
    decision = records().find("D3")
    assert isinstance(decision, Decision)
    assert (decision.came_true, decision.process, decision.outcome) == (False, "good", "bad")
    assert decision.lesson == "Ask those who left"


def test_a_bet_is_settled_in_two_letters_or_word_by_word(typed: Typist, records: Many, many: Many) -> None:
    many("settings", "set", "levels=[]")
    many("mission", "Above")
    for title in ("One", "Two"):
        many("bet", title, "settle:2026-11-20", "under:M2", "pivot:never")
    for bet in ("B3", "B4"):
        many("set", bet, "state=placed", "-q")
        many("set", bet, "state=released", "-q")
    typed("xl", "x", "m", "Smaller next time")
    found = [(bet.state, bet.result, bet.lesson) for bet in records().all(Bet)]
    assert found == [("settled", "lost", ""), ("settled", "mixed", "Smaller next time")]


def test_a_decision_is_decided_in_a_line_of_the_grammar_of_capture(typed: Typist, records: Many, many: Many) -> None:
    many("settings", "set", "levels=[]", "triggers=[]")
    many("decide", "One price", "revisit:2026-11-20", "door:one-way", "+money")
    done = typed("x", "the lower one", "the lower one conf:70 option:low option:high revisit:+6w +open", "q")
    assert "it needs at least two options" in done.out
    (decision,) = records().all(Decision)
    assert (decision.state, decision.chosen, decision.confidence) == ("decided", "the lower one", 70)
    assert (decision.options, decision.tags) == (("low", "high"), ("money", "open"))


def test_every_answer_has_the_key_of_the_interface() -> None:
    assert KEYS == {
        "keep": "enter", "back": "b", "done": "x", "snooze": "s", "note": "n", "decide": "c", "drop": "D", "pause": "q",
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------- in the prompt, for real


@pytest.mark.usefixtures("small")
def test_the_token_follows_what_is_saved(many: Many, typed: Typist, path: Path) -> None:
    assert many("today", "--short").out == "2 due\n"
    many("decide", "Another", "revisit:2026-11-22")
    many("set", "B2", "settle_by=+6w")
    many("--as", "ben", "decide", "One more", "revisit:2026-11-01")
    assert many("today", "--short").out == "3 due\n"
    assert many("today", "--short", "--json").data == {"due": 3}
    assert many("today", "--short", "--as", "ben").out == "3 due\n"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGHUP, 129), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_a_lost_connection_costs_no_answer(
    many: Many, terminal: Callable[..., Terminal], number: signal.Signals, code: int
) -> None:
    many("settings", "set", "levels=[]")
    for title in ("One", "Two", "Three"):
        many("bet", title, "settle:2020-01-01")
    first = terminal("review")
    first.until("1 of 3")
    first.until("> ")
    first.type("s\r")
    first.until("2 of 3")
    first.until("> ")
    assert first.end_by(number) == code
    second = terminal("review")
    assert "B3  Two" in second.until("> ")
    assert "2 of 3" in second.seen and "\x1b[2J" not in second.seen
    second.type("\r")
    second.until("3 of 3")
    second.until("> ")
    second.type("\x04")
    second.until("Paused at 3 of 3, 1 to go.")
    assert second.ended() == 0


def test_what_was_put_off_is_a_plain_file_of_one_person(many: Many, place: Callable[[], str]) -> None:
    many("settings", "set", "levels=[]")
    many("bet", "One", "settle:2026-11-20")
    save(place(), snoozed(NEVER, "B2", TODAY + timedelta(days=1), Answer("put off", 2)))
    assert many("review").lines == ["Daily review of @anna, 2026-11-22: nothing waits"]
