"""The course of a review while others go on: what they do to an item that is being answered is told afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from store.changes import update
from store.model import Bet
from store.review.agenda import Item
from store.review.course import Course
from store.step import create, provisional
from store.workspace import Workspace

TODAY = date(2026, 11, 22)


@pytest.fixture
def anna(workspace: Workspace) -> Workspace:
    """A workspace of hers with two bets: B1, B2."""
    bets = [Bet(id=provisional(Bet, at), title=f"Bet {at}", settle_by=TODAY) for at in (1, 2)]
    workspace.commit(create(bets, "two bets"))
    settings = workspace.records.settings.model_copy(update={"levels": ()})
    workspace.set_settings(settings, "no levels")
    return workspace


def course_of(workspace: Workspace) -> Course:
    course = Course(workspace, "", lambda: TODAY)
    course.begin()
    return course


def at(course: Course) -> Item:
    item = course.here.item
    assert item is not None
    return item


def write(workspace: Workspace, me: str, about: str) -> None:
    """Somebody writes about a record, through the same door."""
    was, workspace.me = workspace.me, me
    workspace.commit(update((workspace.records.find(about),), {"text": "And now this"}, TODAY))
    workspace.me = was


@pytest.mark.parametrize("acts", [False, True])
def test_what_others_do_while_an_item_is_answered_was_not_seen(anna: Workspace, acts: bool) -> None:
    course = course_of(anna)
    item = at(course)
    write(anna, "ben", "B1")
    if acts:
        write(anna, "anna", "B1")
    course.answer(item, "noted" if acts else "kept")
    again = course.look().items["B1"]
    assert item.key == "B1"
    assert any("@ben: said “And now this”" in reason.text for reason in again.reasons)


def test_what_others_do_after_the_last_look_is_left_for_the_next_review(anna: Workspace) -> None:
    course = course_of(anna)
    for _ in range(2):
        course.answer(at(course), "kept")
        course.look()
    assert course.here.is_over
    write(anna, "ben", "B2")
    course.end()
    assert "changed" in {reason.kind for reason in course.begin().items["B2"].reasons}


def test_the_newest_answer_is_what_undo_means_until_something_else_was_done(anna: Workspace) -> None:
    course = course_of(anna)
    assert course.newest() is None
    course.answer(at(course), "kept")
    course.look()
    write(anna, "ben", "B2")
    assert (course.newest() or ("", None))[0] == "B1"
    write(anna, "anna", "B2")
    assert course.newest() is None
    course.answer(at(course), "noted")
    assert (course.newest() or ("", None))[0] == "B2"
