"""What tests do to the files of a workspace, and how they look at them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contract_backend import append, transaction
from tinydb import TinyDB

from store.disk.tiny import TinyBackend
from store.operations import State


def tables(path: str) -> State:
    """What plain TinyDB reads, without the table that only folds use."""
    with TinyDB(path) as plain:
        return {
            name: {str(row.doc_id): dict(row) for row in plain.table(name)} for name in plain.tables() if name != "_meta"
        }


def files(path: str) -> set[str]:
    return {name.removeprefix(os.path.basename(path)) for name in os.listdir(os.path.dirname(path))}


def rewrite(path: str, change: Callable[[Any], None], **options: Any) -> None:
    """Change the workspace file as an editor does."""
    found = json.loads(Path(path).read_bytes())
    change(found)
    Path(path).write_text(json.dumps(found, **options))


def workspace(path: str, count: int = 3) -> None:
    """A folded workspace of some bets."""
    with TinyBackend(path).lock():
        pass
    backend = TinyBackend(path)
    append(backend, *(transaction(n) for n in range(1, count + 1)))
    backend.close()


def fails(code: int) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return fail
