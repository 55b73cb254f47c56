"""What a step does to the documents of a workspace: merged with what others saved since it was begun, numbered, stamped."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from store.damaged import read
from store.errors import Clash, Refused
from store.joining import joining, twin
from store.lifecycle import hindsight
from store.merge import merge
from store.model import SETTINGS_TABLE, Checkin, Decision, Record, entity, place
from store.operations import Document, Operation, State, after, operation, same
from store.records import Records, place_of
from store.settings import SETTINGS_KEY
from store.step import Change, Step, is_provisional, renumbered


class Ground(NamedTuple):
    """What a step is committed on, under the lock: the documents, the newest number, and the records made of both."""

    state: State
    n: int
    records: Records


class Signature(NamedTuple):
    """Who commits, and when."""

    by: str
    at: str


def operations_of(step: Step, ground: Ground, signed: Signature, over: Collection[Clash] = ()) -> list[Operation]:
    """The operations a step comes to; ``over`` is what is knowingly written over.  Raises ``Conflict`` and ``Refused``."""
    changes, ids = _numbered(step, ground)
    found = (_operation(change, record_id, ids, ground, signed, over) for change, record_id in changes)
    done = [one for one in found if one is not None]
    return done + _beginning(done, ground)


def _beginning(done: list[Operation], ground: Ground) -> list[Operation]:
    """What notes in the settings when the workspace began, where operations delete a record that tells; else nothing."""
    gone = {(one.table, one.key) for one in done if after(one) is None}
    if not gone:
        return []
    from store.cadence import began, firsts  # few steps delete

    day = began(ground.records)
    if day is None or day == ground.records.settings.began or gone.isdisjoint(map(place_of, firsts(ground.records))):
        return []
    now = document_at(ground.state, SETTINGS_TABLE, SETTINGS_KEY)
    noted = operation(SETTINGS_TABLE, SETTINGS_KEY, now, {**(now or {}), "began": day.isoformat()})
    return [noted] if noted is not None else []


def _operation(
    change: Change, record_id: str, ids: dict[str, str], ground: Ground, signed: Signature, over: Collection[Clash]
) -> Operation | None:
    table, key = place(record_id)
    now = document_at(ground.state, table, key)
    mine = _mine(change, ids)
    if change.before is not None and ground.records.made_of(change.before, now) and change.after != change.before:
        merged = _signed(mine, change, signed)  # nobody changed it since, and it changes: there is nothing to merge
    else:
        base = None if change.before is None else change.before.document()
        if change.before is None or not same(base, mine):
            mine = _signed(mine, change, signed)
        stored = base if same(base, now) else _normal(table, key, now)
        merged = merge(record_id, base, mine, stored, over={field: value for at, field, value, _ in over if at == record_id})
        if same(merged, stored):
            return None
    stay_honest(table, key, now, merged)
    return operation(table, key, now, merged)


def document_at(state: State, table: str, key: str) -> Document | None:
    """What stands at a place, or None."""
    return state.get(table, {}).get(key)


def _mine(change: Change, ids: dict[str, str]) -> Document | None:
    if change.after is None:
        return None
    document = change.after.document()
    return renumbered(document, ids) if ids else document


def _signed(document: Document | None, change: Change, signed: Signature) -> Document | None:
    """The document with who captured or changed it, and when."""
    if document is None or change.after is None:
        return None
    if change.before is None:
        return {"created": signed.at, "created_by": signed.by, **document}
    entered = _entered(change.before, change.after, signed.at)
    return {**document, **entered, "updated": signed.at, "updated_by": signed.by}


def _entered(before: Record, after: Record, now: str) -> Document:
    """Since when the record is in its state, where that is to be noted: it comes to another, or was captured in a later one
    than the first and changes for the first time."""
    if before.standing != after.standing:
        return {"entered": now}
    captured_so = before.standing in before.states[1:] and not (before.entered or before.updated) and before.created
    return {"entered": before.created} if captured_so else {}


def _normal(table: str, key: str, document: Document | None) -> Document | None:
    """The document as the model writes it, so that two ways of writing one value are not taken for a change."""
    return None if document is None else read(table, key, document).document()


def stay_honest(table: str, key: str, now: Document | None, merged: Document | None) -> None:
    """Raise ``Refused`` where what a decision predicted would be rewritten: merging, importing and undoing come by here."""
    if table != Decision.table or now is None or merged is None:
        return
    if reason := hindsight(read(table, key, now), read(table, key, merged)):
        raise Refused(reason)


# ----------------------------------------------------------------------------------------------------------- numbering


def _numbered(step: Step, ground: Ground) -> tuple[list[tuple[Change, str]], dict[str, str]]:
    """The changes with their real ids, and provisional id → real id.  New records come first, so that the number of
    each is the number of its operation; what is not new after all goes to the record that there is already."""
    ids: dict[str, str] = {}
    changes = [_joined(change, ids, ground.state) for change in step.changes]
    new = [change for change in changes if change.before is None]
    rest = [change for change in changes if change.before is not None]
    numbered: list[tuple[Change, str]] = []
    for number, change in enumerate(new, ground.n + 1):
        real = type(change.record).letter + str(number)
        if is_provisional(change.record.id):
            ids[change.record.id] = real
        numbered.append((change, real))
    return numbered + [(change, change.record.id) for change in rest], ids


def _joined(change: Change, ids: dict[str, str], state: State) -> Change:
    """The change; of a check-in that somebody began meanwhile, as a change of that one, its id noted in ``ids``."""
    if change.before is not None or not isinstance(change.after, Checkin):
        return change
    mine = change.after.document()
    checkins = state.get(Checkin.table, {})
    key = twin(mine, checkins.items())
    if key is None:
        return change
    ids[change.after.id] = Checkin.letter + key
    existing = read(Checkin.table, key, checkins[key])
    return Change(*(entity(Checkin.table, key, document) for document in joining(mine, existing.document())))
