"""Runs the benches and prints their table: ``python -m tests.bench [NAME…] [--quick] [--write]``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from tests.bench import agenda, capture, commit, idle, keys, lenses, link, opening, peers, start, switching, traffic, verbs
from tests.bench.figures import Figure, markdown, rows
from tests.bench.plan import ROOT, Plan

BENCHES: Mapping[str, Callable[[Plan], Iterator[Figure]]] = {
    "capture": capture.figures,
    "verbs": verbs.figures,
    "agenda": agenda.figures,
    "commit": commit.figures,
    "start": start.figures,
    "keys": keys.figures,
    "lenses": lenses.figures,
    "switching": switching.figures,
    "opening": opening.figures,
    "traffic": traffic.figures,
    "peers": peers.figures,
    "link": link.figures,
    "idle": idle.figures,
}
QUICK_SIZES = (1_000,)
PAGE = ROOT / "docs" / "figures.md"
ABOUT = """# Figures

What `make bench` measured in its last full run, on {day}, on {cores} shared cores. Each line stands beside a named peer that
ran in turn with it, so the ratios mean something on other machines too; the milliseconds do not. *ratio* is median by
median, *p95* the run that 95 % of the runs do not exceed, *wire* the layer that sends only what changed, *plain* the app
without it.

"""


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table, and with ``--write`` keep it; 0 whatever the figures say, 1 when a bench broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHES)}")
    parser.add_argument("--quick", action="store_true", help="a small slice of each")
    parser.add_argument("--write", action="store_true", help="keep the table of a full run in docs/figures.md")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - set(BENCHES):
        parser.error(f"there is no bench {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    if chosen.write and (chosen.quick or chosen.names):
        parser.error("--write keeps a full run only")
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(Path(folder), quick=True, sizes=QUICK_SIZES) if chosen.quick else Plan(Path(folder))
        found, is_broken = measured(chosen.names or BENCHES, plan)
    table = markdown(found)
    sys.stdout.write(table)
    if chosen.write and not is_broken:
        PAGE.write_text(ABOUT.format(day=date.today(), cores=os.cpu_count()) + table, encoding="utf-8")
    return 1 if is_broken else 0


def measured(names: Iterable[str], plan: Plan) -> tuple[list[Figure], bool]:
    """The figures of some benches, told as they come, and whether one of them broke."""
    found: list[Figure] = []
    is_broken = False
    for name in names:
        try:
            for figure in BENCHES[name](plan):
                found.append(figure)
                sys.stderr.write(" ".join(cell for cell in rows([figure])[0] if cell) + "\n")
        except Exception:
            is_broken = True
            traceback.print_exc()
    return found, is_broken


if __name__ == "__main__":
    sys.exit(main())
