"""The journal: a line is whole or it is nothing, in the file and after whatever stopped the writer."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.disk import files, journal
from store.disk.journal import Journal, capture, decode, encode
from store.errors import Busy, Damaged, ManyViewError, ReadOnly, UsageError

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), values, max_size=4)


def transaction(n: int, document: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"n": n, "at": "2026-11-22T10:00:00.000Z", "by": "ann", "ops": [["bets", str(n), None, document or {}]], **more}


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "workspace.json")


def opened(path: str, timeout: float = 5.0) -> Journal:
    return Journal(path + ".journal", timeout)


def append(log: Journal, *lines: bytes) -> list[int]:
    with log.lock():
        return [log.append(line) for line in lines]


def raw(path: str) -> bytes:
    return Path(path + ".journal").read_bytes()


# ------------------------------------------------------------------------------------------------------------ the line


@given(documents)
def test_a_line_gives_back_what_it_was_made_of(document: dict[str, Any]) -> None:
    line = encode(transaction(7, document))
    assert line.count(b"\n") == 1
    assert decode(line) == decode(line.rstrip(b"\n")) == transaction(7, document)


@given(documents, st.data())
def test_a_line_with_any_byte_changed_is_not_intact(document: dict[str, Any], data: st.DataObject) -> None:
    line = bytearray(encode(transaction(7, document)).rstrip(b"\n"))
    place = data.draw(st.integers(9, len(line) - 1))
    line[place] ^= data.draw(st.integers(1, 255))
    assert decode(bytes(line)) is None


@given(st.binary(max_size=60))
def test_noise_is_not_a_line(noise: bytes) -> None:
    assert decode(noise) is None


@pytest.mark.parametrize("body", [[], {}, {"n": True, "ops": []}, {"n": 1}, {"n": "1", "ops": []}, 3])
def test_json_of_another_shape_is_not_a_transaction(body: object) -> None:
    assert decode(encode(body)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "says"), [(float("nan"), "JSON"), ("\ud800", "Unicode"), ({1, 2}, "set")], ids=["nan", "surrogate", "set"]
)
def test_what_json_cannot_hold_is_refused_in_words(value: object, says: str) -> None:
    with pytest.raises(UsageError, match=f"(?s)cannot be saved: .*{says}.* Nothing was changed"):
        encode(transaction(1, {"title": value}))


def test_times_are_utc_with_milliseconds() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", journal.now())


# ------------------------------------------------------------------------------------------------------- appending


def test_nothing_is_created_before_the_first_lock(path: str) -> None:
    log = opened(path)
    assert not log.exists and log.size() == 0 and list(log.scan()) == [] and log.last() == (0, b"")
    with log.lock(shared=True):
        assert not os.path.exists(log.path)
    with log.lock():
        assert os.path.exists(log.path)


def test_lines_come_back_in_both_directions_with_their_offsets(path: str) -> None:
    log = opened(path)
    lines = [encode(transaction(n, {"title": "x" * n * 50})) for n in range(1, 200)]
    offsets = append(log, *lines)
    found = list(log.scan())
    assert found == [(offset, line[:-1]) for offset, line in zip(offsets, lines, strict=True)]
    assert list(log.scan_back()) == found[::-1]
    assert log.last() == found[-1]
    assert list(log.scan(offsets[100])) == found[100:]
    assert list(log.scan_back(offsets[100])) == found[:100][::-1]


def test_a_line_longer_than_every_buffer_is_read(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "BLOCK", 16)
    monkeypatch.setattr(journal, "CHUNK", 64)
    log = opened(path)
    lines = [encode(transaction(n, {"title": "x" * size})) for n, size in enumerate((1, 500, 3, 900, 0), 1)]
    append(log, *lines)
    assert [line + b"\n" for _, line in log.scan()] == lines
    assert [line + b"\n" for _, line in log.scan_back()] == lines[::-1]


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=12), max_size=8), st.integers(1, 6), st.integers(0, 60))
def test_scanning_back_is_scanning_reversed(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], block: int, end: int
) -> None:
    path = tmp_path_factory.mktemp("scan") / "w.json.journal"
    path.write_bytes(b"\n".join(pieces))
    log = Journal(str(path))
    end = min(end, log.size())
    old, journal.BLOCK, journal.CHUNK = (journal.BLOCK, journal.CHUNK), block, block * 2
    try:
        assert list(log.scan_back(end)) == list(log.scan(0, end))[::-1]
        assert log.last() == ([(0, b""), *log.scan()])[-1]
    finally:
        journal.BLOCK, journal.CHUNK = old
        log.close()


@pytest.mark.parametrize("cut", [1, 9, 20])
def test_a_torn_tail_in_an_empty_journal_does_not_swallow_the_next_line(path: str, cut: int) -> None:
    line = encode(transaction(1))
    Path(path + ".journal").write_bytes(line[:cut])
    log = opened(path)
    assert log.last() == (0, b"")
    assert append(log, line) == [cut + 1]
    assert [decode(found) for _, found in log.scan()] == [None, transaction(1)]
    assert decode(log.last()[1]) == transaction(1)


def test_a_torn_tail_becomes_one_line_that_readers_skip(path: str) -> None:
    log = opened(path)
    append(log, encode(transaction(1)))
    with open(log.path, "ab") as file:
        file.write(encode(transaction(2))[:-5])
    assert [decode(line) for _, line in log.scan()] == [transaction(1)]
    append(log, encode(transaction(2)))
    assert [decode(line) for _, line in log.scan()] == [transaction(1), None, transaction(2)]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_failed_append_leaves_the_file_as_it_was(path: str, monkeypatch: pytest.MonkeyPatch, call: str, code: int) -> None:
    log = opened(path)
    append(log, encode(transaction(1)))
    before, calls = raw(path), [0]
    real: Callable[..., Any] = getattr(os, call)

    def failing(descriptor: int, *content: memoryview) -> Any:
        calls[0] += 1
        if calls[0] > 1:
            return real(descriptor, *content)
        if content:
            real(descriptor, content[0][:7])
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, failing)
    with pytest.raises(
        ManyViewError, match=rf"^workspace\.json could not be saved: {files.REASONS[code]}\. Nothing was changed\.$"
    ):
        append(log, encode(transaction(2)))
    assert raw(path) == before
    assert calls[0] == {"write": 1, "fsync": 2}[call]  # the second makes the cut durable; the first is not tried again


def test_a_failure_that_cannot_be_cut_back_says_so(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    log = opened(path)
    append(log, encode(transaction(1)))

    def broken(*_: Any) -> None:
        raise OSError(errno.EIO, "EIO")

    monkeypatch.setattr(os, "fsync", broken)
    monkeypatch.setattr(os, "ftruncate", broken)
    with pytest.raises(ManyViewError, match="Look whether it was kept"):
        append(log, encode(transaction(2)))


def test_a_short_write_is_continued(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: real(descriptor, content[:3]))
    log = opened(path)
    append(log, encode(transaction(1)))
    assert raw(path) == encode(transaction(1))


# ---------------------------------------------------------------------------------------------------------- locking


def test_writers_keep_each_other_out_and_readers_share(path: str) -> None:
    one, other = opened(path), opened(path, timeout=0.0)
    with one.lock():
        for shared in (True, False):
            with pytest.raises(Busy, match=r"workspace\.json is busy"), other.lock(shared=shared):
                pass
    with one.lock(shared=True):
        with other.lock(shared=True):
            pass
        with pytest.raises(Busy), other.lock():
            pass
    with other.lock(), other.lock(), other.lock(shared=True):
        assert other.depth == 3
    assert other.depth == 0
    with one.lock():
        pass


def test_a_thread_waits_for_another(path: str) -> None:
    log = opened(path, timeout=0.0)
    failures: list[BaseException] = []

    def attempt() -> None:
        try:
            with log.lock():
                pass
        except Busy as error:
            failures.append(error)

    with log.lock():
        thread = threading.Thread(target=attempt)
        thread.start()
        thread.join()
    assert len(failures) == 1


def test_a_shared_lock_does_not_become_exclusive(path: str) -> None:
    log = opened(path)
    with log.lock(), log.lock(shared=True):
        pass
    with log.lock(shared=True), pytest.raises(RuntimeError), log.lock():
        pass
    with log.lock():
        assert log.is_mine


def test_a_file_without_locks_is_read_only(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    log = opened(path)
    append(log, encode(transaction(1)))

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(ReadOnly, match="cannot lock files"), log.lock():
        pass
    monkeypatch.setattr(log, "release", lambda: None)
    with log.lock(shared=True):
        assert len(list(log.scan())) == 1


def test_a_journal_that_was_removed_or_replaced_is_found_again(path: str) -> None:
    log = opened(path)
    append(log, encode(transaction(1)))
    generation = log.generation
    os.unlink(log.path)
    append(log, encode(transaction(2)))
    assert raw(path) == encode(transaction(2))
    assert log.generation > generation
    Path(path + ".new").write_bytes(encode(transaction(3)))
    os.replace(path + ".new", log.path)
    append(log, encode(transaction(4)))
    assert raw(path) == encode(transaction(3)) + encode(transaction(4))


# ---------------------------------------------------------------------------------------------- rights and bad places


@pytest.mark.parametrize(("mode", "umask", "expected"), [(0o2770, 0o077, 0o660), (0o755, 0o000, 0o644), (0o700, 0, 0o600)])
def test_the_folder_decides_who_shares_the_file(tmp_path: Path, mode: int, umask: int, expected: int) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    folder.chmod(mode)
    if os.geteuid() == 0:
        os.chown(folder, -1, 4242)
        folder.chmod(mode)
    old = os.umask(umask)
    try:
        append(opened(str(folder / "w.json")), encode(transaction(1)))
    finally:
        os.umask(old)
    found = os.stat(folder / "w.json.journal")
    assert stat.S_IMODE(found.st_mode) == expected
    assert found.st_gid == os.stat(folder).st_gid


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    for read_only in (True, False):
        with pytest.raises(UsageError, match=r"w\.json cannot be opened: there is no folder .*/nowhere\."):
            Journal(str(tmp_path / "nowhere" / "w.json.journal"), read_only=read_only)


def test_a_folder_in_the_place_of_the_journal_is_named(tmp_path: Path) -> None:
    (tmp_path / "w.json.journal").mkdir()
    with pytest.raises(ManyViewError, match="it is a folder"):
        opened(str(tmp_path / "w.json"))


@pytest.mark.parametrize(
    ("code", "says"),
    [(errno.EACCES, "no permission"), (errno.EPERM, "no permission"), (errno.EROFS, "the disk is read-only")],
)
def test_a_journal_that_may_only_be_read_says_why(path: str, monkeypatch: pytest.MonkeyPatch, code: int, says: str) -> None:
    append(opened(path), encode(transaction(1)))
    real = os.open

    def deny(name: str, flags: int, *rest: int) -> int:
        if flags & os.O_RDWR:
            raise OSError(code, os.strerror(code))
        return real(name, flags, *rest)

    monkeypatch.setattr(os, "open", deny)
    log = opened(path)
    assert says in (log.read_only or "")
    assert [decode(line) for _, line in log.scan()] == [transaction(1)]
    with pytest.raises(ReadOnly, match=rf"^workspace\.json cannot be changed: .*{says}"), log.lock():
        pass
    with pytest.raises(ReadOnly):
        capture(path, "bets", {}, "ann")


def test_a_journal_that_may_not_even_be_read_says_so(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    append(opened(path), encode(transaction(1)))

    def deny(*_: Any) -> int:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "open", deny)
    with pytest.raises(ReadOnly, match=r"cannot be opened: you have no permission"):
        opened(path)


def test_a_folder_that_may_not_be_written_is_read_only(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    log = opened(path)
    assert log.read_only == "you have no permission to write there"
    with pytest.raises(ReadOnly), log.lock():
        pass
    assert not os.path.exists(log.path)


# ---------------------------------------------------------------------------------------------------------- capture


def test_capture_numbers_records_by_their_operation(path: str) -> None:
    assert [capture(path, "bets", {"title": title}, "ann") for title in "abc"] == [1, 2, 3]
    found = [decode(line) for _, line in opened(path).scan()]
    assert [line["ops"] for line in found if line] == [
        [["bets", str(n), None, {"title": title}]] for n, title in enumerate("abc", 1)
    ]


def test_capture_writes_why_only_when_there_is_a_reason(path: str) -> None:
    capture(path, "bets", {}, "ann", why="captured")
    capture(path, "bets", {}, "ann")
    assert [line and line.get("why") for line in (decode(line) for _, line in opened(path).scan())] == ["captured", None]


def test_capture_follows_the_number_of_operations_not_of_lines(path: str) -> None:
    append(opened(path), encode(transaction(41)))
    assert capture(path, "bets", {}, "ann") == 42


@pytest.mark.parametrize("tail", [b"", b"0000"], ids=["damaged", "damaged and torn"])
def test_capture_leaves_a_damaged_newest_line_to_the_workspace(path: str, tail: bytes) -> None:
    append(opened(path), encode(transaction(1)))
    with open(path + ".journal", "ab") as file:
        file.write(b"garbage\n" + tail)
    before = raw(path)
    assert capture(path, "bets", {}, "ann") is None
    assert raw(path) == before


def test_capture_after_a_torn_tail_goes_on(path: str) -> None:
    append(opened(path), encode(transaction(1)))
    with open(path + ".journal", "ab") as file:
        file.write(b"0000")
    assert capture(path, "bets", {}, "ann") == 2


@pytest.mark.parametrize("content", [b"", b"{}", b'{"bets":{"1":{}}}', b"\x89PNG\r\n"])
def test_capture_touches_nothing_beside_a_file_without_journal(path: str, content: bytes) -> None:
    Path(path).write_bytes(content)
    assert capture(path, "bets", {}, "ann") is None
    assert os.listdir(os.path.dirname(path)) == ["workspace.json"]
    assert Path(path).read_bytes() == content


def test_capture_leaves_a_workspace_with_an_empty_journal_alone(path: str) -> None:
    Path(path).write_bytes(b"{}")
    Path(path + ".journal").touch()
    assert capture(path, "bets", {}, "ann") is None


def test_capture_leaves_a_file_that_another_program_wrote_to_the_workspace(path: str) -> None:
    capture(path, "bets", {}, "ann")
    Path(path).write_text(json.dumps({"bets": {"1": {}, "2": {}}}))
    assert capture(path, "bets", {}, "ann") is None


def test_capture_refuses_a_newer_schema(path: str) -> None:
    append(opened(path), encode(transaction(1, schema=journal.SCHEMA + 1)))
    with pytest.raises(Damaged, match="written by a newer version of ManyView") as caught:
        capture(path, "bets", {}, "ann")
    assert caught.value.exit_code == 6
    assert raw(path) == encode(transaction(1, schema=journal.SCHEMA + 1))


def test_capture_leaves_an_older_schema_to_its_migration(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    append(opened(path), encode(transaction(1)))
    monkeypatch.setattr(journal, "SCHEMA", 2)
    assert capture(path, "bets", {}, "ann") is None


def test_capture_names_a_later_schema_on_every_line(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SCHEMA", 2)
    assert [capture(path, "bets", {}, "ann"), capture(path, "bets", {}, "ann")] == [1, 2]
    assert [line and line["schema"] for line in (decode(line) for _, line in opened(path).scan())] == [2, 2]


def test_capture_follows_a_link_to_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "w.json").symlink_to(tmp_path / "real" / "w.json")
    capture(str(tmp_path / "w.json"), "bets", {}, "ann")
    assert (tmp_path / "real" / "w.json.journal").exists()


def test_capture_is_busy_while_another_holds_the_journal(path: str) -> None:
    with opened(path).lock(), pytest.raises(Busy):
        capture(path, "bets", {}, "ann", timeout=0.0)


def test_capture_loads_nothing_heavy() -> None:
    code = "import sys, store.disk.journal; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {
        "typing",
        "contextlib",
        "datetime",
        "dataclasses",
        "pathlib",
        "logging",
        "threading",
        "orjson",
        "tinydb",
        "pydantic",
    }
    plain = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    assert heavy & set(loaded) - set(plain.stdout.split()) == set()
    assert {name for name in loaded if name.startswith("store.")} == {
        "store.errors",
        "store.disk",
        *(f"store.disk.{name}" for name in ("bare_json", "files", "journal", "locked")),
    }
