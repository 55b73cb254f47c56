"""How the columns of a grid find their room: how wide each is, which stand side by side, and what gives way for them.

Cards have columns of one width; texts and numbers take what they need.  Where they would not stand beside each other the
texts are told in short, then titles, ids and at last the notes give way; only then columns go on in a band below.
"""

from __future__ import annotations

from functools import cached_property
from operator import attrgetter

from tui.drawing import GUTTER
from tui.drawing.bands import spread
from tui.drawing.grid_rows import Held, held_by
from tui.shapes import Grid, GridCell
from tui.text import safe, width_of

CARD = 20
"""Cells a column of cards takes at least, its gutter among them."""
WIDEST_CARD, WIDEST_TEXT, WIDEST_NOTE, WIDEST_VALUE = 44, 26, 40, 18
NARROWEST_NOTE, NARROWEST_HEAD, WIDEST_HEAD = 12, 24, 48
ID_WIDTH = 6
SHORTEST_TITLE = 8
"""Cells of a title that a record is known by beside its id, where the columns leave no more."""
MEASURED = 200
"""Rows looked at for how wide the texts are: a longer one further down is cut."""

Laid = tuple[list[int], list[range]]
"""How wide each column is, and which stand in each band."""


class Layout:
    """The room of everything in a grid of so many cells across."""

    def __init__(self, view: Grid, width: int) -> None:
        self._view = view
        self._width = width
        self.stacked = not view.counts and not any(cell.text for row in view.rows[:MEASURED] for cell in row.cells)
        """Whether cells hold cards."""
        self._shortened = False
        self.ids = ID_WIDTH
        """Cells of the ids of rows about records."""
        self.corner_between = False
        """Whether the corner is told on the lines between the bands."""
        self.head = self._head_width()
        """Cells of the titles of the rows."""
        self.note = min(max((width_of(safe(row.note)) for row in view.rows[:MEASURED]), default=0), WIDEST_NOTE, width // 4)
        """Cells of the notes at the end of the rows; 0 where there are none."""
        self.widths, self.bands = self._columns()

    def _head_width(self) -> int:
        """Cells of the titles of the rows: of records with room for id and title, of values as wide as the widest."""
        if any(row.record is not None for row in self._view.rows[:MEASURED]):
            return min(self._width * 2 // 5, WIDEST_HEAD)
        return self._width_of_titles(self._view.corner)

    def _width_of_titles(self, *corner: str) -> int:
        """Cells of the widest title of a row about a value, and of the corner where that stands above them."""
        titles = (*corner, *(row.title for row in self._view.rows[:MEASURED]))
        most = min(max(WIDEST_VALUE, self._width // 4), self._width // 3)
        return min(max((width_of(safe(title)) for title in titles), default=0), most)

    def _columns(self) -> Laid:
        """How wide each column is, and which stand in each band; the notes give way where that keeps them in one."""
        natural = self._naturals()
        if not self.stacked and self._least(natural) > self._width - min(self.head, NARROWEST_HEAD) - 1:
            self._shortened = True
            del self._texts_of
            natural = self._naturals()
            self._tighten(natural)
        self.head += 0 if self.stacked else self._spare(natural) or -self._lacking(natural)
        room = self._width - self.head - 1
        spare = room - sum(natural) - len(natural) - 1
        if NARROWEST_NOTE <= spare < self.note:
            self.note = spare
        laid = self._spread(natural)
        return (self._beside_narrower_titles(natural, laid) if self.stacked and len(laid[1]) > 1 else None) or laid

    def _spread(self, natural: list[int]) -> Laid:
        room = self._width - self.head - 1 - (self.note + 1 if self.note else 0)
        return spread(natural, room, WIDEST_CARD if self.stacked else max(natural, default=1))

    def _beside_narrower_titles(self, natural: list[int], laid: Laid) -> Laid | None:
        """The columns where the corner stands on the lines between the bands, if that leaves fewer bands."""
        head, self.head = self.head, self._width_of_titles()
        narrower = self._spread(natural)
        self.corner_between = len(narrower[1]) < len(laid[1])
        self.head = self.head if self.corner_between else head
        return narrower if self.corner_between else None

    def _tighten(self, natural: list[int]) -> None:
        """Let ids, titles and at last the notes give way, where that keeps all columns of records beside each other."""
        rows = [row for row in self._view.rows[:MEASURED] if row.record is not None]
        left = self._width - 1 - sum(natural) - len(natural)
        ids = min(max((width_of(row.record.id) for row in rows if row.record), default=ID_WIDTH), ID_WIDTH)
        shortest = GUTTER + ids + 1 + SHORTEST_TITLE
        fits = self._least(natural) <= self._width - min(self.head, NARROWEST_HEAD) - 1
        if fits or not rows or shortest > left:
            return
        noted = min(self.note, NARROWEST_NOTE) + 1 if self.note else 0
        if shortest > left - noted:
            self.note = noted = 0
        self.ids, self.head = ids, min(left - noted, self.head)

    def _naturals(self) -> list[int]:
        """Cells each column takes as it is told: in full, or in short."""
        return [CARD if self.stacked else self._natural(column) for column in range(len(self._view.columns))]

    def _least(self, natural: list[int]) -> int:
        """Cells the columns take beside each other, with as much of the notes as is worth showing."""
        return sum(natural) + len(natural) + (min(self.note, NARROWEST_NOTE) + 1 if self.note else 0)

    def _spare(self, natural: list[int]) -> int:
        """Cells that the columns and notes leave, as far as the titles of the rows are longer than their room."""
        count, widest = len(natural), max(natural, default=0)
        room = self._width - self.head - 2 - (self.note + 1 if self.note else 0)
        used = min((widest + 1) * count, room) if (widest + 1) * count <= room else sum(natural) + count
        rows = self._view.rows[:MEASURED]
        led = GUTTER + ID_WIDTH + 2 if any(row.record is not None for row in rows) else 0
        longest = max((led + width_of(safe(row.title)) for row in rows), default=0)
        return max(min(room - used, longest - self.head), 0)

    def _lacking(self, natural: list[int]) -> int:
        """Cells that the titles of records give way by, where that keeps all columns in one band and notes could not."""
        lacking = self._least(natural) - (self._width - self.head - 1)
        about_records = any(row.record is not None for row in self._view.rows[:MEASURED])
        return lacking if about_records and 0 < lacking <= self.head - NARROWEST_HEAD else 0

    def _natural(self, column: int) -> int:
        """Cells the widest text or number of a column takes, its head included."""
        texts = {safe(self._view.columns[column]), *self._texts_of.get(column, ())}
        return min(max(map(width_of, texts)), WIDEST_TEXT) + (GUTTER if self.led else 0)

    @cached_property
    def _texts_of(self) -> dict[int, set[str]]:
        """Column → the texts and numbers in it, each once."""
        found: dict[int, set[str]] = {}
        for row, held in zip(self._view.rows[:MEASURED], self.held, strict=False):
            for column in range(held.mask.bit_length()):
                if held.mask >> column & 1:
                    found.setdefault(column, set()).add(self.text(row.cells[column]))
        return found

    @cached_property
    def led(self) -> bool:
        """Whether cells lead to records and so need a gutter."""
        return any(map(attrgetter("leads"), self.held))

    @cached_property
    def held(self) -> list[Held]:
        """What each row holds, and for which columns it is shown."""
        return held_by(self._view)

    def text(self, cell: GridCell) -> str:
        """A cell as it is told here: its number, or its text in full or in short."""
        return (
            str(len(cell.records) or "")
            if self._view.counts
            else safe(cell.short if self._shortened and cell.short else cell.text)
        )
