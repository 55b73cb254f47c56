"""Acting in a lens: what moving a record one step means there, and what one wants to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from store.model import Record

if TYPE_CHECKING:
    from store.records import Records
    from tui.viewpoint import Viewpoint

Direction = Literal["up", "down", "left", "right"]


class Nudge(NamedTuple):
    """One step a record is to be moved: which way, among which records, as the lens is turned.

    ``place`` is the key of the section the cursor stands in, or those of the row and the column; None where that is not
    known, as for a record that is marked somewhere else.
    """

    direction: Direction
    records: Records
    viewpoint: Viewpoint
    place: Any = None


class Sets(NamedTuple):
    """Fields of the record that get other texts, as forms read them; ``said`` tells it where the texts alone would not."""

    texts: Mapping[str, str]
    said: str = ""


class Writes(NamedTuple):
    """An update of mine about the record, of these texts: what others wrote stays."""

    texts: Mapping[str, str]
    said: str


class Stays(NamedTuple):
    """Nothing moves: a sentence that says why, and which key would do what was meant."""

    why: str


Moved = Sets | Writes | Stays
Move = Callable[[Record, Nudge], Moved]


def nothing_moves(record: Record, nudge: Nudge) -> Moved:
    """What moving means in a lens that gives it no meaning of its own."""
    return Stays("Nothing moves in this lens: e changes what a record says, s its state.")


class NextStep(NamedTuple):
    """What whoever opens a lens wants to do next with a record of these kinds: run a command, or fill in some fields.

    ``title`` is short: it stands in the footer.
    """

    title: str
    command: str = ""
    fields: tuple[str, ...] = ()
    kinds: tuple[type[Record], ...] = (Record,)


EDIT = NextStep("edit", "record.edit")
NEXT = "lens.act"
"""The command that takes the next step of the lens in focus."""
