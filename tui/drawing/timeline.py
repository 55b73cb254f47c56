"""Timeline: a lane for every record on one axis of days, with today as a line through all of them.

Drawn here and not with a plotting library: those print to a canvas of their own, with escape sequences, and cannot say
where a record stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property
from itertools import zip_longest
from operator import attrgetter
from typing import Any

from store.dates import later, relative
from tui.drawing import GUTTER, Direction, Line, Spot, up_or_down
from tui.drawing.rows import row_of
from tui.drawing.strip import BLANK, Strip
from tui.shapes import Lane, Scene, Timeline
from tui.text import cut, fit, width_of

HEAD = 3
"""Lines above the first lane: the legend, the names of the ticks, the axis."""
ID_WIDTH, DUE_WIDTH = 6, 10
ROOM_FOR_DUE = 70
LEAST_LABEL = 24
"""Cells of id and title, where the days can have as many."""

Unit = tuple[str, int, int, Callable[[date], str]]


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _year(day: date) -> str:
    return str(day.year)


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


UNITS: tuple[Unit, ...] = (
    ("w", 1, 7, _day),
    ("w", 2, 7, _day),
    ("m", 1, 4, lambda day: MONTHS[day.month - 1]),
    ("q", 1, 3, lambda day: f"Q{(day.month + 2) // 3}"),
    ("y", 1, 5, _year),
    ("y", 10, 5, _year),
    ("y", 100, 5, _year),
)
"""What ticks stand for, the finest first: unit, how many, cells from one to the next, name.  The first that has room is
taken; the first month of a year is named by the year."""
DAYS = {"w": 7, "m": 28, "q": 90, "y": 365}


class TimelineDrawing:
    """Legend and axis, then the lanes."""

    def __init__(self, view: Timeline, scene: Scene, width: int, height: int) -> None:
        self._view, self._scene = view, scene
        self._today = view.today
        self._width = width
        self._due = DUE_WIDTH if width >= ROOM_FOR_DUE else 0
        self._label = max(min(width * 3 // 8, 44), min(LEAST_LABEL, width // 2), 8)
        self._left = self._label + 1
        self._track = max(width - self._left - (self._due + 1 if self._due else 0), 1)
        self._days = max((view.end - view.start).days, 1)

    @property
    def height(self) -> int:
        return HEAD + len(self._view.lanes) if self._view.lanes else 0

    def _x(self, day: date) -> int:
        """The cell of a day on the track, below 0 or past its end when it is not visible."""
        return (day - self._view.start).days * (self._track - 1) // self._days

    # -------------------------------------------------------------------------------------------------------- the axis

    @cached_property
    def _ticks(self) -> list[tuple[int, str]]:
        """Cell and name of every tick."""
        for unit, count, cells, name in UNITS:
            if DAYS[unit] * count * (self._track - 1) >= cells * self._days:
                return list(self._named(list(self._tick_days(unit, count)), unit, name))
        return []

    def _named(self, days: list[date], unit: str, name: Callable[[date], str]) -> Iterator[tuple[int, str]]:
        """A tick a day; the first month of a year is named by the year, in short where the next name is near."""
        for day, after in zip_longest(days, days[1:]):
            near = after is not None and self._x(after) - self._x(day) <= len(_year(day))
            year = f"'{day.year % 100:02}" if near else _year(day)
            yield self._x(day), year if day.month == 1 and unit in "mq" else name(day)

    def _tick_days(self, unit: str, count: int) -> Iterator[date]:
        day = _first(self._view.start, unit, count)
        while day <= self._view.end:
            if day >= self._view.start:
                yield day
            try:
                day = later(day, count, unit)
            except ValueError:
                return

    def line(self, y: int) -> Line:
        strip = Strip(self._width)
        if y == 0:
            strip.write(GUTTER, cut(self._legend, self._width - GUTTER), "dim")
        elif y == 1:
            for x, name in self._ticks:
                if x + len(name) <= self._track:
                    strip.write(self._left + x, name, "dim")
        elif y == 2:
            self._draw_axis(strip)
        else:
            self._draw_lane(strip, self._view.lanes[y - HEAD])
        return strip.line()

    @cached_property
    def _legend(self) -> str:
        """Today, and as many of the signs as there is room to explain."""
        told = f"▼ {_dated(self._today)}"
        for sign in self._view.legend.split("  "):
            if width_of(told) + 2 + width_of(sign) > self._width - GUTTER:
                break
            told += f"  {sign}"
        return told

    def _draw_axis(self, strip: Strip) -> None:
        strip.write(self._left, "─" * self._track, "faint")
        for x, _ in self._ticks:
            strip.write(self._left + x, "┼", "faint")
        if 0 <= self._x(self._today) < self._track:
            strip.write(self._left + self._x(self._today), "▼", "accent")
        if self._due:
            strip.write(self._width - self._due, fit("next", self._due, right=True), "dim")

    # ------------------------------------------------------------------------------------------------------- the lanes

    def _draw_lane(self, strip: Strip, lane: Lane) -> None:
        strip.write(GUTTER, fit(lane.record.id, min(ID_WIDTH, self._label - GUTTER)), "dim")
        x = GUTTER + ID_WIDTH + 1
        strip.write(x, cut(lane.record.label, max(self._label - x, 0)), "text" if lane.record.is_open else "dim")
        track = Strip(self._track)
        today = self._x(self._today)
        if lane.start is not None and lane.end is not None:
            self._draw_bar(track, lane, self._x(lane.start), self._x(lane.end))
        for mark in lane.marks:
            track.write(self._x(mark.day), mark.glyph, mark.token)
        self._draw_edges(track, lane)
        if 0 <= today < self._track and track.at(today) == BLANK:
            track.write(today, "╎", "faint")
        strip.draw(track, self._left)
        self._draw_next(strip, lane)

    def _draw_bar(self, track: Strip, lane: Lane, first: int, last: int) -> None:
        low, high = max(min(first, last), 0), min(max(first, last), self._track - 1)
        if low <= high:
            track.write(low, "─" * (high - low + 1), lane.token)

    def _draw_edges(self, track: Strip, lane: Lane) -> None:
        """An arrow at the edge where a stretch goes on, or where the days of a lane that shows none of them lie."""
        days = _days(lane)
        cells = [self._x(day) for day in days]
        if not cells:
            return
        inside = any(0 <= x < self._track for x in cells)
        crossing = lane.start is not None and lane.end is not None and min(cells) < 0 <= max(cells)
        if min(cells) < 0 and (not inside or crossing):
            track.write(0, "←", lane.token)
        beyond = lane.start is not None and lane.end is not None and min(cells) < self._track <= max(cells)
        if max(cells) >= self._track and (not inside or beyond):
            track.write(self._track - 1, "→", lane.token)

    def _draw_next(self, strip: Strip, lane: Lane) -> None:
        """The day on which it asks for somebody; else the one that comes next, or the last one; in words."""
        days = _days(lane)
        if not self._due or not days:
            return
        day = lane.asks or min((day for day in days if day >= self._today), default=max(days))
        text = fit(relative(day, self._today), self._due, right=True)
        strip.write(self._width - self._due, text, lane.token if lane.token in ("warn", "bad") else "dim")

    # --------------------------------------------------------------------------------------------------------- spots

    @property
    def spots(self) -> int:
        return len(self._view.lanes)

    def spot(self, index: int) -> Spot:
        return Spot(self._view.lanes[index].record.id, index + HEAD, 0, self._width)

    def find(self, record_id: str) -> int | None:
        return row_of(record_id, [*map(attrgetter("record"), self._view.lanes)], self._scene)

    def on_line(self, y: int) -> Sequence[int]:
        return (y - HEAD,) if HEAD <= y < self.height else ()

    def step(self, index: int, direction: Direction) -> int:
        return up_or_down(index, direction, self.spots)

    def heading(self, index: int) -> Any:
        return None

    def staying(self, top: int) -> Sequence[int]:
        """The axis and its names; what the signs mean is read once."""
        return range(1, HEAD) if top else ()


def _dated(day: date) -> str:
    return f"{_day(day)} {day.year}"


def _days(lane: Lane) -> list[date]:
    days = [mark.day for mark in lane.marks]
    return days + [day for day in (lane.start, lane.end) if day is not None]


def _first(day: date, unit: str, count: int) -> date:
    """The last tick on or before a day: a Monday, the first of a month, quarter or year."""
    if unit == "w":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    if unit == "m":
        return day.replace(day=1)
    if unit == "q":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return date(max(day.year // count * count, 1), 1, 1)
