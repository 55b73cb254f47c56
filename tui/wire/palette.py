"""Pens as characters: the pens of a row are a string then, which compares, cuts and searches as fast as its text."""

from __future__ import annotations

from tui.wire import pens
from tui.wire.pens import Pen

PLAIN = "\1"
"""The character of the plain pen."""
_MANY = 8192
"""Pens from which on a palette is full; all characters stay below those that UTF-16 writes in two parts."""


class Palette:
    """Gives every pen a character, and answers about pens by it what ``pens`` answers about themselves."""

    def __init__(self) -> None:
        self.is_full = False
        """Whether it is time to clear it."""
        self.edition = 0
        """How often it was cleared: what was drawn with characters of before means nothing any more."""
        self._pens: list[Pen] = []
        self._chars: dict[Pen, str] = {}
        self._blanks: dict[str, str] = {}
        self._ways: dict[tuple[str | None, str], str] = {}
        self._for_blanks: dict[tuple[str | None, str, str | None], str] = {}
        self.clear()

    def clear(self) -> None:
        """Forget every pen but the plain one."""
        for kept in (self._pens, self._chars, self._blanks, self._ways, self._for_blanks):
            kept.clear()
        self.is_full = False
        self.edition += 1
        self.char(pens.PLAIN)

    def char(self, pen: Pen) -> str:
        """The character of a pen."""
        char = self._chars.get(pen)
        if char is None:
            self._pens.append(pen)
            char = self._chars[pen] = chr(len(self._pens))
            self.is_full = len(self._pens) >= _MANY
        return char

    def pen(self, char: str) -> Pen:
        """The pen of a character."""
        return self._pens[ord(char) - 1]

    def blank(self, char: str) -> str:
        """The pen that all share which draw the same blank."""
        blank = self._blanks.get(char)
        if blank is None:
            blank = self._blanks[char] = self.char(pens.of_blank(self.pen(char)))
        return blank

    def erases(self, char: str) -> bool:
        """Whether blanks in this pen are what erasing leaves."""
        return pens.erases(self.pen(char))

    def transition(self, char: str | None, to: str) -> str:
        """The shortest sequence from one pen to another; from None, an unknown one, everything is set."""
        way = self._ways.get((char, to))
        if way is None:
            way = pens.transition(None if char is None else self.pen(char), self.pen(to))
            self._ways[char, to] = way
        return way

    def for_blank(self, char: str | None, blank: str, following: str | None) -> str:
        """The pen to draw a blank with: the one in force, the following one, or the cheapest."""
        asked = char, blank, following
        found = self._for_blanks.get(asked)
        if found is None:
            in_force, next_one = (None if one is None else self.pen(one) for one in (char, following))
            found = self._for_blanks[asked] = self.char(pens.for_blank(in_force, self.pen(blank), next_one))
        return found
