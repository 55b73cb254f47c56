"""Why a filter leaves a record out, clause by clause, and what the record holds instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from store.days import day_of
from store.model import Record
from store.query.matching import compile_query
from store.query.syntax import All, Either, Not, Query, Term, clauses, parse
from store.query.traits import NAMES, SPECIAL
from store.query.words import Words, said, words_of
from store.quoting import quoted
from store.settings import Settings

LONGEST = 40


def left_out(text: str, record: Record, settings: Settings, *, today: date, me: str) -> str | None:
    """Which clauses of a filter leave a record out, and what it holds instead, as half a sentence; None when it passes.

    Raises ``QueryError`` for a filter that cannot be read.
    """
    words, zone = words_of(settings), settings.zone
    failed = [one for one in clauses(parse(text, words)) if not compile_query(one, today=today, me=me, zone=zone)(record)]
    if not failed:
        return None
    asked = (f"{spelled(one, words)}{_held(one, record, settings, words)}" for one in failed)
    return f"the filter asks for {' and '.join(asked)}"


def spelled(query: Query, words: Words) -> str:
    """The filter as text, in the words of the workspace."""
    return str(_respelled(query, words))


def _respelled(query: Query, words: Words) -> Query:
    match query:
        case Term(field, operator, values):
            return Term(field, operator, tuple(said(words, field, value) for value in values))
        case Not(part):
            return Not(_respelled(part, words))
        case All(parts):
            return All(tuple(_respelled(part, words) for part in parts))
        case Either(parts):
            return Either(tuple(_respelled(part, words) for part in parts))
    return query


def _held(clause: Query, record: Record, settings: Settings, words: Words) -> str:
    """What the record holds where a clause asks for something else, in parentheses; "" where that says nothing."""
    if isinstance(clause, Not):
        return ""
    if isinstance(clause, Term) and clause.field == "type":
        return f" (it is a {settings.one(record.noun)})"
    if not isinstance(clause, Term) or clause.field in SPECIAL:
        return ""
    trait = NAMES[clause.field].get(type(record))
    if trait is None:
        return f" (a {settings.one(record.noun)} has no {clause.field})"
    if trait.sort in ("who", "part", "age"):
        return ""
    value = trait.get(record)
    held = _shown(day_of(settings.zone, value) if trait.sort == "stamp" else value, clause.field, words)
    return f" (it has {held})" if held else " (it has none)"


def _shown(value: Any, field: str, words: Words) -> str:
    if value is None or value in ("", (), []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        return quoted(", ".join(sorted(map(str, value))), LONGEST)
    return quoted(said(words, field, str(value)), LONGEST)
