"""Holding a check-in: one undoable step, several people at once, verdicts that act, decisions with their occasion."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from store.backend import MemoryBackend
from store.cadence import pending
from store.checkins.holding import Given, held, rank_question, rankable, ranks
from store.checkins.verdicts import as_typed, read_verdict
from store.errors import Conflict, NotFound, UsageError
from store.model import Bet, Checkin, Decision, Mission, Update
from store.parts import Link, RecordVerdict
from store.step import Step, create, edit, is_provisional
from store.workspace import Workspace

MONDAY = date(2026, 11, 23)
Q1, Q2 = "What did we intend, and what happened?", "What moved someone's confidence?"


@pytest.fixture
def workspace() -> Workspace:
    found = Workspace(MemoryBackend(), me="anna", clock=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
    above = (Link(kind="nests_in", to="M1", primary=True),)
    found.commit(
        create(
            [
                Mission(title="Grow", state="active"),
                Bet(title="Stay", state="placed", placed_on=date(2026, 9, 1), links=above),
                Bet(title="Leave", state="placed", placed_on=date(2026, 9, 1), links=above),
                Bet(title="Ready", state="shaping", links=above, settle_by=date(2027, 1, 1), pivot_if="nobody comes"),
                Bet(title="Not ready", state="shaping", links=above),
                Decision(title="Open one"),
                Decision(title="Has an occasion", occasion="The offsite"),
            ],
            "began",
        )
    )
    return found


def weekly(workspace: Workspace) -> Checkin:
    return pending(workspace.records, MONDAY)[0]


def verdicts(**typed: str) -> tuple[RecordVerdict, ...]:
    read = (read_verdict(record, text) for record, text in typed.items())
    return tuple(one for one in read if one is not None)


def step(workspace: Workspace, given: Given, me: str = "anna", checkin: Checkin | None = None) -> Step:
    return held(checkin or weekly(workspace), given, workspace.records, MONDAY, me)


def the_checkin(workspace: Workspace) -> Checkin:
    (found,) = workspace.records.all(Checkin)
    return found


# --------------------------------------------------------------------------------------------------------------- one step


def test_verdicts_act_in_one_step_that_can_be_undone(workspace: Workspace) -> None:
    before = {record.id: record.document() for record in workspace.records}
    given = verdicts(B3="stop 20 nobody used it", B4="start 60", M1="keep 80 fine")
    done = workspace.commit(step(workspace, Given({Q1: "We meant well"}, given)))
    records = workspace.records
    leaves, ready = records.get("B3"), records.get("B4")
    assert isinstance(leaves, Bet) and (leaves.state, leaves.why_stopped) == ("stopped", "nobody used it")
    assert isinstance(ready, Bet) and (ready.state, ready.placed_on, ready.stops) == ("placed", MONDAY, "B3 Leave")
    checkin = the_checkin(workspace)
    assert (checkin.state, checkin.held_on, checkin.people) == ("done", MONDAY, ("anna",))
    assert done is not None and done.why == "held the Weekly check-in of 2026-11-23: B3 stopped; B4 placed"
    said = {(one.about, one.confidence, one.text, one.created_by) for one in records.all(Update)}
    assert said == {("B3", 20, "nobody used it", "anna"), ("B4", 60, "(reading)", "anna"), ("M1", 80, "fine", "anna")}
    workspace.undo()
    assert {record.id: record.document() for record in workspace.records} == before


def test_what_a_guard_refuses_is_said_and_written_down_and_the_rest_is_done(workspace: Workspace) -> None:
    done = workspace.commit(step(workspace, Given({}, verdicts(B5="start 50 now", B3="stop too dear"))))
    why = "B5 was not placed: it needs settle_by and pivot_if"
    assert done is not None and done.why.endswith(f": B3 stopped; {why}")
    assert workspace.records.find("B5").standing == "shaping"
    (note,) = workspace.records.all(Update)
    assert (note.about, note.confidence, note.text) == ("B5", 50, f"now ({why})")


def test_change_writes_a_note_and_keep_without_confidence_nothing(workspace: Workspace) -> None:
    workspace.commit(step(workspace, Given({}, verdicts(B2="keep", B3="change ask before we build"))))
    (note,) = workspace.records.all(Update)
    assert (note.about, note.text, note.confidence) == ("B3", "ask before we build", None)
    assert workspace.records.find("B3").standing == "placed"


def test_a_stop_without_a_reason_is_refused_and_nothing_is_lost(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="B3: a stop says why: stop 20 nobody used it"):
        step(workspace, Given({}, verdicts(B3="stop")))


def test_a_verdict_on_something_else_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="D6 is a decision: verdicts are on missions and bets"):
        step(workspace, Given({}, verdicts(D6="keep")))
    with pytest.raises(NotFound):
        step(workspace, Given({}, verdicts(B99="keep")))


def test_one_left_open_waits_with_its_verdicts_until_it_is_done(workspace: Workspace) -> None:
    workspace.commit(step(workspace, Given({Q1: "So far"}, verdicts(B3="stop 10 it is over"), done=False)))
    assert the_checkin(workspace).state == "open" and workspace.records.find("B3").standing == "placed"
    under_way = weekly(workspace)
    assert under_way == the_checkin(workspace)
    workspace.me = "ben"
    workspace.commit(step(workspace, Given({}), "ben"))
    assert the_checkin(workspace).state == "done" and workspace.records.find("B3").standing == "stopped"
    assert [(one.confidence, one.created_by) for one in workspace.records.all(Update)] == [(10, "anna")]
    assert the_checkin(workspace).people == ("anna", "ben")


def test_what_was_done_once_is_not_done_again(workspace: Workspace) -> None:
    workspace.commit(step(workspace, Given({}, verdicts(B3="stop it is over", B2="keep 70"))))
    reopened = workspace.records.find("B3")
    workspace.commit(edit(reopened, "it was not", state="option"))
    again = step(workspace, Given({Q1: "Later"}, the_checkin(workspace).verdicts), checkin=the_checkin(workspace))
    assert [change.record.id for change in again.changes] == [the_checkin(workspace).id]


# -------------------------------------------------------------------------------------------------------------- decisions


def test_decisions_get_the_check_in_as_their_occasion(workspace: Workspace) -> None:
    lines = "D6 Open one\nD7\nKeep SSO out because two of forty asked\nBurn the boats door:one-way"
    held = step(workspace, Given({}, decisions=lines))
    assert held.why.endswith(": still open: D6, D7, Burn the boats"), "what was not decided after all is said"
    workspace.commit(held)
    checkin = the_checkin(workspace)
    occasion = "Weekly check-in of 2026-11-23"
    found = [workspace.records.find(one) for one in checkin.decisions]
    assert [(one.label, one.occasion, one.state) for one in found if isinstance(one, Decision)] == [
        ("Open one", occasion, "open"),
        ("Has an occasion", "The offsite", "open"),
        ("Keep SSO out", occasion, "decided"),
        ("Burn the boats", occasion, "open"),
    ]


def test_a_line_about_a_number_is_a_decision_and_an_id_of_something_else_is_not(workspace: Workspace) -> None:
    workspace.commit(step(workspace, Given({}, decisions="10 seats are enough")))
    assert workspace.records.find(the_checkin(workspace).decisions[0]).label == "10 seats are enough"
    with pytest.raises(UsageError, match="B2 is no decision"):
        step(workspace, Given({}, decisions="B2"))


# ------------------------------------------------------------------------------------------------------- several at once


def beside(workspace: Workspace, me: str) -> Workspace:
    """Another person's handle on the same records."""
    return Workspace(workspace.backend, me=me, clock=lambda: datetime(2026, 11, 23, 9, 5, tzinfo=UTC))


