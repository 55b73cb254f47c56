"""Walk a simulated year and hold what the tool says against a reckoning by hand: ``python -m tests.year --seed 1``."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.year.walk import table, walk


def _quick_folder() -> str | None:
    """A folder in memory where there is one: every answer of every review is made durable."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _tell(line: str) -> None:
    print(f"differs: {line[:600]}", file=sys.stderr)


def _progress(line: str) -> None:
    print(f"… {line}", file=sys.stderr)


def main() -> int:
    """1 where anything differs, or where undoing everything does not restore what there was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2025, 7, 1))
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default=date(2026, 6, 30))
    parser.add_argument("--keep", action="store_true", help="undo nothing at the end")
    given = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(dir=_quick_folder()) as folder:
        outcome = walk(
            Path(folder), given.first, given.last, seed=given.seed, undo=not given.keep, tell=_tell, progress=_progress
        )
    for line in table(outcome):
        print(line)
    print(f"everything undone restores the first state: {outcome.restored}; {time.monotonic() - start:.0f} s")
    return 1 if outcome.differed or not (outcome.restored or given.keep) else 0


if __name__ == "__main__":
    sys.exit(main())
