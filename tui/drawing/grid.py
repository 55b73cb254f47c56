"""Grid: rows and columns with cards, numbers or texts where they meet; columns that find no room go on below.

No column is ever left out: what does not fit beside the others follows in a second *band* with the same rows, so there is
one direction to scroll in, and the plain output of a narrow terminal holds everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

from store.model import Record
from tui.drawing import GUTTER, Direction, Line, Spot
from tui.drawing.bands import lefts
from tui.drawing.grid_layout import ID_WIDTH, Layout
from tui.drawing.grid_places import TITLE_COLUMN, Card, LaidRows, ListedRows, Place, Places, above_rows
from tui.drawing.grid_rows import rows_of_bands
from tui.drawing.strip import Strip
from tui.shapes import Grid, GridCell, GridRow, Scene
from tui.text import cut, fit

FEWEST = 3
"""Cards a cell shows however many rows there are."""


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
        self._layout = Layout(view, width)
        self._apart = self._layout.stacked and any(len(cell.records) > 1 for row in view.rows for cell in row.cells)
        self._lefts = lefts(self._layout.widths, self._layout.bands, self._layout.head + 1)
        self._most = max(FEWEST, (height - 2 * len(self._layout.bands)) // max(len(view.rows), 1))
        self._places = self._lay()

    # -------------------------------------------------------------------------------------------------------- layout

    def _lay(self) -> Places:
        """Every line and every spot in its place."""
        shown = rows_of_bands(self._layout.held, self._layout.bands) if self._view.rows else []
        if not self._layout.led:
            return ListedRows(self._view, shown, self._layout.head)
        laid = LaidRows(self._behind)
        for band, (columns, rows) in enumerate(zip(self._layout.bands, shown, strict=True)):
            laid.add(Place(part, band) for part in above_rows(band, len(self._layout.bands)))
            for row in rows:
                if self._apart and row:
                    laid.add([Place("blank", band)])
                self._lay_row(laid, band, columns, row)
        return laid

    def _lay_row(self, laid: LaidRows, band: int, columns: range, at: int) -> None:
        """Put one row whose cells lead to records below the others."""
        row, y = self._view.rows[at], laid.height
        found = [
            Card(y + nth, self._lefts[column], column, at, self._layout.widths[column], entry.record)
            for column in columns
            for nth, entry in enumerate(self._entries(row, column))
            if entry.record is not None
        ]
        lines = max((card.y - y + 1 for card in found), default=1)
        if row.record is not None and band == 0:
            found.append(Card(y, 0, TITLE_COLUMN, at, self._layout.head, row.record))
        laid.add([Place("row", band, at, nth) for nth in range(lines)], found)

    def _entries(self, row: GridRow, column: int) -> list[Entry]:
        """The lines of a cell: its number, its text, or as many cards as there is room for."""
        cell = row.cells[column] if column < len(row.cells) else GridCell()
        if not self._layout.stacked:
            text = self._layout.text(cell)
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
        columns, count = self._layout.bands[band], len(self._view.columns)
        stand = f"column {columns.stop}" if len(columns) == 1 else f"columns {columns.start + 1}–{columns.stop}"
        rest = count - columns.stop
        corner = f"{self._view.corner}: " if self._layout.corner_between else ""
        return f"{corner}{stand} of {count}" + (f", … {rest} more below" if rest else "")

    def _draw_head(self, strip: Strip, band: int) -> None:
        if not self._layout.corner_between or len(self._layout.bands) == 1:
            strip.write(0, cut(self._view.corner, self._layout.head), "dim")
        lead = GUTTER if self._layout.led else 0
        for column in self._layout.bands[band]:
            title = fit(self._view.columns[column], self._layout.widths[column] - lead, right=self._view.counts)
            strip.write(self._lefts[column] + lead, title, "title")

    def _draw_row(self, strip: Strip, place: Place) -> None:
        row = self._view.rows[place.row]
        if place.nth == 0:
            self._draw_title(strip, row)
        for column in self._layout.bands[place.band]:
            entries = self._entries(row, column)
            if place.nth < len(entries):
                self._draw_entry(strip, column, entries[place.nth])
            elif place.nth == 0:
                self._draw_entry(strip, column, Entry("·", "faint"))
        if self._layout.note and place.band == 0 and place.nth == 0 and self._lefts:
            last = self._layout.bands[0].stop - 1
            strip.write(self._lefts[last] + self._layout.widths[last] + 1, cut(row.note, self._layout.note), "dim")

    def _draw_title(self, strip: Strip, row: GridRow) -> None:
        if row.record is None:
            strip.write(0, cut(row.title, self._layout.head), "field")
            return
        strip.write(GUTTER, fit(row.record.id, self._layout.ids), "dim")
        x = GUTTER + self._layout.ids + 1
        strip.write(x, cut(row.title, max(self._layout.head - x - 1, 0)))

    def _draw_entry(self, strip: Strip, column: int, entry: Entry) -> None:
        lead = GUTTER if self._layout.led else 0
        x, width = self._lefts[column] + lead, self._layout.widths[column] - lead
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
        if not self._layout.stacked:
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
        if not top:  # there may be no line at all
            return ()
        head = self._places.head(self._places.place(top).band)
        return (head,) if head < top else ()
