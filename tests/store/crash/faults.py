"""A process whose system calls are counted, and which dies or is refused at the one of a given number."""

from __future__ import annotations

import errno
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

CALLS = ("open", "write", "fsync", "ftruncate", "link", "replace", "unlink")
"""What the store asks of the system that may change a file."""

FAULTS = {
    "die before": CALLS,
    "die amid": ("write",),
    "full": ("open", "write", "fsync", "link", "replace"),
    "full amid": ("write",),
    "broken": ("fsync", "ftruncate", "unlink"),
}
"""At which calls a fault makes a difference; ``amid`` stops after half of the bytes.  After one call is before the next."""

REFUSALS = {"full": errno.ENOSPC, "full amid": errno.ENOSPC, "broken": errno.EIO}
"""What the process is told and survives."""


@dataclass
class Outcome:
    """What became of a process: what it had acknowledged, how many calls it made, how much of the journal was durable."""

    acknowledged: list[int] = field(default_factory=list)
    refused: int = 0
    calls: list[str] = field(default_factory=list)
    durable: int = 0
    finished: bool = False
    error: str = ""


class Faults:
    """Wraps the calls of ``os``; at call number ``at`` the fault happens.

    ``fsync`` is counted, but not done, for the system's memory outlives the process; ``report`` is told how much of the
    journal would be durable instead.
    """

    def __init__(self, at: int, fault: str, report: Callable[[str], None]) -> None:
        self.at = at
        self.fault = fault
        self.calls: list[str] = []
        self._report = report
        self._real: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}

    def install(self) -> None:
        """From now on every call of this process counts."""
        for name in CALLS:
            setattr(os, name, self._wrapped(name))

    def _wrapped(self, name: str) -> Callable[..., Any]:
        real = self._do_not_sync if name == "fsync" else self._real[name]

        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) != self.at:
                return real(*arguments, **named)
            return self._strike(name, arguments)

        return call

    def _strike(self, name: str, arguments: tuple[Any, ...]) -> NoReturn:
        if self.fault.endswith("amid") and name == "write":
            half = memoryview(arguments[1])[: len(arguments[1]) // 2]
            self._real["write"](arguments[0], half)
        if self.fault in REFUSALS:
            code = REFUSALS[self.fault]
            raise OSError(code, os.strerror(code))
        os.kill(os.getpid(), signal.SIGKILL)
        raise SystemExit

    def _do_not_sync(self, descriptor: int) -> None:
        name = os.readlink(f"/proc/self/fd/{descriptor}")
        if name.endswith(".journal"):
            self._report(f"durable {os.fstat(descriptor).st_size}")


def run(
    work: Callable[[Callable[[int], None], Callable[[], None]], None], at: int = 0, fault: str = "die before"
) -> Outcome:
    """What becomes of ``work(acknowledge, refuse)`` in a process of its own, when the fault happens at call ``at``."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(work, at, fault, writing)
    os.close(writing)
    with open(reading, encoding="utf-8") as reports:
        outcome = _outcome(reports.read())
    os.waitpid(child, 0)
    return outcome


def _work(work: Callable[..., None], at: int, fault: str, writing: int) -> None:
    real, leave = os.write, os._exit

    def report(line: str) -> None:
        real(writing, (line + "\n").encode())

    faults = Faults(at, fault, report)
    try:
        faults.install()
        work(lambda number: report(f"acknowledged {number}"), lambda: report("refused 1"))
        report(f"calls {' '.join(faults.calls)}")
        report("finished 1")
    except BaseException:
        report("error " + traceback.format_exc().replace("\n", " | "))
    finally:
        leave(0)


def _outcome(reports: str) -> Outcome:
    outcome = Outcome()
    for line in reports.splitlines():
        name, _, value = line.partition(" ")
        match name:
            case "acknowledged":
                outcome.acknowledged.append(int(value))
            case "refused":
                outcome.refused += 1
            case "calls":
                outcome.calls = value.split()
            case "error":
                outcome.error = value
            case "finished":
                outcome.finished = True
            case _:
                setattr(outcome, name, int(value))
    return outcome
