"""Fields as people read them, for every field of every kind, read off the model; as they type them: ``store.typed``.

A *path* names a field, or a part of one: ``title``, ``intent.purpose``, ``uncertainty.value``.  Forms, ``many set``, the
detail pane and the exports all use these, so a field declared in the model is editable and shown everywhere.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from store.entity import Value
from store.errors import UsageError
from store.keys import KEYS
from store.model import Record
from store.parts import CutCorner, Forecast, Intent, Link, Range, Reading, RecordVerdict, Score, Shown, Uncertainty
from store.quoting import quoted
from store.several import in_one_line, is_plain

HIDDEN = frozenset({"id", "created", "created_by", "entered", "updated", "updated_by", "archived", "answers", "source"})
"""Fields nobody types in a form: the workspace writes them, or a screen of their own does."""

Form = Literal["text", "long", "choice", "yes or no", "number", "whole number", "date", "list", "lines", "range", "record"]


class Field(NamedTuple):
    """One line of a form: where it stands in the record, what it is called and what it takes."""

    path: str
    form: Form
    description: str
    choices: tuple[str, ...] = ()
    people: bool = False
    required: bool = False
    hint: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """What people read before the field: its name, else its path in words."""
        return self.name or self.path.replace("_", " ").replace(".", ": ")


NAMED = 6
"""Fields that are named where a typed one is none: a kind has up to fifty."""


@lru_cache(maxsize=16)
def fields(kind: type[Record]) -> tuple[Field, ...]:
    """The fields people can type for a kind, in the order of the model, its own first, then those every record has."""
    common = set(Record.model_fields)
    own = [name for name in kind.model_fields if name not in common]
    shared = [name for name in kind.model_fields if name in common]
    return tuple(field for name in [*own, *shared] if name not in HIDDEN for field in _of(kind, name))


def field(kind: type[Record], path: str) -> Field:
    """The field of that path, or of the key that captures it; hyphens and spaces may stand for underscores.

    What people call ``from`` and ``to`` goes by another name, as Python keeps ``from`` for itself.

    Raises ``UsageError`` naming near matches.
    """
    wanted = path.strip().lower().replace("-", "_").replace(" ", "_")
    known = {one.path: one for one in fields(kind)}
    found = known.get(wanted) or known.get(KEYS.get(kind.table, {}).get(wanted, "")) or known.get(f"{wanted}_value")
    if found is not None:
        return found
    from difflib import get_close_matches

    near, some = get_close_matches(wanted, known, 3), ", ".join(list(known)[:NAMED])
    others = f" It has {some} and {len(known) - NAMED} more.\nmany help set lists them all."
    raise UsageError(
        f"A {kind.noun} has no field “{quoted(path, 60)}”." + (f" Did you mean {' or '.join(near)}?" if near else others)
    )


NESTED: tuple[type[Value], ...] = (Intent, Forecast, Uncertainty)
"""Parts that a form opens up into lines of their own."""


def _of(kind: type[Record], name: str) -> Iterator[Field]:
    info = kind.model_fields[name]
    bare, marks = _bare(info.annotation)
    nested = next((part for part in NESTED if bare is part), None)
    if nested is not None:
        for inner, part in nested.model_fields.items():
            inner_bare, inner_marks = _bare(part.annotation)
            yield _field(f"{name}.{inner}", inner_bare, inner_marks, part.description, required=False)
    else:
        yield _field(name, bare, marks, info.description, required=info.is_required())


def _bare(annotation: Any, marks: tuple[Any, ...] = ()) -> tuple[Any, tuple[Any, ...]]:
    """A type without ``None`` and ``Annotated``, and everything that was annotated to it."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            marks = (*marks, *more)
        elif origin in (Union, types.UnionType):
            annotation = next(part for part in get_args(annotation) if part is not type(None))
        else:
            return annotation, marks


