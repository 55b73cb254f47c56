"""When check-ins fall due: anchored days, rolling forward, levels a workspace defines itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from dateutil import tz
from hypothesis import given
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.cadence import began, days_early, last_intent, occurrences, pending, rhythm, rhythms, since, trouble
from store.changes import deleted
from store.days import day_in
from store.errors import UsageError
from store.model import Bet, Checkin, Decision, Record
from store.records import Records
from store.settings import DEFAULT, CheckinLevel, Settings
from store.step import create, edit, provisional
from store.workspace import Workspace
from tests.conftest import Clock

WEEKLY = DEFAULT.levels[0]
MONDAY = date(2026, 11, 23)


def held(workspace: Workspace, day: date, **fields: object) -> None:
    checkin = Checkin(level="weekly", state="done", due=day, **fields)  # type: ignore[arg-type]
    workspace.commit(create([checkin], "held"))


def test_a_level_that_was_never_held_is_due_on_its_next_day(workspace: Workspace) -> None:
    found = rhythm(WEEKLY, workspace.records, date(2026, 11, 22))
    assert (found.due, found.following, found.missed) == (MONDAY, date(2026, 11, 30), 0)
    assert not found.is_due(date(2026, 11, 22)) and rhythm(WEEKLY, workspace.records, MONDAY).is_due(MONDAY)


def test_a_level_that_was_never_held_stays_due_until_it_is_held_or_skipped(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="the first")], "began on Sunday 22 November"))
    found = [rhythm(WEEKLY, workspace.records, MONDAY + timedelta(days=ahead)) for ahead in (0, 1, 6, 7, 20)]
    assert [(one.due, one.missed) for one in found] == [
        (MONDAY, 0), (MONDAY, 0), (MONDAY, 0), (date(2026, 11, 30), 1), (date(2026, 12, 7), 2),
    ]  # fmt: skip
    skipped = Checkin(level="weekly", state="skipped", why_skipped="all away", due=date(2026, 11, 30))
    workspace.commit(create([skipped], "skipped"))
    assert rhythm(WEEKLY, workspace.records, date(2026, 12, 2)).due == date(2026, 12, 7)


def test_a_workspace_began_when_it_did_though_its_first_record_is_deleted(workspace: Workspace, clock: Clock) -> None:
    workspace.commit(create([Bet(title="the first")], "began on Sunday 22 November"))
    day = began(workspace.records)
    clock.now += timedelta(days=20)
    workspace.commit(create([Bet(title="another"), Decision(title="one more")], "went on"))
    late = rhythm(WEEKLY, workspace.records, MONDAY + timedelta(days=20))
    assert (day, late.missed) == (date(2026, 11, 22), 2)
    first, another = workspace.records.all(Bet)
    workspace.commit(deleted((another,)))
    assert workspace.records.settings == DEFAULT
    for record in (first, *workspace.records.all(Decision)):
        workspace.commit(deleted((record,)))
        assert (began(workspace.records), rhythm(WEEKLY, workspace.records, MONDAY + timedelta(days=20))) == (day, late)
    assert workspace.records.settings.began == day
    workspace.undo()
    workspace.undo()
    assert (began(workspace.records), workspace.records.settings) == (day, DEFAULT)


@pytest.mark.parametrize(("level", "within"), [("weekly", 3), ("six-weeks", 7), ("half-year", 7), ("yearly", 7)])
def test_a_week_before_it_is_due_or_half_of_a_short_rhythm_is_not_early(
    workspace: Workspace, level: str, within: int
) -> None:
    checkin = Checkin(id="C+1", level=level, due=MONDAY)
    ahead = {days: days_early(checkin, workspace.records, MONDAY - timedelta(days=days)) for days in range(-9, 60)}
    assert ahead == {days: days if days > within else 0 for days in range(-9, 60)}
    begun, of_none = checkin.evolve(state="open"), checkin.evolve(level="gone")
    about = checkin.evolve(level="learning-review", about="B1")
    assert {days_early(one, workspace.records, date(2026, 1, 1)) for one in (begun, of_none, about)} == {0}


def test_what_fell_before_the_workspace_began_is_nobodys(workspace: Workspace) -> None:
    workspace.commit(create([Bet(title="the first")], "began on Sunday 22 November"))
    found = rhythms(workspace.records, date(2026, 11, 25))
    days = [MONDAY, date(2026, 12, 28), date(2027, 1, 8), date(2027, 1, 15)]
    assert [(one.due, one.missed) for one in found] == [(day, 0) for day in days]


def test_a_level_that_is_added_is_asked_for_from_then_on(workspace: Workspace, clock: Clock) -> None:
    workspace.commit(create([Bet(title="the first")], "began on Sunday 22 November"))
    clock.now += timedelta(days=40)
    added = CheckinLevel(id="retro", title="Retro", rule="FREQ=WEEKLY", anchor=date(2024, 1, 3))
    workspace.set_settings(Settings(levels=(WEEKLY, added)), "added a level on Friday 1 January")
    weekly, retro = rhythms(workspace.records, date(2027, 1, 5))
    assert (weekly.due, weekly.missed, weekly.level.since) == (date(2027, 1, 4), 6, None)
    assert (retro.due, retro.missed, retro.level.since) == (date(2027, 1, 6), 0, date(2027, 1, 1))
    clock.now += timedelta(days=9)
    renamed = workspace.records.settings.levels[1].model_copy(update={"title": "Look back"})
    workspace.set_settings(Settings(levels=(WEEKLY, renamed)), "renamed it")
    retro = rhythms(workspace.records, date(2027, 1, 14))[1]
    assert (retro.due, retro.missed, retro.level.since) == (date(2027, 1, 13), 1, date(2027, 1, 1))


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


def test_one_level_without_days_does_not_stand_in_the_way_of_the_others(workspace: Workspace) -> None:
    ended = CheckinLevel(id="ended", title="Ended", rule="FREQ=WEEKLY;COUNT=2", anchor=date(2020, 1, 6))
    odd = CheckinLevel(id="odd", title="Odd", rule="FREQ=HOURLY", anchor=MONDAY)
    workspace.set_settings(Settings(levels=(odd, ended, WEEKLY)), "set")
    assert [found.level.id for found in rhythms(workspace.records, MONDAY)] == ["weekly"]
    (waiting,) = pending(workspace.records, MONDAY)
    assert (waiting.id, waiting.due) == ("C+3", MONDAY)
    assert "has ended" in trouble(ended, MONDAY) and "more than once a day" in trouble(odd, MONDAY)
    assert trouble(WEEKLY, MONDAY) == ""


def test_what_is_under_way_of_a_level_that_was_taken_out_can_still_be_held(workspace: Workspace) -> None:
    open_one = Checkin(id=provisional(Checkin, 1), level="gone", due=MONDAY, state="open")
    held_one = Checkin(id=provisional(Checkin, 2), level="gone", due=MONDAY - timedelta(days=7), state="done")
    workspace.commit(create([open_one, held_one], "began"))
    workspace.set_settings(Settings(levels=(WEEKLY,)), "set")
    assert [(one.level, one.state) for one in pending(workspace.records, MONDAY)] == [("weekly", "due"), ("gone", "open")]


# ------------------------------------------------------------------------------------- against independent computations


EPOCH = date(2020, 1, 1)
days = st.integers(0, 4_000).map(lambda count: EPOCH + timedelta(days=count))


@given(anchor=days, weeks=st.integers(1, 60), today=days, held_back=st.lists(st.integers(0, 900), max_size=4))
def test_a_rhythm_of_weeks_is_arithmetic_on_days(anchor: date, weeks: int, today: date, held_back: list[int]) -> None:
    """Every day it falls on is anchor + n·period; the due one is the newest not covered, the others only counted."""
    period = 7 * weeks
    level = CheckinLevel(id="some", title="Some", rule=f"FREQ=WEEKLY;INTERVAL={weeks}", anchor=anchor)
    covered_days = [anchor + timedelta(days=period * at) for at in held_back]
    found = rhythm(level, records_with(level, covered_days), today)
    covered = max(covered_days, default=None)
    first = (covered + timedelta(days=1) if covered else today).toordinal()
    late = [
        day
        for day in range(max(first, anchor.toordinal()), today.toordinal() + 1)
        if not (day - anchor.toordinal()) % period
    ]
    after = max(today, covered) if covered else today
    steps = max((after - anchor).days // period + 1, 0)
    following = anchor + timedelta(days=period * steps)
    assert found.due == (date.fromordinal(late[-1]) if late else following)
    assert found.missed == max(len(late) - 1, 0)
    assert found.following > found.due and (found.following - anchor).days % period == 0


@given(anchor=days, months=st.sampled_from([1, 2, 3, 6, 12]), today=days)
def test_a_rhythm_of_months_falls_on_its_day_or_the_last_of_a_shorter_month(anchor: date, months: int, today: date) -> None:
    rule = f"FREQ=MONTHLY;INTERVAL={months}" if months < 12 else "FREQ=YEARLY"
    level = CheckinLevel(id="some", title="Some", rule=rule, anchor=anchor)
    found = rhythm(level, records_with(level, []), today).due
    expected = next(day for day in in_months(anchor, months) if day >= today)
    assert found == expected


def in_months(anchor: date, months: int) -> list[date]:
    """The same day of a month every so many months, found by walking to the last day a month has."""
    result = []
    for count in range(0, 12 * 30, months):
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + count, 12)
        after = date(year + month // 11, (month + 1) % 12 + 1, 1)
        result.append(date(year, month + 1, min(anchor.day, (after - timedelta(days=1)).day)))
    return result


def records_with(level: CheckinLevel, held_on: list[date]) -> Records:
    rows = {
        str(number): {
            "level": level.id,
            "state": "done" if number % 2 else "skipped",
            "why_skipped": "-",
            "due": day.isoformat(),
        }
        for number, day in enumerate(held_on, 1)
    }
    return Records({"checkins": rows}, len(rows))


@given(anchor=days, gaps=st.lists(st.integers(1, 90), min_size=1, max_size=12))
def test_whoever_holds_what_is_due_never_holds_one_twice_and_never_finds_a_pile(anchor: date, gaps: list[int]) -> None:
    workspace = Workspace(MemoryBackend())
    level = CheckinLevel(id="weekly", title="Weekly", rule="FREQ=WEEKLY", anchor=anchor)
    workspace.set_settings(Settings(levels=(level,)), "set")
    today, seen = anchor, [anchor - timedelta(days=1)]
    for gap in gaps:
        (waiting,) = pending(workspace.records, today)
        assert waiting.due is not None and waiting.due > seen[-1] and (waiting.due - anchor).days % 7 == 0
        assert -7 < (waiting.due - today).days <= 7
        if waiting.due <= today:
            workspace.commit(create([waiting.evolve(id="C+1", state="done", held_on=today)], "held"))
            seen.append(waiting.due)
        today += timedelta(days=gap)


ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "UTC",
)


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2011, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),
)
def test_which_day_it_is_agrees_with_another_reading_of_the_zones(zone: str, moment: datetime) -> None:
    """dateutil reads the same rules with other code; Apia had no 30 December 2011, Lord Howe moves by half an hour."""
    other = tz.gettz(zone)
    assert other is not None and day_in(zone, moment) == moment.astimezone(other).date()


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-28T22:59:59+00:00", "2026-03-28"),
        ("2026-03-28T23:00:00+00:00", "2026-03-29"),
        ("2026-03-29T21:59:59+00:00", "2026-03-29"),
        ("2026-03-29T22:00:00+00:00", "2026-03-30"),
        ("2026-10-25T22:59:59+00:00", "2026-10-25"),
        ("2026-10-25T23:00:00+00:00", "2026-10-26"),
    ],
)
def test_the_day_the_clocks_change_is_as_long_as_it_is(moment: str, day: str) -> None:
    assert day_in("Europe/Berlin", datetime.fromisoformat(moment)).isoformat() == day


def test_a_zone_nobody_knows_is_where_the_program_runs() -> None:
    now = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert day_in("Mars/Olympus", now) == day_in("", now) == day_in("../etc/passwd", now) == now.astimezone().date()


# ------------------------------------------------------------------------------------------------ called for by a record


def called(workspace: Workspace, today: date) -> list[tuple[str, str | None, date | None]]:
    return [(one.level, one.about, one.due) for one in pending(workspace.records, today) if one.about]


def begun(record: Record) -> Workspace:
    workspace = Workspace(MemoryBackend())
    workspace.commit(create([record], "began"))
    return workspace


def test_a_learning_review_is_due_a_month_after_a_bet_settled_until_it_lapses_or_taught_something() -> None:
    settled = date(2026, 10, 1)
    workspace = begun(Bet(title="One", state="settled", result="won", settled_on=settled))
    due = date(2026, 10, 31)
    expected = [("learning-review", "B1", due)]
    assert called(workspace, due - timedelta(days=1)) == []
    assert called(workspace, due) == expected == called(workspace, due + timedelta(days=89))
    assert called(workspace, due + timedelta(days=90)) == []
    workspace.commit(edit(workspace.records.find("B1"), "learned", lesson="ask first"))
    assert called(workspace, due) == []


def test_a_premortem_is_due_before_something_large_and_a_one_way_door_not_before_small_things() -> None:
    large = begun(Bet(title="Large", state="shaping", horizon="quarters"))
    assert called(large, MONDAY) == [("premortem", "B1", MONDAY)]
    assert called(begun(Bet(title="Small", state="shaping", horizon="weeks")), MONDAY) == []
    assert called(begun(Bet(title="Placed", state="placed", horizon="quarters")), MONDAY) == []
    door = begun(Decision(title="Burn the boats", door="one-way"))
    assert called(door, MONDAY) == [("premortem-one-way", "D1", MONDAY)]
    assert called(begun(Decision(title="Two-way")), MONDAY) == []


@pytest.mark.parametrize("state", ["done", "skipped"])
def test_one_that_was_answered_is_not_called_for_again(state: str) -> None:
    workspace = begun(Decision(title="Burn the boats", door="one-way"))
    (waiting,) = [one for one in pending(workspace.records, MONDAY) if one.about]
    assert waiting.id.startswith("C+1")
    assert waiting == Checkin(id=waiting.id, level="premortem-one-way", due=MONDAY, about="D1")
    answered = waiting.evolve(id="C+1", state="open")
    workspace.commit(create([answered], "began"))
    (under_way,) = [one for one in pending(workspace.records, MONDAY + timedelta(days=3)) if one.about]
    assert (under_way.state, under_way.due) == ("open", MONDAY)
    workspace.commit(edit(under_way, "ended", state=state, why_skipped="-"))
    assert called(workspace, MONDAY) == []


def test_a_check_in_looks_back_to_the_one_before_it(workspace: Workspace) -> None:
    waiting = pending(workspace.records, MONDAY)[0]
    assert since(waiting, workspace.records, MONDAY) == date(2026, 11, 16)
    held(workspace, date(2026, 11, 9), held_on=date(2026, 11, 11))
    assert since(waiting, workspace.records, MONDAY) == date(2026, 11, 11)
