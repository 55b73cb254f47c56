"""From a key to the last byte that changed the screen, with thousands of records, beside a bare Textual app's one key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.bench.figures import Figure, Target, series
from tests.bench.plan import MANY, Plan, environment
from tests.bench.start import BARE, PEER
from tests.bench.terminal import KEYS, Answer, Terminal

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
        with Terminal((*command, "--wire", "plain"), environ) as plain:
            opened(plain, b"active")
            plain.press(b"2")
            for name, keys in ACTIONS.items():
                yield from _of_the_layer(name, *_pressed(many, plain, keys, keys, plan.runs(RUNS)))


def _of_the_layer(name: str, with_it: list[Answer], without: list[Answer]) -> Iterator[Figure]:
    """What the layer that sends only what changed adds to a key, or saves."""
    peer = "the app without the layer"
    for what, unit, take in (("the key", "ms", _milliseconds), ("processor time", "ms", _cpu_milliseconds)):
        ours, theirs = series(take(with_it)), series(take(without))
        yield Figure(f"{what} of a {name}, with the layer", unit, ours, peer, theirs, NO_WORSE)


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
