"""Random Textual apps: what they write, and what the layer makes of it, lead to the same screen after every write."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import DataTable, Input, Label, OptionList, Static

from tests.tui.wire.compared import Careful, Compared, Painted
from tui.wire import Wire
from tui.wire.app import WireApp, WireScreen
from tui.wire.compositor import Drawn

WORDS = (
    "alpha",
    "beta",
    "a much longer line of text",
    "中文 wide",
    "cafe\u0301",
    "🎉 party",
    "",
    "[b]bold[/b] [red]red[/red]",
)


_PLACED = re.compile(r"\x1b\[\d+;\d+H")


class Sample(WireApp[None]):
    """A few widgets of different habits."""

    ENABLE_COMMAND_PALETTE = False
    CSS = (
        "OptionList, DataTable { height: 1fr; width: 1fr; } #side { width: 20; background: blue 30%; } Input { height: 3; }"
        " Screen { layers: base top; } #above { layer: top; width: 9; height: 3; display: none; background: red; }"
    )

    def get_default_screen(self) -> WireScreen[None]:
        return WireScreen()

    def compose(self) -> ComposeResult:
        yield Label("title", id="title")
        with Horizontal():
            yield OptionList(*(f"{n} {WORDS[n % 4]}" for n in range(40)))
            yield DataTable[str](cursor_type="row")
            yield Static("side", id="side")
        field = Input()
        field.cursor_blink = False
        yield field
        yield Static("above all others", id="above")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("a", "b")
        for n in range(30):
            table.add_row(f"row {n}", WORDS[n % len(WORDS)])


DRIVERS = [Compared, Careful, Painted]
keys = some.sampled_from(["down", "up", "pagedown", "end", "home", "tab", "a", "中", "backspace", "left"])
acts = some.one_of(
    keys.map(lambda key: ("press", key)),
    keys.map(lambda key: ("press", key)),
    some.sampled_from(WORDS).map(lambda text: ("side", text)),
    some.sampled_from(WORDS).map(lambda text: ("title", text)),
    some.tuples(some.integers(20, 70), some.integers(6, 20)).map(lambda size: ("resize", size)),
    some.sampled_from(["textual-dark", "textual-light", "ansi-dark"]).map(lambda name: ("theme", name)),
    some.tuples(some.integers(-4, 66), some.integers(-2, 17)).map(lambda offset: ("float", offset)),
    some.just(("bell", "")),
    some.just(("suspend", "")),
)


async def played(driver: type[Compared], deeds: list[tuple[str, Any]]) -> Compared:
    app = Sample(driver_class=driver)
    async with app.run_test(headless=False, size=(60, 16)) as pilot:
        screen = app._driver
        assert isinstance(screen, Compared)
        for deed, what in deeds:
            match deed:
                case "press":
                    await pilot.press(what)
                case "resize":
                    screen.resize(*what)
                    while app.screen.size != what:
                        await pilot.pause(0.01)
                case "theme":
                    app.theme = what
                case "suspend":
                    screen.leave_and_come_back()
                case "bell":
                    app.bell()
                case "float":
                    above = app.query_one("#above", Static)
                    above.styles.offset, above.display = what, not above.display
                case _:
                    app.query_one(f"#{deed}", Static).update(what)
            await pilot.pause()
            screen.is_settled = True
            screen.compare()
    if app._exception:
        raise app._exception
    return screen


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(acts, min_size=1, max_size=8), some.sampled_from(DRIVERS))
def test_a_random_app_looks_the_same_behind_the_layer(deeds: list[tuple[str, Any]], driver: type[Compared]) -> None:
    asyncio.run(played(driver, deeds))


@pytest.mark.parametrize("driver", DRIVERS)
async def test_a_suspended_and_resized_app_looks_the_same(driver: type[Compared]) -> None:
    deeds = [("title", "cafe\u0301 🎉"), ("suspend", ""), ("press", "down"), ("resize", (44, 12)), ("suspend", "")]
    screen = await played(driver, [*deeds, ("side", "中文 wide"), ("resize", (61, 17)), ("press", "pagedown")])
    assert screen.compared >= 8


@pytest.mark.parametrize("driver", [Compared, Careful])
async def test_a_longer_session_looks_the_same_and_costs_a_fifth(driver: type[Compared]) -> None:
    presses = ["down"] * 15 + ["pagedown", "up", "tab"] + ["down"] * 12 + ["tab", "a", "中", "b", "backspace", "left", "c"]
    screen = await played(driver, [("press", key) for key in presses])
    assert screen.compared > 20
    assert screen.sent * 5 < screen.written


async def test_every_frame_of_a_wire_app_is_drawn_from_strips() -> None:
    screen = await played(Painted, [("press", "down")] * 5 + [("float", (3, 2)), ("title", "中文"), ("press", "tab")])
    assert isinstance(screen, Painted)
    assert screen.drawn > 8
    assert [text for text in screen.texts if _PLACED.search(text)] == []


async def test_after_a_failure_of_the_layer_an_app_goes_on_as_textual_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames are whole from then on, and those of before are on the screen as they were."""

    class Failing(Painted):
        def draw(self, strips: Iterable[Drawn], cursor: tuple[int, int], *, is_at_once: bool) -> bool:
            if self.drawn == 4:
                monkeypatch.setattr(Wire, "draw", lambda *what, **how: 1 / 0)
            return super().draw(strips, cursor, is_at_once=is_at_once)

    screen = await played(Failing, [("press", "down")] * 5 + [("side", "a word"), ("title", "another")])
    assert isinstance(screen, Failing)
    assert not screen.takes_strips
    assert screen.drawn == 5
