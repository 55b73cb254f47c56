"""Fields as people type and read them: text ↔ value for every field of every kind, read off the model.

A *path* names a field, or a part of one: ``title``, ``intent.purpose``, ``uncertainty.value``.  Forms, ``many set``, the
detail pane and the exports all use these, so a field declared in the model is editable and shown everywhere.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from store.declaring import Invalid
from store.entity import Value
from store.errors import UsageError
from store.keys import KEYS
from store.model import (
    CutCorner,
    Forecast,
    Intent,
    Link,
    Range,
    Reading,
    Record,
    RecordVerdict,
    Score,
    Shown,
    Uncertainty,
    reversed_ends,
)
from store.quoting import quoted
from store.several import in_one_line, is_plain, taken_apart

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

    Raises ``UsageError`` naming near matches.
    """
    wanted = path.strip().lower().replace("-", "_").replace(" ", "_")
    known = {one.path: one for one in fields(kind)}
    found = known.get(wanted) or known.get(KEYS.get(kind.table, {}).get(wanted, ""))
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


# ------------------------------------------------------------------------------------------------------- text → value


def changed(record: Record, texts: Mapping[str, str], today: date) -> Record:
    """The record with what people typed put into its fields; empty text clears one.

    Raises ``UsageError`` that names the field and what it takes; the texts are the caller's to keep.
    """
    changes: dict[str, Any] = {}
    for path, text in texts.items():
        name, _, inner = path.partition(".")
        value = parsed(type(record), path, text, today)
        if inner:
            part = changes.get(name, getattr(record, name))
            held = part if isinstance(part, dict) else part.model_dump(exclude_defaults=True) if part is not None else {}
            changes[name] = {key: part for key, part in {**held, inner: value}.items() if part is not None}
        else:
            changes[name] = value
    for name, part in changes.items():
        if part == {}:
            changes[name] = type(record).model_fields[name].get_default()
    try:
        after = record.evolve(**changes)
    except Invalid as error:
        raise UsageError(_complaint(type(record), error)) from None
    if not ENDS.isdisjoint(texts) and (wrong := mistaken(after)):
        raise UsageError(f"{wrong}. Nothing was changed.")
    return after


ENDS = frozenset({"forecast.low", "forecast.high"})
"""Fields of which one says something about the other."""


def mistaken(record: Record) -> str:
    """What nobody can have meant in a record that was typed or brought in; "" for nothing.

    What was stored before is read all the same: a range that is the wrong way round is still that range.
    """
    forecast = getattr(record, "forecast", None)
    if forecast is None or None in (forecast.low, forecast.high):
        return ""
    wrong = reversed_ends(forecast.low, forecast.high)
    return f"forecast: {wrong}" if wrong else ""


def _complaint(kind: type[Record], error: Invalid) -> str:
    from store.mistakes import said  # few make any

    problem = error.errors()[0]
    where = ".".join(str(part) for part in problem["loc"][:2] if not isinstance(part, int))
    return f"{where.replace('_', ' ') or kind.noun}: {said(problem)}. Nothing was changed."


def parsed(kind: type[Record], path: str, text: str, today: date) -> Any:
    """The value a text stands for in a field; an empty one gives the field's default.  Raises ``UsageError``."""
    one = field(kind, path)
    name, _, inner = path.partition(".")
    if not text.strip():
        if one.required:
            raise UsageError(f"{one.label} cannot be empty. Nothing was changed.")
        return None if inner else kind.model_fields[name].get_default()
    return READERS[one.form](one, text, today)


def _choice(one: Field, text: str, today: date) -> str:
    typed = text.strip().lower()
    found = [choice for choice in one.choices if choice.lower() == typed]
    found = found or [choice for choice in one.choices if choice.lower().startswith(typed)]
    if len(found) != 1:
        raise UsageError(f"{one.label} cannot be {text.strip()!r}. It is one of {', '.join(one.choices)}.")
    return found[0]


def _yes_or_no(one: Field, text: str, today: date) -> bool:
    typed = text.strip().lower()
    if typed in ("y", "yes", "true", "1"):
        return True
    if typed in ("n", "no", "false", "0"):
        return False
    raise UsageError(f"{one.label} cannot be {text.strip()!r}. It is yes or no.")


