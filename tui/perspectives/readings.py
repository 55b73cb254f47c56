"""Readings: whose view of this differs from whose?  Never averaged into one."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import attrgetter

from store.derived import SILENT, PersonalReading, are_comparable, reading_of, readings, spread
from store.index import Index
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal, Update
from store.parts import HEALTHS
from store.records import Records
from tui.acting import Moved, NextStep, Nudge, Stays, Writes
from tui.perspective import Perspective
from tui.perspectives._columns import HEALTH_TOKENS
from tui.perspectives._memo import kept
from tui.perspectives._moves import by_axes
from tui.shapes import Grid, GridCell, GridRow
from tui.viewpoint import Viewpoint

KINDS: tuple[type[Record], ...] = (Mission, Bet, Decision, Belief, Signal, Checkin)
STEP = 10
"""Points my confidence is moved by at once."""
NOBODY = "(nobody)"
"""Who an update is from that does not say."""
SHOW = ("show", ("all", "apart", "unread"))
"""What is shown: all readings, those of records people see differently, those of records I have not said anything of."""
BY = ("by", ("fit", "people", "ends"))
"""Whether everybody has a column, or only who sees it worst and best: as many people as fit have."""
MANY = 8
"""People from which on few columns would be seen at once."""
SHORT = {"on track": "on", "at risk": "risk", "off track": "off"}
"""Health in few cells, where many people stand side by side."""
ENDS = ("apart", "sees it worst", "sees it best")


def _given(record: Record) -> Iterable[str]:
    """What an update gives a reading of."""
    if not isinstance(record, Update) or record.archived or record.about is None:
        return ()
    return (record.about,) if record.health is not None or record.confidence is not None else ()


GIVEN = Index((Update,), _given)
MOST_MOVED = 500
"""More records than this changing at once: sorting all is as cheap as moving them."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A record and everybody's reading of it; compared by identity, so that it can be a key."""

    record: Record
    readings: tuple[PersonalReading, ...]
    people: tuple[str, ...]
    spread: int
    order: tuple[int, date, int]
    """Widest spread first, then what was read longest ago."""


def _read(record: Record, records: Records) -> Given:
    given = readings(record.id, records)
    wide = spread(given)
    newest = max((one.on for one in given if one.on), default=date.min)
    return Given(record, given, tuple(one.person for one in given), wide, (-wide, newest, record.number))


def _shown(record_id: str, records: Records, viewpoint: Viewpoint) -> Given | None:
    """What was given of a record, None where it does not appear."""
    record = records.get(record_id)
    if record is None or isinstance(record, Update) or not viewpoint.lets(record) or not records.group(GIVEN, record_id):
        return None
    return _read(record, records)


ORDER = attrgetter("order")


def _everything(records: Records, viewpoint: Viewpoint) -> list[Given]:
    """What was given of every record that is shown, in order; that of records which changed is moved, for there can be
    thousands."""
    before = kept("readings", viewpoint.archived, viewpoint.where)
    found: list[Given]
    earlier, known, found = before.get("last", (None, {}, []))
    if earlier is records:
        return found
    changed = () if earlier is None else tuple(_concerned(earlier, records))
    if earlier is None or len(changed) > MOST_MOVED:
        shown = (_shown(str(record_id), records, viewpoint) for record_id in records.grouped(GIVEN))
        known = {given.record.id: given for given in shown if given is not None}
        found = sorted(known.values(), key=ORDER)
    else:
        known, found = known.copy(), found.copy()
        for record_id in changed:
            if (gone := known.pop(record_id, None)) is not None:
                del found[bisect_left(found, gone.order, key=ORDER)]
            if (given := _shown(record_id, records, viewpoint)) is not None:
                known[record_id] = given
                insort(found, given, key=ORDER)
    before["last"] = (records, known, found)
    return found


def _concerned(earlier: Records, records: Records) -> Iterable[str]:
    """The ids of the records that are not as they were, or of which something else was said."""
    concerned: dict[str, None] = {}
    for record_id in records.differing(earlier):
        concerned[record_id] = None
        for update in (earlier.get(record_id), records.get(record_id)):
            if isinstance(update, Update) and update.about is not None:
                concerned[update.about] = None
    return concerned


def _ago(day: date, today: date) -> str:
    """How long ago, as short as it can be told exactly."""
    days = max((today - day).days, 0)
    return f"{days}d" if days < 14 else f"{days // 7}w" if days < 365 else f"{days // 365}y"


def _roughly(day: date, today: date) -> str:
    """How long ago in about two cells: 12 days are a week, 40 weeks nine months."""
    days = max((today - day).days, 0)
    if 7 <= days < 365:
        return f"{days // 7}w" if days < 70 else f"{days // 30}m"
    return _ago(day, today)


def _cell(reading: PersonalReading | None, today: date) -> GridCell:
    if reading is None:
        return GridCell()
    return _said("", reading, *(("", "") if reading.on is None else (_ago(reading.on, today), _roughly(reading.on, today))))


def _said(who: str, reading: PersonalReading, ago: str = "", roughly: str = "") -> GridCell:
    """A reading as a text, and in fewer cells."""
    confidence = "" if reading.confidence is None else f"{reading.confidence}%"
    health = reading.health or ""
    text = " ".join(filter(None, (who, confidence, health, ago)))
    short = " ".join(filter(None, (who, confidence, SHORT.get(health, ""), roughly)))
    return GridCell(text=text, token=HEALTH_TOKENS.get(health, "text"), short=short)


