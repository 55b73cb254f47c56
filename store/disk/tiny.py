"""TinyDB over a journalled workspace: its whole interface for scripts, every change durable, and the app's ``Backend``.

The only module that knows TinyDB.  ``with JournalledTinyDB("workspace.json") as db:`` behaves as TinyDB does, but a change
costs what it changes, not the size of the file; several programs may write at once; and ids are never used twice.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document as Row
from tinydb.table import Table

from store.disk.journal import now
from store.disk.mirror import dumps
from store.disk.quick_json import read_much
from store.disk.replica import Replica
from store.disk.snapshot import META
from store.operations import Document, Operation, State, Transaction, difference, last_number, number_of, operation, same

Fields = Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None]


def whoami() -> str:
    """The name of the person at this terminal, as the system knows it."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


class Draft:
    """Changes that are not made yet, over a state: what one transaction is about to do."""

    def __init__(self, state: State, n: int) -> None:
        self._state = state
        self._n = n
        self._newest = n
        self.failed = False
        self._changes: dict[tuple[str, str], Document | None] = {}

    def get(self, table: str, key: str) -> Document | None:
        """The document at a place, with the draft's changes."""
        place = table, key
        return self._changes[place] if place in self._changes else self._state.get(table, {}).get(key)

    def touch(self, table: str, key: str) -> Document | None:
        """The document at a place, to be changed at will: the draft keeps a copy."""
        found = self.get(table, key)
        if found is not None and (table, key) not in self._changes:
            self._changes[table, key] = found = _copy(found)
        return found

    def put(self, table: str, key: str, document: Document | None) -> None:
        """Write a document, or with None remove it."""
        self._changes[table, key] = document
        self._newest = max(self._newest, number_of(key))

    def next_number(self) -> int:
        """A number for a new record that no record ever had: that of its operation."""
        self._newest = max(self._newest, self._n + len(self._changes)) + 1
        return self._newest

    def rows(self, table: str) -> Mapping[str, Document]:
        """The documents of a table, with the draft's changes."""
        rows = self._state.get(table, {})
        mine = {key: document for (name, key), document in self._changes.items() if name == table}
        return {key: found for key, found in {**rows, **mine}.items() if found is not None} if mine else rows

    def tables(self) -> State:
        """Every table that has documents, with the draft's changes."""
        names = dict.fromkeys([*self._state, *(table for table, _ in self._changes)])
        return {name: rows for name in names if (rows := dict(self.rows(name)))}

    def operations(self) -> tuple[Operation, ...]:
        """What the draft would change; touched documents that came out equal are not among it."""
        found = []
        for (table, key), document in self._changes.items():
            before = self._state.get(table, {}).get(key)
            after = None if document is None else _copy(document)
            if not same(before, after) and (change := operation(table, key, before, after)):
                found.append(change)
        return tuple(found)


def _copy(document: Any) -> Any:
    """The document as its JSON says it, sharing nothing with the original.  Raises ``TypeError`` for what is not JSON."""
    return read_much(dumps(document))


class Rows(MutableMapping[int, Any]):
    """What TinyDB's updaters see of a table: ids as numbers, and copies of the documents they touch."""

    def __init__(self, draft: Draft, table: str) -> None:
        self._draft = draft
        self._table = table

    def __getitem__(self, number: int) -> Document:
        found = self._draft.touch(self._table, str(number))
        if found is None:
            raise KeyError(number)
        return found

    def __setitem__(self, number: int, document: Document) -> None:
        self._draft.put(self._table, str(number), document)

    def __delitem__(self, number: int) -> None:
        self._draft.put(self._table, str(number), None)

    def __contains__(self, number: object) -> bool:
        return self._draft.get(self._table, str(number)) is not None

    def __iter__(self) -> Iterator[int]:
        return iter([int(key) for key in self._draft.rows(self._table)])

    def __len__(self) -> int:
        return len(self._draft.rows(self._table))


