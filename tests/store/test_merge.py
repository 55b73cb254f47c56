"""Merging: nothing that only one side changed is lost, and what both changed is said, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import Conflict
from store.merge import BOOKKEEPING, merge
from store.operations import (
    Document,
    Put,
    State,
    Transaction,
    apply,
    as_json,
    difference,
    exchange,
    from_json,
    inverse,
    last_number,
    same,
)

values = st.none() | st.booleans() | st.integers(0, 2) | st.just(1.0) | st.lists(st.integers(0, 1), max_size=2)
documents = st.dictionaries(st.sampled_from("abcd"), values, max_size=4)
maybe = st.none() | documents
states = st.dictionaries(
    st.sampled_from(("bets", "missions")), st.dictionaries(st.sampled_from("123"), documents, min_size=1), max_size=2
)


def test_different_fields_are_both_kept() -> None:
    base: Document = {"title": "old", "stake": 1, "kept": 0}
    assert merge("B1", base, {**base, "title": "mine"}, {**base, "stake": 2}) == {"title": "mine", "stake": 2, "kept": 0}


def test_the_same_field_changed_by_both_is_a_conflict_with_both_values() -> None:
    said = r"^B1: title \(theirs now\) changed meanwhile by somebody else\. Nothing was changed\.$"
    with pytest.raises(Conflict, match=said) as caught:
        merge("B1", {"title": "old"}, {"title": "mine"}, {"title": "theirs"})
    assert caught.value.fields == (("B1", "title", "theirs", "mine"),)
    assert merge("B1", {"title": "old"}, {"title": "mine"}, {"title": "theirs"}, mine_wins=True) == {"title": "mine"}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "says"),
    [({"a": 1}, None, {"a": 2}, "changed"), ({"a": 1}, {"a": 2}, None, "deleted"), (None, {"a": 1}, {"a": 2}, "added")],
)
def test_a_record_that_one_side_removed_or_both_added_is_a_conflict(
    base: Document | None, mine: Document | None, theirs: Document | None, says: str
) -> None:
    with pytest.raises(Conflict, match=f"^B1 was {says} by somebody else"):
        merge("B1", base, mine, theirs)
    assert merge("B1", base, mine, theirs, mine_wins=True) == mine


def test_a_field_that_one_side_removed_is_gone_and_one_it_added_is_there() -> None:
    assert merge("B1", {"a": 1, "b": 1}, {"b": 1}, {"a": 1, "b": 1, "c": 1}) == {"b": 1, "c": 1}


@pytest.mark.parametrize(("old", "new"), [(1, True), (1, 1.0), (0, False), ([1], [True])])
def test_a_change_of_type_alone_is_a_change(old: object, new: object) -> None:
    assert not same({"a": old}, {"a": new})
    assert repr(merge("B1", {"a": old, "b": 1}, {"a": new, "b": 1}, {"a": old, "b": 2})) == repr({"a": new, "b": 2})
    assert [
        repr(change.after)
        for change in difference({"t": {"1": {"a": old}}}, {"t": {"1": {"a": new}}})
        if isinstance(change, Put)
    ] == [repr({"a": new})]


def test_bookkeeping_never_clashes_and_the_later_stands() -> None:
    base = dict.fromkeys(BOOKKEEPING, "old") | {"a": 1}
    mine = dict.fromkeys(BOOKKEEPING, "mine") | {"a": 2}
    assert merge("B1", base, mine, dict.fromkeys(BOOKKEEPING, "theirs") | {"a": 1}) == mine


@given(maybe, maybe)
def test_a_side_that_changed_nothing_yields_to_the_other(base: Document | None, changed: Document | None) -> None:
    assert same(merge("B1", base, changed, base), changed)
    assert same(merge("B1", base, base, changed), changed)
    assert same(merge("B1", base, changed, changed), changed)


@given(documents, documents, documents)
def test_every_field_comes_from_a_side_that_changed_it(base: Document, mine: Document, theirs: Document) -> None:
    absent = object()
    try:
        merged = merge("B1", base, mine, theirs)
    except Conflict as conflict:
        for _, field, their, my in conflict.fields:
            assert not same(their, my) or (field in mine) != (field in theirs)
        return
    assert merged is not None
    for field in {*base, *mine, *theirs}:
        was, my, their, now = (document.get(field, absent) for document in (base, mine, theirs, merged))
        assert same(now, my) or same(now, their)
        if not same(my, was):
            assert same(now, my)
        elif not same(their, was):
            assert same(now, their)


def test_parts_of_a_field_are_merged_one_by_one_and_clash_one_by_one() -> None:
    base: Document = {"answers": {"a": "1", "b": "1", "c": "1"}, "verdicts": [{"record": "B1", "verdict": "keep"}]}
    mine = {**base, "answers": {"a": "2", "c": "1", "d": "mine"}}
    theirs = {"answers": {"a": "1", "b": "1", "c": "3"}, "verdicts": [{"record": "B2", "verdict": "stop"}]}
    assert merge("C1", base, mine, theirs) == {
        "answers": {"a": "2", "c": "3", "d": "mine"},
        "verdicts": [{"record": "B2", "verdict": "stop"}],
    }
    both = {**theirs, "verdicts": [{"record": "B1", "verdict": "stop"}, {"record": "B3", "verdict": "keep"}]}
    with pytest.raises(Conflict) as caught:
        merge("C1", base, {**mine, "verdicts": [{"record": "B1", "verdict": "change"}]}, {**both, "answers": {"a": "9"}})
    assert caught.value.fields == (
        ("C1", "answers.a", "9", "2"),
        ("C1", "verdicts.B1", {"record": "B1", "verdict": "stop"}, {"record": "B1", "verdict": "change"}),
    )


def test_what_has_no_parts_clashes_as_a_whole() -> None:
    for broken in ("text", [{"record": "B1"}, {"record": "B1"}], [1]):
        with pytest.raises(Conflict, match="verdicts changed meanwhile"):
            merge("C1", {"verdicts": []}, {"verdicts": broken}, {"verdicts": [{"record": "B2", "verdict": "keep"}]})


names = st.lists(st.sampled_from(["anna", "ben", "cleo", "dora"]), unique=True, max_size=4)


@given(names, names, names)
def test_who_was_there_is_what_either_side_added_and_neither_took_out(
    base: list[str], mine: list[str], theirs: list[str]
) -> None:
    merged = merge("C1", {"people": base}, {"people": mine}, {"people": theirs})
    assert merged is not None and len(merged["people"]) == len(set(merged["people"]))
    kept = {one for one in base if one in mine and one in theirs}
    assert set(merged["people"]) == kept | (set(mine) - set(base)) | (set(theirs) - set(base))


answers = st.dictionaries(st.sampled_from("pqrs"), st.sampled_from(["1", "2", "3"]), max_size=4)


@given(answers, answers, answers)
def test_every_answer_comes_from_who_changed_it_or_is_asked_about(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    clashing = {
        f"answers.{question}"
        for question in {*base, *mine, *theirs}
        if len({base.get(question), mine.get(question), theirs.get(question)}) == 3
        or (
            mine.get(question) != theirs.get(question)
            and base.get(question) not in (mine.get(question), theirs.get(question))
        )
    }
    try:
        merged = merge("C1", {"answers": base}, {"answers": mine}, {"answers": theirs})
    except Conflict as conflict:
        assert {field for _, field, *_ in conflict.fields} == clashing
        return
    assert not clashing and merged is not None
    for question in {*base, *mine, *theirs}:
        changed = mine if mine.get(question) != base.get(question) else theirs
        assert merged["answers"].get(question) == changed.get(question)


@given(documents, documents, documents)
def test_who_merges_makes_no_difference(base: Document, mine: Document, theirs: Document) -> None:
    def outcome(one: Document, other: Document) -> object:
        try:
            return merge("B1", base, one, other)
        except Conflict as conflict:
            return {field for _, field, *_ in conflict.fields}

    one, other = outcome(mine, theirs), outcome(theirs, mine)
    assert same(one, other) or one == other


@given(states, states)
def test_a_difference_leads_from_one_state_to_the_other_and_back(old: State, new: State) -> None:
    changes = difference(old, new)
    state = {table: dict(rows) for table, rows in old.items()}
    apply(state, changes)
    assert same(state, new)
    apply(state, [inverse(change) for change in reversed(changes)])
    assert same(state, old)


@given(states, states)
def test_an_exchange_names_every_place_that_differs(old: State, new: State) -> None:
    state = {table: dict(rows) for table, rows in old.items()}
    touched = exchange(state, {table: dict(rows) for table, rows in new.items()})
    assert same(state, new)
    assert touched == {(change.table, change.key) for change in difference(old, new)}


@given(states, st.integers(0, 50), st.none() | st.integers(1, 9), st.text(max_size=5), st.none() | st.integers(2, 3))
def test_json_gives_back_the_transaction(state: State, n: int, undoes: int | None, why: str, schema: int | None) -> None:
    changes = tuple(difference({}, state))
    done = Transaction(last_number(n, changes), "2026-11-22T10:00:00.000Z", "ann", changes, undoes, why, schema)
    assert from_json(as_json(done)) == done


@pytest.mark.parametrize(
    ("key", "number"), [("12", 12), ("007", 7), ("x", 0), ("²", 0), ("-3", 0), ("", 0), ("9" * 16, 0), ("٣", 0)]
)
def test_only_plain_numbers_count_as_numbers(key: str, number: int) -> None:
    assert last_number(0, [Put("bets", key, None, {})]) == max(1, number)


def test_what_was_shown_is_written_over_as_long_as_it_stands() -> None:
    base, mine, theirs = (
        {"title": "a", "tags": ["x"]},
        {"title": "b", "tags": ["x", "y"]},
        {"title": "c", "tags": ["x", "z"]},
    )
    assert merge("B1", base, mine, theirs, over={"title": "c"}) == {"title": "b", "tags": ["x", "z", "y"]}
    with pytest.raises(Conflict):
        merge("B1", base, mine, theirs, over={"title": "an earlier one"})
    by_part = [{"verdicts": [{"record": "B2", "verdict": said}]} for said in ("keep", "stop", "change")]
    assert merge("C1", *by_part, over={"verdicts.B2": by_part[2]["verdicts"][0]}) == by_part[1]
