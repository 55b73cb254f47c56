"""What is on the screen as a file: the lenses as a picture, by what its name ends in, and what is told of records."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store.errors import ManyViewError
from store.quoting import quoted
from tui import columns
from tui.command import Show

if TYPE_CHECKING:
    from tui.picture import Panel
    from tui.screens.workspace import WorkspaceScreen

REPLACE = "!"
"""In front of the name of a file that may be there already."""
ENDINGS = (".svg", ".html", ".md")
OFFERED, STORIES = tuple(f"board{ending}" for ending in ENDINGS), ("story.md",)
"""Names that completion offers."""


def picture(screen: WorkspaceScreen, name: str) -> str | None:
    """Write the lenses on the screen as they are turned, in the theme of the screen; returns what is wrong."""
    from tui import picture as pictures

    _, ending = os.path.splitext(name.lower())
    if ending not in ENDINGS:
        return f"A picture is a file that ends in {', '.join(ENDINGS)}: picture board.svg"
    panels, title = _panels(screen), f"{screen.desk.page.title}, {screen.scene().today}"
    drawn: dict[str, Callable[[], str]] = {
        ".svg": lambda: pictures.svg(panels, screen.palette, title),
        ".html": lambda: pictures.html(panels, screen.palette, title),
        ".md": lambda: pictures.markdown(panels),
    }
    return _written(screen, name, drawn[ending])


def told(screen: WorkspaceScreen, name: str) -> str | None:
    """Write what the Story in focus tells, of the marked records or the chosen one, as Markdown; returns what is wrong."""
    if not name:
        return "What is told goes into a file: story bet.md"
    command, context = screen.registry.commands["story.copy"], screen.context()
    if reason := command.refuse(context):
        return reason
    return _written(screen, name, lambda: _text(command.run(context, {})))


def _text(outcome: object) -> str:
    assert isinstance(outcome, Show)
    return outcome.argument


def _panels(screen: WorkspaceScreen) -> Sequence[Panel]:
    from tui.picture import GAP, panel

    places = screen.desk.shown(screen.app.size.width)
    wide = max((screen.app.size.width - GAP * (len(places) - 1)) // len(places), 20)
    seen = [screen.outlook.sight(screen.desk, place, focused=False) for place in places]
    return [
        panel(
            one.perspective,
            columns.shown(one.perspective, one.scene.records, one.viewpoint),
            one.scene,
            wide,
            filtered=one.filter,
            past=one.then,
        )
        for one in seen
    ]


def _written(screen: WorkspaceScreen, name: str, text: Callable[[], str]) -> str | None:
    """Write a file and say so; returns what is wrong, as where there is one already and it was not to be replaced."""
    from tui.shell.transfer import write_file

    replacing = name.startswith(REPLACE)
    path = os.path.expanduser(name.removeprefix(REPLACE).strip())
    if os.path.lexists(path) and not replacing:
        return f"{quoted(path, 60)} is there already; {REPLACE} in front of its name replaces it."
    try:
        write_file(path, text(), overwrite=replacing)
    except ManyViewError as error:
        return str(error)
    screen.asking.close()
    screen.say(f"It is in {quoted(path, 120)}.", "good")
    return None
