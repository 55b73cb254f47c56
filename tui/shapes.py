"""What a view is made of: text with a role, and seven shapes, from lists to prose.

A perspective makes a shape of records, a file in ``tui/drawing`` draws it.  Neither knows the other's insides.
"""

from collections.abc import Callable, Hashable
from datetime import date
from typing import NamedTuple

from store.model import Record
from store.records import Records

# ------------------------------------------------------------------------------------------------------- text with a role


class Span(NamedTuple):
    """A piece of text and its role: one of the tokens of the themes.  The text is data, shown as it is."""

    text: str
    token: str = "text"


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
    and a note only, and so has what is ``bare``: records of which there is nothing to measure.
    """

    label: str
    value: float
    note: str = ""
    token: str = "doing"
    records: tuple[Record, ...] = ()
    mark: float | None = None
    heading: bool = False
    span: tuple[float, float] | None = None
    bare: bool = False


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
