"""Prose: paragraphs under each other, broken where the room ends, each line as if all had been broken at once."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from store.model import Bet
from store.records import Records
from tui.drawing.prose import ProseDrawing
from tui.plain import body_lines
from tui.shapes import Paragraph, Scene, Text
from tui.text import wrapped

SCENE = Scene(Records({}, 0), date(2026, 11, 22))
BET = Bet(id="B1", title="Try")


def drawn(*paragraphs: Paragraph, width: int = 30) -> ProseDrawing:
    return ProseDrawing(Text(paragraphs), SCENE, width, 24)


def test_labels_stand_in_a_column_of_their_own() -> None:
    drawing = drawn(
        Paragraph("A bet", heading=True),
        Paragraph("because it is the cheapest way to learn", label="why"),
        Paragraph("", label=""),
        Paragraph("B1 Try", record=BET),
    )
    assert list(body_lines(drawing)) == [
        "A bet",
        "  why  because it is the",
        "       cheapest way to learn",
        "",
        "  B1 Try",
    ]
    assert (drawing.spots, drawing.spot(0).y, drawing.find("B1"), drawing.find("B2")) == (1, 4, 0, None)


def test_a_label_is_whole_in_half_of_eighty_columns() -> None:
    lines = list(body_lines(drawn(Paragraph("What is it?: captured", label="D93   yesterday"), width=39)))
    assert lines == ["  D93   yesterday  What is it?:", "                   captured"]


TEXTS = st.text(st.sampled_from("ab \n\t日e\u0301\x1b"), max_size=60)


@given(st.lists(TEXTS, max_size=6), st.integers(10, 40))
def test_the_lines_are_those_of_the_paragraphs_one_after_another(texts: list[str], width: int) -> None:
    drawing = drawn(*(Paragraph(text, heading=True) for text in texts), width=width)
    lines = ["".join(span.text for span in drawing.line(y)) for y in range(drawing.height)]
    assert lines == [line for text in texts for line in wrapped(text, width)]
