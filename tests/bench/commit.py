"""A commit in the app: one record edited through the workspace, beside a raw append and fsync of as many bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from random import Random

from store.disk.tiny import TinyBackend
from store.model import Bet
from store.records import Records
from store.step import edit
from store.workspace import Workspace
from tests.bench.figures import Figure, Target, series
from tests.bench.plan import Plan

RUNS = 200
PEER = "append + fsync of the same bytes"
WITHIN = Target("ratio", 3)


def figures(plan: Plan) -> Iterator[Figure]:
    """The commit itself, and what the next picture of the records costs besides, at every size."""
    for n in plan.sizes:
        yield from _at(plan, n)


def _at(plan: Plan, n: int) -> Iterator[Figure]:
    path = plan.workspace(n, "commit")
    workspace = Workspace(TinyBackend(str(path)), me="anna")
    journal = path.with_name(path.name + ".journal")
    committed, evolved, raw = [], [], []
    bets = [record.id for record in workspace.records.all(Bet)]
    beside = os.open(path.with_name("raw"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    random = Random(n)
    for run in range(plan.runs(RUNS) + 1):
        step = edit(workspace.records.find(random.choice(bets)), "changed the hill", hill=run % 101)
        size = journal.stat().st_size
        before = time.perf_counter()
        workspace.commit(step)
        durable = time.perf_counter()
        _seen(workspace.records)
        evolved.append(time.perf_counter() - durable)
        committed.append(durable - before)
        raw.append(_appended(beside, journal.stat().st_size - size))
    os.close(beside)
    workspace.close()
    peer = series(1000 * value for value in raw[1:])
    yield Figure(f"commit, {n} records", "ms", series(1000 * value for value in committed[1:]), PEER, peer, WITHIN)
    yield Figure(f"the records after it, {n} records", "ms", series(1000 * value for value in evolved[1:]), PEER, peer)


def _seen(records: Records) -> int:
    return records.n


def _appended(descriptor: int, size: int) -> float:
    """Seconds that it takes to write some bytes at the end of a file and to have them on the disk."""
    content = b"x" * size
    start = time.perf_counter()
    os.write(descriptor, content)
    os.fsync(descriptor)
    return time.perf_counter() - start
