"""What was predicted when it was decided stays what was predicted, by whichever road somebody comes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.changes import edited
from store.editing import as_text, changes
from store.errors import Refused
from store.exchange.imported import Source
from store.exchange.jsonl import read_jsonl
from store.exchange.plan import plan
from store.lifecycle import FROZEN_WHEN_DECIDED, rewritten
from store.model import Decision
from store.step import create, edit
from store.workspace import Workspace

TODAY = date(2026, 11, 22)
SAID: dict[str, Any] = {"prediction": "Nobody asks", "confidence": 70}


def opened(**fields: Any) -> tuple[Workspace, Decision]:
    """Anna's workspace with one decision."""
    workspace = Workspace(MemoryBackend(), me="anna", clock=lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))
    workspace.commit(create([Decision(title="Keep SSO out", source="x:1", **fields)], "captured"))
    return workspace, decision(workspace)


def decision(workspace: Workspace) -> Decision:
    (found,) = workspace.records.each(Decision)
    return found


def said(workspace: Workspace) -> dict[str, Any]:
    return {name: getattr(decision(workspace), name) for name in FROZEN_WHEN_DECIDED}


def by_form(workspace: Workspace, held: Decision) -> None:
    workspace.commit(edited(workspace.records, (held,), {"confidence": "95"}, TODAY))


def by_editor(workspace: Workspace, held: Decision) -> None:
    text = as_text(held).replace("confidence: 70", "confidence: 95").replace("Nobody asks", "Everybody asks")
    typed = changes(held, text)
    assert set(typed) == {"prediction", "confidence"}
    workspace.commit(edited(workspace.records, (held,), typed, TODAY))


def by_a_step_that_nobody_checked(workspace: Workspace, held: Decision) -> None:
    workspace.commit(edit(held, "said so all along", confidence=95))


def by_clearing_and_filling(workspace: Workspace, held: Decision) -> None:
    workspace.commit(edited(workspace.records, (held,), {"prediction": ""}, TODAY))


ROADS = (by_form, by_editor, by_a_step_that_nobody_checked, by_clearing_and_filling)


@pytest.mark.parametrize("state", ["decided", "reviewed", "superseded", "reversed"])
@pytest.mark.parametrize("road", ROADS)
def test_no_road_rewrites_it(road: Callable[[Workspace, Decision], None], state: str) -> None:
    workspace, held = opened(state=state, **SAID)
    with pytest.raises(Refused, match="cannot be rewritten"):
        road(workspace, held)
    assert said(workspace) == SAID


def test_what_was_not_predicted_then_cannot_be_predicted_now() -> None:
    workspace, held = opened(state="decided")
    with pytest.raises(Refused, match="was decided without confidence: none can be added in hindsight"):
        by_form(workspace, held)


@pytest.mark.parametrize("update", [False, True])
def test_an_import_leaves_it_and_says_so(update: bool) -> None:
    workspace, held = opened(state="decided", **SAID)
    line = {"id": held.id, "title": "Keep SSO out for now", "source": "x:1", "confidence": 95, "created": held.created}
    imported = read_jsonl([Source("a.jsonl", json.dumps(line).encode())], [], "")
    planned = plan(workspace.records, imported, update=update)
    if step := planned.step():
        workspace.commit(step)
    assert said(workspace) == SAID
    assert decision(workspace).title == ("Keep SSO out for now" if update else "Keep SSO out")
    assert [problem.message for problem in planned.problems] == (
        [f"{held.id} was decided: confidence stays as it was said then."] if update else []
    )


def test_a_form_that_was_open_while_somebody_decided_is_too_late() -> None:
    workspace, held = opened()
    late = edited(workspace.records, (held,), {"prediction": "As I always said"}, TODAY)
    ben = Workspace(workspace.backend, me="ben")
    ben.commit(edited(workspace.records, (held,), {"state": "decided", "confidence": "60"}, TODAY))
    with pytest.raises(Refused, match="was decided without prediction"):
        workspace.commit(late)
    other = edited(workspace.records, (held,), {"why": "2 of 40 asked"}, TODAY)
    workspace.commit(other)
    assert (decision(workspace).why, said(workspace)) == ("2 of 40 asked", {"prediction": "", "confidence": 60})


def test_undoing_an_old_guess_does_not_reach_behind_the_deciding() -> None:
    workspace, held = opened(**SAID)
    workspace.commit(edited(workspace.records, (held,), {"confidence": "80"}, TODAY))
    ben = Workspace(workspace.backend, me="ben")
    ben.commit(edited(ben.records, (decision(ben),), {"state": "decided"}, TODAY))
    with pytest.raises(Refused, match="confidence cannot be rewritten"):
        workspace.undo()
    assert said(workspace)["confidence"] == 80
    ben.undo()
    assert workspace.undo() is not None
    assert said(workspace) == SAID


def test_deciding_with_its_prediction_can_be_undone_and_redone() -> None:
    workspace, held = opened()
    workspace.commit(edited(workspace.records, (held,), {"state": "decided", "prediction": "x", "confidence": "70"}, TODAY))
    workspace.undo()
    assert (decision(workspace).state, said(workspace)) == ("open", {"prediction": "", "confidence": None})
    workspace.redo()
    assert (decision(workspace).state, said(workspace)) == ("decided", {"prediction": "x", "confidence": 70})


def test_reopening_thaws_it_unless_somebody_said_how_it_came_out() -> None:
    for came_true, thaws in ((None, True), (False, False)):
        workspace, held = opened(state="reversed", came_true=came_true, **SAID)
        workspace.commit(edited(workspace.records, (held,), {"state": "open"}, TODAY))
        if thaws:
            by_form(workspace, decision(workspace))
            assert said(workspace)["confidence"] == 95
        else:
            with pytest.raises(Refused):
                by_form(workspace, decision(workspace))


DECISIONS = st.builds(
    Decision,
    title=st.just("x"),
    state=st.sampled_from(Decision.states),
    confidence=st.sampled_from([None, 60, 70]),
    prediction=st.sampled_from(["", "a"]),
    came_true=st.sampled_from([None, True]),
    lesson=st.sampled_from(["", "b"]),
)


@given(DECISIONS, DECISIONS)
def test_only_frozen_fields_of_decided_decisions_are_held(before: Decision, after: Decision) -> None:
    found = set(rewritten(before, after))
    differing = {name for name in FROZEN_WHEN_DECIDED if getattr(before, name) != getattr(after, name)}
    thawed = any(one.state == "open" and one.came_true is None for one in (before, after))
    assert found == (set() if thawed else differing)
