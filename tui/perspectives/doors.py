"""Doors: which decisions come up for review, one-way first?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from store.dates import later
from store.index import Groups, Index
from store.model import Decision, Record
from store.records import Records
from tui.acting import NextStep
from tui.folding import DEPTH_OF_LIST, folded
from tui.perspective import Perspective
from tui.perspectives._columns import CONFIDENCE, DOOR, ID, PEOPLE, STATE, TITLE, day_span
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._moves import by_axes, days, refusing
from tui.shapes import Column, Scene, Section, Sections, Span
from tui.viewpoint import Viewpoint

ONE_WAY, TWO_WAY = "one-way", "two-way"
DOORS = (ONE_WAY, TWO_WAY)
FINAL = "finished"
"""The group of what was reviewed, superseded or reversed, whichever way its door opens."""
Decisions = tuple[Record, ...]


def _review(record: Record, scene: Scene) -> Span:
    day = record.review_on if isinstance(record, Decision) else None
    return day_span(day, scene.today, pressing=is_live(record))


REVIEW = Column("review", 10, _review, right=True, keep=10)
"""When it comes up stays however narrow it gets, and so does its door: they are what is asked."""
COLUMNS = (ID, STATE, TITLE, DOOR._replace(keep=10), PEOPLE, CONFIDENCE, REVIEW)


def _day(record: Record) -> date:
    """When a decision comes up; without a day, after all that have one."""
    return record.review_on or date.max if isinstance(record, Decision) else date.max


def _group(record: Record) -> Hashable:
    """By the way its door opens, and whether anybody has said when to look back."""
    if not isinstance(record, Decision) or not is_live(record):
        return FINAL
    return record.door, record.review_on is not None


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        hidden = (record.archived and not archived) or not (finished or is_live(record))
        return () if hidden else (_group(record),)

    return Index((Decision,), groups, _day)


def _between(groups: Groups, after: date, until: date) -> tuple[Decisions, int]:
    """What comes up after a day and until another, one-way first, and how much of it is one-way."""
    found = []
    for door in DOORS:
        dated = groups.get((door, True), ())
        found.append(dated[bisect_right(dated, after, key=_day) : bisect_right(dated, until, key=_day)])
    return found[0] + found[1], len(found[0])


def _one_way(count: int) -> str:
    return f"{count} one-way" if count else ""


def _sections(groups: Groups, today: date) -> Iterator[Section]:
    yesterday = date.fromordinal(max(today.toordinal() - 1, 1))
    month = _within(today)
    for title, after, until in (
        ("Overdue", date.min, yesterday),
        ("Within a month", yesterday, month),
        ("Later", month, date.max),
    ):
        records, count = _between(groups, after, until)
        yield Section(title, records, note=_one_way(count))
    shut, swing = (groups.get((door, False), ()) for door in DOORS)
    yield Section("No review date", shut + swing, note=f"{_one_way(len(shut))}: give them a review on" if shut else "")
    yield Section("Finished", groups.get(FINAL, ())[::-1])


def _within(today: date) -> date:
    try:
        return later(today, 1, "m")
    except ValueError:
        return date.max


def project(records: Records, viewpoint: Viewpoint) -> Sections:
    """Decisions by when they come up, those that cannot be walked back from first, then by day."""
    index = _index(viewpoint.archived, shows_finished(viewpoint))
    groups = records.grouped(index, viewpoint.where)
    sections = tuple(one for one in _sections(groups, viewpoint.today) if one.records)
    return folded(Sections(COLUMNS, sections), viewpoint)


PERSPECTIVE = Perspective(
    id="doors",
    title="Doors",
    key="j",
    asks="Which decisions come up for review, one-way first?",
    hides="why each was taken and what it predicts; what is reviewed, superseded or reversed unless finished is shown",
    kinds=(Decision,),
    project=project,
    empty="No decision waits for a look back. Press c to capture one; its door says whether you can walk back, "
    "its review on when to look.",
    absence=finished_absence,
    moves="H and L: its review by a month",
    move=by_axes(days("review_on", "m"), refusing("One-way doors stand first, then the day: H and L move it, d sets it.")),
    fills=lambda record, viewpoint: ("review_on",),
    next_steps=(NextStep("decide, review", "record.finish"),),
    options=(FINISHED, DEPTH_OF_LIST),
)
