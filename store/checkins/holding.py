"""Holding a check-in: what was answered becomes one step, with its verdicts, decisions and readings."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from store.changes import superseding
from store.checkins.verdicts import Effect, effects, says
from store.errors import NotFound, UsageError
from store.joining import twin
from store.lifecycle import moved, objection
from store.model import Bet, Checkin, Decision, Record, Update
from store.parts import RecordVerdict
from store.records import Records
from store.step import Change, Step, is_provisional, provisional

RANKS = ("high", "mid", "low", "don't know")
"""How a past bet can be ranked when one looks back."""


class Given(NamedTuple):
    """What people gave a check-in: answers by question, verdicts, decisions one a line, the next intent, who was there.

    ``done`` is False for one that is left open for others: its verdicts wait.  None leaves a part as it is.
    """

    answers: Mapping[str, str]
    verdicts: tuple[RecordVerdict, ...] | None = None
    decisions: str | None = None
    intent: str | None = None
    people: tuple[str, ...] | None = None
    lesson: str | None = None
    """What the bet or the decision taught that the check-in is about."""
    done: bool = True


def name_of(checkin: Checkin, records: Records) -> str:
    """What a sentence calls a check-in: ``the Weekly check-in of 2026-11-23``, ``the Premortem of B12``."""
    title = records.settings.titled(checkin.level)
    if checkin.about:
        return f"the {title} of {checkin.about}"
    return f"the {title} check-in" + (f" of {checkin.due}" if checkin.due else "")


def held(checkin: Checkin, given: Given, records: Records, today: date, me: str, *, asked: Records | None = None) -> Step:
    """The step that keeps what a check-in brought and, when it is done, does what its verdicts say.

    ``checkin`` and ``given`` are as they were shown and answered, so that what others wrote since is merged or told;
    ``records`` is what stands now, ``asked`` what stood then: verdicts that others gave meanwhile are done, too.

    Raises ``UsageError`` or ``NotFound`` where something cannot be understood.
    """
    before = None if is_provisional(checkin.id) else checkin
    base = before or checkin.evolve(id=provisional(Checkin, 1))
    stands = stored(checkin, records) or base
    ordinals = itertools.count(2)
    verdicts = base.verdicts if given.verdicts is None else given.verdicts
    fresh = [one for one in verdicts if one not in base.verdicts and one not in stands.verdicts]
    every = _together(base.verdicts, verdicts, stands.verdicts)
    wanted = effects((fresh if stands.state == "done" else every) if given.done else (), records, today)
    notes = list(_notes(fresh, {one.record.id: one for one in wanted}, ordinals))
    decisions = list(_decisions(base, given.decisions, records, today, me, ordinals))
    people = base.people if given.people is None else given.people
    after = base.evolve(
        state="done" if given.done else "open" if base.state == "due" else base.state,
        held_on=base.held_on or (today if given.done else None),
        answers={**base.answers, **given.answers} if given.answers else base.answers,
        verdicts=verdicts,
        decisions=tuple(dict.fromkeys(one.record.id for one in decisions))
        if given.decisions is not None
        else base.decisions,
        intent=base.intent if given.intent is None else given.intent.strip(),
        people=tuple(dict.fromkeys(filter(None, (*people, me)))),
    )
    after = after.evolve(answers={question: text for question, text in after.answers.items() if text.strip()})
    changes = [
        Change(before, after),
        *(Change(None, note) for note in notes),
        *(change for change in decisions if change.before != change.after),
        *(change for one in decisions if one.before is None for change in superseding(records, one.record)),
        *(Change(one.record, one.after) for one in wanted if one.after is not None),
        *_learned(base, given.lesson, asked or records),
    ]
    return Step(tuple(changes), _sentence(after, wanted, [one.record for one in decisions], records))


def _together(
    shown: Iterable[RecordVerdict], mine: Iterable[RecordVerdict], theirs: Iterable[RecordVerdict]
) -> tuple[RecordVerdict, ...]:
    """The verdicts that stand when mine are kept: those there are, without what I took back, with what I gave instead."""
    was, now = {one.record: one for one in shown}, {one.record: one for one in mine}
    changed = {record: now.get(record) for record in (*was, *now) if now.get(record) != was.get(record)}
    standing = {**{one.record: one for one in theirs}, **changed}
    return tuple(one for one in standing.values() if one is not None)


def _learned(checkin: Checkin, lesson: str | None, records: Records) -> Iterator[Change]:
    """The lesson, written down where it was learned."""
    record = records.get(checkin.about or "")
    if lesson is not None and isinstance(record, Bet | Decision) and lesson.strip() != record.lesson.strip():
        yield Change(record, record.evolve(lesson=lesson.strip()))


def _sentence(checkin: Checkin, wanted: Iterable[Effect], taken: Iterable[Record], records: Records) -> str:
    """What was done, and what of it was not: a decision that is named as taken stays open until it is decided."""
    done = "held" if checkin.state == "done" else "wrote to"
    left = [one.label if is_provisional(one.id) else one.id for one in taken if one.standing == "open"]
    still = [f"still {records.settings.state('decision', 'open')}: {', '.join(left)}"] if left else []
    said = "; ".join([*(one.said for one in wanted if one.said), *still])
    return f"{done} {name_of(checkin, records)}" + (f": {said}" if said else "")


def _notes(fresh: Iterable[RecordVerdict], wanted: Mapping[str, Effect], ordinals: Iterator[int]) -> Iterator[Update]:
    """My readings, and what I said should change: written when I gave the verdict, because readings are personal."""
    for verdict in fresh:
        text = says(verdict, wanted.get(verdict.record))
        if text is not None:
            yield Update(
                id=provisional(Update, next(ordinals)), text=text, about=verdict.record, confidence=verdict.confidence
            )


# -------------------------------------------------------------------------------------------------------------- decisions


def _decisions(
    checkin: Checkin, lines: str | None, records: Records, today: date, me: str, ordinals: Iterator[int]
) -> Iterator[Change]:
    """The decisions taken in a check-in, with it as their occasion unless they have one; a line of text captures one."""
    occasion = name_of(checkin, records).removeprefix("the ")
    for line in filter(None, map(str.strip, (lines or "").splitlines())):
        found = _named(line, records)
        if found is None:
            yield Change(None, _captured(line, occasion, records, today, me, next(ordinals)))
        else:
            yield Change(found, found if found.occasion.strip() else found.evolve(occasion=occasion))


def _named(line: str, records: Records) -> Decision | None:
    """The decision a line names by its id in front; None for a line that tells a new one."""
    word = line.split()[0].rstrip(":,").upper()
    if not (word[1:].isdigit() and word[0].isalpha()) and not word.isdigit():
        return None
    try:
        found = records.find(word)
    except NotFound:
        if word.isdigit() and " " in line:
            return None  # 10 seats are enough
        raise
    if not isinstance(found, Decision):
        if word.isdigit():
            return None
        raise UsageError(f"{found.id} is no decision. Name decisions by their ids, or write what was decided.")
    return found


def _captured(line: str, occasion: str, records: Records, today: date, me: str, ordinal: int) -> Decision:
    """A decision told in a line: decided, unless a guard wants more, then it stays open."""
    from store.capture import draft  # only where something is captured

    found = draft("decide", line, today=today, me=me)
    decision = Decision.model_validate({"occasion": occasion, **found.document, "id": provisional(Decision, ordinal)})
    decided = decision.evolve(**moved(decision, "decided", today))
    return decision if objection(None, decided, records) else decided


def stored(checkin: Checkin, records: Records) -> Checkin | None:
    """The check-in as it is kept, also when it was begun by somebody since it was shown as not held yet."""
    if not is_provisional(checkin.id):
        found = records.get(checkin.id)
        return found if isinstance(found, Checkin) else checkin
    others = ((one.key, one.document()) for one in records.all(Checkin))
    key = twin(checkin.document(), others)
    found = None if key is None else records.get(Checkin.letter + key)
    return found if isinstance(found, Checkin) else None


# -------------------------------------------------------------------------------------------------------------- looking back


def rankable(checkin: Checkin, records: Records, since: date, today: date) -> tuple[Bet, ...]:
    """The bets that a check-in looks back on: settled since a day, and those it ranked already; the newest last."""
    settled = [
        bet for bet in records.all(Bet)
        if bet.state == "settled" and bet.settled_on is not None and since <= bet.settled_on <= today
    ]  # fmt: skip
    return tuple(sorted(settled, key=lambda bet: (bet.settled_on, bet.number)))


def rank_question(criterion: str, record: Record) -> str:
    """The question under which the rank of a bet is kept among the answers."""
    return f"{criterion} of {record.id}"


def ranks(checkin: Checkin, criterion: str) -> Mapping[str, str]:
    """The ranks a check-in gave: id of the bet → high, mid, low or don't know."""
    front = f"{criterion} of "
    return {
        question.removeprefix(front): answer
        for question, answer in checkin.answers.items()
        if criterion and question.startswith(front) and answer in RANKS
    }
