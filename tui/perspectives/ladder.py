"""Ladder: does today's work reach the strategy?  Gaps are drawn.

Every branch is kept with what hangs from it (``_memo``): a change makes anew the run of rows it stands in and joins the
others to it.  Bets under no mission stand in a run for each horizon and state, because there can be thousands.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from store.derived import primary_parent, skipped_rungs
from store.fields import shown
from store.index import Groups, Index
from store.lifecycle import is_longer, objection
from store.model import Bet, Mission, Record
from store.parts import HORIZONS, Link
from store.records import Records
from store.settings import Settings
from tui.acting import Moved, NextStep, Nudge, Sets, Stays
from tui.folding import DEPTH_OF_TREE, folded
from tui.perspective import Perspective
from tui.perspectives._columns import GLYPH, HORIZON, ID, TITLE
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._memo import Kept, kept, made
from tui.perspectives._moves import by_axes, once, scale
from tui.shapes import Branch, Tree
from tui.viewpoint import Viewpoint

COLUMNS = (ID, GLYPH, HORIZON._replace(keep=8), TITLE)
"""The horizon stands before the title, so that what there is to say of the way down has the end of the line."""
BLANK = Branch(None, 0)
TOP = ""
"""The group of the missions that nest in nothing."""

Branches = tuple[Branch, ...]
Rung = tuple[int, int]


def _rung(record: Record) -> Rung:
    """Longest horizon first, then the state people work on first; without a horizon last."""
    horizon = getattr(record, "horizon", None)
    states = record.states.index(record.standing) if record.standing in record.states else 0
    return (1 if horizon is None else -HORIZONS.index(horizon)), -states


def _above(record: Record) -> Hashable:
    """The group a record stands in: what it nests in, the top, or the rung of bets under no mission."""
    return primary_parent(record) or (TOP if type(record) is Mission else _rung(record))


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if (record.archived and not archived) or not (finished or is_live(record)):
            return ()
        return (_above(record),)

    return Index((Mission, Bet), groups, _rung)


class Ladder:
    """One projection under way."""

    def __init__(self, records: Records, viewpoint: Viewpoint) -> None:
        self._records = records
        self._viewpoint = viewpoint
        finished = shows_finished(viewpoint)
        self._groups: Groups = records.grouped(_index(viewpoint.archived, finished), viewpoint.where)
        self._before: Kept = kept("ladder", viewpoint.archived, finished, viewpoint.where)
        self._inner: dict[Hashable, list[str]] = {}
        """Group → those of its records that have something hanging from them."""
        self._hung: dict[Hashable, Branches] = {}

    def branches(self) -> Branches:
        """Everything from the top down: missions with what hangs from them, then what hangs from nothing shown."""
        orphans = sorted(key for key in self._groups if isinstance(key, tuple))
        loose = sorted(self._hang(key for key in self._groups if isinstance(key, str) and key != TOP), key=_numbered)
        for key, depth in reversed(self._from_above([(TOP, 0), *((key, 1) for key in chain(loose, orphans))])):
            self._hung[key] = self._run(key, depth)
        parts: list[Branches] = [self._hung[TOP]]
        for key in loose:
            parts += [_headed(self._heading(key)), self._hung[key]]
        if orphans:
            parts.append(_headed(f"not under any {self._records.settings.one(Mission.noun)}"))
            parts.extend(self._hung[key] for key in orphans)
        if circle := tuple(self._circle()):
            parts += [_headed("nested in a circle"), circle]
        branches = tuple(chain.from_iterable(parts))
        return branches[1:] if branches[:1] == (BLANK,) else branches

    def _hang(self, parents: Iterable[str]) -> Iterator[str]:
        """Note in which group each of these stands itself; gives those that do not appear.

        Asks only what has something hanging from it, a tenth of all records.
        """
        for key in parents:
            record = self._records.get(key)
            known = self._before.get(("above", key))
            if known is None or known[0] is not record:
                missing = record is None or self._missing(key) is not None
                known = self._before["above", key] = (record, None if missing or record is None else (_above(record),))
            if known[1] is None:
                yield key
            else:
                self._inner.setdefault(known[1][0], []).append(key)

    def _from_above(self, order: list[tuple[Hashable, int]]) -> list[tuple[Hashable, int]]:
        """Every group that can be reached from these, with its depth, each after the one it hangs from."""
        for key, depth in order:  # grows while it is read
            order.extend([(inner, depth + 1) for inner in self._inner.get(key, ())])
        return order

    def _run(self, key: Hashable, depth: int) -> Branches:
        """The rows of one group with what hangs from them, as made before if nothing of it changed."""
        group = self._groups.get(key, ())
        parent = self._records.get(key) if isinstance(key, str) else None
        sources = (self._records.settings, parent, group, *map(self._hung.__getitem__, self._inner.get(key, ())))
        return made(self._before, (key, depth), sources, lambda: tuple(self._rows(group, parent, depth)))

    def _rows(self, group: Sequence[Record], parent: Record | None, depth: int) -> Iterator[Branch]:
        for record in group:
            below = self._hung.get(record.id, ())
            yield Branch(record, depth, note=_note(record, parent, bool(below), self._records.settings))
            yield from below

    # ------------------------------------------------------------------------------------------- what hangs from nothing

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

    def _circle(self) -> Iterator[Branch]:
        """Records that nest in each other in a circle, and what hangs from those: no way down leads to them."""
        keys = self._groups.keys() - self._hung.keys()
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
            parts.append(f"gap: {', '.join(map(settings.horizon, gap))}")
        if _is_as_long(record, parent):
            parts.append("not shorter")
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
    return folded(Tree(COLUMNS, Ladder(records, viewpoint).branches()), viewpoint)


# ---------------------------------------------------------------------------------------------------------------- moving


def _renested(record: Record, nudge: Nudge, way: int) -> Moved:
    """Under the next parent of the same kind as its own, of those that stand as deep and may hold it."""
    parent = nudge.records.get(primary_parent(record) or "")
    if parent is None:
        return Stays(f"{record.id} nests in nothing here: > draws the arrow to what it should nest in.")
    levels = once("ladder", nudge, lambda: _levels(Ladder(nudge.records, nudge.viewpoint).branches()))
    beside = next((level for level in levels if parent.id in level), None)
    if beside is None:
        return Stays(f"{record.id} nests in {parent.id}, which does not appear: > draws an arrow to another.")
    others = list(beside.values())
    at = list(beside).index(parent.id)
    for other in others[at + 1 :] if way > 0 else others[:at][::-1]:
        if links := _links_under(other, parent, record, nudge.records):
            return Sets({"links": shown(links)}, f"nests in {parent.id} → {other.id}")
    side = "after" if way > 0 else "before"
    return Stays(f"Nothing {side} {parent.id} could hold {record.id}: > draws an arrow to any other.")


def _levels(branches: Branches) -> tuple[Mapping[str, Record], ...]:
    """The records of each kind that stand as deep as each other, by id in the order of the ladder."""
    levels: dict[tuple[type[Record], int], dict[str, Record]] = {}
    for record, depth in ((branch.record, branch.depth) for branch in branches):
        if record is not None:
            levels.setdefault((type(record), depth), {})[record.id] = record
    return tuple(levels.values())


def _links_under(other: Record, parent: Record, record: Record, records: Records) -> tuple[Link, ...]:
    """The links of a record once it nests in another than its parent; none where it may not."""
    if not is_longer(getattr(other, "horizon", None), getattr(record, "horizon", None)):
        return ()
    links = _turned(record, parent.id, other.id)
    return links if objection(record, record.evolve(links=links), records) is None else ()


def _turned(record: Record, parent: str, other: str) -> tuple[Link, ...]:
    """The arrow to its parent turned to another; where that is one of its parents already, it comes first."""
    nests = [link for link in record.links if link.kind == "nests_in"]
    if any(link.to == other for link in nests):
        return tuple(
            link.model_copy(update={"primary": link.to == other}) if link in nests else link for link in record.links
        )
    return tuple(
        link.model_copy(update={"to": other}) if link in nests and link.to == parent else link for link in record.links
    )


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
    moves="H and L: under the parent before or after, J and K: a shorter or longer horizon",
    move=by_axes(_renested, scale("horizon", HORIZONS)),
    fills=lambda record, viewpoint: ("horizon", "links"),
    next_steps=(NextStep("nest it", "record.link"),),
    options=(FINISHED, DEPTH_OF_TREE),
)
