"""Grid: any two fields as rows and columns: the perspective one makes oneself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from store.derived import readings
from store.model import BY_NOUN, HEALTHS, HORIZONS, KINDS, Record, Update
from store.records import Groups, Index, Records
from store.settings import Settings
from tui.perspective import Grid, GridCell, GridRow, Perspective, Viewpoint
from tui.perspectives._columns import people_of

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
    options=OPTIONS,
)
