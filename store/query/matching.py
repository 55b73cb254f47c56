"""From a filter to a test of records: fast, because what can be known of a kind beforehand is settled once for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from store.model import Record
from store.query.asking import test_of
from store.query.comparing import Given, Predicate, always, any_of, never
from store.query.folding import fold, folded
from store.query.syntax import All, Either, Not, Query, Term, Text, clauses
from store.query.traits import Kind


def compile_query(query: Query, *, today: date, me: str, zone: str = "") -> Predicate:
    """The test that a filter is; the same object for the same filter, day, person and zone.

    ``me`` is who ``@me`` means; with "" it means nobody.  ``zone`` is where moments belong to days.
    """
    return _compiled(query, Given(today, me, zone))


def failing(query: Query, record: Record, *, today: date, me: str, zone: str = "") -> Query | None:
    """The first clause that leaves a record out, to be said to the person; None when it passes."""
    for clause in clauses(query):
        if not compile_query(clause, today=today, me=me, zone=zone)(record):
            return clause
    return None


@lru_cache(maxsize=256)
def _compiled(query: Query, given: Given) -> Predicate:
    tests = _ByKind(query, given)
    return lambda record: tests[type(record)](record)


class _ByKind(dict[Kind, Predicate]):
    """Kind → what the filter asks of its records, made when the first one comes."""

    def __init__(self, query: Query, given: Given) -> None:
        self.query, self.given = query, given

    def __missing__(self, kind: Kind) -> Predicate:
        test = self[kind] = _test(self.query, kind, self.given)
        return test


def _test(query: Query, kind: Kind, given: Given) -> Predicate:
    match query:
        case Text(text):
            return _contains(fold(text))
        case Term(field, operator, values):
            return _asked(kind, field, operator, values, given)
        case Not(part):
            return _opposite(_test(part, kind, given))
        case All(parts):
            return _all_of(_test(part, kind, given) for part in parts)
        case Either(parts):
            return any_of([_test(part, kind, given) for part in parts])
    raise TypeError(f"{type(query).__name__} is no filter")


def _asked(kind: Kind, field: str, operator: str, values: tuple[str, ...], given: Given) -> Predicate:
    """The test of a term.  One that another kind can be asked but not this one is passed by none of it."""
    try:
        return test_of(kind, field, operator, values, given)
    except ValueError:
        return never


def _contains(text: str) -> Predicate:
    return lambda record: text in folded(record).text


def _opposite(test: Predicate) -> Predicate:
    if test is never or test is always:
        return always if test is never else never
    return lambda record: not test(record)


def _all_of(tests: Iterable[Predicate]) -> Predicate:
    kept = [test for test in tests if test is not always]
    if never in kept:
        return never
    if len(kept) < 3:
        return _both(*kept)
    return lambda record: all(test(record) for test in kept)


def _both(first: Predicate = always, second: Predicate = always) -> Predicate:
    if second is always:
        return first
    return lambda record: first(record) and second(record)
