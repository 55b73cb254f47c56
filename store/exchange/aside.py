"""What no field of ours holds of a task, at the end of the body: a line each, for people, and read back as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from store.exchange.json_objects import Attributes

HEADING = "## Taskwarrior\n\n"
_LINE = re.compile(
    r'\* (?:annotation (?P<entry>\S+)|(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<name>[A-Za-z][\w.-]*)): (?P<value>.*)'
)
_NAME = re.compile(r"[A-Za-z][\w.-]*")


def beside(body: str, rest: Attributes) -> str:
    """The body with the attributes below it."""
    lines = "\n".join((*_annotated(rest), *_named(rest)))
    return "\n\n".join(filter(None, (body, f"{HEADING}{lines}" if lines else "")))


def apart_from(body: str) -> tuple[str, Attributes]:
    """The body without the attributes below it, and those; all of it where somebody wrote on below them."""
    own, heading, below = body.rpartition(HEADING)
    found = [_LINE.fullmatch(line) for line in below.split("\n")]
    rest: Attributes = {}
    for one in found:
        if not heading or one is None or (own and not own.endswith("\n\n")):
            return body, {}
        value = _value(one["value"])
        if one["entry"]:
            rest.setdefault("annotations", []).append({"entry": one["entry"], "description": value})
        else:
            rest[one["name"] or json.loads(one["quoted"])] = value
    return own.removesuffix("\n\n"), rest


def _annotated(rest: Attributes) -> Iterator[str]:
    if _is_plain(rest.get("annotations")):
        for one in rest["annotations"]:
            yield f"* annotation {one['entry']}: {_said(one['description'])}"


def _named(rest: Attributes) -> Iterator[str]:
    for name, value in sorted(rest.items()):
        if name != "annotations" or not _is_plain(value):
            yield f"* {name if _NAME.fullmatch(name) else json.dumps(name)}: {_said(value)}"


def _is_plain(annotations: Any) -> bool:
    """Whether these are annotations as Taskwarrior writes them."""
    return isinstance(annotations, list) and all(
        isinstance(one, dict)
        and one.keys() == {"entry", "description"}
        and isinstance(one["description"], str)
        and re.fullmatch(r"[\w:.+-]+", str(one["entry"]), re.ASCII)
        and isinstance(one["entry"], str)
        for one in annotations
    )


def _said(value: Any) -> str:
    """A text as it is where that can mean nothing else, any other value as JSON."""
    if isinstance(value, str) and value.isprintable() and value == value.strip() and value == _value(value):
        return value
    return json.dumps(value)


def _value(said: str) -> Any:
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return said
