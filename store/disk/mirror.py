"""What the two files of a workspace say, in memory, and what was seen of them when it was read.

A mirror takes no lock: whoever holds one of the journal has it catch up, show what was read anew, or write.
"""

from __future__ import annotations

import os

from store.backend import Places
from store.disk.journal import NEWER, SCHEMA, Journal, encode, untouched
from store.disk.quick_json import read_much
from store.disk.replay import Loaded, Picture
from store.disk.snapshot import Anchor, Stamp, stamp
from store.operations import Transaction, apply, as_json, exchange, last_number


def dumps(value: object) -> bytes:
    """A value as JSON, as ``journal.compact``, and ten times as fast."""
    import orjson  # who only looks does without

    return orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME)


class Mirror:
    """The workspace file at ``path`` with its ``journal``, as last read; ``picture`` is what they say together.

    ``stamp`` is that of the folded file, and ``folded`` how far it covers the journal.  ``unsettled`` while what other
    programs wrote into it is shown but not in the journal; ``irreplaceable`` while no fold may take its place.
    ``version`` grows with every change, and ``problems`` holds what was found wrong, in sentences for people.
    """

    def __init__(self, path: str, journal: Journal) -> None:
        self.path = path
        self.name = os.path.basename(path)
        self.journal = journal
        self.picture = Picture()
        self.stamp: Stamp | None = None
        self.folded = 0
        self.unsettled = False
        self.irreplaceable = False
        self.version = 0
        self.problems: list[str] = []
        self._met: Places = set()
        self._generation = -1

    @property
    def schema(self) -> int:
        """The schema of the documents; in an empty workspace this program's own."""
        return self.picture.schema if self.picture.n else SCHEMA

    @property
    def read_only(self) -> str | None:
        """Why nothing can be written here, as half a sentence, or None."""
        return self.journal.read_only or (NEWER if self.is_newer else None)

    @property
    def is_newer(self) -> bool:
        """Whether a newer version of ManyView wrote here."""
        return self.schema > SCHEMA

    @property
    def unfolded(self) -> int:
        """How many bytes of the journal the workspace file does not cover."""
        return max(0, self.picture.anchor.end - self.folded)

    def met(self) -> Places:
        """The places that others changed since the last call."""
        met, self._met = self._met, set()
        return met

    def report(self, problem: str) -> None:
        """Note a problem, once."""
        if problem not in self.problems:
            self.problems.append(problem)

    # ------------------------------------------------------------------------------------------------------- the files

    def look(self) -> object:
        """What two stats tell of the files: as long as it stays equal, there is nothing new.  Needs no lock."""
        return self.journal.stamp(), stamp(self.path)

    def catch_up(self) -> bool:
        """Take in the journal's new lines; False when that is not enough and the files must be read anew (lock held)."""
        size = self.journal.size()
        if self._generation != self.journal.generation or size < self.picture.position:
            return False
        if size > self.picture.position and (touched := self.picture.follow(self.journal)):
            self._changed(touched)
        found = stamp(self.path)
        return found == self.stamp or self._was_folded(found)

    def _was_folded(self, found: Stamp | None) -> bool:
        """Whether the workspace file is new because another process folded."""
        meta = untouched(self.path)
        if meta is None or meta["n"] > self.picture.n:
            return False
        self.stamp, self.folded = found, meta["end"]
        return True

    def show(self, loaded: Loaded) -> None:
        """Let memory be what was read, outside changes included, without replacing the state that callers hold."""
        fresh = loaded.picture
        apply(fresh.state, loaded.outside)
        if loaded.outside:
            fresh.n = last_number(fresh.n, loaded.outside)
        touched = exchange(self.picture.state, fresh.state)
        fresh.state = self.picture.state
        self.picture = fresh
        self._generation = self.journal.generation
        self.stamp, self.folded, self.unsettled = loaded.stamp, loaded.folded, not loaded.settled
        self.irreplaceable = False
        self._changed(touched)

    def _changed(self, touched: Places) -> None:
        self._met |= touched
        self.version += 1
        for problem in self.picture.problems:
            self.report(problem)

    def write(self, done: Transaction) -> None:
        """Make the transaction durable, then show it (exclusive lock held).  Raises ``ManyViewError``."""
        line = encode(as_json(done), dumps)
        position = self.picture.position
        start = self.journal.append(line)
        if start > position:
            self.report(f"An interrupted write at byte {position} of the journal was skipped; it had never been confirmed.")
        # memory gets what a reader will get, and so shares nothing with the caller
        self.picture.take(read_much(line[9:]), start, line[:-1])
        self.version += 1

    def holds(self, anchor: Anchor) -> bool:
        """Whether the journal still has the line that a folded file is to stand for."""
        return self.journal.read(anchor.start, anchor.start + 8) == anchor.line.encode()
