"""The daily review: everything that waits for one person, once each, with the reasons, ordered by what is at stake.

Pure: the records, what happened since, the day, the person and what they remember are passed in.  A *reason* says why
something waits and weighs it by ``STAKES``; an *item* is one record (a level of the cadence, a large step) with all of
its reasons.  What weighs most comes first; of equal weight, what has waited longest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from typing import NamedTuple

from store.model import Record, Update
from store.operations import Transaction
from store.records import Records
from store.review.ageing import apart, grown_old
from store.review.checkins import called, of_levels, rituals
from store.review.news import news
from store.review.reason import APPOINTMENTS, Finding, Look, Reason, Weighed, finding, naming
from store.review.reasons import alarmed, awaited, corners, inbox, intent
from store.review.state import NEVER, ReviewState, Snooze

MINE = 4
"""What it adds to the weight of an item that I am named on: less than lies between two kinds that matter differently."""
SOURCES: tuple[Callable[[Look], Iterator[Finding]], ...] = (
    alarmed, awaited, corners, of_levels, called, rituals, grown_old, apart, inbox, intent,
)  # fmt: skip


Find = Callable[[str], Record | None]
"""An id → its record; None where there is none."""
Fields = tuple[str, tuple[Weighed, ...], Record | Find | None, int, str]
"""What an item is made of."""
LONGEST = 10_000_000
"""More days than there are in the calendar."""


class Item(NamedTuple):
    """One thing that waits: ``key`` names it from day to day, ``weighed`` holds why, the weightiest first.

    Its record and its reasons are made when they are looked at: thousands may wait where a few are shown.
    """

    key: str
    weighed: tuple[Weighed, ...]
    subject: Record | Find | None = None
    """The record, or what finds it by the key."""
    weight: int = 0
    name: str = ""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it waits, the weightiest reason first."""
        return tuple(
            Reason(kind, said if isinstance(said, str) else partial(said, self.key, days), stake, days)
            for kind, said, stake, days in self.weighed
        )

    @property
    def record(self) -> Record | None:
        """What waits; None for what is no record (any more): the settings, a large step, what was deleted.

        The id of a check-in that nobody began is provisional.
        """
        return self.subject(self.key) if callable(self.subject) else self.subject

    @property
    def title(self) -> str:
        """What it is called: by its own name, else as its record is."""
        return self.name or (record.label if (record := self.record) is not None else self.key)

    @property
    def kind(self) -> str:
        """The kind of its weightiest reason."""
        return self.weighed[0][0]

    @property
    def because(self) -> str:
        """Why it waits, as a sentence without its full stop."""
        return "because " + "; ".join(reason.text for reason in self.reasons)

    @property
    def sentence(self) -> str:
        """Why it waits, with its full stop where nothing was cut off."""
        said = self.because
        return said if said.endswith("…") else f"{said}."

    @property
    def is_due(self) -> bool:
        """Whether a day it was to be looked at has come."""
        return any(kind in APPOINTMENTS for kind, *_ in self.weighed)

    @property
    def days(self) -> int:
        """For how many days its weightiest reason has stood."""
        return self.weighed[0][3]


def agenda(
    records: Records, history: Iterable[Transaction], today: date, me: str, state: ReviewState = NEVER
) -> tuple[Item, ...]:
    """What waits for me today, in the order to take it; what I answered in this review or put off is not among it.

    ``history`` is every step, newest first; it is read back to what my last review had seen, and in the first review for
    a week.
    """
    if state.n > records.n:  # of a file that is gone: nothing of this one was seen
        state = state._replace(n=0, ended="")
    met = {*state.snoozed, *state.answered, *state.rests}
    look = Look(records, today, me, frozenset(key for key in met if _is_quiet(key, state, today)))
    grouped: dict[str, list[Finding]] = {}
    for found in chain(*(source(look) for source in SOURCES), news(look, history, state)):
        grouped.setdefault(found[0], []).append(found)
    for key, snooze in state.snoozed.items():
        if back := _back(key, snooze, grouped.get(key), look):
            grouped[key] = [*grouped.get(key, ()), back]
    mine, find = naming(me, grouped.keys(), records), records.get
    ranked = [
        _ranked(key, found, MINE if key in mine else 0, find)
        for key, found in grouped.items()
        if key not in met or _is_left(key, found, state, today)
    ]
    return tuple([Item._make(fields) for _, _, _, fields in sorted(ranked)])


def _ranked(key: str, found: list[Finding], more: int, find: Find) -> tuple[int, int, str, Fields]:
    """The item of what was found about one thing, behind its place: what weighs most, then what has waited longest; then as
    their numbers go."""
    _, first, record, name = found[0]
    weighed: tuple[Weighed, ...] = (first,)
    if len(found) > 1:
        weighed = tuple(sorted((one for _, one, _, _ in found), key=lambda one: (-one[2], -one[3])))
    _, _, weight, days = weighed[0]
    weight += more
    return -weight * LONGEST - days, len(key), key, (key, weighed, record or find, weight, name)


def _is_left(key: str, found: list[Finding], state: ReviewState, today: date) -> bool:
    """Whether it still asks for an answer: not where it was put off, or answered and nothing is new."""
    if key in state.snoozed and _is_put_off(state.snoozed[key], today):
        return False
    return key not in state.answered or any(kind == "changed" for _, (kind, *_), _, _ in found)


