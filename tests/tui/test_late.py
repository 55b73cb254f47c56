"""A check-in that is late stays due, and every place that tells of it says the same: also of a level never held."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from store.cadence import pending, rhythms
from store.checkins.rituals import accounts
from store.exchange.ics import entries
from store.model import Belief, Checkin
from store.records import Records
from store.review.agenda import agenda
from store.settings import DEFAULT, Settings
from store.step import create
from store.waiting import count_in
from store.waiting_table import table
from store.workspace import Workspace
from tui.drawing import draw
from tui.perspective import perspective
from tui.shapes import Scene
from tui.viewpoint import Viewpoint

SUNDAY = date(2026, 11, 22)
WEEKLY = DEFAULT.levels[0]


@pytest.fixture
def records(workspace: Workspace) -> Records:
    """A workspace that began on a Sunday, whose only level is weekly and was never held."""
    workspace.set_settings(Settings(levels=(WEEKLY,), triggers=()), "set")
    workspace.commit(create([Belief(text="one", id="A+1")], "began"))
    return workspace.records


def told(records: Records, today: date) -> dict[str, date]:
    """Place → the day it says the check-in to hold is due."""
    items = [item for item in agenda(records, (), today, "anna") if item.key == "level:weekly"]
    lens = perspective("cadence").project(records, Viewpoint(today, "anna"))
    shown = lens.sections[0].records[0]  # type: ignore[union-attr]
    return {
        "pending": pending(records, today)[0].due or today,
        "review": today - timedelta(days=items[0].days) if items else rhythms(records, today)[0].due,
        "cadence": shown.due,  # type: ignore[attr-defined]
        "rituals": accounts(records, today)[0].due or today,
        "calendar": next(entry.day for entry in entries(records, None, today) if entry.category == "check-in"),
    }


@pytest.mark.parametrize("ahead", range(1, 30))
def test_every_place_tells_of_the_same_day(records: Records, ahead: int) -> None:
    today = SUNDAY + timedelta(days=ahead)
    monday = today - timedelta(days=today.weekday())
    assert set(told(records, today).values()) == {monday}
    prompts = [table(records, day, {}) for day in (today, today - timedelta(days=min(ahead, 14)))]
    assert [count_in(prompt, {}, today.isoformat()) for prompt in prompts] == [1, 1]


def test_what_it_rolled_over_is_said_in_the_same_words(records: Records) -> None:
    today = date(2026, 12, 9)
    (item,) = [item for item in agenda(records, (), today, "anna") if item.key == "level:weekly"]
    assert item.because == "because it was due 2 d ago, after 2 that nobody held"
    for lens, said in (
        ("cadence", "Weekly, 30 min, after 2 that nobody held"),
        ("rituals", "every Monday, due 2 d ago, after 2 that nobody held"),
    ):
        view = perspective(lens).project(records, Viewpoint(today, "anna"))
        drawing = draw(view, Scene(records, today, "anna"), 100, 40)
        lines = ["".join(span.text for span in drawing.line(at)) for at in range(drawing.height)]
        assert any(said in line for line in lines), lens


def test_a_ritual_of_today_is_due(records: Records) -> None:
    view = perspective("rituals").project(records, Viewpoint(date(2026, 12, 7), "anna"))
    drawing = draw(view, Scene(records, date(2026, 12, 7), "anna"), 100, 40)
    lines = ["".join(span.text for span in drawing.line(at)) for at in range(drawing.height)]
    assert any("every Monday, due today, after 2 that nobody held" in line for line in lines)


@pytest.mark.parametrize("state", ["done", "skipped"])
def test_held_or_skipped_it_is_due_no_more_in_any_place(workspace: Workspace, records: Records, state: str) -> None:
    today = date(2026, 12, 9)
    answered = Checkin(id="C+1", level="weekly", due=date(2026, 12, 7), state=state, why_skipped="-", held_on=today)  # type: ignore[arg-type]
    workspace.commit(create([answered], "answered"))
    assert set(told(workspace.records, today).values()) == {date(2026, 12, 14)}
    assert count_in(table(workspace.records, today, {}), {}, today.isoformat()) == 0
