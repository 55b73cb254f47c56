"""Grid: rows and columns with cards, numbers or texts where they meet; columns that find no room go on below.

No column is ever left out: what does not fit beside the others follows in a second *band* with the same rows, so there is
one direction to scroll in, and the plain output of a narrow terminal holds everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from store.model import Record
from tui.drawing import GUTTER, Direction, Line, Spot
from tui.drawing.bands import lefts, spread
from tui.drawing.grid_places import TITLE_COLUMN, Card, LaidRows, ListedRows, Place, Places, above_rows
from tui.drawing.grid_rows import Held, held_by, rows_of_bands
from tui.drawing.strip import Strip
from tui.perspective import Grid, GridCell, GridRow, Scene
from tui.text import cut, fit, safe, width_of

CARD = 20
"""Cells a column of cards takes at least, its gutter among them."""
WIDEST_CARD, WIDEST_TEXT, WIDEST_NOTE, WIDEST_VALUE = 44, 26, 40, 18
NARROWEST_NOTE, NARROWEST_HEAD, WIDEST_HEAD = 12, 24, 48
ID_WIDTH = 6
SHORTEST_TITLE = 8
"""Cells of a title that a record is known by beside its id, where the columns leave no more."""
FEWEST = 3
"""Cards a cell shows however many rows there are."""
MEASURED = 200
"""Rows looked at for how wide the texts are: a longer one further down is cut."""


Laid = tuple[list[int], list[range]]
"""How wide each column is, and which stand in each band."""


class Entry(NamedTuple):
    """One line of a cell; ``record`` is what it leads to, ``card`` whether it is drawn as id and title."""

    text: str = ""
    token: str = "text"
    record: Record | None = None
    card: bool = False


class GridDrawing:
    """Bands of columns, each with a head and all rows."""

    def __init__(self, view: Grid, scene: Scene, width: int, height: int) -> None:
        self._view = view
        self._width = width
        self._texts = any(cell.text for row in view.rows[:MEASURED] for cell in row.cells)
        self._stacked = not view.counts and not self._texts
        self._shortened = False
        self._ids, self._corner_between = ID_WIDTH, False
        self._head = self._head_width()
        self._apart = self._stacked and any(len(cell.records) > 1 for row in view.rows for cell in row.cells)
        self._note = min(max((width_of(safe(row.note)) for row in view.rows[:MEASURED]), default=0), WIDEST_NOTE, width // 4)
        self._widths, self._bands = self._columns()
        self._lefts = lefts(self._widths, self._bands, self._head + 1)
        self._most = max(FEWEST, (height - 2 * len(self._bands)) // max(len(view.rows), 1))
        self._places = self._lay()

    # -------------------------------------------------------------------------------------------------------- layout

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
        if not self._stacked and self._least(natural) > self._width - min(self._head, NARROWEST_HEAD) - 1:
            self._shortened = True
            del self._texts_of
            natural = self._naturals()
            self._tighten(natural)
        self._head += 0 if self._stacked else self._spare(natural) or -self._lacking(natural)
        room = self._width - self._head - 1
        spare = room - sum(natural) - len(natural) - 1
        if NARROWEST_NOTE <= spare < self._note:
            self._note = spare
        laid = self._spread(natural)
        return (self._beside_narrower_titles(natural, laid) if self._stacked and len(laid[1]) > 1 else None) or laid

    def _spread(self, natural: list[int]) -> Laid:
        room = self._width - self._head - 1 - (self._note + 1 if self._note else 0)
        return spread(natural, room, WIDEST_CARD if self._stacked else max(natural, default=1))

    def _beside_narrower_titles(self, natural: list[int], laid: Laid) -> Laid | None:
        """The columns where the corner stands on the lines between the bands, if that leaves fewer bands."""
        head, self._head = self._head, self._width_of_titles()
        narrower = self._spread(natural)
        self._corner_between = len(narrower[1]) < len(laid[1])
        self._head = self._head if self._corner_between else head
        return narrower if self._corner_between else None

    def _tighten(self, natural: list[int]) -> None:
        """Let ids, titles and at last the notes give way, where that keeps all columns of records beside each other."""
        rows = [row for row in self._view.rows[:MEASURED] if row.record is not None]
        left = self._width - 1 - sum(natural) - len(natural)
        ids = min(max((width_of(row.record.id) for row in rows if row.record), default=ID_WIDTH), ID_WIDTH)
        shortest = GUTTER + ids + 1 + SHORTEST_TITLE
        fits = self._least(natural) <= self._width - min(self._head, NARROWEST_HEAD) - 1
        if fits or not rows or shortest > left:
            return
        noted = min(self._note, NARROWEST_NOTE) + 1 if self._note else 0
        if shortest > left - noted:
            self._note = noted = 0
        self._ids, self._head = ids, min(left - noted, self._head)

    def _naturals(self) -> list[int]:
        """Cells each column takes as it is told: in full, or in short."""
        return [CARD if self._stacked else self._natural(column) for column in range(len(self._view.columns))]

    def _least(self, natural: list[int]) -> int:
        """Cells the columns take beside each other, with as much of the notes as is worth showing."""
        return sum(natural) + len(natural) + (min(self._note, NARROWEST_NOTE) + 1 if self._note else 0)

    def _spare(self, natural: list[int]) -> int:
        """Cells that the columns and notes leave, as far as the titles of the rows are longer than their room."""
        count, widest = len(natural), max(natural, default=0)
        room = self._width - self._head - 2 - (self._note + 1 if self._note else 0)
        used = min((widest + 1) * count, room) if (widest + 1) * count <= room else sum(natural) + count
        rows = self._view.rows[:MEASURED]
        led = GUTTER + ID_WIDTH + 2 if any(row.record is not None for row in rows) else 0
        longest = max((led + width_of(safe(row.title)) for row in rows), default=0)
        return max(min(room - used, longest - self._head), 0)

    def _lacking(self, natural: list[int]) -> int:
        """Cells that the titles of records give way by, where that keeps all columns in one band and notes could not."""
        lacking = self._least(natural) - (self._width - self._head - 1)
        about_records = any(row.record is not None for row in self._view.rows[:MEASURED])
        return lacking if about_records and 0 < lacking <= self._head - NARROWEST_HEAD else 0

    def _natural(self, column: int) -> int:
        """Cells the widest text or number of a column takes, its head included."""
        texts = {safe(self._view.columns[column]), *self._texts_of.get(column, ())}
        return min(max(map(width_of, texts)), WIDEST_TEXT) + (GUTTER if self._led else 0)

    @cached_property
    def _texts_of(self) -> dict[int, set[str]]:
        """Column → the texts and numbers in it, each once."""
        found: dict[int, set[str]] = {}
        for row, held in zip(self._view.rows[:MEASURED], self._held, strict=False):
            for column in range(held.mask.bit_length()):
                if held.mask >> column & 1:
                    found.setdefault(column, set()).add(self._text(row.cells[column]))
        return found

    @cached_property
    def _led(self) -> bool:
        """Whether cells lead to records and so need a gutter."""
        return any(map(attrgetter("leads"), self._held))

    @cached_property
    def _held(self) -> list[Held]:
        return held_by(self._view)

    def _text(self, cell: GridCell) -> str:
        return (
            str(len(cell.records) or "")
            if self._view.counts
            else safe(cell.short if self._shortened and cell.short else cell.text)
        )

    def _lay(self) -> Places:
        """Every line and every spot in its place."""
        shown = rows_of_bands(self._held, self._bands) if self._view.rows else []
        if not self._led:
            return ListedRows(self._view, shown, self._head)
        laid = LaidRows(self._behind)
        for band, (columns, rows) in enumerate(zip(self._bands, shown, strict=True)):
            laid.add(Place(part, band) for part in above_rows(band, len(self._bands)))
            for row in rows:
                if self._apart and row:
                    laid.add([Place("blank", band)])
                self._lay_row(laid, band, columns, row)
        return laid

    def _lay_row(self, laid: LaidRows, band: int, columns: range, at: int) -> None:
        """Put one row whose cells lead to records below the others."""
        row, y = self._view.rows[at], laid.height
        found = [
            Card(y + nth, self._lefts[column], column, at, self._widths[column], entry.record)
            for column in columns
            for nth, entry in enumerate(self._entries(row, column))
            if entry.record is not None
        ]
        lines = max((card.y - y + 1 for card in found), default=1)
        if row.record is not None and band == 0:
            found.append(Card(y, 0, TITLE_COLUMN, at, self._head, row.record))
        laid.add([Place("row", band, at, nth) for nth in range(lines)], found)

    def _entries(self, row: GridRow, column: int) -> list[Entry]:
        """The lines of a cell: its number, its text, or as many cards as there is room for."""
        cell = row.cells[column] if column < len(row.cells) else GridCell()
        if not self._stacked:
            text = self._text(cell)
            return [Entry(text, cell.token, next(iter(cell.records), None))] if text else []
        shown = cell.records if len(cell.records) <= self._most else cell.records[: self._most - 1]
        entries = [Entry(record=record, card=True) for record in shown]
        if rest := cell.records[len(shown) :]:
            entries.append(Entry(f"+{len(rest)} more", "dim", rest[0]))
        return entries

    # ------------------------------------------------------------------------------------------------------- drawing

    @property
    def height(self) -> int:
        return self._places.height

    def line(self, y: int) -> Line:
        place = self._places.place(y)
        strip = Strip(self._width)
        if place.part == "note":
            strip.write(0, self._band_note(place.band), "dim")
        elif place.part == "head":
            self._draw_head(strip, place.band)
        elif place.part == "row":
            self._draw_row(strip, place)
        return strip.line()

    def _band_note(self, band: int) -> str:
        columns, count = self._bands[band], len(self._view.columns)
        stand = f"column {columns.stop}" if len(columns) == 1 else f"columns {columns.start + 1}–{columns.stop}"
        rest = count - columns.stop
        corner = f"{self._view.corner}: " if self._corner_between else ""
        return f"{corner}{stand} of {count}" + (f", … {rest} more below" if rest else "")

    def _draw_head(self, strip: Strip, band: int) -> None:
        if not self._corner_between or len(self._bands) == 1:
            strip.write(0, cut(self._view.corner, self._head), "dim")
        lead = GUTTER if self._led else 0
        for column in self._bands[band]:
            title = fit(self._view.columns[column], self._widths[column] - lead, right=self._view.counts)
            strip.write(self._lefts[column] + lead, title, "title")

    def _draw_row(self, strip: Strip, place: Place) -> None:
        row = self._view.rows[place.row]
        if place.nth == 0:
            self._draw_title(strip, row)
        for column in self._bands[place.band]:
            entries = self._entries(row, column)
            if place.nth < len(entries):
                self._draw_entry(strip, column, entries[place.nth])
            elif place.nth == 0:
                self._draw_entry(strip, column, Entry("·", "faint"))
        if self._note and place.band == 0 and place.nth == 0 and self._lefts:
            last = self._bands[0].stop - 1
            strip.write(self._lefts[last] + self._widths[last] + 1, cut(row.note, self._note), "dim")

    def _draw_title(self, strip: Strip, row: GridRow) -> None:
        if row.record is None:
            strip.write(0, cut(row.title, self._head), "field")
            return
        strip.write(GUTTER, fit(row.record.id, self._ids), "dim")
        x = GUTTER + self._ids + 1
        strip.write(x, cut(row.title, max(self._head - x - 1, 0)))

    def _draw_entry(self, strip: Strip, column: int, entry: Entry) -> None:
        lead = GUTTER if self._led else 0
        x, width = self._lefts[column] + lead, self._widths[column] - lead
        if entry.card and entry.record is not None:
            size = self._id_width
            strip.write(x, cut(entry.record.id, width), "dim")
            title = cut(entry.record.label, max(width - size - 1, 0))
            strip.write(x + size + 1, title, "text" if entry.record.is_open else "dim")
        else:
            strip.write(x, fit(entry.text, width, right=self._view.counts), entry.token)

    @cached_property
    def _id_width(self) -> int:
        """Cells of the longest id, so that the titles of a column begin under each other."""
        return min(max((len(self._places.card(at).record.id) for at in range(self.spots)), default=0), ID_WIDTH)

    # --------------------------------------------------------------------------------------------------------- spots

    @property
    def spots(self) -> int:
        return self._places.spots

    def spot(self, index: int) -> Spot:
        card = self._places.card(index)
        return Spot(card.record.id, card.y, card.x, card.width)

    def _behind(self, card: Card) -> Sequence[Record]:
        """The records a spot stands for besides its own: behind a number, or a ``+3 more``."""
        if card.column == TITLE_COLUMN:
            return ()
        records = self._view.rows[card.row].cells[card.column].records
        if not self._stacked:
            return records
        more = len(records) > self._most and card.record is records[self._most - 1]
        return records[self._most :] if more else ()

    def find(self, record_id: str) -> int | None:
        return self._places.find(record_id)

    def on_line(self, y: int) -> Sequence[int]:
        return self._places.on_line(y)

    def step(self, index: int, direction: Direction) -> int:
        return self._places.step(index, direction)

    def heading(self, index: int) -> Any:
        """The key of the row and the key of the column; their titles where the grid gives no keys."""
        card = self._places.card(index)
        row, inside = self._view.rows[card.row], card.column != TITLE_COLUMN
        if self._view.keys:
            return row.key, self._view.keys[card.column] if inside else None
        return row.title, self._view.columns[card.column] if inside else None

    def staying(self, top: int) -> Sequence[int]:
        """The names of the columns, while the rows below them come first."""
        head = self._places.head(self._places.place(top).band)
        return (head,) if head < top else ()