class TinyBackend(Replica, Storage):
    """The durable ``Backend``, which is also the ``Storage`` of a ``JournalledTinyDB``: see ``Replica`` for its options.

    ``by`` is the author of the changes made through TinyDB.
    """

    def __init__(
        self, path: str, *, timeout: float = 5.0, keep: int = 14, read_only: bool = False, by: str | None = None
    ) -> None:
        super().__init__(os.fspath(path), timeout=timeout, keep=keep, read_only=read_only)
        self._by = by or whoami()
        self._mine = threading.local()

    def tinydb(self) -> JournalledTinyDB:
        """TinyDB's interface to this very backend."""
        return JournalledTinyDB(storage=lambda: self)

    @property
    def draft(self) -> Draft | None:
        """The transaction that this thread has open; other threads go on reading what is committed."""
        found: Draft | None = getattr(self._mine, "draft", None)
        return found

    @contextmanager
    def transaction(self, why: str = "") -> Iterator[Draft]:
        """Everything done inside becomes one durable transaction, or when it raises, nothing.

        One inside another joins it, and its failure is that of the whole, even when it is caught: half of it may stand.
        """
        if self.draft is not None:
            try:
                yield self.draft
            except BaseException:
                self.draft.failed = True
                raise
            return
        with self.lock():
            self._mine.draft = draft = Draft(self.state, self.n)
            try:
                yield draft
            finally:
                self._mine.draft = None
            if draft.failed:
                raise RuntimeError("a part of this transaction failed. Nothing was changed.")
            changes = draft.operations()
            if changes:
                self.append(Transaction(last_number(self.n, changes), now(), self._by, changes, why=why))

    def rows(self, table: str) -> Mapping[str, Document]:
        """The documents of a table as this thread is to see them; not to be changed."""
        if self.draft is not None:
            return self.draft.rows(table)
        self.follow()
        return self.state.get(table, {})

    def read(self) -> State:
        """Every table, for TinyDB; the documents are not to be changed."""
        if self.draft is not None:
            return self.draft.tables()
        self.follow()
        return dict(self.state)

    def write(self, data: State) -> None:
        """Make ``data`` the whole state: TinyDB does so only to drop tables."""
        with self.transaction() as draft:
            for change in difference(draft.tables(), data):
                draft.put(change.table, change.key, data.get(change.table, {}).get(change.key))


class JournalledTable(Table):
    """A TinyDB table in a journalled workspace."""

    _storage: TinyBackend
    _version = -1

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return self._storage.rows(self.name)  # type: ignore[return-value]

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.transaction() as draft:
            updater(Rows(draft, self.name))
        self.clear_cache()

    def _get_next_id(self) -> int:
        with self._storage.transaction() as draft:
            return draft.next_number()

    # A query's result must not be the documents in memory: a script may change what it got.

    def search(self, cond: QueryLike) -> list[Row]:
        self._read_table()
        if self._storage.draft is not None or self._version != self._storage.version:
            self.clear_cache()
            self._version = self._storage.version
        found = [_own(row) for row in super().search(cond)]
        if self._storage.draft is not None:
            self.clear_cache()
        return found

    def get(self, *arguments: Any, **named: Any) -> Any:
        found = super().get(*arguments, **named)
        return [_own(row) for row in found] if isinstance(found, list) else found and _own(found)

    def __iter__(self) -> Iterator[Row]:
        return map(_own, super().__iter__())

    # Reading and writing within one lock: without it, ids and conditions could be stale when the change is made.

    def insert(self, document: Mapping[str, Any]) -> int:
        with self._storage.transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        with self._storage.transaction():
            return super().insert_multiple(documents)

    def update(self, fields: Any, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        with self._storage.transaction():
            return super().update(fields, doc_ids=self._meant(cond, doc_ids))

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        with self._storage.transaction():
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        with self._storage.transaction():
            return super().remove(doc_ids=self._meant(cond, doc_ids))

    def _meant(self, cond: QueryLike | None, doc_ids: Iterable[int] | None) -> Iterable[int] | None:
        """The ids a condition means, so that TinyDB touches, and we copy, no other documents."""
        return doc_ids if doc_ids is not None or cond is None else [int(row.doc_id) for row in self.search(cond)]


def _own(row: Row) -> Row:
    return Row(_copy(dict(row)), row.doc_id)


class JournalledTinyDB(TinyDB):
    """TinyDB at ``path``, journalled: ``JournalledTinyDB(path, timeout=…, keep=…, read_only=…, by=…)``."""

    table_class = JournalledTable
    default_storage_class = TinyBackend  # type: ignore[assignment]

    @property
    def storage(self) -> TinyBackend:
        """The backend below."""
        found: TinyBackend = self._storage  # type: ignore[assignment]
        return found

    def table(self, name: str, **options: Any) -> Table:
        if name == META:
            raise ValueError(f"the table {META} is not for records")
        return super().table(name, **options)

    @contextmanager
    def transaction(self, why: str = "") -> Iterator[None]:
        """Everything done inside becomes one durable transaction, or when it raises, nothing."""
        with self.storage.transaction(why):
            yield