def test_two_who_begin_the_same_one_at_once_hold_one_together(workspace: Workspace) -> None:
    ben = beside(workspace, "ben")
    seen = weekly(workspace)
    assert is_provisional(seen.id)
    hers = held(seen, Given({Q1: "Hers"}, verdicts(B2="keep 70"), "D6", "", ("cleo",)), workspace.records, MONDAY, "anna")
    his = held(seen, Given({Q2: "His"}, verdicts(B3="stop 10 over"), "D7\nHis own", "Ship"), ben.records, MONDAY, "ben")
    workspace.commit(hers)
    ben.commit(his)
    workspace.refresh()
    both = Workspace(workspace.backend).records
    (checkin,) = both.all(Checkin)
    assert checkin.answers == {Q1: "Hers", Q2: "His"}
    assert [as_typed(one) for one in checkin.verdicts] == ["keep 70", "stop 10 over"]
    assert [both.find(one).label for one in checkin.decisions] == ["Open one", "Has an occasion", "His own"]
    assert (checkin.intent, checkin.people, checkin.created_by) == ("Ship", ("cleo", "anna", "ben"), "anna")
    assert both.find("B3").standing == "stopped"
    assert {(one.created_by, one.confidence) for one in both.all(Update)} == {("anna", 70), ("ben", 10)}


