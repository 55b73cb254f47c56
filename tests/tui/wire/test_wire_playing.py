"""A few rounds of the campaign that plays on the whole app, in a process of its own: it sets what tells of a terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("seed", [3, 400])
def test_the_app_played_at_random_looks_as_it_should(seed: int) -> None:
    line = [sys.executable, "-m", "tests.campaign_wire", "--rounds", "1", "--deeds", "15", "--seed", str(seed)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
