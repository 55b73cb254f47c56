"""The premise alarm: which decisions and bets rest on a belief or a bet that no longer holds.  Pure: the day comes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Literal, NamedTuple

from store.derived import created_in, stands_since
from store.index import Index
from store.model import Belief, Bet, Decision, Record, Update
from store.operations import Document
from store.outline import Documents
from store.records import Records

Cause = Literal["refuted", "stopped", "lost", "off track"]

STANDS = frozenset({"open", "decided", "reviewed"})
"""States of a decision that is in force, or may come to be."""
RESTING = "depends_on"
"""The group of the records that rest on something, and the arrow that says so."""


class Alarm(NamedTuple):
    """``record`` depends on ``premise``, which no longer holds: ``cause`` in a word, ``why`` in a sentence.

    ``since`` is the day it fell: when the bet was settled or stopped, when the belief was refuted, when the first of those
    who call it off track today began to; ``at_latest`` where it may have been earlier.  None where nothing says.
    """

    record: Decision | Bet
    premise: Belief | Bet
    cause: Cause
    why: str
    since: date | None
    at_latest: bool = False

    def days(self, today: date) -> int | None:
        """For how many days it has been so; None where nothing says since when."""
        return None if self.since is None else max((today - self.since).days, 0)


class _Fall(NamedTuple):
    """What became of a premise."""

    cause: Cause
    why: str
    since: date | None
    at_latest: bool = False


def _rests(record: Record) -> Iterable[str]:
    """The group of an unarchived record that is in force and has an arrow to what it depends on."""
    if record.archived or not record.links or not any(link.kind == RESTING for link in record.links):
        return ()
    stands = record.standing in STANDS if isinstance(record, Decision) else record.is_open
    return (RESTING,) if stands else ()


def _may_rest(kind: type[Record], documents: Documents) -> Documents:
    """The documents of which some link may say that it depends on something."""
    found: dict[str, Document] = {}
    for key, document in documents.items():
        try:
            for link in document.get("links", ()):
                if link.get("kind") == RESTING:
                    found[key] = document
        except (AttributeError, TypeError):  # it is no list of links; what it holds nevertheless, the record tells
            found[key] = document
    return found


_RESTING = Index((Decision, Bet), _rests, among=_may_rest)


def alarms(records: Records, today: date) -> tuple[Alarm, ...]:
    """An alarm for each open bet, and each decision in force, and each premise of it that fell; the oldest first.

    A premise falls when it is refuted, stopped, settled as lost, or off track by somebody's newest reading.  A decision
    that was reviewed is alarmed only by what fell after its review, which has seen the rest.  What has no day comes last.
    """
    resting = records.group(_RESTING, RESTING)
    found = [alarm for record in resting for alarm in alarms_of(record, records, today)]
    return tuple(sorted(found, key=lambda one: (one.since or date.max, one.record.number, one.premise.number)))


def alarms_of(record: Record, records: Records, today: date) -> tuple[Alarm, ...]:
    """The alarms of one record, in the order of its links; none for what is over, or rests on nothing."""
    if not isinstance(record, Decision | Bet) or not _rests(record):
        return ()
    falls = ((premise, _fall(premise, records, today)) for premise in _premises(record, records))
    return tuple(
        Alarm(record, premise, *fall) for premise, fall in falls if fall is not None and not _seen(record, fall, records)
    )


def _premises(record: Decision | Bet, records: Records) -> Iterator[Belief | Bet]:
    """The beliefs and bets a record depends on, each once; arrows that lead nowhere are passed over."""
    for record_id in dict.fromkeys(record.linked("depends_on")):
        premise = records.get(record_id)
        if isinstance(premise, Belief | Bet):
            yield premise


def _seen(record: Decision | Bet, fall: _Fall, records: Records) -> bool:
    """Whether the review of a decision came after the fall of its premise."""
    if record.state != "reviewed":
        return False
    reviewed = stands_since(record, records.settings.zone).day
    return fall.since is None or (reviewed is not None and fall.since <= reviewed)


def _fall(premise: Belief | Bet, records: Records, today: date) -> _Fall | None:
    """What became of a premise, None while it holds.  What is final speaks before what people think of it."""
    match premise.state:
        case "refuted":
            return _Fall("refuted", f"{premise.id} is refuted", *stands_since(premise, records.settings.zone))
        case "stopped":
            said = f": {premise.why_stopped.strip()}" if premise.why_stopped.strip() else ""
            return _Fall("stopped", f"{premise.id} was stopped{said}", *stands_since(premise, records.settings.zone))
        case "settled" if premise.result == "lost":
            on = (premise.settled_on, False) if premise.settled_on else stands_since(premise, records.settings.zone)
            return _Fall("lost", f"{premise.id} was settled as lost", *on)
        case "settled" | "retired":
            return None
    return _off_track(premise, records, today)


def _off_track(premise: Belief | Bet, records: Records, today: date) -> _Fall | None:
    """Who calls it off track in their newest reading that says how it is doing, and since the first of them did."""
    said = [
        one for one in records.about(premise.id) if isinstance(one, Update) and one.health and _is_past(one, today, records)
    ]
    said.sort(key=attrgetter("created_by"))
    since = {person: _run(list(given)) for person, given in groupby(said, attrgetter("created_by"))}
    worried = {person: first for person, first in since.items() if first is not None}
    if not worried:
        return None
    people = ", ".join(f"@{person}" if person else "somebody" for person in worried)
    days = [day for first in worried.values() if (day := created_in(first, records)) is not None]
    return _Fall("off track", f"{premise.id} is off track, says {people}", min(days, default=None))


def _run(given: list[Update]) -> Update | None:
    """The first of a person's updates, oldest first, since which all say off track; None when the newest does not."""
    first = None
    for update in reversed(given):
        if update.health != "off track":
            break
        first = update
    return first


def _is_past(update: Update, today: date, records: Records) -> bool:
    """Whether it was written by the end of a day, as days count here: in UTC it may be tomorrow already."""
    written = created_in(update, records)
    return written is None or written <= today
