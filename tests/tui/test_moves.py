"""What H L J K mean in each lens, and the two keys of what a lens is opened for: steps and sentences compared as values."""

from __future__ import annotations

from typing import Any

import pytest
from filled import filled_state
from sample import TODAY, ago, nests
from test_acting import desk_of, drawn

from store.errors import UsageError
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal
from store.operations import State
from store.records import Records
from store.step import Step
from tui.command import AskMore, Context, Say, Show, registry
from tui.perspective import perspective, perspectives
from tui.shapes import Scene
from tui.sights import context as looking

KEYS = {key: registry().by_key[key] for key in ("H", "L", "J", "K", "m", "F")}


def state() -> State:
    found = filled_state()
    found["updates"]["79"] = {"text": "mine", "about": "B12", "created_by": "anna", "confidence": 95, "health": "on track"}
    found["bets"]["12"] |= {"tags": ["x", "y"]}
    found["bets"]["14"] |= {"tags": ["y", "z"]}
    return found


RECORDS = Records(state(), 1000)


def context(
    lens: str, chosen: str | None, *marked: str, records: Records = RECORDS, place: Any = None, **options: str
) -> Context:
    """The context of somebody who looks at one record through one lens."""
    desk = desk_of(perspectives()[lens], options)._replace(chosen=chosen, archived=False, marked=frozenset(marked))
    drawing = drawn(desk, perspectives()[lens], records)
    index = drawing.find(chosen) if chosen else None
    here = looking(desk, Scene(records, TODAY, "anna"), None if index is None else drawing.heading(index))
    return here if place is None else here._replace(heading=place)


def pressed(key: str, where: Context) -> Any:
    command = KEYS[key]
    reason = command.refuse(where)
    return Say(reason) if reason else command.run(where, {})


def told(key: str, where: Context) -> str:
    """The sentence a move says, done or not."""
    outcome = pressed(key, where)
    assert isinstance(outcome, Step | Say), outcome
    return outcome.why if isinstance(outcome, Step) else outcome.sentence


