"""Capture in the app: one line in the grammar of the shell, and what is understood of it while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import ManyViewError
from store.model import BY_TABLE, entity
from store.step import create, provisional

if TYPE_CHECKING:
    from store.capture import Draft
    from tui.screens.workspace import WorkspaceScreen

GRAMMAR = 'text +tag @who because "…" conf:70 revisit:+6w door:one-way re:B7'
CAPTURES = {
    "mission": "mission", "bet": "bet", "decide": "decision", "decision": "decision", "belief": "belief",
    "signal": "signal", "note": "update",
}  # fmt: skip
"""Word of the command line → the kind it captures."""


def ask(screen: WorkspaceScreen, noun: str, text: str = "") -> None:
    """Ask for a line to capture, with what was pasted in it."""
    screen.asking.read(
        f"{noun}:",
        text,
        lambda typed: capture(screen, noun, typed),
        on_change=lambda typed: _understood(screen, noun, typed),
    )


def capture(screen: WorkspaceScreen, noun: str, text: str) -> str | None:
    """Add the record a line describes; what is wrong with the line comes back.  An empty line captures nothing."""
    if not text.strip():
        return None
    from store.capture import draft
    from store.changes import superseding

    try:
        found = draft(noun, text, today=screen.today(), me=screen.workspace.me)
        record = entity(found.table, "1", found.document)
        fresh = record.evolve(id=provisional(BY_TABLE[found.table], 1))
        added = create([fresh], f"captured {fresh.noun} {fresh.label}")
        moved = superseding(screen.workspace.records, fresh)
        screen.performer.commit(added._replace(changes=(*added.changes, *moved)))
    except ManyViewError as error:
        return str(error)
    return None


def _understood(screen: WorkspaceScreen, noun: str, text: str) -> str:
    from store.capture import draft

    if not text.strip():
        return GRAMMAR
    try:
        return told(draft(noun, text, today=screen.today(), me=screen.workspace.me))
    except ManyViewError as error:
        return str(error)


def told(found: Draft) -> str:
    """What was understood of a line, which of its words look like fields and stay text, and what could not be taken."""
    left = [f"left as text: {' '.join(found.left_as_text)}"] if found.left_as_text else []
    return "  ".join([*(f"{label}: {value}" for label, value in found.understood), *left, *found.warnings])
