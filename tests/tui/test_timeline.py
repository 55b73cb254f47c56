"""The timeline: every day that means something, what is due first on top."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest
from sample import TODAY, ago, sample_state

from store.records import Records
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.shapes import Lane, Timeline
from tui.text import ascii_only
from tui.viewpoint import Viewpoint

LENS = perspectives()["timeline"]
VIEW = Viewpoint(TODAY)


def project(viewpoint: Viewpoint = VIEW) -> Timeline:
    view = LENS.project(Records(sample_state(), 100), viewpoint)
    assert isinstance(view, Timeline)
    return view


def turned(**options: str) -> Viewpoint:
    return VIEW._replace(options=MappingProxyType(options))


def lane(record_id: str, viewpoint: Viewpoint = VIEW) -> Lane:
    return next(lane for lane in project(viewpoint).lanes if lane.record.id == record_id)


def test_what_is_due_first_stands_on_top() -> None:
    assert [lane.record.id for lane in project().lanes] == [
        "B16", "B12", "D32", "A41", "C62", "M2", "B14", "B11", "M1", "D31", "S51",
    ]  # fmt: skip


def test_a_bet_stretches_from_when_it_was_placed_to_when_it_settles() -> None:
    shown = lane("B14")
    assert (shown.start, shown.end, shown.token) == (date.fromisoformat(ago(90)), date.fromisoformat(ago(-15)), "doing")
    assert [(mark.glyph, mark.meaning) for mark in shown.marks] == [("●", "placed"), ("▲", "released"), ("◆", "settle by")]


def test_what_is_late_is_marked_and_its_due_day_is_drawn_over_the_others() -> None:
    shown = lane("B12")
    assert shown.token == "bad"
    assert (shown.marks[-1].meaning, shown.marks[-1].token) == ("settle by", "bad")


def test_finished_records_follow_the_newest_first_when_turned_so() -> None:
    shown = [lane.record.id for lane in project(turned(finished="shown")).lanes]
    assert shown[-4:] == ["C61", "B18", "B19", "D33"]


@pytest.mark.parametrize(
    ("zoom", "start", "end"),
    [
        ("weeks", date(2026, 11, 8), date(2027, 1, 17)),
        ("months", date(2026, 10, 22), date(2027, 6, 22)),
        ("quarters", date(2026, 5, 22), date(2028, 5, 22)),
        ("years", date(2025, 11, 22), date(2031, 11, 22)),
    ],
)
def test_the_zoom_sets_the_days_shown(zoom: str, start: date, end: date) -> None:
    view = project(turned(zoom=zoom))
    assert (view.start, view.end, view.today) == (start, end, TODAY)


def test_the_first_and_the_last_day_of_the_calendar_do_not_overflow() -> None:
    assert project(turned(zoom="years")._replace(today=date.max)).end == date.max
    assert project(turned(zoom="years")._replace(today=date.min)).start == date.min


def test_a_record_without_a_day_is_told_which_to_give_it() -> None:
    records = Records(sample_state(), 100)
    assert why_absent(LENS, records.find("M3"), records, VIEW) == "M3 has no day; press F to fill in review on"


def test_no_two_signs_look_alike_without_unicode() -> None:
    signs = ["▼", *(told.split()[0] for told in project().legend.split("  "))]
    assert len({ascii_only(sign) for sign in signs}) == len(signs)
