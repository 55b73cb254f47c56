"""The story lens: one record as told to one audience."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from sample import TODAY, sample_state

from store.records import Records
from store.stories import AUDIENCES
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint

LENS = perspectives()["story"]
RECORDS = Records(sample_state(), 100)


def told(chosen: str | None, **options: str) -> tuple[Paragraph, ...]:
    view = LENS.project(RECORDS, Viewpoint(TODAY, chosen=chosen, options=MappingProxyType(options)))
    assert isinstance(view, Text)
    return view.paragraphs


def test_it_says_to_whom_it_is_told_and_marks_what_is_missing() -> None:
    title, to_whom, *rest = told("B12")
    assert title == Paragraph("Import from a spreadsheet", heading=True, token="title")
    assert to_whom.text == "as told to executives; O tells it to others, M copies it"
    assert Paragraph("no forecast yet", label="Expected", token="warn") in rest
    assert Paragraph("imports lose columns", label="Turn if") in rest


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_audience_hears_another_story(audience: str) -> None:
    others = [told("B12", **{"for": other}) for other in AUDIENCES if other != audience]
    assert told("B12", **{"for": audience}) not in others
    assert told("B12", **{"for": audience})[1].text.startswith(f"as told to {audience};")


def test_headings_stand_apart() -> None:
    texts = [one.text for one in told("M2", **{"for": "team"})]
    assert texts[texts.index("Placed") - 1] == ""


def test_nothing_chosen_shows_nothing_and_an_update_says_where_it_is_told() -> None:
    assert told(None) == ()
    assert [one.text for one in told("U71")] == ["An update is told with what it is about."]
    viewpoint = Viewpoint(TODAY, chosen="B12")
    assert why_absent(LENS, RECORDS.find("B12"), RECORDS, viewpoint) is None
    assert why_absent(LENS, RECORDS.find("B11"), RECORDS, viewpoint) == "another record is chosen"


def test_a_template_that_cannot_be_filled_says_so_instead() -> None:
    records = Records({**sample_state(), "settings": {"0": {"tellings": {"bet": {"team": "{titel}"}}}}}, 100)
    view = LENS.project(records, Viewpoint(TODAY, chosen="B12", options={"for": "team"}))
    assert isinstance(view, Text)
    title, fault = view.paragraphs
    assert title.text == "Import from a spreadsheet"
    assert fault == Paragraph(
        "the setting tellings.bet.team, line 1: {titel} stands for nothing. Did you mean {title}?", token="error"
    )
