"""Records as they leave the shell: a line each for people, objects and rows for programs."""

from __future__ import annotations

from collections.abc import Sequence

from store.derived import due_on
from store.model import Record
from tui.layout import NARROWEST_TITLE, Layout, layout
from tui.perspectives._columns import AGE, DUE, ID, PEOPLE, STATE, TITLE, age_of, people_of
from tui.shapes import Column, Scene, Span
from tui.shell.output import pour, put
from tui.shell.printing import as_csv, print_objects, terminal_width
from tui.shell.session import Session, as_object
from tui.text import fit, safe, width_of

COLUMNS = (ID, STATE, TITLE, PEOPLE, AGE._replace(cell=lambda record, scene: Span(age_of(record, scene), "dim")), DUE)
"""As in the app, but what has no colours need not find out what is stale: that asks for every update there is."""
WIDEST = 400
"""Cells of a title in a pipe at most."""
CSV_FIELDS = ("id", "type", "state", "title", "people", "tags", "due", "created", "created_by", "updated", "updated_by")


def print_records(session: Session, records: Sequence[Record], columns: tuple[Column, ...] = COLUMNS) -> None:
    """Print some records in the form that was asked for."""
    if session.flags.csv:
        pour(as_csv(CSV_FIELDS, map(_row, records)))
    elif session.flags.is_machine:
        print_objects(session, [as_object(record) for record in records])
    else:
        print_rows(records, columns, session.scene)


def print_rows(records: Sequence[Record], columns: tuple[Column, ...], scene: Scene) -> None:
    """Print a line a record, as wide as the terminal, in a pipe as wide as the longest title."""
    plan = layout(columns, _room(records, columns))
    if lines := [_line(record, scene, plan) for record in records]:
        put("\n".join(lines))


def _line(record: Record, scene: Scene, plan: Layout) -> str:
    """What ``cells`` draws, without its colours."""
    places = zip(plan.columns, plan.widths, strict=True)
    return " ".join([fit(column.cell(record, scene).text, width, column.right) for column, width in places]).rstrip()


def _room(records: Sequence[Record], columns: tuple[Column, ...]) -> int:
    """How many cells a line may take."""
    if (width := terminal_width()) is not None:
        return width
    longest = max((width_of(safe(record.label)) for record in records), default=0)
    return sum(column.width + 1 for column in columns) + min(max(longest, NARROWEST_TITLE), WIDEST)


def _row(record: Record) -> tuple[str, ...]:
    due = due_on(record)
    return (
        record.id,
        record.noun,
        record.standing,
        str(getattr(record, record.headline)),
        ", ".join(people_of(record)),
        ", ".join(record.tags),
        due.isoformat() if due else "",
        record.created,
        record.created_by,
        record.updated,
        record.updated_by,
    )
