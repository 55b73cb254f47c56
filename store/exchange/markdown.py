"""Markdown: records as documents for people, one after the other; written only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from store.exchange.format import Format
from store.exchange.imported import STAMPS
from store.exchange.shapes import shapes
from store.model import Record

_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_OWN_PLACE = frozenset({"body", "links", "source"}) | STAMPS


def write_markdown(records: Sequence[Record]) -> str:
    """A document for each record: its headline, a list of its short fields, a section for each long one, its body.

    Titles and other short texts are escaped, so that they read as they were typed; long texts are Markdown already.
    Control characters and direction overrides become U+FFFD everywhere.
    """
    return "\n".join(_document(record) for record in records)


def _document(record: Record) -> str:
    facts = [f"* {_name(name)}: {inline(value)}" for name, value in _facts(record)]
    sections = [f"## {_name(name)}\n\n{_clean(value).strip()}" for name, value in _sections(record)]
    body = _clean(record.body).strip()
    parts = [f"# {record.id} {inline(record.label)}".rstrip(), "\n".join(facts), *sections, body]
    return "\n\n".join(filter(None, parts)) + "\n"


def _filled(record: Record) -> Iterator[tuple[str, Any]]:
    """Every field that holds something, in the order of the model, then those the model does not know."""
    document = record.document()
    for name in dict.fromkeys([*type(record).model_fields, *document]):
        if name in document and name not in _OWN_PLACE and document[name] not in (None, "", [], {}):
            yield name, document[name]


def _is_long(record: Record, name: str) -> bool:
    shape = shapes(type(record)).get(name)
    return shape is not None and shape.sort == "long"


def _facts(record: Record) -> Iterator[tuple[str, Any]]:
    for name, value in _filled(record):
        several_lines = name == record.headline and record.label != value
        if not _is_long(record, name) and (name != record.headline or several_lines):
            yield name, value
    for link in record.links:
        yield link.kind, link.to
    if record.source:
        yield "source", record.source
    if record.created:
        yield "created", f"{record.created} {record.created_by}".strip()
    if record.updated:
        yield "updated", f"{record.updated} {record.updated_by}".strip()


def _sections(record: Record) -> Iterator[tuple[str, str]]:
    for name, value in _filled(record):
        if _is_long(record, name):
            yield name, str(value)


def _name(field: str) -> str:
    return field[:1].upper() + field[1:].replace("_", " ")


def inline(value: Any) -> str:
    """A value on one line, none of it markup."""
    if isinstance(value, list):
        return ", ".join(map(inline, value))
    if isinstance(value, dict):
        return "; ".join(f"{inline(name)} {inline(part)}" for name, part in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _MARKUP.sub(r"\\\1", _clean(" ".join(str(value).split())))


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))


FORMAT = Format(
    name="markdown",
    about="records as documents for people",
    suffixes=(".md",),
    writes=write_markdown,
)
