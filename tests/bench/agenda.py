"""The agenda of the daily review, in processor time; the token of the prompt, the whole process beside an interpreter."""

from __future__ import annotations

import gc
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import thread_time

from store.backend import MemoryBackend
from store.records import Records
from store.review.agenda import agenda
from store.review.state import NEVER, ReviewState
from store.step import edit
from store.workspace import Workspace
from tests.bench.capture import PEER, exits, install
from tests.bench.figures import Figure, Target
from tests.bench.plan import MANY, ROOT, Plan, environment, in_turn, milliseconds
from tests.tui.sample import TODAY, many_records, stamp
from tui.cli import RARELY
from tui.perspective import perspective
from tui.viewpoint import Viewpoint

RUNS, TOKEN_RUNS = 40, 60
LOOP = "a loop over all records"
SHOWN = 20
"""Items that are read as well: what nobody looks at is not put into words."""
OTHERS = 40
"""Steps of others since my last review: a busy day."""
MOST, TOKEN = Target("p95", 50), Target("ratio", 3)
COMMAND = ("today", "--short")


def figures(plan: Plan) -> Iterator[Figure]:
    """The agenda at the middle size, from nothing and after a change; the token at every size but the largest."""
    yield from _agenda(plan.middle, plan)
    yield from _token(plan)


def _agenda(n: int, plan: Plan) -> Iterator[Figure]:
    workspace = _busy(n)
    known = NEVER._replace(n=n, ended=stamp(TODAY))

    def told(records: Records, state: ReviewState = known) -> int:
        items = agenda(records, workspace.history(), TODAY, "anna", state)
        assert all(item.title and item.because for item in items[:SHOWN])
        return len(items)

    def from_nothing() -> int:
        return told(Records(workspace.backend.state, workspace.backend.n))

    def first_page() -> int:
        records = Records(workspace.backend.state, workspace.backend.n)
        first = agenda(records, workspace.history(), TODAY, "anna", known)[0]
        shown = perspective("record").project(records, Viewpoint(TODAY, "anna", first.key, archived=True))
        return len(shown)

    def after_a_change() -> float:
        _change(workspace, told(workspace.records))
        return milliseconds(lambda: told(workspace.records), thread_time)()

    found = in_turn(
        {
            "nothing": milliseconds(from_nothing, thread_time),
            "change": after_a_change,
            "page": milliseconds(first_page, thread_time),
            LOOP: milliseconds(lambda: sum(record.archived for record in workspace.records), thread_time),
        },
        plan.runs(RUNS),
    )
    first = Figure(
        f"agenda of the review, no record made yet, {n} records", "ms of CPU", found["nothing"], LOOP, found[LOOP], MOST
    )
    yield first
    yield replace(first, name=f"agenda of the review after a change, {n} records", value=found["change"])
    page = f"agenda of the review and its first record, no record made yet, {n} records"
    yield replace(first, name=page, value=found["page"], target=None)


def _busy(n: int) -> Workspace:
    """A workspace in memory with every record made, in which others changed something after step ``n``."""
    backend = MemoryBackend(many_records(n), n)
    others = Workspace(backend, me="ben", clock=lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))
    for at in range(OTHERS):
        _change(others, at)
    workspace = Workspace(backend, me="anna", clock=lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    for record in workspace.records:
        assert record.id
    gc.freeze()  # a process that begins has none of this
    gc.set_threshold(RARELY)
    return workspace


def _change(workspace: Workspace, at: int) -> None:
    bets = list(workspace.backend.state["bets"])
    bet = workspace.records.find("B" + bets[at * 7 % len(bets)])
    workspace.commit(edit(bet, "changed", settle_by=TODAY + timedelta(days=at % 90 + bet.number % 7)))


def _token(plan: Plan) -> Iterator[Figure]:
    commands = install(plan.folder / "token")
    environ = environment(plan.folder, MANYVIEW_AS="anna")
    del environ["PYTHONPATH"]
    sizes = plan.sizes[:2]
    files = {n: plan.workspace(n, "token") for n in sizes}
    for path in files.values():
        _prepare(path, environ)
    trials = {str(n): exits((str(commands / "many"), *COMMAND, "--file", str(path)), environ) for n, path in files.items()}
    trials[PEER] = exits((str(commands / "python"), "-c", "pass"), environ)
    found = in_turn(trials, plan.runs(TOKEN_RUNS))
    for n in sizes:
        yield Figure(f"many today --short, {n} records", "ms", found[str(n)], PEER, found[PEER], TOKEN)


def _prepare(path: Path, environ: dict[str, str]) -> None:
    """Let the workspace be opened once, as the first prompt of a fortnight does."""
    whole = {**environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*MANY, *COMMAND, "--file", str(path)], env=whole, capture_output=True, text=True, check=False)
    if done.returncode or not done.stdout.strip():
        raise RuntimeError(f"many today --short failed:\n{done.stdout}{done.stderr}")
