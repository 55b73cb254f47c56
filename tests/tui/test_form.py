"""The form: every field of a record, edited in place; nothing typed is lost, nothing unread is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import events
from textual.app import App, ComposeResult

import themes
from store.fields import Field, field, fields, text_of
from store.model import Bet, Decision, Mission
from store.parts import Intent
from tui.command import Ask, Question
from tui.panes.answering import Interpreter
from tui.panes.filling import Room, pasted, pressed, taken_apart
from tui.panes.form import FormPane
from tui.panes.sheet import Sheet, clashed, opened, restored, saved
from tui.panes.sheet_lines import drawn, planned, scrolled

TODAY = date(2026, 11, 22)
BY = Interpreter(TODAY, candidates={"people": ("anna", "ben", "bea")})
ROOM = Room(60, 6, 10)
BET = Bet(id="B12", title="Keep SSO", people=("anna",), settle_by=date(2026, 12, 1), hypothesis="It will.\nSurely.")
THEME = themes.load("mono")


def ask_of(*paths: str, first: str = "", anyway: bool = False) -> Ask:
    wanted = [field(Bet, path) for path in paths] if paths else fields(Bet)
    return Ask("B12 Keep SSO", tuple(Question(one, text_of(BET, one.path)) for one in wanted), first, anyway=anyway)


def sheet_of(*paths: str, **how: Any) -> Sheet:
    return opened(ask_of(*paths, **how), BY)


def press(sheet: Sheet, *keys: str) -> Sheet:
    """The form after keys that neither save nor leave it; a text of several characters that is no key is typed."""
    for key in keys:
        outcome = pressed(sheet, key, " " if key == "space" else key if len(key) == 1 else None, ROOM)
        assert isinstance(outcome, Sheet), key
        sheet = outcome
    return sheet


def lines_of(sheet: Sheet, width: int = 80, height: int = 24) -> list[str]:
    plan = planned(sheet, width, height)
    return ["".join(span.text for span in line) for line in drawn(sheet, plan, scrolled(sheet, plan, 0))]


# ------------------------------------------------------------------------------------------------------- pure: the fields


def test_a_form_opens_at_the_field_that_is_wanted_first() -> None:
    sheet = sheet_of(first="people")
    assert sheet.entry is not None and sheet.entry.field.path == "people"
    assert sheet.line.text == "anna"
    assert sheet_of().at == 0


def test_only_changed_fields_are_answered() -> None:
    sheet = press(sheet_of("title", "team", "people"), "x", "down", "a", "backspace", "tab", ",", "space", "b")
    assert saved(sheet) == {"title": "Keep SSOx", "people": "anna, b"}


def test_every_field_is_answered_where_the_command_runs_anyway() -> None:
    assert saved(sheet_of("title", "team", anyway=True)) == {"title": "Keep SSO", "team": ""}


def test_saving_goes_to_the_first_field_that_cannot_be_read() -> None:
    sheet = press(sheet_of("title", "settle_by", "hill", "team"), "down", "x", "down", "y", "down", "z")
    after = saved(sheet)
    assert isinstance(after, Sheet)
    assert after.at == 1
    assert [bool(entry.error) for entry in after.entries] == [False, True, True, False]
    assert after.changes == {"settle_by": "2026-12-01x", "hill": "y", "team": "z"}


def test_a_field_that_cannot_be_read_does_not_trap() -> None:
    sheet = press(sheet_of("settle_by", "team"), "x", "enter")
    assert sheet.at == 1
    assert sheet.entries[0].error.startswith("2026-12-01x is not a date")
    assert press(sheet, "up", "backspace").entries[0].error == ""


def test_a_required_field_cannot_be_emptied() -> None:
    after = saved(press(sheet_of("title", "team"), "ctrl+u"))
    assert isinstance(after, Sheet)
    assert "cannot be empty" in after.entries[0].error


def test_what_cannot_be_read_but_was_not_touched_is_no_obstacle() -> None:
    sheet = sheet_of("settle_by", "team")
    old = replace(sheet, entries=(replace(sheet.entries[0], initial="?", text="?"), sheet.entries[1]))
    assert saved(press(old, "down", "x")) == {"team": "x"}


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        (("tab",), 1),
        (("shift+tab",), 3),
        (("tab", "tab", "tab", "tab"), 0),
        (("up",), 0),
        (("pagedown",), 3),
        (("pagedown", "pageup"), 0),
        (("enter", "down"), 2),
    ],
)
def test_keys_go_from_field_to_field(keys: Sequence[str], at: int) -> None:
    assert press(sheet_of("title", "team", "mode"), *keys).at == at


def test_enter_on_the_last_line_saves() -> None:
    sheet = press(sheet_of("title", "team"), "shift+tab")
    assert sheet.entry is None
    assert pressed(sheet, "enter", "\r", ROOM) == "save"
    assert pressed(sheet_of("title"), "ctrl+s", None, ROOM) == "save"


# ------------------------------------------------------------------------------------------------------ pure: the choices


@pytest.mark.parametrize(
    ("path", "keys", "text"),
    [
        ("state", ("right",), "shaping"),
        ("state", ("left",), ""),
        ("state", ("space", "space"), "placed"),
        ("state", ("p", "l", "down"), "placed"),
        ("state", ("p", "down"), "p"),
        ("state", ("p", "l", "x"), "pl"),
        ("state", ("p", "l", "s", "e", "enter"), "settled"),
        ("kind", ("right", "backspace"), ""),
        ("kind", ("left",), "run"),
        ("horizon", ("d", "e", "backspace", "a", "tab"), "days"),
    ],
)
def test_choices(path: str, keys: Sequence[str], text: str) -> None:
    assert press(sheet_of(path, "team"), *keys).entries[0].text == text


def test_a_blank_in_a_choice_can_be_typed() -> None:
    from store.model import Update

    sheet = opened(Ask("Reading", (Question(field(Update, "health")),)), BY)
    assert press(sheet, "o", "n", "space", "t", "enter").changes == {"health": "on track"}


# -------------------------------------------------------------------------------------------------- pure: long texts, people


def test_enter_opens_a_long_text_and_starts_new_lines_in_it() -> None:
    sheet = press(sheet_of("hypothesis", "team"), "enter")
    assert sheet.area is not None and sheet.at == 0
    sheet = press(sheet, "enter", "x", "escape")
    assert sheet.area is None and not sheet.leaving
    assert sheet.changes == {"hypothesis": "It will.\nSurely.\nx"}
    assert press(sheet, "enter", "y", "tab").at == 1


def test_typing_in_a_long_field_opens_it() -> None:
    sheet = press(sheet_of("lesson"), "a")
    assert sheet.area is not None
    assert sheet.changes == {"lesson": "a"}


def test_tab_completes_people_and_then_goes_on() -> None:
    sheet = press(sheet_of("people", "team"), ",", "space", "b", "tab")
    assert (sheet.at, sheet.changes) == (0, {"people": "anna, ben"})
    sheet = press(sheet, "tab")
    assert (sheet.at, sheet.changes) == (0, {"people": "anna, bea"})
    assert press(sheet, "enter").at == 1
    assert press(sheet_of("people", "team"), "tab").at == 1


def test_pastes_go_into_the_field() -> None:
    assert pasted(sheet_of("title"), "a\nb\x1b", ROOM).changes == {"title": "Keep SSOa b\x1b"}
    assert pasted(sheet_of("lesson"), "a\r\nb", ROOM).changes == {"lesson": "a\nb"}
    assert pasted(press(sheet_of("title"), "x", "escape"), "n", ROOM).changes == {"title": "Keep SSOx"}


# ---------------------------------------------------------------------------------------------------------- pure: leaving


def test_leaving_asks_only_where_something_was_changed() -> None:
    assert pressed(sheet_of("title"), "escape", None, ROOM) == "leave"
    sheet = press(sheet_of("title"), "x", "escape")
    assert sheet.leaving
    assert pressed(sheet, "y", "y", ROOM) == "save"
    assert pressed(sheet, "n", "n", ROOM) == "leave"
    assert press(sheet, "j") == sheet
    assert not press(sheet, "escape").leaving


def test_escape_with_a_key_is_both() -> None:
    assert taken_apart("alt+j", "j") == (("escape", None), ("j", "j"))
    assert taken_apart("alt+b", None) == (("alt+b", None),)


def test_drafts_can_be_put_back() -> None:
    sheet = press(sheet_of("title", "hypothesis", "team"), "x", "down", "y", "tab", "z")
    assert restored(sheet_of("title", "hypothesis", "team"), {**sheet.changes, "gone": "?"}).changes == sheet.changes


# -------------------------------------------------------------------------------------------------------- pure: conflicts


def test_a_clash_is_chosen_field_by_field() -> None:
    sheet = press(sheet_of("title", "settle_by", "team"), "x", "down", "backspace", "2")
    clash = clashed(sheet, {"settle_by": "2026-12-24", "team": "core"})
    assert clash.at == 1
    assert [entry.theirs for entry in clash.entries] == [None, "2026-12-24", None]
    assert clash.changes == {"title": "Keep SSOx", "settle_by": "2026-12-02"}
    assert clash.entries[2].text == "core"
    assert press(clash, "left").changes == {"title": "Keep SSOx"}
    assert press(clash, "left", "right").changes == {"title": "Keep SSOx", "settle_by": "2026-12-02"}
    assert any("theirs: 2026-12-24" in line for line in lines_of(clash))


def test_what_two_people_wrote_can_both_stand_where_a_field_holds_texts() -> None:
    sheet = sheet_of("title", "hypothesis", "options", "settle_by")
    mine = press(sheet, "!", "down", "x", "escape", "down", "a", "down", "end", "backspace", "2")
    clash = clashed(mine, {"title": "Keep it", "hypothesis": "It won't.", "options": "b", "settle_by": "2026-12-24"})
    sides = [tuple(entry.sides) for entry in clash.entries]
    assert sides == [("left", "right", "ctrl+o")] * 3 + [("left", "right")]
    together = press(clash, "ctrl+o", "down", "ctrl+o", "down", "ctrl+o").changes
    assert together == {
        "title": "Keep it; Keep SSO!",
        "hypothesis": "It won't.\nIt will.\nSurely.x",
        "options": "b, a",
        "settle_by": "2026-12-02",
    }
    shown = lines_of(press(clash, "ctrl+o"))
    assert "    ● ctrl+o both: Keep it; Keep SSO!" in [line.rstrip() for line in shown]
    assert "Somebody else changed this too:  ← theirs  → mine  ctrl+o both  or type" in shown[-1]


def test_what_others_left_alone_is_no_clash() -> None:
    clash = clashed(press(sheet_of("title", "team"), "x"), {"title": "Keep SSO"})
    assert clash.entries[0].theirs is None
    assert clash.changes == {"title": "Keep SSOx"}


# --------------------------------------------------------------------------------------------------------- pure: the lines

KEYS = ["tab", "down", "up", "enter", "escape", "x", "space", "right", "pagedown", "backspace", "ctrl+k", "漢", "shift+tab"]


@example(["tab", "tab", "enter"], 12, 4)
@example(["tab", "tab", "enter"], 12, 5)
@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(KEYS), max_size=15), st.integers(12, 120), st.integers(4, 40))
def test_lines_fill_their_room_and_are_never_wider(keys: Sequence[str], width: int, height: int) -> None:
    sheet = opened(ask_of(first="state")._replace(note="It was predicted: " + "and so on " * 20), BY)
    for key in keys:
        plan = planned(sheet, width, height)
        outcome = pressed(sheet, key, key if len(key) == 1 else None, plan.room)
        sheet = outcome if isinstance(outcome, Sheet) else sheet
    lines = lines_of(sheet, width, height)
    assert len(lines) == height
    assert max(cell_len(line) for line in lines) <= width


def test_the_field_one_is_at_shows() -> None:
    for at in range(len(fields(Bet)) + 1):
        sheet = replace(sheet_of(), at=at)
        shown = lines_of(sheet, 80, 16)
        label = sheet.entry.field.label[:15] if sheet.entry else "[ Save ]"
        assert any(label in line for line in shown[1:-2]), label


def test_rows_stay_while_the_field_shows_and_come_back_when_it_does_not() -> None:
    sheet = sheet_of()
    plan = planned(sheet, 80, 16)
    assert [scrolled(replace(sheet, at=at), plan, 0) for at in (0, plan.body - 1, plan.body)] == [
        0,
        0,
        plan.body - plan.body // 2,
    ]
    assert [scrolled(replace(sheet, at=at), plan, 10) for at in (10, 9)] == [10, 9 - plan.body // 2]


def test_lines_of_a_form() -> None:
    sheet = press(sheet_of("title", "state", "settle_by", "hypothesis"), "x", "down", "down", "ctrl+u", "+", "6", "w")
    assert [line.rstrip() for line in lines_of(sheet, 60, 9)] == [
        "B12 Keep SSO                                  2 changed  3/4",
        " *title      Keep SSOx",
        "  state      option",
        "›*settle by  +6w",
        "  hypothesis It will. …",
        "             [ Save ]",
        "",
        "When its outcome is read · 2026-12-01, fri, eom, +6w",
        "2027-01-03 Sun, in 6 w",
    ]


def test_a_question_too_long_for_its_row_is_read_whole_below() -> None:
    name = "Which bets would we place again today, and which of them only because we have begun?"
    ask = Ask("Six weeks", (Question(Field("answers.q", "long", "Placed: B12, B14 and B15, each of them late", name=name)),))
    lines = [line.strip() for line in lines_of(opened(ask, BY), 60, 24)]
    assert lines[-3:] == [
        "Which bets would we place again today, and which of them",
        "only because we have begun? · Placed: B12, B14 and B15, eac…",
        "Enter opens the text",
    ]
    assert lines_of(opened(ask, BY), 60, 9)[-2].strip().startswith("Which bets would we place again today")


def test_a_refusal_takes_the_lines_it_needs() -> None:
    sentence = "B12 could not be saved: the disk is full. Nothing was changed. Make room and save again."
    sheet = replace(sheet_of("title", "state"), said=sentence)
    assert " ".join(line.strip() for line in lines_of(sheet, 60, 9)[-2:]) == sentence
    assert lines_of(replace(sheet, said="No."), 60, 9)[-1].rstrip() == "No."


# ------------------------------------------------------------------------------------------------------------- the widget


class Filling(App[None]):
    """An app with nothing but a form, which writes down what it is told."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.asked = ask
        self.told: list[FormPane.Answered | FormPane.Left] = []

    def compose(self) -> ComposeResult:
        yield FormPane(THEME)

    def on_mount(self) -> None:
        self.form.ask(self.asked, BY)

    def on_key(self, event: events.Key) -> None:
        self.form.take(event)

    def on_paste(self, event: events.Paste) -> None:
        self.form.take_paste(event)

    def on_form_pane_answered(self, message: FormPane.Answered) -> None:
        self.told.append(message)

    def on_form_pane_left(self, message: FormPane.Left) -> None:
        self.told.append(message)

    @property
    def form(self) -> FormPane:
        return self.query_one(FormPane)

    @property
    def answers(self) -> list[Mapping[str, str]]:
        return [message.answers for message in self.told if isinstance(message, FormPane.Answered)]

    def last_line(self) -> str:
        return self.form.render_line(self.form.size.height - 1).text.rstrip()


