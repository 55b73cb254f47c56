"""TinyDB's interface over the journal: it answers as TinyDB does, and every change is durable and one line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from contract_backend import append, put, transaction
from disk import tables
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.table import Document as Row

from store.disk.journal import capture
from store.disk.tiny import JournalledTinyDB, TinyBackend
from store.errors import UsageError


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "workspace.json")


@pytest.fixture
def db(path: str) -> JournalledTinyDB:
    return JournalledTinyDB(path, by="ann")


commands = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("update"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("remove"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("upsert"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("increment"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("search"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("drop"), st.just(0), st.just(0)),
    ),
    max_size=12,
)


def obey(database: TinyDB, command: tuple[str, int, int]) -> object:
    """Perform a command; what it says about ids is left out, for only ours are never used twice."""
    name, kind, value = command
    table = database.table("bets")
    meant = where("kind") == kind
    match name:
        case "insert":
            table.insert({"kind": kind, "value": value})
        case "update":
            return len(table.update({"value": value}, meant))
        case "remove":
            return len(table.remove(meant))
        case "upsert":
            return len(table.upsert({"kind": kind, "value": value}, meant))
        case "increment":
            return len(table.update(increment("value"), meant))
        case "drop":
            database.drop_table("bets")
            table = database.table("bets")  # TinyDB's old one would answer from its cache
    return [dict(row) for row in table.search(meant)], table.count(meant), table.contains(meant), len(table)


@settings(max_examples=40, deadline=None)
@given(commands)
def test_it_answers_as_tinydb_does(tmp_path_factory: pytest.TempPathFactory, commands: list[tuple[str, int, int]]) -> None:
    folder = tmp_path_factory.mktemp("tiny")
    ours, theirs = JournalledTinyDB(str(folder / "ours.json")), TinyDB(folder / "theirs.json")
    for command in commands:
        assert obey(ours, command) == obey(theirs, command)
    assert [dict(row) for row in ours.table("bets")] == [dict(row) for row in theirs.table("bets")]
    ours.close()
    again = TinyDB(folder / "ours.json")
    assert [dict(row) for row in again.table("bets")] == [dict(row) for row in theirs.table("bets")]


def test_ids_are_numbers_of_operations_and_never_used_twice(db: JournalledTinyDB) -> None:
    bets, missions = db.table("bets"), db.table("missions")
    assert [bets.insert({}), missions.insert({}), *bets.insert_multiple([{}, {}])] == [1, 2, 3, 4]
    bets.remove(doc_ids=[4])
    assert bets.insert({}) == 6
    bets.truncate()
    assert bets.insert({}) == 10
    assert missions.insert(Row({}, 500)) == 500
    assert bets.insert({}) == 501


def test_the_default_table_and_get_work(db: JournalledTinyDB) -> None:
    number = db.insert({"a": 1})
    assert db.get(doc_id=number) == {"a": 1}
    assert db.get(doc_id=99) is None
    assert db.get(doc_ids=[number]) == [{"a": 1}]
    assert db.get(where("a") == 1).doc_id == number
    assert (len(db), db.tables(), db.all()) == (1, {"_default"}, [{"a": 1}])


def test_an_id_that_is_taken_is_refused(db: JournalledTinyDB) -> None:
    db.insert(Row({"a": 1}, 1))
    with pytest.raises(ValueError, match="already exists"):
        db.insert(Row({"a": 2}, 1))
    assert db.all() == [{"a": 1}]


def test_changing_what_was_read_changes_nothing(db: JournalledTinyDB) -> None:
    db.insert({"tags": ["a"]})
    reads: list[Callable[[], Row]] = [
        lambda: db.get(doc_id=1),
        lambda: db.search(where("tags").any(["a"]))[0],
        lambda: db.search(where("tags").any(["a"]))[0],
        lambda: db.all()[0],
        lambda: db.get(doc_ids=[1])[0],
    ]
    for read in reads:
        row = read()
        row["tags"].append("b")
        row["new"] = 1
    assert db.all() == [{"tags": ["a"]}]
    assert db.storage.state == {"_default": {"1": {"tags": ["a"]}}}


def test_changing_what_was_inserted_changes_nothing(db: JournalledTinyDB) -> None:
    document: dict[str, Any] = {"tags": ["a"]}
    db.insert(document)
    document["tags"].append("b")
    assert db.all() == [{"tags": ["a"]}]


def test_an_updater_that_changes_deep_inside_is_journalled(db: JournalledTinyDB) -> None:
    db.insert({"tags": ["a"], "x": 1})
    db.update(lambda document: document["tags"].append("b"))
    db.update(delete("x"))
    assert db.all() == [{"tags": ["a", "b"]}]
    assert [past.operations[0].before for past in db.storage.back()] == [
        {"tags": ["a", "b"], "x": 1},
        {"tags": ["a"], "x": 1},
        None,
    ]


@pytest.mark.parametrize(("old", "new"), [(1, True), (1, 1.0), (0, False)])
def test_a_change_of_type_alone_is_saved(path: str, db: JournalledTinyDB, old: object, new: object) -> None:
    db.insert({"a": old})
    db.update({"a": new}, doc_ids=[1])
    db.close()
    assert repr(tables(path)) == repr({"_default": {"1": {"a": new}}})
    assert repr(TinyBackend(path).state) == repr({"_default": {"1": {"a": new}}})


def test_touching_without_changing_writes_nothing(db: JournalledTinyDB) -> None:
    db.insert({"a": 1})
    before = db.storage.n
    db.update({"a": 1})
    db.update(lambda _: None)
    assert db.storage.n == before


def test_a_transaction_is_one_line_and_its_author_is_named(db: JournalledTinyDB) -> None:
    with db.transaction(why="plan the quarter"):
        mission = db.table("missions").insert({"title": "m"})
        db.table("bets").insert({"mission": mission})
        db.table("bets").update({"stake": 2})
        assert db.table("bets").all() == [{"mission": mission, "stake": 2}]
        assert db.tables() == {"missions", "bets"}
    (past,) = db.storage.back()
    assert (past.n, past.by, past.why, len(past.operations)) == (2, "ann", "plan the quarter", 2)


def test_a_transaction_that_raises_changes_nothing(path: str, db: JournalledTinyDB) -> None:
    db.insert({"a": 1})
    with pytest.raises(KeyError), db.transaction():
        db.insert({"a": 2})
        db.update({"a": 3})
        raise KeyError
    assert db.all() == [{"a": 1}]
    assert TinyBackend(path).n == 1


def test_a_failure_caught_inside_a_transaction_fails_the_whole(db: JournalledTinyDB) -> None:
    db.insert(Row({}, 1))
    with pytest.raises(RuntimeError, match="Nothing was changed"), db.transaction():
        db.insert({"a": 2})
        with pytest.raises(ValueError, match="exists"):
            db.insert_multiple([Row({}, 7), Row({}, 1)])
    assert db.all() == [{}]


def test_a_draft_is_seen_by_its_own_thread_only(db: JournalledTinyDB) -> None:
    seen: list[int] = []
    with db.transaction():
        db.insert({})
        thread = threading.Thread(target=lambda: seen.append(len(db)))
        thread.start()
        thread.join()
        seen.append(len(db))
    assert seen == [0, 1]


def test_tables_dropped_in_a_transaction_come_back_when_it_fails(db: JournalledTinyDB) -> None:
    db.insert({"a": 1})
    with pytest.raises(KeyError), db.transaction():
        db.drop_tables()
        assert db.tables() == set()
        raise KeyError
    assert db.all() == [{"a": 1}]
    db.drop_tables()
    assert (db.tables(), db.storage.n) == (set(), 2)


def test_what_json_cannot_hold_is_refused(db: JournalledTinyDB) -> None:
    with pytest.raises((TypeError, UsageError)):
        db.insert({"when": {1, 2}})
    append(db.storage, transaction(1))
    with pytest.raises(UsageError, match=r"its text is not valid Unicode\. Nothing was changed"):
        append(db.storage, transaction(2, put(2, {"title": "\ud800"})))
    assert db.storage.n == 1


def test_the_table_of_folds_is_not_for_records(db: JournalledTinyDB) -> None:
    with pytest.raises(ValueError, match="_meta"):
        db.table("_meta")


def test_a_query_is_answered_anew_when_others_wrote(path: str, db: JournalledTinyDB) -> None:
    db.insert({"a": 1})
    query = where("a") == 1
    assert len(db.search(query)) == 1
    capture(path, "_default", {"a": 1}, "bob")
    assert len(db.search(query)) == 2
    with JournalledTinyDB(path) as other:
        other.remove(doc_ids=[1])
    assert [row.doc_id for row in db.search(query)] == [2]


def test_the_app_and_a_script_share_one_backend(path: str) -> None:
    backend = TinyBackend(path)
    backend.tinydb().table("bets").insert({"title": "a"})
    append(backend, transaction(2))
    assert backend.tinydb().table("bets").all() == [{"title": "a"}, {"title": "bet 2"}]
    assert backend.refresh() == set()
