"""The prompt: one question, answered by the fewest keys, and never with something that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

import themes
from store.fields import Field, field
from store.model import Bet, Update
from tui.command import Ask, Question
from tui.panes.answering import Interpreter, completion, full_choice, mnemonics
from tui.panes.editing import Line
from tui.panes.lines import strip_of
from tui.panes.prompt import PromptBar
from tui.panes.typed import changed_cells, inks
from tui.shapes import Span

TODAY = date(2026, 11, 22)
TITLES = {"M3": "Be found", "M4": "Be fast"}
THEME = themes.load("mono")


class Asking(App[None]):
    """An app with nothing but a prompt, which writes down what it is told."""

    CSS = "PromptBar { dock: bottom; }"

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield PromptBar(THEME)

    def on_key(self, event: events.Key) -> None:
        self.bar.take(event)

    def on_paste(self, event: events.Paste) -> None:
        self.bar.take_paste(event)

    def on_prompt_bar_answered(self, message: PromptBar.Answered) -> None:
        self.told.append(message)

    def on_prompt_bar_entered(self, message: PromptBar.Entered) -> None:
        self.told.append(message)

    def on_prompt_bar_changed(self, message: PromptBar.Changed) -> None:
        self.told.append(message)

    def on_prompt_bar_cancelled(self, message: PromptBar.Cancelled) -> None:
        self.told.append(message)

    @property
    def bar(self) -> PromptBar:
        return self.query_one(PromptBar)

    @property
    def answers(self) -> list[dict[str, str]]:
        return [dict(message.answers) for message in self.told if isinstance(message, PromptBar.Answered)]

    @property
    def lines(self) -> list[str]:
        return [self.bar.render_line(y).text.rstrip() for y in range(self.bar.size.height)]


Ready = Callable[[Asking, Pilot[None]], Any]


def one(asked: Field, initial: str = "", note: str = "") -> Ask:
    return Ask("B12 Keep SSO", (Question(asked, initial),), note=note)


def interpreter() -> Interpreter:
    return Interpreter(
        TODAY, lookup=TITLES.get, candidates={"people": ["anna", "ben", "bea"], "record": ["M3 Be found", "M4 Be fast"]}
    )


async def asked(keys: Sequence[str], ask: Ask, then: Ready | None = None) -> Asking:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        app.bar.ask(ask, interpreter())
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        if then:
            found = then(app, pilot)
            if found is not None:
                await found
    return app


SETTLE_BY, TITLE, STATE = field(Bet, "settle_by"), field(Bet, "title"), field(Bet, "state")
SURE = Field("sure", "yes or no", "y or n")

# ------------------------------------------------------------------------------------------------------------- a typed line


async def test_a_date_says_what_it_means_and_is_answered_as_typed() -> None:
    seen: list[str] = []
    app = await asked(["plus", "6", "w"], one(SETTLE_BY), lambda app, _: seen.extend(app.lines))
    assert seen == ["B12 Keep SSO  2027-01-03 Sun, in 6 w", "settle by: +6w"]
    app = await asked(["plus", "6", "w", "enter"], one(SETTLE_BY))
    assert app.answers == [{"settle_by": "+6w"}]


async def test_what_cannot_be_read_is_kept_and_explained() -> None:
    seen: list[str] = []
    app = await asked(["f", "o", "enter"], one(SETTLE_BY), lambda app, _: seen.extend([app.bar.text, app.lines[0]]))
    assert app.told == []
    assert seen == ["fo", "B12 Keep S…  fo is not a date: it names no day. Try 2026-11-22, fri, eom or +6w."]


async def test_a_required_field_takes_no_empty_answer() -> None:
    app = await asked(
        ["ctrl+u", "enter"],
        one(TITLE, "Keep SSO"),
        lambda app, _: app.told.append(Message()) if "empty" in app.lines[0] else None,
    )
    assert app.answers == [] and len(app.told) == 1


async def test_an_id_shows_its_title() -> None:
    seen: list[str] = []
    await asked(["m", "3"], one(field(Update, "about")), lambda app, _: seen.append(app.lines[0]))
    assert seen == ["B12 Keep SSO  M3 Be found"]


async def test_the_note_of_an_ask_stands_until_something_is_typed() -> None:
    seen: list[str] = []
    await asked([], one(SETTLE_BY, note="Two bets too many."), lambda app, _: seen.append(app.lines[0]))
    assert seen == ["B12 Keep SSO  Two bets too many."]


async def test_escape_and_a_key_leave_and_hand_the_key_on() -> None:
    app = await asked(["escape"], one(TITLE))
    assert [message.then for message in app.told if isinstance(message, PromptBar.Cancelled)] == [""]
    app = await asked(["alt+j"], one(TITLE))
    assert [message.then for message in app.told if isinstance(message, PromptBar.Cancelled)] == ["j"]


async def test_tab_puts_in_one_person_after_the_other() -> None:
    app = await asked(["b", "tab", "enter"], one(field(Bet, "people")))
    assert app.answers == [{"people": "ben"}]
    app = await asked(["a", "n", "n", "a", "comma", "space", "b", "tab", "tab", "enter"], one(field(Bet, "people")))
    assert app.answers == [{"people": "anna, bea"}]


async def test_tab_finds_a_record_by_its_title() -> None:
    app = await asked([*"fast", "tab", "enter"], one(field(Update, "about")))
    assert app.answers == [{"about": "M4"}]


async def test_a_paste_is_text_and_no_keys() -> None:
    def paste(app: Asking, pilot: Pilot[None]) -> Any:
        app.post_message(events.Paste("two\nlines\x1b[2J"))
        return pilot.press("enter")

    app = await asked([], one(TITLE), paste)
    assert app.answers == [{"title": "two lines\x1b[2J"}]


async def test_keys_after_the_answer_wait_for_what_becomes_of_it() -> None:
    app = await asked(["a", "enter", "b", "enter"], one(TITLE))
    assert app.answers == [{"title": "a"}]


async def test_a_refused_answer_can_be_mended() -> None:
    async def refuse(app: Asking, pilot: Pilot[None]) -> None:
        waiting = [app.bar.is_answered]
        app.bar.refuse("There is one already.")
        await pilot.pause()
        assert [*waiting, app.bar.is_answered] == [True, False]
        assert app.lines[0] == "B12 Keep SSO  There is one already."
        await pilot.press("b", "enter")

    app = await asked(["a", "enter"], one(TITLE), refuse)
    assert app.answers == [{"title": "a"}, {"title": "ab"}]


@pytest.mark.parametrize(("sentence", "height"), [("No.", 2), ("There is one already, and it is open. " * 4, 3)])
async def test_a_long_refusal_is_read_whole_and_gives_its_room_back(sentence: str, height: int) -> None:
    async def refuse(app: Asking, pilot: Pilot[None]) -> None:
        app.bar.refuse(sentence)
        await pilot.pause()
        assert " ".join(app.lines[:-1]).split()[-len(sentence.split()) :] == sentence.split()
        assert app.bar.size.height == height
        await pilot.press("b")
        assert app.bar.size.height == 2

    await asked(["a", "enter"], one(TITLE), refuse)


async def test_up_brings_back_earlier_answers_of_the_question() -> None:
    async def again(app: Asking, pilot: Pilot[None]) -> None:
        app.bar.ask(one(TITLE), interpreter())
        await pilot.press("x", "up", "down", "up", "enter")
        app.bar.ask(one(SETTLE_BY), interpreter())
        await pilot.press("up")
        assert app.bar.text == ""

    app = await asked([*"first", "enter"], one(TITLE), again)
    assert app.answers == [{"title": "first"}] * 2


# ------------------------------------------------------------------------------------------------------------------ choices


async def test_a_letter_takes_a_choice() -> None:
    seen: list[str] = []
    ask = one(Field("state", "choice", "Where it stands", ("shaping", "placed", "parked", "stopped")), "option")
    app = await asked([], ask, lambda app, _: seen.extend(app.lines))
    assert seen == ["B12 Keep SSO", "[s]haping  [p]laced  p[a]rked  s[t]opped"]
    app = await asked(["t"], ask)
    assert app.answers == [{"state": "stopped"}]


async def test_arrows_and_enter_take_a_choice() -> None:
    app = await asked(["right", "right", "left", "enter"], one(STATE, "option"))
    assert app.answers == [{"state": "shaping"}]


async def test_enter_without_a_choice_chooses_nothing() -> None:
    app = await asked(["enter", "z"], one(SURE))
    assert app.answers == []


@pytest.mark.parametrize(("key", "answer"), [("y", "yes"), ("n", "no")])
async def test_yes_and_no_are_one_key(key: str, answer: str) -> None:
    app = await asked([key], one(SURE))
    assert app.answers == [{"sure": answer}]


async def test_a_pasted_beginning_chooses_but_does_not_answer() -> None:
    seen: list[str] = []

    async def paste(app: Asking, pilot: Pilot[None]) -> None:
        app.post_message(events.Paste("stop"))
        await pilot.pause()
        seen.append(app.bar.text)

    app = await asked([], one(STATE, "option"), paste)
    assert (seen, app.answers) == (["stopped"], [])


async def test_choices_scroll_where_there_is_no_room() -> None:
    app = Asking()
    async with app.run_test(size=(30, 10)) as pilot:
        app.bar.ask(one(STATE, "option"), interpreter())
        await pilot.press("left")
        assert app.lines[1].endswith("s[t]opped")


# ---------------------------------------------------------------------------------------------------------------- any line


async def test_a_read_line_tells_every_change_and_completes() -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        app.bar.read(
            "/", complete=lambda text: ["state:placed", "state:parked"], on_change=lambda text: f"{len(text)} letters"
        )
        await pilot.press(*"x sta", "tab")
        assert app.lines == ["Tab state:placed  state:parked", "/ x state:placed"]
        await pilot.press("tab", "enter")
    changed = [message.text for message in app.told if isinstance(message, PromptBar.Changed)]
    assert changed == ["x", "x ", "x s", "x st", "x sta", "x state:placed", "x state:parked"]
    assert [message.text for message in app.told if isinstance(message, PromptBar.Entered)] == ["x state:parked"]


async def test_a_read_line_alone_is_one_line_high() -> None:
    app = Asking()
    async with app.run_test(size=(80, 24)) as pilot:
        app.bar.read(":")
        await pilot.pause()
        assert app.bar.size.height == 1


# -------------------------------------------------------------------------------------------------------------- pure parts


async def test_what_is_asked_is_there_whole_in_the_first_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never what was asked before, nor nothing: each would be a frame of its own."""
    drawn: set[tuple[tuple[str, ...], tuple[int, int]]] = set()
    render = PromptBar.render_lines

    def watched(bar: PromptBar, crop: Region) -> list[Strip]:
        lines = render(bar, crop)
        drawn.add((tuple(line.text.rstrip() for line in lines), bar.app.cursor_position - bar.content_region.offset))
        return lines

    monkeypatch.setattr(PromptBar, "render_lines", watched)
    app = Asking()
    async with app.run_test() as pilot:
        for label, text in (("first", "an answer"), ("second", ""), ("third", "word")):
            drawn.clear()
            app.bar.read(label, text)
            await pilot.pause()
            assert drawn == {((f"{label} {text}".rstrip(),), (len(f"{label} {text}"), 0))}
            app.bar.close()
            await pilot.pause()


