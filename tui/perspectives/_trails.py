"""How beliefs moved: the places each had, read from the history that comes with the viewpoint.

What was found is kept with the history it was found in: one more step costs one more look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.dates import later
from store.days import first_stamp
from store.model import BY_TABLE
from store.operations import Document, Put, Transaction
from tui.perspectives._memo import kept
from tui.shapes import Point, Trail
from tui.viewpoint import Viewpoint

TRAILS = ("trails", ("off", "on"))
FAR = (-1, "y")
"""How far back a trail goes."""
NEVER = "9999"
"""A time that no step comes after."""

Place = tuple[float, float]
Earlier = dict[str, tuple[Place, ...]]
"""Id → the places a record had before, the oldest first."""


def shows_trails(viewpoint: Viewpoint) -> bool:
    """Whether a lens is turned to show them."""
    return viewpoint.options.get("trails") == "on"


def looks_back(viewpoint: Viewpoint, zone: str) -> str:
    """From when on trails need the history; none of it while they are off."""
    if not shows_trails(viewpoint):
        return NEVER
    try:
        return first_stamp(zone, later(viewpoint.today, *FAR))
    except ValueError:
        return ""


def trails(points: Iterable[Point], viewpoint: Viewpoint, table: str, x: str, y: str) -> tuple[Trail, ...]:
    """A trail for each point whose fields ``x`` and ``y`` had other values before; none where the history was not read."""
    if not shows_trails(viewpoint) or not viewpoint.history:
        return ()
    earlier = _earlier(viewpoint.history, table, x, y)
    found = ((point, earlier.get(point.record.id, ())) for point in points)
    return tuple(Trail(point.record.id, _without_rests((*been, (point.x, point.y)))) for point, been in found if been)


def _earlier(history: tuple[Transaction, ...], table: str, x: str, y: str) -> Earlier:
    """The places every record had before; new steps are added to what was known of the older ones."""
    before = kept("trails", table, x, y)
    found: Earlier
    known, found = before.get("found", ((), {}))
    new = len(history) - len(known)
    if not known or new < 0 or history[-1] is not known[-1] or history[new] is not known[0]:
        new, found = len(history), {}
    for done in reversed(history[:new]):
        for record_id, place in _left(done, table, x, y):
            found[record_id] = (*found.get(record_id, ()), place)
    before["found"] = (history, found)
    return found


def _left(done: Transaction, table: str, x: str, y: str) -> Iterator[tuple[str, Place]]:
    """What a step moved, and the place it had before."""
    for change in done.operations:
        if change.table == table and isinstance(change, Put) and change.before is not None:
            place = _place(change.before, x, y)
            if place is not None and place != _place(change.after, x, y):
                yield BY_TABLE[table].letter + change.key, place


def _place(document: Document, x: str, y: str) -> Place | None:
    across, up = document.get(x), document.get(y)
    return (across, up) if isinstance(across, int | float) and isinstance(up, int | float) else None


def _without_rests(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places without those that are the same as the one before."""
    return tuple(place for at, place in enumerate(places) if at == 0 or place != places[at - 1])
