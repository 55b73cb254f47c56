"""The daily review in the app: one item with all the room, single keys, undone and resumed like in the shell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from sample import TODAY, open_workspace, sample_state
from test_workspace_screen import Person

import themes
from store.changes import deleted
from store.disk.tiny import TinyBackend
from store.model import Bet, Decision, Signal, Update
from store.operations import State
from store.personal import review_path
from store.review.state import load
from store.workspace import Workspace
from tests.bench.plan import write_workspace
from tui.app import ManyViewApp
from tui.panes.bars import Bar


class Reviewer(Person):
    """Somebody who reviews."""

    @property
    def shown(self) -> list[str]:
        """What the pane for whole records shows, from the top."""
        pane = self.screen.room.detail
        return [pane.render_line(y).text.strip() for y in range(pane.size.height)]

    @property
    def footer(self) -> str:
        return self.screen.query_one("#keys", Bar).render_line(0).text.strip()

    @property
    def place(self) -> str:
        """The line that says which step it is."""
        return next(line for line in self.shown if line)


def state() -> State:
    """The sample without levels and triggers: what waits is what the records say."""
    made = sample_state()
    made["settings"]["0"] |= {"levels": [], "triggers": []}
    return made


@asynccontextmanager
async def reviewing(workspace: Workspace | None = None, columns: int = 100, rows: int = 40) -> AsyncIterator[Reviewer]:
    found = workspace or open_workspace(state(), 1000)
    app = ManyViewApp(found, theme=themes.load("mono"), today=lambda: TODAY)
    async with app.run_test(size=(columns, rows)) as pilot:
        await pilot.pause()
        person = Reviewer(pilot, found)
        await person.press("R")
        yield person


async def test_every_answer_has_its_key_in_the_footer_at_80_columns() -> None:
    async with reviewing(columns=80, rows=24) as anna:
        await anna.press("enter")
        told = "Enter keep  x done  s later  n note  c decide  D drop  b back  q pause"
        assert anna.footer == f"{told}  ? help"


async def test_minutes_set_aside_are_told_with_what_has_passed_and_kept_for_the_next(
    on_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 100_000, 40))
    monkeypatch.setattr("store.review.course.time", SimpleNamespace(monotonic=lambda: next(clock)))
    async with reviewing(Workspace(TinyBackend(on_disk), me="anna")) as anna:
        await anna.press("q", ":")
        await anna.type("review ten")
        await anna.press("enter")
        assert anna.screen.asking.is_open
        await anna.press("ctrl+u")
        await anna.type("review 1")
        await anna.press("enter")
        assert anna.place.startswith("1 of ") and anna.place.endswith(", 0 of 1 min")
        await anna.press("enter", "enter", "enter")
        assert anna.place.startswith("4 of ") and anna.place.endswith(", 2 of 1 min")
        await anna.press("q", "R")
        assert anna.place.endswith(" of 1 min")


async def test_an_item_stands_with_its_reason_its_place_and_its_record() -> None:
    async with reviewing() as anna:
        assert anna.place == "1 of 9"
        assert "Because its review was due yesterday, and it is still open, and it is a one-way door." in anna.shown
        assert any(line.startswith("D32  One price for everybody") for line in anna.shown)
        assert anna.footer.startswith("Enter keep  x done  s later  n note  c decide  D drop  b back")
        assert anna.chosen == "D32"


async def test_enter_keeps_b_goes_back_and_the_place_is_told() -> None:
    async with reviewing() as anna:
        await anna.press("enter", "enter")
        assert anna.place == "3 of 9"
        await anna.press("b")
        assert anna.place == "2 of 9" and "You answered it: kept." in anna.shown
        await anna.press("enter", "enter")
        assert anna.place == "4 of 9"


async def test_what_is_dropped_for_a_reason_comes_back_with_one_key() -> None:
    async with reviewing() as anna:
        await anna.press("enter", "D")
        await anna.type("nobody asks")
        await anna.press("enter")
        bet = anna.record("B16")
        assert isinstance(bet, Bet) and (bet.state, bet.why_stopped) == ("stopped", "nobody asks")
        assert anna.place == "3 of 9"
        await anna.press("u")
        assert anna.record("B16").standing == "placed"
        assert anna.place == "2 of 9" and anna.chosen == "B16"


async def test_undo_of_what_changed_nothing_asks_it_again_and_touches_no_record() -> None:
    async with reviewing() as anna:
        before = anna.workspace.records
        await anna.press("enter", "s", "enter")
        assert anna.place == "3 of 9"
        await anna.press("u")
        assert anna.place == "2 of 9"
        await anna.press("u")
        assert anna.place == "1 of 9"
        assert anna.workspace.records is before


async def test_a_ritual_is_put_off_with_one_key() -> None:
    made = state()
    weekly = {"id": "weekly", "title": "Weekly", "rule": "FREQ=WEEKLY", "anchor": "2027-01-04", "review_on": str(TODAY)}
    made["settings"]["0"] |= {"levels": [weekly]}
    async with reviewing(open_workspace(made, 1000)) as anna:
        while not any(line.startswith("Weekly") for line in anna.shown):
            await anna.press("enter")
        place = anna.place
        assert anna.footer.startswith("Enter keep  s later  c decide")
        await anna.press("s", "enter")
        assert anna.place != place and not any(line.startswith("Weekly") for line in anna.shown)


async def test_an_empty_or_wrong_line_changes_nothing_and_stays() -> None:
    async with reviewing() as anna:
        await anna.press("n", "enter")
        assert anna.place == "1 of 9"
        await anna.press("s")
        await anna.type("yesterday")
        await anna.press("enter")
        assert anna.screen.asking.is_open
        await anna.press("escape")
        assert anna.place == "1 of 9" and not anna.workspace.backend.n > 1000
        await anna.press("T")
        assert "is no answer here" in anna.said


async def test_done_opens_what_it_needs_and_goes_on_when_that_is_saved() -> None:
    async with reviewing() as anna:
        await anna.press("enter", "enter", "x")
        assert anna.record("B12").standing == "released"
        assert anna.place == "4 of 9"
        await anna.press("b", "x")
        assert anna.screen.asking.is_open
        await anna.press("escape")
        assert anna.record("B12").standing == "released" and anna.place == "3 of 9"


async def test_what_somebody_deleted_meanwhile_is_said_and_left() -> None:
    async with reviewing() as anna:
        anna.workspace.commit(deleted((anna.record("D32"),)))
        await anna.press("x")
        assert anna.said == "Nothing was changed: D32 is no longer there."
        assert anna.chosen == "B16" and not anna.screen.asking.is_open


async def test_a_signal_whose_day_has_come_is_measured() -> None:
    due = state()
    due["signals"]["51"]["by"] = TODAY.isoformat()
    async with reviewing(open_workspace(due, 1000)) as anna:
        while anna.chosen != "S51":
            await anna.press("enter")
        assert "x done" in anna.footer
        await anna.press("x")
        await anna.type("41")
        await anna.press("enter", "enter", "enter")
        signal = anna.record("S51")
        assert isinstance(signal, Signal) and [one.value for one in signal.readings] == [41]
        assert anna.chosen != "S51"


async def test_a_note_a_decision_and_the_inbox_are_dealt_with() -> None:
    async with reviewing() as anna:
        await anna.press("n")
        await anna.type("conf:30 not now")
        await anna.press("enter")
        (note,) = anna.workspace.records.about("D32")
        assert isinstance(note, Update) and (note.text, note.confidence) == ("not now", 30)
        while anna.chosen != "U78":
            await anna.press("enter")
        await anna.press("c")
        await anna.type("Do it")
        await anna.press("enter")
        made = anna.workspace.records.all(Decision)[-1]
        assert made.occasion == "daily review 2026-11-22"
        assert anna.workspace.records.about(None) == ()


async def test_the_end_tells_what_it_came_to_and_gives_the_room_back() -> None:
    async with reviewing() as anna:
        await anna.press(*["enter"] * 9)
        assert "Daily review, 2026-11-22, @anna" in anna.shown and "9 items: 9 kept." in anna.shown
        assert anna.footer.startswith("Y copy  q back")
        await anna.press("j", "x", "enter")
        assert anna.pointed_at() and not anna.screen.desk.reviewing


async def test_help_edit_and_pages_work_as_everywhere() -> None:
    async with reviewing() as anna:
        await anna.press("?")
        assert "Review: what waits for me, and why?" in anna.shown
        await anna.press("q")
        assert anna.place == "1 of 9"
        await anna.press("e")
        assert anna.screen.asking.form is not None
        await anna.press("escape")
        assert anna.place == "1 of 9"


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_workspace(tmp_path / "w.json", state())
    return tmp_path / "w.json"


def reopened(path: Path) -> Workspace:
    return Workspace(TinyBackend(str(path)), me="anna", clock=lambda: datetime(2026, 11, 22, 9, tzinfo=UTC))


async def test_it_goes_on_in_the_same_place_in_another_run(on_disk: Path) -> None:
    async with reviewing(reopened(on_disk)) as anna:
        total = anna.place.removeprefix("1 of ")
        await anna.press("enter", "enter")
        where, chosen = anna.place, anna.chosen
    assert len(load(review_path({"XDG_STATE_HOME": str(on_disk.parent / "state")}, str(on_disk), "anna")).answered) == 2
    async with reviewing(reopened(on_disk)) as anna:
        assert (anna.place, anna.chosen) == (where, chosen) == (f"3 of {total}", chosen)
        await anna.press("q")
        assert anna.said.startswith("Paused, ")
        await anna.press("R")
        assert anna.place == where


@pytest.mark.parametrize("columns", [80, 160])
async def test_it_has_room_at_every_width(columns: int) -> None:
    async with reviewing(columns=columns, rows=24) as anna:
        for _ in range(9):
            assert " of 9" in anna.place
            assert "q" in anna.footer
            await anna.press("enter")


async def test_the_help_tells_the_keys_of_the_review_and_goes_back_to_it() -> None:
    async with reviewing() as anna:
        place = anna.place
        await anna.press("question_mark")
        assert anna.place == "Review: what waits for me, and why?"
        assert any(line.startswith("x") and "settle it" in line for line in anna.shown)
        assert any("Take back my last step" in line for line in anna.shown)
        assert anna.footer.split("  ")[:2] == ["j k scroll", "q back to the review"]
        await anna.press("q")
        assert anna.place == place and "q pause" in anna.footer
