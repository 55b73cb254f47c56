"""Convergence and risky beliefs: every belief in the region it belongs to, what matters most first."""

from __future__ import annotations

import pytest
from filled import filled_state, project, turned

from store.model import Belief
from store.records import Records
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.perspectives.convergence import misplaced, region
from tui.shapes import Point


def shown(points: tuple[Point, ...]) -> list[tuple[str, float, float, str]]:
    return [(point.record.id, point.x, point.y, point.note) for point in points]


@pytest.mark.parametrize(
    ("converged", "benefit", "expected", "gain"),
    [
        (2, 4, "converge", 32),
        (9, 4, "protect", 4),
        (2, -4, "agree to disagree", 8),
        (9, -4, "challenge", 36),
        (5, 1, "protect", 5),
        (9, 0, "", 0),
    ],
)
def test_a_belief_is_to_be_moved_where_agreeing_is_out_of_place(
    converged: int, benefit: int, expected: str, gain: int
) -> None:
    belief = Belief(text="x", converged=converged, benefit=benefit)
    assert (region(belief), misplaced(belief)) == (expected, gain)


def test_regions_stand_where_their_beliefs_do() -> None:
    view = project("convergence", filled_state())
    assert view.regions == ("converge", "protect", "agree to disagree", "challenge")
    assert (view.x, view.y) == (("converged", 0, 10), ("benefit of agreeing", -5, 5))
    assert shown(view.points) == [
        ("A41", 4, 3, "converge"), ("A43", 0, -5, "agree to disagree"), ("A44", 10, 0, "makes no difference"),
    ]  # fmt: skip


def test_what_nobody_holds_any_more_is_shown_when_asked_for() -> None:
    view = project("convergence", filled_state(), turned(finished="shown"))
    assert shown(view.points)[0] == ("A45", 9, -4, "challenge")
    records = Records(filled_state(), 100)
    absent = why_absent(perspectives()["convergence"], records.find("A45"), records, turned())
    assert absent == "A45 is refuted; O or & turns finished to shown"


def test_a_nought_is_a_value_and_nothing_is_none() -> None:
    records = Records(filled_state(), 100)
    lens = perspectives()["convergence"]
    assert why_absent(lens, records.find("A43"), records, turned()) is None
    assert why_absent(lens, records.find("A42"), records, turned()) == (
        "A42 has no converged and no benefit; press F to fill it in"
    )


def test_what_is_worth_most_and_known_least_comes_first_with_its_next_step() -> None:
    state = filled_state()
    state["beliefs"]["46"] = {"text": "Sure and dear", "certainty": 9, "value": 10, "next_step": " ask ten "}
    view = project("risky", state)
    assert view.regions[0] == "learn first"
    assert shown(view.points) == [
        ("A41", 3, 9, "no next step yet"), ("A46", 9, 10, "next: ask ten"), ("A43", 0, 0, ""),
    ]  # fmt: skip
    assert [point.token for point in view.points] == ["warn", "text", "text"]
