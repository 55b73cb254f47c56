"""The row of a record in a list: its cells, on which row it stands, and the heading above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, count, islice, repeat
from operator import attrgetter, eq, is_, is_not

from store.model import Record
from tui.drawing import Line
from tui.layout import Layout
from tui.shapes import Scene, Section, Span
from tui.text import cut, fit, safe, width_of


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


def heading(section: Section, width: int) -> Line:
    """The title of a section, how many records it holds and hides, and its note."""
    count = f" {len(section.records) + len(section.folded)}"
    said = " · ".join(filter(None, (f"▸ {len(section.folded)} more" if section.folded else "", section.note)))
    note = f"  {said}" if said else ""
    title = cut(section.title, max(width - len(count), 4))
    used = width_of(title) + len(count)
    return (Span(title, section.token), Span(count, "dim"), Span(cut(note, max(width - used, 0)), "warn"))


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
    return None if place is None else next(islice(occupied(records), place, None))


def occupied(records: Sequence[Record | None]) -> Iterator[int]:
    """The rows on which a record stands."""
    return compress(count(), map(is_not, records, repeat(None)))