def _number(one: Field, text: str, today: date) -> float:
    try:
        return float(text.strip().rstrip("%").strip().replace("−", "-"))
    except ValueError:
        raise UsageError(f"{one.label} cannot be {text.strip()!r}. It takes a number.") from None


def _whole_number(one: Field, text: str, today: date) -> int:
    number = _number(one, text, today)
    if number != number or number in (float("inf"), float("-inf")) or number != int(number):
        raise UsageError(f"{one.label} cannot be {text.strip()!r}. It takes a whole number.")
    return int(number)


def _date(one: Field, text: str, today: date) -> date:
    from store.dates import read_date

    return read_date(text.strip(), today)


def _list(one: Field, text: str, today: date) -> tuple[str, ...]:
    texts = taken_apart(text)
    return tuple(dict.fromkeys(part.lstrip("@") for part in texts)) if one.people else texts


def _range(one: Field, text: str, today: date) -> dict[str, float]:
    low, dash, high = text.strip().replace("–", "-").partition("-")
    first = _number(one, low, today)
    last = _number(one, high, today) if dash else first
    if wrong := reversed_ends(first, last):
        raise UsageError(f"{one.path}: {wrong}. Nothing was changed.")
    return {"low": first, "high": last}


def _record(one: Field, text: str, today: date) -> str:
    typed = text.strip().upper()
    if not (typed[:1].isalpha() and typed[1:].isdigit()):
        raise UsageError(f"{one.label} cannot be {text.strip()!r}. It takes an id such as B12.")
    return typed


def _text(one: Field, text: str, today: date) -> str:
    line = " ".join(filter(None, map(str.strip, text.splitlines())))  # one line: what came in several is not lost
    return line.lstrip("@") if one.people else line


def _lines(one: Field, text: str, today: date) -> Any:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return LINE_READERS[one.path](one, lines, today)


def _read_links(one: Field, lines: list[str], today: date) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines:
        kind, _, rest = line.partition(" ")
        to, _, primary = rest.strip().partition(" ")
        link = found.setdefault(
            (kind.replace("-", "_"), to.upper()), {"kind": kind.replace("-", "_"), "to": to.upper(), "primary": False}
        )
        link["primary"] = link["primary"] or primary.strip() == "primary"
    return list(found.values())


def _read_corners(one: Field, lines: list[str], today: date) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for line in lines:
        text, at, day = line.rpartition(" @ ")
        found.append({"text": text, "revisit_on": _date(one, day, today)} if at else {"text": line})
    return found


def _read_readings(one: Field, lines: list[str], today: date) -> list[dict[str, Any]]:
    pairs = [line.partition(" ") for line in lines]
    return [{"on": _date(one, day, today), "value": _number(one, value, today)} for day, _, value in pairs]


def _read_verdicts(one: Field, lines: list[str], today: date) -> list[dict[str, Any]]:
    found = []
    for line in lines:
        record, verdict, *rest = [*line.split(" ", 3), ""][:4] if " " in line else [line, "", ""]
        confidence = rest[0] if rest and rest[0].isdigit() else None
        note = " ".join(rest[1:] if confidence else rest).strip()
        found.append({"record": record.upper(), "verdict": verdict, "confidence": confidence, "note": note})
    return found


def _read_scores(one: Field, lines: list[str], today: date) -> dict[str, dict[str, str]]:
    found = {}
    for line in lines:
        criterion, _, rest = line.partition(":")
        level, _, why = rest.strip().partition(" ")
        found[criterion.strip()] = {"level": level, "why": why.removeprefix("because ").strip()}
    return found


Reader = Callable[[Field, str, date], Any]
READERS: Mapping[Form, Reader] = {
    "text": _text,
    "long": lambda one, text, today: text.strip("\n"),
    "choice": _choice,
    "yes or no": _yes_or_no,
    "number": _number,
    "whole number": _whole_number,
    "date": _date,
    "list": _list,
    "lines": _lines,
    "range": _range,
    "record": _record,
}
LINE_READERS: Mapping[str, Callable[[Field, list[str], date], Any]] = {
    "links": _read_links,
    "cut_corners": _read_corners,
    "readings": _read_readings,
    "verdicts": _read_verdicts,
    "scores": _read_scores,
}
