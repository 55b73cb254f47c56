"""The lines around the panes: the pages on top, what just happened below, and the keys for where one stands."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from themes import Theme
from tui.panes.lines import Lines, strip_of
from tui.shapes import Span
from tui.text import cut, fit, width_of
from tui.theming import styles


class Bar(Lines):
    """One line of spans, some from the left and some from the right; what does not fit on the right is left out."""

    DEFAULT_CSS = "Bar { width: 1fr; height: 1; }"

    def __init__(self, theme: Theme, *, ground: str = "", id: str | None = None) -> None:
        super().__init__(theme, id=id)
        self._ground = ground
        self._left: tuple[Span, ...] = ()
        self._right: tuple[Span, ...] = ()

    def show(self, left: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Show other spans."""
        self._left, self._right = tuple(left), tuple(right)
        self.paint()

    @property
    def blank_style(self) -> Style:
        return styles(self._theme, self._ground)["text"]

    def compose_lines(self, width: int, height: int) -> list[Strip]:
        left = _cut(self._left, width)
        used = sum(width_of(span.text) for span in left)
        right = sum(width_of(span.text) for span in self._right)
        spans = list(left)
        if used + right + 1 <= width:
            spans += [Span(" " * (width - used - right)), *self._right]
        return [strip_of(spans, styles(self._theme, self._ground), width)]


class Foot(Lines):
    """Lines at the foot of the screen that cover what stands there until they are put away: nothing else moves."""

    DEFAULT_CSS = "Foot { width: 1fr; height: 1; dock: bottom; layer: foot; }"

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:
        super().__init__(theme, id=id)
        self._rows: list[tuple[Span, ...]] = []

    def show(self, rows: Sequence[tuple[Span, ...]]) -> None:
        """Show so many lines, from the top."""
        self._rows = list(rows)
        self.styles.height = max(len(rows), 1)
        self.paint()

    @property
    def blank_style(self) -> Style:
        return styles(self._theme, "bar")["text"]

    def compose_lines(self, width: int, height: int) -> list[Strip]:
        return [strip_of(_cut(row, width), styles(self._theme, "bar"), width) for row in self._rows[:height]]


def _cut(spans: tuple[Span, ...], width: int) -> tuple[Span, ...]:
    """The spans that fit; the first that does not is cut."""
    kept: list[Span] = []
    for span in spans:
        room = width - sum(width_of(one.text) for one in kept)
        if width_of(span.text) > room:
            if room > 1:
                kept.append(Span(cut(span.text, room), span.token))
            break
        kept.append(span)
    return tuple(kept)


def keys_table(hints: Sequence[tuple[str, str]], width: int) -> list[tuple[Span, ...]]:
    """Every ``key name`` hint, in columns of one width, read line by line."""
    size = min(max((width_of(key) + width_of(name) + 3 for key, name in hints), default=1), max(width, 1))
    columns = max(width // size, 1)
    cells = [(Span(key, "key"), Span(fit(f" {name}", size - width_of(key)), "bar")) for key, name in hints]
    return [tuple(span for cell in cells[at : at + columns] for span in cell) for at in range(0, len(cells), columns)]


def keys_line(hints: Sequence[tuple[str, str]], width: int) -> tuple[Span, ...]:
    """As many ``key name`` hints as fit whole, in their order, two blanks apart."""
    spans: list[Span] = []
    used = 0
    for key, name in hints:
        gap = 2 if spans else 0
        size = gap + width_of(key) + 1 + width_of(name)
        if used + size > width:
            break
        used += size
        spans += [Span(" " * gap, "bar"), Span(key, "key"), Span(f" {name}", "bar")]
    return tuple(spans[1:])
