"""Story: what do I tell executives, the team, finance, customers?  One record, several tellings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from store.errors import ManyViewError
from store.model import Record, Update
from store.place import tellings_folder
from store.records import Records
from store.stories import AUDIENCES, audiences, story
from store.telling import Line
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._arrows import KINDS
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint

FOR = ("for", audiences(own=tellings_folder(os.environ)))
"""The audiences one turns through: those everybody has, and those the person wrote templates for."""


def audience(viewpoint: Viewpoint) -> str:
    """Whom it is told to, as the lens is turned."""
    return viewpoint.options.get("for") or AUDIENCES[0]


def told(record: Record, records: Records, viewpoint: Viewpoint) -> tuple[Line, ...]:
    """What is told of a record as the lens is turned.  Raises as ``store.stories.story``."""
    return story(record, records, viewpoint.today, audience(viewpoint), tellings_folder(os.environ))


def _paragraph(line: Line) -> Paragraph:
    token = "title" if line.heading else "warn" if line.missing else "text"
    return Paragraph(line.text, label=line.label, token=token, heading=line.heading)


def project(records: Records, viewpoint: Viewpoint) -> Text:
    """The chosen record as told to one audience; what is not known is said and stands out."""
    record = records.get(viewpoint.chosen) if viewpoint.chosen else None
    if record is None:
        return Text(())
    try:
        title, *rest = told(record, records, viewpoint) or (None,)
    except ManyViewError as error:
        return Text((Paragraph(record.label, heading=True, token="title"), Paragraph(str(error), token="error")))
    if title is None:
        return Text((Paragraph(_nothing(record), token="dim"),))
    for_whom = Paragraph(f"as told to {audience(viewpoint)}; O tells it to others, M copies it", token="dim")
    return Text((_paragraph(title._replace(heading=True)), for_whom, *as_text((title, *rest)).paragraphs[1:]))


def _nothing(record: Record) -> str:
    """Why a telling has no lines."""
    return "An update is told with what it is about." if isinstance(record, Update) else "The template says nothing of it."


def as_text(lines: Sequence[Line]) -> Text:
    """A telling to read from top to bottom."""
    return Text(tuple(_spaced(lines)))


def _spaced(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """The lines, with a blank one above each heading."""
    for at, line in enumerate(lines):
        if line.heading and at:
            yield Paragraph("")
        yield _paragraph(line)


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    return None if record.id == viewpoint.chosen else "another record is chosen"


PERSPECTIVE = Perspective(
    id="story",
    title="Story",
    key="e",
    asks="What do I tell executives, the team, finance, customers?",
    hides="what this audience does not need: press O to tell it to another; Record shows every field",
    kinds=KINDS,
    project=project,
    empty="Choose a mission, a bet or a decision to tell of it.",
    absence=_absence,
    follows=True,
    options=(FOR,),
    next_steps=(NextStep("copy", "story.copy"),),
)
