"""What the whole terminal shows, row by row."""

from __future__ import annotations

from tui.wire.cells import UNKNOWN, Row
from tui.wire.palette import PLAIN

_MANY_ROWS = 512
"""Rows that are known again."""


class Shadow:
    """All the rows of a terminal of a known size."""

    def __init__(self) -> None:
        self.width = 0
        self.height = 0
        self.rows: list[Row] = []
        self._known: dict[tuple[str | tuple[str, ...], str, str], Row] = {}

    def forget(self) -> None:
        """From now on every cell may show anything."""
        self._known.clear()
        self.rows = [Row.filled(self.width, UNKNOWN)] * self.height

    def same(self, row: Row) -> Row:
        """The row, or an equal one that was shown before: about that more is remembered."""
        if len(self._known) >= _MANY_ROWS:
            self._known.clear()
        return self._known.setdefault((row.texts, row.pens, row.looks), row)

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
