"""Locks between readers and writers of one file."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from store.disk.locked import LockedFile
from store.errors import Busy


def test_a_reader_waits_for_a_writer_also_where_it_may_only_read(tmp_path: Path) -> None:
    path = str(tmp_path / "ws.json.journal")
    writer = LockedFile(path, "ws.json", 5)
    reader = LockedFile(path, "ws.json", 5, read_only=True)
    with writer.lock():
        with pytest.raises(Busy), reader.lock(shared=True, timeout=0.01):
            pass
        held = threading.Event()

        def read() -> None:
            with reader.lock(shared=True, timeout=5):
                held.set()

        thread = threading.Thread(target=read)
        thread.start()
        assert not held.is_set()
    thread.join()
    assert held.is_set()
