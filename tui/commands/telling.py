"""Commands that hand on what is told of records: copy it as Markdown.

What tells it is loaded when it is asked for: it would delay the first screen.
"""

from __future__ import annotations

import os

from store.fields import Field
from store.model import Update
from store.place import tellings_folder
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Show
from tui.commands._refusals import needs_stored

FOR = "for"


def _refuse(context: Context) -> str | None:
    if reason := needs_stored(context):
        return reason
    if all(isinstance(record, Update) for record in context.targets):
        return "An update is told with what it is about."
    return None


def _turned(context: Context) -> str:
    """Whom the Story in focus is told to; "" where another lens has the focus."""
    if context.lens != "story":
        return ""
    from store.stories import AUDIENCES

    return context.viewpoint.options.get(FOR, AUDIENCES[0]) if context.viewpoint else AUDIENCES[0]


def _asks(context: Context) -> Ask | None:
    """Whom to tell it to; nothing where the lens in focus says so."""
    if _turned(context):
        return None
    from store.stories import AUDIENCES, audiences

    everybody = audiences(context.records.settings, tellings_folder(os.environ))
    return Ask("Whom do you tell it to?", (Question(Field(FOR, "choice", "Whom it is told to", everybody), AUDIENCES[0]),))


def _copy(context: Context, answers: Answers) -> Outcome:
    from store.stories import AUDIENCES, story
    from store.telling import as_markdown

    audience, own = _turned(context) or answers.get(FOR) or AUDIENCES[0], tellings_folder(os.environ)
    told = (
        story(record, context.records, context.today, audience, own)
        for record in context.targets
        if not isinstance(record, Update)
    )
    return Show("copy_text", "\n".join(map(as_markdown, told)))


COMMANDS = (
    Command(
        "story.copy",
        "Copy the story",
        ("M",),
        "Copy what is told of it, or of the marked records, as Markdown; elsewhere than in Story say to whom.",
        _copy,
        _refuse,
        _asks,
    ),
)
