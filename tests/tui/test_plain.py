"""Lenses as plain text: a header, every line, no escape sequences."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from sample import TODAY, nasty_state, sample_state

from store.model import Record
from store.records import Records
from tui.perspective import Perspective, perspectives
from tui.plain import plain, records_of
from tui.shapes import Scene
from tui.text import ascii_only, safe
from tui.viewpoint import Viewpoint

VIEW = Viewpoint(TODAY, me="anna")
LENSES = perspectives()


def only_placed(record: Record) -> bool:
    return record.standing == "placed"


def printed(lens: str, state: object = None, viewpoint: Viewpoint = VIEW, **how: object) -> str:
    records = Records(sample_state() if state is None else state, 100)  # type: ignore[arg-type]
    perspective = LENSES[lens]
    view = perspective.project(records, viewpoint)
    return plain(perspective, view, Scene(records, TODAY, "anna"), 80, **how)  # type: ignore[arg-type]


def test_a_lens_is_printed_with_its_question_what_it_hides_and_the_filter() -> None:
    text = printed("flow", viewpoint=VIEW._replace(where=only_placed), filtered="state:placed", why=["B17 is not here."])
    assert text.splitlines()[:7] == [
        "Flow  3 records",
        "What is stuck, how old is it, who is over the WIP limit?",
        "hides: why each is where it is; what is settled, parked or stopped unless",
        "finished is shown",
        "filter: state:placed",
        "",
        "option 0" + "people            age        due".rjust(72),
    ]
    assert [line[:28] for line in text.splitlines() if line.startswith("  B")] == [
        "  B16    Spelling in search ",
        "  B11    Guided first projec",
        "  B12    Import from a sprea",
    ]
    assert text.endswith("\n\nB17 is not here.\n")


def test_an_empty_lens_says_what_would_fill_it() -> None:
    assert printed("ladder", state={}).splitlines()[-2:] == [
        "Missions and bets hang here from what they nest in. Press a among the missions",
        "to add the first.",
    ]


def test_nothing_is_folded_on_paper() -> None:
    state = {"bets": {str(number): {"title": f"Bet {number}"} for number in range(1, 300)}}
    text = printed("grid", state=state)
    assert "more" not in text and "B299 Bet 299" in text


@pytest.mark.parametrize("lens", LENSES.values(), ids=lambda lens: lens.id)
@pytest.mark.parametrize("ascii_only", (False, True))
def test_no_line_is_wide_ragged_or_obeyed(lens: Perspective, ascii_only: bool) -> None:
    text = printed(lens.id, state=nasty_state(), viewpoint=VIEW._replace(chosen="B11"), ascii_only=ascii_only)
    assert text.endswith("\n") and not text.endswith("\n\n")
    for line in text.splitlines():
        assert cell_len(line) <= 80
        assert line == line.rstrip() and safe(line) == line
        assert line.isascii() or not ascii_only


def test_records_are_counted_once_however_often_they_stand_there() -> None:
    records = Records(sample_state(), 100)
    view = LENSES["grid"].project(records, VIEW)
    assert len({record.id for record in records_of(view)}) == 13
    assert printed("grid").startswith("Grid  13 records\n")


@pytest.mark.parametrize("text", ["ｱｲｳ", "cafe\u0301 é", "½ ﬁ № ㎏", "각 시", "👍\U0001f3fd|🇩🇪", "…\n→ 中\tß"])
def test_ascii_is_as_wide_as_what_it_stands_for(text: str) -> None:
    assert [cell_len(line) for line in ascii_only(text).split("\n")] == [cell_len(line) for line in text.split("\n")]
    assert ascii_only(text).isascii()
