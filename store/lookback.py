"""Looking back at a decision: what was said when it was decided, before anybody says how it came out.  Pure."""

from __future__ import annotations

from collections.abc import Iterable

from store.damaged import read
from store.model import Decision, place
from store.operations import Document, Transaction, after

ASKED: tuple[str, ...] = ("came_true", "process", "outcome", "solved", "lesson")
"""What is asked, in this order: whether it came true, then apart how it was decided and how it went, then what it taught."""
NOTHING_SAID = "Nothing was predicted, so nothing can come true; how it was decided and how it went can still be told apart."


def as_decided(record: Decision, history: Iterable[Transaction]) -> Decision:
    """The decision as it stood when it was last decided; as it is now where the history, newest first, does not say.

    Its prediction and confidence are the same now; the rest may have been written since.
    """
    here = place(record.id)
    for past in history:
        for change in reversed(past.operations):
            later = after(change) if (change.table, change.key) == here else None
            if later is not None and not _is_open(later) and _is_open(change.before):
                then = read(*here, later)
                return then if isinstance(then, Decision) else record
    return record


def _is_open(document: Document | None) -> bool:
    return document is None or document.get("state", "open") == "open"


def said_then(record: Decision) -> str:
    """What was said when it was decided, in one paragraph: how sure, what was predicted, and why."""
    sure = "" if record.confidence is None else f", {record.confidence} % sure"
    when = f"Decided {record.decided_on}" if record.decided_on else "Decided"
    driver = f" by @{record.driver}" if record.driver else ""
    chosen = f" Chosen: {_ended(record.chosen)}" if record.chosen else ""
    predicted = f" Predicted: {_ended(record.prediction)}" if record.prediction.strip() else ""
    why = f" Why: {_ended(record.why)}" if record.why.strip() else ""
    return f"{when}{driver}{sure}.{chosen}{predicted}{why}" + ("" if predicted or sure else f" {NOTHING_SAID}")


def _ended(text: str) -> str:
    words = " ".join(text.split())
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
