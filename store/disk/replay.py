"""What the files of a workspace say together: the folded file, the journal after it, and what others wrote into the file."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from store.backend import Places
from store.disk.journal import SCHEMA, Journal, decode
from store.disk.quick_json import read_much, reader
from store.disk.snapshot import START, Anchor, Snapshot, Stamp, read
from store.merge import merge
from store.operations import Operation, State, after, difference, number_of, operation, same, set_document

LARGE = 1 << 20


class Picture:
    """The documents of a workspace as of one line of its journal, the ``anchor``; ``position`` is the next byte to read."""

    def __init__(
        self,
        state: State | None = None,
        n: int = 0,
        schema: int = SCHEMA,
        position: int = 0,
        anchor: Anchor = START,
        problems: Sequence[str] = (),
    ) -> None:
        self.state: State = {} if state is None else state
        self.n = n
        self.schema = schema
        self.position = position
        self.anchor = anchor
        self.problems = list(problems)

    def follow(self, journal: Journal, upto: int | None = None) -> Places:
        """The places that the journal's further lines change, up to the number ``upto``; afterwards they are changed."""
        touched: Places = set()
        loads = reader(journal.size() - self.position)
        for offset, line in journal.scan(self.position):
            found = decode(line, loads)
            if found is not None:
                if upto is not None and found["n"] > upto:
                    break
                self.take(found, offset, line)
                touched.update((table, key) for table, key, *_ in found["ops"])
            elif line:
                self.problems.append(_skipped(offset, line))
            self.position = offset + len(line) + 1
        return touched

    def take(self, found: Mapping[str, Any], offset: int, line: bytes) -> None:
        """Apply a decoded line of the journal; ``line`` comes without its line feed."""
        for table, key, _, document in found["ops"]:
            set_document(self.state, table, key, document)
        self.n = max(self.n, found["n"])
        self.schema = found.get("schema", 1)
        self.position = offset + len(line) + 1
        self.anchor = Anchor(self.n, offset, self.position, line[:8].decode(), self.schema)

    def copy(self) -> Picture:
        """Another picture that shares the documents, but not the tables."""
        state = {table: dict(rows) for table, rows in self.state.items()}
        return Picture(state, self.n, self.schema, self.position, self.anchor, list(self.problems))


def damage(journal: Journal) -> list[str]:
    """A sentence for every line of the journal that was whole once and is not any more; all of it is read."""
    lines = ((offset, line) for offset, line in journal.scan() if line.endswith(b"}"))
    return [_skipped(offset, line) for offset, line in lines if decode(line, read_much) is None]


def _skipped(offset: int, line: bytes) -> str:
    if line.endswith(b"}"):
        return f"Line at byte {offset} of the journal is damaged and was skipped."
    return f"An interrupted write at byte {offset} of the journal was skipped; it had never been confirmed."


class Loaded(NamedTuple):
    """A workspace as read from its files.

    ``outside`` are changes in the folded file that the journal does not know yet, ``trouble`` why the file could not be
    used at all, ``settled`` whether there is neither.  ``folded`` is how far the folded file covers the journal.
    """

    picture: Picture
    stamp: Stamp | None
    folded: int = 0
    outside: tuple[Operation, ...] = ()
    trouble: str = ""
    settled: bool = True


def load(path: str, journal: Journal) -> Loaded:
    """The workspace at ``path``; to be called under a lock of its journal, shared or not."""
    with no_collection(journal):
        snapshot = read(path)
        if snapshot is not None and snapshot.intact and snapshot.anchor is not None and holds(journal, snapshot.anchor):
            return _continued(snapshot, snapshot.anchor, journal)
        return _reconciled(snapshot, journal)


def holds(journal: Journal, anchor: Anchor) -> bool:
    """Whether the journal has the line that a folded file stands for."""
    if anchor.n == 0:
        return anchor.end == 0
    line = journal.read(anchor.start, anchor.end)
    return line[:8] == anchor.line.encode() and line[-1:] == b"\n" and len(line) == anchor.end - anchor.start


def _continued(snapshot: Snapshot, anchor: Anchor, journal: Journal) -> Loaded:
    picture = Picture(snapshot.state or {}, anchor.n, anchor.schema, anchor.end, anchor)
    picture.follow(journal)
    return Loaded(picture, snapshot.stamp, anchor.end)


def _reconciled(snapshot: Snapshot | None, journal: Journal) -> Loaded:
    """The workspace as its whole journal has it, and what the folded file has beyond that."""
    base = Picture()
    anchor = snapshot.anchor if snapshot else None
    if anchor is not None:
        base.follow(journal, anchor.n)
    picture = base.copy()
    picture.follow(journal)
    if snapshot is None:
        return Loaded(picture, None)
    if snapshot.state is None:
        return Loaded(picture, snapshot.stamp, trouble=snapshot.trouble, settled=False)
    if anchor is not None and anchor.n > picture.n:  # the journal is younger than the file: numbers go on from the file's
        picture.n, picture.schema = anchor.n, anchor.schema
    changes, notes = outside_changes(base.state, snapshot.state, picture, knows_base=anchor is not None)
    picture.problems += notes
    return Loaded(picture, snapshot.stamp, outside=tuple(changes), settled=False)


def outside_changes(base: State, edited: State, now: Picture, *, knows_base: bool) -> tuple[list[Operation], list[str]]:
    """The operations that bring into ``now`` what a foreign program changed between ``base`` and ``edited``.

    Fields merge, and the foreign value stands where both changed one.  A changed record outlives its deletion on the
    other side.  Two new records under one number are two records: the foreign one gets the next free number.  Without
    ``knows_base`` nobody can tell what is new, and nothing is taken for deleted.  Also returns sentences on what moved.
    """
    changes: list[Operation] = []
    notes: list[str] = []
    free = max(now.n, *(number_of(key) for rows in edited.values() for key in rows), 0)
    for change in difference(base, edited):
        table, key, mine = change.table, change.key, after(change)
        theirs = now.state.get(table, {}).get(key)
        if mine is None and not same(theirs, change.before):
            continue
        if knows_base and change.before is None and theirs is not None and not same(mine, theirs) and number_of(key):
            free += 1
            notes.append(f"{table} {key}, added by another program, became {free}: the number was taken meanwhile.")
            key, theirs = str(free), None
        merged = merge(f"{table} {key}", change.before, mine, theirs, mine_wins=True)
        if not same(merged, theirs) and (done := operation(table, key, theirs, merged)):
            changes.append(done)
    return changes, notes


@contextmanager
def no_collection(journal: Journal) -> Iterator[None]:
    """Load without the garbage collector: a million containers and no garbage would cost twice the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if journal.size() > LARGE:
            gc.freeze()  # what was loaded stays: later collections need not walk it
        if running:
            gc.enable()
