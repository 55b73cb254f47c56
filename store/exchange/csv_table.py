"""CSV: each row a record, by a mapping of columns to fields; what no field holds lands in the body."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from store.errors import UsageError
from store.exchange.cells import Reading, read_row
from store.exchange.decoding import decode
from store.exchange.format import Format
from store.exchange.imported import Arrow, Draft, Imported, Problem, Source, apart, at_lines, counted, together
from store.exchange.mapping import ABOUT_COLUMN, TableMapping, near, read_mapping, write_mapping
from store.exchange.rows import Row, Table, read_table
from store.exchange.shapes import shapes
from store.model import Mission
from store.quoting import quoted

_SEPARATORS = ";|,"
"""Marks that may stand between values in a cell."""
_LISTED = 12
"""Names an error message lists before it stops."""


def read_csv(sources: Sequence[Source], words: Sequence[str], kept: str = "") -> Imported:
    """The rows of the files as drafts, and the missions named by the column under which they nest.

    Raises ``UsageError`` for a mapping that makes no sense or that a file does not fit.
    """
    mapping = read_mapping(kept, words)
    origins = apart(f"csv:{mapping.origin or source.name}" for source in sources)
    read = (_read(source, origin, mapping) for source, origin in zip(sources, origins, strict=True))
    return replace(together(read), keep=write_mapping(mapping))


def _read(source: Source, origin: str, mapping: TableMapping) -> Imported:
    text, odd = decode(source, mapping.encoding)
    table = read_table(source.path, text, mapping.delimiter)
    _check(source, table, mapping)
    readings = [read_row(row, mapping) for row in table.rows]
    keys, wrong_keys = _keys(source, table.rows, mapping)
    drafts = [_draft(source, reading, f"{origin}#{key}") for reading, key in zip(readings, keys, strict=True)]
    missions, arrows = _missions(source, origin, readings, drafts)
    complaints = [Problem(source.path, reading.row.line, text) for reading in readings for text in reading.complaints]
    untitled = [Problem(source.path, draft.line, _no_title(draft)) for draft in drafts if _headless(draft, mapping)]
    problems = [
        *odd,
        *table.problems,
        *wrong_keys,
        *complaints,
        *untitled,
        *_unknown(source, readings, mapping),
        *_idle(source, mapping),
    ]
    problems.sort(key=lambda problem: problem.line)
    titled = [_titled(draft, mapping) for draft in drafts]
    return Imported((*missions, *titled), arrows, tuple(problems), explained=_explained(source, table, mapping))


# ------------------------------------------------------------------------------------------------------------- the mapping


def _check(source: Source, table: Table, mapping: TableMapping) -> None:
    """Raise ``UsageError`` where the mapping names no title, no key, or columns the file does not have."""
    missing = [name for name in mapping.named if name not in table.header]
    if missing:
        hint = next((found for name in missing if (found := near(name, table.header))), "")
        there = _names(table.header)
        raise UsageError(f"{source.shown} has no column {_names(missing)}.{hint}\nIts columns are {there}.")
    headline = mapping.kind.headline
    if headline not in mapping.fields:
        there = f"The columns of {source.shown} are {_names(table.header)}."
        raise UsageError(f"Say which column is the {headline}: {headline}=COLUMN.\n{there}")
    if not mapping.key:
        could = [name for name in table.header if _tells_apart(table, name)]
        hint = f"Each row differs in {_names(could)}." if could else "No column differs in every row; take the best one."
        ask = f"Say which column tells the rows of {source.shown} apart, for the next import: key=COLUMN."
        raise UsageError(f"{ask}\n{hint}")


def _names(names: Sequence[str]) -> str:
    listed = ", ".join(quoted(name) for name in names[:_LISTED])
    return f"{listed} and {len(names) - _LISTED} more" if len(names) > _LISTED else listed


def _tells_apart(table: Table, column: str) -> bool:
    cells = [row.cells[column].strip() for row in table.rows]
    return all(cells) and len(set(cells)) == len(cells)


def _explained(source: Source, table: Table, mapping: TableMapping) -> tuple[str, ...]:
    """Which column goes where, a line each."""
    delimiter = "tab" if table.delimiter == "\t" else table.delimiter
    used = [*mapping.fields.items(), *([("under (missions)", (mapping.under,))] if mapping.under else [])]
    named = {column for _, columns in used for column in columns}
    rest = [column for column in table.header if column not in named and column != mapping.key]
    return (
        f"{source.shown}: {counted(len(table.rows), 'row')}, columns separated by “{delimiter}”",
        *(f"  {field} ← {', '.join(_said(mapping, column) for column in columns)}" for field, columns in used),
        *_unsplit(table, mapping),
        f"  key ← {quoted(mapping.key)}",
        *([f"  no field, so into the body: {_names(rest)}"] if rest else []),
    )


def _unsplit(table: Table, mapping: TableMapping) -> Iterator[str]:
    """A line for each column whose cells go whole into a list, though they look like several values."""
    for field, columns in mapping.fields.items():
        shape = shapes(mapping.kind).get(field)
        for column in columns if shape and shape.sort == "texts" else ():
            mark = next((mark for mark in _SEPARATORS if any(mark in row.cells[column] for row in table.rows)), "")
            if mark and not mapping.column(column).split:
                name = quoted(column)
                yield f"    each cell of {name} is one value, “{mark}” and all; if they are several: 'split.{name}={mark}'"


def _said(mapping: TableMapping, column: str) -> str:
    how = mapping.column(column)
    said = [
        f"split at {how.split}" if how.split else "",
        f"what stands after {how.after}, whole in the body too" if how.after else "",
        f"dates as {how.date}" if how.date else "",
        ", ".join(f"{theirs} → {ours}" for theirs, ours in how.values.items()),
    ]
    notes = "; ".join(quoted(text, 200) for text in said if text)
    return f"{quoted(column)} ({notes})" if notes else quoted(column)


# ---------------------------------------------------------------------------------------------------------------- the rows


def _keys(source: Source, rows: Sequence[Row], mapping: TableMapping) -> tuple[list[str], list[Problem]]:
    """The key of each row, all different: one that is missing is made of the row's content, one that recurs is numbered."""
    said = [row.cells[mapping.key].strip() for row in rows]
    keys = apart(key or f"row-{_digest(row)}" for key, row in zip(said, rows, strict=True))
    first_line = {key: row.line for key, row in reversed(list(zip(said, rows, strict=True)))}
    problems = []
    for row, key, unique in zip(rows, said, keys, strict=True):
        if not key:
            message = f"“{mapping.key}” is empty: changed rows like this come in again at the next import."
            problems.append(Problem(source.path, row.line, message))
        elif key != unique:
            message = f"“{mapping.key}” is “{quoted(key)}” as on line {first_line[key]}: it comes in as a record of its own."
            problems.append(Problem(source.path, row.line, message))
    return keys, problems


