"""Segments: texts in one pen as cells, and segments side by side as a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, chain

from rich.cells import split_graphemes

from tui.wire.cells import RIGHT_HALF, SIMPLE, Row

_SIMPLE = re.compile(f"[{SIMPLE}]*")
_CONTROL = re.compile("[\0-\x1f\x7f-\x9f]")
_FLAGS = re.compile(r"([\U0001f1e6-\U0001f1ff]{2})")
"""Two letters that a terminal may show as a flag, unless it is sent elsewhere between them."""

Segment = tuple[str | tuple[str, ...], str, str, tuple[int, ...]]
"""The texts, the pens and the looks of a row, and how many cells each pen draws."""
_EMPTY: Segment = ("", "", "", ())


def is_simple(text: str) -> bool:
    """Whether every cell of a text is drawn by one character, of one cell for certain."""
    return (text.isascii() and text.isprintable()) or _SIMPLE.fullmatch(text) is not None


def looks_of(text: str, pen: str, blank: str) -> str:
    """The looks of a text of simple cells in one pen, its blanks in another."""
    if pen == blank or " " not in text:
        return pen * len(text)
    drawn = text.strip(" ")
    if not drawn:
        return blank * len(text)
    begin = text.find(drawn[0])
    looks = pen * len(drawn) if " " not in drawn else blank.join([pen * len(word) for word in drawn.split(" ")])
    return blank * begin + looks + blank * (len(text) - begin - len(drawn))


def segment(text: str, pen: str, blank: str) -> Segment | None:
    """The cells of a text in one pen, its blanks in another; None where it does not draw alone.

    That is a text that has control characters, or whose beginning belongs to the cell before it.
    """
    if is_simple(text):
        return text, pen * len(text), looks_of(text, pen, blank), (len(text),) if text else ()
    if _CONTROL.search(text) or not split_graphemes(text)[0][0][2]:
        return None
    cells: list[str] = []
    add_cells(text, cells)
    looks = "".join([blank if cell == " " else pen for cell in cells])
    return tuple(cells), pen * len(cells), looks, (len(cells),)


def side_by_side(segments: Sequence[Segment]) -> Row:
    """The row of some segments."""
    if len(segments) < 2:
        return Row(*(segments[0] if segments else _EMPTY)[:3])
    texts, pens, looks, lengths = zip(*segments, strict=True)
    joined = tuple(chain(*texts)) if tuple in map(type, texts) else "".join(texts)
    return Row(joined, "".join(pens), "".join(looks), tuple(accumulate(chain.from_iterable(lengths))))


def one_of(first: Segment, second: Segment) -> Segment:
    """Two segments as one."""
    cells = first[0], second[0]
    texts = tuple(chain(*cells)) if tuple in map(type, cells) else "".join(chain(*cells))
    return texts, first[1] + second[1], first[2] + second[2], first[3] + second[3]


def add_cells(text: str, cells: list[str]) -> None:
    """Add the cells of a text; a combining mark goes to the cell before it, or nowhere."""
    if _SIMPLE.fullmatch(text):
        cells += text
        return
    for part in _FLAGS.split(text):
        if _FLAGS.fullmatch(part):
            cells += part, RIGHT_HALF
            continue
        for start, stop, width in split_graphemes(part)[0]:
            if width:
                cells += (part[start:stop], RIGHT_HALF) if width == 2 else (part[start:stop],)
            else:
                _combine(part[start:stop], cells)


def _combine(mark: str, cells: list[str]) -> None:
    place = len(cells) - 1
    while place >= 0 and cells[place] == RIGHT_HALF:
        place -= 1
    if place >= 0:
        cells[place] += mark
