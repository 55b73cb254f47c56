"""Rolling map: what do we hold at which horizon?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, cast

from store.derived import due_on
from store.index import Index
from store.model import Bet, Mission, Record
from store.parts import HORIZONS
from store.records import Records
from store.settings import Settings
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._moves import by_axes, scale, states
from tui.shapes import Grid, GridCell, GridRow
from tui.viewpoint import Viewpoint

STAGES: Mapping[str, tuple[tuple[type[Record], str], ...]] = {
    "considered": ((Bet, "option"),),
    "taking shape": ((Mission, "forming"), (Bet, "shaping")),
    "in hand": ((Mission, "active"), (Bet, "placed")),
    "awaiting outcome": ((Bet, "released"),),
    "at rest": ((Mission, "paused"), (Bet, "parked")),
    "finished": ((Mission, "closed"), (Bet, "settled"), (Bet, "stopped")),
}
"""Stage → the states of missions and bets that stand in it, so that both fit under the same few heads."""
STAGE_OF = {(kind, state): stage for stage, members in STAGES.items() for kind, state in members}
LONGEST_FIRST: tuple[str | None, ...] = (*reversed(HORIZONS), None)
NO_HORIZON = "(none)"
Cells = Mapping[tuple[str | None, str], tuple[Record, ...]]
OPTIONS = (("show", ("cards", "counts")), ("of", ("both", "missions", "bets")), FINISHED)
KINDS: Mapping[str, tuple[type[Record], ...]] = {"both": (Mission, Bet), "missions": (Mission,), "bets": (Bet,)}


def _rank(record: Record) -> tuple[Any, ...]:
    """Within a cell missions first, then what asks for somebody first."""
    return not isinstance(record, Mission), due_on(record) or date.max


def _is_shown(record: Record, finished: bool) -> bool:
    """Whether it is in hand or may come to be; what is parked rests, but is not finished."""
    return finished or is_live(record) or record.standing == "parked"


@lru_cache(maxsize=12)
def _index(of: str, archived: bool, finished: bool) -> Index:
    def cells(record: Record) -> Iterable[tuple[str | None, str]]:
        if (record.archived and not archived) or not _is_shown(record, finished):
            return ()
        return ((getattr(record, "horizon", None), STAGE_OF[type(record), record.standing]),)

    return Index(KINDS[of], cells, _rank)


def _of(viewpoint: Viewpoint) -> str:
    turned = viewpoint.options.get("of", "")
    return turned if turned in KINDS else "both"


def _rungs(held: set[str | None]) -> list[str | None]:
    """The horizons from the longest that holds anything to the shortest, the empty ones between them too."""
    places = [at for at, horizon in enumerate(LONGEST_FIRST) if horizon in held and horizon is not None]
    between = list(LONGEST_FIRST[places[0] : places[-1] + 1]) if places else []
    return [*between, None] if None in held else between


def _head(stage: str, of: str, settings: Settings) -> str:
    """What the workspace calls the states of a stage."""
    members = [(kind, state) for kind, state in STAGES[stage] if kind in KINDS[of]]
    return " · ".join(dict.fromkeys(settings.state(kind.noun, state) for kind, state in members))


def project(records: Records, viewpoint: Viewpoint) -> Grid:
    """A row for every horizon, the longest on top, a column for every stage in which anything stands."""
    of, settings = _of(viewpoint), records.settings
    index = _index(of, viewpoint.archived, shows_finished(viewpoint))
    groups = cast(Cells, records.grouped(index, viewpoint.where))
    held = {stage for _, stage in groups}
    stages = tuple(stage for stage in STAGES if stage in held)
    rows = []
    for rung in _rungs({horizon for horizon, _ in groups}):
        cells = tuple(GridCell(groups.get((rung, stage), ())) for stage in stages)
        count = sum(len(cell.records) for cell in cells)
        rows.append(GridRow(f"{settings.horizon(rung) or NO_HORIZON} {count}", cells, key=rung))
    heads = tuple(_head(stage, of, settings) for stage in stages)
    return Grid("", heads, tuple(rows), viewpoint.options.get("show") == "counts")


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    of = _of(viewpoint)
    if not isinstance(record, KINDS[of]):
        return f"it is turned to {of}; {record.id} is a {records.settings.one(record.noun)}"
    return None if _is_shown(record, False) else finished_absence(record, records, viewpoint)


PERSPECTIVE = Perspective(
    id="rolling",
    title="Rolling map",
    key="R",
    asks="What do we hold at which horizon?",
    hides="what nests in what: see Ladder; dates and people; what is finished unless it is shown",
    kinds=(Mission, Bet),
    project=project,
    empty="Nothing is held yet. Press a to add a mission or a bet, and give it a horizon: hours to decades.",
    absence=_absence,
    moves="H and L: to the state before or after, J and K: a shorter or longer horizon",
    move=by_axes(states, scale("horizon", HORIZONS)),
    fills=lambda record, viewpoint: ("horizon",),
    next_steps=(NextStep("horizon", "lens.fill"),),
    options=OPTIONS,
)
