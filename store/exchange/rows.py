"""Text becomes a header and rows, with the line each row begins on; no cell is dropped, however ragged the row."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from store.errors import UsageError
from store.exchange.imported import Problem, apart, counted
from store.quoting import quoted

SNIFFED = (",", ";", "\t", "|")
LARGE_CELL = 1_000_000
"""Characters from which a cell is worth a word."""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by the name of their column, in the order of the columns; ``line`` is where the row begins."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_table(path: str, text: str, delimiter: str = "") -> Table:
    """The header and the rows of a CSV text; blank lines are no rows.

    Without a ``delimiter`` it is the one of ``, ; tab |`` that cuts the first line into the most cells.  Rows that are too
    long or too short, columns without a name or with one that was there before, an open quote and very large cells are
    problems.  Raises ``UsageError`` for a text without a header.
    """
    with _cells_of_any_size():
        delimiter = delimiter or _sniffed(text)
        lines = _records(text, delimiter)
        first, names = next(lines, (1, []))
        if not names:
            raise UsageError(f"{quoted(path, 200)} is empty: there is no line with the names of the columns.")
        header, problems = _header(path, first, names)
        rows, ragged = [], list(problems)
        for line, cells in lines:
            rows.append(Row(line, _by_name(header, cells)))
            ragged += _ragged(path, line, header, cells)
        if rows and (problem := _open_quote(path, text, delimiter, rows[-1].line)):
            ragged.append(problem)
    return Table(delimiter, header, tuple(rows), tuple(ragged))


@contextmanager
def _cells_of_any_size() -> Iterator[None]:
    """The csv module refuses cells over 128 KiB by default, for the whole process."""
    before = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _sniffed(text: str) -> str:
    """The separator that cuts the header into the most cells; a comma where none does."""
    return max(SNIFFED, key=lambda mark: len(next(_records(text, mark), (0, []))[1]))


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on.  Lenient: the strict reader would give up the rest of the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _header(path: str, line: int, names: Sequence[str]) -> tuple[tuple[str, ...], list[Problem]]:
    said = [name.strip() for name in names]
    header = tuple(apart(name or _unnamed(place) for place, name in enumerate(said, 1)))
    problems = [
        Problem(path, line, f"column {place} {_header_complaint(name)}; here it is called “{called}”.")
        for place, (name, called) in enumerate(zip(said, header, strict=True), 1)
        if name != called
    ]
    return header, problems


def _header_complaint(name: str) -> str:
    return f"has the name “{quoted(name)}” that another one has" if name else "has no name"


def _unnamed(place: int) -> str:
    return f"column {place}"


def _by_name(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    beyond = apart([*header, *(_unnamed(place) for place in range(len(header) + 1, len(cells) + 1))])
    return dict(zip(beyond, [*cells, *[""] * (len(header) - len(cells))], strict=True))


def _ragged(path: str, line: int, header: Sequence[str], cells: Sequence[str]) -> Iterator[Problem]:
    if len(cells) != len(header):
        here = f"{counted(len(cells), 'cell')} where the header has {len(header)}"
        rest = "the others are in the body" if len(cells) > len(header) else f"from “{header[len(cells)]}” on it is empty"
        yield Problem(path, line, f"{here}: {rest}.")
    for name, cell in zip(header, cells, strict=False):
        if len(cell) >= LARGE_CELL:
            yield Problem(path, line, f"the cell “{name}” is very large: {len(cell) / 1e6:.1f} million characters.")


def _open_quote(path: str, text: str, delimiter: str, line: int) -> Problem | None:
    """The problem of a quote that is never closed, which makes one cell of all that follows it."""
    lines = io.StringIO(text, newline="").readlines()[line - 1 :]
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            rest = counted(len(lines), "line")
            return Problem(path, line, f"a quote opened here is never closed: the rest of the file, {rest}, became one row.")
    return None
