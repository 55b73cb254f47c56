"""What of a record is searched: its text without regard to case, and everybody it names; kept as long as the record is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple
from unicodedata import normalize
from weakref import ref

from store.entity import Value
from store.fields import fields
from store.model import Record

MENTION = re.compile(r"(?<!\w)@([^\W\d_][\w.\-/]*)")


class Folded(NamedTuple):
    """The folded text of a record, and the folded names of everybody in it."""

    text: str
    people: frozenset[str]


def fold(text: str) -> str:
    """Text as it is compared: without regard to case, and to how accents are written."""
    return text.casefold() if text.isascii() else normalize("NFC", text).casefold()


def folded(record: Record) -> Folded:
    """What is searched of a record; made once and forgotten with it."""
    known = _known.get(id(record))
    if known is not None:
        return known[1]
    key = id(record)
    made = _fold(record)
    _known[key] = (ref(record, lambda _: _known.pop(key, None)), made)
    return made


_known: dict[int, tuple[ref[Record], Folded]] = {}
"""By identity, for comparing or hashing a record costs more than folding it; an entry goes before its id can be reused."""


def _fold(record: Record) -> Folded:
    of = _searched(type(record))
    texts = [record.id, *of.texts(record)]
    for items in of.lists(record):
        texts += items
    for name in of.parts & record.model_fields_set:
        texts += _texts(getattr(record, name))
    if record.extra:
        texts += _texts(record.extra)
    text = fold("\n".join(texts))
    people = [record.created_by, *of.persons(record)]
    for items in of.people(record):
        people += items
    folded_people = {fold(person) for person in people if person}
    if "@" in text:
        folded_people.update(name.rstrip("./") for name in MENTION.findall(text))
    return Folded(text, frozenset(folded_people))


Several = Callable[[Record], tuple[Any, ...]]


class _Searched(NamedTuple):
    """Where a kind holds text and people: what gives the values as a tuple; ``parts`` are the names of everything nested."""

    texts: Several
    lists: Several
    parts: frozenset[str]
    persons: Several
    people: Several


@lru_cache(maxsize=16)
def _searched(kind: type[Record]) -> _Searched:
    known = [field for field in fields(kind) if "." not in field.path and field.path != "links"]
    texts = [field for field in known if field.form in ("text", "long")]
    lists = [field for field in known if field.form == "list"]
    simple = {field.path for field in known if field.form != "lines"} | set(Record.model_fields)
    return _Searched(
        _tuple_of(["source", *(field.path for field in texts)]),
        _tuple_of([field.path for field in lists]),
        frozenset(kind.model_fields.keys() - simple),
        _tuple_of([field.path for field in texts if field.people]),
        _tuple_of([field.path for field in lists if field.people]),
    )


def _tuple_of(names: list[str]) -> Several:
    """What gives the values of the fields of a record as a tuple, however many."""
    if len(names) > 1:
        return attrgetter(*names)
    return (lambda record: (getattr(record, names[0]),)) if names else lambda record: ()


def _texts(value: Any) -> Iterator[str]:
    """Every text within a value."""
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield str(name)
            yield from _texts(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, Value):
        for part in value.__dict__.values():
            yield from _texts(part)
