"""An immutable picture of every record of a workspace at one revision, with indexes that follow it from change to change.

Entities are made when they are first asked for, and what documents tell by themselves makes none.  What was sorted or read
of one revision the next takes over and moves only what changed, so a lens costs what changed, not what there is.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from store.damaged import read
from store.errors import NotFound
from store.index import LIVE, Groups, Index, Predicate, built, moved
from store.inverted import ABOUT, POINTING, Filed, Inverted, Places, inverted
from store.layers import Layered
from store.model import BY_LETTER, BY_TABLE, KINDS, SETTINGS_TABLE, Record, place
from store.operations import Document, State
from store.outline import Among, Outline, Outlined, outlined
from store.settings import Settings, settings_of

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Touched = Collection[tuple[str, str]]
Grouping = tuple[Index, Predicate | None]
"""What groups are known by: an index, and what else must hold of a record."""
Bequest = dict[Grouping, tuple[Groups, dict[str, Record | None]]]
"""Groups of an earlier revision, and the records that changed since by id, as they were then."""
MOST_MOVES = 2_000
"""More records than this moving at once: building the groups anew is as cheap as moving them."""


class Records:
    """Every record at revision ``n``.  Compared by identity: two pictures are the same only if they are one."""

    def __init__(self, state: State, n: int) -> None:
        self.n = n
        self.settings: Settings = settings_of(state)
        self._rows = {table: Layered(dict(state.get(table, {}))) for table in BY_TABLE}
        self._made: dict[str, Record] = {}
        self._changed: dict[str, Record | None] = {}
        """What was made of records that changed since ``_made``, which revisions share, began; None is not made yet."""
        self._outlines: WeakKeyDictionary[Outline[Any], Outlined[Any]] = WeakKeyDictionary()
        self._inverted: WeakKeyDictionary[Outline[Filed], Inverted] = WeakKeyDictionary()
        self._groups: dict[Grouping, Groups] = {}
        self._inherited: Bequest = {}

    def evolve(self, state: State, n: int, touched: Touched) -> Records:
        """The picture after the documents at ``touched`` places changed to what ``state`` now holds there."""
        after = object.__new__(Records)
        after.n, after.settings = n, self.settings
        after._groups, after._outlines, after._inverted = {}, self._outlines.copy(), self._inverted.copy()
        changes: dict[str, dict[str, Document | None]] = {}
        for table, key in sorted(touched, key=_number):
            if table == SETTINGS_TABLE:
                after.settings = settings_of(state)
            elif table in self._rows:
                changes.setdefault(table, {})[key] = state.get(table, {}).get(key)
        after._rows = {**self._rows, **{table: self._rows[table].changed(rows) for table, rows in changes.items()}}
        changed = [BY_TABLE[table].letter + key for table, rows in changes.items() for key in rows]
        after._inherited = self._bequest({one: self.get(one) for one in changed}) if len(touched) <= MOST_MOVES else {}
        after._made, after._changed = self._made, {**self._changed, **dict.fromkeys(changed)}
        if len(after._changed) > MOST_MOVES:
            whole = {**after._made, **after._changed}
            after._made, after._changed = {one: record for one, record in whole.items() if record is not None}, {}
        return after

    def _bequest(self, changed: dict[str, Record | None]) -> Bequest:
        known: Bequest = {}
        for name, (groups, earlier) in self._inherited.items():
            if len(earlier) + len(changed) <= MOST_MOVES:
                known[name] = groups, {**changed, **earlier}
        if len(changed) <= MOST_MOVES:
            known.update({name: (groups, changed) for name, groups in self._groups.items()})
        return known

    # ------------------------------------------------------------------------------------------------- single records

    def get(self, record_id: str) -> Record | None:
        """The record of that id, or None."""
        changed = self._changed
        made = changed[record_id] if record_id in changed else self._made.get(record_id)
        if made is not None:
            return made
        kind = BY_LETTER.get(record_id[:1])
        document = None if kind is None else self._rows[kind.table].get(record_id[1:])
        if kind is None or document is None:
            return None
        record = read(kind.table, record_id[1:], document)
        (changed if record_id in changed else self._made)[record_id] = record
        return record

    def document(self, record_id: str) -> Document | None:
        """What the record of that id is made of, None where there is none.  Any program may have written it."""
        kind = BY_LETTER.get(record_id[:1])
        return None if kind is None else self._rows[kind.table].get(record_id[1:])

    def documents(self, kind: type[Record]) -> Mapping[str, Document]:
        """What the records of a kind are made of, by the part of their ids behind the letter."""
        return self._rows[kind.table].items()

    def made_of(self, record: Record, document: Document | None) -> bool:
        """Whether this very record is the one here, and this very document what it was made of."""
        return self.get(record.id) is record and self._rows[record.table].get(record.key) is document

    def find(self, text: str) -> Record:
        """The record a person means by ``B12``, ``b12`` or just ``12``.  Raises ``NotFound``."""
        typed = text.strip().lstrip("#")
        ids = [typed.upper()] if not typed.isdigit() else [kind.letter + typed for kind in KINDS]
        for record_id in ids:
            if record := self.get(record_id):
                return record
        raise NotFound(f"There is no record {typed or '(empty)'!s} in this workspace. `many ls` shows what there is.")

    def __contains__(self, record_id: str) -> bool:
        return self.document(record_id) is not None

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))

    def __iter__(self) -> Iterator[Record]:
        """Every record, kind by kind, archived ones too."""
        for kind in KINDS:
            yield from self.each(kind)

    def each(self, kind: type[R], among: Among | None = None) -> Iterator[R]:
        """Every record of a kind in the order of their numbers as stored, archived ones too; of those whose document is
        ``among`` them."""
        rows = self._rows[kind.table]
        for key in rows if among is None else among(kind, rows.items()):
            yield self.get(kind.letter + key)  # type: ignore[misc]

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind there are, archived ones too."""
        return len(self._rows[kind.table])

    def differing(self, other: Records) -> Iterator[str]:
        """The ids of the records that are here or in another picture, but not the same in both; kind by kind."""
        for table, rows in self._rows.items():
            yield from map(BY_TABLE[table].letter.__add__, rows.differing(other._rows[table]))

    def outlined(self, outline: Outline[T]) -> Mapping[str, T]:
        """Id → the entry that an outline makes of a record's document; in no order that means anything."""
        return self._outlined(outline).entries

    def _outlined(self, outline: Outline[T]) -> Outlined[T]:
        rows = {kind: self._rows[kind.table] for kind in outline.fields}
        known = self._outlines.get(outline)
        if known is None or any(known.rows[kind] is not now for kind, now in rows.items()):
            known = self._outlines[outline] = outlined(outline, known, rows, self.get)
        return known

    def inverted(self, outline: Outline[Filed]) -> Places:
        """Key → where the records stand that an outline files under it, in their order; a place ends with the id."""
        now, known = self._outlined(outline), self._inverted.get(outline)
        if known is None or known.outlined is not now:
            known = self._inverted[outline] = inverted(known, now)
        return known.places

    def filed(self, outline: Outline[Filed], key: Hashable) -> tuple[Record, ...]:
        """The records that an outline files under a key, in their order; only these are made."""
        return tuple(self.get(place[-1]) for place in self.inverted(outline).get(key, ()))  # type: ignore[misc]

    # --------------------------------------------------------------------------------------------------------- groups

    def grouped(self, index: Index, where: Predicate | None = None) -> Groups:
        """The records an index sorts into groups, each an ordered tuple; of those for which ``where`` holds.

        ``where`` is recognised by identity: keep one predicate as long as its meaning stays the same.
        """
        name = (index, where)
        if (known := self._groups.get(name)) is None:
            inherited = self._inherited.pop(name, None)
            if inherited is None:
                known = built(index, chain.from_iterable(self.each(kind, index.among) for kind in index.kinds), where)
            else:
                groups, before = inherited
                known = moved(index, groups, [(was, self.get(one)) for one, was in before.items()], where)
            self._groups[name] = known
        return known

    def group(self, index: Index, key: Hashable, where: Predicate | None = None) -> tuple[Record, ...]:
        """One group of an index; empty when no record is in it."""
        return self.grouped(index, where).get(key, ())

    # --------------------------------------------------------------------------------------------------------- arrows

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every record of a kind that is not archived, in the order of their numbers."""
        return self.group(LIVE[kind], False)  # type: ignore[return-value]

    def pointing_at(self, record_id: str) -> tuple[Record, ...]:
        """The records with a link to this one, in the order of their numbers."""
        return self.filed(POINTING, record_id)

    def about(self, record_id: str | None) -> tuple[Record, ...]:
        """The updates about a record, oldest first; None gives the inbox."""
        return self.filed(ABOUT, record_id)


def _number(touched: tuple[str, str]) -> int:
    """What changes are taken in by: new records then stand in the order of their numbers."""
    return int(touched[1]) if touched[1].isdigit() else 0


def place_of(record: Record) -> tuple[str, str]:
    """The table and key a record stands at."""
    return place(record.id)
