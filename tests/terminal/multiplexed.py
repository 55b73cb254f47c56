"""GNU screen around a program, with sockets of its own and nobody's settings."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from terminal import Terminal

needs_screen = pytest.mark.skipif(not shutil.which("screen"), reason="there is no GNU screen here")


class Screens:
    """Terminals with screen in them, which all find the same sessions."""

    def __init__(self, environ: Mapping[str, str], sockets: str, folder: Path) -> None:
        self._environ = {**environ, "SCREENDIR": sockets}
        self._folder = folder

    def __call__(self, *words: str, columns: int = 80, rows: int = 24) -> Terminal:
        """A terminal that runs screen with some words; use it with ``with``."""
        line = [shutil.which("screen") or "", "-U", "-c", os.devnull, *words]
        return Terminal(line, self._environ, columns=columns, rows=rows, folder=self._folder)


@contextmanager
def screens(environ: Mapping[str, str], folder: Path) -> Iterator[Screens]:
    """Gives what starts screen; its sockets are in a folder of a short name, as they must be."""
    with tempfile.TemporaryDirectory(prefix="mv") as sockets:
        os.chmod(sockets, 0o700)
        yield Screens(environ, sockets, folder)
