"""Verdicts of a check-in: read from a line, and what each does to the record it is about: keep, start, change or stop.

Whatever a guard of the domain refuses is not done but said, and written down about the record: a check-in that was held is
never lost because of one bet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from store.errors import UsageError
from store.lifecycle import became, because, moved, moves, objection, over_limit
from store.model import Bet, Mission, Record
from store.parts import VERDICTS, RecordVerdict, Verdict
from store.records import Records

HINT = "keep, start, change or stop; then how sure you are, 0–100; then why: keep 70 still true"


def read_verdict(record_id: str, text: str) -> RecordVerdict | None:
    """The verdict a line stands for, such as ``stop 20 nobody used it`` or just ``k``; None for an empty one.

    Raises ``UsageError`` naming the record.
    """
    if not text.strip():
        return None
    word, _, rest = text.strip().partition(" ")
    found = [verdict for verdict in VERDICTS if verdict.startswith(word.lower())]
    meant = found if len(found) == 1 else [one for one in found if one == SHORT.get(word.lower())]
    if not meant:
        raise UsageError(f"{record_id}: a verdict is one of {', '.join(VERDICTS)}. Nothing was changed.")
    number, _, note = rest.strip().partition(" ")
    percent = number.removesuffix("%")
    if not (percent.isascii() and percent.isdigit()):
        return RecordVerdict(record=record_id, verdict=meant[0], note=rest.strip())
    if int(percent) > 100:
        raise UsageError(f"{record_id}: how sure you are is a number from 0 to 100, not {number}. Nothing was changed.")
    return RecordVerdict(record=record_id, verdict=meant[0], confidence=int(percent), note=note.strip())


SHORT: Mapping[str, Verdict] = {"s": "stop"}
"""What a beginning of two verdicts stands for: nobody starts by accident what they wanted stopped."""


def as_typed(verdict: RecordVerdict) -> str:
    """The line a verdict is read from."""
    confidence = "" if verdict.confidence is None else f" {verdict.confidence}"
    note = f" {verdict.note}" if verdict.note else ""
    return f"{verdict.verdict}{confidence}{note}"


class Effect(NamedTuple):
    """What a verdict does: the record after it (None: it stays as it is), half a sentence of what was done or why not,
    and whether it stands in the way of what was wanted."""

    record: Record
    after: Record | None = None
    said: str = ""
    refused: bool = False


def effects(verdicts: Iterable[RecordVerdict], records: Records, today: date) -> tuple[Effect, ...]:
    """What each verdict does to its record, the stops first: what stops makes room for what starts.

    Raises ``NotFound`` for a record that is not there, ``UsageError`` where a stop does not say why.
    """
    given = sorted(verdicts, key=lambda one: one.verdict != "stop")
    stopped = ", ".join(f"{one.record} {records.find(one.record).label}" for one in given if one.verdict == "stop")
    return tuple(_effect(one, records, today, stopped) for one in given)


def _effect(verdict: RecordVerdict, records: Records, today: date, stopped: str) -> Effect:
    record = records.find(verdict.record)
    if not isinstance(record, Bet | Mission):
        name = records.settings.one(record.noun)
        raise UsageError(f"{record.id} is a {name}: verdicts are on missions and bets. Nothing was changed.")
    do = _DONE.get(verdict.verdict)
    return Effect(record) if do is None else do(record, verdict, records, today, stopped)


def _stop(record: Record, verdict: RecordVerdict, records: Records, today: date, stopped: str) -> Effect:
    to = "stopped" if isinstance(record, Bet) else "closed"
    if not record.is_open and to not in moves(record):
        return Effect(record, said=f"{record.id} was {record.standing} already", refused=record.standing != to)
    if isinstance(record, Bet) and not verdict.note.strip():
        raise UsageError(f"{record.id}: a stop says why: stop {verdict.note or '20 nobody used it'}. Nothing was changed.")
    why = {"why_stopped": verdict.note.strip()} if isinstance(record, Bet) else {}
    return _moved(record, to, records, today, why)


def _start(record: Record, verdict: RecordVerdict, records: Records, today: date, stopped: str) -> Effect:
    to = "placed" if isinstance(record, Bet) else "active"
    if record.standing == to:
        return Effect(record, said=f"{record.id} was {records.settings.state(record.noun, to)} already")
    room = {"stops": stopped} if isinstance(record, Bet) and stopped and not record.stops else {}
    done = _moved(record, to, records, today, room)
    over = over_limit(record, records) if isinstance(record, Bet) and not done.refused and not stopped else None
    return done._replace(said=f"{done.said} ({over.rstrip('.')})") if over else done


def _moved(record: Record, to: str, records: Records, today: date, fields: Mapping[str, str]) -> Effect:
    """The record in another state; or as it is, with the reason why."""
    word = became(record, to, records.settings)
    after = record.evolve(**moved(record, to, today), **fields)
    if reason := objection(record, after, records):
        return Effect(record, said=f"{record.id} was not {word}: {because(reason, record)}", refused=True)
    return Effect(record, after, f"{record.id} {word}")


_DONE: Mapping[str, Callable[[Record, RecordVerdict, Records, date, str], Effect]] = {"start": _start, "stop": _stop}
"""Verdict → what it does; keep and change leave the record as it is."""


def says(verdict: RecordVerdict, effect: Effect | None) -> str | None:
    """What is written about the record besides its state: the note of a change, why a start was refused, else a reading.

    None when there is nothing to write: no confidence was given, and the state says the rest.
    """
    refused = effect.said if effect is not None and effect.refused else ""
    kept_elsewhere = verdict.verdict == "stop" and isinstance(effect.record if effect else None, Bet)
    if refused:
        return f"{verdict.note.strip()} ({refused})".strip() if verdict.note.strip() else f"({refused})"
    if verdict.verdict == "change" or (verdict.verdict == "stop" and not kept_elsewhere):
        return verdict.note.strip() or f"({verdict.verdict})"
    return (verdict.note.strip() or "(reading)") if verdict.confidence is not None else None
