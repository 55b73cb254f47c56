"""The picture of the records: finding, both ends of a link, and indexes that follow changes without being built anew."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.errors import NotFound
from store.model import Bet, Link, Mission, Record, Update
from store.records import ABOUT, LIVE, POINTING, Index, Records, unreadable
from store.step import Change, Step, create, edit
from store.workspace import Workspace

BY_STATE = Index((Bet,), lambda record: (record.standing,), lambda record: record.label)
BY_TAG = Index((Bet, Mission), lambda record: record.tags)
INDEXES = (BY_STATE, BY_TAG, POINTING, ABOUT, LIVE[Bet])


def ids(groups: dict[object, tuple[Record, ...]]) -> dict[object, list[str]]:
    return {key: [record.id for record in records] for key, records in groups.items()}


@pytest.mark.parametrize("typed", ["B1", "b1", "1", " #1 "])
def test_people_may_type_an_id_as_they_like(workspace: Workspace, typed: str) -> None:
    workspace.commit(create([Bet(title="Try")], "added"))
    assert workspace.records.find(typed).label == "Try"


@pytest.mark.parametrize("typed", ["B2", "M1", "2", "", "Z9", "B", "Bx"])
def test_what_is_not_there_is_said(workspace: Workspace, typed: str) -> None:
    workspace.commit(create([Bet(title="Try")], "added"))
    with pytest.raises(NotFound):
        workspace.records.find(typed)


def test_a_picture_stays_as_it_was(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="Try")], "added"))
    before = workspace.records
    workspace.commit(edit(before.find("1"), "renamed", title="Dare"))
    assert (before.find("1").label, workspace.records.find("1").label) == ("Try", "Dare")


def test_a_document_that_breaks_the_model_is_shown_and_kept() -> None:
    state = {"bets": {"1": {"title": "Try", "hill": "steep", "extra": {"kept": True}}, "2": {"state": "sideways"}}}
    workspace = Workspace(MemoryBackend(state, 2))
    bet = workspace.records.find("1")
    assert bet.label == "Try" and unreadable(bet) == {"hill": "steep"}
    assert workspace.records.find("2").label == "(damaged bet)"
    workspace.commit(edit(bet, "renamed", title="Dare"))
    stored = workspace.backend.state["bets"]["1"]
    assert stored["unreadable"] == {"hill": "steep"} and stored["extra"] == {"kept": True} and stored["title"] == "Dare"


def test_updates_are_found_by_what_they_are_about(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="Try")], "added"))
    workspace.commit(create([Update(text="one", about="B1"), Update(text="two")], "wrote"))
    assert [note.label for note in workspace.records.about("B1")] == ["one"]
    assert [note.label for note in workspace.records.about(None)] == ["two"]


def test_a_filter_is_part_of_an_index(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="a", tags=("x",)), Bet(title="b")], "added"))

    def tagged(record: Record) -> bool:
        return bool(record.tags)

    assert ids(dict(workspace.records.grouped(BY_STATE, tagged))) == {"option": ["B1"]}
    workspace.commit(edit(workspace.records.find("2"), "tagged", tags=("y",)))
    assert ids(dict(workspace.records.grouped(BY_STATE, tagged))) == {"option": ["B1", "B2"]}


change = st.tuples(
    st.sampled_from(["add", "rename", "tag", "link", "archive", "drop", "look"]), st.integers(0, 7), st.integers(0, 3)
)


def apply_change(workspace: Workspace, what: str, which: int, how: int) -> None:
    records = list(workspace.records)
    if what == "add" or not records:
        bet = Bet(title=f"{how}", links=(Link(kind="informs", to="B1"),) if how == 1 else ())
        workspace.commit(create([bet if how else Mission(title="m")], "added"))
        return
    record = records[which % len(records)]
    if what == "drop":
        workspace.commit(Step((Change(record, None),), "dropped"))
    elif what == "rename":
        workspace.commit(edit(record, "renamed", title=f"{how}{which}"))
    elif what == "tag":
        workspace.commit(edit(record, "tagged", tags=tuple("abc"[:how])))
    elif what == "link":
        workspace.commit(edit(record, "linked", links=(Link(kind="drives", to=f"B{which + 1}"),)))
    elif what == "archive":
        workspace.commit(edit(record, "archived", archived=bool(how % 2)))


@settings(max_examples=80, deadline=None)
@given(st.lists(change, max_size=15))
def test_an_index_that_followed_changes_equals_one_built_anew(changes: list[tuple[str, int, int]]) -> None:
    workspace = Workspace(MemoryBackend())
    for what, which, how in changes:
        apply_change(workspace, what, which, how)
        if what == "look":
            for index in INDEXES[: how + 2]:
                workspace.records.grouped(index)
    fresh = Records(workspace.backend.state, workspace.backend.n)
    for index in INDEXES:
        assert ids(dict(workspace.records.grouped(index))) == ids(dict(fresh.grouped(index)))


def test_records_that_are_in_no_group_for_sure_are_not_made() -> None:
    state = {"bets": {str(at): {"title": "Try", "state": "placed" if at == 2 else "option"} for at in range(1, 5)}}
    asked: list[str] = []

    def groups(record: Record) -> tuple[str, ...]:
        asked.append(record.id)
        return ("placed",) if record.standing == "placed" else ()

    placed = Index((Bet,), groups, among=lambda document: document.get("state") == "placed")
    workspace = Workspace(MemoryBackend(state, 4))
    assert ids(workspace.records.grouped(placed)) == {"placed": ["B2"]} and asked == ["B2"]
    workspace.commit(edit(workspace.records.find("B3"), "placed", state="placed"))
    workspace.commit(edit(workspace.records.find("B2"), "parked", state="parked"))
    assert ids(workspace.records.grouped(placed)) == {"placed": ["B3"]}
