"""Damaged files, files that are none of ours, full disks and missing rights: nothing is lost, and it is said in words."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from contract_backend import append, transaction
from disk import fails, files, rewrite, tables, workspace

from store.disk import replay, snapshot
from store.disk.journal import Journal, capture, decode, encode, untouched
from store.disk.replica import Replica
from store.disk.tiny import TinyBackend
from store.errors import Busy, Damaged, ManyViewError, ReadOnly, UsageError
from store.operations import OUTSIDE


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "workspace.json")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda raw: raw[: len(raw) // 2], "it is not JSON"),
        (lambda raw: b"", "it is empty"),
        (lambda raw: b"\x00" * len(raw), "it is not JSON"),
        (lambda raw: b"[1, 2]", "its JSON is not tables of records"),
    ],
    ids=["torn", "empty", "zeros", "other JSON"],
)
def test_a_damaged_file_is_kept_aside_and_rebuilt(path: str, damage: Callable[[bytes], bytes], says: str) -> None:
    workspace(path)
    capture(path, "bets", {"title": "bet 4"}, "ann")
    bad = damage(Path(path).read_bytes())
    Path(path).write_bytes(bad)
    os.utime(path, (1, 1))
    backend = TinyBackend(path)
    assert set(backend.state["bets"]) == set("1234")
    (kept,) = (name for name in files(path) if name.startswith(".damaged-"))
    assert Path(path + kept).read_bytes() == bad
    done = f"workspace.json was damaged ({says}) and was rebuilt from its journal"
    assert backend.problems == [f"{done}; the damaged file is kept as workspace.json{kept}."]
    assert set(tables(path)["bets"]) == set("1234")
    assert TinyBackend(path).problems == []


def test_a_rotten_disk_is_told_from_an_edit_by_the_time_of_change(path: str) -> None:
    workspace(path)
    before = os.stat(path)
    raw = Path(path).read_bytes()
    Path(path).write_bytes(raw.replace(b"bet 1", b"bet q"))
    os.utime(path, ns=(before.st_mtime_ns, before.st_mtime_ns))
    backend = TinyBackend(path)
    assert backend.state["bets"]["1"] == {"title": "bet 1"}
    assert "its checksum is wrong" in backend.problems[0]


def test_a_damaged_file_that_cannot_be_set_aside_is_never_overwritten(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(path)
    Path(path).write_bytes(b"broken")
    os.utime(path, (1, 1))
    monkeypatch.setattr(os, "link", fails(errno.ENOSPC))
    monkeypatch.setattr(shutil, "copyfile", fails(errno.ENOSPC))
    backend = TinyBackend(path)
    append(backend, transaction(4))
    backend.close()
    assert Path(path).read_bytes() == b"broken"
    assert "the damaged file stays in its place, for it cannot be set aside: the disk is full." in backend.problems[0]
    monkeypatch.undo()
    assert set(TinyBackend(path).state["bets"]) == set("1234")
    assert set(tables(path)["bets"]) == set("1234")


def test_a_damaged_file_is_kept_once_however_often_it_is_met(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(path)
    Path(path).write_bytes(b"broken")
    os.utime(path, (1, 1))
    with monkeypatch.context() as full:
        full.setattr(os, "replace", fails(errno.ENOSPC))
        for _ in range(3):
            assert set(TinyBackend(path).state["bets"]) == set("123")
    assert len([name for name in files(path) if "damaged" in name]) == 1


def test_a_damaged_line_is_skipped_and_said(path: str) -> None:
    backend = TinyBackend(path)
    append(backend, *(transaction(n) for n in range(1, 4)))
    backend.close()
    os.unlink(path)
    raw = Path(path + ".journal").read_bytes()
    Path(path + ".journal").write_bytes(raw.replace(b"bet 2", b"bet X"))
    again = TinyBackend(path)
    offset = raw.index(b"\n") + 1
    assert set(again.state["bets"]) == {"1", "3"}
    assert again.problems == [f"Line at byte {offset} of the journal is damaged and was skipped."]
    again.close()
    folded = TinyBackend(path)
    assert (folded.problems, folded.damage()) == ([], again.problems)


def test_an_interrupted_write_is_no_damage(path: str) -> None:
    workspace(path, 2)
    with open(path + ".journal", "ab") as file:
        file.write(b'0011 {"n":')
    backend = TinyBackend(path)
    append(backend, transaction(3))
    assert (backend.damage(), len(backend.problems)) == ([], 1)


@pytest.mark.parametrize("count", [0, 2], ids=["in an empty journal", "after two lines"])
def test_an_interrupted_write_swallows_nothing(path: str, count: int) -> None:
    backend = TinyBackend(path)
    append(backend, *(transaction(n) for n in range(1, count + 1)))
    with open(path + ".journal", "ab") as file:
        file.write(b'0011 {"n":')
    watching = TinyBackend(path)
    append(backend, transaction(count + 1))
    assert watching.refresh() == {("bets", str(count + 1))}
    assert len(backend.problems) == len(watching.problems) == 1
    assert "had never been confirmed" in backend.problems[0] == watching.problems[0]
    assert TinyBackend(path).n == count + 1
    append(TinyBackend(path), transaction(count + 2))
    assert len(TinyBackend(path).state["bets"]) == count + 2


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n", b"[1, 2]", b'{"a": 1}', b'{"t": {"1": 5}}', b"not json", b"\xff\xfe"]
)
def test_what_is_not_ours_is_refused_and_left_untouched(path: str, content: bytes) -> None:
    Path(path).write_bytes(content)
    os.utime(path, (1, 1))
    with pytest.raises(Damaged, match=r"^workspace\.json is not a workspace: it.* It was left untouched\.$") as caught:
        TinyBackend(path)
    assert caught.value.exit_code == 6
    assert (Path(path).read_bytes(), files(path)) == (content, {""})


def test_a_damaged_file_without_journal_names_the_newest_backup(path: str) -> None:
    workspace(path)
    os.link(path, path + ".2026-01-02.bak")
    os.unlink(path)
    os.unlink(path + ".journal")
    for name in snapshot.backups(path)[1:]:
        os.unlink(name)
    Path(path).write_bytes(b"broken")
    os.utime(path, (1, 1))
    with pytest.raises(Damaged, match=r"Its newest backup is workspace\.json\.2026-01-02\.bak\.$"):
        TinyBackend(path)


def test_a_folder_and_a_pipe_are_no_workspace(path: str) -> None:
    os.mkdir(path)
    with pytest.raises(Damaged, match="it is a folder"):
        TinyBackend(path)
    os.rmdir(path)
    os.mkfifo(path)
    with pytest.raises(Damaged, match="it is not a file"):
        TinyBackend(path)
    assert files(path) == {""}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    for read_only in (True, False):
        with pytest.raises(UsageError, match="there is no folder"):
            TinyBackend(str(tmp_path / "no" / "w.json"), read_only=read_only)


# ------------------------------------------------------------------------------------------- full disks, missing rights


def test_a_full_disk_changes_nothing_and_says_so(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = TinyBackend(path)
    append(backend, transaction(1))
    with monkeypatch.context() as full:
        full.setattr(os, "write", fails(errno.ENOSPC))
        with pytest.raises(
            ManyViewError, match=r"^workspace\.json could not be saved: the disk is full\. Nothing was changed\.$"
        ):
            append(backend, transaction(2))
    assert (backend.n, set(backend.state["bets"])) == (1, {"1"})
    append(backend, transaction(2))
    assert TinyBackend(path).n == 2


def test_a_full_disk_keeps_nobody_from_opening(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(path, 2)
    rewrite(path, lambda found: found["bets"]["1"].update(title="edited"))
    edited = Path(path).read_bytes()
    with monkeypatch.context() as full:
        full.setattr(os, "write", fails(errno.ENOSPC))
        backend = TinyBackend(path)
        assert backend.state["bets"]["1"] == {"title": "edited"}
        assert "is shown, but not taken over yet" in backend.problems[0]
        with pytest.raises(ManyViewError, match="the disk is full"):
            append(backend, transaction(4))
        backend.fold()
        assert Path(path).read_bytes() == edited
        assert backend.refresh() == set()
    append(backend, transaction(4))
    assert [past.by for past in backend.back()][:2] == ["ann", OUTSIDE]
    assert TinyBackend(path).state == backend.state


def test_opening_for_reading_writes_nothing(path: str) -> None:
    workspace(path)
    rewrite(path, lambda found: found["bets"]["1"].update(title="edited"))
    before = {name: Path(path + name).read_bytes() for name in files(path)}
    backend = TinyBackend(path, read_only=True)
    assert backend.read_only == "it was opened for reading only"
    assert backend.state["bets"]["1"] == {"title": "edited"}
    with (
        pytest.raises(ReadOnly, match=r"^workspace\.json cannot be changed: it was opened for reading only\.$"),
        backend.lock(),
    ):
        pass
    backend.fold()
    backend.close()
    assert {name: Path(path + name).read_bytes() for name in files(path)} == before


@pytest.mark.parametrize(("code", "says"), [(errno.EACCES, "no permission"), (errno.EROFS, "the disk is read-only")])
def test_a_place_without_the_right_to_write_is_readable(
    path: str, monkeypatch: pytest.MonkeyPatch, code: int, says: str
) -> None:
    workspace(path)
    real = os.open

    def deny(name: str, flags: int, *rest: int) -> int:
        return fails(code)() if flags & (os.O_RDWR | os.O_WRONLY) else real(name, flags, *rest)

    monkeypatch.setattr(os, "open", deny)
    backend = TinyBackend(path)
    assert says in (backend.read_only or "")
    assert set(backend.state["bets"]) == set("123")
    with pytest.raises(ReadOnly, match=says), backend.lock():
        pass
    backend.close()


def test_a_file_that_may_not_be_read_is_named(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace(path)
    os.unlink(path + ".journal")
    monkeypatch.setattr(os, "open", fails(errno.EACCES))
    with pytest.raises(ReadOnly, match=r"^workspace\.json cannot be opened: you have no permission"):
        TinyBackend(path)


def test_a_newer_schema_is_read_and_not_written(path: str) -> None:
    workspace(path, 1)
    watching = TinyBackend(path)
    with open(path + ".journal", "ab") as file:
        file.write(
            encode({"n": 2, "at": "2030-01-01T00:00:00.000Z", "by": "new", "ops": [["bets", "2", None, {}]], "schema": 9})
        )
    raw = Path(path + ".journal").read_bytes()
    for backend in (watching, TinyBackend(path)):
        with pytest.raises(Damaged, match="newer version of ManyView"), backend.lock():
            pass
        assert backend.read_only == "it was written by a newer version of ManyView"
        assert (backend.schema, set(backend.state["bets"])) == (9, {"1", "2"})
        backend.fold()
    assert Path(path + ".journal").read_bytes() == raw
    found = untouched(path)
    assert found is not None and found["n"] == 1


def test_a_fold_carries_the_schema(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("journal", "mirror"):
        monkeypatch.setattr(f"store.disk.{module}.SCHEMA", 3)
    backend = TinyBackend(path)
    append(backend, transaction(1))
    backend.close()
    found = untouched(path)
    assert found is not None and found["schema"] == 3
    assert decode(Journal(path + ".journal").last()[1]) == {
        "n": 1, "at": transaction(1).at, "by": "ann", "ops": [["bets", "1", None, {"title": "bet 1"}]], "schema": 3
    }  # fmt: skip
    assert TinyBackend(path).schema == 3


def test_refresh_waits_for_nobody_and_lock_says_busy(path: str) -> None:
    workspace(path, 1)
    reading = TinyBackend(path, timeout=0.0)
    writing = TinyBackend(path)
    with writing.lock():
        writing.append(transaction(2))
        assert reading.refresh() == set()
        with pytest.raises(Busy), reading.lock():
            pass
    assert reading.refresh() == {("bets", "2")}


def test_an_append_needs_the_lock(path: str) -> None:
    with pytest.raises(RuntimeError):
        TinyBackend(path).append(transaction(1))


def test_only_one_module_knows_tinydb() -> None:
    folder = Path(replay.__file__).parent
    knowing = {
        file.name for file in folder.rglob("*.py") if "import tinydb" in (text := file.read_text()) or "from tinydb" in text
    }
    assert knowing == {"tiny.py"}
    assert Replica in TinyBackend.__mro__
