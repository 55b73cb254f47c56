"""Which keys that arrive at once are taken for a paste."""

from __future__ import annotations

import pytest
from textual import events
from textual.message import Message

from tui.wire.bursts import is_pasted
from tui.wire.driver import Burst, together


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("call the vendor\r", True),
        ("one line\nand another", True),
        ("a\tb \u00fc\u65e5\u672c and on\r\n", True),
        ("call the vendor", False),
        ("jjjjjjjjjjjj\r", False),
        ("a b\r", False),
        ("call the\x1b[A vendor\r", False),
        ("\r\r\r\r\r\r\r\r\r\r\r\r\r\r", False),
        ("d\rd\rq\r", True),
        ("milk\neggs", True),
        ("d\r", False),
        ("\r\rj", False),
        ("njjtlater\rq", False),
        ("Dy", False),
    ],
)
def test_lines_of_words_are_a_paste(text: str, pasted: bool) -> None:
    assert is_pasted(text) is pasted


def keys(text: str) -> list[Message]:
    return [events.Key(character, character) for character in text]


def test_a_burst_keeps_its_keys() -> None:
    text = "call the vendor\r"
    (burst,) = together(keys(text), text)
    assert isinstance(burst, Burst) and burst.text == text
    assert [key.key for key in burst.keys] == list(text)


def test_keys_of_one_read_have_one_time() -> None:
    arrived = together(keys("Dy"), "Dy")
    assert len(arrived) == 2 and arrived[0].time == arrived[1].time
    assert together([], "") == []


def test_a_line_that_had_waited_for_the_program_is_keys_and_lines_are_a_paste() -> None:
    line, lines = "call the vendor\r", "call the vendor\rand the bank\r"
    assert len(together(keys(line), line, is_ahead=True)) == len(line)
    assert len(together(keys("d\rj\rq"), "d\rj\rq", is_ahead=True)) == 5
    assert isinstance(together(keys(lines), lines, is_ahead=True)[0], Burst)


@pytest.mark.parametrize("answer", ["\x1b[?2026;2$y", "\x1b[?62;22c", "\x1b[48;24;80;480;640t", "\x1b[?1u"])
@pytest.mark.parametrize("is_first", [False, True])
def test_what_the_terminal_answered_meanwhile_makes_no_keys_of_a_paste(answer: str, is_first: bool) -> None:
    lines, other = "call the vendor\rand the bank\r", Message()
    text = answer + lines if is_first else lines + answer
    arrived = [other, *keys(lines)] if is_first else [*keys(lines), other]
    burst, *rest = together(arrived, text, is_ahead=True)
    assert isinstance(burst, Burst) and burst.text == lines and rest == [other]
    assert [key.key for key in burst.keys] == list(lines)
