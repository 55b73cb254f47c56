"""What a person with pencil and paper would know of the year: plain rows, kept up by what people say they did.

Written from the words of the domain and from nothing else: no module of the store is used.  The walk tells it what was
done, in its own terms; ``tests.year.reckoning`` reads off what follows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

OPEN = {
    "mission": {"forming", "active", "paused"},
    "bet": {"option", "shaping", "placed", "released"},
    "decision": {"open", "decided"},
    "belief": {"open"},
    "check-in": {"due", "open"},
}


@dataclass
class Said:
    """What one person wrote about something: when, and the reading it gave.  All days are those where the group works."""

    by: str
    on: date
    confidence: int | None = None
    health: str | None = None
    tags: tuple[str, ...] = ()


@dataclass
class Range:
    """Where a signal is to be: from, to, between what, by when."""

    signal: str
    start: float
    goal: float
    low: float
    high: float
    by: date


@dataclass
class Row:
    """One thing that is kept track of."""

    id: str
    kind: str
    state: str
    touched: date
    by: str
    horizon: str = "months"
    horizon_said: bool = False
    due: date | None = None
    placed: date | None = None
    settled: date | None = None
    result: str = ""
    lesson: str = ""
    one_way: bool = False
    confidence: int | None = None
    came_true: bool | None = None
    driver: str = ""
    team: str = ""
    above: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    forecast: Range | None = None
    said: list[Said] = field(default_factory=list)
    read: dict[date, float] = field(default_factory=dict)
    limit: int | None = None
    pivot_if: str = ""
    level: str = ""
    about: str = ""
    held: date | None = None
    intent: str = ""
    entered: date | None = None
    """When it came to the state it is in, where that is not the one in which all of its kind begin."""
    released: date | None = None
    decided: date | None = None
    why_skipped: str = ""
    away: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do with it."""
        return not self.away and (self.kind not in OPEN or self.state in OPEN[self.kind])


@dataclass
class Entry:
    """One step somebody took: the things it was about, on which day, and its key where it was a large one."""

    by: str
    on: date
    about: tuple[str, ...]
    large: str = ""


@dataclass
class Memory:
    """What one person remembers of their daily review: how far they have seen, what they put off, what rests."""

    ever: bool = False
    seen: int = 0
    """How many steps there were when the last review ended."""
    seen_now: int = 0
    """How many there were when the item that is being answered was shown."""
    answered: dict[str, int] = field(default_factory=dict)
    put_off: dict[str, tuple[date, int]] = field(default_factory=dict)
    rests: dict[str, date] = field(default_factory=dict)


@dataclass
class Ledger:
    """The rows, the steps in their order, and everybody's memory."""

    rows: dict[str, Row] = field(default_factory=dict)
    by_kind: dict[str, list[Row]] = field(default_factory=dict)
    steps: list[Entry] = field(default_factory=list)
    memories: dict[str, Memory] = field(default_factory=dict)
    rituals: dict[str, date] = field(default_factory=dict)
    """Ritual → when it is reviewed itself."""
    limits: dict[str, int] = field(default_factory=dict)
    began: date = date.max
    """The day of the first record."""

    def of(self, kind: str) -> list[Row]:
        """The rows of a kind that were not put away."""
        for row in islice(self.rows.values(), sum(map(len, self.by_kind.values())), None):
            self.by_kind.setdefault(row.kind, []).append(row)
        return [row for row in self.by_kind.get(kind, ()) if not row.away]

    def memory(self, person: str) -> Memory:
        """What a person remembers."""
        return self.memories.setdefault(person, Memory())

    def did(self, who: str, on: date, about: tuple[str, ...], large: str = "") -> None:
        """Somebody took one step."""
        self.steps.append(Entry(who, on, tuple(dict.fromkeys(about)), large))

    # ------------------------------------------------------------------------------------------------------ reviewing

    def kept(self, person: str, key: str, today: date) -> None:
        """It was looked at and left as it is: for a week, nobody need say again that it only grows old."""
        self._answered(person, key)
        self.memory(person).rests[key] = today + timedelta(days=7)

    def acted(self, person: str, key: str) -> None:
        """Something was done about it."""
        self._answered(person, key)

    def _answered(self, person: str, key: str) -> None:
        memory = self.memory(person)
        memory.answered[key] = memory.seen_now
        memory.put_off.pop(key, None)
        memory.rests.pop(key, None)

    def postponed(self, person: str, key: str, until: date) -> None:
        """It was put off."""
        memory = self.memory(person)
        memory.answered[key] = memory.seen_now
        memory.put_off[key] = (until, memory.seen_now)

    def finished(self, person: str, today: date) -> None:
        """A review came to its end: everything up to now was seen."""
        memory = self.memory(person)
        memory.ever, memory.seen, memory.answered = True, memory.seen_now, {}
        memory.put_off = {key: one for key, one in memory.put_off.items() if one[0] > today}
        memory.rests = {key: until for key, until in memory.rests.items() if until > today}
