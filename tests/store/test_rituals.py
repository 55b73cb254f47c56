"""How we work: rhythms in words, what each ritual cost and brought, when it is looked at itself."""

from __future__ import annotations

from datetime import date

import pytest

from store.checkins.rituals import Limit, accounts, in_words, limits
from store.model import Bet, Checkin, Decision, Mission
from store.parts import Link, RecordVerdict
from store.records import Records
from store.settings import DEFAULT, CheckinLevel, Settings, Trigger
from store.step import create
from store.workspace import Workspace

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("rule", "anchor", "at", "said"),
    [
        ("FREQ=WEEKLY", date(2024, 1, 1), "", "every Monday"),
        ("FREQ=WEEKLY", date(2024, 1, 3), "09:30", "every Wednesday at 09:30"),
        ("FREQ=WEEKLY;INTERVAL=6", date(2024, 1, 1), "", "every 6 weeks on Monday"),
        ("FREQ=MONTHLY", date(2024, 1, 31), "", "every month on the 31st"),
        ("FREQ=MONTHLY;INTERVAL=6", date(2024, 1, 12), "", "every 6 months on the 12th"),
        ("FREQ=YEARLY", date(2024, 1, 5), "", "every year on 5 January"),
        ("FREQ=DAILY", date(2024, 1, 5), "", "every day"),
        ("FREQ=MONTHLY;BYDAY=1MO", date(2024, 1, 1), "", "FREQ=MONTHLY;BYDAY=1MO"),
        ("FREQ=WEEKLY;COUNT=1", date(2024, 1, 1), "", "has ended"),
    ],
)
def test_a_rhythm_in_words(rule: str, anchor: date, at: str, said: str) -> None:
    assert in_words(CheckinLevel(id="one", title="One", rule=rule, anchor=anchor, at=at), MONDAY) == said


def test_what_calls_for_a_check_in_in_words() -> None:
    trigger = Trigger(id="one", title="One", when="settled", days=14)
    assert in_words(trigger, MONDAY) == "14 days after a bet settled without a lesson"


def test_an_account_counts_what_was_held_skipped_missed_and_what_it_cost_and_brought(workspace: Workspace) -> None:
    verdicts = tuple(RecordVerdict(record=f"B{at}", verdict=verdict) for at, verdict in enumerate(("keep", "stop", "stop")))
    days = {2: "done", 9: "skipped", 23: "done"}
    for day, state in days.items():
        checkin = Checkin(
            level="weekly",
            state=state,  # type: ignore[arg-type]
            due=date(2026, 10, day + 3),
            people=("anna", "ben") if state == "done" else (),
            why_skipped="all away" if state == "skipped" else "",
            verdicts=verdicts if state == "done" else (),
            decisions=("D9",) if day == 2 else (),
        )
        workspace.commit(create([checkin], "held"))
    weekly = accounts(workspace.records, MONDAY)[0]
    # of 5, 12, 19 and 26 October and of November's Mondays before the one to hold now
    assert (weekly.held, weekly.skipped, weekly.missed, weekly.due) == (2, 1, 1 + 3, MONDAY)
    assert (weekly.hours, weekly.decisions, weekly.verdicts, weekly.whys) == (2.0, 1, {"stop": 4}, ("all away",))


def test_what_never_was_counts_nothing_and_every_ritual_is_told_of() -> None:
    found = accounts(Records({}, 0), MONDAY)
    assert [one.ritual for one in found] == [*DEFAULT.levels, *DEFAULT.triggers]
    assert {(one.held, one.skipped, one.missed, one.hours) for one in found} == {(0, 0, 0, 0)}
    assert not any(one.is_to_review(MONDAY) for one in found)


def test_a_ritual_is_reviewed_on_a_day_of_its_own(workspace: Workspace) -> None:
    level = DEFAULT.levels[0].model_copy(update={"review_on": MONDAY})
    workspace.set_settings(Settings(levels=(level,)), "set")
    account = accounts(workspace.records, MONDAY)[0]
    assert account.is_to_review(MONDAY) and not account.is_to_review(date(2026, 11, 22))


def test_a_trigger_is_due_when_the_first_record_calls(workspace: Workspace) -> None:
    workspace.commit(create([Decision(title="Door", door="one-way")], "began"))
    assert accounts(workspace.records, MONDAY)[-1].due == MONDAY


def test_limits_are_told_with_what_is_carried(workspace: Workspace) -> None:
    above = (Link(kind="nests_in", to="M1"),)
    bets = [Bet(title=str(at), state="placed", team="core", links=above) for at in range(2)]
    workspace.commit(create([Mission(title="Grow", wip_limit=1), Mission(title="Free"), *bets], "began"))
    workspace.set_settings(Settings(wip_limits={"core": 3, "data": 1}), "set")
    assert limits(workspace.records) == (Limit("M1 Grow", 2, 1), Limit("team core", 2, 3), Limit("team data", 0, 1))
