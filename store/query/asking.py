"""What a term asks of the records of each kind, and whether it can be asked at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from store import derived
from store.entity import Value
from store.keys import chosen
from store.model import BY_NOUN, KINDS, Record, Update
from store.query.comparing import MATCHERS, Asked, Given, NoSuchChoice, Predicate, always, any_of, never, only_equal
from store.query.traits import NAMES, SPECIAL, Kind, Trait
from store.settings import PLURALS

IS: Mapping[str, Callable[[Given], Predicate]] = {
    "open": lambda given: lambda record: record.is_open,
    "closed": lambda given: lambda record: bool(record.states) and record.standing not in record.open_states,
    "archived": lambda given: lambda record: record.archived,
    "overdue": lambda given: lambda record: derived.is_overdue(record, given.today),
    "inbox": lambda given: lambda record: isinstance(record, Update) and record.about is None,
}
"""What can be said of a record with ``is:``."""


def _is(kind: Kind, asked: Asked) -> Predicate:
    only_equal(asked)
    tests = []
    for value in asked.values:
        found = chosen(value, IS)
        if not found:
            raise ValueError(f"it is one of {', '.join(IS)}")
        tests += [IS[one](asked.given) for one in found]
    return any_of(tests)


def _type(kind: Kind, asked: Asked) -> Predicate:
    only_equal(asked)
    return always if kind.noun in [noun for value in asked.values for noun in _nouns(value)] else never


def _nouns(word: str) -> list[str]:
    """The kinds a word may mean: by letter, name, plural, or the beginning of either."""
    found = chosen(word, NOUNS)
    if not found:
        raise ValueError(f"it is one of {', '.join(BY_NOUN)}")
    return [NOUNS[one] for one in found]


NOUNS: Mapping[str, str] = {
    **{kind.letter.lower(): noun for noun, kind in BY_NOUN.items()},
    **{noun: noun for noun in BY_NOUN},
    **{plural: noun for noun, plural in PLURALS.items()},
    "note": "update",
    "notes": "update",
    "checkin": "check-in",
    "checkins": "check-in",
}
"""What a kind may be called → its name."""


def _filled(kind: Kind, asked: Asked) -> Predicate:
    """Any of the fields is filled; a kind without them has none."""
    return any_of([partial(_is_filled, trait.get) for trait in _asked_for(kind, asked)])


def _unfilled(kind: Kind, asked: Asked) -> Predicate:
    """Any of the fields is empty; a kind that cannot have it does not lack it."""
    return any_of([partial(_is_empty, trait.get) for trait in _asked_for(kind, asked)])


def _asked_for(kind: Kind, asked: Asked) -> list[Trait]:
    only_equal(asked)
    names = [value.lower().replace("-", "_") for value in asked.values]
    unknown = next((name for name in names if name in SPECIAL or name not in NAMES), None)
    if unknown is not None:
        raise ValueError(f"there is no field {unknown}")
    return [NAMES[name][kind] for name in names if kind in NAMES[name]]


def _is_filled(get: Callable[[Record], Any], record: Record) -> bool:
    value = get(record)
    if value is None or isinstance(value, str | tuple | list | frozenset | Mapping):
        return bool(value)
    return not isinstance(value, Value) or any(part not in (None, "", ()) for part in value.__dict__.values())


def _is_empty(get: Callable[[Record], Any], record: Record) -> bool:
    return not _is_filled(get, record)


WORDS: Mapping[str, Callable[[Kind, Asked], Predicate]] = {"is": _is, "type": _type, "has": _filled, "no": _unfilled}


ANY_DAY = Given(date(2000, 1, 1), "me")


def test_of(kind: Kind, field: str, operator: str, values: tuple[str, ...], given: Given) -> Predicate:
    """What a term asks of a record of that kind; ``never`` for one without the field.  Raises ``ValueError``."""
    asked = Asked(operator, values, given)
    if field in WORDS:
        return WORDS[field](kind, asked)
    trait = NAMES[field].get(kind)
    return never if trait is None else MATCHERS[trait.sort](trait, asked)


def verify(field: str, operator: str, values: tuple[str, ...]) -> None:
    """Raise ``ValueError`` with the end of a sentence where no kind can be asked this, or a value means nothing to any."""
    for value in values if operator in (":", "=") else [",".join(values)]:
        _verify(field, operator, value)


def _verify(field: str, operator: str, value: str) -> None:
    reasons, choices = [], []
    for kind in KINDS if field in WORDS else NAMES[field]:
        try:
            test_of(kind, field, operator, (value,), ANY_DAY)
        except NoSuchChoice as error:
            choices += error.args[0]
        except ValueError as error:
            reasons.append(str(error))
        else:
            return
    if choices:
        from difflib import get_close_matches  # only where something is wrong

        near = get_close_matches(value.lower(), choices, 2)
        known = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(dict.fromkeys(choices))}."
        raise ValueError(known)
    raise ValueError(reasons[0] + ".")
