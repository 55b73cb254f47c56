"""The `many` command in-process, on a file of its own, on a day that stands still."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store import demo
from store.backend import MemoryBackend
from store.disk.tiny import TinyBackend
from store.records import Records
from store.workspace import Workspace
from tests.tui.shell.at_terminal import Terminal, Typist
from tui.cli import main
from tui.shell.asking import Asker

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Result:
    """What a run of the shell gave."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What was printed as JSON."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Many = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with nothing in it; no variable of the real environment leads elsewhere."""
    for name in ("MANYVIEW_FILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "COLUMNS", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("MANYVIEW_AS", "anna")
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("tui.shell.session.this_day", lambda: TODAY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def path(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the workspace of the test is, or will be."""
    monkeypatch.setenv("MANYVIEW_FILE", str(home / "ws.json"))
    return home / "ws.json"


@pytest.fixture
def many(path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Many:
    """Runs `many` with some words; ``piped`` is what stdin holds."""

    def run(*words: str, piped: str = "") -> Result:
        capsys.readouterr()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(piped.encode())))
        code = main(list(words))
        out, err = capsys.readouterr()
        return Result(code, out, err)

    return run


@pytest.fixture
def records(path: Path) -> Callable[[], Records]:
    """Reads what the file holds now."""

    def read() -> Records:
        workspace = Workspace(TinyBackend(str(path), read_only=True))
        try:
            return workspace.records
        finally:
            workspace.close()

    return read


@pytest.fixture
def demonstration(path: Path) -> Iterator[Path]:
    """The demo workspace in the test's file."""
    backend = TinyBackend(str(path))
    demo.build(lambda me, clock: Workspace(backend, me=me, clock=clock), TODAY)
    backend.close()
    yield path


@pytest.fixture(scope="session")
def examples() -> Records:
    """The records of the demo, in memory."""
    backend = MemoryBackend()
    demo.build(lambda me, clock: Workspace(backend, me=me, clock=clock), TODAY)
    return Workspace(backend).records


@pytest.fixture
def spawn(home: Path) -> Callable[..., subprocess.Popen[bytes]]:
    """Starts `many` in a process of its own."""

    def start(*words: str, **more: Any) -> subprocess.Popen[bytes]:
        import os

        root = str(Path(__file__).parents[3])
        environ = {**os.environ, "PYTHONPATH": root, **more.pop("environ", {})}
        return subprocess.Popen(
            [sys.executable, "-m", "tui.cli", *words],
            stdin=more.pop("stdin", subprocess.DEVNULL),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environ,
            **more,
        )

    return start


@pytest.fixture
def typed(many: Many, monkeypatch: pytest.MonkeyPatch) -> Typist:
    """Runs `many review`, or another verb, with somebody who answers its questions."""
    typist = Typist(many)
    monkeypatch.setattr(Asker, "__call__", lambda asker, prompt="> ", typed="": typist.ask(asker, prompt, typed))
    monkeypatch.setattr("tui.shell.reviewing.is_conversing", lambda session: not session.flags.plain)
    monkeypatch.setattr("store.waiting.this_day", lambda zone: TODAY.isoformat())
    return typist


@pytest.fixture
def terminal(home: Path) -> Iterator[Callable[..., Terminal]]:
    """Starts `many` in a terminal of its own; variables of the environment are given by name."""
    opened: list[Terminal] = []

    def start(*words: str, **environ: str) -> Terminal:
        opened.append(Terminal(*words, **environ))
        return opened[-1]

    yield start
    for one in opened:
        one.close()