@pytest.mark.parametrize(
    ("lens", "record", "key", "said"),
    [
        ("flow", "B15", "L", "B15 Undo across machines is shaping"),
        ("flow", "B13", "H", "B13 Templates for the weekly check-in is option"),
        ("flow", "B15", "H", "B15 is option: nothing comes before that. s shows where it can go."),
        ("flow", "B15", "K", "The oldest stands on top of every lane: H and L move it to another, d sets its day."),
        ("bets", "B20", "H", "B20 Keyboard course is option"),
        ("bets", "B20", "L", "B20 is parked. H takes it back to option, s elsewhere."),
        ("missions", "M4", "H", "M4 Payments in every market is active"),
        ("hill", "B11", "L", "B11: hill 60 → 65"),
        ("hill", "B13", "H", "B13 is at the end: its hill is 0."),
        ("hill", "B11", "K", "How high it stands follows from how far it is: H and L move it."),
        ("hill", "B14", "L", "B14 is not here: B14 has no hill; press F to fill it in."),
        ("convergence", "A41", "L", "A41: converged 4 → 5"),
        ("convergence", "A41", "J", "A41: benefit 3 → 2"),
        ("convergence", "A43", "J", "A43 is at the end: its benefit is -5."),
        ("risky", "A41", "H", "A41: certainty 3 → 2"),
        ("risky", "A41", "K", "A41: value 9 → 10"),
        ("mandate", "B12", "L", "B12: mandate D → E"),
        ("mandate", "B12", "K", "B12: mandate D → C"),
        ("ladder", "B12", "K", "B12: horizon weeks → months"),
        ("ladder", "M1", "K", "M1 is at the end: its horizon is years."),
        ("ladder", "B11", "L", "B11: nests in M2 → M3"),
        ("ladder", "B11", "H", "Nothing before M2 could hold B11: > draws an arrow to any other."),
        ("ladder", "M1", "L", "M1 nests in nothing here: > draws the arrow to what it should nest in."),
        ("ladder", "B16", "L", "B16 nests in M5, which does not appear: > draws an arrow to another."),
        ("rolling", "B12", "J", "B12: horizon weeks → days"),
        ("rolling", "M2", "H", "M2 is active: nothing comes before that. s shows where it can go."),
        ("rolling", "B17", "K", "B17 has no horizon yet: F fills it in."),
        ("timeline", "B11", "L", "B11: settle by 2026-12-12 → 2026-12-19"),
        ("timeline", "B11", "K", "What is due first stands on top: H and L move its day, d sets it."),
        ("squeeze", "B11", "L", "Which of its drivers, constraints and floats give way is for words: m opens all three."),
        ("lineage", "B11", "L", "What led to what has no steps between: > draws an arrow, e changes the links."),
        ("drag", "B11", "L", "These bars count records: w sets who is on one, s its state, F its mode or its drag."),
        ("criteria", "B13", "L", "B13: impact mid → high"),
        ("criteria", "B13", "J", "B13: impact mid → low"),
        ("criteria", "B11", "L", "B11 is high in impact."),
        ("portfolio", "B11", "K", "B11: uncertainty: value 4-8 → 3-7"),
        ("portfolio", "B11", "L", "B11: uncertainty: solvability 7-9 → 6-8"),
        ("readings", "B12", "H", "B12: my confidence 95% → 85%"),
        ("readings", "B12", "J", "B12: my health on track → at risk"),
        ("readings", "B12", "K", "To you B12 is on track already."),
        ("readings", "M2", "L", "You have not said how sure you are of M2: C gives your reading."),
        ("grid", "B12", "K", "B12: horizon weeks → months"),
        ("doors", "D32", "L", "D32: review on 2026-11-21 → 2026-12-21"),
        ("doors", "D32", "K", "One-way doors stand first, then the day: H and L move it, d sets it."),
        ("calibration", "D31", "L", "How sure somebody was stays as it was said: F writes whether it came true."),
        ("occasions", "D31", "L", "D31: solved resolution → oversight"),
        ("occasions", "D32", "L", "It is not said yet how D32 solved its problem: F fills it in."),
        ("signals", "S51", "L", "What moves what is an arrow: > draws one, e changes those there are."),
        ("cadence", "B12", "L", "B12: settle by 2026-11-19 → 2026-11-26"),
        ("cadence", "C62", "L", "C62: due 2026-11-30 → 2026-12-07"),
        ("record", "B12", "K", "A record is read here: e changes what it says, s its state."),
    ],
)  # fmt: skip
def test_a_key_moves_a_record_as_its_lens_has_it(lens: str, record: str, key: str, said: str) -> None:
    assert told(key, context(lens, record)) == said


@pytest.mark.parametrize(
    ("zoom", "moved"),
    [("weeks", "2026-12-13"), ("months", "2026-12-19"), ("quarters", "2027-01-12"), ("years", "2027-03-12")],
)
def test_a_day_moves_by_the_step_of_the_zoom(zoom: str, moved: str) -> None:
    assert told("L", context("timeline", "B11", zoom=zoom)) == f"B11: settle by 2026-12-12 → {moved}"


def test_the_start_moves_where_the_lens_is_turned_to_it() -> None:
    assert told("H", context("timeline", "B11", moves="start")) == f"B11: placed on {ago(50)} → {ago(57)}"
    assert told("H", context("timeline", "M2", moves="start")) == "A mission has no start: turn moves to next."


def test_the_top_of_a_list_that_begins_with_the_least_is_up() -> None:
    assert told("K", context("criteria", "B13", first="low")) == "B13: impact mid → low"
    assert told("L", context("criteria", "B13", first="low")) == "B13: impact mid → high"
    assert told("L", context("criteria", "B11", by="2nd")).startswith("B11: ")
    assert "turn weigh to off" in told("L", context("criteria", "B11", weigh="equal"))


def test_a_level_keeps_why_it_was_given_and_the_other_levels() -> None:
    records = Records(
        {"bets": {"1": {"title": "x", "scores": {"impact": {"level": "mid", "why": "so, and so"}, "b": {"level": "low"}}}}},
        9,
    )
    step = pressed("L", context("criteria", "B1", records=records))
    assert step.changes[0].record.document()["scores"] == {
        "impact": {"level": "high", "why": "so, and so"}, "b": {"level": "low"},
    }  # fmt: skip


