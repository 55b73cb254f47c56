"""Lists: which columns a width shows, and their names on top."""

from __future__ import annotations

import pytest
from sample import TODAY, sample_state

from store.model import Bet
from store.records import Records
from tui.drawing import draw
from tui.drawing.lists import heads
from tui.layout import layout
from tui.perspective import perspectives
from tui.perspectives._columns import AGE, DUE, HORIZON, ID, MISSION, PEOPLE, STATE, TITLE
from tui.shapes import Scene, Section, Sections
from tui.viewpoint import Viewpoint

BETS = (ID, STATE, TITLE, MISSION, HORIZON, PEOPLE, AGE, DUE)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (40, ["id", "", "title", "due"]),
        (50, ["id", "", "title", "age", "due"]),
        (78, ["id", "", "title", "people", "age", "due"]),
        (90, ["id", "state", "title", "people", "age", "due"]),
        (120, [column.title for column in BETS]),
    ],
)
def test_a_narrow_list_keeps_what_is_due_before_words_and_people(width: int, shown: list[str]) -> None:
    plan = layout(BETS, width)
    assert [column.title for column in plan.columns] == shown
    assert sum(plan.widths) + len(plan.widths) - 1 <= width


def test_names_stand_over_their_columns_and_give_way_to_the_heading() -> None:
    plan = layout((ID, STATE, TITLE, DUE), 40)
    assert heads(plan, 0) == "id       title                       due"
    assert heads(plan, 5) == "         title                       due"
    assert heads(plan, 38) == " " * 40


def test_a_title_runs_on_over_what_is_empty_behind_it() -> None:
    long = "A title of forty-two cells, and not a word"
    bets = {"1": {"title": long}, "2": {"title": long, "people": ["anna"]}, "3": {"title": long, "settle_by": str(TODAY)}}
    records = Records({"bets": bets}, 100)
    view = Sections((ID, TITLE, PEOPLE, DUE), (Section("", records.all(Bet)),))
    drawing = draw(view, Scene(records, TODAY), 70, 10)
    assert ["".join(span.text for span in drawing.line(y)).rstrip() for y in range(3)] == [
        f"  B1     {long}",
        "  B2     A title of forty-two cells, and … @anna",
        "  B3     A title of forty-two cells, and not a word              today",
    ]
    assert [drawing.spot(index).named for index in range(3)] == [70, 42, 59], "the bar of the cursor covers the title"


@pytest.mark.parametrize("width", [42, 52, 80, 160])
def test_the_first_heading_alone_names_the_columns(width: int) -> None:
    records = Records(sample_state(), 100)
    view = perspectives()["bets"].project(records, Viewpoint(TODAY))
    assert isinstance(view, Sections)
    drawing = draw(view, Scene(records, TODAY), width, 40)
    lines = ["".join(span.text for span in drawing.line(y)) for y in range(drawing.height)]
    assert all(len(line) <= width for line in lines)
    assert [y for y, line in enumerate(lines) if line.endswith("  due")] == [0]
    assert len(lines[0]) == min(width, len(lines[1]))  # on a wide screen people and days stay near their titles
    assert width < 120 or len(lines[0]) < width


@pytest.mark.parametrize("is_then", [False, True], ids=["now", "then"])
@pytest.mark.parametrize(
    ("lens", "width"), [("bets", 80), ("ladder", 80), ("doors", 160), ("flow", 160), ("flow", 40), ("timeline", 80)]
)
def test_a_record_is_found_at_its_first_spot_and_what_is_not_shown_nowhere(lens: str, width: int, is_then: bool) -> None:
    records = Records(sample_state(), 100)
    view = perspectives()[lens].project(records, Viewpoint(TODAY))
    drawing = draw(view, Scene(Records(sample_state(), 101) if is_then else records, TODAY), width, 40)
    shown = [drawing.spot(index).record_id for index in range(drawing.spots)]
    assert len(shown) > 1
    assert {one.id: drawing.find(one.id) for one in records} == {
        one.id: shown.index(one.id) if one.id in shown else None for one in records
    }
    assert [index for y in range(drawing.height) for index in sorted(drawing.on_line(y))] == sorted(
        range(drawing.spots), key=lambda index: (drawing.spot(index).y, index)
    )


def test_the_heading_of_a_section_stays_over_its_records() -> None:
    records = Records(sample_state(), 100)
    view = perspectives()["bets"].project(records, Viewpoint(TODAY))
    assert isinstance(view, Sections)
    drawing = draw(view, Scene(records, TODAY), 80, 40)
    begins = {section.title: y for y, section in headings(view)}
    stays = {top: [*drawing.staying(top)] for top in range(drawing.height)}
    for section in view.sections:
        y = begins[section.title]
        under = range(max(y + 1, 1), y + 1 + len(section.records))
        assert [stays[top] for top in under] == [[y]] * len(section.records)
        assert stays[y] == []


def headings(view: Sections) -> list[tuple[int, Section]]:
    """The line on which each section begins."""
    found, y = [], 0
    for section in view.sections:
        found.append((y, section))
        y += len(section.records) + 2
    return found
