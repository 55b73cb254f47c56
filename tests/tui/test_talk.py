"""The talk: who differs, since when, what each last wrote; and the form in which I say how it looks to me."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sample import TODAY, said, sample_state

from store.derived import apart_since, reading_of, retold
from store.model import Update
from store.records import Records
from store.step import Step
from tui.absence import why_absent
from tui.command import Context, Say, Show, registry
from tui.commands.reading import asked, given
from tui.perspective import perspectives
from tui.shapes import Text
from tui.viewpoint import Viewpoint

LENS = perspectives()["talk"]


def heard(*updates: dict[str, Any], **bet: Any) -> Records:
    """A bet, B1, and what was said about it."""
    numbered = {str(number): update for number, update in enumerate(updates, 2)}
    return Records({"bets": {"1": {"title": "Lists", **bet}}, "updates": numbered}, 100)


def lines(records: Records, chosen: str = "B1", me: str = "ana") -> list[tuple[str, str]]:
    view = LENS.project(records, Viewpoint(TODAY, me=me, chosen=chosen))
    assert isinstance(view, Text)
    return [(one.label, one.text) for one in view.paragraphs]


APART = heard(
    said("B1", "ana", 40, confidence=60, text="looks fine"),
    said("B1", "ben", 30, confidence=55),
    said("B1", "cleo", 20, confidence=50, text="(reading)"),
    said("B1", "ana", 10, confidence=85, health="on track", text="two of three branches work"),
    said("B1", "ben", 9, confidence=25, health="off track", text="nobody opens them"),
    said("B1", "ben", 2, text="asked five more people"),
    people=["ben", "dara"], pivot_if="one in three stays away",
)  # fmt: skip


def test_it_tells_who_differs_in_what_and_since_when() -> None:
    assert lines(APART)[:4] == [
        ("", "B1  Lists"),
        ("", "In confidence: 85% (@ana) against 25% (@ben)."),
        ("", "In health: on track (@ana) against off track (@ben)."),
        ("", "They differ by 25 points or more since 2026-11-12 (10 d ago), when @ana said 85%, on track."),
    ]


def test_it_tells_how_each_came_there_and_what_they_last_wrote_those_at_the_ends_first() -> None:
    found = lines(APART)
    start = found.index(("", "How each sees it, and what they last wrote")) + 1
    assert found[start : start + 6] == [
        ("@ana", "85%, on track (10 d ago); before: 60% (5 w ago)"),
        (" ", "“two of three branches work”"),
        ("@ben", "25%, off track (9 d ago); before: 55% (4 w ago)"),
        (" ", "“asked five more people”"),
        ("@cleo", "50% (2 w ago)"),
        ("not heard", "@dara"),
    ]


def test_it_gives_them_something_to_ask_each_other() -> None:
    assert [text for _, text in lines(APART)][-5:] == [
        "To ask each other",
        "@ana, what have you seen that @ben has not?",
        "@ben, what would have to happen for you to see it as @ana does?",
        "Is this line crossed: one in three stays away?",
        "What could you look at together before you next say how it looks?",
    ]


def test_i_am_asked_where_i_have_not_said_anything() -> None:
    assert ("not heard", "you: C says how it looks to you") in lines(heard(said("B1", "ben", 3, confidence=50)))
    assert ("not heard", "you: C says how it looks to you") in lines(APART, me="dara")
    assert (" ", "you: C says how it looks to you") in lines(APART, me="ed")


@pytest.mark.parametrize(
    ("updates", "second"),
    [
        ((), "Nobody has said how it looks."),
        ((said("B1", "ben", 3, confidence=50),), "Only @ben has said how it looks."),
        ((said("B1", "ben", 3, confidence=50), said("B1", "ana", 2, confidence=50)), "@ana and @ben see it alike."),
        (
            (said("B1", "ben", 3, confidence=50), said("B1", "ana", 2, health="off track")),
            "Nobody differs, but not all have said how sure they are, or all its health.",
        ),
    ],
)
def test_where_nobody_differs_it_says_so_and_asks_nothing(updates: tuple[dict[str, Any], ...], second: str) -> None:
    found = [text for _, text in lines(heard(*updates))]
    assert found[1] == second
    assert "To ask each other" not in found


def test_an_update_leads_to_what_it_is_about() -> None:
    assert lines(APART, "U2") == lines(APART)
    assert lines(APART, "U99") == []
    viewpoint = Viewpoint(TODAY, chosen="B1")
    assert why_absent(LENS, APART.find("B1"), APART, viewpoint) is None
    assert why_absent(LENS, APART.find("U2"), APART, viewpoint) == "another record is chosen"


def test_readings_can_be_gone_through_from_the_first() -> None:
    given = [(update.id, {one.person: one.confidence for one in readings}) for update, readings in retold("B1", APART)]
    assert given[0] == ("U2", {"ana": 60})
    assert given[-1] == ("U6", {"ana": 85, "ben": 25, "cleo": 50})
    assert [number for number, _ in given] == ["U2", "U3", "U4", "U5", "U6"]


def test_people_who_came_together_and_parted_again_differ_since_they_parted() -> None:
    records = heard(
        said("B1", "ana", 50, confidence=90),
        said("B1", "ben", 40, confidence=10),
        said("B1", "ben", 30, confidence=90),
        said("B1", "ben", 20, confidence=40),
    )
    began = apart_since("B1", records, 25)
    assert began is not None and began.created[:10] == date(2026, 11, 2).isoformat()
    assert apart_since("B1", records, 60) is None
    assert apart_since("B1", heard(), 1) is None


# --------------------------------------------------------------------------------------------------------- the commands


def here(record_id: str, *, me: str = "ben") -> Context:
    records = Records(sample_state(), 100)
    return Context(records, TODAY, me, chosen=records.find(record_id))


def test_the_form_says_what_i_said_last() -> None:
    ask = asked(here("B11"))
    assert [question.field.path for question in ask.questions] == ["confidence", "health", "text"]
    assert ask.note == "I last said 80%, on track, 2026-11-19."
    fresh = asked(here("B11", me="ed"))
    assert fresh.note == ""
    assert reading_of("ed", "B11", here("B11").records) is None


def test_my_reading_becomes_an_update_with_words_or_without() -> None:
    step = given(here("B11"), {"confidence": "70", "health": "", "text": ""})
    assert isinstance(step, Step)
    (change,) = step.changes
    assert isinstance(change.record, Update)
    assert (change.record.about, change.record.confidence, change.record.health) == ("B11", 70, None)
    assert change.record.text == "(reading)"
    assert isinstance(given(here("B11"), {"text": "  "}), Say)


def test_the_key_that_holds_a_check_in_gives_my_reading_of_anything_else() -> None:
    key, answers = registry().by_key["C"], {"confidence": "70"}
    assert key.asks(here("B11")) == asked(here("B11"))
    assert key.run(here("B11"), answers) == given(here("B11"), answers)


def test_one_key_opens_the_talk() -> None:
    assert registry().by_key["T"].run(here("B11"), {}) == Show("lens", "talk")
    assert registry().by_key["g T"].id == "lens.talk"
