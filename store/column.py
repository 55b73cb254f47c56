"""What one field holds in thousands of documents: nothing of Python's is done for each of them where that can be helped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cache, partial
from itertools import repeat
from operator import is_
from typing import Any, get_args

from store.declaring import REQUIRED, Doubt, Limit
from store.entity import Value, acceptor, or_none_of, plain_type, words_of
from store.taking import Take

TakeMany = Callable[[Sequence[Any]], Sequence[Any]]
"""Returns values as a field holds them, the same as if it took each by itself.  Raises one of ``DOUBTS``."""


def column(kind: type[Value], name: str, given: Sequence[dict[str, Any]]) -> Sequence[Any]:
    """What one field holds in many instances of a kind, each given these fields; the other fields are not looked at.

    Raises one of ``DOUBTS`` where it is not plainly valid in one of them.
    """
    default = kind.model_fields[name].default
    values = list(map(dict.get, given, repeat(name), repeat(default)))
    if default is not REQUIRED and all(map(is_, values, repeat(default))):  # nobody gave it: so it is with most fields
        return values
    return _taking(kind, name)(values)


@cache
def _taking(kind: type[Value], name: str) -> TakeMany:
    """What takes many values of a field at once."""
    annotation = kind.model_fields[name].annotation
    take, inner = acceptor(annotation), or_none_of(annotation) or annotation
    nothing = set() if inner is annotation else {type(None)}
    limit = next((limit for limit in get_args(inner)[1:] if isinstance(limit, Limit)), None)
    if words := words_of(annotation):
        return partial(_words, frozenset(words))
    if limit is not None and limit.plainly is not None:
        return partial(_plainly, limit.plainly, {str, *nothing}, take)
    if limit is not None and get_args(inner)[0] is int:
        return partial(_numbers, {int, *nothing}, take)
    if inner is date:
        return partial(_each_once, take)
    plain = plain_type(annotation)
    return _texts if plain is str and not nothing else partial(_of_type, plain, take)


def _words(words: frozenset[Any], values: Sequence[Any]) -> Sequence[Any]:
    if words.issuperset(values):
        return values
    raise Doubt


def _texts(values: Sequence[Any]) -> Sequence[Any]:
    "".join(values)  # raises TypeError where one is no text, in a third of the time it takes to look at their types
    return values


def _plainly(
    plainly: Callable[[Collection[str]], bool], types: set[type], take: Take, values: Sequence[Any]
) -> Sequence[Any]:
    """Takes texts that a limit says are plainly within it, and None where that is one of the types."""
    is_plain = types.issuperset(map(type, values)) and plainly({*values} - {None})
    return values if is_plain else list(map(take, values))


def _numbers(types: set[type], take: Take, values: Sequence[Any]) -> Sequence[Any]:
    """Takes whole numbers within limits, which are held as they stand; what is equal to one may be of another type."""
    if not types.issuperset(map(type, values)):
        return list(map(take, values))
    for value in {*values}:
        take(value)
    return values


def _each_once(take: Take, values: Sequence[Any]) -> Sequence[Any]:
    """Takes of values that are equal only one: the same days and percents come again and again."""
    return list(map({value: take(value) for value in {*values}}.__getitem__, values))


def _of_type(plain: type | None, take: Take, values: Sequence[Any]) -> Sequence[Any]:
    return values if {*map(type, values)} <= {plain} else list(map(take, values))
