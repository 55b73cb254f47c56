"""What transactions did, in words: who changed which field of which record, from what to what, and when.  Pure.

A *happening* is what one person did to one record, in one step or in several that follow each other; a *shift* is one
field of it before and after.  What was changed and changed back is no shift.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from store.model import BY_LETTER, BY_TABLE, SETTINGS_TABLE, Record
from store.operations import Document, Operation, Transaction, after, same
from store.quoting import quoted
from store.settings import Settings

SETTINGS = "settings"
"""What stands for the id of the settings, which are no record."""
BOOKKEEPING = frozenset({"began", "created", "created_by", "entered", "updated", "updated_by", "source"})
BRIEF, SAID, LONGEST = 60, 160, 2000
"""Characters a value is cut to, what somebody said, and everything together."""
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Shift:
    """One field, as JSON before and after; ``path`` is ``settle_by`` or, inside of a part, ``forecast.by``."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, eq=False)
class Happening:
    """What one person did to one record.  ``document`` is how it stood at the end, or last before it was deleted; ``born``
    and ``gone`` say that it came into being or went, ``undoes`` that all of it took something back."""

    record_id: str
    by: str
    at: str
    document: Document
    shifts: tuple[Shift, ...]
    born: bool = False
    gone: bool = False
    undoes: bool = False

    @property
    def subject(self) -> str | None:
        """The id of the record it is about: of an update what that is about, None for one in the inbox."""
        if self.kind is BY_LETTER["U"]:
            about = self.document.get("about")
            return about if isinstance(about, str) else None
        return self.record_id

    @property
    def kind(self) -> type[Record] | None:
        """The kind of the record; None for the settings."""
        return None if self.record_id == SETTINGS else BY_LETTER[self.record_id[0]]

    @property
    def title(self) -> str:
        """What the record is called, also when it is no longer there."""
        if self.kind is None:
            return "the settings"
        lines = str(self.document.get(self.kind.headline, "")).strip().splitlines()
        return lines[0] if lines else "(untitled)"


# -------------------------------------------------------------------------------------------------------------- what was


def happenings(done: Transaction) -> tuple[Happening, ...]:
    """What a transaction did, record by record, in its order."""
    return tuple(_happening(change, done) for change in done.operations if _name(change))


def count(done: Transaction) -> int:
    """How many happenings there are in a transaction, without working out what they are."""
    return sum(change.table in BY_TABLE or change.table == SETTINGS_TABLE for change in done.operations)


def subjects(done: Transaction) -> Iterator[str]:
    """What the changes of a transaction are about, without working out what each did; "" for a note of the inbox."""
    for change in done.operations:
        name, document = _name(change), after(change) or change.before or {}
        about = document.get("about")
        yield name if name[:1] != BY_LETTER["U"].letter else about if isinstance(about, str) else ""


def _name(change: Operation) -> str:
    """The id of what was changed, "" for a table only other programs know."""
    if change.table == SETTINGS_TABLE:
        return SETTINGS
    return BY_TABLE[change.table].letter + change.key if change.table in BY_TABLE else ""


def _happening(change: Operation, done: Transaction) -> Happening:
    later = after(change)
    document = later if later is not None else change.before or {}
    name = _name(change)
    known = (change.before is not None or name == SETTINGS) and later is not None
    shifts = tuple(_shifts(_standing(change, change.before), _standing(change, later))) if known else ()
    return Happening(
        name,
        done.by,
        done.at,
        document,
        shifts,
        born=change.before is None and name != SETTINGS,
        gone=later is None,
        undoes=done.undoes is not None,
    )


def _standing(change: Operation, document: Document | None) -> Document:
    """The document with the state that other programs leave out when it is the first one."""
    states = BY_TABLE[change.table].states if change.table in BY_TABLE else ()
    return {"state": states[0], **(document or {})} if states else document or {}


def _shifts(before: Document, later: Document) -> Iterator[Shift]:
    for name in dict.fromkeys([*before, *later]):
        was, now = before.get(name), later.get(name)
        if name in BOOKKEEPING or same(was, now):
            continue
        if isinstance(was, dict | None) and isinstance(now, dict | None):
            parts = dict.fromkeys([*(was or {}), *(now or {})])
            changes = (Shift(f"{name}.{part}", (was or {}).get(part), (now or {}).get(part)) for part in parts)
            yield from (change for change in changes if not same(change.before, change.after))
        else:
            yield Shift(name, was, now)


def joined(together: Iterable[Happening]) -> Happening:
    """Several happenings of one person on one record, oldest first, as one: each field from its first value to its last.

    Where somebody else changed the field in between, both shifts stay.  There must be at least one.
    """
    steps = tuple(together)
    if len(steps) == 1:
        return steps[0]
    runs: dict[str, list[Shift]] = {}
    for shift in (shift for step in steps for shift in step.shifts):
        run = runs.setdefault(shift.path, [])
        if run and same(run[-1].after, shift.before):
            run[-1] = Shift(shift.path, run[-1].before, shift.after)
        else:
            run.append(shift)
    shifts = tuple(shift for run in runs.values() for shift in run if not same(shift.before, shift.after))
    last = steps[-1]
    return Happening(
        last.record_id,
        last.by,
        last.at,
        last.document,
        shifts,
        born=steps[0].born,
        gone=last.gone,
        undoes=all(step.undoes for step in steps),
    )


