"""The only door to a workspace: read its records, commit steps, undo and redo one's own, look back, follow others.

A step is merged with what others saved since it was begun, numbered, stamped and made durable under the backend's lock;
then a new ``Records`` stands where the old one stood.  Nothing here knows files, and nothing outside writes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from store.backend import Backend, MemoryBackend, Places
from store.checkins.occurrence import joining, twin
from store.errors import NotFound, Refused
from store.lifecycle import hindsight
from store.merge import merge
from store.model import BY_TABLE, SETTINGS_TABLE, Checkin, Decision, Record, entity, place
from store.operations import Document, Drop, Operation, Put, State, Transaction, after, inverse, operation, same
from store.records import Records, read
from store.settings import SETTINGS_KEY, Settings, document_of
from store.step import Change, Step, is_provisional, renumbered

Clock = Callable[[], datetime]
Listener = Callable[[Records], None]


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> str:
    """A time as the store writes it: ISO 8601 in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


class _Chain:
    """A transaction and what took it back, in turn: ``newest`` is its last link, ``wants`` the number of the next older."""

    def __init__(self, newest: Transaction) -> None:
        self.newest, self.length, self.wants = newest, 1, newest.undoes

    def add(self, older: Transaction, *, mine: bool) -> None:
        """Lengthen the chain by an older link; somebody else's step that I took back counts as no link of mine."""
        self.length += mine
        self.wants = older.undoes if mine else None

    @property
    def stands(self) -> bool:
        """Whether the first link is in force: it was taken back an even number of times."""
        return self.length % 2 == 1


