"""A program in a pseudo-terminal, measured from outside: when bytes arrive, what they change, what it costs the process.

Chunks are stamped as they are read and shown on the screen only afterwards, so that the emulator delays nothing.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.bench.cells import Picture, changed_cells, ideal_bytes, least_bytes

KEYS: Mapping[str, bytes] = {"down": b"j", "page down": b"\x1b[6~", "page up": b"\x1b[5~", "escape": b"\x1b"}
SIZES = ((80, 24), (200, 50))
"""Columns and lines of a small terminal and of a large one."""
SETTLED, PATIENCE, LONGEST = 0.12, 0.5, 30.0
"""Seconds: silence after which a key is answered, silence that means it has no answer, and what nothing may exceed."""

_ASKED = re.compile(rb"\x1b\[\?(?P<mode>\d+)\$p|(?P<device>\x1b\[0?c)|(?P<place>\x1b\[6n)")
_SYNCHRONISED = b"2026"
_PEAK = re.compile(r"^VmHWM:\s+(\d+)", re.MULTILINE)

Chunk = tuple[float, bytes]
"""When it arrived, and what arrived."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one key brought: seconds to the last byte that changed the screen, all bytes, those of a plain differ of cells,
    and those that nothing can do without."""

    seconds: float | None
    sent: int
    ideal: int
    least: int
    cells: int
    cpu_seconds: float


def _readable(descriptor: int, seconds: float) -> bool:
    """Whether there is something to read within so many seconds; also for descriptors past 1023, which select() refuses."""
    ready = select.poll()
    ready.register(descriptor, select.POLLIN)
    return bool(ready.poll(seconds * 1000))


class Terminal:
    """A running program and the screen it draws on; a context manager that ends it."""

    def __init__(self, command: tuple[str, ...], environ: Mapping[str, str], size: tuple[int, int] = (80, 24)) -> None:
        self.picture = Picture(size)
        self._master, self._slave = os.openpty()
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        actions = [(os.POSIX_SPAWN_OPEN, 0, os.ttyname(self._slave), os.O_RDWR, 0)]
        actions += [(os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]  # type: ignore[list-item]
        self.started = time.perf_counter()
        self.pid = os.posix_spawn(
            command[0], command, environ, setsid=True, setsigdef=(signal.SIGINT, signal.SIGHUP), file_actions=actions
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number, patience in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 5.0)):
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)
            if self._has_ended(patience):
                break
        os.close(self._slave)
        os.close(self._master)

    def _has_ended(self, patience: float) -> bool:
        """Whether the program ends within some seconds; what it still sends is read, lest it wait for us."""
        end = time.perf_counter() + patience
        while time.perf_counter() < end:
            self._read(0.01)
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return True
        return False

    # -------------------------------------------------------------------------------------------------------- reading

    def _read(self, patience: float) -> Chunk | None:
        if not _readable(self._master, max(patience, 0)):
            return None
        data = os.read(self._master, 1 << 16)
        chunk = time.perf_counter(), data
        for asked in _ASKED.finditer(data):
            os.write(self._master, _reply(asked))
        return chunk

    def until(self, pattern: bytes) -> list[Chunk]:
        """What arrives until the bytes hold a pattern.  Raises ``TimeoutError`` with what is on the screen."""
        chunks: list[Chunk] = []
        wanted, seen = re.compile(pattern), b""
        end = time.perf_counter() + LONGEST
        while not wanted.search(seen):
            chunk = self._read(0.5)
            if chunk is not None:
                chunks.append(chunk)
                seen += chunk[1]
            elif time.perf_counter() > end:
                self.show(chunks)
                raise TimeoutError(f"{pattern!r} never appeared:\n{self.picture.text}")
        return chunks

    def quiet(self, first: float = PATIENCE, settled: float = SETTLED) -> list[Chunk]:
        """What arrives until it is silent: for ``first`` seconds at the beginning, then for ``settled``."""
        chunks: list[Chunk] = []
        end = time.perf_counter() + LONGEST
        while time.perf_counter() < end and (chunk := self._read(settled if chunks else first)):
            chunks.append(chunk)
        return chunks

    def show(self, chunks: Sequence[Chunk], pattern: str = "") -> float | None:
        """Put chunks on the screen; the time of the last that changed it, or of the first after which it shows a pattern."""
        shown: float | None = None
        before = self.picture.cells, self.picture.cursor
        for at, data in chunks:
            self.picture.take(data)
            now = self.picture.cells, self.picture.cursor
            if (pattern and shown is None and re.search(pattern, self.picture.text)) or (not pattern and now != before):
                shown = at
            before = now
        return shown

    # ------------------------------------------------------------------------------------------------------- measuring

    def send(self, keys: bytes) -> float:
        """Press keys; the time at which they were."""
        at = time.perf_counter()
        os.write(self._master, keys)
        return at

    def press(self, keys: bytes) -> Answer:
        """Press keys and measure what they bring."""
        before, spent = self.picture.cells, self.cpu_seconds
        pressed = self.send(keys)
        chunks = self.quiet()
        spent = self.cpu_seconds - spent
        shown = self.show(chunks)
        after = self.picture.cells
        return Answer(
            None if shown is None else shown - pressed,
            sum(len(data) for _, data in chunks),
            ideal_bytes(before, after),
            least_bytes(before, after),
            changed_cells(before, after),
            spent,
        )

    @property
    def cpu_seconds(self) -> float:
        """Processor time of all threads of the program so far."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    @property
    def peak_megabytes(self) -> float:
        """The most memory the program has held at once."""
        found = _PEAK.search(Path(f"/proc/{self.pid}/status").read_text())
        return int(found[1]) / 1024 if found else 0.0


def _reply(asked: re.Match[bytes]) -> bytes:
    """What a modern terminal answers."""
    if mode := asked["mode"]:
        return b"\x1b[?%s;%d$y" % (mode, 2 if mode == _SYNCHRONISED else 0)
    return b"\x1b[?62;22c" if asked["device"] else b"\x1b[1;1R"
