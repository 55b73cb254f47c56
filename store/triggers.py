"""Check-ins that a record calls for: a learning review after a bet settled, a premortem before a large promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from store.model import Bet, Checkin, Decision, Record
from store.records import Index, Records
from store.settings import Trigger
from store.step import provisional

FIRST = 1_000
"""Where the provisional numbers of these check-ins begin; those of the levels stand before."""


def _calls(record: Record) -> tuple[str, ...]:
    """What a record may call for a check-in with: the ``when`` of a trigger."""
    if record.archived:
        return ()
    if isinstance(record, Bet):
        settled = record.state == "settled" and record.settled_on is not None and not record.lesson.strip()
        return ("settled",) if settled else ("placing",) if record.state == "shaping" else ()
    return ("one-way",) if record.standing == "open" and isinstance(record, Decision) and record.door == "one-way" else ()


CALLING = Index(
    (Bet, Decision), _calls, lambda record: (record.settled_on or date.min) if isinstance(record, Bet) else date.min
)
ABOUT = Index((Checkin,), lambda one: (one.about,) if isinstance(one, Checkin) and one.about and not one.archived else ())
"""Check-ins by the record they are about."""


def called_for(records: Records, today: date) -> tuple[Checkin, ...]:
    """The check-ins that records call for today: those under way, or provisional ones; a held or skipped one is answered."""
    return tuple(one for at, trigger in enumerate(records.settings.triggers) for one in _of(trigger, at, records, today))


def _of(trigger: Trigger, at: int, records: Records, today: date) -> Iterator[Checkin]:
    answers, places, due_of = records.grouped(ABOUT), len(records.settings.triggers), DUE[trigger.when]
    for record in records.group(CALLING, trigger.when):
        given = answers.get(record.id, ())
        given = tuple(one for one in given if one.level == trigger.id) if given else ()  # type: ignore[attr-defined]
        under_way = next((one for one in reversed(given) if one.standing in ("due", "open")), None)
        if under_way is not None:
            yield under_way  # type: ignore[misc]
        elif not given and (due := due_of(trigger, record, today)) is not None:
            yield _waiting(FIRST + record.number * places + at, trigger.id, due, record.id)


def _waiting(ordinal: int, level: str, due: date, about: str) -> Checkin:
    """A provisional check-in.  Its fields are of their types already, and there can be thousands, so none is looked at."""
    return Checkin.of({"id": provisional(Checkin, ordinal), "level": level, "due": due, "about": about})


def about(record_id: str, records: Records) -> tuple[Checkin, ...]:
    """The check-ins about a record, in the order of their numbers."""
    return records.group(ABOUT, record_id)  # type: ignore[return-value]


def _after_settling(trigger: Trigger, record: Record, today: date) -> date | None:
    """So many days after it settled, from then on until it lapses."""
    assert isinstance(record, Bet) and record.settled_on is not None
    due = record.settled_on + timedelta(days=trigger.days)
    return due if due <= today < due + timedelta(days=trigger.lapses) else None


def _before_placing(trigger: Trigger, record: Record, today: date) -> date | None:
    """Today, while a large bet is being shaped."""
    assert isinstance(record, Bet)
    return today if record.horizon in trigger.horizons else None


DUE: Mapping[str, Callable[[Trigger, Record, date], date | None]] = {
    "settled": _after_settling,
    "placing": _before_placing,
    "one-way": lambda trigger, record, today: today,
}
"""When a record calls → the day the check-in is due; None while it is not called for."""
