"""A lens: one perspective drawn in its room, with a cursor that goes from record to record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from themes import Theme
from tui import columns
from tui.drawing import Direction, Drawing, Line, draw, nearest
from tui.panes import decoration
from tui.panes.lines import Lines, strip_of
from tui.panes.sight import Sight
from tui.perspective import Perspective, Span, View
from tui.theming import styles

WHEEL = 3
"""Lines the cursor moves when the mouse wheel turns a notch."""
LEAST_BELOW = 3
"""Lines that scroll below those that stay, or these do not stay."""
ROOM_TO_SAY_MORE = 30
"""Lines of a pane from which its head says what the lens needs and hides, too; below that the help does."""


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
        self._drawing: Drawing | None = None
        self._drawn_for: tuple[int, int] = (0, 0)
        self._held = 0
        """How many records the drawing shows or counts."""
        self._cursor = 0
        self._top = 0
        self._undecorated: dict[int, Strip] = {}

    # ------------------------------------------------------------------------------------------------------ what is seen

    @property
    def perspective(self) -> Perspective | None:
        """The perspective shown, None before the first ``show``."""
        return None if self._sight is None else self._sight.perspective

    @property
    def drawing(self) -> Drawing | None:
        """The lines and spots shown, None before the first paint."""
        return self._drawing

    @property
    def view(self) -> View | None:
        """What is shown, None before the first ``show``."""
        return self._view

    @property
    def cursor(self) -> int:
        """The spot the cursor is on."""
        return self._cursor

    @property
    def record_id(self) -> str | None:
        """The record under the cursor."""
        if self._drawing is None or not self._drawing.spots:
            return None
        return self._drawing.spot(self._cursor).record_id

    def show(self, sight: Sight) -> None:
        """Show something; what is the same as before is not projected, drawn or sent again."""
        before, self._sight = self._sight, sight
        if before is None or _scope(before) != _scope(sight):
            view = columns.shown(sight.perspective, sight.scene.records, sight.viewpoint)
            if before is None or before.perspective is not sight.perspective:
                self._top = self._cursor = 0
            if self._view is None or self._view is not view:
                self._view, self._drawing = view, None
        self._follow(sight.chosen if before is None or before.chosen != sight.chosen else None)
        self.paint()

    def _follow(self, chosen: str | None) -> None:
        """Put the cursor on the chosen record; where it is not here, leave the cursor at the same place."""
        drawing = self._draw()
        if drawing is None:
            return
        stay = chosen or (self._sight.chosen if self._sight else None)
        found = drawing.find(stay) if stay else None
        if found is not None and not (self._cursor < drawing.spots and drawing.spot(self._cursor).record_id == stay):
            self._cursor = found
        self._cursor = min(self._cursor, max(drawing.spots - 1, 0))
        self._scroll_to_cursor(drawing)

    def _draw(self) -> Drawing | None:
        width, height = self.size
        if self._sight is None or self._view is None or not width:
            return None
        if self._drawing is None or self._drawn_for != (width, height):
            self._drawing = draw(self._view, self._sight.scene, width, height - self._head)
            self._drawn_for = (width, height)
            self._held = decoration.held(self._view, self._drawing)
            self._undecorated = {}
        return self._drawing

    # ---------------------------------------------------------------------------------------------------------- movement

    def move(self, direction: Direction) -> None:
        """Move the cursor one spot, or show it where the chosen record is not here; a text without spots scrolls."""
        self._go(lambda drawing: self._step(drawing, direction), 1 if direction == "down" else -1)

    def _step(self, drawing: Drawing, direction: Direction) -> int:
        chosen = self._sight.chosen if self._sight else None
        hidden = chosen is not None and drawing.find(chosen) is None
        return self._cursor if hidden else drawing.step(self._cursor, direction)

    def page(self, part: float) -> None:
        """Move the cursor by a part of what is visible, down when positive."""
        lines = max(int(abs(part) * self._room), 1) * (1 if part > 0 else -1)
        self._go(lambda drawing: nearest(drawing, drawing.spot(self._cursor).y + lines, drawing.spot(self._cursor).x), lines)

    def jump(self, last: bool) -> None:
        """Move the cursor to the first spot or the last."""
        self._go(lambda drawing: drawing.spots - 1 if last else 0, 10**9 if last else -(10**9))

    def seek(self, wanted: Callable[[str], bool], forward: bool) -> bool:
        """Move the cursor to the next record that is wanted, going round; False when there is none."""
        drawing = self._draw()
        count = drawing.spots if drawing else 0
        for away in range(1, count + 1):
            index = (self._cursor + (away if forward else -away)) % count
            if drawing is not None and wanted(drawing.spot(index).record_id):
                self._go(lambda _, index=index: index, 0)  # type: ignore[misc]
                return True
        return False

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse was pressed."""
        drawing = self._draw()
        seen, row = self._seen(drawing, self._top) if drawing is not None else (), event.y - self._head
        found = drawing.on_line(seen[row]) if drawing is not None and 0 <= row < len(seen) else ()
        if drawing is not None and found:
            index = min(found, key=lambda index: abs(drawing.spot(index).x - event.x))
            self._go(lambda _: index, 0)
            self._tell()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self.page(WHEEL / self._room)
        self._tell()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self.page(-WHEEL / self._room)
        self._tell()

    def _tell(self) -> None:
        if self.record_id is not None and self._sight is not None and self.record_id != self._sight.chosen:
            self.post_message(self.RecordChosen(self, self.record_id))

    def visible_ids(self) -> tuple[str, ...]:
        """The ids of all spots in reading order."""
        drawing = self._draw()
        return () if drawing is None else tuple(drawing.spot(index).record_id for index in range(drawing.spots))

    def _go(self, where: Callable[[Drawing], int], scroll: int) -> None:
        drawing = self._draw()
        if drawing is None:
            return
        if not drawing.spots or (self._sight and self._sight.perspective.follows):
            self._top = min(max(self._top + scroll, 0), max(drawing.height - self._room, 0))
            self.paint()
            return
        before = self.record_id
        self._cursor = where(drawing)
        self._scroll_to_cursor(drawing)
        if self.record_id == before:  # else the screen chooses the other record, and every lens is painted once
            self.paint()

    @property
    def _room(self) -> int:
        return max(self.size.height - self._head, 1)

    @property
    def _head(self) -> int:
        """Lines above the drawing: a title and, where there is room, what is needed and hidden; none where the drawing
        begins with a title itself."""
        if self._sight is not None and self._sight.perspective.follows:
            return 0
        return 1 + len(self._about)

    @property
    def _about(self) -> list[Line]:
        """The lines between the title and the drawing."""
        if self._sight is None or self.size.height < ROOM_TO_SAY_MORE:
            return []
        return decoration.about(self._sight.perspective, self.size.width)

    def _scroll_to_cursor(self, drawing: Drawing) -> None:
        room = self._room
        if drawing.spots and not (self._sight and self._sight.perspective.follows):
            y = drawing.spot(self._cursor).y
            if y >= self._top + room:
                self._top = y - room + 1
            elif self._cursor == 0:
                self._top = 0
            elif y not in self._seen(drawing, self._top):
                self._top = next(top for top in range(y, -1, -1) if top == 0 or y in self._seen(drawing, top))
        self._top = min(max(self._top, 0), max(drawing.height - room, 0))

    def _seen(self, drawing: Drawing, top: int) -> Sequence[int]:
        """The lines in sight when one is the first there is room for: those that stay, over the first of the others."""
        bottom = min(top + self._room, drawing.height)
        staying = drawing.staying(top)
        if not staying or len(staying) + LEAST_BELOW > self._room:
            return range(top, bottom)
        return (*staying, *range(top + len(staying), bottom))

    # ----------------------------------------------------------------------------------------------------------- drawing

    def on_resize(self) -> None:
        """Fit the new room; what was shown while there was none has not found its chosen record yet."""
        self._follow(None)
        super().on_resize()

    @property
    def blank_style(self) -> Style:
        return styles(self._theme)["text"]

    def compose_lines(self, width: int, height: int) -> list[Strip]:
        sight, drawing = self._sight, self._draw()
        if sight is None or drawing is None:
            return []
        strips: list[Strip] = []
        if self._head or not drawing.height:
            strips.append(strip_of(decoration.title(sight, self._held, width), styles(self._theme), width))
        if self._head:
            strips.extend(strip_of(line, styles(self._theme), width) for line in self._about)
        if not drawing.height or (sight.trouble and not sight.perspective.follows):
            strips.extend(self._saying(line, "dim", width) for line in decoration.nothing(sight, drawing, width))
            return strips[:height]
        strips.extend(
            decoration.decorated(sight, drawing, y, self._cursor, self._bare(drawing, y, width), self._theme)
            for y in self._seen(drawing, self._top)
        )
        if absent := decoration.absence(sight, drawing):
            lines = decoration.in_lines(absent, width - 4, height // 6)
            strips[height - len(lines) :] = [self._saying(line, "info", width) for line in lines]
        return strips

    def _saying(self, sentence: str, token: str, width: int) -> Strip:
        return strip_of((Span("  " + sentence, token),), styles(self._theme), width)

    def _bare(self, drawing: Drawing, y: int, width: int) -> Strip:
        """A line without cursor and marks, made once for a drawing."""
        if (strip := self._undecorated.get(y)) is None:
            strip = self._undecorated[y] = strip_of(drawing.line(y), styles(self._theme), width)
        return strip

    def take_theme(self, theme: Theme) -> None:
        """Draw with another theme from now on."""
        self._undecorated = {}
        super().take_theme(theme)


def _scope(sight: Sight) -> tuple[object, ...]:
    """What the projection depends on: when it is the same, so is the view."""
    return (sight.perspective.id, id(sight.scene.records), sight.viewpoint)
