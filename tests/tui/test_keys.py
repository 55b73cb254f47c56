"""Keys: what was pressed, what is waited for, how a key is written."""

from __future__ import annotations

import pytest

from tui.command import Command, Registry, registry
from tui.commands.workspace import show
from tui.keys import Pressed, name_of, press, shown, unglued


def command(command_id: str, *keys: str) -> Command:
    return Command(command_id, command_id, keys, "", show("nothing"))


TOP, LENS, DOWN = command("cursor.first", "g g"), command("lens.flow", "g f"), command("cursor.down", "j", "down")
SMALL = Registry.of((TOP, LENS, DOWN))


@pytest.mark.parametrize(
    ("name", "waiting", "pressed"),
    [
        ("j", "", Pressed(DOWN, typed="j")),
        ("down", "", Pressed(DOWN, typed="down")),
        ("g", "", Pressed(waiting="g", typed="g")),
        ("g", "g", Pressed(TOP, typed="g g")),
        ("f", "g", Pressed(LENS, typed="g f")),
        ("x", "g", Pressed(typed="g x")),
        ("x", "", Pressed(typed="x")),
    ],
)
def test_a_key_means_a_command_or_the_wait_for_another_or_nothing(name: str, waiting: str, pressed: Pressed) -> None:
    assert press(SMALL, name, waiting) == pressed


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("j", "j", "j"), ("upper_j", "J", "J"), ("slash", "/", "/"), ("space", " ", "space"), ("escape", "\x1b", "escape"),
        ("ctrl+d", "\x04", "ctrl+d"), ("f1", None, "f1"), ("enter", "\r", "enter"),
    ],
)  # fmt: skip
def test_a_key_is_named_by_what_it_prints(key: str, character: str | None, name: str) -> None:
    assert name_of(key, character) == name


@pytest.mark.parametrize(
    ("key", "keys"),
    [
        ("alt+j", ("escape", "j")),
        ("alt+shift+j", ("escape", "J")),
        ("alt+left", ("escape", "left")),
        ("escape", ("escape",)),
        ("j", ("j",)),
        ("ctrl+j", ("ctrl+j",)),
        ("alt+", ("alt+",)),
    ],
)
def test_escape_that_arrives_glued_is_two_keys(key: str, keys: tuple[str, ...]) -> None:
    assert unglued(key) == keys


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("g g", "gg"),
        ("ctrl+d", "^d"),
        ("escape", "Esc"),
        ("space", "Space"),
        ("pagedown", "PgDn"),
        ("f1", "F1"),
        ("g t", "gt"),
    ],
)
def test_a_key_is_written_as_people_read_it(key: str, text: str) -> None:
    assert shown(key) == text


def test_every_key_of_every_command_can_be_pressed() -> None:
    """No key is also the beginning of a longer one, which would never be reached."""
    every = registry()
    for keys, wanted in every.by_key.items():
        waiting = ""
        *first, last = keys.split(" ")
        for name in first:
            pressed = press(every, name, waiting)
            assert pressed.command is None, f"{keys}: {name} runs {pressed.command} at once"
            waiting = pressed.waiting
        assert press(every, last, waiting).command is wanted
