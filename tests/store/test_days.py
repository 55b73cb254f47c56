"""Which day it is where a workspace is: against clocks reckoned by hand, across every change of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.cadence import rhythm
from store.days import begins, day_in, day_of, ends, first_stamp
from store.derived import age_days, last_touched, readings, stands_since
from store.exchange.ics import calendar
from store.model import Belief, Bet, Update
from store.premises import alarms
from store.query import compile_query, left_out, parse
from store.records import Records
from store.settings import CheckinLevel, Settings, document_of
from store.step import create, edit
from store.workspace import Workspace, timestamp
from tests.conftest import Clock
from tests.store.clocks import CLOCKS, FIRST, LAST, by_hand

zones = st.sampled_from(sorted(CLOCKS))
MINUTES = int((LAST - FIRST) / timedelta(minutes=1)) - 3_000_000
moments = st.integers(0, MINUTES).map(lambda count: FIRST + timedelta(minutes=count))
CHANGES = {
    "Europe/Berlin": (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    "Pacific/Apia": (datetime(2011, 12, 30, 10, tzinfo=UTC), datetime(2012, 3, 31, 14, tzinfo=UTC)),
}
"""Zone → when its clocks are changed."""
near_changes = zones.flatmap(
    lambda zone: st.tuples(
        st.just(zone), st.sampled_from(CHANGES[zone]), st.integers(-4_000, 4_000).map(lambda count: timedelta(minutes=count))
    )
)


@given(zones, moments)
def test_which_day_it_is_agrees_with_clocks_reckoned_by_hand(zone: str, moment: datetime) -> None:
    assert day_in(zone, moment) == by_hand(zone, moment) == day_of(zone, timestamp(moment))


@given(near_changes)
def test_a_day_begins_with_its_first_moment_and_ends_with_its_last(near: tuple[str, datetime, timedelta]) -> None:
    zone, change, away = near
    day = by_hand(zone, change + away)
    assert by_hand(zone, begins(zone, day)) == day == by_hand(zone, ends(zone, day))
    before, after = begins(zone, day) - timedelta.resolution, ends(zone, day) + timedelta.resolution
    assert by_hand(zone, before) < day < by_hand(zone, after)


def test_a_day_that_a_zone_left_out_is_over_when_it_begins() -> None:
    assert begins("Pacific/Apia", date(2011, 12, 30)) == begins("Pacific/Apia", date(2011, 12, 31))
    assert ends("Pacific/Apia", date(2011, 12, 29)) == datetime(2011, 12, 30, 10, tzinfo=UTC) - timedelta.resolution


def test_a_midnight_that_is_skipped_or_told_twice_is_the_first_moment_of_its_day() -> None:
    assert begins("America/Sao_Paulo", date(2018, 11, 4)) == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert begins("America/Havana", date(2026, 11, 1)) == datetime(2026, 11, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("", None),
        ("soon", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-22T23:30:00", date(2026, 11, 22)),
    ],
)
def test_a_stamp_of_another_program_is_read_as_far_as_it_goes(stamp: str, day: date | None) -> None:
    assert day_of("Europe/Berlin", stamp) == day


# ------------------------------------------------------------------------------------------- what is counted in these days


class Elsewhere:
    """A workspace in a zone, whose clock is put to a moment."""

    def __init__(self, zone: str, moment: datetime) -> None:
        self.now = moment
        self.workspace = Workspace(MemoryBackend(), me="anna", clock=lambda: self.now)
        self.workspace.set_settings(Settings(zone=zone), "set up")


@given(near_changes, st.integers(1, 400), st.integers(0, 23))
def test_what_happened_is_dated_by_the_day_it_was_there(
    near: tuple[str, datetime, timedelta], days_later: int, hours: int
) -> None:
    """Refuted, stopped, off track, touched: days of the zone, from the moment it happened and not from a later change."""
    zone, change, away = near
    there = Elsewhere(zone, change + away)
    workspace = there.workspace
    bets = [Bet(id=f"B+{at}", title="x") for at in (1, 2, 3)]
    workspace.commit(create([*bets, Belief(id="A+1", text="x")], "added"))
    one, two, three, belief = (workspace.records.find(str(number)) for number in (2, 3, 4, 5))
    there.now += timedelta(hours=hours)
    happened = by_hand(zone, there.now)
    rests = [{"kind": "depends_on", "to": other.id} for other in (two, three, belief)]
    workspace.commit(edit(one, "rests", links=rests))
    workspace.commit(edit(two, "stopped", state="stopped", why_stopped="slow"))
    workspace.commit(edit(belief, "refuted", state="refuted"))
    workspace.commit(create([Update(id="U+1", text="x", about=three.id, health="off track")], "said"))
    there.now += timedelta(days=days_later, hours=-hours)
    today = by_hand(zone, there.now)
    for record_id in (two.id, belief.id):
        workspace.commit(edit(workspace.records.find(record_id), "tagged", tags=("later",)))
    records = workspace.records
    assert [(alarm.cause, alarm.since, alarm.at_latest) for alarm in alarms(records, today)] == [
        ("stopped", happened, False), ("off track", happened, False), ("refuted", happened, False),
    ]  # fmt: skip
    assert last_touched(records.find(one.id), records) == happened == readings(three.id, records)[0].on
    assert last_touched(records.find(two.id), records) == today
    assert age_days(belief, today, zone) == (today - by_hand(zone, change + away)).days


def test_what_was_refuted_before_records_noted_when_was_by_its_last_change_at_the_latest() -> None:
    plain = {"state": "refuted", "created": "2026-11-01T09:00:00.000Z"}
    noted = {**plain, "updated": "2026-11-20T23:30:00.000Z", "entered": "2026-11-09T23:30:00.000Z"}
    assert stands_since(Belief(text="x", **plain), "Europe/Berlin") == (date(2026, 11, 1), False)
    assert stands_since(Belief(text="x", **noted), "Europe/Berlin") == (date(2026, 11, 10), False)
    assert stands_since(Belief(text="x", **{**noted, "entered": ""}), "Europe/Berlin") == (date(2026, 11, 21), True)


def test_what_was_captured_in_its_state_is_in_it_since_then(workspace: Workspace, clock: Clock) -> None:
    workspace.commit(create([Belief(id="A+1", text="x", state="refuted"), Belief(id="A+2", text="y")], "added"))
    clock.now += timedelta(days=9)
    for record_id in ("A1", "A2"):
        workspace.commit(edit(workspace.records.find(record_id), "tagged", tags=("later",)))
    refuted, still_open = workspace.records.find("A1"), workspace.records.find("A2")
    assert stands_since(refuted, "UTC") == (date(2026, 11, 22), False)
    assert still_open.entered == "", "nobody asks since when a record is where all begin"


def test_undoing_takes_back_since_when_it_stands(workspace: Workspace) -> None:
    workspace.commit(create([Belief(id="A+1", text="x")], "added"))
    before = workspace.records.find("A1")
    workspace.commit(edit(before, "refuted", state="refuted"))
    assert workspace.records.find("A1").entered != ""
    workspace.undo()
    assert workspace.records.find("A1").entered == before.entered == ""


@given(near_changes, st.integers(1, 9), st.integers(0, 60))
def test_a_check_in_falls_on_its_day_whatever_the_clocks_do(
    near: tuple[str, datetime, timedelta], weeks: int, days: int
) -> None:
    """By hand: of the days that lie a multiple of so many weeks after the anchor, the newest since the workspace began."""
    zone, change, away = near
    there = Elsewhere(zone, change + away)
    there.workspace.commit(create([Bet(id="B+1", title="x")], "began"))
    began = by_hand(zone, there.now)
    today = by_hand(zone, there.now + timedelta(days=days))
    level = CheckinLevel(id="some", title="Some", rule=f"FREQ=WEEKLY;INTERVAL={weeks}", anchor=date(2011, 12, 30))
    beats = [date(2011, 12, 30) + timedelta(weeks=weeks * at) for at in range(900)]
    passed = [day for day in beats if began <= day <= today]
    found = rhythm(level, there.workspace.records, today)
    assert found.due == (passed[-1] if passed else next(day for day in beats if day > today))
    assert found.missed == max(len(passed) - 1, 0)


@pytest.mark.parametrize("zone", sorted(CLOCKS))
def test_a_meeting_stays_at_its_time_of_day_in_the_calendar(zone: str) -> None:
    """A year of half past nine and of half past two, which is near the hours in which clocks are changed."""
    today = CHANGES[zone][0].date() - timedelta(days=30)
    for at in (time(9, 30), time(2, 45), time(23, 50)):
        level = CheckinLevel(id="daily", title="Daily", rule="FREQ=DAILY", anchor=today, minutes=30, at=f"{at:%H:%M}")
        text = calendar(Records({"settings": {"0": document_of(Settings(zone=zone, levels=(level,)))}}, 1), None, today)
        starts = [event.decoded("dtstart") for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]
        meant = [datetime.combine(today + timedelta(days=ahead), at) for ahead in range(367)]
        moments = [one.astimezone(UTC) for one in starts]
        shown = [(moment + CLOCKS[zone](moment)).replace(tzinfo=None) for moment in moments]
        assert [day.date() for day, local in zip(meant, shown, strict=True) if local != day] == SKIPPED.get((zone, at), [])
        assert {one.replace(tzinfo=None) for one in starts if str(one.tzinfo) == zone} <= set(meant)


SKIPPED = {
    ("Europe/Berlin", time(2, 45)): [date(2026, 3, 29)],
    ("America/New_York", time(2, 45)): [date(2026, 3, 8)],
    **{("Pacific/Apia", at): [date(2011, 12, 30)] for at in (time(9, 30), time(2, 45), time(23, 50))},
}
"""(zone, time of day) → the days on which it was not that time there: clocks were put on over it."""


@given(near_changes, st.integers(0, 9))
def test_a_filter_counts_in_the_days_of_the_workspace(near: tuple[str, datetime, timedelta], later: int) -> None:
    zone, change, away = near
    day = by_hand(zone, change + away)
    bet = Bet(id="B1", title="x", **dict.fromkeys(("created", "entered", "updated"), timestamp(change + away)))
    today = day + timedelta(days=later)

    def passes(text: str) -> bool:
        holds = compile_query(parse(text), today=today, me="", zone=zone)(bet)
        assert (left_out(text, bet, Settings(zone=zone), today=today, me="") is None) == holds
        return holds

    for field in ("created", "entered", "updated"):
        assert passes(f"{field}:{day}") and passes(f"{field}>={day}") and not passes(f"{field}<{day}")
        assert not passes(f"{field}:{day - timedelta(days=1)}") and not passes(f"{field}:{day + timedelta(days=1)}")
    assert passes(f"age<={later}d") and not passes(f"age<{later}d")


@pytest.mark.parametrize(
    "stamp", ["2026-11-22T23:30:00.000Z", "2026-11-23", "2026-11-23T01:00:00", "2026-11-22T22:30:00-01:00"]
)
def test_a_filter_reads_stamps_of_other_programs_too(stamp: str) -> None:
    bet = Bet(id="B1", title="x", created=stamp)

    def passes(text: str) -> bool:
        return compile_query(parse(text), today=date(2026, 11, 23), me="", zone="Europe/Berlin")(bet)

    assert passes("created:today") and passes("created<9999-12-31") and passes("created>0001-01-01")
    assert not passes("created:yesterday") and not passes("created>today")


def test_a_filter_tells_of_the_day_it_was_there() -> None:
    bet = Bet(id="B1", title="x", created="2026-11-22T23:30:00.000Z")
    assert left_out("created:2026-11-22", bet, Settings(zone="Europe/Berlin"), today=date(2026, 11, 23), me="") == (
        "the filter asks for created:2026-11-22 (it has 2026-11-23)"
    )


def test_the_first_stamp_of_a_day_is_no_later_than_any_of_it_and_later_than_all_before() -> None:
    first = first_stamp("Pacific/Auckland", date(2026, 11, 23))
    assert "2026-11-22T10:59:59.999Z" < first <= "2026-11-22T11:00:00.000Z"
    assert first_stamp("Pacific/Auckland", date.min) == ""
