"""What takes single values as a field holds them, as long as they are plainly of its type."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from store.declaring import Doubt, Limit

Take = Callable[[Any], Any]
"""Returns a value as a field holds it.  Raises one of ``DOUBTS``."""
DOUBTS = (Doubt, LookupError, TypeError)
"""What says that a value is not plainly valid; words are looked up in tables, where others are missing."""
NUMBERS = 256
"""Numbers within limits kept once they were looked at, of each limit: most are percents."""
DAYS = 4096
"""Days kept as dates once they were read: the records of a workspace name the same ones again and again."""


def doubtful(value: Any) -> Any:
    """Takes nothing: what a field of a type holds that is not told here, pydantic judges."""
    raise Doubt


def _exactly(kind: type, value: Any) -> Any:
    if type(value) is kind:
        return value
    raise Doubt


def _float(value: Any) -> float:
    if type(value) is float and value - value == 0:  # neither infinite nor NaN
        return value
    if type(value) is int and abs(value) < 2**53:
        return float(value)
    raise Doubt


@lru_cache(maxsize=DAYS)
def _date(value: Any) -> date:
    if type(value) is date:
        return value
    if type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Doubt from None
    raise Doubt


@lru_cache(maxsize=DAYS)
def date_or_none(value: Any) -> date | None:
    """Takes days, and None."""
    return None if value is None else _date(value)


SIMPLE: Mapping[Any, Take] = {
    str: partial(_exactly, str),
    bool: partial(_exactly, bool),
    int: partial(_exactly, int),
    float: _float,
    date: _date,
    Any: lambda value: value,
}


def within(take: Take, limit: Limit) -> Take:
    """What takes the values that another takes and a limit lets pass."""
    if limit.pattern is not None and (limit.ge, limit.le) == (None, None):
        return _matching(limit.pattern, limit.plainly)
    return lru_cache(maxsize=NUMBERS, typed=True)(partial(_limited, take, limit))


def _matching(pattern: str, plainly: Callable[[Collection[str]], bool] | None) -> Take:
    """What takes the texts in which a pattern is found; it is read when the first one comes."""
    find: Callable[[str], object] | None = None

    def take(value: Any) -> str:
        nonlocal find
        if plainly is not None and type(value) is str and plainly((value,)):
            return value
        if find is None:
            import re

            find = re.compile(pattern).search
        if type(value) is str and find(value):
            return value
        raise Doubt

    return take


def _limited(take: Take, limit: Limit, value: Any) -> Any:
    taken = take(value)
    if limit.holds(taken):
        return taken
    raise Doubt


def or_none(take: Take, value: Any) -> Any:
    """Takes None, and what another takes."""
    return None if value is None else take(value)


def each(take: Take, value: Any) -> tuple[Any, ...]:
    """Takes lists of what another takes."""
    if type(value) is list or type(value) is tuple:
        return tuple(map(take, value))
    raise Doubt


def all_of(kinds: set[type], value: Any) -> tuple[Any, ...]:
    """Takes lists of what is of these types, as it stands."""
    if (type(value) is list or type(value) is tuple) and kinds.issuperset(map(type, value)):
        return tuple(value)
    raise Doubt


def row(takes: tuple[Take, ...], value: Any) -> tuple[Any, ...]:
    """Takes lists of just so many, each place by its own."""
    if (type(value) is list or type(value) is tuple) and len(value) == len(takes):
        return tuple(take(one) for take, one in zip(takes, value, strict=True))
    raise Doubt


def by_name(take: Take, value: Any) -> dict[str, Any]:
    """Takes mappings from texts to what another takes."""
    if type(value) is dict and all(type(name) is str for name in value):
        return {name: take(part) for name, part in value.items()}
    raise Doubt
