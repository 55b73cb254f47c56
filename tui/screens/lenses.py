"""What the interface does to the lenses of a page by itself: turn, fold, add, drop and share them, and go between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tui.desk import MOST_LENSES, Desk
from tui.perspective import perspective, perspectives

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

Verb = Callable[["WorkspaceScreen", str], None]
"""What the interface does by itself, with an argument."""


def in_front(desk: Desk) -> str:
    """What hides the lenses and how it goes away; "" while they are seen."""
    if desk.helping:
        return "The help stands in front of the lens: Escape puts it away."
    if desk.reviewing:
        return "The review stands in front of the lens: q pauses it."
    return "The record stands in front of the lens: Escape puts it away." if desk.opened else ""


def seen(verb: Verb) -> Verb:
    """A verb that does nothing to a lens while nobody sees it."""

    def where_seen(screen: WorkspaceScreen, argument: str) -> None:
        if hidden := in_front(screen.desk):
            screen.say(hidden)
        else:
            verb(screen, argument)

    return where_seen


@seen
def zoom(screen: WorkspaceScreen, _: str) -> None:
    screen.turn(screen.desk._replace(zoomed=not screen.desk.zoomed))


@seen
def sort(screen: WorkspaceScreen, _: str) -> None:
    _next_value(screen, "sort")


@seen
def option(screen: WorkspaceScreen, argument: str) -> None:
    """Turn the first option of the lens to its next value; the lens says in its title what it is turned to."""
    lens = perspective(screen.desk.page.lens)
    name = argument or lens.options[0][0]
    _next_value(screen, name)


def _next_value(screen: WorkspaceScreen, name: str) -> None:
    lens = perspective(screen.desk.page.lens)
    values = dict(lens.options).get(name)
    if not values:
        screen.say(f"{lens.title} cannot be turned by {name}.")
        return
    now = screen.desk.page.options.get(lens.id, {}).get(name, values[0])
    value = values[(values.index(now) + 1) % len(values)]
    screen.turn(screen.desk.with_page(screen.desk.page.turned(name, value)))
    screen.say(f"{name}: {value}")


@seen
def fold(screen: WorkspaceScreen, what: str) -> None:
    from tui import folding

    context, page = screen.context(), screen.desk.page
    lens, chosen = perspective(page.lens), screen.desk.chosen
    assert context.viewpoint is not None
    turn = folding.turned if what == "branch" else folding.turned_all
    found = turn(lens, context.records, context.viewpoint, chosen)
    if found is None:
        screen.say(f"{chosen or 'What is chosen'} stands in nothing that folds here.")
        return
    for option, value in found.options.items():
        page = page.turned(option, value)
    screen.turn(screen.desk.with_page(page)._replace(chosen=found.chosen))


@seen
def archived(screen: WorkspaceScreen, _: str) -> None:
    screen.turn(screen.desk._replace(archived=not screen.desk.archived))
    screen.say("Archived records are shown too." if screen.desk.archived else "Archived records are hidden.")


def lens(screen: WorkspaceScreen, lens: str) -> None:
    desk = screen.desk if screen.desk.page.id == "board" else screen.desk.turned_to(len(screen.desk.pages) - 1)
    _put(screen, desk, lens)


def _put(screen: WorkspaceScreen, desk: Desk, lens: str) -> None:
    """Show a lens where the focus is; an open record, which would stand in front of it, is put away."""
    screen.turn(desk._replace(opened=False).with_page(desk.page.showing(lens)))


def board_lenses() -> list[str]:
    """The lenses that can be put on the board, in the order they are cycled through."""
    return [lens.id for lens in perspectives().values() if lens.board]


def cycle(screen: WorkspaceScreen, way: str) -> None:
    page = screen.desk.page
    if page.id != "board":
        screen.say("Perspectives stand on the board: 5, or g and a letter.")
        return
    lenses = board_lenses()
    if way == "last":
        lens = page.before or page.lens
    else:
        lens = lenses[(lenses.index(page.lens) + (1 if way == "+" else -1)) % len(lenses)]
    _put(screen, screen.desk, lens)


SHARING: Mapping[str, tuple[str, str]] = {
    "choices": ("Choosing in one lens chooses in all.", "Each lens has its own choice."),
    "marks": ("Marking in one lens marks in all.", "Each lens has its own marks."),
    "filter": ("One filter for all lenses.", "Each lens has its own filter."),
}
"""What lenses share or have apart → what is said then."""


@seen
def share(screen: WorkspaceScreen, what: str) -> None:
    before = screen.desk
    screen.turn(before.parted(what))
    if what == "filter" and what in before.apart and screen.desk.filters_back():
        screen.say(f"{_one_for_all(screen.desk.page.filter)} \\ gives each lens its own back.")
    elif what == "filter" and what not in before.apart and before.filters_back():
        screen.say("Each lens has its own filter again.")
    else:
        screen.say(SHARING[what][what in screen.desk.apart])


def _one_for_all(text: str) -> str:
    return f"One filter for all lenses: /{text}." if text else "No lens is filtered."


def board(screen: WorkspaceScreen, what: str) -> None:
    desk = screen.desk
    if desk.page.id != "board":
        screen.say("Lenses are added and dropped on the board: 5.")
    elif desk.together is not None:
        screen.say("Then and now stand side by side. Escape returns to now.")
    elif what == "drop":
        screen.say(in_front(desk)) if in_front(desk) else screen.turn(desk.without_lens())
    elif len(desk.page.lenses) >= MOST_LENSES:
        screen.say(f"{MOST_LENSES} lenses are the most.")
    else:
        free = next((lens for lens in board_lenses() if lens not in desk.page.lenses), desk.page.lens)
        screen.turn(desk._replace(opened=False).with_lens(free))


def focus(screen: WorkspaceScreen, way: str) -> None:
    desk, page = screen.desk, screen.desk.page
    if len(page.lenses) == 1:
        screen.turn(desk._replace(opened=not desk.opened))
        return
    if desk.opened:  # the focus goes back to the lens behind the record before it goes to another
        screen.turn(desk._replace(opened=False))
        return
    screen.turn(desk.focused((page.focus + (1 if way == "+" else -1)) % len(page.lenses)))
