"""What a perspective is: a question, and a pure function from the records to one of a few view shapes.

A perspective is a file in ``tui/perspectives``; a shape is drawn by a file in ``tui/drawing``.  Neither knows the other's
insides, and neither imports Textual: the app and ``many board --plain`` show the same views.
"""

import importlib
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from store.fields import text_of
from store.index import Predicate
from store.model import Bet, Record, Update
from store.operations import Transaction
from store.records import Records
from tui.acting import EDIT, Move, NextStep, nothing_moves

# ------------------------------------------------------------------------------------------------------- text with a role


class Span(NamedTuple):
    """A piece of text and its role: one of the tokens of the themes.  The text is data, shown as it is."""

    text: str
    token: str = "text"


NOTHING: Mapping[str, str] = MappingProxyType({})


def unreadable(record: Record) -> bool:
    """What a filter lets through that cannot be read: nothing, for to show anything would tell a falsehood."""
    return False


class Viewpoint(NamedTuple):
    """From where one looks: the day, who looks, what is chosen, what is let through, and the lens's own options.

    ``history`` is what was done, newest first, as far back as the lens looks; None where it was not read.
    """

    today: date
    me: str = ""
    chosen: str | None = None
    where: Predicate | None = None
    archived: bool = False
    options: Mapping[str, str] = NOTHING
    history: tuple[Transaction, ...] | None = None
    filter: str = ""
    """What ``where`` was read from, to name the clause that leaves a record out."""
    reviewed: str = ""
    """When I ended my last review, as the store writes times; "" for never, and where no lens asks for it."""

    def lets(self, record: Record) -> bool:
        """Whether a record passes the filter and is not put away."""
        return (self.archived or not record.archived) and (self.where is None or self.where(record))


# ------------------------------------------------------------------------------------------------------------ the shapes


class Scene(NamedTuple):
    """What a cell may look at besides its record."""

    records: Records
    today: date
    me: str = ""


class Column(NamedTuple):
    """One column of a list.  ``width`` in cells; 0 takes what is left.  The higher ``keep``, the later it is dropped
    when the room is narrow, or gives its place to ``short``."""

    title: str
    width: int
    cell: Callable[[Record, Scene], Span]
    right: bool = False
    keep: int = 5
    short: "Column | None" = None


class Section(NamedTuple):
    """A headed run of records; ``key`` is what a record gets when it is moved here, such as a state."""

    title: str
    records: tuple[Record, ...]
    note: str = ""
    key: Hashable = None
    token: str = "title"
    folded: tuple[Record, ...] = ()
    """Those that are folded away behind the first."""


class Sections(NamedTuple):
    """Records in headed runs, each record a row of columns; ``across`` puts the runs side by side where there is room."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    across: bool = False


class Branch(NamedTuple):
    """One row of a tree: the record, how deep it hangs, and what there is to say about the way down to it.

    ``token`` is that of the note, or of the title where there is no record; left out, a note warns and a title is dim.
    """

    record: Record | None
    depth: int
    title: str = ""
    note: str = ""
    token: str = ""
    folded: tuple[Record, ...] = ()
    """The records below it that are folded away."""


class Tree(NamedTuple):
    """Records hanging from each other, from the top down, each after what it hangs from."""

    columns: tuple[Column, ...]
    branches: tuple[Branch, ...]


class GridCell(NamedTuple):
    """What stands where a row and a column meet: a text, the records behind it, or both.

    ``short`` is the text in fewer cells, for where the columns would not stand beside each other else.
    """

    records: tuple[Record, ...] = ()
    text: str = ""
    token: str = "text"
    short: str = ""


class GridRow(NamedTuple):
    """A row of a grid: about one record, or about a value."""

    title: str
    cells: tuple[GridCell, ...]
    record: Record | None = None
    note: str = ""
    key: Hashable = None


class Grid(NamedTuple):
    """Rows and columns.  ``counts`` shows how many records a cell holds instead of the records themselves; ``keys`` are
    what a record gets that is moved into each column, as ``GridRow.key`` is for the rows."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[GridRow, ...]
    counts: bool = False
    keys: tuple[Hashable, ...] = ()


class Mark(NamedTuple):
    """A day that means something."""

    day: date
    glyph: str
    meaning: str
    token: str = "text"


