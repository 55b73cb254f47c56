"""What an answer in the review changes: the steps that file a note, drop something with a reason, say how it is going."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from store.capture import draft
from store.changes import archived, edited, named, superseding, update
from store.derived import SILENT
from store.errors import NotFound, Refused
from store.model import Checkin, Decision, Record, Update
from store.records import Records
from store.step import Change, Step, create, is_provisional, provisional

ENDS: Mapping[tuple[str, str], str] = {
    **{("bet", state): "stopped" for state in ("option", "shaping", "placed", "released")},
    **{("mission", state): "closed" for state in ("forming", "active", "paused")},
    ("decision", "decided"): "reversed",
    **{("belief", state): "retired" for state in ("open", "supported", "refuted")},
    **{("check-in", state): "skipped" for state in ("due", "open")},
}
"""(kind, state) → the state it is dropped into; what has none is put away."""
REASONS: Mapping[str, str] = {"bet": "why_stopped", "check-in": "why_skipped"}
"""Kind → the field that says why it was dropped; elsewhere that becomes an update."""


def dropped(records: Records, record: Record, why: str, today: date) -> Step:
    """The step that drops a record for a reason, as its kind does that.  Raises ``Refused`` without a reason."""
    if isinstance(record, Update):
        return archived((record,))
    if not why.strip():
        raise Refused(f"To drop {named((record,))} it needs a reason. Nothing was changed.")
    state = ENDS.get((record.noun, record.standing))
    sentence = f"dropped {named((record,))}: {why.strip()}"
    if isinstance(record, Checkin):
        from store.checkins.holding import name_of  # few reviews skip any

        sentence = f"skipped {name_of(record, records)}: {why.strip()}"
    if isinstance(record, Checkin) and is_provisional(record.id):
        fresh = record.evolve(id=provisional(Checkin, 1), state="skipped", why_skipped=why.strip())
        return Step((Change(None, fresh),), sentence)
    if state is None:
        changes = archived((record,)).changes
    else:
        field = REASONS.get(record.noun)
        texts = {"state": state, **({field: why.strip()} if field else {})}
        changes = edited(records, (record,), texts, today).changes
    said = () if record.noun in REASONS else update((record,), {"text": f"Dropped: {why.strip()}"}, today).changes
    return Step((*changes, *said), sentence)


def filed(records: Records, note: Update, to: str) -> Step:
    """The step that says what a note of the inbox is about.  Raises ``NotFound``, or ``Refused`` for another note."""
    end = records.find(to)
    if isinstance(end, Update):
        raise Refused(f"{end.id} is a note itself. Name a mission, a bet, a decision, a belief, a signal or a check-in.")
    if note.id not in records:
        raise NotFound(f"{note.id} is no longer there.")
    return Step((Change(note, note.evolve(about=end.id)),), f"filed {note.id} under {named((end,))}")


def said(record: Record, line: str, today: date, me: str) -> Step:
    """The step that writes an update about a record from a typed line: ``conf:70 health:risk Slower than hoped``.

    ``conf:70`` alone is my reading, in which nothing is said.
    """
    reading = draft("note", f"{line} {SILENT}", today=today, me=me)
    found = reading if reading.document["text"] == SILENT else draft("note", line, today=today, me=me)
    note = Update.model_validate({**found.document, "id": provisional(Update, 1), "about": record.id})
    return create([note], f"wrote about {named((record,))}")


def decided(records: Records, record: Record | None, line: str, today: date, me: str) -> Step:
    """The step that captures a decision from a typed line; what it is about it points at, unless the line says.

    A note of the inbox becomes one about the decision: so it is sorted.
    """
    points = record is not None and not isinstance(record, Update) and not is_provisional(record.id)
    whole = f"{line} re:{record.id}" if record is not None and points and " re:" not in f" {line}" else line
    found = draft("decide", whole, today=today, me=me)
    document = {"occasion": f"daily review {today.isoformat()}", **found.document}
    made = Decision.model_validate({**document, "id": provisional(Decision, 1)})
    sorted_away = (Change(record, record.evolve(about=made.id)),) if isinstance(record, Update) else ()
    return Step((Change(None, made), *superseding(records, made), *sorted_away), f"added decision {made.label}")
