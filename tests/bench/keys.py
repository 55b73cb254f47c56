"""From a key to the last byte that changed the screen, with thousands of records, beside a bare Textual app's one key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.bench.figures import Figure, Target, series
from tests.bench.plan import MANY, Plan, environment
from tests.bench.start import BARE, PEER
from tests.bench.terminal import KEYS, SIZES, Answer, Terminal

RUNS = 60
WITHIN_A_FRAME = Target("p95", 16)
NO_WORSE = Target("ratio", 1.0)
ACTIONS: Mapping[str, tuple[bytes, ...]] = {
    "cursor move": (KEYS["down"],),
    "page": (KEYS["page down"],),
    "pane switch": (b"4", b"2"),
}
"""What is done → the keys of which each does it once, in turn."""


def figures(plan: Plan) -> Iterator[Figure]:
    """Time and processor time of every action in a list of the middle size."""
    path = plan.workspace(plan.middle, "keys")
    environ = environment(plan.folder)
    command = (*MANY, "--file", str(path))
    with Terminal(command, environ) as many, Terminal(BARE, environ) as bare:
        opened(many, b"active")
        opened(bare, b"Waiting")
        many.press(b"2")
        for name, keys in ACTIONS.items():
            mine, theirs = _pressed(many, bare, keys, (b"x",), plan.runs(RUNS))
            target = WITHIN_A_FRAME if name == "cursor move" else None
            ours, peer = _milliseconds(mine), _milliseconds(theirs)
            yield Figure(f"{name}, {plan.middle} records", "ms", series(ours), PEER, series(peer), target)
            cpu = series(1000 * answer.cpu_seconds for answer in theirs)
            yield Figure(
                f"processor time of a {name}", "ms", series(1000 * answer.cpu_seconds for answer in mine), PEER, cpu
            )
    for size in SIZES[:1] if plan.quick else SIZES:
        yield from _of_the_layer(command, environ, size, plan.runs(RUNS))


def _of_the_layer(
    command: tuple[str, ...], environ: Mapping[str, str], size: tuple[int, int], runs: int
) -> Iterator[Figure]:
    """What the layer that sends only what changed adds to a key, or saves, on a screen of a size."""
    peer, shape = "the app without the layer", "" if size == SIZES[0] else f", {size[0]}×{size[1]}"
    with Terminal(command, environ, size) as many, Terminal((*command, "--wire", "plain"), environ, size) as plain:
        for terminal in (many, plain):
            opened(terminal, b"active")
            terminal.press(b"2")
        for name, keys in ACTIONS.items():
            with_it, without = _pressed(many, plain, keys, keys, runs)
            for what, take in (("the key", _milliseconds), ("processor time", _cpu_milliseconds)):
                yield Figure(
                    f"{what} of a {name}, with the layer{shape}", "ms", series(take(with_it)), peer, series(take(without)),
                    NO_WORSE,
                )  # fmt: skip


def opened(terminal: Terminal, useful: bytes) -> None:
    """Wait until a program shows something and is silent."""
    terminal.show(terminal.until(useful))
    terminal.show(terminal.quiet(first=1, settled=0.4))


def _pressed(
    many: Terminal, other: Terminal, keys: tuple[bytes, ...], others: tuple[bytes, ...], runs: int
) -> tuple[list[Answer], list[Answer]]:
    """The answers of both, pressed in turn; each once unmeasured, so that lenses are projected the first time before."""
    for terminal, first in ((many, keys), (other, others)):
        for key in first:
            terminal.press(key)
    mine, theirs = [], []
    for run in range(runs):
        mine.append(many.press(keys[run % len(keys)]))
        theirs.append(other.press(others[run % len(others)]))
    return mine, theirs


def _milliseconds(answers: list[Answer]) -> list[float]:
    """How long those keys took that changed anything."""
    return [1000 * answer.seconds for answer in answers if answer.seconds is not None]


def _cpu_milliseconds(answers: list[Answer]) -> list[float]:
    return [1000 * answer.cpu_seconds for answer in answers]
