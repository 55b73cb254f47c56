"""How far two colours stand apart, and what the sixteen ANSI colours look like on terminals as they are delivered."""

import re
from functools import lru_cache
from typing import NamedTuple

ANSI = (
    *("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"),
    *("bright_black", "bright_red", "bright_green", "bright_yellow"),
    *("bright_blue", "bright_magenta", "bright_cyan", "bright_white"),
)
"""The sixteen names in the order of their numbers; ``default`` is the terminal's own and has no number."""

_RGB = re.compile("#[0-9a-f]{6}")


class Palette(NamedTuple):
    """One terminal's colours as ``#rrggbb``: its background, its text, and the sixteen."""

    background: str
    foreground: str
    colours: tuple[str, ...]

    @property
    def dark(self) -> bool:
        """Whether its ground is darker than its text."""
        return luminance(self.background) < luminance(self.foreground)

    def shade(self, name: str | None, own: str) -> str:
        """The ``#rrggbb`` this terminal shows for one of the sixteen names, or its own for none and ``default``."""
        return self.colours[ANSI.index(name)] if name in ANSI else own


def is_rgb(word: str) -> bool:
    """Whether the word is ``#rrggbb`` in lower case, the one way a truecolor theme writes a colour."""
    return _RGB.fullmatch(word) is not None


def is_ansi(word: str) -> bool:
    """Whether the word is one of the sixteen names or ``default``."""
    return word == "default" or word in ANSI


def written(word: str) -> str:
    """A colour in its one spelling: ``#ABC`` and ``#AABBCC`` become ``#aabbcc``, any other word stays."""
    if not re.fullmatch("#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", word):
        return word
    digits = word[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def channels(rgb: str) -> tuple[float, float, float]:
    """Red, green and blue of ``#rrggbb`` as amounts of light, each 0 to 1 (sRGB, linear)."""
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


@lru_cache(maxsize=1024)
def luminance(rgb: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = channels(rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two ``#rrggbb`` colours, 1 (the same) to 21 (black on white), in either order (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _palette(background: str, foreground: str, colours: str) -> Palette:
    return Palette(f"#{background}", f"#{foreground}", tuple(f"#{colour}" for colour in colours.split()))


_GNOME = "171421 c01c28 26a269 a2734c 12488b a347ba 2aa1b3 d0cfcc 5e5c64 f66151 33da7a e9ad0c 2a7bde c061cb 33c7de ffffff"
_WINDOWS = "0c0c0c c50f1f 13a10e c19c00 0037da 881798 3a96dd cccccc 767676 e74856 16c60c f9f1a5 3b78ff b4009e 61d6d6 f2f2f2"
_MACOS = "000000 990000 00a600 999900 0000b2 b200b2 00a6b2 bfbfbf 666666 e50000 00d900 e5e500 0000ff e500e5 00e5e5 e5e5e5"
_LINUX = "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa 555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
_XTERM = "000000 cd0000 00cd00 cdcd00 0000ee cd00cd 00cdcd e5e5e5 7f7f7f ff0000 00ff00 ffff00 5c5cff ff00ff 00ffff ffffff"

TERMINALS: dict[str, Palette] = {
    "GNOME Terminal, dark": _palette("171421", "d0cfcc", _GNOME),
    "GNOME Terminal, light": _palette("ffffff", "171421", _GNOME),
    "Windows Terminal": _palette("0c0c0c", "cccccc", _WINDOWS),
    "Windows Terminal, light": _palette("ffffff", "0c0c0c", _WINDOWS),
    "macOS Terminal, Basic": _palette("ffffff", "000000", _MACOS),
    "macOS Terminal, Pro": _palette("000000", "f4f4f4", _MACOS),
    "the Linux console": _palette("000000", "aaaaaa", _LINUX),
    "xterm": _palette("000000", "e5e5e5", _XTERM),
}
"""Stock terminals an ANSI theme is measured on.

xterm in reverse video (green and cyan on pure white) is left out on purpose: only bright red and bright magenta
reach 3 there, so no theme could use a second colour.
"""
