"""A few stories on the whole screen, in memory: what the cursor is on is what the keys work on."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sample import TODAY, open_workspace, sample_state
from textual import events

import themes
from store.model import Bet, Checkin, Decision, Record, Update
from store.place import themes_folder
from store.step import Change, Step
from tests.tui.person import AtKeyboard
from tui.app import ManyViewApp
from tui.chosen_theme import kept
from tui.panes.bars import Bar
from tui.panes.lens import LensPane


class Person(AtKeyboard):
    """Somebody at the keyboard."""

    @property
    def said(self) -> str:
        """The line below the panes."""
        return self.screen.query_one("#said", Bar).render_line(0).text.strip()

    def record(self, record_id: str) -> Record:
        return self.workspace.records.find(record_id)

    @property
    def chosen(self) -> str | None:
        return self.screen.desk.chosen

    def pointed_at(self, place: int = 0) -> str:
        """The id on the row that is marked with ``>`` in the lens at a place; "" when no row is."""
        pane: LensPane = self.screen.room.panes[place]
        rows = [pane.render_line(y).text for y in range(pane.size.height)]
        found = [row for row in rows if row.startswith(">")]
        return found[0][2:8].strip() if found else ""


@asynccontextmanager
async def opened(columns: int = 120, rows: int = 40) -> AsyncIterator[Person]:
    workspace = open_workspace(sample_state(), 1000)
    app = ManyViewApp(workspace, theme=themes.load("mono"), today=lambda: TODAY)
    async with app.run_test(size=(columns, rows)) as pilot:
        await pilot.pause()
        yield Person(pilot, workspace)


# -------------------------------------------------------------------------------------------- one cursor, one chosen record


async def test_a_click_into_a_grid_that_shows_nothing_does_nothing() -> None:
    async with opened(columns=60, rows=14) as anna:
        await anna.press("2", "g", "q")
        chosen = anna.chosen
        await anna.pilot.click(offset=(20, 5))
        assert (anna.screen.pane.drawing.height, anna.chosen) == (0, chosen)  # type: ignore[union-attr]


async def test_the_row_with_the_cursor_is_the_chosen_record() -> None:
    async with opened() as anna:
        await anna.press("2")
        for key in ("j", "j", "k", "G", "k", "g", "g", "ctrl+d", "ctrl+u"):
            await anna.press(key)
            assert anna.pointed_at() == anna.chosen


async def test_a_lens_without_the_chosen_record_has_no_cursor_until_it_is_moved() -> None:
    async with opened(80, 24) as anna:
        await anna.press("4")
        decision = anna.chosen
        await anna.press("5")
        assert (anna.chosen, anna.pointed_at()) == (decision, "")
        await anna.press("j")
        assert anna.pointed_at() == anna.chosen != decision


async def test_what_happened_gives_way_when_another_page_is_turned_to() -> None:
    async with opened(80, 24) as anna:
        await anna.press("2", "e", "escape")
        assert anna.said == "Nothing was changed."
        await anna.press("j", "2")
        assert anna.said == "Nothing was changed."
        await anna.press("3")
        assert anna.said == ""


async def test_the_first_row_can_be_chosen_where_the_cursor_would_stand_on_it() -> None:
    async with opened(80, 24) as anna:
        await anna.press("4", "5", "g", "g")
        assert anna.pointed_at() == anna.chosen
        assert anna.chosen is not None and anna.chosen.startswith("B")


async def test_a_card_moves_across_only_when_it_stands_under_the_cursor() -> None:
    async with opened(80, 24) as anna:
        anna.screen.turn(anna.screen.desk.turned_to(4))
        await anna.press("colon", "B", "2", "0", "enter", "q")
        assert (anna.chosen, anna.pointed_at()) == ("B20", "")
        await anna.press("L")
        assert anna.record("B20").standing == "parked"


async def test_a_saved_record_has_the_cursor_although_a_form_stood_in_front_of_its_list() -> None:
    async with opened() as anna:
        await anna.press("2", "a")
        await anna.type("A new one")
        await anna.press("ctrl+s")
        new = anna.workspace.records.all(Bet)[-1]
        assert new.title == "A new one"
        assert anna.pointed_at() == anna.chosen == new.id


async def test_lenses_that_are_opened_late_stand_on_what_is_chosen() -> None:
    async with opened(160, 45) as anna:
        await anna.press("2", "j")
        await anna.press("5")
        await anna.pilot.pause()
        assert {anna.pointed_at(place) for place in range(3)} == {anna.chosen}


async def test_the_keys_that_may_follow_are_shown_until_one_does() -> None:
    async with opened() as anna:
        await anna.press("g")
        assert anna.said.startswith("g ")
        assert "flow" in anna.said
        await anna.press("g")
        assert anna.said == ""


# ---------------------------------------------------------------------------------------------------------------- the forms


async def test_a_bet_is_added_with_nothing_but_a_title_wherever_the_cursor_stands() -> None:
    async with opened() as anna:
        await anna.press("2", "a")
        await anna.type("Quick")
        await anna.press("ctrl+s")
        assert anna.workspace.records.all(Bet)[-1].state == "option"


async def test_a_bet_that_is_added_among_the_shaping_ones_is_shaping() -> None:
    async with opened() as anna:
        await anna.press("2", "colon", "1", "3", "enter", "q", "a")
        await anna.type("Beside it")
        await anna.press("ctrl+s")
        assert anna.workspace.records.all(Bet)[-1].state == "shaping"


async def test_a_decision_moves_on_after_its_form_and_back_with_undo() -> None:
    async with opened() as anna:
        await anna.press("colon", *"D32", "enter", "x")
        form = anna.screen.asking.form
        assert form is not None
        form.restore({"options": "one price, two prices", "chosen": "one price", "confidence": "60"})
        await anna.press("ctrl+s")
        decided = anna.record("D32")
        assert isinstance(decided, Decision)
        assert (decided.state, decided.chosen, decided.confidence) == ("decided", "one price", 60)
        await anna.press("u")
        assert anna.record("D32").standing == "open"


async def test_a_refusal_leaves_the_form_as_it_was_typed() -> None:
    async with opened() as anna:
        await anna.press("colon", *"B17", "enter", "s", "p")
        form = anna.screen.asking.form
        assert form is not None
        form.restore({"pivot_if": "nobody turns it on"})
        await anna.press("ctrl+s")
        assert anna.screen.asking.form is form
        assert form.draft() == {"pivot_if": "nobody turns it on"}
        assert anna.record("B17").standing == "option"


async def test_the_same_field_changed_by_two_shows_both_values() -> None:
    async with opened() as anna:
        await anna.press("2", "colon", *"B15", "enter", "e")
        bet = anna.record("B15")
        assert isinstance(bet, Bet)
        anna.workspace.commit(Step((Change(bet, bet.evolve(title="Undo everywhere")),), "renamed meanwhile"))
        await anna.press("ctrl+u")
        await anna.type("Undo here")
        await anna.press("ctrl+s")
        form = anna.screen.asking.form
        assert form is not None
        shown = "\n".join(form.render_line(y).text for y in range(form.size.height))
        assert "Undo everywhere" in shown
        assert "Undo here" in shown
        assert anna.record("B15").label == "Undo everywhere"
        await anna.press("right", "ctrl+s")
        assert anna.screen.asking.form is None
        assert anna.record("B15").label == "Undo here"


# ------------------------------------------------------------------------------------------------------- captures and notes


async def test_nothing_is_noted_about_a_check_in_that_is_not_held_yet() -> None:
    async with opened() as anna:
        await anna.press("3", "g", "g")
        before = len(anna.workspace.records.all(Update))
        assert anna.chosen is not None and "+" in anna.chosen
        await anna.press("i")
        assert not anna.screen.asking.is_open
        assert anna.said == "It is not held yet: C begins it."
        assert len(anna.workspace.records.all(Update)) == before


async def test_skipping_needs_a_reason() -> None:
    async with opened() as anna:
        await anna.press("3", "g", "g", "X", "enter")
        assert anna.said == "To skip a check-in it needs a reason. Nothing was changed."
        await anna.press("X")
        await anna.type("holiday")
        await anna.press("enter")
        newest = anna.workspace.records.all(Checkin)[-1]
        assert (newest.state, newest.why_skipped) == ("skipped", "holiday")


async def test_a_paste_on_a_list_is_a_capture_and_no_row_of_commands() -> None:
    from textual.events import Paste

    async with opened() as anna:
        anna.pilot.app.screen.post_message(Paste("ddDyxq\nand more"))
        await anna.pilot.pause()
        assert anna.screen.asking.prompt.text.startswith("ddDyxq")
        await anna.press("escape")
        assert not anna.screen.asking.is_open


@pytest.mark.parametrize("size", [(40, 12), (20, 5), (80, 24), (200, 50)])
async def test_every_page_and_form_has_room_in_any_terminal(size: tuple[int, int]) -> None:
    async with opened(*size) as anna:
        for keys in (("1",), ("2",), ("e", "escape"), ("3",), ("C", "escape"), ("4",), ("5",), ("?", "q"), ("c", "escape")):
            await anna.press(*keys)
        assert not anna.screen.asking.is_open


# ------------------------------------------------------------------------------------------------------------------ themes


async def test_a_theme_is_drawn_with_while_its_name_is_typed_and_kept_by_enter_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name in ("MANYVIEW_THEME", "SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with opened() as anna:
        await anna.press("colon")
        await anna.type("theme light")
        assert anna.screen.palette.name == "light"
        await anna.press("escape")
        assert anna.screen.palette.name == "mono"
        assert kept(os.environ).name == ""
        await anna.press("colon")
        await anna.type("theme dark")
        await anna.press("enter")
        assert anna.screen.palette.name == "dark"
        assert (anna.said, kept(os.environ).name) == ("dark is kept for terminals here.", "dark")
        own = Path(themes_folder(os.environ), "pale.toml")
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text('inherits = "dark"\n[tokens]\ndim = "#202020"\n', encoding="utf-8")
        await anna.press("colon")
        await anna.type("theme pale")
        await anna.press("enter")
        assert anna.said == (
            "pale is kept for terminals here. Contrast 1.1 below 4.5 of dim on its background. (2 more: many themes pale)"
        )
        await anna.press("colon")
        await anna.type("theme default")
        await anna.press("enter")
        assert (anna.said, kept(os.environ).name) == ("Terminals here get the theme that suits them again.", "")


# -------------------------------------------------------------------------------------------------------------- read only


async def test_a_page_is_found_as_it_was_left() -> None:
    async with opened() as anna:
        await anna.press("2", "j", "j")
        left = anna.chosen
        await anna.press("4")
        assert anna.chosen != left
        await anna.press("2")
        assert (anna.chosen, anna.pointed_at()) == (left, left)


async def test_where_nothing_can_be_changed_nothing_is_asked() -> None:
    async with opened() as anna:
        anna.workspace.backend.read_only = "the disk is read-only"  # type: ignore[misc]
        await anna.press("2")
        for key in ("s", "e", "a", "x", "D", "u"):
            await anna.press(key)
            assert anna.said == "Nothing can be changed here: the disk is read-only."
            assert not anna.screen.asking.is_open
        await anna.press("slash")
        assert anna.screen.asking.is_open


@pytest.mark.parametrize(("keys", "lens"), [(("g", "h"), "hill"), (("right_square_bracket",), "grid"), (("T",), "talk")])
async def test_another_lens_is_not_hidden_behind_the_record_that_was_open(keys: tuple[str, ...], lens: str) -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "j", "enter")
        assert anna.screen.desk.opened
        await anna.press(*keys)
        assert (anna.screen.desk.opened, anna.screen.desk.page.lens) == (False, lens)


@pytest.mark.parametrize("lens", ["h", "f", "x"])
async def test_from_a_record_that_is_not_here_the_first_step_goes_to_the_first_that_is(lens: str) -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "G", "4", "5", "g", lens)
        assert anna.chosen not in anna.screen.pane.visible_ids()
        await anna.press("j")
        assert anna.chosen == anna.screen.pane.visible_ids()[0]


UNSEEN = "The record stands in front of the lens: Escape puts it away."


@pytest.mark.parametrize(
    "key", ["O", "o", "Z", "equals_sign", "asterisk", "backslash", "underscore", "z", "number_sign", "n"]
)
async def test_nothing_happens_to_a_lens_that_an_open_record_hides(key: str) -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "j", "enter")
        before = anna.screen.desk
        await anna.press(key)
        assert anna.screen.desk == before
        assert anna.said == ("This lens has nothing to turn." if key == "O" else UNSEEN)


@pytest.mark.parametrize("key", ["O", "ampersand", "b", "less_than_sign", "o"])
async def test_nothing_happens_to_a_lens_that_the_help_hides(key: str) -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "question_mark")
        before = anna.screen.desk
        await anna.press(key)
        assert anna.screen.desk == before
        assert anna.said == "The help stands in front of the lens: Escape puts it away."


async def test_a_filter_is_typed_with_the_lens_in_sight_that_shows_what_passes() -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "j", "enter", "slash")
        assert not anna.screen.desk.opened


async def test_the_focus_goes_back_from_an_open_record_before_it_goes_on() -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "j", "enter", "full_stop")
        assert (anna.screen.desk.opened, anna.screen.desk.page.focus) == (False, 0)
        await anna.press("full_stop")
        assert anna.screen.desk.page.focus == 1


async def test_what_names_the_columns_stays_while_a_long_lens_is_gone_through() -> None:
    async with opened(60, 12) as anna:
        await anna.press("5", "g", "x", "G")
        pane = anna.screen.room.panes[0]
        rows = [pane.render_line(y).text for y in range(pane.size.height)]
        assert rows[1].startswith("horizon / state") and rows[1].split()[3:]
        for _ in range(30):
            await anna.press("k")
            rows = [pane.render_line(y).text for y in range(pane.size.height)]
            assert any(row.startswith("horizon / state") for row in rows)
            assert any(">" in row for row in rows[1:])


async def test_the_cursor_never_hides_below_what_stays() -> None:
    async with opened(80, 24) as anna:
        for lens in "vkhtxfRw":
            await anna.press("g", lens, "G")
            for key in ["k"] * 12 + ["j"] * 4 + ["ctrl+u", "k", "ctrl+d", "j", "g", "g", "j"]:
                await anna.press(key)
                pane = anna.screen.room.panes[0]
                rows = [pane.render_line(y).text for y in range(1, pane.size.height)]
                assert any(">" in row for row in rows), (lens, key)


@pytest.mark.parametrize("keys", ["d⏎d⏎q⏎", "d⏎q⏎j", "ix⏎qjd", "qj"])
async def test_keys_typed_behind_the_one_that_leaves_do_nothing(keys: str) -> None:
    async with opened() as anna:
        await anna.press("2")
        screen = anna.screen
        for key in keys:
            screen.post_message(events.Key("enter", "\r") if key == "⏎" else events.Key(key, key))
        await anna.pilot.pause()
        await anna.pilot.pause()
    assert (screen.is_attached, anna.pilot.app.return_code) == (False, 0)
