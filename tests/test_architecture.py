"""docs/architecture.md is the plan of the house as it stands: every room it names is there, and every room has its place."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOUSE = ("store", "themes", "tui")
PLAN = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
NAMED = frozenset(re.findall(r"`((?:store|themes|tui)/[\w./]*)`", PLAN))


def rooms() -> set[str]:
    """The modules of each storey, and its folders of modules with a stroke behind."""
    modules = {f"{storey}/{path.name}" for storey in HOUSE for path in (ROOT / storey).glob("*.py")}
    folders = {f"{storey}/{path.parent.name}/" for storey in HOUSE for path in (ROOT / storey).glob("*/__init__.py")}
    return modules - {f"{storey}/__init__.py" for storey in HOUSE} | folders


def test_every_room_that_is_named_is_there() -> None:
    assert {name for name in NAMED if not (ROOT / name).exists()} == set()


def test_every_room_has_its_place_on_the_plan() -> None:
    assert rooms() - NAMED == set()
