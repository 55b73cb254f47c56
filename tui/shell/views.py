"""The verb for saved views, and what other verbs show of one."""

from __future__ import annotations

from collections.abc import Mapping

from store import view_file
from store.errors import NotFound, UsageError
from store.place import views_file
from store.quoting import quoted
from store.view_file import Views
from store.views import NOTHING, SavedView, checked_name, document_of
from tui.shell.output import pour, put
from tui.shell.pane import Pane, both
from tui.shell.printing import print_objects
from tui.shell.session import Session
from tui.shell.verb import Argument, Given, Verb, nearest
from tui.text import safe


def places(session: Session) -> tuple[Views, Views]:
    """A person's own views, and those of everybody who uses the workspace."""
    return view_file.load(views_file(session.environ)), view_file.shared(session.records.settings.views)


def find(session: Session, name: str) -> SavedView:
    """The view of that name, the person's own before everybody's; what of it is no longer there is told.

    Raises ``NotFound``, or ``UsageError`` with the line for a view that cannot be used.
    """
    found = places(session)
    for one in found:
        if name in one.views:
            for problem in problems(session, one, one.views[name]):
                session.tell(problem)
            return one.views[name]
    if wrong := next((problem for one in found for problem in one.problems if f" {name}" in problem), ""):
        raise UsageError(wrong)
    known = view_file.names(found)
    there = f" There are {', '.join(known)}." if known else " None is saved yet: f and :view save NAME in the app."
    raise NotFound(f"There is no view {quoted(name)}.{nearest(name, known) or there}")


def problems(session: Session, place: Views, view: SavedView) -> list[str]:
    """What of a view is not shown as it was saved, a sentence each, with its line."""
    from store.query import words_of
    from tui.viewing import notes

    found = notes(view, words_of(session.records.settings))
    return [place.complaint(view.name, note.place, note.said) for note in found]


def pane_of(session: Session, name: str, more: str = "") -> Pane:
    """The lens of a view that has the focus; as ``panes_of``."""
    panes = panes_of(session, name, more)
    return panes[min(find(session, name).focus, len(panes) - 1)]


def panes_of(session: Session, name: str, more: str = "") -> list[Pane]:
    """The lenses of a view that are still there, each with its filter and what else is asked of it."""
    from tui.desk import Desk
    from tui.viewing import opened

    view = find(session, name)
    desk = opened(Desk(), view)
    options = desk.page.options
    return [
        Pane(lens, both(desk.own(place).filter, more), options.get(lens, NOTHING), view.archived)
        for place, lens in enumerate(desk.page.lenses)
    ]


# --------------------------------------------------------------------------------------------------------------- the verb


def _views(session: Session, given: Given) -> int:
    act, *words = given.words or ("",)
    if act in ACTS and words:
        return ACTS[act](session, checked_name(" ".join(words)))
    if act:
        return _show(session, " ".join(given.words))
    return _list(session)


def _list(session: Session) -> int:
    found = places(session)
    told = [(view, owner) for one, owner in zip(found, ("mine", "shared"), strict=True) for view in one.views.values()]
    if session.flags.is_machine:
        print_objects(session, [{"name": view.name, "whose": owner, **document_of(view)} for view, owner in told])
    else:
        widest = max((len(view.name) for view, _ in told), default=0)
        for view, owner in told:
            filtered = f"  /{view.filter}" if view.filter else ""
            about = f"  {view.about}" if view.about else ""
            put(safe(f"{view.name:<{widest}}  {owner:<6}  {', '.join(view.lenses)}{filtered}{about}"))
    for one in found:
        for problem in (*one.problems, *(wrong for view in one.views.values() for wrong in problems(session, one, view))):
            session.tell(problem)
    if not told:
        session.tell("No view is saved yet. In the app, :view save NAME saves what you look at, and f opens it.")
    return 0


def _show(session: Session, name: str) -> int:
    view = find(session, name)
    if session.flags.is_machine:
        print_objects(session, [{"name": view.name, **document_of(view)}], alone=True)
    else:
        pour(view_file.as_toml(view))
    return 0


def _drop(session: Session, name: str) -> int:
    if view_file.drop(views_file(session.environ), name):
        session.tell(f"Forgot your view {quoted(name)}.")
        return 0
    settings = session.records.settings
    if name not in settings.views:
        raise NotFound(f"There is no view {quoted(name)}. many views lists them.")
    kept = {one: document for one, document in settings.views.items() if one != name}
    return _set(session, kept, f"dropped the shared view {name}")


def _share(session: Session, name: str) -> int:
    view = find(session, name)
    return _set(session, {**session.records.settings.views, name: document_of(view)}, f"shared the view {name}")


def _set(session: Session, views: Mapping[str, object], why: str) -> int:
    settings = session.records.settings.model_copy(update={"views": views})
    session.told(session.workspace(writing=True).set_settings(settings, why), "Nothing was changed.")
    return 0


def _take(session: Session, name: str) -> int:
    """Copy a shared view into the person's own file, to be changed there."""
    document = session.records.settings.views.get(name)
    shared = view_file.shared({name: document}) if document is not None else Views()
    if name not in shared.views:
        raise NotFound(f"There is no shared view {quoted(name)}. many views lists them.")
    path = views_file(session.environ)
    view_file.save(path, shared.views[name])
    session.tell(f"The view {quoted(name)} is yours now, too: it stands in {quoted(path, 300)}.")
    return 0


ACTS = {"drop": _drop, "share": _share, "take": _take}
"""First word behind ``many views`` → what it does with the view named behind it."""

VERBS = (
    Verb(
        "views",
        "List saved views, show one, share or drop it",
        _views,
        (
            Argument("share|take|drop", "give mine to everybody, copy a shared one into my file, or forget it", 0),
            Argument("NAME", "a view", 0, several=True),
        ),
        examples=(
            ("many views", "mine and those of everybody"),
            ("many views monday", "print one as TOML"),
            ("many views share monday", "for everybody who uses the workspace"),
            ("many board --view monday --plain", "print what it shows"),
        ),
        group="Lenses",
        about="Your own stand in views.toml in your configuration folder (many where), and can be edited there; what is "
        "wrong with one is said with its line. Shared ones are a setting of the workspace, and undone like any change.",
    ),
)
