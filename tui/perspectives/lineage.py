"""Lineage: what led to this, and what hangs on it?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from store.model import Record, Update
from store.records import Records
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._arrows import KINDS, REFERRING, arrows_from
from tui.perspectives._columns import ID, STATE, TITLE
from tui.perspectives._memo import kept, made
from tui.perspectives._moves import nowhere
from tui.shapes import Branch, Tree
from tui.viewpoint import Viewpoint

COLUMNS = (ID, STATE, TITLE)
REACH = ("reach", ("3", "1", "6", "12"))
MOST = 400
"""Rows a direction shows at most, however many records there are."""
BLANK = Branch(None, 0)
INDENT = 9
"""Where the titles begin, in steps of depth: a row without a record has no columns of its own."""


class Step(NamedTuple):
    """The next record on the way, and what the arrows to it are called."""

    words: str
    record_id: str


class Direction(NamedTuple):
    """A way to go from the chosen record: its head, what to say where nothing lies there, and which arrows it takes.

    ``end_is_first`` is that of the arrows (``Way``) that are followed from their start; the others from their end.
    """

    title: str
    none: str
    end_is_first: bool | None


BEFORE = Direction("What led to it", "Nothing is said to have led to it.", True)
AFTER = Direction("What hangs on it", "Nothing is said to hang on it.", False)
BESIDE = Direction("Beside it", "", None)


def _steps(record: Record, records: Records, end_is_first: bool | None) -> list[Step]:
    """Each neighbour in a direction once, with every word that leads to it."""
    words: dict[str, list[str]] = {}
    for arrow in arrows_from(record):
        if arrow.way.end_is_first is end_is_first:
            words.setdefault(arrow.end, []).append(arrow.way.word)
    from_end = None if end_is_first is None else not end_is_first
    for other in records.group(REFERRING, record.id):
        for arrow in arrows_from(other):
            if arrow.end == record.id and arrow.way.end_is_first is from_end:
                words.setdefault(other.id, []).append(arrow.way.back)
    words.pop(record.id, None)
    return [Step(", ".join(dict.fromkeys(said)), record_id) for record_id, said in words.items()]


class Walk:
    """One direction from the chosen record outwards; each record is followed once, so that circles end."""

    def __init__(self, records: Records, viewpoint: Viewpoint, direction: Direction, reach: int) -> None:
        self._records = records
        self._archived = viewpoint.archived
        self._direction = direction
        self._reach = reach
        self._known = kept("lineage", direction.end_is_first)
        self._followed: set[str] = set()
        self._beyond: set[str] = set()

    def branches(self, origin: Record) -> Iterator[Branch]:
        """The rows of this direction, each after the one it hangs from, and what was left out."""
        self._followed.add(origin.id)
        waiting = [(step, 0) for step in reversed(self._from(origin))]
        rows = 0
        while waiting and rows < MOST:
            step, depth = waiting.pop()
            record = self._records.get(step.record_id)
            further = [] if record is None else self._from(record)
            yield self._branch(record, step, depth, bool(further))
            rows += 1
            if record is not None:
                waiting += [(one, depth + 1) for one in reversed(self._within(record, depth, further))]
        if waiting:
            yield Branch(None, 1, f"and more: only the first {MOST} rows are shown")
        if beyond := self._beyond - self._followed:
            yield Branch(None, 1, f"{len(beyond)} more beyond {self._reach}: turn reach to see them")

    def _from(self, record: Record) -> list[Step]:
        sources = (record, self._records.group(REFERRING, record.id))
        make = partial(_steps, record, self._records, self._direction.end_is_first)
        steps = made(self._known, record.id, sources, make)
        return steps if self._archived else [step for step in steps if not self._is_away(step.record_id)]

    def _is_away(self, record_id: str) -> bool:
        record = self._records.get(record_id)
        return record is not None and record.archived

    def _branch(self, record: Record | None, step: Step, depth: int, leads_on: bool) -> Branch:
        if record is None:
            return Branch(None, depth + INDENT, f"{step.record_id}, {step.words}: not there")
        again = " · as above" if leads_on and record.id in self._followed else ""
        return Branch(record, depth, note=step.words + again, token="dim")

    def _within(self, record: Record, depth: int, further: list[Step]) -> list[Step]:
        """Where to go on from a record: nowhere twice, and not past the reach."""
        if record.id in self._followed or self._direction is BESIDE:
            return []
        self._followed.add(record.id)
        if depth + 1 < self._reach:
            return further
        self._beyond |= {step.record_id for step in further}
        return []


def _branches(record: Record, records: Records, viewpoint: Viewpoint) -> Iterator[Branch]:
    turned = PERSPECTIVE.option(viewpoint, "reach")
    reach = int(turned) if turned.isdecimal() else 3
    yield Branch(record, 0)
    for direction in (BEFORE, AFTER, BESIDE):
        rows = list(Walk(records, viewpoint, direction, reach).branches(record))
        if rows or direction.none:
            yield BLANK
            yield Branch(None, 0, direction.title if rows else direction.none, token="title" if rows else "dim")
        yield from rows
    if not records.group(REFERRING, record.id) and not any(arrows_from(record)):
        yield BLANK
        yield Branch(None, 0, "Press > on a record to draw an arrow: nests in, drives, tests, informs, depends on, …")


def project(records: Records, viewpoint: Viewpoint) -> Tree:
    """The chosen record, then what led to it and what hangs on it, nearest first."""
    record = records.get(viewpoint.chosen) if viewpoint.chosen else None
    if record is None or isinstance(record, Update):
        return Tree(COLUMNS, ())
    return Tree(COLUMNS, tuple(_branches(record, records, viewpoint)))


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if viewpoint.chosen is None:
        return "no record is chosen"
    shown = {branch.record.id for branch in project(records, viewpoint).branches if branch.record}
    if record.id in shown:
        return None
    return f"no links lead from {viewpoint.chosen} to {record.id} within reach"


PERSPECTIVE = Perspective(
    id="lineage",
    title="Lineage",
    key="y",
    asks="What led to this, and what hangs on it?",
    hides="what is not linked, when anything happened, and what lies further away than it reaches",
    kinds=KINDS,
    project=project,
    empty="Choose a record to see what led to it and what hangs on it. Links say so: press > to draw one.",
    absence=_absence,
    move=nowhere("What led to what has no steps between: > draws an arrow, e changes the links."),
    next_steps=(NextStep("draw an arrow", "record.link"),),
    follows=True,
    options=(REACH,),
)
