"""Dialogues line by line: nothing typed is lost when the line is cut, and they go on where they stopped."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.model import Bet, Checkin, Decision, Update
from store.records import Records
from tests.tui.shell.at_terminal import Cut, Terminal, Typist
from tui import drafts
from tui.shell.asking import GLANCE

Many = Callable[..., Any]
WEEKLY = ("checkin", "weekly")


@pytest.fixture
def asked(typed: Typist, many: Many, monkeypatch: pytest.MonkeyPatch) -> Typist:
    """Somebody at `many checkin weekly`: two questions, the bet B3, others, decisions, the intent, people, done."""
    many("settings", "set", "levels=[{id='weekly', title='Weekly', rule='FREQ=WEEKLY', anchor=2024-01-01, "
         "questions=['What happened?', 'Who can help?']}]", "triggers=[]")  # fmt: skip
    many("mission", "Grow")
    many("bet", "Stay", "under:M2", "settle:+6w", "pivot:nobody stays")
    assert many("set", "B3", "state=placed", "-q").code == 0
    many("decide", "Keep SSO out", "state:decided", "conf:70", "revisit:2026-11-21", "predict:nobody asks")
    monkeypatch.setattr("tui.shell.session.Session.may_ask", True)
    return typed


@pytest.fixture
def kept(path: Path) -> Callable[[], list[dict[str, str]]]:
    """The texts of anna's drafts."""
    return lambda: [drafts.texts_of(one) for one in drafts.kept(drafts.place(os.environ, str(path), "anna"))]


def held(records: Callable[[], Records]) -> list[Checkin]:
    return list(records().all(Checkin))


# ------------------------------------------------------------------------------------------------------------- check-ins


@pytest.mark.parametrize("cut", [Cut(), Cut(by=SystemExit(129)), Cut(by=KeyboardInterrupt())])
def test_every_answer_of_a_check_in_is_kept_at_once_and_gone_on_with(
    asked: Typist, records: Callable[[], Records], kept: Callable[[], list[dict[str, str]]], cut: Cut
) -> None:
    def now() -> str:
        (texts,) = kept()
        assert list(texts.values()) == ["we shipped", "ben"]
        return "keep 70 fine"

    try:
        first = asked("we shipped", "ben", now, cut, verb=WEEKLY)
    except SystemExit as ended:
        assert ended.code == 129
    else:
        assert first.code == (0 if cut.by is None else 130)
        assert "Nothing was changed. 3 answers are kept: many checkin weekly goes on there." in first.out
    assert held(records) == []
    again = asked("", "", "", "Fewer bets", "", "", verb=WEEKLY)
    assert "What happened?: we shipped" in again.out and "4 of " in again.out
    (one,) = held(records)
    assert (list(one.answers.values()), one.intent, one.state) == (["we shipped", "ben"], "Fewer bets", "done")
    assert [(verdict.record, verdict.verdict) for verdict in one.verdicts] == [("B3", "keep")]
    assert kept() == []


def test_what_was_half_typed_stands_in_the_line_again(asked: Typist, kept: Callable[[], list[dict[str, str]]]) -> None:
    with pytest.raises(SystemExit):
        asked("we shipped", Cut("ben could he", SystemExit(129)), verb=WEEKLY)
    assert kept() == [{"answers.What happened?": "we shipped", "answers.Who can help?": "ben could he"}]
    again = asked("", "ben could help", verb=WEEKLY)
    assert "Who can help?: ben could he (half typed)" in again.out
    assert asked.asked[1] == ("> ", "ben could he")


def test_a_kept_check_in_is_left_for_later_or_thrown_away(asked: Typist, kept: Callable[[], list[dict[str, str]]]) -> None:
    asked("we shipped", verb=WEEKLY)
    asked("n", "anew", verb=WEEKLY)
    assert sorted(one["answers.What happened?"] for one in kept()) == ["anew", "we shipped"]
    asked("d", verb=WEEKLY)
    assert [one["answers.What happened?"] for one in kept()] == ["we shipped"]


