"""Folding: of the branches of a tree and the sections of a list, the folded ones show their head and say what they hide.

What is folded is an option of the viewpoint, so a projection stays a pure function: ``depth`` says how many levels are
shown, ``folds`` names those that are the other way round.  A list has two levels: the first record of every section, and
the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple, TypeVar

from store.derived import readings
from store.inverted import ABOUT
from store.model import Record
from store.records import Records
from tui.perspective import Perspective
from tui.perspectives._memo import Kept, kept, made
from tui.shapes import Branch, Section, Sections, Tree, View
from tui.viewpoint import Viewpoint

DEPTH, FOLDS = "depth", "folds"
"""The options that say how many levels are shown, and what is the other way round, separated by commas."""
DEPTH_OF_TREE = (DEPTH, ("all", "1", "2", "3", "4"))
"""How many levels of a tree are shown."""
DEPTH_OF_LIST = (DEPTH, ("all", "1"))
"""How many levels of a list are shown."""
KEY = "b"
Foldable = TypeVar("Foldable", Tree, Sections)


class Folds(NamedTuple):
    """How many levels are shown, None for all, and what is the other way round."""

    depth: int | None
    turned: frozenset[str]

    def closes(self, key: str, depth: int) -> bool:
        """Whether a head that stands so deep hides what is below it."""
        return (self.depth is not None and depth + 1 >= self.depth) != (key in self.turned)


def folds_of(options: Mapping[str, str]) -> Folds:
    """What the options of a viewpoint fold."""
    depth = options.get(DEPTH, "")
    return Folds(int(depth) if depth.isdecimal() else None, frozenset(filter(None, options.get(FOLDS, "").split(","))))


def folded(view: Foldable, viewpoint: Viewpoint) -> Foldable:
    """The view with what is folded away; the very same view where nothing is."""
    folds = folds_of(viewpoint.options)
    if folds.depth is None and not folds.turned:
        return view
    if isinstance(view, Tree):
        return view._replace(branches=tuple(_branches(view.branches, folds)))
    return view._replace(sections=tuple(_section(section, folds) for section in view.sections))


def _section(section: Section, folds: Folds) -> Section:
    if len(section.records) < 2 or not folds.closes(_key(section), 0):
        return section
    return section._replace(records=section.records[:1], folded=section.records[1:])


def _key(section: Section) -> str:
    """What a section is folded by: not its first record, which may be another after the next change."""
    return f"={section.title if section.key is None else section.key}".replace(",", " ")


class Run(NamedTuple):
    """Where levels are counted from in a tree: the depth of its first row, and whether a heading is the level above."""

    edge: int | None = None
    headed: bool = False

    def after(self, branch: Branch) -> Run:
        """The run a row stands in: it begins anew below a line that stands at the edge and is about no record."""
        if branch.record is None:
            return self if branch.depth else Run(None, bool(branch.title))
        return self if self.edge is not None else Run(branch.depth, self.headed)

    def level(self, branch: Branch) -> int:
        """The level of a row about a record."""
        return branch.depth - (self.edge or 0) + self.headed


def _is_heading(branch: Branch) -> bool:
    return branch.record is None and not branch.depth and bool(branch.title)


def _branches(branches: tuple[Branch, ...], folds: Folds) -> Iterator[Branch]:
    """The rows that are shown; of those below a folded head only the lines that say more about the head itself."""
    at, run = 0, Run()
    while at < len(branches):
        branch = branches[at]
        run = run.after(branch)
        said = until = at + 1
        if branch.record is not None and folds.closes(branch.record.id, run.level(branch)):
            said, until = _below(branches, at)
        elif _is_heading(branch) and folds.closes(_key_of(branch), 0):
            said, until = at + 2, _run_end(branches, at + 1)
        hidden = tuple([one.record for one in branches[said:until] if one.record is not None])
        yield branch._replace(folded=hidden) if hidden else branch
        yield from branches[at + 1 : said] if said <= until else ()
        at = max(until, at + 1)


def _key_of(heading: Branch) -> str:
    return f"={heading.title}".replace(",", " ")


def _run_end(branches: tuple[Branch, ...], at: int) -> int:
    """Where the rows below a heading end."""
    while at < len(branches) and (branches[at].record is not None or branches[at].depth):
        at += 1
    return at


def _below(branches: tuple[Branch, ...], at: int) -> tuple[int, int]:
    """Where what hangs from a head begins, behind the lines about the head itself, and where it ends."""
    said, depth, count = at + 1, branches[at].depth, len(branches)
    while said < count and branches[said].record is None and branches[said].depth:
        said += 1
    until = said
    while until < count and branches[until].depth > (0 if branches[until].record is None else depth):
        until += 1
    return said, until


# ------------------------------------------------------------------------------------------------------------ what is said


def told(hidden: tuple[Record, ...], records: Records, width: int) -> str:
    """What a folded head says: how many it hides, and how many of those somebody sees off track; "" where it hides none.

    In fewer words where all of them take more cells than ``width``.
    """
    if not hidden:
        return ""
    ids = {record.id for record in hidden}
    off = len(ids & _off_track(records))
    more, seen = f"{len(ids)} more", f", {off} off track" if off else ""
    return more + seen if len(more + seen) <= width or not off else f"{len(ids)}{seen}"


def _off_track(records: Records) -> frozenset[str]:
    """The ids of all records that somebody sees off track; found once for each revision, from what was said anew."""
    before = kept("off track")
    return made(before, "", (records,), lambda: frozenset(_seen_off_track(records, before)))


def _seen_off_track(records: Records, before: Kept) -> Iterator[str]:
    for record_id, updates in records.inverted(ABOUT).items():
        if isinstance(record_id, str) and made(before, record_id, (updates,), partial(_is_off_track, record_id, records)):
            yield record_id


def _is_off_track(record_id: str, records: Records) -> bool:
    return any(one.health == "off track" for one in readings(record_id, records))


def why_hidden(lens: Perspective, record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    """Under which head a record is folded away, None where it is not."""
    folds = folds_of(viewpoint.options)
    if (folds.depth is None and not folds.turned) or not _folds_at_all(lens):
        return None
    heads = list(_heads(lens.project(records, viewpoint)))
    if any(one.id == record.id for one, _ in heads):
        return None
    head = next((one for one, inside in heads if any(below.id == record.id for below in inside)), None)
    return None if head is None else f"{record.id} is folded away under {head.id}; {KEY} unfolds it"


def _heads(view: View) -> Iterator[tuple[Record, tuple[Record, ...]]]:
    """Every record that is shown, with those folded away under it, or under the heading above it."""
    if isinstance(view, Tree):
        headed: tuple[Record, ...] = ()
        for branch in view.branches:
            if branch.record is not None:
                yield branch.record, headed + branch.folded
            headed = branch.folded if branch.record is None else ()
    elif isinstance(view, Sections):
        for section in view.sections:
            yield from ((one, () if at else section.folded) for at, one in enumerate(section.records))


# ----------------------------------------------------------------------------------------------------------------- turning


class Row(NamedTuple):
    """A record in an outline: what it is folded by, how deep it stands, and the rows it hangs from, the nearest last."""

    record_id: str
    key: str
    depth: int
    above: tuple[Row, ...] = ()


class Turned(NamedTuple):
    """The options that fold a lens as it is wanted, "" for one that is as it was at first, and what is chosen then."""

    options: Mapping[str, str]
    chosen: str | None


def _folds_at_all(lens: Perspective) -> bool:
    return DEPTH in dict(lens.options)


def why_not(lens: Perspective) -> str | None:
    """Why nothing folds in a lens, None where something does."""
    return None if _folds_at_all(lens) else f"Nothing folds in {lens.title}."


def outline(view: View) -> list[Row]:
    """Every record of an unfolded view that has something below it or hangs from something, in reading order."""
    rows: list[Row] = []
    way: tuple[Row, ...] = ()
    for row, is_record in _levels(view):
        if row is None:
            way = ()
            continue
        way = tuple(above for above in way if above.depth < row.depth)
        way = (*way, row._replace(above=way))
        rows += way[-1:] if is_record else ()
    return rows


def _levels(view: View) -> Iterator[tuple[Row | None, bool]]:
    """Every row of an outline by itself, and whether it is a record; None where nothing hangs from what stands above.

    A heading stands for the first record below it.
    """
    if isinstance(view, Sections):
        for section in view.sections:
            yield from ((Row(one.id, _key(section), min(at, 1)), True) for at, one in enumerate(section.records))
    elif isinstance(view, Tree):
        run = Run()
        for at, branch in enumerate(view.branches):
            run = run.after(branch)
            if branch.record is not None:
                yield Row(branch.record.id, branch.record.id, run.level(branch)), True
            elif not branch.depth:
                first = _first_of_several(view.branches, at)
                yield (Row(first.id, _key_of(branch), 0) if first else None), False


def _first_of_several(branches: tuple[Branch, ...], at: int) -> Record | None:
    """The first record below a heading, where there are others."""
    return branches[at + 1].record if _is_heading(branches[at]) and _run_end(branches, at + 1) > at + 2 else None


def unfolded(lens: Perspective, records: Records, viewpoint: Viewpoint) -> View:
    """What a lens shows with nothing folded."""
    options = {name: value for name, value in viewpoint.options.items() if name not in (DEPTH, FOLDS)}
    return lens.project(records, viewpoint._replace(options=options))


def turned(lens: Perspective, records: Records, viewpoint: Viewpoint, chosen: str | None) -> Turned | None:
    """Fold the branch a record stands in, or open it; None where it stands in none.

    A record with nothing below it folds what it hangs from; one that is folded away is brought to light.
    """
    rows = outline(unfolded(lens, records, viewpoint))
    folds = folds_of(viewpoint.options)
    row = next((row for row in rows if row.record_id == chosen), None)
    if row is None:
        return None
    if closed := [head for head in row.above if folds.closes(head.key, head.depth)]:
        return _turning(folds.turned ^ {head.key for head in closed}, chosen)
    if any(other.above and other.above[-1] is row for other in rows):
        return _turning(folds.turned ^ {row.key}, chosen)
    return _turning(folds.turned ^ {row.above[-1].key}, row.above[-1].record_id) if row.above else None


def _turning(keys: frozenset[str], chosen: str | None) -> Turned:
    return Turned({FOLDS: ",".join(sorted(keys))}, chosen)


def turned_all(lens: Perspective, records: Records, viewpoint: Viewpoint, chosen: str | None) -> Turned:
    """Fold everything to its heads; open everything where anything is folded by its level."""
    if folds_of(viewpoint.options).depth is not None:
        return Turned({DEPTH: "", FOLDS: ""}, chosen)
    row = next((row for row in outline(unfolded(lens, records, viewpoint)) if row.record_id == chosen), None)
    return Turned({DEPTH: "1", FOLDS: ""}, row.above[0].record_id if row is not None and row.above else chosen)
