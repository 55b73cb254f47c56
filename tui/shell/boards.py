"""Verbs that show lenses: board, as text or as a picture, and why."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from store.errors import NotFound, UsageError
from store.place import themes_folder
from store.quoting import quoted
from tui.past import Past, looking_back
from tui.perspective import Perspective, Scene, View, Viewpoint, perspectives, why_absent
from tui.plain import plain, records_of
from tui.shell.listing import PAGE_WIDTH, predicate
from tui.shell.output import pour, put, speaks_utf8
from tui.shell.printing import NARROWEST, print_objects, terminal_width
from tui.shell.session import Session, as_object, once
from tui.shell.transfer import write_out
from tui.shell.verb import FILTER, FILTER_ABOUT, Argument, Given, Option, Verb, nearest
from tui.text import safe

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


def _split(words: tuple[str, ...]) -> tuple[list[Perspective], tuple[str, ...]]:
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


def _board(session: Session, given: Given) -> int:
    lenses, words = _split(given.words)
    turned = _turned(lenses, given)
    scene = _scene(session, given)
    chosen = scene.records.find(given.options["of"]).id if given.has("of") else None
    where = predicate(session, words, scene.today)
    looked = []
    for one in lenses:
        viewpoint = Viewpoint(scene.today, session.me, chosen, where, given.has("all"), turned[one.id])
        viewpoint = _looking_back(session, one, viewpoint, scene.records.n)
        looked.append(Looked(one, one.project(scene.records, viewpoint), scene))
    filtered = " ".join(words)
    if any(map(given.has, PICTURES)):
        _picture(session, given, looked, filtered)
    elif given.has("md"):
        from tui.picture import markdown

        pour(markdown(_panels(given, looked, filtered, session)))
    elif session.flags.is_machine:
        for _, view, _ in looked:
            print_objects(session, [as_object(record) for record in once(records_of(view))])
    else:
        _print(looked, given, filtered)
    return 0


def _print(looked: list[Looked], given: Given, filtered: str) -> None:
    ascii_only = not speaks_utf8(sys.stdout)
    width = max(_columns(given) or terminal_width() or PAGE_WIDTH, NARROWEST)
    for at, (one, view, scene) in enumerate(looked):
        past = scene.today if given.has("at") else None
        pour("\n" * (at > 0) + plain(one, view, scene, width, ascii_only=ascii_only, filtered=filtered, past=past))


def _columns(given: Given) -> int | None:
    return given.number("columns", given.number("width"))


def _scene(session: Session, given: Given) -> Scene:
    """The records as they stand, or with ``--at`` as they stood at the end of a day, which then is the day it is."""
    if not given.has("at"):
        return session.scene
    from store.ago import end_of, read_past

    day = read_past(given.options["at"], session.today)
    return Scene(session.workspace().at(end_of(day)), day, session.me)


def _looking_back(session: Session, one: Perspective, viewpoint: Viewpoint, n: int) -> Viewpoint:
    return looking_back(one, viewpoint, Past(session.workspace().history), n)


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


def _picture(session: Session, given: Given, looked: list[Looked], filtered: str) -> None:
    from tui import picture

    theme = theme_named(session, given)
    panels = _panels(given, looked, filtered, session)
    name = session.records.settings.name
    title = f"{name + ': ' if name else ''}{', '.join(one.lens.title for one in looked)}, {looked[0].scene.today}"
    for form, drawn in (("svg", picture.svg), ("html", picture.html)):
        if given.has(form):
            write_out(session, given.options[form], drawn(panels, theme, title))


def _panels(given: Given, looked: list[Looked], filtered: str, session: Session) -> list[Panel]:
    from tui.picture import GAP, panel

    columns, lines, count = _columns(given), given.number("lines"), len(looked)
    each = OF_A_LENS if count == 1 else OF_SEVERAL
    if columns is not None:
        each = columns if given.has("md") else max((columns - GAP * (count - 1)) // count, NARROWEST)
    past = looked[0].scene.today if given.has("at") else None
    return [
        panel(one, view, scene, max(each, NARROWEST), lines=lines, filtered=filtered, past=past)
        for one, view, scene in looked
    ]


def theme_named(session: Session, given: Given) -> Theme:
    """The theme of a picture: documents are white, so a light one unless another is named.  Raises ``UsageError``."""
    import themes

    try:
        return themes.load(given.options.get("theme", "light"), (themes_folder(session.environ),))
    except themes.ThemeError as error:
        raise UsageError(safe(str(error))) from None


def _why(session: Session, given: Given) -> int:
    record = session.records.find(given.words[0])
    for word in given.words[1:]:
        one = lens(word)
        viewpoint = _looking_back(session, one, Viewpoint(session.today, session.me, record.id), session.records.n)
        reason = why_absent(one, record, session.records, viewpoint)
        if session.flags.is_machine:
            print_objects(session, [{"id": record.id, "lens": one.id, "appears": reason is None, "why": reason}], alone=True)
        else:
            put(
                safe(
                    f"{record.id} appears in {one.title}."
                    if reason is None
                    else f"{record.id} is not in {one.title}: {reason}."
                )
            )
    return 0


LENS = Argument("LENS", "a perspective, as many keys lists them", several=True, offers="lenses")

VERBS = (
    Verb(
        "board",
        "Print one or several lenses as text",
        _board,
        (LENS, FILTER),
        (
            Option("--columns", "how wide all of it is; else as the terminal, or 100, or 80 a lens in a picture", "N"),
            Option("--width", "the same as --columns", "N"),
            Option("--lines", "how high a picture is; else as high as all it shows", "N"),
            Option("--at", "as it stood at the end of a day, such as '6 weeks ago' or 2026-09-01", "DAY"),
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
            ("many board flow timeline --columns 160 team:core", "two lenses on one team"),
            ("many board ladder --at '6 weeks ago'", "as it was"),
            ("many board flow convergence --svg board.svg --theme dark", "a picture for a document"),
        ),
        group="Lenses",
        about="Everything the app can show can be read this way, by a screen reader too. A picture stands alone: it loads "
        f"and runs nothing, and its text can be selected. {FILTER_ABOUT}",
        takes_text=True,
    ),
    Verb(
        "why",
        "Say why a record is not in a lens",
        _why,
        (Argument("ID", "a record, such as B12"), LENS),
        examples=(("many why B12 ladder", ""),),
        group="Lenses",
    ),
)
