"""What records are made of: the words of the domain, and values of several fields, such as links, ranges and readings."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Literal, NamedTuple

from store.declaring import Limit, OneOrMore, field
from store.entity import Value

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


class Shown(NamedTuple):
    """How a field is edited and read: ``long`` takes several lines, ``reference`` holds ids of other records."""

    long: bool = False
    reference: bool = False
    people: bool = False


Long = Annotated[str, Shown(long=True)]
"""Text of several lines, Markdown where it is shown."""


def _are_ids(texts: Collection[str]) -> bool:
    return all(map(str.isdecimal, [text[1:] for text in texts])) and _CAPITALS.issuperset([text[0] for text in texts])


_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


RecordId = Annotated[str, Shown(reference=True), Limit(pattern=r"^[A-Z]\+?\d+$", plainly=_are_ids)]
"""The id of a record: a letter for its kind and its number; ``B+1`` is the first new record of a step (``store.step``)."""
Timestamp = str
"""A time in UTC as ISO 8601 with milliseconds, ``2026-11-22T08:30:00.000Z``; sorts as text."""
Person = Annotated[str, Shown(people=True)]
"""A name people write with ``@`` in front; kept without it."""
Percent = Annotated[int, Limit(ge=0, le=100)]
Texts = Annotated[tuple[str, ...], OneOrMore()]
"""A list of short texts; a single text is a list of one."""
People = Annotated[tuple[Person, ...], OneOrMore()]


class Part(Value):
    """A piece of an entity: a value with named fields, no id of its own."""


class Link(Part):
    """A labelled arrow to another record; one ``nests_in`` of a record may be the primary one, which draws the tree."""

    kind: LinkKind = "informs"
    to: RecordId
    primary: bool = False


class Intent(Part):
    purpose: str = field(default="", description="What the mission is for")
    end_state: str = field(default="", description="What is true when it has succeeded")
    bounds: str = field(default="", description="What it must not cost or touch")


def reversed_ends(low: float, high: float) -> str:
    """What is wrong with a range whose low end is above its high one; "" for others."""
    return "" if low <= high else f"the low end {low:g} is above the high end {high:g}"


class Range(Part):
    """A low and a high estimate from 0 to 10; equal ends say that one is sure."""

    low: Annotated[float, Limit(ge=0, le=10)]
    high: Annotated[float, Limit(ge=0, le=10)]

    def problem(self) -> str:
        """Says so when the ends stand the wrong way round."""
        return reversed_ends(self.low, self.high)


class Uncertainty(Part):
    value: Range | None = field(default=None, description="What it is worth if it works, 0–10")
    experimentability: Range | None = field(default=None, description="How cheaply it can be tried, 0–10")
    duration: Range | None = field(default=None, description="How long it takes, 0–10")
    solvability: Range | None = field(default=None, description="How likely a solution is found, 0–10")
    know_how: Range | None = field(default=None, description="How well the people know this ground, 0–10")


class Score(Part):
    level: Level
    why: str = ""


class Forecast(Part):
    """Where a signal will be, as a 90 % range."""

    signal: RecordId | None = field(default=None, description="The signal this bet should move")
    from_value: float | None = field(default=None, description="Where it stands when the bet is placed")
    to_value: float | None = field(default=None, description="Where it should be")
    low: float | None = field(default=None, description="Low end of the 90 % range")
    high: float | None = field(default=None, description="High end of the 90 % range")
    by: date | None = field(default=None, description="When to look; else when the bet is to settle")


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
