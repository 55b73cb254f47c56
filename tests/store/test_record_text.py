"""A record goes through an editor and back without losing anything."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.editing import as_text, changes
from store.errors import UsageError
from store.model import Bet, Decision
from store.parts import Link
from store.typed import changed

TODAY = date(2026, 11, 22)
BET = Bet(
    id="B1", title="Try: it", hypothesis="First\n\nsecond", options=("one, two", "three"),
    links=(Link(kind="nests_in", to="M3", primary=True),), body="=== hypothesis ===\n# not a comment\ntitle: kept",
)  # fmt: skip


def test_what_was_not_touched_is_not_changed() -> None:
    assert changes(BET, as_text(BET)) == {}
    assert changes(BET, "  \n") == {}


def test_changed_lines_and_sections_come_back() -> None:
    text = as_text(BET).replace("title: Try: it", "title: Dare: it").replace("second", "third").replace("hill:", "hill: 40")
    assert changes(BET, text) == {"title": "Dare: it", "hypothesis": "First\n\nthird", "hill": "40"}
    after = changed(BET, changes(BET, text), TODAY)
    assert isinstance(after, Bet) and (after.hill, after.body, after.options) == (40, BET.body, BET.options)


def test_emptied_fields_are_cleared() -> None:
    assert changes(BET, as_text(BET).replace("First\n\nsecond", "")) == {"hypothesis": ""}


def test_lines_that_are_neither_are_named() -> None:
    with pytest.raises(UsageError, match="Line 2"):
        changes(BET, "title: x\nwhat is this\n")
    with pytest.raises(UsageError, match="no field “titel”"):
        changes(BET, "titel: x\n")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")))
def test_any_body_survives(body: str) -> None:
    record = Decision(id="D1", title="x", body=body.strip())
    assert changes(record, as_text(record)) == {}
