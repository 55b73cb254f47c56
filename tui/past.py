"""What was done in the workspace, read as far back as a lens looks; and how things stood, replayed only from near by."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import takewhile

from store.operations import Operation, State, Transaction, after, inverse, set_document
from store.records import Records
from store.workspace import Workspace
from tui.perspective import Perspective
from tui.viewpoint import Viewpoint

SINCE_REVIEW = ("since", "review")
"""The option by which a lens looks back as far as my last review."""
REMEMBERED = 6
"""Pictures of the past kept at once: stepping back and forth between a few days projects nothing anew."""
MOST_KEPT = 20_000
"""Operations taken back that are kept to be done again; beyond it the way back to now is read from the journal once more."""


class Past:
    """The history a workspace gives newest first; what was read of it is kept."""

    def __init__(self, read: Callable[[], Iterable[Transaction]], reviewed: Callable[[], str] = str) -> None:
        self._read = read
        self.reviewed = reviewed
        """When the person ended their last review, as the store writes times; "" for never."""
        self._steps: tuple[Transaction, ...] = ()
        self._from: str | None = None
        self._n = 0
        self._cuts: dict[tuple[str, int], tuple[Transaction, ...]] = {}

    def since(self, first: str, n: int) -> tuple[Transaction, ...]:
        """Every step from a time on, newest first; ``n`` is the number of the newest one that is looked at.

        The same object as before when nothing was added, so that nobody looks at it twice.
        """
        if self._from is None or first < self._from:
            self._keep(tuple(takewhile(lambda step: step.at >= first, self._read())), n)
            self._from = first
        elif n > self._n:
            known = self._n
            self._keep((*takewhile(lambda step: step.n > known, self._read()), *self._steps), n)
        if (first, n) not in self._cuts:
            upto = self._steps if n == self._n else tuple(step for step in self._steps if step.n <= n)
            self._cuts[first, n] = tuple(takewhile(lambda step: step.at >= first, upto))
        return self._cuts[first, n]

    def _keep(self, steps: tuple[Transaction, ...], n: int) -> None:
        self._steps, self._n, self._cuts = steps, max(n, steps[0].n if steps else 0), {}


def looking_back(lens: Perspective, viewpoint: Viewpoint, past: Past | None, records: Records) -> Viewpoint:
    """The viewpoint with the history its lens asks for, up to those records; as it was for a lens that asks for none."""
    if lens.looks_back is None or past is None:
        return viewpoint
    if _begins_with_review(lens, viewpoint):
        viewpoint = viewpoint._replace(reviewed=past.reviewed())
    return viewpoint._replace(history=past.since(lens.looks_back(viewpoint, records.settings.zone), records.n))


def _begins_with_review(lens: Perspective, viewpoint: Viewpoint) -> bool:
    name, value = SINCE_REVIEW
    return value in dict(lens.options).get(name, ()) and viewpoint.options.get(name, value) == value


def last_review(environ: Mapping[str, str], workspace: Workspace) -> str:
    """When the person ended their last review of a workspace; "" for never, and for one that is in memory only."""
    from store.personal import review_path
    from store.review.state import load

    path = getattr(workspace.backend, "path", "")
    return load(review_path(environ, path, workspace.me)).ended if path else ""


class Rewind:
    """The records as they stood at past times.  It stands somewhere in the history and walks from there, either way.

    ``history`` gives every transaction newest first, ``now`` the records of the newest.
    """

    def __init__(self, history: Callable[[], Iterable[Transaction]], now: Callable[[], Records]) -> None:
        self._history, self._now = history, now
        self._known: OrderedDict[int, Records] = OrderedDict()
        self.begins = ""
        """When the earliest step was taken that anybody went behind."""
        self._start()

    def _start(self) -> None:
        self._records = self._now()
        self._newest = self._records.n
        self._older: Iterator[Transaction] = iter(self._history())
        self._read: list[Transaction] = []
        """What was read of the history, newest first; the first ``_back`` of them are taken back where we stand."""
        self._back = 0
        self._added = (self._newest, "")
        """The newest step there is by now, and when the earliest was done of those that came since we began to walk."""
        self._forgotten = ""
        """When the earliest of those was done that were taken back and are no longer kept; "" while all are."""

    def at(self, limit: str) -> Records:
        """The records as of a time, as the store writes times; the same object as before while nothing differs.

        What ``Workspace.at`` gives, at the cost of what lies between this time and the one asked for before.
        """
        if (self._forgotten and self._forgotten <= limit) or self._is_overtaken(limit):
            self._start()
        state: State = {}
        touched: set[tuple[str, str]] = set()
        for change in self._way(limit):
            set_document(state, change.table, change.key, after(change))
            touched.add((change.table, change.key))
        n = step.n if (step := self._step()) is not None else 0
        if touched:
            self._records = self._known.get(n) or self._records.evolve(state, n, touched)
        self._remember(n)
        return self._records

    def _is_overtaken(self, limit: str) -> bool:
        """Whether something that was done by then has been added since we began to walk."""
        if (n := self._now().n) != self._added[0]:
            added = takewhile(lambda step: step.n > self._newest, self._history())
            self._added = (n, min((step.at for step in added), default=""))
        return n != self._newest and self._added[1] <= limit

    def _step(self) -> Transaction | None:
        """The newest step that stands where we are; None before the first."""
        if self._back == len(self._read) and (older := next(self._older, None)) is not None:
            self._read.append(older)
        return self._read[self._back] if self._back < len(self._read) else None

    def _way(self, limit: str) -> Iterator[Operation]:
        """The operations that lead from here to a time: those taken back done again, or further ones taken back."""
        ahead = next((at for at in range(self._back) if self._read[at].at <= limit), self._back)
        while self._back > ahead:
            self._back -= 1
            yield from self._read[self._back].operations
        while (step := self._step()) is not None and step.at > limit:
            yield from map(inverse, reversed(step.operations))
            self._back += 1
            self.begins = min(self.begins or step.at, step.at)
        if sum(len(step.operations) for step in self._read[: self._back]) > MOST_KEPT:
            taken = [step.at for step in self._read[: self._back]]
            self._forgotten = min([*taken, self._forgotten or taken[0]])
            del self._read[: self._back]
            self._back = 0

    def _remember(self, n: int) -> None:
        self._known[n] = self._records
        self._known.move_to_end(n)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
