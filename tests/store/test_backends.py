"""Every backend keeps the contract."""

from __future__ import annotations

from pathlib import Path

from contract_backend import BackendContract, SharedContract

from store.backend import Backend, MemoryBackend
from store.disk.tiny import TinyBackend


class TestMemory(BackendContract):
    def open_backend(self, folder: Path) -> Backend:
        return MemoryBackend()


class TestTinyDB(SharedContract):
    def open_backend(self, folder: Path) -> Backend:
        return TinyBackend(str(folder / "workspace.json"))
