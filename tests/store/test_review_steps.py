"""What an answer in the review changes: dropped, filed, said and decided, each as one step that can be taken back."""

from __future__ import annotations

from typing import Any

import pytest

from store.derived import SILENT
from store.errors import NotFound, Refused
from store.lifecycle import moves
from store.model import KINDS, Checkin, Decision, Record, Update
from store.review.agenda import DONE, DROPPED, Item, actions
from store.review.reason import Reason
from store.review.steps import ENDS, decided, dropped, filed, said
from store.workspace import Workspace
from tests.tui.sample import TODAY, open_workspace, sample_state
from tui.commands.state import FINISHED


@pytest.fixture
def workspace() -> Workspace:
    return open_workspace(sample_state())


def state_of(workspace: Workspace) -> dict[str, Any]:
    return {record.id: record.document() for record in workspace.records}


@pytest.mark.parametrize(
    ("record_id", "field", "value"),
    [
        ("B12", "state", "stopped"), ("B15", "why_stopped", "nobody asks"), ("M2", "state", "closed"),
        ("D31", "state", "reversed"), ("D32", "archived", True), ("A41", "state", "retired"), ("A42", "state", "retired"),
        ("S51", "archived", True), ("C62", "state", "skipped"), ("C62", "why_skipped", "nobody asks"),
    ],
)  # fmt: skip
def test_dropping_is_one_step_with_its_reason(workspace: Workspace, record_id: str, field: str, value: object) -> None:
    before = state_of(workspace)
    record = workspace.records.find(record_id)
    workspace.commit(dropped(workspace.records, record, " nobody asks ", TODAY))
    now = workspace.records.find(record_id)
    told = [one.text for one in workspace.records.about(record_id) if isinstance(one, Update)]
    assert getattr(now, field) == value
    assert (
        "nobody asks" in (getattr(now, "why_stopped", ""), getattr(now, "why_skipped", "")) or "Dropped: nobody asks" in told
    )
    workspace.undo()
    assert state_of(workspace) == before


def test_dropping_needs_a_reason_but_for_a_note(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        dropped(workspace.records, workspace.records.find("B12"), "  ", TODAY)
    workspace.commit(dropped(workspace.records, workspace.records.find("U78"), "", TODAY))
    assert workspace.records.find("U78").archived


def test_a_check_in_nobody_began_is_skipped_by_a_record_that_says_why(workspace: Workspace) -> None:
    waiting = Checkin(id="C+1", level="weekly", due=TODAY, state="due")
    done = workspace.commit(dropped(workspace.records, waiting, "holidays", TODAY))
    assert done is not None and done.why == f"skipped the Weekly check-in of {TODAY}: holidays"
    newest = max(workspace.records.all(Checkin), key=lambda one: one.number)
    assert (newest.level, newest.due, newest.state, newest.why_skipped) == ("weekly", TODAY, "skipped", "holidays")


def test_every_state_that_can_be_dropped_or_done_has_its_words_and_its_way() -> None:
    for noun, state in ENDS:
        blank = next(kind for kind in KINDS if kind.noun == noun)
        record = blank.model_validate({blank.headline: "x", "id": f"{blank.letter}1", "state": state})
        assert ENDS[noun, state] in moves(record)
        assert (noun, state) in DROPPED
    assert {place for place in DONE if place[0] not in ("update", "check-in", "signal")} <= set(FINISHED)
    assert {place for place in FINISHED if place[0] != "bet"} <= set(DONE)


def test_a_note_of_the_inbox_is_filed_as_it_was_written(workspace: Workspace) -> None:
    note = workspace.records.find("U78")
    assert isinstance(note, Update)
    workspace.commit(filed(workspace.records, note, "b12"))
    now = workspace.records.find("U78")
    assert isinstance(now, Update) and (now.about, now.text) == ("B12", note.text)
    assert workspace.records.about(None) == ()
    for to, error in (("U71", Refused), ("B99", NotFound)):
        with pytest.raises(error):
            filed(workspace.records, note, to)


def test_what_is_said_may_hold_a_reading(workspace: Workspace) -> None:
    workspace.commit(said(workspace.records.find("B12"), "conf:35 health:risk Slower than hoped", TODAY, "anna"))
    newest = workspace.records.about("B12")[-1]
    assert isinstance(newest, Update)
    assert (newest.text, newest.confidence, newest.health) == ("Slower than hoped", 35, "at risk")


def test_a_reading_needs_no_word(workspace: Workspace) -> None:
    workspace.commit(said(workspace.records.find("B12"), "conf:70", TODAY, "anna"))
    newest = workspace.records.about("B12")[-1]
    assert isinstance(newest, Update) and (newest.text, newest.confidence) == (SILENT, 70)
    workspace.commit(said(workspace.records.find("B12"), "conf:170", TODAY, "anna"))
    newest = workspace.records.about("B12")[-1]
    assert isinstance(newest, Update) and (newest.text, newest.confidence) == ("conf:170", None)


def test_a_decision_points_at_what_it_is_about_and_names_its_occasion(workspace: Workspace) -> None:
    for line, links in (("Wait for May", ["B12"]), ("Wait for May re:M2", ["M2"])):
        workspace.commit(decided(workspace.records, workspace.records.find("B12"), f"{line} +later", TODAY, "anna"))
        made = max(workspace.records.all(Decision), key=lambda one: one.number)
        assert (made.title, made.tags, made.occasion) == ("Wait for May", ("later",), "daily review 2026-11-22")
        assert [link.to for link in made.links] == links


def test_a_decision_on_a_note_takes_the_note_out_of_the_inbox(workspace: Workspace) -> None:
    before = state_of(workspace)
    workspace.commit(decided(workspace.records, workspace.records.find("U78"), "Do it", TODAY, "anna"))
    made = max(workspace.records.all(Decision), key=lambda one: one.number)
    note = workspace.records.find("U78")
    assert isinstance(note, Update) and note.about == made.id
    workspace.undo()
    assert state_of(workspace) == before


def offered(record: Record | None, kind: str = "stale") -> list[str]:
    return list(actions(Item("k", (Reason(kind, "of it", 1),), record)))


def test_what_can_be_answered_fits_the_record(workspace: Workspace) -> None:
    find = workspace.records.find
    assert offered(find("B12")) == ["keep", "done", "snooze", "note", "decide", "drop"]
    assert offered(find("B15")) == ["keep", "snooze", "note", "decide", "drop"]
    assert offered(find("U78"), "inbox") == ["keep", "done", "snooze", "decide", "drop"]
    assert offered(Checkin(id="C+1", level="weekly"), "check-in") == ["keep", "done", "snooze", "decide", "drop"]
    assert offered(find("B18"), "changed") == ["keep", "snooze", "note", "decide"]
    assert offered(find("C61"), "intent") == ["keep", "note", "decide"]
    assert offered(None, "changed") == ["keep", "decide"]
    assert offered(None, "look again") == ["keep", "snooze", "decide"]
