"""The entities of a workspace: every field is declared here and nowhere else; forms, help, import and export read it.

Entities are frozen.  A *document* (``store.operations``) is an entity's JSON without its id, which is its place: ``B12``
stands in the table ``bets`` under the key ``"12"``.  Fields that a newer version or another tool wrote are kept.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for them reads every installed package's metadata

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from store.operations import Document

# ---------------------------------------------------------------------------------------------------- words of the domain

Horizon = Literal["hours", "days", "weeks", "months", "quarters", "years", "decades"]
Mandate = Literal["A", "B", "C", "D", "E", "F", "G", "H", "I"]
Health = Literal["on track", "at risk", "off track"]
Level = Literal["low", "mid", "high"]
Verdict = Literal["keep", "start", "change", "stop"]
LinkKind = Literal[
    "nests_in", "drives", "tests", "informs", "depends_on", "competes_with", "tension", "supersedes", "pivots_from"
]

HORIZONS: tuple[Horizon, ...] = ("hours", "days", "weeks", "months", "quarters", "years", "decades")
LINK_KINDS: tuple[LinkKind, ...] = (
    "nests_in", "drives", "tests", "informs", "depends_on", "competes_with", "tension", "supersedes", "pivots_from",
)  # fmt: skip
HEALTHS: tuple[Health, ...] = ("on track", "at risk", "off track")
VERDICTS: tuple[Verdict, ...] = ("keep", "start", "change", "stop")


@dataclass(frozen=True, slots=True)
class Shown:
    """How a field is edited and read: ``long`` takes several lines, ``reference`` holds ids of other records."""

    long: bool = False
    reference: bool = False
    people: bool = False


Long = Annotated[str, Shown(long=True)]
"""Text of several lines, Markdown where it is shown."""
RecordId = Annotated[str, Shown(reference=True), Field(pattern=r"^[A-Z]\+?\d+$")]
"""The id of a record: a letter for its kind and its number; ``B+1`` is the first new record of a step (``store.step``)."""
Timestamp = str
"""A time in UTC as ISO 8601 with milliseconds, ``2026-11-22T08:30:00.000Z``; sorts as text."""
Person = Annotated[str, Shown(people=True)]
"""A name people write with ``@`` in front; kept without it."""
Percent = Annotated[int, Field(ge=0, le=100)]
Texts = Annotated[tuple[str, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]
"""A list of short texts; a single text is a list of one."""
People = Annotated[tuple[Person, ...], BeforeValidator(lambda value: (value,) if isinstance(value, str) else value)]


class Part(BaseModel):
    """A piece of an entity: a value with named fields, no id of its own."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)


class Link(Part):
    """A labelled arrow to another record; one ``nests_in`` of a record may be the primary one, which draws the tree."""

    kind: LinkKind = "informs"
    to: RecordId
    primary: bool = False


class Intent(Part):
    purpose: str = Field("", description="What the mission is for")
    end_state: str = Field("", description="What is true when it has succeeded")
    bounds: str = Field("", description="What it must not cost or touch")


class Range(Part):
    """A low and a high estimate from 0 to 10; equal ends say that one is sure."""

    low: float = Field(ge=0, le=10)
    high: float = Field(ge=0, le=10)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"the low end {self.low:g} is above the high end {self.high:g}")
        return self


class Uncertainty(Part):
    value: Range | None = Field(None, description="What it is worth if it works, 0–10")
    experimentability: Range | None = Field(None, description="How cheaply it can be tried, 0–10")
    duration: Range | None = Field(None, description="How long it takes, 0–10")
    solvability: Range | None = Field(None, description="How likely a solution is found, 0–10")
    know_how: Range | None = Field(None, description="How well the people know this ground, 0–10")


class Score(Part):
    level: Level
    why: str = ""


class Forecast(Part):
    """Where a signal will be, as a 90 % range."""

    signal: RecordId | None = Field(None, description="The signal this bet should move")
    from_value: float | None = Field(None, description="Where it stands when the bet is placed")
    to_value: float | None = Field(None, description="Where it should be")
    low: float | None = Field(None, description="Low end of the 90 % range")
    high: float | None = Field(None, description="High end of the 90 % range")
    by: date | None = Field(None, description="When to look")


class CutCorner(Part):
    text: str
    revisit_on: date | None = None


class Reading(Part):
    """One measured value of a signal."""

    on: date
    value: float


