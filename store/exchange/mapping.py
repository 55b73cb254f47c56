"""Which column of a table goes into which field: typed as words, or kept as TOML for the next time; nothing is guessed.

::

    title=title under=theme people=owner,champions tags=teams state=status key=key
    split.teams=;  split.champions=;  after.champions==  values.status="Proposed=option,Not accepted=stopped"

``FIELD=COLUMN[,COLUMN…]`` fills a field.  ``key=`` names the column that says which row is which, ``under=`` the one with
the title of the mission a record nests in, ``as=`` the kind of the records (bet unless said).  How the cells of a column
are read is said once for the column: ``split.`` (several values in a cell), ``after.`` (only what stands behind a mark),
``date.`` (the format of a date that is not ISO), ``values.`` (their words = our words).  ``encoding=`` and ``delimiter=``
describe the file, ``from=`` gives it a name of its own where two files have the same.
"""

from __future__ import annotations

import csv
import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from store.errors import UsageError
from store.exchange.shapes import shapes
from store.model import BY_NOUN, Record
from store.quoting import quoted

ABOUT_FILE: tuple[str, ...] = ("as", "key", "under", "encoding", "delimiter", "from")
ABOUT_COLUMN: tuple[str, ...] = ("split", "after", "date", "values")
DELIMITERS: Mapping[str, str] = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
_SEVERAL = frozenset({"texts", "long"})
"""Sorts of fields that several columns can fill together."""

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """How the cells of one column are read."""

    split: str = ""
    after: str = ""
    date: str = ""
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


AS_IT_IS = Column()


@dataclass(frozen=True, slots=True)
class TableMapping:
    """Columns to fields; every column it names must be there."""

    kind: type[Record]
    key: str
    under: str
    fields: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, Column]
    encoding: str
    delimiter: str
    origin: str

    def column(self, name: str) -> Column:
        """How the cells of a column are read; as they are unless something was said."""
        return self.columns.get(name, AS_IT_IS)

    @property
    def named(self) -> tuple[str, ...]:
        """Every column the mapping names, once."""
        several = [column for columns in self.fields.values() for column in columns]
        return tuple(name for name in dict.fromkeys([self.key, self.under, *several, *self.columns]) if name)


def read_mapping(toml: str, words: Sequence[str] = ()) -> TableMapping:
    """The mapping that a TOML text and the words typed after it give; a word replaces what the text says.

    Raises ``UsageError`` for what cannot be understood.
    """
    try:
        document: Document = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The mapping file is not TOML: {error}.") from None
    for word in words:
        _put(document, word)
    return _mapping(document)


def write_mapping(mapping: TableMapping) -> str:
    """The mapping as TOML, which ``read_mapping`` reads back as the same mapping."""
    import tomli_w

    top = (mapping.kind.noun, mapping.key, mapping.under, mapping.encoding, mapping.delimiter, mapping.origin)
    document: Document = {name: value for name, value in zip(ABOUT_FILE, top, strict=True) if value}
    document["fields"] = {field: names[0] if len(names) == 1 else list(names) for field, names in mapping.fields.items()}
    columns = {name: _described(column) for name, column in mapping.columns.items()}
    return tomli_w.dumps(document | {"columns": columns} if columns else document)


def _described(column: Column) -> Document:
    said = {"split": column.split, "after": column.after, "date": column.date, "values": dict(column.values)}
    return {name: value for name, value in said.items() if value}


# ------------------------------------------------------------------------------------------------------- words to document


def _put(document: Document, word: str) -> None:
    """Add one typed word to the document a mapping file would be."""
    name, equals, value = word.partition("=")
    if not equals or not name or not value:
        raise UsageError(f"“{quoted(word)}” says no column: write FIELD=COLUMN, such as title=Name.")
    how, dot, column = name.partition(".")
    if dot and how in ABOUT_COLUMN:
        described = _table(_table(document, "columns"), column)
        described[how] = _pairs(value) if how == "values" else value
    elif name in ABOUT_FILE:
        document[name] = value
    else:
        _table(document, "fields")[name] = _listed(value)


def _table(document: Document, name: str) -> Document:
    table = document.setdefault(name, {})
    if not isinstance(table, dict):
        raise UsageError(f"In the mapping file “{quoted(name)}” must be a table: [{quoted(name)}].")
    return table


