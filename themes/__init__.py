"""Themes: what each part of a screen looks like, one TOML file a theme, read and checked without any terminal library.

A file holds ``title``, ``description``, ``depth``, ``dark``, optionally ``extends`` (the built-in theme that the tokens
left out come from), and under ``[tokens]`` one style a token: ``"bold #d7dde5 on #14181d"``, every word optional.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from themes.colour import TERMINALS, Palette, contrast, is_ansi, is_rgb

DEPTHS = ("truecolor", "ansi", "mono")
"""What a theme may ask of a terminal: any ``#rrggbb``, the sixteen ANSI colours by name, or attributes alone."""

ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse")

TOKENS: dict[str, str] = {
    "text": "whatever has no token of its own; its background is the ground of the screen",
    "dim": "ids and secondary text",
    "faint": "rules and empty cells",
    "title": "the title of a pane",
    "tab": "a tab",
    "tab_active": "the tab shown",
    "bar": "the footer and the status line",
    "key": "keys in the footer",
    "accent": "the frame of the pane in focus, and whatever is active",
    "cursor": "the row under the cursor in the pane in focus",
    "cursor_idle": "the row under the cursor in any other pane",
    "linked": "the chosen record, shown in other panes",
    "mark": "marked rows",
    "match": "what the filter or the search hit",
    "good": "better than agreed",
    "warn": "soon a problem",
    "bad": "a problem now",
    "info": "worth knowing",
    "waiting": "an option, forming, open",
    "doing": "placed, active",
    "done": "settled, closed, reviewed",
    "dropped": "parked, stopped, reversed",
    "field": "the label of a form field",
    "input": "text being typed",
    "input_background": "the ground of what is being typed",
    "error": "why something was refused",
}
"""Every token a theme gives a style, and what wears it."""

ROWS = ("cursor", "cursor_idle", "linked")
"""Tokens worn by a whole row, over which the tokens of its parts are drawn."""

GROUNDS = ("bar", *ROWS, "input_background")
"""Tokens other tokens are drawn upon; everything else stands on the ground of ``text``."""

CONTRAST = 4.5
"""Least contrast of text on its background (WCAG 2.2, level AA)."""

CONTRAST_OF_RULES = 3.0
"""Least contrast of what is not text (WCAG 2.2, 1.4.11)."""

CONTRAST_OF_HUES = 2.9
"""Least contrast of an ANSI colour on the worst stock terminal: 3, less what cyan misses it by on one of them."""

_GROUND_OF = {"key": "bar", "input": "input_background"}
_STAYS = frozenset({"faint", *GROUNDS})  # measured where they always stand, and on no other ground
_KEYS = {"title": str, "description": str, "depth": str, "dark": bool, "extends": str, "tokens": dict}
_TYPES = {str: "text in quotes", bool: "true or false", dict: "a table"}


class ThemeError(Exception):
    """A theme that cannot be found, read or drawn; the message says which and what to do."""


@dataclass(frozen=True)
class Style:
    """How one token looks; a colour of ``None`` is whatever lies below it."""

    foreground: str | None = None
    background: str | None = None
    attributes: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> "Style":
        """The style that the text describes: attributes, a colour, ``on`` and a colour, each of them optional.

        What is no attribute is taken for a colour; whether it is one, ``check`` says.
        """
        ink, _, ground = f" {text} ".partition(" on ")
        words = ink.split()
        attributes = frozenset(words) & frozenset(ATTRIBUTES)
        return cls(" ".join(w for w in words if w not in attributes) or None, ground.strip() or None, attributes)

    def __str__(self) -> str:
        words = [name for name in ATTRIBUTES if name in self.attributes]
        words += [self.foreground] if self.foreground else []
        words += ["on", self.background] if self.background else []
        return " ".join(words)


@dataclass(frozen=True, eq=False)
class Theme:
    """One theme; two are the same only if they are one object, which makes a theme a cheap key."""

    name: str
    title: str
    description: str
    depth: str
    dark: bool
    tokens: Mapping[str, Style]

    def drawn(self, token: str, ground: str = "") -> Style:
        """The token as it comes to stand on a ground: ``drawn("dim", "cursor")`` is an id on the cursor's row.

        Without a ground it stands where it always does.  A row that is reversed, or that names a colour of its own,
        outweighs the colours of its parts; on every row their attributes stay, except dim.
        """
        style, base = self.tokens[token], self.tokens["text"]
        below = self.tokens[ground or _GROUND_OF.get(token, "text")]
        attributes = style.attributes
        if ground in ROWS:
            attributes = attributes - {"dim"} | below.attributes
        if "reverse" in below.attributes or (ground in ROWS and below.foreground):
            return Style(below.foreground or base.foreground, below.background or base.background, attributes)
        return Style(
            style.foreground or (below.foreground if ground else None) or base.foreground,
            (style.background if style is not base else None) or below.background or base.background,
            attributes,
        )


def names(folders: Sequence[str] = ()) -> tuple[str, ...]:
    """The themes there are, in alphabetical order: the built-in ones and those in the person's own folders."""
    return tuple(sorted(_files(folders)))


def load(name: str, folders: Sequence[str] = ()) -> Theme:
    """The theme of that name; one in a person's own folder hides a built-in one.

    Raises ThemeError if there is none, or if it cannot be drawn.  Poor contrast is for ``check`` to say.
    """
    files = _files(folders)
    if name not in files:
        raise ThemeError(_unknown("theme", name, sorted(files)))
    theme = _read(name, files[name])
    if faults := list(_faults(theme)):
        more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
        raise ThemeError(f"The theme {name} cannot be used: {faults[0]}{more}\nIt is in {files[name]}.")
    return theme


