"""The protocol a keeper of a workspace's documents fulfils, and one that keeps them in memory.

A backend knows documents and transactions, nothing of missions or bets.  ``tests/store/contract_backend.py`` holds every
one of them to the same promises.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

from store.disk.journal import SCHEMA
from store.operations import State, Transaction, apply, number_of

Places = set[tuple[str, str]]
"""Places in a workspace: ``(table, key)``."""


class Backend(Protocol):
    """Keeps the documents of one workspace and the log of every transaction on them."""

    problems: list[str]
    """What was found wrong and mended, in sentences for people; empty when all is well."""

    @property
    def n(self) -> int:
        """The number of the newest operation known here; 0 in an empty workspace."""

    @property
    def state(self) -> State:
        """Every document as of ``n``.  Callers do not change it; it changes in place as transactions arrive."""

    @property
    def schema(self) -> int:
        """The schema of the documents; in an empty workspace this program's own."""

    @property
    def read_only(self) -> str | None:
        """Why nothing can be written here, as half a sentence, or None."""

    def lock(self) -> AbstractContextManager[None]:
        """Keep every other writer out; on entry ``state`` holds what they had committed.

        Raises ``Busy`` after five seconds, ``ReadOnly`` where nothing can be written, and ``Damaged`` where a newer
        version of ManyView wrote.  Re-entrant.
        """

    def append(self, transaction: Transaction) -> None:
        """Make the transaction durable, then apply it to ``state``; to be called under ``lock``.

        When it returns the change survives a power cut; when it raises, nothing was changed.  ``state`` shares no object
        with the transaction.  Its number must lie above ``n`` and not below the number of any record in it
        (``operations.last_number`` finds one); anything else is a ``ValueError``.  It takes on ``schema``, unless it names
        a later one: that is what a migration does.
        """

    def refresh(self) -> Places:
        """The places that other processes changed since the last call (also those met by ``lock``), ``state`` up to date.

        Never waits for long: while somebody writes, their changes come with a later call.
        """

    def back(self) -> Iterator[Transaction]:
        """Every transaction, newest first, read as far as asked for."""

    def damage(self) -> list[str]:
        """What is broken anywhere in the log, in sentences for people; reads all of it."""

    def fold(self) -> None:
        """Bring the files into their compact form, if there is anything to gain; never fails, never loses."""

    def close(self) -> None:
        """Let go of every file."""


def checked(transaction: Transaction, n: int, schema: int) -> Transaction:
    """The transaction as it goes into the log of a workspace at ``n``; raises ``ValueError`` for an impossible one."""
    if transaction.n <= n:
        raise ValueError(f"transaction {transaction.n} cannot follow {n}")
    if any(number_of(change.key) > transaction.n for change in transaction.operations):
        raise ValueError(f"transaction {transaction.n} holds a record with a number above it")
    if transaction.schema is None:
        return transaction if schema == 1 else transaction._replace(schema=schema)
    if transaction.schema < schema:
        raise ValueError(f"schema {transaction.schema} cannot follow {schema}")
    return transaction


class MemoryBackend:
    """Keeps a workspace in memory, for tests, demonstrations and benchmarks."""

    read_only: str | None = None

    def __init__(self, state: State | None = None, n: int = 0, schema: int = SCHEMA) -> None:
        self.problems: list[str] = []
        self.state: State = state if state is not None else {}
        self.n = n
        self.schema = schema
        self._log: list[Transaction] = []

    def lock(self) -> AbstractContextManager[None]:
        return nullcontext()

    def append(self, transaction: Transaction) -> None:
        from copy import deepcopy  # files need none

        done = checked(transaction, self.n, self.schema)
        apply(self.state, deepcopy(done.operations))
        self._log.append(done)
        self.n, self.schema = done.n, done.schema or 1

    def refresh(self) -> Places:
        return set()

    def back(self) -> Iterator[Transaction]:
        return reversed(self._log)

    def damage(self) -> list[str]:
        return []

    def fold(self) -> None:
        """Nothing to gain in memory."""

    def close(self) -> None:
        """Nothing to let go of."""
