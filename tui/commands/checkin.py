"""Commands on check-ins: begin or go on with one, skip one; on any other record, give my reading of it."""

from __future__ import annotations

from store.errors import Refused
from store.fields import field
from store.model import Checkin, Record, Update
from store.records import Records
from store.step import Change, Step, is_provisional, provisional
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Say
from tui.commands import reading
from tui.commands._refusals import needs_stored, needs_target


def _refuse(context: Context) -> str | None:
    if isinstance(context.chosen, Checkin):
        return None
    if reason := needs_target(context) or needs_stored(context):
        return reason
    return "An update is a reading already." if isinstance(context.targets[0], Update) else None


def _asks(context: Context) -> Ask | None:
    if isinstance(context.chosen, Checkin):
        from tui.commands._holding import ask_checkin  # what an agenda is made of is loaded when one is wanted

        return ask_checkin(context.chosen, context)
    return reading.asked(context)


def _run(context: Context, answers: Answers) -> Outcome:
    if not isinstance(context.chosen, Checkin):
        return reading.given(context, answers)
    return hold(context.chosen, context, answers)


def _is_empty(held: Record | None) -> bool:
    """Whether a check-in would be done without a word in it."""
    if not isinstance(held, Checkin) or held.state != "done":
        return False
    return not _says(held)


def _says(checkin: Checkin) -> bool:
    """Whether there is a word in a check-in."""
    return bool(checkin.answers or checkin.verdicts or checkin.decisions or checkin.intent)


def hold(checkin: Checkin, context: Context, answers: Answers) -> Step:
    """The step that holds a check-in with what was answered.

    Raises ``UsageError`` or ``NotFound``, and ``Refused`` for one in which nobody said a word.
    """
    from store.checkins.holding import held, stored
    from tui.commands._holding import given

    records = context.records
    done = held(checkin, given(checkin, records, answers), records, context.today, context.me, asked=context.asked)
    silent = answers.keys() <= {"done", "people"} and _is_empty(done.changes[0].after)
    if silent and not _says(stored(checkin, records) or checkin):
        raise Refused(
            "Nothing is said in it yet: answer a question or give a verdict, or skip it and say why. Nothing was changed."
        )
    return done


def _refuse_skip(context: Context) -> str | None:
    checkin = context.chosen
    if not isinstance(checkin, Checkin):
        return "Only a check-in can be skipped."
    return None if checkin.is_open else f"{checkin.id} is {checkin.state}."


def _skip(context: Context, answers: Answers) -> Outcome:
    checkin = context.chosen
    assert isinstance(checkin, Checkin)
    why = answers.get("why_skipped", "").strip()
    return (
        skipped(checkin, why, context.records) if why else Say("To skip a check-in it needs a reason. Nothing was changed.")
    )


def skipped(checkin: Checkin, why: str, records: Records) -> Step:
    """The step that skips a check-in and keeps why."""
    from store.checkins.holding import name_of

    fresh = is_provisional(checkin.id)
    base = checkin.evolve(id=provisional(Checkin, 1)) if fresh else checkin
    after = base.evolve(state="skipped", why_skipped=why)
    return Step((Change(None if fresh else checkin, after),), f"skipped {name_of(checkin, records)}: {why}")


COMMANDS = (
    Command(
        "checkin.hold",
        "Check in",
        ("C",),
        "Hold a check-in; on any other record, give my reading of it.",
        _run,
        _refuse,
        _asks,
        group="Check-ins",
        footer="check in",
        panes=("cadence",),
    ),
    Command(
        "checkin.skip",
        "Skip",
        ("X",),
        "Skip a check-in and say why.",
        _skip,
        _refuse_skip,
        lambda c: Ask("Why is it skipped?", (Question(field(Checkin, "why_skipped")),)),
        group="Check-ins",
        footer="skip",
        panes=("cadence",),
    ),
)