def test_one_goes_back_and_what_cannot_be_is_said_at_once(asked: Typist, records: Callable[[], Records]) -> None:
    done = asked(
        "we slipped", "<", "we shipped", "", "perhaps", "stop", "stop 20 nobody stayed", *[""] * 3, "x", "", "", verb=WEEKLY
    )
    assert "B3: a verdict is one of keep, start, change, stop." in done.out and "B3: a stop says why" in done.out
    (one,) = held(records)
    assert list(one.answers.values()) == ["we shipped"]
    bet = records().find("B3")
    assert isinstance(bet, Bet) and (bet.state, bet.why_stopped) == ("stopped", "nobody stayed")


@pytest.mark.parametrize(
    ("line", "stands"),
    [
        ("m", "we shipped"),
        ("t", "ben's word"),
        ("", "ben's word"),
        ("b", "ben's word\nwe shipped"),
        ("our word", "our word"),
    ],
)
def test_what_somebody_else_answered_meanwhile_is_shown_and_one_is_taken(
    asked: Typist, records: Callable[[], Records], line: str, stands: str
) -> None:
    def meanwhile() -> str:
        as_ben("checkin", "weekly", "1=ben's word", "B3=keep 40")
        return ""

    done = asked("we shipped", "ben", "", "", "", "Fewer bets", "", meanwhile, line, verb=WEEKLY)
    assert "What happened?: somebody else answered meanwhile: ben's word" in done.out, done.out
    (one,) = held(records)
    assert one.answers == {"What happened?": stands, "Who can help?": "ben"}
    assert (one.intent, one.people, [verdict.confidence for verdict in one.verdicts]) == (
        "Fewer bets",
        ("ben", "anna"),
        [40],
    )


