"""What a lens costs after one change, and from nothing, in processor time, beside one loop over the records."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random
from time import thread_time

from store.backend import MemoryBackend
from store.model import Bet
from store.records import Records
from store.step import edit
from store.workspace import Workspace
from tests.bench.figures import Figure, Series, Target
from tests.bench.plan import Plan, in_turn, milliseconds
from tests.tui.sample import TODAY, many_records
from tui.app import COLLECTING
from tui.drawing import draw
from tui.perspective import Perspective, perspectives
from tui.shapes import Scene
from tui.viewpoint import Viewpoint

RUNS, FIRST_RUNS = 60, 3
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
UNIT = "ms of CPU"
PEER = "a loop over all records"
BOARD = ("flow", "ladder", "timeline")
SIZE, LARGE_SIZE = (80, 23), (160, 44)
"""Cells and lines a lens has alone on a usual and on a large screen."""
WITHIN_A_FRAME, AT_ONCE = Target("p95", 16), Target("p95", 150)
MANY_RECORDS = 10_000
"""Up to how many records a lens is to be drawn within a frame."""


class Changing:
    """A workspace in memory in which one bet after another changes, and what is chosen in it."""

    def __init__(self, n: int) -> None:
        self.workspace = Workspace(MemoryBackend(many_records(n), n), me="anna", clock=lambda: NOON)
        self.bets = [bet.id for bet in self.workspace.records.all(Bet)]
        self.random = Random(n)
        self.at = 0
        self.viewpoint = Viewpoint(TODAY, me="anna", chosen=self.bets[0])
        for record in self.workspace.records:
            assert record.id
        gc.freeze()  # both as the app does once it is on the screen
        gc.set_threshold(*COLLECTING)

    @property
    def records(self) -> Records:
        """The records after the last change."""
        return self.workspace.records

    def change(self) -> Records:
        """Change one bet; the records after it."""
        self.at += 1
        bet = self.records.find(self.random.choice(self.bets))
        self.workspace.commit(edit(bet, "changed", hill=self.at % 101))
        return self.records

    def after_a_change(self, work: Callable[[Records], object]) -> Callable[[], float]:
        """A trial: the time some work with the records takes after one change since it was last done, as on a screen.

        Neither the change nor the work before it is counted: trials take turns, and those of the others were many changes.
        """

        def trial() -> float:
            work(self.records)
            records = self.change()
            return milliseconds(lambda: work(records), thread_time)()

        return trial


def figures(plan: Plan) -> Iterator[Figure]:
    """The board's three lenses, then every lens alone, from nothing only at the middle size: all of it grows with n."""
    yield from _board(plan)
    for n in plan.sizes[1:] or plan.sizes:
        yield from _alone(plan, n)


def _board(plan: Plan) -> Iterator[Figure]:
    changing = Changing(plan.middle)
    board = [perspectives()[lens] for lens in BOARD]

    def projected(records: Records) -> None:
        for lens in board:
            lens.project(records, changing.viewpoint)

    def drawn(records: Records) -> None:
        for lens in board:
            _screenful(lens, records, changing.viewpoint, SIZE)

    found = in_turn(
        {
            "projected": changing.after_a_change(projected),
            "drawn": changing.after_a_change(drawn),
            PEER: milliseconds(lambda: _loop(changing.records), thread_time),
        },
        plan.runs(RUNS),
    )
    peer = found[PEER]
    name = f"three lenses after a change, {plan.middle} records"
    yield Figure(name, UNIT, found["projected"], PEER, peer, WITHIN_A_FRAME)
    yield Figure(f"{name}, and drawn", UNIT, found["drawn"], PEER, peer, WITHIN_A_FRAME)


def _alone(plan: Plan, n: int) -> Iterator[Figure]:
    changing = Changing(n)
    lenses = perspectives()

    def project(lens: Perspective) -> Callable[[Records], object]:
        return lambda records: lens.project(records, changing.viewpoint)

    def drawn(lens: Perspective) -> Callable[[Records], object]:
        return lambda records: _screenful(lens, records, changing.viewpoint, LARGE_SIZE)

    trials = {name: changing.after_a_change(project(lens)) for name, lens in lenses.items()}
    trials |= {f"{name} drawn": changing.after_a_change(drawn(lens)) for name, lens in lenses.items()}
    found = in_turn({**trials, PEER: milliseconds(lambda: _loop(changing.records), thread_time)}, plan.runs(RUNS // 2))
    most = WITHIN_A_FRAME if n <= MANY_RECORDS else AT_ONCE
    for name in lenses:
        told = f"{name} after a change, {n} records"
        yield Figure(told, UNIT, found[name], PEER, found[PEER], most)
        yield Figure(f"{told}, and drawn", UNIT, found[f"{name} drawn"], PEER, found[PEER], most)
    if n == plan.middle:
        for name, lens in lenses.items():
            first = _from_nothing(changing.records, lens, changing.viewpoint, plan.runs(FIRST_RUNS))
            yield Figure(f"{name} from nothing, {n} records", UNIT, first, PEER, found[PEER])


def _from_nothing(records: Records, lens: Perspective, viewpoint: Viewpoint, runs: int) -> Series:
    """The lens on records that know no index yet, but whose models are made."""

    def trial() -> float:
        fresh = records.evolve({}, records.n, ())
        fresh._inherited.clear()
        fresh._outlines.clear()
        return milliseconds(lambda: lens.project(fresh, viewpoint), thread_time)()

    return in_turn({"": trial}, runs)[""]


def _screenful(lens: Perspective, records: Records, viewpoint: Viewpoint, size: tuple[int, int]) -> None:
    """Project a lens, draw the lines that a terminal shows of it, and find the record that is chosen."""
    width, height = size
    drawing = draw(lens.project(records, viewpoint), Scene(records, TODAY, viewpoint.me), width, height)
    for y in range(min(drawing.height, height)):
        drawing.line(y)
    drawing.find(viewpoint.chosen or "")


def _loop(records: Records) -> int:
    return sum(record.archived for record in records)
