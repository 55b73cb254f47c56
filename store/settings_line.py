"""Settings set one by one, each by its path: ``name=Library teams=core,data levels.weekly.minutes=25``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from store.errors import UsageError
from store.quoting import quoted
from store.settings import Settings
from store.settings_text import checked
from store.several import taken_apart

LISTS = frozenset({"criteria", "buckets", "modes", "teams", "questions", "gathers"})
TEXTS = frozenset({"name", "zone", "title", "at", "rule", "ranks"})


def assigned(settings: Settings, words: Sequence[str]) -> Settings:
    """The settings with values set: ``name=Library teams=core,data wip_limits.core=4 levels.weekly.minutes=25``.

    Nothing behind the ``=`` takes a setting back to its default.  Raises ``UsageError``.
    """
    document = settings.model_dump(exclude_none=True)
    for word in words:
        path, equals, text = word.partition("=")
        if not equals:
            raise UsageError(f"{quoted(word)} has no = in it.\nTry: many settings set teams=core,data wip_limits.core=4")
        *parents, name = path.split(".")
        inside = _inside(document, parents, path)
        if text:
            inside[name] = _value(path, text)
        else:
            inside.pop(name, None)
    return checked(document)


def _apart(name: str, text: str) -> tuple[str, ...]:
    """The texts of a list; questions are sentences, which commas only separate behind their end."""
    return taken_apart(text if name != "questions" or ";" in text else re.sub(r"(?<=[?!.]),", ";", text) + ";")


def _inside(document: dict[str, Any], parents: Sequence[str], path: str) -> dict[str, Any]:
    """The table a path leads into; in a list of tables, the one of that id.  Raises ``UsageError``."""
    inside: Any = document
    for parent in parents:
        if isinstance(inside, list | tuple):
            inside = next((row for row in inside if isinstance(row, dict) and row.get("id") == parent), None)
        else:
            inside = inside.setdefault(parent, {})
        if not isinstance(inside, dict | list | tuple):
            raise UsageError(f"{quoted(path)} leads nowhere. many settings shows what there is. Nothing was changed.")
    if not isinstance(inside, dict):
        raise UsageError(f"{quoted(path)} leads nowhere. many settings shows what there is. Nothing was changed.")
    return inside


def _value(path: str, text: str) -> object:
    """A value as TOML says it, else the text itself; lists may be typed with commas, and texts need no quotes."""
    first, name = path.partition(".")[0], path.rpartition(".")[2]
    if name in TEXTS or (first in ("states", "horizons") and not text.startswith(("{", '"'))):
        return text
    listed = name in LISTS or first == "kinds"
    try:
        value: object = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = list(_apart(name, text)) if listed else text
    return [value] if listed and isinstance(value, str) else value
