"""Changed: sentences from the history, others' before mine, within the time and the filter."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from sample import TODAY, nasty_state, sample_state

from store.backend import MemoryBackend
from store.model import Bet, Mission, Record, Update
from store.operations import State
from store.parts import Link
from store.records import Records
from store.step import Change, Step, create, edit
from store.workspace import Workspace, timestamp
from tui.absence import why_absent
from tui.drawing import draw
from tui.past import Past, looking_back
from tui.perspective import perspectives
from tui.perspectives._memo import kept
from tui.perspectives.changed import since
from tui.shapes import Scene, Text
from tui.viewpoint import Viewpoint

LENS = perspectives()["changed"]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Group:
    """A workspace that several people change, day by day."""

    def __init__(self, state: State | None = None) -> None:
        self.backend = MemoryBackend({"settings": {"0": {"zone": "UTC"}}} | (state or {}), 1000 if state else 0)
        self.reviewed = ""
        self.past = Past(self.backend.back, lambda: self.reviewed)

    def does(self, who: str, days_ago: int, step: Step) -> Records:
        workspace = Workspace(self.backend, me=who, clock=lambda: NOON - timedelta(days=days_ago))
        workspace.commit(step)
        return workspace.records

    @property
    def records(self) -> Records:
        return Records(self.backend.state, self.backend.n)

    def viewpoint(self, **options: str) -> Viewpoint:
        plain = Viewpoint(TODAY, me="anna", options=MappingProxyType(options))
        return looking_back(LENS, plain, self.past, self.records)

    def told(self, viewpoint: Viewpoint | None = None, **options: str) -> list[tuple[str, str, str]]:
        view = LENS.project(self.records, viewpoint or self.viewpoint(**options))
        assert isinstance(view, Text)
        return [(one.label, one.text, one.record.id if one.record else "") for one in view.paragraphs if one.text]

    def bet(self, number: int) -> Bet:
        bet = self.records.find(f"B{number}")
        assert isinstance(bet, Bet)
        return bet


@pytest.fixture
def group() -> Group:
    """Ben and Anna work on two bets; the older change is ten days old."""
    group = Group({"bets": {"1": {"title": "One"}, "2": {"title": "Two"}}})
    group.does("ben", 10, edit(group.bet(1), "up", hill=10))
    group.does("ben", 6, edit(group.bet(2), "up", hill=30))
    group.does("anna", 3, edit(group.bet(1), "who", people=("anna",)))
    group.does("ben", 2, edit(group.bet(1), "up", hill=40))
    group.does("cleo", 1, create([Update(id="U+1", text="slow", about="B1", confidence=30)], "said"))
    return group


def test_others_stand_before_me_and_what_is_newest_first(group: Group) -> None:
    assert group.told() == [
        ("", "@cleo  1 record, last yesterday", ""),
        ("B1    yesterday", "One: said “slow” (30%)", "B1"),
        ("", "@ben  2 records, last 2 d ago", ""),
        ("B1    2 d ago", "One: hill 10 → 40", "B1"),
        ("B2    6 d ago", "Two: hill set to 30", "B2"),
        ("", "@anna  1 record, last 3 d ago", ""),
        ("B1    3 d ago", "One: people +@anna", "B1"),
    ]


def test_it_looks_back_as_far_as_it_is_turned(group: Group) -> None:
    assert [label for label, _, _ in group.told(since="day") if label] == ["B1    yesterday"]
    month = {label: text for label, text, _ in group.told(since="month")}
    assert month["B1    2 d ago"] == "One: hill set to 40"


def test_it_can_be_told_record_by_record_and_day_by_day(group: Group) -> None:
    assert group.told(by="record")[:4] == [
        ("", "B1  One", ""),
        ("@cleo yesterday", "said “slow” (30%)", "B1"),
        ("@ben 2 d ago", "hill 10 → 40", "B1"),
        ("@anna 3 d ago", "people +@anna", "B1"),
    ]
    assert group.told(by="day")[:4] == [
        ("", "yesterday  1 record", ""),
        ("B1    @cleo", "One: said “slow” (30%)", "B1"),
        ("", "2 d ago  1 record", ""),
        ("B1    @ben", "One: hill 10 → 40", "B1"),
    ]


def test_what_was_deleted_or_put_away_is_told_but_cannot_be_gone_to(group: Group) -> None:
    group.does("ben", 0, Step((Change(group.bet(2), None),), "deleted"))
    group.does("ben", 0, edit(group.bet(1), "away", archived=True))
    told = group.told(since="day")
    assert ("B2    today", "Two: deleted", "") in told
    assert ("B1    today", "One: put away", "") in told
    assert (
        why_absent(LENS, group.bet(1), group.records, group.viewpoint())
        == "B1 is archived; Z shows archived ones, A brings it back"
    )


def test_a_thought_for_the_inbox_and_the_settings() -> None:
    group = Group()
    group.does("ben", 0, create([Update(id="U+1", text="why?")], "said"))
    workspace = Workspace(group.backend, me="ben", clock=lambda: NOON)
    workspace.set_settings(workspace.records.settings.model_copy(update={"name": "Here"}), "named")
    assert sorted(group.told()[1:]) == [
        ("      today", "the settings: name set to Here", ""),
        ("U1    today", "to the inbox: “why?”", "U1"),
    ]
    assert {text for label, text, _ in group.told(by="record") if not label} == {"The settings", "Inbox"}


def only_two(record: Record) -> bool:
    return record.label == "Two"


def test_the_filter_leaves_out_what_it_does_not_let_through_also_when_it_is_gone(group: Group) -> None:
    filtered = group.viewpoint()._replace(where=only_two)
    assert [record for _, _, record in group.told(filtered) if record] == ["B2"]
    group.does("ben", 0, Step((Change(group.bet(2), None), Change(group.bet(1), None)), "deleted"))
    filtered = group.viewpoint()._replace(where=only_two)
    assert [text for label, text, _ in group.told(filtered) if label] == ["Two: deleted"]


def test_every_record_appears_or_is_said_to_be_missing(group: Group) -> None:
    for options in ({}, {"since": "day"}, {"by": "record"}, {"by": "day"}):
        viewpoint = group.viewpoint(**options)
        drawing = draw(LENS.project(group.records, viewpoint), Scene(group.records, TODAY, "anna"), 80, 24)
        for record in group.records:
            reason = why_absent(LENS, record, group.records, viewpoint)
            assert (drawing.find(record.id) is None) == (reason is not None), f"{record.id}: {reason}"


def test_it_says_why_a_record_is_not_there(group: Group) -> None:
    records, day = group.records, group.viewpoint(since="day")
    assert why_absent(LENS, group.bet(2), records, day) == "nothing happened to B2 since 2026-11-21"
    assert why_absent(LENS, group.bet(2), records, day._replace(history=None)) == "the history was not read"
    update = next(iter(records.all(Update)))
    assert why_absent(LENS, update, records, day) == "what it says stands under B1"


def test_thousands_of_changes_are_cut_and_counted() -> None:
    group = Group()
    group.does("ben", 0, create([Bet(id=f"B+{n}", title=f"Bet {n}") for n in range(1, 1001)], "added"))
    told = group.told()
    assert sum(bool(label) for label, _, _ in told) == 400
    assert told[-1][1] == "600 older are not shown: turn since to less, or filter."
    reasons = {why_absent(LENS, bet, group.records, group.viewpoint()) for bet in group.records.all(Bet)}
    assert reasons == {None, "it is not among the newest 400; turn since to less, or filter"}


def test_following_steps_tells_what_looking_afresh_tells(group: Group) -> None:
    for at in range(6):
        group.told()
        group.does("ben" if at % 2 else "anna", 0, edit(group.bet(1 + at % 2), "up", hill=at * 10 + 1))
        group.does("ben", 0, create([Mission(id="M+1", title="m", links=(Link(kind="nests_in", to="B1"),))], "added"))
    for by in ("person", "record", "day"):
        followed = group.told(by=by)
        kept.cache_clear()
        assert group.told(by=by) == followed


def test_nasty_texts_stay_on_their_lines() -> None:
    group = Group()
    state = copy.deepcopy(nasty_state())
    for table, rows in state.items():
        for document in rows.values():
            if table in ("bets", "updates", "missions"):
                kind = {"bets": Bet, "updates": Update, "missions": Mission}[table]
                record = kind.model_validate({**document, "id": f"{kind.letter}+1", "links": (), "about": None})
                group.does(str(document.get("created_by", "ben")) or "ben", 0, create([record], "added"))
    view = LENS.project(group.records, group.viewpoint())
    for width in (40, 80):
        drawing = draw(view, Scene(group.records, TODAY, "anna"), width, 24)
        lines = ["".join(span.text for span in drawing.line(y)) for y in range(drawing.height)]
        assert lines and all(line.isprintable() or "\u0301" in line for line in lines)


def test_without_a_history_nothing_is_told() -> None:
    assert LENS.project(Records(sample_state(), 100), Viewpoint(TODAY)) == Text(())


def test_it_looks_back_to_my_last_review_to_the_minute(group: Group) -> None:
    assert group.told(since="review")[0] == ("", "You ended no review yet: what happened in the last week.", "")
    group.reviewed = timestamp(NOON - timedelta(days=2, minutes=-1))
    assert [label for label, _, _ in group.told(since="review") if label] == ["B1    yesterday"]
    assert group.told() == group.told(since="review") != group.told(since="week")
    group.reviewed = timestamp(NOON - timedelta(days=2, minutes=1))
    assert [label for label, _, _ in group.told(since="review") if label] == ["B1    yesterday", "B1    2 d ago"]
    group.reviewed = timestamp(NOON - timedelta(days=40))
    assert "B1    10 d ago" not in [label for label, _, _ in group.told(since="week")]
    assert ("B1    2 d ago", "One: hill set to 40", "B1") in group.told(since="review")


def test_it_tells_of_everybody_of_others_or_of_me(group: Group) -> None:
    def people(**options: str) -> list[str]:
        return [text.split("  ")[0] for label, text, _ in group.told(**options) if not label]

    assert people() == ["@cleo", "@ben", "@anna"]
    assert people(whose="others") == ["@cleo", "@ben"]
    assert people(whose="me") == ["@anna"]
    assert people(whose="me", since="day") == []


def test_days_are_those_of_the_workspace() -> None:
    """At noon in UTC it is one in the morning of the next day in Auckland."""
    group = Group({"bets": {"1": {"title": "One"}}, "settings": {"0": {"zone": "Pacific/Auckland"}}})
    group.does("ben", 2, edit(group.bet(1), "up", hill=10))
    group.does("ben", 1, edit(group.bet(1), "up", hill=20))
    group.does("ben", 0, edit(group.bet(1), "up", hill=30))
    today = TODAY + timedelta(days=1)

    def told(**options: str) -> list[tuple[str, str, str]]:
        plain = Viewpoint(today, me="anna", options=MappingProxyType(options))
        return group.told(looking_back(LENS, plain, group.past, group.records))

    assert told(since="day") == [
        ("", "@ben  1 record, last today", ""),
        ("B1    today", "One: hill 10 → 30", "B1"),
    ], "what was done yesterday there began the day before in UTC"
    assert [text for label, text, _ in told(by="day") if not label] == [
        "today  1 record",
        "yesterday  1 record",
        "2 d ago  1 record",
    ]
    assert told(by="record")[1][0] == "@ben today"


def test_a_last_review_is_not_cut_off_where_the_day_begins_later() -> None:
    group = Group({"bets": {"1": {"title": "One"}}, "settings": {"0": {"zone": "Pacific/Honolulu"}}})
    group.does("ben", 0, edit(group.bet(1), "up", hill=10))
    group.reviewed = timestamp(NOON - timedelta(hours=7))
    assert ("B1    today", "One: hill set to 10", "B1") in group.told(since="review")
    assert since(group.viewpoint(since="review"), "Pacific/Honolulu") == TODAY - timedelta(days=1)
