"""In which order cells are written: what a frame changes as strokes of one pen, and the way through them.

All that one pen draws on the screen is written before the pen is changed: in 24-bit colour that costs three times what
moving the cursor does.  Of sixteen colours a pen costs what the way back does, and any order takes about the same bytes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from tui.wire.cells import Row
from tui.wire.palette import Palette


class Stroke(NamedTuple):
    """Cells of a row that one pen writes; with a ``blank``, cells that are erased, which may be begun from ``left`` on."""

    y: int
    x: int
    stop: int
    pen: str
    text: str
    blank: str = ""
    """How erased cells look; "" for text."""
    left: int = 0
    is_first: bool = False
    """Whether other strokes of the row write over what was erased."""


def strokes(y: int, row: Row, start: int, stop: int, blank: Callable[[str], str]) -> list[Stroke]:
    """The cells of a simple row between two columns, in as few strokes as can be.

    Blanks that look the same in the pen beside them are written with it; ``blank`` gives how the blanks of a pen look.
    """
    texts, pens, ends = str(row.texts), row.pens, row.ends
    between = ends[bisect_right(ends, start) : bisect_left(ends, stop)]
    if not between:
        return [Stroke(y, start, stop, pens[start], texts[start:stop])]
    found: list[Stroke] = []
    looks, begin, x, pen = row.looks, start, start, ""
    for end in (*between, stop):
        own = pens[x]
        if own != pen and not (pen and looks[x] == blank(pen) and texts[x:end].isspace()):
            if pen and not (looks[begin] == blank(own) and texts[begin:x].isspace()):
                found.append(Stroke(y, begin, x, pen, texts[begin:x]))
                begin = x
            pen = own
        x = end
    found.append(Stroke(y, begin, stop, pen, texts[begin:stop]))
    return found


class Hand(Protocol):
    """What writes: the pen in force and where the cursor is, None where they are not known."""

    pen: str | None
    cursor: tuple[int, int] | None


def pen_by_pen(found: Sequence[Stroke], hand: Hand, palette: Palette) -> Iterator[Stroke]:
    """All strokes of the pen that is the least to change to, down or up the rows, then of the next.

    Each is to be written before the next is asked for.  So the ground is changed once where several pens share it.  What
    erases a row comes before the strokes that write over it, what erases its end follows the text before it.
    """
    of_pen, erasing, ends = _sorted_out(found)
    while of_pen:
        in_force = hand.pen
        pen = in_force if in_force in of_pen else min(of_pen, key=lambda pen: len(palette.transition(in_force, pen)))
        for stroke in _down_or_up(of_pen.pop(pen), hand.cursor):
            if erasing and stroke.y in erasing:
                yield erasing.pop(stroke.y)
            yield stroke
            if ends and (end := ends.get(stroke.y)) and end.left <= stroke.stop and end.blank == palette.blank(pen):
                yield ends.pop(stroke.y)
    yield from (*erasing.values(), *ends.values())


def _sorted_out(found: Sequence[Stroke]) -> tuple[dict[str, list[Stroke]], dict[int, Stroke], dict[int, Stroke]]:
    """The strokes that write, by their pens; those that erase a row before, and those that erase its end, by the row."""
    of_pen: dict[str, list[Stroke]] = defaultdict(list)
    erasing: dict[int, Stroke] = {}
    ends: dict[int, Stroke] = {}
    for stroke in found:
        if not stroke.blank:
            of_pen[stroke.pen].append(stroke)
        else:
            (erasing if stroke.is_first else ends)[stroke.y] = stroke
    return of_pen, erasing, ends


def _down_or_up(found: list[Stroke], cursor: tuple[int, int] | None) -> list[Stroke]:
    """The strokes row by row from the end that is nearer to the cursor, those of a row from the left."""
    if cursor is None or abs(found[0].y - cursor[0]) <= abs(found[-1].y - cursor[0]):
        return found
    return sorted(found, key=lambda stroke: (-stroke.y, stroke.x))


@lru_cache(maxsize=8192)
def way(cursor: tuple[int, int] | None, to: tuple[int, int]) -> str:
    """The shortest sequence that moves the cursor; only such as every terminal with a cursor knows."""
    y, x = to
    absolute = f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"
    if cursor is None:
        return absolute
    down, right = y - cursor[0], x - cursor[1]
    along = min(_step(right, "C", "D"), "\r" + _step(x, "C", ""), key=len)
    if not down:
        return min(absolute, along, key=len)
    return min(absolute, _lines(down) + along, key=len)


def _lines(count: int) -> str:
    """Up or down by some lines, in the same column; never past the edge, where the screen would scroll."""
    if abs(count) == 1:
        return "\x1bD" if count > 0 else "\x1bM"
    return f"\x1b[{abs(count)}{'B' if count > 0 else 'A'}"


def _step(count: int, ahead: str, back: str) -> str:
    if not count:
        return ""
    if back == "D" and -3 <= count < 0:
        return "\b" * -count
    return f"\x1b[{'' if abs(count) == 1 else abs(count)}{ahead if count > 0 else back}"
