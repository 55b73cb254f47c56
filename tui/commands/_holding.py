"""What a check-in asks, with what was gathered before it, and what the answers mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TypeGuard

from store.cadence import days_early
from store.checkins.agenda import Agenda, agenda, beside, criterion, in_short, looked_back_on
from store.checkins.agenda_entries import Look
from store.checkins.agenda_near import at_a_glance
from store.checkins.crossings import running
from store.checkins.explained import EXPLAINED, LESSON, RANK
from store.checkins.holding import RANKS, Given, name_of, rank_question
from store.checkins.verdicts import HINT, as_typed, read_verdict
from store.fields import Field, field, text_of
from store.model import Bet, Checkin, Decision, Mission, Record
from store.parts import RecordVerdict
from store.records import Records
from store.typed import parsed
from tui.clashing import OTHER_VERDICTS
from tui.command import Answers, Ask, Context, Question

ANSWER, VERDICT = "answers.", "verdicts."
"""In front of the question, or of the id of the record, in the path of what is asked."""
OTHERS = Field(
    OTHER_VERDICTS,
    "long",
    "Verdicts on other bets and missions: what starts?",
    name="other verdicts",
    hint="one a line: B15 start 60",
)
DECISIONS = Field(
    "decisions", "long", "Decisions taken in it, one a line: the id of one, or the text of a new one", name="decisions"
)
DONE = Field("done", "yes or no", "No leaves it open for others to fill in: its verdicts wait until it is done", name="done")


# ------------------------------------------------------------------------------------------------------------ what is asked


def judged(records: Records) -> tuple[Record, ...]:
    """The records a check-in gives a verdict on: active missions, then bets placed or released, the oldest first."""
    missions = [record for record in records.all(Mission) if record.state == "active"]
    return (*missions, *running(records))


def ask_checkin(checkin: Checkin, context: Context) -> Ask:
    """Everything a check-in asks, in its order: its questions, ranks, verdicts, decisions, the next intent, who was there.

    What was gathered beforehand stands in the note, and beside each question what is about it.
    """
    records = context.records
    found = agenda(checkin, records, context.today)
    due = f", due {checkin.due}" if checkin.due else ""
    return Ask(
        f"{name_of(checkin, records).removeprefix('the ').partition(' of 2')[0]}{due}",
        (
            *_questions(checkin, found),
            *_ranks(checkin, context),
            *_verdicts(checkin, context, found),
            *_own(checkin, records),
        ),
        note="\n".join((*_early(checkin, context), *in_short(found))),
    )


def _early(checkin: Checkin, context: Context) -> Iterator[str]:
    """That it is due only much later."""
    if days := days_early(checkin, context.records, context.today):
        yield f"Early: it is due in {days} days, on {checkin.due}. Escape leaves it for then."


def _questions(checkin: Checkin, found: Agenda) -> Iterator[Question]:
    for text in found.questions:
        helps = EXPLAINED.get(text, "")
        yield Question(
            Field(f"{ANSWER}{text}", "long", beside(found, text), name=text, hint=helps), checkin.answers.get(text, "")
        )


def _ranks(checkin: Checkin, context: Context) -> Iterator[Question]:
    by = criterion(context.records.settings.ritual(checkin.level))
    for at, bet in enumerate(looked_back_on(checkin, context.records, context.today)):
        text = rank_question(by, bet)
        about = f"{bet.id}, {bet.result or 'no result'}. {bet.lesson}".strip()
        yield Question(
            Field(f"{ANSWER}{text}", "choice", about, RANKS, name=f"{by}: {bet.label}", hint=RANK),
            checkin.answers.get(text, ""),
            apart=at == 0,
        )


def _verdicts(checkin: Checkin, context: Context, found: Agenda) -> Iterator[Question]:
    """A line for each record to judge, and one for others; none in a check-in about a record."""
    if checkin.about:
        return
    stands = {verdict.record: as_typed(verdict) for verdict in checkin.verdicts}
    look = Look(context.records, context.today, found.since, checkin)
    here = judged(context.records)
    for record in here:
        asked = Field(
            f"{VERDICT}{record.id}", "text", at_a_glance(record, look), name=f"{record.id} {record.label}", hint=HINT
        )
        yield Question(asked, stands.pop(record.id, ""), apart=record is here[0])
    yield Question(OTHERS, "\n".join(f"{record} {text}" for record, text in stands.items()), apart=not here)


def _own(checkin: Checkin, records: Records) -> Iterator[Question]:
    taken = (f"{one} {decision.label}" if (decision := records.get(one)) else one for one in checkin.decisions)
    yield Question(DECISIONS, "\n".join(taken), apart=True)
    about = records.get(checkin.about or "")
    if can_teach(about):
        helps = LESSON.format(record=about.id)
        yield Question(field(type(about), "lesson")._replace(hint=helps), about.lesson)
    elif about is None:
        yield Question(field(Checkin, "intent"), checkin.intent)
    yield Question(field(Checkin, "people"), text_of(checkin, "people"))
    yield Question(DONE, "yes")


def can_teach(record: Record | None) -> TypeGuard[Bet | Decision]:
    """Whether a record has a lesson to give: one that is only prepared has taught nothing yet."""
    return isinstance(record, Bet | Decision) and record.state not in ("option", "shaping", "open")


# ---------------------------------------------------------------------------------------------------------- what is answered


def given(checkin: Checkin, records: Records, answers: Answers) -> Given:
    """What answers to ``ask_checkin`` mean, as changes of the check-in that was shown; what was not answered stays as it is.

    Raises ``UsageError``.
    """
    texts = {path.removeprefix(ANSWER): text.strip() for path, text in answers.items() if path.startswith(ANSWER)}
    people = answers.get("people")
    here = frozenset(record.id for record in judged(records))
    return Given(
        texts,
        _given_verdicts(checkin, here, answers),
        answers.get("decisions"),
        answers.get("intent"),
        None if people is None else parsed(Checkin, "people", people, date.min),
        answers.get("lesson"),
        done=not answers.get("done", "yes").strip().lower().startswith("n"),
    )


def _given_verdicts(shown: Checkin, here: frozenset[str], answers: Answers) -> tuple[RecordVerdict, ...]:
    """The verdicts as they were shown, with those that were typed in their places; an emptied line takes one back."""
    typed = {path.removeprefix(VERDICT): text for path, text in answers.items() if path.startswith(VERDICT)}
    if "others" in answers:
        lines = [line.strip().partition(" ") for line in answers["others"].splitlines() if line.strip()]
        named = {record.rstrip(":").upper(): text for record, _, text in lines}
        taken_back = {one.record: "" for one in shown.verdicts if one.record not in here}
        typed = {**taken_back, **typed, **named}
    read = {record: read_verdict(record, text) for record, text in typed.items()}
    merged = {**{one.record: one for one in shown.verdicts}, **read}
    return tuple(one for one in merged.values() if one is not None)
