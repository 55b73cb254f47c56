"""The grid: any two fields, in their declared order, several values in several cells."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from sample import TODAY, sample_state

from store.records import Records
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.shapes import Grid
from tui.viewpoint import Viewpoint

LENS = perspectives()["grid"]
VIEW = Viewpoint(TODAY)


def turned(**options: str) -> Viewpoint:
    return VIEW._replace(options=MappingProxyType(options))


def project(**options: str) -> Grid:
    view = LENS.project(Records(sample_state(), 100), turned(**options))
    assert isinstance(view, Grid)
    return view


def cells(view: Grid) -> dict[tuple[str, str], list[str]]:
    return {
        (row.title, column): [record.id for record in cell.records]
        for row in view.rows
        for column, cell in zip(view.columns, row.cells, strict=True)
        if cell.records
    }


def test_bets_stand_by_horizon_and_state_in_their_declared_order() -> None:
    view = project()
    assert [row.title for row in view.rows] == ["months", "weeks", "days", "(none)"]
    assert view.columns == ("option", "shaping", "placed", "released", "settled", "parked", "stopped")
    assert (view.keys, view.rows[0].key, view.rows[-1].key) == (view.columns, "months", None)
    assert cells(view)["weeks", "placed"] == ["B12", "B16"]


def test_several_values_put_a_record_into_several_cells() -> None:
    shown = cells(project(rows="buckets", columns="people"))
    assert shown["growth", "@ben"] == ["B11", "B12"] and shown["growth", "@cleo"] == ["B12"]
    assert shown["learning", "@ben"] == ["B12"] and shown["(none)", "@dara"] == ["B16"]


def test_health_is_looked_up_among_the_readings_each_persons_own() -> None:
    shown = cells(project(of="all", rows="health", columns="type"))
    assert shown["at risk", "bet"] == ["B11"] and shown["on track", "bet"] == ["B11"]
    assert shown["off track", "mission"] == ["M2"] and "M1" in shown["(none)", "mission"]
    assert cells(project(of="all", rows="type", columns="health"))["bet", "at risk"] == ["B11"]


def test_words_of_the_workspace_name_states_and_kinds() -> None:
    state = sample_state()
    state["settings"]["0"] = {"states": {"bet": {"option": "idea"}}, "kinds": {"bet": ["try", "tries"]}}
    records = Records(state, 100)
    view = LENS.project(records, VIEW)
    assert isinstance(view, Grid) and view.columns[0] == "idea" and view.keys[0] == "option"
    assert why_absent(LENS, records.find("M1"), records, VIEW) == "it is turned to tries; M1 is a mission"


@pytest.mark.parametrize("option", [option for option, _ in LENS.options])
def test_a_value_there_is_not_counts_as_the_default(option: str) -> None:
    assert project(**{option: "nonsense"}) == project()


def test_counts_are_asked_for() -> None:
    assert (project().counts, project(show="counts").counts) == (False, True)
