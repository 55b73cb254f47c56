"""What the terminal at the other end can do, read from the environment alone: nothing is asked, nothing imported."""

from collections.abc import Mapping
from typing import Literal

Depth = Literal["truecolor", "256", "ansi", "mono"]

_BY_TEXTUAL: dict[str, Depth] = {"truecolor": "truecolor", "256": "256", "standard": "ansi", "windows": "ansi"}
"""What a person may have told Textual with TEXTUAL_COLOR_SYSTEM."""

_BY_TERM: tuple[tuple[str, Depth], ...] = (
    ("direct", "truecolor"),
    ("kitty", "truecolor"),
    ("ghostty", "truecolor"),
    ("alacritty", "truecolor"),
    ("wezterm", "truecolor"),
    ("foot", "truecolor"),
    ("256color", "256"),
    ("mono", "mono"),
    ("vt100", "mono"),
    ("vt102", "mono"),
    ("vt220", "mono"),
)
"""Parts of TERM that tell how many colours there are; any other terminal has sixteen."""


def colour_depth(environ: Mapping[str, str]) -> Depth:
    """How many colours to send: none if NO_COLOR is not empty, else what was said by hand, else what TERM promises.

    GNU screen passes on the COLORTERM of the terminal around it but garbles 24-bit colours: there TERM alone counts.
    """
    if environ.get("NO_COLOR") or is_dumb(environ):
        return "mono"
    if by_hand := _BY_TEXTUAL.get(environ.get("TEXTUAL_COLOR_SYSTEM", "")):
        return by_hand
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") and "STY" not in environ:
        return "truecolor"
    term = environ["TERM"].lower()
    return next((depth for part, depth in _BY_TERM if part in term), "ansi")


def is_dumb(environ: Mapping[str, str]) -> bool:
    """Whether the terminal cannot place its cursor, so that only plain lines make sense."""
    return environ.get("TERM", "").lower() in ("", "dumb", "unknown")


def is_remote(environ: Mapping[str, str]) -> bool:
    """Whether the keys come over SSH (or mosh, which starts with it), where bytes and round trips cost."""
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def is_utf8(environ: Mapping[str, str]) -> bool:
    """Whether the locale's characters are UTF-8; without a locale they are ASCII, as POSIX has it."""
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or "C"
    return locale.lower().replace("-", "").partition("@")[0].endswith("utf8")
