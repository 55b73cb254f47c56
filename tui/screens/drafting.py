"""Drafts on the screen: what is being typed and not saved yet, and going on with what was kept."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui import drafts
from tui.screens import capturing

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen


def draft(screen: WorkspaceScreen) -> drafts.Draft | None:
    """What is being typed, with where it belongs; None when nothing is."""
    command, record = screen.performer.asked_by
    asking = screen.asking
    if (form := asking.form) is not None and (texts := form.draft()):
        return {"command": command, "record": record, "title": form.title, "texts": dict(texts)}
    if asking.is_open and asking.prompt.text.strip():
        return _line(screen, record)
    return None


def _line(screen: WorkspaceScreen, record: str | None) -> drafts.Draft:
    """A line that is being typed: what it captures, and in the review what it is about, which the line does not say."""
    label, line = screen.asking.prompt.label.rstrip(":"), screen.asking.prompt.text
    noun = capturing.CAPTURES.get(label, label)
    known = noun in capturing.CAPTURES.values()
    about = screen.review.about if known and screen.review is not None and screen.desk.reviewing else None
    told = f"{line} re:{about}" if about and " re:" not in f" {line}" else line
    texts = {"line": told, **({"noun": noun} if known else {})}
    return {"command": "", "record": record, "title": f"{label}: {line}" if known else "a line", "texts": texts}


def place(screen: WorkspaceScreen) -> str:
    """Where drafts for this workspace are kept."""
    return drafts.place(os.environ, getattr(screen.workspace.backend, "path", ""), screen.workspace.me)


def keep(screen: WorkspaceScreen) -> str | None:
    """Keep what is being typed and return where; None when nothing is, or it cannot be kept."""
    return drafts.keep(draft(screen), place(screen))


def offer(screen: WorkspaceScreen) -> None:
    """Say that a draft was kept, when one was."""
    if found := drafts.kept(place(screen)):
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        screen.say(f"A draft was kept: {found[-1].get('title', '')}{more}", "info", ":draft goes on with it")


def go_on(screen: WorkspaceScreen) -> None:
    """Type on where a kept draft ended."""
    found = next(reversed(drafts.kept(place(screen))), None)
    if found is None:
        screen.say("No draft was kept.")
        return
    texts = found.get("texts")
    if not isinstance(texts, dict):
        return
    command = screen.registry.commands.get(str(found.get("command")))
    if command is None:
        noun = str(texts.get("noun"))
        noun = noun if noun in capturing.CAPTURES.values() else "decision"
        capturing.ask(screen, noun, str(texts.get("line", "")))
    else:
        screen.turn(screen.desk._replace(chosen=str(found.get("record")) if found.get("record") else None))
        screen.performer.perform(command)
        if (form := screen.asking.form) is not None:
            form.restore({str(path): str(text) for path, text in texts.items()})
    if screen.asking.is_open:
        drafts.drop(place(screen))
