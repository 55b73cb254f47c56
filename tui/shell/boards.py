"""Verbs that show lenses: board, as text or as a picture, and why."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from store.errors import NotFound, UsageError
from store.place import themes_folder
from store.quoting import quoted
from tui import columns
from tui.past import Past, last_review, looking_back
from tui.perspective import Perspective, perspectives
from tui.plain import plain, records_of
from tui.shapes import Scene, View
from tui.shell.listing import PAGE_WIDTH, predicate
from tui.shell.output import pour, speaks_utf8
from tui.shell.pane import Pane
from tui.shell.printing import NARROWEST, print_objects, terminal_width
from tui.shell.session import Session, as_object, once
from tui.shell.transfer import write_out
from tui.shell.verb import AT, FILTER, FILTER_ABOUT, VIEW, Argument, Given, Option, Verb, nearest
from tui.shell.views import panes_of
from tui.spoken import spoken
from tui.text import safe
from tui.viewpoint import Viewpoint

if TYPE_CHECKING:
    from themes import Theme
    from tui.picture import Panel


def lens(word: str) -> Perspective:
    """The perspective a word names: its id, its title or the beginning of one of them.  Raises ``NotFound``."""
    typed = word.lower().replace(" ", "_").replace("-", "_")
    known = perspectives()
    if typed in known:
        return known[typed]
    found = [one for one in known.values() if one.id.startswith(typed) or one.title.lower().startswith(word.lower())]
    if len(found) != 1:
        near = nearest(typed, tuple(known)) or f" There are {', '.join(known)}."
        raise NotFound(f"There is no lens {quoted(word)}.{near}")
    return found[0]


def split(words: tuple[str, ...]) -> tuple[list[Perspective], tuple[str, ...]]:
    """The lenses in front, and the filter behind them, which begins with the first word that names no lens."""
    lenses: list[Perspective] = []
    for at, word in enumerate(words):
        try:
            lenses.append(lens(word))
        except NotFound:
            if not lenses:
                raise
            return lenses, words[at:]
    return lenses, ()


class Looked(NamedTuple):
    """A lens, and what it shows of the records as they stand, or stood."""

    lens: Perspective
    view: View
    scene: Scene
    filtered: str = ""


def _board(session: Session, given: Given) -> int:
    session.look_at(given.options.get("at"))
    looked = _looks(session, given)
    if any(map(given.has, PICTURES)):
        _picture(session, given, looked)
    elif given.has("md"):
        from tui.picture import markdown

        pour(markdown(_panels(given, looked, session)))
    elif session.flags.is_machine:
        for one in looked:
            print_objects(session, [as_object(record) for record in once(records_of(one.view))])
    else:
        _print(session, looked, given)
    return 0


def _looks(session: Session, given: Given) -> list[Looked]:
    """What each lens shows: those that are typed, or those of a saved view with what is typed as one more filter."""
    if given.has("view"):
        panes = panes_of(session, given.options["view"], " ".join(given.words))
    elif given.words:
        typed, words = split(given.words)
        panes = [Pane(one.id, " ".join(words)) for one in typed]
    else:
        raise UsageError("many board needs a lens, or --view and the name of a saved one.\nTry: many board flow --plain")
    turned = _turned([perspectives()[pane.lens] for pane in panes], given)
    chosen = session.records.find(given.options["of"]).id if given.has("of") else None
    return [_look(session, pane, chosen, {**pane.options, **turned[pane.lens]}, given.has("all")) for pane in panes]


def _look(session: Session, pane: Pane, chosen: str | None, options: Mapping[str, str], archived: bool) -> Looked:
    one, where = perspectives()[pane.lens], predicate(session, (pane.filter,))
    viewpoint = Viewpoint(session.today, session.me, chosen, where, archived or pane.archived, options, filter=pane.filter)
    viewpoint = looking_back(one, viewpoint, past_of(session), session.records)
    return Looked(one, columns.shown(one, session.records, viewpoint), session.scene, pane.filter)


def past_of(session: Session) -> Past:
    """The history of the workspace, and when the person reviewed it last."""
    return Past(session.workspace().history, lambda: last_review(session.environ, session.workspace()))


def _print(session: Session, looked: list[Looked], given: Given) -> None:
    ascii_only = not speaks_utf8(sys.stdout)
    width = max(_columns(given) or terminal_width() or PAGE_WIDTH, NARROWEST)
    for at, (one, view, scene, filtered) in enumerate(looked):
        if given.has("words"):
            text = spoken(one, view, scene, in_ascii=ascii_only, filtered=filtered, past=session.past)
        else:
            text = plain(one, view, scene, width, ascii_only=ascii_only, filtered=filtered, past=session.past)
        pour("\n" * (at > 0) + text)


def _columns(given: Given) -> int | None:
    return given.number("columns", given.number("width"))


def _turned(lenses: list[Perspective], given: Given) -> dict[str, dict[str, str]]:
    """Lens → its options as ``--turn sort=age`` sets them in all that have it, ``flow.sort=age`` in one.

    Raises ``UsageError`` for what none of the lenses can be turned to.
    """
    turned: dict[str, dict[str, str]] = {one.id: {} for one in lenses}
    for pair in filter(None, given.options.get("turn", "").split(",")):
        path, _, value = pair.partition("=")
        only, _, name = path.rpartition(".")
        meant = [one for one in lenses if name in dict(one.options) and only in ("", one.id)]
        fitting = [one for one in meant if value in dict(one.options)[name]]
        if not fitting:
            raise UsageError(_cannot_turn(pair, lenses, name, meant))
        for one in fitting:
            turned[one.id][name] = value
    return turned


def _cannot_turn(pair: str, lenses: list[Perspective], name: str, meant: list[Perspective]) -> str:
    """Why a lens cannot be turned so: what there is to turn, or what it can be turned to."""
    who = " and ".join(one.id for one in meant or lenses)
    if meant:
        values = dict.fromkeys(value for one in meant for value in dict(one.options)[name])
        return f"{who} cannot be turned to {quoted(pair)}. {name} is one of {', '.join(values)}."
    there = ", ".join(dict.fromkeys(option for one in lenses for option, _ in one.options))
    return f"{who} cannot be turned to {quoted(pair)}. " + (f"There is {there}." if there else "There is nothing to turn.")


# --------------------------------------------------------------------------------------------------------------- pictures

PICTURES = ("svg", "html")
OF_A_LENS, OF_SEVERAL = 100, 80
"""Columns of a lens in a picture, alone and beside others, where nothing says how wide it is to be."""


def _picture(session: Session, given: Given, looked: list[Looked]) -> None:
    from tui import picture

    theme = theme_named(session, given)
    panels = _panels(given, looked, session)
    name = session.records.settings.name
    title = f"{name + ': ' if name else ''}{', '.join(one.lens.title for one in looked)}, {looked[0].scene.today}"
    for form, drawn in (("svg", picture.svg), ("html", picture.html)):
        if given.has(form):
            write_out(session, given.options[form], drawn(panels, theme, title))


def _panels(given: Given, looked: list[Looked], session: Session) -> list[Panel]:
    from tui.picture import GAP, panel

    columns, lines, count = _columns(given), given.number("lines"), len(looked)
    each = OF_A_LENS if count == 1 else OF_SEVERAL
    if columns is not None:
        each = columns if given.has("md") else max((columns - GAP * (count - 1)) // count, NARROWEST)
    return [
        panel(one, view, scene, max(each, NARROWEST), lines=lines, filtered=filtered, past=session.past)
        for one, view, scene, filtered in looked
    ]


def theme_named(session: Session, given: Given) -> Theme:
    """The theme of a picture: documents are white, so a light one unless another is named.  Raises ``UsageError``.

    It is named like that of the app, by a flag that is read wherever it stands on the line.
    """
    import themes

    named = session.flags.theme or given.options.get("theme", "light")
    try:
        return themes.load(named, (themes_folder(session.environ),))
    except themes.ThemeError as error:
        raise UsageError(safe(str(error))) from None


LENS = Argument("LENS", "a perspective, as many keys lists them", 0, several=True, offers="lenses")

VERBS = (
    Verb(
        "board",
        "Print one or several lenses as text",
        _board,
        (LENS, FILTER),
        (
            Option("--words", "a record a line and nothing drawn, to be read aloud or in Braille"),
            Option("--columns", "how wide all of it is; else as the terminal, or 100, or 80 a lens in a picture", "N"),
            Option("--width", "the same as --columns", "N"),
            Option("--lines", "how high a picture is; else as high as all it shows", "N"),
            VIEW,
            AT,
            Option("--of", "the record a lens is about, for those that follow the chosen one", "ID"),
            Option("--turn", "how lenses are turned: sort=age, flow.sort=age, several with commas", "OPTION=VALUE"),
            Option("--all", "archived records, too"),
            Option("--svg", "write a picture, the lenses side by side; - for stdout", "FILE", "files"),
            Option("--html", "write a page, the lenses side by side where there is room; - for stdout", "FILE", "files"),
            Option("--md", "print it as Markdown"),
            Option("--theme", "the colours of a picture; else light", "NAME", "themes"),
        ),
        (
            ("many board ladder --plain", "does today's work reach the strategy?"),
            ("many board ladder --turn depth=2", "the same, two levels of it"),
            ("many board flow timeline --columns 160 team:core", "two lenses on one team"),
            ("many board hill timeline --words", "how far each is, and what is due when, in words"),
            ("many board ladder --at '6 weeks ago'", "as it was"),
            ("many board --view monday --plain", "a saved view"),
            ("many board flow convergence --svg board.svg --theme dark", "a picture for a document"),
        ),
        group="Lenses",
        about="Everything the app can show can be read this way; --words draws nothing, for a screen reader. A picture "
        f"stands alone: it loads and runs nothing, and its text can be selected. {FILTER_ABOUT}",
        takes_text=True,
    ),
)
