"""One row becomes the fields of one record: what a field cannot take is said and stays, as it was, in the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from store.exchange.mapping import Column, TableMapping
from store.exchange.rows import Row
from store.exchange.shapes import Shape, shapes, value_of
from store.quoting import quoted

LONGEST_HEADLINE = 300
"""Characters of a title; of a longer one the rest stands in the body."""

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(slots=True)
class Reading:
    """A row on its way to a record; ``kept`` are the columns whose cells go into the body as they are."""

    row: Row
    mapping: TableMapping
    fields: dict[str, Any] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    unknown: list[tuple[str, str, str]] = field(default_factory=list)
    """(column, its word, field) where the field takes only certain words and this is none of them."""

    def complain(self, column: str, message: str) -> None:
        """Say what is wrong with a cell, and keep it."""
        self.complaints.append(message)
        self.kept.append(column)


def read_row(row: Row, mapping: TableMapping) -> Reading:
    """The fields a row fills, all of its other cells in the body.  An empty cell fills nothing."""
    reading = Reading(row, mapping)
    used = {mapping.key, mapping.under}
    for name, columns in mapping.fields.items():
        if name == "body":
            continue
        used.update(columns)
        _fill(reading, name, columns)
    reading.kept += [column for column in row.cells if column not in used]
    if body := _body(reading):
        reading.fields["body"] = body
    return reading


def _fill(reading: Reading, name: str, columns: tuple[str, ...]) -> None:
    shape = shapes(reading.mapping.kind)[name]
    cells = [(column, reading.row.cells[column]) for column in columns if reading.row.cells[column].strip()]
    if not cells:
        return
    if name == reading.mapping.kind.headline:
        reading.fields[name] = _headline(reading, *cells[0])
    elif shape.sort == "texts":
        pieces = (piece for column, cell in cells for piece in _pieces(reading, column, cell))
        reading.fields[name] = tuple(dict.fromkeys(_person(piece) if shape.people else piece for piece in pieces))
    elif shape.sort == "long":
        reading.fields[name] = "\n\n".join(_translated(reading, column, cell.strip()) for column, cell in cells)
    elif (value := _value(reading, name, shape, *cells[0])) is not None:
        reading.fields[name] = value


def _headline(reading: Reading, column: str, cell: str) -> str:
    """The cell on one line of bearable length; where that changes it, it also stands in the body."""
    one_line = " ".join(cell.split()) if re.search(r"[\n\r\t\v\f]", cell.strip()) else cell.strip()
    if one_line != cell.strip():
        reading.complain(column, f"the {column} has line breaks: on one line here, as it was in the body.")
    if len(one_line) > LONGEST_HEADLINE:
        reading.complain(column, f"the {column} has {len(one_line)} characters: shortened here, whole in the body.")
        return one_line[: LONGEST_HEADLINE - 1] + "…"
    return one_line


def _pieces(reading: Reading, column: str, cell: str) -> Iterator[str]:
    """The values in a cell; a cell that says more than they do is kept."""
    how = reading.mapping.column(column)
    for piece in cell.split(how.split) if how.split else [cell]:
        _, mark, behind = piece.partition(how.after) if how.after else ("", "", "")
        if mark:
            reading.kept.append(column)
        if text := (behind if mark else piece).strip():
            yield _translated(reading, column, text)


def _translated(reading: Reading, column: str, text: str) -> str:
    """Our word for theirs; where several of theirs become the same, the cell is kept to tell them apart."""
    values = reading.mapping.column(column).values
    ours = values.get(text, text)
    if text in values and Counter(values.values())[ours] > 1:
        reading.kept.append(column)
    return ours


def _person(text: str) -> str:
    return text.removeprefix("@") or text


def _value(reading: Reading, name: str, shape: Shape, column: str, cell: str) -> Any:
    """The value of a cell for a field that holds one, or None once it is said why there is none."""
    text = _translated(reading, column, cell.strip())
    if shape.sort == "word":
        if text in shape.words:
            return text
        reading.unknown.append((column, text, name))
        reading.kept.append(column)
        return None
    try:
        if shape.sort == "date":
            return _date(reading, column, text)
        return _person(text) if shape.people else value_of(reading.mapping.kind, name, text)
    except ValueError as error:
        reading.complain(column, f"{column} “{quoted(text)}” is no {name}: {error}; it is in the body.")
        return None


def _date(reading: Reading, column: str, text: str) -> date:
    """The day a cell names in the declared format, ISO 8601 unless declared; raises ``ValueError`` with the reason."""
    how: Column = reading.mapping.column(column)
    if not how.date:
        if not _ISO.fullmatch(text):
            raise ValueError(f"dates are YYYY-MM-DD unless date.{column}= says how they are written")
        return date.fromisoformat(text)
    try:
        moment = datetime.strptime(text, how.date)
    except ValueError:
        raise ValueError(f"it does not fit {how.date}") from None
    if moment.strftime(how.date) != datetime(moment.year, moment.month, moment.day).strftime(how.date):
        reading.kept.append(column)  # the time of the day, which a date does not hold
    return moment.date()


def _body(reading: Reading) -> str:
    """The cells for the body: first those mapped to it, the first of them bare, then each under the name of its column."""
    meant = reading.mapping.fields.get("body", ())
    kept = [column for column in dict.fromkeys(reading.kept) if column not in meant]
    reading.kept = [column for column in kept if reading.row.cells[column].strip()]
    opening = reading.row.cells[meant[0]].strip() if meant else ""
    headed = [column for column in (*meant[1:], *kept) if reading.row.cells[column].strip()]
    parts = [opening] if opening else []
    parts += [f"## {' '.join(column.split())}\n\n{reading.row.cells[column].strip()}" for column in headed]
    return "\n\n".join(parts)
