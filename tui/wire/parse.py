"""From the bytes Textual writes to what they draw: cursor placements, cells, and sequences that are not ours to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain

from rich.cells import split_graphemes

from tui.wire.cells import RIGHT_HALF, SIMPLE, Row
from tui.wire.palette import PLAIN as PLAIN_CHAR
from tui.wire.palette import Palette
from tui.wire.pens import PLAIN, Pen, after, linked

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
_SIMPLE = re.compile(f"[{SIMPLE}]*")
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


Chop = tuple[tuple[int, int] | None, Row]
"""Where cells are drawn side by side (row, column; None: from where the cursor is), and the cells."""
_Segment = tuple[str | tuple[str, ...], str, str, tuple[int, ...]]
"""The texts, the pens and the looks of a row, and how many cells each pen draws."""
_EMPTY: _Segment = ("", "", "", ())


class Reader:
    """Reads what a line draws; remembers the rows and segments it has read, for most are written many times."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._segments: dict[str, _Segment] = {}
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
        segments = [self._segments.get(part) or self._segment(part) for part in parts]
        if None in segments:
            return None
        if len(self._rows) >= _MANY_ROWS:
            self._rows.clear()
        row = self._rows[text] = _side_by_side(segments)
        return row

    def _segment(self, part: str) -> _Segment | None:
        """Read a segment and remember it: text in the plain pen, then text in another; None if it does not draw alone."""
        start = part.find("\x1b")
        plain, (sgr, _, styled) = (part, ("", "", "")) if start < 0 else (part[:start], part[start:].partition("m"))
        pens = self._pens.get(sgr) or self._pen_of(sgr)
        segment = None if pens is None else self._alone(styled, *pens)
        if plain and segment is not None:
            before = self._alone(plain, PLAIN_CHAR, PLAIN_CHAR)
            segment = None if before is None else _joined(before, segment)
        if segment is not None:
            if len(self._segments) >= _MANY_SEGMENTS:
                self._segments.clear()
            self._segments[part] = segment
        return segment

    def _pen_of(self, sgr: str) -> tuple[str, str] | None:
        match = _SGR.fullmatch(sgr)
        if match is None:
            return None
        char = self._palette.char(after(PLAIN, match[1] or ""))
        found = self._pens[sgr] = char, self._palette.blank(char)
        return found

    def _alone(self, text: str, char: str, blank: str) -> _Segment | None:
        """The cells of a text in one pen; None if it does not draw, or if its beginning belongs to the cell before it."""
        if (text.isascii() and text.isprintable()) or _SIMPLE.fullmatch(text):
            is_even = char == blank or " " not in text
            looks = char * len(text) if is_even else blank.join([char * len(word) for word in text.split(" ")])
            return text, char * len(text), looks, (len(text),) if text else ()
        if _SEQUENCES.search(text) or not split_graphemes(text)[0][0][2]:
            return None
        cells: list[str] = []
        _add(text, cells)
        looks = "".join([blank if cell == " " else char for cell in cells])
        return tuple(cells), char * len(cells), looks, (len(cells),)

    def cells(self, text: str, pen: Pen) -> tuple[Row, Pen] | None:
        """The cells of any text, begun with a pen, and the pen it leaves in force; None if not all of it draws.

        A combining character without one before it is left out.
        """
        if _SEQUENCES.search(text):
            return None
        cells: list[str] = []
        pens, looks = "", ""
        parts = _PENS.split(text)
        for at in range(0, len(parts), 3):
            before, char = len(cells), self._palette.char(pen)
            if part := parts[at]:
                _add(part, cells)
                pens += char * (len(cells) - before)
                blank = self._palette.blank(char)
                looks += "".join([blank if cell == " " else char for cell in cells[before:]])
            if at + 1 < len(parts):
                pen = _changed(pen, parts[at + 1], parts[at + 2])
        return Row.of(cells, pens, looks), pen


def _side_by_side(segments: Sequence[_Segment | None]) -> Row:
    """Segments side by side, none of them None."""
    if len(segments) < 2:
        return Row(*(segments[0] if segments and segments[0] else _EMPTY)[:3])
    texts, pens, looks, lengths = zip(*segments, strict=True)
    joined = tuple(chain(*texts)) if tuple in map(type, texts) else "".join(texts)
    return Row(joined, "".join(pens), "".join(looks), tuple(accumulate(chain.from_iterable(lengths))))


def _joined(one: _Segment, other: _Segment) -> _Segment:
    cells = one[0], other[0]
    texts = tuple(chain(*cells)) if tuple in map(type, cells) else "".join(chain(*cells))
    return texts, one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _changed(pen: Pen, parameters: str | None, link: str | None) -> Pen:
    if parameters is not None:
        return after(pen, parameters)
    if link is None:  # the end of a sequence whose beginning is not here
        return pen
    return linked(pen, "" if link.endswith(";") and link.count(";") == 1 else link)


def _add(text: str, cells: list[str]) -> None:
    """Add the cells of a text; a combining mark goes to the cell before it, or nowhere."""
    if _SIMPLE.fullmatch(text):
        cells += text
        return
    for start, stop, width in split_graphemes(text)[0]:
        if width:
            cells += (text[start:stop], RIGHT_HALF) if width == 2 else (text[start:stop],)
        else:
            _combine(text[start:stop], cells)


def _combine(mark: str, cells: list[str]) -> None:
    place = len(cells) - 1
    while place >= 0 and cells[place] == RIGHT_HALF:
        place -= 1
    if place >= 0:
        cells[place] += mark
