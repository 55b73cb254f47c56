"""The verb for themes: which there are, what one looks like, and how legible it is on this terminal and on others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import themes
from store.errors import ManyViewError, NotFound
from store.place import themes_folder
from store.quoting import quoted
from themes import Theme, ThemeError
from tui import theming
from tui.chosen_theme import kept
from tui.preview import Shown, preview
from tui.shell.output import put
from tui.shell.printing import print_objects, terminal_width
from tui.shell.session import Session
from tui.shell.verb import Argument, Given, Verb
from tui.terminal import Depth, colour_depth
from tui.text import cut

WIDTH = 80
"""Cells of a preview where no terminal says how wide it is."""
WIDEST = 100
NEEDS = {"truecolor": "any colour", "ansi": "16 colours", "mono": "no colour"}


def folders(session: Session) -> tuple[str, ...]:
    """Where a person's own themes are."""
    return (themes_folder(session.environ),)


def loaded(name: str, places: Sequence[str]) -> Theme:
    """The theme of that name.  Raises ``NotFound`` where there is none, ``ManyViewError`` with everything wrong with it."""
    try:
        return themes.load(name, places)
    except ThemeError as error:
        if name not in themes.names(places):
            raise NotFound(str(error)) from None
        first, *also = error.faults or ("",)
        said, _, where = str(error).partition("\n")
        if also:  # without how many more there are, and where to read them: it is here
            said = f"{said.partition(': ')[0]}: {first}"
        raise ManyViewError("\n".join((said, where, *(f"Also: {fault}" for fault in also)))) from None


def _themes(session: Session, given: Given) -> int:
    if given.words:
        return _show(session, loaded(given.words[0], folders(session)))
    found = [_described(name, folders(session)) for name in themes.names(folders(session))]
    if session.flags.is_machine:
        print_objects(session, found)
        return 0
    here = _chosen(session)
    width = max(len(one["name"]) for one in found)
    for one in found:
        about = f"cannot be used: {one['problem']}" if one["problem"] else one["description"]
        sign = ">" if one["name"] == here else " "
        line = f"{sign} {one['name']:<{width}}  {one['suits']:<6}  {one['needs']:<10}  {about}"
        put(cut(line, terminal_width() or 400))
    session.tell(
        f"> is what opens here. :theme NAME in the app keeps another; --theme and {theming.THEME} ask for one at once."
        f'\nYour own themes are *.toml in {quoted(folders(session)[0], 400)}; one may start with: inherits = "dark"'
    )
    return 0


def _chosen(session: Session) -> str:
    environ = session.environ
    return theming.choose(environ, session.flags.theme, depth=colour_depth(environ), kept=kept(environ).name)


def _described(name: str, places: Sequence[str]) -> dict[str, Any]:
    """What there is to say about a theme, for programs; also of one that cannot be used."""
    path = themes.path_of(name, places)
    try:
        theme = themes.load(name, places)
    except ThemeError as error:
        problem = str(error).partition("cannot be used: ")[2].partition("\n")[0] or str(error)
        return {"name": name, "description": "", "suits": "", "needs": "", "path": path, "problem": problem}
    return {
        "name": name,
        "title": theme.title,
        "description": theme.description,
        "suits": theme.suits,
        "needs": NEEDS[theme.depth],
        "promises": list(theme.promises),
        "fallback": theme.fallback,
        "credit": theme.credit,
        "path": path,
        "problem": "",
    }


# --------------------------------------------------------------------------------------------------------------- one theme


def _show(session: Session, theme: Theme) -> int:
    from themes.checking import check

    if session.flags.is_machine:
        about = _described(theme.name, folders(session))
        styles = {token: str(theme.tokens[token]) for token in themes.TOKENS}
        print_objects(session, [{**about, "tokens": styles, "problems": check(theme)}], alone=True)
        return 0
    depth = colour_depth(session.environ) if sys.stdout.isatty() and not session.flags.plain else None
    fitted = theming.fit(theme, depth) if depth else theme
    for line in preview(fitted, min(terminal_width() or WIDTH, WIDEST)):
        put(painted(line, fitted, depth) if depth else "".join(span.text for span in line.spans).rstrip())
    put("")
    if fitted.name != theme.name:
        put(f"{'shown':<10} {fitted.name}, because this terminal has {NEEDS.get(str(depth), 'fewer colours')}")
    for name, value in _facts(theme, themes.path_of(theme.name, folders(session))):
        put(f"{name:<10} {quoted(value, 400)}")
    if depth is None:
        for token, use in themes.TOKENS.items():
            put(f"{token:<17} {str(theme.tokens[token]) or 'as the text':<34} {use}")
    return 0


def painted(line: Shown, theme: Theme, depth: Depth) -> str:
    """A line of the preview with the sequences that give it its colours."""
    from rich.color import ColorSystem

    system = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT}.get(depth, ColorSystem.STANDARD)
    styles = theming.styles(theme, line.ground)
    return "".join(styles[span.token].render(span.text, color_system=system) for span in line.spans)


def _facts(theme: Theme, path: str) -> Iterator[tuple[str, str]]:
    """How legible a theme is and where it comes from, as (name, sentence)."""
    from themes.checking import check
    from themes.fewer import in_256_colours

    yield "ground", theme.suits
    yield "contrast", _least(theme)
    if theme.is_rgb:
        yield "256", _least(in_256_colours(theme))
        yield "16", f"{theme.fallback} stands in"
    if theme.promises:
        yield "promises", ", ".join(theme.promises)
    if theme.credit:
        yield "credit", theme.credit
    yield "file", path
    for problem in check(theme):
        yield "problem", problem


def _least(theme: Theme) -> str:
    from themes.checking import contrasts

    words = [one for one in contrasts(theme) if one[1] != "faint"]
    if not words:
        return "that of the terminal"
    found, token, ground, where = min(words)
    on = f" on {ground}" if ground else ""
    return f"{int(found * 10) / 10} or more; least: {token}{on}{f' in {where}' if where else ''}"


VERBS = (
    Verb(
        "themes",
        "List the themes, or preview one",
        _themes,
        (Argument("NAME", "the theme to preview", 0, offers="themes"),),
        examples=(
            ("many themes", "which there are; > is the one that opens here"),
            ("many themes safe-dark", "a little board in its colours, and how legible it is"),
            ("many themes dark --plain", "every token it has, and what wears it"),
            ("many --theme gruvbox", "open the app with it; :theme gruvbox in the app keeps it"),
        ),
        group="Workspace",
        about=(
            "Your own are *.toml files in your configuration folder; many where says where that is. One begins with"
            ' inherits = "dark", then a line [tokens], then what looks otherwise, as in accent = "#e8a0c8";'
            " --plain behind the name of a theme lists every token and what wears it."
        ),
    ),
)
