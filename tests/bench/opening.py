"""Opening a workspace, beside plain TinyDB reading the same file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tinydb import TinyDB

from store.disk.tiny import TinyBackend
from store.workspace import Workspace
from tests.bench.figures import Figure
from tests.bench.plan import Plan, in_turn, milliseconds

RUNS, LARGE_RUNS = 24, 6
LARGE = 50_000
PEER = "plain TinyDB, every table"


def figures(plan: Plan) -> Iterator[Figure]:
    """Opening at every size, and then making every model."""
    for n in plan.sizes:
        path = plan.workspace(n, "opening")
        trials: dict[str, Callable[[], float]] = {
            "opened": milliseconds(lambda path=path: _opened(path)),  # type: ignore[misc]
            "modelled": milliseconds(lambda path=path: _modelled(path)),  # type: ignore[misc]
            PEER: milliseconds(lambda path=path: _plain(path)),  # type: ignore[misc]
        }
        found = in_turn(trials, plan.runs(LARGE_RUNS if n > LARGE else RUNS))
        yield Figure(f"opening, {n} records", "ms", found["opened"], PEER, found[PEER])
        yield Figure(f"opening and making every model, {n} records", "ms", found["modelled"], PEER, found[PEER])


def _opened(path: Path) -> int:
    workspace = Workspace(TinyBackend(str(path), read_only=True))
    found = len(workspace.records)
    workspace.close()
    return found


def _modelled(path: Path) -> int:
    workspace = Workspace(TinyBackend(str(path), read_only=True))
    found = sum(1 for _ in workspace.records)
    workspace.close()
    return found


def _plain(path: Path) -> int:
    with TinyDB(path, access_mode="r") as db:
        return sum(len(db.table(name).all()) for name in db.tables())
