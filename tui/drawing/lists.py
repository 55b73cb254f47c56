"""Lists: sections under each other, and trees; every record a row of columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import compress, count, islice, repeat
from operator import attrgetter, eq, is_, is_not
from typing import Any

from store.model import Record
from tui.drawing import GUTTER, Direction, Drawing, Line, Spot, up_or_down
from tui.folding import told
from tui.layout import NARROWEST_TITLE, Layout, layout, narrowed
from tui.shapes import Branch, Column, Scene, Section, Sections, Span, Tree
from tui.text import cut, fit, safe, width_of

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


def cells(record: Record, scene: Scene, plan: Layout) -> list[Span]:
    """The row of a record, every cell padded to its width, one blank between two."""
    spans: list[Span] = []
    for column, width in zip(plan.columns, plan.widths, strict=True):
        span = column.cell(record, scene)
        spans.append(Span(fit(span.text, width, column.right) + " ", span.token))
    if spans:
        last = spans[-1]
        spans[-1] = Span(last.text[:-1], last.token)
    return spans


def flexible(plan: Layout) -> int | None:
    """Which of the columns takes what the others leave: that of the titles; None where it was put away."""
    return next((at for at, column in enumerate(plan.columns) if not column.width), None)


def widened(plan: Layout, record: Record, scene: Scene) -> Layout:
    """The columns of one row: a title longer than its own runs on over what is empty behind it."""
    at = flexible(plan)
    if at is None or width_of(safe(plan.columns[at].cell(record, scene).text)) <= plan.widths[at]:
        return plan
    behind = range(at + 1, len(plan.columns))
    stop = next((one for one in behind if plan.columns[one].cell(record, scene).text.strip()), len(plan.columns))
    room = sum(plan.widths[at:stop]) + stop - at - 1
    return Layout((*plan.columns[: at + 1], *plan.columns[stop:]), (*plan.widths[:at], room, *plan.widths[stop:]))


Row = Record | Section | Branch | None


def place_of(record_id: str, records: Iterable[Record]) -> int | None:
    """Which of the records has an id, None where none has; without a step of Python's for each, for there can be many."""
    return next(compress(count(), map(partial(eq, record_id), map(attrgetter("id"), records))), None)


def row_of(record_id: str, records: Sequence[Record | None], scene: Scene) -> int | None:
    """On which of the rows a record stands, None where it does not; None among the records is a row of none.

    A view shows the records of one picture.  Where that is the scene's, the record itself is looked for, and nothing is
    read of the others; where it is of another time, its id.
    """
    first = next(filter(None, records), None)
    if first is not None and scene.records.get(first.id) is first:
        known = scene.records.get(record_id)
        return None if known is None else next(compress(count(), map(is_, records, repeat(known))), None)
    place = place_of(record_id, filter(None, records))
    return None if place is None else next(islice(_rows(records), place, None))


def _rows(records: Sequence[Record | None]) -> Iterator[int]:
    """The rows on which a record stands."""
    return compress(count(), map(is_not, records, repeat(None)))


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
        return list(_rows(self._records))

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


def heading(section: Section, width: int) -> Line:
    """The title of a section, how many records it holds and hides, and its note."""
    count = f" {len(section.records) + len(section.folded)}"
    said = " · ".join(filter(None, (f"▸ {len(section.folded)} more" if section.folded else "", section.note)))
    note = f"  {said}" if said else ""
    title = cut(section.title, max(width - len(count), 4))
    used = width_of(title) + len(count)
    return (Span(title, section.token), Span(count, "dim"), Span(cut(note, max(width - used, 0)), "warn"))


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
