"""A list that nothing more is asked of is the one of all its records, though they are not made."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model import KINDS, Bet, Mission, Record, Update
from store.records import Records
from tests.tui.sample import many_records
from tui.shell.listing import ordered
from tui.shell.unfinished import SORTS, unfinished

DAYS = st.sampled_from(["2026-11-22", "2026-12-01", "2020-02-29", None, "soon", 3])
DOCUMENTS = {
    kind: st.fixed_dictionaries(
        {kind.headline: st.just("so")},
        optional={
            "state": st.sampled_from([*kind.states, "begun", ["open"], None, 1]),
            "archived": st.sampled_from([True, False, "yes", "perhaps", 1]),
            **{name: DAYS for name in ("settle_by", "review_on", "revisit_on", "by", "due") if name in kind.model_fields},
        },
    )
    for kind in KINDS
}
WRITTEN = st.lists(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(st.just(kind), DOCUMENTS[kind])), max_size=12)


@given(WRITTEN, st.lists(st.sampled_from(KINDS), max_size=4), st.sampled_from(SORTS), st.none() | st.integers(0, 8))
def test_it_is_the_one_that_the_records_make(
    written: list[tuple[type[Record], Any]], kinds: list[type[Record]], sort: str, limit: int | None
) -> None:
    state: dict[str, dict[str, Any]] = {kind.table: {} for kind in KINDS}
    for number, (kind, document) in enumerate(written, 1):
        state[kind.table][str(number)] = document
    there = [one for one in Records(state, len(written)) if isinstance(one, tuple(kinds)) and one.is_open]
    found, total = unfinished(Records(state, len(written)), kinds, sort, limit)
    assert total == len(there)
    assert found == ordered(there, sort)[:limit]


@pytest.mark.parametrize("sort", SORTS)
def test_only_what_is_shown_is_made(sort: str) -> None:
    records = Records(many_records(400), 400)
    found, total = unfinished(records, (Mission, Bet, Update), sort, 5)
    assert (len(found), total) == (5, sum(one.is_open for kind in (Mission, Bet, Update) for one in records.each(kind)))
    fresh = Records(many_records(400), 400)
    assert {one.id for one in unfinished(fresh, (Mission, Bet, Update), sort, 5)[0]} == set(fresh._made)
