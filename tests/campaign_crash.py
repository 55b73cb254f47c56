"""Kill writers at random, for as long as asked: ``python -m tests.campaign_crash --rounds 200``.

Every round, several processes write to one workspace in every way there is, are killed without warning and replaced, and
then everything that was acknowledged must be there, once and unchanged, in either file.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tinydb import TinyDB

from store.disk.journal import capture, now
from store.disk.tiny import JournalledTinyDB, TinyBackend
from store.errors import Busy, ManyViewError
from store.operations import Put, Transaction

WRITERS = 4
KILLS = 12


def by_app(path: str, backend: TinyBackend, text: str) -> int:
    """A bet that the app commits."""
    with backend.lock():
        n = backend.n + 1
        backend.append(Transaction(n, now(), "ann", (Put("bets", str(n), None, {"title": text}),)))
    return n


def by_app_and_fold(path: str, backend: TinyBackend, text: str) -> int:
    """A bet, and the file folded after it."""
    n = by_app(path, backend, text)
    backend.fold()
    return n


def by_capture(path: str, backend: TinyBackend, text: str) -> int:
    """A bet from the shell, by the quick way or, when that steps aside, the other one."""
    return capture(path, "bets", {"title": text}, "bob") or by_app(path, backend, text)


def by_script(path: str, backend: TinyBackend, text: str) -> int:
    """A bet through TinyDB, in a start of its own."""
    with JournalledTinyDB(path) as db:
        number: int = db.table("bets").insert({"title": text})
        return number


WAYS: tuple[Callable[[str, TinyBackend, str], int], ...] = (by_app, by_app, by_app_and_fold, by_capture, by_script)


def write_forever(path: str, acknowledged: str, seed: int) -> None:
    """Write, and note what was acknowledged, until killed."""
    chance = random.Random(seed)
    backend = TinyBackend(path)
    notes = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for count in range(1_000_000):
        text = f"{seed}/{count}/" + "x" * chance.randrange(2000)
        with suppress(Busy):
            number = chance.choice(WAYS)(path, backend, text)
            os.write(notes, f"{number} {text}\n".encode())


@dataclass
class Round:
    """One workspace, its writers, and what they were promised."""

    folder: str
    chance: random.Random
    writers: dict[int, str] = field(default_factory=dict)
    started: int = 0
    killed: int = 0

    @property
    def path(self) -> str:
        return os.path.join(self.folder, "workspace.json")

    def start(self) -> None:
        """One more writer."""
        self.started += 1
        notes = os.path.join(self.folder, f"acknowledged-{self.started}")
        seed = self.chance.randrange(1 << 30)
        child = os.fork()
        if child == 0:
            try:
                write_forever(self.path, notes, seed)
            finally:
                sys.stderr.flush()
                os._exit(1)
        self.writers[child] = notes

    def kill(self, child: int) -> None:
        """A writer ends without warning; one that ended by itself is a failure."""
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "a writer failed; its error stands above"
        del self.writers[child]
        self.killed += 1

    def play(self) -> int:
        """How many changes were acknowledged, all of which are there."""
        try:
            for _ in range(WRITERS):
                self.start()
            for _ in range(KILLS):
                time.sleep(self.chance.uniform(0.002, 0.08))
                self.kill(self.chance.choice(sorted(self.writers)))
                self.start()
        finally:
            for child in sorted(self.writers):
                self.kill(child)
        return self.judge()

    def judge(self) -> int:
        """As ``play``; raises ``AssertionError`` with what is missing."""
        promised = self.promised()
        if os.path.exists(self.path):
            json.loads(Path(self.path).read_bytes())
            with TinyDB(self.path) as plain:
                assert plain.tables() <= {"_meta", "bets"}
        backend = TinyBackend(self.path)
        found = {int(key): row["title"] for key, row in backend.state.get("bets", {}).items()}
        wrong = {number: text for number, text in promised.items() if found.get(number) != text}
        assert not wrong, f"acknowledged and lost: {sorted(wrong)} of {len(promised)}"
        assert len(found) - len(promised) <= self.killed, "more came through than was under way"
        assert len(list(backend.back())) == len(found)
        backend.close()
        os.unlink(self.path)
        assert TinyBackend(self.path, read_only=True).state == backend.state, "the journal alone tells something else"
        return len(promised)

    def promised(self) -> dict[int, str]:
        """What every writer noted, by number; a number promised twice is a failure."""
        promised: dict[int, str] = {}
        for notes in Path(self.folder).glob("acknowledged-*"):
            for line in notes.read_text().splitlines(keepends=True):
                number, _, text = line.partition(" ")
                if text.endswith("\n"):  # the note, too, may have been cut
                    assert int(number) not in promised, f"number {number} was promised twice"
                    promised[int(number)] = text[:-1]
        return promised


def main() -> int:
    """0 when nothing acknowledged was lost; a failed round's folder is kept and named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    chance, acknowledged = random.Random(options.seed), 0
    for count in range(1, options.rounds + 1):
        folder = tempfile.mkdtemp(prefix="manyview-campaign-")
        try:
            acknowledged += Round(folder, chance).play()
        except (AssertionError, ManyViewError) as error:
            print(f"round {count} of seed {options.seed}: {error}\nits files: {folder}", file=sys.stderr)
            return 1
        for name in os.listdir(folder):
            os.unlink(os.path.join(folder, name))
        os.rmdir(folder)
    kills = options.rounds * (KILLS + WRITERS)
    print(f"{options.rounds} rounds, {kills} kills, {acknowledged} acknowledged changes: nothing was lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())
