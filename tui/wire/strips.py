"""From strips to rows of cells, without the text in between.

Most strips are the same objects as in an earlier frame: their rows are found by identity.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

from tui.wire.cells import Row
from tui.wire.compositor import Drawn
from tui.wire.palette import PLAIN as PLAIN_CHAR
from tui.wire.palette import Palette
from tui.wire.parse import Placed
from tui.wire.pens import PLAIN, Pen, after, linked
from tui.wire.segments import Segment, segment, side_by_side

_MANY_STRIPS, _MANY_SEGMENTS = 1024, 4096


def pen_of(style: Style, colours: ColorSystem) -> Pen:
    """The pen that a style draws with, links included."""
    pen = after(PLAIN, Strip.render_ansi(style, colours))
    return linked(pen, f"id={style.link_id};{style.link}") if style.link else pen


class StripReader:
    """Reads strips for a terminal of so many colours; remembers the rows of those it has read."""

    def __init__(self, colours: ColorSystem) -> None:
        self._colours = colours
        self._edition = -1
        """Of the palette: of another one all that is remembered means nothing."""
        self._rows: dict[int, tuple[Strip, Row]] = {}
        """The identities of strips → themselves, so that none is used twice, and what they draw."""
        self._segments: dict[tuple[str, int], Segment] = {}
        """Texts and the identities of their styles → their cells."""
        self._pens: dict[int, tuple[Style | None, str, str]] = {}
        """The identities of styles → themselves, their pens, and those of their blanks."""

    def rows(self, drawn: Iterable[Drawn], palette: Palette) -> list[Placed] | None:
        """What strips draw where; None if not all of it draws by itself, or at all."""
        if palette.edition != self._edition:
            self._edition = palette.edition
            self._forget()
        found: list[Placed] = []
        for y, x, strip in drawn:
            known = self._rows.get(id(strip))
            row = self._read(strip, palette) if known is None else known[1]
            if row is None:
                return None
            found.append(((y, x), row))
        return found

    def _forget(self) -> None:
        self._rows.clear()
        self._segments.clear()
        self._pens.clear()

    def _read(self, strip: Strip, palette: Palette) -> Row | None:
        """The row of a strip, remembered."""
        known, segments = self._segments, []
        for text, style, _ in strip:
            found = known.get((text, id(style))) or self._segment(text, style, palette)
            if found is None:
                return None
            segments.append(found)
        if len(self._rows) >= _MANY_STRIPS:
            self._rows.clear()
        row = side_by_side(segments)
        self._rows[id(strip)] = strip, row
        return row

    def _segment(self, text: str, style: Style | None, palette: Palette) -> Segment | None:
        if len(self._segments) >= _MANY_SEGMENTS:
            self._segments.clear()
            self._pens.clear()
        _, pen, blank = self._pens.get(id(style)) or self._pen(style, palette)
        found = segment(text, pen, blank)
        if found is not None:
            self._segments[text, id(style)] = found
        return found

    def _pen(self, style: Style | None, palette: Palette) -> tuple[Style | None, str, str]:
        pen = PLAIN_CHAR if style is None else palette.char(pen_of(style, self._colours))
        pens = self._pens[id(style)] = style, pen, palette.blank(pen)
        return pens
