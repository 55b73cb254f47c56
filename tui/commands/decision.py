"""Commands on decisions: capture one in a line, look back at one, supersede one by another."""

from __future__ import annotations

from store.changes import edited, named
from store.errors import Refused
from store.fields import field, text_of
from store.lifecycle import moves
from store.lookback import ASKED, said_then
from store.model import Decision, Record
from store.parts import Link
from store.step import Change, Step, provisional
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Show
from tui.commands._refusals import needs_one


def _refuse_review(context: Context) -> str | None:
    if reason := needs_one(context):
        return reason
    record = context.targets[0]
    if not isinstance(record, Decision):
        return "Only a decision is looked back at. x settles a bet, with its lesson."
    return f"{record.id} is still open: x decides it first." if record.state == "open" else None


def _ask_review(context: Context) -> Ask:
    record = context.targets[0]
    assert isinstance(record, Decision)
    return look_back(record, record)


def look_back(record: Decision, then: Decision) -> Ask:
    """What is asked at the review of a decision, below what it said ``then``, when it was decided."""
    return Ask(
        f"Look back at {named((record,))}",
        tuple(Question(field(Decision, path), text_of(record, path)) for path in ASKED),
        first=ASKED[0],
        note=said_then(then),
        anyway=True,
    )


def _review(context: Context, answers: Answers) -> Outcome:
    record = context.targets[0]
    texts = {**moved(record), **answers}
    return edited(context.records, (record,), texts, context.today, f"looked back at {named((record,))}")


def moved(record: Record) -> Answers:
    """The state a look back moves a decision to: what was superseded or reversed stays so, and teaches all the same."""
    return {"state": "reviewed"} if record.standing == "decided" else {}


def _refuse_supersede(context: Context) -> str | None:
    if reason := needs_one(context):
        return reason
    record = context.targets[0]
    if not isinstance(record, Decision):
        return "Only a decision can be superseded."
    if "superseded" in moves(record):
        return None
    newer = [one.id for one in context.records.pointing_at(record.id) if record.id in one.linked("supersedes")]
    by = f" by {newer[-1]}, which can be in its turn" if newer and record.state == "superseded" else ""
    return f"{record.id} is {record.state}{by or ': only a decided one can be superseded'}."


def _ask_supersede(context: Context) -> Ask:
    return Ask(
        f"What replaces {named(context.targets[:1])}?",
        (Question(field(Decision, "title")), Question(field(Decision, "why"))),
        first="title",
    )


def _supersede(context: Context, answers: Answers) -> Outcome:
    return superseded(context.targets[0], answers)


def superseded(old: object, texts: Answers) -> Step:
    """The step that adds the decision that replaces another, linked to it, and moves the other to superseded."""
    if not isinstance(old, Decision) or not texts.get("title", "").strip():
        raise Refused("The decision that replaces it needs a title. Nothing was changed.")
    return replaced(old, Decision(title=texts["title"].strip(), why=texts.get("why", "").strip()))


def replaced(old: Record, new: Decision) -> Step:
    """The step that adds a decision that replaces another: both stay, and the link between them is the chain."""
    chain = Link(kind="supersedes", to=old.id)
    links = new.links if chain in new.links else (*new.links, chain)
    added = new.evolve(id=provisional(Decision, 1), links=links)
    return Step((Change(None, added), Change(old, old.evolve(state="superseded"))), f"superseded {old.id} by {new.label}")


REVIEW = Command(
    "decision.review",
    "Look back",
    ("B",),
    "Say how a decision came out, below what was predicted.",
    _review,
    _refuse_review,
    _ask_review,
)

SUPERSEDE = Command(
    "decision.supersede",
    "Supersede",
    ("S",),
    "Replace a decision by a new one.",
    _supersede,
    _refuse_supersede,
    _ask_supersede,
)

COMMANDS = (
    Command(
        "decision.capture",
        "Capture",
        ("c",),
        "Capture a decision in one line.",
        lambda c, a: Show("capture", "decision"),
        footer="capture",
    ),
    REVIEW,
    SUPERSEDE,
)
