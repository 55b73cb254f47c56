"""The settings as people write them in TOML; what cannot be is said with where and why."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import tomli_w

from store.cadence import trouble
from store.checkins.agenda import PARTS
from store.declaring import Invalid
from store.entity import Value
from store.errors import UsageError
from store.mistakes import said
from store.model import BY_NOUN, Checkin
from store.parts import HORIZONS
from store.quoting import quoted
from store.records import Records
from store.settings import CheckinLevel, Ritual, Settings, Trigger
from store.views import Misformed, view_of

TABLES: Mapping[str, type[Value]] = {"levels": CheckinLevel, "triggers": Trigger}
"""Settings that are lists of tables, each with an id, and what one of them is."""


OF_SETTINGS: Mapping[str, str] = {"string_pattern_mismatch": "it takes a time of day such as 09:30"}
"""What is said of mistakes that mean something here."""


def as_toml(settings: Settings) -> str:
    """The settings as TOML, defaults included."""
    return tomli_w.dumps(settings.model_dump(exclude_none=True), multiline_strings=True)


def to_edit(settings: Settings) -> str:
    """The settings as TOML for an editor: what each is stands above them as comments."""
    return "".join(f"{line}\n".replace("# \n", "#\n") for line in _about()) + "\n" + as_toml(settings)


def _about() -> Iterator[str]:
    yield "# What this workspace decides for itself. Save and leave to keep the changes; leave without saving to drop them."
    yield "# A setting that is taken out goes back to its default. many undo, or u in the app, takes all of it back."
    yield "# "
    for name, info in Settings.model_fields.items():
        yield f"# {name}: {info.description}"
    for name, kind in TABLES.items():
        yield f"# {name}, each:"
        yield from (f"#   {field}: {info.description}" for field, info in kind.model_fields.items() if info.description)
    yield f"#   gathers is any of {', '.join(PARTS)}"


def from_toml(text: str) -> Settings:
    """The settings that a TOML text holds.  Raises ``UsageError`` that says where it cannot be read."""
    try:
        return checked(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The settings are not TOML: {quoted(str(error), 160)}. Nothing was changed.") from None


def checked(document: Mapping[str, Any]) -> Settings:
    """The settings a document holds.  Raises ``UsageError`` for what nobody could work by."""
    _known(document, tuple(Settings.model_fields), "setting")
    for name, kind in TABLES.items():
        rows = document.get(name, ())
        for row in rows if isinstance(rows, list | tuple) else ():
            if isinstance(row, Mapping):
                _known(row, tuple(kind.model_fields), f"part of {name}.{row.get('id', '?')}")
    try:
        settings = Settings.model_validate(document)
    except Invalid as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in _named(problem["loc"], document))
        wrong = said(problem, OF_SETTINGS)
        if where.startswith("kinds."):
            where, wrong = ".".join(where.split(".")[:2]), 'it takes two names, for one and for several: ["idea", "ideas"]'
        raise UsageError(f"{quoted(where, 80)}: {wrong}. Nothing was changed.") from None
    if complaint := next(_complaints(settings), ""):
        raise UsageError(f"{complaint} Nothing was changed.")
    return settings


def keeping_ids(settings: Settings, records: Records) -> Settings:
    """The settings, in which every ritual that was held goes by the id it was held under.

    Raises ``UsageError`` where one was given another: what was held would no longer be found as its past.  One may be
    taken out; what was held of it then goes by its id.
    """
    before = records.settings
    known = {ritual.id for ritual in (*settings.levels, *settings.triggers)}
    held = {checkin.level for checkin in records.all(Checkin)}
    for name in TABLES:
        fresh = [one for one in getattr(settings, name) if before.ritual(one.id) is None]
        for gone in (one for one in getattr(before, name) if one.id in held and one.id not in known):
            if any(_is_same(gone, one) for one in fresh):
                where = f"{name}.{quoted(gone.id)}"
                raise UsageError(
                    f"{where}.id: check-ins were held under it, so it stays. Nothing was changed."
                    f"\nIts title is what people read: many settings set {where}.title=…"
                )
    return settings


def _is_same(gone: Ritual, fresh: Ritual) -> bool:
    """Whether two rituals of different ids are one that was renamed: they share their title, or all but title and id."""
    return gone.title == fresh.title or gone == fresh.model_copy(update={"id": gone.id, "title": gone.title})


def _named(loc: Sequence[int | str], document: Mapping[str, Any]) -> Iterator[int | str]:
    """The place of a mistake with the ids of levels instead of their numbers."""
    for at, part in enumerate(loc):
        rows = document.get(str(loc[0])) if at == 1 else None
        named = isinstance(part, int) and isinstance(rows, list | tuple) and isinstance(rows[part], Mapping)
        yield rows[part].get("id", part) if named and rows is not None else part


def _known(given: Mapping[str, Any], known: Sequence[str], what: str) -> None:
    unknown = next((name for name in given if name not in known), None)
    if unknown is None:
        return
    from difflib import get_close_matches

    near = get_close_matches(unknown, known, 3, 0.55)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(known)}."
    raise UsageError(f"There is no {what} {quoted(unknown)}. {hint} Nothing was changed.")


def _complaints(settings: Settings) -> Iterator[str]:
    """What is wrong with settings that can be read, in sentences."""
    if settings.zone and not _is_zone(settings.zone):
        yield f"zone: {quoted(settings.zone)} is no time zone. Write one such as Europe/Berlin, or nothing."
    ids = [ritual.id for ritual in (*settings.levels, *settings.triggers)]
    for twice in (one for at, one in enumerate(ids) if one in ids[:at]):
        yield f"levels: two are called {quoted(twice)}; each needs an id of its own."
    for table, ritual in ((name, one) for name in TABLES for one in getattr(settings, name)):
        for name in (name for name in ("id", "title") if not getattr(ritual, name).strip()):
            yield f"{table}.{quoted(ritual.id)}.{name}: it cannot be empty."
    for name in ("criteria", "buckets", "modes", "teams"):
        words = getattr(settings, name)
        for twice in (one for at, one in enumerate(words) if one in words[:at]):
            yield f"{name}: {quoted(twice)} stands there twice."
    for level in settings.levels:
        if wrong := trouble(level, level.anchor - timedelta(days=1)):  # one that has ended is no mistake
            yield f"levels.{quoted(level.id)}.rule: {wrong}"
        for part in (name for name in level.gathers if name not in PARTS):
            yield f"levels.{quoted(level.id)}.gathers: there is no part {quoted(part)}. There are {', '.join(PARTS)}."
    for noun in (noun for noun in (*settings.kinds, *settings.states) if noun not in BY_NOUN):
        yield f"There is no kind {quoted(noun)}. There are {', '.join(BY_NOUN)}."
    for noun, names in settings.states.items():
        for state in (name for name in names if name not in BY_NOUN[noun].states):
            yield f"states.{noun}: there is no state {quoted(state)}. There are {', '.join(BY_NOUN[noun].states)}."
    for horizon in (name for name in settings.horizons if name not in HORIZONS):
        yield f"There is no horizon {quoted(horizon)}. There are {', '.join(HORIZONS)}."
    yield from _view_trouble(settings)


def _view_trouble(settings: Settings) -> Iterator[str]:
    """What is wrong with shared views, in sentences."""
    for name, document in settings.views.items():
        try:
            view_of(name, document)
        except Misformed as error:
            yield f"{'.'.join(('views', quoted(name), *map(quoted, error.place)))}: {error.reason}."


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
