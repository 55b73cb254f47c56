"""What an app that nobody touches sends and computes in five seconds, beside a bare Textual app in the same seconds."""

from __future__ import annotations

import time
from collections.abc import Iterator

from tests.bench.figures import Figure, Target, series
from tests.bench.keys import opened
from tests.bench.plan import MANY, Plan, environment
from tests.bench.start import BARE, PEER
from tests.bench.terminal import Terminal

SECONDS, RUNS = 5.0, 3
AFTER_THE_FOLD = 2.0
"""Seconds after which an app that was just opened has done what it does by itself."""
SILENT = Target("median", 0)


def figures(plan: Plan) -> Iterator[Figure]:
    """Bytes and processor time of an idle app, on the smallest and on the middle size."""
    seconds = SECONDS / 5 if plan.quick else SECONDS
    environ = environment(plan.folder)
    for n in sorted({plan.sizes[0], plan.middle}):
        command = (*MANY, "--file", str(plan.workspace(n, "idle")))
        with Terminal(command, environ) as many, Terminal(BARE, environ) as bare:
            opened(many, b"active")
            opened(bare, b"Waiting")
            time.sleep(AFTER_THE_FOLD)
            both = (many, bare)
            sent, spent = zip(*(_idle(both, seconds) for _ in range(plan.runs(RUNS))), strict=True)
        of_many, of_bare = (series(values) for values in zip(*sent, strict=True))
        yield Figure(f"bytes in {seconds:g} s idle, {n} records", "bytes", of_many, PEER, of_bare, SILENT)
        of_many, of_bare = (series(values) for values in zip(*spent, strict=True))
        yield Figure(f"processor time in {seconds:g} s idle, {n} records", "ms", of_many, PEER, of_bare)


def _idle(programs: tuple[Terminal, Terminal], seconds: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Bytes and milliseconds of processor time of each program while nobody touches them."""
    before = [program.cpu_seconds for program in programs]
    time.sleep(seconds)
    spent = tuple(1000 * (program.cpu_seconds - then) for program, then in zip(programs, before, strict=True))
    sent = tuple(float(sum(len(data) for _, data in program.quiet(first=0, settled=0))) for program in programs)
    return sent, spent
