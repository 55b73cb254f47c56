"""The columns every list shares, so that the same thing stands in the same place in every pane."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import chain
from typing import Any

from store.dates import relative
from store.derived import age_days, due_on, is_stale
from store.index import Index
from store.model import KINDS, Bet, Decision, Mission, Record
from store.outline import standing
from store.step import is_provisional
from tui.shapes import Column, Scene, Span

GLYPHS: Mapping[str, tuple[str, str]] = {
    "forming": ("○", "waiting"), "active": ("●", "doing"), "paused": ("◐", "waiting"), "closed": ("✓", "done"),
    "option": ("○", "waiting"), "shaping": ("◐", "waiting"), "placed": ("●", "doing"), "released": ("▲", "doing"),
    "settled": ("✓", "done"), "parked": ("□", "dropped"), "stopped": ("✗", "dropped"),
    "open": ("○", "waiting"), "decided": ("●", "doing"), "reviewed": ("✓", "done"),
    "superseded": ("→", "dropped"), "reversed": ("✗", "dropped"),
    "supported": ("✓", "done"), "refuted": ("✗", "dropped"), "retired": ("□", "dropped"),
    "due": ("○", "waiting"), "done": ("✓", "done"), "skipped": ("✗", "dropped"),
}  # fmt: skip
"""State → its sign and its token: told by sign and word, never by colour alone."""

HEALTH_TOKENS = {"on track": "good", "at risk": "warn", "off track": "bad"}


def _id(record: Record, scene: Scene) -> Span:
    return Span("" if is_provisional(record.id) else record.id, "dim")


def _state(record: Record, scene: Scene) -> Span:
    glyph, token = GLYPHS.get(record.standing, (" ", "dim"))
    return Span(f"{glyph} {scene.records.settings.state(record.noun, record.standing)}", token)


def _glyph(record: Record, scene: Scene) -> Span:
    glyph, token = GLYPHS.get(record.standing, (" ", "dim"))
    return Span(glyph, token)


def _title(record: Record, scene: Scene) -> Span:
    return Span(record.label, "text" if record.is_open else "dim")


_NAMING: Mapping[type[Record], tuple[str, ...]] = {
    kind: tuple(name for name in ("driver", "approver", "people") if name in kind.model_fields) for kind in KINDS
}
"""Kind → its fields that name people; a record asked for a field it lacks takes ten times as long to answer."""


def people_of(record: Record) -> tuple[str, ...]:
    """Who is on a record: its people, or who drives and approves it."""
    named = (getattr(record, name) for name in _NAMING[type(record)])
    people = chain.from_iterable((one,) if isinstance(one, str) else one for one in named)
    return tuple(dict.fromkeys(person for person in people if person))


def _people(record: Record, scene: Scene) -> Span:
    return Span(" ".join(f"@{person}" for person in people_of(record)), "dim")


def age_of(record: Record, scene: Scene) -> str:
    """How old a record is: ``33d``, ``14w``; "" where nothing says."""
    days = age_days(record, scene.today, scene.records.settings.zone)
    return "" if days is None else f"{days}d" if days < 100 else f"{days // 7}w"


def _age(record: Record, scene: Scene) -> Span:
    text = age_of(record, scene)
    return Span(text, "warn" if text and is_stale(record, scene.records, scene.today) else "dim")


def day_span(day: date | None, today: date, *, pressing: bool = True) -> Span:
    """A day as people read it, near ones relative; in the colour of its urgency."""
    if day is None:
        return Span("", "dim")
    away = (day - today).days
    token = "dim" if not pressing or away > 7 else "bad" if away < 0 else "warn"
    return Span(relative(day, today), token)


def _due(record: Record, scene: Scene) -> Span:
    return day_span(due_on(record), scene.today)


def _mission(record: Record, scene: Scene) -> Span:
    parents = record.linked("nests_in")
    return Span(parents[0] if parents else "", "dim")


def _horizon(record: Record, scene: Scene) -> Span:
    return Span(scene.records.settings.horizon(getattr(record, "horizon", None)), "dim")


def _door(record: Record, scene: Scene) -> Span:
    one_way = isinstance(record, Decision) and record.door == "one-way"
    return Span("one-way" if one_way else "", "warn" if one_way else "dim")


def _confidence(record: Record, scene: Scene) -> Span:
    value = getattr(record, "confidence", None)
    return Span("" if value is None else f"{value}%", "text")


PLACED_UNDER = Index(
    (Bet,),
    lambda record: record.linked("nests_in") if record.standing == "placed" and not record.archived else (),
    among=standing("placed"),
)
"""What a record nests in → its placed bets: what counts against a limit."""


def _wip(record: Record, scene: Scene) -> Span:
    placed = len(scene.records.group(PLACED_UNDER, record.id))
    limit = record.wip_limit if isinstance(record, Mission) else None
    if limit is None:
        return Span(f"{placed} placed" if placed else "", "dim")
    return Span(f"{placed}/{limit} placed", "bad" if placed > limit else "dim")


def _team(record: Record, scene: Scene) -> Span:
    return Span(getattr(record, "team", ""), "dim")


ID = Column("id", 6, _id, keep=10)
GLYPH = Column("", 1, _glyph, keep=10)
STATE = Column("state", 12, _state, keep=4, short=GLYPH)
TITLE = Column("title", 0, _title, keep=10)
PEOPLE = Column("people", 16, _people, keep=4)
AGE = Column("age", 5, _age, right=True, keep=5)
DUE = Column("due", 10, _due, right=True, keep=6)
MISSION = Column("in", 6, _mission, keep=3)
HORIZON = Column("horizon", 9, _horizon, keep=3)
DOOR = Column("door", 7, _door, keep=4)
CONFIDENCE = Column("sure", 4, _confidence, right=True, keep=3)
WIP = Column("placed", 11, _wip, right=True, keep=5)
TEAM = Column("team", 10, _team, keep=2)

LATE = date.max
"""Where records without a date stand when sorted by one: after those that have it."""

ORDERS: Mapping[str, Callable[[Record], Any]] = {
    "due": lambda record: due_on(record) or LATE,
    "title": lambda record: record.label.casefold(),
    "age": lambda record: (getattr(record, "placed_on", None) or date.max).isoformat() + (record.created or "9"),
    "newest": lambda record: -record.number,
    "changed": lambda record: tuple(-ord(character) for character in record.updated or record.created),
    "people": lambda record: people_of(record) or ("\uffff",),
}
"""What a list can be sorted by: option value → the order within a section."""
