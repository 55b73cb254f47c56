"""Cadence: which check-in is next on every level, what asks for us now, and what did we intend?"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

from store.cadence import last_intent, pending, rhythm_of
from store.derived import DUE_FIELDS, due_on
from store.index import Index
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal
from store.records import Records
from tui.acting import Moved, NextStep, Nudge
from tui.folding import DEPTH_OF_LIST, folded
from tui.perspective import Perspective
from tui.perspectives._columns import DUE, ID, PEOPLE, STATE
from tui.perspectives._moves import by_axes, refusing, shifted
from tui.shapes import Column, Scene, Section, Sections, Span
from tui.viewpoint import Viewpoint

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
    settings = scene.records.settings
    ritual, about = settings.ritual(record.level), scene.records.get(record.about or "")
    name = settings.titled(record.level) + (f" of {about.id} {about.label}" if about else "")
    if record.state in ("done", "skipped"):
        said = record.intent or record.why_skipped or ("" if record.about else "(no intent)")
        return Span(f"{name}: {said}" if said else name, "dim")
    before = None if record.about else last_intent(record.level, scene.records)
    minutes = f", {time_of(ritual.minutes)}" if ritual else ""
    here = rhythm_of(record, scene.records, scene.today)
    return Span(f"{name}{minutes}{here.rolled if here else ''}" + (f"  intent was: {before.intent}" if before else ""))


def time_of(minutes: int) -> str:
    """Minutes as people set them aside: ``30 min``, ``3 h``, ``2 d`` of eight hours each; odd ones as hours and minutes."""
    if minutes < 60:
        return f"{minutes} min"
    if minutes % 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // 480} d" if minutes % 480 == 0 else f"{minutes // 60} h"


TITLE = Column("title", 0, _title, keep=10)


def _due(record: Record) -> date:
    return due_on(record) or date.max


def _due_now(records: Records, viewpoint: Viewpoint) -> tuple[tuple[Record, ...], int]:
    """What is due within the week or late, the latest first, and how much of it is late."""
    dated = records.group(DATED, True, viewpoint.where)
    late = bisect_left(dated, viewpoint.today, key=_due)
    return dated[: bisect_right(dated, viewpoint.today + AHEAD, key=_due)], late


def _is_extra(checkin: Checkin, records: Records) -> bool:
    """Whether an open check-in is of no level the workspace still has, or calls no more."""
    return checkin.about is not None or records.settings.level(checkin.level) is None


def project(records: Records, viewpoint: Viewpoint) -> Sections:
    """Levels first, then what is due within the week or late, then what was held, the newest first."""
    waiting_now = [one for one in pending(records, viewpoint.today) if viewpoint.where is None or viewpoint.where(one)]
    levels = tuple(one for one in waiting_now if not one.about)
    called = tuple(one for one in waiting_now if one.about)
    shown = {one.id for one in waiting_now}
    extra = tuple(one for one in records.all(Checkin) if one.is_open and one.id not in shown and _is_extra(one, records))
    extra = tuple(one for one in extra if viewpoint.lets(one))
    due, late = _due_now(records, viewpoint)
    waiting = sum((one.due or date.max) <= viewpoint.today for one in levels)
    sections = (
        Section("Check-ins", (*levels, *extra), note=f"{waiting} due" if waiting else ""),
        Section("Called for by records", called),
        Section("Asks for us this week", due, note=f"{late} late" if late else ""),
        Section("Held", records.group(HELD, True, viewpoint.where)),
    )
    held = tuple(section for section in sections if section.records)
    return folded(Sections((ID, STATE, TITLE, PEOPLE, DUE), held), viewpoint)


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
    options=(DEPTH_OF_LIST,),
)
