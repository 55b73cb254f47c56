"""From a theme to what draws it: which theme, Textual's environment, Rich styles for lines, a Textual theme for CSS.

Textual and Rich are imported inside the functions that need them, because Textual reads its environment when it is
imported: ``pick`` and ``environment`` come first, and loading this module costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import themes
from store.errors import UsageError
from themes import Style, Theme, ThemeError
from tui.terminal import Depth, colour_depth, frames_a_second, is_remote

if TYPE_CHECKING:
    import rich.style
    import textual.theme
    from textual.filter import LineFilter

_COLOUR_SYSTEMS: dict[Depth, str] = {"truecolor": "truecolor", "256": "256", "ansi": "standard", "mono": "standard"}
"""Textual's word for each depth; any other than its own four is a KeyError when the app starts."""

WITH_BACKGROUND = ("bar", "cursor", "cursor_idle", "linked", "tab_active")
"""Tokens whose background has a CSS variable too (``$mv-bar-background``), beside ``$mv-background``."""

WITH_STYLE = ("title", "tab_active", "bar", "key", "cursor", "cursor_idle", "field", "input", "error")
"""Tokens whose attributes have a CSS variable for ``text-style`` (``$mv-title-style``)."""


THEME = "MANYVIEW_THEME"
"""The variable that names the theme to start with."""

_LIGHT = ("7", "15")
"""Backgrounds in COLORFGBG, as rxvt, Konsole and iTerm set it, that are light: white and bright white."""


def choose(environ: Mapping[str, str], theme_name: str | None = None, *, depth: Depth, kept: str = "") -> str:
    """The name of the theme to use: the one asked for, else MANYVIEW_THEME, else the one that was ``kept``, else the default
    for this terminal and link.

    No colour at all takes ``mono``, SSH ``ansi`` (half the bytes, and the terminal's own ground), a local terminal with
    24-bit colour ``dark``, or ``light`` where COLORFGBG tells of a light ground, any other ``ansi``.
    """
    if asked := theme_name or environ.get(THEME) or kept:
        return asked
    if depth == "mono":
        return "mono"
    if depth != "truecolor" or is_remote(environ):
        return "ansi"
    return "light" if environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT else "dark"


class Picked(NamedTuple):
    """The theme to draw with, and why not the one that was kept, as a sentence."""

    theme: Theme
    problem: str = ""


def pick(environ: Mapping[str, str], theme_name: str | None = None, folders: Sequence[str] = (), kept: str = "") -> Picked:
    """The theme to draw with: chosen, loaded, and within what the terminal can show.

    Raises UsageError if the theme asked for does not exist or cannot be drawn; one that was ``kept`` gives way then.
    """
    depth = colour_depth(environ)
    try:
        return Picked(fit(themes.load(choose(environ, theme_name, depth=depth, kept=kept), folders), depth))
    except ThemeError as error:
        if theme_name or environ.get(THEME):
            raise UsageError(str(error) + ("" if theme_name else f"\n{THEME} asks for it.")) from None
        if not kept:
            raise UsageError(str(error)) from None
        problem = f"The theme that was kept is not used. {str(error).splitlines()[0]}"
        return pick(environ, folders=folders)._replace(problem=problem)


