"""From rows that differ to the shortest bytes that make the one the other."""

from __future__ import annotations

from collections.abc import Iterator

from tui.wire.cells import RIGHT_HALF, UNKNOWN, Row, is_certain
from tui.wire.pens import PLAIN, Pen, erases, for_blank, of_blank, transition
from tui.wire.traits import Traits

_WORTH_ERASING = 4
"""Blanks up to the edge from which on erasing is shorter than writing them."""
_BRIDGE = 4
"""Equal cells that may be written again rather than stepped over, if they cost no more bytes than the step."""


class Encoder:
    """Writes cells; knows where the terminal's cursor is and which pen is in force, None where it does not."""

    def __init__(self, traits: Traits) -> None:
        self._traits = traits
        self._out: list[str] = []
        self.cursor: tuple[int, int] | None = None
        """Row and column."""
        self.pen: Pen | None = None

    def forget(self) -> None:
        """From now on neither cursor nor pen are known."""
        self.cursor = self.pen = None

    def taken(self) -> str:
        """What was written since the last time."""
        data = "".join(self._out)
        self._out.clear()
        return data

    def raw(self, data: str) -> None:
        """Write data as it is."""
        self._out.append(data)

    def use(self, pen: Pen) -> None:
        """Put a pen in force."""
        if pen != self.pen:
            self._out.append(transition(self.pen, pen))
            self.pen = pen

    def move(self, y: int, x: int) -> None:
        """Move the cursor the shortest way."""
        if self.cursor != (y, x):
            self._out.append(_way(self.cursor, y, x))
            self.cursor = (y, x)

    def shift(self, top: int, bottom: int, lines: int) -> None:
        """Move the lines from top to bottom up by a number of lines, down if it is negative; blank ones come in.

        The pen is plain meanwhile: whether erased cells take its colours or not is then the same.
        """
        self.use(PLAIN)
        self._out.append(f"\x1b[{top + 1};{bottom + 1}r")
        self.cursor = None
        self.move(top, 0)
        count = "" if abs(lines) == 1 else abs(lines)
        self._out.append(f"\x1b[{count}{'M' if lines > 0 else 'L'}\x1b[r")
        self.cursor = None

    def row(self, y: int, old: Row, new: Row) -> None:
        """Write the cells in which the new row differs from the old one, which the terminal shows."""
        changed = new.differing(old)
        if not changed:
            return
        tail = self._erasable(new)
        erased = [x for x in changed if x >= tail]
        if len(erased) and erased[-1] - erased[0] + 1 >= _WORTH_ERASING:
            del changed[-len(erased) :]
        else:
            erased = []
        for start, stop in _runs(changed, new):
            self.move(y, start)
            self._write(y, new, start, stop)
        if erased:
            self._erase(y, tail, erased[0], new.pens[-1])

    def _erasable(self, row: Row) -> int:
        """The column from which on the row is what erasing its end leaves; its width if there is none."""
        width, pen = len(row.texts), row.pens[-1]
        if not erases(pen) or (pen.ground and not self._traits.erases_in_colour):
            return width
        x = _blank_from(row)
        if row.pens.count(pen) == width or row.pens[x:].count(pen) == width - x:
            return x
        return max(at for at in range(x, width) if row.pens[at] != pen) + 1

    def _erase(self, y: int, tail: int, first: int, blank: Pen) -> None:
        """Erase to the end of the line, from where the cursor is if that is within the blank tail, else from ``first``."""
        if not (self.cursor and self.cursor[0] == y and tail <= self.cursor[1] <= first):
            self.move(y, first)
        self.use(for_blank(self.pen, blank, None))
        self._out.append("\x1b[K")

    def _write(self, y: int, row: Row, start: int, stop: int) -> None:
        """Write cells from where the cursor is; behind the last column nobody knows where it stays."""
        for x, end in _alike(row, start, stop):
            text, pen = "".join(row.texts[x:end]), row.pens[x]
            if pen is not self.pen:
                is_blank = not text.strip(" ")
                self.use(for_blank(self.pen, pen, row.pens[end] if end < stop else None) if is_blank else pen)
            if row.simple or all(map(is_certain, row.texts[x:end])):
                self._out.append(text)
                self.cursor = (y, end)
            else:
                self._write_uncertain(y, row, x, end)
        if self.cursor and self.cursor[1] >= len(row.texts):
            self.cursor = None

    def _write_uncertain(self, y: int, row: Row, start: int, stop: int) -> None:
        """Write cells one by one, and none by where a character of uncertain width has left the cursor."""
        for x in range(start, stop):
            text = row.texts[x]
            if text == RIGHT_HALF:
                continue
            self.move(y, x)
            width = 2 if x + 1 < len(row.texts) and row.texts[x + 1] == RIGHT_HALF else 1
            if is_certain(text):
                self._out.append(text)
                self.cursor = (y, x + width)
                continue
            if width == 2:  # what it does not fill must not keep what was there
                self._out.append("  ")
                self.cursor = None
                self.move(y, x)
            self._out.append(text)
            self.cursor = None


def _blank_from(row: Row) -> int:
    """The column from which on there are only blanks."""
    if row.simple:
        return len("".join(row.texts).rstrip(" "))
    return max((x for x, text in enumerate(row.texts) if text != " "), default=-1) + 1


def _runs(changed: list[int], row: Row) -> Iterator[tuple[int, int]]:
    """The stretches of cells to write, each from its first column to the one behind its last."""
    if not changed:
        return
    texts, pens = row.texts, row.pens
    start = last = changed[0]
    for x in changed[1:]:
        gap = x - last - 1
        if gap == 1 and pens[x - 1] is pens[last] and UNKNOWN < texts[x - 1] <= "~":
            pass  # by far the most frequent gap, which a bridge would be found for
        elif gap and (gap > _BRIDGE or not _is_bridge(row, last, x)):
            yield start, last + 1
            start = x
        last = x
    yield start, last + 1


def _is_bridge(row: Row, last: int, x: int) -> bool:
    """Whether writing the equal cells between two changed ones costs no more than stepping over them."""
    pen, pens = row.pens[last], row.pens[last + 1 : x]
    text = "".join(row.texts[last + 1 : x])
    if UNKNOWN in text or len(text.encode()) > (3 if len(pens) == 1 else 4):
        return False
    return pens.count(pen) == len(pens) or (not text.strip(" ") and pens.count(of_blank(pen)) == len(pens))


def _alike(row: Row, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The stretches of cells that one pen draws, blanks among them that look the same in it."""
    texts, pens = row.texts, row.pens
    x = start
    while x < stop:
        pen, end = pens[x], x + 1
        ground = of_blank(pen)
        while end < stop and (pens[end] is pen or (texts[end] == " " and pens[end] is ground)):
            end += 1
        yield x, end
        x = end


def _way(cursor: tuple[int, int] | None, y: int, x: int) -> str:
    """The shortest sequence that moves the cursor; only such as every terminal with a cursor knows."""
    ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
    if cursor is not None:
        down, right = y - cursor[0], x - cursor[1]
        if not down:
            ways += [_step(right, "C", "D"), "\r" + _step(x, "C", "")]
        elif not right:
            ways.append(_step(down, "B", "A"))
        if 0 < down <= 2:
            ways.append("\r" + "\n" * down + _step(x, "C", ""))
    return min(ways, key=len)


def _step(count: int, ahead: str, back: str) -> str:
    if not count:
        return ""
    if back == "D" and -3 <= count < 0:
        return "\b" * -count
    return f"\x1b[{'' if abs(count) == 1 else abs(count)}{ahead if count > 0 else back}"
