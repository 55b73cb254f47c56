"""The calendar: read back by another reader, held to the rules of RFC 5545, and right when the clocks change."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Timezone

from store.errors import UsageError
from store.exchange import named
from store.exchange.format import Course
from store.exchange.ics import calendar, entries
from store.exchange.zone_rules import observances, zone_named
from store.model import Bet, Checkin, Decision, Record
from store.records import Records
from store.settings import DEFAULT, CheckinLevel, Settings, document_of

TODAY = date(2026, 11, 22)
NASTY = "a;b, c\\d\r\nBEGIN:VEVENT\nüß 検査 " + "x" * 90
WEEKLY = DEFAULT.levels[0].model_copy(update={"at": "09:30"})


def records_of(*records: Record, settings: Settings = DEFAULT) -> Records:
    rows: dict[str, dict[str, dict[str, object]]] = {}
    for number, record in enumerate(records, 1):
        document = {"created": f"2026-11-{number:02}T10:00:00.000Z", "created_by": "anna", **record.document()}
        rows.setdefault(type(record).table, {})[str(number)] = document
    return Records({**rows, "settings": {"0": document_of(settings)}}, len(records))


def some(settings: Settings = DEFAULT) -> Records:
    return records_of(
        Decision(title=NASTY, state="decided", review_on=date(2026, 12, 24), prediction=NASTY, driver="anna"),
        Bet(title="Stay", state="placed", settle_by=date(2026, 11, 1), pivot_if="nobody stays"),
        Bet(title="Done", state="settled", result="won", settle_by=date(2026, 12, 1), lesson="ask"),
        Decision(title="Looked back at", state="reviewed", review_on=date(2026, 12, 1)),
        Checkin(level="weekly", state="done", due=date(2026, 11, 30)),
        settings=settings,
    )


def events(text: str) -> list[tuple[str, object, str]]:
    return [
        (str(one["uid"]), one.decoded("dtstart"), str(one["summary"])) for one in Calendar.from_ical(text).walk("VEVENT")
    ]


# ------------------------------------------------------------------------------------------------------------ what is in it


def test_reviews_outcomes_and_a_year_of_check_ins_stand_in_it_and_what_is_finished_does_not() -> None:
    found = events(calendar(some(), None, TODAY))
    titles = [title for _, _, title in found]
    assert [day for _, day, title in found if title == "Settle B2 Stay"] == [date(2026, 11, 1)]
    assert [day for _, day, title in found if title.startswith("Review D1")] == [date(2026, 12, 24)]
    assert not [title for title in titles if "Done" in title or "Looked" in title]
    weekly = [day for _, day, title in found if title == "Weekly check-in"]
    assert weekly[:2] == [date(2026, 12, 7), date(2026, 12, 14)]  # the one of 30 November is held already
    assert len(weekly) == 51 and weekly[-1] == date(2027, 11, 22)
    assert [day for _, day, title in found if title == "Yearly check-in"] == [date(2027, 1, 15)]
    assert len({uid for uid, _, _ in found}) == len(found)


def test_only_what_is_chosen_when_something_is() -> None:
    records = some()
    found = events(calendar(records, list(records.all(Bet)), TODAY))
    assert [title for _, _, title in found] == ["Settle B2 Stay"]


def test_an_event_keeps_its_name_whatever_becomes_of_its_record() -> None:
    before = {title: uid for uid, _, title in events(calendar(some(), None, TODAY))}
    later = records_of(
        Decision(title="Renamed", state="decided", review_on=date(2027, 2, 1)),
        Bet(title="Stay", state="released", settle_by=date(2027, 1, 1)),
        Checkin(level="weekly", state="open", due=date(2026, 12, 7)),
    )
    after = events(calendar(later, None, TODAY + timedelta(days=14)))
    uids = {uid for uid, _, _ in after}
    assert before["Settle B2 Stay"] in uids
    assert next(uid for title, uid in before.items() if title.startswith("Review D1")) in uids
    assert [uid for uid, day, title in after if title == "Weekly check-in" and day == date(2026, 12, 7)] == [
        uid for uid, day, _ in events(calendar(some(), None, TODAY)) if day == date(2026, 12, 7)
    ]


def test_check_ins_of_two_workspaces_are_two_events_and_a_new_name_makes_no_new_one() -> None:
    def checkins(name: str, born: str) -> set[str]:
        text = calendar(some(Settings(name=name)), None, TODAY, Course(born))
        return {uid for uid, _, _ in events(text) if uid.startswith("checkin-")}

    ours, theirs = "2026-11-01T10:00:00.000Z anna", "2026-11-01T10:00:00.001Z anna"
    assert checkins("", ours) == checkins("Library", ours)
    assert not checkins("", ours) & checkins("", theirs)


def test_what_a_record_calls_for_and_what_takes_days_are_whole_days() -> None:
    records = records_of(Decision(title="Burn the boats", door="one-way"))
    text = calendar(records, None, TODAY)
    one = next(event for event in Calendar.from_ical(text).walk("VEVENT") if "Burn" in event["summary"])
    assert (str(one["summary"]), one.decoded("dtstart")) == ("One-way door premortem: Burn the boats", TODAY)
    yearly = next(event for event in Calendar.from_ical(text).walk("VEVENT") if event["summary"] == "Yearly check-in")
    assert yearly.decoded("dtend") - yearly.decoded("dtstart") == timedelta(days=2)
    assert (str(yearly["transp"]), yearly["dtstart"].params["VALUE"]) == ("TRANSPARENT", "DATE")


# ----------------------------------------------------------------------------------------------------------- times and zones


def timed(zone: str, at: str = "09:30") -> Records:
    return some(Settings(levels=(WEEKLY.model_copy(update={"at": at}),), zone=zone))


def test_a_check_in_at_half_past_nine_is_at_half_past_nine_before_and_after_the_clocks_change() -> None:
    text = calendar(timed("Europe/Berlin"), None, TODAY)
    moments = [moment for _, moment, title in events(text) if title == "Weekly check-in"]
    assert all(isinstance(moment, datetime) and moment.strftime("%H:%M") == "09:30" for moment in moments)
    utc = {moment.astimezone(UTC).strftime("%H:%M") for moment in moments if isinstance(moment, datetime)}
    assert utc == {"08:30", "07:30"}
    assert "DTSTART;TZID=Europe/Berlin:20270329T093000\r\nDTEND;TZID=Europe/Berlin:20270329T100000\r\n" in text


@pytest.mark.parametrize(
    ("zone", "day", "begin", "end"),
    [
        ("Europe/Berlin", date(2027, 3, 28), "20270328T013000Z", "20270328T020000Z"),  # 02:30 is left out: 03:30 in summer
        ("Europe/Berlin", date(2027, 10, 31), "20271031T013000Z", "20271031T020000Z"),  # 02:30 comes twice: the later
        ("America/New_York", date(2027, 3, 14), "20270314T073000Z", "20270314T080000Z"),
        ("America/New_York", date(2027, 11, 7), None, None),  # 02:30 is past the hour that comes twice
        ("Asia/Kolkata", date(2027, 3, 28), None, None),
    ],
)
def test_a_time_that_the_clocks_leave_out_or_show_twice_is_told_in_utc(
    zone: str, day: date, begin: str | None, end: str | None
) -> None:
    nightly = WEEKLY.model_copy(update={"at": "02:30", "rule": "FREQ=DAILY"})
    whole = Calendar.from_ical(calendar(some(Settings(levels=(nightly,), zone=zone)), None, TODAY))
    (event,) = [one for one in whole.walk("VEVENT") if f"-{day}-" in one["uid"]]
    written = (event["dtstart"].to_ical().decode(), event["dtend"].to_ical().decode())
    assert written == ((begin, end) if begin else (f"{day:%Y%m%d}T023000", f"{day:%Y%m%d}T030000"))
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=30)


@pytest.mark.skipif(shutil.which("calcurse") is None, reason="calcurse is not here")
@pytest.mark.parametrize(("here", "hour"), [("Europe/Berlin", ("03:30", "02:30")), ("Asia/Kolkata", ("07:00", "07:00"))])
def test_calcurse_takes_all_of_it_and_reads_its_own_file_again(tmp_path: Path, here: str, hour: tuple[str, str]) -> None:
    nightly = WEEKLY.model_copy(update={"at": "02:30", "rule": "FREQ=DAILY"})
    (tmp_path / "team.ics").write_text(calendar(some(Settings(levels=(nightly,), zone="Europe/Berlin")), None, TODAY))

    def calcurse(*words: str) -> str:
        run = subprocess.run(
            ["calcurse", "-D", str(tmp_path), *words],
            env={**os.environ, "TZ": here, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert run.stderr == ""
        return run.stdout

    assert "0 skipped" in calcurse("-i", str(tmp_path / "team.ics"))
    listed = (
        "-Q",
        "--input-datefmt",
        "4",
        "--format-apt",
        "%(start:%H:%M) %m\\n",
        "--format-event",
        "%m\\n",
        "--days",
        "1",
        "--from",
    )
    for day, begins in zip(("2027-03-28", "2027-10-31"), hour, strict=True):
        assert calcurse(*listed, day).splitlines()[1:] == [f"{begins} Weekly check-in"]
    assert f"Review D1 {NASTY.splitlines()[0]}" in calcurse(*listed, "2026-12-24").splitlines()


def test_without_a_zone_it_floats_and_utc_needs_no_rules() -> None:
    floating = calendar(timed(""), None, TODAY)
    assert "DTSTART:20261207T093000\r\n" in floating and "VTIMEZONE" not in floating
    utc = calendar(timed("UTC"), None, TODAY)
    assert "DTSTART:20261207T093000Z\r\n" in utc and "VTIMEZONE" not in utc


def test_a_zone_that_is_not_known_is_said() -> None:
    with pytest.raises(UsageError, match=r"names the time zone Mars/Olympus, which is not known here\.$"):
        calendar(timed("Mars/Olympus"), None, TODAY)


def rules_of(zone: str, first: date, last: date) -> Timezone:
    known = zone_named(zone)
    assert known is not None
    (read,) = Calendar.from_ical(b"BEGIN:VCALENDAR\r\n" + observances(known, first, last).to_ical() + b"END:VCALENDAR").walk(
        "VTIMEZONE"
    )
    assert isinstance(read, Timezone)
    return read


def offset_by_the_rules(rules: Timezone, moment: datetime) -> timedelta:
    """As RFC 5545, 3.6.5 has it: the last observance whose onset, told in the offset before it, is not after the moment."""
    onsets = []
    for part in rules.subcomponents:
        onset = part.decoded("dtstart") - part.decoded("tzoffsetfrom")
        onsets.append((onset.replace(tzinfo=UTC), part.decoded("tzoffsetto")))
    return max(one for one in onsets if one[0] <= moment)[1]


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Asia/Kolkata")


@given(st.sampled_from(ZONES), st.integers(2024, 2034), st.integers(0, 366 * 24 * 60))
def test_the_rules_beside_the_events_say_what_the_zone_says(zone: str, year: int, minute: int) -> None:
    first, last = date(year, 1, 1), date(year + 1, 1, 2)
    moment = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    assert offset_by_the_rules(rules_of(zone, first, last), moment) == moment.astimezone(ZoneInfo(zone)).utcoffset()


@pytest.mark.parametrize("zone", ZONES)
def test_the_rules_hold_to_the_second_where_the_clocks_change(zone: str) -> None:
    rules = rules_of(zone, date(2027, 1, 1), date(2028, 1, 1))
    for part in rules.subcomponents:
        onset = (part.decoded("dtstart") - part.decoded("tzoffsetfrom")).replace(tzinfo=UTC)
        for seconds in (-1, 0, 1):
            moment = onset + timedelta(seconds=seconds)
            if moment >= datetime(2026, 12, 31, tzinfo=UTC):
                assert offset_by_the_rules(rules, moment) == moment.astimezone(ZoneInfo(zone)).utcoffset()


# ----------------------------------------------------------------------------------------------------- the rules of the text


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_lines_end_with_crlf_and_are_folded_at_75_bytes_in_no_letter() -> None:
    text = calendar(timed("Europe/Berlin"), None, TODAY)
    assert (
        text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    )
    for line in text.encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_texts_of_records_are_escaped_and_come_back() -> None:
    text = calendar(some(), None, TODAY)
    (summary,) = [line for line in unfolded(text) if line.startswith("SUMMARY:Review D1")]
    assert summary == "SUMMARY:Review D1 a\\;b\\, c\\\\d"
    (described,) = [line for line in unfolded(text) if line.startswith("DESCRIPTION:Prediction")]
    assert re.fullmatch(r"DESCRIPTION:Prediction: a\\;b\\, c\\\\d\\nBEGIN:VEVENT\\nüß 検査 x{90}\\nDriver: anna", described)
    assert text.count("BEGIN:VEVENT\r\n") == text.count("END:VEVENT\r\n") == len(events(text))


def test_marks_that_join_letters_stay_and_blanks_of_all_sorts_are_blanks() -> None:
    title = "می\u200cخواهم 👩\u200d👧 a\u00a0b\u2028c\x07\u202ed"
    records = records_of(Bet(title=title, state="placed", settle_by=TODAY, pivot_if="-"))
    ((_, _, summary),) = events(calendar(records, list(records.all(Bet)), TODAY))
    assert summary == "Settle B1 می\u200cخواهم 👩\u200d👧 a b cd"


@given(st.text(max_size=120))
def test_no_text_breaks_the_calendar(title: str) -> None:
    record = Bet(title=title or "-", state="placed", settle_by=date(2026, 12, 1), pivot_if=title)
    text = calendar(records_of(record, settings=Settings(levels=())), None, TODAY)
    assert len(events(text)) == 1
    assert all(len(line) <= 75 for line in text.encode().split(b"\r\n"))
    assert not {mark for mark in text if ord(mark) < 32} - {"\r", "\n", "\t"}


def test_every_event_has_what_clients_ask_for() -> None:
    whole = Calendar.from_ical(calendar(some(), None, TODAY))
    assert (str(whole["version"]), str(whole["prodid"])) == ("2.0", "-//ManyView//many//EN")
    for event in whole.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
        assert event.decoded("dtstamp").tzinfo is not None
        assert event.decoded("dtend") > event.decoded("dtstart")


def editions(records: Records, today: date, course: Course) -> set[tuple[int, datetime, datetime]]:
    found = Calendar.from_ical(calendar(records, None, today, course)).walk("VEVENT")
    return {(int(one["sequence"]), one.decoded("dtstamp"), one.decoded("last-modified")) for one in found}


def test_a_later_writing_is_a_later_edition_whatever_was_done_or_taken_back() -> None:
    records = some(Settings(zone="Asia/Kolkata"))
    morning, noon = (Course("", f"2026-11-22T{hour}:00:00.123Z") for hour in ("04", "12"))
    begins = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
    for course, moment in (
        (Course(), begins),
        (Course("", "2026-11-20T12:00:00.000Z"), begins),
        (noon, begins.replace(day=22, hour=12, minute=0)),
    ):
        assert editions(records, TODAY, course) == {(records.n, moment, moment)}
    ((_, earlier, _),), ((_, later, _),) = editions(records, TODAY, morning), editions(records, TODAY, noon)
    assert earlier < later
    ((number, tomorrow, _),) = editions(records, TODAY + timedelta(days=1), noon)
    assert (number, tomorrow) == (records.n, begins + timedelta(days=1))


def test_it_is_no_message_of_a_meeting_that_somebody_is_invited_to() -> None:
    assert not {"METHOD", "ORGANIZER", "ATTENDEE"} & {
        line.partition(":")[0] for line in unfolded(calendar(some(), None, TODAY))
    }


def test_it_comes_out_the_same_each_time() -> None:
    assert calendar(some(), None, TODAY) == calendar(some(), None, TODAY)
    assert entries(Records({}, 0), [], TODAY) == ()


def test_a_level_with_odd_letters_has_a_name_of_its_own() -> None:
    odd = CheckinLevel(id="tägliche runde", title="Täglich", rule="FREQ=MONTHLY", anchor=date(2026, 1, 31))
    found = events(calendar(some(Settings(levels=(odd,))), None, TODAY))
    days = [day for _, day, title in found if title == "Täglich check-in"]
    assert days[:4] == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31), date(2027, 2, 28)]
    assert all(uid.isascii() and " " not in uid for uid, _, _ in found)


def test_it_is_loaded_only_to_write_a_calendar() -> None:
    assert named("ics").writes_plan is calendar
    code = "import sys, store.exchange; store.exchange.formats(); print('icalendar' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
