"""What can be typed next in a filter: fields, the values of a field, people and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from store.dates import WORDS as DAYS
from store.model import BY_NOUN
from store.query.asking import IS
from store.query.syntax import CANONICAL, FIELD, PLAIN_VALUE, in_quotes
from store.query.traits import NAMES, SPECIAL

WORD = re.compile(r'(?:"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[^\s()"])+', re.DOTALL)
OFFERED_DAYS = (*DAYS, "+7d", "+2w", "+6w", "+3m")
SEVERAL = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^",])*,', re.DOTALL)


def completions(text: str, cursor: int, values: Mapping[str, Iterable[str]]) -> list[str]:
    """What the word at the cursor may become, the likeliest first: whole words, to be put in the place of ``word_at``.

    ``values`` holds what the workspace knows, by field: ``tag``, ``who``, ``team``, ``id`` and so on.
    """
    start, _ = word_at(text, cursor)
    typed = text[start:cursor]
    sign = "-" if typed.startswith("-") else ""
    bare = typed.removeprefix("-")
    if bare[:1] in ("@", "+"):
        return _valued(sign + bare[0], bare[1:], _known("who" if bare[0] == "@" else "tag", values))
    found = FIELD.match(bare)
    if found is None:
        return [sign + name + ":" for name in _beginning(bare.lower(), sorted(NAMES))] if bare else []
    name = found[1].lower().replace("-", "_")
    return _valued(sign + found[0], bare[found.end() :], _known(CANONICAL.get(name, name), values))


def word_at(text: str, cursor: int) -> tuple[int, int]:
    """Where the word the cursor stands in or behind begins and ends; an empty span where there is none."""
    for word in WORD.finditer(text):
        if word.start() <= cursor <= word.end():
            return word.span()
    return cursor, cursor


def _valued(front: str, typed: str, known: Iterable[str]) -> list[str]:
    """The values that go on from what is typed behind the last comma."""
    several = SEVERAL.match(typed)
    earlier = several[0] if several else ""
    begun = typed[len(earlier) :].removeprefix('"').removesuffix('"').lower()
    return [front + earlier + _written(value) for value in _beginning(begun, known)]


def _written(value: str) -> str:
    return value if PLAIN_VALUE.fullmatch(value) else in_quotes(value)


def _beginning(typed: str, known: Iterable[str]) -> list[str]:
    """Those that begin as typed, then those that contain it."""
    known = list(dict.fromkeys(known))
    front = [one for one in known if one.lower().startswith(typed)]
    return front + [one for one in known if typed in one.lower() and one not in front]


def _known(name: str, values: Mapping[str, Iterable[str]]) -> list[str]:
    """The values of a field, those of the language before those of the workspace."""
    traits = NAMES.get(name, {}).values()
    sorts = {trait.sort for trait in traits}
    known = [choice for trait in traits for choice in trait.choices]
    known += IS if name == "is" else ()
    known += sorted(NAMES.keys() - set(SPECIAL)) if name in ("has", "no") else ()
    known += BY_NOUN if name == "type" else ()
    known += OFFERED_DAYS if sorts & {"date", "stamp"} else ()
    known += ("yes", "no") if "flag" in sorts else ()
    known += ("2w", "6w", "3m") if "age" in sorts else ()
    known += ("me",) if sorts & {"who", "people"} else ()
    known += values.get(name, ())
    known += values.get("who", ()) if "people" in sorts and name not in values else ()
    return [*known, *(values.get("id", ()) if "ids" in sorts and name != "id" else ())]
