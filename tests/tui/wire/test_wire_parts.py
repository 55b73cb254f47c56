"""What the layer is made of: cells, reading, traits, and what happens when it fails."""

from __future__ import annotations

import pytest

from tui.wire import Traits, traits_of
from tui.wire.cells import Row, Shadow, is_certain, is_simple
from tui.wire.emit import Encoder
from tui.wire.parse import cells_of, is_harmless, placed, sequenced
from tui.wire.pens import PLAIN, Pen, after
from tui.wire.scrolling import Shift, found_shift


def row(text: str, width: int = 12) -> Row:
    return Row(list(text.ljust(width)), [PLAIN] * width)


def test_data_is_read_by_where_the_cursor_is_placed() -> None:
    assert list(placed("a\x1b[Hb\x1b[3Hc\x1b[2;5Hd")) == [("a", (0, 0)), ("b", (2, 0)), ("c", (1, 4)), ("d", None)]


def test_sequences_that_do_not_draw_are_told_from_those_that_do() -> None:
    link = "\x1b]8;;u\x1b\\"
    assert list(sequenced(f"a\x1b[1mb\x07{link}c\x1b[2Jd\x1b]0;t\x07")) == [
        ("a\x1b[1mb", "\x07"),
        (f"{link}c", "\x1b[2J"),
        ("d", "\x1b]0;t\x07"),
        ("", ""),
    ]


def test_a_text_is_read_into_cells() -> None:
    cells = cells_of("\x1b[31mo k\x1b[0m中", PLAIN)
    assert cells is not None
    red = Pen(ink="31")
    assert cells == (["o", " ", "k", "中", ""], [red, PLAIN, red, PLAIN, PLAIN], False, PLAIN)
    assert cells_of("a\tb", PLAIN) is None


@pytest.mark.parametrize(
    "sequence", ["\x1b[?1049h", "\x1b[?47l", "\x1b[?6h", "\x1b[?3l", "\x1b7", "\x1b8", "\x1bM", "\x1b]8;;x\x07"]
)
def test_what_may_move_or_swap_the_screen_is_not_harmless(sequence: str) -> None:
    assert not is_harmless(sequence)


@pytest.mark.parametrize(
    ("text", "certain", "simple"),
    [
        ("a", True, True),
        ("─", True, True),
        ("…", True, True),
        ("中", True, False),
        ("", True, False),
        ("🎉", False, False),
        ("e\u0301", False, False),
        ("⚠\ufe0f", False, False),
    ],
)
def test_of_some_characters_no_terminal_doubts_the_width(text: str, certain: bool, simple: bool) -> None:
    assert (is_certain(text), is_simple(text)) == (certain, simple)


def test_drawing_over_half_a_wide_character_blanks_the_other() -> None:
    line = Row(["中", "", "中", ""], [PLAIN] * 4)
    line.put(1, ["x", "y"], [PLAIN] * 2)
    assert line.texts == [" ", "x", "y", " "]


def test_what_was_drawn_is_remembered_until_something_is_drawn_over_it() -> None:
    line = row("")
    line.note(0, "abc", 3)
    line.note(3, "def", 6)
    line.note(2, "x", 3)
    assert line.drawn == {3: ("def", 6), 2: ("x", 3)}


def test_lines_come_in_blank() -> None:
    shadow = Shadow()
    assert shadow.resize(2, 4)
    assert not shadow.resize(2, 4)
    shadow.rows = [row(char, 2) for char in "abcd"]
    shadow.move_lines(1, 3, 2)
    assert ["".join(line.texts) for line in shadow.rows] == ["a ", "d ", "  ", "  "]
    shadow.move_lines(0, 1, -1)
    assert ["".join(line.texts) for line in shadow.rows] == ["  ", "a ", "  ", "  "]


def test_a_shift_is_found_by_most_lines_and_only_if_it_pays() -> None:
    old = [row(f"{char * 11}") for char in "abcdefg"]
    moved = {y: row(f"{char * 11}") for y, char in enumerate("abdefgx")}
    assert found_shift(old, moved) == Shift(2, 6, 1)
    assert found_shift(old, {y: row("same") for y in range(7)}) is None
    assert found_shift([row(char) for char in "abcdefg"], {y: row(char) for y, char in enumerate("bcdefgh")}) is None


@pytest.mark.parametrize(
    ("start", "to", "expected"),
    [
        (None, (0, 0), "\x1b[H"),
        (None, (4, 0), "\x1b[5H"),
        (None, (0, 6), "\x1b[1;7H"),
        ((3, 3), (3, 4), "\x1b[C"),
        ((3, 3), (3, 9), "\x1b[6C"),
        ((3, 3), (3, 1), "\b\b"),
        ((3, 9), (3, 0), "\r"),
        ((3, 9), (4, 0), "\r\n"),
        ((3, 9), (2, 9), "\x1b[A"),
        ((3, 9), (7, 9), "\x1b[4B"),
        ((3, 70), (3, 50), "\x1b[20D"),
        ((3, 9), (9, 20), "\x1b[10;21H"),
    ],
)
def test_the_cursor_moves_the_shortest_way(start: tuple[int, int] | None, to: tuple[int, int], expected: str) -> None:
    encoder = Encoder(Traits())
    encoder.cursor = start
    encoder.move(*to)
    assert (encoder.taken(), encoder.cursor) == (expected, to)


def test_an_encoder_writes_what_differs() -> None:
    encoder = Encoder(Traits())
    encoder.pen = after(PLAIN, "31")
    encoder.row(2, row("one two"), row("one ten"))
    assert encoder.taken() == "\x1b[3;6H\x1b[men"


@pytest.mark.parametrize(
    ("environ", "traits"),
    [
        ({"TERM": "xterm-256color"}, Traits(True, True)),
        ({"TERM": "tmux-256color"}, Traits(True, True)),
        ({"TERM": "linux"}, Traits(True, True)),
        ({"TERM": "st"}, Traits(True, True)),
        ({"TERM": "screen-256color"}, Traits(False, True)),
        ({"TERM": "xterm", "STY": "1.a"}, Traits(False, True)),
        ({"TERM": "vt100"}, Traits(False, False)),
        ({"TERM": "sun"}, Traits(False, False)),
        ({"TERM": "dumb"}, Traits(places_cursor=False)),
        ({}, Traits(places_cursor=False)),
    ],
)
def test_a_terminal_is_known_by_its_environment(environ: dict[str, str], traits: Traits) -> None:
    assert traits_of(environ) == traits
