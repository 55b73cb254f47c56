"""From the bytes Textual writes to what they draw: cursor placements, cells, and sequences that are not ours to read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes

from tui.wire.cells import RIGHT_HALF, is_simple
from tui.wire.pens import Pen, after, linked, of_blank

_STRING = r"[^\x07\x1b]*(?:\x07|\x1b\\)"
_LINK = r"\]8;[^\x07\x1b]*\x1b\\"
_OURS = rf"\[[\d;]*m|{_LINK}|\\"
"""What follows an Escape that belongs to the text: SGR, a link, and the end of a link."""
_PLACES = re.compile(r"\x1b\[(\d*)(?:;(\d*))?H")
_SEQUENCES = re.compile(
    rf"""(\x1b(?!{_OURS})(?:\[[0-?]*[ -/]*[@-~] | [\]P_^X]{_STRING} | [ -/]*[0-Z\\`-~])
    |[\x00-\x1a\x1c-\x1f\x7f-\x9f]                    # control characters
    |\x1b(?!{_OURS}))                                # what is left of a broken sequence""",
    re.VERBOSE,
)
_PENS = re.compile(r"\x1b\[([\d;]*)m|\x1b\]8;([^\x07\x1b]*)\x1b\\|\x1b\\")
_HARMLESS = re.compile(
    r"""\x07                                          # the bell
    |\x1b\](?!8;).*                                  # titles, the clipboard, the pointer's shape
    |\x1b\[\?(?!(?:3|6|69|47|1047|1048|1049)[hl])[\d]+[hl]   # modes, but for those that move or swap the screen
    |\x1b\[[<=>?]?[\d;]*(?:u|\$p|[cnt]|\ q)           # keyboard modes, questions, the cursor's shape
    |\x1b\[>\d*q|\x1b\[>[\d;]*m|\x1b[=>]|\x1bP[+$]q.*                # more questions, the keypad""",
    re.VERBOSE | re.DOTALL,
)


class Cells(NamedTuple):
    """What a text draws: the text and the pen of every cell, whether all are simple, and the pen it leaves in force."""

    texts: list[str]
    pens: list[Pen]
    simple: bool
    pen: Pen


def placed(data: str) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """The data in parts: what is written, then where the cursor is placed (row, column, both from 0); None at the end."""
    parts = _PLACES.split(data)
    for text, row, column in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        yield text, (_from_one(row), _from_one(column))
    yield parts[-1], None


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


@lru_cache(maxsize=1024)
def cells_of(text: str, pen: Pen) -> Cells | None:
    """The cells that a text draws, begun with a pen; None if not all of it draws.

    The lists are shared and must not be changed.  A combining character without one before it is left out.
    """
    if _SEQUENCES.search(text):
        return None
    texts: list[str] = []
    pens: list[Pen] = []
    parts = _PENS.split(text)
    for place in range(0, len(parts), 3):
        if part := parts[place]:
            _add(part, pen, texts, pens)
        if place + 1 < len(parts):
            pen = _changed(pen, parts[place + 1], parts[place + 2])
    return Cells(texts, pens, text.isascii() or all(map(is_simple, texts)), pen)


def _changed(pen: Pen, parameters: str | None, link: str | None) -> Pen:
    if parameters is not None:
        return after(pen, parameters)
    if link is None:  # the end of a sequence whose beginning is not here
        return pen
    return linked(pen, "" if link.endswith(";") and link.count(";") == 1 else link)


def _add(text: str, pen: Pen, texts: list[str], pens: list[Pen]) -> None:
    blank = of_blank(pen)
    if text.isascii():
        texts.extend(text)
        if blank is pen or text.isspace() or " " not in text:
            pens.extend([blank if text[0] == " " else pen] * len(text))
        else:
            pens.extend([blank if char == " " else pen for char in text])
        return
    for start, stop, width in split_graphemes(text)[0]:
        part = text[start:stop]
        if not width:
            _combine(part, texts)
            continue
        texts.extend((part, RIGHT_HALF) if width == 2 else (part,))
        pens.extend([blank if part == " " else pen] * width)


def _combine(mark: str, texts: list[str]) -> None:
    place = len(texts) - 1
    while place >= 0 and texts[place] == RIGHT_HALF:
        place -= 1
    if place >= 0:
        texts[place] += mark
