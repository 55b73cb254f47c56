"""Asks which record is meant where a lens is to be filled in, or acted in, and none that it shows is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import NotFound
from store.model import Record
from tui.candidates import choosable
from tui.perspective import Perspective, perspective
from tui.text import safe

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

MOST_OFFERED = 40


def ask(screen: WorkspaceScreen, command_id: str) -> None:
    """Ask for a record of a kind that the lens in focus shows; it is chosen, and the command is performed on it."""
    context = screen.context()
    lens, records = perspective(context.lens), context.records
    kinds = " or ".join(records.settings.one(kind.noun) for kind in lens.kinds)
    offered = [f"{record.id} {safe(record.label)}" for record in choosable(records, lens.kinds, context.chosen)]
    screen.asking.read(
        f"which {kinds}:" if len(lens.kinds) < 3 else "which record:",
        "",
        lambda text: _picked(screen, lens, text, offered, command_id),
        complete=lambda text: _fitting(text, offered),
        on_change=lambda text: "Its id, or a part of its title: Enter takes the first that fits.",
        whole=True,
    )


def _fitting(text: str, offered: Sequence[str]) -> list[str]:
    typed = text.strip().lower()
    front = [one for one in offered if one.lower().startswith(typed)]
    return [*front, *(one for one in offered if typed in one.lower() and one not in front)][:MOST_OFFERED]


def _picked(screen: WorkspaceScreen, lens: Perspective, text: str, offered: Sequence[str], command_id: str) -> str | None:
    """Choose what was meant and go on; returns what is wrong with what was typed."""
    if not text.strip():
        return None
    found = _meant(screen, text, offered)
    if found is None:
        return f"No record is called {text.strip()!r}."
    records = screen.workspace.records
    if not isinstance(found, lens.kinds):
        kinds = ", ".join(records.settings.many(kind.noun) for kind in lens.kinds)
        return f"{lens.title} shows {kinds}; {found.id} is a {records.settings.one(found.noun)}."
    screen.asking.close()
    screen.turn(screen.desk._replace(chosen=found.id))
    screen.performer.perform(screen.registry.commands[command_id])
    return None


def _meant(screen: WorkspaceScreen, text: str, offered: Sequence[str]) -> Record | None:
    """The record an id begins the text with, or else the first of those offered for it."""
    for one in [text, *_fitting(text, offered)[:1]]:
        try:
            return screen.workspace.records.find(one.split()[0])
        except NotFound:
            continue
    return None
