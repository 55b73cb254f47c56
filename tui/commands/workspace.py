"""Commands of the workspace as a whole: moving about, pages, filter, marks, undo, help, leaving."""

from __future__ import annotations

from tui.command import Answers, Command, Context, DoAgain, Outcome, Run, Show, TakeBack

MOVE, PAGES, FIND, WORK = "Moving", "Pages", "Finding", "Workspace"


def show(verb: str, argument: str = "") -> Run:
    """A command that the screen carries out by itself."""

    def run(context: Context, answers: Answers) -> Outcome:
        return Show(verb, argument)

    return run


COMMANDS = (
    Command("cursor.down", "Down", ("j", "down"), "Move down.", show("move", "down"), group=MOVE),
    Command("cursor.up", "Up", ("k", "up"), "Move up.", show("move", "up"), group=MOVE),
    Command("cursor.left", "Left", ("h", "left"), "Move left.", show("move", "left"), group=MOVE),
    Command("cursor.right", "Right", ("l", "right"), "Move right.", show("move", "right"), group=MOVE),
    Command("cursor.first", "First", ("g g", "home"), "Go to the first.", show("jump", "first"), group=MOVE),
    Command("cursor.last", "Last", ("G", "end"), "Go to the last.", show("jump", "last"), group=MOVE),
    Command("cursor.half_down", "Half a page down", ("ctrl+d",), "Move half a page down.", show("page", "0.5"), group=MOVE),
    Command("cursor.half_up", "Half a page up", ("ctrl+u",), "Move half a page up.", show("page", "-0.5"), group=MOVE),
    Command("cursor.page_down", "Page down", ("pagedown",), "Move a page down.", show("page", "1"), group=MOVE),
    Command("cursor.page_up", "Page up", ("pageup",), "Move a page up.", show("page", "-1"), group=MOVE),
    Command("page.missions", "Missions", ("1",), "Go to Missions.", show("turn", "0"), group=PAGES),
    Command("page.bets", "Bets", ("2",), "Go to Bets.", show("turn", "1"), group=PAGES),
    Command("page.cadence", "Cadence", ("3",), "Go to Cadence.", show("turn", "2"), group=PAGES),
    Command("page.decisions", "Decisions", ("4",), "Go to Decisions.", show("turn", "3"), group=PAGES),
    Command("page.board", "Board", ("5",), "Go to the board.", show("turn", "4"), group=PAGES),
    Command("page.next", "Next page", ("tab",), "Go to the next page.", show("turn", "+"), group=PAGES),
    Command("page.previous", "Previous page", ("shift+tab",), "Go to the previous page.", show("turn", "-"), group=PAGES),
    Command("pane.zoom", "Zoom", ("z",), "Give this pane all the room, or take it back.", show("zoom"), group=PAGES),
    Command("find.filter", "Filter", ("/",), "Show only what passes a filter.", show("filter"), group=FIND, footer="filter"),
    Command(
        "find.next", "Next match", ("n",), "Go to the next match of the last search.", show("match", "next"), group=FIND
    ),
    Command("find.previous", "Previous match", ("N",), "Go to the previous match.", show("match", "previous"), group=FIND),
    Command("find.sort", "Sort", ("o",), "Sort by something else.", show("sort"), group=FIND),
    Command(
        "find.archived", "Archived too", ("Z",), "Show archived records too, or no longer.", show("archived"), group=FIND
    ),
    Command("mark.toggle", "Mark", ("space",), "Mark the record, or no longer.", show("mark", "one"), group=FIND),
    Command(
        "mark.range",
        "Mark a range",
        ("v",),
        "Mark from here to where v is pressed again.",
        show("mark", "range"),
        group=FIND,
    ),
    Command("mark.clear", "Clear", ("escape",), "Clear marks and filter, or go back.", show("clear"), group=FIND),
    Command("work.undo", "Undo", ("u",), "Take back my last step.", lambda c, a: TakeBack(), group=WORK, footer="undo"),
    Command("work.redo", "Redo", ("U",), "Do again what I took back.", lambda c, a: DoAgain(), group=WORK),
    Command("work.command", "Command line", (":",), "Type a command by its name.", show("ex"), group=WORK),
    Command("work.palette", "Palette", ("ctrl+p",), "Find a command by a part of its name.", show("ex"), group=WORK),
    Command("work.help", "Help", ("?", "f1"), "Show what the keys do here.", show("help"), group=WORK, footer="help"),
    Command("work.quit", "Back or quit", ("q",), "Go back; quit from a page.", show("quit"), group=WORK, footer="quit"),
    Command("work.cancel", "Cancel", ("ctrl+c",), "Cancel; twice quits.", show("cancel"), group=WORK),
    Command("work.suspend", "Suspend", ("ctrl+z",), "Go to the shell; fg comes back.", show("suspend"), group=WORK),
    Command("work.theme", "Theme", (), "Change the theme.", show("theme"), group=WORK),
    Command(
        "work.draft", "Draft", (), "Go on with the text that was kept when ManyView had to leave.", show("draft"), group=WORK
    ),
    Command(
        "settings.edit",
        "Settings",
        (),
        "Edit names, levels, questions, criteria and limits in your editor.",
        show("settings"),
        group=WORK,
    ),
    Command("work.mouse", "Mouse", (), "Turn the mouse on or off.", show("mouse"), group=WORK),
)
