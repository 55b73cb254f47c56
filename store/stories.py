"""What one record is to different readers: a template (``store.telling``) for a kind and an audience, and where it is from.

Templates are files, ``bet.executives.md``; ``belief.md`` is for every audience that has none of its own.  A person's own,
in the ``tellings`` folder of the configuration, come before those everybody shares in the settings of the workspace
(``[tellings.bet]``), and these before the ones that come along.  A new audience is a file of a new name.

Nothing in our templates praises: they hold facts (``store.facts``) and what is not known.  What customers read names no
person, no id and no confidence.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from store.disk.files import reason
from store.errors import NotFound, UsageError
from store.facts import facts
from store.model import BY_NOUN, Record, Update
from store.quoting import quoted
from store.records import Records
from store.settings import DEFAULT, Settings
from store.telling import Line, tell

AUDIENCES = ("executives", "team", "finance", "customers")
"""Those whom something is told without anybody writing a template."""
EVERYBODY = "all"
"""What stands for the audience of a template for everybody else."""
FOLDER, ENDING = os.path.join(os.path.dirname(__file__), "tellings"), ".md"
LARGEST = 100_000
"""Bytes of a template at most; more is a mistake."""

Place = tuple[str, str]
"""The kind and the audience a template is for."""


class Template(NamedTuple):
    """A template and where it can be edited: a path, or the name of a setting."""

    text: str
    where: str


def audiences(settings: Settings = DEFAULT, own: str = "") -> tuple[str, ...]:
    """Everybody something can be told to: the four, then those that have templates of their own, by name."""
    others = {audience for _, audience in (*_files(own), *_shared(settings))} - {EVERYBODY, *AUDIENCES}
    return (*AUDIENCES, *sorted(others))


def template(noun: str, audience: str, settings: Settings = DEFAULT, own: str = "") -> Template | None:
    """The template for a kind and an audience, None where there is none.

    The audience's own come before those for everybody; ``own`` is the person's folder.  Raises ``UsageError`` where a file
    cannot be read.
    """
    shared, mine, ours = _shared(settings), _files(own), _built_in()
    for place in ((noun, audience), (noun, EVERYBODY)):
        if place in mine:
            return Template(_read(mine[place]), mine[place])
        if place in shared:
            return Template(shared[place], f"the setting tellings.{'.'.join(place)}")
        if place in ours:
            return Template(_read(ours[place]), ours[place])
    return None


def story(record: Record, records: Records, today: date, audience: str, own: str = "") -> tuple[Line, ...]:
    """What there is to tell an audience of a record; nothing of an update, which is told with what it is about.

    Raises ``NotFound`` where nobody has written what this audience is told of such a record, ``UsageError`` for a template
    that cannot be read or filled.
    """
    if isinstance(record, Update):
        return ()
    found = template(record.noun, audience, records.settings, own)
    if found is None:
        raise NotFound(_unwritten(record, audience, records.settings, own))
    return tell(found.text, facts(record, records, today), quoted(found.where, 200))


def known_names(noun: str) -> tuple[str, ...]:
    """The names that can stand in a template for a kind."""
    kind = BY_NOUN[noun]
    empty = kind.model_validate({kind.headline: "-", "id": f"{kind.letter}1"})
    return tuple(sorted(facts(empty, Records({}, 0), date(2000, 1, 1))))


def _unwritten(record: Record, audience: str, settings: Settings, own: str) -> str:
    there = audiences(settings, own)
    what = settings.many(record.noun)
    file = f"{record.noun}.{audience}{ENDING}"
    if audience in there:
        return f"What {audience} are told of {what} is not written yet.\nWrite it as {quoted(os.path.join(own, file), 200)}"
    return f"Nothing is told to {quoted(audience)}. There are {', '.join(there)}.\nA file {quoted(file)} would be a new one."


# ---------------------------------------------------------------------------------------------------- where they are from


@cache
def _built_in() -> Mapping[Place, str]:
    return _files(FOLDER)


def _files(where: str) -> Mapping[Place, str]:
    """The templates in a folder, by what they are for; what is named like none is left alone."""
    try:
        names = sorted(os.listdir(where)) if where else []
    except OSError:
        return {}
    places = ((_place(name.removesuffix(ENDING)), name) for name in names if name.endswith(ENDING))
    return {place: os.path.join(where, name) for place, name in places if place is not None}


def _place(name: str) -> Place | None:
    """What a template of that name is for: ``bet.executives``, ``bet``."""
    noun, _, audience = name.partition(".")
    audience = audience or EVERYBODY
    return (noun, audience) if noun in BY_NOUN and audience.isidentifier() else None


def _shared(settings: Settings) -> Mapping[Place, str]:
    pairs: Iterable[tuple[str, Mapping[str, str]]] = settings.tellings.items()
    return {(noun, audience): text for noun, by_audience in pairs for audience, text in by_audience.items()}


def _read(path: str) -> str:
    try:
        with open(path, "rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise UsageError(f"{quoted(path, 200)} is too long for a template.")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{quoted(path, 200)} cannot be read: {reason(error)}.") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{quoted(path, 200)}, line {line}: that is not UTF-8. Save it as UTF-8.") from None