async def test_a_form_is_filled_in_with_the_plainest_keys() -> None:
    app = Filling(ask_of("title", "state", "settle_by"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("exclamation_mark", "enter", "s", "h", "enter", "backspace", "2", "enter", "enter")
    assert app.answers == [{"title": "Keep SSO!", "state": "shaping", "settle_by": "2026-12-02"}]


async def test_escape_asks_and_y_saves() -> None:
    app = Filling(ask_of())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "escape")
        assert app.last_line() == "Keep the changes?  y saves · n throws away · Escape goes on"
        await pilot.press("y")
    assert app.answers == [{"title": "Keep SSOx"}]


async def test_escape_and_a_key_at_once_leave_and_hand_the_key_on() -> None:
    app = Filling(ask_of())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("alt+j")
    assert [message.then for message in app.told if isinstance(message, FormPane.Left)] == ["j"]


async def test_alt_with_a_letter_throws_nothing_away() -> None:
    app = Filling(ask_of())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "alt+n")
        assert app.form.draft() == {"title": "Keep SSOx"}
        assert app.told == []
        await pilot.press("n")
    assert [type(message) for message in app.told] == [FormPane.Left]


async def test_refused_answers_are_kept_and_sent_again() -> None:
    app = Filling(ask_of())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "ctrl+s", "y")
        app.form.refuse("A bet on nothing cannot be placed.", "state")
        await pilot.pause()
        assert app.last_line() == "A bet on nothing cannot be placed."
        await pilot.press("right", "ctrl+s")
    assert app.answers == [{"title": "Keep SSOx"}, {"title": "Keep SSOx", "state": "shaping"}]


