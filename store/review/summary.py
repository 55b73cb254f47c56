"""How many wait for a person, and what a review came to, as Markdown that can be pasted where others read it.  Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from store.quoting import quoted
from store.review.agenda import Item
from store.review.state import Answer, ReviewState

HEADINGS: Mapping[str, str] = {
    "done": "Done", "decided": "Decided", "dropped": "Dropped", "noted": "Said", "put off": "Put off",
    "kept": "Kept as it is",
}  # fmt: skip
"""What was answered → its heading, in the order of the summary."""
WIDEST = 120


class Tally(NamedTuple):
    """How many items wait, the intent among them, and how many of them are due."""

    waiting: int
    due: int


def tally(items: Collection[Item]) -> Tally:
    """The count of an agenda, the same wherever it is told."""
    return Tally(len(items), sum(item.is_due for item in items))


def summary(state: ReviewState, today: date, me: str) -> str:
    """The review under way as it stands: how many of what in how long, then each with what came of it."""
    counts = {what: [one for one in state.answered.items() if one[1].what == what] for what in HEADINGS}
    told = ", ".join(f"{len(found)} {what}" for what, found in counts.items() if found) or "nothing waited"
    total = len(state.answered)
    head = f"{total} {'item' if total == 1 else 'items'}{_minutes(state.seconds)}: {told}." if total else "Nothing waited."
    lines = [f"# Daily review, {today.isoformat()}, @{me}", "", head]
    for what, found in counts.items():
        if found:
            lines += ["", f"## {HEADINGS[what]}", "", *_entries(found)]
    return "\n".join(lines) + "\n"


def _minutes(seconds: int) -> str:
    minutes = round(seconds / 60)
    return f" in {minutes} min" if minutes else ""


def _entries(found: list[tuple[str, Answer]]) -> Iterator[str]:
    for key, answer in found:
        name = f"{key} " if key[1:].isdigit() else ""
        came = f": {quoted(answer.outcome, WIDEST)}" if answer.outcome else ""
        yield f"- {name}{_plain(answer.title)}{came}"


def _plain(title: str) -> str:
    """A title on one line, in which nothing is taken for Markdown."""
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>" else mark for mark in quoted(title, WIDEST))
