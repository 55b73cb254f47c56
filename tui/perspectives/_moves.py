"""What moving a record one step means where several lenses mean the same: along a number, a range, a scale, the states.

A ``Mover`` takes a record one step along one axis, to the right or up when ``way`` is 1, to the left or down when it is −1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from store.dates import later
from store.fields import field, fields, text_of, value_at
from store.lifecycle import moves
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal
from store.parts import Range
from store.several import in_one_line
from tui.acting import Direction, Move, Moved, Nudge, Sets, Stays
from tui.perspectives._memo import kept, made

T = TypeVar("T")
Mover = Callable[[Record, Nudge, int], Moved]

WAYS: Mapping[Direction, tuple[bool, int]] = {
    "left": (False, -1), "right": (False, 1), "down": (True, -1), "up": (True, 1),
}  # fmt: skip
"""Direction → whether it is along the upright axis, and which way along it."""
WORK: Mapping[str, tuple[str, ...]] = {
    "mission": ("forming", "active", "closed"),
    "bet": ("option", "shaping", "placed", "released", "settled"),
    "decision": ("open", "decided", "reviewed"),
    "belief": ("open", "supported"),
    "check-in": ("due", "open", "done"),
}
"""Kind → its states in the order work goes through them; what is put aside or undone stands beside these."""


def by_axes(across: Mover, up: Mover) -> Move:
    """The move of a lens that has a meaning for each of its axes."""

    def move(record: Record, nudge: Nudge) -> Moved:
        upright, way = WAYS[nudge.direction]
        return (up if upright else across)(record, nudge, way)

    return move


def once(lens: str, nudge: Nudge, make: Callable[[], T]) -> T:
    """What is looked up of a lens to move a record, made once for all the records that are moved together."""
    return made(kept("moving", lens), "", (nudge.records, nudge.viewpoint), make)


def refusing(why: str) -> Mover:
    """An axis along which nothing moves, and the sentence that says so."""
    return lambda record, nudge, way: Stays(why)


def nowhere(why: str) -> Move:
    """The move of a lens in which nothing moves either way."""
    return lambda record, nudge: Stays(why)


def words(record: Record, path: str) -> str:
    """What people call a field of a record."""
    return field(type(record), path).label


def unknown(record: Record, path: str) -> Stays:
    """What is said of a field that holds nothing yet: where it stands cannot be moved."""
    return Stays(f"{record.id} has no {words(record, path)} yet: F fills it in.")


def number(path: str, step: float, low: float, high: float) -> Mover:
    """Along a number between two ends; the last step is as long as what is left."""

    def move(record: Record, nudge: Nudge, way: int) -> Moved:
        value = value_at(record, path)
        if value is None:
            return unknown(record, path)
        after = min(max(value + way * step, low), high)
        if after == value:
            return Stays(f"{record.id} is at the end: its {words(record, path)} is {value:g}.")
        return Sets({path: f"{after:.12g}"})

    return move


def span(path: str, step: float, low: float = 0, high: float = 10) -> Mover:
    """Along both ends of a range at once, which stay as far apart as they are."""

    def move(record: Record, nudge: Nudge, way: int) -> Moved:
        held = value_at(record, path)
        if not isinstance(held, Range):
            return unknown(record, path)
        by = min(step, high - held.high) if way > 0 else -min(step, held.low - low)
        if not by:
            return Stays(f"{record.id} is at the end: its {words(record, path)} is {text_of(record, path)}.")
        return Sets({path: f"{held.low + by:.12g}-{held.high + by:.12g}"})

    return move


def scale(path: str, values: Sequence[str]) -> Mover:
    """Along named values, given from the left or from below; those that the kind of the record cannot have are left out."""

    def move(record: Record, nudge: Nudge, way: int) -> Moved:
        if path not in {one.path for one in fields(type(record))}:
            return Stays(f"A {record.noun} has no {path.replace('_', ' ')}.")
        if not (value := text_of(record, path)):
            return unknown(record, path)
        allowed = field(type(record), path).choices
        possible = [one for one in values if not allowed or one in allowed]
        at = possible.index(value) + way
        if not 0 <= at < len(possible):
            return Stays(f"{record.id} is at the end: its {words(record, path)} is {value}.")
        return Sets({path: possible[at]})

    return move


def flipped(mover: Mover) -> Mover:
    """The same axis the other way round."""
    return lambda record, nudge, way: mover(record, nudge, -way)


def states(record: Record, nudge: Nudge, way: int) -> Moved:
    """Along the states in the order of the work; back from what was put aside to where it can be taken up again."""
    order, here = WORK.get(record.noun, ()), record.standing
    name = nudge.records.settings.state
    now = name(record.noun, here)
    if not order:
        return Stays(f"A {record.noun} has no states.")
    if here not in order:
        again = moves(record)[0]
        if way > 0:
            return Stays(f"{record.id} is {now}. H takes it back to {name(record.noun, again)}, s elsewhere.")
        return Sets({"state": again})
    at = order.index(here) + way
    if 0 <= at < len(order) and order[at] in moves(record):
        return Sets({"state": order[at]})
    back = "before" if way < 0 else "after"
    return Stays(f"{record.id} is {now}: nothing comes {back} that. s shows where it can go.")


def replaced(record: Record, path: str, before: str | None, after: str | None) -> Moved:
    """A field of one value, or of several, with one value in the place of another; None is for none."""
    held = value_at(record, path)
    said = f"{words(record, path)} {before or 'none'} → {after or 'none'}"
    if not isinstance(held, tuple):
        return Sets({path: after or ""}, said)
    kept = [after if one == before else one for one in held] if before else [*held, after]
    texts = tuple(dict.fromkeys(one for one in kept if one))
    return Sets({path: in_one_line(texts)}, said)


TELLING: Mapping[type[Record], tuple[str, ...]] = {
    Mission: ("horizon", "team", "people", "review_on"),
    Bet: ("horizon", "people", "settle_by", "hypothesis"),
    Decision: ("why", "driver", "review_on"),
    Belief: ("certainty", "value", "next_step", "revisit_on"),
    Signal: ("unit", "from_value", "to_value", "by"),
    Checkin: ("intent", "people"),
}
"""Kind → what one would want to know of a record wherever it is looked at as a whole."""


def telling(record: Record, viewpoint: object) -> tuple[str, ...]:
    """The fields to be filled in where a lens needs none of its own."""
    return TELLING.get(type(record), ())


def days(path: str, unit: str) -> Mover:
    """Along the days, a unit at a time."""
    return lambda record, nudge, way: shifted(record, path, way, unit)


def shifted(record: Record, path: str, count: int, unit: str) -> Moved:
    """A day so many units later, ``d w m q y``; earlier where the count is negative."""
    day = value_at(record, path)
    if not isinstance(day, date):
        return unknown(record, path)
    try:
        return Sets({path: later(day, count, unit).isoformat()})
    except ValueError:
        return Stays(f"{record.id} is at the end of all days: its {words(record, path)} is {day.isoformat()}.")
