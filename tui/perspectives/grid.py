"""Grid: any two fields as rows and columns: the perspective one makes oneself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from store.derived import readings
from store.fields import field, fields, value_at
from store.index import Groups, Index
from store.lifecycle import moves
from store.model import BY_NOUN, KINDS, Record, Update
from store.parts import HEALTHS, HORIZONS
from store.records import Records
from store.settings import Settings
from tui.acting import Moved, NextStep, Nudge, Sets, Stays
from tui.perspective import Perspective
from tui.perspectives._columns import people_of
from tui.perspectives._moves import Mover, by_axes, flipped, once, replaced
from tui.shapes import Grid, GridCell, GridRow
from tui.viewpoint import Viewpoint

NONE = "(none)"
"""Where records stand that hold nothing in a field."""
SHOWN: tuple[type[Record], ...] = tuple(kind for kind in KINDS if kind is not Update)
STATES: tuple[str, ...] = tuple(dict.fromkeys(state for kind in SHOWN for state in kind.states))
EVERYTHING = "all"

Values = tuple[Hashable, ...]
Cells = Mapping[tuple[Hashable, Hashable], tuple[Record, ...]]


def _plain(name: str) -> Callable[[Record], Values]:
    """The value of a field, or its values where it holds several; none where a kind has no such field."""

    def values(record: Record) -> Values:
        value: Any = getattr(record, name, None)
        if isinstance(value, tuple):
            return tuple(dict.fromkeys(value))
        return () if value is None or value == "" else (value,)

    return values


@dataclass(frozen=True)
class Field:
    """A field to sort by: what a record holds in it, and the order of its values; values without one stand by name."""

    values: Callable[[Record], Values]
    order: tuple[Hashable, ...] = ()
    name: Callable[[Hashable, Settings], str] = lambda value, settings: str(value)

    def place(self, value: Hashable) -> tuple[int, str]:
        """Where a value stands among the others; none stands last."""
        if value is None:
            return len(self.order) + 1, ""
        return (self.order.index(value), "") if value in self.order else (len(self.order), str(value).casefold())


def _state_name(value: Hashable, settings: Settings) -> str:
    """What the workspace calls a state, by the first kind that has it."""
    noun = next((kind.noun for kind in SHOWN if value in kind.states), "")
    return settings.state(noun, str(value))


MANDATES = tuple("ABCDEFGHI")
FIELDS: Mapping[str, Field] = {
    "horizon": Field(_plain("horizon"), tuple(reversed(HORIZONS)), lambda value, settings: settings.horizon(str(value))),
    "state": Field(lambda record: (record.standing,) if record.states else (), STATES, _state_name),
    "type": Field(
        lambda record: (record.noun,), tuple(kind.noun for kind in SHOWN), lambda value, settings: settings.one(str(value))
    ),
    "kind": Field(_plain("kind")),
    "mandate": Field(_plain("mandate"), MANDATES),
    "team": Field(_plain("team")),
    "people": Field(people_of, name=lambda value, settings: f"@{value}"),
    "health": Field(lambda record: (), tuple(reversed(HEALTHS))),
    "buckets": Field(_plain("buckets")),
    "mode": Field(_plain("mode")),
    "area": Field(_plain("area")),
    "tags": Field(_plain("tags"), name=lambda value, settings: f"+{value}"),
    "funding": Field(_plain("funding"), ("project", "milestone", "durable")),
    "door": Field(_plain("door"), ("one-way", "two-way")),
    "process": Field(_plain("process"), ("good", "poor")),
    "outcome": Field(_plain("outcome"), ("good", "bad", "unknown")),
    "solved": Field(_plain("solved"), ("resolution", "oversight", "flight")),
    "result": Field(_plain("result"), ("won", "lost", "mixed", "unclear")),
    "level": Field(_plain("level")),
    "use": Field(_plain("use"), ("learn", "steer", "report")),
}
"""What can be a row or a column.  ``health`` is looked up among the readings, each person's own."""

