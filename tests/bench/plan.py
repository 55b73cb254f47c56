"""How much a run measures, and what all benches share: the workspaces, made once, and trials taken in turn."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from store.disk.tiny import TinyBackend
from store.operations import Document, Put, State, Transaction
from tests.bench.figures import Series
from tests.tui.sample import many_records

ROOT = Path(__file__).resolve().parents[2]
REAL_GOALS = ROOT.parent / "shared" / "data" / "rust-goals-2025h2.csv"
REAL_MAPPING = ROOT / "tests" / "data" / "rust-goals.toml"
IMPORTED_AT_ONCE = 500
"""Records a transaction of a generated workspace holds; its last holds one, as after a day's work."""


@dataclass(frozen=True)
class Plan:
    """What to measure: how often, on workspaces of which sizes, in which folder; ``quick`` takes a slice of it."""

    folder: Path
    quick: bool = False
    sizes: tuple[int, ...] = (1_000, 10_000, 100_000)
    _made: dict[int, Path] = field(default_factory=dict)

    def runs(self, full: int) -> int:
        """How often to measure what a full run measures ``full`` times."""
        return max(2, full // 8) if self.quick else full

    @property
    def middle(self) -> int:
        """The size at which the app is measured with many records."""
        return self.sizes[min(1, len(self.sizes) - 1)]

    def workspace(self, n: int, purpose: str) -> Path:
        """A workspace of ``n`` generated records for one purpose alone."""
        if n not in self._made:
            self._made[n] = self.folder / f"generated-{n}" / "workspace.json"
            write_workspace(self._made[n], many_records(n))
        mine = self.folder / f"{purpose}-{n}" / "workspace.json"
        shutil.copytree(self._made[n].parent, mine.parent, dirs_exist_ok=True)
        return mine


def write_workspace(path: Path, state: State) -> None:
    """Write the documents of a state, in the order of their numbers, as a folded workspace with its journal."""
    path.parent.mkdir(parents=True, exist_ok=True)
    documents = sorted((int(key), table, document) for table, rows in state.items() for key, document in rows.items())
    backend = TinyBackend(str(path))
    for at in range(0, len(documents) - 1, IMPORTED_AT_ONCE):
        _append(backend, documents[at : min(at + IMPORTED_AT_ONCE, len(documents) - 1)])
    _append(backend, documents[-1:])
    backend.close()


def _append(backend: TinyBackend, documents: list[tuple[int, str, Document]]) -> None:
    made = tuple(Put(table, str(number), None, document) for number, table, document in documents)
    with backend.lock():
        backend.append(Transaction(documents[-1][0], "2026-11-22T09:00:00.000Z", "anna", made, None, "imported"))


def real_workspace(folder: Path) -> Path | None:
    """The goals of the Rust project as a workspace; None where they are not at hand."""
    from tui.cli import main

    if not REAL_GOALS.exists():
        return None
    path = folder / "real" / "workspace.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    line = ["import", "csv", str(REAL_GOALS), "--mapping", str(REAL_MAPPING), "--file", str(path), "--quiet", "-y"]
    with redirect_stdout(StringIO()):
        return path if main(line) == 0 else None


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a measured process: a home of its own, a colour terminal, nothing of this one's settings."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
    return {**kept, **terminal, "HOME": str(folder), "PYTHONPATH": str(ROOT), **more}


MANY = (sys.executable, "-c", "import sys; from tui.cli import main; sys.exit(main())")
"""The app, run from the checkout in this environment."""


def in_turn(trials: Mapping[str, Callable[[], float]], runs: int) -> dict[str, Series]:
    """The series of every trial: one run of each, then the next of each, so that all meet the same machine.

    Each goes once unmeasured before, so that none pays for reading files the first time.
    """
    for trial in trials.values():
        trial()
    found: dict[str, list[float]] = {name: [] for name in trials}
    for _ in range(runs):
        for name, trial in trials.items():
            found[name].append(trial())
    return {name: Series(tuple(values)) for name, values in found.items()}


def milliseconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> Callable[[], float]:
    """A trial: the time some work takes in this process by a clock."""

    def trial() -> float:
        start = clock()
        work()
        return (clock() - start) * 1000

    return trial
