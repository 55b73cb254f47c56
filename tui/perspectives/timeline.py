"""Timeline: what is due when: placed, settle-by, reviews, check-ins?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from itertools import chain

from store.dates import later
from store.derived import DUE_FIELDS, due_on
from store.index import Index
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal
from store.records import Records
from tui.acting import Moved, NextStep, Nudge, Stays
from tui.perspective import Perspective
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._memo import kept, made
from tui.perspectives._moves import by_axes, refusing, shifted
from tui.shapes import Lane, Mark, Timeline
from tui.viewpoint import Viewpoint

KINDS: tuple[type[Record], ...] = (Mission, Bet, Decision, Belief, Signal, Checkin)
MARKS: Mapping[type[Record], tuple[tuple[str, str, str], ...]] = {
    Mission: (("review_on", "◇", "review"),),
    Bet: (
        ("placed_on", "●", "placed"),
        ("released_on", "▲", "released"),
        ("settle_by", "◆", "settle by"),
        ("settled_on", "✓", "settled"),
    ),
    Decision: (("decided_on", "●", "decided"), ("review_on", "◇", "review")),
    Belief: (("revisit_on", "◇", "revisit"),),
    Signal: (("by", "◆", "by"),),
    Checkin: (("due", "□", "due"), ("held_on", "✓", "held")),
}
"""Kind → its fields that hold days, each with its sign and meaning."""
STRETCHES: Mapping[type[Record], tuple[str, str]] = {Bet: ("placed_on", "settle_by"), Decision: ("decided_on", "review_on")}
LEGEND = "◆ due  ◇ review  ● start  ▲ released  ✓ done  □ check-in"
ZOOMS: Mapping[str, tuple[str, int, int]] = {
    "months": ("m", 1, 7), "weeks": ("w", 2, 8), "quarters": ("q", 2, 6), "years": ("y", 1, 5),
}  # fmt: skip
"""Zoom → its unit, and how many of it are shown before today and after."""
ZOOM = ("zoom", tuple(ZOOMS))
STEPS: Mapping[str, str] = {"months": "w", "weeks": "d", "quarters": "m", "years": "q"}
"""Zoom → the unit a day is moved by at once."""
MOVES = ("moves", ("next", "start"))
"""Which of its days a record is moved by: when it next asks for somebody, or where its stretch begins."""
Week = tuple[bool, int]


def dates_of(record: Record) -> list[date]:
    """Every day a record holds that this lens shows."""
    found = [getattr(record, name) for name, _, _ in MARKS[type(record)]]
    if isinstance(record, Bet):
        found += [corner.revisit_on for corner in record.cut_corners]
        found.append(record.forecast.by if record.forecast else None)
    return [day for day in found if day is not None]


def _next(record: Record) -> date | None:
    """The day it is ordered by: when it next asks for somebody, else its last day."""
    return due_on(record) or max(dates_of(record), default=None)


def _week(record: Record) -> Week:
    """What asks for somebody comes first, week by week; the rest after it, the newest week first."""
    return due_on(record) is None, _order(record) // 7


def _order(record: Record) -> int:
    day = _next(record) or date.max
    return day.toordinal() if due_on(record) is not None else -day.toordinal()


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        hidden = (record.archived and not archived) or not (finished or is_live(record))
        return () if hidden or not dates_of(record) else (_week(record),)

    return Index(KINDS, groups, _order)


def _lane(record: Record, today: date) -> Lane:
    due = due_on(record)
    late = due is not None and due < today
    token = "bad" if late else "doing" if record.is_open else "dim"
    first, last = STRETCHES.get(type(record), ("", ""))
    start, end = getattr(record, first, None), getattr(record, last, None)
    if start is None or end is None:
        start = end = None
    return Lane(record, tuple(sorted(_marks(record, due, token), key=_rank)), start, end, token, due)


def _lanes(records: tuple[Record, ...], today: date) -> tuple[Lane, ...]:
    return tuple(_lane(record, today) for record in records)


def _marks(record: Record, due: date | None, token: str) -> Iterable[Mark]:
    for name, glyph, meaning in MARKS[type(record)]:
        if (day := getattr(record, name)) is not None:
            yield Mark(day, glyph, meaning, token if day == due else "dim")
    if isinstance(record, Bet):
        if record.forecast and record.forecast.by:
            yield Mark(record.forecast.by, "◆", "forecast", "dim")
        for corner in record.cut_corners:
            if corner.revisit_on is not None:
                yield Mark(corner.revisit_on, "◇", "revisit", "dim")


def _rank(mark: Mark) -> tuple[bool, date]:
    """What is due is drawn last, over anything on the same day."""
    return mark.token != "dim", mark.day


def window(zoom: str, today: date) -> tuple[date, date]:
    """The first and the last day shown."""
    unit, before, after = ZOOMS.get(zoom, ZOOMS["months"])
    return _within(today, -before, unit, date.min), _within(today, after, unit, date.max)


def _within(day: date, count: int, unit: str, limit: date) -> date:
    try:
        return later(day, count, unit)
    except ValueError:
        return limit


def project(records: Records, viewpoint: Viewpoint) -> Timeline:
    """A lane for every record with a day, what is due first on top; a week's lanes are kept until one of them changes."""
    finished, today = shows_finished(viewpoint), viewpoint.today
    groups = records.grouped(_index(viewpoint.archived, finished), viewpoint.where)
    before = kept("timeline", viewpoint.archived, finished, viewpoint.where, today)
    weeks = (made(before, week, (groups[week],), partial(_lanes, groups[week], today)) for week in sorted(groups))  # type: ignore[type-var]
    start, end = window(PERSPECTIVE.option(viewpoint, "zoom"), today)
    return Timeline(tuple(chain.from_iterable(weeks)), start, end, today, LEGEND)


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if reason := finished_absence(record, records, viewpoint):
        return reason
    if dates_of(record):
        return None
    return f"{record.id} has no day; press F to fill in {_days(record)[0].replace('_', ' ')}"


