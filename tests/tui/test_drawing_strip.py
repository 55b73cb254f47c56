"""Lines of cells: whatever is written, the line keeps its width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.drawing.strip import Strip
from tui.shapes import Span
from tui.text import safe


def text_of(strip: Strip) -> str:
    return "".join(span.text for span in strip.line())


def test_runs_of_one_token_become_one_span_and_blanks_at_the_end_are_left_out() -> None:
    strip = Strip(10)
    strip.write(0, "ab", "dim")
    strip.write(2, "c", "dim")
    strip.write(4, "d", "bad")
    assert strip.line() == (Span("abc", "dim"), Span(" ", "text"), Span("d", "bad"))


def test_what_lies_outside_is_left_out() -> None:
    strip = Strip(4)
    strip.write(-2, "abcdefgh")
    assert text_of(strip) == "cdef"


def test_half_of_a_wide_character_becomes_a_blank() -> None:
    strip = Strip(6)
    strip.write(0, "日本語")
    strip.write(1, "x")
    strip.write(4, "y")
    assert text_of(strip) == " x本y"


def test_a_wide_character_at_the_edge_is_left_out() -> None:
    strip = Strip(3)
    strip.write(0, "日本")
    assert text_of(strip) == "日"


def test_an_accent_stays_with_its_letter() -> None:
    strip = Strip(3)
    strip.write(0, "e\u0301a")
    assert text_of(strip) == "e\u0301a"


def test_a_strip_is_laid_over_another() -> None:
    under, over = Strip(8), Strip(3)
    under.write(0, "........")
    over.write(1, "x", "bad")
    under.draw(over, 2)
    assert under.line() == (Span(".. ", "text"), Span("x", "bad"), Span(" ...", "text"))


@given(st.integers(1, 30), st.lists(st.tuples(st.integers(-5, 35), st.text(max_size=20)), max_size=5))
def test_a_line_is_never_wider_than_it_was_made(width: int, writes: list[tuple[int, str]]) -> None:
    strip = Strip(width)
    for x, text in writes:
        strip.write(x, text)
    assert cell_len(text_of(strip)) <= width
    assert safe(text_of(strip)) == text_of(strip)
