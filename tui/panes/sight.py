"""What a lens is told to show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tui.perspective import Perspective
from tui.shapes import Scene
from tui.viewpoint import Viewpoint


class Sight(NamedTuple):
    """Everything a lens is to show: what, from where, and what is chosen and marked."""

    perspective: Perspective
    scene: Scene
    viewpoint: Viewpoint
    chosen: str | None
    marked: frozenset[str] = frozenset()
    focused: bool = True
    filter: str = ""
    apart: frozenset[str] = frozenset()
    """What this lens has for itself while others share it."""
    then: date | None = None
    """The past day that is looked at; None for now."""
    changes: Mapping[str, str] | None = None
    """How each record differs between then and now, by id, where these stand side by side."""
    headed: bool = True
    """Whether a head says which lens it is; what stands beside a list or in its place begins with a title of its own."""
    trouble: str = ""
    """Why the filter cannot be read, with the place, line by line; "" where it can."""
