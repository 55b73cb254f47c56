"""The course of a review over a workspace: where it stands, what is answered, all of it remembered durably at once.

What the shell and the app have in common; how items are shown and answers asked for is theirs.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import takewhile

from store.dates import read_date
from store.disk.journal import now
from store.errors import UsageError
from store.review.agenda import Item, Sitting, agenda, sitting
from store.review.state import Answer, ReviewState, answered, begun, ended, load, reopened, save, snoozed
from store.review.summary import summary
from store.workspace import Workspace

SNOOZE = "1w"
"""How long an item is put off when nothing is typed."""
LONGEST_PAUSE = 300
"""Seconds after which nobody is taken to be reading any more."""
UNTIL = "until "
NO_STEP = ("kept", "put off")
"""Answers that change no record."""


class Course:
    """One person's review; ``path`` is where it is remembered, "" for a workspace that is in memory only.

    Whatever moves it raises ``ManyViewError`` where it cannot be remembered; it has moved nevertheless.
    """

    def __init__(self, workspace: Workspace, path: str, today: Callable[[], date]) -> None:
        self._workspace, self._path, self._today = workspace, path, today
        self.state = ReviewState()
        self.here = Sitting((), 0, {})
        """Where it stood when it was last looked at."""
        self._shown_at = 0.0
        self._shown = 0
        """The newest step known when it was last looked at: what comes while an answer is given was not seen."""

    def begin(self, minutes: int | None = None) -> Sitting:
        """Where the review stands: at its beginning, or where it was left.

        ``minutes`` are those set aside for it from now on, 0 for none; None leaves them as they were set last.
        """
        self.state = begun(load(self._path) if self._path else self.state, now())
        if minutes is not None:
            self._keep(self.state._replace(minutes=minutes))
        self._shown_at = time.monotonic()
        return self.look()

    def look(self) -> Sitting:
        """Where it stands now, with what others did meanwhile."""
        records = self._workspace.records
        waiting = agenda(records, self._workspace.history(), self._today(), self._workspace.me, self.state)
        self.here, self._shown = sitting(waiting, self.state, records), records.n
        return self.here

    def answer(self, item: Item, what: str, outcome: str = "", until: date | None = None) -> None:
        """Remember what was answered about the item it stands at, and go to the next."""
        told = f"{UNTIL}{until.isoformat()}" if until else outcome
        answer = Answer(what, self._shown, item.title, item.because, told)
        state = self.state._replace(at=self.here.step(1), seconds=self.state.seconds + self._passed())
        self._keep(snoozed(state, item.key, until, answer) if until else answered(state, item.key, answer, self._today()))

    def day_to_put_off(self, text: str) -> date:
        """The day that was typed, in a week when nothing was.  Raises ``UsageError`` for one that is not ahead."""
        day = read_date(text.strip() or SNOOZE, self._today())
        if day <= self._today():
            raise UsageError("It can be put off until a later day: fri, 3d, 2026-12-01. Nothing was changed.")
        return day

    def go(self, way: int) -> None:
        """Go so many steps further, or back."""
        self._keep(self.state._replace(at=self.here.step(way)))

    def pause(self) -> int:
        """How many items are left; it stays where it is."""
        self._keep(self.state._replace(at=self.here.key, seconds=self.state.seconds + self._passed()))
        return len(self.here.steps) - self.here.at

    def so_far(self) -> str:
        """What the review came to until now, as Markdown; "" before anything was answered."""
        return summary(self.state, self._today(), self._workspace.me) if self.state.answered else ""

    def end(self) -> str:
        """What the review came to, as Markdown; everything up to now was seen."""
        told = summary(self.state, self._today(), self._workspace.me)
        self._keep(ended(self.state, self._shown, now(), self._today(), told))
        return told

    def newest(self) -> tuple[str, Answer] | None:
        """The last answer, with the key of its item, when undoing means that: nothing of mine was changed since."""
        found = list(self.state.answered.items())[-1:]
        if not found:
            return None
        ((key, answer),) = found
        since = takewhile(lambda step: step.n > answer.n, self._workspace.history())
        mine = sum(step.by == self._workspace.me for step in since)
        return (key, answer) if mine == (answer.what not in NO_STEP) else None

    def reopen(self, key: str) -> None:
        """Ask about an item again, as if it had not been answered."""
        self._keep(reopened(self.state, key)._replace(at=key))

    def _keep(self, state: ReviewState) -> None:
        self.state = state
        if self._path:
            save(self._path, state)

    def _passed(self) -> int:
        """Seconds since the last answer, as far as somebody was reading."""
        here, then = time.monotonic(), self._shown_at
        self._shown_at = here
        return min(int(here - then), LONGEST_PAUSE)
