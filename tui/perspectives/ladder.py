"""Ladder: does today's work reach the strategy?  Gaps are drawn.

Every branch is kept with what hangs from it (``_memo``): a change makes anew the run of rows it stands in and joins the
others to it.  Bets under no mission stand in short runs of their own, because there can be thousands.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from store.derived import primary_parent, skipped_rungs
from store.model import HORIZONS, Bet, Mission, Record
from store.records import Groups, Index, Records
from store.settings import Settings
from tui.perspective import Branch, Perspective, Tree, Viewpoint
from tui.perspectives._columns import GLYPH, HORIZON, ID, TITLE
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._memo import Memo, memo

COLUMNS = (ID, GLYPH, replace(HORIZON, keep=8), TITLE)
"""The horizon stands before the title, so that what there is to say of the way down has the end of the line."""
BLANK = Branch(None, 0)
TOP = ""
"""The group of the missions that nest in nothing."""
RUN = 512
"""Bets under no mission are grouped by horizon and by so many numbers."""

Branches = tuple[Branch, ...]
Rung = tuple[int, int]


def _rung(record: Record) -> Rung:
    """Longest horizon first, then the state people work on first; without a horizon last."""
    horizon = getattr(record, "horizon", None)
    states = record.states.index(record.standing) if record.standing in record.states else 0
    return (1 if horizon is None else -HORIZONS.index(horizon)), -states


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if (record.archived and not archived) or not (finished or is_live(record)):
            return ()
        parent = primary_parent(record)
        if parent is not None:
            return (parent,)
        return (TOP,) if isinstance(record, Mission) else ((_rung(record), record.number // RUN),)

    return Index((Mission, Bet), groups, _rung)


class Ladder:
    """One projection under way."""

    def __init__(self, records: Records, viewpoint: Viewpoint) -> None:
        self._records = records
        self._viewpoint = viewpoint
        finished = shows_finished(viewpoint)
        self._groups: Groups = records.grouped(_index(viewpoint.archived, finished), viewpoint.where)
        self._memo: Memo = memo("ladder", viewpoint.archived, finished, viewpoint.where)
        self._hung: dict[Hashable, Branches] = {}

    def branches(self) -> Branches:
        """Everything from the top down: missions with what hangs from them, then what hangs from nothing shown."""
        loose = sorted((key for key in self._groups if isinstance(key, str) and self._is_loose(key)), key=_numbered)
        orphans = sorted(key for key in self._groups if isinstance(key, tuple))
        order = self._from_above([(TOP, 0), *((key, 1) for key in chain(loose, orphans))])
        for key, depth in reversed(order):
            self._hung[key] = self._run(key, depth)
        parts: list[Branches] = [self._hung[TOP]]
        for key in loose:
            parts += [_headed(self._heading(key)), self._hung[key]]
        if orphans:
            parts.append(_headed(f"not under any {self._records.settings.one(Mission.noun)}"))
            parts.extend(self._hung[key] for key in orphans)
        if circle := tuple(self._circle(order)):
            parts += [_headed("nested in a circle"), circle]
        branches = tuple(chain.from_iterable(parts))
        return branches[1:] if branches[:1] == (BLANK,) else branches

    def _from_above(self, order: list[tuple[Hashable, int]]) -> list[tuple[Hashable, int]]:
        """Every group that can be reached from these, with its depth, each after the one it hangs from."""
        groups = self._groups
        for key, depth in order:  # grows while it is read
            order.extend((record.id, depth + 1) for record in groups.get(key, ()) if record.id in groups)
        return order

    def _run(self, key: Hashable, depth: int) -> Branches:
        """The rows of one group with what hangs from them, as made before if nothing of it changed."""
        group, hung = self._groups.get(key, ()), self._hung
        parent = self._records.get(key) if isinstance(key, str) and key else None
        below = [hung[record.id] for record in group if record.id in hung]
        sources = (self._records.settings, parent, group, *below)
        return self._memo.get((key, depth), sources, lambda: tuple(self._rows(group, parent, depth)))

    def _rows(self, group: Sequence[Record], parent: Record | None, depth: int) -> Iterator[Branch]:
        for record in group:
            below = self._hung.get(record.id, ())
            yield Branch(record, depth, note=_note(record, parent, bool(below), self._records.settings))
            yield from below

    # ------------------------------------------------------------------------------------------- what hangs from nothing

    def _is_loose(self, parent_id: str) -> bool:
        """Whether a group hangs from something that does not appear itself."""
        return parent_id != TOP and self._missing(parent_id) is not None

    def _missing(self, parent_id: str) -> str | None:
        """Why what a group hangs from does not appear, None when it does."""
        parent, viewpoint = self._records.get(parent_id), self._viewpoint
        if parent is None:
            return "is not there"
        if not isinstance(parent, Mission | Bet):
            return f"is a {self._records.settings.one(parent.noun)}"
        if parent.archived and not viewpoint.archived:
            return "is archived"
        if not is_live(parent) and not shows_finished(viewpoint):
            return f"is {self._records.settings.state(parent.noun, parent.standing)}"
        return None if viewpoint.where is None or viewpoint.where(parent) else "the filter leaves out"

    def _heading(self, parent_id: str) -> str:
        parent = self._records.get(parent_id)
        title = f" {parent.label}" if parent is not None else ""
        return f"under {parent_id}{title}, which {self._missing(parent_id)}"

    def _circle(self, reached: list[tuple[Hashable, int]]) -> Iterator[Branch]:
        """Records that nest in each other in a circle, and what hangs from those: no way down leads to them."""
        keys = self._groups.keys() - {key for key, _ in reached}
        records = sorted((record for key in keys for record in self._groups[key]), key=lambda record: record.number)
        for record in records:
            yield Branch(record, 1, note=f"in {primary_parent(record)}")


def _headed(title: str) -> Branches:
    return BLANK, Branch(None, 0, title)


def _numbered(record_id: str) -> tuple[int, str]:
    digits = record_id[1:]
    return (int(digits) if digits.isdecimal() else 0), record_id


def _note(record: Record, parent: Record | None, holds: bool, settings: Settings) -> str:
    """What there is to say about the way down: skipped rungs, a parent that is no longer, other parents, nothing below."""
    parts: list[str] = []
    if parent is not None:
        if gap := skipped_rungs(record, parent):
            parts.append(f"no {', '.join(map(settings.horizon, gap))} rung")
        if _is_as_long(record, parent):
            parts.append(f"as long as {parent.id}")
    if others := record.linked("nests_in")[1:]:
        parts.append(f"also in {', '.join(others)}")
    if isinstance(record, Mission) and record.state == "active" and not holds:
        parts.append("nothing under it")
    return " · ".join(parts)


def _is_as_long(record: Record, parent: Record) -> bool:
    own, above = (getattr(one, "horizon", None) for one in (record, parent))
    return own is not None and above is not None and HORIZONS.index(own) >= HORIZONS.index(above)


def project(records: Records, viewpoint: Viewpoint) -> Tree:
    """Missions and bets by what they nest in first, the longest horizon on top."""
    return Tree(COLUMNS, Ladder(records, viewpoint).branches())


PERSPECTIVE = Perspective(
    id="ladder",
    title="Ladder",
    key="l",
    asks="Does today's work reach the strategy?",
    hides="dates, people, how anything is going; what is finished unless it is shown",
    kinds=(Mission, Bet),
    project=project,
    empty="Missions and bets hang here from what they nest in. Press a among the missions to add the first.",
    absence=finished_absence,
    options=(FINISHED,),
)
