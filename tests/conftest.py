"""Shared fixtures: a workspace in memory whose clock the test drives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings

from store.backend import MemoryBackend
from store.workspace import Workspace

settings.register_profile("unhurried", deadline=None)  # no test is about time: a loaded machine must not fail one
settings.load_profile("unhurried")


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
