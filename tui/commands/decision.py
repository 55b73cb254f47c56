"""Commands on decisions: capture one in a line, supersede one by another."""

from __future__ import annotations

from store.changes import named
from store.errors import Refused
from store.fields import field
from store.lifecycle import moves
from store.model import Decision, Link
from store.step import Change, Step, provisional
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Show
from tui.commands._refusals import needs_one


def _refuse_supersede(context: Context) -> str | None:
    if reason := needs_one(context):
        return reason
    record = context.targets[0]
    if not isinstance(record, Decision):
        return "Only a decision can be superseded."
    return None if "superseded" in moves(record) else f"{record.id} is {record.state}: only a decided one can be superseded."


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
    new = Decision(
        id=provisional(Decision, 1),
        title=texts["title"].strip(),
        why=texts.get("why", "").strip(),
        links=(Link(kind="supersedes", to=old.id),),
    )
    return Step((Change(None, new), Change(old, old.evolve(state="superseded"))), f"superseded {old.id} by {new.label}")


COMMANDS = (
    Command(
        "decision.capture",
        "Capture",
        ("c",),
        "Capture a decision in one line.",
        lambda c, a: Show("capture", "decision"),
        footer="capture",
    ),
    Command(
        "decision.supersede",
        "Supersede",
        ("S",),
        "Replace a decision by a new one.",
        _supersede,
        _refuse_supersede,
        _ask_supersede,
    ),
)
