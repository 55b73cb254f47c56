"""Every kind of item that a review can hold, with the keys that answer it; the same for the shell and the app."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from store.backend import MemoryBackend
from store.model import BY_NOUN, Record
from store.operations import State, Transaction
from store.records import Records
from store.review.agenda import DONE, DROPPED, Item, actions
from store.review.reason import Reason
from store.review.state import ReviewState
from tests.tui.sample import TODAY

MOST = 5
"""Keys an item may take, besides the words that somebody writes."""
FILLED: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("bet", "placed"): {"settle_by": TODAY.isoformat(), "pivot_if": "nobody comes"},
    ("bet", "released"): {"settle_by": TODAY.isoformat(), "pivot_if": "nobody comes"},
    ("decision", "decided"): {"confidence": 70, "prediction": "nobody asks", "decided_on": "2026-11-01"},
    ("check-in", "due"): {"level": "weekly", "due": TODAY.isoformat()},
    ("check-in", "open"): {"level": "weekly", "due": TODAY.isoformat()},
}
"""(kind, state) → what else a record of it holds."""
BECOMES: Mapping[tuple[str, str], str] = {
    **{("mission", state): "closed" for state in ("forming", "active", "paused")},
    ("bet", "placed"): "released", ("bet", "released"): "settled",
    ("decision", "open"): "decided", ("decision", "decided"): "reviewed", ("belief", "open"): "supported",
}  # fmt: skip
"""(kind, state) → where being done with it leads."""
NOTHING = ("", "")
"""Stands for what is no record: the settings, a large step, what was deleted."""
EVERY = sorted({*DONE, *DROPPED, NOTHING})
ANSWERS = [(noun, state, action) for noun, state in EVERY for action in ("keep", "done", "snooze", "note", "decide", "drop")]
"""Every answer that could be given to an item of every kind."""


def document(noun: str, state: str) -> dict[str, Any]:
    kind = BY_NOUN[noun]
    stands = {"state": state} if state else {}
    return {kind.headline: "Something", "created": "2026-11-01T09:00:00.000Z", **stands, **FILLED.get((noun, state), {})}


def state_with(noun: str, state: str) -> State:
    """A workspace with some missions, and as number 7 what is reviewed."""
    missions = {str(number): {"title": "Above", "state": "active"} for number in (1, 2, 3)}
    made: State = {"missions": missions, "settings": {"0": {"levels": [], "triggers": []}}}
    if noun:
        made.setdefault(BY_NOUN[noun].table, {})["7"] = document(noun, state)
    return made


def answerable(noun: str, state: str) -> set[str]:
    """What can be answered to an item."""
    return set(actions(the_item(Records(MemoryBackend(state_with(noun, state), 10).state, 10), noun)))


def the_item(records: Records, noun: str) -> Item:
    record: Record | None = records.find(f"{BY_NOUN[noun].letter}7") if noun else None
    return Item(record.id if record else "settings", (Reason("put off", "it is wanted", 1, 0),), record, name="Settings")


def only(noun: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing else wait."""

    def agenda(
        records: Records, history: Iterable[Transaction], today: date, me: str, state: ReviewState
    ) -> tuple[Item, ...]:
        item = the_item(records, noun)
        return () if item.key in state.answered else (item,)

    monkeypatch.setattr("store.review.course.agenda", agenda)
