"""Squeeze: what is too tight to succeed?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache

from store.derived import squeeze
from store.index import Index
from store.model import Bet, Record
from store.records import Records
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._memo import kept, made
from tui.perspectives._moves import nowhere
from tui.perspectives._runs import RUN, in_runs
from tui.shapes import Grid, GridCell, GridRow
from tui.viewpoint import Viewpoint

COLUMNS = ("drivers", "constraints", "floats")
MOST, FEWEST = 2, 2
"""Drivers and constraints a bet can bear, and the floats it needs."""
BORNE, TOO_MANY, TOO_FEW = "■", "▲", "▼"


def excess(record: Record) -> int:
    """How far a bet is over what it can bear: drivers and constraints too many, floats too few, added up."""
    if not isinstance(record, Bet) or not squeeze(record):
        return 0
    too_many = max(len(record.drivers) - MOST, 0) + max(len(record.constraints) - MOST, 0)
    return too_many + max(FEWEST - len(record.floats), 0)


def _says(record: Record) -> bool:
    return isinstance(record, Bet) and bool(record.drivers or record.constraints or record.floats)


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        hidden = (record.archived and not archived) or not (finished or is_live(record))
        return () if hidden or not _says(record) else ((-excess(record), record.number // RUN),)

    return Index((Bet,), groups)


def _many(count: int) -> GridCell:
    """A square for each it can bear, a sign for each that is too many."""
    return GridCell(
        text=f"{count} {BORNE * min(count, MOST)}{TOO_MANY * (count - MOST)}".rstrip(), token=_token(count > MOST)
    )


def _few(count: int) -> GridCell:
    """A square for each there is, a sign for each that is missing."""
    return GridCell(text=f"{count} {BORNE * count}{TOO_FEW * (FEWEST - count)}", token=_token(count < FEWEST))


def _token(squeezed: bool) -> str:
    return "warn" if squeezed else "text"


def _rows(bets: tuple[Record, ...]) -> Iterator[GridRow]:
    for bet in bets:
        assert isinstance(bet, Bet)
        cells = _many(len(bet.drivers)), _many(len(bet.constraints)), _few(len(bet.floats))
        over = excess(bet)
        yield GridRow(bet.label, cells, bet, f"tight by {over}" if over else "has room", bet.id)


def project(records: Records, viewpoint: Viewpoint) -> Grid:
    """A row for every bet that names any of the three, the tightest first."""
    finished = shows_finished(viewpoint)
    before = kept("squeeze", viewpoint.archived, finished, viewpoint.where)
    rows = in_runs(records.grouped(_index(viewpoint.archived, finished), viewpoint.where), before, _rows)
    return made(before, "grid", (rows,), lambda: Grid("", COLUMNS if rows else (), rows))


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if reason := finished_absence(record, records, viewpoint):
        return reason
    return None if _says(record) else f"{record.id} names no drivers, constraints or floats; press F to fill them in"


PERSPECTIVE = Perspective(
    id="squeeze",
    title="Squeeze",
    key="s",
    asks="What is too tight to succeed?",
    hides="what the drivers, constraints and floats are; what is finished unless it is shown",
    kinds=(Bet,),
    project=project,
    empty=(
        "A bet with more than two drivers, more than two constraints or fewer than two floats is too tight. Choose "
        "a bet, press F and name what must be achieved (drivers), must not break (constraints) and may give way (floats)."
    ),
    absence=_absence,
    move=nowhere("Which of its drivers, constraints and floats give way is for words: m opens all three."),
    fills=lambda record, viewpoint: COLUMNS,
    next_steps=(NextStep("loosen it", "lens.fill"),),
    options=(FINISHED,),
)
