"""What the workspace decides for itself, changed from the screen: in the person's editor, or one by one in a line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import ManyViewError
from store.settings import Settings
from tui import drafts

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

EXPLAINED = "Such as modes+=spike, modes.chip=chore, levels.weekly.questions.2=What did we learn?"


def edit(screen: WorkspaceScreen) -> None:
    """Give the settings to the editor as TOML, and commit what comes back as one step."""
    from store.settings_text import from_toml, to_edit
    from tui.screens import outside

    command = outside.editor(os.environ)
    if command is None:
        screen.say("No editor was found: set EDITOR.", "warn")
        return
    before = to_edit(screen.workspace.records.settings)
    with screen.app.suspend():
        text = outside.edit_until(from_toml, before, command, "settings", ".toml")
    if text is None:
        screen.say(f"{command[0]} did not end well. Nothing was changed.", "error")
    elif not text.strip() or text == before:
        screen.say("Nothing was changed.")
    else:
        take(screen, text)


def take(screen: WorkspaceScreen, text: str) -> None:
    """Commit settings that came back from an editor; a text that cannot be read is kept in a file that is named."""
    from store.settings_text import from_toml

    try:
        _commit(screen, from_toml(text), "edited the settings")
    except ManyViewError as error:
        kept = drafts.keep_text(text, "settings", os.environ)
        screen.say(f"{error} Your text is kept in {kept}." if kept else str(error), "error")


def line(screen: WorkspaceScreen, text: str) -> str | None:
    """Set what a line says, ``modes+=spike levels.weekly.minutes=25``; returns what is wrong with it."""
    from store.settings_line import assigned, named, taken_apart_at_names

    words = taken_apart_at_names(text)
    try:
        _commit(screen, assigned(screen.workspace.records.settings, words), f"set {named(words)}")
    except ManyViewError as error:
        return " ".join(str(error).splitlines())
    return None


def offered(screen: WorkspaceScreen) -> Sequence[str]:
    """What may follow ``:settings``."""
    from store.settings_line import paths

    return paths(screen.workspace.records.settings)


def meaning(screen: WorkspaceScreen, text: str) -> str:
    """What the setting that is typed is now."""
    from store.settings_line import value_at

    path = text.partition("=")[0].rstrip("+-")
    now = value_at(screen.workspace.records.settings, path) if path else ""
    return f"{path}: {now}" if now else EXPLAINED


def _commit(screen: WorkspaceScreen, settings: Settings, why: str) -> None:
    """Make settings durable, and say what records go on holding."""
    from store.left_behind import left_behind
    from store.settings_text import keeping_ids

    records = screen.workspace.records
    done = screen.workspace.set_settings(keeping_ids(settings, records), why)
    if done is None:
        screen.say("Nothing was changed.")
        return
    left = left_behind(records.settings, settings, records)
    screen.say(" ".join([f"{why[0].upper()}{why[1:]}.", *left]), "good", "u undoes")
