"""Shared fixtures: a workspace in memory whose clock the test drives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.backend import MemoryBackend
from store.workspace import Workspace


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
