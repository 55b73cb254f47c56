"""Names of files for decision records, ``0007-keep-sso-out.md``: made of numbers and plain letters, never of a path."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from store.model import Decision

LONGEST = 60
"""Characters of a title in a name."""
_KEPT = re.compile(r"(?:madr|nygard):(?:[^/]*/)?(\d{1,6}-[\w][\w.-]{0,120}\.md)", re.ASCII)


def names(records: Sequence[Decision]) -> Mapping[str, str]:
    """Record id → file name, no two alike on any file system.

    What was imported keeps the name it came with; the others are numbered on from the highest, in their order.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for record in records:
        name = _as_it_came(record)
        if name and name.casefold() not in taken:
            taken.add(name.casefold())
            found[record.id] = name
    number = max((number_of(name) for name in found.values()), default=0)
    for record in records:
        if record.id not in found:
            number += 1
            found[record.id] = f"{number:04d}-{slug(record.label)}.md"
    return found


def _as_it_came(record: Decision) -> str:
    kept = _KEPT.fullmatch(record.source)
    return kept[1] if kept else ""


def slug(title: str) -> str:
    """A title as part of a name: lower case letters and digits of ASCII with dashes between words."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.casefold())
    return _cut("-".join(words), LONGEST) or "decision"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most + 1].rpartition("-")[0] or text[:most]


def number_of(name: str) -> int:
    """The number a file's name begins with; 0 without one."""
    found = re.match(r"(?:adr[-_]?)?(\d{1,9})", name, re.IGNORECASE)
    return int(found[1]) if found else 0


def apart_from(wanted: Iterable[str], there: Iterable[str]) -> list[str]:
    """The wanted names that are there already, whatever their case."""
    known = {name.casefold() for name in there}
    return [name for name in wanted if name.casefold() in known]
