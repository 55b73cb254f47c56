"""What the shell's verbs take, the whole process, beside an interpreter that does nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.bench.capture import PEER, exits
from tests.bench.figures import Figure, Target
from tests.bench.plan import MANY, Plan, environment, in_turn, real_workspace

RUNS = 40
LINES = (("--version",), ("--help",), ("where",), ("ls",), ("ls", "bets", "state:option"), ("show", "B12"), ("today",))
MANY_RECORDS = (("ls", "--limit", "20"), ("ls", "bets", "state:option", "--limit", "20"), ("show", "M9"), ("today",))
"""What is asked of generated workspaces, too."""
LISTS = (("ls",), ("ls", "--limit", "20"))
WITHIN = Target("ratio", 6)
"""A list of a few dozen records: typed all day, it is to feel like a command of the system."""


def figures(plan: Plan) -> Iterator[Figure]:
    """Every line on the real goals where they are at hand, else on the smallest size; some on the larger ones, too."""
    environ = environment(plan.folder)
    path = real_workspace(plan.folder) or plan.workspace(plan.sizes[0], "verbs")
    asked: list[tuple[str, tuple[str, ...], Path]] = [(f"many {' '.join(words)}", words, path) for words in LINES]
    asked += [
        (f"many {' '.join(words)}, {n} records", words, plan.workspace(n, "verbs"))
        for words in MANY_RECORDS
        for n in sorted({plan.sizes[0], plan.middle})
    ]
    trials = {name: exits((*MANY, *words, "--file", str(file)), environ) for name, words, file in asked}
    found = in_turn({PEER: exits((sys.executable, "-c", "pass"), environ), **trials}, plan.runs(RUNS))
    for name, words, _ in asked:
        yield Figure(name, "ms", found[name], PEER, found[PEER], WITHIN if words in LISTS else None)
