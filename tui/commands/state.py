"""Commands that move a record from state to state, and ask for what the move needs."""

from __future__ import annotations

from collections.abc import Mapping

from store.changes import edited, named
from store.fields import Field, field, text_of
from store.lifecycle import became, moves, over_limit
from store.lookback import said_then
from store.model import Bet, Decision, Record
from tui.command import Answers, Ask, AskMore, Command, Context, Outcome, Question, Say
from tui.commands._refusals import needs_stored


def _needs_state(context: Context) -> str | None:
    if reason := needs_stored(context):
        return reason
    first = context.targets[0]
    if any(type(record) is not type(first) or record.standing != first.standing for record in context.targets):
        return "The marked records stand in different states. Mark records of one kind and state."
    return None if moves(first) else f"A {first.noun} has no states."


def _ask_state(context: Context) -> Ask:
    record, several = context.targets[0], len(context.targets) > 1
    return Ask(
        f"{named(context.targets)} {'are' if several else 'is'} {record.standing}; {'they go' if several else 'it goes'} to",
        (Question(Field("state", "choice", "Where it stands", moves(record))),),
    )


def _state(context: Context, answers: Answers) -> Outcome:
    return to_state(context, answers["state"])


def to_state(context: Context, state: str) -> Outcome:
    """What moves the targets to a state: the step, or the form of the fields the move still needs."""
    record = context.targets[0]
    if len(context.targets) == 1 and (missing := wanted(record, state, context)):
        return _fill(record, state, missing, context)
    word = became(record, state, context.records.settings)
    is_ = "are" if len(context.targets) > 1 else "is"
    return edited(
        context.records, context.targets, {"state": state}, context.today, f"{named(context.targets)} {is_} {word}"
    )


def wanted(record: Record, state: str, context: Context) -> tuple[str, ...]:
    """The fields a record still needs to enter a state: those a guard asks for, and what one would want to write down."""
    paths = {
        ("bet", "placed"): ("settle_by", "pivot_if", "links"),
        ("bet", "parked"): ("why_stopped",),
        ("bet", "stopped"): ("why_stopped",),
        ("bet", "settled"): ("result", "lesson"),
        ("decision", "decided"): ("chosen", "prediction", "confidence", "review_on"),
        ("decision", "reviewed"): ("came_true", "process", "outcome", "solved", "lesson"),
        ("check-in", "skipped"): ("why_skipped",),
    }.get((record.noun, state), ())
    if isinstance(record, Decision) and record.door == "one-way" and state == "decided":
        paths = ("options", *paths)
    empty = tuple(path for path in paths if not text_of(record, path))
    if isinstance(record, Bet) and state == "placed" and over_limit(record, context.records) and not record.stops:
        empty = (*empty, "stops")
    return empty


def _fill(record: Record, state: str, paths: tuple[str, ...], context: Context) -> AskMore:
    """The form of the fields a move still needs, and the move itself once they are filled."""
    word = became(record, state, context.records.settings)
    sentence = f"{named((record,))} is {word}"
    ask = Ask(
        f"{record.id} {record.label} → {word}",
        tuple(Question(field(type(record), path), text_of(record, path)) for path in paths),
        note=_remark(record, state, paths, context),
        anyway=True,
    )
    return AskMore(
        ask, lambda later, texts: edited(later.records, later.targets[:1], {"state": state, **texts}, later.today, sentence)
    )


def _remark(record: Record, state: str, paths: tuple[str, ...], context: Context) -> str:
    """What to keep in mind: the frozen prediction before a look back, the limit before one bet too many."""
    if isinstance(record, Decision) and state == "reviewed":
        return said_then(record)
    over = over_limit(record, context.records) if isinstance(record, Bet) and "stops" in paths else None
    return f"{over} What stops?" if over else ""


def _finish(context: Context, answers: Answers) -> Outcome:
    record = context.targets[0]
    state = FINISHED.get((record.noun, record.standing))
    if state is None:
        return Say(f"{record.id} is {record.standing}: s shows where it can go from there.")
    return to_state(context, state)


FINISHED: Mapping[tuple[str, str], str] = {
    ("mission", "forming"): "closed", ("mission", "active"): "closed", ("mission", "paused"): "closed",
    ("bet", "placed"): "released", ("bet", "released"): "settled",
    ("bet", "option"): "stopped", ("bet", "shaping"): "stopped",
    ("decision", "open"): "decided", ("decision", "decided"): "reviewed",
    ("belief", "open"): "supported", ("check-in", "due"): "done", ("check-in", "open"): "done",
}  # fmt: skip
"""(kind, state) → what completing a record means there."""


COMMANDS = (
    Command("record.state", "State", ("s",), "Move to another state.", _state, _needs_state, _ask_state, footer="state"),
    Command("record.finish", "Complete", ("x",), "Settle or complete; an option is dropped.", _finish, needs_stored),
)
