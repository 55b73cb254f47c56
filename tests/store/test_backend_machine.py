"""Several handles on one workspace, captures, scripts and other programs in any order: all agree with one dictionary."""

from __future__ import annotations

import copy
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from contract_backend import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from store.disk.journal import capture
from store.disk.tiny import JournalledTinyDB, TinyBackend
from store.operations import OUTSIDE, Document, State, apply, inverse, last_number, operation, same, set_document

TABLES = st.sampled_from(("bets", "missions"))
VALUES = st.none() | st.booleans() | st.integers(0, 2) | st.just(1.0) | st.text(max_size=2)
HANDLES = st.integers(0, 2)
Place = tuple[str, str]


class Handles(RuleBasedStateMachine):
    """``model`` is what everything together must come to, ``mirrors`` what each handle's owner knows from ``refresh``.

    People inside change the field ``inside``, other programs the field ``outside``, so that every merge has one outcome.
    """

    records: Bundle[Place] = Bundle("records")

    def __init__(self) -> None:
        super().__init__()
        self.sync, os.fsync = os.fsync, lambda fd: None  # nobody dies here
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, "workspace.json")
        self.handles = [TinyBackend(self.path, by="ann") for _ in range(3)]
        self.mirrors: list[State] = [{}, {}, {}]
        self.model: State = {}

    def teardown(self) -> None:
        for handle in self.handles:
            handle.close()
        assert same(TinyBackend(self.path).state, self.model)
        if os.path.exists(self.path):
            os.unlink(self.path)
            assert same(TinyBackend(self.path).state, self.model)
        os.fsync = self.sync
        shutil.rmtree(self.folder)

    def document(self, place: Place) -> Document | None:
        return copy.deepcopy(self.model.get(place[0], {}).get(place[1]))

    @contextmanager
    def writing(self, number: int) -> Iterator[TinyBackend]:
        """A locked handle, whose owner has taken in what the lock met."""
        with self.handles[number].lock():
            self.take_in(number)
            assert same(self.handles[number].state, self.model)
            yield self.handles[number]

    def take_in(self, number: int, *own: Place) -> None:
        """Look only at the places that were named; that must be enough to know everything."""
        handle = self.handles[number]
        for table, key in {*handle.refresh(), *own}:
            set_document(self.mirrors[number], table, key, copy.deepcopy(handle.state.get(table, {}).get(key)))
        assert same(self.mirrors[number], handle.state)

    def commit(self, number: int, *changes: tuple[Place, Document | None]) -> None:
        with self.writing(number) as handle:
            operations = [operation(*place, self.document(place), document) for place, document in changes]
            done = [each for each in operations if each is not None]
            if done:
                handle.append(transaction(last_number(handle.n, done), *done))
        for place, document in changes:
            set_document(self.model, *place, copy.deepcopy(document))
        self.take_in(number, *(place for place, _ in changes))

    # -------------------------------------------------------------------------------------------------------- inside

    @rule(target=records, number=HANDLES, table=TABLES, value=VALUES)
    def insert(self, number: int, table: str, value: object) -> Place:
        with self.writing(number) as handle:
            key = str(handle.n + 1)
        self.commit(number, ((table, key), {"inside": value}))
        return table, key

    @rule(number=HANDLES, place=records, value=VALUES)
    def update(self, number: int, place: Place, value: object) -> None:
        if (document := self.document(place)) is not None:
            self.commit(number, (place, document | {"inside": value}))

    @rule(number=HANDLES, one=records, other=records)
    def swap(self, number: int, one: Place, other: Place) -> None:
        if one != other:
            self.commit(number, (one, self.document(other)), (other, self.document(one)))

    @rule(number=HANDLES, place=records)
    def delete(self, number: int, place: Place) -> None:
        self.commit(number, (place, None))

    @rule(number=HANDLES)
    def undo(self, number: int) -> None:
        with self.writing(number) as handle:
            newest = next(handle.back(), None)
            if newest is None or newest.by == OUTSIDE:
                return
            done = tuple(inverse(change) for change in reversed(newest.operations))
            handle.append(transaction(last_number(handle.n, done), *done, undoes=newest.n))
        apply(self.model, copy.deepcopy(done))
        self.take_in(number, *((change.table, change.key) for change in done))

    @rule(target=records, table=TABLES, value=VALUES)
    def capture(self, table: str, value: object) -> Place:
        number = capture(self.path, table, {"inside": value}, "bob")
        if number is None:
            number = self.through_tinydb(table, value)
        assert str(number) not in self.model.get(table, {})
        set_document(self.model, table, str(number), {"inside": value})
        return table, str(number)

    def through_tinydb(self, table: str, value: object) -> int:
        with JournalledTinyDB(self.path) as db:
            number: int = db.table(table).insert({"inside": value})
            return number

    @rule(place=records, value=VALUES)
    def script(self, place: Place, value: object) -> None:
        if (document := self.document(place)) is not None:
            with JournalledTinyDB(self.path) as db, db.transaction():
                db.table(place[0]).update({"inside": value}, doc_ids=[int(place[1])])
            set_document(self.model, *place, document | {"inside": value})

    # ------------------------------------------------------------------------------------------------------- outside

    def outside(self, change: Any) -> None:
        """Another program changes the file as it stands."""
        if os.path.exists(self.path):
            found = json.loads(Path(self.path).read_bytes())
            change(found)
            Path(self.path).write_text(json.dumps(found))

    @rule(place=records, value=VALUES)
    def edit_outside(self, place: Place, value: object) -> None:
        """Of a file that may be older than the journal; what the file said already cannot be told from no edit."""

        def change(found: Any) -> None:
            document, old = self.document(place), found.get(place[0], {}).get(place[1])
            if document is not None and old is not None and not same(old, new := old | {"outside": value}):
                found[place[0]][place[1]] = new
                set_document(self.model, *place, document | {"outside": value})

        self.outside(change)

    @rule(number=HANDLES, place=records, table=TABLES, value=VALUES)
    def add_and_remove_outside(self, number: int, place: Place, table: str, value: object) -> None:
        """Of a file that is up to date: else a number might be taken, or a change outlive the removal."""
        with self.writing(number) as handle:
            handle.fold()

        def change(found: Any) -> None:
            found.get(place[0], {}).pop(place[1], None)
            set_document(self.model, *place, None)
            key = str(max(map(int, found.get(table, {"0": {}})), default=0) + 1)
            found.setdefault(table, {})[key] = {"outside": value}
            set_document(self.model, table, key, {"outside": value})

        self.outside(change)

    # ---------------------------------------------------------------------------------------------------- housekeeping

    @rule(number=HANDLES)
    def fold(self, number: int) -> None:
        self.handles[number].fold()

    @rule(number=HANDLES)
    def refresh(self, number: int) -> None:
        self.take_in(number)
        assert same(self.handles[number].state, self.model)
        rows = self.handles[number].tinydb().table("bets").all()
        assert same({str(row.doc_id): dict(row) for row in rows}, self.model.get("bets", {}))

    @rule(number=HANDLES)
    def reopen(self, number: int) -> None:
        self.handles[number].close()
        self.handles[number] = TinyBackend(self.path, by="ann")
        self.mirrors[number] = copy.deepcopy(self.handles[number].state)
        assert same(self.handles[number].state, self.model)

    @rule(torn=st.binary(min_size=1, max_size=20).map(lambda noise: noise.replace(b"\n", b"")))
    def die_in_the_middle_of_a_line(self, torn: bytes) -> None:
        if os.path.exists(self.path + ".journal"):
            with open(self.path + ".journal", "ab") as journal:
                journal.write(torn)

    @invariant()
    def no_record_has_a_number_above_the_newest(self) -> None:
        for handle in self.handles:
            assert handle.n >= max((int(key) for rows in handle.state.values() for key in rows), default=0)


TestHandles = Handles.TestCase
TestHandles.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
