"""The middle of the workspace: its lenses side by side, and the chosen record beside or below them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container

from themes import Theme
from tui.desk import NARROW, Desk
from tui.panes.lens import LensPane
from tui.perspective import Perspective
from tui.sights import Outlook, detail

LOWEST_FOR_DETAIL = 18
"""Lines a terminal needs to show details below a list."""


def reading(desk: Desk) -> bool:
    """Whether one record, the help or the review has all the room."""
    return desk.opened or desk.helping or desk.reviewing


class Room(Container):
    """As many lenses as the desk shows at this width, and the details."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(id="main")
        self._theme = theme
        self.detail = LensPane(theme, id="detail")
        self.panes = [LensPane(theme, id="lens-0")]
        """The lenses, from the left; not all of them need be displayed."""

    def compose(self) -> ComposeResult:
        yield from self.panes
        yield self.detail

    def pane(self, desk: Desk) -> LensPane:
        """The lens with the focus: the details when a record is open."""
        if reading(desk):
            return self.detail
        places = desk.shown(self.app.size.width)
        return self.panes[places.index(desk.page.focus) if desk.page.focus in places else 0]

    def lay_out(self, desk: Desk) -> None:
        """Give every lens its room."""
        width, height = self.app.size
        places = desk.shown(width)
        while len(self.panes) < len(places):
            self.panes.append(LensPane(self._theme, id=f"lens-{len(self.panes)}"))
            self.mount(self.panes[-1], before=self.detail)
        beside, alone = width >= NARROW or desk.together is not None, reading(desk)
        self.set_class(not beside, "-stacked")
        self.detail.set_class(beside and not alone, "-beside")
        self.detail.set_class(not beside and not alone, "-below")
        listing = desk.page.id != "board" and not desk.zoomed and desk.together is None
        self.detail.display = alone or (listing and (beside or height >= LOWEST_FOR_DETAIL))
        for at, pane in enumerate(self.panes):
            pane.display = at < len(places) and not alone
            pane.set_class(at == len(places) - 1, "-last")

    def paint(self, desk: Desk, outlook: Outlook, read: Perspective | None) -> None:
        """Show every lens that has room; what has not changed is not drawn.

        ``read`` is what stands in place of the chosen record, as the help and the review do.
        """
        alone, focus = reading(desk), desk.page.focus
        for pane, place in zip(self.panes, desk.shown(self.app.size.width), strict=False):
            if pane.display:
                pane.show(outlook.sight(desk, place, focused=place == focus and not alone))
        if self.detail.display:
            sight = detail(desk, outlook.scene(desk, focus), focused=alone)
            self.detail.show(sight if read is None else sight._replace(perspective=read))

    def take_theme(self, theme: Theme) -> None:
        """Draw with another theme from now on, also the lenses that are still to come."""
        self._theme = theme
