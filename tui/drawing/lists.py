"""Lists: sections under each other, and trees; every record a row of columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any

from store.model import Record
from tui.drawing import GUTTER, Direction, Drawing, Line, Spot, up_or_down
from tui.drawing.rows import cells, flexible, heading, occupied, row_of, widened
from tui.folding import told
from tui.layout import NARROWEST_TITLE, Layout, layout, narrowed
from tui.shapes import Branch, Column, Scene, Section, Sections, Span, Tree
from tui.text import cut, fit, width_of

NARROWEST_LANE = 28
"""Cells a section needs to stand beside others."""


def heads(plan: Layout, taken: int) -> str:
    """The names of the columns, each over its cells; those that begin before ``taken`` cells are over are left out."""
    names: list[str] = []
    at = 0
    for column, width in zip(plan.columns, plan.widths, strict=True):
        name = fit(column.title, width, column.right)
        begins = at + width - len(name.lstrip())
        names.append(name if (begins if column.right else at) >= taken else " " * width)
        at += width + 1
    return " ".join(names)


Row = Record | Section | Branch | None


class RowsDrawing:
    """Rows under each other: headings, blanks, and one spot for every record; ``records`` are those on each line.

    ``headings`` are the lines on which sections begin.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        records: Sequence[Record | None],
        columns: tuple[Column, ...],
        scene: Scene,
        width: int,
        headings: Sequence[int] = (),
    ) -> None:
        self._rows = rows
        self._records = records
        self._scene = scene
        self._width = width
        self._headings = headings
        self._plan = narrowed(layout(columns, width - GUTTER))

    @property
    def height(self) -> int:
        return len(self._rows)

    def line(self, y: int) -> Line:
        row = self._rows[y]
        if row is None:
            return ()
        if isinstance(row, Section):
            return _headed(row, self._plan, self._width) if y == 0 else heading(row, self._width)
        if isinstance(row, Branch):
            return self._branch(row)
        return (Span(" " * GUTTER), *cells(row, self._scene, widened(self._plan, row, self._scene)))

    def _branch(self, row: Branch) -> Line:
        guide = "  " * row.depth
        if row.record is None:
            said = f"{row.title}  ▸ {told(row.folded, self._scene.records, self._width)}" if row.folded else row.title
            return (Span(" " * GUTTER + guide), Span(cut(said, self._width - len(guide) - GUTTER), row.token or "dim"))
        spans = cells(row.record, self._scene, self._plan)
        at = flexible(self._plan) or 0
        room = self._plan.widths[at]
        lead = "▸ " if row.folded else "└ " if row.depth else ""
        hung = (guide + lead)[-(room // 2) :]
        title = self._plan.columns[at].cell(row.record, self._scene)
        most = room - len(hung) - min(room // 3 if row.folded else room * 2 // 5, NARROWEST_TITLE)
        inside = told(row.folded, self._scene.records, most - 2)
        said = " · ".join(filter(None, (inside, row.note)))
        note = cut(f"  {said}" if said else "", most)
        body = fit(title.text, room - len(hung) - width_of(note))
        blank = " " if at < len(self._plan.columns) - 1 else ""
        spans[at : at + 1] = [
            Span(hung, "faint"),
            Span(body, title.token),
            Span(note + blank, row.token or ("warn" if row.note or "off" in inside else "dim")),
        ]
        return (Span(" " * GUTTER), *spans)

    @cached_property
    def _lines(self) -> Sequence[int]:
        """The line of every spot."""
        return list(occupied(self._records))

    def _record(self, y: int) -> Record:
        record = self._records[y]
        assert record is not None
        return record

    @property
    def spots(self) -> int:
        return len(self._lines)

    def spot(self, index: int) -> Spot:
        y = self._lines[index]
        record = self._record(y)
        listed = not isinstance(self._rows[y], Branch)
        return Spot(record.id, y, 0, self._width, _named(widened(self._plan, record, self._scene) if listed else self._plan))

    def find(self, record_id: str) -> int | None:
        row = row_of(record_id, self._records, self._scene)
        return None if row is None else bisect_left(self._lines, row)

    def step(self, index: int, direction: Direction) -> int:
        return up_or_down(index, direction, self.spots)

    def on_line(self, y: int) -> Sequence[int]:
        index = bisect_left(self._lines, y)
        return (index,) if index < len(self._lines) and self._lines[index] == y else ()

    def heading(self, index: int) -> Any:
        y = self._lines[index]
        above = next((row for row in reversed(self._rows[: y + 1]) if isinstance(row, Section)), None)
        return None if above is None else above.key

    def staying(self, top: int) -> Sequence[int]:
        """The heading of the section whose records come first, unless it is in sight or another comes now."""
        if not top or self._records[top] is None:
            return ()
        at = bisect_right(self._headings, top) - 1
        return (self._headings[at],) if at >= 0 else ()


def _named(plan: Layout) -> int:
    """The cells up to the end of the title."""
    at = flexible(plan)
    last = len(plan.widths) - 1 if at is None else at
    return GUTTER + sum(plan.widths[: last + 1]) + last


def _headed(section: Section, plan: Layout, width: int) -> Line:
    """The heading on top of a list, which has room to name the columns."""
    told = heading(section, width)
    used = sum(width_of(span.text) for span in told) - GUTTER
    return (*told, Span(cut(heads(plan, used + 2)[used:].rstrip(), width - used - GUTTER), "dim"))


def sections(view: Sections, scene: Scene, width: int, height: int) -> Drawing:
    """Sections side by side where each gets room enough, else under each other."""
    lanes = len(view.sections)
    if view.across and lanes > 1 and width >= lanes * NARROWEST_LANE:
        from tui.drawing.lanes import LanesDrawing  # where there is room for them

        return LanesDrawing(view, scene, width)
    rows: list[Row] = []
    records: list[Record | None] = []
    headings: list[int] = []
    for section in view.sections:
        if len(view.sections) > 1 or section.title:
            begins = [None, section] if rows else [section]
            rows += begins
            records += [None] * len(begins)
            headings.append(len(rows) - 1)
        rows += section.records
        records += section.records
    return RowsDrawing(rows, records, view.columns, scene, width, headings)


def tree(view: Tree, scene: Scene, width: int, height: int) -> Drawing:
    """A tree as indented rows."""
    return RowsDrawing(view.branches, [*map(attrgetter("record"), view.branches)], view.columns, scene, width)
