"""A widget that shows lines of spans and redraws only those that changed since it last drew."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual.color import TRANSPARENT
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from themes import Theme
from tui.shapes import Span
from tui.text import width_of

Styles = Mapping[str, Style]


def strip_of(spans: tuple[Span, ...] | list[Span], styles: Styles, width: int) -> Strip:
    """The spans as a strip of exactly ``width`` cells, the rest blank."""
    segments = [Segment(span.text, styles[span.token]) for span in spans if span.text]
    used = sum(width_of(segment.text) for segment in segments)
    if used < width:
        segments.append(Segment(" " * (width - used), styles["text"]))
    strip = Strip(segments, max(used, width))
    return strip.crop(0, width) if used > width else strip


class Lines(Widget):
    """The base of everything drawn here: ``compose_lines`` gives the strips, ``paint`` puts the changed ones on screen."""

    DEFAULT_CSS = "Lines { width: 1fr; height: 1fr; }"

    def __init__(self, theme: Theme, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._theme = theme
        self._strips: list[Strip] = []

    def take_theme(self, theme: Theme) -> None:
        """Draw with another theme from now on."""
        self._theme = theme
        self.paint()
        self.refresh()

    def compose_lines(self, width: int, height: int) -> list[Strip]:
        """Every line the widget shows now, from the top; missing ones are blank."""
        raise NotImplementedError

    def paint(self) -> None:
        """Draw what changed: nothing, some lines, or all of them."""
        width, height = self.size
        if not width or not height:
            return
        old, self._strips = self._strips, self.compose_lines(width, height)
        changed = [y for y in range(max(len(old), len(self._strips))) if _at(old, y) != _at(self._strips, y)]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        return self._strips[y] if y < len(self._strips) else Strip.blank(self.size.width, self.blank_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in a region as they were composed: all their cells are styled, and Textual has nothing to add.

        Strips that stay the same objects keep what Textual has made of them: a line drawn again is not worked out again.
        """
        width = self.size.width
        strips = [self.render_line(y).adjust_cell_length(width, self.blank_style) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, TRANSPARENT) for strip in strips]
        return strips if crop.column_span == (0, width) else [strip.crop(*crop.column_span) for strip in strips]

    @property
    def blank_style(self) -> Style:
        """The style of lines below the last."""
        return Style.null()

    def on_resize(self) -> None:
        """Fit the new room; whatever Textual has drawn of it by itself was drawn from the strips that are compared with."""
        self.paint()


def _at(strips: list[Strip], y: int) -> Strip | None:
    return strips[y] if y < len(strips) else None