def test_a_bet_moves_to_the_kind_and_the_bucket_of_the_next_bar() -> None:
    assert told("J", context("portfolio", "B11", show="kinds")) == "B11: kind deliver → improve"
    assert told("H", context("portfolio", "B11", show="kinds")) == "The bars count bets: J and K move one to the next bar."
    step = pressed("J", context("portfolio", "B12", show="buckets", place="learning"))
    assert step.why == "B12: buckets learning → keep running"
    assert step.changes[0].record.buckets == ("growth", "keep running")
    assert "2 buckets" in told("J", context("portfolio", "B12", show="buckets", place="quality"))
    assert "no buckets" in told("J", context("portfolio", "B15", show="buckets"))


# ------------------------------------------------------------------------------------------------------------------- grid


def test_a_card_of_several_values_moves_the_one_it_stands_in() -> None:
    step = pressed("J", context("grid", "B12", rows="tags", columns="kind", place=("x", "deliver")))
    assert (step.why, step.changes[0].record.tags) == ("B12: tags x → y", ("y",))
    step = pressed("J", context("grid", "B12", rows="tags", columns="kind", place=("y", "deliver")))
    assert (step.why, step.changes[0].record.tags) == ("B12: tags y → z", ("x", "z"))
    several = told("J", context("grid", "B12", rows="tags", columns="kind", place=("z", "deliver")))
    assert several == "B12 stands in 2 rows: put the cursor on the one to move."


def test_what_holds_nothing_is_given_the_value_beside_it_and_the_last_value_is_taken() -> None:
    assert told("K", context("grid", "B17", rows="horizon")) == "B17: horizon none → days"
    assert told("K", context("grid", "B13", rows="tags")) == "B13: tags none → z"
    assert told("J", context("grid", "B14", rows="tags", place=("z", "released"))) == "B14: tags z → none"


def test_a_value_beyond_those_shown_can_be_reached_where_the_field_declares_it() -> None:
    assert told("J", context("grid", "B15", rows="horizon")) == "B15: horizon days → hours"
    assert told("K", context("grid", "B14", rows="horizon")) == "B14: horizon months → quarters"


def test_a_cell_that_is_a_state_asks_for_what_the_state_needs() -> None:
    outcome = pressed("L", context("grid", "B13"))
    assert isinstance(outcome, AskMore) and outcome.ask.title.endswith("→ placed")
    assert told("H", context("grid", "B13")) == "B13 Templates for the weekly check-in is option"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"rows": "type"}, "What a record is does not change: a adds another."),
        ({"rows": "health"}, "Health is each person's own reading: C gives yours."),
        ({"rows": "area"}, "A bet has no area."),
    ],
)
def test_a_field_that_is_not_set_there_says_so(options: dict[str, str], said: str) -> None:
    assert told("J", context("grid", "B13", **options)) == said


def test_people_of_a_decision_are_who_drives_or_approves_it() -> None:
    here = context("grid", "D31", of="decision", rows="people", place=("anna", "reviewed"))
    assert told("J", here) == "D31: driver anna → ben"


# ----------------------------------------------------------------------------------------------------- several, or refused


def test_marked_records_move_in_one_step_and_those_that_cannot_stay() -> None:
    step = pressed("H", context("hill", "B11", "B11", "B12", "B13"))
    assert [change.record.hill for change in step.changes] == [55, 45]
    assert step.why == "B11: hill 60 → 55, B12: hill 50 → 45; B13 is at the end: its hill is 0"
    same = pressed("L", context("mandate", "B12", "B12", "M2"))
    assert same.why == "mandate D → E of B12, M2"


def test_marked_records_that_need_something_for_their_state_stay_and_say_what() -> None:
    step = pressed("L", context("flow", "B13", "B13", "B15"))
    assert [change.record.id for change in step.changes] == ["B15"]
    assert step.why == "B15: state option → shaping; To place B13 it needs settle_by and pivot_if"


