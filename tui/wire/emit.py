"""From rows that differ to the shortest bytes that make the one the other."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from tui.wire.cells import RIGHT_HALF, SAME, UNKNOWN, Row, is_blank, is_certain
from tui.wire.palette import PLAIN, Palette
from tui.wire.scrolling import RUN
from tui.wire.strokes import Stroke, pen_by_pen, strokes, way
from tui.wire.traits import Traits

_WORTH_ERASING = 4
"""Blanks up to the edge from which on erasing is shorter than writing them."""
_BRIDGE = 3
"""Equal cells that may be written again rather than stepped over, if they cost no more bytes than the step."""
_GAP = " " * 8
"""Blanks within changed cells for which to look whether erasing first is shorter."""
_WORTH_ERASING_FIRST = 24
"""Changed cells of a row, most of them next to each other, from which on to look for such blanks."""
_MANY_CHANGES = 512
"""Changes of rows that are remembered."""
_RUN_COST = 3
"""Bytes to go from one stretch of changed cells to the next."""
_LINK_ENDS = "\x1b]8;;\x1b\\"
_DIFFERENT = re.compile(f"[^{SAME}]")
_STRETCH = re.compile(f"[^{SAME}]+")


class Encoder:
    """Writes cells; knows where the terminal's cursor is and which pen is in force, None where it does not."""

    def __init__(self, traits: Traits, palette: Palette) -> None:
        self._traits = traits
        self._palette = palette
        self._out: list[str] = []
        self.cursor: tuple[int, int] | None = None
        """Row and column."""
        self.width = 0
        """Columns of the terminal."""
        self._erases: dict[str, bool] = {}
        """Pens of blanks → whether erasing leaves them here."""
        self._remembered: dict[tuple[int, Row, Row], list[Stroke]] = {}
        """Changes → the strokes that make them."""
        self.pen: str | None = None

    def forget(self) -> None:
        """From now on neither cursor nor pen are known, but that no link is open: saying so would confuse old terminals."""
        if self.pen is not None and self._palette.pen(self.pen).link:
            self._out.append(_LINK_ENDS)
        self.cursor = self.pen = None
        self._erases.clear()
        self._remembered.clear()

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
            self._out.append(way(self.cursor, to))
            self.cursor = to

    def shift(self, top: int, bottom: int, lines: int, blank: str = PLAIN) -> str:
        """Move the lines from top to bottom up by a number of lines, down if it is negative; blank ones come in.

        Returns how those look: like blanks in the pen ``blank`` where erasing leaves that, else plain.
        """
        blank = self._palette.blank(blank)
        come_in = blank if self._traits.fills_in_colour and self._is_erased(blank) else PLAIN
        self.use(self._palette.for_blank(self.pen, come_in, None) if self._traits.fills_in_colour else PLAIN)
        self._out.append(f"\x1b[{top + 1};{bottom + 1}r")
        self.cursor = None
        self.move(top, 0)
        count = "" if abs(lines) == 1 else abs(lines)
        self._out.append(f"\x1b[{count}{'M' if lines > 0 else 'L'}\x1b[r")
        self.cursor = None
        return come_in

    def draw(self, changes: Iterable[tuple[int, Row, Row]]) -> None:
        """Write the cells in which rows (place, what the terminal shows, what it is to show) differ."""
        found: list[Stroke] = []
        for change in changes:
            found += self._remembered.get(change) or self._remember(*change)
        out, width = self._out, self.width
        for stroke in pen_by_pen(found, self, self._palette):
            y, x, stop, pen, text, blank, _, _ = stroke
            if blank:
                self._erase(stroke)
                continue
            if self.cursor != (y, x):
                out.append(way(self.cursor, (y, x)))
            if pen != self.pen:
                self._take_up(pen, text)
            out.append(text)
            self.cursor = (y, stop) if stop < width else None  # behind the last column nobody knows where it stays

    def _remember(self, y: int, old: Row, new: Row) -> list[Stroke]:
        """What has to be written of a row, kept for when it changes so again: people go to and fro."""
        if old is new:
            return []
        found = self._strokes(y, old, new)
        if new.is_simple:
            if len(self._remembered) >= _MANY_CHANGES:
                self._remembered.clear()
            self._remembered[y, old, new] = found
        return found

    def _strokes(self, y: int, old: Row, new: Row) -> list[Stroke]:
        """What has to be written of a row; a row with cells of uncertain width is written at once."""
        first, differ = new.differing(old)
        if not differ:
            return []
        found: list[Stroke] = []
        if (erased := self._erased(old, new, first, differ)) is not None:
            stroke, first, differ = erased
            found.append(stroke._replace(y=y))
        ending = self._ending(new, first, differ)
        for start, stop in self._runs(first, differ[: ending - first], new):
            if new.is_simple:
                found += strokes(y, new, start, stop, self._palette.blank)
            else:
                self.move(y, start)
                self._write(y, new, start, stop)
        if ending < first + len(differ):
            look = new.looks[-1]
            found.append(Stroke(y, ending, first + len(differ), look, "\x1b[K", look, new.blank_from))
        return found

    def _ending(self, new: Row, first: int, differ: str) -> int:
        """The column from which on changed cells are erased rather than written; the one behind the last if none are."""
        last = first + len(differ)
        if not differ or new.texts[last - 1] != " " or (tail := self._erasable(new)) >= last:
            return last
        start = _DIFFERENT.search(differ, max(tail - first, 0))
        return first + start.start() if start and last - first - start.start() >= _WORTH_ERASING else last

    def _erased(self, old: Row, new: Row, first: int, differ: str) -> tuple[Stroke, int, str] | None:
        """What erases changed cells before they are written, and what differs then, if that saves more than it costs."""
        if len(differ) < _WORTH_ERASING_FIRST or 2 * differ.count(SAME) > len(differ):
            return None
        texts, last, width = new.texts, first + len(differ), len(new.pens)
        if not isinstance(texts, str) or not old.is_simple:
            return None
        gap = texts.find(_GAP, first, last)
        if gap < 0 or not self._is_erased(look := new.looks[gap]):
            return None
        if self._erasable(new) <= last:
            count, sequence = width - first, "\x1b[K"
        elif self._traits.erases_cells:
            count, sequence = last - first, f"\x1b[{last - first}X"
        else:
            return None
        blank = Row.filled(count, " ", look)
        then = Row(
            f"{old.texts[:first]}{blank.texts}{old.texts[first + count :]}",
            old.pens[:first] + blank.pens + old.pens[first + count :],
            old.looks[:first] + blank.looks + old.looks[first + count :],
        )
        start, left = new.differing(then)
        if _cost(differ) - _cost(left) <= len(sequence):
            return None
        return Stroke(0, first, last, look, sequence, look, first, is_first=True), start, left

    def _runs(self, first: int, differ: str, row: Row) -> list[tuple[int, int]]:
        """The stretches of cells to write, each from its first column to the one behind its last."""
        if SAME not in differ:
            return [(first, first + len(differ))] if differ else []
        runs: list[tuple[int, int]] = []
        begin = stop = -1
        for stretch in _STRETCH.finditer(differ):
            start, end = stretch.span()
            if begin < 0:
                begin = start
            elif start - stop > _BRIDGE or not self._is_bridge(row, first + stop, first + start):
                runs.append((first + begin, first + stop))
                begin = start
            stop = end
        if begin >= 0:
            runs.append((first + begin, first + stop))
        return runs

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
        return row.blank_from if self._is_erased(row.looks[-1]) else len(row.looks)

    def _is_erased(self, blank: str) -> bool:
        """Whether erasing leaves blanks in this pen here."""
        erases = self._erases.get(blank)
        if erases is None:
            is_coloured = bool(self._palette.pen(blank).ground)
            erases = self._palette.erases(blank) and (self._traits.erases_in_colour or not is_coloured)
            self._erases[blank] = erases
        return erases

    def _take_up(self, pen: str, text: str) -> None:
        """Put the pen for a text in force, or for blanks any other that draws the same."""
        self.use(self._palette.for_blank(self.pen, self._palette.blank(pen), None) if text.isspace() else pen)

    def _erase(self, stroke: Stroke) -> None:
        """Erase cells, from where the cursor is if those before them are blank, too."""
        if not (self.cursor and self.cursor[0] == stroke.y and stroke.left <= self.cursor[1] <= stroke.x):
            self.move(stroke.y, stroke.x)
        self.use(self._palette.for_blank(self.pen, stroke.blank, None))
        self._out.append(stroke.text)

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


def _cost(differ: str) -> int:
    """About how many bytes it takes to write cells that differ."""
    return len(differ) - differ.count(SAME) + _RUN_COST * len(RUN.findall(differ))
