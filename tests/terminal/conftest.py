"""`many` in a terminal of its own, on a small workspace whose ids are known."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest
from terminal import MANY, PATIENCE, ROOT, Terminal

from store.changes import added
from store.disk.tiny import TinyBackend
from store.model import BY_NOUN
from store.workspace import Workspace

TODAY = date.today()
SOON = (TODAY + timedelta(days=10)).isoformat()
LATER = (TODAY + timedelta(days=90)).isoformat()

RECORDS = (
    ("mission", {"title": "Readers find their next book", "state": "active", "horizon": "quarters", "wip_limit": "1"}),
    ("mission", {"title": "Borrowing takes a minute", "state": "forming", "horizon": "quarters"}),
    ("bet", {"title": "Search forgives typos", "state": "placed", "horizon": "weeks", "people": "tomas",
             "settle_by": SOON, "pivot_if": "it is slower", "links": "nests_in M1"}),
    ("bet", {"title": "One card everywhere", "state": "option", "horizon": "weeks"}),
    ("bet", {"title": "Reading clubs", "state": "shaping", "horizon": "months", "links": "nests_in M2"}),
    ("bet", {"title": "Lists by librarians", "state": "parked", "why_stopped": "later", "links": "nests_in M1"}),
    ("decision", {"title": "Stop late fees", "driver": "ines"}),
    ("decision", {"title": "Move to the new service", "door": "one-way"}),
    ("decision", {"title": "Buy messages", "state": "decided", "chosen": "buy", "confidence": "75", "review_on": LATER,
                  "prediction": "Under a hundred a month"}),
    ("belief", {"text": "People trust a list by somebody they know", "converged": "4", "benefit": "3"}),
)  # fmt: skip
"""M1 M2 B3 B4 B5 B6 D7 D8 D9 A10: the number of a record is that of the operation that added it."""


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workspace that every test gets a copy of."""
    folder = tmp_path_factory.mktemp("furnished")
    workspace = Workspace(TinyBackend(str(folder / "ws.json")), me="ines")
    for noun, texts in RECORDS:
        workspace.commit(added(workspace.records, BY_NOUN[noun], texts, TODAY))
    workspace.backend.fold()
    workspace.close()
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with nothing in it."""
    return tmp_path


@pytest.fixture
def path(home: Path, furnished: Path) -> Path:
    """The workspace of the test."""
    for file in furnished.iterdir():
        if file.name.startswith("ws.json"):
            shutil.copy(file, home)
    return home / "ws.json"


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    """An environment in which nothing of the real one is heeded."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "MANYVIEW_FILE": str(home / "ws.json"),
        "MANYVIEW_AS": "anna",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",  # a full disk would leave half of what Python keeps of a module
    }


Start = Callable[..., Terminal]


@pytest.fixture
def start(home: Path, environ: dict[str, str]) -> Iterator[Start]:
    """Starts `many` with some words in a terminal of its own; variables of the environment are given by name."""
    with ExitStack() as stack:

        def begin(*words: str, columns: int = 80, rows: int = 24, **more: str) -> Terminal:
            argv = [*MANY, *words]
            return stack.enter_context(Terminal(argv, {**environ, **more}, columns=columns, rows=rows, folder=home))

        yield begin


@pytest.fixture
def many(path: Path, start: Start) -> Start:
    """Opens the workspace of the test in the app and waits until it shows."""

    def begin(*words: str, columns: int = 80, rows: int = 24, **more: str) -> Terminal:
        return start(*words, columns=columns, rows=rows, **more).wait_for("1 Missions", "Readers find")

    return begin


@pytest.fixture
def shell(path: Path, environ: dict[str, str]) -> Callable[..., str]:
    """Runs `many` with some words and gives what it printed; fails when it failed."""

    def run(*words: str, as_: str = "ines") -> str:
        return subprocess.run(
            [*MANY, "--as", as_, *words],
            env=environ, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL, timeout=PATIENCE * 4,
        ).stdout  # fmt: skip

    return run


@pytest.fixture
def record(path: Path) -> Callable[[str], dict[str, object]]:
    """Reads a record from the file as its document."""

    def read(record_id: str) -> dict[str, object]:
        workspace = Workspace(TinyBackend(str(path), read_only=True))
        try:
            found = workspace.records.get(record_id)
            return found.document() if found is not None else {}
        finally:
            workspace.close()

    return read