def fit(theme: Theme, depth: Depth) -> Theme:
    """The theme itself, or what comes nearest to it where the terminal has fewer colours than it needs.

    With 256 colours each colour of a truecolor theme becomes the nearest that is as legible; with sixteen its greys would
    fall together, so the built-in theme it names as its ``fallback`` stands in, and without colour ``mono`` or its like.
    """
    if depth == "256" and theme.depth == "truecolor":
        from themes.fewer import in_256_colours  # needs what nothing else on the way to the first screen does

        return in_256_colours(theme)
    if depth == "ansi" and theme.is_rgb:
        return themes.load(theme.fallback)
    if depth == "mono" and theme.depth != "mono":
        plainer = themes.load(theme.fallback)
        return plainer if plainer.depth == "mono" else themes.load("mono")
    return theme


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables to set before Textual is imported, which then reads them once.

    TEXTUAL_ANIMATIONS and TEXTUAL_SMOOTH_SCROLL: nothing moves that the person did not move, and a tab switch costs
    40 % fewer bytes.  TEXTUAL_COLOR_SYSTEM: what the terminal can show, whatever the theme, so that the theme can be
    changed while the app runs; a word Textual does not know would end it.  TEXTUAL_FPS: how soon a frame may
    follow another, unless the person set a number.
    """
    return {
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TEXTUAL_COLOR_SYSTEM": _COLOUR_SYSTEMS[colour_depth(environ)],
        "TEXTUAL_FPS": str(frames_a_second(environ)),
    }


@lru_cache(maxsize=32)
def styles(theme: Theme, ground: str = "") -> Mapping[str, rich.style.Style]:
    """The Rich style of every token, for segments; with a ground, as it stands on that row.

    ``styles(theme)["dim"]`` is an id anywhere, ``styles(theme, "cursor")["dim"]`` one on the cursor's row.  Styles of a
    truecolor theme name both colours, so a line needs nothing below it.  Computed once for each theme and ground.
    """
    named = _numbered if theme.depth == "256" else str
    return {token: _rich_style(theme.drawn(token, ground), named) for token in theme.tokens}


def _numbered(rgb: str) -> str:
    """A colour of the 240 by its number, in the words of Rich, whose own rounding takes light greys for their neighbours."""
    from themes.fewer import number

    return f"color({number(rgb)})"


def _rich_style(style: Style, named: Callable[[str], str] = str) -> rich.style.Style:
    from rich.style import Style as RichStyle

    return RichStyle(
        color=named(style.foreground) if style.foreground else None,
        bgcolor=named(style.background) if style.background else None,
        bold="bold" in style.attributes or None,
        dim="dim" in style.attributes or None,
        italic="italic" in style.attributes or None,
        underline="underline" in style.attributes or None,
        reverse="reverse" in style.attributes or None,
    )


def textual_theme(theme: Theme) -> textual.theme.Theme:
    """The theme for ``App.register_theme``; it has the theme's own name and brings the variables of ``variables``.

    Leave ``App(ansi_color=…)`` at None: a value there outweighs the theme and turns an ANSI theme into RGB.
    """
    from textual.theme import Theme as TextualTheme

    def ink(token: str) -> str:
        return _css(theme.drawn(token).foreground)

    def ground(token: str) -> str:
        return _css(theme.drawn(token).background)

    return TextualTheme(
        name=theme.name,
        ansi=not theme.is_rgb,
        dark=theme.dark,
        primary=ink("accent"),
        accent=ink("accent"),
        success=ink("good"),
        warning=ink("warn"),
        error=ink("bad"),
        foreground=ink("text"),
        background=ground("text"),
        surface=ground("input_background"),
        panel=ground("bar"),
        variables=variables(theme),
    )


def variables(theme: Theme) -> dict[str, str]:
    """The CSS variables of the theme, the same names in every theme: each costs about 20 µs whenever CSS is read.

    ``$mv-TOKEN`` is a token's colour (with hyphens: ``$mv-tab-active``), ``$mv-background`` the ground of the screen,
    ``$mv-input-background`` that of a field; the tokens of ``WITH_BACKGROUND`` and ``WITH_STYLE`` have
    ``$mv-TOKEN-background`` and ``$mv-TOKEN-style``.  The rest are Textual's own, for what its widgets draw.
    """
    drawn = {token: theme.drawn(token) for token in themes.TOKENS}
    ours = {f"mv-{token}": _css(style.foreground) for token, style in drawn.items()}
    ours |= {"mv-background": _css(drawn["text"].background)}
    ours |= {"mv-input_background": _css(drawn["input_background"].background)}
    ours |= {f"mv-{token}-background": _css(drawn[token].background) for token in WITH_BACKGROUND}
    ours |= {f"mv-{token}-style": _text_style(drawn[token]) for token in WITH_STYLE}
    ours = {name.replace("_", "-"): value for name, value in ours.items()}
    return ours | {theirs: ours[name] for theirs, name in _TEXTUAL_VARIABLES.items()}


_TEXTUAL_VARIABLES = {
    "ansi-background": "mv-background",  # missing from every ANSI theme that does not bring it, and an error in the CSS
    "ansi-foreground": "mv-text",
    "border": "mv-accent",
    "border-blurred": "mv-faint",
    "block-cursor-foreground": "mv-text",
    "block-cursor-background": "mv-cursor-background",
    "block-cursor-text-style": "mv-cursor-style",
    "block-cursor-blurred-background": "mv-cursor-idle-background",
    "block-cursor-blurred-text-style": "mv-cursor-idle-style",
    "input-selection-foreground": "mv-text",
    "input-selection-background": "mv-cursor-background",
    "screen-selection-foreground": "mv-text",
    "screen-selection-background": "mv-cursor-background",
    "footer-foreground": "mv-bar",
    "footer-background": "mv-bar-background",
    "footer-key-foreground": "mv-key",
    "scrollbar": "mv-faint",
    "scrollbar-hover": "mv-dim",
    "scrollbar-active": "mv-accent",
    "scrollbar-background": "mv-background",
    "scrollbar-background-hover": "mv-background",
    "scrollbar-background-active": "mv-background",
    "scrollbar-corner-color": "mv-background",
}
"""Variables of Textual's own widgets, each by the one of ours that it takes its value from."""


