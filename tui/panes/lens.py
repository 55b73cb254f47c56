"""A lens: one perspective drawn in its room, with a cursor that goes from record to record."""

from __future__ import annotations

from collections.abc import Callable

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from themes import Theme
from tui import columns
from tui.drawing import Direction, Drawing
from tui.panes.drawn import Drawn, composed
from tui.panes.lines import Lines
from tui.panes.sight import Sight
from tui.panes.viewport import Viewport
from tui.shapes import View
from tui.theming import styles

WHEEL = 3
"""Lines the cursor moves when the mouse wheel turns a notch."""


class LensPane(Lines):
    """One perspective: a title line, its rows, and why the chosen record is not among them when it is not."""

    class RecordChosen(Message):
        """The cursor was put on another record with the mouse."""

        def __init__(self, pane: LensPane, record_id: str) -> None:
            super().__init__()
            self.pane = pane
            self.record_id = record_id

    def __init__(self, theme: Theme, *, id: str | None = None) -> None:
        super().__init__(theme, id=id)
        self._sight: Sight | None = None
        self._view: View | None = None
        self._drawn: Drawn | None = None
        self._viewport = Viewport()

    # ------------------------------------------------------------------------------------------------------ what is seen

    @property
    def drawing(self) -> Drawing | None:
        """The lines and spots shown, None before the first paint."""
        return self._drawn.drawing if self._drawn is not None and self._drawn.view is self._view else None

    @property
    def view(self) -> View | None:
        """What is shown, None before the first ``show``."""
        return self._view

    @property
    def cursor(self) -> int:
        """The spot the cursor is on."""
        return self._viewport.cursor

    @property
    def record_id(self) -> str | None:
        """The record under the cursor."""
        drawing = self.drawing
        return drawing.spot(self.cursor).record_id if drawing is not None and drawing.spots else None

    def show(self, sight: Sight) -> None:
        """Show something; what is the same as before is not projected, drawn or sent again."""
        before, self._sight = self._sight, sight
        if before is None or _scope(before) != _scope(sight):
            if before is None or before.perspective is not sight.perspective:
                self._viewport, self._drawn = Viewport(), None
            self._view = columns.shown(sight.perspective, sight.scene.records, sight.viewpoint)
        self._follow()
        self.paint()

    def _follow(self) -> None:
        """Put the cursor on the chosen record; where it is not here, leave the cursor at the same place."""
        before, drawn = self._drawn, self._draw()
        if drawn is None or self._sight is None:
            return
        index = self._viewport.followed(self._sight.chosen, drawn.drawing, before.drawing if before else None)
        self._viewport = drawn.put(self._viewport, index)

    def _draw(self) -> Drawn | None:
        width, height = self.size
        if self._sight is None or self._view is None or not width:
            return None
        if self._drawn is None or not self._drawn.is_of(self._view, (width, height)):
            self._drawn = Drawn(self._view, self._sight, (width, height))
        return self._drawn

    # ---------------------------------------------------------------------------------------------------------- movement

    def move(self, direction: Direction) -> None:
        """Move the cursor one spot, or show it where the chosen record is not here; a text without spots scrolls."""
        chosen = self._sight.chosen if self._sight else None
        way = 1 if direction == "down" else -1
        self._go(lambda drawing: self._viewport.stepped(direction, chosen, drawing), way)

    def page(self, part: float) -> None:
        """Move the cursor by a part of what is visible, down when positive."""
        drawn = self._draw()
        lines = max(int(abs(part) * drawn.room), 1) if drawn else 1
        self._turn(lines if part > 0 else -lines)

    def _turn(self, lines: int) -> None:
        self._go(lambda drawing: self._viewport.paged(lines, drawing), lines)

    def jump(self, last: bool) -> None:
        """Move the cursor to the first spot or the last."""
        self._go(lambda drawing: drawing.spots - 1 if last else 0, 10**9 if last else -(10**9))

    def seek(self, wanted: Callable[[str], bool], forward: bool) -> bool:
        """Move the cursor to the next record that is wanted, going round; False when there is none."""
        drawn = self._draw()
        index = self._viewport.sought(wanted, forward, drawn.drawing) if drawn else None
        if index is not None:
            self._go(lambda _: index, 0)
        return index is not None

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse was pressed."""
        drawn = self._draw()
        index = drawn.pointed_at(self._viewport, event.x, event.y) if drawn else None
        if index is not None:
            self._go(lambda _: index, 0)
            self._tell()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._turn(WHEEL)
        self._tell()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._turn(-WHEEL)
        self._tell()

    def _tell(self) -> None:
        if self.record_id is not None and self._sight is not None and self.record_id != self._sight.chosen:
            self.post_message(self.RecordChosen(self, self.record_id))

    def visible_ids(self) -> tuple[str, ...]:
        """The ids of all spots in reading order."""
        drawn = self._draw()
        return () if drawn is None else tuple(drawn.drawing.spot(index).record_id for index in range(drawn.drawing.spots))

    def _go(self, where: Callable[[Drawing], int], scroll: int) -> None:
        if (drawn := self._draw()) is None:
            return
        before = self.record_id
        if drawn.has_cursor:
            self._viewport = drawn.put(self._viewport, where(drawn.drawing))
        else:
            self._viewport = self._viewport.scrolled(scroll, drawn.drawing, drawn.room)
        if not drawn.has_cursor or self.record_id == before:  # else the screen chooses it, and every lens is painted once
            self.paint()

    # ----------------------------------------------------------------------------------------------------------- drawing

    def on_resize(self) -> None:
        """Fit the new room; what was shown while there was none has not found its chosen record yet."""
        self._follow()
        super().on_resize()

    @property
    def blank_style(self) -> Style:
        return styles(self._theme)["text"]

    def compose_lines(self, width: int, height: int) -> list[Strip]:
        drawn = self._draw()
        return [] if self._sight is None or drawn is None else composed(self._sight, drawn, self._viewport, self._theme)


def _scope(sight: Sight) -> tuple[object, ...]:
    """What the projection depends on: when it is the same, so is the view."""
    return (sight.perspective.id, id(sight.scene.records), sight.viewpoint)
