"""Capture, the whole process: the installed ``many decide TEXT`` beside an interpreter that does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tests.bench.figures import Figure, Target
from tests.bench.plan import ROOT, Plan, environment, in_turn

RUNS = 60
PEER = "python -c pass"
SMALL = 100
TEXT = ("decide", "Keep SSO out of the first version +security @anna conf:70")
DATED = (*TEXT, "revisit:+6w")
ONCE, DATES, GROWTH = Target("ratio", 3), Target("ratio", 3), Target("ratio", 1.3)


def figures(plan: Plan) -> Iterator[Figure]:
    """Capture beside the interpreter, with a date, and at the largest size beside the smallest."""
    large = plan.sizes[-1]
    commands = install(plan.folder)
    small_file, large_file = plan.workspace(SMALL, "capture"), plan.workspace(large, "capture")
    environ = environment(plan.folder)
    del environ["PYTHONPATH"]

    def captured(words: tuple[str, ...], path: Path) -> Callable[[], float]:
        return exits((str(commands / "many"), *words, "--file", str(path)), environ)

    found = in_turn(
        {
            PEER: exits((str(commands / "python"), "-c", "pass"), environ),
            "small": captured(TEXT, small_file),
            "dated": captured(DATED, small_file),
            "large": captured(TEXT, large_file),
        },
        plan.runs(RUNS),
    )
    in_small = Figure(f"capture, {SMALL} records", "ms", found["small"], PEER, found[PEER], ONCE)
    yield in_small
    yield replace(in_small, name=f"capture with a date, {SMALL} records", value=found["dated"], target=DATES)
    yield Figure(f"capture, {large} records", "ms", found["large"], f"the same at {SMALL} records", found["small"], GROWTH)


def install(folder: Path) -> Path:
    """The folder of commands of a fresh environment with ManyView installed from its wheel, and nothing else:
    capture needs nothing else, and this proves it."""
    wheels, fresh = folder / "wheel", folder / "environment"
    _run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels))
    _run(sys.executable, "-m", "venv", str(fresh))
    wheel = next(wheels.glob("*.whl"))
    _run(str(fresh / "bin" / "python"), "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel))
    return fresh / "bin"


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[1:4])} failed:\n{done.stdout}{done.stderr}")


def exits(command: tuple[str, ...], environ: dict[str, str]) -> Callable[[], float]:
    """A trial: milliseconds from starting a process until it is gone.  It raises when the process fails."""
    nothing = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]

    def trial() -> float:
        start = time.perf_counter()
        pid = os.posix_spawn(command[0], command, environ, file_actions=nothing)
        status = os.waitpid(pid, 0)[1]
        taken = (time.perf_counter() - start) * 1000
        if status:
            raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
        return taken

    return trial