def check(theme: Theme) -> list[str]:
    """Everything wrong with the theme, a sentence each; empty if nothing is."""
    return list(_faults(theme)) or list(_low_contrasts(theme))


def parse(name: str, document: Mapping[str, Any]) -> Theme:
    """The theme that a parsed TOML document describes, not yet checked for what its tokens say.

    Raises ThemeError for an unknown key, a value of the wrong type, an unknown depth or an unknown ``extends``.
    """
    for key, value in document.items():
        if key not in _KEYS:
            raise ThemeError(f"The theme {name} cannot be used: {_unknown('key', key, list(_KEYS))}")
        if not isinstance(value, _KEYS[key]):
            raise ThemeError(f"The theme {name} cannot be used: {key} must be {_TYPES[_KEYS[key]]}, not {value!r}.")
    below = _extended(name, document)
    depth = document.get("depth", below.depth if below else "truecolor")
    if depth not in DEPTHS:
        raise ThemeError(f"The theme {name} cannot be used: {_unknown('depth', depth, DEPTHS)}")
    own = {token: Style.parse(str(value)) for token, value in document.get("tokens", {}).items()}
    return Theme(
        name=name,
        title=document.get("title", name),
        description=document.get("description", ""),
        depth=depth,
        dark=document.get("dark", below.dark if below else True),
        tokens={**(below.tokens if below else {}), **own},
    )


def _extended(name: str, document: Mapping[str, Any]) -> Theme | None:
    """The built-in theme that this one starts from; only built-in ones, so no theme can end up extending itself."""
    if "extends" not in document:
        return None
    try:
        return load(document["extends"])
    except ThemeError as error:
        raise ThemeError(f"The theme {name} extends one that is not built in. {error}") from None


def _files(folders: Sequence[str]) -> dict[str, str]:
    """Where each theme is; a later folder hides an earlier one, and all of them the built-in themes."""
    return {
        entry.removesuffix(".toml"): os.path.join(folder, entry)
        for folder in (os.path.dirname(__file__), *folders)
        if os.path.isdir(folder)
        for entry in sorted(os.listdir(folder))
        if entry.endswith(".toml")
    }


def _read(name: str, path: str) -> Theme:
    import tomllib  # the shell does not need it

    try:
        with open(path, "rb") as file:
            return parse(name, tomllib.load(file))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ThemeError(f"The theme {name} cannot be read: {error}\nIt is in {path}.") from error


def _unknown(what: str, word: object, known: Iterable[str]) -> str:
    """The sentence about a name that does not exist, with the nearest that does."""
    from difflib import get_close_matches  # only when something went wrong

    near = get_close_matches(str(word), list(known), 1)
    hint = f"Did you mean {near[0]}? " if near else ""
    return f"There is no {what} called {word!r}. {hint}Known: {', '.join(known)}."


def _faults(theme: Theme) -> Iterator[str]:
    """What keeps the theme from being drawn at all."""
    yield from (f"{token} is missing ({use})." for token, use in TOKENS.items() if token not in theme.tokens)
    yield from (_unknown("token", token, TOKENS) for token in theme.tokens if token not in TOKENS)
    for token, style in theme.tokens.items():
        for colour in filter(None, (style.foreground, style.background)):
            if problem := _colour_fault(colour, theme.depth):
                yield f"{token}: {problem}"
        if theme.depth == "truecolor" and "dim" in style.attributes:
            yield f"{token}: a truecolor theme names a quieter colour instead of dim, whose shade differs by terminal."
    text = theme.tokens.get("text", Style())
    if theme.depth == "truecolor" and not (text.foreground and text.background):
        yield "text must name a colour and, after “on”, a background: everything else stands on it."


def _colour_fault(colour: str, depth: str) -> str | None:
    if not is_rgb(colour) and not is_ansi(colour):
        return f"{colour!r} is not a colour; write #rrggbb in lower case, or one of the sixteen names."
    if depth == "truecolor" and not is_rgb(colour):
        return f"{colour} has another shade on every terminal; a truecolor theme writes #rrggbb."
    if depth == "ansi" and not is_ansi(colour):
        return f"{colour} is not one of the sixteen colours that an ansi theme may use."
    return f"a mono theme has no colours, so not {colour} either." if depth == "mono" else None


def _low_contrasts(theme: Theme) -> Iterator[str]:
    """A sentence for each token that is hard to read where it stands; on the worst terminal, if the theme is ANSI."""
    for token, ground in drawings():
        floor = CONTRAST_OF_HUES if theme.depth == "ansi" else CONTRAST_OF_RULES if token == "faint" else CONTRAST
        style = theme.drawn(token, ground)
        if style.foreground is None and style.background is None:
            continue  # the terminal's own text on its own background
        found, where = _worst(style, theme.depth)
        if found < floor:
            yield f"Contrast {int(found * 10) / 10} below {floor} of {token} on {ground or 'its background'}{where}."


def drawings() -> Iterator[tuple[str, str]]:
    """Each token and ground that may meet on a screen, the ground "" being the token's own."""
    for token in TOKENS:
        yield token, ""
        if token not in _STAYS:
            yield from ((token, ground) for ground in GROUNDS)


def _worst(style: Style, depth: str) -> tuple[float, str]:
    """The least contrast of the style on any terminal, and the words for that terminal."""
    if depth == "truecolor":
        return contrast(str(style.foreground), str(style.background)), ""
    return min((_on(palette, style), f" in {name}") for name, palette in TERMINALS.items())


def _on(terminal: Palette, style: Style) -> float:
    ink = terminal.shade(style.foreground, terminal.foreground)
    return contrast(ink, terminal.shade(style.background, terminal.background))
