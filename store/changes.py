"""Steps that commands of the app and of the shell share: add, edit, link, write about, archive, delete.

Each is a pure function from records and typed texts to the step that would change them, guards included.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from store.errors import Refused, UsageError
from store.fields import text_of
from store.lifecycle import moved, moves, objection
from store.model import Record, Update
from store.pointing import check_ends
from store.records import Records
from store.step import Change, Step, create, provisional
from store.typed import changed


def edited(records: Records, targets: tuple[Record, ...], texts: Mapping[str, str], today: date, why: str = "") -> Step:
    """The step that puts typed texts into fields of some records.

    Raises ``UsageError`` for a text that cannot be read, ``NotFound`` for a record named in it that is not there,
    ``Refused`` where a rule of the domain stands in the way.
    """
    changes = []
    for before in targets:
        after = changed(before, texts, today)
        check_ends(before, after, records)
        if after.standing != before.standing:
            stamps = {name: value for name, value in moved(before, after.standing, today).items() if name not in texts}
            after = after.evolve(**stamps)
        if reason := objection(before, after, records):
            raise Refused(reason)
        changes.append(Change(before, after))
    return Step(tuple(changes), why or f"changed {_fields_of(texts)} of {named(targets)}")


def added(records: Records, kind: type[Record], texts: Mapping[str, str], today: date, **given: object) -> Step:
    """The step that adds one record of a kind from typed texts.  Raises as ``edited``."""
    if kind.headline not in texts and kind.headline not in given:
        raise UsageError(f"A {kind.noun} needs {kind.headline}. Nothing was added.")
    record = changed(kind.model_validate({**given, kind.headline: "-", "id": provisional(kind, 1)}), texts, today)
    if record.standing:
        record = record.evolve(**{k: v for k, v in moved(record, record.standing, today).items() if k not in texts})
    if reason := objection(None, record, records):
        raise Refused(reason)
    return create([record], f"added {records.settings.one(kind.noun)} {record.label}")


def superseding(records: Records, new: Record) -> tuple[Change, ...]:
    """The changes that move to superseded what a new record says it supersedes; none of what cannot be superseded."""
    olds = [records.get(record_id) for record_id in new.linked("supersedes")]
    return tuple(
        Change(old, old.evolve(state="superseded")) for old in olds if old is not None and "superseded" in moves(old)
    )


def named(targets: tuple[Record, ...]) -> str:
    """What a sentence calls some records: one by id and title, several by their ids or their number."""
    if len(targets) == 1:
        return f"{targets[0].id} {targets[0].label}"
    if len(targets) <= 4:
        return ", ".join(record.id for record in targets)
    return f"{len(targets)} records"


def _fields_of(texts: Mapping[str, str]) -> str:
    names = [path.replace("_", " ").replace(".", " ") for path in texts]
    return ", ".join(names) if len(names) <= 3 else f"{len(names)} fields"


def linked(records: Records, targets: tuple[Record, ...], kind: str, to: str, today: date) -> Step:
    """The step that draws arrows from some records to one.  Raises ``NotFound``, ``UsageError`` or ``Refused``."""
    end = records.find(to)
    changes = []
    for record in targets:
        lines = [line for line in text_of(record, "links").splitlines() if line]
        primary = " primary" if kind == "nests_in" and not record.linked("nests_in") else ""
        if f"{kind} {end.id}" in (line.removesuffix(" primary") for line in lines):
            continue
        after = changed(record, {"links": "\n".join([*lines, f"{kind} {end.id}{primary}"])}, today)
        if reason := objection(record, after, records):
            raise Refused(reason)
        changes.append(Change(record, after))
    return Step(tuple(changes), f"{named(targets)} {kind.replace('_', ' ')} {end.id}")


def hanging(records: Records, targets: tuple[Record, ...]) -> int:
    """How many records, those that go with them not counted, hold arrows that lead nowhere once these are deleted."""
    going = {record.id for record in targets}
    return sum(other.id not in going for record_id in going for other in records.pointing_at(record_id))


def unlinked(targets: tuple[Record, ...], to: str, kind: str | None = None) -> Step:
    """The step that takes the arrows from some records to one away; of one kind, or all."""
    changes = [
        Change(
            record,
            record.evolve(links=tuple(link for link in record.links if link.to != to or kind not in (None, link.kind))),
        )
        for record in targets
    ]
    return Step(tuple(changes), f"unlinked {named(targets)} from {to}")


def update(targets: tuple[Record, ...], texts: Mapping[str, str], today: date) -> Step:
    """The step that writes an update about each of some records, or one for the inbox when there is none."""
    abouts: list[str | None] = [record.id for record in targets if not isinstance(record, Update)]
    notes = []
    for ordinal, about in enumerate(abouts or [None], 1):
        blank = Update(id=provisional(Update, ordinal), text="-", about=about)
        notes.append(changed(blank, {path: text for path, text in texts.items() if text.strip()}, today))
    return create(notes, f"wrote about {named(targets)}" if targets else "wrote to the inbox")


def archived(targets: tuple[Record, ...]) -> Step:
    """The step that puts records away, or brings them back when all are away."""
    away = not all(record.archived for record in targets)
    changes = tuple(Change(record, record.evolve(archived=away)) for record in targets)
    return Step(changes, f"{'archived' if away else 'brought back'} {named(targets)}")


def deleted(targets: tuple[Record, ...]) -> Step:
    """The step that deletes records; arrows of others to them stay, and come to life again when the step is undone."""
    return Step(tuple(Change(record, None) for record in targets), f"deleted {named(targets)}")
