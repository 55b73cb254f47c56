"""docs/terminals.md names for every rule a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "terminals.md"


def test_every_test_that_the_page_names_is_there() -> None:
    there = {
        name for file in HERE.rglob("test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text(encoding="utf-8"))
    }
    rules = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| (?!Rule|---)", line)]
    named = [re.findall(r"`(test_\w+)`", rule) for rule in rules]
    assert len(rules) > 20 and all(named)
    assert {name for names in named for name in names} - there == set()
