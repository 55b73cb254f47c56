"""Past days, then beside now, and saved views on the whole screen: what keys and lines do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sample import TODAY

import themes
from store import view_file
from store.backend import MemoryBackend
from store.model import Bet
from store.step import create, edit
from store.workspace import Workspace
from tests.tui.person import AtKeyboard
from tui.app import ManyViewApp
from tui.panes.bars import Bar
from tui.screens.travelling import named


class Person(AtKeyboard):
    """Somebody at the keyboard of a board with a flow."""

    async def line(self, text: str) -> None:
        """Type a line behind the colon."""
        await self.press(":")
        await self.type(text)
        await self.press("enter")

    def bar(self, name: str) -> str:
        return self.screen.query_one(f"#{name}", Bar).render_line(0).text.strip()

    def whole_sentence(self) -> str:
        """What is said, also where one line has no room for it and it stands over the foot of the screen."""
        foot = self.screen.frame.foot
        if not foot.display or not foot.is_attached:
            return self.bar("said")
        return " ".join(foot.render_line(y).text.strip() for y in range(foot.size.height))

    def rows(self, place: int = 0) -> list[str]:
        pane = self.screen.room.panes[place]
        lines = (pane.render_line(y).text.rstrip() for y in range(pane.size.height))
        return [line for line in lines if line]


def workspace_of_six_weeks() -> Workspace:
    """Two bets of two months ago; since then one moved, one was renamed, and one was added."""
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=60)

    def clock() -> datetime:
        return moment

    workspace = Workspace(MemoryBackend(), me="anna", clock=clock)
    workspace.commit(create([Bet(title="stays"), Bet(title="moves"), Bet(title="renamed")], "began"))
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=20)
    workspace.commit(edit(workspace.records.find("B2"), "moved", state="shaping"))
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=10)
    workspace.commit(edit(workspace.records.find("B3"), "renamed", title="has another name"))
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=5)
    workspace.commit(create([Bet(title="is new")], "added"))
    return workspace


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person without views of their own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path / "manyview" / "views.toml"


@asynccontextmanager
async def opened(columns: int = 130, rows: int = 30) -> AsyncIterator[Person]:
    workspace = workspace_of_six_weeks()
    app = ManyViewApp(workspace, theme=themes.load("mono"), today=lambda: TODAY)
    async with app.run_test(size=(columns, rows)) as pilot:
        await pilot.pause()
        anna = Person(pilot, workspace)
        await anna.press("5", "z")
        yield anna


# --------------------------------------------------------------------------------------------------------------- past days


async def test_a_past_day_is_shown_as_it_was_and_escape_returns() -> None:
    async with opened() as anna:
        now = anna.rows()
        await anna.line("@ 6 weeks ago")
        assert "as of 2026-10-11" in anna.bar("pages")
        assert not any("has another name" in row or "is new" in row for row in anna.rows())
        assert [row for row in anna.rows() if "B3" in row and "renamed" in row]
        await anna.press("escape")
        assert anna.rows() == now
        assert "as of" not in anna.bar("pages")


async def test_the_ages_are_those_of_that_day() -> None:
    async with opened() as anna:
        assert [row for row in anna.rows() if "stays" in row and "60d" in row]
        await anna.press("@")
        await anna.type("10 days ago")
        await anna.press("enter")
        assert [row for row in anna.rows() if "stays" in row and "50d" in row]


async def test_the_slider_steps_and_past_today_it_is_now() -> None:
    async with opened() as anna:
        await anna.press("(")
        assert anna.screen.past() == TODAY - timedelta(days=7)
        assert "As of 2026-11-15, 7 d ago" in anna.bar("said")
        await anna.press("{")
        assert anna.screen.past() == TODAY.replace(month=10, day=15)
        await anna.press(")", "}")
        assert anna.screen.past() is None
        await anna.press(")")
        assert anna.bar("said") == "This is now. ( goes back in time."
        await anna.press(";", "(")
        assert anna.screen.past() == TODAY.replace(month=10)


async def test_nothing_can_be_changed_in_the_past() -> None:
    async with opened() as anna:
        await anna.press("(")
        n = anna.workspace.backend.n
        for key in ("e", "s", "D", "a", "i", "u", "U", "A", "L"):
            await anna.press(key)
            assert anna.bar("said").startswith("This is how things stood on 2026-11-15: nothing can be changed there.")
        await anna.line("bet something from the line")
        await anna.press("escape")
        assert anna.workspace.backend.n == n


async def test_before_anything_was_written_it_is_said_since_when_there_is() -> None:
    async with opened() as anna:
        await anna.line("@ a year ago")
        assert anna.bar("said").startswith(
            "As of 2025-11-22: nothing was written down yet, the history begins on 2026-09-23."
        )
        assert "Nothing of this was there on 2025-11-22." in anna.rows()[1]


async def test_a_day_that_is_none_is_refused_where_it_was_typed() -> None:
    async with opened() as anna:
        await anna.line("@ tomorrow")
        assert anna.screen.asking.is_open
        await anna.press("escape")
        assert anna.screen.past() is None


# ------------------------------------------------------------------------------------------------------------ then and now


@pytest.mark.parametrize("columns", [80, 160])
async def test_then_and_now_stand_side_by_side_with_what_changed(columns: int) -> None:
    async with opened(columns) as anna:
        await anna.press("|")
        then, now = anna.rows(0), anna.rows(1)
        assert "as of 2026-10-11" in then[0]
        assert "now: 1 moved, 1 changed, 1 new" in now[0]
        signs = {row[2:4]: row[1] for row in now[1:] if row[2:3] == "B"}
        assert signs == {"B1": " ", "B2": "→", "B3": "~", "B6": "+"}
        assert {row[2:4]: row[1] for row in then[1:] if row[2:3] == "B"} == {"B1": " ", "B2": "→", "B3": "~"}
        await anna.press("(")
        assert "as of 2026-10-04" in anna.rows(0)[0]
        await anna.press("escape")
        assert anna.screen.desk.together is None
        assert anna.screen.past() is None


async def test_now_can_be_changed_and_then_cannot() -> None:
    async with opened() as anna:
        await anna.press("g", "g", "|", "A")
        assert anna.workspace.records.find("B1").archived
        await anna.press(",", "A")
        assert anna.bar("said").startswith("This is how things stood on 2026-10-11")


async def test_what_is_gone_by_now_says_so() -> None:
    async with opened() as anna:
        await anna.press("g", "g", "|", "D", "y", "enter")
        assert "B1" not in anna.workspace.records
        assert [row[:4] for row in anna.rows(0) if "stays" in row] == [">-B1"]
        assert "1 gone" in anna.rows(1)[0]
        assert anna.rows(1)[-1].strip() == "B1 is not here: it is gone by now."


# ------------------------------------------------------------------------------------------------------------ shared or not


async def test_each_lens_may_have_its_own_filter_and_says_so_only_then() -> None:
    async with opened() as anna:
        await anna.press("z", "\\")
        assert anna.bar("said") == "Each lens has its own filter."
        await anna.press("/")
        await anna.type("moves")
        await anna.press("enter")
        flow, ladder = anna.rows(0)[0], anna.rows(1)[0]
        assert "/moves" in flow and "own filter" in flow
        assert "/moves" not in ladder and "own filter" in ladder
        await anna.press("\\")
        assert "/moves" in anna.rows(1)[0]
        assert "own filter" not in anna.rows(0)[0] + anna.rows(1)[0]
        assert anna.bar("said") == "One filter for all lenses: /moves. \\ gives each lens its own back."
        await anna.press("\\")
        assert anna.bar("said") == "Each lens has its own filter again."
        assert (anna.rows(0)[0], anna.rows(1)[0]) == (flow, ladder)


async def test_each_lens_may_have_its_own_marks() -> None:
    async with opened() as anna:
        await anna.press("z", "*", "g", "g", "space")
        assert sum("*" in row[:2] for row in anna.rows(0)) == 1
        assert sum("*" in row[:2] for row in anna.rows(1)) == 0
        await anna.press("*")
        assert sum("*" in row[:2] for row in anna.rows(1)) == 1


# -------------------------------------------------------------------------------------------------------------- saved views


async def test_a_view_is_saved_and_opened_again(config: Path) -> None:
    async with opened() as anna:
        await anna.press("z", "/")
        await anna.type("moves")
        await anna.press("enter")
        await anna.line("view save on mondays")
        assert anna.bar("said").startswith("Saved the view on mondays; f opens it.")
        assert view_file.load(str(config)).views["on mondays"].lenses == ("flow", "ladder", "timeline")
        await anna.press("escape", "1", "f")
        await anna.type("on m")
        await anna.press("enter")
        assert (anna.screen.desk.page.id, anna.screen.desk.page.filter) == ("board", "moves")
        assert anna.bar("said") == "on mondays: flow, ladder, timeline"


async def test_a_view_is_shared_in_one_step_that_can_be_undone() -> None:
    async with opened() as anna:
        await anna.line("view share ours")
        assert anna.workspace.records.settings.views == {"ours": {"lenses": ["flow", "ladder", "timeline"]}}
        await anna.line("view ours")
        assert anna.bar("said").startswith("ours:")
        await anna.press("u")
        assert anna.workspace.records.settings.views == {}
        await anna.press("f")
        assert anna.bar("said").startswith("No view is saved yet")


async def test_my_view_goes_before_the_one_of_everybody(config: Path) -> None:
    async with opened() as anna:
        await anna.line("view share ours")
        await anna.press("g", "x")
        await anna.line("view save ours")
        await anna.press("g", "f")
        await anna.line("view ours")
        assert anna.screen.desk.page.lens == "grid"
        await anna.line("view drop ours")
        assert anna.bar("said") == "Forgot your view ours."
        await anna.line("view drop ours")
        assert anna.bar("said").startswith("Dropped the shared view ours.")
        assert anna.workspace.records.settings.views == {}


async def test_what_is_wrong_with_a_view_names_the_line(config: Path) -> None:
    config.parent.mkdir()
    config.write_text('[old]\nlenses = ["flow", "funnel"]\n[broken]\nlenses = 3\n')
    async with opened() as anna:
        await anna.line("view old")
        assert anna.screen.desk.page.lenses == ("flow",)
        assert "views.toml line 2" in anna.whole_sentence() and "there is no lens funnel" in anna.whole_sentence()
        await anna.press(":")
        await anna.type("view broken")
        await anna.press("enter")
        assert anna.screen.asking.is_open


async def test_a_filter_of_a_view_that_cannot_be_read_shows_nothing_and_where_it_breaks_off(config: Path) -> None:
    config.parent.mkdir()
    config.write_text('[broken]\nlenses = ["flow", "grid"]\nfilter = "stays and (state:placd)"\n')
    async with opened() as anna:
        await anna.press("2")
        await anna.line("view broken")
        assert "views.toml line 3: broken.filter: state:placd: did you mean placed?" in anna.whole_sentence()
        assert "?." not in anna.whole_sentence()
        for place in (0, 1):
            rows = [row.rstrip("│ ") for row in anna.rows(place)[1:] if row.strip("│ ")]
            said = " ".join(" ".join(rows).split())
            assert said.startswith("The filter cannot be read, so nothing is shown: state:placd: did you mean placed?")
            assert rows[-3:] == ["    stays and (state:placd)", "    " + " " * 11 + "^", "  / mends it, Escape clears it."]
        await anna.press("L")
        assert "the filter cannot be read" in anna.whole_sentence()
        await anna.press("escape")
        assert anna.screen.pane.record_id == "B2" == anna.screen.desk.chosen


async def test_columns_are_chosen_and_given_back() -> None:
    async with opened() as anna:
        await anna.line("columns team, title, id")
        assert [row[2:34].split() for row in anna.rows()[2:3]] == [["stays", "B1", "│"]]
        assert "columns: team,title,id" in anna.rows()[0]
        await anna.line("columns nonsense")
        assert anna.screen.asking.is_open
        await anna.press("escape", "#", "ctrl+u", "enter")
        assert "columns" not in anna.rows()[0]


async def test_the_day_of_a_review_and_of_the_beginning_are_those_of_the_workspace() -> None:
    async with opened() as anna:
        anna.workspace.set_settings(anna.workspace.records.settings.model_copy(update={"zone": "Pacific/Auckland"}), "moved")
        anna.screen.outlook.past.reviewed = lambda: "2026-11-09T12:30:00.000Z"
        await anna.line("@ last review")
        assert "as of 2026-11-10" in anna.bar("pages")
        anna.screen.outlook.past.reviewed = lambda: ""
        assert named(anna.screen) == {"last review": None}