def _is_quiet(key: str, state: ReviewState, today: date) -> bool:
    """Whether nothing is told of it but its appointments and its news: put off, answered, or kept a few days ago."""
    if key in state.rests and state.rests[key].until > today.isoformat():
        return True
    return key in state.answered or (key in state.snoozed and _is_put_off(state.snoozed[key], today))


def _is_put_off(snooze: Snooze, today: date) -> bool:
    return snooze.until > today.isoformat()


def _back(key: str, snooze: Snooze, found: list[Finding] | None, look: Look) -> Finding | None:
    """Why something that was put off until today waits again, although nothing else asks for it."""
    if found or _is_put_off(snooze, look.today):
        return None
    record = look.records.get(key)
    if record is None or not record.is_open or (isinstance(record, Update) and record.about is not None):
        return None
    was = snooze.because.removeprefix("because ")
    then = f" (then because {was})" if was else ""
    days = (look.today - date.fromisoformat(snooze.until)).days
    return finding(key, "put off", f"you put it off until {snooze.until}{then}", "put off", days)


# --------------------------------------------------------------------------------------------------------------- answers

KEYS: Mapping[str, str] = {
    "keep": "enter", "back": "b", "done": "x", "snooze": "s", "note": "n", "decide": "c", "drop": "D", "pause": "q",
}  # fmt: skip
"""What can be answered → its key, the same in the app and in the shell."""

DONE: Mapping[tuple[str, str], str] = {
    **{("mission", state): "close it" for state in ("forming", "active", "paused")},
    ("bet", "placed"): "release it",
    ("bet", "released"): "settle it",
    ("decision", "open"): "decide it",
    ("decision", "decided"): "look back at it",
    ("belief", "open"): "it is supported",
    **{("check-in", state): "hold it" for state in ("due", "open")},
    ("signal", ""): "measure it",
    ("update", ""): "file it",
}
"""(kind, state) → what being done with it means."""
DROPPED: Mapping[tuple[str, str], str] = {
    **{("mission", state): "close it" for state in ("forming", "active", "paused")},
    **{("bet", state): "drop it" for state in ("option", "shaping")},
    **{("bet", state): "stop it" for state in ("placed", "released")},
    ("decision", "open"): "put it away",
    ("decision", "decided"): "take it back",
    **{("belief", state): "retire it" for state in ("open", "supported", "refuted")},
    **{("check-in", state): "skip it" for state in ("due", "open")},
    ("signal", ""): "put it away",
    ("update", ""): "put it away",
}
"""(kind, state) → what dropping it means, with a reason."""


def actions(item: Item) -> Mapping[str, str]:
    """What makes sense for an item: answer → what it does, in words; ``keep`` comes first and always makes sense."""
    record = item.record
    is_news = item.kind in ("changed", "intent") or (record is None and not item.is_due)
    found = {"keep": "seen" if is_news else "keep"}
    if record is None:
        return {**found, **({"snooze": "put off"} if item.is_due else {}), "decide": "decide"}
    place = record.noun, record.standing
    if place in DONE and not record.archived:
        found["done"] = DONE[place]
    if item.kind != "intent":
        found["snooze"] = "put off"
    if not isinstance(record, Update) and not record.id[1:].startswith("+"):
        found["note"] = "say how it is going"
    found["decide"] = "capture a decision"
    if place in DROPPED and not record.archived and item.kind != "intent":
        found["drop"] = DROPPED[place]
    return found


# ------------------------------------------------------------------------------------------------------- the way through


class Sitting(NamedTuple):
    """A review under way: ``steps`` are the keys of what was answered, in that order, then of what still waits."""

    steps: tuple[str, ...]
    at: int
    items: Mapping[str, Item]

    @property
    def is_over(self) -> bool:
        """Whether everything was answered, and the last one passed."""
        return self.at >= len(self.steps)

    @property
    def key(self) -> str:
        """The key of the item it stands at; "" at the end."""
        return "" if self.is_over else self.steps[self.at]

    @property
    def item(self) -> Item | None:
        """The item it stands at; None at the end."""
        return self.items.get(self.key)

    def step(self, way: int) -> str:
        """The key ``way`` steps further, or back; "" behind the last."""
        at = max(self.at + way, 0)
        return self.steps[at] if at < len(self.steps) else ""


def sitting(waiting: tuple[Item, ...], state: ReviewState, records: Records) -> Sitting:
    """Where a review stands: at the item it was left at, else at the first that waits.

    What comes up meanwhile stands among what waits, behind the item it is at; what others settled meanwhile is gone.
    """
    items = {item.key: item for item in waiting}
    past = [key for key in state.answered if key not in items]
    ahead = [item.key for item in waiting]
    if state.at in items:
        ahead.remove(state.at)
        ahead.insert(0, state.at)
    steps = (*past, *ahead)
    at = past.index(state.at) if state.at in past else len(past)
    return Sitting(steps, at, {**{key: _past(key, state, records) for key in past}, **items})


def _past(key: str, state: ReviewState, records: Records) -> Item:
    """An item that was answered, as it is shown when one goes back to it."""
    answer = state.answered[key]
    said = answer.because.removeprefix("because ") or "it was on the agenda"
    return Item(key, (("answered", said, 0, 0),), records.get, name=answer.title)
