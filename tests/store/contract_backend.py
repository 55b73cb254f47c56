"""What every backend promises: subclass with an ``open_backend`` and pytest holds the backend to it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.backend import Backend, MemoryBackend
from store.disk.journal import SCHEMA
from store.operations import Document, Drop, Operation, Put, State, Transaction, after, apply, inverse, last_number
from store.operations import operation as change_of

TABLES = ("missions", "bets", "settings")
fields = st.dictionaries(
    st.sampled_from(("title", "stake", "tags")),
    st.none()
    | st.booleans()
    | st.integers(0, 2)
    | st.just(1.0)
    | st.text(max_size=3)
    | st.lists(st.integers(0, 1), max_size=2),
    max_size=3,
)
steps = st.lists(
    st.lists(st.tuples(st.sampled_from(TABLES), st.integers(0, 30), st.none() | fields), min_size=1, max_size=4),
    max_size=8,
)
shared_example = settings(
    max_examples=25, deadline=None, database=None, suppress_health_check=[HealthCheck.differing_executors]
)


def put(key: int | str, document: Document | None = None, *, table: str = "bets", before: Document | None = None) -> Put:
    return Put(table, str(key), before, document if document is not None else {"title": f"bet {key}"})


def transaction(n: int, *operations: Operation, **more: Any) -> Transaction:
    return Transaction(n, f"2026-11-22T10:00:{n % 60:02}.000Z", "ann", operations or (put(n),), **more)


def append(backend: Backend, *transactions: Transaction) -> None:
    with backend.lock():
        for each in transactions:
            backend.append(each)


def perform(backend: Backend, changes: list[tuple[str, int, Document | None]]) -> Transaction | None:
    """Append one transaction that sets every place to its document; None when all of them say what is there already."""
    with backend.lock():
        found: list[Operation] = []
        state = copy.deepcopy(backend.state)
        for table, key, document in changes:
            before = state.get(table, {}).get(str(key))
            if change := change_of(table, str(key), before, document):
                found.append(change)
                apply(state, copy.deepcopy([change]))
        if not found:
            return None
        done = Transaction(last_number(backend.n, found), "2026-11-22T10:00:00.000Z", "ann", tuple(found))
        backend.append(done)
        return done


class BackendContract:
    """The promises of one handle."""

    def open_backend(self, folder: Path) -> Backend:
        raise NotImplementedError

    @pytest.fixture
    def backend(self, tmp_path: Path) -> Backend:
        return self.open_backend(tmp_path)

    def test_is_empty_at_first(self, backend: Backend) -> None:
        assert (backend.n, backend.state, list(backend.back()), backend.problems) == (0, {}, [], [])
        assert backend.schema == SCHEMA
        assert backend.read_only is None
        assert backend.refresh() == set()

    def test_applies_what_is_appended(self, backend: Backend) -> None:
        append(backend, transaction(1), transaction(2, put(2, {"title": "two"}, table="missions")))
        assert backend.n == 2
        assert backend.state == {"bets": {"1": {"title": "bet 1"}}, "missions": {"2": {"title": "two"}}}
        append(
            backend,
            transaction(4, put(1, {"title": "new"}, before={"title": "bet 1"}), Drop("missions", "2", {"title": "two"})),
        )
        assert backend.n == 4
        assert backend.state == {"bets": {"1": {"title": "new"}}}

    def test_tells_its_transactions_from_the_newest_back(self, backend: Backend) -> None:
        done = [transaction(1), transaction(5, why="because: ünïcode ✓"), transaction(6, undoes=5)]
        append(backend, *done)
        assert list(backend.back()) == done[::-1]
        assert next(iter(backend.back())) == done[-1]

    def test_keeps_its_own_copy(self, backend: Backend) -> None:
        document: Document = {"tags": ["a"]}
        append(backend, transaction(1, put(1, document)))
        document["tags"].append("b")
        assert backend.state == {"bets": {"1": {"tags": ["a"]}}}

    def test_changes_its_state_in_place(self, backend: Backend) -> None:
        state = backend.state
        append(backend, transaction(1))
        backend.fold()
        backend.refresh()
        append(backend, transaction(2))
        assert state is backend.state
        assert set(state["bets"]) == {"1", "2"}

    def test_reports_only_what_others_changed(self, backend: Backend) -> None:
        append(backend, transaction(1))
        assert backend.refresh() == set()

    def test_locks_within_a_lock(self, backend: Backend) -> None:
        with backend.lock(), backend.lock():
            backend.append(transaction(1))
        with backend.lock():
            backend.append(transaction(2))
        assert backend.n == 2

    def test_an_error_inside_a_lock_passes_and_unlocks(self, backend: Backend) -> None:
        with pytest.raises(KeyError), backend.lock():
            raise KeyError
        append(backend, transaction(1))
        assert backend.n == 1

    @pytest.mark.parametrize(
        "impossible",
        [transaction(3), transaction(2), transaction(4, put(5)), transaction(4, schema=1)],
        ids=["number repeats", "number falls", "record above it", "schema falls"],
    )
    def test_refuses_an_impossible_transaction(self, backend: Backend, impossible: Transaction, monkeypatch: Any) -> None:
        for module in ("journal", "mirror"):
            monkeypatch.setattr(f"store.disk.{module}.SCHEMA", 2)
        append(backend, transaction(3, schema=2))
        state = copy.deepcopy(backend.state)
        with pytest.raises(ValueError, match=r"cannot follow|above it"):
            append(backend, impossible)
        assert (backend.n, backend.state, len(list(backend.back()))) == (3, state, 1)

    def test_names_a_later_schema_from_the_migration_on(self, backend: Backend, monkeypatch: Any) -> None:
        append(backend, transaction(1))
        assert backend.schema == 1
        for module in ("journal", "mirror"):
            monkeypatch.setattr(f"store.disk.{module}.SCHEMA", 2)
        append(backend, transaction(2, schema=2), transaction(3))
        assert backend.schema == 2
        assert [past.schema for past in backend.back()] == [2, 2, None]

    @pytest.mark.parametrize(("old", "new"), [(1, True), (1, 1.0), (0, False), ("", None), ([1], [True])])
    def test_tells_values_apart_that_python_holds_for_equal(self, backend: Backend, old: object, new: object) -> None:
        append(
            backend, transaction(1, put(1, {"stake": old})), transaction(2, put(1, {"stake": new}, before={"stake": old}))
        )
        assert repr(backend.state) == repr({"bets": {"1": {"stake": new}}})

    @shared_example
    @given(steps)
    def test_undoing_every_step_restores_every_earlier_state(self, tmp_path_factory: Any, steps: Any) -> None:
        backend = self.open_backend(tmp_path_factory.mktemp("undo"))
        states: list[State] = []
        for changes in steps:
            before = copy.deepcopy(backend.state)
            if perform(backend, changes):
                states.append(before)
        for past in list(backend.back()):
            undone = tuple(inverse(change) for change in reversed(past.operations))
            append(backend, past._replace(n=last_number(backend.n, undone), operations=undone, undoes=past.n))
            assert backend.state == states.pop()
        assert backend.state == {}
        backend.close()

    @shared_example
    @given(steps)
    def test_is_what_a_backend_in_memory_is(self, tmp_path_factory: Any, steps: Any) -> None:
        backend, model = self.open_backend(tmp_path_factory.mktemp("model")), MemoryBackend()
        for position, changes in enumerate(steps):
            assert perform(backend, changes) == perform(model, changes)
            if position % 3 == 1:
                backend.fold()
            assert repr(_sorted(backend.state)) == repr(_sorted(model.state))
        assert (backend.n, list(backend.back())) == (model.n, list(model.back()))
        backend.close()


def _sorted(state: State) -> list[Any]:
    return sorted((table, key, sorted(row.items())) for table, rows in state.items() for key, row in rows.items())


class SharedContract(BackendContract):
    """The promises of several handles, in one process or in many, on one workspace."""

    @pytest.fixture
    def other(self, tmp_path: Path, backend: Backend) -> Backend:
        return self.open_backend(tmp_path)

    def test_each_sees_what_the_other_did(self, backend: Backend, other: Backend) -> None:
        append(backend, transaction(1), transaction(2))
        assert other.refresh() == {("bets", "1"), ("bets", "2")}
        assert (other.n, other.state) == (2, backend.state)
        assert other.refresh() == set()
        append(other, transaction(3, Drop("bets", "1", {"title": "bet 1"})))
        assert backend.refresh() == {("bets", "1")}
        assert backend.state == other.state == {"bets": {"2": {"title": "bet 2"}}}
        assert list(backend.back()) == list(other.back())

    def test_a_lock_meets_what_the_other_did_and_refresh_still_tells(self, backend: Backend, other: Backend) -> None:
        append(backend, transaction(1))
        with other.lock():
            assert other.n == 1
            other.append(transaction(2))
        assert other.refresh() == {("bets", "1")}

    def test_refresh_inside_a_lock_tells_what_the_lock_met(self, backend: Backend, other: Backend) -> None:
        append(backend, transaction(1))
        with other.lock():
            assert other.refresh() == {("bets", "1")}

    def test_a_number_that_another_took_is_refused(self, backend: Backend, other: Backend) -> None:
        append(backend, transaction(1))
        with pytest.raises(ValueError, match="cannot follow"):
            append(other, transaction(1))
        append(other, transaction(2))

    def test_folding_tells_others_nothing_new(self, backend: Backend, other: Backend) -> None:
        append(backend, transaction(1))
        other.refresh()
        backend.fold()
        assert other.refresh() == set()
        append(other, transaction(2))
        other.fold()
        assert backend.refresh() == {("bets", "2")}

    def test_a_state_in_the_hands_of_a_caller_follows_others(self, backend: Backend, other: Backend) -> None:
        state = other.state
        append(backend, transaction(1))
        backend.fold()
        other.refresh()
        assert state is other.state
        assert state == {"bets": {"1": {"title": "bet 1"}}}

    @pytest.mark.parametrize("folded", [True, False])
    def test_everything_is_there_after_closing_and_opening(self, tmp_path: Path, backend: Backend, folded: bool) -> None:
        done = [transaction(1), transaction(2, why="two"), transaction(3, Drop("bets", "1", {"title": "bet 1"}))]
        append(backend, *done)
        if folded:
            backend.close()
        again = self.open_backend(tmp_path)
        assert (again.n, again.state, list(again.back())) == (3, {"bets": {"2": {"title": "bet 2"}}}, done[::-1])
        assert again.problems == []
        assert after(done[1].operations[0]) == again.state["bets"]["2"]
