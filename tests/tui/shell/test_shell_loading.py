"""What a verb loads is what it uses: half of the time of a short one is the loading of modules."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Many

ROOT = str(Path(__file__).resolve().parents[3])
INTERFACE = {"textual", "pydantic", "prompt_toolkit", "dateutil", "asyncio"}
HEAVY = INTERFACE | {"orjson", "dataclasses", "inspect", "subprocess", "tomllib", "csv", "shutil", "pkgutil", "difflib"}
CODE = (
    "import sys; before = set(sys.modules); sys.path.insert(0, sys.argv.pop(1)); from tui.cli import main\n"
    "code = main(); print(); print(code, *sorted(set(sys.modules) - before))"
)


def loaded_by(*words: str) -> set[str]:
    """The modules that a line loads in an interpreter of its own; it has to succeed."""
    line = [sys.executable, "-c", CODE, ROOT, *words]
    done = subprocess.run(line, capture_output=True, text=True, check=True, env=dict(os.environ))  # not what readline added
    code, *names = done.stdout.splitlines()[-1].split()
    assert code == "0", done.stderr
    return set(names)


@pytest.mark.parametrize("words", [("--version",), ("--help",)])
def test_what_needs_no_workspace_loads_next_to_nothing(home: Path, words: tuple[str, ...]) -> None:
    loaded = loaded_by(*words)
    assert loaded & (HEAVY | {"typing", "re", "enum", "signal", "datetime", "functools"}) == set()
    assert not any(name.startswith("store.") and name not in ("store.errors", "store.quoting") for name in loaded)


@pytest.mark.parametrize(
    "words", [("ls",), ("ls", "bets", "state:option"), ("show", "1"), ("log",), ("set", "1", "team=core")]
)
def test_a_verb_used_all_day_loads_only_what_it_needs(many: Many, path: Path, words: tuple[str, ...]) -> None:
    assert many("bet", "Badges").code == many("undo").code == many("redo").code == 0
    loaded = loaded_by(*words)
    assert loaded & (HEAVY if words[0] != "set" else INTERFACE) == set()
    assert not any(name.startswith(("store.exchange", "tui.screens", "tui.panes", "themes")) for name in loaded)


def test_where_loads_no_workspace(many: Many) -> None:
    assert not loaded_by("where") & (HEAVY | {"store.workspace", "store.disk.tiny", "tui.perspective", "rich"})
