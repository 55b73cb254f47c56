"""JSON Lines: every field of every record, one record a line; what is written here is read back the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from store.declaring import Invalid
from store.errors import UsageError
from store.exchange.decoding import decode
from store.exchange.format import Format
from store.exchange.imported import Draft, Imported, Problem, Source, apart, at_lines, together
from store.mistakes import said
from store.model import BY_LETTER, Record
from store.operations import Document
from store.quoting import quoted
from store.step import REFERENCE_FIELDS
from store.typed import mistaken

_ID = re.compile(r"([A-Z])([1-9]\d*)", re.ASCII)
_UNSAFE = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that are legal in JSON but that a terminal obeys, or that other programs take for the end of a line."""


class _Unread(ValueError):
    """A line that holds no record; the message says why."""


def write_jsonl(records: Sequence[Record]) -> str:
    """The records in the order of their numbers, so that an empty workspace gives them the same order again."""
    lines = (_line(record) for record in sorted(records, key=lambda record: record.number))
    return "".join(lines)


def _line(record: Record) -> str:
    text = json.dumps({"id": record.id, **record.document()}, ensure_ascii=False)
    return _UNSAFE.sub(lambda character: f"\\u{ord(character[0]):04x}", text) + "\n"


def read_jsonl(sources: Sequence[Source], words: Sequence[str], kept: str = "") -> Imported:
    """The record of each line; a line that holds none is named and left out.

    Ids are those of the file; the records get new numbers, and references between them follow.  A record without a source
    is known at the next import by its id and the time it was captured.
    """
    if words or kept:
        raise UsageError(f"jsonl takes no options such as “{quoted(words[0] if words else 'map=FILE')}”.")
    return together(_read(source) for source in sources)


def _read(source: Source) -> Imported:
    text, odd = decode(source, shown="\\\\x")  # as JSON writes a backslash
    found: list[tuple[int, str, Document]] = []
    problems = list(odd)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                found.append((number, *_parsed(line)))
            except _Unread as error:
                problems.append(Problem(source.path, number, f"{error}. It was left out."))
    ids = {record_id for _, record_id, _ in found}
    drafts: list[Draft] = []
    for (number, record_id, document), name in zip(found, apart(map(_name, found)), strict=True):
        draft, complaints = _draft(source, number, record_id, {**document, "source": name}, ids)
        drafts += [draft] if draft else []
        problems += [Problem(source.path, number, complaint) for complaint in complaints]
    return Imported(tuple(drafts), problems=(*problems, *_twice(source, found)))


def _parsed(line: str) -> tuple[str, Document]:
    """The id and the document on a line; raises ``_Unread``."""
    try:
        document = json.loads(line, strict=False)  # control characters in a text are odd, but they are text
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep, or a number too long"
        raise _Unread(f"is not JSON ({reason})") from None
    if not isinstance(document, dict):
        raise _Unread("is no record but a " + type(document).__name__)
    record_id = document.pop("id", None)
    place = _ID.fullmatch(record_id) if isinstance(record_id, str) else None
    if place is None or place[1] not in BY_LETTER:
        letters = ", ".join(BY_LETTER)
        raise _Unread(f"has no id made of one of {letters} and a number, but {quoted(repr(record_id))}")
    return place[0], document


def _name(found: tuple[int, str, Document]) -> str:
    """What the record is known by: where it came from first, or else its id and birth."""
    _, record_id, document = found
    source = document.get("source")
    return source if isinstance(source, str) and source else f"jsonl:{record_id} {document.get('created', '')}".strip()


def _twice(source: Source, found: Sequence[tuple[int, str, Document]]) -> Iterator[Problem]:
    lines: dict[str, list[int]] = {}
    for number, record_id, _ in found:
        lines.setdefault(record_id, []).append(number)
    for record_id, numbers in lines.items():
        if len(numbers) > 1:
            first, more = at_lines(numbers)
            yield Problem(source.path, first, f"{record_id} stands here{more}: each becomes a record of its own.")


def _draft(source: Source, line: int, record_id: str, document: Document, ids: set[str]) -> tuple[Draft | None, list[str]]:
    """The record of a document; what its fields cannot take goes into its body as JSON."""
    kind = BY_LETTER[record_id[0]]
    aside: Document = {
        name: value for name, value in document.items() if set(_references(name, value)) - ids or not _is_text(value)
    }
    complaints = [
        f"{record_id}: “{quoted(name)}” points outside this file, or is no text; it is in the body." for name in aside
    ]
    while True:
        kept = {name: value for name, value in document.items() if name not in aside}
        try:
            record = kind.model_validate({**_with_aside(kept, aside), "id": record_id})
            if mistake := mistaken(record):
                complaints.append(f"{record_id}: {mistake}; it came in as it is.")
            return Draft(record, source.path, line, tuple(aside)), complaints
        except Invalid as error:
            wrong = {str(problem["loc"][0]): said(problem) for problem in error.errors() if problem["loc"]}
        if not wrong.keys() & kept.keys():
            missing = ", ".join(wrong) or kind.headline
            return None, [f"{record_id} has no {quoted(missing)} that can be read. It was left out."]
        for name in wrong.keys() & kept.keys():
            aside[name] = document[name]
            complaints.append(
                f"{record_id}: “{quoted(name)}” cannot be taken ({quoted(wrong[name], 80)}); it is in the body."
            )


def _with_aside(document: Document, aside: Document) -> Document:
    if not aside:
        return document
    body = document.get("body", "")
    blocks = [f"## {quoted(name)}\n\n```json\n{json.dumps(value)}\n```" for name, value in aside.items()]
    return {**document, "body": "\n\n".join(filter(None, [body if isinstance(body, str) else "", *blocks]))}


def _references(name: str, value: Any) -> Iterator[str]:
    """Every id in the reference fields of a value."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from _references(inner, part)
    elif isinstance(value, list):
        for part in value:
            yield from _references(name, part)
    elif name in REFERENCE_FIELDS and isinstance(value, str):
        yield value


def _is_text(value: Any) -> bool:
    """Whether a value can be stored: JSON may spell half of a character, which no file can hold."""
    try:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:  # UnicodeEncodeError is one
        return False
    return True


FORMAT = Format(
    name="jsonl",
    about="every field of every record, one a line; for backups and for other programs",
    suffixes=(".jsonl", ".ndjson"),
    reads=read_jsonl,
    writes=write_jsonl,
)
