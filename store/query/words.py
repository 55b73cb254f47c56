"""The workspace's own words in a filter: what it calls states, horizons, kinds and levels stands for ids of the model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from store.query.folding import fold
from store.settings import DEFAULT, Settings


class Word(NamedTuple):
    """What the workspace says for a value of a field."""

    field: str
    said: str
    meant: str


Words = tuple[Word, ...]


def words_of(settings: Settings) -> Words:
    """What a workspace calls differently; nothing for one that keeps the names of the model."""
    return tuple(dict.fromkeys(word for word in _words(settings) if fold(word.said) != fold(word.meant)))


def _words(settings: Settings) -> Iterator[Word]:
    for states in settings.states.values():
        yield from (Word("state", said, state) for state, said in states.items())
    yield from (Word("horizon", said, horizon) for horizon, said in settings.horizons.items())
    yield from (Word("type", said, noun) for noun, names in settings.kinds.items() for said in names)
    if settings.levels is not DEFAULT.levels:
        yield from (Word("level", level.title, level.id) for level in settings.levels)


def meant(words: Words, field: str, operator: str, value: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """The values of the model that a typed one stands for.

    What the workspace calls exactly so goes before the names of the model, and these before what begins so.
    """
    own = [word for word in words if word.field == field]
    typed = fold(value)
    exact = [word.meant for word in own if fold(word.said) == typed]
    if exact or operator == "=" or not own:
        return tuple(dict.fromkeys(exact)) or (value,)
    begun = tuple(dict.fromkeys(word.meant for word in own if fold(word.said).startswith(typed)))
    if operator != ":":
        return (value,) if is_known(value) or not begun else begun[:1]
    return tuple(dict.fromkeys((value, *begun))) if is_known(value) else begun or (value,)


def said(words: Words, field: str, value: str) -> str:
    """What the workspace says for a value of the model; the value itself where it has no other word."""
    return next((word.said for word in words if (word.field, word.meant) == (field, value)), value)
