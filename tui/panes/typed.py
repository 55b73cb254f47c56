"""Lines in which somebody types: a caret, and no cell sent again that did not change at the end of its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import zip_longest

from rich.cells import get_character_cell_size
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.strip import Strip

from themes import Theme
from tui.panes.editing import Window
from tui.panes.lines import Lines, strip_of
from tui.shapes import Span
from tui.text import cut, safe, width_of
from tui.theming import styles

CARET = "caret"
"""The token of the cell under the cursor, which no theme has: it is the ``input`` reversed, so it shows without colour."""

Spans = tuple[Span, ...]


@lru_cache(maxsize=8)
def inks(theme: Theme) -> Mapping[str, Style]:
    """The style of every token of a theme, and of the caret."""
    tokens = styles(theme)
    return {**tokens, CARET: tokens["input"] + Style(reverse=True)}


class Typed(Lines):
    """The base of what is typed in: ``compose_spans`` gives the lines, with a span of the token ``CARET`` at the cursor.

    It never has the focus: keys and pastes are handed to it by ``take`` and ``take_paste``, one after the other, by whoever
    gets them all.  With the focus, a key could overtake the one before it, which is still on its way to what had it before.
    """

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:
        super().__init__(theme, id=id)
        self._over = False
        """Whether it was answered or left, and takes no more keys until it is known what becomes of that."""
        self._room: Size | None = None
        """What the lines were composed for; None where they are of something that was asked before."""

    @property
    def is_open(self) -> bool:
        """Whether something is being asked."""
        raise NotImplementedError

    @property
    def is_answered(self) -> bool:
        """Whether it waits for what becomes of its answer, or of being left."""
        return self.is_open and self._over

    def take(self, event: events.Key) -> None:
        """Take the key, unless it means nothing here, or it was typed behind an answer: then it is for others."""
        if not self.is_answered and self._pressed(event.key, event.character):
            event.stop()
            event.prevent_default()

    def take_paste(self, event: events.Paste) -> None:
        """Take what was pasted as text, never as keys."""
        event.stop()
        event.prevent_default()
        if self.is_open and not self._over:
            self._pasted(event.text)

    def _pressed(self, key: str, character: str | None) -> bool:
        """Do what a key says; False if it is left to others."""
        raise NotImplementedError

    def _pasted(self, text: str) -> None:
        """Put in a pasted text."""
        raise NotImplementedError

    def compose_spans(self, width: int, height: int) -> list[Spans]:
        """Every line the widget shows now, from the top, each no wider than ``width``."""
        raise NotImplementedError

    @property
    def blank_style(self) -> Style:
        return inks(self._theme)["text"]

    def compose_lines(self, width: int, height: int) -> list[Strip]:
        return [strip_of(_merged(spans), inks(self._theme), width) for spans in self.compose_spans(width, height)]

    def paint(self) -> None:
        """Draw what changed, each line only up to its last cell that did, and take the terminal's cursor along."""
        width, height = self._room = self.size
        if not width or not height:
            return
        old, self._strips = self._strips, self.compose_lines(width, height)
        if not old:
            self.refresh()
        blank = Strip.blank(width, self.blank_style)
        for y, (before, after) in enumerate(zip_longest(old, self._strips, fillvalue=blank) if old else ()):
            if cells := changed_cells(before, after):
                self.refresh(Region(0, y, cells, 1))
        self._follow()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines for the room there is: what is asked is there before Textual tells how large it is.

        So it is in the first frame that has the room, and the second, when that is told, changes nothing.
        """
        if self._room != self.size:
            self._room = self.size
            self._strips = self.compose_lines(*self.size)
            self._follow()
        return super().render_lines(crop)

    def _follow(self) -> None:
        """Put the terminal's own cursor under the caret, where screen readers and input methods look for it."""
        for y, strip in enumerate(self._strips if self.is_open else ()):
            x = 0
            for segment in strip:
                if segment.style is inks(self._theme)[CARET]:
                    self.app.cursor_position = self.content_region.offset + Offset(x, y)
                    return
                x += segment.cell_length


def changed_cells(before: Strip, after: Strip) -> int:
    """How many cells of a line must be sent so that it shows ``after``: all up to the last that differs.

    Behind a letter with accents of their own it is one more: what cuts a line would cut them off.
    """
    if before == after:
        return 0
    cells = _cells(after)
    pairs = enumerate(zip_longest(_cells(before), cells))
    stop = max((x for x, (old, new) in pairs if old != new), default=-1) + 1
    while 0 < stop < len(cells) and (cells[stop] == _REST or len(cells[stop - 1][0]) > 1):
        stop += 1
    return stop


_REST = ("", None)
"""The second cell of a wide character."""


def _cells(strip: Strip) -> list[tuple[str, Style | None]]:
    cells: list[tuple[str, Style | None]] = []
    for text, style, _ in strip:
        for character in text:
            width = get_character_cell_size(character)
            if not width and cells:
                cells[-1] = (cells[-1][0] + character, cells[-1][1])
            cells.extend([(character, style), _REST][:width])
    return cells


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans with neighbours of one token joined: each costs its style again on the wire."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].token == span.token:
            merged[-1] = Span(merged[-1].text + safe(span.text), span.token)
        elif span.text:
            merged.append(Span(safe(span.text), span.token))
    return merged


def typed_spans(seen: Window, width: int) -> Spans:
    """A field of exactly ``width`` cells with what is seen of its text, and the caret in it."""
    used = sum(map(width_of, seen))
    return (
        Span(seen.before, "input"),
        Span(seen.at, CARET),
        Span(seen.after + " " * (width - used), "input"),
    )


def cut_spans(spans: Iterable[Span], width: int) -> Spans:
    """As much of some spans as fits, the first that does not with an ellipsis."""
    kept: list[Span] = []
    for span in spans:
        room = width - sum(width_of(one.text) for one in kept)
        kept.append(Span(cut(span.text, max(room, 0)), span.token))
        if width_of(safe(span.text)) > room:
            break
    return tuple(kept)