def test_my_readings_of_several_are_each_an_update_of_its_own() -> None:
    step = pressed("L", context("readings", "B12", "B11", "B12"))
    updates = [change.record for change in step.changes]
    assert [(one.id, one.about, one.confidence) for one in updates] == [("U+1", "B11", 50), ("U+2", "B12", 100)]


def test_a_second_parent_comes_first_instead_of_being_drawn_twice() -> None:
    records = Records({
        "missions": {"1": {"title": "a"}, "2": {"title": "b"}},
        "bets": {"3": {"title": "x", **nests("M1", "M2")}},
    }, 9)  # fmt: skip
    step = pressed("L", context("ladder", "B3", records=records))
    assert [(link.to, link.primary) for link in step.changes[0].record.links] == [("M1", False), ("M2", True)]


def test_a_check_in_that_is_not_held_yet_is_begun_first() -> None:
    here = context("cadence", "C+1")
    assert pressed("L", here) == Say("It is not held yet: C begins it.")


# ----------------------------------------------------------------------------------------------------------- fill, next step


def asked(key: str, where: Context) -> list[str]:
    assert KEYS[key].refuse(where) is None
    ask = KEYS[key].asks(where)
    assert ask is not None
    return [question.field.path for question in ask.questions]


@pytest.mark.parametrize(
    ("lens", "record", "paths"),
    [
        ("hill", "B14", ["hill"]),
        ("hill", "B11", ["hill"]),
        ("convergence", "A42", ["converged", "benefit"]),
        ("squeeze", "B12", ["drivers", "constraints"]),
        ("drag", "M3", ["drag", "people"]),
        ("drag", "B11", ["mode", "people"]),
        ("grid", "B17", ["horizon"]),
        ("timeline", "M3", ["review_on"]),
        ("timeline", "B17", ["settle_by", "placed_on"]),
        ("portfolio", "B12", [
            "uncertainty.value", "uncertainty.solvability", "uncertainty.know_how", "uncertainty.duration",
        ]),
        ("readings", "B17", ["confidence", "health", "text"]),
        ("lineage", "B17", ["to", "kind"]),
        ("calibration", "D33", ["came_true"]),
        ("bets", "B17", ["horizon", "people", "settle_by", "hypothesis"]),
        ("record", "D32", ["why"]),
        ("calibration", "D32", ["prediction"]),
        ("signals", "S51", ["from_value", "to_value", "gaming"]),
    ],
)  # fmt: skip
def test_one_key_opens_what_a_record_lacks_here_else_what_the_lens_lives_from(
    lens: str, record: str, paths: list[str]
) -> None:
    assert asked("F", context(lens, record)) == paths


def test_what_is_filled_in_is_changed_and_brings_the_record_in() -> None:
    here = context("hill", "B14")
    step = KEYS["F"].run(here, {"hill": "30"})
    assert isinstance(step, Step)
    assert step.changes[0].record.document()["hill"] == 30


@pytest.mark.parametrize(("key", "command"), [("F", "lens.fill"), ("m", "lens.act")])
@pytest.mark.parametrize(("lens", "record"), [("hill", "D31"), ("hill", "C+1"), ("risky", "B11"), ("hill", None)])
def test_where_a_record_of_another_kind_is_chosen_it_is_asked_which_is_meant(
    key: str, command: str, lens: str, record: str | None
) -> None:
    here = context(lens, record)
    assert (KEYS[key].refuse(here), KEYS[key].asks(here)) == (None, None)
    assert KEYS[key].run(here, {}) == Show("pick", command)


def test_marked_records_of_another_kind_have_nothing_to_fill_in() -> None:
    said = "Hill shows bets; D31 is a decision: Escape clears the marks."
    assert pressed("F", context("hill", "B11", "D31")) == Say(said)


def test_where_there_is_none_to_choose_it_is_said_how_the_first_is_added() -> None:
    nothing = Context(Records({}, 0), TODAY, "anna", lens="risky")
    assert KEYS["F"].refuse(nothing) == KEYS["m"].refuse(nothing) == "There is no belief yet: a adds one."


