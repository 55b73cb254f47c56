"""The door to the store: numbering, merging, undo and redo of one's own steps, history, the past."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.disk.tiny import TinyBackend
from store.errors import Conflict, NotFound
from store.model import Bet, Decision, Mission
from store.parts import Link
from store.step import Change, Step, create, edit
from store.workspace import Workspace


def titles(workspace: Workspace) -> dict[str, str]:
    return {record.id: record.label for record in workspace.records}


def test_new_records_get_the_number_of_their_operation_and_refer_to_each_other(workspace: Workspace) -> None:
    mission = Mission(id="M+1", title="Learn")
    bet = Bet(id="B+2", title="Try", links=(Link(kind="nests_in", to="M+1", primary=True),))
    done = workspace.commit(create([mission, bet], "added a mission and a bet"))
    assert done is not None and done.n == 2
    assert titles(workspace) == {"M1": "Learn", "B2": "Try"}
    assert workspace.records.find("2").linked("nests_in") == ("M1",)
    assert [record.id for record in workspace.records.pointing_at("M1")] == ["B2"]


def test_a_created_record_says_who_and_when_and_an_edit_says_who_last(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="Try")], "added"))
    bet = workspace.records.find("1")
    assert (bet.created, bet.created_by, bet.updated) == ("2026-11-22T09:00:01.000Z", "anna", "")
    workspace.me = "ben"
    workspace.commit(edit(bet, "renamed", title="Dare"))
    assert (workspace.records.find("1").updated_by, workspace.records.find("1").label) == ("ben", "Dare")


def test_a_record_that_comes_from_elsewhere_keeps_its_author_and_its_day(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="Try", created="2025-01-01T00:00:00.000Z", created_by="ben")], "imported"))
    bet = workspace.records.find("1")
    assert (bet.created, bet.created_by) == ("2025-01-01T00:00:00.000Z", "ben")


def test_a_step_that_changes_nothing_leaves_no_trace(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="Try")], "added"))
    assert workspace.commit(edit(workspace.records.find("1"), "nothing", title="Try")) is None
    assert len(list(workspace.history())) == 1


def test_a_change_of_nothing_but_a_type_is_a_change() -> None:
    backend = MemoryBackend({"bets": {"1": {"title": "Try", "state": "option", "theirs": 1}}}, 1)
    workspace = Workspace(backend)
    bet = workspace.records.find("1")
    workspace.commit(edit(bet, "made it true", theirs=True))
    assert backend.state["bets"]["1"]["theirs"] is True


def test_a_document_in_other_words_is_written_in_ours_when_it_changes_and_not_before() -> None:
    found = {"title": "Try", "hill": "30", "tags": "one", "archived": False}
    backend = MemoryBackend({"bets": {"1": found}}, 1)
    workspace = Workspace(backend, me="anna")
    bet = workspace.records.find("1")
    assert workspace.commit(edit(bet, "nothing", title="Try")) is None
    done = workspace.commit(edit(bet, "renamed", title="Dare"))
    assert done is not None
    (change,) = done.operations
    assert change.before == found
    assert {**backend.state["bets"]["1"], "updated": ""} == {
        "title": "Dare", "state": "option", "hill": 30, "tags": ["one"], "updated": "", "updated_by": "anna"
    }  # fmt: skip


def two_people() -> tuple[Workspace, Workspace]:
    backend = MemoryBackend()
    anna = Workspace(backend, me="anna")
    anna.commit(create([Bet(title="Try", appetite="2 weeks")], "added"))
    return anna, Workspace(backend, me="ben")


def test_different_fields_are_both_kept() -> None:
    anna, ben = two_people()
    opened = anna.records.find("1")
    ben.commit(edit(ben.records.find("1"), "appetite", appetite="3 weeks"))
    anna.commit(edit(opened, "title", title="Dare"))
    bet = anna.records.get("B1")
    assert isinstance(bet, Bet) and (bet.title, bet.appetite) == ("Dare", "3 weeks")


def test_the_same_field_shows_both_values_and_changes_nothing() -> None:
    anna, ben = two_people()
    opened = anna.records.find("1")
    ben.commit(edit(ben.records.find("1"), "title", title="Ben's"))
    with pytest.raises(Conflict) as raised:
        anna.commit(edit(opened, "title", title="Anna's"))
    assert raised.value.fields == (("B1", "title", "Ben's", "Anna's"),)
    assert ben.records.find("1").label == "Ben's"


def test_undo_takes_back_my_own_last_step_and_keeps_what_others_did() -> None:
    anna, ben = two_people()
    anna.commit(edit(anna.records.find("1"), "renamed", title="Dare"))
    ben.commit(edit(ben.records.find("1"), "appetite", appetite="3 weeks"))
    anna.undo()
    bet = Workspace(anna.backend).records.get("B1")
    assert isinstance(bet, Bet) and (bet.title, bet.appetite) == ("Try", "3 weeks")


def test_undo_says_what_it_undid_and_redo_says_it_again(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="Try")], "added bet Try"))
    undone = workspace.undo()
    assert undone is not None and undone.why == "undid: added bet Try" and titles(workspace) == {}
    again = workspace.redo()
    assert again is not None and again.why == "added bet Try" and titles(workspace) == {"B1": "Try"}


def test_a_new_step_forgets_what_could_be_redone(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="one")], "one"))
    workspace.undo()
    workspace.commit(create([Bet(title="two")], "two"))
    assert workspace.redo() is None
    assert list(titles(workspace).values()) == ["two"]


def test_undo_of_a_record_that_somebody_has_changed_since_is_a_conflict() -> None:
    anna, ben = two_people()
    ben.commit(edit(ben.records.find("1"), "appetite", appetite="3 weeks"))
    with pytest.raises(Conflict, match="B1"):
        anna.undo()


def test_a_step_of_somebody_else_can_be_taken_back_and_that_undone() -> None:
    anna, ben = two_people()
    done = ben.commit(edit(ben.records.find("1"), "renamed", title="Ben's"))
    assert done is not None
    anna.take_back(done.n)
    assert Workspace(anna.backend).records.find("1").label == "Try"
    anna.undo()
    assert Workspace(anna.backend).records.find("1").label == "Ben's"
    with pytest.raises(NotFound):
        anna.take_back(999)


def test_history_of_one_record_is_newest_first(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="Try"), Decision(title="Go")], "added both"))
    workspace.commit(edit(workspace.records.find("1"), "renamed", title="Dare"))
    assert [past.why for past in workspace.history("B1")] == ["renamed", "added both"]
    assert [past.why for past in workspace.history("D2")] == ["added both"]


def test_the_past_is_what_it_was(workspace: Workspace, clock) -> None:  # type: ignore[no-untyped-def]
    workspace.commit(create([Bet(title="Try")], "added"))
    then = clock.now
    workspace.commit(edit(workspace.records.find("1"), "renamed", title="Dare"))
    workspace.commit(Step((Change(workspace.records.find("1"), None),), "deleted"))
    assert [record.label for record in workspace.at(then)] == ["Try"]
    assert list(workspace.records) == []


def test_a_commit_takes_in_what_others_saved_before_it(tmp_path: Path) -> None:
    path = str(tmp_path / "workspace.json")
    anna, ben = Workspace(TinyBackend(path), me="anna"), Workspace(TinyBackend(path), me="ben")
    anna.commit(create([Bet(title="one")], "added"))
    ben.commit(create([Bet(title="two")], "added"))
    assert list(titles(ben).values()) == ["one", "two"]
    assert list(titles(anna).values()) == ["one"]
    assert anna.refresh() and list(titles(anna).values()) == ["one", "two"]


def test_listeners_hear_of_every_change_and_can_stop(workspace: Workspace) -> None:
    heard: list[int] = []
    stop = workspace.listen(lambda records: heard.append(records.n))
    workspace.commit(create([Bet(title="Try")], "added"))
    workspace.undo()
    stop()
    workspace.redo()
    assert heard == [1, 2]


actions = st.lists(st.sampled_from(["add", "rename", "tag", "delete"]), min_size=1, max_size=12)


def act(workspace: Workspace, action: str, turn: int) -> None:
    records = list(workspace.records)
    if action == "add" or not records:
        workspace.commit(create([Bet(title=f"bet {turn}")], f"added {turn}"))
        return
    record = records[turn % len(records)]
    if action == "delete":
        workspace.commit(Step((Change(record, None),), "deleted"))
    else:
        changed = {"title": f"renamed {turn}"} if action == "rename" else {"tags": (*record.tags, str(turn))}
        workspace.commit(edit(record, action, **changed))


@settings(max_examples=60, deadline=None)
@given(actions)
def test_undoing_every_step_restores_every_earlier_state_and_redoing_every_later_one(steps: list[str]) -> None:
    workspace = Workspace(MemoryBackend())

    def contents() -> dict[str, object]:
        return {record.id: record.document() for record in workspace.records}

    states = [contents()]
    for turn, action in enumerate(steps):
        act(workspace, action, turn)
        states.append(contents())
    for earlier in reversed(states[:-1]):
        assert workspace.undo() is not None
        assert contents() == earlier
    assert workspace.undo() is None
    for later in states[1:]:
        assert workspace.redo() is not None
        assert contents() == later
    assert workspace.redo() is None
