"""Commands that fold: the branch of a tree or the section of a list that the cursor stands in, or all of them."""

from __future__ import annotations

from tui.command import Command, Context
from tui.commands.board import GROUP
from tui.commands.workspace import show
from tui.folding import KEY, why_not
from tui.perspective import perspective


def _refuse(context: Context) -> str | None:
    """Why nothing folds here: no lens, or one of another shape."""
    return why_not(perspective(context.lens)) if context.lens else "No lens is shown here."


COMMANDS = (
    Command(
        "fold.branch", "Fold or unfold", (KEY,), "Fold the branch or section the cursor stands in, or open it again.",
        show("fold", "branch"), _refuse, group=GROUP,
    ),
    Command(
        "fold.all", "Fold or unfold all", ("<",), "Fold everything to its heads, or open all again.",
        show("fold", "all"), _refuse, group=GROUP,
    ),
)  # fmt: skip
