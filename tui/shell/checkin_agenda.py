"""The agenda of a check-in as the shell prints it: to read from top to bottom, and for programs."""

from __future__ import annotations

from typing import Any

from store.checkins.agenda import Agenda, lines
from store.checkins.holding import name_of
from store.model import Checkin
from store.records import Records
from store.step import is_provisional
from tui.shapes import Paragraph, Text
from tui.shell.session import as_object


def as_text(found: Agenda, records: Records) -> Text:
    """The agenda to read from top to bottom: what was gathered, then the questions with the answers there are."""
    due = f", due {found.checkin.due}" if found.checkin.due else ""
    name = name_of(found.checkin, records).removeprefix("the ").split(" of 2")[0]
    minutes = f", {found.minutes} min" if found.minutes else ""
    parts = [Paragraph(f"{name[:1].upper()}{name[1:]}{due}{minutes}", heading=True, token="title")]
    for heading, text, record in lines(found):
        if heading:
            parts += [Paragraph(""), Paragraph(heading, heading=True, token="title")]
        parts.append(Paragraph(text, record=record))
    parts += [Paragraph(""), Paragraph("Questions", heading=True, token="title")]
    for number, question in enumerate(found.questions, 1):
        parts.append(Paragraph(question, label=str(number)))
        if answer := found.checkin.answers.get(question):
            parts.append(Paragraph(answer))
    return Text(tuple(parts))


def as_data(found: Agenda, records: Records) -> dict[str, Any]:
    """The agenda for programs."""
    return {
        **in_short(found.checkin, records),
        "since": found.since.isoformat(),
        "last_intent": found.intent,
        "questions": list(found.questions),
        "agenda": [
            {
                "part": part.name,
                "title": part.title.format(since=found.since),
                "entries": [{"text": entry.text, "id": entry.record.id if entry.record else None} for entry in part.entries],
                "more": part.more,
            }
            for part in found.parts
        ],
    }


def in_short(checkin: Checkin, records: Records) -> dict[str, Any]:
    """A check-in for programs; one that nobody began has no id."""
    own = {"id": None, "type": "check-in"} if is_provisional(checkin.id) else {}
    return {**as_object(checkin), **own, "title": name_of(checkin, records)}
