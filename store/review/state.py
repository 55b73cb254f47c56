"""What one person's daily review remembers: what it has seen, where it paused, what was put off until when.

One small file a person and a workspace, beside the other personal state.  It is replaced whole, and durable before the next
question is asked, so a lost connection costs nothing.  Two reviews of one person at the same time: the later answer stands.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

from store.disk.files import reason
from store.errors import ManyViewError
from store.personal import replace
from store.quoting import quoted

RESTS = timedelta(days=7)
"""How long what is no appointment (stale, ageing, differing) stays quiet about a record that was looked at and kept."""


class Answer(NamedTuple):
    """What was answered about one item: ``what`` in a word, ``n`` the number of the newest step that was known then.

    ``title`` and ``because`` are what the item said, ``outcome`` what came of it, in words.
    """

    what: str
    n: int
    title: str = ""
    because: str = ""
    outcome: str = ""


class Snooze(NamedTuple):
    """An item put off: the ISO day it comes back, the newest step known when it was put off, and why it stood there."""

    until: str
    n: int
    because: str = ""


class Rest(NamedTuple):
    """A record that was looked at: until which ISO day what is no appointment stays quiet."""

    until: str


class ReviewState(NamedTuple):
    """What is remembered.

    ``n`` is the newest step my last review had seen, ``ended`` when that was (UTC, "" for never).  ``began`` is when the
    review under way began ("" for none), ``at`` the key of the item it stands at, ``seconds`` the time spent on it so far.
    ``summary`` is the Markdown of the last one, ``minutes`` how many were set aside for each, 0 for none.
    """

    n: int = 0
    ended: str = ""
    began: str = ""
    at: str = ""
    seconds: int = 0
    answered: Mapping[str, Answer] = MappingProxyType({})
    snoozed: Mapping[str, Snooze] = MappingProxyType({})
    rests: Mapping[str, Rest] = MappingProxyType({})
    summary: str = ""
    minutes: int = 0

    @property
    def is_under_way(self) -> bool:
        """Whether a review was begun and not ended."""
        return bool(self.began)

    @property
    def is_over_time(self) -> bool:
        """Whether the minutes that were set aside are over."""
        return 0 < self.minutes * 60 <= self.seconds


NEVER = ReviewState()


# ----------------------------------------------------------------------------------------------------------- transitions


def begun(state: ReviewState, now: str) -> ReviewState:
    """The state with a review under way: the one that was paused, else a new one."""
    return state if state.is_under_way else state._replace(began=now, at="", seconds=0, answered={})


def answered(state: ReviewState, key: str, answer: Answer, today: date) -> ReviewState:
    """The state after an item was answered; it is no longer put off, and what was kept rests."""
    rests = dict(state.rests)
    rests.pop(key, None)
    if answer.what == "kept":
        rests[key] = Rest((today + RESTS).isoformat())
    return state._replace(answered={**state.answered, key: answer}, snoozed=_without(state.snoozed, key), rests=rests)


def snoozed(state: ReviewState, key: str, until: date, answer: Answer) -> ReviewState:
    """The state after an item was put off until a day."""
    put_off = {**state.snoozed, key: Snooze(until.isoformat(), answer.n, answer.because)}
    return state._replace(answered={**state.answered, key: answer}, snoozed=put_off)


def reopened(state: ReviewState, key: str) -> ReviewState:
    """The state as if an item had not been answered in this review."""
    return state._replace(
        answered=_without(state.answered, key),
        snoozed=_without(state.snoozed, key),
        rests=_without(state.rests, key),
    )


def ended(state: ReviewState, n: int, now: str, today: date, summary: str) -> ReviewState:
    """The state after the last item: everything up to step ``n`` was seen, and what has come back or rested enough goes."""
    day = today.isoformat()
    return ReviewState(
        n=n,
        ended=now,
        snoozed={key: one for key, one in state.snoozed.items() if one.until > day},
        rests={key: one for key, one in state.rests.items() if one.until > day},
        summary=summary,
        minutes=state.minutes,
    )


def abandoned(state: ReviewState) -> ReviewState:
    """The state without the review that was paused; what it put off stays put off, and nothing counts as seen."""
    return state._replace(began="", at="", seconds=0, answered={})


def _without(held: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    return {name: one for name, one in held.items() if name != key}


# --------------------------------------------------------------------------------------------------------------- on disk


def load(path: str) -> ReviewState:
    """What the file at ``path`` remembers; ``NEVER`` where there is none, or none that can be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogatepass") as file:
            found = json.load(file)
        return _read(found)
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return NEVER


def _read(found: dict[str, Any]) -> ReviewState:
    return ReviewState(
        n=int(found["n"]),
        ended=str(found["ended"]),
        began=str(found["began"]),
        at=str(found["at"]),
        seconds=int(found["seconds"]),
        answered={key: Answer(*one) for key, one in found["answered"].items()},
        snoozed={key: Snooze(*one) for key, one in found["snoozed"].items()},
        rests={key: Rest(*one) for key, one in found["rests"].items()},
        summary=str(found["summary"]),
        minutes=int(found.get("minutes", 0)),
    )


def save(path: str, state: ReviewState) -> None:
    """Make the state durable at ``path``.  Raises ``ManyViewError`` that says why it cannot be."""
    parts = {name: dict(held) if isinstance(held, Mapping) else held for name, held in state._asdict().items()}
    try:
        replace(path, json.dumps(parts).encode(), durable=True)
    except OSError as error:
        shown = quoted(os.path.dirname(path), 200)
        raise ManyViewError(
            f"Where your review stands cannot be kept in {shown}: {reason(error)}.\n"
            "What you answered so far is done; the review itself begins anew next time."
        ) from error
