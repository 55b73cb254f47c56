"""Whatever is being typed when the program has to leave comes back where it belongs, or as a file that is named."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sample import TODAY
from test_reviewing import Reviewer, state

import themes
from store.changes import archived, deleted
from store.disk.tiny import TinyBackend
from store.model import Bet, Checkin, Update
from store.step import edit
from store.workspace import Workspace
from tests.bench.plan import write_workspace
from tui import drafts
from tui.app import ManyViewApp
from tui.screens import drafting


@pytest.fixture
def on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    write_workspace(tmp_path / "w.json", state())
    return tmp_path / "w.json"


@asynccontextmanager
async def anna_at(path: Path) -> AsyncIterator[Reviewer]:
    workspace = Workspace(TinyBackend(path), me="anna")
    app = ManyViewApp(workspace, theme=themes.load("mono"), today=lambda: TODAY)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        yield Reviewer(pilot, workspace)
    workspace.close()


@asynccontextmanager
async def cut_while(path: Path, *keys: str, typed: str) -> AsyncIterator[Reviewer]:
    """Somebody who comes back after the line was cut, and goes on with the draft."""
    async with anna_at(path) as anna:
        await anna.press(*keys)
        await anna.type(typed)
        kept = drafting.keep(anna.screen)
        assert kept is not None
    async with anna_at(path) as anna:
        await anna.press("colon")
        await anna.type("draft")
        await anna.press("enter")
        yield anna


async def test_a_filter_comes_back_as_the_filter_of_its_page(on_disk: Path) -> None:
    async with cut_while(on_disk, "2", "slash", typed="state:placed") as anna:
        prompt = anna.screen.asking.prompt
        assert (anna.screen.desk.page.id, prompt.label, prompt.text) == ("bets", "/", "state:placed")
        await anna.press("enter")
        assert anna.screen.desk.page.filter == "state:placed"
        assert list(drafts.kept(drafting.place(anna.screen))) == []


async def test_a_command_being_typed_comes_back_as_one(on_disk: Path) -> None:
    async with cut_while(on_disk, "colon", typed="bet Try it +soon") as anna:
        prompt = anna.screen.asking.prompt
        assert (prompt.label, prompt.text) == (":", "bet Try it +soon")


async def test_why_something_is_skipped_comes_back_to_the_same_check_in(on_disk: Path) -> None:
    async with cut_while(on_disk, "colon", *"C62", "enter", "X", typed="all on holiday") as anna:
        prompt = anna.screen.asking.prompt
        assert (anna.chosen, prompt.path, prompt.text) == ("C62", "why_skipped", "all on holiday")
        await anna.press("enter")
        held = anna.record("C62")
        assert isinstance(held, Checkin) and (held.state, held.why_skipped) == ("skipped", "all on holiday")


async def test_what_a_state_asks_for_comes_back_behind_the_choice_of_that_state(on_disk: Path) -> None:
    async with cut_while(on_disk, "colon", *"B12", "enter", "q", "s", "p", typed="too early") as anna:
        prompt = anna.screen.asking.prompt
        assert (anna.chosen, prompt.path, prompt.text) == ("B12", "why_stopped", "too early")
        await anna.press("enter")
        bet = anna.record("B12")
        assert isinstance(bet, Bet) and (bet.state, bet.why_stopped) == ("parked", "too early")


async def test_something_to_capture_comes_back_as_its_kind(on_disk: Path) -> None:
    async with cut_while(on_disk, "c", typed="Keep it small conf:70") as anna:
        assert (anna.screen.asking.prompt.label, anna.screen.asking.prompt.text) == ("decision:", "Keep it small conf:70")


@pytest.mark.parametrize(
    ("key", "label"), [("n", "note:"), ("c", "decision:"), ("D", "put it away, because:"), ("s", "put off until (a week):")]
)
async def test_an_answer_of_the_review_comes_back_at_its_item(on_disk: Path, key: str, label: str) -> None:
    async with cut_while(on_disk, "R", key, typed="2w") as anna:
        prompt = anna.screen.asking.prompt
        assert anna.screen.desk.reviewing and anna.place.startswith("1 of ") and anna.chosen == "D32"
        assert (prompt.label, prompt.text) == (label, "2w")
        await anna.press("enter")
        assert anna.place.startswith("2 of ")


async def test_words_behind_choices_come_back_behind_them(on_disk: Path) -> None:
    async with cut_while(on_disk, "R", "enter", "enter", "x", "b", "x", "w", typed="Ask first") as anna:
        prompt = anna.screen.asking.prompt
        assert (anna.chosen, prompt.path, prompt.text) == ("B12", "lesson", "Ask first")
        await anna.press("enter")
        bet = anna.record("B12")
        assert isinstance(bet, Bet) and (bet.state, bet.result, bet.lesson) == ("settled", "won", "Ask first")


async def test_a_note_about_what_waits_no_more_comes_back_as_one_about_the_same_record(on_disk: Path) -> None:
    async with anna_at(on_disk) as anna:
        await anna.press("R", "n")
        await anna.type("conf:40 slower")
        drafting.keep(anna.screen)
        await anna.press("escape")
        anna.workspace.commit(archived((anna.record("D32"),)))
        await anna.press("q", "colon")
        await anna.type("draft")
        await anna.press("enter")
        assert anna.screen.asking.prompt.text == "conf:40 slower re:D32"
        await anna.press("enter")
        assert [one.text for one in anna.workspace.records.about("D32") if isinstance(one, Update)] == ["slower"]


async def test_what_belongs_nowhere_any_more_becomes_a_file_that_is_named(on_disk: Path) -> None:
    async with anna_at(on_disk) as anna:
        await anna.press("2", "e")
        await anna.type(" and its tail")
        form = anna.screen.asking.form
        assert form is not None
        (text,) = form.draft().values()
        drafting.keep(anna.screen)
        await anna.press("escape", "n")
        assert anna.chosen is not None
        anna.workspace.commit(deleted((anna.record(anna.chosen),)))
        await anna.press("colon")
        await anna.type("draft")
        await anna.press("enter")
        assert not anna.screen.asking.is_open and "no longer there" in anna.said
        (kept,) = (on_disk.parent / "state").rglob("draft-*.md")
        assert text in kept.read_text()
        assert list(drafts.kept(drafting.place(anna.screen))) == []


async def test_what_somebody_wrote_while_a_draft_was_kept_stands_beside_it(on_disk: Path) -> None:
    async with anna_at(on_disk) as anna:
        await anna.press("colon", *"B12", "enter", "e")
        await anna.type(" and back")
        drafting.keep(anna.screen)
        await anna.press("escape", "n")
        anna.workspace.commit(edit(anna.record("B12"), "renamed", title="Import from anything"))
        await anna.press("colon")
        await anna.type("draft")
        await anna.press("enter")
        form = anna.screen.asking.form
        assert form is not None and form.draft() == {"title": "Import from a spreadsheet and back"}
        await anna.press("left", "ctrl+s")
        assert anna.record("B12").label == "Import from anything"


async def test_a_draft_of_the_shell_is_gone_on_with_in_the_form(on_disk: Path) -> None:
    async with anna_at(on_disk) as anna:
        place = drafting.place(anna.screen)
        half = {
            "command": "decision.review",
            "record": "D31",
            "title": "look back",
            "texts": {"lesson": "Ask"},
            "key": "1-1",
        }
        assert drafts.keep(half, place) == place and json.loads(Path(place).read_text()) == [half]
        await anna.press("colon")
        await anna.type("draft")
        await anna.press("enter")
        form = anna.screen.asking.form
        assert form is not None and dict(form.draft()) == {"lesson": "Ask"} and anna.chosen == "D31"