class Workspace:
    """The records of one workspace as ``me`` sees and changes them."""

    def __init__(self, backend: Backend | None = None, *, me: str = "me", clock: Clock = utc_now) -> None:
        self.backend: Backend = backend if backend is not None else MemoryBackend()
        self.me = me
        self._clock = clock
        self._records = Records(self.backend.state, self.backend.n)
        self._touched: Places = set()
        self._listeners: list[Listener] = []

    # -------------------------------------------------------------------------------------------------------- reading

    @property
    def records(self) -> Records:
        """Every record as of the newest transaction known here."""
        if self._touched:
            touched, self._touched = self._touched, set()
            self._records = self._records.evolve(self.backend.state, self.backend.n, touched)
        return self._records

    def refresh(self) -> bool:
        """Take in what other processes committed; True when something changed, after telling the listeners."""
        touched = self.backend.refresh()
        if touched:
            self._arrived(touched)
        return bool(touched)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the new records after every change, mine or others'; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _arrived(self, touched: Places) -> None:
        self._touched |= touched
        if self._listeners:
            records = self.records
            for listener in tuple(self._listeners):
                listener(records)

    # -------------------------------------------------------------------------------------------------------- writing

    def commit(self, step: Step) -> Transaction | None:
        """Make a step durable and return its transaction; None when it changes nothing.

        Fields that others changed meanwhile are kept; raises ``Conflict`` where both changed the same field, ``Busy``,
        ``ReadOnly`` or another ``ManyViewError`` when it cannot be written.  Whatever is raised, nothing was changed.
        """
        with self._locked():
            return self._append(self._operations(step), why=step.why)

    def set_settings(self, settings: Settings, why: str) -> Transaction | None:
        """Make the settings of the workspace durable; merged like any record."""
        base, mine = document_of(self.records.settings), document_of(settings)
        with self._locked():
            now = self._stored(SETTINGS_TABLE, SETTINGS_KEY)
            merged = merge("the settings", base or None, mine or None, now)
            change = operation(SETTINGS_TABLE, SETTINGS_KEY, now, merged)
            return self._append([change] if change and not same(now, merged) else [], why=why)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """The backend's lock, with everything that others had committed by then taken in."""
        with self.backend.lock():
            self._touched |= self.backend.refresh()
            yield

    def _operations(self, step: Step) -> list[Operation]:
        stamp = timestamp(self._clock())
        changes, ids = self._numbered(step)
        found: list[Operation] = []
        for change, record_id in changes:
            table, key = place(record_id)
            now = self._stored(table, key)
            base, mine = _documents(change, ids)
            if change.before is None:
                mine = {"created": stamp, "created_by": self.me, **(mine or {})}
            elif mine is not None and not same(base, mine):
                moved = base is not None and base.get("state") != mine.get("state")
                mine = {**mine, **({"entered": stamp} if moved else {}), "updated": stamp, "updated_by": self.me}
            stored = base if same(base, now) else _normal(table, key, now)
            merged = merge(record_id, base, mine, stored)
            if same(merged, stored):
                continue
            _honest(table, key, now, merged)
            if done := operation(table, key, now, merged):
                found.append(done)
        return found

    def _numbered(self, step: Step) -> tuple[list[tuple[Change, str]], dict[str, str]]:
        """The changes with their real ids, and provisional id → real id.  New records come first, so that the number of
        each is the number of its operation; what is not new after all goes to the record that there is already."""
        ids: dict[str, str] = {}
        changes = [self._joined(change, ids) for change in step.changes]
        new = [change for change in changes if change.before is None]
        rest = [change for change in changes if change.before is not None]
        numbered: list[tuple[Change, str]] = []
        for number, change in enumerate(new, self.backend.n + 1):
            real = type(change.record).letter + str(number)
            if is_provisional(change.record.id):
                ids[change.record.id] = real
            numbered.append((change, real))
        return numbered + [(change, change.record.id) for change in rest], ids

    def _joined(self, change: Change, ids: dict[str, str]) -> Change:
        """The change; of a check-in that somebody began meanwhile, as a change of that one, its id noted in ``ids``."""
        if change.before is not None or not isinstance(change.after, Checkin):
            return change
        mine = change.after.document()
        key = twin(mine, self.backend.state.get(Checkin.table, {}).items())
        if key is None:
            return change
        ids[change.after.id] = Checkin.letter + key
        existing = read(Checkin.table, key, self.backend.state[Checkin.table][key])
        return Change(*(entity(Checkin.table, key, document) for document in joining(mine, existing.document())))

    def _append(self, operations: list[Operation], *, why: str, undoes: int | None = None) -> Transaction | None:
        if not operations:
            return None
        n = self.backend.n + len(operations)
        done = Transaction(n, timestamp(self._clock()), self.me, tuple(operations), undoes, why)
        self.backend.append(done)
        self._arrived({(change.table, change.key) for change in operations})
        return done

    def _stored(self, table: str, key: str) -> Document | None:
        return self.backend.state.get(table, {}).get(key)

    # -------------------------------------------------------------------------------------------------- undo and redo

    def undo(self) -> Transaction | None:
        """Take back my newest transaction that still stands; returns the new transaction, None when there is none.

        What others changed since then stays; raises ``Conflict`` where they changed the same fields.
        """
        return self._take_back(redo=False)

    def redo(self) -> Transaction | None:
        """Do again what I last took back, unless I have done something else since."""
        return self._take_back(redo=True)

    def take_back(self, n: int) -> Transaction | None:
        """Take back the transaction numbered ``n``, whoever made it.  Raises ``NotFound``."""
        with self._locked():
            target = next((past for past in self.backend.back() if past.n == n), None)
            if target is None:
                raise NotFound(f"There is no step {n} in the history. `many log` shows them.")
            return self._invert(target)

    def _take_back(self, *, redo: bool) -> Transaction | None:
        with self._locked():
            target = self._target(redo=redo)
            return None if target is None else self._invert(target)

    def _target(self, *, redo: bool) -> Transaction | None:
        """My newest transaction to take back, or what I last took back, to do it again.

        A transaction, what took it back, what took that back, … form a chain; its newest link says whether the first one
        stands.  Undo wants the newest chain that stands; redo the newest that does not, with nothing new of mine since.
        """
        for chain in self._chains():
            if chain.stands != redo:
                return chain.newest
            if redo and chain.length == 1:
                return None
        return None

    def _chains(self) -> Iterator[_Chain]:
        """My chains, the one with the newest link first, each with its length once its first link is found."""
        waiting: deque[_Chain] = deque()
        wanting: dict[int, _Chain] = {}
        for past in self.backend.back():
            chain = wanting.pop(past.n, None)
            if chain is not None:
                chain.add(past, mine=past.by == self.me)
            elif past.by == self.me:
                chain = _Chain(past)
                waiting.append(chain)
            if chain is not None and chain.wants is not None:
                wanting.setdefault(chain.wants, chain)
            while waiting and waiting[0].wants is None:
                yield waiting.popleft()

    def _invert(self, target: Transaction) -> Transaction | None:
        found: list[Operation] = []
        for change in map(inverse, reversed(target.operations)):
            now = self._stored(change.table, change.key)
            merged = merge(_name(change), change.before, after(change), now)
            _honest(change.table, change.key, now, merged)
            if not same(merged, now) and (done := operation(change.table, change.key, now, merged)):
                found.append(done)
        why = target.why.removeprefix(UNDID) if target.why.startswith(UNDID) else UNDID + target.why
        return self._append(found, why=why, undoes=target.n)

    # -------------------------------------------------------------------------------------------------------- history

    def history(self, record_id: str | None = None) -> Iterator[Transaction]:
        """Every transaction, newest first; of one record, or of all."""
        wanted = None if record_id is None else place(record_id)
        for past in self.backend.back():
            if wanted is None or any((change.table, change.key) == wanted for change in past.operations):
                yield past

    @property
    def born(self) -> str:
        """When and by whom the first step was made, the same whatever comes later; "" before it.  Reads all history."""
        return next((f"{first.at} {first.by}" for first in deque(self.backend.back(), maxlen=1)), "")

    def at(self, moment: datetime) -> Records:
        """The records as they stood at a time: the newest ones with everything later taken back."""
        state: State = {table: dict(rows) for table, rows in self.backend.state.items()}
        limit, n = timestamp(moment), self.backend.n
        for past in self.backend.back():
            if past.at <= limit:
                n = past.n
                break
            for change in map(inverse, reversed(past.operations)):
                _set(state, change)
            n = 0
        return Records(state, n)

    def close(self) -> None:
        """Fold what is unfolded and let go of the files."""
        self.backend.close()