Look = Callable[[Record, Records], Values]


def _healths(record: Record, records: Records) -> Values:
    return tuple(dict.fromkeys(one.health for one in readings(record.id, records) if one.health is not None))


LOOKED_UP: Mapping[str, Look] = {"health": _healths}
"""Fields that stand in other records: their values are looked up after the index has sorted by the other field."""

OPTIONS = (
    ("of", ("bet", *(kind.noun for kind in SHOWN if kind.noun != "bet"), EVERYTHING)),
    ("rows", tuple(FIELDS)),
    ("columns", ("state", *(name for name in FIELDS if name != "state"))),
    ("show", ("cards", "counts")),
)


@lru_cache(maxsize=32)
def _index(of: str, rows: str, columns: str, archived: bool) -> Index:
    """Records by the pairs of their values; a field that is looked up counts as empty here."""
    down, across = FIELDS[rows].values, FIELDS[columns].values

    def groups(record: Record) -> Iterable[Hashable]:
        if record.archived and not archived:
            return ()
        return product(down(record) or (None,), across(record) or (None,))

    return Index(SHOWN if of == EVERYTHING else (BY_NOUN[of],), groups)


def _cells(records: Records, viewpoint: Viewpoint, of: str, rows: str, columns: str) -> Cells:
    """The records at each pair of values."""
    cells: Groups = records.grouped(_index(of, rows, columns, viewpoint.archived), viewpoint.where)
    for at, name in ((0, rows), (1, columns)):
        if look := LOOKED_UP.get(name):
            cells = _spread(cells, at, look, records)
    return cells  # type: ignore[return-value]


def _spread(cells: Groups, at: int, look: Look, records: Records) -> Groups:
    """The cells with the looked-up values of their records in place ``at`` of each pair."""
    found: dict[Hashable, list[Record]] = {}
    for pair, group in cells.items():
        for record in group:
            for value in look(record, records) or (None,):
                found.setdefault((value, pair[1]) if at == 0 else (pair[0], value), []).append(record)  # type: ignore[index]
    return {pair: tuple(group) for pair, group in found.items()}


def _chosen(viewpoint: Viewpoint, option: str) -> str:
    """The value of an option; its default where it was turned to something there is not."""
    values = dict(OPTIONS)[option]
    turned = viewpoint.options.get(option, "")
    return turned if turned in values else values[0]


def project(records: Records, viewpoint: Viewpoint) -> Grid:
    """A row and a column for every value that occurs; several values put a record into several cells."""
    of, rows, columns, show = (_chosen(viewpoint, name) for name, _ in OPTIONS)
    cells = _cells(records, viewpoint, of, rows, columns)
    down = sorted({pair[0] for pair in cells}, key=FIELDS[rows].place)
    across = sorted({pair[1] for pair in cells}, key=FIELDS[columns].place)
    name = _namer(records.settings)
    made = tuple(
        GridRow(name(rows, value), tuple(GridCell(cells.get((value, column), ())) for column in across), key=value)
        for value in down
    )
    corner = rows if rows == columns else f"{rows} / {columns}"
    return Grid(corner, tuple(name(columns, value) for value in across), made, show == "counts", tuple(across))


def _namer(settings: Settings) -> Callable[[str, Hashable], str]:
    return lambda field, value: NONE if value is None else FIELDS[field].name(value, settings)


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    of = _chosen(viewpoint, "of")
    if of in (EVERYTHING, record.noun):
        return None
    settings = records.settings
    return f"it is turned to {settings.many(of)}; {record.id} is a {settings.one(record.noun)}"


# ---------------------------------------------------------------------------------------------------------------- moving

STAYING: Mapping[str, str] = {
    "type": "What a record is does not change: a adds another.",
    "health": "Health is each person's own reading: C gives yours.",
}
"""Fields nobody sets, and what to do instead."""


