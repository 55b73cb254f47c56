"""The entities of a workspace: every field is declared here and nowhere else; forms, help, import and export read it.

Entities are frozen.  A *document* (``store.operations``) is an entity's JSON without its id, which is its place: ``B12``
stands in the table ``bets`` under the key ``"12"``.  Fields that a newer version or another tool wrote are kept.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from store.declaring import Doubt, Limit, field
from store.entity import Value, accepted, holding
from store.operations import Document
from store.parts import (
    CutCorner,
    Forecast,
    Health,
    Horizon,
    Intent,
    Link,
    LinkKind,
    Long,
    Mandate,
    People,
    Percent,
    Person,
    Reading,
    RecordId,
    RecordVerdict,
    Score,
    Texts,
    Timestamp,
    Uncertainty,
)


class Record(Value):
    """What every record has.  ``id`` is its letter and number; it is not part of the document."""

    letter: ClassVar[str]
    table: ClassVar[str]
    noun: ClassVar[str]
    headline: ClassVar[str] = "title"
    """The field that is enough to capture one."""
    states: ClassVar[tuple[str, ...]] = ()
    open_states: ClassVar[frozenset[str]] = frozenset()
    """States in which somebody still has something to do."""

    id: str = ""
    tags: Texts = field(default=(), description="Words to find it by, without the +")
    links: tuple[Link, ...] = field(default=(), description="Arrows to other records")
    body: Long = field(default="", description="Everything else, in Markdown")
    archived: bool = field(default=False, description="Put away: no longer shown unless asked for")
    source: str = field(default="", description="Where it was imported from; a second import finds it by this")
    created: Timestamp = field(default="", description="When it was captured (UTC)")
    created_by: str = field(default="", description="Who captured it")
    entered: Timestamp = field(
        default="", description="When it came to the state it is in (UTC); none: it is in the one it was captured in"
    )
    updated: Timestamp = field(default="", description="When it last changed (UTC)")
    updated_by: str = field(default="", description="Who last changed it")

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
        document: Document = self.model_dump(mode="json", exclude_defaults=True)
        document.pop("id", None)
        document[self.headline] = getattr(self, self.headline)
        if self.states:
            document["state"] = self.standing
        return document

    def evolve(self, **changes: Any) -> Self:
        """The same record with some fields changed, validated anew."""
        held = {name: value for name, value in self.__dict__.items() if name != "extra"}
        return type(self).model_validate({**self.extra, **held, **changes})


class Mission(Record):
    """A direction a group is on for one to three quarters."""

    letter = "M"
    table = "missions"
    noun = "mission"
    states = ("forming", "active", "paused", "closed")
    open_states = frozenset({"forming", "active", "paused"})

    title: str = field(description="What the mission is called")
    state: Literal["forming", "active", "paused", "closed"] = field(default="forming", description="Where it stands")
    intent: Intent = field(default=Intent(), description="Purpose, end state and bounds")
    horizon: Literal["months", "quarters", "years"] | None = field(default=None, description="How far it reaches")
    mandate: Mandate | None = field(
        default=None, description="Who may decide what: A build exactly this … I long-term outcome"
    )
    team: str = field(default="", description="The team that holds it")
    people: People = field(default=(), description="Who is on it")
    area: str = field(default="", description="The part of the product or company it is about")
    funding: Literal["project", "milestone", "durable"] | None = field(default=None, description="How it is funded")
    wip_limit: Annotated[int, Limit(ge=0)] | None = field(
        default=None, description="How many placed bets it can carry at once"
    )
    drag: Texts = field(default=(), description="What drains it: waits, debt, interrupts")
    review_on: date | None = field(default=None, description="When to look at it again")


class Bet(Record):
    """Something tried to further a mission, with an appetite rather than an estimate."""

    letter = "B"
    table = "bets"
    noun = "bet"
    states = ("option", "shaping", "placed", "released", "settled", "parked", "stopped")
    open_states = frozenset({"option", "shaping", "placed", "released"})

    title: str = field(description="What the bet is called")
    state: Literal["option", "shaping", "placed", "released", "settled", "parked", "stopped"] = field(
        default="option", description="Where it stands"
    )
    horizon: Horizon | None = field(default=None, description="How far it reaches: one to three of these")
    hypothesis: Long = field(default="", description="What we believe will happen, and why")
    opportunity: Long = field(default="", description="The problem or opening it answers")
    opportunity_confidence: Percent | None = field(
        default=None, description="How sure we are that the opportunity is real, %"
    )
    options: Texts = field(default=(), description="Ways it could be done")
    appetite: str = field(default="", description="What we would spend on it; not an estimate")
    kind: Literal["explore", "deliver", "improve", "run"] | None = field(default=None, description="What sort of work it is")
    mode: str = field(default="", description="How it is worked: quest, chip, fire, … your own words")
    mandate: Mandate | None = field(
        default=None, description="Who may decide what: A build exactly this … I long-term outcome"
    )
    team: str = field(default="", description="The team that holds it")
    people: People = field(default=(), description="Who is on it")
    buckets: Texts = field(default=(), description="Parts of the portfolio it counts in")
    drivers: Texts = field(default=(), description="What must be achieved; more than two squeeze it")
    constraints: Texts = field(default=(), description="What must not be broken; more than two squeeze it")
    floats: Texts = field(default=(), description="What may give way; fewer than two squeeze it")
    forecast: Forecast | None = field(default=None, description="Where a signal will be, as a 90 % range")
    uncertainty: Uncertainty = field(default=Uncertainty(), description="Low–high ranges from 0 to 10")
    scores: Mapping[str, Score] = field(default={}, description="Low, mid or high for each criterion, and why")
    if_not: str = field(default="", description="What happens if we do not do it")
    pivot_if: str = field(default="", description="What would make us turn")
    proceed_if: str = field(default="", description="What would make us go further")
    cut_corners: tuple[CutCorner, ...] = field(default=(), description="Debts taken on purpose, each with a date to revisit")
    hill: Percent | None = field(default=None, description="0 figuring out … 50 on top … 100 made")
    placed_on: date | None = field(default=None, description="When it was placed")
    released_on: date | None = field(default=None, description="When it reached people; from then it awaits its outcome")
    settle_by: date | None = field(default=None, description="When its outcome is read")
    settled_on: date | None = field(default=None, description="When its outcome was read")
    result: Literal["won", "lost", "mixed", "unclear"] | None = field(default=None, description="How it came out")
    lesson: Long = field(default="", description="What it taught")
    stops: str = field(default="", description="What stopped so that this could start")
    why_stopped: str = field(default="", description="Why it was parked or stopped")


class Decision(Record):
    """A choice, with what was known and expected when it was taken."""

    letter = "D"
    table = "decisions"
    noun = "decision"
    states = ("open", "decided", "reviewed", "superseded", "reversed")
    open_states = frozenset({"open", "decided"})

    title: str = field(description="What is decided")
    state: Literal["open", "decided", "reviewed", "superseded", "reversed"] = field(
        default="open", description="Where it stands"
    )
    why: Long = field(default="", description="The reason, in a sentence")
    occasion: str = field(default="", description="The meeting or thread it was taken in")
    context: Long = field(default="", description="What was known then")
    options: Texts = field(default=(), description="What else was considered; do nothing is always one")
    chosen: str = field(default="", description="The option taken")
    door: Literal["two-way", "one-way"] = field(default="two-way", description="Whether one can walk back through it")
    driver: Person = field(default="", description="Who drives it to a decision")
    approver: Person = field(default="", description="Who approves it")
    contributors: People = field(default=(), description="Who is asked")
    informed: People = field(default=(), description="Who is told")
    confidence: Percent | None = field(default=None, description="How sure we are that the prediction comes true, %")
    prediction: Long = field(default="", description="What we expect to see")
    decided_on: date | None = field(default=None, description="When it was decided")
    review_on: date | None = field(default=None, description="When to look back at it")
    came_true: bool | None = field(default=None, description="Whether the prediction came true")
    process: Literal["good", "poor"] | None = field(default=None, description="Whether it was decided well")
    outcome: Literal["good", "bad", "unknown"] | None = field(default=None, description="Whether it went well")
    solved: Literal["resolution", "oversight", "flight"] | None = field(
        default=None, description="How it solved the problem: resolved it, overlooked it, or let it leave"
    )
    lesson: Long = field(default="", description="What it taught")


class Belief(Record):
    """Something held to be true, more or less."""

    letter = "A"
    table = "beliefs"
    noun = "belief"
    headline = "text"
    states = ("open", "supported", "refuted", "retired")
    open_states = frozenset({"open"})

    text: str = field(description="What is believed, or asked")
    state: Literal["open", "supported", "refuted", "retired"] = field(default="open", description="Where it stands")
    kind: Literal["fact", "assumption", "belief", "question"] = field(
        default="belief", description="What sort of statement it is"
    )
    converged: Annotated[float, Limit(ge=0, le=10)] | None = field(default=None, description="How far people agree, 0–10")
    benefit: Annotated[float, Limit(ge=-5, le=5)] | None = field(
        default=None, description="Does agreeing help (5) or hurt (−5)?"
    )
    certainty: Annotated[float, Limit(ge=0, le=10)] | None = field(default=None, description="How certain we are, 0–10")
    value: Annotated[float, Limit(ge=0, le=10)] | None = field(
        default=None, description="What being less wrong is worth, 0–10"
    )
    next_step: str = field(default="", description="The next thing that would teach us")
    revisit_on: date | None = field(default=None, description="When to look at it again")


class Signal(Record):
    """Something measured, with the reason for measuring it."""

    letter = "S"
    table = "signals"
    noun = "signal"
    headline = "statement"

    statement: str = field(description="What is measured, in words")
    kind: Literal["north-star", "input", "bet", "health"] | None = field(
        default=None, description="What sort of signal it is"
    )
    unit: str = field(default="", description="What it is counted in")
    from_value: float | None = field(default=None, description="Where it started")
    to_value: float | None = field(default=None, description="Where it should be")
    by: date | None = field(default=None, description="When it should be there")
    use: Literal["learn", "steer", "report"] | None = field(default=None, description="What it is for")
    lag: str = field(default="", description="How long after a change it moves")
    gaming: str = field(default="", description="How it could be gamed")
    readings: tuple[Reading, ...] = field(default=(), description="What was measured, and when")


class Checkin(Record):
    """One meeting of the cadence: questions, verdicts, decisions and the next intent."""

    letter = "C"
    table = "checkins"
    noun = "check-in"
    headline = "level"
    states = ("due", "open", "done", "skipped")
    open_states = frozenset({"due", "open"})

    level: str = field(description="Which level of the cadence, as the settings name it")
    state: Literal["due", "open", "done", "skipped"] = field(default="due", description="Where it stands")
    due: date | None = field(default=None, description="When it was to be held")
    about: RecordId | None = field(default=None, description="The record that triggered it, for one outside the calendar")
    intent: Long = field(default="", description="What we intend until the next one")
    answers: Mapping[str, str] = field(default={}, description="Question → answer")
    verdicts: tuple[RecordVerdict, ...] = field(
        default=(), description="Keep, start, change or stop, for each bet or mission"
    )
    decisions: tuple[RecordId, ...] = field(default=(), description="Decisions taken in it")
    people: People = field(default=(), description="Who took part")
    held_on: date | None = field(default=None, description="When it was held")
    why_skipped: str = field(default="", description="Why it was skipped")

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

    text: str = field(description="What there is to say")
    kind: Literal["note", "problem", "solution"] = field(default="note", description="What sort of update it is")
    about: RecordId | None = field(default=None, description="The record it is about; none means the inbox")
    health: Health | None = field(default=None, description="How the record is doing, in my reading")
    confidence: Percent | None = field(default=None, description="How sure I am that it will work, %")


KINDS: tuple[type[Record], ...] = (Mission, Bet, Decision, Belief, Signal, Checkin, Update)
BY_LETTER: Mapping[str, type[Record]] = {kind.letter: kind for kind in KINDS}
BY_TABLE: Mapping[str, type[Record]] = {kind.table: kind for kind in KINDS}
BY_NOUN: Mapping[str, type[Record]] = {kind.noun: kind for kind in KINDS}
TABLES: tuple[str, ...] = tuple(BY_TABLE)
SETTINGS_TABLE = "settings"
"""The table whose only document, key "0", holds what the workspace itself decides (``store.settings``)."""


def entity(table: str, key: str, document: Document) -> Record:
    """The record a document describes; raises ``Invalid`` where it breaks the model."""
    kind = BY_TABLE[table]
    try:
        held = accepted(kind, document)
    except Doubt:
        return kind.model_validate({**document, "id": kind.letter + key})
    held["id"] = kind.letter + key
    return holding(kind, held)


def place(record_id: str) -> tuple[str, str]:
    """Where a record stands: its table and key.  Raises ``KeyError`` for a letter no kind has."""
    return BY_LETTER[record_id[0]].table, record_id[1:]
