"""What follows from the records and is never stored: horizons, age, staleness, squeeze, readings, gaps, what is due when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from store.days import day_of
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal, Update
from store.parts import HEALTHS, HORIZONS, Health
from store.records import Records

HORIZON_DAYS: Mapping[str, float] = {
    "hours": 3 / 24, "days": 3, "weeks": 21, "months": 92, "quarters": 274, "years": 1096, "decades": 10958,
}  # fmt: skip
"""The longest span each horizon stands for, in days: three of its unit."""

ASSUMED_HORIZON = "months"
"""What a bet without a horizon is taken to be when its staleness is judged."""


DUE_FIELDS: Mapping[type[Record], str] = {
    Bet: "settle_by", Decision: "review_on", Mission: "review_on", Belief: "revisit_on", Signal: "by", Checkin: "due",
}  # fmt: skip
"""Kind → the field that holds the day on which it next asks for somebody."""


def due_on(record: Record) -> date | None:
    """The day a record next asks for somebody; None when it does not, or is finished."""
    kind = type(record)
    name = DUE_FIELDS.get(kind)
    return None if name is None else still_due(kind, getattr(record, name), record.archived, record.standing)


def still_due(kind: type[Record], day: date | None, archived: bool, state: str) -> date | None:
    """The day a record of a kind still asks for somebody, of the day it was given, whether it is put away, and its state."""
    if day is None or (not archived and (not kind.states or state in kind.open_states)):
        return day
    return day if kind is Belief and state != "retired" else None


def corner_on(bet: Record) -> date | None:
    """The first day on which a corner that was cut is to be looked at again; None where no day is set.

    A debt outlives the bet that took it on, so it asks after the bet has settled too; of one that was given up, it does not.
    """
    if not isinstance(bet, Bet) or not bet.cut_corners or bet.state in ("parked", "stopped"):
        return None
    return min((corner.revisit_on for corner in bet.cut_corners if corner.revisit_on is not None), default=None)


def is_overdue(record: Record, today: date) -> bool:
    """Whether the day it asked for somebody has passed."""
    due = due_on(record)
    return due is not None and due < today


def created_in(record: Record, records: Records) -> date | None:
    """The day it was in the time zone of the workspace, or here, when a record was captured; None when nothing says."""
    return day_of(records.settings.zone, record.created)


def age_days(record: Record, today: date, zone: str = "UTC") -> int | None:
    """Days since a bet was placed; for everything else, and bets not placed yet, days since it was captured in a time zone.

    Never less than none: where it is not that day yet, it may be elsewhere.
    """
    since = record.placed_on if isinstance(record, Bet) and record.placed_on else day_of(zone, record.created)
    return None if since is None else max((today - since).days, 0)


def last_touched(record: Record, records: Records) -> date | None:
    """The day of the newest update about a record, or of its last change, whichever is later; where the workspace is."""
    stamps = [record.updated, record.created, *(update.created for update in records.about(record.id)[-1:])]
    return day_of(records.settings.zone, max(stamps))


class Since(NamedTuple):
    """Since which day something stands as it does, None where nothing says; ``at_latest`` where it may have been earlier."""

    day: date | None
    at_latest: bool = False


def stands_since(record: Record, zone: str) -> Since:
    """Since when, by the days of a zone, a record is in the state it is in.

    What was brought there before records noted it (or by another program) was there when it last changed, at the latest.
    """
    stamp = record.entered or record.updated or record.created
    return Since(day_of(zone, stamp), not record.entered and bool(record.updated))


def is_stale(record: Record, records: Records, today: date) -> bool:
    """Whether an open record has had no update for about a quarter of its horizon."""
    if not record.is_open or not isinstance(record, Bet | Mission):
        return False
    touched = last_touched(record, records)
    span = HORIZON_DAYS[record.horizon or ASSUMED_HORIZON]
    return touched is not None and (today - touched).days > span / 4


def squeeze(bet: Bet) -> tuple[str, ...]:
    """What makes a bet too tight: more than two drivers or constraints, fewer than two floats.  Empty when none is given."""
    if not (bet.drivers or bet.constraints or bet.floats):
        return ()
    reasons = []
    if len(bet.drivers) > 2:
        reasons.append(f"{len(bet.drivers)} drivers")
    if len(bet.constraints) > 2:
        reasons.append(f"{len(bet.constraints)} constraints")
    if len(bet.floats) < 2:
        reasons.append("only one thing floats" if bet.floats else "nothing floats")
    return tuple(reasons)


def is_premature(bet: Bet) -> bool:
    """Premature convergence: told what to build (mandate A or B) while the opportunity is doubted or has one option."""
    if bet.mandate not in ("A", "B"):
        return False
    doubted = bet.opportunity_confidence is not None and bet.opportunity_confidence < 50
    return doubted or len(bet.options) < 2


# ---------------------------------------------------------------------------------------------------------------- readings


SILENT = "(reading)"
"""The text of an update that gives a reading without a word: an update has to have one."""


class PersonalReading(NamedTuple):
    """One person's newest health and confidence on a record, and when the newer of them was given (UTC)."""

    person: str
    health: Health | None
    confidence: int | None
    at: str
    text: str
    zone: str

    @property
    def on(self) -> date | None:
        """The day it was given, where the workspace is; None when nothing says."""
        return day_of(self.zone, self.at)


