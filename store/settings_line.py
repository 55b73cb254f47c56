"""Settings set one by one, each by its path: ``name=Library teams=core,data levels.weekly.minutes=25``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from store.errors import UsageError
from store.quoting import quoted
from store.settings import Settings
from store.settings_text import TABLES, checked
from store.several import taken_apart

LISTS = frozenset({"criteria", "buckets", "modes", "teams", "questions", "gathers"})
TEXTS = frozenset({"name", "zone", "title", "at", "rule", "ranks"})
BY_OTHER_MEANS = frozenset({"views", "tellings", "began"})
"""Settings that are set by saving a view, writing a telling, or deleting a record."""
NOTHING = "Nothing was changed."


def assigned(settings: Settings, words: Sequence[str]) -> Settings:
    """The settings with values set: ``name=Library modes+=spike modes.chip=chore levels.weekly.minutes=25``.

    ``+=`` adds to a list and ``-=`` takes from it; one text of a list goes by itself or by its number, a level by its id.
    Nothing behind the ``=`` takes a setting back to its default, and one text out of its list.  Raises ``UsageError``.
    """
    document = settings.model_dump(exclude_none=True)
    for word in words:
        path, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"{quoted(word)} has no = in it.\nTry: many settings set teams=core,data wip_limits.core=4")
        sign = path[-1:] if path.endswith(("+", "-")) else ""
        _assign(document, path.removesuffix(sign), sign, text)
    return checked(document)


def taken_apart_at_names(line: str) -> list[str]:
    """The words of a line in which nothing is quoted: each begins with the path of a setting and a sign."""
    names = "|".join(Settings.model_fields)
    return re.split(rf"\s+(?=(?:{names})(?:\.[\w.-]+)?[+-]?=)", line.strip())


def paths(settings: Settings) -> list[str]:
    """The paths of what can be set."""
    rituals = [(table, kind, one.id) for table, kind in TABLES.items() for one in getattr(settings, table)]
    tables = [f"{table}.{one}.{name}" for table, kind, one in rituals for name in kind.model_fields]
    return [*(name for name in Settings.model_fields if name not in BY_OTHER_MEANS), *tables]


def value_at(settings: Settings, path: str) -> str:
    """What a setting is now, the texts of a list numbered; "" where no setting has that path."""
    document = settings.model_dump(exclude_none=True)
    *parents, name = path.split(".")
    try:
        held = _inside(document, parents, path).get(name, "")
    except UsageError:
        return ""
    if isinstance(held, dict):
        return ", ".join(f"{key} {value}" for key, value in held.items())
    return "; ".join(f"{at} {_id(one)}" for at, one in enumerate(held, 1)) if isinstance(held, list | tuple) else str(held)


def named(words: Sequence[str]) -> str:
    """Which settings some words set, each once."""
    return ", ".join(dict.fromkeys(word.partition("=")[0].rstrip("+-") for word in words))


def _assign(document: dict[str, Any], path: str, sign: str, text: str) -> None:
    """Let a document of settings hold what one word says."""
    *parents, name = path.split(".")
    if parents and parents[-1] in LISTS and not sign:
        *parents, name = parents
        inside = _inside(document, parents, path)
        inside[name] = _with_one(path, inside.get(name, ()), text)
        return
    inside = _inside(document, parents, path)
    if sign and name not in LISTS and name not in TABLES:
        raise UsageError(f"{quoted(path)} is no list: {quoted(path)}=… sets it. {NOTHING}")
    if sign:
        held, given = inside.get(name, ()), _value(path, text)
        inside[name] = _more(held, given) if sign == "+" else _fewer(path, held, given)
    elif text:
        value = _value(path, text)
        inside[name] = [inside[name][_at(path, inside[name], one)] for one in value] if _are_ids(path, value) else value
    else:
        inside.pop(name, None)


def _are_ids(path: str, value: Any) -> bool:
    """Whether a value says which levels or triggers there are, and in which order, rather than what they are."""
    return path in TABLES and isinstance(value, list) and all(isinstance(one, str) for one in value)


def _more(held: Sequence[Any], given: Any) -> list[Any]:
    """What a list holds, and behind it what it does not yet; what only an id is given of becomes a table of that id."""
    known = [_id(one) for one in held]
    rows = any(isinstance(one, dict) for one in held)
    new = [one for one in given if _id(one) not in known]
    return [*held, *({"id": one, "title": one.replace("-", " ").capitalize()} if rows else one for one in new)]


def _fewer(path: str, held: Sequence[Any], given: Any) -> list[Any]:
    gone = {_at(path, held, one) for one in given}
    return [one for at, one in enumerate(held) if at not in gone]


def _with_one(path: str, held: Sequence[str], text: str) -> list[str]:
    """A list of texts with one of them replaced, or left out where nothing is to stand for it."""
    at = _at(path.rpartition(".")[0], held, path.rpartition(".")[2])
    return [*held[:at], *([text] if text else ()), *held[at + 1 :]]


def _at(path: str, held: Sequence[Any], wanted: str) -> int:
    """Where something stands in a list, by itself, its id or its number, counted from 1.  Raises ``UsageError``."""
    known = [_id(one) for one in held]
    if wanted in known:
        return known.index(wanted)
    if wanted.isdecimal() and 0 < int(wanted) <= len(known):
        return int(wanted) - 1
    there = quoted(", ".join(known), 160) if path.rpartition(".")[2] != "questions" else f"{len(known)}, by number"
    raise UsageError(f"{quoted(path)}: there is no {quoted(wanted)}. There are {there if known else 'none'}. {NOTHING}")


def _id(one: Any) -> str:
    return str(one.get("id", "")) if isinstance(one, dict) else str(one)


def _apart(name: str, text: str) -> tuple[str, ...]:
    """The texts of a list; questions are sentences, which commas only separate behind their end."""
    return taken_apart(text if name != "questions" or ";" in text else re.sub(r"(?<=[?!.]),", ";", text) + ";")


def _inside(document: dict[str, Any], parents: Sequence[str], path: str) -> dict[str, Any]:
    """The table a path leads into; in a list of tables, the one of that id.  Raises ``UsageError``."""
    inside: Any = document
    for parent in parents:
        if isinstance(inside, dict):
            inside = inside.setdefault(parent, {})
        elif isinstance(inside, list | tuple):
            inside = next((row for row in inside if isinstance(row, dict) and row.get("id") == parent), None)
    if not isinstance(inside, dict):
        raise UsageError(f"{quoted(path)} leads nowhere. many settings shows what there is. {NOTHING}")
    return inside


def _value(path: str, text: str) -> Any:
    """A value as TOML says it, else the text itself; lists may be typed with commas, and texts need no quotes."""
    first, name = path.partition(".")[0], path.rpartition(".")[2]
    if name in TEXTS or (first in ("states", "horizons") and not text.startswith(("{", '"'))):
        return text
    listed = name in LISTS or first == "kinds" or path in TABLES
    try:
        value: object = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = list(_apart(name, text)) if listed else text
    if listed and not isinstance(value, list):
        return [value if isinstance(value, str) else text]
    return value
