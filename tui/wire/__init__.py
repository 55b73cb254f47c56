"""A frame-differing output layer for Textual: the terminal is sent only the cells that changed.

Textual sends every cell of every region it redraws, each with its full style.  ``Wire`` stands between Textual and the
terminal, remembers what the terminal shows, and passes on the shortest bytes that lead to the same screen.
``driver_class`` is the door: ``App(driver_class=wire.driver_class())``.  An app that is a ``wire.app.WireApp`` with screens
that are ``WireScreen`` needs less time for the same bytes.  Nothing here knows the program around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.wire.layer import Wire
from tui.wire.traits import Traits, traits_of

if TYPE_CHECKING:
    from textual.driver import Driver

__all__ = ["PLAIN", "Traits", "Wire", "driver_class", "traits_of"]

PLAIN = "plain"
"""The mode in which Textual's bytes go to the terminal as they are."""


def driver_class(mode: str | None = None) -> type[Driver] | None:
    """The class for ``App(driver_class=…)``; None where Textual should choose by itself.

    With mode ``"plain"``, or on a terminal that cannot place its cursor, frames are not differed; such a driver is still
    quiet when idle and leaves when the terminal hangs up.  None on Windows and where TEXTUAL_DRIVER names a driver.

    The layer steps back by itself, too: skills a terminal may lack are not used (``Traits``), what it cannot read it passes
    on and forgets the screen, and a fault of its own leaves the driver sending whole frames from then on.
    """
    import os
    import sys

    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER"):
        return None
    from tui.wire.driver import QuietDriver, WireDriver

    return QuietDriver if mode == PLAIN or not traits_of(os.environ).places_cursor else WireDriver
