"""Whatever stops a writer, at whichever system call: what was acknowledged is there, and plain TinyDB can read the file."""

from __future__ import annotations

import functools
import json
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from contract_backend import transaction
from crash.faults import CALLS, FAULTS, REFUSALS, Outcome, run
from tinydb import TinyDB

from store.disk.journal import capture
from store.disk.tiny import JournalledTinyDB, TinyBackend
from store.errors import ManyViewError
from store.operations import State

Say = Callable[[int], None]


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here only processes die, so nothing need reach the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


def work(path: str, acknowledge: Say, refuse: Callable[[], None]) -> None:
    """Every way of writing: the app, folds, a capture, a script with TinyDB, and a start over a foreign edit."""

    def attempt(step: Callable[[], int | None]) -> None:
        try:
            number = step()
        except ManyViewError:
            return refuse()
        return acknowledge(number) if number else None

    def app() -> None:
        backend = TinyBackend(path)
        for _ in range(2):
            attempt(functools.partial(_append, backend))
        backend.fold()
        attempt(functools.partial(_append, backend))
        return backend.close()

    attempt(app)
    attempt(lambda: capture(path, "bets", {"title": "captured"}, "ann"))
    attempt(lambda: _script(path))
    _edit(path)
    attempt(app)


def _append(backend: TinyBackend) -> int:
    with backend.lock():
        number = backend.n + 1
        backend.append(transaction(number))
        return number


def _script(path: str) -> int:
    with JournalledTinyDB(path) as db:
        number: int = db.table("bets").insert({"title": "scripted"})
        return number


def _edit(path: str) -> None:
    """What an editor does: a complete file by a careful program, whose crashes are not ours."""
    if os.path.exists(path):
        found = json.loads(Path(path).read_bytes())
        found.setdefault("notes", {})["1"] = {"text": "edited"}
        Path(path + ".editor").write_text(json.dumps(found))
        os.rename(path + ".editor", path)


def judge(path: str, outcome: Outcome, fault: str) -> None:
    """What a crash left must hold all that was acknowledged, and at most one that was not."""
    assert outcome.error == ""
    state = TinyBackend(path, read_only=True).state
    if os.path.exists(path):
        with TinyDB(path) as plain:
            assert plain.tables() - {"_meta"} <= {"bets", "notes"}
    backend = TinyBackend(path)
    assert backend.state == state
    found = {int(key) for key in backend.state.get("bets", {})}
    missing, extra = set(outcome.acknowledged) - found, found - set(outcome.acknowledged)
    assert missing == set()
    assert len(extra) <= (0 if outcome.finished else 1)
    assert len(set(outcome.acknowledged)) == len(outcome.acknowledged)
    number = _append(backend)
    assert number > max(found, default=0)
    backend.close()
    _agree(path, backend.state)
    if fault in REFUSALS:
        assert not [name for name in os.listdir(os.path.dirname(path)) if ".tmp-" in name]


def _agree(path: str, state: State) -> None:
    """The folded file, and the journal without it, tell the same."""
    again = TinyBackend(path)
    assert again.state == state
    os.unlink(path)
    assert TinyBackend(path).state == state


@functools.cache
def calls() -> list[str]:
    """Every system call of the work, in order, when nothing goes wrong."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(functools.partial(work, f"{folder}/workspace.json"))
    assert outcome.finished, outcome.error
    return outcome.calls


def struck(folder: Path, fault: str) -> Iterator[tuple[str, Outcome]]:
    """The workspace and the outcome after the fault, for each call at which it makes a difference."""
    for at, name in enumerate(calls(), 1):
        if name in FAULTS[fault]:
            (folder / str(at)).mkdir()
            path = str(folder / str(at) / "workspace.json")
            yield path, run(functools.partial(work, path), at, fault)


def test_the_work_asks_the_system_for_everything_that_may_fail() -> None:
    assert set(calls()) == set(CALLS) - {"ftruncate"}  # which only mends what failed


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_system_call_loses_nothing(tmp_path: Path, fault: str) -> None:
    for path, outcome in struck(tmp_path, fault):
        judge(path, outcome, fault)


def test_a_power_cut_loses_only_what_was_not_yet_durable(tmp_path: Path) -> None:
    chance = random.Random(1)
    for path, outcome in struck(tmp_path, "die before"):
        if os.path.exists(path + ".journal"):
            size = os.path.getsize(path + ".journal")
            os.truncate(path + ".journal", chance.randint(min(outcome.durable, size), size))
        judge(path, outcome, "die before")


def test_two_writers_whose_first_dies_go_on(tmp_path: Path) -> None:
    path = str(tmp_path / "workspace.json")
    watching = TinyBackend(path)
    acknowledged: list[int] = []
    for at in range(1, 30):
        outcome = run(functools.partial(work, path), at, "die amid")
        acknowledged += outcome.acknowledged
        watching.refresh()
        acknowledged.append(_append(watching))
    assert set(acknowledged) <= {int(key) for key in watching.state["bets"]}
    assert len(set(acknowledged)) == len(acknowledged)
    assert watching.state == TinyBackend(path).state
