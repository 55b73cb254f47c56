"""When a new check-in is one that somebody began already, so that two people who begin it at once hold one, not two.

A check-in is of one level and about one record, else due on one day.  What a second new one brings goes into the first,
merged question by question (``store.merge``).
"""

from __future__ import annotations

from collections.abc import Iterable

from store.model import Checkin
from store.operations import Document


def twin(document: Document, others: Iterable[tuple[str, Document]]) -> str | None:
    """The key of the check-in that a new one is the same as: of its level, about its record, else due on its day."""
    own = _occasion(document)
    if own is None:
        return None
    return next((key for key, other in others if not other.get("archived") and _occasion(other) == own), None)


def _occasion(document: Document) -> tuple[object, ...] | None:
    level, about, due = (document.get(name) for name in ("level", "about", "due"))
    return (level, about) if about else (level, "", due) if due else None


def joining(document: Document, existing: Document) -> tuple[Document, Document]:
    """From what to what a new check-in changed, seen as a change of the one there is: base and mine for the merge.

    One that is held stays held since the day it was; who skips what others hold, or holds what others skipped, is told.
    """
    own: Document = {
        name: value for name, value in document.items() if name not in ("created", "created_by", "due", "state", "held_on")
    }
    base: Document = {name: own[name] for name in ("level", "about") if name in own}
    same: Document = {name: existing[name] for name in ("created", "created_by", "due") if name in existing}
    state, theirs = document.get("state"), existing.get("state")
    if theirs == "done" and state in ("open", "done"):
        held: Document = {name: existing[name] for name in ("state", "held_on") if name in existing}
        return {**base, **same, **held}, {**own, **same, **held}
    was = theirs if theirs in Checkin.open_states else Checkin.states[0]
    stands: Document = {name: document[name] for name in ("state", "held_on") if name in document}
    return {**base, **same, "state": was}, {**own, **same, **stands}
