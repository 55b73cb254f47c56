"""Check-ins that a record calls for: a learning review after a bet settled, a premortem before a large promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from store.entity import holding
from store.index import Groups, Index
from store.model import Bet, Checkin, Decision, Record
from store.outline import Documents, Outline, Row
from store.records import Records
from store.settings import Trigger
from store.step import provisional

FIRST = 1_000
"""Where the provisional numbers of these check-ins begin; those of the levels stand before."""


Call = tuple[str, date, str | None]
"""With what a record may call for a check-in, the ``when`` of a trigger; the day it settled; its horizon."""


def _may_call(kind: type[Record], documents: Documents) -> Documents:
    if kind is Decision:
        return {key: document for key, document in documents.items() if "door" in document}
    return {key: one for key, one in documents.items() if one.get("state") == "shaping" or "settled_on" in one}


def _calls(kind: type[Record], rows: Iterable[Row]) -> dict[str, Call]:
    found: dict[str, Call] = {}
    for record_id, state, archived, settled_on, lesson, horizon, door in rows:
        if archived:
            continue
        if state == "shaping":
            found[record_id] = "placing", date.min, horizon
        elif state == "settled" and settled_on and not lesson.strip():
            found[record_id] = "settled", settled_on, horizon
        elif state == "open" and door == "one-way":
            found[record_id] = "one-way", date.min, None
    return found


CALLING = Outline(
    dict.fromkeys((Bet, Decision), ("state", "archived", "settled_on", "lesson", "horizon", "door")), _calls, _may_call
)
ABOUT = Index((Checkin,), lambda one: (one.about,) if isinstance(one, Checkin) and one.about and not one.archived else ())
"""Check-ins by the record they are about."""


def called_for(records: Records, today: date) -> tuple[Checkin, ...]:
    """The check-ins that records call for today: those under way, or provisional ones; a held or skipped one is answered."""
    return tuple(one for at, trigger in enumerate(records.settings.triggers) for one in _of(trigger, at, records, today))


def _of(trigger: Trigger, at: int, records: Records, today: date) -> Iterator[Checkin]:
    answers, places = records.grouped(ABOUT), len(records.settings.triggers)
    for _, number, record_id, due in sorted(_calling(trigger, records, answers, today)):
        given = [one for one in answers.get(record_id, ()) if isinstance(one, Checkin) and one.level == trigger.id]
        under_way = [one for one in given if one.state in ("due", "open")]
        if under_way:
            yield under_way[-1]
        elif not given and due != date.max:
            yield _waiting(FIRST + number * places + at, trigger.id, due, record_id)


def _calling(trigger: Trigger, records: Records, answers: Groups, today: date) -> Iterator[tuple[date, int, str, date]]:
    """Of what may call with a trigger, and calls today or was answered: when it settled, its number, its id, and the day the
    check-in is due, the last of all days while none is called for."""
    due_of = DUE[trigger.when]
    for record_id, (when, settled_on, horizon) in records.outlined(CALLING).items():
        if when == trigger.when:
            due = due_of(trigger, settled_on, horizon, today)
            if due is not None or record_id in answers:
                yield settled_on, int(record_id[1:]), record_id, due or date.max


def _waiting(ordinal: int, level: str, due: date, about: str) -> Checkin:
    """A provisional check-in.  Its fields are of their types already, and there can be thousands, so none is looked at."""
    return holding(Checkin, {"id": provisional(Checkin, ordinal), "level": level, "due": due, "about": about})


def about(record_id: str, records: Records) -> tuple[Checkin, ...]:
    """The check-ins about a record, in the order of their numbers."""
    return records.group(ABOUT, record_id)  # type: ignore[return-value]


def _after_settling(trigger: Trigger, settled_on: date, horizon: str | None, today: date) -> date | None:
    """So many days after it settled, from then on until it lapses."""
    due = settled_on + timedelta(days=trigger.days)
    return due if due <= today < due + timedelta(days=trigger.lapses) else None


def _before_placing(trigger: Trigger, settled_on: date, horizon: str | None, today: date) -> date | None:
    """Today, while a large bet is being shaped."""
    return today if horizon in trigger.horizons else None


DUE: Mapping[str, Callable[[Trigger, date, str | None, date], date | None]] = {
    "settled": _after_settling,
    "placing": _before_placing,
    "one-way": lambda trigger, settled_on, horizon, today: today,
}
"""When a record calls → the day the check-in is due; None while it is not called for."""
