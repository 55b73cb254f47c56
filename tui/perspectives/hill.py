"""Hill: still figuring out, or making?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from math import cos, pi

from store.index import Index
from store.model import Bet, Record
from store.records import Records
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._memo import kept, made
from tui.perspectives._moves import by_axes, number, refusing
from tui.perspectives._runs import in_runs
from tui.shapes import Plane, Point
from tui.viewpoint import Viewpoint

TOP, END = 50, 100
STEP = 5
"""How far a bet is moved at once."""
ACROSS = ("hill", 0.0, float(END))
UP = ("", 0.0, 1.0)
"""How high a bet stands says nothing of its own, so the axis has neither name nor numbers."""


def height(hill: float) -> float:
    """How high the hill is at a place from 0 to 100: 0 at both feet, 1 on top."""
    return (1 - cos(2 * pi * hill / END)) / 2


CURVE = tuple((float(x), height(x)) for x in range(0, END + 1, 2))
REGIONS = ("figuring out", "making", "", "")


def phase(hill: int) -> str:
    """What is being done at a place on the hill."""
    if hill == TOP:
        return f"{hill} on top"
    if hill in (0, END):
        return f"{hill} {'not begun' if hill == 0 else 'made'}"
    return f"{hill} {'figuring out' if hill < TOP else 'making'}"


def _hill(record: Record) -> int:
    return record.hill if isinstance(record, Bet) and record.hill is not None else 0


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        hidden = (record.archived and not archived) or not (finished or is_live(record))
        return () if hidden or not isinstance(record, Bet) or record.hill is None else (record.hill,)

    return Index((Bet,), groups)


def _points(bets: tuple[Record, ...]) -> Iterator[Point]:
    for bet in bets:
        at = _hill(bet)
        yield Point(bet, at, height(at), "doing" if bet.is_open else "dim", phase(at))


def project(records: Records, viewpoint: Viewpoint) -> Plane:
    """Every bet that says where it is, on the hill, the one that is least far first."""
    finished = shows_finished(viewpoint)
    before = kept("hill", viewpoint.archived, finished, viewpoint.where)
    groups = records.grouped(_index(viewpoint.archived, finished), viewpoint.where)
    points = in_runs(groups, before, _points)
    return made(before, "plane", (points,), lambda: Plane(ACROSS, UP, points, REGIONS, "from the foot of the hill", CURVE))


PERSPECTIVE = Perspective(
    id="hill",
    title="Hill",
    key="h",
    asks="Still figuring out, or making?",
    hides="how fast anything moves, and what it is worth; what is finished unless it is shown",
    kinds=(Bet,),
    project=project,
    empty=(
        "Bets climb while we are figuring out and go down while we are making. Choose a bet and press F: hill 0 is "
        "the start, 50 the top, 100 made."
    ),
    needs=("hill",),
    absence=finished_absence,
    moves="H and L: 5 down or up the hill",
    move=by_axes(number("hill", STEP, 0, END), refusing("How high it stands follows from how far it is: H and L move it.")),
    next_steps=(NextStep("where it is", fields=("hill",)),),
    options=(FINISHED,),
)