def readings(record_id: str, records: Records) -> tuple[PersonalReading, ...]:
    """What each person last said about a record, by name.  Never averaged: differing is what they are for."""
    newest: dict[str, PersonalReading] = {}
    for update in records.about(record_id):
        if isinstance(update, Update) and (update.health is not None or update.confidence is not None):
            newest[update.created_by] = _after(newest.get(update.created_by), update, records.settings.zone)
    return tuple(newest[person] for person in sorted(newest))


def are_comparable(given: tuple[PersonalReading, ...]) -> bool:
    """Whether several people said the same kind of thing of a record: all how sure they are, or all its health."""
    sure = sum(reading.confidence is not None for reading in given)
    return 1 < len(given) in (sure, sum(reading.health is not None for reading in given))


def reading_of(person: str, record_id: str, records: Records) -> PersonalReading | None:
    """What one person last said about a record; None where they have not."""
    return next((one for one in readings(record_id, records) if one.person == person), None)


def retold(record_id: str, records: Records) -> Iterator[tuple[Update, tuple[PersonalReading, ...]]]:
    """Every update that gave a reading of a record, the oldest first, each with everybody's reading after it."""
    newest: dict[str, PersonalReading] = {}
    for update in records.about(record_id):
        if isinstance(update, Update) and (update.health is not None or update.confidence is not None):
            newest[update.created_by] = _after(newest.get(update.created_by), update, records.settings.zone)
            yield update, tuple(newest.values())


def apart_since(record_id: str, records: Records, least: int) -> Update | None:
    """The update since which people's readings of a record lie at least so many points apart; None where they do not."""
    began: Update | None = None
    for update, given in retold(record_id, records):
        began = (began or update) if spread(given) >= least else None
    return began


def _after(earlier: PersonalReading | None, update: Update, zone: str) -> PersonalReading:
    return PersonalReading(
        update.created_by,
        update.health or (earlier.health if earlier else None),
        update.confidence if update.confidence is not None else (earlier.confidence if earlier else None),
        update.created,
        update.text,
        zone,
    )


def spread(given: tuple[PersonalReading, ...]) -> int:
    """How far people's readings of one record lie apart, 0 to 100: the wider of confidence (in points) and health
    (on track against off track is 100)."""
    confidences = [reading.confidence for reading in given if reading.confidence is not None]
    healths = [HEALTHS.index(reading.health) for reading in given if reading.health is not None]
    wide = max(confidences) - min(confidences) if confidences else 0
    return max(wide, (max(healths) - min(healths)) * 50 if healths else 0)


# -------------------------------------------------------------------------------------------------------------- the ladder


def primary_parent(record: Record) -> str | None:
    """The id a record nests in for drawing a tree: the primary ``nests_in``, else the first; None at the top."""
    nests = record.linked("nests_in")
    return nests[0] if nests else None


def skipped_rungs(record: Record, parent: Record) -> tuple[str, ...]:
    """The horizons between a record and what it nests in that nothing stands on, the longest first."""
    low, high = (getattr(one, "horizon", None) for one in (record, parent))
    if low is None or high is None:
        return ()
    return tuple(reversed(HORIZONS[HORIZONS.index(low) + 1 : HORIZONS.index(high)]))
