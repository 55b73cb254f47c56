"""In which order cells are written: what a frame changes as strokes of one pen, and the way through them that costs least.

Changing the pen of 24-bit colour costs three times what moving the cursor does: then all that one pen draws on the screen is
written before the pen is changed.  Of sixteen colours a pen costs less than the way back, and rows are written one by one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from tui.wire.cells import Row
from tui.wire.palette import Palette

_RETURN = 6
"""Bytes that coming back later to a stroke costs which could be written now without moving the cursor."""
_FARTHEST = len("\x1b[999;999H") + _RETURN
"""Bytes that no detour exceeds."""


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


Order = Callable[[Sequence[Stroke], Hand, Palette], Iterator[Stroke]]
"""Gives strokes in the order in which to write them, each to be written before the next is asked for.

What erases a row comes before the strokes that write over it.
"""


def in_order(found: Sequence[Stroke], hand: Hand, palette: Palette) -> Iterator[Stroke]:
    """The next stroke in reading order, or the next of the pen in force if that is less to send."""
    of_pen, erasing = _queued(found)
    done, first = bytearray(len(found)), 0
    while (first := done.find(0, first)) >= 0:
        index, pen = first, hand.pen
        stroke = found[first]
        if pen is not None and pen != stroke.pen and not stroke.blank:
            queue = of_pen.get(pen)
            while queue and done[queue[0]]:
                queue.popleft()
            if queue and _is_nearer(found[queue[0]], stroke, hand.cursor, len(palette.transition(pen, stroke.pen))):
                index = erasing.get(found[queue[0]].y, queue[0])
                stroke = found[index]
        if stroke.is_first:
            del erasing[stroke.y]
        done[index] = 1
        yield stroke


def pen_by_pen(found: Sequence[Stroke], hand: Hand, palette: Palette) -> Iterator[Stroke]:
    """All strokes of the pen that is the least to change to, down or up the rows, then of the next.

    So the ground is changed once where several pens share it.  What erases the end of a row follows the text before it.
    """
    of_pen: dict[str, list[Stroke]] = defaultdict(list)
    erasing = {stroke.y: stroke for stroke in found if stroke.is_first}
    ends = {stroke.y: stroke for stroke in found if stroke.blank and not stroke.is_first}
    for stroke in found:
        if not stroke.blank:
            of_pen[stroke.pen].append(stroke)
    while of_pen:
        in_force = hand.pen
        pen = in_force if in_force in of_pen else min(of_pen, key=lambda pen: len(palette.transition(in_force, pen)))
        for stroke in _down_or_up(of_pen.pop(pen), hand.cursor):
            if stroke.y in erasing:
                yield erasing.pop(stroke.y)
            yield stroke
            end = ends.get(stroke.y)
            if end is not None and end.left <= stroke.stop and end.blank == palette.blank(pen):
                yield ends.pop(stroke.y)
    yield from (*erasing.values(), *ends.values())


def _down_or_up(found: list[Stroke], cursor: tuple[int, int] | None) -> list[Stroke]:
    """The strokes row by row from the end that is nearer to the cursor, those of a row from the left."""
    if cursor is None or abs(found[0].y - cursor[0]) <= abs(found[-1].y - cursor[0]):
        return found
    return sorted(found, key=lambda stroke: (-stroke.y, stroke.x))


def _queued(found: Sequence[Stroke]) -> tuple[dict[str, deque[int]], dict[int, int]]:
    """The places of the strokes that write, by their pens; the places of those that erase a row first, by the row."""
    of_pen: dict[str, deque[int]] = defaultdict(deque)
    erasing: dict[int, int] = {}
    for index, stroke in enumerate(found):
        if not stroke.blank:
            of_pen[stroke.pen].append(index)
        elif stroke.is_first:
            erasing[stroke.y] = index
    return of_pen, erasing


def _is_nearer(same: Stroke, stroke: Stroke, cursor: tuple[int, int] | None, change: int) -> bool:
    """Whether to go on with a stroke of the pen in force rather than with the next in reading order.

    ``change`` is how many bytes it takes to change the pen for that.
    """
    if change > _FARTHEST:
        return True
    is_here = cursor == (stroke.y, stroke.x)
    step = 0 if is_here else len(way(cursor, (stroke.y, stroke.x)))
    detour = len(way(cursor, (same.y, same.x))) + (_RETURN if is_here else 0)
    return detour < step + change


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
