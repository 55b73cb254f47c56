"""How we work: every ritual with its rhythm, its time, what it brought, and when it is reviewed itself.  Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from store.cadence import Rhythm, occurrences, of_level, pending, rhythms, trouble
from store.index import Index
from store.model import Bet, Checkin, Mission, Record
from store.outline import standing
from store.records import Records
from store.settings import CheckinLevel, Ritual, Trigger

YEAR = timedelta(days=365)
"""How far back it is told what a ritual brought."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Account(NamedTuple):
    """One ritual and what can be said of it: ``missed`` occurrences are those nobody held or skipped, ``rolled`` how many of
    them the one that is due rolled over, in words.

    ``hours`` are those of everybody who took part, as long as it is given time.
    """

    ritual: Ritual
    when: str
    due: date | None
    rolled: str
    held: int
    skipped: int
    missed: int
    hours: float
    decisions: int
    verdicts: Mapping[str, int]
    whys: tuple[str, ...]

    def is_to_review(self, today: date) -> bool:
        """Whether the day on which the ritual itself is looked at has come."""
        return self.ritual.review_on is not None and self.ritual.review_on <= today


class Limit(NamedTuple):
    """How many placed bets a mission or a team may carry, and how many it does."""

    name: str
    placed: int
    most: int


def accounts(records: Records, today: date) -> tuple[Account, ...]:
    """Every ritual of the settings, levels first, with what it brought in the year until today."""
    beats = {found.level.id: found for found in rhythms(records, today)}
    waiting: dict[str, date] = {}
    for one in pending(records, today):
        if one.about and one.due:
            waiting[one.level] = min(one.due, waiting.get(one.level, one.due))
    levels = [_account(level, beats.get(level.id), None, records, today) for level in records.settings.levels]
    triggers = [_account(trigger, None, waiting.get(trigger.id), records, today) for trigger in records.settings.triggers]
    return (*levels, *triggers)


def _account(ritual: Ritual, beat: Rhythm | None, called: date | None, records: Records, today: date) -> Account:
    due = beat.due if beat else called
    since = today - YEAR
    given = [one for one in of_level(ritual.id, records) if (day := _day(one)) is not None and since <= day <= today]
    held = [one for one in given if one.state == "done"]
    skipped = [one for one in given if one.state == "skipped"]
    judged = Counter(verdict.verdict for one in held for verdict in one.verdicts)
    return Account(
        ritual,
        in_words(ritual, today),
        due,
        beat.rolled if beat else "",
        len(held),
        len(skipped),
        _missed(ritual, (*held, *skipped), min(due, today) if due else today),
        sum(ritual.minutes * max(len(one.people), 1) for one in held) / 60,
        sum(len(one.decisions) for one in held),
        {name: judged[name] for name in ("start", "change", "stop") if judged[name]},
        tuple(one.why_skipped.strip() for one in skipped if one.why_skipped.strip()),
    )


def _day(checkin: Checkin) -> date | None:
    return checkin.held_on or checkin.due


def _missed(ritual: Ritual, answered: Sequence[Checkin], until: date) -> int:
    """The occurrences since the first that was answered, before the one to hold now, that nobody held or skipped."""
    days = {one.due for one in answered if one.due is not None}
    if not days or not isinstance(ritual, CheckinLevel) or trouble(ritual, ritual.anchor - timedelta(days=1)):
        return 0
    return sum(day not in days for day in occurrences(ritual, min(days), until - timedelta(days=1)))


# ---------------------------------------------------------------------------------------------------------------- in words


def in_words(ritual: Ritual, today: date) -> str:
    """When a ritual is: ``every Monday at 09:30``, ``every 6 weeks on Monday``, ``30 days after a bet settled``."""
    if isinstance(ritual, Trigger):
        return CALLS[ritual.when].format(days=ritual.days)
    if not isinstance(ritual, CheckinLevel):
        return ""
    if (wrong := trouble(ritual, today)) and not trouble(ritual, ritual.anchor - timedelta(days=1)):
        return "has ended"
    return wrong or _rule_in_words(ritual) + (f" at {ritual.at}" if ritual.at else "")


CALLS: Mapping[str, str] = {
    "settled": "{days} days after a bet settled without a lesson",
    "placing": "while a large bet is shaped, before it is placed",
    "one-way": "before a one-way decision is taken",
}
"""What calls for a check-in, in words."""


def _rule_in_words(level: CheckinLevel) -> str:
    """The rule of a level as people say it; one with more in it than how often, as it is written."""
    parts = dict(part.partition("=")[::2] for part in level.rule.upper().split(";") if part)
    every = int(parts.get("INTERVAL", "1"))
    say = FREQUENCIES.get(parts.get("FREQ", ""))
    if say is None or set(parts) - {"FREQ", "INTERVAL"}:
        return level.rule
    one, several = say
    day = level.anchor
    words = {
        "weekday": WEEKDAYS[day.weekday()],
        "day": f"{day.day}{_ending(day.day)}",
        "date": f"{day:%d} {day:%B}".lstrip("0"),
        "n": every,
    }
    return (one if every == 1 else several).format(**words)


def _ending(day: int) -> str:
    return "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


FREQUENCIES: Mapping[str, tuple[str, str]] = {
    "DAILY": ("every day", "every {n} days"),
    "WEEKLY": ("every {weekday}", "every {n} weeks on {weekday}"),
    "MONTHLY": ("every month on the {day}", "every {n} months on the {day}"),
    "YEARLY": ("every year on {date}", "every {n} years on {date}"),
}
"""FREQ → how it is said of each one, and of every so many."""


def limits(records: Records) -> tuple[Limit, ...]:
    """The WIP limits there are, of missions and then of teams, with the placed bets each carries."""
    placed = records.grouped(PLACED)
    return (
        *(
            Limit(f"{one.id} {one.label}", len(placed.get(one.id, ())), one.wip_limit)
            for one in records.all(Mission)
            if one.is_open and one.wip_limit is not None
        ),
        *(
            Limit(f"team {team}", len(placed.get(("team", team), ())), most)
            for team, most in records.settings.wip_limits.items()
        ),
    )


def _carried_by(record: Record) -> tuple[Hashable, ...]:
    if record.archived or not isinstance(record, Bet) or record.state != "placed":
        return ()
    return (*dict.fromkeys(record.linked("nests_in")), ("team", record.team))


PLACED = Index((Bet,), _carried_by, among=standing("placed"))
"""Placed bets by what they nest in, and by their team."""
