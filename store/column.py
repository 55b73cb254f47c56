"""What one field holds in thousands of documents: nothing of Python's is done for each of them where that can be helped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cache, partial
from itertools import accumulate, chain, repeat
from operator import is_
from typing import Any, get_args

from store.annotation import or_none_of, plain_type, words_of
from store.declaring import REQUIRED, Doubt, Limit
from store.entity import Value, acceptor
from store.taking import Take

TakeMany = Callable[[Sequence[Any]], Sequence[Any]]
"""Returns values as a field holds them, the same as if it took each by itself.  Raises one of ``DOUBTS``."""


def column(kind: type[Value], path: str, given: Sequence[dict[str, Any]]) -> Sequence[Any]:
    """What one field holds in many instances of a kind, each given these fields; the other fields are not looked at.

    Of a field that holds several parts, ``links.to`` is what one field of each part holds.  Raises one of ``DOUBTS`` where
    it is not plainly valid in one of them.
    """
    name, _, inner = path.partition(".")
    default = kind.model_fields[name].default
    values = list(map(dict.get, given, repeat(name), repeat(default)))
    if default is not REQUIRED and all(map(is_, values, repeat(default))):  # nobody gave it: so it is with most fields
        return values
    if inner:
        return _of_parts(get_args(kind.model_fields[name].annotation)[0], inner, values)
    return _taking(kind, name)(values)


def held(value: Value, path: str) -> Any:
    """What an instance holds where ``column`` reads it in documents; None where its kind has no such field."""
    name, _, inner = path.partition(".")
    found = getattr(value, name, None)
    return tuple(getattr(part, inner) for part in found or ()) if inner else found


def _of_parts(part: type[Value], name: str, values: Sequence[Any]) -> Sequence[Any]:
    """What a field of each part holds, of lists of parts; the others are looked at too, for a list is taken whole."""
    if part.problem is not Value.problem or not {list, tuple}.issuperset(map(type, values)):
        raise Doubt
    parts = list(chain.from_iterable(values))
    if not {dict}.issuperset(map(type, parts)):
        raise Doubt
    columns = {field: column(part, field, parts) for field in part.model_fields}
    wanted = columns[name]
    if len(parts) == len(values) and all(values):  # one part each: so it is with most records
        return list(zip(wanted, strict=True))
    ends = list(accumulate(map(len, values)))
    return list(map(tuple(wanted).__getitem__, map(slice, chain((0,), ends), ends)))


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
    if words >= {*values}:
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
