"""Commands of what a lens is opened for: filling in the fields it lives from, and the next thing to do in it."""

from __future__ import annotations

from store.changes import edited, named
from store.fields import field, text_of
from store.model import Update
from tui.acting import NEXT, NextStep
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Say, Show, registry
from tui.perspective import Perspective, perspective
from tui.viewpoint import Viewpoint


def _here(context: Context) -> tuple[Perspective, Viewpoint]:
    return perspective(context.lens), context.viewpoint or Viewpoint(context.today, context.me)


# ---------------------------------------------------------------------------------------------------------------- filling


def _refuse(context: Context) -> str | None:
    """Why nothing can be filled in or done next: no lens, or nothing it shows could be chosen."""
    if not context.lens:
        return "No lens is shown here."
    if not _is_elsewhere(context):
        return None
    lens, _ = _here(context)
    settings = context.records.settings
    if not any(map(context.records.all, lens.kinds)):
        return f"There is no {settings.one(lens.holds(None).noun)} yet: a adds one."
    if context.marked:
        kinds = ", ".join(settings.many(kind.noun) for kind in lens.kinds)
        record = context.targets[0]
        return f"{lens.title} shows {kinds}; {record.id} is a {settings.one(record.noun)}: Escape clears the marks."
    return None


def _is_elsewhere(context: Context) -> bool:
    """Whether nothing is chosen, or something the lens does not show: then it is asked what is meant."""
    return not context.targets or not isinstance(context.targets[0], _here(context)[0].kinds)


def _refuse_fields(context: Context) -> str | None:
    if any(record.id not in context.records for record in context.targets):
        return "It is not held yet: C begins it."
    if any(isinstance(record, Update) for record in context.targets):
        return "What was written stays as it was written. Write another update with i."
    same = {type(record) for record in context.targets}
    return None if len(same) == 1 else "The marked records are of different kinds."


def _ask_fields(context: Context, paths: tuple[str, ...], title: str) -> Ask:
    """A prompt for one field, a form for several; several records begin with nothing typed."""
    record, alone = context.targets[0], len(context.targets) == 1
    questions = tuple(Question(field(type(record), path), text_of(record, path) if alone else "") for path in paths)
    return Ask(f"{title}: {named(context.targets)}", questions, first=paths[0])


def _fill_in(context: Context, answers: Answers) -> Outcome:
    return edited(context.records, context.targets, answers, context.today) if answers else Say("Nothing was changed.")


def _refuse_fill(context: Context) -> str | None:
    if (reason := _refuse(context)) or _is_elsewhere(context):
        return reason
    lens, viewpoint = _here(context)
    return _refuse_fields(context) if lens.fields(context.targets[0], viewpoint) else _refuse_act(context)


def _ask_fill(context: Context) -> Ask | None:
    if _is_elsewhere(context):
        return None
    lens, viewpoint = _here(context)
    record = context.targets[0]
    paths = lens.unfilled(record, viewpoint) or lens.fields(record, viewpoint)
    return _ask_fields(context, paths, lens.title) if paths else _ask_act(context)


def _fill(context: Context, answers: Answers) -> Outcome:
    if _is_elsewhere(context):
        return Show("pick", "lens.fill")
    lens, viewpoint = _here(context)
    return _fill_in(context, answers) if lens.fields(context.targets[0], viewpoint) else _act(context, answers)


# -------------------------------------------------------------------------------------------------------------- next step


def _step(context: Context) -> NextStep:
    return _here(context)[0].next_step(context.targets[0])


def _command(context: Context) -> Command | None:
    """The command the next step stands for; None where it is fields to fill in."""
    return registry().commands[_step(context).command] if _step(context).command else None


def _refuse_act(context: Context) -> str | None:
    if (reason := _refuse(context)) or _is_elsewhere(context):
        return reason
    command = _command(context)
    return command.refuse(context) if command is not None else _refuse_fields(context)


def _ask_act(context: Context) -> Ask | None:
    if _is_elsewhere(context):
        return None
    command, step = _command(context), _step(context)
    return command.asks(context) if command is not None else _ask_fields(context, step.fields, step.title.capitalize())


def _act(context: Context, answers: Answers) -> Outcome:
    if _is_elsewhere(context):
        return Show("pick", NEXT)
    command = _command(context)
    return command.run(context, answers) if command is not None else _fill_in(context, answers)


COMMANDS = (
    Command(
        NEXT, "Next step", ("m",), "Do what one wants to do next in this lens; its name stands in the footer.",
        _act, _refuse_act, _ask_act,
    ),
    Command(
        "lens.fill", "Fill in", ("F",), "Fill in the fields this lens needs of the record.",
        _fill, _refuse_fill, _ask_fill,
    ),
)  # fmt: skip
