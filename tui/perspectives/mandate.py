"""Mandate: who may decide what?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache

from store.derived import is_premature
from store.index import Index
from store.model import Bet, Mission, Record
from store.records import Records
from tui.acting import NextStep
from tui.folding import DEPTH_OF_LIST, folded
from tui.perspective import Perspective
from tui.perspectives._columns import GLYPH, ID, PEOPLE, TEAM, TITLE
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._moves import by_axes, flipped, scale
from tui.shapes import Column, Scene, Section, Sections, Span
from tui.viewpoint import Viewpoint

MEANINGS: Mapping[str, str] = {
    "A": "build exactly this",
    "B": "make it behave like this",
    "C": "let people get this done",
    "D": "solve this problem",
    "E": "make things better for these people",
    "F": "move this measure",
    "G": "find what moves the result",
    "H": "bring this result soon",
    "I": "long-term outcome",
}
"""What each letter leaves to those who hold it, from everything decided to nothing but the outcome; our own words."""
LEVELS = ("levels", ("held", "all"))
LETTERS = scale("mandate", tuple(MEANINGS))


def why_premature(record: Record) -> str:
    """What makes a bet converge too early, "" when it does not."""
    if not isinstance(record, Bet) or not is_premature(record):
        return ""
    count, sure = len(record.options), record.opportunity_confidence
    reasons = [f"{sure}% sure"] if sure is not None and sure < 50 else []
    if count < 2:
        reasons.append("1 option" if count else "no options")
    return f"▲ {', '.join(reasons)}"


def _early(record: Record, scene: Scene) -> Span:
    return Span(why_premature(record), "warn")


COLUMNS = (ID, GLYPH, TITLE, Column("early", 20, _early, keep=8), PEOPLE._replace(width=14), TEAM)


def _place(record: Record) -> tuple[bool, bool, int]:
    """What converged too early first; then missions before bets, each in the order of their states."""
    early = isinstance(record, Bet) and is_premature(record)
    return (
        not early,
        isinstance(record, Bet),
        record.states.index(record.standing) if record.standing in record.states else 0,
    )


def _shown(record: Record, archived: bool, finished: bool) -> bool:
    return (archived or not record.archived) and (finished or is_live(record))


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        mandate = getattr(record, "mandate", None)
        return (mandate,) if mandate and _shown(record, archived, finished) else ()

    return Index((Mission, Bet), groups, _place)


@lru_cache(maxsize=4)
def _premature(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        early = isinstance(record, Bet) and is_premature(record) and _shown(record, archived, finished)
        return (getattr(record, "mandate", None),) if early else ()

    return Index((Bet,), groups)


def project(records: Records, viewpoint: Viewpoint) -> Sections:
    """A section for every mandate that is held, from the narrowest on, what converged too early first."""
    finished, every = shows_finished(viewpoint), PERSPECTIVE.option(viewpoint, "levels") == "all"
    groups = records.grouped(_index(viewpoint.archived, finished), viewpoint.where)
    early = records.grouped(_premature(viewpoint.archived, finished), viewpoint.where)

    def sections() -> Iterator[Section]:
        for letter, meaning in MEANINGS.items():
            if every or letter in groups:
                count = len(early.get(letter, ()))
                note = f"▲ {count} converged too early" if count else ""
                yield Section(f"{letter}  {meaning}", groups.get(letter, ()), note, key=letter)

    return folded(Sections(COLUMNS, tuple(sections()) if groups else ()), viewpoint)


PERSPECTIVE = Perspective(
    id="mandate",
    title="Mandate",
    key="w",
    asks="Who may decide what, from A build this to I long-term outcome?",
    hides="who gave the mandate, and whether it is lived; what is finished unless it is shown",
    kinds=(Mission, Bet),
    project=project,
    empty=(
        "A mandate says how much is left to those who do it: A is told exactly what to build, D solves a problem, I answers "
        "for a long-term outcome. Choose a mission or a bet and press F to say its mandate; O turns to all levels."
    ),
    needs=("mandate",),
    absence=finished_absence,
    moves="J and K, H and L: the next letter",
    move=by_axes(LETTERS, flipped(LETTERS)),
    next_steps=(
        NextStep("widen it", fields=("options", "opportunity_confidence", "mandate"), kinds=(Bet,)),
        NextStep("mandate", fields=("mandate",)),
    ),
    options=(LEVELS, FINISHED, DEPTH_OF_LIST),
)
