"""Then and now: how one steps through the days that lie behind, and what changed between two looks at the records.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from store.dates import later
from store.merge import BOOKKEEPING
from store.model import Record
from store.records import Records
from tui.perspective import Perspective
from tui.shapes import View

# ------------------------------------------------------------------------------------------------------------- the slider

STEPS: Mapping[str, tuple[tuple[int, str], tuple[int, str]]] = {
    "day": ((1, "d"), (1, "w")),
    "week": ((1, "w"), (1, "m")),
    "month": ((1, "m"), (1, "q")),
    "quarter": ((1, "q"), (1, "y")),
}
"""What the slider moves by → the length of a step, and of a big one."""
USUAL = "week"
EARLIEST = date(1970, 1, 1)


def slid(then: date | None, today: date, step: str, count: int, *, big: bool = False) -> date | None:
    """The day so many steps away (back when negative), None for now: whatever lies not behind today is now."""
    length, unit = STEPS[step][big]
    try:
        day = later(then or today, count * length, unit)
    except ValueError:
        day = EARLIEST if count < 0 else today
    return None if day >= today else max(day, EARLIEST)


def next_step(step: str) -> str:
    """What the slider moves by after this; behind the longest comes the shortest."""
    steps = list(STEPS)
    return steps[(steps.index(step) + 1) % len(steps)]


# ---------------------------------------------------------------------------------------------------- what works in the past

LOOKING_GROUPS = frozenset({"Moving", "Pages", "Finding", "Board", "Lenses", "Views", "Time"})
"""Groups of commands that only look, and work on the past as on the present."""
LOOKING = frozenset(
    {
        "record.open", "record.copy", "record.copy_text", "reading.talk", "story.copy",
        "work.command", "work.palette", "work.help", "work.quit", "work.cancel", "work.suspend", "work.theme", "work.mouse",
    }
)  # fmt: skip
"""Commands of other groups that only look."""


def refusal(command: str, group: str, then: date | None) -> str | None:
    """Why a command does not work where one looks at a past day; None where it does, and in the present."""
    return None if then is None or only_looks(command, group) else unchangeable(then)


def only_looks(command: str, group: str) -> bool:
    """Whether a command changes nothing that is kept."""
    return group in LOOKING_GROUPS or command in LOOKING


def unchangeable(then: date) -> str:
    """That nothing can be changed on a past day, and how to leave it."""
    return f"This is how things stood on {then}: nothing can be changed there. Escape returns to now."


# ------------------------------------------------------------------------------------------------------------ then and now


class Look(NamedTuple):
    """What a lens shows of the records from a viewpoint."""

    records: Records
    view: View


def changes(lens: Perspective, then: Look, now: Look) -> Mapping[str, str]:
    """The records that a lens shows differently, by id: ``new``, ``gone``, ``moved`` or ``changed``.

    One has moved where what places it in the lens is different: its state, or a field that the lens needs.
    """
    from tui.plain import (
        records_of,
    )  # not before anything is compared: what refuses a command is on the way to the first screen

    were = {record.id for record in records_of(then.view)}
    are = {record.id for record in records_of(now.view)}
    found = dict.fromkeys(are - were, "new") | dict.fromkeys(were - are, "gone")
    both = were & are
    for record_id in filter(both.__contains__, now.records.differing(then.records)):
        before, after = then.records.get(record_id), now.records.get(record_id)
        if before is not None and after is not None and (kind := difference(lens, before, after)):
            found[record_id] = kind
    return found


def difference(lens: Perspective, before: Record, after: Record) -> str:
    """How a record differs in a lens: ``moved``, ``changed``, or "" where only who touched it last does."""
    old, new = vars(before), vars(after)
    fields = {name for name, value in new.items() if name not in BOOKKEEPING and value != old.get(name)}
    if before.standing != after.standing or not fields.isdisjoint(lens.needs):
        return "moved"
    return "changed" if fields else ""


ORDER = ("moved", "changed", "new", "gone")


def summary(found: Mapping[str, str]) -> str:
    """The changes as a line says them: ``5 moved, 2 new, 1 gone``."""
    counted = Counter(found.values())
    return ", ".join(f"{counted[kind]} {kind}" for kind in ORDER if counted[kind]) or "nothing changed"