def path_of(record: Record, name: str, value: Hashable = None) -> str | None:
    """The path of the field of a record that holds a value shown in the grid; None where the kind has no such field."""
    paths = {one.path for one in fields(type(record))}
    if name == "people" and "people" not in paths:
        naming = [path for path in ("driver", "approver") if path in paths]
        return next((path for path in naming if value and value_at(record, path) == value), next(iter(naming), None))
    return name if name in paths else None


def _to_beside(option: str) -> Mover:
    """The value of the next row, or column, in the place of the one the record stands in."""
    at = ("rows", "columns").index(option)

    def move(record: Record, nudge: Nudge, way: int) -> Moved:
        name = _chosen(nudge.viewpoint, option)
        if name in STAYING:
            return Stays(STAYING[name])
        values = FIELDS[name].values(record) or (None,)
        place = nudge.place[at] if isinstance(nudge.place, tuple) and len(nudge.place) == 2 else None
        if place not in values and len(values) > 1:
            return Stays(f"{record.id} stands in {len(values)} {option}: put the cursor on the one to move.")
        value = place if place in values else values[0]
        if (path := path_of(record, name, value)) is None:
            return Stays(f"A {nudge.records.settings.one(record.noun)} has no {name}.")
        grid = once("grid", nudge, lambda: project(nudge.records, nudge.viewpoint))
        shown = grid.keys if at else tuple(row.key for row in grid.rows)
        possible = [one for one in _onwards(shown, FIELDS[name].order, value, way) if _takes(record, path, one)]
        if not possible:
            return Stays(f"There is no further {option.removesuffix('s')} {record.id} could stand in: e sets its {name}.")
        return _set(record, path, value, possible[0])

    return move


def _onwards(shown: Values, order: Values, value: Hashable, way: int) -> list[Hashable]:
    """The values that come after one, or before it: those shown, then those the field has besides, nearest first."""
    known = [one for one in shown if one is not None]
    if value is None:
        return [] if way > 0 else known[::-1]
    declared = [order.index(one) for one in known if one in order]
    before, after = (order[: min(declared)], order[max(declared) + 1 :]) if declared else ((), order)
    line = [*before, *known, *after]
    at = line.index(value)
    return [*line[at + 1 :], *([None] if None in shown else [])] if way > 0 else line[:at][::-1]


def _takes(record: Record, path: str, value: Hashable) -> bool:
    """Whether a field can hold a value: a state it can go to, one of its choices, nothing where it may be empty."""
    if path == "state":
        return value in moves(record)
    one = field(type(record), path)
    return not one.required if value is None else not one.choices or value in one.choices


def _set(record: Record, path: str, before: Hashable, after: Hashable) -> Moved:
    if path == "state":
        return Sets({"state": str(after)})
    return replaced(record, path, *(None if one is None else str(one) for one in (before, after)))


def _fills(record: Record, viewpoint: Viewpoint) -> tuple[str, ...]:
    """The fields that are its rows and columns, where the kind has them."""
    names = (_chosen(viewpoint, option) for option in ("rows", "columns"))
    paths = (path_of(record, name) for name in names if name != "state")
    return tuple(dict.fromkeys(path for path in paths if path is not None)) or ("tags",)


PERSPECTIVE = Perspective(
    id="grid",
    title="Grid",
    key="x",
    asks="What stands where two fields meet?",
    hides="every field but the two that are its rows and columns",
    kinds=SHOWN,
    project=project,
    empty="There is nothing of this kind yet. Turn it to another kind, or press a in its pane to add one.",
    absence=_absence,
    moves="H and L: the value of the next column, J and K: of the next row",
    move=by_axes(_to_beside("columns"), flipped(_to_beside("rows"))),
    fills=_fills,
    next_steps=(NextStep("fill it in", "lens.fill"),),
    options=OPTIONS,
)
