"""How the tokens of a theme look where no terminal gives the rest: two colours, and what else is done to letters."""

from __future__ import annotations

from typing import NamedTuple

from themes import Theme
from themes.colour import TERMINALS, is_rgb

TERMINAL = {True: TERMINALS["GNOME Terminal, dark"], False: TERMINALS["GNOME Terminal, light"]}
"""Whether a theme is dark → what stands for the colours it leaves to the terminal."""
DIM = 0.62
"""How much of a dim text's colour is left, the rest being its ground."""


class Ink(NamedTuple):
    """How a token looks in a picture; both colours are ``#rrggbb``."""

    colour: str
    ground: str
    attributes: frozenset[str]


def ink(theme: Theme, token: str) -> Ink:
    """How the theme draws a token; colours that are the terminal's are those of one that is common."""
    palette = TERMINAL[theme.dark]
    style = theme.drawn(token if token in theme.tokens else "text")
    colour = _rgb(style.foreground, palette.shade(style.foreground, palette.foreground))
    ground = _rgb(style.background, palette.shade(style.background, palette.background))
    if "reverse" in style.attributes:
        colour, ground = ground, colour
    if "dim" in style.attributes:
        colour = _mixed(colour, ground)
    return Ink(colour, ground, style.attributes & {"bold", "italic", "underline"})


def _rgb(name: str | None, shade: str) -> str:
    return name if name and is_rgb(name) else shade


def _mixed(colour: str, ground: str) -> str:
    """A colour with some of its ground in it."""
    pairs = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(over * DIM + under * (1 - DIM)):02x}" for over, under in pairs)


def _channels(rgb: str) -> list[int]:
    return [int(rgb[at : at + 2], 16) for at in (1, 3, 5)]
