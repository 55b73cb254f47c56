"""The lenses of judgement on records that fill their fields: nothing lost, nothing stale, nothing off its place."""

from __future__ import annotations

import copy
from contextlib import suppress

import pytest
from contract_perspectives import cells_of, reached, viewpoints
from filled import FILLINGS, VIEW, Filling, filled_state
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from sample import TODAY, open_workspace

from store.errors import Refused
from store.records import Records
from store.step import edit
from tui.absence import why_absent
from tui.drawing import GUTTER, draw
from tui.perspective import Perspective, perspectives
from tui.perspectives._memo import kept
from tui.shapes import Scene, View
from tui.viewpoint import Viewpoint

NAMES = (
    "convergence", "risky", "portfolio", "hill", "squeeze", "drag", "calibration", "occasions", "mandate", "criteria",
)  # fmt: skip
LENSES = tuple(perspectives()[name] for name in NAMES)
LOOKS = [(lens, viewpoint) for lens in LENSES for viewpoint in viewpoints(lens)]
EACH_LOOK = pytest.mark.parametrize(
    ("lens", "viewpoint"), LOOKS, ids=[f"{lens.id}-{at}" for at, (lens, _) in enumerate(LOOKS)]
)


@EACH_LOOK
@pytest.mark.parametrize("width", (40, 80, 160))
def test_every_record_appears_or_is_said_to_be_missing(lens: Perspective, viewpoint: Viewpoint, width: int) -> None:
    records = Records(filled_state(), 1000)
    drawing = draw(lens.project(records, viewpoint), Scene(records, TODAY, "anna"), width, 20)
    assert reached(drawing) == set(range(drawing.spots))
    for record in records:
        reason = why_absent(lens, record, records, viewpoint)
        assert (drawing.find(record.id) is None) == (reason is not None), f"{record.id}: {reason}"
    for index in range(drawing.spots):
        spot = drawing.spot(index)
        assert not "".join(cells_of(drawing.line(spot.y))[spot.x : spot.x + GUTTER]).strip()


@given(st.lists(FILLINGS, min_size=1, max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_following_edits_shows_what_looking_afresh_shows(fillings: list[Filling]) -> None:
    workspace = open_workspace(filled_state())
    seen(workspace.records)
    for filling in fillings:
        with suppress(Refused):  # what was predicted stays as it was
            workspace.commit(edit(filling.target(workspace.records), "filled in", **filling.fields))
        followed = seen(workspace.records)
    kept.cache_clear()
    fresh = Records(copy.deepcopy(workspace.backend.state), workspace.backend.n)
    for (lens, viewpoint), view, afresh in zip(LOOKS, followed, seen(fresh), strict=True):
        assert view == afresh, lens.id
        drawing = draw(view, Scene(fresh, TODAY, "anna"), 60, 20)
        assert all(cell_len("".join(span.text for span in drawing.line(y))) <= 60 for y in range(drawing.height))
        for record in fresh:
            assert (drawing.find(record.id) is None) == (why_absent(lens, record, fresh, viewpoint) is not None), lens.id


def seen(records: Records) -> list[View]:
    return [lens.project(records, viewpoint) for lens, viewpoint in LOOKS]


@pytest.mark.parametrize("lens", LENSES, ids=lambda lens: lens.id)
def test_what_is_missing_is_said_with_the_key_that_fills_it_in(lens: Perspective) -> None:
    records = Records(
        {"missions": {"1": {"title": "x", "state": "active"}}, "bets": {"2": {"title": "x"}},
         "decisions": {"3": {"title": "x", "state": "decided"}}, "beliefs": {"4": {"text": "x"}}}, 9,
    )  # fmt: skip
    for record in records:
        reason = why_absent(lens, record, records, VIEW)
        if isinstance(record, lens.kinds) and not (lens.id == "drag" and record.id == "B2"):
            assert reason is not None and "press F" in reason
    assert "ress F" in lens.empty
