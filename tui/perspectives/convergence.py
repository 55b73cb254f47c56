"""Convergence: where should we agree, and where must we not?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache

from store.index import Index
from store.model import Belief, Record
from store.records import Records
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._finished import FINISHED, put_aside, shows_finished
from tui.perspectives._memo import kept, made
from tui.perspectives._moves import by_axes, number
from tui.perspectives._runs import in_runs
from tui.perspectives._trails import TRAILS, looks_back, shows_trails, trails
from tui.shapes import Plane, Point
from tui.viewpoint import Viewpoint

CONVERGED, BENEFIT = ("converged", 0.0, 10.0), ("benefit of agreeing", -5.0, 5.0)
HALFWAY = 5.0
CONVERGE, PROTECT, DIFFER, CHALLENGE = "converge", "protect", "agree to disagree", "challenge"
REGIONS = (CONVERGE, PROTECT, DIFFER, CHALLENGE)
"""Agreeing helps on top and hurts below; people differ on the left and agree on the right."""
TOKENS = {CONVERGE: "warn", PROTECT: "good", DIFFER: "text", CHALLENGE: "warn", "": "dim"}
MOVED = ("beliefs", "converged", "benefit")
"""Where the history says how a belief moved: the table, and the fields across and up."""
LET_GO = ("refuted", "retired")
"""States in which nobody holds a belief any more; one that is supported is held all the more."""


def region(belief: Belief) -> str:
    """What its place asks for: converge, protect, agree to disagree or challenge; "" where agreeing makes no difference."""
    if not belief.benefit:
        return ""
    agreed = (belief.converged or 0) >= HALFWAY
    if belief.benefit > 0:
        return PROTECT if agreed else CONVERGE
    return CHALLENGE if agreed else DIFFER


def misplaced(record: Record) -> float:
    """How much there is to gain from agreeing more, or less: benefit or harm times the way that is left, 0 to 50."""
    if not isinstance(record, Belief) or record.converged is None or record.benefit is None:
        return 0.0
    return abs(record.benefit) * (10 - record.converged if record.benefit > 0 else record.converged)


def _placed(record: Record) -> bool:
    return isinstance(record, Belief) and record.converged is not None and record.benefit is not None


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        hidden = (record.archived and not archived) or (record.standing in LET_GO and not finished)
        return () if hidden or not _placed(record) else (-int(misplaced(record)),)

    return Index((Belief,), groups, lambda record: -misplaced(record))


def _points(beliefs: tuple[Record, ...]) -> Iterator[Point]:
    for belief in beliefs:
        assert isinstance(belief, Belief) and belief.converged is not None and belief.benefit is not None
        name = region(belief)
        yield Point(belief, belief.converged, belief.benefit, TOKENS[name], name or "makes no difference")


def project(records: Records, viewpoint: Viewpoint) -> Plane:
    """A point for every belief that says both, what has most to gain from moving first."""
    finished = shows_finished(viewpoint)
    before = kept("convergence", viewpoint.archived, finished, viewpoint.where)
    groups = records.grouped(_index(viewpoint.archived, finished), viewpoint.where)
    points = in_runs(groups, before, _points)
    ranking = "most to gain from agreeing more, or less"
    plane = made(before, "plane", (points,), lambda: Plane(CONVERGED, BENEFIT, points, REGIONS, ranking))
    if not shows_trails(viewpoint):
        return plane
    return made(
        before, "trails", (plane, viewpoint.history), lambda: plane._replace(trails=trails(points, viewpoint, *MOVED))
    )


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if record.standing in LET_GO and not shows_finished(viewpoint):
        return put_aside(record, records)
    return None


PERSPECTIVE = Perspective(
    id="convergence",
    title="Convergence",
    key="v",
    asks="Where should we agree, and where must we not?",
    hides="why people differ, and who; how beliefs moved unless trails is on, what is let go unless finished is shown",
    kinds=(Belief,),
    project=project,
    empty=(
        "Beliefs stand here by how far people agree on them and whether agreeing helps. Choose a belief and press F: "
        "converged goes from 0 to 10, benefit from −5 to 5."
    ),
    needs=("converged", "benefit"),
    absence=_absence,
    moves="H and L: how far we agree, J and K: the benefit, each by 1",
    move=by_axes(number("converged", 1, *CONVERGED[1:]), number("benefit", 1, *BENEFIT[1:])),
    next_steps=(NextStep("plan the talk", fields=("next_step", "revisit_on")),),
    looks_back=looks_back,
    options=(FINISHED, TRAILS),
)
