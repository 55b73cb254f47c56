"""The fields of the filter language: what each name means for each kind, and where its values are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple

from store import derived
from store.fields import fields, value_at
from store.keys import KEYS, LINK_KEYS
from store.model import KINDS, Record, Update
from store.parts import Intent
from store.pointing import targets
from store.query.folding import folded

Kind = type[Record]


class Trait(NamedTuple):
    """A field of one kind: what sort of values it holds (``store.query.comparing``), and where they are."""

    sort: str
    get: Callable[[Record], Any]
    choices: tuple[str, ...] = ()
    quick: Callable[[Record], Any] | None = None
    """A cheaper ``get``, for dates: what it gives is right, but for records of which ``get`` says None."""


SORTS = {
    "text": "text", "long": "text", "choice": "choice", "yes or no": "flag", "number": "number",
    "whole number": "number", "date": "date", "list": "list", "lines": "part", "range": "part", "record": "ids",
}  # fmt: skip
"""Form of a field (``store.fields``) → how the filter language compares it."""
WHOLE_ITEMS = frozenset({"tags", "buckets"})
"""Lists whose items are names: they are compared whole, not by what they contain."""


def _getter(path: str) -> Callable[[Record], Any]:
    return (lambda record: value_at(record, path)) if "." in path else attrgetter(path)


def _own(kind: Kind) -> dict[str, Trait]:
    """The fields of the model, by path."""
    found: dict[str, Trait] = {}
    for field in fields(kind):
        sort = "people" if field.people else "names" if field.path in WHOLE_ITEMS else SORTS[field.form]
        found[field.path] = Trait(sort, _getter(field.path), field.choices)
        whole = field.path.partition(".")[0]
        if whole != field.path:
            found.setdefault(whole, Trait("part", attrgetter(whole)))
    if kind.model_fields.get("intent") is not None and found["intent"].sort == "part":
        found["intent"] = Trait("text", lambda record: _joined(record.intent))  # type: ignore[attr-defined]
    return found


def _joined(intent: Intent) -> str:
    return "\n".join(part for part in (intent.purpose, intent.end_state, intent.bounds) if part)


def _above(record: Record) -> list[str]:
    found = _linked("nests_in", record)
    if isinstance(record, Update) and record.about:
        found.append(record.about)
    return found


def _shared(kind: Kind) -> dict[str, Trait]:
    """What every kind has, whether the model stores it or it follows."""
    drawn = {key: Trait("ids", partial(_linked, link)) for key, link in LINK_KEYS.items()}
    day = KEYS.get(kind.table, {}).get("due", "due")
    due = {"due": Trait("date", derived.due_on, quick=attrgetter(day))} if day in kind.model_fields else {}
    return (
        drawn
        | due
        | {
            "id": Trait("ids", attrgetter("id")),
            "tag": Trait("names", attrgetter("tags")),
            "who": Trait("who", lambda record: folded(record).people),
            "age": Trait("age", lambda record: record.created),
            "created": Trait("stamp", attrgetter("created")),
            "entered": Trait("stamp", attrgetter("entered")),
            "updated": Trait("stamp", attrgetter("updated")),
            "created_by": Trait("people", attrgetter("created_by")),
            "updated_by": Trait("people", attrgetter("updated_by")),
            "archived": Trait("flag", attrgetter("archived")),
            "source": Trait("text", attrgetter("source")),
            "links": Trait("ids", targets),
            "under": Trait("ids", _above),
        }
    )


def _linked(kind: str, record: Record) -> list[str]:
    return [link.to for link in record.links if link.kind == kind]


SPECIAL = ("is", "type", "has", "no")
"""Names that are no field of any kind: ``store.query.asking`` knows what they ask."""


def _names() -> dict[str, dict[Kind, Trait]]:
    found: dict[str, dict[Kind, Trait]] = {name: {} for name in SPECIAL}
    for kind in KINDS:
        own = _own(kind)
        keys = {key: own[path] for key, path in KEYS.get(kind.table, {}).items()}
        for name, trait in (own | keys | _shared(kind)).items():
            found.setdefault(name, {})[kind] = trait
    return found


NAMES: Mapping[str, Mapping[Kind, Trait]] = _names()
"""Name of a field → what it is for each kind that has it."""
