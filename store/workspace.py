"""The only door to a workspace: read its records, commit steps, undo and redo one's own, look back, follow others.

A step is merged with what others saved since it was begun, numbered, stamped and made durable under the backend's lock;
then a new ``Records`` stands where the old one stood.  Nothing here knows files, and nothing outside writes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from store.backend import Backend, MemoryBackend, Places
from store.committing import Ground, Signature, document_at, operations_of
from store.days import day_in
from store.errors import Clash, NotFound
from store.merge import merge
from store.model import SETTINGS_TABLE, place
from store.operations import Operation, State, Transaction, apply, inverse, operation, same
from store.records import Records
from store.settings import SETTINGS_KEY, Settings, document_of, noted
from store.step import Step
from store.undoing import inverted, to_redo, to_undo, why_inverted

Clock = Callable[[], datetime]
Listener = Callable[[Records], None]


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def timestamp(moment: datetime) -> str:
    """A time as the store writes it: ISO 8601 in UTC with milliseconds."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


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

    def commit(self, step: Step, over: Collection[Clash] = ()) -> Transaction | None:
        """Make a step durable and return its transaction; None when it changes nothing.

        Fields that others changed meanwhile are kept; raises ``Conflict`` where both changed the same field, ``Busy``,
        ``ReadOnly`` or another ``ManyViewError`` when it cannot be written.  Whatever is raised, nothing was changed.
        ``over`` is what an earlier ``Conflict`` showed: as long as it stands, the step writes it over.
        """
        with self._locked():
            at = self._now()
            ground = Ground(self.backend.state, self.backend.n, self.records)
            return self._append(operations_of(step, ground, Signature(self.me, at), over), at, why=step.why)

    def set_settings(self, settings: Settings, why: str) -> Transaction | None:
        """Make the settings of the workspace durable; merged like any record.  A new level is asked for from today on."""
        known = self.records.settings
        base, mine = document_of(known), document_of(noted(settings, known, day_in(settings.zone, self._clock())))
        with self._locked():
            now = document_at(self.backend.state, SETTINGS_TABLE, SETTINGS_KEY)
            merged = merge("the settings", base or None, mine or None, now)
            change = operation(SETTINGS_TABLE, SETTINGS_KEY, now, merged)
            return self._append([change] if change and not same(now, merged) else [], self._now(), why=why)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """The backend's lock, with everything that others had committed by then taken in."""
        with self.backend.lock():
            self._touched |= self.backend.refresh()
            yield

    def _now(self) -> str:
        return timestamp(self._clock())

    def _append(self, operations: list[Operation], at: str, *, why: str, undoes: int | None = None) -> Transaction | None:
        if not operations:
            return None
        done = Transaction(self.backend.n + len(operations), at, self.me, tuple(operations), undoes, why)
        self.backend.append(done)
        self._arrived({(change.table, change.key) for change in operations})
        return done

    # -------------------------------------------------------------------------------------------------- undo and redo

    def undo(self) -> Transaction | None:
        """Take back my newest transaction that still stands; returns the new transaction, None when there is none.

        What others changed since then stays; raises ``Conflict`` where they changed the same fields.
        """
        with self._locked():
            return self._invert(to_undo(self.backend.back(), self.me))

    def redo(self) -> Transaction | None:
        """Do again what I last took back, unless I have done something else since."""
        with self._locked():
            return self._invert(to_redo(self.backend.back(), self.me))

    def take_back(self, n: int) -> Transaction | None:
        """Take back the transaction numbered ``n``, whoever made it.  Raises ``NotFound``."""
        with self._locked():
            target = next((past for past in self.backend.back() if past.n == n), None)
            if target is None:
                raise NotFound(f"There is no step {n} in the history. `many log` shows them.")
            return self._invert(target)

    def _invert(self, target: Transaction | None) -> Transaction | None:
        if target is None:
            return None
        return self._append(inverted(target, self.backend.state), self._now(), why=why_inverted(target), undoes=target.n)

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
            apply(state, map(inverse, reversed(past.operations)))
            n = 0
        return Records(state, n)

    def close(self) -> None:
        """Fold what is unfolded and let go of the files."""
        self.backend.close()
