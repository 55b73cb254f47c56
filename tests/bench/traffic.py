"""Bytes an action sends, beside the least a plain differ of cells would send for the same change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench.figures import Figure, Target, series
from tests.bench.keys import opened
from tests.bench.plan import MANY, ROOT, Plan, environment
from tests.bench.terminal import KEYS, SIZES, Answer, Terminal

RUNS = 12
PEER = "ideal bytes of the changed cells"
PLAIN = {"MANYVIEW_WIRE": "plain"}
WITHIN, AT_MOST = Target("ratio", 1.05), Target("p95", 1.2)
ACTIONS: Mapping[str, tuple[tuple[bytes, bool], ...]] = {
    "cursor move": ((KEYS["down"], True),),
    "page": ((KEYS["page down"], True), (KEYS["page up"], True)),
    "pane switch": ((b"4", True), (b"2", True)),
    "prompt": ((b"/", True), (KEYS["escape"], False)),
    "typed character": ((b"/", False), (b"s", True), (b"t", True), (b"a", True), (KEYS["escape"], False)),
}
"""What is done → its keys in turn, each with whether it is the one that counts."""


def figures(plan: Plan) -> Iterator[Figure]:
    """Every action at both sizes, as the app sends it, and without the layer that sends only what changed."""
    has_wire = "wire" in (ROOT / "tui" / "app.py").read_text(encoding="utf-8")
    path = plan.workspace(plan.sizes[0], "traffic")
    for size in SIZES[:1] if plan.quick else SIZES:
        shape = f"{size[0]}×{size[1]}"
        if has_wire:
            yield from _sent(plan, path, size, {}, f"{shape}, wire", is_held=True)
        else:
            yield Figure(f"bytes, {shape}, wire", "bytes", None, "the app does not use tui.wire")
        yield from _sent(plan, path, size, PLAIN, f"{shape}, plain", is_held=False)


def _sent(
    plan: Plan, path: Path, size: tuple[int, int], more: Mapping[str, str], name: str, *, is_held: bool
) -> Iterator[Figure]:
    """The bytes of every action, and key by key how often the ideal; held to the targets or only told."""
    with Terminal((*MANY, "--file", str(path)), environment(plan.folder, **more), size) as terminal:
        opened(terminal, b"active")
        terminal.press(b"2")
        for action, keys in ACTIONS.items():
            answers = _answers(terminal, keys, plan.runs(RUNS))
            sent, ideal = series(answer.sent for answer in answers), series(answer.ideal for answer in answers)
            yield Figure(f"{action}, {name}", "bytes", sent, PEER, ideal, WITHIN if is_held else None)
            ratios = series(answer.sent / answer.ideal for answer in answers)
            yield Figure(f"{action}, {name}, key by key", "× ideal", ratios, target=AT_MOST if is_held else None)


def _answers(terminal: Terminal, keys: tuple[tuple[bytes, bool], ...], runs: int) -> list[Answer]:
    """What the keys that count brought, those that changed nothing left out; the first round is only to arrive there."""
    found: list[Answer] = []
    for run in range(runs + 1):
        answers = [(terminal.press(key), counts) for key, counts in keys]
        found += [answer for answer, counts in answers if run and counts and answer.cells]
    return found
