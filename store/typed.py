"""What people type into fields: a text becomes a value, or it is said what the field takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from store.declaring import Invalid
from store.errors import UsageError
from store.fields import Field, Form, field
from store.model import Record
from store.parts import reversed_ends
from store.several import taken_apart


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
