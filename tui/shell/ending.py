"""How a verb ends when the system asks it to."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = {signal.SIGTERM: 143, signal.SIGHUP: 129}
"""Signal → the exit code it leads to."""


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Leave in order when the system asks to: files closed, the exit code that the signal stands for."""

    def leave(number: int, frame: FrameType | None) -> None:
        sys.exit(ENDING[signal.Signals(number)])

    try:
        before = {number: signal.signal(number, leave) for number in ENDING}
    except ValueError:  # not in the main thread, where signals do not arrive
        yield
        return
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
