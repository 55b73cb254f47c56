"""Pens: how a cell is drawn (attributes, colours, link), and the shortest sequence from one pen to another."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import NamedTuple


class Pen(NamedTuple):
    """Attributes as a set of bits, the colours as SGR parameters, the link as the parameters of OSC 8; empty: default.

    The functions here give the same object for the same pen as long as they remember it, so that cells can be compared by
    identity: should one be forgotten, some cells are sent that need not be.
    """

    attributes: int = 0
    ink: str = ""
    ground: str = ""
    link: str = ""


PLAIN = Pen()
_ATTRIBUTES = (
    ("1", "22"), ("2", "22"), ("3", "23"), ("4", "24"), ("5", "25"), ("6", "25"), ("7", "27"), ("8", "28"),
    ("9", "29"), ("21", "24"), ("51", "54"), ("52", "54"), ("53", "55"),
)  # fmt: skip
"""The SGR parameter that sets an attribute, and the one that ends it; the bit is the place in the table."""
_BIT = {on: 1 << place for place, (on, _) in enumerate(_ATTRIBUTES)}
_ENDED_BY: dict[str, int] = {}
for _on, _off in _ATTRIBUTES:
    _ENDED_BY[_off] = _ENDED_BY.get(_off, 0) | _BIT[_on]

_UNSEEN = _BIT["1"] | _BIT["2"] | _BIT["3"]
"""Bold, faint and italic change nothing about a blank; neither does its ink, unless it is reversed or has lines."""


@lru_cache(maxsize=4096)
def after(pen: Pen, parameters: str) -> Pen:
    """The pen after ``ESC [ parameters m``; parameters that mean nothing to us are skipped."""
    attributes, ink, ground, link = pen
    rest = iter(parameters.split(";"))
    for code in rest:
        if code in ("", "0", "00"):
            attributes, ink, ground = 0, "", ""
        elif code in ("38", "48"):
            colour = _extended(code, rest)
            ink, ground = (colour, ground) if code == "38" else (ink, colour)
        elif code in _BIT:
            attributes |= _BIT[code]
        elif code in _ENDED_BY:
            attributes &= ~_ENDED_BY[code]
        elif code.isdecimal() and (30 <= int(code) <= 39 or 90 <= int(code) <= 97):
            ink = "" if code == "39" else code
        elif code.isdecimal() and (40 <= int(code) <= 49 or 100 <= int(code) <= 107):
            ground = "" if code == "49" else code
    return _kept(Pen(attributes, ink, ground, link))


@lru_cache(maxsize=4096)
def _kept(pen: Pen) -> Pen:
    return PLAIN if pen == PLAIN else pen


def _extended(code: str, rest: object) -> str:
    kind = next(rest, "")  # type: ignore[call-overload]
    numbers = [next(rest, "") for _ in range(3 if kind == "2" else 1)]  # type: ignore[call-overload]
    return ";".join([code, kind, *numbers])


@lru_cache(maxsize=1024)
def linked(pen: Pen, link: str) -> Pen:
    """The pen with another link; empty for none."""
    return _kept(pen._replace(link=link))


@lru_cache(maxsize=4096)
def of_blank(pen: Pen) -> Pen:
    """The pen that all pens share which draw the same blank: only what can be seen of a blank is kept."""
    return pen if pen.attributes & ~_UNSEEN or pen.link else _kept(Pen(ground=pen.ground))


@lru_cache(maxsize=4096)
def erases(pen: Pen) -> bool:
    """Whether blanks in this pen are what erasing leaves: a ground, no lines, no link."""
    return not pen.attributes & ~_UNSEEN and not pen.link


@lru_cache(maxsize=8192)
def transition(pen: Pen | None, to: Pen) -> str:
    """The shortest sequence that leads from one pen to another; from None, an unknown one, everything is set."""
    links = "" if to.link == (pen.link if pen else "") else f"\x1b]8;{to.link or ';'}\x1b\\"
    if pen is not None and pen[:3] == to[:3]:
        return links
    whole = _sgr(["0", *_set(to.attributes), to.ink, to.ground]) if to[:3] != PLAIN[:3] else "\x1b[m"
    steps = whole if pen is None else _steps(pen, to)
    return (whole if len(whole) < len(steps) else steps) + links


def _steps(pen: Pen, to: Pen) -> str:
    gone = pen.attributes & ~to.attributes
    ends = list(dict.fromkeys(off for on, off in _ATTRIBUTES if gone & _BIT[on]))
    left = pen.attributes
    for off in ends:
        left &= ~_ENDED_BY[off]
    ink = [] if pen.ink == to.ink else [to.ink or "39"]
    ground = [] if pen.ground == to.ground else [to.ground or "49"]
    return _sgr([*ends, *_set(to.attributes & ~left), *ink, *ground])


def _set(attributes: int) -> list[str]:
    return [on for on, bit in _BIT.items() if attributes & bit]


def _sgr(parameters: list[str]) -> str:
    return f"\x1b[{';'.join(map(_shortest, filter(None, parameters)))}m"


_LEVELS = ("0", "95", "135", "175", "215", "255")
_FIRST_FIXED = 22
"""The first number of a colour that is the same everywhere: palettes people exchange reach up to 21."""
_NUMBERS = {
    ";".join(rgb): str(number)
    for number, rgb in enumerate([*product(_LEVELS, repeat=3), *((str(grey),) * 3 for grey in range(8, 248, 10))], 16)
    if number >= _FIRST_FIXED
}
"""24-bit colours that terminals also know by a number, which is shorter."""


def _shortest(parameter: str) -> str:
    """A parameter, a 24-bit colour by its number where it has one: who shows the former knows the latter."""
    target, kind, rgb = (*parameter.split(";", 2), "", "")[:3]
    return f"{target};5;{_NUMBERS[rgb]}" if kind == "2" and rgb in _NUMBERS else parameter


@lru_cache(maxsize=8192)
def for_blank(pen: Pen | None, blank: Pen, following: Pen | None) -> Pen:
    """The pen to draw a blank with, which looks like ``blank``: the one in force if it will do.

    Else the one that is needed next anyway, if that will do, else the one that costs the least to change to.
    """
    if pen is not None and of_blank(pen) == blank:
        return pen
    if following is not None and of_blank(following) == blank:
        return following
    if pen is None or not erases(blank):
        return blank
    kept = Pen(pen.attributes & _UNSEEN, pen.ink, blank.ground)
    return min(kept, blank, key=lambda to: len(transition(pen, to)))
