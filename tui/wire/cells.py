"""The shadow: what each cell of the terminal shows, as far as it is known."""

from __future__ import annotations

import re
from codecs import utf_16_le_decode, utf_16_le_encode
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from operator import ne, or_
from unicodedata import category

from tui.wire.palette import PLAIN

UNKNOWN = "\0"
"""What stands in a cell that may show anything."""
RIGHT_HALF = ""
"""What stands in the second cell of a wide character, whose text is in the cell to its left."""
SAME, DIFFERENT = "\0", "\1"
"""What stands in a comparison for a cell that need not be drawn, and (or anything else) for one that must."""

_CERTAIN = (
    (0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x2FF), (0x370, 0x482), (0x2010, 0x2027), (0x2030, 0x203B), (0x2190, 0x2193),
    (0x2200, 0x22FF), (0x2500, 0x25FC), (0x2713, 0x2713), (0x2717, 0x2717), (0x2800, 0x28FF), (0x3041, 0x3096),
    (0x30A1, 0x30FA), (0x4E00, 0x9FA5), (0xAC00, 0xD7A3), (0xFF01, 0xFF5E),
)  # fmt: skip
"""Characters for which all terminals move the cursor as far as Rich reckons.

Elsewhere (emoji, what Unicode has added or widened over time) they disagree, and with combining characters too.
"""
_WIDE = 0x3000
"""Certain characters from here on have two cells."""
SIMPLE = "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in _CERTAIN if last < _WIDE)
"""What is drawn by one character, of one cell for certain; for between the brackets of a regular expression."""
_MARKS = ("Mn", "Me", "Cf")
_STRETCH = re.compile(r"(.)\1*", re.DOTALL)
_SIMPLE = re.compile(f"[{UNKNOWN}{SIMPLE}]*")


@lru_cache(maxsize=4096)
def is_certain(text: str) -> bool:
    """Whether terminals agree how wide the text of a cell is; the right half of a wide one has nothing to agree on."""
    return len(text) < 2 and (not text or any(first <= ord(text) <= last for first, last in _CERTAIN))


@lru_cache(maxsize=4096)
def reach(text: str) -> int:
    """The most cells a terminal may draw a text in: two for each character of it that is not a mark on another."""
    return 2 * sum(category(character) not in _MARKS for character in text)


def is_blank(texts: str | tuple[str, ...]) -> bool:
    """Whether cells with these texts hold nothing."""
    return texts.isspace() if isinstance(texts, str) else all(text == " " for text in texts)