def test_letters_of_choices_differ_and_first_letters_come_first() -> None:
    assert mnemonics(Bet.states) == ("o", "s", "p", "r", "e", "a", "t")
    assert mnemonics(("ab", "ac", "cd")) == ("a", "1", "c")
    assert mnemonics(("on track", "at risk", "off track")) == ("o", "a", "f")


def test_a_beginning_stands_for_its_only_choice() -> None:
    assert full_choice(STATE, "PL") == "placed"
    assert full_choice(STATE, "s") == "s"
    assert full_choice(SURE, "y") == "yes"


def test_candidates_that_begin_with_the_word_come_first() -> None:
    found = completion(Line.of("go an"), ["dan", "anna", "ben"])
    assert found is not None
    assert found.found == ("anna", "dan")
    assert found.turned(1).line == Line.of("go anna")
    assert found.turned(1).turned(1).turned(1).line == Line.of("go anna")
    assert completion(Line.of("anna"), ["anna", "annabel"]) is None
    assert completion(Line.of("go "), ["anna"]) is None


def test_only_cells_up_to_the_last_change_are_sent() -> None:
    def strip(*texts: str) -> Any:
        return strip_of([Span(text, token) for text, token in zip(texts, ("field", "input"), strict=False)], inks(THEME), 20)

    assert changed_cells(strip("label ", "one"), strip("label ", "one")) == 0
    assert changed_cells(strip("label ", "one"), strip("label ", "one2")) == 10
    assert changed_cells(strip("ab", "cd"), strip("漢", "cd")) == 2
    assert changed_cells(strip("a漢b"), strip("a漢漢")) == 5
    assert changed_cells(strip("cafe then"), strip("cafe\u0301 then")) == 5
