"""A slice of the walked year: days on which clocks change and a year ends; ``make year`` walks all of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from store.days import day_in
from store.disk.tiny import TinyBackend
from store.model import Decision
from store.workspace import Workspace
from tests.year.calendar import day_in_berlin, in_berlin
from tests.year.walk import GOALS, walk
from tui.cli import main


@pytest.mark.parametrize(
    ("first", "last", "seed", "goals"),
    [
        pytest.param(
            date(2025, 10, 20), date(2025, 11, 3), 3, GOALS,
            marks=pytest.mark.skipif(not GOALS.exists(), reason="the goals are not beside the checkout"),
            id="goals of the Rust project, clocks put back",
        ),
        pytest.param(date(2025, 12, 26), date(2026, 1, 13), 4, None, id="our own bets, a year's end"),
    ],
)  # fmt: skip
def test_what_the_tool_says_is_what_a_ledger_says(
    tmp_path: Path, first: date, last: date, seed: int, goals: Path | None
) -> None:
    outcome = walk(tmp_path, first, last, seed=seed, goals=goals)
    assert outcome.differed == []
    assert outcome.compared > 200 and outcome.steps > 30
    assert outcome.restored, "undoing every step one by one leaves what there was at first"
    assert outcome.keys_for_twelve <= 40


def test_it_is_the_same_day_by_hand_and_by_the_tool_all_year() -> None:
    moment = datetime(2025, 6, 30, 21, 59, 59, tzinfo=UTC)
    while moment.year < 2027:
        assert day_in("Europe/Berlin", moment) == day_in_berlin(moment)
        moment += timedelta(minutes=30)
    assert in_berlin(date(2026, 3, 29), 9) == datetime(2026, 3, 29, 7, tzinfo=UTC)
    assert in_berlin(date(2025, 10, 26), 9) == datetime(2025, 10, 26, 8, tzinfo=UTC)


def test_a_decision_is_durable_without_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "workspace.json"
    monkeypatch.setattr("builtins.input", lambda prompt="": pytest.fail(f"asked {prompt}"))
    line = ["decide", "--file", str(path), "--as", "anna", "Keep", "SSO", "out", "conf:70", "revisit:+6w", "state:decided"]
    assert main(line) == 0
    (made,) = Workspace(TinyBackend(str(path), read_only=True)).records.all(Decision)
    assert (made.title, made.state, made.confidence) == ("Keep SSO out", "decided", 70)
