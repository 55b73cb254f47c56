"""From the bytes Textual writes to what they draw: cursor placements, cells, and sequences that are not ours to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.wire.cells import Row
from tui.wire.palette import PLAIN as PLAIN_CHAR
from tui.wire.palette import Palette
from tui.wire.pens import PLAIN, Pen, after, linked
from tui.wire.segments import Segment, add_cells, one_of, segment, side_by_side

_STRING = r"[^\x07\x1b]*(?:\x07|\x1b\\)"
_LINK = r"\]8;[^\x07\x1b]*\x1b\\"
_OURS = rf"\[[\d;]*m|{_LINK}|\\"
"""What follows an Escape that belongs to the text: SGR, a link, and the end of a link."""
_PLACES = re.compile(r"\x1b\[(\d*)(?:;(\d*))?H")
_PLACED = re.compile(r"\x1b\[([1-9]\d*);([1-9]\d*)H")
_SEQUENCES = re.compile(
    rf"""(\x1b(?!{_OURS})(?:\[[0-?]*[ -/]*[@-~] | [\]P_^X]{_STRING} | [ -/]*[0-Z\\`-~])
    |[\x00-\x1a\x1c-\x1f\x7f-\x9f]                    # control characters
    |\x1b(?!{_OURS}))                                # what is left of a broken sequence""",
    re.VERBOSE,
)
_PENS = re.compile(r"\x1b\[([\d;]*)m|\x1b\]8;([^\x07\x1b]*)\x1b\\|\x1b\\")
_RESET = "\x1b[0m"
_SGR = re.compile(r"(?:\x1b\[([\d;]*))?")
"""An SGR sequence without its end, or none."""
_MANY_SEGMENTS, _MANY_ROWS = 4096, 512
_HARMLESS = re.compile(
    r"""\x07                                          # the bell
    |\x1b\](?!8;).*                                  # titles, the clipboard, the pointer's shape
    |\x1b\[\?(?!(?:3|6|69|47|1047|1048|1049)[hl])[\d]+[hl]   # modes, but for those that move or swap the screen
    |\x1b\[[<=>?]?[\d;]*(?:u|\$p|[cnt]|\ q)           # keyboard modes, questions, the cursor's shape
    |\x1b\[>\d*q|\x1b\[>[\d;]*m|\x1b[=>]|\x1bP[+$]q.*                # more questions, the keypad""",
    re.VERBOSE | re.DOTALL,
)


def placed(data: str) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """The data in parts: what is written, then where the cursor is placed (row, column, both from 0); None at the end."""
    parts = _PLACES.split(data)
    for at in range(0, len(parts) - 1, 3):
        yield parts[at], (_from_one(parts[at + 1]), _from_one(parts[at + 2]))
    yield parts[-1], None


@lru_cache(maxsize=4096)
def _place(sequence: str) -> tuple[int, int] | None:
    """Where a sequence places the cursor; None if it is another one, or none."""
    place = _PLACED.fullmatch(sequence)
    return None if place is None else (int(place[1]) - 1, int(place[2]) - 1)


def placed_last(data: str) -> tuple[str, tuple[int, int] | None]:
    """The data without the placement of the cursor it ends with, and that; None if it does not end so."""
    at = data.rfind("\x1b[")
    place = _PLACES.fullmatch(data, at) if at >= 0 else None
    return (data, None) if place is None else (data[:at], (_from_one(place[1]), _from_one(place[2])))


def sequenced(text: str) -> Iterator[tuple[str, str]]:
    """A text in parts: what draws, then a sequence or control character that does not; empty at the end."""
    parts = [*_SEQUENCES.split(text), ""]
    yield from zip(parts[::2], parts[1::2], strict=True)


def _from_one(number: str | None) -> int:
    return max(int(number or 1), 1) - 1


@lru_cache(maxsize=256)
def is_harmless(sequence: str) -> bool:
    """Whether a sequence leaves the cells, the cursor's place and the pen alone."""
    return _HARMLESS.fullmatch(sequence) is not None


Place = tuple[int, int]
"""A row and a column, both from 0."""
Placed = tuple[Place, Row]
"""Where cells are drawn side by side, and the cells."""
Chop = tuple[Place | None, Row]
"""The same of a line that is read; None: from where the cursor is."""


class Reader:
    """Reads what a line draws; remembers the rows and segments it has read, for most are written many times."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._segments: dict[str, Segment] = {}
        self._pens: dict[str, tuple[str, str]] = {}
        """What begins a segment → its pen, and that of its blanks."""
        self._rows: dict[str, Row] = {}

    def forget(self) -> None:
        """Forget all segments, as must be when the palette was cleared."""
        self._rows.clear()
        self._segments.clear()
        self._pens.clear()

    def chops(self, line: str) -> list[Chop] | None:
        """What a line draws that begins and ends in the plain pen; None where it does not, or does not draw only."""
        rows, behind = self._rows, line.find("H") + 1
        if (row := rows.get(line[behind:])) is not None and (place := _place(line[:behind])) is not None:
            return [(place, row)]
        parts = _PLACED.split(line)
        chops: list[Chop] = []
        for at in range(0, len(parts), 3):
            if not (part := parts[at]) and not at:
                continue
            row = rows.get(part) or self._row(part)
            if row is None:
                return None
            chops.append(((int(parts[at - 2]) - 1, int(parts[at - 1]) - 1) if at else None, row))
        return chops

    def _row(self, text: str) -> Row | None:
        """Read what is drawn side by side and remember it; None as for the whole line."""
        parts = text.split(_RESET)
        if not parts[-1]:
            parts.pop()
        elif "m" in parts[-1] and _PENS.search(parts[-1]):
            return None
        segments: list[Segment] = []
        for part in parts:
            found = self._segments.get(part) or self._segment(part)
            if found is None:
                return None
            segments.append(found)
        if len(self._rows) >= _MANY_ROWS:
            self._rows.clear()
        row = self._rows[text] = side_by_side(segments)
        return row

    def _segment(self, part: str) -> Segment | None:
        """Read a segment and remember it: text in the plain pen, then text in another; None if it does not draw alone."""
        start = part.find("\x1b")
        plain, (sgr, _, styled) = (part, ("", "", "")) if start < 0 else (part[:start], part[start:].partition("m"))
        pens = self._pens.get(sgr) or self._pen_of(sgr)
        found = None if pens is None else segment(styled, *pens)
        if plain and found is not None:
            before = segment(plain, PLAIN_CHAR, PLAIN_CHAR)
            found = None if before is None else one_of(before, found)
        if found is not None:
            if len(self._segments) >= _MANY_SEGMENTS:
                self._segments.clear()
            self._segments[part] = found
        return found

    def _pen_of(self, sgr: str) -> tuple[str, str] | None:
        match = _SGR.fullmatch(sgr)
        if match is None:
            return None
        char = self._palette.char(after(PLAIN, match[1] or ""))
        found = self._pens[sgr] = char, self._palette.blank(char)
        return found

    def cells(self, text: str, pen: Pen) -> tuple[Row, Pen] | None:
        """The cells of any text, begun with a pen, and the pen it leaves in force; None if not all of it draws.

        A combining character without one before it is left out.
        """
        if _SEQUENCES.search(text):
            return None
        cells: list[str] = []
        pens, parts = "", _PENS.split(text)
        for at in range(0, len(parts), 3):
            before, char = len(cells), self._palette.char(pen)
            if part := parts[at]:
                add_cells(part, cells)
                pens += char * (len(cells) - before)
            if at + 1 < len(parts):
                pen = _changed(pen, parts[at + 1], parts[at + 2])
        blank = self._palette.blank
        looks = "".join([blank(char) if cell == " " else char for cell, char in zip(cells, pens, strict=True)])
        return Row.of(cells, pens, looks), pen


def _changed(pen: Pen, parameters: str | None, link: str | None) -> Pen:
    if parameters is not None:
        return after(pen, parameters)
    if link is None:  # the end of a sequence whose beginning is not here
        return pen
    return linked(pen, "" if link.endswith(";") and link.count(";") == 1 else link)