class RecordVerdict(Part):
    record: RecordId
    verdict: Verdict
    confidence: Percent | None = None
    note: str = ""


# ------------------------------------------------------------------------------------------------------------- entities


class Record(BaseModel):
    """What every record has.  ``id`` is its letter and number; it is not part of the document."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    letter: ClassVar[str]
    table: ClassVar[str]
    noun: ClassVar[str]
    headline: ClassVar[str] = "title"
    """The field that is enough to capture one."""
    states: ClassVar[tuple[str, ...]] = ()
    open_states: ClassVar[frozenset[str]] = frozenset()
    """States in which somebody still has something to do."""

    id: str = Field("", exclude=True, repr=True)
    tags: Texts = Field((), description="Words to find it by, without the +")
    links: tuple[Link, ...] = Field((), description="Arrows to other records")
    body: Long = Field("", description="Everything else, in Markdown")
    archived: bool = Field(False, description="Put away: no longer shown unless asked for")
    source: str = Field("", description="Where it was imported from; a second import finds it by this")
    created: Timestamp = Field("", description="When it was captured (UTC)")
    created_by: str = Field("", description="Who captured it")
    updated: Timestamp = Field("", description="When it last changed (UTC)")
    updated_by: str = Field("", description="Who last changed it")

    @property
    def number(self) -> int:
        """The number of the record, unique over the workspace whatever its kind."""
        return int(self.id[1:])

    @property
    def key(self) -> str:
        """Where the document stands in its table."""
        return self.id[1:]

    @property
    def label(self) -> str:
        """What people call it: the first line of its headline field."""
        text = str(getattr(self, self.headline)).strip()
        return text.split("\n", 1)[0] if text else "(untitled)"

    @property
    def standing(self) -> str:
        """Its state, or "" for kinds without a lifecycle."""
        return str(getattr(self, "state", ""))

    @property
    def is_open(self) -> bool:
        """Whether it is neither finished nor archived."""
        return not self.archived and (not self.states or self.standing in self.open_states)

    def linked(self, kind: LinkKind) -> tuple[str, ...]:
        """The ids this record points at with arrows of that kind, the primary one first."""
        if not self.links:
            return ()
        return tuple(link.to for link in sorted(self.links, key=lambda link: not link.primary) if link.kind == kind)

    def document(self) -> Document:
        """The entity as a JSON object, without its id and without fields that hold their default."""
        document: Document = self.model_dump(mode="json", exclude_defaults=True, by_alias=True)
        document[self.headline] = getattr(self, self.headline)
        if self.states:
            document["state"] = self.standing
        return document

    def evolve(self, **changes: Any) -> Self:
        """The same record with some fields changed, validated anew."""
        return type(self).model_validate({**self.model_dump(exclude_unset=True), "id": self.id, **changes})


class Mission(Record):
    """A direction a group is on for one to three quarters."""

    letter = "M"
    table = "missions"
    noun = "mission"
    states = ("forming", "active", "paused", "closed")
    open_states = frozenset({"forming", "active", "paused"})

    title: str = Field(description="What the mission is called")
    state: Literal["forming", "active", "paused", "closed"] = Field("forming", description="Where it stands")
    intent: Intent = Field(Intent(), description="Purpose, end state and bounds")
    horizon: Literal["months", "quarters", "years"] | None = Field(None, description="How far it reaches")
    mandate: Mandate | None = Field(None, description="Who may decide what: A build exactly this … I long-term outcome")
    team: str = Field("", description="The team that holds it")
    people: People = Field((), description="Who is on it")
    area: str = Field("", description="The part of the product or company it is about")
    funding: Literal["project", "milestone", "durable"] | None = Field(None, description="How it is funded")
    wip_limit: int | None = Field(None, ge=0, description="How many placed bets it can carry at once")
    drag: Texts = Field((), description="What drains it: waits, debt, interrupts")
    review_on: date | None = Field(None, description="When to look at it again")


class Bet(Record):
    """Something tried to further a mission, with an appetite rather than an estimate."""

    letter = "B"
    table = "bets"
    noun = "bet"
    states = ("option", "shaping", "placed", "released", "settled", "parked", "stopped")
    open_states = frozenset({"option", "shaping", "placed", "released"})

    title: str = Field(description="What the bet is called")
    state: Literal["option", "shaping", "placed", "released", "settled", "parked", "stopped"] = Field(
        "option", description="Where it stands"
    )
    horizon: Horizon | None = Field(None, description="How far it reaches: one to three of these")
    hypothesis: Long = Field("", description="What we believe will happen, and why")
    opportunity: Long = Field("", description="The problem or opening it answers")
    opportunity_confidence: Percent | None = Field(None, description="How sure we are that the opportunity is real, %")
    options: Texts = Field((), description="Ways it could be done")
    appetite: str = Field("", description="What we would spend on it; not an estimate")
    kind: Literal["explore", "deliver", "improve", "run"] | None = Field(None, description="What sort of work it is")
    mode: str = Field("", description="How it is worked: quest, chip, fire, … your own words")
    mandate: Mandate | None = Field(None, description="Who may decide what: A build exactly this … I long-term outcome")
    team: str = Field("", description="The team that holds it")
    people: People = Field((), description="Who is on it")
    buckets: Texts = Field((), description="Parts of the portfolio it counts in")
    drivers: Texts = Field((), description="What must be achieved; more than two squeeze it")
    constraints: Texts = Field((), description="What must not be broken; more than two squeeze it")
    floats: Texts = Field((), description="What may give way; fewer than two squeeze it")
    forecast: Forecast | None = Field(None, description="Where a signal will be, as a 90 % range")
    uncertainty: Uncertainty = Field(Uncertainty(), description="Low–high ranges from 0 to 10")
    scores: Mapping[str, Score] = Field({}, description="Low, mid or high for each criterion, and why")
    if_not: str = Field("", description="What happens if we do not do it")
    pivot_if: str = Field("", description="What would make us turn")
    proceed_if: str = Field("", description="What would make us go further")
    cut_corners: tuple[CutCorner, ...] = Field((), description="Debts taken on purpose, each with a date to revisit")
    hill: Percent | None = Field(None, description="0 figuring out … 50 on top … 100 made")
    placed_on: date | None = Field(None, description="When it was placed")
    released_on: date | None = Field(None, description="When it reached people; from then it awaits its outcome")
    settle_by: date | None = Field(None, description="When its outcome is read")
    settled_on: date | None = Field(None, description="When its outcome was read")
    result: Literal["won", "lost", "mixed", "unclear"] | None = Field(None, description="How it came out")
    lesson: Long = Field("", description="What it taught")
    stops: str = Field("", description="What stopped so that this could start")
    why_stopped: str = Field("", description="Why it was parked or stopped")


class Decision(Record):
    """A choice, with what was known and expected when it was taken."""

    letter = "D"
    table = "decisions"
    noun = "decision"
    states = ("open", "decided", "reviewed", "superseded", "reversed")
    open_states = frozenset({"open", "decided"})

    title: str = Field(description="What is decided")
    state: Literal["open", "decided", "reviewed", "superseded", "reversed"] = Field("open", description="Where it stands")
    why: Long = Field("", description="The reason, in a sentence")
    occasion: str = Field("", description="The meeting or thread it was taken in")
    context: Long = Field("", description="What was known then")
    options: Texts = Field((), description="What else was considered; do nothing is always one")
    chosen: str = Field("", description="The option taken")
    door: Literal["two-way", "one-way"] = Field("two-way", description="Whether one can walk back through it")
    driver: Person = Field("", description="Who drives it to a decision")
    approver: Person = Field("", description="Who approves it")
    contributors: People = Field((), description="Who is asked")
    informed: People = Field((), description="Who is told")
    confidence: Percent | None = Field(None, description="How sure we are that the prediction comes true, %")
    prediction: Long = Field("", description="What we expect to see")
    decided_on: date | None = Field(None, description="When it was decided")
    review_on: date | None = Field(None, description="When to look back at it")
    came_true: bool | None = Field(None, description="Whether the prediction came true")
    process: Literal["good", "poor"] | None = Field(None, description="Whether it was decided well")
    outcome: Literal["good", "bad", "unknown"] | None = Field(None, description="Whether it went well")
    solved: Literal["resolution", "oversight", "flight"] | None = Field(
        None, description="How it solved the problem: resolved it, overlooked it, or let it leave"
    )
    lesson: Long = Field("", description="What it taught")


class Belief(Record):
    """Something held to be true, more or less."""

    letter = "A"
    table = "beliefs"
    noun = "belief"
    headline = "text"
    states = ("open", "supported", "refuted", "retired")
    open_states = frozenset({"open"})

    text: str = Field(description="What is believed, or asked")
    state: Literal["open", "supported", "refuted", "retired"] = Field("open", description="Where it stands")
    kind: Literal["fact", "assumption", "belief", "question"] = Field("belief", description="What sort of statement it is")
    converged: Annotated[float, Field(ge=0, le=10)] | None = Field(None, description="How far people agree, 0–10")
    benefit: Annotated[float, Field(ge=-5, le=5)] | None = Field(None, description="Does agreeing help (5) or hurt (−5)?")
    certainty: Annotated[float, Field(ge=0, le=10)] | None = Field(None, description="How certain we are, 0–10")
    value: Annotated[float, Field(ge=0, le=10)] | None = Field(None, description="What being less wrong is worth, 0–10")
    next_step: str = Field("", description="The next thing that would teach us")
    revisit_on: date | None = Field(None, description="When to look at it again")


class Signal(Record):
    """Something measured, with the reason for measuring it."""

    letter = "S"
    table = "signals"
    noun = "signal"
    headline = "statement"

    statement: str = Field(description="What is measured, in words")
    kind: Literal["north-star", "input", "bet", "health"] | None = Field(None, description="What sort of signal it is")
    unit: str = Field("", description="What it is counted in")
    from_value: float | None = Field(None, description="Where it started")
    to_value: float | None = Field(None, description="Where it should be")
    by: date | None = Field(None, description="When it should be there")
    use: Literal["learn", "steer", "report"] | None = Field(None, description="What it is for")
    lag: str = Field("", description="How long after a change it moves")
    gaming: str = Field("", description="How it could be gamed")
    readings: tuple[Reading, ...] = Field((), description="What was measured, and when")


class Checkin(Record):
    """One meeting of the cadence: questions, verdicts, decisions and the next intent."""

    letter = "C"
    table = "checkins"
    noun = "check-in"
    headline = "level"
    states = ("due", "open", "done", "skipped")
    open_states = frozenset({"due", "open"})

    level: str = Field(description="Which level of the cadence, as the settings name it")
    state: Literal["due", "open", "done", "skipped"] = Field("due", description="Where it stands")
    due: date | None = Field(None, description="When it was to be held")
    about: RecordId | None = Field(None, description="The record that triggered it, for one outside the calendar")
    intent: Long = Field("", description="What we intend until the next one")
    answers: Mapping[str, str] = Field({}, description="Question → answer")
    verdicts: tuple[RecordVerdict, ...] = Field((), description="Keep, start, change or stop, for each bet or mission")
    decisions: tuple[RecordId, ...] = Field((), description="Decisions taken in it")
    people: People = Field((), description="Who took part")
    held_on: date | None = Field(None, description="When it was held")
    why_skipped: str = Field("", description="Why it was skipped")

    @property
    def label(self) -> str:
        """The level and the day it was due."""
        return f"{self.level} {self.due.isoformat()}" if self.due else self.level


class Update(Record):
    """What one person wrote about a record at one time; never changed afterwards."""

    letter = "U"
    table = "updates"
    noun = "update"
    headline = "text"

    text: str = Field(description="What there is to say")
    kind: Literal["note", "problem", "solution"] = Field("note", description="What sort of update it is")
    about: RecordId | None = Field(None, description="The record it is about; none means the inbox")
    health: Health | None = Field(None, description="How the record is doing, in my reading")
    confidence: Percent | None = Field(None, description="How sure I am that it will work, %")


KINDS: tuple[type[Record], ...] = (Mission, Bet, Decision, Belief, Signal, Checkin, Update)
BY_LETTER: Mapping[str, type[Record]] = {kind.letter: kind for kind in KINDS}
BY_TABLE: Mapping[str, type[Record]] = {kind.table: kind for kind in KINDS}
BY_NOUN: Mapping[str, type[Record]] = {kind.noun: kind for kind in KINDS}
TABLES: tuple[str, ...] = tuple(BY_TABLE)
SETTINGS_TABLE = "settings"
"""The table whose only document, key "0", holds what the workspace itself decides (``store.settings``)."""


def entity(table: str, key: str, document: Document) -> Record:
    """The record a document describes; raises pydantic's ``ValidationError`` where it breaks the model."""
    kind = BY_TABLE[table]
    return kind.model_validate({**document, "id": kind.letter + key})


def place(record_id: str) -> tuple[str, str]:
    """Where a record stands: its table and key.  Raises ``KeyError`` for a letter no kind has."""
    return BY_LETTER[record_id[0]].table, record_id[1:]
