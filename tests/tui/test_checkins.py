"""Check-ins in the app: what is asked and laid beside it, what answers become, several people filling in the same one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from sample import TODAY, open_workspace, sample_state

from store.cadence import pending
from store.checkins.explained import EXPLAINED
from store.errors import Conflict, Refused, UsageError
from store.model import Bet, Checkin, Decision, Update
from store.operations import State
from store.records import Records
from store.settings import DEFAULT
from store.settings_text import to_edit
from store.step import Change, Step, is_provisional
from store.workspace import Workspace
from tui.clashing import texts_of, with_theirs
from tui.command import Ask, AskMore, Context, registry
from tui.commands._holding import ANSWER, VERDICT
from tui.drawing import draw
from tui.panes.sheet import Sheet, clashed, opened
from tui.panes.sheet_lines import planned
from tui.perspective import perspectives
from tui.screens import outside, preferences
from tui.shapes import Scene, Sections, Text
from tui.viewpoint import Viewpoint

HOLD = registry().commands["checkin.hold"]
RECORDS = Records(sample_state(), 1000)
Q1 = "What did we intend, and what happened?"


def waiting(records: Records, level: str = "weekly", today: date = TODAY) -> Checkin:
    return next(one for one in pending(records, today) if one.level == level)


def context(records: Records = RECORDS, level: str = "weekly", me: str = "anna", today: date = TODAY) -> Context:
    return Context(records, today, me, chosen=waiting(records, level, today))


def asked(here: Context) -> Ask:
    ask = HOLD.asks(here)
    assert ask is not None
    return ask


def step(here: Context, answers: dict[str, str]) -> Step:
    outcome = HOLD.run(here, answers)
    assert isinstance(outcome, Step)
    return outcome


def checkin_of(found: Step) -> Checkin:
    record = found.changes[0].record
    assert isinstance(record, Checkin)
    return record


# ------------------------------------------------------------------------------------------------------------ what is asked


def test_a_check_in_asks_its_questions_then_verdicts_oldest_bet_first_then_its_own() -> None:
    ask = asked(context())
    level = RECORDS.settings.level("weekly")
    assert level is not None
    assert [question.field.path for question in ask.questions] == [
        *(f"{ANSWER}{question}" for question in level.questions),
        *(f"{VERDICT}{record}" for record in ("M1", "M2", "M3", "B14", "B16", "B11", "B12")),
        "others", "decisions", "intent", "people", "done",
    ]  # fmt: skip
    assert ask.title == "Weekly check-in, due 2026-11-23"


def test_what_was_gathered_stands_in_the_note_and_beside_each_question() -> None:
    ask = asked(context())
    assert ask.note.splitlines()[:2] == [
        "Last time we intended: Place one bet less",
        "Whose confidence moved since 2026-11-16: @ben on B11 Guided first project: 55% → 80%, at risk → on track",
    ]
    beside = {question.field.label: question.field.description for question in ask.questions}
    assert beside["What moved someone's confidence?"].startswith("Whose confidence moved since 2026-11-16: @ben on B11")
    assert beside["B11 Guided first project"] == "50 d, @ben, @anna 40%, at risk, @ben 80%, on track"


def test_one_that_is_due_much_later_says_so_first() -> None:
    early = asked(context(level="yearly")).note.splitlines()[0]
    assert early == "Early: it is due in 54 days, on 2027-01-15. Escape leaves it for then."
    assert "Early" not in asked(context(level="yearly", today=date(2027, 1, 8))).note
    assert "Early" not in asked(context()).note


def test_a_year_is_looked_back_on_bet_by_bet() -> None:
    here = context(level="yearly", today=date(2027, 1, 15))
    ranked = next(question for question in asked(here).questions if question.field.choices[:1] == ("high",))
    assert (ranked.field.path, ranked.field.label) == (f"{ANSWER}impact of B18", "impact: Card payments in Japan")
    assert ranked.apart and ranked.field.description == "B18, won."
    held = checkin_of(step(here, {ranked.field.path: "don't know"}))
    assert held.answers == {"impact of B18": "don't know"}


def test_a_check_in_about_a_record_asks_its_own_questions_and_no_verdicts() -> None:
    here = context(level="premortem-one-way")
    assert isinstance(here.chosen, Checkin) and here.chosen.about == "D32"
    ask = asked(here)
    assert ask.title == f"One-way door premortem of D32, due {TODAY}"
    assert not any(question.field.path.startswith(VERDICT) for question in ask.questions)
    held = checkin_of(step(here, {ask.questions[0].field.path: "Nobody paid"}))
    assert (held.about, held.level, list(held.answers.values())) == ("D32", "premortem-one-way", ["Nobody paid"])


def test_every_question_there_is_from_the_start_says_what_helps_to_answer_it() -> None:
    rituals = (*DEFAULT.levels, *DEFAULT.triggers)
    asked_for = [question for ritual in rituals for question in ritual.questions]
    assert sorted(EXPLAINED) == sorted(asked_for)
    for here in (context(), context(level="yearly", today=date(2027, 1, 15)), context(level="learning-review")):
        for one in asked(here).questions:
            assert one.field.hint or one.field.description not in ("", one.field.label), one.field.path
    lesson = next(one.field for one in asked(context(level="learning-review")).questions if one.field.path == "lesson")
    assert lesson.hint == "what you would tell somebody who is about to try the same; it is kept with B18"


def test_what_is_only_prepared_is_asked_for_no_lesson() -> None:
    """One that is written down beforehand would keep anybody from asking for it afterwards."""
    paths = [question.field.path for question in asked(context(level="premortem-one-way")).questions]
    assert paths[-3:] == ["decisions", "people", "done"] and "lesson" not in paths and "intent" not in paths


def test_what_a_learning_review_taught_is_written_down_where_it_was_learned() -> None:
    here = context(level="learning-review")
    paths = [question.field.path for question in asked(here).questions]
    assert paths[-4:] == ["decisions", "lesson", "people", "done"] and "intent" not in paths
    held, bet = (change.record for change in step(here, {"lesson": "ask first"}).changes)
    assert isinstance(held, Checkin) and (held.about, held.state) == ("B18", "done")
    assert isinstance(bet, Bet) and (bet.id, bet.lesson) == ("B18", "ask first")


# ---------------------------------------------------------------------------------------------------------- what is answered


def test_a_held_check_in_keeps_answers_verdicts_and_the_intent() -> None:
    here = context()
    found = step(
        here, {f"{ANSWER}{Q1}": "we meant well", f"{VERDICT}B11": "keep 60 fine", f"{VERDICT}B12": "", "intent": "none"}
    )
    held = checkin_of(found)
    assert found.changes[0].before is None and is_provisional(held.id)
    assert (held.state, held.held_on, held.due, held.intent) == ("done", TODAY, date(2026, 11, 23), "none")
    assert (held.answers, held.people) == ({Q1: "we meant well"}, ("anna",))
    assert [(one.record, one.verdict, one.confidence, one.note) for one in held.verdicts] == [("B11", "keep", 60, "fine")]
    note = found.changes[1].record
    assert isinstance(note, Update) and (note.about, note.confidence) == ("B11", 60)


def test_what_nobody_said_anything_in_is_not_held() -> None:
    for answers in ({}, {"people": "anna, ben"}, {"done": "yes"}):
        with pytest.raises(Refused, match="Nothing is said in it yet"):
            step(context(), answers)
    assert checkin_of(step(context(), {"done": "no"})).state == "open"
    said_before = step(context(), {f"{ANSWER}{Q1}": "we meant well", "done": "no"})
    assert checkin_of(said_before).answers == {Q1: "we meant well"}


def test_a_verdict_is_one_of_four() -> None:
    with pytest.raises(UsageError, match="B11: a verdict is one of keep, start, change, stop"):
        HOLD.run(context(), {f"{VERDICT}B11": "perhaps"})


def test_other_bets_are_judged_by_their_ids() -> None:
    found = step(context(), {"others": "B13: start 60\nb15 stop nobody asked", "decisions": "Keep it small"})
    changed = {change.record.id: change.record for change in found.changes}
    stopped = changed["B15"]
    assert isinstance(stopped, Bet) and (stopped.state, stopped.why_stopped) == ("stopped", "nobody asked")
    assert "B13" not in changed and "B13 was not placed" in found.why
    (decision,) = [record for record in changed.values() if isinstance(record, Decision)]
    assert (decision.title, decision.occasion) == ("Keep it small", "Weekly check-in of 2026-11-23")


# ------------------------------------------------------------------------------------------------------- several at once


def two(state: State) -> tuple[Workspace, Workspace]:
    anna = open_workspace(state)
    return anna, Workspace(anna.backend, me="ben", clock=lambda: datetime(2026, 11, 22, 10, 0, tzinfo=UTC))


def test_two_people_fill_in_the_same_one_and_clash_only_where_both_answered() -> None:
    anna, ben = two(sample_state())
    hers, his = context(anna.records), context(ben.records, me="ben")
    anna.commit(step(hers, {f"{ANSWER}{Q1}": "Hers", f"{VERDICT}B11": "keep 40"}))
    answers = {f"{ANSWER}{Q1}": "His", f"{VERDICT}B12": "keep 90", "others": "B15 change it"}
    with pytest.raises(Conflict) as caught:
        ben.commit(step(his, answers))
    (clash,) = caught.value.fields
    assert clash[1:] == (f"{ANSWER}{Q1}", "Hers", "His")
    ben.refresh()
    again = his._replace(records=Workspace(ben.backend).records)
    ben.commit(step(again, {**answers, f"{ANSWER}{Q1}": "Hers, and his"}), caught.value.fields)
    (both,) = [one for one in Workspace(ben.backend).records.all(Checkin) if one.due == date(2026, 11, 23)]
    assert both.answers == {Q1: "Hers, and his"}
    assert [(one.record, one.verdict) for one in both.verdicts] == [("B11", "keep"), ("B12", "keep"), ("B15", "change")]
    assert both.people == ("anna", "ben")


def test_a_clash_costs_nothing_of_what_the_other_wrote_elsewhere() -> None:
    anna, ben = two(sample_state())
    hers, his = context(anna.records), context(ben.records, me="ben")
    open_yet = {"done": "no", "decisions": "Cache builds", "others": "B15 keep 30\nB17 keep", "people": "anna"}
    anna.commit(step(hers, {f"{ANSWER}{Q1}": "Hers", **open_yet}))
    answers = {f"{ANSWER}{Q1}": "His", "decisions": "Freeze the layout", "people": "ben", "others": "B15 change it"}
    with pytest.raises(Conflict) as caught:
        ben.commit(step(his, answers))
    clashes = caught.value.fields
    assert [one[1] for one in clashes] == [f"{ANSWER}{Q1}", f"{VERDICT}B15"]
    ben.commit(step(his._replace(records=Workspace(ben.backend).records), answers), clashes)
    now = Workspace(ben.backend).records
    (both,) = [one for one in now.all(Checkin) if one.due == date(2026, 11, 23)]
    assert both.answers == {Q1: "His"} and both.people == ("anna", "ben")
    assert {now.find(one).label for one in both.decisions} == {"Cache builds", "Freeze the layout"}
    assert {(one.record, one.verdict) for one in both.verdicts} == {("B15", "change"), ("B17", "keep")}


def test_verdicts_that_another_left_open_are_done_by_who_holds_it_from_an_older_form() -> None:
    anna, ben = two(sample_state())
    hers = context(anna.records)
    ben.commit(step(context(ben.records, me="ben"), {f"{VERDICT}B11": "stop 10 nobody came", "done": "no"}))
    anna.commit(step(hers._replace(records=Workspace(anna.backend).records), {f"{ANSWER}{Q1}": "Hers"}))
    now = Workspace(anna.backend).records
    assert now.find("B11").standing == "stopped"
    (held,) = [one for one in now.all(Checkin) if one.due == date(2026, 11, 23)]
    assert (held.state, held.people) == ("done", ("ben", "anna"))
    assert [one.created_by for one in now.all(Update) if one.about == "B11" and one.confidence == 10] == ["ben"]


def test_a_lesson_that_another_wrote_meanwhile_is_not_written_over() -> None:
    anna, ben = two(sample_state())
    hers = context(anna.records, level="learning-review")
    ben.commit(step(context(ben.records, level="learning-review", me="ben"), {"lesson": "ask first", "done": "no"}))
    later = hers._replace(records=Workspace(anna.backend).records, asked=hers.records)
    with pytest.raises(Conflict) as caught:
        anna.commit(step(later, {"lesson": "cut earlier"}))
    assert [one[:3] for one in caught.value.fields] == [("B18", "lesson", "ask first")]
    anna.commit(step(later, {"lesson": "both"}), caught.value.fields)
    bet = Workspace(anna.backend).records.find("B18")
    assert isinstance(bet, Bet) and bet.lesson == "both"


def test_who_has_nothing_to_add_holds_what_others_said_from_an_older_form() -> None:
    anna, ben = two(sample_state())
    hers = context(anna.records)
    ben.commit(step(context(ben.records, me="ben"), {"intent": "Ship", "done": "no"}))
    anna.commit(step(hers._replace(records=Workspace(anna.backend).records), {"people": "anna"}))
    (held,) = [one for one in Workspace(anna.backend).records.all(Checkin) if one.due == date(2026, 11, 23)]
    assert (held.state, held.intent, held.people) == ("done", "Ship", ("ben", "anna"))


def test_an_emptied_line_takes_a_verdict_back() -> None:
    workspace = open_workspace(sample_state())
    workspace.commit(step(context(workspace.records), {f"{VERDICT}B11": "keep 40", "others": "B15 change it", "done": "no"}))
    here = context(workspace.records)
    initial = {question.field.path: question.initial for question in asked(here).questions}
    assert (initial[f"{VERDICT}B11"], initial["others"]) == ("keep 40", "B15 change it")
    held = checkin_of(step(here, {f"{VERDICT}B11": "", "others": ""}))
    assert held.verdicts == () and held.state == "done"


def test_the_day_is_passed_in() -> None:
    later = context()._replace(today=date(2026, 12, 1))
    assert checkin_of(step(later, {"intent": "Ship"})).held_on == date(2026, 12, 1)


def test_what_the_other_put_there_is_shown_in_the_fields_of_the_form() -> None:
    fields = (
        ("C9", f"{ANSWER}{Q1}", "Hers. All of it", "His"),
        ("C9", f"{VERDICT}B11", {"record": "B11", "verdict": "keep", "confidence": 40, "note": "so far"}, None),
        ("C9", "intent", "Ship", "Wait"),
    )
    shown = texts_of(fields, [f"{ANSWER}{Q1}", f"{VERDICT}B11", f"{VERDICT}B12", "intent"])
    assert shown == {f"{ANSWER}{Q1}": "Hers. All of it", f"{VERDICT}B11": "keep 40 so far", "intent": "Ship"}


def test_a_verdict_on_another_record_that_both_gave_is_chosen_among_the_lines() -> None:
    fields = (("C9", f"{VERDICT}B16", {"record": "B16", "verdict": "change", "confidence": 50, "note": "smaller"}, None),)
    typed = "B16 keep 40 fine\nB17 keep 60 next"
    beside = with_theirs(fields, typed, ["others", f"{VERDICT}B11"])
    assert beside == "B16 change 50 smaller\nB17 keep 60 next"
    assert with_theirs(fields, "B17 keep", ["others"]) == "B17 keep\nB16 change 50 smaller"  # taken back here
    assert with_theirs(fields, typed, ["others", f"{VERDICT}B16"]) == typed
    sheet = _sheet(asked(context()))
    (at,) = [at for at, entry in enumerate(sheet.entries) if entry.field.path == "others"]
    entries = (*sheet.entries[:at], replace(sheet.entries[at], text=typed), *sheet.entries[at + 1 :])
    clash = clashed(replace(sheet, entries=entries), {"others": beside})
    assert clash.at == at and dict(clash.entries[at].sides) == {"left": beside, "right": typed}
    assert clash.changes == {"others": typed}
    taken = replace(clash.entries[at], text=beside)
    assert taken.is_changed, "what else was typed there is still an answer"


@pytest.mark.parametrize(("height", "lines"), [(5, 0), (12, 4), (18, 6), (45, 8)])
def test_the_note_of_a_form_is_as_long_as_there_is_room_for(height: int, lines: int) -> None:
    ask = Ask("Weekly", asked(context()).questions, note="\n".join(f"Part {number}: {'x' * 90}" for number in range(8)))
    note = planned(_sheet(ask), 80, height).note
    assert len(note) == lines and all(len(line) <= 80 for line in note)
    assert not note or lines == 8 or note[-1].startswith(f"… and {8 - lines + 1} more")


def _sheet(ask: Ask) -> Sheet:
    from tui.panes.answering import Interpreter

    return opened(ask, Interpreter(TODAY))


# ------------------------------------------------------------------------------------------------- minutes, settings, lenses


def test_copying_a_check_in_gives_its_minutes_and_other_records_their_document() -> None:
    copied = outside.markdown((RECORDS.find("C61"), RECORDS.find("B11")), RECORDS)
    assert copied.startswith(
        "# Weekly, 2026-11-16\n\n- **State:** done\n\n## Until the next one\n\nPlace one bet less\n\n# B11 "
    )


class Stage:
    """As much of a screen as taking settings in needs."""

    def __init__(self) -> None:
        self.workspace = open_workspace(sample_state())
        self.said: list[str] = []

    def say(self, sentence: str, token: str = "text", hint: str = "") -> None:
        self.said.append(sentence)


def test_edited_settings_are_one_step_and_what_cannot_be_read_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    stage = Stage()
    text = to_edit(stage.workspace.records.settings)
    preferences.take(cast(Any, stage), text.replace("Sample", "Ours"))
    assert (stage.workspace.records.settings.name, stage.said) == ("Ours", ["Edited the settings."])
    preferences.take(cast(Any, stage), "name = ")
    assert stage.said[-1].startswith("The settings are not TOML: ") and str(tmp_path) in stage.said[-1]
    (kept,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept.read_text() == "name = "
    assert stage.workspace.undo() is not None and stage.workspace.records.settings.name == "Sample"


def test_a_line_sets_one_setting_and_says_what_records_go_on_holding() -> None:
    stage = Stage()
    screen = cast(Any, stage)
    assert preferences.line(screen, "modes-=quest") is None
    assert stage.said == ["Set modes. The mode quest stays on 1 record: mode:quest finds it."]
    assert preferences.line(screen, "modes-=quest") == "modes: there is no quest. There are chip, fire. Nothing was changed."
    assert preferences.line(screen, "levels.weekly.questions.1=What, and why?") is None
    assert stage.workspace.records.settings.levels[0].questions[0] == "What, and why?"
    assert preferences.meaning(screen, "modes+=x") == "modes: 1 chip; 2 fire"
    assert preferences.meaning(screen, "mo") == preferences.EXPLAINED
    assert "levels.weekly.questions" in preferences.offered(screen)


def test_what_was_held_about_a_record_is_not_missing_an_intent() -> None:
    state = sample_state()
    state["checkins"] |= {
        "71": {"level": "premortem", "about": "B11", "state": "done", "due": "2026-11-10"},
        "72": {"level": "weekly", "state": "done", "due": "2026-11-09"},
    }
    records = Records(state, 1000)
    view = perspectives()["cadence"].project(records, Viewpoint(TODAY, "anna"))
    drawing = draw(view, Scene(records, TODAY, "anna"), 100, 60)
    lines = ["".join(span.text for span in drawing.line(at)) for at in range(drawing.height)]
    held = [" ".join(line.split()[3:9]) for line in lines if "C71" in line or "C72" in line]
    assert held == ["Premortem of B11 Guided first project", "Weekly: (no intent)"]


def test_cadence_shows_what_records_call_for_and_each_check_in_once() -> None:
    workspace = open_workspace(sample_state())
    door = next(one for one in pending(workspace.records, TODAY) if one.about == "D32")
    workspace.commit(Step((Change(None, door.evolve(id="C+1", state="open")),), "began"))
    view = perspectives()["cadence"].project(workspace.records, Viewpoint(TODAY, "anna"))
    assert isinstance(view, Sections)
    sections = {section.title: [record.id for record in section.records] for section in view.sections}
    (under_way,) = [one.id for one in workspace.records.all(Checkin) if one.about == "D32"]
    assert sections["Called for by records"][-1] == under_way
    assert [one for ids in sections.values() for one in ids].count(under_way) == 1


def test_a_check_in_that_is_to_be_held_is_read_with_its_agenda() -> None:
    view = perspectives()["record"].project(RECORDS, Viewpoint(TODAY, "anna", waiting(RECORDS).id))
    assert isinstance(view, Text)
    texts = [paragraph.text for paragraph in view.paragraphs]
    assert "Place one bet less" in texts and "Oldest placed bets" in texts
    held = perspectives()["record"].project(RECORDS, Viewpoint(TODAY, "anna", "C61"))
    assert isinstance(held, Text) and "Oldest placed bets" not in [paragraph.text for paragraph in held.paragraphs]


def test_completing_an_option_says_that_it_is_dropped() -> None:
    finish = registry().commands["record.finish"]
    for record_id, word in (("B13", "dropped (stopped before it was placed)"), ("B11", "released")):
        here = Context(RECORDS, TODAY, "anna", chosen=RECORDS.find(record_id))
        outcome = finish.run(here, {})
        if isinstance(outcome, AskMore):
            assert outcome.ask.title == f"{record_id} {RECORDS.find(record_id).label} → {word}"
            outcome = outcome.run(here, {"why_stopped": "nobody asks"})
        assert isinstance(outcome, Step) and outcome.why == f"{record_id} {RECORDS.find(record_id).label} is {word}"