def _listed(text: str) -> list[str]:
    """Names between commas; quotes around one that has a comma in it."""
    return [name.strip() for name in next(csv.reader([text], skipinitialspace=True), [])]


def _pairs(text: str) -> Document:
    pairs = [pair.partition("=") for pair in _listed(text)]
    if any(not theirs or not equals or not ours for theirs, equals, ours in pairs):
        raise UsageError(f"“{quoted(text)}” should read THEIRS=OURS,THEIRS=OURS, such as Proposed=option,Done=settled.")
    return {theirs.strip(): ours.strip() for theirs, _, ours in pairs}


# ----------------------------------------------------------------------------------------------------- document to mapping


def _mapping(document: Document) -> TableMapping:
    for name in document:
        if name not in (*ABOUT_FILE, "fields", "columns"):
            raise UsageError(f"The mapping says “{quoted(name)}”, which means nothing.{near(name, ABOUT_FILE)}")
    top = {name: _word(document.get(name, ""), name) for name in ABOUT_FILE}
    kind = _kind(top["as"] or "bet")
    return TableMapping(
        kind, top["key"], top["under"],
        MappingProxyType({field: _columns(kind, field, said) for field, said in _table(document, "fields").items()}),
        MappingProxyType({name: _column(name, said) for name, said in _table(document, "columns").items()}),
        top["encoding"], _delimiter(top["delimiter"]), top["from"],
    )  # fmt: skip


def _kind(noun: str) -> type[Record]:
    if noun not in BY_NOUN:
        raise UsageError(f"“{quoted(noun)}” is no kind of record. There are {', '.join(BY_NOUN)}.")
    return BY_NOUN[noun]


def _columns(kind: type[Record], field: str, said: Any) -> tuple[str, ...]:
    shape = shapes(kind).get(field)
    if shape is None:
        fields = shapes(kind)
        hint = near(field, fields) or f" A {kind.noun} takes {', '.join(fields)}."
        raise UsageError(f"A {kind.noun} has no field “{quoted(field)}” that a column can fill.{hint}")
    names = tuple(_word(name, field) for name in (said if isinstance(said, list) else [said]))
    if not names or not all(names):
        raise UsageError(f"The mapping names no column for {field}.")
    if len(names) > 1 and shape.sort not in _SEVERAL:
        raise UsageError(f"{field} takes one column, not {len(names)}: {', '.join(map(quoted, names))}.")
    return names


def _column(name: str, said: Any) -> Column:
    if not isinstance(said, dict) or set(said) - set(ABOUT_COLUMN):
        known = ", ".join(ABOUT_COLUMN)
        raise UsageError(f"What is said about the column “{quoted(name)}” should be some of {known}.")
    values = said.get("values", {})
    if not isinstance(values, dict):
        raise UsageError(f"The values of “{quoted(name)}” should be pairs: theirs = ours.")
    texts = {how: _word(said.get(how, ""), how) for how in ("split", "after", "date")}
    words = {theirs: _word(ours, theirs) for theirs, ours in values.items()}
    return Column(texts["split"], texts["after"], _date_format(texts["date"]), MappingProxyType(words))


def _word(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise UsageError(f"The mapping should give “{quoted(name)}” as text, not {quoted(repr(value))}.")
    return value


def _delimiter(text: str) -> str:
    delimiter = DELIMITERS.get(text, text)
    if len(delimiter) > 1 or delimiter in ('"', "\r", "\n"):
        raise UsageError(f"delimiter={quoted(text)}: one character separates cells; or say {', '.join(DELIMITERS)}.")
    return delimiter


def _date_format(text: str) -> str:
    """The format, once a date written with it is read back; raises ``UsageError``."""
    if not text:
        return text
    day = date(2001, 11, 22)
    try:
        if datetime.strptime(day.strftime(text), text).date() == day:
            return text
    except ValueError:
        pass
    raise UsageError(f"date “{quoted(text)}” does not say year, month and day; 31/12/2026 is %d/%m/%Y.")


def near(word: str, known: Iterable[str]) -> str:
    """ " Did you mean …?" for a word close to a known one; "" otherwise."""
    words = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(word.casefold(), words, n=1)
    return f" Did you mean {quoted(words[found[0]])}?" if found else ""
