"""Folding: the workspace file is brought up to the journal, so that opening reads one file and plain TinyDB sees all.

It is an optimisation: it never fails, never loses, and only the rename needs the lock.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

from store.disk.mirror import Mirror
from store.disk.snapshot import install, prepared, render, stamp
from store.errors import ManyViewError

FOLD_BYTES = 1 << 20
FOLD_SECONDS = 0.5
"""How long a fold waits for the lock: others' work goes first."""

Exclusive = Callable[[float], AbstractContextManager[None]]
"""The exclusive lock, within so many seconds, with the mirror up to date inside."""


def is_due(mirror: Mirror) -> bool:
    """Whether the workspace file is missing, or reading the journal after it takes noticeable time."""
    if not mirror.picture.n:
        return False
    return mirror.stamp is None or mirror.unfolded > FOLD_BYTES + mirror.stamp[1] // 4


def fold(mirror: Mirror, exclusive: Exclusive, keep: int) -> None:
    """Let the workspace file be the present state, unless it is; ``keep`` is how many daily backups stay."""
    if mirror.journal.exists and mirror.read_only is None and _gains(mirror):
        with suppress(OSError, ManyViewError):
            _fold(mirror, exclusive, keep)


def _gains(mirror: Mirror) -> bool:
    return mirror.unsettled or (mirror.picture.n > 0 and (mirror.stamp is None or mirror.unfolded > 0))


def _fold(mirror: Mirror, exclusive: Exclusive, keep: int) -> None:
    with exclusive(FOLD_SECONDS):
        if mirror.irreplaceable or not _gains(mirror):
            return
        replaced, anchor, changed = mirror.stamp, mirror.picture.anchor, time.time_ns()
        os.fsync(mirror.journal.descriptor)  # a line read from a writer that died may not be durable yet
        content = render(mirror.picture.state, anchor, changed)
    with prepared(mirror.path, content, changed) as temporary, exclusive(FOLD_SECONDS):
        if mirror.stamp == replaced and mirror.holds(anchor):
            install(temporary, mirror.path, keep)
            mirror.stamp, mirror.folded = stamp(mirror.path), anchor.end
