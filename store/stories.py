"""What one record is to different readers: a template (``store.telling``) for every kind and audience.

Nothing in a template praises: it holds facts (``store.facts``) and what is not known.  What customers read names no
person, no id and no confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from store.facts import facts
from store.model import Record
from store.records import Records
from store.telling import Line, tell

AUDIENCES = ("executives", "team", "finance", "customers")

BET = {
    "executives": """
        # {title}
        {standing}
        Furthers: {parents|nothing above it is named}
        Problem: {opportunity|not written yet}
        Expected: {forecast|no forecast yet}
        Measured: {measured}
        Spend: {appetite|no appetite yet}
        Outcome read: {settle_by|no day yet}
        Turn if: {pivot_if|no line yet at which we would turn}
        How sure: {readings|nobody has said how sure they are}
        Differs: {differ}
        Without it: {if_not}
        Came out: {result}
        Taught us: {lesson}
        Stopped: {why_stopped}
        # To be decided
        {open_decisions}
    """,
    "team": """
        # {title}
        {standing}
        Problem: {opportunity|not written yet}
        We think: {hypothesis|no hypothesis yet}
        Who: {people|nobody is on it yet}
        Must achieve: {drivers}
        Must not break: {constraints}
        May give way: {floats|nothing is said to}
        Spend: {appetite|no appetite yet}
        Turn if: {pivot_if|no line yet at which we would turn}
        Go on if: {proceed_if}
        Hill: {hill}
        Outcome read: {settle_by|no day yet}
        Cut for now: {cut_corners}
        Depends on: {depends_on}
        Taught us: {lesson}
        Stopped: {why_stopped}
        # What people say
        {readings|Nobody has said how it looks.}
        {differ}
        {said}
        # Decided
        {decisions}
    """,
    "finance": """
        # {title}
        {standing}
        Spend: {appetite|no appetite yet}
        Return: {forecast|no forecast yet}
        Measured: {measured|not measured yet}
        Outcome read: {settle_by|no day yet}
        We stop if: {pivot_if|no line yet at which we would}
        Not known: {uncertainty|nobody has said how uncertain it is}
        Without it: {if_not|not written what happens without it}
        Replaces: {stops}
        Counts in: {buckets}
        Owed later: {cut_corners}
        Came out: {result}
        Taught us: {lesson}
        Stopped: {why_stopped}
    """,
    "customers": """
        # {title}
        {outside}
        Problem: {opportunity|not written yet}
        What we try: {hypothesis|not written yet}
        We look at: {signal|nothing we measure is named}
        Since: {released_on}
        What came of it: {lesson}
    """,
}
MISSION = {
    "executives": """
        # {title}
        {standing}
        Purpose: {intent.purpose|not written yet}
        Done when: {intent.end_state|no end state yet}
        Bounds: {intent.bounds}
        Reach: {horizon|no horizon yet}
        Furthers: {parents}
        Moves: {signals|no signal is named}
        How sure: {readings|nobody has said how sure they are}
        Differs: {differ}
        Looked at again: {review_on|no day yet}
        # Placed under it
        {placed|No bet is placed.}
        # Awaiting their outcome
        {released}
        # To be decided
        {open_decisions}
    """,
    "team": """
        # {title}
        {standing}
        Purpose: {intent.purpose|not written yet}
        Done when: {intent.end_state|no end state yet}
        Bounds: {intent.bounds|none are written}
        We may decide: {mandate|no mandate yet}
        Who: {people|nobody is on it yet}
        At once: {wip|no limit on bets placed at once}
        Drains us: {drag}
        # Placed
        {placed|No bet is placed.}
        # Taking shape
        {shaping}
        # Awaiting their outcome
        {released}
        # What people say
        {readings|Nobody has said how it looks.}
        {differ}
        {said}
    """,
    "finance": """
        # {title}
        {standing}
        Funded: {funding|not said how}
        Reach: {horizon|no horizon yet}
        Moves: {signals|no signal is named}
        Looked at again: {review_on|no day yet}
        # Spend on what is placed
        {spending|Nothing is placed.}
        # What came out of earlier bets
        {settled|None has settled yet.}
        # Stopped
        {stopped}
    """,
    "customers": """
        # {title}
        {outside}
        Purpose: {intent.purpose|not written yet}
        Done when: {intent.end_state|not written yet}
        Not at the cost of: {intent.bounds}
        # Worked on now
        {placed_titles|Nothing at the moment.}
        # There already
        {released_titles}
    """,
}
DECISION = {
    "executives": """
        # {title}
        {standing}
        Chosen: {chosen|nothing yet}
        Because: {why|no reason is written}
        Instead of: {options}
        Can be undone: {door_words}
        We expect: {prediction|nothing was predicted}
        How sure: {sure|not said}
        Looked at again: {review_on|no day yet}
        Came true: {came_true}
        Went: {outcome}
        Taught us: {lesson}
    """,
    "team": """
        # {title}
        {standing}
        Known then: {context|not written}
        Considered: {options|only this, or doing nothing}
        Chosen: {chosen|nothing yet}
        Because: {why|no reason is written}
        Driven by: {driver|nobody is named}
        Approved by: {approver|nobody is named}
        Asked: {contributors}
        Told: {informed}
        Can be undone: {door_words}
        We expect: {prediction|nothing was predicted}
        How sure: {sure|not said}
        Looked at again: {review_on|no day yet}
        Concerns: {informs}
        Taught us: {lesson}
        # What people say
        {readings}
        {differ}
        {said}
    """,
    "finance": """
        # {title}
        {standing}
        Chosen: {chosen|nothing yet}
        Can be undone: {door_words}
        Instead of: {options|no other option is written}
        Because: {why|no reason is written}
        Concerns: {informs|no bet or mission is named}
        We expect: {prediction|nothing was predicted}
        Looked at again: {review_on|no day yet}
        Went: {outcome}
    """,
    "customers": """
        # {title}
        {outside}
        We chose: {chosen|nothing yet}
        Because: {why|no reason is written}
        It can change: {door_words}
        We look again: {review_on|no day is set}
    """,
}
BELIEF = """
    # {title}
    {standing}
    Agreed: {converged|nobody has said how far people agree}
    Certain: {certainty|nobody has said how certain it is}
    Next: {next_step|no next step to learn more}
    Tested by: {tested_by|nothing tests it}
    Looked at again: {revisit_on|no day yet}
    # What people say
    {readings}
    {said}
