"""Looking at past days: the day asked for, the slider along the days, then beside now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from store.ago import WORDS, read_past
from store.dates import NotADate, later, relative
from store.days import day_of
from tui import travel

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

WAYS: Mapping[str, tuple[int, bool]] = {"-": (-1, False), "+": (1, False), "--": (-1, True), "++": (1, True)}
"""How the slider is moved → by how many steps, and whether they are big ones."""
LAST_REVIEW = "last review"
USUAL_SPAN = (-6, "w")
"""How far back then lies from now, where no day was chosen yet."""


def offered() -> Sequence[str]:
    """Days that completion offers behind ``:@``."""
    return (*WORDS, LAST_REVIEW, "now")


def ask(screen: WorkspaceScreen) -> None:
    """Ask for the day to look at; what it would be is said while it is typed."""
    screen.asking.read(
        "as of:",
        "",
        lambda text: go(screen, text) if text.strip() else None,
        complete=lambda text: [one for one in offered() if text.strip().lower() in one],
        on_change=lambda text: meaning(screen, text),
        whole=True,
    )


def named(screen: WorkspaceScreen) -> Mapping[str, date | None]:
    """Days that are known by name."""
    return {LAST_REVIEW: day_of(screen.workspace.records.settings.zone, screen.outlook.past.reviewed())}


def meaning(screen: WorkspaceScreen, text: str) -> str:
    """The day a text names, or why it names none, as it is said while it is typed."""
    today = screen.today()
    if not text.strip():
        return "6 weeks ago, -6w, last friday, 2026-09-01; ( and ) step from there, | holds then against now"
    try:
        day = read_past(text, today, named(screen))
    except NotADate as error:
        return error.reason
    return f"{day:%A}, {day.isoformat()}, {relative(day, today)}"


def go(screen: WorkspaceScreen, text: str) -> str | None:
    """Look at the day a text names; returns what is wrong with it."""
    today = screen.today()
    try:
        day = read_past(text, today, named(screen))
    except NotADate as error:
        return str(error).replace("\n", " ")
    _look(screen, None if day >= today else day)
    return None


def slide(screen: WorkspaceScreen, way: str) -> None:
    """Go on along the days; past today it is now again."""
    count, big = WAYS[way]
    desk, today = screen.desk, screen.today()
    if desk.then is None and count > 0:
        screen.say("This is now. ( goes back in time.")
        return
    _look(screen, travel.slid(desk.then, today, desk.step, count, big=big))


def _look(screen: WorkspaceScreen, then: date | None) -> None:
    desk = screen.desk
    screen.turn(desk.returned() if then is None else desk._replace(then=then))
    screen.settle()
    screen.say("This is now." if then is None else told(screen, then), "info", "Escape returns to now" if then else "")


def told(screen: WorkspaceScreen, then: date) -> str:
    """What is looked at, in a sentence; where nothing was written down by then, since when there is anything."""
    today = screen.today()
    ago = relative(then, today)
    said = f"As of {then.isoformat()}" + (f", {ago}" if ago != then.isoformat() else "")
    begins = day_of(screen.workspace.records.settings.zone, screen.outlook.rewind.begins)
    if begins and not len(screen.scene(0).records):
        return f"{said}: nothing was written down yet, the history begins on {begins}."
    return f"{said}. ( and ) step by a {screen.desk.step}."


def step(screen: WorkspaceScreen) -> None:
    """Let the slider move by something else."""
    desk = screen.desk._replace(step=travel.next_step(screen.desk.step))
    screen.turn(desk)
    screen.say(f"( and ) step by a {desk.step}.")


def compare(screen: WorkspaceScreen) -> None:
    """Put then and now side by side, or the lenses that stood there again."""
    desk = screen.desk
    if desk.together is not None:
        screen.turn(desk.undivided())
        return
    then = desk.then or later(screen.today(), *USUAL_SPAN)
    screen.turn(desk.divided(then))
    screen.say(f"{then.isoformat()} on the left, now on the right. ( and ) move then by a {desk.step}.", "info")
