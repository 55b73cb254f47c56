"""What a lens is told to show."""

from __future__ import annotations

from dataclasses import dataclass

from tui.perspective import Perspective, Scene, Viewpoint


@dataclass(frozen=True, slots=True)
class Sight:
    """Everything a lens is to show: what, from where, and what is chosen and marked."""

    perspective: Perspective
    scene: Scene
    viewpoint: Viewpoint
    chosen: str | None
    marked: frozenset[str] = frozenset()
    focused: bool = True
    filter: str = ""
