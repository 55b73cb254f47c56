"""A record in the person's own editor, and what becomes of the text that comes back."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from store.errors import ManyViewError
from store.model import Record
from store.step import Step
from tui import drafts

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen


def edit(screen: WorkspaceScreen) -> None:
    """Give the chosen record to the editor as a text, and commit what comes back."""
    from store.editing import as_text
    from tui.screens import outside

    record = screen.context().targets[0]
    command = outside.editor(os.environ)
    if command is None:
        screen.say("No editor was found: set EDITOR.", "warn")
        return
    with screen.app.suspend():
        text = outside.edit_until(partial(_step, screen, record), as_text(record), command, record.id)
    if text is None:
        screen.say(f"{command[0]} did not end well. Nothing was changed.", "error")
        return
    take(screen, record, text)


def take(screen: WorkspaceScreen, record: Record, text: str) -> None:
    """Commit what an editor made of a record; a text that cannot be read is kept in a file that is named."""
    try:
        step = _step(screen, record, text)
        if step is None:
            screen.say("Nothing was changed.")
            return
        screen.performer.commit(step)
    except ManyViewError as error:
        kept = drafts.keep_text(text, record.id, os.environ)
        screen.say(f"{error} Your text is kept in {kept}." if kept else str(error), "error")


def _step(screen: WorkspaceScreen, record: Record, text: str) -> Step | None:
    """What a text makes of the record; None when that is nothing.  Raises ``UsageError`` or ``Refused``."""
    from store.changes import edited
    from store.editing import changes

    typed = changes(record, text)
    return edited(screen.workspace.records, (record,), typed, screen.today()) if typed else None
