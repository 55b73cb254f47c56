"""The command that begins the daily review, or goes on with it."""

from __future__ import annotations

from tui.command import Command
from tui.commands.workspace import show

COMMANDS = (
    Command(
        "review.start",
        "Review",
        ("R",),
        "Go through what waits for me, or go on where I paused.",
        show("review"),
        group="Check-ins",
        footer="review",
        panes=("cadence",),
    ),
)
