"""What an import would change: compared with the workspace by source, shown before it is done, done as one step.

An import adds what is missing.  A record that came from the same source before is left as people made it since; only with
``update`` are the fields that the file fills set to what the file says.  A cell that is empty fills nothing, so nothing is
ever emptied.  Links are added between two records when one of them is new (or with ``update``), never taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from store.exchange.imported import STAMPS, Draft, Imported, Problem, apart, counted
from store.lifecycle import rewritten
from store.model import KINDS, Record
from store.operations import same
from store.parts import Link
from store.quoting import quoted
from store.step import Change, Step, provisional, renumbered

Fate = Literal["new", "changed", "differs", "there"]
"""To be added; to be set to what the file says; different but left alone; already as the file says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of one draft: ``record`` is how the file has it, with its links; ``found`` what the workspace holds."""

    draft: Draft
    fate: Fate
    record: Record
    found: Record | None = None
    fields: tuple[str, ...] = ()
    """The fields in which the workspace and the file differ."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every draft with its fate, the changes that follow, and all there is to say about it."""

    imported: Imported
    entries: tuple[Entry, ...]
    changes: tuple[Change, ...] = field(repr=False)
    problems: tuple[Problem, ...]

    def step(self) -> Step | None:
        """The one step that does it all, or None when there is nothing to do."""
        return Step(self.changes, self._why()) if self.changes else None

    def count(self, fate: Fate, kind: type[Record] | None = None) -> int:
        """How many drafts have that fate, of one kind or of all."""
        return sum(entry.fate == fate and kind in (None, type(entry.record)) for entry in self.entries)

    def lines(self) -> tuple[str, ...]:
        """The plan for people: how the files were read, what comes, record by record, and what was concluded."""
        titles = {entry.record.id: entry.record.label for entry in self.entries}
        return (
            *(quoted(line, 400) for line in self.imported.explained),
            self.summary(),
            *(_line(entry, titles) for entry in self.entries if entry.fate != "there"),
            *(str(note) for note in self.imported.notes),
        )

    def summary(self) -> str:
        """One sentence with the counts: ``4 new missions and 42 new bets; 0 changed, 0 differ, 0 already there``."""
        fates = ", ".join(f"{self.count(fate)} {said}" for fate, said in _SAID.items())
        return f"{self._counts('new', 'new ') or 'Nothing new'}; {fates}."

    def _counts(self, fate: Fate, word: str = "") -> str:
        counts = [(self.count(fate, kind), kind) for kind in KINDS]
        return _listed([f"{count} {word}{_noun(kind, count)}" for count, kind in counts if count])

    def _why(self) -> str:
        came, changed = self._counts("new"), self._counts("changed")
        paths = dict.fromkeys(entry.draft.path for entry in self.entries if entry.fate in ("new", "changed"))
        names = [path.rsplit("/", 1)[-1] for path in paths if path]
        origin = names[0] if len(names) == 1 else counted(len(names), "file")
        what = "; ".join(filter(None, [came, f"{changed} changed" if changed else ""])) or "links"
        return f"imported {what} from {quoted(origin, 80)}" if names else f"imported {what}"


_SAID: dict[Fate, str] = {"changed": "changed", "differs": "different here and left as they are", "there": "already there"}


def plan(records: Iterable[Record], imported: Imported, *, update: bool = False) -> Plan:
    """What importing the drafts into a workspace with these records would do.

    With ``update`` the fields that a file fills replace those of the record it filled before.
    """
    return _Planning(records, imported, update).plan()


