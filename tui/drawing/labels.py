"""Labels: what stands at the points of a plane, and beside it their titles, as far as there is room for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.drawing import Spot
from tui.text import cut, safe, width_of

MOST_TITLED = 40
"""Points from which on titles beside them would be noise."""
SHORTEST, LONGEST = 8, 28
"""Cells of a title beside its point: with fewer it says nothing, with more it hides what the plane is about."""


class Label(NamedTuple):
    """What stands at a spot."""

    spot: Spot
    text: str
    token: str


def by_line(labels: Sequence[Label]) -> Mapping[int, Sequence[int]]:
    """Line → the places in the row of those labels that stand on it, in their order."""
    found: dict[int, list[int]] = {}
    for index, label in enumerate(labels):
        found.setdefault(label.spot.y, []).append(index)
    return found


def titles(
    labels: Mapping[int, Sequence[Label]], names: Mapping[str, str], drawn: Mapping[int, Sequence[int]], right: int
) -> Mapping[int, Sequence[tuple[int, str]]]:
    """Line → the cell behind a label and the title that follows a blank there.

    ``labels`` are those of each line from the left, ``names`` the titles by what the labels say, ``drawn`` the cells of a
    line that no title covers, ``right`` the cell at which the room ends.
    """
    return {y: tuple(_beside(found, names, drawn.get(y, ()), right)) for y, found in labels.items() if found}


def _beside(
    labels: Sequence[Label], names: Mapping[str, str], drawn: Sequence[int], right: int
) -> Iterator[tuple[int, str]]:
    """Each title goes as far as the next label, or what is drawn there."""
    stops = [*(label.spot.x for label in labels), *(x - 1 for x in drawn), right]
    for label in labels:
        x = label.spot.x + label.spot.width
        room = min(stop for stop in stops if stop >= x) - x - 1
        title = safe(names.get(label.text, ""))
        if title and room >= min(SHORTEST, width_of(title)):
            yield x, cut(title, min(room, LONGEST))
