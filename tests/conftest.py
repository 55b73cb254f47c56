"""Shared fixtures: a workspace in memory whose clock the test drives."""

from __future__ import annotations

import signal
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import NoReturn

import pytest
from hypothesis import settings

from store.backend import MemoryBackend
from store.workspace import Workspace

settings.register_profile("unhurried", deadline=None)  # no test is about time: a loaded machine must not fail one
settings.load_profile("unhurried")


LONGEST = 600
"""Seconds after which a test waits for something that never comes; nothing else takes so long on the busiest machine."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """No test waits for ever, for a process, a terminal or a lock: it fails, and says where it waited."""

    def fail(number: int, frame: FrameType | None) -> NoReturn:
        raise TimeoutError(f"a test waited for {LONGEST} s")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(LONGEST)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


class Clock:
    """A clock that moves one second each time it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(clock: Clock) -> Workspace:
    return Workspace(MemoryBackend(), me="anna", clock=clock)
