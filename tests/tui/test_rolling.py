"""The rolling map: what is held at which horizon, gaps between the rungs included."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from sample import TODAY, ago, sample_state

from store.operations import State
from store.records import Records
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.shapes import Grid
from tui.viewpoint import Viewpoint

LENS = perspectives()["rolling"]
VIEW = Viewpoint(TODAY)


def turned(**options: str) -> Viewpoint:
    return VIEW._replace(options=MappingProxyType(options))


def project(state: State, viewpoint: Viewpoint = VIEW) -> Grid:
    view = LENS.project(Records(state, 100), viewpoint)
    assert isinstance(view, Grid)
    return view


def rows(state: State, viewpoint: Viewpoint = VIEW) -> dict[str, list[list[str]]]:
    view = project(state, viewpoint)
    return {row.title: [[record.id for record in cell.records] for cell in row.cells] for row in view.rows}


def bets(**documents: dict[str, Any]) -> State:
    return {"bets": {key[1:]: {"title": key, **one} for key, one in documents.items()}}


def test_the_sample_stands_by_horizon_and_by_how_far_it_is() -> None:
    assert project(sample_state()).columns == (
        "option", "forming · shaping", "active · placed", "released", "paused · parked",
    )  # fmt: skip
    assert rows(sample_state()) == {
        "years 1": [[], [], ["M1"], [], []],
        "quarters 3": [[], [], ["M2", "M3"], [], ["M4"]],
        "months 2": [[], [], ["B11"], ["B14"], []],
        "weeks 5": [["B21"], ["B13"], ["B16", "B12"], [], ["B20"]],
        "days 1": [["B15"], [], [], [], []],
        "(none) 3": [["B17", "B22"], ["B23"], [], [], []],
    }


def test_an_empty_rung_between_two_held_ones_is_drawn_and_none_outside_of_them() -> None:
    state = bets(B1={"horizon": "quarters"}, B2={"horizon": "days"})
    assert list(rows(state)) == ["quarters 1", "months 0", "weeks 0", "days 1"]


def test_within_a_cell_what_asks_for_somebody_first_stands_first() -> None:
    state = bets(
        B1={"state": "placed", "settle_by": ago(-9)}, B2={"state": "placed"}, B3={"state": "placed", "settle_by": ago(1)}
    )
    assert rows(state) == {"(none) 3": [["B3", "B1", "B2"]]}


def test_it_can_be_turned_to_bets_alone_to_counts_and_to_what_is_finished() -> None:
    assert project(sample_state(), turned(of="bets")).columns == ("option", "shaping", "placed", "released", "parked")
    assert "years 1" not in rows(sample_state(), turned(of="bets"))
    assert project(sample_state(), turned(show="counts")).counts
    assert project(sample_state(), turned(finished="shown")).columns[-1] == "closed · settled · stopped"
    assert rows(sample_state(), turned(finished="shown", of="missions"))["quarters 4"][-1] == ["M5"]


def test_the_words_of_the_workspace_name_rows_and_columns() -> None:
    state = {
        **bets(B1={"state": "placed", "horizon": "weeks"}),
        "settings": {"0": {"horizons": {"weeks": "sprints"}, "states": {"bet": {"placed": "running"}}}},
    }
    view = project(state, turned(of="bets"))
    assert (view.rows[0].title, view.columns) == ("sprints 1", ("running",))


def test_a_record_of_the_other_kind_is_said_to_be_missing() -> None:
    records = Records(sample_state(), 100)
    assert why_absent(LENS, records.find("M1"), records, turned(of="bets")) == "it is turned to bets; M1 is a mission"
    assert why_absent(LENS, records.find("B18"), records, VIEW) == "B18 is settled; O or & turns finished to shown"
    assert why_absent(LENS, records.find("B20"), records, VIEW) is None