def _row(given: Given, people: tuple[str, ...], today: date) -> GridRow:
    by_person = {one.person: one for one in given.readings}
    note = f"{given.spread} apart" if given.spread else "agree" if are_comparable(given.readings) else ""
    cells = tuple(_cell(by_person.get(person), today) for person in people)
    return GridRow(given.record.label, cells, given.record, note, given.record.id)


def _ends_row(given: Given) -> GridRow:
    """How far the readings lie apart, who sees it worst, and who best where that is somebody else."""
    worst, best = min(given.readings, key=_how_well), max(given.readings, key=_how_well)
    apart = GridCell(text=str(given.spread)) if are_comparable(given.readings) or given.spread else GridCell()
    ends = (_end(worst), _end(best) if best is not worst else GridCell())
    return GridRow(given.record.label, (apart, *ends), given.record, "", given.record.id)


def _how_well(reading: PersonalReading) -> tuple[int, int]:
    """By health first, the best last; who says nothing of it stands in the middle."""
    health = HEALTHS.index(reading.health) if reading.health else len(HEALTHS) // 2
    return -health, -1 if reading.confidence is None else reading.confidence


def _end(reading: PersonalReading) -> GridCell:
    return _said(f"@{reading.person}" if reading.person else NOBODY, reading)


def _wanted(given: Given, viewpoint: Viewpoint) -> bool:
    """Whether a record is shown as the lens is turned."""
    match viewpoint.options.get("show"):
        case "apart":
            return given.spread > 0
        case "unread":
            return viewpoint.me not in given.people
    return True


def project(records: Records, viewpoint: Viewpoint) -> Grid:
    """A row for every record somebody gave a reading of; a column for everybody, mine first, or of many for the ends."""
    found, today = _everything(records, viewpoint), viewpoint.today
    if viewpoint.options.get("show", "all") != "all":
        found = [one for one in found if _wanted(one, viewpoint)]
    counted = Counter(chain.from_iterable(map(attrgetter("people"), found)))
    people = tuple(sorted(counted, key=lambda person: (person != viewpoint.me, -counted[person], person)))
    ends = _shows_ends(viewpoint, len(people))
    shown = () if ends else people
    before = kept("readings rows", viewpoint.archived, viewpoint.where, viewpoint.options.get("show"), shown, today)
    rows = tuple(
        [
            row or (_ends_row(given) if ends else _row(given, people, today))
            for given, row in zip(found, map(before.get, found), strict=True)
        ]
    )
    before.clear()
    before.update(zip(found, rows, strict=True))
    names = ENDS if ends else tuple(f"@{person}" if person else NOBODY for person in people)
    return Grid("", names if rows else (), rows)


def _shows_ends(viewpoint: Viewpoint, people: int) -> bool:
    turned = viewpoint.options.get("by")
    return turned == "ends" or (turned != "people" and people > MANY)


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if records.group(GIVEN, record.id):
        if _wanted(_read(record, records), viewpoint):
            return None
        why = "people see it alike" if viewpoint.options["show"] == "apart" else "you have said how it looks to you"
        return f"{why}; turn show to all"
    return f"nobody said how {record.id} is doing; press C to give your reading"


# ---------------------------------------------------------------------------------------------------------------- moving


def _surer(record: Record, nudge: Nudge, way: int) -> Moved:
    """More or less sure than I was; what I said before stays written."""
    mine = reading_of(nudge.viewpoint.me, record.id, nudge.records)
    if mine is None or mine.confidence is None:
        return Stays(f"You have not said how sure you are of {record.id}: C gives your reading.")
    after = min(max(mine.confidence + way * STEP, 0), 100)
    if after == mine.confidence:
        return Stays(f"You are {after}% sure of {record.id} already.")
    return Writes({"text": SILENT, "confidence": str(after)}, f"my confidence {mine.confidence}% → {after}%")


def _healthier(record: Record, nudge: Nudge, way: int) -> Moved:
    """A better or worse health than I gave it before."""
    mine = reading_of(nudge.viewpoint.me, record.id, nudge.records)
    if mine is None or mine.health is None:
        return Stays(f"You have not said how healthy {record.id} is: C gives your reading.")
    at = HEALTHS.index(mine.health) - way
    if not 0 <= at < len(HEALTHS):
        return Stays(f"To you {record.id} is {mine.health} already.")
    return Writes({"text": SILENT, "health": HEALTHS[at]}, f"my health {mine.health} → {HEALTHS[at]}")


PERSPECTIVE = Perspective(
    id="readings",
    title="Readings",
    key="r",
    asks="Whose view of this differs from whose?",
    hides="earlier readings, and any average: there is none",
    kinds=KINDS,
    project=project,
    empty="Nobody has said how anything is doing. Choose a record and press C to give your reading.",
    absence=_absence,
    moves="H and L: my confidence by 10, J and K: my health, each as a new update",
    move=by_axes(_surer, _healthier),
    options=(SHOW, BY),
    next_steps=(NextStep("my reading", "checkin.hold"),),
)
