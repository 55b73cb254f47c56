"""Which states a record can move between, and the guards that stand where a promise is made."""

from __future__ import annotations

from datetime import date

import pytest

from store.changes import added, deleted, edited, linked, unlinked, update
from store.errors import NotFound, Refused, UsageError
from store.lifecycle import MOVES, objection, over_limit
from store.model import KINDS, Bet, Checkin, Decision, Mission, Record, Update
from store.parts import Link
from store.step import create
from store.workspace import Workspace

TODAY = date(2026, 11, 22)
UNDER = Link(kind="nests_in", to="M1", primary=True)


def stored(workspace: Workspace, *records: Record) -> list[Record]:
    done = workspace.commit(create(records, "added"))
    assert done is not None
    return [workspace.records.find(change.key) for change in done.operations]


def test_every_state_of_every_kind_has_its_moves_and_all_lead_to_states() -> None:
    for kind in KINDS:
        assert set(MOVES[kind.noun]) == set(kind.states)
        assert {to for tos in MOVES[kind.noun].values() for to in tos} <= set(kind.states)


@pytest.mark.parametrize(("missing", "named"), [("settle_by", "settle_by"), ("pivot_if", "pivot_if"), ("links", "above it")])
def test_a_bet_is_placed_only_with_what_the_promise_needs(workspace: Workspace, missing: str, named: str) -> None:
    whole = {"settle_by": date(2027, 1, 1), "pivot_if": "nobody comes", "links": (UNDER,)}
    (mission,) = stored(workspace, Mission(title="Learn"))
    assert mission.id == "M1"
    (bet,) = stored(workspace, Bet(title="Try", **{name: value for name, value in whole.items() if name != missing}))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=named):
        edited(workspace.records, (bet,), {"state": "placed"}, TODAY)


def test_placing_a_bet_stamps_the_day(workspace: Workspace) -> None:
    stored(workspace, Mission(title="Learn"))
    (bet,) = stored(workspace, Bet(title="Try", settle_by=date(2027, 1, 1), pivot_if="x", links=(UNDER,)))
    workspace.commit(edited(workspace.records, (bet,), {"state": "placed"}, TODAY))
    placed = workspace.records.get("B2")
    assert isinstance(placed, Bet) and (placed.state, placed.placed_on) == ("placed", TODAY)


def test_a_longer_bet_may_stand_above_instead_of_a_mission(workspace: Workspace) -> None:
    stored(workspace, Bet(title="Long", horizon="quarters"))
    link = (Link(kind="nests_in", to="B1"),)
    (bet,) = stored(workspace, Bet(title="Short", horizon="weeks", settle_by=TODAY, pivot_if="x", links=link))
    assert objection(bet, bet.evolve(state="placed"), workspace.records) is None
    same = bet.evolve(horizon="quarters")
    assert "must be longer" in (objection(None, same, workspace.records) or "")


def test_a_step_that_skips_a_state_names_where_one_can_go(workspace: Workspace) -> None:
    (bet,) = stored(workspace, Bet(title="Try"))
    with pytest.raises(Refused, match="shaping, placed, parked, stopped, not settled"):
        edited(workspace.records, (bet,), {"state": "settled"}, TODAY)


def test_prediction_and_confidence_freeze_when_it_is_decided(workspace: Workspace) -> None:
    (decision,) = stored(workspace, Decision(title="Go", prediction="It works", confidence=70))
    workspace.commit(edited(workspace.records, (decision,), {"state": "decided", "confidence": "80"}, TODAY))
    decided = workspace.records.find("1")
    assert isinstance(decided, Decision) and (decided.confidence, decided.decided_on) == (80, TODAY)
    with pytest.raises(Refused, match="confidence cannot be rewritten"):
        edited(workspace.records, (decided,), {"confidence": "95"}, TODAY)
    with pytest.raises(Refused, match="prediction"):
        edited(workspace.records, (decided,), {"prediction": "I knew it"}, TODAY)
    assert edited(workspace.records, (decided,), {"lesson": "ask earlier"}, TODAY).changes