async def test_a_conflict_shows_their_text_as_it_would_be_typed() -> None:
    intent = Intent(purpose="Grow", bounds="None")
    mission = Mission(id="M3", title="Be found", intent=intent, people=("anna",))
    ask = Ask("M3", tuple(Question(one, text_of(mission, one.path)) for one in fields(Mission)), "intent.purpose")
    app = Filling(ask)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "ctrl+s")
        theirs = {"purpose": "Shrink", "bounds": "Money"}
        app.form.conflict((("M3", "intent", theirs, {"purpose": "Growx"}), ("M3", "people", ["anna", "ben"], ["anna"])))
        await pilot.pause()
        shown = [app.form.render_line(y).text.rstrip() for y in range(12)]
        assert "    ○ ← theirs: Shrink" in shown and "    ● → mine: Growx" in shown
        more = (("M3", "intent", theirs, {"purpose": "Growx"}), ("B7", "why_stopped", "no [b]money[/]", "late"))
        app.form.conflict(more)
        await pilot.pause()
        said = "Somebody else changed B7 why stopped (no [b]money[/] now) meanwhile: saving writes it over."
        assert "".join(app.last_line().split()) in "".join(said.split())
        await pilot.press("ctrl+s")
        app.form.refuse("again")
        await pilot.press("left", "ctrl+s")
    assert app.answers == [{"intent.purpose": "Growx"}, {"intent.purpose": "Growx"}, {}]


