"""The doors: what comes up for review, what cannot be walked back from first."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from sample import TODAY, ago, sample_state

from store.operations import State
from store.records import Records
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.shapes import Sections
from tui.viewpoint import Viewpoint

LENS = perspectives()["doors"]
VIEW = Viewpoint(TODAY)
FINISHED = VIEW._replace(options=MappingProxyType({"finished": "shown"}))


def decisions(**documents: dict[str, Any]) -> State:
    return {"decisions": {key[1:]: {"title": key, "state": "decided", **one} for key, one in documents.items()}}


def sections(state: State, viewpoint: Viewpoint = VIEW) -> list[tuple[str, list[str], str]]:
    view = LENS.project(Records(state, 100), viewpoint)
    assert isinstance(view, Sections)
    return [(one.title, [record.id for record in one.records], one.note) for one in view.sections]


def test_the_sample_stands_by_when_it_comes_up() -> None:
    assert sections(sample_state()) == [("Overdue", ["D32"], "1 one-way"), ("Later", ["D31"], "")]


def test_one_way_doors_stand_first_then_what_comes_up_sooner() -> None:
    state = decisions(
        D1={"review_on": ago(30)},
        D2={"review_on": ago(2), "door": "one-way"},
        D3={"review_on": ago(9), "door": "one-way"},
        D4={"review_on": ago(40)},
    )
    assert sections(state) == [("Overdue", ["D3", "D2", "D4", "D1"], "2 one-way")]


def test_today_is_not_overdue_and_a_month_ends_on_the_same_day_of_the_next() -> None:
    state = decisions(
        D1={"review_on": ago(1)},
        D2={"review_on": TODAY.isoformat()},
        D3={"review_on": "2026-12-22"},
        D4={"review_on": "2026-12-23"},
    )
    assert sections(state) == [("Overdue", ["D1"], ""), ("Within a month", ["D2", "D3"], ""), ("Later", ["D4"], "")]


def test_a_one_way_door_without_a_review_date_is_pointed_out() -> None:
    state = decisions(D1={}, D2={"door": "one-way"}, D3={"state": "open"})
    assert sections(state) == [("No review date", ["D2", "D1", "D3"], "1 one-way: give them a review on")]
    assert sections(decisions(D1={})) == [("No review date", ["D1"], "")]


def test_what_was_looked_back_at_appears_when_turned_so_the_newest_first() -> None:
    state = decisions(
        D1={"state": "reviewed", "review_on": ago(50)},
        D2={"state": "reversed"},
        D3={"state": "reviewed", "review_on": ago(5)},
    )
    assert sections(state) == []
    assert sections(state, FINISHED) == [("Finished", ["D2", "D3", "D1"], "")]
    records = Records(state, 100)
    assert why_absent(LENS, records.find("D1"), records, VIEW) == "D1 is reviewed; O or & turns finished to shown"
    assert why_absent(LENS, records.find("D1"), records, FINISHED) is None
