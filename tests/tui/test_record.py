"""The page of a record: what stands in its head."""

from __future__ import annotations

import pytest
from sample import TODAY, sample_state

from store.records import Records
from tui.perspective import perspective
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint


def head(fields: dict[str, object]) -> Paragraph:
    """The line of a bet that tells its state."""
    state = sample_state()
    state["bets"]["14"] |= {"tags": ["core"], "horizon": "weeks"} | fields
    view = perspective("record").project(Records(state, 100), Viewpoint(TODAY, "anna", "B14"))
    assert isinstance(view, Text)
    return view.paragraphs[1]


@pytest.mark.parametrize(
    ("updated", "said", "token"),
    [
        ("2026-11-20T09:00:00.000Z", "", "doing"),
        ("2026-10-01T09:00:00.000Z", ", stale: nothing said for a quarter of its horizon", "warn"),
    ],
)
def test_what_is_stale_is_told_beside_its_state_so_that_no_line_below_moves(updated: str, said: str, token: str) -> None:
    line = head({"updated": updated})
    assert line.text == f"bet  ▲ released{said}  90 d old  +core" and line.token == token
