"""Calibration: when I said 70 %, was I right 7 times in 10?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import cast

from store.calibration import BANDS, FEWEST, Parts, Score, band_of, judgement, parts, score, total
from store.forecasts import FORECASTING, PROMISED, RUN, Settlement, forecasters, settlement, settlement_of, signal_of
from store.index import Index
from store.model import Bet, Decision, Record
from store.records import Records
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._curve import Band, curve
from tui.perspectives._memo import Kept, kept, made
from tui.perspectives._moves import nowhere
from tui.perspectives._ranges import range_bars
from tui.shapes import Bar, Plane, Tally
from tui.viewpoint import Viewpoint

RANGE_FIELDS = ("forecast.signal", "forecast.low", "forecast.high", "forecast.by")
WHO = ("who", ("all", "mine", "each"))
DRAWN = ("drawn", ("bars", "curve"))
Judged = Mapping[tuple[str | None, int], tuple[Record, ...]]
"""(person, band) → the decisions."""
EVERYBODY = None
"""The group of everybody's decisions."""
NOBODY = "(nobody)"
TOKENS = {"too few to say": "faint", "about right": "good", "too sure": "warn", "not sure enough": "warn"}
LEGEND = Bar("", 0, "█ how often it came true   │ what was said   ▓░ where the truth may lie (95 %)", heading=True)


def whose(decision: Decision) -> str:
    """Whose confidence it was: the driver's, or of who captured it."""
    return decision.driver or decision.created_by


