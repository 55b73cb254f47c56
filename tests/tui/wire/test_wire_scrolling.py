"""Which lines move together: those that agree on it, and with them those of which enough has moved."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tui.wire.cells import UNKNOWN, Row
from tui.wire.palette import PLAIN
from tui.wire.scrolling import Shift, found_shift

WIDTH = 60
LINES = [f"{number} {chr(97 + number) * 5} {chr(107 + number) * 9} {number * 7}" for number in range(13)]


def row(text: str) -> Row:
    return Row.of(text.ljust(WIDTH), PLAIN * WIDTH, PLAIN * WIDTH)


def screen(first: int, beside: Sequence[str]) -> list[Row]:
    """Eleven lines of a list below a title, beside other text."""
    texts = [beside[y] if y < len(beside) else "" for y in range(11)]
    return [row("title"), *(row(f"{LINES[first + y]:<40}{text}") for y, text in enumerate(texts))]


def shifted(old: list[Row], new: list[Row]) -> Shift | None:
    return found_shift(old, {y: row for y, row in enumerate(new) if (row.texts, row.looks) != (old[y].texts, old[y].looks)})


@pytest.mark.parametrize(("before", "after", "lines"), [(0, 1, 1), (2, 1, -1)])
def test_lines_beside_a_short_text_move_with_those_below_it(before: int, after: int, lines: int) -> None:
    shift = shifted(screen(before, ["1 one", "2", "3", "4"]), screen(after, ["6 one", "7", "8", "9"]))
    assert shift == Shift(1, 11, lines)


def test_lines_beside_a_text_that_is_more_to_write_than_they_are_stay() -> None:
    long = [f"{number} of a text that goes on" for number in range(2)]
    old = [row("title"), *(row(f"{number:<40}{text}") for number, text in zip("12", long, strict=True)), *screen(0, [])[3:]]
    new = [row("title"), *(row(f"{number:<40}{text}") for number, text in zip("23", long, strict=True)), *screen(1, [])[3:]]
    assert shifted(old, new) == Shift(3, 11, 1)


def test_a_line_that_is_not_known_ends_what_moves() -> None:
    old, new = screen(0, ["one 1", "two 2"]), screen(1, ["one 8", "two 9"])
    old[1] = Row.filled(WIDTH, UNKNOWN)
    assert shifted(old, new) == Shift(2, 11, 1)
