"""The two files of a workspace: folded, backed up, rebuilt from each other, and edited by other programs."""

from __future__ import annotations

import errno
import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contract_backend import append, put, transaction
from disk import fails, files, rewrite, tables, workspace
from tinydb import TinyDB

from store.disk import snapshot
from store.disk.files import share
from store.disk.journal import Journal, capture, encode, untouched
from store.disk.tiny import JournalledTinyDB, TinyBackend
from store.operations import OUTSIDE, Drop, as_json


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "workspace.json")


# ------------------------------------------------------------------------------------------------------- the two files


def test_looking_at_a_missing_workspace_creates_nothing(path: str) -> None:
    backend = TinyBackend(path)
    backend.refresh()
    backend.fold()
    backend.close()
    with JournalledTinyDB(path) as db:
        assert db.all() == []
    assert files(path) == set()


def test_the_first_write_makes_both_files_and_plain_tinydb_reads_the_one(path: str) -> None:
    append(TinyBackend(path), transaction(1))
    assert files(path) == {"", ".journal"}
    assert tables(path) == {"bets": {"1": {"title": "bet 1"}}}


def test_either_file_alone_rebuilds_the_workspace(path: str) -> None:
    workspace(path)
    whole = TinyBackend(path).state
    os.unlink(path)
    rebuilt = TinyBackend(path)
    assert (rebuilt.state, rebuilt.n) == (whole, 3)
    rebuilt.close()
    os.unlink(path + ".journal")
    alone = TinyBackend(path)
    assert (alone.state, alone.n) == (whole, 3 + 3)
    assert not os.path.exists(path + ".journal")
    append(alone, transaction(7))
    assert [(past.by, past.n) for past in alone.back()] == [("ann", 7), (OUTSIDE, 6)]
    assert list(alone.back())[-1].why == f"{os.path.basename(path)} came without its journal: history begins here"
    alone.close()
    assert capture(path, "bets", {}, "ann") == 8


def test_numbers_go_on_when_the_journal_of_an_emptied_workspace_is_lost(path: str) -> None:
    workspace(path, 2)
    backend = TinyBackend(path)
    append(
        backend, transaction(3, Drop("bets", "1", {"title": "bet 1"})), transaction(4, Drop("bets", "2", {"title": "bet 2"}))
    )
    backend.close()
    os.unlink(path + ".journal")
    with JournalledTinyDB(path) as db:
        assert db.insert({}) > 4
    with JournalledTinyDB(path) as db:
        assert db.insert({}) > 5


def test_an_older_fold_with_the_whole_journal_is_the_present(path: str) -> None:
    workspace(path, 1)
    shutil.copy(path, path + ".old")
    backend = TinyBackend(path)
    append(backend, *(transaction(n) for n in range(2, 6)))
    backend.close()
    os.replace(path + ".old", path)
    again = TinyBackend(path)
    assert (again.n, len(again.state["bets"]), again.problems, next(again.back()).by) == (5, 5, [], "ann")


