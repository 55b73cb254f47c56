"""The flow: bets by state, the oldest first, limits that are passed."""

from __future__ import annotations

from types import MappingProxyType

from sample import TODAY, sample_state

from store.operations import State
from store.records import Records
from tui.perspective import perspectives
from tui.shapes import Section, Sections
from tui.viewpoint import Viewpoint

LENS = perspectives()["flow"]
VIEW = Viewpoint(TODAY)


def sections(state: State, viewpoint: Viewpoint = VIEW) -> tuple[Section, ...]:
    view = LENS.project(Records(state, 100), viewpoint)
    assert isinstance(view, Sections) and view.across
    return view.sections


def ids(state: State, viewpoint: Viewpoint = VIEW) -> dict[object, list[str]]:
    return {section.key: [record.id for record in section.records] for section in sections(state, viewpoint)}


def test_bets_stand_by_state_the_oldest_first() -> None:
    assert ids(sample_state()) == {
        "option": ["B17", "B15", "B21", "B22"],
        "shaping": ["B13", "B23"],
        "placed": ["B16", "B11", "B12"],
        "released": ["B14"],
    }


def test_a_limit_that_is_passed_is_said_of_the_mission_and_of_the_team() -> None:
    assert [section.note for section in sections(sample_state())] == ["", "", "over: M2 2/1 · growth 2/1", ""]


def test_a_limit_that_is_reached_is_not_passed() -> None:
    state = sample_state()
    state["missions"]["2"]["wip_limit"] = 2
    state["settings"]["0"]["wip_limits"] = {"growth": 2}
    assert not any(section.note for section in sections(state))


def test_released_bets_await_their_outcome_unless_the_workspace_has_a_word_for_it() -> None:
    state = sample_state()
    assert sections(state)[3].title == "awaiting outcome"
    state["settings"]["0"]["states"] = {"bet": {"released": "in the wild"}}
    assert sections(state)[3].title == "in the wild"


def test_finished_bets_stand_last_when_turned_so() -> None:
    shown = ids(sample_state(), VIEW._replace(options=MappingProxyType({"finished": "shown"})))
    assert list(shown.items())[4:] == [("parked", ["B20"]), ("stopped", ["B19"]), ("settled", ["B18"])]


def test_live_states_stay_in_place_when_they_are_empty() -> None:
    assert ids({"bets": {"1": {"title": "x", "state": "placed"}}}) == {
        "option": [], "shaping": [], "placed": ["B1"], "released": [],
    }  # fmt: skip