"""
SIGNAL = """
    # {title}
    Measured: {measured|not measured yet}
    From: {from_value|not said where it started}
    To: {to_value|not said where it should be}
    By: {by}
    Lags: {lag|not said}
    Gamed by: {gaming|nobody has asked how}
    Moved by: {driven_by|nothing is linked that drives it}
"""
CHECKIN = """
    # {title}
    {standing}
    Intent: {intent|none was left}
    Who: {people}
    Skipped: {why_skipped}
    # Verdicts
    {verdicts}
    # Answers
    {answers}
"""
TEMPLATES: Mapping[str, Mapping[str, str]] = {
    "mission": MISSION,
    "bet": BET,
    "decision": DECISION,
    "belief": dict.fromkeys(AUDIENCES, BELIEF),
    "signal": dict.fromkeys(AUDIENCES, SIGNAL),
    "check-in": dict.fromkeys(AUDIENCES, CHECKIN),
}
"""Kind → audience → template; what is told to everybody alike stands once."""


def story(record: Record, records: Records, today: date, audience: str) -> tuple[Line, ...]:
    """What there is to tell an audience of a record; nothing of an update, which is told with what it is about."""
    template = TEMPLATES.get(record.noun, {}).get(audience)
    return () if template is None else tell(template, facts(record, records, today))
