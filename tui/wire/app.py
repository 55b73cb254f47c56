"""An app and a screen that give the wire driver strips, where Textual would write text for the driver to read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.app import App
from textual.screen import Screen

from tui.wire.compositor import FrontToBack, Painted
from tui.wire.driver import WireDriver

if TYPE_CHECKING:
    from rich.console import RenderableType

Returned = TypeVar("Returned")


class WireApp(App[Returned]):
    """The app whose driver is ``driver_class()``: the same screens in less time.  With any other driver it is Textual's.

    Beyond what Textual documents this overrides ``App._display``, whose conditions for drawing at all are repeated here.
    """

    @property
    def takes_strips(self) -> bool:
        """Whether the driver can draw from strips."""
        return isinstance(self._driver, WireDriver) and self._driver.takes_strips

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        update: object = renderable  # a Painted is none to Rich's types
        if not (isinstance(update, Painted) and self._draws(update)):
            super()._display(screen, renderable)

    def _draws(self, update: Painted) -> bool:
        """Whether the driver has taken an update as it is."""
        driver = self._driver
        if not isinstance(driver, WireDriver) or self._batch_count or not self._running or self._closed:
            return False
        x, y = self.screen.outer_size.clamp_offset(self.cursor_position)
        if not driver.draw(update.strips, (y, x), is_at_once=self._sync_available):
            return False
        self.post_display_hook()
        return True


class WireScreen(Screen[Returned]):
    """A screen of a ``WireApp``, which composes no more than the driver has to know."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(name, id, classes)
        self._compositor = FrontToBack(self._gives_strips)

    def _gives_strips(self) -> bool:
        app = self.app
        return isinstance(app, WireApp) and app.takes_strips
