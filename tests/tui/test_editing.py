"""Laws of the line and the area: what is typed stays, the cursor stays in the text, nothing is wider than its room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.panes.area import Area, rows
from tui.panes.editing import KEYS, Line, Window, after_escape, clusters, window

CHARACTERS = "abc ,é漢😀e\u0301\u200d\ufe0f\u202e\x1b\n\t_-"
texts = st.text(st.sampled_from(CHARACTERS), max_size=40)
anything = st.text(max_size=20)
pressed = st.lists(st.sampled_from([*KEYS, "x", "漢", "space"]), max_size=12)
widths = st.integers(1, 30)


def press(line: Line, *keys: str) -> Line:
    for key in keys:
        line = line.press(key, {"space": " "}.get(key, key if len(key) == 1 else None)) or line
    return line


@st.composite
def lines(draw: st.DrawFn) -> Line:
    text = draw(texts | anything)
    return Line(text, draw(st.integers(0, len(text))), draw(anything))


@given(lines(), pressed)
def test_the_cursor_stays_in_the_text(line: Line, keys: list[str]) -> None:
    for key in keys:
        line = press(line, key)
        assert 0 <= line.cursor <= len(line.text)


@given(lines(), st.text(st.characters(categories=["L", "N", "P", "S"]).filter(cell_len), max_size=8))
def test_what_was_typed_can_be_taken_back(line: Line, typed: str) -> None:
    written = press(line, *typed)
    assert written.text == line.text[: line.cursor] + typed + line.text[line.cursor :]
    for _ in typed:
        written = press(written, "backspace")
    assert (written.text, written.cursor) == (line.text, line.cursor)


@given(lines(), st.sampled_from(["ctrl+k", "ctrl+u", "ctrl+w", "alt+d", "alt+backspace"]))
def test_yank_puts_back_what_a_kill_took(line: Line, kill: str) -> None:
    killed = press(line, kill)
    assert len(killed.text) <= len(line.text)
    if killed.text != line.text:
        assert press(killed, "ctrl+y").text == line.text


@given(lines())
def test_deleting_to_the_right_is_moving_right_and_deleting_to_the_left(line: Line) -> None:
    at = line.cursor
    moved = press(line, "right")
    if moved.cursor > at and line.cursor == press(moved, "left").cursor:
        assert press(moved, "backspace").text == press(line, "delete").text


@given(lines(), widths)
def test_a_window_is_never_wider_than_its_room_and_shows_the_cursor(line: Line, width: int) -> None:
    seen = window(line.text, line.cursor, width)
    assert cell_len("".join(seen)) <= width
    assert seen.at
    assert "\x1b" not in "".join(seen) and "\n" not in "".join(seen)


@given(lines(), widths)
def test_a_window_with_room_shows_everything(line: Line, width: int) -> None:
    shown = "".join(cluster.shown for cluster in clusters(line.text))
    seen = window(line.text, line.cursor, cell_len(shown) + 3)
    assert "".join(seen).rstrip(" ") == shown.rstrip(" ")


def test_a_mark_with_no_character_in_front_stands_on_a_blank_and_not_on_what_is_left_of_the_field() -> None:
    assert [(one.start, one.shown, one.width) for one in clusters("\u0301e\u0301")] == [(0, " \u0301", 1), (1, "e\u0301", 1)]
    assert window("\u0301", 0, 4) == ("", " \u0301", "")


@given(texts, widths)
def test_rows_hold_the_whole_text_in_order(text: str, width: int) -> None:
    found = rows(text, width)
    missing = [text[one.end : two.start] for one, two in pairwise(found)]
    assert set(missing) <= {"", "\n"}
    assert found[0].start == 0 and found[-1].end == len(text)
    assert "".join(text[row.start : row.end] + gap for row, gap in zip(found, [*missing, ""], strict=True)) == text


@settings(max_examples=60)
@given(
    lines(),
    st.integers(2, 30),
    st.integers(1, 6),
    st.lists(st.sampled_from([*KEYS, "up", "down", "pageup", "pagedown", "enter", "x"])),
)
def test_an_area_shows_its_cursor_within_its_room(line: Line, width: int, height: int, keys: list[str]) -> None:
    area = Area(line).scrolled(width, height)
    for key in keys:
        area = area.press(key, key if key == "x" else None, width, height) or area
        assert 0 <= area.line.cursor <= len(area.line.text)
    view = area.view(width, height)
    assert len(view) <= height
    assert sum(bool(row.at) for row in view) == 1
    assert max(cell_len("".join(row)) for row in view) <= width


@pytest.mark.parametrize(
    ("keys", "text", "cursor"),
    [
        (("ctrl+a",), "one two-three", 0),
        (("ctrl+a", "alt+f"), "one two-three", 3),
        (("alt+b",), "one two-three", 8),
        (("ctrl+w",), "one ", 4),
        (("alt+backspace",), "one two-", 8),
        (("ctrl+a", "alt+d"), " two-three", 0),
        (("ctrl+left", "ctrl+k"), "one two-", 8),
        (("ctrl+u",), "", 0),
        (("ctrl+w", "ctrl+a", "ctrl+y"), "two-threeone ", 9),
        (("home", "delete", "end", "backspace"), "ne two-thre", 11),
        (("left", "left", "ctrl+d", "x"), "one two-thrxe", 12),
    ],
)
def test_keys_of_readline(keys: tuple[str, ...], text: str, cursor: int) -> None:
    line = press(Line.of("one two-three"), *keys)
    assert (line.text, line.cursor) == (text, cursor)


def test_keys_that_mean_nothing_are_left_to_others() -> None:
    line = Line.of("a")
    keys = (("enter", "\r"), ("alt+j", "j"), ("f1", None), ("up", None))
    assert [line.press(key, character) for key, character in keys] == [None] * 4


def test_a_character_and_its_marks_are_one_step() -> None:
    line = Line.of("e\u0301漢")
    assert press(line, "left").cursor == 2
    assert press(line, "left", "left").cursor == 0
    assert press(line, "left", "backspace") == Line("漢", 0)


def test_a_combining_mark_can_be_typed() -> None:
    assert press(Line.of("e"), "\u0301").text == "e\u0301"


def test_a_paste_becomes_one_line_where_there_is_but_one() -> None:
    assert Line.of(">").paste("one\r\ntwo\x1b[0m\n").text == ">one two\x1b[0m"
    assert Line.of(">").paste("one\r\ntwo\r", lines=True).text == ">one\ntwo\n"


def test_a_long_line_says_on_which_sides_it_goes_on() -> None:
    assert window("abcdefghij", 0, 8) == Window("", "a", "bcdefg…")
    assert window("abcdefghij", 10, 8) == Window("…hij", " ", "")
    assert window("abcdefghijkl", 6, 8) == Window("…def", "g", "hi…")


def test_control_characters_are_shown_and_kept() -> None:
    assert window("a\x1bb\nc", 5, 20) == Window("a␛b␤c", " ", "")


def test_up_and_down_keep_to_their_column() -> None:
    area = Area(Line("long line\nx\nlong line", 8))
    down = area.press("down", None, 20, 5)
    assert down is not None and down.line.cursor == 11
    again = down.press("down", None, 20, 5)
    assert again is not None and again.line.cursor == 20


def test_rows_break_behind_blanks() -> None:
    text = "one two three\nfour"
    assert [text[row.start : row.end] for row in rows(text, 9)] == ["one two ", "three", "four"]


def test_escape_and_a_key_are_taken_apart() -> None:
    assert after_escape("alt+j", "j") == "j"
    assert after_escape("alt+shift+j", "J") == "J"
    assert after_escape("alt+b", "b") is None
    assert after_escape("alt+enter", None) is None
    assert after_escape("j", "j") is None
