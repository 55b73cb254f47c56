"""Record: everything there is to say about the chosen one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from store.cadence import pending
from store.damaged import unreadable
from store.days import day_of
from store.derived import age_days, created_in, is_premature, is_stale, readings, squeeze
from store.fields import fields
from store.fields import told as in_words
from store.forecasts import settlement_of, told
from store.model import KINDS, Bet, Checkin, Record, Update
from store.premises import alarms_of
from store.records import Records
from store.step import is_provisional
from store.triggers import about
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._columns import GLYPHS
from tui.perspectives._moves import nowhere, telling
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint

ARROWS_BACK = {
    "nests_in": "holds", "drives": "driven by", "tests": "tested by", "informs": "informed by", "depends_on": "needed by",
    "competes_with": "competes with", "tension": "tension with", "supersedes": "superseded by", "pivots_from": "pivoted to",
}  # fmt: skip
"""Link kind → what it is called from its other end."""

LABELS = len("11-22 @someone")
"""Cells for a label, so that the values of most records stand below each other as one goes from record to record."""

SHOWN_ELSEWHERE = frozenset({"title", "text", "statement", "state", "links", "body", "tags"})


def _head(record: Record, records: Records, viewpoint: Viewpoint) -> Iterator[Paragraph]:
    """Its name, how it stands, and what is to be warned of.

    That it is stale stands in front of its age, which is of another width from record to record: what is as it was for the
    one before does not move.
    """
    name = record.label if is_provisional(record.id) else f"{record.id}  {record.label}"
    yield Paragraph(name, heading=True, token="title")
    glyph, token = GLYPHS.get(record.standing, ("", "dim"))
    state = records.settings.state(record.noun, record.standing)
    if is_stale(record, records, viewpoint.today):
        state, token = f"{state}, stale: nothing said for a quarter of its horizon", "warn"
    days = age_days(record, viewpoint.today, records.settings.zone)
    age = f"  {days} d old" if days is not None and days >= 0 else ""
    tags = "".join(f"  +{tag}" for tag in record.tags)
    archived = "  archived" if record.archived else ""
    yield Paragraph(f"{records.settings.one(record.noun)}  {glyph} {state}{age}{tags}{archived}".strip(), token=token)
    for warning in _warnings(record, records, viewpoint):
        yield Paragraph(warning, token="warn")


def _warnings(record: Record, records: Records, viewpoint: Viewpoint) -> Iterator[str]:
    for alarm in alarms_of(record, records, viewpoint.today):
        since = f" since {alarm.since}{' at the latest' if alarm.at_latest else ''}" if alarm.since else ""
        yield f"rests on {alarm.premise.id} {alarm.premise.label}: {alarm.why}{since}"
    if isinstance(record, Bet):
        if tight := squeeze(record):
            yield f"squeezed: {', '.join(tight)}"
        if is_premature(record):
            yield "converged early: told what to build while the opportunity is doubted or has one option"
    if aside := unreadable(record):
        yield f"could not be read, kept aside: {', '.join(f'{name}={value!r}' for name, value in aside.items())}"


def _values(record: Record, records: Records, today: date) -> Iterator[Paragraph]:
    headline = str(getattr(record, record.headline))
    if "\n" in headline.strip():
        yield Paragraph(headline, label=record.headline)
    parts: dict[str, list[str]] = {}
    for one in fields(type(record)):
        text = "" if one.path in SHOWN_ELSEWHERE else in_words(record, one)
        name, _, inner = one.path.partition(".")
        if text:
            parts.setdefault(name, []).append(f"{inner.replace('_', ' ')} {text}".strip())
    for name, texts in parts.items():
        yield Paragraph(" · ".join(texts), label=name.replace("_", " "))
    if isinstance(record, Bet) and (range_ := settlement_of(record, records, today)):
        yield Paragraph(told(range_), label="90 % range")
    if isinstance(record, Checkin):
        yield from _asked(record, records)


def _asked(checkin: Checkin, records: Records) -> Iterator[Paragraph]:
    """The questions of a check-in with the answers it has."""
    ritual = records.settings.ritual(checkin.level) if checkin.is_open else None
    for question in dict.fromkeys([*(ritual.questions if ritual else ()), *checkin.answers]):
        yield Paragraph(question, token="dim")
        if answer := checkin.answers.get(question):
            yield Paragraph(answer)


def _agenda(record: Record, records: Records, today: date) -> Iterator[Paragraph]:
    """What was gathered for a check-in that is to be held: the last intent beside what happened since, and all it asks."""
    if not isinstance(record, Checkin) or not record.is_open:
        return
    from store.checkins.agenda import agenda, lines  # every lens of the records is in there: not before one is looked at

    for heading, text, found in lines(agenda(record, records, today)):
        if heading:
            yield Paragraph(heading, heading=True, token="title")
        yield Paragraph(text, record=found)


def _arrows(record: Record, records: Records) -> Iterator[Paragraph]:
    for link in record.links:
        other = records.get(link.to)
        yield Paragraph(_leads(other, link.to), label=link.kind.replace("_", " "), record=other)
    back = [
        (ARROWS_BACK[link.kind], other)
        for other in records.pointing_at(record.id)
        for link in other.links
        if link.to == record.id
    ]
    for label, other in sorted(back, key=lambda arrow: (arrow[0], not arrow[1].is_open, arrow[1].number)):
        if not other.archived:
            yield Paragraph(_leads(other, other.id), label=label, record=other)
    for checkin in about(record.id, records):
        yield Paragraph(_leads(checkin, checkin.id), label="check-in", record=checkin)


def _leads(record: Record | None, record_id: str) -> str:
    if record is None:
        return f"{record_id}  (not there)"
    glyph, _ = GLYPHS.get(record.standing, ("", ""))
    return f"{record.id}  {glyph} {record.label}"


def _voices(record: Record, records: Records) -> Iterator[Paragraph]:
    given = readings(record.id, records)
    if given:
        yield Paragraph("Readings, each person's own", heading=True, token="title")
    for reading in given:
        sure = "" if reading.confidence is None else f"{reading.confidence}% "
        yield Paragraph(f"{sure}{reading.health or ''}  {reading.on or ''}".strip(), label=f"@{reading.person}")
    updates = records.about(record.id)
    if updates:
        yield Paragraph("Updates, newest first", heading=True, token="title")
    for update in reversed(updates):
        if isinstance(update, Update):
            kind = "" if update.kind == "note" else f"{update.kind}: "
            day = str(created_in(update, records) or "")[5:]
            yield Paragraph(f"{kind}{update.text}", label=f"{day} @{update.created_by}", record=update)


def _chosen(records: Records, viewpoint: Viewpoint) -> Record | None:
    """The chosen record, also a check-in that is not held yet."""
    if viewpoint.chosen is None or not is_provisional(viewpoint.chosen):
        return records.get(viewpoint.chosen) if viewpoint.chosen else None
    return next((one for one in pending(records, viewpoint.today) if one.id == viewpoint.chosen), None)


def project(records: Records, viewpoint: Viewpoint) -> Text:
    """The chosen record, read from top to bottom; empty when none is chosen."""
    record = _chosen(records, viewpoint)
    if record is None:
        return Text(())
    parts = [*_head(record, records, viewpoint), *_values(record, records, viewpoint.today), *_arrows(record, records)]
    parts.extend(_agenda(record, records, viewpoint.today))
    if record.body.strip():
        parts.append(Paragraph("Notes", heading=True, token="title"))
        parts.append(Paragraph(record.body))
    parts.extend(_voices(record, records))
    stamps = " · ".join(
        f"{what} {day_of(records.settings.zone, when) or when} by @{who}"
        for what, when, who in (
            ("captured", record.created, record.created_by),
            ("changed", record.updated, record.updated_by),
        )
        if when
    )
    if stamps or record.source:
        parts.append(Paragraph(stamps + (f" · from {record.source}" if record.source else ""), token="dim"))
    return Text(tuple(parts), LABELS)


PERSPECTIVE = Perspective(
    id="record",
    title="Record",
    key="o",
    asks="What is there to say about this one?",
    hides="its history: many log shows it",
    kinds=KINDS,
    project=project,
    empty="Choose a record to read it here.",
    absence=lambda record, records, viewpoint: None if record.id == viewpoint.chosen else "another record is chosen",
    move=nowhere("A record is read here: e changes what it says, s its state."),
    fills=telling,
    next_steps=(NextStep("my reading", "checkin.hold"),),
    follows=True,
)
