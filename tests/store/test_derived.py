"""What follows from the records and is never stored."""

from __future__ import annotations

from datetime import date

import pytest

from store.derived import (
    age_days,
    due_on,
    is_overdue,
    is_premature,
    is_stale,
    readings,
    skipped_rungs,
    spread,
    squeeze,
)
from store.model import Belief, Bet, Decision, Mission, Record, Signal, Update
from store.parts import Link
from store.step import create
from store.workspace import Workspace

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("record", "due"),
    [
        (Bet(title="x", settle_by=TODAY), TODAY),
        (Bet(title="x", state="settled", settle_by=TODAY), None),
        (Bet(title="x", settle_by=TODAY, archived=True), None),
        (Decision(title="x", state="decided", review_on=TODAY), TODAY),
        (Decision(title="x", state="reviewed", review_on=TODAY), None),
        (Belief(text="x", state="supported", revisit_on=TODAY), TODAY),
        (Belief(text="x", state="retired", revisit_on=TODAY), None),
        (Signal(statement="x", by=TODAY), TODAY),
        (Update(text="x"), None),
    ],
)
def test_what_asks_for_somebody_and_when(record: Record, due: date | None) -> None:
    assert due_on(record) == due


def test_overdue_is_after_the_day_not_on_it() -> None:
    bet = Bet(title="x", settle_by=TODAY)
    assert not is_overdue(bet, TODAY) and is_overdue(bet, date(2026, 11, 23))


def test_age_counts_from_placing_else_from_capture() -> None:
    assert age_days(Bet(title="x", created="2026-11-01T00:00:00.000Z"), TODAY) == 21
    assert age_days(Bet(title="x", created="2026-11-01T00:00:00.000Z", placed_on=date(2026, 11, 20)), TODAY) == 2
    assert age_days(Bet(title="x"), TODAY) is None
    assert age_days(Bet(title="x", created="2026-11-23T01:00:00.000Z"), TODAY) == 0


@pytest.mark.parametrize(
    ("horizon", "quiet_days", "stale"),
    [("weeks", 5, False), ("weeks", 6, True), ("months", 23, False), ("months", 24, True)],
)
def test_stale_is_a_quarter_of_the_horizon_without_a_word(horizon: str, quiet_days: int, stale: bool) -> None:
    workspace = Workspace()
    bet = Bet(
        id="B1", title="x", horizon=horizon, created=f"{date.fromordinal(TODAY.toordinal() - quiet_days)}T09:00:00.000Z"
    )  # type: ignore[arg-type]
    assert is_stale(bet, workspace.records, TODAY) is stale


def test_a_word_about_a_bet_keeps_it_fresh(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="x", horizon="hours")], "added"))
    bet = workspace.records.find("1")
    assert is_stale(bet, workspace.records, date(2026, 11, 24))
    workspace.commit(create([Update(text="still at it", about="B1")], "wrote"))
    assert not is_stale(bet, workspace.records, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("counts", "reasons"),
    [
        ((0, 0, 0), ()),
        ((2, 2, 2), ()),
        ((3, 0, 2), ("3 drivers",)),
        ((1, 3, 1), ("3 constraints", "only one thing floats")),
        ((1, 0, 0), ("nothing floats",)),
    ],
)
def test_squeezed(counts: tuple[int, int, int], reasons: tuple[str, ...]) -> None:
    drivers, constraints, floats = (tuple(map(str, range(count))) for count in counts)
    assert squeeze(Bet(title="x", drivers=drivers, constraints=constraints, floats=floats)) == reasons


@pytest.mark.parametrize(
    ("mandate", "confidence", "options", "early"),
    [("A", 40, 3, True), ("B", None, 1, True), ("A", 60, 2, False), ("C", 10, 0, False)],
)
def test_premature_convergence(mandate: str, confidence: int | None, options: int, early: bool) -> None:
    bet = Bet(title="x", mandate=mandate, opportunity_confidence=confidence, options=tuple(map(str, range(options))))  # type: ignore[arg-type]
    assert is_premature(bet) is early


def test_a_reading_is_each_persons_newest_and_never_averaged(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="x")], "added"))
    for person, confidence, health in (
        ("anna", 80, "on track"),
        ("ben", 30, None),
        ("anna", 60, None),
        ("ben", None, "off track"),
    ):
        workspace.me = person
        workspace.commit(create([Update(text="…", about="B1", confidence=confidence, health=health)], "wrote"))  # type: ignore[arg-type]
    given = readings("B1", workspace.records)
    assert [(one.person, one.confidence, one.health) for one in given] == [
        ("anna", 60, "on track"),
        ("ben", 30, "off track"),
    ]
    assert spread(given) == 100
    assert spread(given[:1]) == 0


def test_skipped_rungs_are_what_lies_between() -> None:
    bet, mission = Bet(title="x", horizon="days"), Mission(title="y", horizon="quarters")
    assert skipped_rungs(bet, mission) == ("months", "weeks")
    assert skipped_rungs(Bet(title="x"), mission) == ()
    assert Bet(title="x", links=(Link(kind="nests_in", to="M2"), Link(kind="nests_in", to="M1", primary=True))).linked(
        "nests_in"
    ) == ("M1", "M2")
