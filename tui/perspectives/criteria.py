"""Criteria: in which order, by whose lens?  One rank a criterion; they are added up only when that is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cache, lru_cache, partial
from typing import NamedTuple, cast

from store.fields import shown
from store.index import Index
from store.model import Bet, Record
from store.parts import Level, Score
from store.records import Records
from tui.acting import Moved, NextStep, Nudge, Sets, Stays
from tui.perspective import Perspective
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._memo import Kept, kept, made
from tui.perspectives._moves import by_axes
from tui.perspectives._runs import RUN, in_runs
from tui.shapes import Grid, GridCell, GridRow
from tui.viewpoint import Viewpoint

BY = ("by", ("1st", "2nd", "3rd", "4th", "5th"))
"""Which criterion orders the rows, as they stand from the left: a workspace names its own."""
FIRST = ("first", ("high", "low"))
WEIGH = ("weigh", ("off", "equal"))
LEVELS: Mapping[str, int] = {"low": 1, "mid": 2, "high": 3}
TOGETHER = "together"
"""The column that adds up, all criteria weighing the same: the mean of those that are given, low 1 to high 3."""
TOKENS = {"high": "text", "mid": "dim", "low": "dim"}
UNSCORED = 9.0
"""Where a bet stands that has no score in a criterion: after those that have one."""

Scored = Mapping[tuple[str, str], tuple[Record, ...]]
"""(criterion, level) → who has it."""
Ordered = Mapping[Hashable, tuple[Record, ...]]
"""(place, run) → who stands there."""
Order = tuple[str, bool]
"""The criterion that orders, or ``TOGETHER``, and whether low stands first."""
Ranks = Mapping[str, Mapping[float, tuple[int, int]]]
"""Criterion → place → the rank of those who stand there, and how many they are."""


def _level(record: Record, criterion: str) -> str:
    score = record.scores.get(criterion) if isinstance(record, Bet) else None
    return score.level if score is not None else ""


def _mean(record: Record, criteria: Iterable[str]) -> float:
    given = [LEVELS[level] for criterion in criteria if (level := _level(record, criterion))]
    return round(sum(given) / len(given), 2) if given else 0


def _place(value: float, low_first: bool) -> float:
    """What stands first gets the smallest."""
    return UNSCORED if not value else value if low_first else -value


def _shown(record: Record, archived: bool, finished: bool) -> bool:
    live = (archived or not record.archived) and (finished or is_live(record))
    return live and isinstance(record, Bet) and bool(record.scores)


@lru_cache(maxsize=16)
def _ordered(criteria: tuple[str, ...], by: str, low_first: bool, archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if not _shown(record, archived, finished):
            return ()
        value = _mean(record, criteria) if by == TOGETHER else LEVELS.get(_level(record, by), 0)
        return ((_place(value, low_first), record.number // RUN),)

    return Index((Bet,), groups)


@lru_cache(maxsize=4)
def _scored(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if not isinstance(record, Bet) or not _shown(record, archived, finished):
            return ()
        return ((criterion, score.level) for criterion, score in record.scores.items())

    return Index((Bet,), groups)


def _ranked(sizes: Mapping[float, int]) -> dict[float, tuple[int, int]]:
    """Place → rank and how many share it: two firsts are followed by a third."""
    ranks: dict[float, tuple[int, int]] = {}
    rank = 1
    for place in sorted(sizes):
        ranks[place] = (rank, sizes[place])
        rank += sizes[place]
    return ranks


def _ranks(scored: Scored, criteria: tuple[str, ...], ordered: Ordered, order: Order) -> Ranks:
    by, low_first = order
    found = {
        criterion: _ranked({
            _place(value, low_first): len(scored[criterion, level])
            for level, value in LEVELS.items() if (criterion, level) in scored
        })
        for criterion in criteria
    }  # fmt: skip
    if by == TOGETHER:
        sizes: Counter[float] = Counter()
        for key, bets in ordered.items():
            sizes[cast(tuple[float, int], key)[0]] += len(bets)
        found[TOGETHER] = _ranked(sizes)
    return found


def _rank_text(ranks: Mapping[float, tuple[int, int]], place: float) -> str:
    rank, sharing = ranks[place]
    return f"{rank}{'=' if sharing > 1 else ''}"


Scores = tuple[tuple[str, ...], float]
"""The levels of a bet by criterion, "" where it has none, and their mean."""


class Facts(NamedTuple):
    """What the rows of a run are made of besides the ranks, which change for all when one bet is scored."""

    labels: tuple[str, ...]
    scores: tuple[Scores, ...]
    notes: tuple[str, ...]
    ids: tuple[str, ...]


def _facts(criteria: tuple[str, ...], bets: tuple[Record, ...]) -> Facts:
    scores = tuple((tuple(_level(bet, one) for one in criteria), _mean(bet, criteria)) for bet in bets)
    notes = tuple(_note(levels) for levels, _ in scores)
    return Facts(tuple(bet.label for bet in bets), scores, notes, tuple(bet.id for bet in bets))


def _note(levels: tuple[str, ...]) -> str:
    given = len(levels) - levels.count("")
    return "" if given == len(levels) else f"{given} of {len(levels)} given"


Cells = Callable[[Scores], tuple[GridCell, ...]]


def _cells(criteria: tuple[str, ...], ranks: Ranks, order: Order) -> Cells:
    """What gives the cells of a row; bets with the same scores share them."""
    by, low_first = order

    def cell(criterion: str, level: str) -> GridCell:
        if not level:
            return GridCell()
        rank = _rank_text(ranks[criterion], _place(LEVELS[level], low_first))
        return GridCell(text=f"{rank} {level}", token=TOKENS[level])

    @cache
    def shared(scores: Scores) -> tuple[GridCell, ...]:
        levels, mean = scores
        own = map(cell, criteria, levels)
        if by != TOGETHER:
            return tuple(own)
        return (*own, GridCell(text=f"{_rank_text(ranks[TOGETHER], _place(mean, low_first))} {mean:g}"))

    return shared


_row: Callable[[Iterable[object]], GridRow] = partial(tuple.__new__, GridRow)
"""A row of its parts, at half of what its constructor takes: after one score all rows are made anew."""


def _rows(before: Kept, criteria: tuple[str, ...], cells: Cells, bets: tuple[Record, ...]) -> Iterator[GridRow]:
    facts = made(before, ("facts", bets[0].id), (bets,), partial(_facts, criteria, bets))
    return map(_row, zip(facts.labels, map(cells, facts.scores), bets, facts.notes, facts.ids, strict=True))


def _same(before: Kept, ranks: Ranks) -> Ranks:
    """The ranks of before where they are equal, so that what was made from them is recognised."""
    known: Ranks = before.setdefault("ranks", ranks)
    if known != ranks:
        known = before["ranks"] = ranks
    return known


def _columns(records: Records, scored: Scored) -> tuple[str, ...]:
    """The criteria of the workspace, then those that bets were scored by besides."""
    declared = dict.fromkeys(records.settings.criteria)
    others = sorted({criterion for criterion, _ in scored} - declared.keys())
    return (*declared, *others)


def project(records: Records, viewpoint: Viewpoint) -> Grid:
    """A row for every bet with a score, a column for every criterion; what is best by the chosen one first."""
    finished, low_first = shows_finished(viewpoint), PERSPECTIVE.option(viewpoint, "first") == "low"
    scored = cast(Scored, records.grouped(_scored(viewpoint.archived, finished), viewpoint.where))
    criteria = _columns(records, scored)
    by = TOGETHER if PERSPECTIVE.option(viewpoint, "weigh") == "equal" else _ordering(criteria, viewpoint)
    index = _ordered(criteria, by, low_first, viewpoint.archived, finished)
    ordered = records.grouped(index, viewpoint.where)
    before = kept("criteria", index, criteria, viewpoint.where)
    ranks = _same(before, _ranks(scored, criteria, ordered, (by, low_first)))
    cells = _cells(criteria, ranks, (by, low_first))
    rows = in_runs(ordered, before, partial(_rows, before, criteria, cells), ranks)
    columns = (*criteria, *((TOGETHER,) if by == TOGETHER else ()))
    return Grid("", tuple(f"{one} ↓" if one == by else one for one in columns) if rows else (), rows)


def _ordering(criteria: tuple[str, ...], viewpoint: Viewpoint) -> str:
    """The criterion that orders; the last one where there are fewer."""
    at = BY[1].index(turned) if (turned := PERSPECTIVE.option(viewpoint, "by")) in BY[1] else 0
    return criteria[min(at, len(criteria) - 1)] if criteria else ""


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    return finished_absence(record, records, viewpoint)


# ---------------------------------------------------------------------------------------------------------------- moving

NAMES = tuple(LEVELS)


def _levelled(record: Record, nudge: Nudge, way: int) -> Moved:
    """A level more or less in the criterion that orders the rows."""
    if PERSPECTIVE.option(nudge.viewpoint, "weigh") == "equal":
        return Stays("All criteria together order the rows: turn weigh to off to move a bet along one of them.")
    finished = shows_finished(nudge.viewpoint)
    scored = nudge.records.grouped(_scored(nudge.viewpoint.archived, finished), nudge.viewpoint.where)
    criterion = _ordering(_columns(nudge.records, cast(Scored, scored)), nudge.viewpoint)
    assert isinstance(record, Bet)
    held = record.scores.get(criterion)
    at = (NAMES.index(held.level) if held else -1) + way
    if not 0 <= at < len(NAMES):
        now = f"{held.level} in {criterion}" if held else f"not scored in {criterion} yet: L begins with low"
        return Stays(f"{record.id} is {now}.")
    after = held.model_copy(update={"level": NAMES[at]}) if held else Score(level=cast(Level, NAMES[at]))
    said = f"{criterion} {held.level if held else 'not scored'} → {after.level}"
    return Sets({"scores": shown({**record.scores, criterion: after})}, said)


def _ranked_up(record: Record, nudge: Nudge, way: int) -> Moved:
    """Towards the top of the list, whichever level stands there."""
    return _levelled(record, nudge, -way if PERSPECTIVE.option(nudge.viewpoint, "first") == "low" else way)


PERSPECTIVE = Perspective(
    id="criteria",
    title="Criteria",
    key="q",
    asks="In which order, by whose lens?",
    hides="why each got its level, and a total unless weigh is equal; what is finished unless it is shown",
    kinds=(Bet,),
    project=project,
    empty=(
        "Bets are ranked here by one criterion at a time. Choose a bet and press F: low, mid or high for each. The "
        "criteria are the workspace's own; O turns to another, and adds them up if you ask for it."
    ),
    needs=("scores",),
    absence=_absence,
    moves="H and L: a level less or more in the criterion that orders, J and K: down or up the list",
    move=by_axes(_levelled, _ranked_up),
    fills=lambda record, viewpoint: (),
    next_steps=(NextStep("score it", "bet.score"),),
    options=(BY, FIRST, WEIGH, FINISHED),
)
