"""Calibration: when I said 70 %, was I right 7 times in 10?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import cast

from store.calibration import BANDS, FEWEST, Score, band_of, judgement, score, total
from store.model import Decision, Record
from store.records import Index, Records
from tui.acting import NextStep
from tui.perspective import Bar, Perspective, Tally, Viewpoint
from tui.perspectives._memo import Kept, kept, made
from tui.perspectives._moves import nowhere

WHO = ("who", ("all", "mine", "each"))
Judged = Mapping[tuple[str | None, int], tuple[Record, ...]]
"""(person, band) → the decisions."""
EVERYBODY = None
"""The group of everybody's decisions."""
NOBODY = "(nobody)"
TOKENS = {"too few to say": "faint", "about right": "good", "too sure": "warn", "not sure enough": "warn"}
LEGEND = Bar("", 0, "bar: how often it came true   │: what was said", heading=True)


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


def _bars(groups: Judged, who: str | None, before: Kept) -> Iterator[Bar]:
    """The curve of one person, or of everybody: a heading and a bar for every band in which anything was said."""
    scores: dict[int, Score] = {}
    for band in range(len(BANDS)):
        if group := groups.get((who, band)):
            scores[band] = made(before, (who, band), (group,), partial(_score, group))
    yield Bar(_name(who), 0, _summary(total(tuple(scores.values()))), "title", heading=True)
    for band, one in scores.items():
        low, high = BANDS[band]
        note = f"{one.hits} of {one.count}: {one.verdict}"
        records = groups[who, band]
        yield Bar(f"said {low}–{high}%", round(one.share), note, TOKENS[one.verdict], records, round(one.stated, 1))


def _name(who: str | None) -> str:
    return "everybody" if who is EVERYBODY else f"@{who}" if who else NOBODY


def _summary(everything: Score) -> str:
    """How many decisions, and the Brier score where there are enough to say anything."""
    count = f"{everything.count} {'decision' if everything.count == 1 else 'decisions'}"
    if everything.count < FEWEST:
        return f"{count}: too few to say"
    return f"{count}, Brier {everything.brier:.2f} (0 is best, 0.25 a coin)"


def _people(groups: Judged, viewpoint: Viewpoint) -> tuple[str | None, ...]:
    """Whose curves are shown, mine first."""
    held = dict.fromkeys(who for who, _ in groups)
    match PERSPECTIVE.option(viewpoint, "who"):
        case "mine":
            return tuple(who for who in held if who is not EVERYBODY and who == viewpoint.me)
        case "each":
            people = (who for who in held if who is not EVERYBODY)
            return tuple(sorted(people, key=lambda who: (who != viewpoint.me, who.casefold(), who)))
        case _:
            return tuple(who for who in held if who is EVERYBODY)


def project(records: Records, viewpoint: Viewpoint) -> Tally:
    """A bar for every band of stated confidence, as long as it came true, against what was said."""
    groups = cast(Judged, records.grouped(_index(viewpoint.archived), viewpoint.where))
    before = kept("calibration", viewpoint.archived, viewpoint.where)
    bars = tuple(bar for who in _people(groups, viewpoint) for bar in _bars(groups, who, before))
    return Tally((*bars, LEGEND) if bars else (), 100, "%")


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    assert isinstance(record, Decision)
    if record.state == "open":
        return f"{record.id} is still open; it counts once it is decided and came true is filled in"
    if judgement(record) is None:
        missing = [name for name in ("confidence", "came_true") if getattr(record, name) is None]
        return f"{record.id} has no {' and no '.join(name.replace('_', ' ') for name in missing)}; press F to fill it in"
    if PERSPECTIVE.option(viewpoint, "who") == "mine" and whose(record) != viewpoint.me:
        return f"it is turned to mine; {record.id} is of {_name(whose(record))}"
    return None


PERSPECTIVE = Perspective(
    id="calibration",
    title="Calibration",
    key="a",
    asks="When I said 70 %, was I right 7 times in 10?",
    hides="how much hung on each, and how well it was decided",
    kinds=(Decision,),
    project=project,
    empty=(
        "Decisions that say how sure we were are held here against what happened. Choose a decision and press F: prediction "
        f"and confidence before it is decided, came true at its review. Under {FEWEST} of a kind, nothing can be said."
    ),
    absence=_absence,
    move=nowhere("How sure somebody was stays as it was said: F writes whether it came true."),
    fills=lambda record, viewpoint: ("confidence", "prediction") if record.standing == "open" else ("came_true",),
    next_steps=(NextStep("came true?", fields=("came_true", "outcome", "lesson")),),
    options=(WHO,),
)
