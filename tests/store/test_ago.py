"""Days that lie behind: what people type for them, and what names none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.ago import WORDS, read_past
from store.dates import NotADate

TODAY = date(2026, 11, 23)  # a Monday


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("6 weeks ago", date(2026, 10, 12)),
        ("6w ago", date(2026, 10, 12)),
        ("-6w", date(2026, 10, 12)),
        ("6w", date(2026, 10, 12)),
        ("  6   WEEKS  ago ", date(2026, 10, 12)),
        ("a week ago", date(2026, 11, 16)),
        ("1 month ago", date(2026, 10, 23)),
        ("last week", date(2026, 11, 16)),
        ("last quarter", date(2026, 8, 23)),
        ("a year ago", date(2025, 11, 23)),
        ("yesterday", date(2026, 11, 22)),
        ("today", TODAY),
        ("now", TODAY),
        ("fri", date(2026, 11, 20)),
        ("last friday", date(2026, 11, 20)),
        ("mon", date(2026, 11, 16)),
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-09", date(2026, 9, 30)),
        ("2026-q3", date(2026, 9, 30)),
        ("2026", TODAY),
        ("2026-11", TODAY),
    ],
)
def test_a_day_behind_us_is_read(typed: str, day: date) -> None:
    assert read_past(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("tomorrow", "it is still to come"),
        ("+6w", "it is still to come"),
        ("eoy", "it is still to come"),
        ("2027-01-01", "it is still to come"),
        ("soon", "it names no day"),
        ("w", "it names no day"),
        ("", "it names no day"),
        ("999999 years ago", "it is too far away"),
        ("2026-13-01", "there is no month 13"),
        ("last sprint", "it names no day"),
    ],
)
def test_what_is_no_such_day_says_why(typed: str, why: str) -> None:
    with pytest.raises(NotADate) as caught:
        read_past(typed, TODAY)
    assert caught.value.reason == why
    assert "Try 6 weeks ago" in str(caught.value)


def test_a_day_known_by_name_is_the_day_it_was() -> None:
    assert read_past("Last review", TODAY, {"last review": date(2026, 11, 18)}) == date(2026, 11, 18)
    with pytest.raises(NotADate, match="there was none yet"):
        read_past("last review", TODAY, {"last review": None})


@given(st.sampled_from(WORDS), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_what_is_offered_is_read_on_any_day(word: str, today: date) -> None:
    assert read_past(word, today) < today


@given(st.integers(0, 4000), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_days_are_counted_back(days: int, today: date) -> None:
    assert read_past(f"{days} days ago", today) == read_past(f"-{days}d", today) == today - timedelta(days=days)


@given(st.text(max_size=20))
def test_nothing_typed_is_more_than_refused(text: str) -> None:
    try:
        assert read_past(text, TODAY) <= TODAY
    except NotADate as error:
        assert error.reason
