"""Then and now: steps through the days behind us, and what two looks at the records differ in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample import TODAY, records_of_state, sample_state

from store.model import Bet, Mission
from store.step import Change, Step, create, edit
from store.workspace import Workspace
from tui.command import registry
from tui.perspective import perspectives
from tui.travel import EARLIEST, STEPS, Look, changes, difference, next_step, refusal, slid, summary
from tui.viewpoint import Viewpoint

FLOW, HILL = perspectives()["flow"], perspectives()["hill"]
VIEWPOINT = Viewpoint(TODAY)


# ------------------------------------------------------------------------------------------------------------- the slider


@pytest.mark.parametrize(
    ("step", "count", "big", "day"),
    [
        ("day", -1, False, TODAY - timedelta(days=1)),
        ("day", -1, True, TODAY - timedelta(days=7)),
        ("week", -6, False, TODAY - timedelta(days=42)),
        ("week", -1, True, date(2026, 10, 22)),
        ("month", -1, False, date(2026, 10, 22)),
        ("quarter", -1, True, date(2025, 11, 22)),
    ],
)
def test_one_steps_back_from_today(step: str, count: int, big: bool, day: date) -> None:
    assert slid(None, TODAY, step, count, big=big) == day


@given(st.dates(date(1971, 1, 1), TODAY - timedelta(days=1)), st.sampled_from(["day", "week"]), st.booleans())
def test_a_step_back_and_forth_leads_home(then: date, step: str, big: bool) -> None:
    if big and step == "week":
        return  # months differ in length
    there = slid(then, TODAY, step, -1, big=big)
    assert there is not None and there < then
    assert slid(there, TODAY, step, 1, big=big) == then


@given(st.dates(EARLIEST, TODAY), st.sampled_from(list(STEPS)), st.integers(-2000, 2000), st.booleans())
def test_one_is_never_ahead_of_today_nor_before_computers(then: date, step: str, count: int, big: bool) -> None:
    day = slid(then, TODAY, step, count, big=big)
    assert day is None or EARLIEST <= day < TODAY


def test_past_today_is_now() -> None:
    assert slid(TODAY - timedelta(days=3), TODAY, "week", 1) is None
    assert slid(TODAY - timedelta(days=7), TODAY, "week", 1) is None
    assert slid(None, TODAY, "day", 1) is None


def test_the_steps_go_round() -> None:
    assert [next_step(step) for step in STEPS] == ["week", "month", "quarter", "day"]


# ---------------------------------------------------------------------------------------------------- what works in the past


def test_whatever_changes_something_is_refused_in_the_past_and_nothing_is_in_the_present() -> None:
    allowed = {one.id for one in registry().commands.values() if refusal(one.id, one.group, date(2026, 10, 12)) is None}
    for changing in ("record.edit", "record.add", "record.delete", "record.state", "record.note", "work.undo", "work.redo",
                     "checkin.hold", "decision.capture", "bet.pivot"):  # fmt: skip
        assert changing not in allowed
    assert {"cursor.down", "lens.flow", "find.filter", "record.open", "work.quit", "mark.clear"} <= allowed
    assert refusal("record.edit", "Records", None) is None
    assert refusal("record.edit", "Records", date(2026, 10, 12)) == (
        "This is how things stood on 2026-10-12: nothing can be changed there. Escape returns to now."
    )


# ------------------------------------------------------------------------------------------------------------ then and now


def look(workspace: Workspace, lens: str = "flow", viewpoint: Viewpoint = VIEWPOINT) -> Look:
    records = workspace.records
    return Look(records, perspectives()[lens].project(records, viewpoint))


def test_what_changed_is_told_apart(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title=title, state="shaping") for title in ("stays", "moves", "goes", "is renamed")], ""))
    then = look(workspace)
    find = workspace.records.find
    workspace.commit(edit(find("B2"), "moved", state="option"))
    workspace.commit(Step((Change(find("B3"), None),), "deleted"))
    workspace.commit(edit(find("B4"), "renamed", title="was renamed"))
    new = workspace.commit(create([Bet(title="came"), Mission(title="is none of its business")], "added"))
    assert new is not None
    found = changes(FLOW, then, look(workspace))
    assert found == {"B2": "moved", "B3": "gone", "B4": "changed", f"B{new.operations[0].key}": "new"}
    assert summary(found) == "1 moved, 1 changed, 1 new, 1 gone"


def test_what_left_the_lens_is_gone_though_the_record_is_there(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="one", state="shaping")], ""))
    then = look(workspace)
    workspace.commit(edit(workspace.records.find("B1"), "put away", archived=True))
    assert changes(FLOW, then, look(workspace)) == {"B1": "gone"}
    assert changes(FLOW, look(workspace), then) == {"B1": "new"}


def test_what_a_lens_needs_is_what_places_a_record_in_it() -> None:
    before = Bet(title="one", hill=20)
    after = before.evolve(hill=60)
    assert (difference(HILL, before, after), difference(FLOW, before, after)) == ("moved", "changed")
    assert difference(FLOW, before, before.evolve(updated="2026-11-22", updated_by="ben")) == ""


def test_between_the_same_looks_nothing_changed() -> None:
    records = records_of_state(sample_state())
    for lens in perspectives().values():
        here = Look(records, lens.project(records, VIEWPOINT))
        assert changes(lens, here, here) == {}
    assert summary({}) == "nothing changed"
