"""What people type as a day, and how days are shown."""

import calendar
import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import WORDS, NotADate, later, parse_date, parse_span, read_date, relative
from store.errors import UsageError

SUNDAY = date(2026, 11, 22)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("today", date(2026, 11, 22)),
        ("tomorrow", date(2026, 11, 23)),
        ("yesterday", date(2026, 11, 21)),
        ("mon", date(2026, 11, 23)),
        ("Friday", date(2026, 11, 27)),
        ("thurs", date(2026, 11, 26)),
        ("sun", date(2026, 11, 29)),
        ("eow", date(2026, 11, 22)),
        ("eom", date(2026, 11, 30)),
        ("eoq", date(2026, 12, 31)),
        ("eoy", date(2026, 12, 31)),
        ("+3d", date(2026, 11, 25)),
        ("-2w", date(2026, 11, 8)),
        ("2w", date(2026, 12, 6)),
        ("+6m", date(2027, 5, 22)),
        ("1q", date(2027, 2, 22)),
        ("1y", date(2027, 11, 22)),
        ("today+3d", date(2026, 11, 25)),
        ("fri-1d", date(2026, 11, 26)),
        ("eom+3m", date(2027, 2, 28)),
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-1-5", date(2026, 1, 5)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-11", date(2026, 11, 30)),
        ("2026-q2", date(2026, 6, 30)),
        ("2026", date(2026, 12, 31)),
        (" EOM ", date(2026, 11, 30)),
    ],
)
def test_a_word_names_a_day(word: str, day: date) -> None:
    assert parse_date(word, SUNDAY) == day
    assert read_date(word, SUNDAY) == day


@pytest.mark.parametrize(
    "word",
    ["", " ", "soon", "mo", "fr", "3", "+3", "3x", "d", "+d", "today3d", "--3d", "2026-13-01", "2026-02-30", "2025-02-29",
     "2026-00-10", "2026-11-00", "2026-11-22-01", "20261122", "0000-01-01", "2026-11-222", "9999999d", "+9999y", "-9999y",
     "999999w", "٣d", "２０２６-11-22", "2026-q5", "2026-", "-", "+", "in 3 d", "12/11/2026"],
)  # fmt: skip
def test_other_words_name_none(word: str) -> None:
    assert parse_date(word, SUNDAY) is None
    with pytest.raises(NotADate):
        read_date(word, SUNDAY)


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("2026-13-01", "2026-13-01 is not a date: there is no month 13.\nTry 2026-12-01, fri, eom or +6w."),
        ("2026-02-30", "2026-02-30 is not a date: February 2026 has 28 days.\nTry 2026-02-28, fri, eom or +6w."),
        ("2026-13", "2026-13 is not a date: there is no month 13.\nTry 2026-12-01, fri, eom or +6w."),
        ("soon", "soon is not a date: it names no day.\nTry 2026-11-22, fri, eom or +6w."),
        ("99999y", "99999y is not a date: it is too far away.\nTry 2026-11-22, fri, eom or +6w."),
        ("\x1b[31m", "\ufffd[31m is not a date: it names no day.\nTry 2026-11-22, fri, eom or +6w."),
    ],
)
def test_the_error_says_why_and_what_would_be_a_date(word: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        read_date(word, SUNDAY)
    assert str(error.value) == message


def test_a_month_a_quarter_and_a_year_are_spans() -> None:
    assert parse_span("2026-02", SUNDAY) == (date(2026, 2, 1), date(2026, 2, 28))
    assert parse_span("2026-q4", SUNDAY) == (date(2026, 10, 1), date(2026, 12, 31))
    assert parse_span("2026", SUNDAY) == (date(2026, 1, 1), date(2026, 12, 31))
    assert parse_span("fri", SUNDAY) == (date(2026, 11, 27), date(2026, 11, 27))
    assert parse_span("soon", SUNDAY) is None


@given(days)
def test_a_weekday_is_one_to_seven_days_ahead(today: date) -> None:
    for number, name in enumerate(calendar.day_name):
        day = parse_date(name, today)
        assert day is not None and day.weekday() == number
        assert 1 <= (day - today).days <= 7


@given(days)
def test_ends_are_the_last_day_of_what_today_is_in(today: date) -> None:
    ends = {word: parse_date(word, today) for word in ("eow", "eom", "eoq", "eoy")}
    assert ends["eow"] is not None and ends["eow"].isocalendar()[:2] == today.isocalendar()[:2]
    assert ends["eow"].weekday() == 6
    assert ends["eom"] == date(today.year, today.month, calendar.monthrange(today.year, today.month)[1])
    assert ends["eoq"] is not None and (ends["eoq"] + timedelta(days=1)).month in (1, 4, 7, 10)
    assert 0 <= (ends["eoq"] - today).days <= 91
    assert ends["eoy"] == date(today.year, 12, 31)


@given(days, st.integers(-600, 600))
def test_months_keep_the_day_or_end_with_the_month(today: date, count: int) -> None:
    day = later(today, count, "m")
    assert (day.year - today.year) * 12 + day.month - today.month == count
    assert day.day == min(today.day, calendar.monthrange(day.year, day.month)[1])


@given(days)
def test_iso_dates_read_back(day: date) -> None:
    assert parse_date(day.isoformat(), SUNDAY) == day


@given(st.text())
def test_any_text_is_a_day_or_none_and_the_error_stays_on_two_lines(text: str) -> None:
    if parse_date(text, SUNDAY) is None:
        with pytest.raises(UsageError) as error:
            read_date(text, SUNDAY)
        assert len(str(error.value).splitlines()) == 2


def test_every_offered_word_is_a_day() -> None:
    assert None not in [parse_date(word, SUNDAY) for word in WORDS]


@pytest.mark.parametrize(
    ("days_away", "shown"),
    [
        (0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 d"), (-2, "2 d ago"), (13, "in 13 d"), (14, "in 2 w"),
        (27, "in 3 w"), (-21, "3 w ago"), (56, "in 8 w"), (57, "2027-01-18"), (-57, "2026-09-26"),
    ],
)  # fmt: skip
def test_near_days_are_relative_and_far_ones_absolute(days_away: int, shown: str) -> None:
    assert relative(SUNDAY + timedelta(days=days_away), SUNDAY) == shown


def test_importing_it_loads_no_datetime() -> None:
    code = "import sys; import store.dates; print('datetime' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