async def test_a_paste_goes_into_the_field_and_a_draft_keeps_it() -> None:
    app = Filling(ask_of())
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(events.Paste("\x1b[2J dq\n"))
        await pilot.pause()
        assert app.form.draft() == {"title": "Keep SSO\x1b[2J dq"}
        assert "␛[2J dq" in app.form.render_line(1).text
        kept = app.form.draft()
        app.form.ask(app.asked, BY)
        assert app.form.draft() == {}
        app.form.restore(kept)
        assert app.form.draft() == kept
    assert app.told == []


async def test_keys_reach_no_binding_of_the_app() -> None:
    class Bound(Filling):
        BINDINGS = [(key, f"note('{key}')") for key in ("j", "tab", "ctrl+d", "ctrl+t", "f1")]  # noqa: RUF012
        noted: list[str] = []  # noqa: RUF012

        def action_note(self, key: str) -> None:
            self.noted.append(key)

    app = Bound(ask_of())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "tab", "ctrl+d", "ctrl+t", "f1", "escape", "tab")
    assert app.noted == ["f1"]


async def test_typing_sends_the_line_up_to_the_caret_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Filling(ask_of())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        sent: list[Any] = []
        monkeypatch.setattr(app.form, "refresh", lambda *regions: sent.extend(regions))
        await pilot.press("y")
    assert [(region.x, region.y, region.width, region.height) for region in sent] == [(0, 1, 33 + len("Keep SSOxy") + 1, 1)]