def test_a_fold_lets_opening_read_only_what_came_after(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(path, 5)
    capture(path, "bets", {}, "ann")
    read: list[int] = []
    scan = Journal.scan

    def watched(self: Journal, start: int = 0, end: int | None = None) -> Iterator[tuple[int, bytes]]:
        read.append(start)
        return scan(self, start, end)

    monkeypatch.setattr(Journal, "scan", watched)
    assert TinyBackend(path).n == 6
    assert read and min(read) > 0


def test_a_large_tail_is_folded_by_itself(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.disk.fold.FOLD_BYTES", 100)
    backend = TinyBackend(path)
    for n in range(1, 9):
        append(backend, transaction(n))
        folded = untouched(path)
        assert folded is not None
        assert os.path.getsize(path + ".journal") - folded["end"] <= 100 + os.path.getsize(path) // 4
    assert "bets" in tables(path)


def test_folding_twice_writes_once(path: str) -> None:
    workspace(path)
    before = snapshot.stamp(path)
    backend = TinyBackend(path)
    backend.fold()
    backend.close()
    assert snapshot.stamp(path) == before


def test_a_fold_gives_way_to_another_that_came_first(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(path)
    slow, quick = TinyBackend(path), TinyBackend(path)
    append(slow, transaction(4))
    real = share

    def meanwhile(*arguments: Any) -> None:
        monkeypatch.setattr(snapshot, "share", real)
        append(quick, transaction(5))
        thread = threading.Thread(target=quick.fold)
        thread.start()
        thread.join()

    monkeypatch.setattr(snapshot, "share", meanwhile)
    slow.fold()
    found = untouched(path)
    assert found is not None and found["n"] == 5
    assert files(path) & {".tmp"} == set()
    assert set(tables(path)["bets"]) == set("12345")


def test_a_fold_makes_durable_what_it_stands_for(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = TinyBackend(path)
    with open(path + ".journal", "ab") as dead:  # killed between writing and confirming
        dead.write(encode(as_json(transaction(1))))
    order: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: order.append(os.readlink(f"/proc/self/fd/{descriptor}")))
    backend.refresh()
    backend.fold()
    assert [os.path.basename(name).split("-")[0] for name in order][:2] == ["workspace.json.journal", "workspace.json.tmp"]
    assert order[2] == os.path.dirname(path)


def test_writers_go_on_while_a_fold_is_written(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(path)
    folding, writing = TinyBackend(path), TinyBackend(path, timeout=0.0)
    append(folding, transaction(4))
    real = share

    def meanwhile(*arguments: Any) -> None:
        monkeypatch.setattr(snapshot, "share", real)
        append(writing, transaction(5))

    monkeypatch.setattr(snapshot, "share", meanwhile)
    folding.fold()
    assert set(tables(path)["bets"]) == set("1234")
    assert set(TinyBackend(path).state["bets"]) == set("12345")


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "utime", "open"])
def test_a_failed_fold_fails_nothing(path: str, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    workspace(path)
    backend = TinyBackend(path)
    append(backend, transaction(4))
    before = Path(path).read_bytes()
    with monkeypatch.context() as broken:
        broken.setattr(os, call, fails(errno.ENOSPC))
        backend.fold()
        backend.close()
    assert Path(path).read_bytes() == before
    assert files(path) == {"", ".journal", *(name for name in files(path) if name.endswith(".bak"))}
    assert set(TinyBackend(path).state["bets"]) == set("1234")


def test_backups_are_daily_and_the_newest_stay(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = TinyBackend(path, keep=3)
    for day in range(1, 7):
        monkeypatch.setattr(time, "strftime", lambda form, *rest, day=day: f"2026-11-{day:02}")
        for turn in (1, 2):
            append(backend, transaction(2 * day + turn))
            backend.fold()
    days = [f"{path}.2026-11-{day:02}.bak" for day in (4, 5, 6)]
    assert snapshot.backups(path) == days
    assert [len(tables(day)["bets"]) for day in days] == [6, 8, 10]


def test_what_a_dead_fold_left_is_cleared_away_after_an_hour(path: str) -> None:
    for name, age in (("old", 4000), ("new", 0)):
        Path(f"{path}.tmp-{name}").touch()
        os.utime(f"{path}.tmp-{name}", (time.time() - age,) * 2)
    workspace(path)
    assert {name for name in files(path) if "tmp" in name} == {".tmp-new"}


def test_the_folder_decides_who_shares_the_fold(path: str) -> None:
    os.chmod(os.path.dirname(path), 0o2770)
    old = os.umask(0o077)
    try:
        workspace(path)
    finally:
        os.umask(old)
    assert os.stat(path).st_mode & 0o777 == 0o660


def test_a_workspace_behind_a_link_keeps_its_files_together(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "w.json").symlink_to(tmp_path / "real" / "w.json")
    workspace(str(tmp_path / "w.json"))
    assert {"w.json", "w.json.journal"} <= set(os.listdir(tmp_path / "real"))
    assert (tmp_path / "w.json").is_symlink()


# ----------------------------------------------------------------------------------------------------- foreign edits


@pytest.mark.parametrize("is_open", [True, False], ids=["while open", "while closed"])
def test_what_plain_tinydb_changed_is_merged_and_journalled(path: str, is_open: bool) -> None:
    workspace(path)
    backend = TinyBackend(path) if is_open else None
    with TinyDB(path) as plain:
        bets = plain.table("bets")
        bets.update({"title": "edited"}, doc_ids=[1])
        bets.remove(doc_ids=[2])
        bets.insert({"title": "new"})
    touched = backend.refresh() if backend else None
    backend = backend or TinyBackend(path)
    assert touched in (None, {("bets", "1"), ("bets", "2"), ("bets", "4")})
    assert backend.state == {"bets": {"1": {"title": "edited"}, "3": {"title": "bet 3"}, "4": {"title": "new"}}}
    newest = next(backend.back())
    assert (newest.by, newest.n, len(newest.operations)) == (OUTSIDE, 6, 3)
    assert backend.problems == []
    assert untouched(path) is not None
    assert TinyBackend(path).refresh() == set()


def test_a_foreign_edit_of_an_old_fold_keeps_what_the_journal_has_since(path: str) -> None:
    workspace(path, 2)
    capture(path, "bets", {"title": "captured"}, "ann")
    rewrite(path, lambda found: found["bets"]["1"].update(stake=3), indent=4)
    backend = TinyBackend(path)
    append(backend, transaction(5, put(2, {"title": "later"}, before={"title": "bet 2"})))
    assert backend.state["bets"] == {
        "1": {"title": "bet 1", "stake": 3},
        "2": {"title": "later"},
        "3": {"title": "captured"},
    }


@pytest.mark.parametrize(("written", "stake"), [(3, None), (4, 4)], ids=["the same", "another"])
def test_a_foreign_program_changes_only_what_it_writes_anew(path: str, written: int, stake: int | None) -> None:
    """The same value again is no change, whatever the journal says since: nobody can tell it from a file saved as it was."""
    backend = TinyBackend(path)
    append(backend, transaction(1, put(1, {"title": "bet 1", "stake": 3})))
    backend.fold()
    append(backend, transaction(2, put(1, {"title": "bet 1"}, before={"title": "bet 1", "stake": 3})))
    rewrite(path, lambda found: found["bets"]["1"].update(stake=written), indent=4)
    backend.refresh()
    assert backend.state["bets"]["1"].get("stake") == stake


def test_a_new_foreign_record_whose_number_was_taken_becomes_another(path: str) -> None:
    workspace(path, 2)
    capture(path, "bets", {"title": "captured"}, "ann")
    rewrite(path, lambda found: found["bets"].update({"3": {"title": "foreign"}}))
    backend = TinyBackend(path)
    assert backend.state["bets"]["3"] == {"title": "captured"}
    assert backend.state["bets"]["4"] == {"title": "foreign"}
    assert backend.problems == ["bets 3, added by another program, became 4: the number was taken meanwhile."]


def test_a_changed_record_outlives_its_deletion_on_the_other_side(path: str) -> None:
    workspace(path, 2)
    backend = TinyBackend(path)
    with backend.lock():
        backend.append(transaction(3, put(1, {"title": "mine"}, before={"title": "bet 1"})))
        backend.append(transaction(4, Drop("bets", "2", {"title": "bet 2"})))

    def edit(found: Any) -> None:
        del found["bets"]["1"]
        found["bets"]["2"]["title"] = "theirs"

    rewrite(path, edit)
    backend.refresh()
    assert backend.state["bets"] == {"1": {"title": "mine"}, "2": {"title": "theirs"}}


def test_an_edit_of_the_same_length_is_an_edit(path: str) -> None:
    workspace(path)
    backend = TinyBackend(path)
    raw = Path(path).read_bytes()
    Path(path).write_bytes(raw.replace(b"bet 1", b"bet 9"))
    assert backend.refresh() == {("bets", "1")}
    assert backend.state["bets"]["1"] == {"title": "bet 9"}
    assert backend.problems == []


def test_an_edit_that_lost_the_description_deletes_nothing(path: str) -> None:
    workspace(path, 2)

    def edit(found: Any) -> None:
        del found["_meta"], found["bets"]["2"]
        found["bets"]["1"]["stake"] = 1

    rewrite(path, edit)
    assert TinyBackend(path).state["bets"] == {"1": {"title": "bet 1", "stake": 1}, "2": {"title": "bet 2"}}


@pytest.mark.parametrize(
    "content",
    [
        b'\xef\xbb\xbf{"bets": {"1": {"title": "a"}}}',
        b'{"bets": {"1": {"title": "a", "x": NaN}}}',
        b'{"bets":{"1":{"title":"\\ud800"}}}',
    ],
    ids=["byte order mark", "NaN", "half a surrogate pair"],
)
def test_json_that_only_python_writes_is_an_edit_and_not_damage(path: str, content: bytes) -> None:
    workspace(path, 1)
    Path(path).write_bytes(content)
    backend = TinyBackend(path)
    assert backend.problems == []
    newest = next(backend.back())
    assert (newest.by, newest.why) == (OUTSIDE, f"another program wrote into {os.path.basename(path)}")


def test_a_plain_tinydb_file_is_only_taken_over_by_the_first_write(path: str) -> None:
    with TinyDB(path) as plain:
        plain.table("bets").insert_multiple([{"title": "a"}, {"title": "b"}])
        plain.table("empty").insert({})
        plain.table("empty").truncate()
    before = Path(path).read_bytes()
    backend = TinyBackend(path)
    assert (backend.state, backend.n) == ({"bets": {"1": {"title": "a"}, "2": {"title": "b"}}}, 2)
    backend.fold()
    backend.close()
    assert (Path(path).read_bytes(), files(path)) == (before, {""})
    with JournalledTinyDB(path) as db:
        assert db.table("bets").insert({"title": "c"}) == 3
    assert len(tables(path)["bets"]) == 3
    assert [past.by for past in TinyBackend(path).back()][-1] == OUTSIDE
    (backup,) = snapshot.backups(path)
    assert Path(backup).read_bytes() == before


def test_a_foreign_write_caught_half_way_is_waited_for(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(path)
    whole = json.dumps({**json.loads(Path(path).read_bytes()), "missions": {"9": {}}})
    Path(path).write_text(whole[:40])
    monkeypatch.setattr(time, "sleep", lambda _: Path(path).write_text(whole))
    backend = TinyBackend(path)
    assert (backend.problems, backend.state["missions"]) == ([], {"9": {}})


def test_a_journal_that_was_replaced_is_read_anew(path: str) -> None:
    workspace(path, 2)
    backend = TinyBackend(path)
    other = path.replace("workspace", "other")
    workspace(other, 1)
    os.replace(other, path)
    os.replace(other + ".journal", path + ".journal")
    assert backend.refresh() == {("bets", "2")}
    append(backend, transaction(2, put(2, table="missions")))
    assert tables(path)["bets"] == {"1": {"title": "bet 1"}}
