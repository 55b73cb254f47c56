"""Which check-ins wait for a look: those of a level, those that a record calls for, and the rituals themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache, partial

from store.cadence import Rhythm, rhythms
from store.model import Checkin, Record
from store.records import Records
from store.review.reason import STAKES, Finding, Look, Weighed, was_due
from store.step import is_provisional, provisional
from store.triggers import called_for

SETTLED = "settled"
"""The trigger whose check-ins have a day of their own; the others are for before a promise, whenever that is made."""


@lru_cache(maxsize=2)
def _rhythms(records: Records, today: date) -> tuple[Rhythm, ...]:
    """Where every level stands; asked for several times in one agenda."""
    return rhythms(records, today)


def under_way(records: Records, today: date) -> frozenset[str]:
    """The ids of the check-ins of levels that are to be held next and are records already."""
    return frozenset(one.under_way.id for one in _rhythms(records, today) if one.under_way is not None)


def due_keys(records: Records, day: date) -> tuple[str, ...]:
    """The keys of what is due on a day without a record that says so, as the records stand."""
    look = Look(records, day, "")
    found = (*of_levels(look), *called(look), *rituals(look))
    return tuple(key for key, (kind, *_), _, _ in found if kind != "called for")


def of_levels(look: Look) -> Iterator[Finding]:
    """The levels whose check-in is to be held now, each with the one under way or one that is not a record yet."""
    ordinals = {level.id: ordinal for ordinal, level in enumerate(look.records.settings.levels, 1)}
    for one in _rhythms(look.records, look.today):
        if not one.is_due(look.today):
            continue
        number = provisional(Checkin, ordinals[one.level.id])
        waiting = Checkin(id=number, level=one.level.id, due=one.due, state="due")
        begun = ", and it was begun" if one.under_way and one.under_way.state == "open" else ""
        text = f"it {was_due(one.due, look.today)}{begun}{one.rolled}"
        reason = "check-in", text, STAKES["check-in"], (look.today - one.due).days
        yield f"level:{one.level.id}", reason, one.under_way or waiting, f"{one.level.title} check-in"


def called(look: Look) -> Iterator[Finding]:
    """The check-ins that records call for and nobody began: a learning review has its day, a premortem only its reason."""
    settings = look.records.settings
    told = {trigger.id: (trigger.when, settings.titled(trigger.id)) for trigger in settings.triggers}
    not_learned, not_promised = partial(_not_learned, look), partial(_not_promised, look.records)
    for one in called_for(look.records, look.today):
        if not is_provisional(one.id) or one.about is None or one.due is None:
            continue
        when, title = told[one.level]
        reason: Weighed = "called for", not_promised, STAKES["called for"], 0
        if when == SETTLED:
            reason = "check-in", not_learned, STAKES["check-in"], (look.today - one.due).days
        yield f"{one.level}:{one.about}", reason, one, f"{title} of {one.about}"


def _not_learned(look: Look, key: str, days: int) -> str:
    was = was_due(look.today - timedelta(days=days), look.today)
    return f"it {was}, and nobody wrote what {_about(key, look.records).label} taught"


def _not_promised(records: Records, key: str, days: int) -> str:
    return f"{_about(key, records).label} is large or cannot be taken back, and is not promised yet"


def _about(key: str, records: Records) -> Record:
    return records.find(key.rpartition(":")[2])


def rituals(look: Look) -> Iterator[Finding]:
    """The rituals whose own review date has come: does it still earn its time?"""
    settings = look.records.settings
    for ritual in (*settings.levels, *settings.triggers):
        if ritual.review_on is not None and ritual.review_on <= look.today:
            was = was_due(ritual.review_on, look.today)
            text = f"how we work {was} for a look, whether it earns its {ritual.minutes} min"
            reason = "look again", text, STAKES["ritual"], (look.today - ritual.review_on).days
            yield f"ritual:{ritual.id}", reason, None, ritual.title