FORMS: Mapping[Any, tuple[Form, str]] = {
    str: ("text", ""),
    bool: ("yes or no", "yes or no"),
    int: ("whole number", "a whole number"),
    float: ("number", "a number"),
    date: ("date", "2026-12-01, fri, eom, +6w"),
    Range: ("range", "low–high from 0 to 10, such as 2-5"),
}
LINES: Mapping[Any, str] = {
    Link: "one a line: nests_in M3",
    CutCorner: "one a line: what was cut @ 2026-12-01",
    Reading: "one a line: 2026-12-01 4.2",
    RecordVerdict: "one a line: B12 keep 70 why",
    Score: "one a line: impact: high because …",
}


def _field(path: str, bare: Any, marks: tuple[Any, ...], description: str, *, required: bool) -> Field:
    shown = next((mark for mark in marks if isinstance(mark, Shown)), Shown())
    if get_origin(bare) is Literal:
        return Field(path, "choice", description, tuple(map(str, get_args(bare))), required=required)
    if get_origin(bare) in (tuple, Mapping) or getattr(get_origin(bare), "__name__", "") == "Mapping":
        inner, inner_marks = _bare(get_args(bare)[0 if get_origin(bare) is tuple else 1])
        people = any(isinstance(mark, Shown) and mark.people for mark in inner_marks)
        if inner is str:
            return Field(path, "list", description, people=people, required=required, hint='commas between; "a, b" is one')
        return Field(path, "lines", description, required=required, hint=LINES[inner])
    if shown.long:
        return Field(path, "long", description, required=required)
    if shown.reference:
        return Field(path, "record", description, required=required, hint="an id such as B12")
    form, hint = FORMS[bare]
    return Field(path, form, description, people=shown.people, required=required, hint=hint)


# ------------------------------------------------------------------------------------------------------- value → text


def value_at(record: Value, path: str) -> Any:
    """The value a path leads to; None where a part on the way is absent."""
    found: Any = record
    for name in path.split("."):
        if found is None:
            return None
        found = getattr(found, name)
    return found


def shown(value: Any) -> str:
    """A value as people read and type it; "" for an absent one."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {shown(part)}" for name, part in value.items())
    if isinstance(value, tuple):
        return in_one_line(value) if all(isinstance(part, str) for part in value) else "\n".join(map(shown, value))
    return PARTS[type(value)](value) if type(value) in PARTS else str(value)


def _link(link: Link) -> str:
    return f"{link.kind} {link.to}" + (" primary" if link.primary else "")


def _corner(corner: CutCorner) -> str:
    return corner.text + (f" @ {corner.revisit_on}" if corner.revisit_on else "")


def _verdict(verdict: RecordVerdict) -> str:
    confidence = "" if verdict.confidence is None else f" {verdict.confidence}"
    return f"{verdict.record} {verdict.verdict}{confidence} {verdict.note}".rstrip()


PARTS: Mapping[type, Callable[[Any], str]] = {
    Link: _link,
    CutCorner: _corner,
    Reading: lambda reading: f"{reading.on} {reading.value:g}",
    RecordVerdict: _verdict,
    Score: lambda score: score.level + (f" because {score.why}" if score.why else ""),
    Range: lambda range_: f"{range_.low:g}" if range_.low == range_.high else f"{range_.low:g}-{range_.high:g}",
}


def text_of(record: Record, path: str) -> str:
    """What a form shows in a field before anything is typed."""
    return shown(value_at(record, path))


def told(record: Record, one: Field) -> str:
    """A field as it is read: people with their @, texts that hold commas one a line, all else as it is typed."""
    value = value_at(record, one.path)
    if isinstance(value, tuple) and value and all(isinstance(part, str) for part in value):
        if one.people:
            return " ".join(f"@{person}" for person in value)
        return ", ".join(value) if all(map(is_plain, value)) else "\n".join(value)
    text = shown(value)
    return f"@{text}" if one.people and text else text