def _css(colour: str | None) -> str:
    return colour if colour and colour.startswith("#") else f"ansi_{colour or 'default'}"


def _text_style(style: Style) -> str:
    return " ".join(name for name in themes.ATTRIBUTES if name in style.attributes) or "none"


def line_filters(theme: Theme, spell: Callable[[str], str] | None = None) -> Sequence[LineFilter]:
    """What ``App.get_line_filters`` returns, so that a theme's promise holds for whatever any widget draws.

    ``spell`` is for a terminal that does not read UTF-8, or lacks our signs: it says each text with those it has, as wide.

    Under ``ansi`` a colour from elsewhere becomes the nearest of the sixteen; under ``mono`` there is none, not even
    the default one (39, 49).  Textual's own filters would turn an RGB theme into greys under NO_COLOR, and heed it even
    when it is empty.  A truecolor theme needs no filter, which saves going over every segment.
    """
    letters = (_spelt(spell),) if spell else ()
    return letters if theme.is_rgb else (_plainer(coloured=theme.depth == "ansi"), *letters)


@lru_cache(maxsize=2)
def _plainer(*, coloured: bool) -> LineFilter:
    from rich.color import Color, ColorSystem
    from rich.segment import Segment
    from rich.style import Style as RichStyle
    from textual.color import Color as TextualColor
    from textual.filter import LineFilter

    def sixteen(colour: Color | None) -> Color | None:
        if not coloured or colour is None or colour.is_default:
            return None
        return colour.downgrade(ColorSystem.STANDARD)

    @lru_cache(maxsize=1024)
    def plain(style: RichStyle) -> RichStyle:
        kept = style.without_color + RichStyle.from_color(sixteen(style.color), sixteen(style.bgcolor))
        return kept + RichStyle.from_meta(style.meta) if style.meta else kept

    class Plainer(LineFilter):
        def apply(self, segments: list[Segment], background: TextualColor) -> list[Segment]:
            return [Segment(text, style and plain(style), control) for text, style, control in segments]

    return Plainer()


@lru_cache(maxsize=2)
def _spelt(spell: Callable[[str], str]) -> LineFilter:
    from rich.segment import Segment
    from textual.color import Color
    from textual.filter import LineFilter

    class Spelt(LineFilter):
        def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
            return [Segment(text if text.isascii() else spell(text), style, control) for text, style, control in segments]

    return Spelt()