def _digest(row: Row) -> str:
    return hashlib.sha256("\0".join(row.cells.values()).encode(errors="surrogatepass")).hexdigest()[:12]


def _draft(source: Source, reading: Reading, identity: str) -> Draft:
    kind = reading.mapping.kind
    fields: dict[str, Any] = {kind.headline: "", **reading.fields, "source": identity}
    return Draft(kind.model_validate(fields), source.path, reading.row.line, tuple(reading.kept))


def _headless(draft: Draft, mapping: TableMapping) -> bool:
    return not getattr(draft.record, mapping.kind.headline)


def _no_title(draft: Draft) -> str:
    return f"the {draft.record.headline} is empty: “{quoted(_stand_in(draft))}” stands in."


def _stand_in(draft: Draft) -> str:
    return draft.source.partition("#")[2]


def _titled(draft: Draft, mapping: TableMapping) -> Draft:
    if not _headless(draft, mapping):
        return draft
    return replace(draft, record=draft.record.evolve(**{mapping.kind.headline: _stand_in(draft)}))


def _missions(
    source: Source, origin: str, readings: Sequence[Reading], drafts: Sequence[Draft]
) -> tuple[list[Draft], tuple[Arrow, ...]]:
    """A mission for each title in the column ``under``, and an arrow to it from each row that names it."""
    missions: dict[str, Draft] = {}
    arrows = []
    for reading, draft in zip(readings, drafts, strict=True):
        title = " ".join(reading.row.cells[reading.mapping.under].split()) if reading.mapping.under else ""
        if title:
            identity = f"{origin}#under:{title}"
            mission = Mission(title=title, source=identity)
            missions.setdefault(title, Draft(mission, source.path, draft.line, shared=True))
            arrows.append(Arrow(draft.source, "nests_in", identity, primary=True))
    return list(missions.values()), tuple(arrows)


def _unknown(source: Source, readings: Iterable[Reading], mapping: TableMapping) -> list[Problem]:
    """One problem for each word that a field does not take, with how to say what it means."""
    lines: dict[tuple[str, str, str], list[int]] = {}
    for reading in readings:
        for found in reading.unknown:
            lines.setdefault(found, []).append(reading.row.line)
    problems = []
    for (column, word, field), where in lines.items():
        first, more = at_lines(where)
        words = shapes(mapping.kind)[field].words
        message = f"{column} “{quoted(word)}”{more} is no {field} ({', '.join(words)}) and is in the body. "
        message += f'Say what it means: values.{column}="{quoted(word)}={words[0]}"'
        problems.append(Problem(source.path, first, message))
    return problems


def _idle(source: Source, mapping: TableMapping) -> Iterator[Problem]:
    """One problem for each column whose cells are to be read in some way, though they fill no field."""
    filling = {column for columns in mapping.fields.values() for column in columns}
    for column, how in mapping.columns.items():
        if column not in filling:
            said = ", ".join(f"{name}.{quoted(column)}" for name in ABOUT_COLUMN if getattr(how, name))
            field = "state" if how.values else "FIELD"
            yield Problem(
                source.path, 1, f"{said} does nothing: “{quoted(column)}” fills no field. Say which: {field}={column}"
            )


FORMAT = Format(
    name="csv",
    about="tables; each row a record, by a mapping of columns to fields",
    suffixes=(".csv", ".tsv"),
    options=(
        ("key=COLUMN", "which column tells the rows apart (needed)"),
        ("FIELD=COLUMN[,COLUMN…]", "which column fills a field, such as title=Name; the title is needed"),
        ("under=COLUMN", "the title of the mission each record nests in"),
        ("as=KIND", "the kind of the records; bet unless said"),
        ("split.COLUMN=MARK", "several values stand in a cell of this column, separated by the mark"),
        ("after.COLUMN=MARK", "only what stands after the mark is the value"),
        ("date.COLUMN=FORMAT", "how dates are written, such as %d/%m/%Y; YYYY-MM-DD unless said"),
        ("values.COLUMN=THEIRS=OURS[,…]", "what the words of this column mean, such as Done=settled"),
        ("encoding=NAME", "UTF-8 unless said or marked in the file"),
        ("delimiter=MARK", "what separates cells; seen from the header unless said (tab for a tab)"),
        ("from=NAME", "the name the rows are known by at the next import; the file's name unless said"),
        ("map=FILE", "a TOML file with all of these, kept from last time"),
    ),
    reads=read_csv,
)
