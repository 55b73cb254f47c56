"""Story: what do I tell executives, the team, finance, customers?  One record, several tellings."""

from __future__ import annotations

from store.model import Record
from store.records import Records
from store.stories import AUDIENCES, story
from store.telling import Line
from tui.perspective import Paragraph, Perspective, Text, Viewpoint
from tui.perspectives._arrows import KINDS

FOR = ("for", AUDIENCES)


def _audience(viewpoint: Viewpoint) -> str:
    turned = viewpoint.options.get("for", "")
    return turned if turned in AUDIENCES else AUDIENCES[0]


def _paragraph(line: Line) -> Paragraph:
    token = "title" if line.heading else "warn" if line.missing else "text"
    return Paragraph(line.text, label=line.label, token=token, heading=line.heading)


def project(records: Records, viewpoint: Viewpoint) -> Text:
    """The chosen record as told to one audience; what is not known is said and stands out."""
    record = records.get(viewpoint.chosen) if viewpoint.chosen else None
    if record is None:
        return Text(())
    audience = _audience(viewpoint)
    title, *rest = story(record, records, viewpoint.today, audience) or (None,)
    if title is None:
        return Text((Paragraph("An update is told with what it is about.", token="dim"),))
    for_whom = Paragraph(f"as told to {audience}; O tells it to others", token="dim")
    paragraphs = [Paragraph(title.text, heading=True, token="title"), for_whom]
    for line in rest:
        if line.heading:
            paragraphs.append(Paragraph(""))
        paragraphs.append(_paragraph(line))
    return Text(tuple(paragraphs))


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
)
