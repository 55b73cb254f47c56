"""The viewport of a lens: which spot of a drawing the cursor is on, and which lines of it are in sight.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

from tui.drawing import Direction, Drawing, nearest

LEAST_BELOW = 3
"""Lines that scroll below those that stay, or these do not stay."""


class Viewport(NamedTuple):
    """A cursor and a scroll position; what it says of a drawing holds for a ``room`` of so many lines.

    ``top`` is the first line there is room for: lines that stay may stand over it.
    """

    cursor: int = 0
    top: int = 0

    def seen(self, drawing: Drawing, room: int) -> Sequence[int]:
        """The lines in sight, from above: those that stay, then the first of the others."""
        bottom = min(self.top + room, drawing.height)
        staying = drawing.staying(self.top)
        if not staying or len(staying) + LEAST_BELOW > room:
            return range(self.top, bottom)
        return (*staying, *range(self.top + len(staying), bottom))

    def scrolled(self, by: int, drawing: Drawing, room: int) -> Viewport:
        """The viewport so many lines further down, as far as there are any; the cursor stays where it is."""
        return self._replace(top=min(max(self.top + by, 0), max(drawing.height - room, 0)))

    def at(self, index: int, drawing: Drawing, room: int) -> Viewport:
        """The viewport with the cursor on a spot, scrolled no further than it takes to see it."""
        y = drawing.spot(index).y
        moved = Viewport(index, self.top).scrolled(0, drawing, room)  # there may be fewer lines than before
        if y >= moved.top + room:
            moved = Viewport(index, y - room + 1)
        elif index == 0 and y < room:  # what stands above the first spot comes into sight with it
            moved = Viewport(index, 0)
        elif y not in moved.seen(drawing, room):
            higher = (Viewport(index, top) for top in range(y, 0, -1))
            moved = next((one for one in higher if y in one.seen(drawing, room)), Viewport(index, 0))
        return moved.scrolled(0, drawing, room)

    def stepped(self, direction: Direction, chosen: str | None, drawing: Drawing) -> int:
        """The spot next to the cursor that way; its own where the chosen record is not here, to show that first."""
        hidden = chosen is not None and drawing.find(chosen) is None
        return self.cursor if hidden else drawing.step(self.cursor, direction)

    def paged(self, lines: int, drawing: Drawing) -> int:
        """The spot nearest to where the cursor would be so many lines further down, as far as there are any."""
        here = drawing.spot(self.cursor)
        return nearest(drawing, min(max(here.y + lines, 0), drawing.height - 1), here.x)

    def sought(self, wanted: Callable[[str], bool], forward: bool, drawing: Drawing) -> int | None:
        """The next spot of a record that is wanted, going round; None where there is none."""
        count = drawing.spots
        ways = ((self.cursor + (away if forward else -away)) % count for away in range(1, count + 1))
        return next((index for index in ways if wanted(drawing.spot(index).record_id)), None)

    def followed(self, chosen: str | None, drawing: Drawing, before: Drawing | None) -> int:
        """The spot for the cursor where something else is drawn or chosen; the same place where the chosen is not here.

        A record may stand in several places, such as a plane and its ranking: the cursor stays in the one it was in
        ``before``.
        """
        if chosen is not None and not self._is_on(chosen, drawing) and (first := drawing.find(chosen)) is not None:
            was_first = before is None or not self._is_on(chosen, before) or before.find(chosen) == self.cursor
            return first if was_first else self._other_place(chosen, first, drawing)
        return min(self.cursor, max(drawing.spots - 1, 0))

    def _is_on(self, record_id: str, drawing: Drawing) -> bool:
        return self.cursor < drawing.spots and drawing.spot(self.cursor).record_id == record_id

    def _other_place(self, record_id: str, first: int, drawing: Drawing) -> int:
        """The nearest spot of a record that is not its first one; the first where there is no other."""
        around = chain.from_iterable((self.cursor + away, self.cursor - away) for away in range(drawing.spots + self.cursor))
        others = (index for index in around if 0 <= index < drawing.spots and index != first)
        return next((index for index in others if drawing.spot(index).record_id == record_id), first)
