"""The objects of a JSON text one by one, with their lines: a list, or an object a line; what is broken costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_BETWEEN = re.compile(r"[\s,\[\]]*")
_NEXT = re.compile(r"^[ \t]*(?=\{)", re.MULTILINE)
_DECODER = json.JSONDecoder(strict=False)  # control characters in a text are odd, but they are text

Attributes = dict[str, Any]


def objects(text: str) -> Iterator[tuple[int, Attributes | str]]:
    """Each object and the line it begins on, from 1; for one that cannot be read, what is wrong with it.

    After what cannot be read, it goes on at the next line that begins an object.
    """
    at, line, counted = _after(text, 0), 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        found, end = _object(text, at)
        if end < 0:
            begins = _NEXT.search(text, _end_of_line(text, at))
            end = begins.end() if begins else len(text)
        yield line, found
        at = _after(text, end)


def _after(text: str, at: int) -> int:
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _object(text: str, at: int) -> tuple[Attributes | str, int]:
    """The object at a place and where it ends; what is wrong and -1 where there is none."""
    try:
        found, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep, or a number too long"
        return f"is not JSON ({reason})", -1
    if not isinstance(found, dict):
        return "is no object", -1
    return _whole(found), end


def _whole(found: Attributes) -> Attributes:
    """The object with “?” for each half of a character, which JSON may spell and no file can hold."""
    text = json.dumps(found, ensure_ascii=False)
    kept = text.encode("utf-8", "replace").decode()
    if kept == text:
        return found
    whole: Attributes = json.loads(kept)
    return whole