@lru_cache(maxsize=2)
def _index(archived: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if not isinstance(record, Decision) or (record.archived and not archived):
            return ()
        if (judged := judgement(record)) is None:
            return ()
        band = band_of(judged.confidence)
        return (EVERYBODY, band), (whose(record), band)

    return Index((Decision,), groups)


def _score(decisions: tuple[Record, ...]) -> Score:
    judged = (judgement(decision) for decision in decisions if isinstance(decision, Decision))
    return score(one for one in judged if one is not None)


def _parts(decisions: tuple[Record, ...]) -> Parts:
    judged = (judgement(decision) for decision in decisions if isinstance(decision, Decision))
    return parts(one for one in judged if one is not None)


def _bars(groups: Judged, who: str | None, before: Kept) -> Iterator[Bar]:
    """The curve of one person, or of everybody: a heading and a bar for every band in which anything was said."""
    scores: dict[int, Score] = {}
    for band in range(len(BANDS)):
        if group := groups.get((who, band)):
            scores[band] = made(before, (who, band), (group,), partial(_score, group))
    everything = total(tuple(scores.values()))
    yield Bar(_name(who), 0, _summary(everything), "title", heading=True)
    for band, one in scores.items():
        low, high = BANDS[band]
        records = groups[who, band]
        span = None if one.wanting else one.range
        yield Bar(
            f"said {low}–{high}%",
            round(one.share),
            _note(one),
            TOKENS[one.verdict],
            records,
            round(one.stated, 1),
            span=span,
        )
    if not everything.wanting:
        sources = tuple(groups[who, band] for band in scores)
        yield Bar("", 0, made(before, ("parts", who), sources, lambda: _made_of(_parts(sum(sources, ())))), heading=True)


def _is_curve(viewpoint: Viewpoint) -> bool:
    return PERSPECTIVE.option(viewpoint, "drawn") == "curve"


def _bands(groups: Judged, who: str | None, before: Kept) -> Iterator[Band]:
    """What the points of somebody's curve are made of."""
    for band, (low, high) in enumerate(BANDS):
        if group := groups.get((who, band)):
            one = made(before, (who, band), (group,), partial(_score, group))
            name = f"{one.share:.0f}%" if who is EVERYBODY else f"{one.share:.0f}% {_name(who)}"
            yield Band(name, one, group, f"said {low}–{high}%: {_note(one)}", TOKENS[one.verdict])


def _note(one: Score) -> str:
    """How many came true, between what the truth may lie, and what can be said of it; or how many more that takes."""
    count = f"{one.hits} of {one.count}"
    if one.wanting:
        return f"{count}: {one.wanting} more needed"
    low, high = one.range
    return f"{count}, {low:.0f}–{high:.0f} %: {one.verdict}"


def _made_of(one: Parts) -> str:
    """What the Brier score is made of, so that the hundredths shown add up: the part nearest to its next one gives way."""
    off, chance, apart = _adding_up(one)
    return f"Brier = {off / 100:.2f} for being off + {chance / 100:.2f} for chance − {apart / 100:.2f} for telling apart"


def _adding_up(one: Parts) -> tuple[int, int, int]:
    """The parts in hundredths whose sum is that of the score as it is shown, each as near as that allows."""
    exact = (100 * one.off, 100 * one.chance, -100 * one.told_apart)
    found = [round(part) for part in exact]
    while missing := round(float(_shown(sum(exact) / 100)) * 100) - sum(found):
        way = 1 if missing > 0 else -1
        at = max(range(3), key=lambda at: way * (exact[at] - found[at]))
        found[at] += way
    return found[0], found[1], -found[2]


def _shown(score: float) -> str:
    """A score with two decimals, the same where it was added up in another order."""
    return f"{round(score, 9):.2f}"


def _name(who: str | None) -> str:
    return "everybody" if who is EVERYBODY else f"@{who}" if who else NOBODY


def _summary(everything: Score) -> str:
    """How many decisions, and the Brier score where there are enough to say anything."""
    count = f"{everything.count} {'decision' if everything.count == 1 else 'decisions'}"
    if everything.wanting:
        return f"{count}: too few to say, {everything.wanting} more needed"
    return f"{count}, Brier {_shown(everything.brier)} (0 is best, 0.25 a coin)"


def _people(groups: Judged, ranges: Sequence[Settlement], viewpoint: Viewpoint) -> tuple[str | None, ...]:
    """Whose curves are shown, mine first."""
    held = dict.fromkeys(
        [*(who for who, _ in groups), *(who for one in ranges for who in (EVERYBODY, *forecasters(one.bet)))]
    )
    match PERSPECTIVE.option(viewpoint, "who"):
        case "mine":
            return tuple(who for who in held if who is not EVERYBODY and who == viewpoint.me)
        case "each":
            people = (who for who in held if who is not EVERYBODY)
            return tuple(sorted(people, key=lambda who: (who != viewpoint.me, who.casefold(), who)))
        case _:
            return tuple(who for who in held if who is EVERYBODY)


def _ranges(records: Records, viewpoint: Viewpoint) -> list[Settlement]:
    """How each range stands, as found before where neither the bet nor its signal is another."""
    before = kept("ranges", viewpoint.today)
    bets = records.group(FORECASTING, False, viewpoint.where)
    found: list[Settlement] = []
    for bet in bets + (records.group(FORECASTING, True, viewpoint.where) if viewpoint.archived else ()):
        assert isinstance(bet, Bet)
        signal = signal_of(bet, records)
        known = before.get(bet.id)
        if known is None or known[0] is not bet or known[1] is not signal:
            known = before[bet.id] = (bet, signal, settlement(bet, signal, viewpoint.today))
        if known[2] is not None:
            found.append(known[2])
    return found


def project(records: Records, viewpoint: Viewpoint) -> Tally | Plane:
    """A bar for every band of stated confidence, as long as it came true, against what was said; or a curve of both."""
    groups = cast(Judged, records.grouped(_index(viewpoint.archived), viewpoint.where))
    before = kept("calibration", viewpoint.archived, viewpoint.where)
    if _is_curve(viewpoint):
        return curve(band for who in _people(groups, (), viewpoint) for band in _bands(groups, who, before))
    ranges = _ranges(records, viewpoint)
    bars: list[Bar] = []
    for who in _people(groups, ranges, viewpoint):
        if any(person == who for person, _ in groups):
            bars += _bars(groups, who, before)
        bars += range_bars(_name(who), [one for one in ranges if who is EVERYBODY or who in forecasters(one.bet)])
    return Tally((*bars, LEGEND) if bars else (), 100, "%")


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if isinstance(record, Bet):
        return _absent_bet(record, records, viewpoint)
    assert isinstance(record, Decision)
    if record.state == "open":
        return f"{record.id} is still open; it counts once it is decided and came true is filled in"
    if judgement(record) is None:
        missing = [name for name in ("confidence", "came_true") if getattr(record, name) is None]
        return f"{record.id} has no {' and no '.join(name.replace('_', ' ') for name in missing)}; press F to fill it in"
    if PERSPECTIVE.option(viewpoint, "who") == "mine" and whose(record) != viewpoint.me:
        return f"it is turned to mine; {record.id} is of {_name(whose(record))}"
    return None


def _absent_bet(bet: Bet, records: Records, viewpoint: Viewpoint) -> str | None:
    if _is_curve(viewpoint):
        return f"{bet.id} is a bet: the curve is of decisions; turn drawn to bars"
    found = settlement_of(bet, records, viewpoint.today)
    if found is None and bet.state not in RUN:
        return f"{bet.id} is {bet.state}: a forecast counts once the bet is placed; press F to fill in its range"
    if found is None:
        return f"{bet.id} forecasts no range of a signal; press F to fill in signal, low, high and by"
    if found.outcome == "waiting":
        return f"the range of {bet.id} is settled once {found.by} has passed"
    if PERSPECTIVE.option(viewpoint, "who") == "mine" and viewpoint.me not in forecasters(bet):
        return f"it is turned to mine; {bet.id} is of {', '.join(map(_name, forecasters(bet)))}"
    return None


def _fills(record: Record, viewpoint: Viewpoint) -> tuple[str, ...]:
    if isinstance(record, Bet):
        return RANGE_FIELDS
    return ("confidence", "prediction") if record.standing == "open" else ("came_true",)


PERSPECTIVE = Perspective(
    id="calibration",
    title="Calibration",
    key="a",
    asks="When I said 70 %, was I right 7 times in 10?",
    hides="how much hung on each, and how well it was decided",
    kinds=(Decision, Bet),
    project=project,
    empty=(
        "Decisions that say how sure we were are held here against what happened. Choose a decision and press F: prediction "
        f"and confidence before it is decided, came true at its review. Under {FEWEST} of a kind, nothing can be said. "
        f"So are the {PROMISED} % ranges of bets against their signals, once the day of the forecast has passed."
    ),
    absence=_absence,
    move=nowhere("How sure somebody was stays as it was said: F writes whether it came true."),
    fills=_fills,
    next_steps=(
        NextStep("came true?", fields=("came_true", "outcome", "lesson"), kinds=(Decision,)),
        NextStep("range", fields=RANGE_FIELDS, kinds=(Bet,)),
    ),
    options=(WHO, DRAWN),
)
