"""Escape with a key right behind it is two keys, whatever the key and wherever the reads are cut; a paste is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from textual import events
from textual._xterm_parser import XTermParser

from tui.wire.escapes import Escapes


@pytest.mark.parametrize(
    ("reads", "pieces"),
    [
        (["jj"], [["jj"]]),
        (["s\x1b/kiosk\r"], [["s", "\x1b", "/kiosk\r"]]),
        (["\x1b5\x1b:\x1b "], [["\x1b", "5", "\x1b", ":", "\x1b", " "]]),
        (["\x1b", ""], [[], ["\x1b"]]),
        (["a\x1b", "/b"], [["a"], ["\x1b", "/b"]]),
        (["\x1b", "[A"], [[], ["\x1b[A"]]),
        (["\x1bj\x1bOP\x1b[5~\x1b\r\x1b\x7f"], [["\x1bj\x1bOP\x1b[5~\x1b\r\x1b\x7f"]]),
        (["\x1b]10;rgb:0/0/0\x1b\\\x1bP1$r0m\x1b\\"], [["\x1b]10;rgb:0/0/0\x1b\\\x1bP1$r0m\x1b\\"]]),
        (["\x1b[200~a\x1b/", "b\x1b:\x1b[201~\x1b/"], [["\x1b[200~a\x1b/"], ["b\x1b:\x1b[201~", "\x1b", "/"]]),
    ],
)
def test_an_escape_that_is_a_key_stands_by_itself(reads: list[str], pieces: list[list[str]]) -> None:
    escapes = Escapes()
    assert [escapes.apart(read) for read in reads] == pieces


@given(some.text("\x1b/5j[A~ \r20;OP\\]", max_size=12), some.lists(some.integers(0, 12), max_size=3))
def test_nothing_is_lost_or_put_in_another_order(text: str, cuts: list[int]) -> None:
    escapes, begin, found = Escapes(), 0, ""
    for cut in (*sorted(cuts), len(text)):
        if text[begin:cut]:
            found += "".join(escapes.apart(text[begin:cut]))
            begin = cut
    assert found + "".join(escapes.apart("")) == text


def test_without_this_the_escape_would_be_lost() -> None:
    """As long as this holds of Textual, the module is needed."""
    parser = XTermParser()
    keys = [message.key for message in (*parser.feed("\x1b/"), *parser.feed("")) if isinstance(message, events.Key)]
    assert keys == ["slash"]
