"""From rows that differ to the shortest bytes that make the one the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from tui.wire.cells import RIGHT_HALF, SAME, UNKNOWN, Row, is_blank, is_certain
from tui.wire.palette import PLAIN, Palette
from tui.wire.traits import Traits

_WORTH_ERASING = 4
"""Blanks up to the edge from which on erasing is shorter than writing them."""
_BRIDGE = 4
"""Equal cells that may be written again rather than stepped over, if they cost no more bytes than the step."""
_LINK_ENDS = "\x1b]8;;\x1b\\"
_DIFFERENT = re.compile(f"[^{SAME}]")


class Encoder:
    """Writes cells; knows where the terminal's cursor is and which pen is in force, None where it does not."""

    def __init__(self, traits: Traits, palette: Palette) -> None:
        self._traits = traits
        self._palette = palette
        self._out: list[str] = []
        self.cursor: tuple[int, int] | None = None
        """Row and column."""
        self._erases: dict[str, bool] = {}
        """Pens of blanks → whether erasing leaves them here."""
        self.pen: str | None = None

    def forget(self) -> None:
        """From now on neither cursor nor pen are known, but that no link is open: saying so would confuse old terminals."""
        if self.pen is not None and self._palette.pen(self.pen).link:
            self._out.append(_LINK_ENDS)
        self.cursor = self.pen = None
        self._erases.clear()

    def taken(self) -> str:
        """What was written since the last time."""
        data = "".join(self._out)
        self._out.clear()
        return data

    def raw(self, data: str) -> None:
        """Write data as it is."""
        self._out.append(data)

    def use(self, pen: str) -> None:
        """Put a pen in force."""
        if pen != self.pen:
            self._out.append(self._palette.transition(self.pen, pen))
            self.pen = pen

    def move(self, y: int, x: int) -> None:
        """Move the cursor the shortest way."""
        to = y, x
        if self.cursor != to:
            self._out.append(_way(self.cursor, to))
            self.cursor = to

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
        first, differ = new.differing(old)
        if not differ:
            return
        tail = self._erasable(new)
        last = first + len(differ)
        ending = _DIFFERENT.search(differ, max(tail - first, 0))
        is_erased = ending is not None and last - first - ending.start() >= _WORTH_ERASING
        for start, stop in self._runs(first, differ[: max(tail - first, 0)] if is_erased else differ, new):
            self.move(y, start)
            self._write(y, new, start, stop)
        if ending is not None and is_erased:
            self._erase(y, tail, first + ending.start(), new.looks[-1])

    def _runs(self, first: int, differ: str, row: Row) -> Iterator[tuple[int, int]]:
        """The stretches of cells to write, each from its first column to the one behind its last."""
        start = begin = 0
        while (stop := differ.find(SAME, begin)) >= 0:
            following = _DIFFERENT.search(differ, stop)
            if following is None:
                yield first + start, first + stop
                return
            begin = following.start()
            if begin - stop > _BRIDGE or not self._is_bridge(row, first + stop, first + begin):
                yield first + start, first + stop
                start = begin
        if differ:
            yield first + start, first + len(differ)

    def _is_bridge(self, row: Row, start: int, stop: int) -> bool:
        """Whether writing the equal cells between two changed ones costs no more than stepping over them."""
        count, pen, text = stop - start, row.pens[start - 1], row.text(start, stop)
        if UNKNOWN in text or (not text.isascii() and len(text.encode()) > (3 if count == 1 else 4)):
            return False
        if row.pens[start:stop] == pen * count:
            return True
        return text == " " * count and row.looks[start:stop] == self._palette.blank(pen) * count

    def _erasable(self, row: Row) -> int:
        """The column from which on the row is what erasing its end leaves; its width if there is none."""
        width, look = len(row.looks), row.looks[-1]
        if row.texts[-1] != " " or not self._is_erased(look):
            return width
        blank, tail = _blank_from(row), width
        for end in reversed((0, *row.ends[:-1])):
            start = max(end, blank)
            if row.looks[start] != look:
                break
            tail = start
            if end <= blank:
                break
        return tail

    def _is_erased(self, blank: str) -> bool:
        """Whether erasing leaves blanks in this pen here."""
        erases = self._erases.get(blank)
        if erases is None:
            is_coloured = bool(self._palette.pen(blank).ground)
            erases = self._palette.erases(blank) and (self._traits.erases_in_colour or not is_coloured)
            self._erases[blank] = erases
        return erases

    def _erase(self, y: int, tail: int, first: int, blank: str) -> None:
        """Erase to the end of the line, from where the cursor is if that is within the blank tail, else from ``first``."""
        if not (self.cursor and self.cursor[0] == y and tail <= self.cursor[1] <= first):
            self.move(y, first)
        self.use(self._palette.for_blank(self.pen, blank, None))
        self._out.append("\x1b[K")

    def _write(self, y: int, row: Row, start: int, stop: int) -> None:
        """Write cells from where the cursor is; behind the last column nobody knows where it stays."""
        texts, pens = row.texts, row.pens
        x, ends = start, row.ends
        for end in (*ends[bisect_right(ends, start) : bisect_left(ends, stop)], stop):
            pen, text = pens[x], texts[x:end]
            if self.cursor is None:  # after what has no certain width
                self.move(y, x)
            if pen != self.pen:
                if is_blank(text):
                    pen = self._palette.for_blank(self.pen, row.looks[x], pens[end] if end < stop else None)
                self.use(pen)
            if isinstance(text, str) or all(map(is_certain, text)):
                self._out.append(text if isinstance(text, str) else "".join(text))
                self.cursor = y, end
            else:
                self._write_uncertain(y, row, x, end)
            x = end
        if self.cursor is not None and self.cursor[1] >= len(pens):
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
    if isinstance(row.texts, str):
        return len(row.texts.rstrip())
    return max((x for x, text in enumerate(row.texts) if text != " "), default=-1) + 1


@lru_cache(maxsize=4096)
def _way(cursor: tuple[int, int] | None, to: tuple[int, int]) -> str:
    """The shortest sequence that moves the cursor; only such as every terminal with a cursor knows."""
    y, x = to
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
