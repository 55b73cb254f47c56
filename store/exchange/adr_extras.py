"""What a decision holds and a template has no place for: a YAML mapping under ``manyview:``, exact whatever the text holds.

In front matter it stands among the other facts; where a template has none, in a fenced block under a heading of its own at
the end.  Everything in it is text, so that no value is taken for a date or a truth before the model reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from store.declaring import Invalid
from store.exchange.adr_document import Document
from store.model import Decision, Record

NAME = "manyview"
HEADING = "Record"
"""The heading of the block where there is no front matter."""
LINKS = "links"
"""Arrows to other records, each as ``kind target what it is called``; a target that is a file is drawn again."""

FIELDS: tuple[str, ...] = (*(name for name in Decision.model_fields if name not in Record.model_fields), "tags", "body")
"""The fields it can hold, in the order of the model."""


class Extras(NamedTuple):
    """What was read: fields, arrows as they were written, and the lines they stood on."""

    fields: Mapping[str, Any]
    links: tuple[str, ...] = ()
    lines: frozenset[int] = frozenset()


NONE = Extras({})


def written(fields: Mapping[str, Any], links: Sequence[str] = ()) -> list[str]:
    """The lines of the mapping; none where there is nothing to say."""
    said = {**fields, LINKS: list(links)} if links else dict(fields)
    if not said:
        return []
    return [f"{NAME}:", *(f"  {line}".rstrip() for name, value in said.items() for line in _lines(name, value))]


def _lines(name: str, value: Any) -> list[str]:
    """A field as YAML; text over several lines stands as it is where YAML can hold it so, else escaped like JSON."""
    if isinstance(value, list):
        return [f"{name}: []"] if not value else [f"{name}:", *(f"- {scalar(item)}" for item in value)]
    text = str(value)
    if "\n" in text and _stands_as_it_is(text):
        return [f"{name}: |-", *(f"  {line}" if line else "" for line in text.split("\n"))]
    return [f"{name}: {scalar(value)}"]


def _stands_as_it_is(text: str) -> bool:
    lines = text.split("\n")
    clean = all(line.isprintable() and line == line.rstrip() for line in lines)
    return clean and bool(lines[0]) and bool(lines[-1]) and not lines[0].startswith(" ")


def scalar(value: Any) -> str:
    """One value on one line: plain where that is plainly safe, else in quotes with escapes that YAML shares with JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, int) or (text.replace("-", "").isalnum() and text.isascii() and text[0].isalnum()):
        return text
    return _escaped(text)


def _escaped(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(mark if mark.isprintable() else _escape(mark) for mark in quoted)


def _escape(mark: str) -> str:
    code = ord(mark)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"


def read(document: Document) -> Extras:
    """The mapping of a file, from its front matter or its last block; empty where there is none that can be read."""
    front = document.front
    if len(front) > 2:
        lines = document.lines[front.start + 1 : front.stop - 1]
        found = _mapping("\n".join(lines), front.start + 1)
        if found is not None:
            return found
    block = _block(document)
    found = None if block is None else _mapping("\n".join(document.lines[block.start + 1 : block.stop - 1]), block.start + 1)
    if block is None or found is None:
        return NONE
    return found._replace(lines=frozenset(range(_heading_before(document, block), block.stop)))


def _block(document: Document) -> range | None:
    """The lines of the last fenced block, when nothing comes after it."""
    for token in reversed(document.tokens):
        if token.type == "fence" and token.level == 0 and token.map and token.info.strip() == "yaml":
            rest = document.lines[token.map[1] :]
            return None if any(line.strip() for line in rest) else range(*token.map)
        if token.map:
            return None
    return None


def _heading_before(document: Document, block: range) -> int:
    """Where the heading of the block stands; the block itself where it has none of its own."""
    above = [number for number in range(block.start) if document.lines[number].strip()]
    return above[-1] if above and document.lines[above[-1]] == f"## {HEADING}" else block.start


def _mapping(text: str, offset: int) -> Extras | None:
    """What stands under the name in a YAML text that begins at a line of the file."""
    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    for key, node in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == NAME and isinstance(node, yaml.MappingNode):
            return _extras(node, range(offset + key.start_mark.line, offset + _end(node, text)))
    return None


def _end(node: yaml.Node, text: str) -> int:
    """The line after the last one of a node, which ends at the beginning of what follows it."""
    mark = node.end_mark
    return int(mark.line) + (1 if mark.column else 0) if mark.index < len(text) else text.count("\n") + 1


def _extras(node: yaml.MappingNode, lines: range) -> Extras | None:
    """The fields as the model reads them; None where one is unknown or cannot be, so that all of it stays as it is."""
    values = {str(key.value): _value(value) for key, value in node.value}
    links = values.pop(LINKS, [])
    if not values.keys() <= set(FIELDS) or None in values.values() or not isinstance(links, list):
        return None
    try:
        record = Decision.model_validate({"title": "-", **values})
    except Invalid:
        return None
    return Extras({name: getattr(record, name) for name in values}, tuple(map(str, links)), frozenset(lines))


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        return [item.value for item in node.value]
    return None


def held(record: Decision, names: Iterable[str]) -> dict[str, Any]:
    """Some fields of a record as JSON, without those that say nothing at all; an empty text says that there is none."""
    document, wanted = record.model_dump(mode="json"), set(names)
    return {name: document[name] for name in FIELDS if name in wanted and document[name] is not None}
