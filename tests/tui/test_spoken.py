"""Lenses in words: a record a line, nothing drawn, nothing told by its place."""

from __future__ import annotations

from datetime import date

import pytest
from sample import TODAY, nasty_state, records_of_state, sample_state

from tui.perspective import Perspective, perspectives
from tui.plain import records_of
from tui.shapes import Bar, Lane, Mark, Paragraph, Plane, Point, Scene, Tally, Text, Timeline, Trail, View
from tui.spoken import SIGNS, said, spoken
from tui.text import safe
from tui.viewpoint import Viewpoint

RECORDS = records_of_state(sample_state())
SCENE = Scene(RECORDS, TODAY, "anna")
LENSES = perspectives()
VIEW = Viewpoint(TODAY, me="anna", chosen="B11")


def words(view: View) -> list[str]:
    """What is said below the head of any lens."""
    return spoken(LENSES["flow"], view, SCENE).splitlines()[4:]


@pytest.mark.parametrize("lens", LENSES.values(), ids=lambda lens: lens.id)
def test_every_record_is_named_in_full_and_nothing_is_drawn(lens: Perspective) -> None:
    view = lens.project(RECORDS, VIEW)
    text = spoken(lens, view, SCENE)
    assert text.endswith("\n") and not set(text) & (set(SIGNS) - {"…"})
    if not isinstance(view, Text | Tally):
        assert all(record.label in text for record in records_of(view))


def test_what_leads_to_a_record_says_its_state_by_its_word() -> None:
    mission = RECORDS.find("M3")
    view = Text((
        Paragraph("B11  Guided first project", heading=True), Paragraph("M3  ● …", "nests in", record=mission),
        Paragraph("one\ntwo", "notes"), Paragraph("three", " "),
    ))  # fmt: skip
    said_of_it = f"nests in: M3 {mission.label}; {mission.standing}"
    assert words(view) == ["B11 Guided first project", said_of_it, "notes: one", "two", "three"]


@pytest.mark.parametrize("lens", LENSES.values(), ids=lambda lens: lens.id)
@pytest.mark.parametrize("in_ascii", [False, True])
def test_nothing_of_it_is_obeyed(lens: Perspective, in_ascii: bool) -> None:
    records = records_of_state(nasty_state())
    text = spoken(lens, lens.project(records, VIEW), Scene(records, TODAY, "anna"), in_ascii=in_ascii)
    assert all(safe(line) == line and (line.isascii() or not in_ascii) for line in text.splitlines())


def test_what_stands_on_a_plane_says_where() -> None:
    one, other = RECORDS.find("B11"), RECORDS.find("B12")
    regions = ("leave", "keep", "drop", "grow")
    points = (Point(one, 7, 2.5, note="soon"), Point(other, 5, 9))
    view = Plane(("ease", 0, 10), ("worth", 0, 10), points, regions, "worth most first", trails=(
        Trail(one.id, ((1, 2), (7, 2.5))),
    ))  # fmt: skip
    assert words(view) == [
        "ease from 0 to 10; worth from 0 to 10; worth most first",
        f"B11 {one.label}; ease 7, worth 2.5; grow; soon; before at ease 1, worth 2",
        f"B12 {other.label}; ease 5, worth 9",
    ]


def test_a_lane_says_its_days_in_their_order() -> None:
    one = RECORDS.find("B11")
    marks = (Mark(TODAY, "◆", "settle by"), Mark(date(2020, 1, 2), "●", "placed"))
    view = Timeline((Lane(one, marks, date(2020, 1, 2), date(2040, 1, 1)),), date(2020, 1, 1), date(2040, 1, 1), TODAY)
    assert words(view) == [f"B11 {one.label}; placed 2020-01-02; settle by {TODAY} (today); to 2040-01-01"]


def test_a_bar_says_how_much_of_what() -> None:
    bars = (Bar("modes", 0, heading=True), Bar("quest", 3, "B11 B12", mark=2), Bar("said 60–69%", 50, span=(10.0, 90.0)))
    assert words(Tally((Bar("", 0, "█ so many", heading=True), *bars), 5, "%")) == [
        "", "modes", "quest: 3 %; held against 2; B11 B12", "said 60–69%: 50 %; the truth between 10 and 90",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "heard"),
    [("● placed", "placed"), ("hill 60 → 90", "hill 60 to 90"), ("→ superseded", "superseded"), ("3 ■■▲", "3"), ("", ""),
     ("read 6 w ago · to steer", "read 6 w ago, to steer"), ("4730 ▁▂▇█", "4730"), ("a→b", "a→b")],
)  # fmt: skip
def test_signs_are_left_out_or_said(text: str, heard: str) -> None:
    assert said(text) == heard
