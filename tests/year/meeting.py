"""Check-ins of the walk: who holds which, what they decide and judge in it, and what that does to the ledger."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from store.cadence import pending
from store.model import Checkin
from tests.year.group import Person
from tests.year.ledger import Row
from tests.year.reckoning import LARGE

Verdicts = dict[str, tuple[str, int | None, str]]
"""Record → verdict, how sure, why."""


def waiting(person: Person, level: str, about: str = "") -> Checkin | None:
    """The check-in of a level, or about a record, as the person sees it now."""
    found = pending(person.workspace.records, person.today)
    return next((one for one in found if one.level == level and (one.about or "") == about), None)


def verdicts(person: Person, chance: Random, most: int) -> Verdicts:
    """What somebody says of running bets, and which one starts: stop what everybody doubts, keep the others."""
    found: Verdicts = {}
    running = [row for row in person.ledger.of("bet") if row.state in ("placed", "released")]
    for row in chance.sample(running, min(most, len(running))):
        draw = chance.random()
        sure = chance.randrange(20, 95, 5)
        if draw < 0.07:
            found[row.id] = ("stop", sure if draw < 0.04 else None, "nobody would miss it")
        elif draw < 0.2:
            found[row.id] = ("change", sure, "half of it")
        else:
            found[row.id] = ("keep", sure if draw < 0.8 else None, "")
    shaped = [row for row in person.ledger.of("bet") if row.state in ("option", "shaping")]
    for row in chance.sample(shaped, min(1, len(shaped))):
        found[row.id] = ("start", 60, "")
    return found


def typed(given: Verdicts, row_of: dict[str, Row]) -> dict[str, str]:
    """The lines of the form: running ones have a line of their own, the others share one."""
    said = {
        name: " ".join(filter(None, (word, "" if sure is None else str(sure), why)))
        for name, (word, sure, why) in given.items()
    }
    own = {name: line for name, line in said.items() if row_of[name].state in ("placed", "released")}
    others = "\n".join(f"{name} {line}" for name, line in said.items() if name not in own)
    return {**{f"verdicts.{name}": line for name, line in own.items()}, **({"others": others} if others else {})}


def meet(
    person: Person, checkin: Checkin, given: Verdicts, decisions: tuple[tuple[str, int], ...] = (), intent: str = "",
    people: str = "",
) -> str:  # fmt: skip
    """Hold a check-in with verdicts, decisions taken in it (title, how sure) and the next intent; its id."""
    answers = {f"answers.{question}": "we talked about it" for question in questions(person, checkin)[:2]}
    answers |= typed(given, person.ledger.rows) if not checkin.about else {}
    review = person.today + timedelta(days=42)
    if decisions:
        answers["decisions"] = "\n".join(f"{title} conf:{sure} revisit:{review}" for title, sure in decisions)
    if people:
        answers["people"] = people
    name, taken = person.hold(checkin, {**answers, "intent": intent})
    about = [name]
    fresh = iter(f"D{change.key}" for change in taken.operations if change.table == "decisions")
    for _, sure in decisions:
        made = next(fresh)
        row = Row(made, "decision", "decided", person.today, person.name, due=review, confidence=sure)
        row.decided = person.today
        person.ledger.rows[made] = row
        about.append(made)
    for record in sorted(given, key=lambda one: given[one][0] != "stop") if not checkin.about else ():
        about += [record] * judge(person, record, *given[record])
    person.ledger.did(person.name, person.today, tuple(about), f"step:{taken.n}" if len(taken.operations) > LARGE else "")
    return name


def judge(person: Person, record: str, word: str, sure: int | None, why: str) -> bool:
    """What a verdict does, in the ledger; whether that is anything."""
    row = person.ledger.rows[record]
    refused = False
    if word == "stop":
        person.moved(record, "stopped")
    if word == "start":
        refused = not (row.due and row.pivot_if and row.above)
        if not refused:
            person.moved(record, "placed")
    if sure is not None or word == "change" or refused:
        person.wrote(record, sure)
    return sure is not None or word != "keep"


def questions(person: Person, checkin: Checkin) -> tuple[str, ...]:
    """What the level asks."""
    ritual = person.workspace.records.settings.ritual(checkin.level)
    return ritual.questions if ritual else ()
