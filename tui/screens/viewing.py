"""Saved views on the screen: opened from a prompt, saved for oneself or for everybody, and the columns of a list."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from store import view_file
from store.errors import ManyViewError
from store.place import views_file
from store.query import words_of
from store.quoting import quoted
from store.view_file import Views
from store.views import SavedView, checked_name, document_of
from tui import columns
from tui.viewing import notes, opened, saved

if TYPE_CHECKING:
    from tui.screens.workspace import WorkspaceScreen

MOST_OFFERED = 40
HINT = "the name of a view; save NAME, share NAME or drop NAME does that"


def places(screen: WorkspaceScreen) -> tuple[Views, Views]:
    """My own views, and those of everybody who uses the workspace."""
    return view_file.load(views_file(os.environ)), view_file.shared(screen.workspace.records.settings.views)


def offered(screen: WorkspaceScreen) -> Sequence[str]:
    """What may follow ``:view``: the names of all views, and what is done with one."""
    known = view_file.names(places(screen))
    return [*known, "save ", "share ", *(f"drop {name}" for name in known)]


# ------------------------------------------------------------------------------------------------------------- open one


def ask(screen: WorkspaceScreen) -> None:
    """Ask which view to open; what it shows is said while its name is typed."""
    found = places(screen)
    known = view_file.names(found)
    if not known:
        problem = next((problem for one in found for problem in one.problems), "")
        screen.say(problem or "No view is saved yet: :view save and a name saves this one.", "warn" if problem else "text")
        return
    screen.asking.read(
        "view:",
        "",
        lambda text: line(screen, text) if text.strip() else None,
        complete=lambda text: _beginning(text.strip().lower(), known),
        on_change=lambda text: _explain(text.strip(), found, known),
        whole=True,
    )


def _beginning(typed: str, known: Sequence[str]) -> list[str]:
    front = [name for name in known if name.lower().startswith(typed)]
    return [*front, *(name for name in known if typed in name.lower() and name not in front)][:MOST_OFFERED]


def meaning(screen: WorkspaceScreen, text: str) -> str:
    """What the view shows that a text names, as it is said while it is typed."""
    found = places(screen)
    return _explain(text, found, view_file.names(found))


def _explain(text: str, found: Sequence[Views], known: Sequence[str]) -> str:
    matching = _beginning(text.lower(), known)
    if not text or not matching:
        return ", ".join(known) if not text else HINT
    view, _ = _known(matching[0], found)
    return f"{view.name}: {view.about or ', '.join(view.lenses)}" + (f"  /{view.filter}" if view.filter else "")


def _known(name: str, found: Sequence[Views]) -> tuple[SavedView, Views]:
    """A view by its name, mine before everybody's, and the place it stands at.  Raises ``ManyViewError``."""
    for one in found:
        if name in one.views:
            return one.views[name], one
    problem = next((problem for one in found for problem in one.problems if name in problem), "")
    raise ManyViewError(problem or f"There is no view {quoted(name)}. f shows those there are.")


def open_view(screen: WorkspaceScreen, name: str) -> str | None:
    """Open the view of that name, or of the name that begins so; returns what is wrong with it."""
    found = places(screen)
    try:
        exact = any(name in one.views for one in found)
        view, place = _known(name if exact else next(iter(_beginning(name.lower(), view_file.names(found))), name), found)
        desk = opened(screen.desk, view)
    except ManyViewError as error:
        return str(error)
    screen.turn(desk)
    screen.settle()
    words = words_of(screen.workspace.records.settings)
    wrong = [place.complaint(view.name, note.place, note.said) for note in notes(view, words)]
    more = f" ({len(wrong) - 1} more: many views)" if len(wrong) > 1 else ""
    screen.say(
        f"{wrong[0]}{more}" if wrong else f"{view.name}: {view.about or ', '.join(view.lenses)}",
        "warn" if wrong else "text",
    )
    return None


# ------------------------------------------------------------------------------------------------------ save, share, drop


def _save(screen: WorkspaceScreen, name: str) -> None:
    path = views_file(os.environ)
    replaced = view_file.save(path, saved(screen.desk, name))
    screen.say(f"{'Replaced' if replaced else 'Saved'} the view {name}; f opens it. It stands in {path}.", "good")


def _share(screen: WorkspaceScreen, name: str) -> None:
    settings = screen.workspace.records.settings
    views = {**settings.views, name: document_of(saved(screen.desk, name))}
    done = screen.workspace.set_settings(settings.model_copy(update={"views": views}), f"shared the view {name}")
    screen.say(f"Shared the view {name} with everybody here." if done else "Nothing was changed.", "good", "u undoes")


def _drop(screen: WorkspaceScreen, name: str) -> None:
    if view_file.drop(views_file(os.environ), name):
        screen.say(f"Forgot your view {name}.", "good")
        return
    settings = screen.workspace.records.settings
    if name not in settings.views:
        raise ManyViewError(f"There is no view {quoted(name)}. f shows those there are.")
    views = {one: document for one, document in settings.views.items() if one != name}
    screen.workspace.set_settings(settings.model_copy(update={"views": views}), f"dropped the shared view {name}")
    screen.say(f"Dropped the shared view {name}.", "good", "u undoes")


ACTS: Mapping[str, Callable[[WorkspaceScreen, str], None]] = {"save": _save, "share": _share, "drop": _drop}
"""First word behind ``:view`` → what it does with the name behind it."""


def line(screen: WorkspaceScreen, text: str) -> str | None:
    """Do what a line says: ``monday`` opens it, ``save monday`` saves it; returns what is wrong with it."""
    word, _, rest = text.strip().partition(" ")
    if word not in ACTS or not rest.strip():
        return open_view(screen, text.strip()) if text.strip() else HINT
    try:
        ACTS[word](screen, checked_name(rest))
    except ManyViewError as error:
        return str(error)
    return None


# ---------------------------------------------------------------------------------------------------------------- columns


def ask_columns(screen: WorkspaceScreen) -> None:
    """Ask which columns the list in focus shows; nothing brings back its own."""
    view = screen.pane.view
    known = list(columns.offered(view)) if view is not None else []
    if not known:
        screen.say("This lens has no columns.")
        return
    now = screen.desk.page.options.get(screen.desk.page.lens, {}).get(columns.OPTION, "")
    screen.asking.read(
        "columns:",
        ", ".join(columns.named(now)),
        lambda text: take_columns(screen, text),
        complete=lambda text: _completed(text, known),
        on_change=lambda text: f"{', '.join(known)}; none for the lens's own",
        whole=True,
    )


def _completed(text: str, known: Sequence[str]) -> list[str]:
    front, comma, typed = text.rpartition(",")
    taken = columns.named(front)
    begun = [title for title in known if title.startswith(typed.strip().lower()) and title not in taken]
    return [f"{front}{comma}{' ' if comma else ''}{title}" for title in begun]


def take_columns(screen: WorkspaceScreen, text: str) -> str | None:
    """Show these columns in the list in focus; returns what is wrong with them."""
    view = screen.pane.view
    wanted = columns.named(text)
    if view is not None and (wrong := columns.unknown(view, text)):
        return f"There is no column {quoted(wrong[0])}. There are {', '.join(columns.offered(view))}."
    page = screen.desk.page
    screen.turn(screen.desk.with_page(page.turned(columns.OPTION, ",".join(wanted))))
    return None
