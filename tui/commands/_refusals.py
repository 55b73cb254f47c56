"""Why a command cannot be done here and now, where several commands share the reason."""

from __future__ import annotations

from tui.command import Context


def needs_target(context: Context) -> str | None:
    """No record is chosen."""
    return None if context.targets else "No record is chosen here."


def needs_stored(context: Context) -> str | None:
    """The chosen row stands for something that is not a record yet."""
    if reason := needs_target(context):
        return reason
    return None if all(record.id in context.records for record in context.targets) else "It is not held yet: C begins it."


def needs_one(context: Context) -> str | None:
    """Several records are marked for what is done to one at a time."""
    if reason := needs_stored(context):
        return reason
    count = len(context.targets)
    return None if count == 1 else f"This is done to one at a time, {count} are marked: Escape clears the marks."
