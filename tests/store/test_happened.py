"""What happened, in words: field by field, by whom, several steps as one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.happened import SETTINGS, count, happenings, in_words, joined, subjects
from store.model import Bet, Update
from store.operations import Document, Drop, Put, Transaction
from store.settings import DEFAULT, Settings
from store.step import create, edit
from store.workspace import Workspace


def step(before: Document | None, after: Document | None, table: str = "bets", by: str = "ben", **more: Any) -> Transaction:
    change = Drop(table, "7", before or {}) if after is None else Put(table, "7", before, after)
    return Transaction(9, "2026-11-20T09:00:00.000Z", by, (change,), **more)


def said(before: Document | None, after: Document | None, table: str = "bets", **more: Any) -> str:
    (happening,) = happenings(step(before, after, table, **more))
    return in_words(happening, DEFAULT)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    (
        ({"settle_by": "2026-11-20"}, {"settle_by": "2026-12-04"}, "settle by 2026-11-20 → 2026-12-04"),
        ({}, {"settle_by": "2026-12-04"}, "settle by set to 2026-12-04"),
        ({"settle_by": "2026-12-04"}, {}, "settle by 2026-12-04 → nothing"),
        ({"hill": 40}, {"hill": 60}, "hill 40 → 60"),
        ({"state": "shaping"}, {"state": "placed"}, "shaping → placed"),
        ({}, {"state": "option", "hill": 3}, "hill set to 3"),
        ({}, {"archived": True}, "put away"),
        ({"archived": True}, {}, "brought back"),
        ({"people": ["ben"]}, {"people": ["cleo"]}, "people +@cleo, −@ben"),
        ({"drivers": ["a", "b"]}, {"drivers": ["b", "a"]}, "drivers in another order"),
        ({}, {"lesson": "Ask first. " * 20}, f"lesson written: “{('Ask first. ' * 20)[:59]}…”"),
        ({"lesson": "one\ntwo"}, {}, "lesson cleared"),
        ({}, {"lesson": "one\n\ntwo"}, "lesson written: “one two”"),
        ({"forecast": {"to_value": 4.0}}, {"forecast": {"to_value": 5.0, "by": "2027-01-01"}},
         "forecast to value 4 → 5 · forecast by set to 2027-01-01"),
        ({"links": []}, {"links": [{"kind": "nests_in", "to": "M3"}]}, "now nests in M3"),
        ({"links": [{"kind": "nests_in", "to": "M3"}]}, {}, "no longer nests in M3"),
        ({}, {"scores": {"reach": {"level": "high", "why": "all"}}}, "scores reach set to high all"),
        ({"title": "A"}, {"title": "B"}, "title A → B"),
    ),
)  # fmt: skip
def test_a_change_of_a_field_is_said_with_what_it_was(before: Document, after: Document, words: str) -> None:
    assert said({"title": "x", **before}, {"title": "x", **after}) == words


def test_capturing_deleting_and_taking_back() -> None:
    assert said(None, {"title": "x", "state": "option"}) == "captured"
    assert said(None, {"title": "x", "state": "placed"}) == "captured, placed"
    assert said({"title": "x"}, None) == "deleted"
    assert said({"title": "x", "hill": 6}, {"title": "x", "hill": 4}, undoes=3) == "took back: hill 6 → 4"


def test_an_update_is_said_in_its_own_words_with_the_reading() -> None:
    told = {"text": "slow", "about": "B3", "health": "at risk", "confidence": 40}
    assert said(None, told, "updates") == "said “slow” (at risk, 40%)"
    assert said(None, {"text": "slow", "kind": "problem", "about": "B3"}, "updates") == "problem: “slow”"
    assert said(None, {"text": "a thought"}, "updates") == "to the inbox: “a thought”"
    (happening,) = happenings(step(None, told, "updates"))
    assert (happening.record_id, happening.subject) == ("U7", "B3")


def test_the_words_of_the_workspace_name_states_and_people_have_signs() -> None:
    settings = Settings(states={"decision": {"decided": "taken"}})
    (happening,) = happenings(step({"state": "open"}, {"state": "decided", "driver": "ben"}, "decisions"))
    assert in_words(happening, settings) == "open → taken · driver set to @ben"


def test_changes_of_the_settings_are_told_and_other_tables_left_alone() -> None:
    (happening,) = happenings(step({"name": "A"}, {"name": "B"}, "settings"))
    assert (happening.record_id, happening.title, in_words(happening, DEFAULT)) == (SETTINGS, "the settings", "name A → B")
    assert happenings(step(None, {}, "plugins")) == ()


def test_several_steps_are_one_from_the_first_value_to_the_last() -> None:
    steps = [happenings(step({"hill": at}, {"hill": at + 10}))[0] for at in (10, 20, 30)]
    assert in_words(joined(steps), DEFAULT) == "hill 10 → 40"


def test_what_somebody_else_changed_in_between_is_not_taken_for_mine() -> None:
    steps = [happenings(step({"hill": low}, {"hill": high}))[0] for low, high in ((10, 20), (50, 60))]
    assert in_words(joined(steps), DEFAULT) == "hill 10 → 20 · hill 50 → 60"


def test_what_was_changed_back_is_said_to_be() -> None:
    steps = [happenings(step({"hill": low}, {"hill": high}))[0] for low, high in ((10, 20), (20, 10))]
    assert in_words(joined(steps), DEFAULT) == "changed, and changed back"


def test_what_was_captured_and_then_deleted() -> None:
    steps = [happenings(one)[0] for one in (step(None, {"title": "x"}), step({"title": "x"}, None))]
    assert in_words(joined(steps), DEFAULT) == "captured and deleted"


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text("ab1 \n\x1b\u202eé", max_size=20)
PARTS = st.lists(PLAIN, max_size=3) | st.dictionaries(st.sampled_from(("kind", "to", "by", "x")), PLAIN, max_size=3)
JSON = PLAIN | PARTS | st.lists(PARTS, max_size=2)
NAMES = st.sampled_from(("title", "text", "state", "links", "people", "forecast", "archived", "kind", "about", "x.y"))
DOCUMENTS = st.none() | st.dictionaries(NAMES, JSON, max_size=5)


@given(DOCUMENTS, DOCUMENTS, st.sampled_from(("bets", "updates", "settings", "signals", "checkins")))
def test_whatever_another_program_wrote_can_be_said_on_one_line(
    before: Document | None, after: Document | None, table: str
) -> None:
    for happening in happenings(step(before, after, table)):
        words = in_words(happening, DEFAULT)
        assert words and words.isprintable()
        assert isinstance(happening.title, str)


def test_what_a_workspace_committed_is_told_as_it_was_meant() -> None:
    workspace = Workspace(me="anna", clock=lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))
    workspace.commit(create([Bet(id="B+1", title="Guided start")], "added"))
    bet = next(iter(workspace.records.all(Bet)))
    workspace.commit(edit(bet, "hill", hill=30, people=("ben",)))
    workspace.commit(create([Update(id="U+1", text="slow", about=bet.id, confidence=30)], "said"))
    workspace.undo()
    told = [(one.subject, one.by, in_words(one, DEFAULT)) for done in workspace.history() for one in happenings(done)]
    assert told == [
        (bet.id, "anna", "took back: deleted what was said: “slow” (30%)"),
        (bet.id, "anna", "said “slow” (30%)"),
        (bet.id, "anna", "people +@ben · hill set to 30"),
        (bet.id, "anna", "captured"),
    ]


@pytest.mark.parametrize("table", ("bets", "updates", "settings", "of another program"))
def test_what_a_step_is_about_is_known_without_working_out_what_it_did(table: str) -> None:
    for before, after in ((None, {}), ({}, {"about": "B3"}), ({"about": "B3"}, None), ({"about": "B3"}, {"about": "M4"})):
        done = step(before, after, table)
        assert [one for one in subjects(done) if one] == [one.subject for one in happenings(done) if one.subject]


@given(st.lists(st.sampled_from(["bets", "updates", "settings", "elsewhere"]), max_size=6))
def test_the_happenings_of_a_step_are_counted_without_being_made(tables: list[str]) -> None:
    changes = tuple(Put(table, str(at), None, {"text": "so"}) for at, table in enumerate(tables, 1))
    done = Transaction(len(tables), "2026-11-20T09:00:00.000Z", "ben", changes)
    assert count(done) == len(happenings(done))
