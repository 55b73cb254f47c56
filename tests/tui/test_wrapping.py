"""Breaking text into lines: nothing is lost, not even accents that take no cell of their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text import safe, wrapped


def test_a_word_without_a_cell_after_a_full_line_is_kept() -> None:
    assert wrapped("a" * 10 + " \u0301\u0302", 10) == ["a" * 10, "\u0301\u0302"]


@given(st.text("ab \u0301日", max_size=60), st.integers(2, 12))
def test_no_line_is_wider_than_its_room_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == safe(text).replace(" ", "")
