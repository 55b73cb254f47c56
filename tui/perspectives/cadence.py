"""Cadence: which check-in is next on every level, what asks for us now, and what did we intend?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from store.cadence import last_intent, pending
from store.derived import DUE_FIELDS, due_on
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal
from store.records import Index, Records
from tui.acting import Moved, NextStep, Nudge
from tui.perspective import Column, Perspective, Scene, Section, Sections, Span, Viewpoint
from tui.perspectives._columns import DUE, ID, PEOPLE, STATE
from tui.perspectives._moves import by_axes, refusing, shifted

AHEAD = timedelta(days=7)
"""How far ahead something counts as asking for us now."""

KINDS: tuple[type[Record], ...] = (Bet, Decision, Mission, Belief, Signal)
DATED = Index(
    KINDS,
    lambda record: () if record.archived or due_on(record) is None else (True,),
    lambda record: due_on(record) or date.max,
)
HELD = Index(
    (Checkin,),
    lambda record: () if record.archived or record.standing not in ("done", "skipped") else (True,),
    lambda record: -(record.due or date.min).toordinal() if isinstance(record, Checkin) else 0,
)


def _title(record: Record, scene: Scene) -> Span:
    if not isinstance(record, Checkin):
        return Span(record.label)
    level = scene.records.settings.level(record.level)
    name = level.title if level else record.level
    if record.state in ("done", "skipped"):
        return Span(f"{name}: {record.intent or record.why_skipped or '(no intent)'}", "dim")
    before = last_intent(record.level, scene.records)
    about = f" about {record.about}" if record.about else ""
    minutes = f", {_time(level.minutes)}" if level else ""
    return Span(f"{name}{about}{minutes}" + (f"  intent was: {before.intent}" if before else ""))


def _time(minutes: int) -> str:
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 480 else f"{minutes // 480} d"


TITLE = Column("title", 0, _title, keep=10)


def _due(record: Record) -> date:
    return due_on(record) or date.max


def _due_now(records: Records, viewpoint: Viewpoint) -> tuple[tuple[Record, ...], int]:
    """What is due within the week or late, the latest first, and how much of it is late."""
    dated = records.group(DATED, True, viewpoint.where)
    late = bisect_left(dated, viewpoint.today, key=_due)
    return dated[: bisect_right(dated, viewpoint.today + AHEAD, key=_due)], late


def project(records: Records, viewpoint: Viewpoint) -> Sections:
    """Levels first, then what is due within the week or late, then what was held, the newest first."""
    levels = tuple(one for one in pending(records, viewpoint.today) if viewpoint.where is None or viewpoint.where(one))
    extra = tuple(
        one
        for one in records.all(Checkin)
        if one.is_open and records.settings.level(one.level) is None and viewpoint.lets(one)
    )
    due, late = _due_now(records, viewpoint)
    waiting = sum((one.due or date.max) <= viewpoint.today for one in levels)
    sections = (
        Section("Check-ins", (*levels, *extra), note=f"{waiting} due" if waiting else ""),
        Section("Asks for us this week", due, note=f"{late} late" if late else ""),
        Section("Held", records.group(HELD, True, viewpoint.where)),
    )
    return Sections((ID, STATE, TITLE, PEOPLE, DUE), tuple(section for section in sections if section.records))


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if isinstance(record, Checkin):
        return None
    due = due_on(record)
    if due is None:
        return f"nothing about {record.id} falls due"
    if due > viewpoint.today + AHEAD:
        return f"{record.id} is due on {due}, more than a week ahead"
    return None


def _put_off(record: Record, nudge: Nudge, way: int) -> Moved:
    return shifted(record, DUE_FIELDS[type(record)], way, "w")


PERSPECTIVE = Perspective(
    id="cadence",
    title="Cadence",
    key="c",
    asks="Which check-in is next, what asks for us now, what did we intend?",
    hides="what is due more than a week ahead: see Timeline",
    kinds=(Checkin, *KINDS),
    project=project,
    empty="No check-in levels are set and nothing is due. The settings hold the levels.",
    absence=_absence,
    moves="H and L: its day by a week",
    move=by_axes(_put_off, refusing("What is latest stands first: H and L move its day, d sets it.")),
    fills=lambda record, viewpoint: (DUE_FIELDS[type(record)],),
    next_steps=(
        NextStep("hold it", "checkin.hold", kinds=(Checkin,)),
        NextStep("decide, review", "record.finish", kinds=(Decision,)),
        NextStep("what now", "record.state", kinds=(Bet,)),
        NextStep("next day", "record.due"),
    ),
    board=False,
)
