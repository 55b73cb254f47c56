"""The slow link of the bench: when a line of a rate and a length has brought what it was given."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.bench.link import BYTES_A_SECOND, ONE_WAY, Line, Linked, Reply
from tests.bench.plan import environment

WRITER = """
import os, tty
tty.setraw(0)
os.write(1, b"ready")
while key := os.read(0, 1):
    os.write(1, b"x" * 1600)
"""
"""A program that answers every key with what the line needs 50 ms for."""


def test_a_byte_takes_the_line_s_time_and_what_it_needs_for_itself() -> None:
    line = Line(rate=1000, delay=0.5)
    assert line.arrival(10, 100) == pytest.approx(10.6)
    assert line.arrival(10, 100) == pytest.approx(10.7)  # after the one before it
    assert line.arrival(20, 1) == pytest.approx(20.501)


def test_a_program_is_held_up_while_too_much_waits() -> None:
    line = Line(rate=1000, delay=0.5)
    line.arrival(10, 3000)
    assert line.held_up(10, room=1000) == pytest.approx(2)
    assert (line.held_up(12, room=1000), line.held_up(99, room=1000)) == (0, 0)


@given(some.lists(some.tuples(some.floats(0, 9), some.integers(1, 9999)), min_size=1))
def test_what_is_given_in_turn_arrives_in_turn_and_never_faster_than_the_line(given_: list[tuple[float, int]]) -> None:
    line, at, arrivals = Line(rate=1000, delay=0.5), 0.0, []
    for pause, size in given_:
        at += pause
        arrivals.append((line.arrival(at, size), at, size))
    assert arrivals == sorted(arrivals)
    assert all(arrival >= then + 0.5 + size / 1000 - 1e-6 for arrival, then, size in arrivals)
    assert arrivals[-1][0] - 0.5 >= sum(size for *_, size in arrivals) / 1000 - 1e-6


def test_what_the_line_alone_needs_is_both_ways_and_the_bytes() -> None:
    assert Reply(milliseconds=99, sent=BYTES_A_SECOND // 10).on_the_line == pytest.approx(2000 * ONE_WAY + 100)


def test_a_key_is_answered_after_both_ways_and_the_bytes_and_the_last_of_one_held_down_no_sooner(tmp_path: Path) -> None:
    with Linked((sys.executable, "-c", WRITER), environment(tmp_path)) as terminal:
        terminal.show(terminal.until(b"ready"))
        reply = terminal.reply(b"a")
        assert (reply.sent, reply.milliseconds >= reply.on_the_line) == (1600, True)
        held = terminal.reply_after_holding(b"a", seconds=0.2)
    assert (held.sent, held.milliseconds >= reply.on_the_line) == (6 * 1600, True)
