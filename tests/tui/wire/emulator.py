"""A terminal for tests: pyte, made to do what it leaves out, and compared by what a person would see."""

from __future__ import annotations

import re
from typing import Any

import pyte
from pyte.screens import Char
from wcwidth import wcwidth

from tui.wire.cells import RIGHT_HALF, is_certain
from tui.wire.segments import add_cells

_LINK = re.compile(r"\x1b\]8;([^\x07\x1b]*)(?:\x07|\x1b\\)")
_UNREAD = re.compile(
    r"\x1b\[[<=>][0-9;]*[ -/]*[@-~]|\x1b\[\??[0-9;]*[ -/]+[@-~]|\x1b\[[0-9;]*[tsu]|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\)"
)
_HIDDEN = {2: "faint", 21: "double", 53: "overline"}
_HIDDEN_ENDS = {22: {"faint"}, 24: {"double"}, 55: {"overline"}, 0: {"faint", "double", "overline"}}


class Terminal(pyte.Screen):
    """A screen that also knows faint, overlined and linked cells, and blanks a wide character of which half is overwritten.

    What pyte has no field for is kept in the name of the foreground colour.
    """

    def __init__(self, columns: int, lines: int, *, in_colour: bool = True, fills: bool = True) -> None:
        self.in_colour = in_colour
        self.fills = fills
        self.hidden: set[str] = set()
        self.link = ""
        super().__init__(columns, lines)
        self.stream = pyte.Stream(self)

    def feed(self, data: str) -> None:
        """Obey the data."""
        data = _UNREAD.sub("", data)
        for place, part in enumerate(_LINK.split(data)):
            if place % 2:
                self.link = "" if part.endswith(";") and part.count(";") == 1 else part
            elif part:
                self.stream.feed(part)

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        codes = list(attrs) or [0]
        if not (38 in codes or 48 in codes):
            for code in codes:
                self._note(code)
        else:
            rest = iter(codes)
            for code in rest:
                if code in (38, 48):
                    for _ in range(3 if next(rest) == 2 else 1):
                        next(rest)
                else:
                    self._note(code)
        super().select_graphic_rendition(*attrs, **kwargs)

    def _note(self, code: int) -> None:
        self.hidden -= _HIDDEN_ENDS.get(code, set())
        if code in _HIDDEN:
            self.hidden.add(_HIDDEN[code])

    def draw(self, data: str) -> None:
        if data.isascii() and self.cursor.x + len(data) <= self.columns:
            self._draw_narrow(data)
            return
        for char in data:
            x, y, width = self.cursor.x, self.cursor.y, max(wcwidth(char), 0)
            if width:
                self._split_wide(y, x)
                self._split_wide(y, x + width)
            super().draw(char)
            self._mark(y, x, width)

    def _mark(self, y: int, x: int, width: int) -> None:
        """Note of cells that were drawn what pyte has no field for."""
        extra = "+".join(sorted(self.hidden)) + self.link
        for column in range(x, min(x + width, self.columns)) if extra else ():
            cell = self.buffer[y][column]
            self.buffer[y][column] = cell._replace(fg=f"{cell.fg}/{extra}")

    def _draw_narrow(self, data: str) -> None:
        """What ``draw`` does with characters of one cell, faster."""
        x, y = self.cursor.x, self.cursor.y
        self._split_wide(y, x)
        self._split_wide(y, x + len(data))
        extra = "+".join(sorted(self.hidden)) + self.link
        attrs = self.cursor.attrs
        pen = attrs._replace(fg=f"{attrs.fg}/{extra}") if extra else attrs
        line = self.buffer[y]
        for column, char in enumerate(data, x):
            line[column] = pen._replace(data=char)
        self.cursor.x += len(data)

    def _split_wide(self, y: int, x: int) -> None:
        line = self.buffer[y]
        if 0 < x < self.columns and line[x].data == "":
            line[x] = line[x]._replace(data=" ")
            line[x - 1] = line[x - 1]._replace(data=" ")

    def insert_lines(self, count: int | None = None) -> None:
        first = self.cursor.y
        super().insert_lines(count)
        self._fill(range(first, first + (count or 1)))

    def delete_lines(self, count: int | None = None) -> None:
        super().delete_lines(count)
        bottom = self.margins.bottom if self.margins else self.lines - 1
        self._fill(range(bottom - (count or 1) + 1, bottom + 1))

    def _fill(self, rows: range) -> None:
        """Give lines that come in the background in force, where this terminal does."""
        for y in rows if self.fills else ():
            for x in range(self.columns):
                self.buffer[y][x] = self.default_char._replace(bg=self.cursor.attrs.bg)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        self._split_wide(self.cursor.y, self.cursor.x)
        attrs = self.cursor.attrs
        if not self.in_colour:
            self.cursor.attrs = attrs._replace(bg="default")
        super().erase_in_line(how, private)
        self.cursor.attrs = attrs

    def erase_characters(self, count: int | None = None) -> None:
        x, y = self.cursor.x, self.cursor.y
        self._split_wide(y, x)
        self._split_wide(y, x + (count or 1))
        attrs = self.cursor.attrs
        if not self.in_colour:
            self.cursor.attrs = attrs._replace(bg="default")
        super().erase_characters(count)
        self.cursor.attrs = attrs

    def report_device_attributes(self, *args: Any, **kwargs: Any) -> None: ...

    def report_device_status(self, *args: Any, **kwargs: Any) -> None: ...

    def seen(self) -> list[list[Char]]:
        """Every cell as it looks: of a blank without lines and not reversed only the ground is seen."""
        return [[_look(self.buffer[y][x]) for x in range(self.columns)] for y in range(self.lines)]

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the cursor."""
        return self.cursor.y, min(self.cursor.x, self.columns - 1)


class Agreeing(Terminal):
    """One that takes as many cells for everything as Rich reckons, several characters in one cell included."""

    def draw(self, data: str) -> None:
        if data.isascii():
            super().draw(data)
            return
        cells = self._cell_before()
        before = len(cells)
        add_cells(data, cells)
        if before:
            at = self.cursor.x - before
            self.buffer[self.cursor.y][at] = self.buffer[self.cursor.y][at]._replace(data=cells[0])
        for place, text in enumerate(cells):
            if place < before or text == RIGHT_HALF:
                continue
            x, y, width = self.cursor.x, self.cursor.y, 1 + (cells[place + 1 : place + 2] == [RIGHT_HALF])
            if x + width > self.columns:
                x = self.columns - width
            self._split_wide(y, x)
            self._split_wide(y, x + width)
            for column in range(x, x + width):
                self.buffer[y][column] = self.cursor.attrs._replace(data=text if column == x else "")
            self._mark(y, x, width)
            self.cursor.x = x + width

    def _cell_before(self) -> list[str]:
        """What stands before the cursor, which a combining mark goes to."""
        line, x = self.buffer[self.cursor.y], self.cursor.x
        if x > 1 and line[x - 1].data == RIGHT_HALF:
            return [line[x - 2].data, RIGHT_HALF]
        return [line[x - 1].data] if x else []


class Narrow(Terminal):
    """One that takes one cell for whatever has no certain width."""

    def draw(self, data: str) -> None:
        for char in data:
            if is_certain(char) or not wcwidth(char):
                super().draw(char)
            else:
                super().draw("?")


def _look(cell: Char) -> Char:
    if cell.data != " " or cell.reverse or cell.underscore or cell.strikethrough or cell.blink or "http" in cell.fg:
        return cell
    if "overline" in cell.fg or "double" in cell.fg:
        return cell
    return Char(" ", bg=cell.bg)
