"""What a theme is: tokens, which are the roles a piece of text can have, and the style that each of them wears."""

from collections.abc import Mapping
from typing import NamedTuple

from themes.colour import written

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
    "past": "the past day that is looked at",
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

STAGES = ("doing", "waiting", "done", "dropped")
TONES = ("good", "warn", "bad", "info")
GROUPS = (STAGES, TONES)
"""Tokens that stand side by side and must not be taken for one another; of few colours the first have the first choice."""

_GROUND_OF = {"key": "bar", "input": "input_background"}


class ThemeError(Exception):
    """A theme that cannot be found, read or drawn; the message says which and what to do.

    ``faults`` is everything that is wrong with it, where the message has room for the first only.
    """

    def __init__(self, message: str, faults: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.faults = faults


class Style(NamedTuple):
    """How one token looks; a colour of ``None`` is whatever lies below it."""

    foreground: str | None = None
    background: str | None = None
    attributes: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> "Style":
        """The style that the text describes: attributes, a colour, ``on`` and a colour, each of them optional.

        What is no attribute is taken for a colour; whether it is one, ``faults`` says.
        """
        ink, _, ground = f" {text} ".partition(" on ")
        words = ink.split()
        attributes = frozenset(words) & frozenset(ATTRIBUTES)
        colour = " ".join(word for word in words if word not in attributes)
        return cls(written(colour) or None, written(ground.strip()) or None, attributes)

    def __str__(self) -> str:
        words = [name for name in ATTRIBUTES if name in self.attributes]
        words += [self.foreground] if self.foreground else []
        words += ["on", self.background] if self.background else []
        return " ".join(words)


class Theme(NamedTuple):
    """One theme; two are the same only if they are one object, which makes a theme a cheap key.

    ``depth`` is one of ``DEPTHS``, or ``256`` for a theme that was fitted to as many colours.  ``either``: it names no
    ground of its own and is at home on dark and light ones.  ``fallback`` is the built-in theme that stands in where there
    are sixteen colours or none; ``promises`` is what ``checking.check`` holds it to beyond level AA.
    """

    name: str
    title: str
    description: str
    depth: str
    dark: bool
    tokens: Mapping[str, Style]
    either: bool = False
    fallback: str = "ansi"
    promises: tuple[str, ...] = ()
    credit: str = ""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __hash__(self) -> int:
        return id(self)

    @property
    def is_rgb(self) -> bool:
        """Whether every colour is written as ``#rrggbb``."""
        return self.depth in ("truecolor", "256")

    @property
    def suits(self) -> str:
        """The grounds it is for: dark, light, or either."""
        return "either" if self.either else "dark" if self.dark else "light"

    def drawn(self, token: str, ground: str = "") -> Style:
        """The token as it comes to stand on a ground: ``drawn("dim", "cursor")`` is an id on the cursor's row.

        Without a ground it stands where it always does.  A row has one ink, its own or that of text, and the attributes of
        its parts except dim: so it reads as one thing on any tint, and is sent in one pen.  No state is told by its
        colour alone.
        """
        style, base = self.tokens[token], self.tokens["text"]
        below = self.tokens[ground or _GROUND_OF.get(token, "text")]
        if ground in ROWS or "reverse" in below.attributes:
            attributes = style.attributes - {"dim"} | below.attributes if ground in ROWS else style.attributes
            return Style(below.foreground or base.foreground, below.background or base.background, attributes)
        return Style(
            style.foreground or (below.foreground if ground else None) or base.foreground,
            (style.background if style is not base else None) or below.background or base.background,
            style.attributes,
        )