def _days(record: Record) -> tuple[str, ...]:
    """The days of a record that are set by hand, the one on which it asks for somebody first."""
    start = STRETCHES.get(type(record), ("",))[0]
    return (DUE_FIELDS[type(record)], *((start,) if start else ()))


def _shifted(record: Record, nudge: Nudge, way: int) -> Moved:
    """Another day, by the step of the zoom: of what is next, or of the start."""
    unit = STEPS.get(PERSPECTIVE.option(nudge.viewpoint, "zoom"), STEPS["months"])
    path = DUE_FIELDS[type(record)]
    if PERSPECTIVE.option(nudge.viewpoint, "moves") == "start":
        path = STRETCHES.get(type(record), ("",))[0]
    return shifted(record, path, way, unit) if path else Stays(f"A {record.noun} has no start: turn moves to next.")


PERSPECTIVE = Perspective(
    id="timeline",
    title="Timeline",
    key="t",
    asks="What is due when: placed, settle-by, reviews, check-ins?",
    hides="what has no date, and why a date was chosen; what is finished unless it is shown",
    kinds=KINDS,
    project=project,
    empty="Nothing has a date yet. Give a bet a settle by, a decision a review on: choose it, press F.",
    absence=_absence,
    moves="H and L: its next day, by a step of the zoom; or its start, as moves is turned",
    move=by_axes(_shifted, refusing("What is due first stands on top: H and L move its day, d sets it.")),
    fills=lambda record, viewpoint: _days(record),
    next_steps=(
        NextStep("hold it", "checkin.hold", kinds=(Checkin,)),
        NextStep("decide, review", "record.finish", kinds=(Decision,)),
        NextStep("what now", "record.state", kinds=(Bet,)),
        NextStep("next day", "record.due"),
    ),
    options=(ZOOM, MOVES, FINISHED),
)
