"""The ladder: what hangs from what, gaps drawn, nothing lost that hangs from nothing."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from sample import TODAY, nests, sample_state

from store.model import Record
from store.operations import State
from store.records import Records
from tui.perspective import perspectives
from tui.shapes import Tree
from tui.viewpoint import Viewpoint

LENS = perspectives()["ladder"]
VIEW = Viewpoint(TODAY)


def rows(state: State, viewpoint: Viewpoint = VIEW) -> list[tuple[int, str, str]]:
    view = LENS.project(Records(state, 100), viewpoint)
    assert isinstance(view, Tree)
    return [(row.depth, row.record.id if row.record else row.title, row.note) for row in view.branches]


def missions(**documents: dict[str, Any]) -> dict[str, Any]:
    return {key[1:]: {"title": key, "state": "forming", **document} for key, document in documents.items()}


def bets(**documents: dict[str, Any]) -> dict[str, Any]:
    return {key[1:]: {"title": key, **document} for key, document in documents.items()}


def test_the_sample_hangs_together() -> None:
    assert rows(sample_state()) == [
        (0, "M1", ""),
        (1, "M2", ""),
        (2, "B11", ""),
        (2, "B12", "gap: months · also in M3"),
        (2, "B13", "gap: months"),
        (1, "M3", ""),
        (2, "B14", ""),
        (2, "B15", "gap: months, weeks"),
        (0, "M4", ""),
        (0, "", ""),
        (0, "under M5 Search that people trust, which is closed", ""),
        (1, "B16", "gap: months"),
        (0, "", ""),
        (0, "under M99, which is not there", ""),
        (1, "B21", ""),
        (0, "", ""),
        (0, "not under any mission", ""),
        (1, "B17", ""),
        (0, "", ""),
        (0, "nested in a circle", ""),
        (1, "B22", "in B23"),
        (1, "B23", "in B22"),
    ]


def test_the_longest_horizon_stands_first_and_none_last() -> None:
    state: State = {"missions": missions(M1={}, M2={"horizon": "months"}, M3={"horizon": "years"})}
    assert [name for _, name, _ in rows(state)] == ["M3", "M2", "M1"]


def test_the_primary_parent_draws_the_tree() -> None:
    links = [{"kind": "nests_in", "to": "M1"}, {"kind": "nests_in", "to": "M2", "primary": True}]
    state: State = {"missions": missions(M1={}, M2={}), "bets": bets(B3={"links": links})}
    assert rows(state) == [(0, "M1", ""), (0, "M2", ""), (1, "B3", "also in M1")]


def test_a_parent_that_is_no_longer_is_said_and_an_active_mission_with_nothing_under_it() -> None:
    state: State = {
        "missions": missions(M1={"horizon": "months"}, M2={"state": "active"}),
        "bets": bets(B3={"horizon": "quarters", **nests("M1")}),
    }
    assert rows(state) == [(0, "M1", ""), (1, "B3", "not shorter"), (0, "M2", "nothing under it")]


def test_the_words_of_the_workspace_name_horizons_and_missions() -> None:
    state: State = {
        "missions": missions(M1={"horizon": "years"}),
        "bets": bets(B2={"horizon": "months", **nests("M1")}, B3={}),
        "settings": {"0": {"horizons": {"quarters": "seasons"}, "kinds": {"mission": ["quest", "quests"]}}},
    }
    assert [(name, note) for _, name, note in rows(state)][1:] == [
        ("B2", "gap: seasons"), ("", ""), ("not under any quest", ""), ("B3", ""),
    ]  # fmt: skip


def only_bets(record: Record) -> bool:
    return record.noun == "bet"


def test_what_hangs_from_something_filtered_out_still_appears() -> None:
    state: State = {"missions": missions(M1={}), "bets": bets(B2=nests("M1"), B3=nests("B2"))}
    assert rows(state, VIEW._replace(where=only_bets)) == [
        (0, "under M1 M1, which the filter leaves out", ""),
        (1, "B2", ""),
        (2, "B3", ""),
    ]


def test_finished_work_is_shown_when_turned_so() -> None:
    state: State = {"missions": missions(M1={"state": "closed"}), "bets": bets(B2=nests("M1"))}
    assert rows(state, VIEW._replace(options=MappingProxyType({"finished": "shown"}))) == [(0, "M1", ""), (1, "B2", "")]


def test_a_chain_of_thousands_is_followed_to_its_end() -> None:
    chain = {str(number): {"title": "x", **(nests(f"B{number - 1}") if number > 1 else {})} for number in range(1, 1500)}
    found = rows({"bets": chain})
    assert found[-1][:2] == (1499, "B1499")
