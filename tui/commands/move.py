"""Commands that move records one step in the lens in focus: what a step means is the lens's to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from store.changes import edited, named, update
from store.errors import Refused, UsageError
from store.fields import Field, field, text_of
from store.model import Record
from store.step import Change, Step, provisional
from tui.absence import why_absent
from tui.acting import Direction, Moved, Nudge, Sets, Stays, Writes
from tui.command import Answers, Command, Context, Outcome, Run, Say
from tui.commands._refusals import needs_stored
from tui.commands.state import to_state
from tui.perspective import perspective
from tui.viewpoint import Viewpoint

TOLD = 3
"""Records whose moves are each told; of more only how many moved."""


class Done(NamedTuple):
    """What became of one record: its changes and what they mean, or why it stays."""

    record: Record
    changes: tuple[Change, ...] = ()
    said: str = ""
    why: str = ""


def meant(record: Record, direction: Direction, context: Context) -> Moved:
    """What one step means for a record in the lens in focus; a record that does not appear there stays."""
    lens, viewpoint = perspective(context.lens), context.viewpoint or Viewpoint(context.today, context.me)
    if reason := why_absent(lens, record, context.records, viewpoint):
        return Stays(f"{record.id} is not here: {reason}.")
    return lens.move(record, Nudge(direction, context.records, viewpoint, context.heading))


def _one(context: Context, direction: Direction) -> Outcome:
    """One record moved: a step to a state asks for what the state needs."""
    record = context.targets[0]
    moved = meant(record, direction, context)
    if isinstance(moved, Stays):
        return Say(moved.why)
    if isinstance(moved, Sets) and "state" in moved.texts:
        return to_state(context._replace(chosen=record, marked=()), moved.texts["state"])
    done = _done(record, moved, context)
    return Step(done.changes, f"{record.id}: {done.said}")


def _several(context: Context, direction: Direction) -> Outcome:
    """Every marked record moved in one step; those that cannot move stay where they are."""
    done = [_tried(record, direction, context) for record in context.targets]
    moved, stayed = [one for one in done if one.changes], [one for one in done if not one.changes]
    left = (
        f"; {stayed[0].why.rstrip('.')}" + (f", and {len(stayed) - 1} more stay" if len(stayed) > 1 else "")
        if stayed
        else ""
    )
    if not moved:
        return Say(left.removeprefix("; ") + ".")
    return Step(tuple(_numbered(change for one in moved for change in one.changes)), f"{_told(moved)}{left}")


def _tried(record: Record, direction: Direction, context: Context) -> Done:
    moved = meant(record, direction, context)
    if isinstance(moved, Stays):
        return Done(record, why=moved.why)
    try:
        return _done(record, moved, context)
    except (Refused, UsageError) as error:
        return Done(record, why=str(error))


def _done(record: Record, moved: Sets | Writes, context: Context) -> Done:
    """The changes of a record and what they mean.  Raises ``Refused`` or ``UsageError`` where a rule stands in the way."""
    if isinstance(moved, Writes):
        return Done(record, update((record,), moved.texts, context.today).changes, moved.said)
    changes = edited(context.records, (record,), moved.texts, context.today).changes
    return Done(record, changes, moved.said or ", ".join(_differences(record, changes[0].record, moved.texts)))


def _differences(before: Record, after: Record, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        one: Field = field(type(before), path)
        yield f"{one.label} {text_of(before, path) or 'none'} → {text_of(after, path) or 'none'}"


def _told(moved: list[Done]) -> str:
    """``hill 20 → 25 of B7, B8``, ``B7: hill 20 → 25, B8: hill 40 → 45``, or how many moved."""
    said = {one.said for one in moved}
    if len(said) == 1 < len(moved):
        return f"{said.pop()} of {named(tuple(one.record for one in moved))}"
    if len(moved) <= TOLD:
        return ", ".join(f"{one.record.id}: {one.said}" for one in moved)
    return f"moved {len(moved)} records"


def _left(stayed: list[Done]) -> str:
    """Why the first of those that stay does, and how many others do."""
    more = f", and {len(stayed) - 1} more stay" if len(stayed) > 1 else ""
    return stayed[0].why.rstrip(".") + more if stayed else ""


def _numbered(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes with the new records counted through, as one step wants them."""
    new = 0
    for change in changes:
        if change.before is None and change.after is not None:
            new += 1
            yield Change(None, change.after.evolve(id=provisional(type(change.after), new)))
        else:
            yield change


def _move(direction: Direction) -> Run:
    def run(context: Context, answers: Answers) -> Outcome:
        return (_several if len(context.targets) > 1 else _one)(context, direction)

    return run


def _refuse(context: Context) -> str | None:
    return needs_stored(context) or (None if context.lens else "No lens is shown here.")


_command = partial(Command, refuse=_refuse, group="Records")
COMMANDS = (
    _command("move.left", "Move left", ("H",), "Move the record a step to the left, as the lens has it.", _move("left")),
    _command("move.right", "Move right", ("L",), "Move the record a step to the right.", _move("right")),
    _command("move.down", "Move down", ("J",), "Move the record a step down, as the lens has it.", _move("down")),
    _command("move.up", "Move up", ("K",), "Move the record a step up.", _move("up")),
)
