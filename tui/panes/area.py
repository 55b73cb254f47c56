"""Text being typed in several lines: rows broken at blanks, a cursor, what scrolls into view; a value like ``Line``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from tui.panes.editing import Line, Window, before, clusters, index_of, seen_of


class Row(NamedTuple):
    """One row of an area: where its text starts and ends, its line end left out."""

    start: int
    end: int


@lru_cache(maxsize=1024)
def _breaks(paragraph: str, width: int) -> tuple[int, ...]:
    """Where the rows of one paragraph start; a row leaves the last cell to the cursor, or to one blank."""
    starts, blank, column = [0], 0, 0
    seen = clusters(paragraph)
    for cluster in seen:
        room = width if cluster.shown == " " else width - 1
        if column + cluster.width > max(room, 1) and cluster.start > starts[-1]:
            starts.append(blank if blank > starts[-1] else cluster.start)
            column = sum(one.width for one in seen if starts[-1] <= one.start < cluster.start)
        column += cluster.width
        if cluster.shown == " ":
            blank = cluster.start + 1
    return tuple(starts)


def rows(text: str, width: int) -> list[Row]:
    """The rows a text takes in ``width`` cells (at least 2), broken behind blanks; one at least."""
    return list(_rows(text, width))


def _rows(text: str, width: int) -> Iterator[Row]:
    offset = 0
    for paragraph in text.split("\n"):
        starts = _breaks(paragraph, width)
        for start, end in zip(starts, (*starts[1:], len(paragraph)), strict=True):
            yield Row(offset + start, offset + end)
        offset += len(paragraph) + 1


@dataclass(frozen=True, slots=True)
class Area:
    """A text of several lines; ``top`` is the first row shown, ``goal`` the cell that up and down try to keep to."""

    line: Line
    top: int = 0
    goal: int | None = None

    def press(self, key: str, character: str | None, width: int, height: int) -> Area | None:
        """The area after a key, scrolled so that the cursor shows in so many cells; None if it means nothing here."""
        steps = {"up": -1, "down": 1, "pageup": 1 - height, "pagedown": height - 1}
        if key in steps:
            return self._vertical(steps[key] or 1, width, height)
        line = self.line.insert("\n") if key in NEW_LINE else self.line.press(key, character)
        return None if line is None else replace(self, line=line, goal=None).scrolled(width, height)

    def paste(self, text: str, width: int, height: int) -> Area:
        """The area with a pasted text put in at the cursor."""
        return replace(self, line=self.line.paste(text, lines=True), goal=None).scrolled(width, height)

    def scrolled(self, width: int, height: int) -> Area:
        """The area scrolled as little as shows the cursor."""
        at = _row_of(rows(self.line.text, width), self.line.cursor)
        return replace(self, top=min(max(self.top, at - max(height, 1) + 1), at))

    def view(self, width: int, height: int) -> list[Window]:
        """The rows that show, from the top; the one with the cursor has it in ``at``."""
        all_rows = rows(self.line.text, width)
        at = _row_of(all_rows, self.line.cursor)
        return [
            self._window(row, self.top + index == at, width)
            for index, row in enumerate(all_rows[self.top : self.top + height])
        ]

    def _window(self, row: Row, has_cursor: bool, width: int) -> Window:
        text = self.line.text[row.start : row.end]
        seen = clusters(text)
        return seen_of(seen, index_of(seen, self.line.cursor - row.start, text) if has_cursor else None, 0, width)

    def _vertical(self, step: int, width: int, height: int) -> Area:
        all_rows = rows(self.line.text, width)
        at = _row_of(all_rows, self.line.cursor)
        row, goal = all_rows[at], self.goal
        if goal is None:
            goal = sum(cluster.width for cluster in clusters(self.line.text[row.start : self.line.cursor]))
        target = all_rows[min(max(at + step, 0), len(all_rows) - 1)]
        return replace(self, line=self.line.to(_at_column(self.line.text, target, goal)), goal=goal).scrolled(width, height)


NEW_LINE = ("enter", "shift+enter", "ctrl+j")


def _row_of(all_rows: list[Row], cursor: int) -> int:
    """Which row the cursor is in: the last that starts in front of it or there."""
    return max(index for index, row in enumerate(all_rows) if row.start <= cursor)


def _at_column(text: str, row: Row, column: int) -> int:
    """The place in a row that is nearest to a cell from the left."""
    for cluster in clusters(text[row.start : row.end]):
        if cluster.width > column:
            return row.start + cluster.start
        column -= cluster.width
    continued = row.end < len(text) and text[row.end] != "\n"
    return before(text, row.end) if continued else row.end
