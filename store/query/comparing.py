"""How the filter language compares the values of a trait, by their sort."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from store import derived
from store.dates import NotADate, later, parse_span, read_date
from store.days import day_of, first_stamp
from store.keys import chosen, record_id
from store.model import BY_LETTER, Record
from store.parts import HORIZONS
from store.query.folding import fold
from store.query.traits import Trait

Predicate = Callable[[Record], bool]


def never(record: Record) -> bool:
    """What no record passes; recognised by identity."""
    return False


def always(record: Record) -> bool:
    """What every record passes; recognised by identity."""
    return True


class Given(NamedTuple):
    """What a filter is read against: the day it is, who ``@me`` is, and the time zone in which days are counted."""

    today: date
    me: str
    zone: str = ""


class Asked(NamedTuple):
    """What a term asks of a trait."""

    operator: str
    values: tuple[str, ...]
    given: Given


class NoSuchChoice(ValueError):
    """The value is none of the choices, which are the argument."""


def any_of(tests: Iterable[Predicate]) -> Predicate:
    """What passes any of the tests."""
    kept = [test for test in tests if test is not never]
    if always in kept:
        return always
    if not kept:
        return never
    return kept[0] if len(kept) == 1 else lambda record: any(test(record) for test in kept)


def only_equal(asked: Asked) -> None:
    """Raise ``ValueError`` where another operator than ``:`` or ``=`` is asked."""
    if asked.operator not in (":", "="):
        raise ValueError("it can be compared with : and = only")


def _single(asked: Asked) -> str:
    if len(asked.values) > 1 and asked.operator not in (":", "="):
        raise ValueError(f"{asked.operator} takes one value")
    return asked.values[0]


def _text(trait: Trait, asked: Asked) -> Predicate:
    only_equal(asked)
    get, wanted = trait.get, [fold(value) for value in asked.values]
    if asked.operator == "=":
        return lambda record: fold(get(record)) in wanted
    if len(wanted) == 1:
        only = wanted[0]
        return lambda record: only in fold(get(record))
    return lambda record: any(one in fold(get(record)) for one in wanted)


def _list(trait: Trait, asked: Asked) -> Predicate:
    only_equal(asked)
    get, wanted = trait.get, [fold(value) for value in asked.values]
    if asked.operator == "=":
        return lambda record: any(fold(item) in wanted for item in get(record))
    return lambda record: any(one in fold(item) for item in get(record) for one in wanted)


def _named(trait: Trait, asked: Asked) -> Predicate:
    only_equal(asked)
    get, wanted = trait.get, {fold(value.removeprefix("+")) for value in asked.values}
    return lambda record: not wanted.isdisjoint(map(fold, get(record)))


def _people(asked: Asked) -> set[str]:
    """The folded names asked for; nobody for ``me`` where that is unknown."""
    only_equal(asked)
    names = (value.removeprefix("@") for value in asked.values)
    return {fold(asked.given.me if name == "me" else name) for name in names} - {""}


def _person(trait: Trait, asked: Asked) -> Predicate:
    get, wanted = trait.get, _people(asked)

    def holds(record: Record) -> bool:
        held = get(record)
        return fold(held) in wanted if isinstance(held, str) else any(fold(one) in wanted for one in held)

    return holds


def _who(trait: Trait, asked: Asked) -> Predicate:
    get, wanted = trait.get, _people(asked)
    return lambda record: not wanted.isdisjoint(get(record))


def _choice(trait: Trait, asked: Asked) -> Predicate:
    order: tuple[str, ...] = HORIZONS if trait.choices[-1] in HORIZONS else trait.choices
    if order is not HORIZONS and trait.choices[0] != "A":
        only_equal(asked)
    found = [choice for value in asked.values for choice in _chosen(value, trait.choices, order, asked.operator)]
    if not found:
        raise NoSuchChoice(trait.choices)
    if asked.operator in (":", "="):
        return _within(trait.get, frozenset(found) & set(trait.choices))
    _single(asked)
    if len(found) > 1:
        raise ValueError(f"{asked.operator} takes one of {', '.join(order)}")
    return _within(trait.get, frozenset(order[slice(*_span(order.index(found[0]), asked.operator, len(order)))]))


def _chosen(value: str, choices: tuple[str, ...], order: tuple[str, ...], operator: str) -> list[str]:
    """The choices a value means; among all horizons, also for a kind that takes only some of them."""
    known = dict.fromkeys((*choices, *order))
    return [one for one in known if one.lower() == value.lower()] if operator == "=" else chosen(value, known)


def _within(get: Callable[[Record], Any], allowed: frozenset[str]) -> Predicate:
    return (lambda record: get(record) in allowed) if allowed else never


def _span(place: int, operator: str, count: int) -> tuple[int, int]:
    return {"<": (0, place), "<=": (0, place + 1), ">": (place + 1, count), ">=": (place, count)}[operator]


COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": lambda held, asked: held < asked,
    "<=": lambda held, asked: held <= asked,
    ">": lambda held, asked: held > asked,
    ">=": lambda held, asked: held >= asked,
}


def _number(trait: Trait, asked: Asked) -> Predicate:
    get, wanted = trait.get, [_amount(value) for value in asked.values]
    if asked.operator in (":", "="):
        return lambda record: get(record) in wanted
    _single(asked)
    compare, limit = COMPARE[asked.operator], wanted[0]
    return lambda record: (held := get(record)) is not None and compare(held, limit)


def _amount(text: str) -> float:
    try:
        number = float(text.removesuffix("%").replace("−", "-"))
    except ValueError:
        number = float("nan")
    if number != number:
        raise ValueError("it takes a number")
    return number


def _days(asked: Asked, today: date) -> list[tuple[date, date]]:
    """The first and the last day of each stretch of days asked for."""
    spans = []
    for value in asked.values:
        span = parse_span(value, today)
        if span is None:
            raise ValueError(_not_a_day(value, today))
        spans.append(span)
    _single(asked)
    first, last = spans[0]
    one = timedelta(days=1)
    match asked.operator:
        case "<":
            return [(date.min, first - one)] if first > date.min else []
        case "<=":
            return [(date.min, last)]
        case ">":
            return [(last + one, date.max)] if last < date.max else []
        case ">=":
            return [(first, date.max)]
    return spans


def _not_a_day(value: str, today: date) -> str:
    try:
        read_date(value, today)
    except NotADate as error:
        return f"{error.reason}; days are today, fri, eom, +6w, 2026-11 or 2026-12-01"
    raise AssertionError(value)


def _day(trait: Trait, asked: Asked) -> Predicate:
    spans = _days(asked, asked.given.today)
    within = any_of([_between(trait.quick or trait.get, first, last) for first, last in spans])
    get = trait.get
    return (lambda record: within(record) and get(record) is not None) if trait.quick else within


def _between(get: Callable[[Record], Any], first: date, last: date) -> Predicate:
    return lambda record: (held := get(record)) is not None and first <= held <= last


OWN_LENGTH = len("2026-11-22T08:30:00.000Z")
NO_END = "~"
"""What all stamps are less than as text."""


def _stamp(trait: Trait, asked: Asked) -> Predicate:
    """Timestamps compare as the day it was, in the zone of the workspace."""
    zone = asked.given.zone
    return any_of(_stamped(trait.get, zone, first, last) for first, last in _days(asked, asked.given.today))


def _stamped(get: Callable[[Record], str], zone: str, first: date, last: date) -> Predicate:
    """Whether a stamp is of some days of a zone: our own ones compare as text, a tenth of what it takes to read them."""
    begin = first_stamp(zone, first)
    end = (last < date.max and first_stamp(zone, last + timedelta(days=1))) or NO_END

    def holds(record: Record) -> bool:
        stamp = get(record)
        if len(stamp) == OWN_LENGTH and stamp[-1] == "Z":
            return begin <= stamp < end
        return (day := day_of(zone, stamp)) is not None and first <= day <= last

    return holds


def _age(trait: Trait, asked: Asked) -> Predicate:
    """``age>3w``: since it was placed or captured, more days than the last three weeks had."""
    today, zone = asked.given.today, asked.given.zone
    if asked.operator in (":", "="):
        raise ValueError("it can be compared with < <= > >= only")
    limit = _length(_single(asked), today)
    compare = COMPARE[asked.operator]
    return lambda record: (days := derived.age_days(record, today, zone)) is not None and compare(days, limit)


def _length(text: str, today: date) -> int:
    """A length of time in days: ``3w``, ``2m``, ``10``."""
    digits, unit = (text[:-1], text[-1].lower()) if text[-1:].isalpha() else (text, "d")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7 and unit in "dwmqy"):
        raise ValueError("it takes a length of time such as 10d, 3w, 2m or 1y")
    return (today - later(today, -int(digits), unit)).days


def _flag(trait: Trait, asked: Asked) -> Predicate:
    only_equal(asked)
    get, wanted = trait.get, {_truth(value) for value in asked.values}
    return lambda record: get(record) in wanted


def _truth(text: str) -> bool:
    word = text.lower()
    if word in ("yes", "y", "true", "no", "n", "false"):
        return word in ("yes", "y", "true")
    raise ValueError("it is yes or no")


def _ids(trait: Trait, asked: Asked) -> Predicate:
    """Ids, whole; a bare number means the record of that number, whatever its kind."""
    only_equal(asked)
    get, wanted = trait.get, {one for value in asked.values for one in _meant(value)}

    def holds(record: Record) -> bool:
        held = get(record)
        return held in wanted if isinstance(held, str) else bool(held) and not wanted.isdisjoint(held)

    return holds


def _meant(value: str) -> list[str]:
    if value.isascii() and value.isdigit() and len(value) < 16:
        return [letter + str(int(value)) for letter in BY_LETTER]
    return [record_id(value)]


def _part(trait: Trait, asked: Asked) -> Predicate:
    raise ValueError("it has parts of its own: ask has: or no:, or search its text")


MATCHERS: Mapping[str, Callable[[Trait, Asked], Predicate]] = {
    "text": _text, "list": _list, "names": _named, "people": _person, "who": _who, "choice": _choice,
    "number": _number, "date": _day, "stamp": _stamp, "age": _age, "flag": _flag, "ids": _ids, "part": _part,
}  # fmt: skip
"""Sort of a trait → what makes the test of a record; raises ``ValueError`` with the reason where it cannot be asked so."""
