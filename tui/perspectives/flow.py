"""Flow: what is stuck, how old is it, who is over the WIP limit?"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import lru_cache

from store.index import Index
from store.model import Bet, Mission, Record
from store.records import Records
from store.settings import Settings
from tui.acting import NextStep
from tui.folding import DEPTH_OF_LIST, folded
from tui.perspective import Perspective
from tui.perspectives._columns import AGE, DUE, ID, MISSION, PEOPLE, TITLE
from tui.perspectives._finished import FINISHED, finished_absence, shows_finished
from tui.perspectives._moves import by_axes, refusing, states
from tui.shapes import Section, Sections
from tui.viewpoint import Viewpoint

LIVE = ("option", "shaping", "placed", "released")
OVER = ("parked", "stopped", "settled")
COLUMNS = (ID, TITLE, MISSION, PEOPLE, AGE._replace(width=4, keep=10), DUE)
"""How old a bet is stays where the lanes get narrow: it is what is asked."""
MISSION_WIP, TEAM_WIP = "mission", "team"


def _since(record: Record) -> str:
    """Since when a bet is where its age counts from; a bet that does not say comes last."""
    placed = record.placed_on if isinstance(record, Bet) else None
    return placed.isoformat() if placed else record.created or "9999"


@lru_cache(maxsize=2)
def _by_state(archived: bool) -> Index:
    return Index((Bet,), lambda record: () if record.archived and not archived else (record.standing,), _since)


def _carriers(record: Record) -> Iterator[Hashable]:
    """What carries a placed bet: every mission it nests in, and its team."""
    if isinstance(record, Bet) and record.state == "placed" and not record.archived:
        yield from {(MISSION_WIP, parent) for parent in record.linked("nests_in")}
        if record.team:
            yield TEAM_WIP, record.team


PLACED = Index((Bet,), _carriers)
LIMITED = Index(
    (Mission,),
    lambda record: (True,) if isinstance(record, Mission) and record.wip_limit is not None and record.is_open else (),
)


def over_limit(records: Records) -> Iterator[str]:
    """Every mission and team that carries more placed bets than its limit: ``M3 5/4``; whatever the filter."""
    carried = records.grouped(PLACED)
    for mission in records.group(LIMITED, True):
        count = len(carried.get((MISSION_WIP, mission.id), ()))
        if isinstance(mission, Mission) and mission.wip_limit is not None and count > mission.wip_limit:
            yield f"{mission.id} {count}/{mission.wip_limit}"
    for team, limit in sorted(records.settings.wip_limits.items()):
        count = len(carried.get((TEAM_WIP, team), ()))
        if count > limit:
            yield f"{team} {count}/{limit}"


def _title(state: str, settings: Settings) -> str:
    """What the workspace calls a state; released bets await their outcome unless it has a word of its own."""
    name = settings.state(Bet.noun, state)
    return "awaiting outcome" if name == "released" else name


def project(records: Records, viewpoint: Viewpoint) -> Sections:
    """Bets by state, oldest first; the live states stay in place when they are empty, so that cards can move there."""
    groups = records.grouped(_by_state(viewpoint.archived), viewpoint.where)
    over = " · ".join(over_limit(records))
    states = [*LIVE, *(state for state in OVER if groups.get(state) and shows_finished(viewpoint))]
    if not any(groups.get(state) for state in states):
        return Sections(COLUMNS, (), across=True)
    sections = tuple(
        Section(
            _title(state, records.settings),
            groups.get(state, ()),
            note=f"over: {over}" if over and state == "placed" else "",
            key=state,
        )
        for state in states
    )
    return folded(Sections(COLUMNS, sections, across=True), viewpoint)


PERSPECTIVE = Perspective(
    id="flow",
    title="Flow",
    key="f",
    asks="What is stuck, how old is it, who is over the WIP limit?",
    hides="why each is where it is; what is settled, parked or stopped unless finished is shown",
    kinds=(Bet,),
    project=project,
    empty="Bets move from option over shaping and placed to their outcome. Press a among the bets to add one.",
    needs=("state",),
    absence=finished_absence,
    moves="H and L: to the state before or after",
    move=by_axes(states, refusing("The oldest stands on top of every lane: H and L move it to another, d sets its day.")),
    fills=lambda record, viewpoint: ("placed_on", "settle_by", "people"),
    next_steps=(NextStep("how it goes", "checkin.hold"),),
    options=(FINISHED, DEPTH_OF_LIST),
)
