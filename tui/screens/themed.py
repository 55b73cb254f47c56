"""The theme of the screen: which there are, and drawing with another one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import themes
from store.errors import ManyViewError
from store.place import themes_folder
from themes import Theme
from tui import chosen_theme, theming
from tui.panes.lines import Lines
from tui.terminal import colour_depth

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen


DEFAULT = "default"
"""What is typed in place of a name to have the theme picked by the terminal again."""
PLACES = {"local": "terminals here", "remote": "terminals over SSH"}


def offered() -> tuple[str, ...]:
    """What may be typed behind ``theme``."""
    return (*names(), DEFAULT)


def names() -> tuple[str, ...]:
    """The themes there are, the person's own too."""
    return themes.names((themes_folder(os.environ),))


def choose(screen: WorkspaceScreen, name: str) -> str | None:
    """Draw with another theme and keep it for the next start; returns what is wrong with it."""
    if name == DEFAULT and name not in names():
        name = ""
        draw(screen, theming.pick(os.environ, folders=(themes_folder(os.environ),)).theme)
    elif problem := change(screen, name):
        return problem
    screen.say(*_kept(name))
    return None


def _kept(name: str) -> tuple[str, str]:
    """Keep a choice; what to say of it, and how loudly."""
    where = PLACES[chosen_theme.place(os.environ)]
    try:
        chosen_theme.keep(os.environ, name)
    except ManyViewError as error:
        return f"Not kept for the next start: {error}", "error"
    if first := os.environ.get(theming.THEME):
        return f"Kept for {where}, but {theming.THEME}={first} goes before it at the next start.", "info"
    if not name:
        return f"{where.capitalize()} get the theme that suits them again.", "info"
    return f"{name} is kept for {where}.{_doubts(name)}", "info"


def _doubts(name: str) -> str:
    """The first thing that is hard to read in a theme that can be drawn, as a sentence; "" where nothing is."""
    from themes.checking import check  # seldom needed

    found = check(themes.load(name, (themes_folder(os.environ),)))
    more = f" ({len(found) - 1} more: many themes {name})" if len(found) > 1 else ""
    return f" {found[0]}{more}" if found else ""


def change(screen: WorkspaceScreen, name: str) -> str | None:
    """Draw with another theme from now on; returns what is wrong with it."""
    try:
        theme = theming.fit(themes.load(name, (themes_folder(os.environ),)), colour_depth(os.environ))
    except themes.ThemeError as error:
        return str(error)
    draw(screen, theme)
    return None


def try_on(screen: WorkspaceScreen, text: str, before: Theme) -> None:
    """Draw with the theme a line names as far as it is typed, and with the one ``before`` where it names none."""
    word, _, name = text.strip().partition(" ")
    if word == "theme" and name in names():
        change(screen, name)
    elif screen.palette is not before:
        draw(screen, before)


def draw(screen: WorkspaceScreen, theme: Theme) -> None:
    """Draw everything with a theme that is fit for this terminal."""
    screen.palette = theme
    screen.room.take_theme(theme)
    for widget in screen.query(Lines):
        widget.take_theme(theme)
    screen.post_message(screen.ThemeChosen(theme))
