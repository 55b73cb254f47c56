"""Commands of time: look at a past day, slide along the days, and hold then against now."""

from __future__ import annotations

from tui.command import Command
from tui.commands.workspace import show

GROUP = "Time"

COMMANDS = (
    Command("time.travel", "As of a day", ("@",), "Look at how things stood on a past day.", show("travel"), group=GROUP),
    Command("time.back", "A step back", ("(",), "Go a step further into the past.", show("slide", "-"), group=GROUP),
    Command("time.forth", "A step forth", (")",), "Go a step towards now.", show("slide", "+"), group=GROUP),
    Command("time.far_back", "A big step back", ("{",), "Go a big step into the past.", show("slide", "--"), group=GROUP),
    Command("time.far_forth", "A big step forth", ("}",), "Go a big step towards now.", show("slide", "++"), group=GROUP),
    Command(
        "time.step", "Step by", (";",), "Step through time by days, weeks, months or quarters.", show("step"), group=GROUP
    ),
    Command(
        "time.compare", "Then and now", ("|",), "Put then and now side by side, what changed marked.", show("compare"),
        group=GROUP,
    ),
    Command("time.now", "Now", (), "Return to now; Escape does, too.", show("travel", "now"), group=GROUP),
)  # fmt: skip