UNDID = "undid: "
"""How the sentence of a transaction that takes another back begins."""


def _set(state: State, change: Operation) -> None:
    rows = state.setdefault(change.table, {})
    if isinstance(change, Drop):
        rows.pop(change.key, None)
    elif isinstance(change, Put):
        rows[change.key] = change.after


def _name(change: Operation) -> str:
    kind = BY_TABLE.get(change.table)
    return "the settings" if kind is None else kind.letter + change.key


def _documents(change: Change, ids: dict[str, str]) -> tuple[Document | None, Document | None]:
    before, later = change.before, change.after
    return (
        None if before is None else before.document(),
        None if later is None else renumbered(later.document(), ids) if ids else later.document(),
    )


def _normal(table: str, key: str, document: Document | None) -> Document | None:
    """The document as the model writes it, so that two ways of writing one value are not taken for a change."""
    return None if document is None else read(table, key, document).document()


def _honest(table: str, key: str, now: Document | None, merged: Document | None) -> None:
    """Raise ``Refused`` where what a decision predicted would be rewritten: merging, importing and undoing come by here."""
    if table != Decision.table or now is None or merged is None:
        return
    if reason := hindsight(read(table, key, now), read(table, key, merged)):
        raise Refused(reason)


def require(records: Records, record_id: str) -> Record:
    """The record of that id; raises ``Refused`` in words when it is gone, as happens when somebody deleted it meanwhile."""
    if record := records.get(record_id):
        return record
    raise Refused(f"{record_id} is no longer there: somebody deleted it.")