class Lane(NamedTuple):
    """One record on the timeline: its days, the stretch it covers, and the day on which it asks for somebody."""

    record: Record
    marks: tuple[Mark, ...]
    start: date | None = None
    end: date | None = None
    token: str = "doing"
    asks: date | None = None


class Timeline(NamedTuple):
    """Lanes of days on one axis from ``start`` to ``end``; ``lane_groups`` heads runs of lanes by their first index."""

    lanes: tuple[Lane, ...]
    start: date
    end: date
    today: date
    legend: str = ""


class Point(NamedTuple):
    """A record on a plane, and what to say about it where there is room.

    One that stands for several has a ``label`` in place of the id, and those that are ``also`` behind it.
    """

    record: Record
    x: float
    y: float
    token: str = "text"
    note: str = ""
    label: str = ""
    also: tuple[Record, ...] = ()

    @property
    def name(self) -> str:
        """What stands on the plane."""
        return self.label or self.record.id


class Trail(NamedTuple):
    """How a record came to where its point stands: every place (x, y) it had, the oldest first, and at last that of the
    point."""

    record_id: str
    places: tuple[tuple[float, float], ...]


class Plane(NamedTuple):
    """Points between two axes; each axis is (name, low end, high end), ``regions`` names the four quarters, row by row
    from the top left.

    An axis without a name has no scale.  ``ranking`` heads a list of the points in their order, for planes on which some
    come before others; ``curve`` is a line through places (x, y), x rising; ``trails`` lie behind the points.
    """

    x: tuple[str, float, float]
    y: tuple[str, float, float]
    points: tuple[Point, ...]
    regions: tuple[str, str, str, str] = ("", "", "", "")
    ranking: str = ""
    curve: tuple[tuple[float, float], ...] = ()
    trails: tuple[Trail, ...] = ()


class Bar(NamedTuple):
    """One line of a tally: a label, how much of what, and what to say about it.

    ``mark`` is a value to hold the bar against, ``span`` between which values the truth may lie; a ``heading`` has a label
    and a note only.
    """

    label: str
    value: float
    note: str = ""
    token: str = "doing"
    records: tuple[Record, ...] = ()
    mark: float | None = None
    heading: bool = False
    span: tuple[float, float] | None = None


class Tally(NamedTuple):
    """Bars on one scale from 0 to ``most``."""

    bars: tuple[Bar, ...]
    most: float
    unit: str = ""


class Paragraph(NamedTuple):
    """A run of text to be wrapped; ``label`` stands before it, ``record`` is what it leads to."""

    text: str
    label: str = ""
    token: str = "text"
    record: Record | None = None
    heading: bool = False


class Text(NamedTuple):
    """Paragraphs to read from top to bottom.

    ``labels`` are the cells that the longest label takes at least: what is read one after another keeps its columns then.
    """

    paragraphs: tuple[Paragraph, ...]
    labels: int = 0


View = Sections | Tree | Grid | Timeline | Plane | Tally | Text

# ------------------------------------------------------------------------------------------------------- the perspective


