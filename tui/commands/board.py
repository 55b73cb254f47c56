"""Commands of the board: which lenses stand side by side, and how each is turned."""

from __future__ import annotations

from store.fields import Field
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Say, Show
from tui.commands.workspace import show
from tui.perspective import perspective, perspectives

GROUP = "Board"


def more() -> tuple[Command, ...]:
    """One command a lens: ``g`` and its letter puts it where the focus is.  Loads every lens."""
    return tuple(
        Command(f"lens.{lens.id}", lens.title, (f"g {lens.key}",), lens.asks, show("lens", lens.id), group="Lenses")
        for lens in perspectives().values()
        if lens.board
    )


def _on_board(context: Context) -> str | None:
    return None if context.lens else "No lens is shown here."


def _turn(context: Context, answers: Answers) -> Outcome:
    lens = perspectives().get(context.lens)
    if lens is None or not lens.options:
        return Say("This lens has nothing to turn.")
    return Show("option")


def _others(context: Context) -> tuple[str, ...]:
    """What a lens can be turned by besides the first."""
    return tuple(option for option, _ in perspective(context.lens).options[1:])


def _ask_other(context: Context) -> Ask | None:
    others = _others(context)
    if len(others) < 2:
        return None
    return Ask("What is turned?", (Question(Field("option", "choice", "What the lens is turned by", others), others[0]),))


def _turn_other(context: Context, answers: Answers) -> Outcome:
    others = _others(context)
    if not others:
        return Say("This lens has nothing else to turn.")
    asked = answers.get("option", "").strip().lower()
    return Show("option", next((option for option in others if option.startswith(asked)), others[0]))


COMMANDS = (
    Command(
        "lens.previous", "Previous lens", ("[",), "Show the previous perspective here.", show("cycle", "-"), group=GROUP
    ),
    Command(
        "lens.next",
        "Next lens",
        ("]",),
        "Show the next perspective here.",
        show("cycle", "+"),
        group=GROUP,
        footer="lens",
        panes=("board",),
    ),
    Command(
        "lens.last", "Last lens", ("-",), "Show the perspective that was here before.", show("cycle", "last"), group=GROUP
    ),
    Command(
        "lens.turn",
        "Turn the lens",
        ("O",),
        "Change what the lens can be turned to: zoom, rows, columns.",
        _turn,
        _on_board,
        group=GROUP,
        footer="turn",
        panes=("board",),
    ),
    Command(
        "lens.turn_other",
        "Turn it otherwise",
        ("&",),
        "Change what else the lens can be turned to; where there are several such things, say which.",
        _turn_other,
        _on_board,
        _ask_other,
        group=GROUP,
    ),
    Command(
        "board.add",
        "Add a lens",
        ("+",),
        "Put one more lens on the board.",
        show("board", "add"),
        group=GROUP,
        footer="add lens",
        panes=("board",),
    ),
    Command("board.drop", "Drop the lens", ("_",), "Take this lens off the board.", show("board", "drop"), group=GROUP),
    Command(
        "board.link",
        "Link choices",
        ("=",),
        "Choosing in one lens chooses in all, or no longer.",
        show("share", "choices"),
        group=GROUP,
    ),
    Command(
        "board.marks",
        "Share marks",
        ("*",),
        "Marking in one lens marks in all, or no longer.",
        show("share", "marks"),
        group=GROUP,
    ),
    Command(
        "board.filter",
        "Share the filter",
        ("\\",),
        "One filter for all lenses, or one for each.",
        show("share", "filter"),
        group=GROUP,
    ),
    Command("focus.left", "Focus left", (",",), "Go to the lens on the left.", show("focus", "-"), group=GROUP),
    Command(
        "focus.right",
        "Focus right",
        (".",),
        "Go to the lens on the right.",
        show("focus", "+"),
        group=GROUP,
        footer="next pane",
        panes=("board",),
    ),
)