def test_each_takes_back_only_what_was_theirs(workspace: Workspace) -> None:
    ben = beside(workspace, "ben")
    seen = weekly(workspace)
    his = held(seen, Given({Q2: "His"}), ben.records, MONDAY, "ben")
    workspace.commit(held(seen, Given({Q1: "Hers"}), workspace.records, MONDAY, "anna"))
    ben.commit(his)
    assert ben.undo() is not None
    (left,) = Workspace(workspace.backend).records.all(Checkin)
    assert (left.answers, left.people) == ({Q1: "Hers"}, ("anna",))


def test_the_same_question_answered_by_both_is_asked_about_not_lost(workspace: Workspace) -> None:
    ben = beside(workspace, "ben")
    seen = weekly(workspace)
    his = held(seen, Given({Q1: "His"}, verdicts(B2="keep 20")), ben.records, MONDAY, "ben")
    workspace.commit(held(seen, Given({Q1: "Hers"}, verdicts(B2="keep 70")), workspace.records, MONDAY, "anna"))
    with pytest.raises(Conflict) as caught:
        ben.commit(his)
    checkin = the_checkin(workspace)
    assert [(record, field) for record, field, _, _ in caught.value.fields] == [
        (checkin.id, f"answers.{Q1}"), (checkin.id, "verdicts.B2"),
    ]  # fmt: skip
    assert caught.value.fields[0][2:] == ("Hers", "His")
    again = held(seen, Given({Q1: "Both"}, verdicts(B2="keep 20")), Workspace(workspace.backend).records, MONDAY, "ben")
    ben.commit(again, caught.value.fields)
    assert the_checkin(beside(workspace, "cleo")).answers == {Q1: "Both"}


def test_two_open_ones_become_done_when_one_of_both_says_so(workspace: Workspace) -> None:
    ben = beside(workspace, "ben")
    seen = weekly(workspace)
    his = held(seen, Given({Q2: "His"}, done=True), ben.records, MONDAY, "ben")
    workspace.commit(held(seen, Given({Q1: "Hers"}, done=False), workspace.records, MONDAY, "anna"))
    ben.commit(his)
    checkin = the_checkin(beside(workspace, "cleo"))
    assert (checkin.state, checkin.answers) == ("done", {Q1: "Hers", Q2: "His"})


def test_one_that_was_skipped_meanwhile_is_said(workspace: Workspace) -> None:
    ben = beside(workspace, "ben")
    seen = weekly(workspace)
    his = held(seen, Given({Q2: "His"}), ben.records, MONDAY, "ben")
    skipped = seen.evolve(state="skipped", why_skipped="holiday")
    workspace.commit(create([skipped.evolve(id="C+1")], "skipped"))
    with pytest.raises(Conflict, match=r"state \(skipped now\) changed meanwhile"):
        ben.commit(his)


def test_the_next_one_is_another(workspace: Workspace) -> None:
    workspace.commit(step(workspace, Given({}, intent="One")))
    after = weekly(workspace)
    assert after.due == date(2026, 11, 30)
    workspace.commit(held(after, Given({}), workspace.records, date(2026, 11, 30), "anna"))
    assert [one.due for one in workspace.records.all(Checkin)] == [MONDAY, date(2026, 11, 30)]


# ------------------------------------------------------------------------------------------------------------ looking back


def test_past_bets_are_ranked_back_with_an_honest_do_not_know(workspace: Workspace) -> None:
    for day, title in ((date(2026, 3, 1), "In the year"), (date(2024, 3, 1), "Long ago")):
        workspace.commit(create([Bet(title=title, state="settled", result="won", settled_on=day)], "settled"))
    found = rankable(Checkin(level="yearly"), workspace.records, date(2025, 11, 23), MONDAY)
    assert [bet.label for bet in found] == ["In the year"]
    checkin = Checkin(level="yearly", answers={rank_question("impact", found[0]): "don't know", "Why?": "high"})
    assert ranks(checkin, "impact") == {found[0].id: "don't know"} and ranks(checkin, "") == {}


# ---------------------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("keep", ("keep", None, "")),
        ("k 70% still true", ("keep", 70, "still true")),
        ("STOP 0 no", ("stop", 0, "no")),
        ("s over", ("stop", None, "over")),
        ("st over", None),
        ("sta", ("start", None, "")),
        ("c 3 ways to go", ("change", 3, "ways to go")),
        ("keep 101", None),
        ("perhaps", None),
    ],
)
def test_a_verdict_is_read_from_a_line(typed: str, read: tuple[str, int | None, str] | None) -> None:
    if read is None:
        with pytest.raises(UsageError, match=r"^B2: "):
            read_verdict("B2", typed)
        return
    found = read_verdict("B2", typed)
    assert found is not None and (found.verdict, found.confidence, found.note) == read
    assert read_verdict("B2", as_typed(found)) == found


def test_an_empty_line_is_no_verdict() -> None:
    assert read_verdict("B2", "  ") is None
