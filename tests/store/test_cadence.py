"""When check-ins fall due: anchored days, rolling forward, levels a workspace defines itself."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from store.cadence import last_intent, occurrences, rhythm, rhythms
from store.errors import UsageError
from store.model import Checkin
from store.settings import DEFAULT, CheckinLevel
from store.step import create, edit
from store.workspace import Workspace

WEEKLY = DEFAULT.levels[0]
MONDAY = date(2026, 11, 23)


def held(workspace: Workspace, day: date, **fields: object) -> None:
    checkin = Checkin(level="weekly", state="done", due=day, **fields)  # type: ignore[arg-type]
    workspace.commit(create([checkin], "held"))


def test_a_level_that_was_never_held_is_due_on_its_next_day(workspace: Workspace) -> None:
    found = rhythm(WEEKLY, workspace.records, date(2026, 11, 22))
    assert (found.due, found.following, found.missed) == (MONDAY, date(2026, 11, 30), 0)
    assert not found.is_due(date(2026, 11, 22)) and rhythm(WEEKLY, workspace.records, MONDAY).is_due(MONDAY)


def test_a_late_one_rolls_forward_and_says_what_it_rolled_over(workspace: Workspace) -> None:
    held(workspace, date(2026, 11, 2))
    found = rhythm(WEEKLY, workspace.records, date(2026, 11, 25))
    assert (found.due, found.missed) == (MONDAY, 2)


def test_the_one_just_held_makes_the_next_one_due(workspace: Workspace) -> None:
    held(workspace, MONDAY, intent="Ship the importer")
    found = rhythm(WEEKLY, workspace.records, MONDAY)
    assert found.due == date(2026, 11, 30)
    intent = last_intent("weekly", workspace.records)
    assert intent is not None and intent.intent == "Ship the importer"


def test_one_under_way_stays_the_one_to_hold(workspace: Workspace) -> None:
    held(workspace, date(2026, 11, 2))
    workspace.commit(create([Checkin(level="weekly", state="open", due=date(2026, 11, 9))], "began"))
    found = rhythm(WEEKLY, workspace.records, MONDAY)
    assert found.under_way is not None and found.due == date(2026, 11, 9)
    workspace.commit(edit(found.under_way, "held", state="done"))
    assert rhythm(WEEKLY, workspace.records, MONDAY).due == MONDAY


def test_six_weeks_fall_on_every_sixth_monday_whatever_the_clocks_do() -> None:
    days = list(occurrences(DEFAULT.levels[1], date(2026, 1, 1), date(2026, 12, 31)))
    assert [(later - earlier).days for earlier, later in pairwise(days)] == [42] * (len(days) - 1)
    assert all(day.weekday() == 0 for day in days)


def test_every_default_level_has_a_rhythm_and_questions(workspace: Workspace) -> None:
    assert [found.level.id for found in rhythms(workspace.records, MONDAY)] == ["weekly", "six-weeks", "half-year", "yearly"]
    assert all(level.questions for level in DEFAULT.levels)


@pytest.mark.parametrize("rule", ["FREQ=SOMETIMES", "", "weekly"])
def test_a_rule_that_is_none_is_named(workspace: Workspace, rule: str) -> None:
    level = CheckinLevel(id="odd", title="Odd", rule=rule, anchor=MONDAY)
    with pytest.raises(UsageError, match="is not a rule"):
        rhythm(level, workspace.records, MONDAY)


def test_a_rule_that_has_ended_says_so(workspace: Workspace) -> None:
    level = CheckinLevel(id="odd", title="Odd", rule="FREQ=WEEKLY;COUNT=2", anchor=date(2020, 1, 6))
    with pytest.raises(UsageError, match="has ended"):
        rhythm(level, workspace.records, MONDAY)
