"""What the whole terminal shows: its rows, and which lines, just as they were written, can still be seen."""

from __future__ import annotations

from tui.wire.cells import UNKNOWN, Row
from tui.wire.palette import PLAIN


class Shadow:
    """All the rows of a terminal of a known size."""

    def __init__(self) -> None:
        self.width = 0
        self.height = 0
        self.rows: list[Row] = []

    def forget(self) -> None:
        """From now on every cell may show anything."""
        self.rows = [Row.filled(self.width, UNKNOWN)] * self.height

    def resize(self, width: int, height: int) -> bool:
        """Whether this is another size than before; then nothing is known any more."""
        if width == self.width and height == self.height:
            return False
        self.width, self.height = width, height
        self.forget()
        return True

    def move_lines(self, top: int, bottom: int, lines: int, pen: str = PLAIN) -> None:
        """Move the rows from top to bottom up by a number of lines, down if it is negative; blanks in a pen come in."""
        span = self.rows[top : bottom + 1]
        blank = [Row.filled(self.width, " ", pen)] * abs(lines)
        self.rows[top : bottom + 1] = span[lines:] + blank if lines > 0 else blank + span[:lines]


_MANY = 8
"""Ways to write the same cells of a row that are remembered at most."""


class Written:
    """The lines that were written and show what they drew: writing them again changes nothing."""

    def __init__(self) -> None:
        self.ends: dict[str, tuple[int, int]] = {}
        """Line → where it left the cursor (row, column)."""
        self._lines: dict[int, list[tuple[str, int, int]]] = {}
        """Row → the lines that drew on it, and between which columns."""

    def add(self, line: str, y: int, start: int, stop: int) -> None:
        """Remember a line that shows on a row between two columns, behind the last of which the cursor was left."""
        lines = self._lines.setdefault(y, [])
        if len(lines) >= _MANY:
            self.cover(y, start, stop)
            lines = self._lines[y]
        lines.append((line, start, stop))
        self.ends[line] = y, stop

    def cover(self, y: int, start: int, stop: int) -> None:
        """Something else is shown between two columns."""
        lines = self._lines.get(y)
        if not lines:
            return
        self._lines[y] = []
        for known in lines:
            if known[1] >= stop or known[2] <= start:
                self._lines[y].append(known)
            else:
                self.ends.pop(known[0], None)

    def clear(self) -> None:
        """Nothing that was drawn can be relied on."""
        self.ends.clear()
        self._lines.clear()
