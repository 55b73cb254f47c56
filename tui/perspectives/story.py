"""Story: what do I tell executives, the team, finance, customers?  One record, several tellings."""

from __future__ import annotations

import os
from collections.abc import Iterator

from store.errors import ManyViewError
from store.model import Record, Update
from store.records import Records
from store.stories import AUDIENCES, audiences, own_folder, story
from store.telling import Line
from tui.acting import NextStep
from tui.perspective import Paragraph, Perspective, Text, Viewpoint
from tui.perspectives._arrows import KINDS

FOR = ("for", audiences(own=own_folder(os.environ)))
"""The audiences one turns through: those everybody has, and those the person wrote templates for."""


def audience(viewpoint: Viewpoint) -> str:
    """Whom it is told to, as the lens is turned."""
    return viewpoint.options.get("for") or AUDIENCES[0]


def told(record: Record, records: Records, viewpoint: Viewpoint) -> tuple[Line, ...]:
    """What is told of a record as the lens is turned.  Raises as ``store.stories.story``."""
    return story(record, records, viewpoint.today, audience(viewpoint), own_folder(os.environ))


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
    return Text((_title(title), for_whom, *_spaced(rest)))


def _nothing(record: Record) -> str:
    """Why a telling has no lines."""
    return "An update is told with what it is about." if isinstance(record, Update) else "The template says nothing of it."


def _title(line: Line) -> Paragraph:
    """The first line of a telling, whatever the template makes of it."""
    return Paragraph(line.text, heading=True, token="title")


def _spaced(lines: list[Line]) -> Iterator[Paragraph]:
    """The lines, with a blank one above each heading."""
    for line in lines:
        if line.heading:
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
