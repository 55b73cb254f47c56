"""What is to be drawn, from the front to the back: each cell once, by the widget that shows there.

Textual has every widget within the changed regions give its lines, those behind others too, and cuts all of them at every
edge of every widget, so that it can write them from left to right.  A layer that knows what stands where needs none of that.
Beyond what Textual documents this overrides what its compositor renders, by the regions and the widgets it finds for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from rich.console import Console

Span = tuple[int, int, int]
"""A row, the column it begins at, and the one behind its end."""
Drawn = tuple[int, int, Strip]
"""A row, a column, and the cells from there on."""


class Painted(CompositorUpdate):
    """Strips and where they stand, in any order."""

    def __init__(self, strips: list[Drawn]) -> None:
        self.strips = strips

    def render_segments(self, console: Console) -> str:
        """The same as text, for whatever knows no strips."""
        return "".join([f"\x1b[{y + 1};{x + 1}H{strip.render(console)}" for y, x, strip in self.strips])


class FrontToBack(Compositor):
    """Textual's compositor, but that each update has every cell once; as Textual's while ``is_on`` says no."""

    def __init__(self, is_on: Callable[[], bool]) -> None:
        super().__init__()
        self._is_on = is_on

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        if simplify or not self._is_on():
            return super().render_full_update(simplify)
        self._dirty_regions.clear()
        width, height = self.size
        return Painted(self._painted((y, 0, width) for y in range(height)))  # type: ignore[return-value]

    def render_partial_update(self) -> ChopsUpdate | None:
        if not self._dirty_regions or not self._is_on():
            return super().render_partial_update()
        regions, screen = self._dirty_regions, self.size.region
        spans = list(self._regions_to_spans([region.intersection(screen) for region in regions]))
        regions.clear()
        return Painted(self._painted(spans))  # type: ignore[return-value]

    def _painted(self, spans: Iterable[Span]) -> list[Drawn]:
        """What the widgets show in some spans of the screen."""
        left: dict[int, list[tuple[int, int]]] = {}
        for y, x, stop in spans:
            left.setdefault(y, []).append((x, stop))
        drawn: list[Drawn] = []
        for widget, (region, clip) in self.visible_widgets.items():
            if not left:
                break
            shown = region.intersection(clip)
            if taken := _taken(left, shown):
                first, last = taken[0][0], taken[-1][0]
                lines = Region(shown.x - region.x, first - region.y, shown.width, last - first + 1)
                strips = widget.render_lines(lines)
                drawn += [_cropped(strips[y - first], y, x, stop, shown) for y, x, stop in taken]
        return drawn


def _taken(left: dict[int, list[tuple[int, int]]], shown: Region) -> list[Span]:
    """The spans of what is left that a region covers, from the top, which are left no more."""
    x, y, width, height = shown
    end = x + width
    taken: list[Span] = []
    for row in [row for row in left if y <= row < y + height] if len(left) < height else range(y, y + height):
        if (spans := left.get(row)) is None:
            continue
        if len(spans) == 1 and x <= spans[0][0] and spans[0][1] <= end:
            taken.append((row, *spans[0]))
            del left[row]
            continue
        rest: list[tuple[int, int]] = []
        for start, stop in spans:
            begin, finish = max(start, x), min(stop, end)
            if begin >= finish:
                rest.append((start, stop))
                continue
            taken.append((row, begin, finish))
            rest += [part for part in ((start, begin), (finish, stop)) if part[0] < part[1]]
        if rest:
            left[row] = rest
        else:
            del left[row]
    return sorted(taken)


def _cropped(strip: Strip, y: int, x: int, stop: int, shown: Region) -> Drawn:
    """The part of a line between two columns of the screen."""
    if x == shown.x and stop == shown.right:
        return y, x, strip
    return y, x, strip.crop(x - shown.x, stop - shown.x)
