"""Deciding and looking back in the app: one form each, and what was said first comes first."""

from __future__ import annotations

from typing import Any

import pytest
from sample import TODAY, sample_state

from store.lookback import NOTHING_SAID, said_then
from store.model import Decision
from store.records import Records
from store.step import Step
from tui.command import Context, registry
from tui.perspective import perspective
from tui.shapes import Text
from tui.viewpoint import Viewpoint

REVIEW = registry().commands["decision.review"]


def test_a_captured_choice_is_decided_with_at_most_one_form() -> None:
    state = sample_state()
    state["decisions"]["32"] |= {"door": "two-way"}
    records = Records(state, 100)
    finish = registry().commands["record.finish"]
    here = Context(records, TODAY, "anna", chosen=records.find("D32"))
    assert finish.refuse(here) is None and finish.asks(here) is None
    outcome: Any = finish.run(here, {})
    assert [one.field.path for one in outcome.ask.questions] == ["chosen", "prediction", "confidence"]
    assert isinstance(outcome.run(here, {}), Step)


def test_the_form_shows_what_was_said_and_asks_process_and_outcome_apart() -> None:
    records = Records(sample_state(), 100)
    here = Context(records, TODAY, "anna", chosen=records.find("D31"))
    ask = REVIEW.asks(here)
    assert ask is not None and REVIEW.keys == ("B",)
    assert [one.field.path for one in ask.questions] == ["came_true", "process", "outcome", "solved", "lesson"]
    assert ask.note == "Decided 2026-10-23 by @anna, 70 % sure."
    step = REVIEW.run(here, {"came_true": "no", "process": "good", "outcome": "bad", "lesson": ""})
    assert isinstance(step, Step)
    (change,) = step.changes
    assert isinstance(change.after, Decision)
    assert (change.after.state, change.after.process, change.after.outcome) == ("reviewed", "good", "bad")


def test_what_was_reversed_teaches_too_and_stays_reversed() -> None:
    records = Records(sample_state(), 100)
    here = Context(records, TODAY, "anna", chosen=records.find("D33"))
    step = REVIEW.run(here, {"lesson": "Try it first"})
    assert isinstance(step, Step)
    (change,) = step.changes
    assert isinstance(change.after, Decision) and (change.after.state, change.after.lesson) == ("reversed", "Try it first")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"prediction": "It holds"}, "Decided. Predicted: It holds."),
        ({"confidence": 60, "chosen": "A!"}, "Decided, 60 % sure. Chosen: A!"),
        ({}, f"Decided. {NOTHING_SAID}"),
    ],
)
def test_what_was_said_in_a_paragraph(fields: dict[str, Any], said: str) -> None:
    assert said_then(Decision.model_validate({"title": "x", "state": "decided", **fields})) == said


def test_a_record_tells_what_it_rests_on_no_longer_holds_and_how_its_range_came_out() -> None:
    state = sample_state()
    state["decisions"]["31"] |= {"links": [{"kind": "depends_on", "to": "A42"}]}
    state["beliefs"]["42"] |= {"updated": "2026-11-01T09:00:00.000Z"}
    state["signals"]["51"]["readings"] = [{"on": "2026-11-10", "value": 7}]
    state["bets"]["14"] |= {"forecast": {"signal": "S51", "low": 5, "high": 6, "by": "2026-11-12"}}
    records = Records(state, 100)

    def told(record_id: str) -> list[tuple[str, str, str]]:
        view = perspective("record").project(records, Viewpoint(TODAY, "anna", record_id))
        assert isinstance(view, Text)
        return [(one.label, one.text, one.token) for one in view.paragraphs]

    assert ("", "rests on A42 Managers want one number: A42 is refuted since 2026-11-01 at the latest", "warn") in told(
        "D31"
    )
    assert ("90 % range", "7 on 2026-11-10 is above 5–6", "text") in told("B14")
