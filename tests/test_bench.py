"""The bench measures what it says, on the smallest slice: nothing here depends on how fast anything is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from store.disk.tiny import TinyBackend
from store.model import TABLES
from tests.bench import __main__ as bench
from tests.bench import commit, lenses, opening, switching
from tests.bench.cells import Picture, changed_cells, ideal_bytes, least_bytes
from tests.bench.figures import Figure, Series, Target, markdown, series, shown
from tests.bench.plan import Plan, environment, in_turn, write_workspace
from tests.bench.terminal import Terminal
from tests.tui.sample import many_records
from tui.perspective import perspectives

ECHO = """
import os, sys, tty
tty.setraw(0)
os.write(1, b"\\x1b[2J\\x1b[?25lready")
while key := os.read(0, 1):
    if key == b"s":
        os.write(1, b"\\x1b[1;1Hready")
    elif key == b"c":
        os.write(1, b"\\x1b[2;1H\\x1b[31mred\\x1b[m\\x1b[3;1H")
"""
"""A program that shows a word, the same word again at ``s``, and a red one at ``c``."""


def seen(*sent: bytes) -> Picture:
    picture = Picture((20, 3))
    for data in sent:
        picture.take(data)
    return picture


def test_a_series_knows_its_middle_and_its_slow_end() -> None:
    many = series(range(1, 101))
    assert (many.median, many.p95) == (50.5, 95)
    assert (Series((7.0,)).median, Series((7.0,)).p95) == (7.0, 7.0)


@pytest.mark.parametrize(
    ("target", "is_met"),
    [
        (Target("ratio", 2), True),
        (Target("ratio", 1.9), False),
        (Target("p95", 9), False),
        (Target("p95", 9.5), True),
        (Target("median", 6), True),
        (Target("median", 5), False),
        (None, None),
    ],
)
def test_a_target_is_met_or_missed(target: Target | None, is_met: bool | None) -> None:
    assert Figure("f", "ms", series([5, 6, 9]), "peer", series([3, 3, 4]), target).is_met is is_met


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    absent = Figure("f", "bytes", None, "there is none", target=Target("ratio", 1))
    assert (absent.ratio, absent.is_met) == (None, None)
    assert Figure("f", "bytes", series([1]), "peer", series([0])).ratio is None


def test_the_table_says_met_and_missed() -> None:
    table = markdown(
        [
            Figure("fast", "ms", series([1, 2, 3]), "peer", series([1]), Target("ratio", 3)),
            Figure("slow", "ms", series([40.04]), "peer", series([10]), Target("ratio", 3)),
        ]
    ).splitlines()
    assert [cell.strip() for cell in table[2].split("|")[1:-1]] == [
        "fast", "ms", "2.00", "3.00", "3", "peer", "1.00", "2.00×", "≤ 3×", "met",
    ]  # fmt: skip
    assert table[3].split("|")[-2].strip() == "MISSED"
    assert len({len(line) for line in table}) == 1


@pytest.mark.parametrize(
    ("number", "text"), [(None, ""), (0, "0"), (0.01234, "0.0123"), (1.0, "1.00"), (12.34, "12.3"), (5822, "5822")]
)
def test_numbers_are_shown_with_the_digits_that_mean_something(number: float | None, text: str) -> None:
    assert shown(number) == text


def test_nothing_changed_costs_nothing() -> None:
    picture = seen(b"hello")
    assert ideal_bytes(picture.cells, picture.cells) == 0


@pytest.mark.parametrize(
    ("sent", "least", "cells"),
    [
        (b"X", len("\x1b[H") + 8 + 1, 1),
        (b"\x1b[2;3HX", len("\x1b[2;3H") + 8 + 1, 1),
        (b"\x1b[2;3HX   Y", len("\x1b[2;3H") + 8 + 5, 2),
        (b"\x1b[2;1HX\x1b[2;15HY", len("\x1b[2;1H") + 8 + 1 + len("\x1b[2;15H") + 1, 2),
        (b"\x1b[2;1H\x1b[1;31mX", len("\x1b[2;1H") + 4 + 3 + 2 + 2 + 1, 1),
        (b"\x1b[2;1H\x1b[38;2;1;2;3mX", len("\x1b[2;1H") + 4 + 15 + 2 + 1, 1),
    ],
)
def test_the_ideal_is_what_a_plain_differ_sends(sent: bytes, least: int, cells: int) -> None:
    before, after = seen(b"").cells, seen(sent).cells
    assert (ideal_bytes(before, after), changed_cells(before, after)) == (least, cells)


LISTED = b"a" * 9 + b"\r\n" + b"b" * 9 + b"\r\n" + b"c" * 9
MOVED = len("\x1b[1;2r\x1b[H\x1b[M\x1b[r")


@pytest.mark.parametrize(
    ("start", "sent", "least"),
    [
        (b"", b"X", 1 + 1),
        (b"X", b"\r\x1b[K", 1),
        (b"", b"ab\x1b[2;3Hc d", (1 + 2) + (1 + 1) + (1 + 1)),
        (b"", b"\x1b[31ma\x1b[32mb", 1 + 2 + len("\x1b[m")),
        (b"", b"\x1b[38;2;1;2;3ma\x1b[38;2;3;2;1mb", 1 + 2 + len("\x1b[38;5;99m")),
        (LISTED, b"\x1b[H\x1b[M\x1b[3Hdddd", MOVED + 4),
        (LISTED, b"\x1b[H\x1b[Ldddd", MOVED + 4),
    ],
)
def test_the_least_is_what_changed_or_what_is_left_of_it_where_lines_moved(start: bytes, sent: bytes, least: int) -> None:
    assert least_bytes(seen(start).cells, seen(start, sent).cells) == least


def test_the_text_of_an_answer_is_that_of_the_lines_that_changed() -> None:
    before, after = seen(b"same\r\nold").cells, seen(b"same\r\n\xe2\x97\x8f new").cells
    assert switching.text_bytes(before, after) == len("● new".encode())
    assert switching.text_bytes(after, after) == 0


def test_sequences_the_emulator_does_not_know_leave_no_mark() -> None:
    assert seen(b"\x1b[?2026", b"$p\x1b[>1u\x1b]0;title\x07", b"\x1b[2", b";1Hab\x1b[3b").text.split() == ["abbbb"]


def test_scrolled_lines_move() -> None:
    assert seen(b"a\r\nb\r\nc\x1b[1S").text.split() == ["b", "c"]


def test_trials_are_taken_in_turn_after_one_that_does_not_count() -> None:
    order: list[str] = []

    def trial(name: str) -> Callable[[], float]:
        def run() -> float:
            order.append(name)
            return len(order)

        return run

    found = in_turn({"a": trial("a"), "b": trial("b")}, 2)
    assert "".join(order) == "ababab"
    assert found == {"a": Series((3, 5)), "b": Series((4, 6))}


def test_a_key_is_measured_by_what_it_changes(tmp_path: Path) -> None:
    with Terminal((sys.executable, "-c", ECHO), environment(tmp_path), (20, 3)) as terminal:
        started = terminal.show(terminal.until(b"ready"), "ready")
        assert started is not None and started > terminal.started
        same, red = terminal.press(b"s"), terminal.press(b"c")
    assert (same.seconds, same.sent, same.ideal, same.cells) == (None, len(b"\x1b[1;1Hready"), 0, 0)
    assert red.seconds is not None
    assert (red.sent, red.ideal, red.cells) == (len(b"\x1b[2;1H\x1b[31mred\x1b[m\x1b[3;1H"), 6 + 4 + 3 + 2 + 3, 3)


def test_a_generated_workspace_holds_its_records(tmp_path: Path) -> None:
    state = many_records(60)
    write_workspace(tmp_path / "made" / "workspace.json", state)
    backend = TinyBackend(str(tmp_path / "made" / "workspace.json"), read_only=True)
    assert (backend.n, backend.problems) == (60, [])
    assert {table: dict(backend.state.get(table, {})) for table in TABLES} == state
    backend.close()


def test_copies_of_a_workspace_are_separate(tmp_path: Path) -> None:
    plan = Plan(tmp_path, quick=True, sizes=(20,))
    one, other = plan.workspace(20, "one"), plan.workspace(20, "other")
    assert one != other and one.read_bytes() == other.read_bytes()


def test_a_slice_of_the_benches_measures_every_lens_and_size(tmp_path: Path) -> None:
    plan = Plan(tmp_path, quick=True, sizes=(40,))
    names = [figure.name for each in (commit, opening, lenses) for figure in each.figures(plan)]
    assert names == [
        "commit, 40 records",
        "the records after it, 40 records",
        "opening, 40 records",
        "opening and making every model, 40 records",
        "three lenses after a change, 40 records",
        "three lenses after a change, 40 records, and drawn",
        *(f"{lens} after a change, 40 records{how}" for lens in perspectives() for how in ("", ", and drawn")),
        *(f"{lens} from nothing, 40 records" for lens in perspectives()),
    ]


def test_a_broken_bench_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(plan: Plan) -> list[Figure]:
        raise RuntimeError("broken on purpose")

    fine = Figure("fine", "ms", series([1]), "peer", series([1]))
    monkeypatch.setattr(bench, "BENCHES", {"broken": broken, "fine": lambda plan: [fine]})
    assert bench.measured(["broken", "fine"], Plan(tmp_path)) == ([fine], True)
    assert "broken on purpose" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["nonsense"], ["--write", "--quick"], ["--write", "lenses"]])
def test_what_cannot_be_run_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        bench.main(arguments)
    assert refused.value.code == 2
