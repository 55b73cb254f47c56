"""From what a terminal sends to a command: single keys, keys pressed in turn, and Escape that arrives glued to the next."""

from __future__ import annotations

from typing import NamedTuple

from tui.command import Command, Registry


class Pressed(NamedTuple):
    """What a key came to: a command, the wait for the next key, or nothing."""

    command: Command | None = None
    waiting: str = ""
    typed: str = ""


def name_of(key: str, character: str | None) -> str:
    """The name of a key as the registry writes it: what it prints, or Textual's name."""
    if key == "space" or character == " ":
        return "space"
    return character if character and character.isprintable() else key


def press(registry: Registry, name: str, waiting: str = "") -> Pressed:
    """What pressing a key means after the keys already waiting."""
    typed = f"{waiting} {name}".strip()
    if command := registry.by_key.get(typed):
        return Pressed(command, typed=typed)
    if any(key.startswith(typed + " ") for key in registry.by_key):
        return Pressed(waiting=typed, typed=typed)
    return Pressed(typed=typed)


def unglued(key: str) -> tuple[str, ...]:
    """The keys one event stands for: ``alt+j`` is Escape and j, which terminals without the kitty protocol send alike."""
    glued, alt, behind = key.partition("alt+")
    if glued or not alt or not behind:
        return (key,)
    _, shift, letter = behind.partition("shift+")
    return ("escape", letter.upper() if shift and len(letter) == 1 else behind)


SHOWN = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "S-Tab", "pagedown": "PgDn",
    "pageup": "PgUp", "up": "↑", "down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End", "f1": "F1",
}  # fmt: skip


def shown(key: str) -> str:
    """A key as people read it: ``gg``, ``^d``, ``Esc``."""
    parts = [SHOWN.get(part, part.replace("ctrl+", "^")) for part in key.split(" ")]
    return "".join(parts)
