"""The picture of the records: finding, both ends of a link, and indexes that follow changes without being built anew."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.damaged import unreadable
from store.errors import NotFound
from store.index import LIVE, Index
from store.inverted import ABOUT, POINTING
from store.model import Bet, Mission, Record, Update
from store.operations import Document, State
from store.outline import Outline, standing
from store.parts import Link
from store.records import Records
from store.step import Change, Step, create, edit
from store.workspace import Workspace

BY_STATE = Index((Bet,), lambda record: (record.standing,), lambda record: record.label)
BY_TAG = Index((Bet, Mission), lambda record: record.tags)
INDEXES = (BY_STATE, BY_TAG, LIVE[Bet])
INVERTED = (POINTING, ABOUT)


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
        note = Update(text="so", about=f"B{which + 1}" if which else None)
        workspace.commit(create([(Mission(title="m"), bet, bet, note)[how]], "added"))
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
            for outline in INVERTED[:which]:
                workspace.records.inverted(outline)
    fresh = Records(workspace.backend.state, workspace.backend.n)
    for index in INDEXES:
        assert ids(dict(workspace.records.grouped(index))) == ids(dict(fresh.grouped(index)))
    for outline in INVERTED:
        assert workspace.records.inverted(outline) == fresh.inverted(outline)


TAGGED = Outline(
    {Bet: ("title", "tags"), Mission: ("title", "tags")},
    lambda kind, rows: {one: (kind.noun, title, tags) for one, title, tags in rows if tags or title != "m"},
)


def seen(records: Records) -> dict[str, object]:
    """All there is to see of a picture."""
    everything = {record.id: record.document() for record in records}
    assert len(records) == len(everything) and all(one in records for one in everything)
    groups = {id(index): ids(dict(records.grouped(index))) for index in INDEXES}
    named = [dict(records.inverted(outline)) for outline in INVERTED]
    return {"records": everything, "groups": groups, "outline": dict(records.outlined(TAGGED)), "named": named}


@settings(max_examples=60, deadline=None)
@given(st.lists(change, max_size=12), st.integers(0, 4), st.sets(st.integers(0, 12)))
def test_pictures_stay_true_however_much_comes_after_them(
    changes: list[tuple[str, int, int]], most: int, looked_at: set[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.layers.MOST", most)
        patch.setattr("store.records.MOST_MOVES", most)
        workspace = Workspace(MemoryBackend())
        pictures = [(workspace.records, seen(Records(deepcopy(workspace.backend.state), 0)))]
        for at, (what, which, how) in enumerate(changes):
            apply_change(workspace, what, which, how)
            if at in looked_at:
                seen(workspace.records)
            pictures.append((workspace.records, seen(Records(deepcopy(workspace.backend.state), 0))))
        for picture, truth in pictures:
            assert seen(picture) == truth
            first = {record.id: record for record in picture}
            assert all(picture.get(one) is record for one, record in first.items())


def test_a_change_makes_only_the_record_that_changed() -> None:
    state = {"bets": {str(at): {"title": f"{at}"} for at in range(1, 50)}}
    workspace = Workspace(MemoryBackend(state, 50))
    before = {record.id: record for record in workspace.records}
    old = workspace.records
    workspace.commit(edit(before["B7"], "renamed", title="new"))
    assert [one.id for one in workspace.records if one is not before[one.id]] == ["B7"]
    assert all(old.get(one) is record for one, record in before.items())
    assert workspace.records._made is old._made


def test_an_outline_reads_documents_and_makes_no_record() -> None:
    state = {"bets": {"1": {"title": "Try", "tags": ["x"]}, "2": {"title": "Dare"}}, "missions": {"3": {"title": "m"}}}
    records = Records(state, 3)
    assert records.outlined(TAGGED) == {"B1": ("bet", "Try", ("x",)), "B2": ("bet", "Dare", ())}
    assert records._made == {}


def test_an_outline_asks_the_record_where_a_document_is_not_plain() -> None:
    state = {"bets": {"1": {"title": "Try", "tags": "x"}, "2": {"title": "Dare", "tags": 7}, "3": {"title": ["?"]}}}
    found = Records(state, 3).outlined(TAGGED)
    assert found == {"B1": ("bet", "Try", ("x",)), "B2": ("bet", "Dare", ()), "B3": ("bet", "(damaged bet)", ())}


def test_an_outline_reads_after_a_change_only_what_changed() -> None:
    state = {"bets": {str(at): {"title": f"{at}"} for at in range(1, 9)}}
    read: list[str] = []
    outline = Outline({Bet: ("title",)}, lambda kind, rows: {one: read.append(title) or title for one, title in rows})
    workspace = Workspace(MemoryBackend(state, 9))
    workspace.records.outlined(outline)
    read.clear()
    workspace.commit(edit(workspace.records.find("3"), "renamed", title="new"))
    workspace.commit(Step((Change(workspace.records.find("4"), None),), "dropped"))
    assert workspace.records.outlined(outline) == {f"B{at}": "new" if at == 3 else f"{at}" for at in (1, 2, 3, 5, 6, 7, 8)}
    assert read == ["new"]


LINKS = st.lists(
    st.fixed_dictionaries(
        {"to": st.sampled_from(["B1", "B2", "M3", "b1", "", 4, None])},
        optional={"kind": st.sampled_from(["drives", "owns", None]), "primary": st.sampled_from([True, False, "yes", 1])},
    )
    | st.sampled_from(["B1", {}, None]),
    max_size=3,
)
LINKED = st.fixed_dictionaries({"title": st.just("Try")}, optional={"links": LINKS | st.sampled_from(["B1", {}, None, 3])})
WRITTEN = st.fixed_dictionaries(
    {"text": st.just("so")},
    optional={
        "about": st.sampled_from(["B1", "B2", "M3", "", None, 7, "nothing"]),
        "archived": st.sampled_from([True, False, "yes", "perhaps", 1, None]),
        "created": st.sampled_from(["2026-11-22T09:00:00.000Z", "2026-11-23T09:00:00.000Z", "", 5]),
        "links": LINKS,
    },
)


def tables(bets: list[Document], updates: list[Document]) -> State:
    rows = {str(at): document for at, document in enumerate([*bets, *updates], 1)}
    here = len(bets)
    return {"bets": dict(list(rows.items())[:here]), "updates": dict(list(rows.items())[here:])}


@settings(deadline=None)
@given(st.lists(LINKED, max_size=4), st.lists(WRITTEN, max_size=4))
def test_what_documents_name_is_what_their_records_name(bets: list[Document], updates: list[Document]) -> None:
    state = tables(bets, updates)
    everything = sorted(Records(state, 9), key=lambda one: one.number)
    ends = {link.to for one in everything for link in one.links}
    notes = [one for one in everything if isinstance(one, Update) and not one.archived]
    records = Records(state, 9)
    assert set(records.inverted(POINTING)) == ends and set(records.inverted(ABOUT)) == {one.about for one in notes}
    for end in ends:
        pointing = [one.id for one in everything if end in {link.to for link in one.links}]
        assert [one.id for one in records.pointing_at(end)] == pointing
    for about in {one.about for one in notes}:
        said = sorted((one for one in notes if one.about == about), key=lambda one: one.created)
        assert [one.id for one in records.about(about)] == [one.id for one in said]


def test_who_names_a_record_is_found_without_making_the_others() -> None:
    bets = [{"title": f"{at}", "links": [{"to": f"B{at % 7 + 1}"}]} for at in range(1, 50)]
    records = Records(tables(bets, [{"text": "so", "about": f"B{at}"} for at in range(50)]), 99)
    assert [one.id for one in records.pointing_at("B1")] == [f"B{at}" for at in range(7, 50, 7)]
    assert [one.id for one in records.about("B3")] == ["U53"]
    assert set(records._made) == {*(f"B{at}" for at in range(7, 50, 7)), "U53"}


def test_of_what_is_named_only_what_changed_is_moved() -> None:
    bets = [{"title": f"{at}", "links": [{"to": f"B{at % 7 + 1}"}]} for at in range(1, 50)]
    workspace = Workspace(MemoryBackend(tables(bets, []), 49))
    before = dict(workspace.records.inverted(POINTING))
    workspace.commit(edit(workspace.records.find("B1"), "linked", links=(Link(to="B3"), Link(to="B9"))))
    after = workspace.records.inverted(POINTING)
    assert [key for key in after if after[key] is not before.get(key)] == ["B2", "B3", "B9"]
    assert [[place[-1] for place in after[key]][:2] for key in ("B2", "B3", "B9")] == [["B8", "B15"], ["B1", "B2"], ["B1"]]
    workspace.commit(edit(workspace.records.find("B1"), "linked", links=()))
    assert "B9" not in workspace.records.inverted(POINTING) and "B9" in after


def test_records_that_are_in_no_group_for_sure_are_not_made() -> None:
    state = {"bets": {str(at): {"title": "Try", "state": "placed" if at == 2 else "option"} for at in range(1, 5)}}
    asked: list[str] = []

    def groups(record: Record) -> tuple[str, ...]:
        asked.append(record.id)
        return ("placed",) if record.standing == "placed" else ()

    placed = Index((Bet,), groups, among=standing("placed"))
    workspace = Workspace(MemoryBackend(state, 4))
    assert ids(workspace.records.grouped(placed)) == {"placed": ["B2"]} and asked == ["B2"]
    workspace.commit(edit(workspace.records.find("B3"), "placed", state="placed"))
    workspace.commit(edit(workspace.records.find("B2"), "parked", state="parked"))
    assert ids(workspace.records.grouped(placed)) == {"placed": ["B3"]}
