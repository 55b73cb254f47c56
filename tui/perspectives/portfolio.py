"""Portfolio: is the risk balanced, and is the mix the one we want?

Every range counts by its worse end, turned so that 10 is the riskiest: a value that may be as low as 2 is a risk of 8, a
duration of up to 7 a risk of 7.  The *opportunity risk* is the mean of what is known about whether it is worth it (value,
confidence in the opportunity), the *solution risk* that of whether we can do it (solvability, know-how, duration).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache

from store.fields import value_at
from store.index import Groups, Index
from store.model import Bet, Record
from store.records import Records
from tui.acting import Moved, NextStep, Nudge, Stays
from tui.perspective import Perspective
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._memo import Kept, kept, made
from tui.perspectives._moves import WAYS, Mover, flipped, number, once, replaced, scale, span
from tui.perspectives._runs import in_runs
from tui.shapes import Bar, Plane, Point, Tally
from tui.viewpoint import Viewpoint

SHOW = ("show", ("plane", "kinds", "buckets"))
SOLUTION, OPPORTUNITY = ("solution risk", 0.0, 10.0), ("opportunity risk", 0.0, 10.0)
REGIONS = ("is it wanted?", "long shot", "safe", "can we do it?")
KIND_NAMES: tuple[str, ...] = ("explore", "deliver", "improve", "run")
NO_KIND, NO_BUCKET = "(no kind)", "(no bucket)"
NONE, EVERY = "", None
"""The groups of bets that do not say, and of all."""


def opportunity_risk(bet: Bet) -> float | None:
    """How likely it is not worth it, 0 to 10; None when nothing is said of that."""
    value, sure = bet.uncertainty.value, bet.opportunity_confidence
    return _mean(None if value is None else 10 - value.low, None if sure is None else 10 - sure / 10)


def solution_risk(bet: Bet) -> float | None:
    """How likely we cannot do it, 0 to 10; None when nothing is said of that."""
    given = bet.uncertainty
    able = (None if one is None else 10 - one.low for one in (given.solvability, given.know_how))
    return _mean(*able, None if given.duration is None else given.duration.high)


def _mean(*values: float | None) -> float | None:
    given = [value for value in values if value is not None]
    return round(sum(given) / len(given), 1) if given else None


def _risks(record: Record) -> tuple[float, float] | None:
    """Solution and opportunity risk, None where one is not known."""
    if not isinstance(record, Bet):
        return None
    across, up = solution_risk(record), opportunity_risk(record)
    return None if across is None or up is None else (across, up)


def _total(record: Record) -> float:
    return -sum(_risks(record) or ())


def _shown(record: Record, archived: bool, finished: bool) -> bool:
    return (archived or not record.archived) and (finished or is_live(record))


@lru_cache(maxsize=4)
def _on_plane(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        return (int(_total(record) * 4),) if _shown(record, archived, finished) and _risks(record) else ()

    return Index((Bet,), groups, _total)


@lru_cache(maxsize=8)
def _by(field: str, archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if not _shown(record, archived, finished):
            return ()
        value = getattr(record, "kind" if field == "kinds" else field, None)
        values = value if isinstance(value, tuple) else (value,) if value else ()
        return (*(dict.fromkeys(values) or (NONE,)), EVERY)

    return Index((Bet,), groups)


def _points(bets: tuple[Record, ...]) -> Iterator[Point]:
    for bet in bets:
        across, up = _risks(bet) or (0.0, 0.0)
        yield Point(bet, across, up, "doing" if bet.standing in ("placed", "released") else "text", bet.standing)


def _mix(groups: Groups, declared: tuple[str, ...], none: str, before: Kept) -> Tally:
    """A bar for every value, the declared ones first and also when nothing holds them; those that do not say last."""
    others = sorted(str(value) for value in groups if value not in (*declared, NONE, EVERY))
    total = len(groups.get(EVERY, ()))
    values = (*declared, *others, *((NONE,) if NONE in groups else ())) if total else ()
    bars = tuple(_bar(value or none, groups.get(value, ()), total, before) for value in values)
    return Tally(bars, max((bar.value for bar in bars), default=0))


def _bar(label: str, bets: tuple[Record, ...], total: int, before: Kept) -> Bar:
    placed = made(before, ("placed", label), (bets,), lambda: sum(bet.standing == "placed" for bet in bets))
    note = f"{round(100 * len(bets) / total):>3}%  {placed} placed" if bets else "none"
    return Bar(label, len(bets), note, records=bets)


def project(records: Records, viewpoint: Viewpoint) -> Plane | Tally:
    """Bets by their two risks, the riskiest first; or how many there are of each kind, or in each bucket."""
    show, finished = PERSPECTIVE.option(viewpoint, "show"), shows_finished(viewpoint)
    before = kept("portfolio", show, viewpoint.archived, finished, viewpoint.where)
    if show in ("kinds", "buckets"):
        groups = records.grouped(_by(show, viewpoint.archived, finished), viewpoint.where)
        declared = KIND_NAMES if show == "kinds" else tuple(dict.fromkeys(records.settings.buckets))
        none = NO_KIND if show == "kinds" else NO_BUCKET
        return _mix(groups, declared, none, before)
    points = in_runs(records.grouped(_on_plane(viewpoint.archived, finished), viewpoint.where), before, _points)
    return made(before, "plane", (points,), lambda: Plane(SOLUTION, OPPORTUNITY, points, REGIONS, "riskiest first"))


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if reason := finished_absence(record, records, viewpoint):
        return reason
    if not isinstance(record, Bet) or PERSPECTIVE.option(viewpoint, "show") in ("kinds", "buckets"):
        return None
    unsaid = []
    if opportunity_risk(record) is None:
        unsaid.append("whether it is worth it (uncertainty: value, or opportunity confidence)")
    if solution_risk(record) is None:
        unsaid.append("whether we can do it (uncertainty: solvability, know how or duration)")
    return f"{record.id} does not say {' nor '.join(unsaid)}; press F to fill it in" if unsaid else None


# ---------------------------------------------------------------------------------------------------------------- moving

WORTH: tuple[tuple[str, Mover], ...] = (
    ("uncertainty.value", flipped(span("uncertainty.value", 1))),
    ("opportunity_confidence", flipped(number("opportunity_confidence", 10, 0, 100))),
)
ABLE: tuple[tuple[str, Mover], ...] = (
    ("uncertainty.solvability", flipped(span("uncertainty.solvability", 1))),
    ("uncertainty.know_how", flipped(span("uncertainty.know_how", 1))),
    ("uncertainty.duration", span("uncertainty.duration", 1)),
)
"""What each risk is made of, and how it is moved towards the risky end; the first that is given is moved."""
RISKS = tuple(path for path, _ in (*WORTH, *ABLE))


def _moved(record: Record, nudge: Nudge) -> Moved:
    show = PERSPECTIVE.option(nudge.viewpoint, "show")
    upright, way = WAYS[nudge.direction]
    if show in ("kinds", "buckets"):
        if not upright:
            return Stays("The bars count bets: J and K move one to the next bar.")
        return flipped(scale("kind", KIND_NAMES))(record, nudge, way) if show == "kinds" else _rebucketed(record, nudge, way)
    given = [mover for path, mover in (WORTH if upright else ABLE) if value_at(record, path) is not None]
    return given[0](record, nudge, way)


def _rebucketed(record: Record, nudge: Nudge, way: int) -> Moved:
    """To the bucket of the next bar, in the place of the one the cursor stands in."""
    assert isinstance(record, Bet)
    held = nudge.place if nudge.place in record.buckets else next(iter(record.buckets), None)
    if held is None or (len(record.buckets) > 1 and held != nudge.place):
        return Stays(f"{record.id} is in {len(record.buckets) or 'no'} buckets: F fills them in.")
    view = once("portfolio", nudge, lambda: project(nudge.records, nudge.viewpoint))
    assert isinstance(view, Tally)
    names = [bar.label for bar in view.bars if bar.label != NO_BUCKET]
    at = names.index(held) - way
    if not 0 <= at < len(names):
        return Stays(f"{record.id} is in the {'first' if at < 0 else 'last'} bucket, {held}.")
    return replaced(record, "buckets", held, names[at])


def _fills(record: Record, viewpoint: Viewpoint) -> tuple[str, ...]:
    return {"kinds": ("kind",), "buckets": ("buckets",)}.get(PERSPECTIVE.option(viewpoint, "show"), RISKS)


PERSPECTIVE = Perspective(
    id="portfolio",
    title="Portfolio",
    key="p",
    asks="Is the risk balanced?",
    hides="what each risk is made of, and how much is spent; what is finished unless it is shown",
    kinds=(Bet,),
    project=project,
    empty=(
        "Bets stand here by two risks: is it worth it, and can we do it? Choose a bet, press F, fill in ranges such as 2-5: "
        "uncertainty: value, and uncertainty: solvability, know how or duration. O turns to the mix of kinds or buckets."
    ),
    absence=_absence,
    moves="H and L: the solution risk, J and K: the opportunity risk; in the mix J and K: the next bar",
    move=_moved,
    fills=_fills,
    next_steps=(NextStep("fill it in", "lens.fill"),),
    options=(SHOW, FINISHED),
)
