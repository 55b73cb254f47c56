"""Commands of saved views: open one, save the present one for myself or for everybody, choose the columns of a list."""

from __future__ import annotations

from collections.abc import Callable

from store.fields import Field
from tui.command import Answers, Ask, Command, Context, Outcome, Question, Say, Show
from tui.commands.workspace import show

GROUP = "Views"
NAME = Field("name", "text", "What the view is to be called", hint="such as monday, or end of month")


def _named(title: str) -> Callable[[Context], Ask]:
    return lambda context: Ask(title, (Question(NAME),))


def _with_name(act: str) -> Callable[[Context, Answers], Outcome]:
    def run(context: Context, answers: Answers) -> Outcome:
        name = answers.get(NAME.path, "").strip()
        return Show("view", f"{act} {name}") if name else Say("Nothing was saved: the view was given no name.")

    return run


COMMANDS = (
    Command("view.open", "Saved views", ("f",), "Open a saved view.", show("view"), group=GROUP),
    Command(
        "view.save", "Save this view", (), "Save these lenses, as they are turned and filtered, for myself.",
        _with_name("save"), asks=_named("Save this view for me"), group=GROUP,
    ),
    Command(
        "view.share", "Share this view", (), "Save these lenses, as they are turned and filtered, for everybody here.",
        _with_name("share"), asks=_named("Save this view for everybody"), group=GROUP,
    ),
    Command(
        "view.drop", "Drop a saved view", (), "Forget a saved view: mine, or else the one of everybody.",
        _with_name("drop"), asks=_named("Forget the view"), group=GROUP,
    ),
    Command(
        "view.columns", "Columns", ("#",), "Choose which columns a list shows, and in which order.", show("columns"),
        group=GROUP,
    ),
)  # fmt: skip