def as_ben(*words: str) -> None:
    """Somebody else does something in a process of their own."""
    code = os.spawnlpe(
        os.P_WAIT, sys.executable, sys.executable, "-m", "tui.cli", "--as", "ben", "-q", *words,
        {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )  # fmt: skip
    assert code == 0


@pytest.mark.parametrize(("line", "state"), [("y", "done"), ("", "skipped")])
def test_who_holds_what_another_skipped_meanwhile_is_asked(
    asked: Typist, records: Callable[[], Records], line: str, state: str
) -> None:
    def meanwhile() -> str:
        as_ben("checkin", "weekly", "--skip", "a holiday")
        return ""

    done = asked("we shipped", ".", meanwhile, line, verb=WEEKLY)
    assert "Somebody else changed C6 state (skipped now) meanwhile. y writes it over; Enter leaves it" in " ".join(
        done.lines
    )
    one = records().find("C6")
    assert isinstance(one, Checkin) and (one.standing, one.why_skipped) == (state, "a holiday")
    assert one.answers == ({"What happened?": "we shipped"} if state == "done" else {})
    if state == "skipped":
        assert "is kept" in done.out or "are kept" in done.out


def test_what_both_answered_can_be_edited_together(
    asked: Typist, records: Callable[[], Records], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shell.filling.can_edit", lambda: True)

    def meanwhile() -> str:
        as_ben("checkin", "weekly", "1=ben's word", "B3=keep 40")
        return ""

    done = asked("we shipped", *[""] * 6, meanwhile, "e", "ben's word, and we shipped", verb=WEEKLY)
    assert "  m mine, t theirs, b both, e edits them, or type what is to stand there; Enter: theirs" in done.lines
    assert asked.asked[-1] == ("> ", "ben's word we shipped")
    assert held(records)[0].answers == {"What happened?": "ben's word, and we shipped"}


def test_a_verdict_is_one_of_two_also_on_a_record_that_is_judged_among_others(
    asked: Typist, records: Callable[[], Records], many: Many
) -> None:
    many("bet", "Later")

    def meanwhile() -> str:
        as_ben("checkin", "weekly", "B3=keep 40", "B6=keep 20 rather not")
        return ""

    done = asked("", "", "keep 70", "b6 stop 20 never", "", "", "", meanwhile, "", "m", verb=WEEKLY)
    assert "verdict on B6: somebody else answered meanwhile: keep 20 rather not" in done.out
    assert "  You: stop 20 never" in done.lines and "b both" not in done.out
    found = [(one.record, one.verdict, one.confidence) for one in held(records)[0].verdicts]
    assert found == [("B3", "keep", 40), ("B6", "stop", 20)]
    assert records().find("B6").standing == "stopped"


def test_what_was_passed_over_is_not_asked_once_more_after_a_clash(asked: Typist, records: Callable[[], Records]) -> None:
    def meanwhile() -> str:
        as_ben("checkin", "weekly", "1=ben's word", "decisions=Close the desk", "people=ben", "--open")
        return ""

    done = asked("we shipped", ">", ">", "Open the desk", ".", meanwhile, "m", verb=WEEKLY)
    (one,) = held(records)
    assert (one.state, one.answers, one.people) == ("done", {"What happened?": "we shipped"}, ("ben", "anna"))
    assert [records().find(each).label for each in one.decisions] == ["Close the desk", "Open the desk"]
    assert [line for line in done.lines if " of 8  Who can help?" in line] == ["2 of 8  Who can help?"]


def test_one_passes_over_to_the_next_part_or_to_the_end(asked: Typist, records: Callable[[], Records]) -> None:
    done = asked("we shipped", ">", ">", "Keep it small", ".", "", verb=WEEKLY)
    (one,) = held(records)
    assert (one.state, one.answers, one.verdicts) == ("done", {"What happened?": "we shipped"}, ())
    assert [records().find(each).label for each in one.decisions] == ["Keep it small"]
    asked_for = [line for line in done.lines if line[:1].isdigit() and " of 8  " in line]
    assert [line.partition("  ")[2].partition(":")[0] for line in asked_for] == [
        "What happened?", "Who can help?", "B3 Stay", "decisions", "intent", "done",
    ]  # fmt: skip
    assert "> passes over to the next part, a dot (.) to the last question" in " ".join(done.lines)
    assert "  Enter: nothing; > on, . end" in done.lines and "  Enter: nothing; < back, > on, . end" in done.lines


def test_a_learning_review_says_what_a_lesson_is(typed: Typist, many: Many, records: Callable[[], Records]) -> None:
    many("mission", "Grow")
    many("bet", "Stay", "under:M1", "settle:+6w", "pivot:nobody stays")
    for state in ("state=placed", "state=released", "state=settled result=won settled_on=-40d"):
        assert many("set", "B2", *state.split(), "-q").code == 0
    done = typed("We hoped", "", "", "", "", "Ask earlier", "", "", verb=("checkin", "B2"))
    assert "1 of 8  What did we expect, and what happened?" in done.lines
    told = " ".join(done.out.split())
    assert "the hypothesis and the forecast as they were written, then the outcome; Enter: nothing; > on, . end" in told
    assert "6 of 8  lesson: What it taught" in done.lines
    assert "what you would tell somebody who is about to try the same; it is kept with B2; Enter: nothing" in told
    bet = records().find("B2")
    assert isinstance(bet, Bet) and bet.lesson == "Ask earlier"


def test_people_are_offered_and_new_ones_said(asked: Typist, records: Callable[[], Records], many: Many) -> None:
    assert many("--as", "ben", "note", "Hello").code == 0
    done = asked("we shipped", ".", "<", "ben, the whole team", "", verb=WEEKLY)
    assert "  Known here: anna, ben" in done.lines and "new here: the whole team" in done.lines
    assert held(records)[0].people == ("ben", "the whole team", "anna")
    assert "new here" not in asked("we shipped", ".", "<", "ben, anna", "", verb=("checkin", "weekly"), options=("-y",)).out


def test_what_is_passed_over_stays_as_it_was_typed(asked: Typist, records: Callable[[], Records]) -> None:
    asked("we shipped", "ben", "<", "<", ".", "<", "<", "Fewer bets", ".", "", verb=WEEKLY)
    (one,) = held(records)
    assert (list(one.answers.values()), one.intent) == (["we shipped", "ben"], "Fewer bets")


@pytest.mark.parametrize(("line", "stands"), [("m", "we shipped"), ("", "ben's word")])
def test_what_somebody_answered_while_an_answer_was_kept_is_shown_before_it_is_gone_on_with(
    asked: Typist, many: Many, records: Callable[[], Records], line: str, stands: str
) -> None:
    asked("we shipped", "ben", verb=WEEKLY)
    assert many("--as", "ben", "checkin", "weekly", "1=ben's word", "--open").code == 0
    again = asked("", line, *[""] * 6, verb=("checkin", held(records)[0].id))
    assert "What happened?: somebody else answered meanwhile: ben's word" in again.out
    (one,) = held(records)
    assert (one.state, one.answers) == ("done", {"What happened?": stands, "Who can help?": "ben"})


def test_a_held_check_in_is_one_step(asked: Typist, many: Many, records: Callable[[], Records]) -> None:
    asked("we shipped", "", "stop 20 no", "", "Keep it small; D5", "Fewer bets", "", "", verb=WEEKLY)
    assert records().find("B3").standing == "stopped" and len(held(records)[0].decisions) == 2
    many("undo")
    assert records().find("B3").standing == "placed" and held(records) == [] and len(list(records().all(Decision))) == 1


# ------------------------------------------------------------------------------------------------- look-backs and the review


def test_a_look_back_goes_on_where_it_was_cut(asked: Typist, records: Callable[[], Records], many: Many) -> None:
    for _ in range(1):
        first = asked("no", "good", verb=("lookback", "D5"))
        assert "2 answers are kept: many lookback D5 goes on there." in first.out
    asked("", "b", "", "Ask them", verb=("lookback", "D5"))
    decision = records().find("D5")
    assert isinstance(decision, Decision)
    assert (decision.came_true, decision.process, decision.outcome, decision.lesson) == (False, "good", "bad", "Ask them")


def test_a_letter_that_brings_the_lesson_passes_over_no_question(asked: Typist, records: Callable[[], Records]) -> None:
    asked("x", "n Ask them", "g", "b", "", "q")
    decision = records().find("D5")
    assert isinstance(decision, Decision)
    assert (decision.came_true, decision.process, decision.outcome, decision.lesson) == (False, "good", "bad", "Ask them")


def test_what_being_done_asks_in_a_review_goes_on_where_it_was_cut(asked: Typist, records: Callable[[], Records]) -> None:
    with pytest.raises(SystemExit):
        asked("x", "n", "g", Cut(by=SystemExit(129)))
    again = asked("x", "b", "Ask them", "q")
    assert "You had begun to answer: came true no, process good  (x goes on there)" in again.out
    decision = records().find("D5")
    assert isinstance(decision, Decision) and (decision.came_true, decision.outcome) == (False, "bad")


@pytest.mark.parametrize("cut", [Cut("n conf:40 slower", SystemExit(143)), Cut("n conf:40 slower", KeyboardInterrupt())])
def test_a_half_typed_answer_is_taken_up_again(asked: Typist, records: Callable[[], Records], cut: Cut) -> None:
    try:
        assert "many review goes on here." in asked(cut).out
    except SystemExit:
        assert isinstance(cut.by, SystemExit)
    again = asked("=", "q")
    assert "You had typed: n conf:40 slower  (= takes it up again)" in again.out
    (note,) = (one for one in records().about("D5") if isinstance(one, Update))
    assert (note.text, note.confidence) == ("slower", 40)
    assert "You had typed" not in asked("b", "q").out


def test_a_half_typed_text_keeps_the_letter_it_was_asked_for_by(
    asked: Typist, kept: Callable[[], list[dict[str, str]]]
) -> None:
    with pytest.raises(SystemExit):
        asked("D", Cut("nobody as", SystemExit(129)))
    assert kept() == [{"line": "D nobody as"}]


def test_words_that_could_not_be_taken_are_kept_until_they_are(
    asked: Typist, kept: Callable[[], list[dict[str, str]]], many: Many
) -> None:
    def gone() -> str:
        many("rm", "D5", "-y")
        return "c Build it after all conf:80 supersedes:D5"

    done = asked(gone)
    assert kept() == [{"line": "c Build it after all conf:80 supersedes:D5"}]
    assert "Typed about D5 and not saved: c Build it after all conf:80 supersedes:D5" in done.out


def test_what_was_answered_to_what_another_answered_meanwhile_is_said_to_be_kept(asked: Typist) -> None:
    def meanwhile() -> str:
        as_ben("lookback", "D5", "came_true=yes", "process=good", "outcome=good", "lesson=Ask them all")
        return "Ask them"

    done = asked("x", "n", "g", "b", meanwhile, "q")
    assert "changed meanwhile by somebody else" in " ".join(done.lines)
    kept = "What you answered is kept: came true no, process good, outcome bad, lesson Ask them. :draft in the app goes on"
    assert kept in " ".join(done.lines)


def test_words_that_were_typed_anew_are_kept_no_longer(
    asked: Typist, kept: Callable[[], list[dict[str, str]]], records: Callable[[], Records]
) -> None:
    def now() -> str:
        assert kept() == [{"line": "note not yet"}]
        return "n not yet"

    asked("note not yet", now)
    assert [one.text for one in records().about("D5") if isinstance(one, Update)] == ["not yet"]
    assert kept() == []


def test_ctrl_c_in_a_review_says_that_it_goes_on_and_ends_with_130(asked: Typist) -> None:
    done = asked(Cut(by=KeyboardInterrupt()))
    assert done.code == 130 and "Paused at 1 of 1, 1 to go. many review goes on here." in done.out
    assert asked("q").out.lstrip().startswith("1 of 1")


# -------------------------------------------------------------------------------------------------- in a terminal, for real


@pytest.fixture
def noted(many: Many) -> None:
    many("settings", "set", "levels=[]")
    many("bet", "One", "settle:2020-01-01")


@pytest.mark.usefixtures("noted")
def test_a_hang_up_keeps_the_line_that_was_being_typed(
    terminal: Callable[..., Terminal], records: Callable[[], Records]
) -> None:
    first = terminal("review")
    first.until("\n> ")
    first.type("n conf:40 slower than ho")
    first.until("than ho")
    assert first.end_by(signal.SIGHUP) == 129
    second = terminal("review")
    second.until("You had typed: n conf:40 slower than ho")
    second.until("\n> ")
    second.type("=\r")
    second.until("> n conf:40 slower than ho")
    second.type("ped\r")
    second.until("1 item")
    assert second.ended() == 0
    (note,) = records().about("B2")
    assert isinstance(note, Update) and note.text == "slower than hoped"


@pytest.mark.usefixtures("noted")
def test_a_terminal_that_is_gone_keeps_the_line_that_was_being_typed(terminal: Callable[..., Terminal]) -> None:
    first = terminal("review")
    first.until("\n> ")
    first.type("n\r")
    first.until("note> ")
    first.type("slower than ho")
    first.until("than ho")
    first.quiet(6 * GLANCE)
    assert first.hang_up() == 129
    terminal("review").until("You had typed: n slower than ho  (= takes it up again)")


def test_a_check_in_keeps_the_line_that_was_being_typed_when_its_terminal_is_gone(
    many: Many, terminal: Callable[..., Terminal]
) -> None:
    many("bet", "One")
    first = terminal("checkin", "weekly", "-y")
    first.until("\n> ")
    first.type("we meant wel")
    first.until("meant wel")
    first.quiet(6 * GLANCE)
    assert first.hang_up() == 129
    second = terminal("checkin", "weekly", "-y")
    second.until("we meant wel (half typed)")
    second.until("\n> ")
    second.type("\r")
    second.until("> we meant wel")
    second.type("l\r")
    second.until("2 of ")
    assert second.hang_up() == 129


@pytest.mark.usefixtures("noted")
@pytest.mark.parametrize("term", ["dumb", "xterm-256color", "vt100"])
def test_nothing_but_lines_is_sent(terminal: Callable[..., Terminal], term: str) -> None:
    """What a screen reader is given is read from top to bottom: no cursor moves, no colours, nothing sent twice."""
    one = terminal("review", TERM=term)
    one.until("\n> ")
    for line, then in (
        ("n", "note> "),
        ("conf:40 slower", "Nothing more"),
    ):
        one.type(f"{line}\r")
        one.until(then if then == "note> " else "1 item")
    assert one.ended() == 0
    assert "\x1b" not in one.seen and "\b" not in one.seen and "\t" not in one.seen
    assert one.seen.count("\r") == one.seen.count("\r\n")


@pytest.mark.usefixtures("noted")
def test_what_was_done_is_broken_at_its_blanks(terminal: Callable[..., Terminal], many: Many) -> None:
    many("bet", "A title that is so long that the sentence about it takes two lines")
    one = terminal("set", "B3", "appetite=a week or two", COLUMNS="60")
    one.until("takes it back")
    assert "that the\r\nsentence about it takes two lines. many undo takes it back" in one.seen
