"""Lineage: both directions over every link, circles end, what is not shown is counted."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest
from sample import TODAY, nests, sample_state

from store.operations import State
from store.parts import LINK_KINDS
from store.records import Records
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.perspectives._arrows import WAYS
from tui.shapes import Tree
from tui.viewpoint import Viewpoint

LENS = perspectives()["lineage"]


def rows(state: State, chosen: str, **options: str) -> list[tuple[int, str, str]]:
    view = LENS.project(Records(state, 100), Viewpoint(TODAY, chosen=chosen, options=MappingProxyType(options)))
    assert isinstance(view, Tree)
    return [
        (row.depth, row.record.id if row.record else row.title, row.note) for row in view.branches if row.record or row.title
    ]


def bets(**links: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        key[1:]: {"title": key, "links": [{"kind": kind, "to": to} for kind, to in pairs]} for key, pairs in links.items()
    }


def test_the_way_up_and_the_way_down_start_from_the_chosen_record() -> None:
    assert rows(sample_state(), "M2") == [
        (0, "M2", ""),
        (0, "What led to it", ""),
        (0, "M1", "nests in"),
        (0, "What hangs on it", ""),
        (0, "B11", "holds"),
        (0, "B12", "holds"),
        (0, "B13", "holds"),
    ]


@pytest.mark.parametrize(
    ("kind", "word", "back", "leads"),
    (
        ("nests_in", "nests in", "holds", "up"), ("drives", "drives", "driven by", "down"),
        ("tests", "tests", "tested by", "up"), ("informs", "informs", "informed by", "down"),
        ("depends_on", "depends on", "needed by", "up"), ("supersedes", "supersedes", "superseded by", "up"),
        ("pivots_from", "pivots from", "pivoted to", "up"), ("tension", "in tension with", "in tension with", "beside"),
        ("competes_with", "competes with", "competes with", "beside"),
    ),
)  # fmt: skip
def test_every_kind_of_link_is_named_from_both_its_ends(kind: str, word: str, back: str, leads: str) -> None:
    heads = {"up": "What led to it", "down": "What hangs on it", "beside": "Beside it"}
    turned = {"up": "down", "down": "up", "beside": "beside"}
    state = {"bets": bets(B1=[(kind, "B2")], B2=[])}
    for chosen, other, said, way in (("B1", "B2", word, leads), ("B2", "B1", back, turned[leads])):
        found = rows(state, chosen)
        assert found[found.index((0, heads[way], "")) + 1] == (0, other, said)


def test_every_kind_of_link_has_a_way() -> None:
    assert set(LINK_KINDS) <= WAYS.keys()


def test_references_that_are_fields_lead_on_too() -> None:
    state: State = {
        "bets": {"1": {"title": "x", "forecast": {"signal": "S2"}}},
        "signals": {"2": {"statement": "s"}},
        "decisions": {"3": {"title": "d"}},
        "checkins": {"4": {"level": "weekly", "decisions": ["D3"], "about": "B1"}},
    }
    assert (0, "S2", "forecasts") in rows(state, "B1") and (0, "C4", "looked at in") in rows(state, "B1")
    assert (0, "C4", "taken in") in rows(state, "D3")


def test_a_circle_is_walked_once() -> None:
    state = {"bets": bets(B1=[("nests_in", "B2")], B2=[("nests_in", "B3")], B3=[("nests_in", "B1")])}
    assert rows(state, "B1", reach="12")[:5] == [
        (0, "B1", ""),
        (0, "What led to it", ""),
        (0, "B2", "nests in"),
        (1, "B3", "nests in"),
        (2, "B1", "nests in · as above"),
    ]


def test_what_hangs_below_two_parents_is_followed_under_the_first() -> None:
    state = {
        "bets": bets(B1=[], B2=[("nests_in", "B1")], B3=[("nests_in", "B1"), ("nests_in", "B2")], B4=[("nests_in", "B3")])
    }
    assert rows(state, "B1")[3:] == [
        (0, "B2", "holds"),
        (1, "B3", "holds"),
        (2, "B4", "holds"),
        (0, "B3", "holds · as above"),
    ]


def test_what_lies_beyond_its_reach_is_counted() -> None:
    chain = {str(n): {"title": "x", **(nests(f"B{n - 1}") if n > 1 else {})} for n in range(1, 9)}
    found = rows({"bets": chain}, "B1", reach="1")
    assert found[-2:] == [(0, "B2", "holds"), (1, "1 more beyond 1: turn reach to see them", "")]
    assert [row[1] for row in rows({"bets": chain}, "B1", reach="12")][-1] == "B8"


def test_thousands_of_neighbours_are_cut_and_said_to_be() -> None:
    held = {str(n): {"title": "x", **nests("M1")} for n in range(2, 3000)}
    found = rows({"missions": {"1": {"title": "m"}}, "bets": held}, "M1")
    assert found[-1] == (1, "and more: only the first 400 rows are shown", "")
    assert len(found) == 404


def test_deleted_and_archived_neighbours() -> None:
    state = {"bets": bets(B1=[("nests_in", "B9"), ("nests_in", "B2")], B2=[])}
    state["bets"]["2"]["archived"] = True
    assert [row[1] for row in rows(state, "B1")][1:3] == ["What led to it", "B9, nests in: not there"]
    assert "B2" not in [row[1] for row in rows(state, "B1")]
    view = LENS.project(Records(state, 100), Viewpoint(TODAY, chosen="B1", archived=True))
    assert isinstance(view, Tree)
    assert "B2" in [row.record.id for row in view.branches if row.record]


def test_a_record_without_links_says_how_to_draw_one() -> None:
    found = rows({"bets": bets(B1=[])}, "B1")
    assert [row[1] for row in found][:3] == ["B1", "Nothing is said to have led to it.", "Nothing is said to hang on it."]
    assert found[-1][1].startswith("Press >")


def test_it_says_why_another_record_is_not_there() -> None:
    records = Records(sample_state(), 100)
    viewpoint = Viewpoint(TODAY, chosen="M2")
    assert why_absent(LENS, records.find("M1"), records, viewpoint) is None
    assert why_absent(LENS, records.find("M5"), records, viewpoint) == "no links lead from M2 to M5 within reach"
    assert why_absent(LENS, records.find("M5"), records, viewpoint._replace(chosen=None)) == "no record is chosen"