@pytest.mark.parametrize(
    ("lens", "chosen", "kind"),
    [("risky", "M1", Belief), ("risky", "A41", Belief), ("signals", "B11", Signal), ("doors", "B11", Decision),
     ("ladder", "M1", Mission), ("ladder", "D31", Bet), ("timeline", "C61", Checkin), ("changed", "U71", Bet),
     ("timeline", None, Bet)],
)  # fmt: skip
def test_what_one_adds_in_a_lens_is_what_it_shows(lens: str, chosen: str | None, kind: type[Record]) -> None:
    assert perspective(lens).holds(RECORDS.find(chosen) if chosen else None) is kind


@pytest.mark.parametrize(
    ("lens", "record", "paths"),
    [
        ("risky", "A41", ["next_step", "revisit_on"]),
        ("flow", "B11", ["confidence", "health", "text"]),
        ("readings", "B11", ["confidence", "health", "text"]),
        ("squeeze", "B12", ["drivers", "constraints"]),
        ("mandate", "B11", ["options", "opportunity_confidence", "mandate"]),
        ("mandate", "M2", ["mandate"]),
        ("timeline", "B11", ["state"]),
        ("ladder", "B17", ["to", "kind"]),
    ],
)
def test_one_key_does_what_a_lens_is_opened_for(lens: str, record: str, paths: list[str]) -> None:
    assert asked("m", context(lens, record)) == paths


def test_a_bet_is_scored_by_a_choice_for_each_criterion() -> None:
    here = context("criteria", "B15")
    ask = KEYS["F"].asks(here)
    assert ask is not None
    assert [(one.field.name, one.field.choices, one.initial) for one in ask.questions] == [
        (name, ("low", "mid", "high"), initial)
        for name, initial in (("impact", "high"), ("reach", ""), ("effort", "low"), ("fun", "mid"))
    ]
    step = KEYS["F"].run(here, {"scores.reach": "mi", "scores.fun": ""})
    assert isinstance(step, Step)
    (change,) = step.changes
    assert change.record.document()["scores"] == {
        "impact": {"level": "high"}, "effort": {"level": "low"}, "reach": {"level": "mid"},
    }  # fmt: skip
    with pytest.raises(UsageError, match="reach cannot be 'much'"):
        KEYS["F"].run(here, {"scores.reach": "much"})
    assert KEYS["m"].run(here, {}) == Say("Nothing was changed.")


def test_several_bets_are_scored_alike_and_keep_what_was_not_answered() -> None:
    here = context("criteria", "B11", "B11", "B13")
    ask = KEYS["m"].asks(here)
    assert ask is not None and {question.initial for question in ask.questions} == {""}
    step = KEYS["m"].run(here, {"scores.effort": "low"})
    assert isinstance(step, Step)
    assert [change.record.document()["scores"] for change in step.changes] == [
        {"impact": {"level": "high"}, "reach": {"level": "low"}, "effort": {"level": "low"}},
        {"impact": {"level": "mid"}, "effort": {"level": "low"}},
    ]


def test_marked_records_are_filled_in_at_once() -> None:
    here = context("hill", "B11", "B11", "B12")
    ask = KEYS["F"].asks(here)
    assert ask is not None and [question.initial for question in ask.questions] == [""]
    step = KEYS["F"].run(here, {"hill": "10"})
    assert isinstance(step, Step) and [change.record.document()["hill"] for change in step.changes] == [10, 10]
    mixed = context("mandate", "B12", "B12", "M2")
    assert pressed("F", mixed) == Say("The marked records are of different kinds.")


@pytest.mark.parametrize(("command", "record", "other"), [("bet.pivot", "B11", "B12"), ("decision.supersede", "D31", "D32")])
def test_what_is_done_to_one_is_not_done_to_the_first_of_several(command: str, record: str, other: str) -> None:
    reason = registry().commands[command].refuse(context("grid", record, record, other))
    assert reason == "This is done to one at a time, 2 are marked: Escape clears the marks."


@pytest.mark.parametrize(("lens", "arrow"), [("ladder", "nests_in"), ("signals", "drives"), ("lineage", "informs")])
def test_the_arrow_one_draws_is_the_one_the_lens_shows(lens: str, arrow: str) -> None:
    ask = KEYS["m"].asks(context(lens, "B14"))
    assert ask is not None and ask.questions[1].initial == arrow