class _Planning:
    """The work of ``plan``: find each draft's record, number the new ones, then draw the arrows."""

    def __init__(self, records: Iterable[Record], imported: Imported, update: bool) -> None:
        self.imported, self.update = imported, update
        self.known: dict[str, Record] = {}
        self.by_title: dict[tuple[type[Record], str], list[Record]] = {}
        self.problems = list(imported.problems)
        for record in sorted(records, key=lambda record: record.number):
            for name in filter(None, (record.source, _birth(record))):
                self.known.setdefault(name, record)
            if not record.archived:
                self.by_title.setdefault((type(record), record.label), []).append(record)
        self.drafts, self.aliases = _told_apart(imported.drafts)
        self.found = [self._find(draft) for draft in self.drafts]
        self.ids = self._numbers()
        self.in_file: dict[str, dict[str, str]] = {}
        for draft, number in self._numbered():
            self.in_file.setdefault(draft.path, {})[draft.record.id] = number

    def _find(self, draft: Draft) -> Record | None:
        """The record a draft is about: the one of its source, the very record it was written from, or a namesake."""
        found = self.known.get(draft.source) or self.known.get(_birth(draft.record) or draft.source)
        if found is None and draft.shared:
            found = self._namesake(draft)
        if found is not None and type(found) is not type(draft.record):
            message = f"came in before as the {found.noun} {found.id}; it is left as it is."
            self.problems.append(Problem(draft.path, draft.line, message))
        return found

    def _namesake(self, draft: Draft) -> Record | None:
        """The record of that kind with that headline; of several the oldest, which is said."""
        found = self.by_title.get((type(draft.record), draft.record.label), [])
        if len(found) > 1:
            ids = ", ".join(record.id for record in found)
            message = f"“{quoted(draft.record.label)}” could be {ids}: {found[0].id} is taken."
            self.problems.append(Problem(draft.path, draft.line, message))
        return found[0] if found else None

    def _numbers(self) -> list[str]:
        """The id of each draft's record: its own, or a provisional one."""
        ids, ordinal = [], 0
        for draft, found in zip(self.drafts, self.found, strict=True):
            ordinal += found is None
            ids.append(found.id if found else provisional(type(draft.record), ordinal))
        return ids

    def _numbered(self) -> Iterator[tuple[Draft, str]]:
        return zip(self.drafts, self.ids, strict=True)

    def plan(self) -> Plan:
        links = self._links()
        entries = tuple(
            self._entry(draft, found, number, tuple(links.pop(number, ())))
            for draft, found, number in zip(self.drafts, self.found, self.ids, strict=True)
        )
        changes = [change for entry in entries if (change := self._change(entry))]
        others = {record.id: record for record in self.known.values()}
        changes += [_linked(others[number], new) for number, new in links.items()]
        return Plan(self.imported, entries, tuple(changes), tuple(self.problems))

    def _links(self) -> dict[str, list[Link]]:
        """The links to be added, by the id of the record they start from."""
        ids = {name: record.id for name, record in self.known.items()} | {
            draft.source: number for draft, number in self._numbered()
        }
        existing = {record.id: record for record in self.known.values()} | {
            found.id: found for found in self.found if found is not None
        }
        drawn: dict[str, list[Link]] = {}
        for arrow in self.imported.arrows:
            tail, head = (ids.get(self.aliases.get(end, end)) for end in (arrow.tail, arrow.head))
            if tail is None or head is None:
                self.problems += [arrow.otherwise] if arrow.otherwise else []
                continue
            before = existing.get(tail)
            has = before is not None and head in before.linked(arrow.kind)
            drawn_before = any((link.kind, link.to) == (arrow.kind, head) for link in drawn.get(tail, ()))
            if has or drawn_before or not (self.update or before is None or head not in existing):
                continue
            leads = arrow.primary and not (before is not None and any(link.primary for link in before.links))
            drawn.setdefault(tail, []).append(Link(kind=arrow.kind, to=head, primary=leads))
        return drawn

    def _entry(self, draft: Draft, found: Record | None, number: str, links: tuple[Link, ...]) -> Entry:
        document: dict[str, Any] = renumbered(draft.record.document(), self.in_file[draft.path])
        record = type(draft.record).model_validate({**document, "id": number})
        if found is None:
            return Entry(draft, "new", record.evolve(links=(*record.links, *links)))
        fields = () if type(found) is not type(record) or draft.shared else _differing(draft, record, found)
        record = record.evolve(links=links)
        if frozen := self._frozen(draft, found, record, fields):
            fields = tuple(name for name in fields if name not in frozen)
        if links or (fields and self.update):
            return Entry(draft, "changed", record, found, fields)
        return Entry(draft, "differs" if fields else "there", record, found, fields)

    def _frozen(self, draft: Draft, found: Record, record: Record, fields: tuple[str, ...]) -> tuple[str, ...]:
        """The fields that an update would rewrite in hindsight, which are left as they are, and said."""
        if not (self.update and fields):
            return ()
        frozen = rewritten(found, found.evolve(**{name: getattr(record, name) for name in fields}))
        if frozen:
            stays = "stays as it was" if len(frozen) == 1 else "stay as they were"
            message = f"{found.id} was decided: {_listed(list(frozen))} {stays} said then."
            self.problems.append(Problem(draft.path, draft.line, message))
        return frozen

    def _change(self, entry: Entry) -> Change | None:
        if entry.found is None:
            return Change(None, entry.record)
        if entry.fate != "changed":
            return None
        values = {name: getattr(entry.record, name) for name in entry.fields} if self.update else {}
        return _linked(entry.found, entry.record.links, **values)


