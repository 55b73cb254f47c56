"""Risky beliefs: what should we learn first?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache

from store.index import Index
from store.model import Belief, Record
from store.records import Records
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._memo import kept, made
from tui.perspectives._moves import by_axes, number
from tui.perspectives._runs import in_runs
from tui.shapes import Plane, Point
from tui.viewpoint import Viewpoint

CERTAINTY, VALUE = ("certainty", 0.0, 10.0), ("value of being less wrong", 0.0, 10.0)
REGIONS = ("learn first", "rely on it", "leave it", "take as known")
HALFWAY = 5.0


def worth_learning(record: Record) -> float:
    """What there is to learn: the value of being less wrong times the doubt, 0 to 100."""
    if not isinstance(record, Belief) or record.certainty is None or record.value is None:
        return 0.0
    return record.value * (10 - record.certainty)


def _placed(record: Record) -> bool:
    return isinstance(record, Belief) and record.certainty is not None and record.value is not None


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        hidden = (record.archived and not archived) or not (finished or is_live(record))
        return () if hidden or not _placed(record) else (-int(worth_learning(record)),)

    return Index((Belief,), groups, lambda record: -worth_learning(record))


def _points(beliefs: tuple[Record, ...]) -> Iterator[Point]:
    for belief in beliefs:
        assert isinstance(belief, Belief) and belief.certainty is not None and belief.value is not None
        first = belief.value >= HALFWAY > belief.certainty
        yield Point(belief, belief.certainty, belief.value, "warn" if first else "text", _next(belief, first))


def _next(belief: Belief, first: bool) -> str:
    """The next step; where one is missing that should be taken first, that it is missing."""
    step = belief.next_step.strip()
    return f"next: {step}" if step else "no next step yet" if first else ""


def project(records: Records, viewpoint: Viewpoint) -> Plane:
    """A point for every belief that says both, what there is most to learn from first."""
    finished = shows_finished(viewpoint)
    before = kept("risky", viewpoint.archived, finished, viewpoint.where)
    groups = records.grouped(_index(viewpoint.archived, finished), viewpoint.where)
    points = in_runs(groups, before, _points)
    return made(before, "plane", (points,), lambda: Plane(CERTAINTY, VALUE, points, REGIONS, "learn first"))


PERSPECTIVE = Perspective(
    id="risky",
    title="Risky beliefs",
    key="k",
    asks="What should we learn first?",
    hides="who believes it, and what it would cost to find out; what is settled unless finished is shown",
    kinds=(Belief,),
    project=project,
    empty=(
        "Beliefs stand here by how certain we are and what it is worth to be less wrong. Choose a belief and press F: "
        "certainty and value go from 0 to 10."
    ),
    needs=("certainty", "value"),
    absence=finished_absence,
    moves="H and L: certainty, J and K: value, each by 1",
    move=by_axes(number("certainty", 1, *CERTAINTY[1:]), number("value", 1, *VALUE[1:])),
    next_steps=(NextStep("plan to learn", fields=("next_step", "revisit_on")),),
    options=(FINISHED,),
)
