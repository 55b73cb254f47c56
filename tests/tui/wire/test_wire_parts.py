"""What the layer is made of: cells, reading, traits, and what happens when it fails."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tui.wire import Traits, Wire, traits_of
from tui.wire.cells import Row, is_certain
from tui.wire.emit import Encoder
from tui.wire.palette import PLAIN as PLAIN_CHAR
from tui.wire.palette import Palette
from tui.wire.parse import Reader, is_harmless, placed, placed_last, sequenced
from tui.wire.pens import PLAIN, Pen, after
from tui.wire.scrolling import Shift, found_shift
from tui.wire.shadow import Shadow


def row(text: str, width: int = 12) -> Row:
    return Row(text.ljust(width), PLAIN_CHAR * width, PLAIN_CHAR * width)


def wide(*cells: str) -> Row:
    return Row.of(cells, PLAIN_CHAR * len(cells), PLAIN_CHAR * len(cells))


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


def test_the_last_placement_is_told_from_what_is_before_it() -> None:
    assert placed_last("a\x1b[2;3H") == ("a", (1, 2))
    assert placed_last("a\x1b[2;3Hb") == ("a\x1b[2;3Hb", None)
    assert placed_last("") == ("", None)


def test_a_text_is_read_into_cells() -> None:
    palette = Palette()
    found = Reader(palette).cells("\x1b[31mo k\x1b[0m中", PLAIN)
    assert found is not None
    cells, pen = found
    red = palette.char(Pen(ink="31"))
    assert (cells.texts, pen) == (("o", " ", "k", "中", ""), PLAIN)
    assert (cells.pens, cells.looks) == (red * 3 + PLAIN_CHAR * 2, red + PLAIN_CHAR + red + PLAIN_CHAR * 2)
    assert Reader(palette).cells("a\tb", PLAIN) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("\x1b[2;3Hab\x1b[1m c\x1b[0m", [((1, 2), "ab c", (2, 4))]),
        ("\x1b[1mab\x1b[0m\x1b[1m\x1b[0m", [(None, "ab", (2,))]),
        ("a\x1b[2;3H", [(None, "a", (1,)), ((1, 2), "", ())]),
        ("\x1b[2;3Ha\x1b[1mb", None),
        ("\x1b[2;3Ha\x1b[2;5Hb", [((1, 2), "a", (1,)), ((1, 4), "b", (1,))]),
        ("\x1b[2;3H\x1b[1ma\x1b[2;5Hb\x1b[0m", None),
        ("\x1b[2;3Ha\x1b[0m\x1b[2;9H\x1b[1mb\x1b[0m\x1b[2;1H", [((1, 2), "a", (1,)), ((1, 8), "b", (1,)), ((1, 0), "", ())]),
        ("\x1b[2;3H中\x1b[31me\u0301\x1b[0m", [((1, 2), ("中", "", "e\u0301"), (2, 3))]),
        ("\x1b[2;3Ha\x1b[31m\u0301\x1b[0m", None),
        ("\x1b[2;3Ha\x07", None),
        ("\x1b[2;3Ha\x1b[2J", None),
        ("\x1b]8;;u\x1b\\a\x1b]8;;\x1b\\", None),
    ],
)
def test_a_line_is_read_into_chops_if_it_draws_only(line: str, expected: object) -> None:
    reader = Reader(Palette())
    for _ in range(2):  # the second time most of it is remembered
        chops = reader.chops(line)
        assert (None if chops is None else [(place, cells.texts, cells.ends) for place, cells in chops]) == expected


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
    cells = (text, "") if text == "中" else (text,)
    assert (is_certain(text), wide(*cells).is_simple) == (certain, simple)


def test_drawing_over_half_a_wide_character_blanks_the_other() -> None:
    line = wide("中", "", "中", "").drawn(1, row("xy", 2))
    assert (line.texts, line.is_simple) == (" xy ", True)


def test_what_passes_the_edge_is_left_out() -> None:
    assert row("abc", 3).drawn(2, row("xy", 2)).texts == "abx"
    assert row("abc", 3).drawn(1, wide("x", "中", "")).texts == "ax "


def test_a_row_is_blank_from_where_all_looks_like_its_end() -> None:
    red = Palette().char(Pen(ground="41"))
    assert (row("ab c", 6).blank_from, row("abc", 3).blank_from, row("", 3).blank_from) == (4, 3, 0)
    assert Row("a   ", PLAIN_CHAR * 4, PLAIN_CHAR * 2 + red * 2).blank_from == 2
    assert wide("中", "", " ", " ").blank_from == 2


def test_rows_differ_where_they_look_different() -> None:
    palette = Palette()
    red = palette.char(Pen(ink="31"))
    assert row("abcd").differing(row("abcd")) == (0, "")
    first, differ = row("abcd").differing(row("aXcY"))
    assert (first, [char == "\0" for char in differ]) == (1, [False, True, False])
    one = Row("a b", red * 3, f"{red}{PLAIN_CHAR}{red}")
    assert one.differing(Row("a b", f"{red}{PLAIN_CHAR}{red}", f"{red}{PLAIN_CHAR}{red}")) == (0, "")
    assert len(one.differing(row("a b", 3))[1]) == 3
    assert wide("中", "", "a").differing(wide("中", "", "b")) == (2, "\1")
    assert wide("x", "y", "a").differing(wide("中", "", "a")) == (0, "\1\1")


@given(some.lists(some.tuples(some.integers(0, 11), some.text("ab ●", min_size=1, max_size=9), some.sampled_from("123"))))
def test_the_ends_of_a_row_are_where_its_pens_change(drawn: list[tuple[int, str, str]]) -> None:
    palette = Palette()
    pens = {name: palette.char(Pen(ink=f"3{name}")) for name in "123"}
    line = row("")
    for x, text, name in drawn:
        line = line.drawn(x, Row(text, pens[name] * len(text), pens[name] * len(text)))
    assert line.ends[-1] == 12
    assert list(line.ends) == sorted(set(line.ends))
    assert all(len(set(line.pens[start:end])) == 1 for start, end in pairwise((0, *line.ends)))


def test_a_full_palette_starts_afresh_and_nothing_is_lost() -> None:
    wire = Wire(lambda: (4, 2), Traits())
    for n in range(9000):
        shown = wire.feed(f"\x1b[1;1H\x1b[38;2;{n // 256};{n % 256};1mx\x1b[0m\x1b[1;1H")
        assert f"38;2;{n // 256};{n % 256};1m" in shown


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
    assert found_shift([row(char) for char in "abcd"], {y: row(char) for y, char in enumerate("bcde")}) is None


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
        ((3, 9), (4, 0), "\x1bD\r"),
        ((3, 9), (4, 7), "\x1bD\b\b"),
        ((3, 9), (2, 9), "\x1bM"),
        ((3, 9), (7, 9), "\x1b[4B"),
        ((3, 70), (3, 50), "\x1b[20D"),
        ((3, 9), (9, 20), "\x1b[10;21H"),
    ],
)
def test_the_cursor_moves_the_shortest_way(start: tuple[int, int] | None, to: tuple[int, int], expected: str) -> None:
    palette = Palette()
    encoder = Encoder(Traits(), palette)
    encoder.cursor = start
    encoder.move(*to)
    assert (encoder.taken(), encoder.cursor) == (expected, to)


def test_an_encoder_writes_what_differs() -> None:
    palette = Palette()
    encoder = Encoder(Traits(), palette)
    encoder.pen = palette.char(after(PLAIN, "31"))
    encoder.draw([(2, row("one two"), row("one ten"))])
    assert encoder.taken() == "\x1b[3;6H\x1b[men"


@pytest.mark.parametrize(
    ("environ", "traits"),
    [
        ({"TERM": "xterm-256color"}, Traits(True, True, erases_cells=True, fills_in_colour=True)),
        ({"TERM": "tmux-256color"}, Traits(True, True, erases_cells=True, fills_in_colour=True)),
        ({"TERM": "linux"}, Traits(True, True, erases_cells=True, fills_in_colour=True)),
        ({"TERM": "st"}, Traits(True, True, erases_cells=True, fills_in_colour=True)),
        ({"TERM": "xterm-kitty"}, Traits(True, True, erases_cells=True)),
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
