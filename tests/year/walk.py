"""The walk: day by day the people do what they do, and every evening all that the tool says is held against the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from store.disk.tiny import TinyBackend
from store.operations import State
from store.review.state import NEVER
from tests.year import reckoning
from tests.year.asking import differences, everything, my_review, my_token
from tests.year.calendar import days, in_berlin
from tests.year.group import Clock, Group
from tests.year.reviewing import Counts, review
from tests.year.script import PEOPLE, REVIEWS, Year

ROOT = Path(__file__).resolve().parents[2]
GOALS = ROOT.parent / "shared" / "data" / "rust-goals-2025h2.csv"
MAPPING = ROOT / "tests" / "data" / "rust-goals.toml"
AT_ONCE = 12
"""Items a review is reckoned by."""


@dataclass
class Month:
    """What a month brought."""

    name: str
    due: int = 0
    held: int = 0
    late: int = 0
    skipped: int = 0
    looked_back: int = 0
    items: int = 0
    keys: int = 0
    brier: str = ""


@dataclass
class Outcome:
    """What the walk came to."""

    months: list[Month] = field(default_factory=list)
    differed: list[str] = field(default_factory=list)
    compared: int = 0
    counts: Counts = field(default_factory=Counts)
    steps: int = 0
    records: int = 0
    restored: bool = False

    @property
    def keys_for_twelve(self) -> float:
        """The keys that twelve items take in the median case: over every twelve items in a row of the year."""
        keys = [taken for _, taken in self.counts.items]
        return median(sum(keys[at : at + AT_ONCE]) for at in range(max(len(keys) - AT_ONCE + 1, 1)))


def walk(
    folder: Path, first: date, last: date, *, seed: int = 1, goals: Path | None = GOALS, undo: bool = True,
    tell: Callable[[str], None] = lambda line: None, progress: Callable[[str], None] = lambda line: None,
) -> Outcome:  # fmt: skip
    """Play the days from the first to the last in a folder of its own, and take everything back at the end."""
    environ = {"XDG_STATE_HOME": str(folder / "state"), "HOME": str(folder)}
    path = folder / "workspace.json"
    group = Group(path, Clock(in_berlin(first, 8)), PEOPLE)
    outcome = Outcome()
    try:
        group.set_up(goals if goals and goals.exists() else None, MAPPING)
        year = Year(group, seed)
        year.begin()
        for day in days(first, last):
            if not outcome.months or outcome.months[-1].name != f"{day:%Y-%m}":
                outcome.months.append(Month(f"{day:%Y-%m}"))
                progress(outcome.months[-1].name)
            known = len(outcome.differed)
            _a_day(year, day, environ, outcome)
            for line in outcome.differed[known:]:
                tell(line)
        anna = group.person("anna").workspace
        outcome.steps, outcome.records = sum(1 for _ in anna.history()), len(anna.records)
        if undo:
            outcome.restored = _taken_back(group)
    finally:
        group.close()
    outcome.compared += outcome.counts.compared
    return outcome


def _a_day(year: Year, day: date, environ: dict[str, str], outcome: Outcome) -> None:
    month, before, keys = outcome.months[-1], Counter(year.counted), len(outcome.counts.items)
    year.night(day)
    year.at(day, 9)
    for name in PEOPLE:
        if year.is_here(name, day) and year.likely(REVIEWS[name]):
            review(year, name, environ, outcome.counts)
    year.morning(day)
    year.noon(day)
    year.at(day, 18)
    _evening(year, day, environ, outcome)
    after = Counter(year.counted) - before
    month.held, month.late = month.held + after["held"], month.late + after["late"]
    month.skipped, month.looked_back = month.skipped + after["skipped"], month.looked_back + after["looked back"]
    month.items += len(outcome.counts.items) - keys
    month.keys += sum(taken for _, taken in outcome.counts.items[keys:])
    month.due += sum(since == 0 for _, since in reckoning.due(year.ledger, day).values())
    said = [one for given in reckoning.judged(year.ledger).get("", {}).values() for one in given]
    month.brier = f"{float(reckoning.brier(said)):.2f}" if said else ""


def _evening(year: Year, day: date, environ: dict[str, str], outcome: Outcome) -> None:
    """Hold everything the tool says against what the ledger says."""
    name = PEOPLE[day.toordinal() % len(PEOPLE)]
    workspace = year.group.person(name).workspace
    asked = everything(workspace, year.ledger, day)
    if day.day % 3 == 0:
        asked |= my_token(workspace, year.ledger, day, environ)
        stranger = my_review(workspace.records, workspace.history(), year.ledger, day, "fred", NEVER)
        asked["the first review of a stranger"] = stranger
    outcome.compared += len(asked)
    outcome.differed += [*outcome.counts.differed, *(f"{day} {line}" for line in differences(asked))]
    outcome.counts.differed.clear()


def _taken_back(group: Group) -> bool:
    """Whether undoing every step, the newest first, by whoever took it, leaves what there was at first: nothing."""
    workspace = group.person(group.names[0]).workspace
    authors = [step.by for step in workspace.history()]
    for name in authors:
        assert group.handles[name].undo() is not None
    return _rows(TinyBackend(str(group.path), read_only=True).state) == {}


def _rows(state: State) -> State:
    return {table: rows for table, rows in state.items() if rows}


# ----------------------------------------------------------------------------------------------------------- as a table


def table(outcome: Outcome) -> Iterator[str]:
    """What the year came to, a line a month."""
    yield "month    due  held  late  skipped  looked back  Brier  items  keys  keys an item"
    for one in outcome.months:
        each = f"{one.keys / one.items:.1f}" if one.items else ""
        yield (
            f"{one.name} {one.due:>4} {one.held:>5} {one.late:>5} {one.skipped:>8} {one.looked_back:>12} {one.brier:>6}"
            f" {one.items:>6} {one.keys:>5} {each:>13}"
        )
    yield ""
    kinds: dict[str, list[int]] = {}
    for kind, keys in outcome.counts.items:
        kinds.setdefault(kind, []).append(keys)
    for kind, taken in sorted(kinds.items(), key=lambda one: -len(one[1])):
        yield f"  {kind:<12} {len(taken):>6} items, {sum(taken) / len(taken):.1f} keys each, {max(taken)} at most"
    yield f"{len(outcome.counts.reviews)} reviews; {AT_ONCE} items take {outcome.keys_for_twelve:g} keys in the median case"
    yield f"{outcome.steps} steps, {outcome.records} records, {outcome.compared} comparisons, {len(outcome.differed)} differ"
