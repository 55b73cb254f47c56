"""A record as a text for an editor, and what was changed in it when it comes back.

Short fields are lines ``field: text``; long ones follow under a line ``=== field ===``; the body comes last and is whatever
follows its line, so it may hold anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from store.errors import UsageError
from store.fields import Field, field, fields, text_of
from store.model import Record

HEAD = "# {id}. Save and leave to keep the changes; leave without saving, or empty the text, to drop them.\n"
IN_SECTIONS = ("long", "lines")


def as_text(record: Record) -> str:
    """The record as a text with every field it can hold, empty ones too."""
    return HEAD.format(id=record.id or record.noun) + "".join(_parts(record))


def _parts(record: Record) -> Iterator[str]:
    shapes = fields(type(record))
    in_sections = [one for one in shapes if _sectioned(one, record)]
    for one in shapes:
        if one not in in_sections:
            yield f"{one.path}: {text_of(record, one.path)}".rstrip() + "\n"
    for one in sorted(in_sections, key=lambda one: one.path == "body"):
        yield f"\n{_rule(one.path)}\n{text_of(record, one.path)}\n"


def _sectioned(one: Field, record: Record) -> bool:
    return one.form in IN_SECTIONS or "\n" in text_of(record, one.path)


def _rule(path: str) -> str:
    return f"=== {path} ==="


def changes(record: Record, text: str) -> Mapping[str, str]:
    """The fields whose text differs from the record's: path → new text.  Empty when nothing was changed.

    Raises ``UsageError`` naming the line that cannot be read.
    """
    if not text.strip():
        return {}
    typed = _read(type(record), text)
    return {path: value for path, value in typed.items() if value.strip() != text_of(record, path).strip()}


def _read(kind: type[Record], text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    rules = {_rule(one.path): one.path for one in fields(kind)}
    section, lines = "", []
    for number, line in enumerate(text.splitlines(), 1):
        if section == "body":
            lines.append(line)
        elif line.strip() in rules:
            if section:
                found[section] = "\n".join(lines).strip("\n")
            section, lines = rules[line.strip()], []
        elif section:
            lines.append(line)
        elif line.strip() and not line.startswith("#"):
            path, colon, value = line.partition(":")
            if not colon:
                raise UsageError(f"Line {number} of the text is neither `field: text` nor a section: {line.strip()[:60]!r}.")
            found[field(kind, path).path] = value.strip()
    if section:
        found[section] = "\n".join(lines).strip("\n")
    return found
