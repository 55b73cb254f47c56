"""A workspace on a disk, in memory: follows its two files, appends to the one and folds into the other.

It knows no TinyDB (``tiny`` gives it that interface), so that whoever only folds or follows need not load it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import orjson

from store.backend import Places, checked
from store.errors import Busy, Damaged, ManyViewError
from store.files import reason
from store.journal import NEWER, SCHEMA, SUFFIX, Journal, decode, encode, now, untouched
from store.operations import State, Transaction, apply, as_json, exchange, from_json, last_number
from store.replay import Loaded, Picture, load
from store.snapshot import Anchor, Stamp, backups, install, prepared, render, set_aside, stamp

FOLD_BYTES = 1 << 20
SMALL_BYTES = 4 << 20
REFRESH_SECONDS = 0.1
FOLD_SECONDS = 0.5
OUTSIDE = "external edit"


def dumps(value: object) -> bytes:
    """A value as JSON, as ``journal.compact``, and ten times as fast."""
    return orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME)


class Replica:
    """The workspace file at ``path`` with its journal, as a ``Backend``.  Opening creates and changes no file of others'.

    ``timeout`` is how many seconds a lock may take, ``keep`` how many daily backups stay.  Raises ``Damaged`` for what is
    no workspace and cannot be rebuilt, ``UsageError`` for a missing folder, ``ReadOnly`` where nothing may be read.
    """

    def __init__(self, path: str, *, timeout: float = 5.0, keep: int = 14, read_only: bool = False) -> None:
        self.path = os.path.realpath(path)
        self.problems: list[str] = []
        self.version = 0
        self._keep = keep
        self._journal = Journal(self.path + SUFFIX, timeout, read_only=read_only)
        self._picture = Picture()
        self._generation = -1
        self._stamp: Stamp | None = None
        self._folded = 0
        self._pending = False
        self._irreplaceable = False
        self._seen: object = None
        self._met: Places = set()
        self._follow(timeout)
        self._met.clear()

    @property
    def n(self) -> int:
        """The number of the newest operation known here; 0 in an empty workspace."""
        return self._picture.n

    @property
    def state(self) -> State:
        """Every document as of ``n``; changes in place, and not by callers."""
        return self._picture.state

    @property
    def schema(self) -> int:
        """The schema of the documents; in an empty workspace this program's own."""
        return self._picture.schema if self._picture.n else SCHEMA

    @property
    def read_only(self) -> str | None:
        """Why nothing can be written here, as half a sentence, or None."""
        return self._journal.read_only or (NEWER if self.schema > SCHEMA else None)

    # ------------------------------------------------------------------------------------------------------ following

    def refresh(self) -> Places:
        """The places that other processes changed since the last call; two stats when there are none."""
        with suppress(Busy):
            self.follow(REFRESH_SECONDS)
        met, self._met = self._met, set()
        return met

    def follow(self, timeout: float | None = None) -> None:
        """Bring ``state`` up to date, waiting for whoever writes; ``refresh`` still tells what changed.  Raises ``Busy``."""
        if self._journal.depth == 0 and self._look() != self._seen:
            self._follow(self._journal.timeout if timeout is None else timeout)

    def _look(self) -> object:
        return self._journal.stamp(), stamp(self.path)

    def _follow(self, timeout: float) -> None:
        seen = self._look()
        with self._journal.lock(shared=True, timeout=timeout):
            if self._outgrown():
                self._reload()
        if self._pending and self._journal.exists and self.read_only is None:
            try:
                with self._exclusive(timeout):
                    pass
            except ManyViewError as error:
                self._report(f"What another program wrote into {self._name} is shown, but not taken over yet: {error}")
        self._seen = seen

    def _outgrown(self) -> bool:
        """Take in the journal's new lines; whether that is not enough and the files must be read anew (lock held)."""
        if self._generation != self._journal.generation or self._journal.size() < self._picture.position:
            return True
        touched = self._picture.follow(self._journal)
        if touched:
            self._changed(touched)
        found = stamp(self.path)
        return found != self._stamp and not self._was_folded(found)

    def _was_folded(self, found: Stamp | None) -> bool:
        """Whether the workspace file is new because another process folded."""
        meta = untouched(self.path)
        if meta is None or meta["n"] > self._picture.n:
            return False
        self._stamp, self._folded = found, meta["end"]
        return True

    def _changed(self, touched: Places) -> None:
        self._met |= touched
        self.version += 1
        for problem in self._picture.problems:
            self._report(problem)

    def _report(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    # ------------------------------------------------------------------------------------------------------ reloading

    @property
    def _name(self) -> str:
        return os.path.basename(self.path)

    def _reload(self) -> None:
        """Read the files anew (lock held).  Under the exclusive lock, what others wrote into the file is journalled."""
        loaded = load(self.path, self._journal)
        if loaded.trouble and loaded.picture.n == 0:
            raise Damaged(self._not_a_workspace(loaded.trouble))
        self._show(loaded)
        if not loaded.settled and self._journal.is_mine and self.read_only is None:
            self._adopt(loaded)

    def _not_a_workspace(self, trouble: str) -> str:
        newest = backups(self.path)[-1:]
        hint = f" Its newest backup is {os.path.basename(newest[0])}." if newest else ""
        return f"{self._name} is not a workspace: {trouble} ({self.path}). It was left untouched.{hint}"

    def _show(self, loaded: Loaded) -> None:
        """Let memory be what was read, outside changes included, without replacing the state that callers hold."""
        fresh = loaded.picture
        apply(fresh.state, loaded.outside)
        if loaded.outside:
            fresh.n = last_number(fresh.n, loaded.outside)
        touched = exchange(self._picture.state, fresh.state)
        fresh.state = self._picture.state
        self._picture = fresh
        self._generation = self._journal.generation
        self._stamp, self._folded, self._pending = loaded.stamp, loaded.folded, not loaded.settled
        self._irreplaceable = False
        self._changed(touched)

    def _adopt(self, loaded: Loaded) -> None:
        """Make durable what ``_show`` showed, and let a fold replace the file it came from."""
        if loaded.trouble:
            self._set_aside(loaded.trouble)
        if loaded.outside or self.n > self._picture.anchor.n:
            schema = self.schema if self.schema > 1 else None
            done = Transaction(self.n, now(), OUTSIDE, loaded.outside, why=f"written into {self._name}", schema=schema)
            self._write(done)
        self._pending = False
        self.fold()

    def _set_aside(self, trouble: str) -> None:
        what = f"{self._name} was damaged ({trouble}) and was rebuilt from its journal"
        try:
            kept = os.path.basename(set_aside(self.path))
        except OSError as error:
            self._irreplaceable = True
            self._report(f"{what}; the damaged file stays in its place, for it cannot be set aside: {reason(error)}.")
        else:
            self._report(f"{what}; the damaged file is kept as {kept}.")

    # -------------------------------------------------------------------------------------------------------- writing

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep every other writer out; on entry ``state`` holds what they had committed.  Re-entrant."""
        with self._exclusive():
            yield
        if self._journal.depth == 0:
            self.fold_if_large()

    @contextmanager
    def _exclusive(self, timeout: float | None = None) -> Iterator[None]:
        with self._journal.lock(timeout=timeout):
            if self._journal.depth == 1:
                if self._outgrown() or self._pending:
                    self._reload()
                if self.schema > SCHEMA:
                    raise Damaged(f"{self._name} cannot be changed: {NEWER}. Update ManyView and try again.")
            yield

    def append(self, transaction: Transaction) -> None:
        """Make the transaction durable, then apply it to ``state``; to be called under ``lock``."""
        if not self._journal.is_mine:
            raise RuntimeError("a transaction is appended under the lock")
        done = checked(transaction, self.n, self.schema)
        self._write(done)
        self.version += 1

    def _write(self, done: Transaction) -> None:
        line = encode(as_json(done), dumps)
        position = self._picture.position
        start = self._journal.append(line)
        if start > position:
            self._report(f"An interrupted write at byte {position} of the journal was skipped; it had never been confirmed.")
        # memory gets what a reader will get, and so shares nothing with the caller
        self._picture.take(orjson.loads(line[9:]), start, line[:-1])

    def back(self) -> Iterator[Transaction]:
        """Every transaction, newest first, read as far as asked for."""
        for _, line in self._journal.scan_back(self._picture.position):
            found = decode(line, orjson.loads)
            if found is not None:
                yield from_json(found)

    # -------------------------------------------------------------------------------------------------------- folding

    @property
    def unfolded(self) -> int:
        """How many bytes of the journal the workspace file does not cover."""
        return max(0, self._picture.anchor.end - self._folded)

    def fold(self) -> None:
        """Let the workspace file be the present state, unless it is; never fails, and only the rename needs the lock."""
        if not self._journal.exists or self.read_only is not None or not self._gains():
            return
        with suppress(OSError, ManyViewError):
            self._fold()

    def fold_if_large(self) -> None:
        """Fold when the workspace file is missing, or when reading the journal after it takes noticeable time."""
        if self.n and (self._stamp is None or self.unfolded > FOLD_BYTES + self._stamp[1] // 4):
            self.fold()

    def _gains(self) -> bool:
        return self._pending or (self.n > 0 and (self._stamp is None or self.unfolded > 0))

    def _fold(self) -> None:
        with self._exclusive(FOLD_SECONDS):
            if self._irreplaceable or not self._gains():
                return
            replaced, anchor, changed = self._stamp, self._picture.anchor, time.time_ns()
            os.fsync(self._journal.descriptor)  # a line read from a writer that died may not be durable yet
            content = render(self.state, anchor, changed)
        with prepared(self.path, content, changed) as temporary, self._exclusive(FOLD_SECONDS):
            if self._stamp == replaced and self._holds(anchor):
                install(temporary, self.path, self._keep)
                self._stamp, self._folded = stamp(self.path), anchor.end

    def _holds(self, anchor: Anchor) -> bool:
        return self._journal.read(anchor.start, anchor.start + 8) == anchor.line.encode()

    def close(self) -> None:
        """Fold what is unfolded and let go of the journal."""
        self.fold()
        self._journal.close()


def fold_after_capture(path: str) -> None:
    """Fold a small workspace once its new record was acknowledged, so that plain TinyDB sees it; never fails."""
    found = stamp(os.path.realpath(path))
    if found is not None and found[1] > SMALL_BYTES:
        return
    with suppress(OSError, ManyViewError):
        Replica(path, timeout=FOLD_SECONDS).close()
