"""The command line: a command by its id or title, a record by its id, ``picture board.svg``, or a line to capture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from store.errors import NotFound
from tui.command import Command
from tui.screens import capturing, picturing, preferences, themed, travelling, viewing

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

Line = Callable[["WorkspaceScreen", str], str | None]
"""Does what a line says after its first word; returns what is wrong with it."""


def _review(screen: WorkspaceScreen, text: str) -> str | None:
    """Begin the review with so many minutes set aside."""
    from tui.screens import reviewing  # loaded with the first review

    return reviewing.line(screen, text)


LINES: Mapping[str, Line] = {
    "theme": themed.choose,
    "@": travelling.go,
    "view": viewing.line,
    "columns": viewing.take_columns,
    "picture": picturing.picture,
    "story": picturing.told,
    "review": _review,
    "settings": preferences.line,
}
"""First word of a line → what it does; the words of captures come besides."""
OFFERS: Mapping[str, Callable[[WorkspaceScreen], Sequence[str]]] = {
    "theme": lambda screen: themed.offered(),
    "@": lambda screen: travelling.offered(),
    "view": viewing.offered,
    "picture": lambda screen: picturing.OFFERED,
    "story": lambda screen: picturing.STORIES,
    "settings": preferences.offered,
}
"""First word of a line → what may follow it."""
MEANINGS: Mapping[str, Callable[[WorkspaceScreen, str], str]] = {
    "@": travelling.meaning,
    "view": viewing.meaning,
    "settings": preferences.meaning,
}
"""First word of a line → what is said while the rest of it is typed."""
MOST_OFFERED = 40
EXPLAINED = "A command by its name, an id, or bet, decide, note … and a line to capture."


def ask(screen: WorkspaceScreen) -> None:
    """Ask for a line and do what it says; a theme it names is drawn with while it is typed."""
    before = screen.palette
    screen.asking.read(
        ":",
        "",
        lambda text: _execute(screen, text.strip()),
        complete=lambda text: _complete(screen, text.lower()),
        on_change=lambda text: _explain(screen, text.strip()),
        changed=lambda text: themed.try_on(screen, text, before),
        cancelled=lambda: themed.try_on(screen, "", before),
        whole=True,
    )


def _complete(screen: WorkspaceScreen, typed: str) -> Sequence[str]:
    word, blank, _ = typed.partition(" ")
    lines = [f"{name} {value}" for name, values in OFFERS.items() if not blank or name == word for value in values(screen)]
    names = lines if blank else [*screen.registry.commands, *lines]
    return [name for name in names if typed in name][:MOST_OFFERED]


def _explain(screen: WorkspaceScreen, text: str) -> str:
    command = screen.registry.commands.get(text)
    word, _, rest = text.partition(" ")
    if command is None and word in MEANINGS:
        return MEANINGS[word](screen, rest.strip())
    return command.help if command else EXPLAINED


def _execute(screen: WorkspaceScreen, text: str) -> str | None:
    word, _, rest = text.partition(" ")
    if not text:
        return None
    if command := _command(screen, text):
        screen.asking.close()
        screen.performer.perform(command)
        return None
    if word in LINES:
        return LINES[word](screen, rest.strip())
    if rest and word.lower() in capturing.CAPTURES:
        return capturing.capture(screen, capturing.CAPTURES[word.lower()], rest)
    return _go_to(screen, text)


def _command(screen: WorkspaceScreen, text: str) -> Command | None:
    commands = screen.registry.commands
    if text in commands:
        return commands[text]
    return next((one for one in commands.values() if one.title.lower() == text.lower()), None)


def _go_to(screen: WorkspaceScreen, text: str) -> str | None:
    try:
        record = screen.workspace.records.find(text)
    except NotFound:
        return f"There is no command and no record {text!r}. Tab shows the commands."
    screen.turn(screen.desk._replace(chosen=record.id, opened=True))
    return None
