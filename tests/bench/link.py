"""A cursor move and held keys at the end of a slow link: until the last byte has arrived, beside vim at the same link.

The link is reckoned, not slept through: each chunk is stamped with when a line of this rate and length would have brought
its last byte, so that only the programs and the machine add noise.  What the line cannot take yet waits in the buffers of
sshd and the kernels; when those are full, nothing more is read and the program feels it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.figures import Figure, Target, series
from tests.bench.keys import opened
from tests.bench.peers import Program, in_vim
from tests.bench.plan import MANY, Plan, environment
from tests.bench.terminal import KEYS, Chunk, Terminal

SIZE = (80, 24)
BYTES_A_SECOND, ONE_WAY = 32_000, 0.04
BUFFERED = 65_536
"""Bytes that wait on the way before a program is held up."""
RUNS, HOLDS = 24, 3
KEYS_A_SECOND, SECONDS, PAGING = 30, 2.0, 0.5
"""How fast a key repeats that is held, and for how long: pages for as long as there are any."""
WITHIN = Target("ratio", 1.1)
LINK = f"{BYTES_A_SECOND // 1000} kB/s and {2000 * ONE_WAY:g} ms"


class Line:
    """One direction of a link: it carries one byte after another, and each arrives a while after it left."""

    def __init__(self, rate: float = BYTES_A_SECOND, delay: float = ONE_WAY) -> None:
        self._rate, self._delay = rate, delay
        self._free_at = 0.0

    def arrival(self, at: float, size: int) -> float:
        """When the last of some bytes arrives that are given to the line at a time; they wait for those before them."""
        self._free_at = max(at, self._free_at) + size / self._rate
        return self._free_at + self._delay

    def held_up(self, at: float, room: int = BUFFERED) -> float:
        """Seconds from a time until no more than so many bytes wait for the line."""
        return max(0.0, self._free_at - at - room / self._rate)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a key brought: milliseconds from pressing it to the last byte at the near end, and how many there were."""

    milliseconds: float
    sent: int

    @property
    def on_the_line(self) -> float:
        """Milliseconds that a program which takes no time would need for the same bytes."""
        return 1000 * (2 * ONE_WAY + self.sent / BYTES_A_SECOND)


class Linked(Terminal):
    """A program at the far end of a line, whose chunks are stamped with when they have arrived at the near end."""

    def __init__(self, command: tuple[str, ...], environ: Mapping[str, str]) -> None:
        super().__init__(command, environ, SIZE)
        self._down = Line()

    def _read(self, patience: float) -> Chunk | None:
        time.sleep(self._down.held_up(time.perf_counter()))
        chunk = super()._read(patience)
        return None if chunk is None else (self._down.arrival(chunk[0], len(chunk[1])), chunk[1])

    def reply(self, key: bytes) -> Reply:
        """What a key pressed at the near end brings."""
        pressed = self.send(key) - ONE_WAY
        return self._reply(pressed, self.quiet())

    def reply_after_holding(self, key: bytes, seconds: float = SECONDS) -> Reply:
        """What the last press of a key that is held down brings, reckoned from that press; the bytes are those of all."""
        chunks: list[Chunk] = []
        start = pressed = time.perf_counter()
        for number in range(round(KEYS_A_SECOND * seconds)):
            while (left := start + number / KEYS_A_SECOND - time.perf_counter()) > 0:
                chunk = self._read(left)
                chunks += [] if chunk is None else [chunk]
            pressed = self.send(key) - ONE_WAY
        return self._reply(pressed, [*chunks, *self.quiet()])

    def _reply(self, pressed: float, chunks: list[Chunk]) -> Reply:
        if not chunks:
            raise RuntimeError(f"a key was not answered:\n{self.picture.text}")
        self.show(chunks)
        return Reply(1000 * (chunks[-1][0] - pressed), sum(len(data) for _, data in chunks))


@dataclass(frozen=True)
class Contestant:
    """A program on the link with the keys that move its cursor, and what they brought."""

    terminal: Linked
    moves: list[Reply] = field(default_factory=list)
    held: list[Reply] = field(default_factory=list)
    pages: list[Reply] = field(default_factory=list)

    def run(self, page: bytes, *, holds: bool) -> None:
        """Move once, and where asked hold the key for a move and the key for a page down, each from the top."""
        self.moves.append(self.terminal.reply(b"j"))
        if holds:
            for key, replies in ((b"j", self.held), (page, self.pages)):
                self.terminal.press(b"gg")
                replies.append(self.terminal.reply_after_holding(key, PAGING if key == page else SECONDS))
            self.terminal.press(b"gg")
            self.terminal.press(b"j")


def figures(plan: Plan) -> Iterator[Figure]:
    """The list with the details of its record below, the list alone, and both without the layer, beside vim's text."""
    path = plan.workspace(plan.sizes[0], "link")
    peer = in_vim(plan, path, SIZE)
    if peer is None:
        yield Figure(f"cursor move, {LINK}", "ms", None, "there is no vim here")
        return
    environ = environment(plan.folder, SSH_CONNECTION="192.0.2.1 1 192.0.2.2 22")
    with ExitStack() as stack:

        def contestant(program: Program) -> Contestant:
            terminal = stack.enter_context(Linked(program.command, {**environ, **program.environ}))
            opened(terminal, program.useful)
            for key in (*program.ready, b"j"):
                terminal.press(key)
            return Contestant(terminal)

        theirs = contestant(peer)
        ours = {program.name: contestant(program) for program in _contestants(path)}
        runs, every = plan.runs(RUNS), RUNS // HOLDS
        for run in range(runs):
            theirs.run(b"\x06", holds=run % every == 0)
            for each in ours.values():
                each.run(KEYS["page down"], holds=run % every == 0)
    for name, each in ours.items():
        yield from _beside(name, each, theirs, WITHIN if "without" not in name else None)


def _contestants(path: Path) -> Iterator[Program]:
    command = (*MANY, "--file", str(path))
    yield Program("list and details", command, b"active", {}, (b"2",))
    yield Program("list alone", command, b"active", {}, (b"2", b"z"))
    yield Program("list and details, without the layer", (*command, "--wire", "plain"), b"active", {}, (b"2",))


def _beside(name: str, ours: Contestant, theirs: Contestant, target: Target | None) -> Iterator[Figure]:
    for what, mine, others in (
        ("cursor move", ours.moves, theirs.moves),
        ("after a held cursor key", ours.held, theirs.held),
        ("after a held page key", ours.pages, theirs.pages),
    ):
        value, beside = (series(reply.milliseconds for reply in replies) for replies in (mine, others))
        yield Figure(f"{what}, {LINK}, {name}", "ms", value, "vim, cursorline", beside, target)
    value, beside = (series(reply.on_the_line for reply in replies) for replies in (ours.moves, theirs.moves))
    yield Figure(f"the line's share of a cursor move, {LINK}, {name}", "ms", value, "vim, cursorline", beside)