def _told_apart(drafts: Iterable[Draft]) -> tuple[list[Draft], dict[str, str]]:
    """The drafts, no two with one source, and the sources of shared ones whose namesake came first → that one's source."""
    told: list[Draft] = []
    aliases: dict[str, str] = {}
    shared: dict[tuple[type[Record], str], str] = {}
    given = list(drafts)
    for draft, source in zip(given, apart(draft.source for draft in given), strict=True):
        if draft.shared:
            first = shared.setdefault((type(draft.record), draft.record.label), draft.source)
            if first != draft.source or source != draft.source:
                aliases[draft.source] = first
                continue
        told.append(draft if source == draft.source else replace(draft, record=draft.record.evolve(source=source)))
    return told, aliases


def _linked(record: Record, links: Iterable[Link], **values: Any) -> Change:
    return Change(record, record.evolve(**values, links=(*record.links, *links)))


def _birth(record: Record) -> str:
    """What tells a record from every other without a source: its id and the moment it was captured; "" before that."""
    return f"{record.id} {record.created}" if record.id and record.created else ""


def _differing(draft: Draft, record: Record, found: Record) -> tuple[str, ...]:
    """The fields that the file fills and the workspace holds differently."""
    filled = draft.record.model_fields_set - STAMPS - {"id", "source", "links"}
    here, there = record.document(), found.document()
    return tuple(sorted(name for name in filled if not same(here.get(name), there.get(name))))


def _line(entry: Entry, titles: dict[str, str]) -> str:
    """One record of the plan on one line."""
    record = entry.record
    parts = [f"{record.noun} {record.standing}".strip(), f"“{quoted(record.label, 70)}”"]
    parts += [f"{link.kind} {_target(link.to, titles)}" for link in record.links]
    if entry.fate == "new" and entry.draft.in_body:
        parts.append(f"in its body: {', '.join(quoted(name) for name in entry.draft.in_body)}")
    if entry.fields:
        parts.append(f"{entry.fate}: {', '.join(entry.fields)}")
    return f"{'new' if entry.fate == 'new' else record.id}  {'  '.join(parts)}"


def _target(record_id: str, titles: dict[str, str]) -> str:
    shown = f"“{quoted(titles[record_id])}”" if record_id in titles else record_id
    return shown if "+" in record_id else f"{record_id} {shown}" if record_id in titles else record_id


def _noun(kind: type[Record], count: int) -> str:
    return kind.noun if count == 1 else f"{kind.noun}s"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""
