"""What can be relied on in the terminal at the other end, told by the environment alone: nothing is asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Traits(NamedTuple):
    """What a terminal does beyond placing its cursor and colouring cells; the defaults are safe everywhere."""

    erases_in_colour: bool = False
    """Erased cells take the background in force ("bce"); elsewhere they take the default one, or it is not known."""
    moves_lines: bool = False
    """Lines can be deleted and inserted inside margins (VT102)."""
    places_cursor: bool = True
    """There is a screen at all."""
    erases_cells: bool = False
    """Some cells of a line can be erased (ECH)."""
    fills_in_colour: bool = False
    """Lines that come in where others are moved take the background in force, too."""


_IN_COLOUR = (
    "xterm", "tmux", "linux", "alacritty", "kitty", "foot", "wezterm", "ghostty", "rxvt", "konsole", "vte", "gnome",
    "iterm", "contour", "mintty", "mlterm", "putty", "st-",
)  # fmt: skip
"""Beginnings of TERM whose terminals erase in the background in force.

``screen`` is not among them: GNU screen erases so only after ``defbce on``, and tmux may call itself the same.
"""
_NOT_FILLING = ("kitty", "foot", "wezterm", "ghostty", "contour")
"""Parts of TERM where lines that come in may not take the background in force; in kitty they do not."""
_WITH_CELLS = tuple(term for term in _IN_COLOUR if term != "rxvt")
"""Beginnings of TERM whose terminals erase a number of cells."""
_WITH_LINES = (*_IN_COLOUR, "screen", "eterm", "vt102", "vt220", "vt320", "vt420", "vt520")
"""Beginnings of TERM whose terminals delete and insert lines inside margins."""
_WITHOUT_SCREEN = ("", "dumb", "unknown")


def traits_of(environ: Mapping[str, str]) -> Traits:
    """What can be relied on, by TERM; inside GNU screen (STY) erasing in colour cannot, whatever TERM says."""
    term = environ.get("TERM", "").lower()
    in_screen = bool(environ.get("STY"))
    in_colour = (term == "st" or term.startswith(_IN_COLOUR)) and not in_screen
    return Traits(
        erases_in_colour=in_colour,
        fills_in_colour=in_colour and not any(part in term for part in _NOT_FILLING),
        erases_cells=(term == "st" or term.startswith(_WITH_CELLS)) and not in_screen,
        moves_lines=term == "st" or term.startswith(_WITH_LINES),
        places_cursor=term not in _WITHOUT_SCREEN,
    )
