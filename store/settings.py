"""What a workspace decides for itself: its words, its check-in levels and their questions, criteria, limits.

The settings are one document of the workspace, so they are shared, journalled and undone like any record.  Ids inside the
records never change; only what people read does.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from store.declaring import Invalid, Limit, field
from store.entity import Value
from store.model import BY_NOUN, SETTINGS_TABLE
from store.operations import Document, State
from store.parts import Horizon

SETTINGS_KEY = "0"

PLURALS = {
    "mission": "missions", "bet": "bets", "decision": "decisions", "belief": "beliefs",
    "signal": "signals", "check-in": "check-ins", "update": "updates",
}  # fmt: skip


class Ritual(Value):
    """What every ritual has, in the calendar or called for by a record: name, time, what it asks, its own review."""

    id: str
    title: str
    minutes: Annotated[int, Limit(ge=0)] = field(default=30, description="The time it is given")
    questions: tuple[str, ...] = ()
    review_on: date | None = field(
        default=None, description="When the ritual itself is reviewed: does it still earn its time?"
    )


class CheckinLevel(Ritual):
    """One rhythm of the cadence: how often, from which day on, for how long, and what it asks."""

    rule: str = field(description="How often, as an iCalendar RRULE: FREQ=WEEKLY;INTERVAL=6")
    anchor: date = field(description="A day it falls on; all others are counted from here")
    at: Annotated[str, Limit(pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$")] = field(
        default="", description="The time of day it begins, 09:30; none: all day"
    )
    since: date | None = field(
        default=None, description="From which day on it is asked for, noted when it is added; none: from the first day on"
    )
    gathers: tuple[str, ...] = field(
        default=(), description="Parts of the agenda, the first beside the first question; none: by length"
    )
    ranks: str = field(default="", description="What settled bets are ranked back by, such as impact; none: no looking back")


class Trigger(Ritual):
    """A check-in that a record calls for: some days after a bet settled, or before something large is committed to."""

    when: Literal["settled", "placing", "one-way"] = field(
        description="A bet settled; one is to be placed; a one-way decision"
    )
    days: Annotated[int, Limit(ge=0)] = field(default=0, description="Days after which it is due")
    lapses: Annotated[int, Limit(ge=1)] = field(default=90, description="Days after which it is no longer asked for")
    horizons: tuple[Horizon, ...] = field(
        default=("quarters", "years", "decades"), description="Horizons of bets that count as large"
    )


LEVELS = (
    CheckinLevel(
        id="weekly", title="Weekly", rule="FREQ=WEEKLY", anchor=date(2024, 1, 1), minutes=30,
        gathers=("happened", "moved", "oldest", "choices", "crossed", "due", "rituals"),
        questions=(
            "What did we intend, and what happened?",
            "What moved someone's confidence?",
            "What is oldest, and who can help?",
            "Which open choice can be made now?",
        ),
    ),
    CheckinLevel(
        id="six-weeks", title="Six weeks", rule="FREQ=WEEKLY;INTERVAL=6", anchor=date(2024, 1, 1), minutes=180,
        gathers=("bets", "crossed", "released", "blind", "wip", "ready", "happened", "moved", "due", "rituals"),
        questions=(
            "Which bets would we place again today?",
            "What crossed its pivot or proceed line?",
            "What is released and not learned from?",
            "Where are data, insight and action weakest?",
            "What stops, so that something can start?",
        ),
    ),
    CheckinLevel(
        id="half-year", title="Half-year", rule="FREQ=MONTHLY;INTERVAL=6", anchor=date(2024, 1, 8), minutes=480,
        gathers=("missions", "signals", "gaps", "risk", "rituals", "happened", "crossed", "released", "due"),
        questions=(
            "Do missions, mandates and people still fit?",
            "Do the signals explain the results?",
            "Where does the ladder have gaps?",
            "Is the mix of risk intended?",
            "Which rituals retire?",
        ),
    ),
    CheckinLevel(
        id="yearly", title="Yearly", rule="FREQ=YEARLY", anchor=date(2024, 1, 15), minutes=960, ranks="impact",
        gathers=("past", "calibration", "doubts", "missions", "gaps", "rituals"),
        questions=(
            "Look back: which past bets mattered most, and of how many do we not know?",
            "What does the calibration say?",
            "Diverge: which questions, which tensions, what if we shipped nothing?",
            "Converge: which few missions, which explicit noes, what in the first six weeks?",
        ),
    ),
)  # fmt: skip

TRIGGERS = (
    Trigger(
        id="learning-review", title="Learning review", when="settled", days=30, minutes=45,
        questions=(
            "What did we expect, and what happened?",
            "What surprised us?",
            "Would we place it again, knowing only what we knew then?",
            "What do we do differently from now on?",
        ),
    ),
    Trigger(
        id="premortem", title="Premortem", when="placing", minutes=45,
        questions=(
            "It is over and it failed: what happened?",
            "Which of these could we see coming, and by which sign?",
            "What do we change now, and where is the line at which we turn?",
        ),
    ),
    Trigger(
        id="premortem-one-way", title="One-way door premortem", when="one-way", minutes=45,
        questions=(
            "We went through and regret it: what happened?",
            "What would let us try it in a way that leads back?",
            "Who sees it differently, and what do they see?",
        ),
    ),
)  # fmt: skip


class Settings(Value):
    """The settings of one workspace; every field has a default that works."""

    name: str = field(default="", description="What the workspace is called")
    kinds: Mapping[str, tuple[str, str]] = field(default={}, description="Kind → its name for one and for several")
    states: Mapping[str, Mapping[str, str]] = field(default={}, description="Kind → state → its name")
    horizons: Mapping[str, str] = field(default={}, description="Horizon → its name")
    levels: tuple[CheckinLevel, ...] = field(default=LEVELS, description="The check-in levels")
    triggers: tuple[Trigger, ...] = field(default=TRIGGERS, description="The check-ins that records call for")
    zone: str = field(
        default="", description="The time zone whose days count here, such as Europe/Berlin; none: each person's own"
    )
    began: date | None = field(
        default=None, description="The day it began, noted when its first record is deleted; none: when that was captured"
    )
    criteria: tuple[str, ...] = field(default=("impact", "reach", "effort"), description="What bets are scored by")
    buckets: tuple[str, ...] = field(
        default=("growth", "quality", "learning", "keep running"), description="Parts of the portfolio"
    )
    modes: tuple[str, ...] = field(default=("quest", "chip", "fire"), description="Ways a bet is worked")
    teams: tuple[str, ...] = field(default=(), description="Teams people belong to")
    wip_limits: Mapping[str, int] = field(default={}, description="Team → how many placed bets it can carry")
    views: Mapping[str, Any] = field(default={}, description="Saved views of everybody, by name (store.views reads them)")
    tellings: Mapping[str, Mapping[str, str]] = field(
        default={}, description="Kind → audience → what it is told (store.stories)"
    )

    def one(self, noun: str) -> str:
        """What one record of a kind is called here."""
        return self.kinds[noun][0] if noun in self.kinds else noun

    def many(self, noun: str) -> str:
        """What several records of a kind are called here."""
        return self.kinds[noun][1] if noun in self.kinds else PLURALS[noun]

    def state(self, noun: str, state: str) -> str:
        """What a state of a kind is called here."""
        return self.states.get(noun, {}).get(state, state)

    def horizon(self, horizon: str | None) -> str:
        """What a horizon is called here; "" for none."""
        return self.horizons.get(horizon, horizon) if horizon else ""

    def level(self, level_id: str) -> CheckinLevel | None:
        """The check-in level of that id, or None when the workspace no longer has it."""
        return next((level for level in self.levels if level.id == level_id), None)

    def ritual(self, level_id: str) -> Ritual | None:
        """The level or the trigger of that id, or None when the workspace no longer has it."""
        return self.level(level_id) or next((one for one in self.triggers if one.id == level_id), None)

    def titled(self, level_id: str) -> str:
        """What a check-in of that level is called; one the workspace no longer has keeps its id."""
        ritual = self.ritual(level_id)
        return ritual.title if ritual is not None else level_id

    def noun_for(self, word: str) -> str | None:
        """The kind a person means by a word: its own name or plural, or what the workspace calls it."""
        word = word.lower()
        for noun in BY_NOUN:
            names = (noun, PLURALS[noun], self.one(noun).lower(), self.many(noun).lower())
            if word in names or word in [name.replace("-", "") for name in (noun, PLURALS[noun])]:
                return noun
        return None


DEFAULT = Settings()


def settings_of(state: State) -> Settings:
    """The settings a state holds; a part that cannot be read falls back to its default, one by one."""
    document = state.get(SETTINGS_TABLE, {}).get(SETTINGS_KEY)
    return DEFAULT if document is None else _lenient(document)


def _lenient(document: Document) -> Settings:
    try:
        return Settings.model_validate(document)
    except Invalid as error:
        broken = {str(problem["loc"][0]) for problem in error.errors()}
        return Settings.model_validate({name: value for name, value in document.items() if name not in broken})


def noted(settings: Settings, before: Settings, today: date) -> Settings:
    """The settings with the day noted in the levels that were not there before: nobody could have held them until then."""
    known = {level.id for level in before.levels}
    levels = tuple(
        one if one.id in known or one.since is not None else one.model_copy(update={"since": today})
        for one in settings.levels
    )
    return settings if levels == settings.levels else settings.model_copy(update={"levels": levels})


def document_of(settings: Settings) -> dict[str, Any]:
    """The settings as a JSON object, without what holds its default."""
    return settings.model_dump(mode="json", exclude_defaults=True)
