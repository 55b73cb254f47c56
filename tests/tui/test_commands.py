"""Every command: its keys and help, what it refuses, and the step it decides on, compared as values."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sample import TODAY, ago, records_of_state, sample_state

from store import cadence
from store.errors import ManyViewError, Refused, UsageError
from store.model import Bet, Checkin, Decision, Record, Update
from store.parts import Link
from store.records import Records
from store.step import Step, is_provisional
from tui.command import AskMore, Command, Context, DoAgain, Registry, Say, Show, TakeBack, registry
from tui.perspective import perspectives
from tui.screens.verbs import VERBS

EVERY = registry()
IDS = sorted(EVERY.commands)
RECORDS = records_of_state(sample_state())
ONE_OF_EACH = (
    "M1",
    "M5",
    *(f"B{number}" for number in range(11, 24)),
    "D31",
    "D32",
    "D33",
    "A41",
    "S51",
    "C61",
    "C62",
    "U71",
)


def context(chosen: str | None = None, *marked: str, **more: Any) -> Context:
    found = None if chosen is None else RECORDS.find(chosen)
    return Context(RECORDS, TODAY, "anna", chosen=found, marked=tuple(map(RECORDS.find, marked)), **more)


def pending() -> Checkin:
    return next(one for one in cadence.pending(RECORDS, TODAY) if one.level == "weekly")


def holding(record: Record) -> Context:
    return Context(RECORDS, TODAY, "anna", chosen=record)


def decided(command_id: str, where: Context, **answers: str) -> Step:
    """The step of a command that is not refused."""
    command = EVERY.commands[command_id]
    assert command.refuse(where) is None
    outcome = command.run(where, answers)
    assert isinstance(outcome, Step), outcome
    return outcome


def changed(step: Step) -> dict[str, Any]:
    """The fields that the only change of a step gives other values."""
    (change,) = step.changes
    assert change.before is not None and change.record is not None
    before, after = change.before.document(), change.record.document()
    return {name: after.get(name) for name in {*before, *after} if before.get(name) != after.get(name)}


# ---------------------------------------------------------------------------------------------------- the registry


def test_no_key_and_no_id_is_given_twice() -> None:
    one = next(iter(EVERY.commands.values()))
    with pytest.raises(ValueError, match="two commands are called"):
        Registry.of([one, one])
    with pytest.raises(ValueError, match="is bound to both"):
        Registry.of([one, Command("another.one", "Another", one.keys, "", one.run)])


@pytest.mark.parametrize("command_id", IDS)
def test_every_command_has_a_title_and_a_sentence_of_help(command_id: str) -> None:
    command = EVERY.commands[command_id]
    assert "." in command.id
    assert command.title[:1].isupper()
    assert command.help.endswith((".", "?"))
    assert not command.footer or command.keys


@pytest.mark.parametrize("command_id", IDS)
def test_nothing_is_ever_refused_without_words_or_raised_where_there_is_nothing(command_id: str) -> None:
    command = EVERY.commands[command_id]
    nowhere = Context(Records({}, 0), TODAY)
    reason = command.refuse(nowhere)
    assert reason is None or (reason[:1].isupper() and reason.endswith("."))
    if reason is None:
        command.asks(nowhere)


@pytest.mark.parametrize("command_id", IDS)
def test_every_command_refuses_or_asks_or_runs_on_every_record(command_id: str) -> None:
    command = EVERY.commands[command_id]
    for here in map(holding, (*map(RECORDS.find, ONE_OF_EACH), pending())):
        if (reason := command.refuse(here)) is not None:
            assert reason.endswith(".")
        elif command.asks(here) is None:
            outcome = command.run(here, {})
            assert isinstance(outcome, Step | Say | Show | TakeBack | DoAgain | AskMore)
            assert not isinstance(outcome, Show) or outcome.verb in VERBS


def test_every_lens_of_the_board_has_its_letter() -> None:
    for lens in perspectives().values():
        if lens.board:
            assert EVERY.by_key[f"g {lens.key}"].id == f"lens.{lens.id}"


def test_keys_can_be_bound_anew() -> None:
    other = EVERY.rebound({"record.delete": "X X, ctrl+x"})
    assert other.by_key["X X"].id == other.by_key["ctrl+x"].id == "record.delete"
    assert "D" not in other.by_key
    with pytest.raises(ValueError, match=r"there is no command nothing\.here"):
        EVERY.rebound({"nothing.here": "x"})
    with pytest.raises(ValueError, match="is bound to both"):
        EVERY.rebound({"record.delete": "j"})


# ------------------------------------------------------------------------------------------------ add, edit, links


def test_a_record_is_added_with_its_title_alone() -> None:
    step = decided("record.add", context(holds=Bet), title="New")
    (change,) = step.changes
    assert isinstance(change.record, Bet) and is_provisional(change.record.id)
    assert (change.before, change.record.title, change.record.state) == (None, "New", "option")
    with pytest.raises(UsageError, match="needs title"):
        EVERY.commands["record.add"].run(context(holds=Bet), {})


@pytest.mark.parametrize(
    ("heading", "state"), [("shaping", "shaping"), ("option", "option"), ("placed", "option"), ("settled", "option")]
)
def test_a_record_begins_in_the_state_of_its_section_unless_that_promises_something(heading: str, state: str) -> None:
    here = context(holds=Bet, heading=heading)
    (change,) = decided("record.add", here, title="New").changes
    assert change.record is not None and change.record.standing == state


def test_editing_changes_what_was_typed_and_nothing_else() -> None:
    step = decided("record.edit", context("B15"), title="Undo here", horizon="weeks")
    assert changed(step) == {"title": "Undo here", "horizon": "weeks"}
    assert EVERY.commands["record.edit"].run(context("B15"), {}) == Say("Nothing was changed.")


def test_marked_records_are_changed_in_one_step() -> None:
    step = decided("record.tags", context("B11", "B15", "B17"), tags="later")
    assert [(change.record.id, change.record.tags) for change in step.changes if change.record] == [
        ("B15", ("later",)),
        ("B17", ("later",)),
    ]


def test_marked_records_of_different_kinds_are_not_edited_together() -> None:
    assert EVERY.commands["record.edit"].refuse(context(None, "B15", "M2")) == "The marked records are of different kinds."


@pytest.mark.parametrize(("record", "path"), [("B15", "settle_by"), ("D32", "review_on"), ("M2", "review_on")])
def test_due_is_the_day_each_kind_has(record: str, path: str) -> None:
    ask = EVERY.commands["record.due"].asks(context(record))
    assert ask is not None
    assert [question.field.path for question in ask.questions] == [path]
    assert changed(decided("record.due", context(record), **{path: "2027-01-02"})) == {path: "2027-01-02"}


def test_a_link_points_at_a_record_there_is() -> None:
    step = decided("record.link", context("B17"), to="M3", kind="nests_in")
    (change,) = step.changes
    assert change.record is not None
    assert [(link.kind, link.to) for link in change.record.links] == [("nests_in", "M3")]
    with pytest.raises(ManyViewError, match="M99"):
        EVERY.commands["record.link"].run(context("B17"), {"to": "M99", "kind": "nests_in"})


def test_a_note_is_about_the_chosen_record_or_for_the_inbox() -> None:
    (about,) = decided("record.note", context("B15"), text="seen").changes
    (inbox,) = decided("record.note", context(), text="seen").changes
    assert isinstance(about.record, Update) and isinstance(inbox.record, Update)
    assert (about.record.about, inbox.record.about or "") == ("B15", "")


def test_what_was_written_stays_as_it_was_written() -> None:
    assert EVERY.commands["record.edit"].refuse(context("U71")) is not None


def test_deleting_asks_and_means_it() -> None:
    delete = EVERY.commands["record.delete"]
    assert delete.run(context("B15"), {"sure": "no"}) == Say("Nothing was deleted.")
    assert delete.run(context("B15"), {}) == Say("Nothing was deleted.")
    (change,) = decided("record.delete", context("B15"), sure="yes").changes
    assert (change.before, change.after) == (RECORDS.find("B15"), None)


@pytest.mark.parametrize(
    ("marked", "essential"),
    [
        ((), "Delete M2? u brings it back; 3 arrows lead there."),
        (("M3",), "Delete M3? u brings it back; 3 arrows lead there."),
        (("B15",), "Delete B15? u brings it back."),
        (("M1", "M2", "M3", "B11", "B12"), "Delete 5 records? u brings them back; 3 arrows lead there."),
    ],
)
def test_a_narrow_line_cuts_only_the_titles_of_what_is_deleted(marked: tuple[str, ...], essential: str) -> None:
    asks = EVERY.commands["record.delete"].asks
    assert asks is not None
    ask = asks(context("M2", *marked))
    assert ask is not None and ask.title[:60].startswith(essential)


# ---------------------------------------------------------------------------------------------------------- states


@pytest.mark.parametrize(
    ("marked", "asked"),
    [((), "B15 Undo across machines is option; it goes to"), (("B15", "B17"), "B15, B17 are option; they go to")],
)
def test_the_question_for_a_state_speaks_of_one_or_of_several(marked: tuple[str, ...], asked: str) -> None:
    asks = EVERY.commands["record.state"].asks
    assert asks is not None
    ask = asks(context("B15", *marked))
    assert ask is not None and ask.title == asked


def test_a_state_that_needs_nothing_is_a_step() -> None:
    assert changed(decided("record.state", context("B15"), state="shaping")) == {"state": "shaping"}


def test_a_state_that_needs_something_asks_for_it_and_then_moves() -> None:
    outcome = EVERY.commands["record.state"].run(context("B15"), {"state": "placed"})
    assert isinstance(outcome, AskMore)
    assert [question.field.path for question in outcome.ask.questions] == ["settle_by", "pivot_if"]
    with pytest.raises(Refused, match="settle_by and pivot_if"):
        outcome.run(context("B15"), {})
    step = outcome.run(context("B15"), {"settle_by": ago(-40), "pivot_if": "nobody undoes"})
    assert isinstance(step, Step)
    assert changed(step) == {
        "state": "placed", "settle_by": ago(-40), "pivot_if": "nobody undoes", "placed_on": TODAY.isoformat(),
    }  # fmt: skip


def test_one_bet_too_many_asks_what_stops() -> None:
    outcome = EVERY.commands["record.state"].run(context("B13"), {"state": "placed"})
    assert isinstance(outcome, AskMore)
    assert "stops" in [question.field.path for question in outcome.ask.questions]
    assert outcome.ask.note == "M2 would hold 3 placed bets, its limit is 1. What stops?"


def test_looking_back_shows_what_was_predicted() -> None:
    outcome = EVERY.commands["record.finish"].run(context("D31"), {})
    assert isinstance(outcome, AskMore)
    assert [question.field.path for question in outcome.ask.questions] == [
        "came_true", "process", "outcome", "solved", "lesson",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("B18", "B18 is settled: s shows where it can go from there."),
        ("D33", "D33 is reversed: s shows where it can go from there."),
    ],
)
def test_what_is_finished_is_not_finished_again(record: str, said: str) -> None:
    assert EVERY.commands["record.finish"].run(context(record), {}) == Say(said)


def test_a_pivot_stops_one_bet_and_begins_another_under_the_same_mission() -> None:
    step = decided("bet.pivot", context("B11"), title="Shorter project", why_stopped="too long")
    new, old = (change.record for change in step.changes)
    assert isinstance(new, Bet) and isinstance(old, Bet)
    assert (old.id, old.state, old.why_stopped) == ("B11", "stopped", "too long")
    assert new.links == (Link(kind="nests_in", to="M2", primary=True), Link(kind="pivots_from", to="B11"))
    with pytest.raises(Refused, match="A pivot needs"):
        EVERY.commands["bet.pivot"].run(context("B11"), {"title": "Shorter project"})
    assert EVERY.commands["bet.pivot"].refuse(context("M2")) == "Only a bet can pivot."


def test_a_decision_is_superseded_by_a_new_one() -> None:
    step = decided("decision.supersede", context("D31"), title="SSO for all", why="asked for")
    new, old = (change.record for change in step.changes)
    assert isinstance(new, Decision) and isinstance(old, Decision)
    assert (new.title, new.why, new.links) == ("SSO for all", "asked for", (Link(kind="supersedes", to="D31"),))
    assert (old.id, old.state) == ("D31", "superseded")
    assert EVERY.commands["decision.supersede"].refuse(context("D32")) == (
        "D32 is open: only a decided one can be superseded."
    )


# ------------------------------------------------------------------------------------------------------- check-ins


def test_a_skipped_check_in_says_why() -> None:
    skip = EVERY.commands["checkin.skip"]
    assert skip.run(holding(pending()), {"why_skipped": " "}) == Say(
        "To skip a check-in it needs a reason. Nothing was changed."
    )
    step = skip.run(holding(pending()), {"why_skipped": "holiday"})
    assert isinstance(step, Step)
    (change,) = step.changes
    assert isinstance(change.record, Checkin)
    assert (change.record.state, change.record.why_skipped) == ("skipped", "holiday")
    assert skip.refuse(context("C61")) == "C61 is done."
    assert skip.refuse(context("B11")) == "Only a check-in can be skipped."


def test_a_reading_is_an_update_about_the_record() -> None:
    (change,) = decided("checkin.hold", context("B11"), confidence="70", health="on track").changes
    reading = change.record
    assert isinstance(reading, Update)
    assert (reading.about, reading.confidence, reading.health) == ("B11", 70, "on track")
    assert EVERY.commands["checkin.hold"].run(context("B11"), {"confidence": " "}) == Say(
        "Nothing was said, nothing was written."
    )


@pytest.mark.parametrize("command_id", ["record.note", "record.archive", "record.delete", "record.edit", "record.state"])
def test_what_is_not_held_yet_cannot_be_worked_on(command_id: str) -> None:
    assert EVERY.commands[command_id].refuse(holding(pending())) == "It is not held yet: C begins it."


def test_the_day_is_passed_in() -> None:
    later = Context(RECORDS, date(2027, 3, 1), "anna", chosen=RECORDS.find("B14"))
    outcome = EVERY.commands["record.state"].run(later, {"state": "settled"})
    assert isinstance(outcome, AskMore)
    step = outcome.run(later, {"result": "won"})
    assert isinstance(step, Step)
    assert changed(step)["settled_on"] == "2027-03-01"
