"""Pens: reading SGR, and the shortest way from one pen to another."""

import re

import pytest
from emulator import Terminal
from hypothesis import given
from hypothesis import strategies as some
from pyte.graphics import FG_BG_256

from tui.wire.pens import PLAIN, Pen, after, for_blank, of_blank, transition

CODES = ("1", "2", "3", "4", "5", "7", "8", "9", "21", "53")

pens = some.builds(
    lambda codes, ink, ground: after(PLAIN, ";".join([*codes, *ink, *ground])),
    some.lists(some.sampled_from(CODES), unique=True),
    some.lists(some.sampled_from(["31", "37", "91", "38;5;200", "38;2;1;2;3"]), max_size=1),
    some.lists(some.sampled_from(["41", "47", "101", "48;5;200", "48;2;1;2;3"]), max_size=1),
)


def followed(pen: Pen, data: str) -> Pen:
    for parameters in re.findall(r"\x1b\[([\d;]*)m", data):
        pen = after(pen, parameters)
    return pen


@given(pens, pens)
def test_a_transition_leads_to_the_pen_and_is_never_longer_than_saying_all_of_it(pen: Pen, to: Pen) -> None:
    assert followed(pen, transition(pen, to)) == to
    assert len(transition(pen, to)) <= len(transition(None, to))


@given(pens, pens)
def test_from_an_unknown_pen_everything_is_said(pen: Pen, to: Pen) -> None:
    assert followed(pen, transition(None, to)) == to


@given(some.none() | pens, pens, some.none() | pens)
def test_a_pen_for_a_blank_draws_the_same_blank(pen: Pen | None, blank: Pen, following: Pen | None) -> None:
    assert of_blank(for_blank(pen, of_blank(blank), following)) == of_blank(blank)


@pytest.mark.parametrize(
    ("begin", "to", "expected"),
    [
        ("", "", ""),
        ("1", "1;31", "\x1b[31m"),
        ("1;31", "1", "\x1b[39m"),
        ("1;31", "", "\x1b[m"),
        ("1;31", "31", "\x1b[22m"),
        ("1;2;31", "2;31", "\x1b[22;2m"),
        ("4;31;42", "9;31;42", "\x1b[24;9m"),
        ("38;2;1;2;3;48;5;7", "38;2;1;2;3;48;5;8", "\x1b[48;5;8m"),
        ("7;9;53", "32", "\x1b[0;32m"),
        ("", "38;2;95;175;215;48;2;18;18;18", "\x1b[38;5;74;48;5;233m"),
        ("", "38;2;0;0;95", "\x1b[38;2;0;0;95m"),  # number 17 is what palettes change
        ("", "38;2;95;175;216", "\x1b[38;2;95;175;216m"),
    ],
)
def test_only_what_differs_is_said(begin: str, to: str, expected: str) -> None:
    assert transition(after(PLAIN, begin), after(PLAIN, to)) == expected


@given(some.integers(22, 255))
def test_a_colour_that_has_a_number_is_said_by_it_and_looks_the_same(number: int) -> None:
    rgb = [int(FG_BG_256[number][at : at + 2], 16) for at in (0, 2, 4)]
    said = transition(PLAIN, Pen(ink="38;2;{};{};{}".format(*rgb)))
    shown = Terminal(1, 1)
    shown.feed(f"{said}x")
    assert "38;5;" in said
    assert shown.buffer[0][0].fg == FG_BG_256[number]


def test_a_link_is_opened_and_closed_beside_the_style() -> None:
    linked = Pen(ink="34", link="id=1;https://x")
    assert transition(PLAIN, linked) == "\x1b[34m\x1b]8;id=1;https://x\x1b\\"
    assert transition(linked, Pen(ink="34")) == "\x1b]8;;\x1b\\"


@pytest.mark.parametrize(
    ("parameters", "pen"),
    [
        ("", PLAIN),
        ("0", PLAIN),
        ("31;0;42", Pen(ground="42")),
        ("38;5;7;1", Pen(1, ink="38;5;7")),
        ("31;39", PLAIN),
        ("38", Pen(ink="38;;")),
        ("99;12", PLAIN),
    ],
)
def test_parameters_are_read(parameters: str, pen: Pen) -> None:
    assert after(PLAIN, parameters) == pen


def test_a_blank_has_no_ink_unless_it_is_reversed_or_has_lines() -> None:
    assert of_blank(after(PLAIN, "1;3;31;42")) == Pen(ground="42")
    assert of_blank(after(PLAIN, "7;31")) == after(PLAIN, "7;31")
    assert of_blank(after(PLAIN, "4;31")) == after(PLAIN, "4;31")


def test_a_blank_takes_the_pen_that_is_needed_next() -> None:
    red, green = after(PLAIN, "31;44"), after(PLAIN, "32")
    assert for_blank(red, PLAIN, green) == green
    assert for_blank(red, of_blank(red), green) == red
    assert for_blank(after(PLAIN, "4;31"), PLAIN, None) == PLAIN  # ESC [ m is shorter than ESC [ 2 4 m
