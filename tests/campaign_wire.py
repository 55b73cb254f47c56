"""Play at random on the app behind the layer, for as long as asked: ``python -m tests.campaign_wire --rounds 200``.

Every round has a terminal, a workspace, a size and a theme of its own, and after every deed what the terminal shows is
compared with what Textual would draw anew.  A round that fails names its seed: ``--seed 17 --rounds 1`` plays it again.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from tinydb import TinyDB
from tinydb.table import Document

from store.operations import State
from tests.tui.plenty import plenty
from tests.tui.sample import nasty_state, sample_state

TERMINALS: tuple[Mapping[str, str], ...] = (
    {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    {"TERM": "xterm-256color"},
    {"TERM": "xterm-kitty", "COLORTERM": "truecolor"},
    {"TERM": "tmux-256color", "TMUX": "/tmp/tmux,1,0"},
    {"TERM": "screen-256color", "STY": "1.pts"},
    {"TERM": "screen", "SSH_TTY": "/dev/pts/1"},
    {"TERM": "linux"},
    {"TERM": "vt100"},
    {"TERM": "rxvt-unicode", "SSH_TTY": "/dev/pts/1"},
    {"TERM": "xterm-256color", "NO_COLOR": "1"},
    {"TERM": "xterm-256color", "LANG": "C", "COLORTERM": "truecolor"},
)
WORKSPACES: tuple[Callable[[], State], ...] = (sample_state, nasty_state, lambda: plenty(400), dict)
TELLING = ("SSH_", "TEXTUAL_", "MANYVIEW_", "LC_", "LANG", "TMUX", "STY", "COLORTERM", "NO_COLOR")
"""How variables begin that tell of the terminal this is run in."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Play at random on the app behind the layer that sends what changed.")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--deeds", type=int, default=60, help="how much is done in each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="*", type=Path, help="workspaces to play on, too, of which copies are made")
    given = parser.parse_args()
    compared = failed = 0
    for seed in range(given.seed, given.seed + given.rounds):
        count, wrong = a_round(seed, given.deeds, given.files)
        compared, failed = compared + count, failed + bool(wrong)
        print(*wrong, sep="\n", end="\n" * bool(wrong), flush=True)
    print(f"{given.rounds} rounds, {compared} screens compared, {failed} rounds failed")
    return 1 if failed else 0


def a_round(seed: int, deeds: int, files: list[Path]) -> tuple[int, list[str]]:
    """How often the screen was compared, and what was wrong."""
    chance, terminal = Random(seed), TERMINALS[seed % len(TERMINALS)]
    be_in(terminal)
    from tests.tui.wire.playing import Played

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "workspace.json")
        furnish(path, chance.choice((*WORKSPACES, *files)))
        played = Played(chance, str(path))
        try:
            wrong = asyncio.run(played.play(deeds))
        except Exception:
            wrong = [traceback.format_exc()]
    where = f"seed {seed}, {terminal}: deed {len(played.done) - 1} of {played.done[0]} … {played.done[-5:]}"
    return played.compared, [where, *wrong] if wrong else []


def be_in(terminal: Mapping[str, str]) -> None:
    """Have the environment tell of a terminal, also what Textual has already read of it."""
    for name in [name for name in os.environ if name.startswith(TELLING)]:
        del os.environ[name]
    os.environ.update({"LANG": "C.UTF-8", "MANYVIEW_MOUSE": "on", "EDITOR": "true", **terminal})
    from tui import theming

    os.environ.update(theming.environment(os.environ))
    from textual import constants

    constants.COLOR_SYSTEM = os.environ["TEXTUAL_COLOR_SYSTEM"]  # type: ignore[misc]


def furnish(path: Path, what: Callable[[], State] | Path) -> None:
    """Put a workspace where the round is to be."""
    if isinstance(what, Path):
        path.write_bytes(what.read_bytes())
    elif state := what():
        with TinyDB(path) as db:
            for table, documents in state.items():
                for number, document in documents.items():
                    db.table(table).insert(Document(document, int(number)))


if __name__ == "__main__":
    sys.exit(main())
