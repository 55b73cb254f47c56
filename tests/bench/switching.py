"""Turning from lens to lens: processor time, and the bytes sent beside the text they bring."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.cells import Cells
from tests.bench.figures import Figure, Target, series
from tests.bench.keys import opened
from tests.bench.plan import MANY, Plan, environment
from tests.bench.terminal import Answer, Terminal
from tui.perspective import Perspective, perspectives

RUNS = 8
PEER = "the text of the lines that changed"
ELSEWHERE = "l", "t"
"""Keys of two lenses of the board: before a lens is opened, another one is."""
WITHIN, TWICE_OVER = Target("median", 50), Target("ratio", 2)


def figures(plan: Plan) -> Iterator[Figure]:
    """Every lens of the board at the middle size, opened again and again from another."""
    path = plan.workspace(plan.middle, "switching")
    with Terminal((*MANY, "--file", str(path)), environment(plan.folder)) as terminal:
        opened(terminal, b"active")
        terminal.press(b"5")
        for lens in (lens for lens in perspectives().values() if lens.board and lens.key):
            yield from _opened(terminal, lens, plan)


def _opened(terminal: Terminal, lens: Perspective, plan: Plan) -> Iterator[Figure]:
    answers: list[Answer] = []
    texts: list[int] = []
    for run in range(plan.runs(RUNS) + 1):
        terminal.press(b"g" + next(key for key in ELSEWHERE if key != lens.key).encode())
        before = terminal.picture.cells
        answer = terminal.press(b"g" + lens.key.encode())
        if run:  # the first time every record is sorted, which is not turning from lens to lens
            answers.append(answer)
            texts.append(text_bytes(before, terminal.picture.cells))
    cpu = series(1000 * answer.cpu_seconds for answer in answers)
    yield Figure(f"turning to {lens.id}, {plan.middle} records", "ms of CPU", cpu, target=WITHIN)
    sent = series(answer.sent for answer in answers)
    yield Figure(f"opening {lens.id}, 80×24", "bytes", sent, PEER, series(texts), TWICE_OVER)


def text_bytes(before: Cells, after: Cells) -> int:
    """Bytes of the text on the lines that are not as they were."""
    changed = (row for old, row in zip(before, after, strict=True) if old != row)
    return sum(len("".join(cell.data for cell in row).rstrip().encode()) for row in changed)
