"""Legend: what the ids on a plane stand for, in as many lines as there are, or all of them in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.drawing import GUTTER
from tui.drawing.strip import Strip
from tui.shapes import Point
from tui.text import cut, fit, safe, width_of

ID = 7
"""Cells of an id and the blank after it."""
ROOM_FOR_NOTES = 56
"""Cells from which a note can stand beside its title."""
SHORT = 24
"""Cells of a note that stands beside its title even where there are lines enough to put it under."""


class Legend:
    """A list of points, each with its title and its note.

    One with a ``title`` holds all of them, each behind a gutter for the cursor; ``most`` is the room it would like to keep.
    Of another the last line says how many more there are.
    """

    def __init__(self, points: Sequence[Point], width: int, most: int, title: str = "") -> None:
        self._points = points
        self._lead = GUTTER if title else 0
        self._width = width - self._lead
        self._title = [title] if title else []
        longest = max((width_of(safe(point.note)) for point in points[:most] if not point.label), default=0)
        wide = width >= ROOM_FOR_NOTES
        under = longest > (SHORT if wide else 0) and len(self._title) + 2 * len(points) <= most
        self._each = 2 if under else 1
        self._notes = min(longest, width * 2 // 5) if wide and not under else 0
        room = max(most - len(self._title), 1)
        wanted = len(points) * self._each
        self._shown = len(points) if wanted <= room or title else room - 1
        self._more = len(points) - self._shown
        self.height = len(self._title) + self._shown * self._each + (1 if self._more else 0)

    def draw(self, strip: Strip, x: int, y: int) -> None:
        """Write one line of the list on a strip, from cell ``x`` on."""
        if y < len(self._title):
            strip.write(x, cut(self._title[0], self._width), "dim")
            return
        x += self._lead
        at, under = divmod(y - len(self._title), self._each)
        if at >= self._shown:
            strip.write(x + ID, cut(f"+{self._more} more", self._width - ID), "dim")
            return
        for place, text, token in self._under(at) if under else self._line(at):
            strip.write(x + place, text, token)

    def line_of(self, at: int) -> int:
        """The line on which the title of a point stands."""
        return len(self._title) + at * self._each

    def on_line(self, y: int) -> int | None:
        """The point whose title stands on a line."""
        at, under = divmod(y - len(self._title), self._each)
        return at if 0 <= at < self._shown and not under else None

    def _line(self, at: int) -> Iterator[tuple[int, str, str]]:
        point, title = self._points[at], self._width - ID - (self._notes + 2 if self._notes else 0)
        yield 0, fit(point.name, ID - 1), "dim"
        if point.label:
            yield ID, cut(point.note, self._width - ID), point.token
            return
        yield ID, cut(safe(point.record.label), title), "text"
        yield self._width - self._notes, cut(point.note, self._notes), "dim"

    def _under(self, at: int) -> Iterator[tuple[int, str, str]]:
        yield ID, cut(self._points[at].note, self._width - ID), "dim"