class Row:
    """Cells side by side, never changed: their texts, their pens, and their looks.

    ``texts`` is one string while every cell is simple (drawn by one character, of one cell for certain, or not known at
    all), else a tuple of what each cell holds.  ``pens`` has a character of the palette for each cell; ``looks`` the same
    but that blanks which look alike have the same one.  Cells look alike if their texts and their looks are equal.
    """

    __slots__ = ("_bits", "_blank_from", "_ends", "is_simple", "looks", "pens", "texts")

    def __init__(self, texts: str | tuple[str, ...], pens: str, looks: str, ends: tuple[int, ...] | None = None) -> None:
        self.texts = texts
        self.pens = pens
        self.looks = looks
        self._ends = ends
        self.is_simple = type(texts) is str
        """Whether every cell is."""
        self._bits: tuple[int, int] | None = None
        self._blank_from = -1

    @classmethod
    def of(cls, cells: Sequence[str], pens: str, looks: str) -> Row:
        """The row of some cells."""
        is_plain = RIGHT_HALF not in cells and max(map(len, cells), default=0) < 2
        text = "".join(cells) if is_plain else ""
        return cls(text if is_plain and _SIMPLE.fullmatch(text) else tuple(cells), pens, looks)

    @classmethod
    def filled(cls, width: int, text: str, pen: str = PLAIN) -> Row:
        """A row of equal simple cells in one pen."""
        return cls(text * width, pen * width, pen * width, (width,))

    @property
    def ends(self) -> tuple[int, ...]:
        """The columns behind stretches of one pen, from the left; neighbours may have the same one."""
        if self._ends is None:
            self._ends = tuple([stretch.end() for stretch in _STRETCH.finditer(self.pens)])
        return self._ends

    @property
    def blank_from(self) -> int:
        """The column from which on all cells are blanks that look like the last one; the width if that is none."""
        if self._blank_from < 0:
            self._blank_from = self._found_blank_from() if self.texts[-1] == " " else len(self.looks)
        return self._blank_from

    def _found_blank_from(self) -> int:
        if isinstance(self.texts, str):
            blank = len(self.texts.rstrip(" "))
        else:
            blank = max((x for x, text in enumerate(self.texts) if text != " "), default=-1) + 1
        return max(blank, len(self.looks.rstrip(self.looks[-1])))

    def text(self, start: int, stop: int) -> str:
        """What cells hold, as it is written."""
        texts = self.texts[start:stop]
        return texts if isinstance(texts, str) else "".join(texts)

    def shows(self, x: int, stop: int, other: Row) -> bool:
        """Whether the cells between two columns look like those of another row, which are as many."""
        return self.looks[x:stop] == other.looks and self.texts[x:stop] == other.texts

    def drawn(self, x: int, new: Row) -> Row:
        """This row after drawing another one over it from a column on; what passes the edge is left out."""
        width = len(self.pens)
        end = x + len(new.pens)
        if not x and end == width:
            return new
        if end > width or not (self.is_simple and new.is_simple):
            return self._mended(x, new, min(end, width))
        texts = self.texts[:x] + new.texts + self.texts[end:]  # type: ignore[operator]
        pens = self.pens[:x] + new.pens + self.pens[end:]
        before, between = [stop for stop in self.ends if stop < x], [x + stop for stop in new.ends]
        ends = *before, *((x,) if x else ()), *between, *[stop for stop in self.ends if stop > end]
        return Row(texts, pens, self.looks[:x] + new.looks + self.looks[end:], ends)

    def _mended(self, x: int, new: Row, end: int) -> Row:
        """The same where half a wide character may remain, which cannot be drawn and becomes a blank."""
        texts, room = list(self.texts), end - x
        if texts[x] == RIGHT_HALF and x:
            texts[x - 1] = " "
        if end < len(texts) and texts[end] == RIGHT_HALF:
            texts[end] = " "
        texts[x:end] = new.texts[:room]
        if room < len(new.texts) and new.texts[room] == RIGHT_HALF:
            texts[end - 1] = " "
        pens = self.pens[:x] + new.pens[:room] + self.pens[end:]
        return Row.of(texts, pens, self.looks[:x] + new.looks[:room] + self.looks[end:])

    def differing(self, other: Row) -> tuple[int, str]:
        """From the first to the last column that must be drawn to turn the other row into this: where that begins, and a
        character for each, ``SAME`` for a cell that can stay; no characters if all can.
        """
        if self is other or (self.looks == other.looks and self.texts == other.texts):
            return 0, ""
        if not (self.is_simple and other.is_simple):
            return self._carefully_differing(other)
        (text, look), (other_text, other_look) = self._bits or self._found_bits(), other._bits or other._found_bits()
        differ = (text ^ other_text) | (look ^ other_look)
        first, stop = ((differ & -differ).bit_length() - 1) // 16, (differ.bit_length() + 15) // 16
        found = (differ >> 16 * first).to_bytes(2 * (stop - first), "little")
        return first, utf_16_le_decode(found)[0]

    def _carefully_differing(self, other: Row) -> tuple[int, str]:
        found = map(or_, map(ne, self.texts, other.texts), map(ne, self.looks, other.looks))
        whole = self._whole(list(compress(range(len(self.looks)), found)), other)
        changed = {x for x in whole if self.texts[x] != UNKNOWN}
        columns = range(min(changed, default=0), max(changed, default=-1) + 1)
        return columns.start, "".join([DIFFERENT if x in changed else SAME for x in columns])

    def _found_bits(self) -> tuple[int, int]:
        """The texts and the looks of a simple row as two numbers, 16 bits a cell, for all to be compared at once."""
        texts, looks = utf_16_le_encode(str(self.texts))[0], utf_16_le_encode(self.looks)[0]
        self._bits = int.from_bytes(texts, "little"), int.from_bytes(looks, "little")
        return self._bits

    def _whole(self, changed: list[int], other: Row) -> set[int]:
        """The columns, and those that must be drawn with them: other halves, and neighbours of what has no certain width."""
        found, todo = set(changed), list(changed)
        while todo:
            x = todo.pop()
            more = {column for row in (self, other) for column in row._bound(x)} - found
            found |= more
            todo += more
        return found

    def _bound(self, x: int) -> list[int]:
        """The columns that cannot stay as they are when this one is drawn, as far as a terminal may draw it."""
        texts = self.texts
        bound = [x - 1] if texts[x] == RIGHT_HALF else []
        is_wide = x + 1 < len(texts) and texts[x + 1] == RIGHT_HALF
        behind = x + 2 if is_wide else x + 1
        if is_wide:
            bound.append(x + 1)
        if not is_certain(texts[x]) and texts[x] != UNKNOWN:
            bound += range(behind, min(max(x + reach(texts[x]), behind + 1), len(texts)))
        return bound