def test_people_nobody_knows_here_are_said_while_they_are_typed() -> None:
    people, driver = field(Bet, "people"), field(Decision, "driver")
    assert BY.meaning(people, "anna, ben") == "2: anna · ben"
    assert BY.meaning(people, "@anna, zoe") == "2: anna · zoe · new here: zoe"
    assert (BY.meaning(people, "zoe"), BY.meaning(people, "anna"), BY.meaning(driver, "@ben")) == ("new here: zoe", "", "")
    assert BY.meaning(driver, "zoe") == "new here: zoe"
    assert Interpreter(TODAY).meaning(people, "zoe") == "" == BY.meaning(field(Bet, "tags"), "zoe")


def test_what_helps_with_a_long_text_is_read_below_however_long_its_description_is() -> None:
    one = Field("answers.Why?", "long", "what was gathered " * 20, name="Why?", hint="as you would tell a friend")
    sheet = opened(Ask("Weekly", (Question(one), Question(field(Bet, "title")))), BY)
    assert lines_of(sheet)[-1].rstrip() == "Enter opens the text · as you would tell a friend"
    wordy = opened(Ask("Weekly", (Question(one._replace(hint="so " * 22 + "long")), Question(one))), BY)
    assert lines_of(wordy)[-1].rstrip() == "so " * 22 + "long"
