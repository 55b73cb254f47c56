"""A workspace on a disk as a ``Backend``: when to lock, follow, append and fold; what the files say is in its ``Mirror``.

It knows no TinyDB (``tiny`` gives it that interface).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from store.backend import Places, checked
from store.disk.fold import fold, is_due
from store.disk.journal import NEWER, SUFFIX, Journal, decode
from store.disk.mirror import Mirror
from store.disk.quick_json import reader
from store.disk.recovery import read_anew
from store.disk.replay import damage
from store.errors import Busy, Damaged, ManyViewError
from store.operations import State, Transaction, from_json

REFRESH_SECONDS = 0.1


class Replica:
    """The workspace file at ``path`` with its journal, as a ``Backend``.  Opening creates and changes no file of others'.

    ``timeout`` is how many seconds a lock may take, ``keep`` how many daily backups stay.  Raises ``Damaged`` for what is
    no workspace and cannot be rebuilt, ``UsageError`` for a missing folder, ``ReadOnly`` where nothing may be read.
    """

    def __init__(self, path: str, *, timeout: float = 5.0, keep: int = 14, read_only: bool = False) -> None:
        self.path = os.path.realpath(path)
        self._keep = keep
        self._journal = Journal(self.path + SUFFIX, timeout, read_only=read_only)
        self._mirror = Mirror(self.path, self._journal)
        self.problems = self._mirror.problems
        self._seen: object = None
        self._follow(timeout)
        self._mirror.met()

    @property
    def n(self) -> int:
        """The number of the newest operation known here; 0 in an empty workspace."""
        return self._mirror.picture.n

    @property
    def state(self) -> State:
        """Every document as of ``n``; changes in place, and not by callers."""
        return self._mirror.picture.state

    @property
    def version(self) -> int:
        """A number that grows with every change, whoever made it."""
        return self._mirror.version

    @property
    def schema(self) -> int:
        """The schema of the documents; in an empty workspace this program's own."""
        return self._mirror.schema

    @property
    def read_only(self) -> str | None:
        """Why nothing can be written here, as half a sentence, or None."""
        return self._mirror.read_only

    # ------------------------------------------------------------------------------------------------------ following

    def refresh(self) -> Places:
        """The places that other processes changed since the last call; two stats when there are none."""
        with suppress(Busy):
            self.follow(REFRESH_SECONDS)
        return self._mirror.met()

    def follow(self, timeout: float | None = None) -> None:
        """Bring ``state`` up to date, waiting for whoever writes; ``refresh`` still tells what changed.  Raises ``Busy``."""
        if self._journal.depth == 0 and self._mirror.look() != self._seen:
            self._follow(self._journal.timeout if timeout is None else timeout)

    def _follow(self, timeout: float) -> None:
        mirror = self._mirror
        seen = mirror.look()
        with self._journal.lock(shared=True, timeout=timeout):
            if not mirror.catch_up():
                read_anew(mirror)
        if mirror.unsettled and self._journal.exists and self.read_only is None:
            try:
                with self._exclusive(timeout):
                    pass
            except ManyViewError as error:
                shown = f"What another program wrote into {mirror.name} is shown, but not taken over yet"
                mirror.report(f"{shown}: {error}")
        self._seen = seen

    # -------------------------------------------------------------------------------------------------------- writing

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep every other writer out; on entry ``state`` holds what they had committed.  Re-entrant."""
        with self._exclusive():
            yield
        if self._journal.depth == 0 and is_due(self._mirror):
            self.fold()

    @contextmanager
    def _exclusive(self, timeout: float | None = None) -> Iterator[None]:
        mirror = self._mirror
        with self._journal.lock(timeout=timeout):
            if self._journal.depth == 1:
                if (not mirror.catch_up() or mirror.unsettled) and read_anew(mirror):
                    self.fold()
                if mirror.is_newer:
                    raise Damaged(f"{mirror.name} cannot be changed: {NEWER}. Update ManyView and try again.")
            yield

    def append(self, transaction: Transaction) -> None:
        """Make the transaction durable, then apply it to ``state``; to be called under ``lock``."""
        if not self._journal.is_mine:
            raise RuntimeError("a transaction is appended under the lock")
        self._mirror.write(checked(transaction, self.n, self.schema))

    def back(self) -> Iterator[Transaction]:
        """Every transaction, newest first, read as far as asked for."""
        position = self._mirror.picture.position
        loads = reader(position)
        for _, line in self._journal.scan_back(position):
            found = decode(line, loads)
            if found is not None:
                yield from_json(found)

    def damage(self) -> list[str]:
        """A sentence for every line of the journal that was whole once and is not any more; all of it is read."""
        return damage(self._journal)

    def fold(self) -> None:
        """Let the workspace file be the present state, unless it is; never fails, and only the rename needs the lock."""
        fold(self._mirror, self._exclusive, self._keep)

    def close(self) -> None:
        """Fold what is unfolded and let go of the journal."""
        self.fold()
        self._journal.close()