def test_a_one_way_door_needs_two_options_and_a_review(workspace: Workspace) -> None:
    (decision,) = stored(workspace, Decision(title="Go", door="one-way", options=("only one",)))
    with pytest.raises(Refused, match="two options and review_on"):
        edited(workspace.records, (decision,), {"state": "decided"}, TODAY)
    texts = {"state": "decided", "options": "one, two", "review_on": "+6w"}
    assert edited(workspace.records, (decision,), texts, TODAY).changes


@pytest.mark.parametrize(
    ("record", "texts", "named"),
    [
        (Bet(title="x"), {"state": "parked"}, "why_stopped"),
        (Bet(title="x", state="released"), {"state": "settled"}, "result"),
        (Checkin(level="weekly"), {"state": "skipped"}, "why_skipped"),
    ],
)
def test_endings_say_why(workspace: Workspace, record: Record, texts: dict[str, str], named: str) -> None:
    (one,) = stored(workspace, record)
    with pytest.raises(Refused, match=named):
        edited(workspace.records, (one,), texts, TODAY)


def test_nothing_nests_in_itself_nor_in_what_nests_in_it(workspace: Workspace) -> None:
    outer, inner = stored(workspace, Bet(title="outer"), Bet(title="inner"))
    with pytest.raises(Refused, match="itself"):
        linked(workspace.records, (outer,), "nests_in", outer.id, TODAY)
    workspace.commit(linked(workspace.records, (inner,), "nests_in", outer.id, TODAY))
    with pytest.raises(Refused, match="already nests"):
        linked(workspace.records, (outer,), "nests_in", inner.id, TODAY)
    with pytest.raises(NotFound):
        linked(workspace.records, (outer,), "nests_in", "M99", TODAY)


def test_links_are_drawn_once_and_taken_away(workspace: Workspace) -> None:
    bet, mission = stored(workspace, Bet(title="Try"), Mission(title="Learn"))
    workspace.commit(linked(workspace.records, (bet,), "nests_in", mission.id, TODAY))
    bet = workspace.records.find(bet.id)
    assert bet.links == (Link(kind="nests_in", to=mission.id, primary=True),)
    assert linked(workspace.records, (bet,), "nests_in", mission.id, TODAY).changes == ()
    workspace.commit(unlinked((bet,), mission.id))
    assert workspace.records.find(bet.id).links == ()


def test_going_over_a_limit_is_said_not_forbidden(workspace: Workspace) -> None:
    stored(workspace, Mission(title="Learn", wip_limit=1))
    stored(workspace, Bet(title="one", state="placed", links=(UNDER,)))
    (second,) = stored(workspace, Bet(title="two", links=(UNDER,), settle_by=TODAY, pivot_if="x"))
    assert isinstance(second, Bet)
    assert over_limit(second, workspace.records) == "M1 would hold 2 placed bets, its limit is 1."
    assert edited(workspace.records, (second,), {"state": "placed"}, TODAY).changes


def test_updates_are_written_about_each_target_or_to_the_inbox(workspace: Workspace) -> None:
    one, two = stored(workspace, Bet(title="one"), Bet(title="two"))
    workspace.commit(update((one, two), {"text": "hm", "confidence": "40"}, TODAY))
    workspace.commit(update((), {"text": "a thought"}, TODAY))
    written = [(note.about, note.confidence) for note in workspace.records.all(Update)]
    assert written == [("B1", 40), ("B2", 40), (None, None)]


def test_adding_needs_the_headline_and_names_it(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="needs title"):
        added(workspace.records, Bet, {"horizon": "weeks"}, TODAY)
    workspace.commit(added(workspace.records, Bet, {"title": "Try", "horizon": "weeks"}, TODAY))
    assert workspace.records.find("1").label == "Try"


def test_deleting_leaves_arrows_that_live_again_when_it_is_undone(workspace: Workspace) -> None:
    stored(workspace, Mission(title="Learn"))
    stored(workspace, Bet(title="Try", links=(UNDER,)))
    workspace.commit(deleted((workspace.records.find("M1"),)))
    assert workspace.records.get("M1") is None and workspace.records.find("B2").linked("nests_in") == ("M1",)
    workspace.undo()
    assert [record.id for record in workspace.records.pointing_at("M1")] == ["B2"]
