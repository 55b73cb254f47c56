"""Trails on Convergence: how beliefs moved, read from the history and no further back than they are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sample import TODAY

from store.backend import MemoryBackend
from store.model import Belief
from store.operations import Transaction
from store.records import Records
from store.step import Change, Step, create, provisional
from store.workspace import Workspace
from tui.past import Past, looking_back
from tui.perspective import perspectives
from tui.perspectives._memo import kept
from tui.perspectives._trails import looks_back
from tui.shapes import Plane, Trail
from tui.viewpoint import Viewpoint

LENS = perspectives()["convergence"]


class Moving:
    """A workspace in which beliefs move, a day later each time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 1, 12, tzinfo=UTC)
        backend = MemoryBackend({"settings": {"0": {"zone": "UTC"}}})
        self.workspace = Workspace(backend, me="anna", clock=lambda: self.now)
        self.past = Past(self.workspace.history)

    def add(self, **fields: Any) -> str:
        self.workspace.commit(create([Belief(id=provisional(Belief, 1), text="x", **fields)], "added"))
        return f"A{self.workspace.records.n}"

    def move(self, record_id: str, **fields: Any) -> None:
        self.now += timedelta(days=1)
        before = self.workspace.records.find(record_id)
        self.workspace.commit(Step((Change(before, before.evolve(**fields)),), "moved"))

    def look(self, today: date = TODAY, **options: str) -> Plane:
        records = self.workspace.records
        view = LENS.project(records, looking_back(LENS, Viewpoint(today, options=options), self.past, records))
        assert isinstance(view, Plane)
        return view


@pytest.fixture
def moving() -> Moving:
    kept.cache_clear()
    return Moving()


def test_a_trail_holds_every_place_the_oldest_first(moving: Moving) -> None:
    one = moving.add(converged=2, benefit=3)
    moving.move(one, converged=5)
    moving.move(one, text="said better")
    moving.move(one, converged=7, benefit=4)
    other = moving.add(converged=1, benefit=1)
    assert moving.look(trails="on").trails == (Trail(one, ((2, 3), (5, 3), (7, 4))),)
    assert {point.record.id for point in moving.look(trails="on").points} == {one, other}


def test_without_being_asked_for_there_are_none_and_no_history_is_read(moving: Moving) -> None:
    one = moving.add(converged=2, benefit=3)
    moving.move(one, converged=5)
    read: list[Transaction] = []

    def history() -> list[Transaction]:
        read.extend(moving.workspace.history())
        return read

    viewpoint = looking_back(LENS, Viewpoint(TODAY), Past(history), moving.workspace.records)
    assert viewpoint.history == ()
    assert moving.look().trails == moving.look(trails="off").trails == ()
    assert LENS.project(moving.workspace.records, Viewpoint(TODAY, options={"trails": "on"})).trails == ()  # type: ignore[union-attr]


def test_a_place_it_did_not_have_is_no_part_of_its_trail(moving: Moving) -> None:
    one = moving.add()
    moving.move(one, converged=4, benefit=1)
    moving.move(one, converged=None)
    moving.move(one, converged=6)
    assert moving.look(trails="on").trails == (Trail(one, ((4, 1), (6, 1))),)
    moving.move(one, converged=None)
    assert moving.look(trails="on").trails == ()


def test_what_moved_before_the_last_year_is_forgotten(moving: Moving) -> None:
    one = moving.add(converged=2, benefit=3)
    moving.move(one, converged=5)
    later = date(2027, 8, 2)
    assert moving.look(today=later, trails="on").trails == (Trail(one, ((2, 3), (5, 3))),)
    assert moving.look(today=later + timedelta(days=1), trails="on").trails == ()
    assert looks_back(Viewpoint(date(1, 1, 1), options={"trails": "on"}), "UTC") == ""


def test_one_more_step_is_added_to_what_was_known(moving: Moving) -> None:
    one = moving.add(converged=0, benefit=1)
    for place in range(1, 6):
        moving.move(one, converged=place)
        assert moving.look(trails="on").trails == (Trail(one, tuple((x, 1) for x in range(place + 1))),)
    followed = moving.look(trails="on")
    kept.cache_clear()
    assert moving.look(trails="on") == followed
    assert moving.look().trails == ()


def test_back_and_forth_is_told_as_it_was_and_undoing_is_a_move_too(moving: Moving) -> None:
    one = moving.add(converged=2, benefit=3)
    moving.move(one, converged=8)
    moving.workspace.undo()
    assert moving.look(trails="on").trails == (Trail(one, ((2, 3), (8, 3), (2, 3))),)


def test_the_past_shows_the_trail_as_it_was_then(moving: Moving) -> None:
    one = moving.add(converged=2, benefit=3)
    moving.move(one, converged=5)
    then = moving.now
    moving.move(one, converged=9)
    records: Records = moving.workspace.at(then)
    viewpoint = looking_back(LENS, Viewpoint(then.date(), options={"trails": "on"}), moving.past, records)
    assert LENS.project(records, viewpoint).trails == (Trail(one, ((2, 3), (5, 3))),)  # type: ignore[union-attr]


def test_trails_are_an_option_of_the_lens() -> None:
    option: Callable[[str], tuple[str, ...]] = dict(LENS.options).__getitem__
    assert option("trails") == ("off", "on")