class Perspective(NamedTuple):
    """One way of looking at the records.

    ``key`` is the letter after ``g``; ``asks`` the question it answers, ``hides`` what it leaves out, ``needs`` the fields
    without which a record cannot appear; ``empty`` says what to do when nothing does.  ``absence`` says why one record
    does not appear, None when it does; ``project`` shows the others.  ``move`` says what moving one a step means.
    """

    id: str
    title: str
    key: str
    asks: str
    hides: str
    kinds: tuple[type[Record], ...]
    project: Callable[[Records, Viewpoint], View]
    empty: str
    needs: tuple[str, ...] = ()
    absence: Callable[[Record, Records, Viewpoint], str | None] = lambda record, records, viewpoint: None
    move: Move = nothing_moves
    moves: str = ""
    """What the keys that move a record mean here, for the help; "" where nothing moves."""
    fills: Callable[[Record, Viewpoint], tuple[str, ...]] | None = None
    """The fields of a record this lens lives from, most telling first; None for those it needs."""
    next_steps: tuple[NextStep, ...] = (EDIT,)
    """What one wants to do next: the first that is for the kind of the record."""
    follows: bool = False
    """Whether it is about the chosen record, and is drawn anew when another is chosen."""
    looks_back: Callable[[Viewpoint, str], str] | None = None
    """From when on it needs the history, as it is turned, where days are those of a zone; as the store writes times.

    None for a lens that shows only how things stand."""
    adds: type[Record] | None = None
    """The kind ``a`` adds here whatever is chosen; None for that of the chosen record where it is shown here."""
    board: bool = True
    """Whether it can be put on the board; the five panes have lenses of their own."""
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(option, its values, the first being the default): what the person can turn in this lens."""

    def option(self, viewpoint: Viewpoint, name: str) -> str:
        """The value of an option as turned by the person, or its default."""
        return viewpoint.options.get(name) or dict(self.options)[name][0]

    def next_step(self, record: Record | None) -> NextStep:
        """What whoever opens this lens wants to do next with a record; with none, what the lens is opened for."""
        return next((one for one in self.next_steps if isinstance(record, one.kinds)), self.next_steps[0])

    def holds(self, chosen: Record | None) -> type[Record]:
        """The kind of record one adds here."""
        if self.adds is not None:
            return self.adds
        if isinstance(chosen, self.kinds) and not isinstance(chosen, Update):
            return type(chosen)
        return Bet if Bet in self.kinds else self.kinds[0]

    def fields(self, record: Record, viewpoint: Viewpoint) -> tuple[str, ...]:
        """The paths of the fields of a record that this lens lives from."""
        return self.needs if self.fills is None else self.fills(record, viewpoint)

    def unfilled(self, record: Record, viewpoint: Viewpoint) -> tuple[str, ...]:
        """Those of its fields that hold nothing."""
        return tuple(path for path in self.fields(record, viewpoint) if not text_of(record, path))


@lru_cache(maxsize=1)
def perspectives() -> Mapping[str, Perspective]:
    """Every perspective by its id, in the order of the files; each file of ``tui/perspectives`` declares ``PERSPECTIVE``."""
    import pkgutil  # a single lens does without

    from tui import perspectives as package

    names = (module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))
    return MappingProxyType({name: perspective(name) for name in names})


def perspective(lens: str) -> Perspective:
    """One perspective by its id, which is the name of its file: only that file is loaded.  Raises ``KeyError``."""
    try:
        found: Perspective = importlib.import_module(f"tui.perspectives.{lens}").PERSPECTIVE
    except ModuleNotFoundError:
        raise KeyError(lens) from None
    return found


def titled(perspective: Perspective, records: Records) -> str:
    """What a perspective is called here: the list of a single kind has the workspace's own name for it."""
    if perspective.board or len(perspective.kinds) != 1:
        return perspective.title
    return records.settings.many(perspective.kinds[0].noun).capitalize()


def why_absent(perspective: Perspective, record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    """Why a record does not appear in a perspective, and what would bring it in; None when it does appear."""
    if not isinstance(record, perspective.kinds):
        kinds = ", ".join(records.settings.many(kind.noun) for kind in perspective.kinds)
        return f"it shows {kinds}; {record.id} is a {records.settings.one(record.noun)}"
    if record.archived and not viewpoint.archived:
        return f"{record.id} is archived; Z shows archived ones, A brings it back"
    if viewpoint.where is not None and not viewpoint.where(record):
        return _left_out(perspective, record, records, viewpoint)
    missing = [name for name in perspective.needs if getattr(record, name, None) in (None, "", (), {})]
    if missing:
        return f"{record.id} has no {' and no '.join(name.replace('_', ' ') for name in missing)}; press F to fill it in"
    return perspective.absence(record, records, viewpoint) or _folded_away(perspective, record, records, viewpoint)


def _folded_away(perspective: Perspective, record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    """Under which head it is folded away, None where nothing is folded, as is usual."""
    if not viewpoint.options:
        return None
    from tui.folding import why_hidden

    return why_hidden(perspective, record, records, viewpoint)


def _left_out(perspective: Perspective, record: Record, records: Records, viewpoint: Viewpoint) -> str:
    """Which clauses of the filter leave a record out, what it holds instead, and whether it would be there without them."""
    if viewpoint.where is unreadable:
        return "the filter cannot be read"
    from store.query import left_out

    why = left_out(viewpoint.filter, record, records.settings, today=viewpoint.today, me=viewpoint.me)
    other = why_absent(perspective, record, records, viewpoint._replace(where=None, filter=""))
    return f"{why or 'the filter leaves it out'}; {f'besides, {other}' if other else 'without that it would be here'}"
