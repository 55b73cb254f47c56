"""From the command to the first useful screen and the first key answered, and its memory, beside a bare Textual app."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.figures import Figure, Target, series
from tests.bench.plan import MANY, ROOT, Plan, environment, real_workspace
from tests.bench.terminal import Terminal

RUNS = 15
PEER = "bare Textual app"
BARE = (sys.executable, str(ROOT / "tests" / "bench" / "bare.py"))
WITHIN = Target("ratio", 1.4)
SPACE = Target("ratio", 1.5)
SILENCE = 0.5
"""Seconds without a byte after which nothing more is to come, on a loaded machine too."""


@dataclass(frozen=True)
class Program:
    """A program to start: what its first useful screen shows, a key to press then, and what answers it."""

    command: tuple[str, ...]
    useful: str
    key: bytes
    answered: str
    painted: list[float] = field(default_factory=list)
    interactive: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)


def figures(plan: Plan) -> Iterator[Figure]:
    """Paint, answer, processor time and memory, on generated and on real records."""
    bare = Program(BARE, "Waiting", b"x", "Answered")
    small = _many(plan.workspace(plan.sizes[0], "start"))
    programs = {f"{plan.sizes[0]} records": small}
    if real := real_workspace(plan.folder):
        programs["42 real goals"] = _many(real)
    environ = environment(plan.folder)
    for run in range(plan.runs(RUNS) + 1):
        for program in (bare, *programs.values()):
            _start(program, environ, keep=run > 0)
    for name, program in programs.items():
        yield Figure(f"first paint, {name}", "ms", series(program.painted), PEER, series(bare.painted), WITHIN)
        yield Figure(
            f"first key answered, {name}", "ms", series(program.interactive), PEER, series(bare.interactive), WITHIN
        )
        yield Figure(f"processor time until then, {name}", "ms", series(program.cpu), PEER, series(bare.cpu))
        yield Figure(f"peak memory, {name}", "MB", series(program.peak), PEER, series(bare.peak), SPACE)


def _many(path: Path) -> Program:
    return Program((*MANY, "--file", str(path)), "active|forming", b"4", "What is open, what was decided")


def _start(program: Program, environ: dict[str, str], *, keep: bool) -> None:
    """Start a program once, and keep what was measured unless it was only to warm the disk."""
    with Terminal(program.command, environ) as terminal:
        painted = terminal.show(terminal.until(program.useful.encode()), program.useful)
        terminal.send(program.key)
        answered = terminal.show(terminal.quiet(first=5, settled=SILENCE), program.answered)
        if painted is None or answered is None:
            raise RuntimeError(f"not what was expected:\n{terminal.picture.text}")
        if keep:
            program.painted.append((painted - terminal.started) * 1000)
            program.interactive.append((answered - terminal.started) * 1000)
            program.cpu.append(terminal.cpu_seconds * 1000)
            program.peak.append(terminal.peak_megabytes)
