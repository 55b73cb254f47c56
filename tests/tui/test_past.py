"""The past of a workspace: read as far as a lens looks, the newer part once, and the same object while nothing happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sample import TODAY, stamp

from store.operations import Put, Transaction
from tui.past import Past, looking_back
from tui.perspective import Viewpoint, perspectives


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
    assert [one.n for one in past.since(TODAY - timedelta(days=3), 100)] == [100, 99, 98]
    assert log.read == 4


def test_the_same_object_comes_back_while_nothing_is_added() -> None:
    log = Log(100)
    past = Past(log.back)
    week = past.since(TODAY - timedelta(days=7), 100)
    read = log.read
    assert past.since(TODAY - timedelta(days=7), 100) is week
    assert [one.n for one in past.since(TODAY - timedelta(days=2), 100)] == [100, 99]
    assert log.read == read


def test_what_was_added_is_read_and_nothing_before_it() -> None:
    log = Log(100)
    past = Past(log.back)
    past.since(TODAY - timedelta(days=7), 100)
    log.steps.append(step(101, TODAY))
    log.read = 0
    assert [one.n for one in past.since(TODAY - timedelta(days=1), 101)] == [101, 100]
    assert log.read == 2


def test_looking_further_back_reads_further() -> None:
    log = Log(10)
    past = Past(log.back)
    past.since(TODAY - timedelta(days=2), 10)
    assert len(past.since(TODAY - timedelta(days=30), 10)) == 10


def test_a_lens_that_does_not_look_back_reads_nothing() -> None:
    log = Log(10)
    flow, viewpoint = perspectives()["flow"], Viewpoint(TODAY)
    assert looking_back(flow, viewpoint, Past(log.back), 10) is viewpoint
    assert log.read == 0
    backward = replace(flow, looks_back=lambda viewpoint: viewpoint.today - timedelta(days=1))
    assert [one.n for one in looking_back(backward, viewpoint, Past(log.back), 10).history or ()] == [10]
    assert looking_back(backward, viewpoint, None, 10).history is None
