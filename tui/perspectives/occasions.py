"""Occasions: do our meetings solve problems, or pass them by?

Cohen, March and Olsen: a choice is made by *resolution*, by *oversight* (before the problem is noticed) or by *flight*
(when the problem has left for another choice).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import lru_cache
from typing import cast

from store.index import Index
from store.model import Decision, Record
from store.records import Records
from tui.acting import Moved, NextStep, Nudge, Stays
from tui.perspective import Perspective
from tui.perspectives._memo import kept, made
from tui.perspectives._moves import by_axes, refusing, scale
from tui.shapes import Grid, GridCell, GridRow
from tui.viewpoint import Viewpoint

SOLVED: tuple[str | None, ...] = ("resolution", "oversight", "flight", None)
COLUMNS = ("resolution", "oversight", "flight", "not said")
NOWHERE = "(no occasion)"
ByColumn = Mapping[str | None, tuple[Record, ...]]
Found = Mapping[tuple[str, str | None], tuple[Record, ...]]
"""(occasion, how it was solved) → the decisions."""


def _says(record: Record) -> bool:
    return isinstance(record, Decision) and bool(record.occasion.strip() or record.solved)


@lru_cache(maxsize=2)
def _index(archived: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if not isinstance(record, Decision) or not _says(record) or (record.archived and not archived):
            return ()
        return ((record.occasion.strip(), record.solved),)

    return Index((Decision,), groups)


def _note(cells: ByColumn) -> str:
    """How many were resolved of those of which it is said."""
    said = sum(len(decisions) for solved, decisions in cells.items() if solved is not None)
    return f"{len(cells.get('resolution', ()))}/{said} resolved" if said else ""


def _row(occasion: str, cells: ByColumn) -> GridRow:
    made_of = tuple(GridCell(cells.get(solved, ())) for solved in SOLVED)
    return GridRow(occasion or NOWHERE, made_of, note=_note(cells), key=occasion)


def _grid(groups: Found) -> Grid:
    rows: dict[str, dict[str | None, tuple[Record, ...]]] = defaultdict(dict)
    for (occasion, solved), decisions in groups.items():
        rows[occasion][solved] = decisions
    sizes = {occasion: sum(map(len, cells.values())) for occasion, cells in rows.items()}
    order = sorted(rows, key=lambda occasion: (not occasion, -sizes[occasion], occasion.casefold(), occasion))
    shown = tuple(_row(occasion, rows[occasion]) for occasion in order)
    return Grid("occasion", COLUMNS if shown else (), shown, counts=True, keys=SOLVED if shown else ())


def project(records: Records, viewpoint: Viewpoint) -> Grid:
    """A row for every occasion, the busiest first; how many decisions solved their problem which way."""
    groups = cast(Found, records.grouped(_index(viewpoint.archived), viewpoint.where))
    return made(kept("occasions", viewpoint.archived, viewpoint.where), "grid", (groups,), lambda: _grid(groups))


_along = scale("solved", tuple(filter(None, SOLVED)))


def _solved(record: Record, nudge: Nudge, way: int) -> Moved:
    """Along how a decision solved its problem, once that is said."""
    if isinstance(record, Decision) and not record.solved:
        return Stays(f"It is not said yet how {record.id} solved its problem: F fills it in.")
    return _along(record, nudge, way)


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if _says(record):
        return None
    return f"{record.id} says neither its occasion nor how it solved its problem; press F to fill them in"


PERSPECTIVE = Perspective(
    id="occasions",
    title="Occasions",
    key="n",
    asks="Do our meetings solve problems, or pass them by?",
    hides="what was decided, by whom, and whether it went well",
    kinds=(Decision,),
    project=project,
    empty=(
        "Decisions are counted here by the meeting or thread they were taken in. Choose a decision, press F, fill in "
        "occasion; after the review, solved: resolution solved the problem, oversight never noticed it, flight let it go."
    ),
    absence=_absence,
    moves="H and L: how it solved its problem",
    move=by_axes(_solved, refusing("Which meeting it was taken in has no order: F fills it in.")),
    fills=lambda record, viewpoint: ("occasion", "solved"),
    next_steps=(NextStep("how it solved", "lens.fill"),),
)