# -------------------------------------------------------------------------------------------------------------- in words


def in_words(happening: Happening, settings: Settings) -> str:
    """What happened, in one line of half-sentences: ``settle by 2026-11-20 → 2026-12-04 · people +@cleo``."""
    said = " · ".join(_clauses(happening, settings)) or "changed, and changed back"
    return quoted(f"took back: {said}" if happening.undoes else said, LONGEST)


def _clauses(happening: Happening, settings: Settings) -> Iterator[str]:
    kind = happening.kind
    if kind is BY_LETTER["U"]:
        yield from _said(happening)
        return
    if happening.born and happening.gone:
        yield "captured and deleted"
        return
    if happening.born:
        yield _captured(happening, kind, settings)
    if happening.gone:
        yield "deleted"
        return
    for shift in happening.shifts:
        yield from _in_words(shift, kind, settings)


def _captured(happening: Happening, kind: type[Record] | None, settings: Settings) -> str:
    """That a record was captured, and where it stands when that is not where all begin."""
    state = happening.document.get("state")
    moved = any(shift.path == "state" for shift in happening.shifts)
    if kind is None or not kind.states or moved or state in (None, kind.states[0]):
        return "captured"
    return f"captured, {settings.state(kind.noun, str(state))}"


def _said(happening: Happening) -> Iterator[str]:
    """An update: what somebody wrote, and the reading that came with it."""
    document = happening.document
    sort = document.get("kind", "note")
    confidence = document.get("confidence")
    reading = [str(document["health"])] if document.get("health") else []
    reading += [f"{confidence}%"] if confidence is not None else []
    text = _brief(str(document.get("text", "")), SAID)
    verb = "said" if sort == "note" else f"{sort}:"
    if happening.subject is None:
        verb = "to the inbox:" if sort == "note" else f"{sort} to the inbox:"
    if happening.gone:
        verb = "deleted what was said:"
    yield f"{verb} “{text}”" + (f" ({', '.join(reading)})" if reading else "")


def _in_words(shift: Shift, kind: type[Record] | None, settings: Settings) -> Iterator[str]:
    was, now = shift.before, shift.after
    if shift.path == "archived":
        yield "put away" if now else "brought back"
    elif shift.path == "state" and kind is not None:
        yield f"{settings.state(kind.noun, str(was))} → {settings.state(kind.noun, str(now))}"
    elif shift.path == "links":
        yield from _links(_items(was), _items(now))
    elif isinstance(was, list) or isinstance(now, list):
        yield _list(shift, kind)
    else:
        yield _value(shift, kind)


def _value(shift: Shift, kind: type[Record] | None) -> str:
    label, was, now = _label(shift.path), as_text(shift.before), as_text(shift.after)
    if is_person(kind, shift.path):
        was, now = (f"@{person}" if person else "" for person in (was, now))
    if any(len(text) > BRIEF // 2 or "\n" in text for text in (was, now)):
        return f"{label} cleared" if not now else f"{label} {'rewritten' if was else 'written'}: “{_brief(now)}”"
    if not was:
        return f"{label} set to {_brief(now)}"
    return f"{label} {_brief(was)} → {_brief(now) if now else NOTHING}"


def _brief(text: str, width: int = BRIEF) -> str:
    """A text in one line, cut to a width; a line break in it reads as a blank."""
    return quoted(" ".join(text.split()), width)


def _list(shift: Shift, kind: type[Record] | None) -> str:
    """What was added to a list and what was taken out of it."""
    was, now = _items(shift.before), _items(shift.after)
    sign = "@" if is_person(kind, shift.path) else ""
    added = [f"+{sign}{_brief(as_text(item))}" for item in now if not _holds(was, item)]
    taken = [f"−{sign}{_brief(as_text(item))}" for item in was if not _holds(now, item)]
    return f"{_label(shift.path)} {', '.join([*added, *taken]) or 'in another order'}"


def _links(was: list[Any], now: list[Any]) -> Iterator[str]:
    before, later = {_arrow(link) for link in was}, dict.fromkeys(map(_arrow, now))
    for arrow in later:
        if arrow not in before:
            yield f"now {arrow}"
    for arrow in dict.fromkeys(map(_arrow, was)):
        if arrow not in later:
            yield f"no longer {arrow}"
    if before == later.keys():
        yield "links in another order"


def _arrow(link: Any) -> str:
    return f"{str(link.get('kind', 'informs')).replace('_', ' ')} {link.get('to', '?')}" if isinstance(link, dict) else "?"


def _label(path: str) -> str:
    return path.replace("_", " ").replace(".", " ")


def is_person(kind: type[Record] | None, path: str) -> bool:
    """Whether a field holds names of people."""
    from store.fields import fields  # it reads the whole model: not before something is put into words

    return kind is not None and any(one.path == path and one.people for one in fields(kind))


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _holds(items: list[Any], wanted: Any) -> bool:
    return any(same(item, wanted) for item in items)


def as_text(value: Any) -> str:
    """A JSON value as people read it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return ", ".join(map(as_text, value))
    if isinstance(value, dict):
        return " ".join(filter(None, (as_text(part) for part in value.values() if not isinstance(part, bool))))
    return str(value)
