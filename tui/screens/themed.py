"""The theme of the screen: which there are, and drawing with another one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import themes
from store.place import themes_folder
from themes import Theme
from tui import theming
from tui.panes.lines import Lines
from tui.terminal import colour_depth

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen


def names() -> tuple[str, ...]:
    """The themes there are, the person's own too."""
    return themes.names((themes_folder(os.environ),))


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
