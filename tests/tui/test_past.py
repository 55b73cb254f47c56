"""The past of a workspace: read as far as a lens looks and no further again; how things stood, replayed from near by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sample import TODAY, stamp

from store.backend import MemoryBackend
from store.model import Bet
from store.operations import Put, Transaction
from store.records import Records
from store.step import Change, Step, create, edit
from store.workspace import Workspace, timestamp
from tui import past
from tui.past import Past, Rewind, looking_back
from tui.perspective import perspectives
from tui.viewpoint import Viewpoint


class Log:
    """Steps that count how many of them were read."""

    def __init__(self, days: int) -> None:
        self.steps = [step(n + 1, TODAY - timedelta(days=days - n)) for n in range(days)]
        self.read = 0

    def back(self) -> Iterator[Transaction]:
        for one in reversed(self.steps):
            self.read += 1
            yield one


def step(n: int, day: date) -> Transaction:
    return Transaction(n, stamp(day), "ben", (Put("bets", str(n), None, {"title": "x"}),))


def test_only_as_much_is_read_as_is_asked_for() -> None:
    log = Log(100)
    past = Past(log.back)
    assert [one.n for one in past.since(stamp(TODAY - timedelta(days=3)), 100)] == [100, 99, 98]
    assert log.read == 4


def test_the_same_object_comes_back_while_nothing_is_added() -> None:
    log = Log(100)
    past = Past(log.back)
    week = past.since(stamp(TODAY - timedelta(days=7)), 100)
    read = log.read
    assert past.since(stamp(TODAY - timedelta(days=7)), 100) is week
    assert [one.n for one in past.since(stamp(TODAY - timedelta(days=2)), 100)] == [100, 99]
    assert log.read == read


def test_what_was_added_is_read_and_nothing_before_it() -> None:
    log = Log(100)
    past = Past(log.back)
    past.since(stamp(TODAY - timedelta(days=7)), 100)
    log.steps.append(step(101, TODAY))
    log.read = 0
    assert [one.n for one in past.since(stamp(TODAY - timedelta(days=1)), 101)] == [101, 100]
    assert log.read == 2


def test_looking_further_back_reads_further() -> None:
    log = Log(10)
    past = Past(log.back)
    past.since(stamp(TODAY - timedelta(days=2)), 10)
    assert len(past.since(stamp(TODAY - timedelta(days=30)), 10)) == 10


def test_a_lens_that_does_not_look_back_reads_nothing() -> None:
    log = Log(10)
    flow, viewpoint = perspectives()["flow"], Viewpoint(TODAY)
    assert looking_back(flow, viewpoint, Past(log.back), Records({}, 10)) is viewpoint
    assert log.read == 0
    backward = flow._replace(looks_back=lambda viewpoint, zone: stamp(viewpoint.today - timedelta(days=1)))
    assert [one.n for one in looking_back(backward, viewpoint, Past(log.back), Records({}, 10)).history or ()] == [10]
    assert looking_back(backward, viewpoint, None, Records({}, 10)).history is None


# ------------------------------------------------------------------------------------------------------- how things stood


class Story:
    """A workspace whose steps are taken on days that are told, and the rewind over it."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 1, 1, tzinfo=UTC)
        self.read = 0
        self.workspace = Workspace(MemoryBackend(), me="anna", clock=lambda: self.moment)
        self.rewind = Rewind(self.back, lambda: self.workspace.records)

    def back(self) -> Iterator[Transaction]:
        for one in self.workspace.history():
            self.read += 1
            yield one

    def take(self, day: int, what: int) -> None:
        """Do one thing on a day of the year: add a bet, change one, delete one, or name the workspace."""
        self.moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
        records = self.workspace.records
        bets = list(records.each(Bet))
        if not bets or what % 4 == 0:
            self.workspace.commit(create([Bet(title=f"bet {what}")], "added"))
        elif what % 4 == 3:
            self.workspace.set_settings(records.settings.model_copy(update={"name": f"name {what}"}), "named")
        elif what % 4 == 2:
            self.workspace.commit(Step((Change(bets[what % len(bets)], None),), "deleted"))
        else:
            self.workspace.commit(edit(bets[what % len(bets)], "renamed", title=f"bet {what}"))


def limit(day: int) -> str:
    return timestamp(datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day))


def told(records: Records) -> tuple[object, ...]:
    return (records.n, records.settings, {record.id: record.document() for record in records})


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 30)), max_size=30),
    st.lists(st.tuples(st.integers(-1, 42), st.lists(st.integers(0, 30), max_size=2)), min_size=1, max_size=12),
    st.sampled_from([3, past.MOST_KEPT]),
)
def test_wherever_one_goes_things_stand_as_replayed_from_now(
    done: list[tuple[int, int]], visits: list[tuple[int, list[int]]], kept: int
) -> None:
    """Also while others go on, with clocks that differ, and when little is kept of the way."""
    before, past.MOST_KEPT = past.MOST_KEPT, kept
    try:
        story = Story()
        for day, what in done:
            story.take(day, what)
        for day, meanwhile in visits:
            for what in meanwhile:
                story.take(41, what)
            moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
            found = story.rewind.at(limit(day))
            assert told(found) == told(story.workspace.at(moment))
            assert story.rewind.at(limit(day)) is found
    finally:
        past.MOST_KEPT = before


def test_a_step_along_the_way_reads_only_what_lies_between() -> None:
    story = Story()
    for day in range(100):
        story.take(day, 0)
    story.rewind.at(limit(60))
    read = story.read
    back = story.rewind.at(limit(58))
    assert story.read == read + 2
    assert story.rewind.at(limit(60)).n == 61
    assert story.rewind.at(limit(58)) is back
    assert story.read == read + 2


def test_records_that_did_not_change_are_the_same_objects() -> None:
    story = Story()
    for day in range(10):
        story.take(day, 0)
    now = story.workspace.records
    assert story.rewind.at(limit(4)).get("B3") is now.get("B3")


def test_before_the_first_step_there_is_nothing_and_one_knows_since_when() -> None:
    story = Story()
    story.take(3, 0)
    assert len(story.rewind.at(limit(1))) == 0
    assert story.rewind.begins == timestamp(datetime(2026, 1, 4, tzinfo=UTC))


def test_the_history_ends_where_one_stands() -> None:
    log = Log(10)
    passed = Past(log.back)
    assert [one.n for one in passed.since(stamp(TODAY - timedelta(days=5)), 7)] == [7, 6]
    assert [one.n for one in passed.since(stamp(TODAY - timedelta(days=5)), 10)] == [10, 9, 8, 7, 6]
    assert passed.since(stamp(TODAY - timedelta(days=5)), 7) is passed.since(stamp(TODAY - timedelta(days=5)), 7)
