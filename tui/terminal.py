"""What the terminal at the other end can do, read from the environment alone: nothing is asked, nothing imported.

People can say otherwise: MANYVIEW_LINK (local, remote), MANYVIEW_MOUSE (on, off), MANYVIEW_ASCII (on, off), NO_COLOR,
TEXTUAL_COLOR_SYSTEM, TEXTUAL_FPS.  A word that is none of these is as good as none.
"""

from collections.abc import Mapping
from typing import Literal

Depth = Literal["truecolor", "256", "ansi", "mono"]
Multiplexer = Literal["tmux", "screen", ""]

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

COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python puts into LC_CTYPE where no locale is set (PEP 538)."""

_WITHOUT_MOUSE = ("linux", "dumb", "unknown", "cons25", "vt1", "vt2", "vt3", "vt4", "vt5")
"""Beginnings of TERM where no mouse speaks as that of xterm does."""


def colour_depth(environ: Mapping[str, str]) -> Depth:
    """How many colours to send: none if NO_COLOR is not empty, else what was said by hand, else what TERM promises.

    GNU screen passes on the COLORTERM of the terminal around it but garbles 24-bit colours: there TERM alone counts.
    """
    if environ.get("NO_COLOR") or is_dumb(environ):
        return "mono"
    if by_hand := _BY_TEXTUAL.get(environ.get("TEXTUAL_COLOR_SYSTEM", "").lower()):
        return by_hand
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit") and "STY" not in environ:
        return "truecolor"
    term = environ["TERM"].lower()
    return next((depth for part, depth in _BY_TERM if part in term), "ansi")


def is_dumb(environ: Mapping[str, str]) -> bool:
    """Whether the terminal cannot place its cursor, so that only plain lines make sense."""
    return environ.get("TERM", "").lower() in ("", "dumb", "unknown")


def is_remote(environ: Mapping[str, str]) -> bool:
    """Whether the keys come over SSH (or mosh, which starts with it), where bytes and round trips cost.

    A session of tmux keeps the environment it was begun with: MANYVIEW_LINK says it where that is out of date.
    """
    said = _said(environ, "MANYVIEW_LINK", "remote", "local")
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT")) if said is None else said


def is_mosh(environ: Mapping[str, str]) -> bool:
    """Whether mosh draws the screen, as it seems: it sets a variable that hardly anybody else does."""
    return is_remote(environ) and "NCURSES_NO_UTF8_ACS" in environ and not multiplexer(environ)


def is_utf8(environ: Mapping[str, str]) -> bool:
    """Whether the locale's characters are UTF-8; without a locale they are ASCII, as POSIX has it.

    Python turns to UTF-8 by itself there, of which the terminal knows nothing.
    """
    said = _said(environ, "MANYVIEW_ASCII", "off", "on")
    if said is not None:
        return said
    ctype = "" if _is_coerced(environ) else environ.get("LC_CTYPE")
    locale = environ.get("LC_ALL") or ctype or environ.get("LANG") or "C"
    return locale.lower().replace("-", "").partition("@")[0].endswith("utf8")


def _is_coerced(environ: Mapping[str, str]) -> bool:
    """Whether LC_CTYPE is Python's own: it was not there when the program began."""
    return environ.get("LC_CTYPE") in COERCED and not began_with("LC_CTYPE")


def began_with(name: str) -> bool:
    """Whether the program was begun with something in a variable; where the system does not tell, that it was."""
    try:
        with open("/proc/self/environ", "rb") as file:
            begun = file.read().split(b"\0")
    except OSError:
        return True
    setting = f"{name}=".encode()
    return any(one.startswith(setting) and one != setting for one in begun)


def has_signs(environ: Mapping[str, str]) -> bool:
    """Whether our signs can be seen: not without UTF-8, nor on the kernel's own console, whose fonts hold 512 at most."""
    return is_utf8(environ) and (environ.get("TERM") != "linux" or _said(environ, "MANYVIEW_ASCII", "off", "on") is True)


def has_mouse(environ: Mapping[str, str]) -> bool:
    """Whether the mouse is listened to: not over SSH, where every movement is bytes, and a cut link leaves it on."""
    return why_mouse(environ)[0]


def why_mouse(environ: Mapping[str, str]) -> tuple[bool, str]:
    """Whether the mouse is listened to, and what decided that."""
    said = _said(environ, "MANYVIEW_MOUSE", "on", "off")
    if said is not None:
        return said, "MANYVIEW_MOUSE says so"
    if lacking := lacks_mouse(environ):
        return False, lacking
    return (False, "the link is remote; :mouse turns it on") if is_remote(environ) else (True, ":mouse turns it off")


def lacks_mouse(environ: Mapping[str, str]) -> str:
    """Why no mouse can be turned on, "" where one can; MANYVIEW_MOUSE=on says that there is one after all."""
    term = environ.get("TERM", "").lower()
    is_there = _said(environ, "MANYVIEW_MOUSE", "on", "off") or not term.startswith(_WITHOUT_MOUSE)
    return "" if is_there else f"a terminal called {term} has none"


def frames_a_second(environ: Mapping[str, str]) -> int:
    """How soon a frame may follow another: while a key is held down, nothing waits longer than that to be drawn.

    Over SSH too, for a frame costs what it changes, and those a terminal is behind with are joined; where frames are sent
    whole (MANYVIEW_WIRE=plain), fewer there.
    """
    said = environ.get("TEXTUAL_FPS", "")
    if _is_number(said):
        return int(said)
    return 30 if is_remote(environ) and sends_whole_frames(environ) else 120


def sends_whole_frames(environ: Mapping[str, str]) -> bool:
    """Whether every frame is to be sent whole, not only what it changes."""
    return _said(environ, "MANYVIEW_WIRE", "plain", "differ") is True


def multiplexer(environ: Mapping[str, str]) -> Multiplexer:
    """What stands between us and the terminal; tmux within screen is tmux, which is what has our keys first."""
    return "tmux" if environ.get("TMUX") else "screen" if environ.get("STY") else ""


_WORDS: Mapping[str, tuple[str, ...]] = {
    "MANYVIEW_LINK": ("local", "remote"),
    "MANYVIEW_MOUSE": ("on", "off"),
    "MANYVIEW_ASCII": ("on", "off"),
    "MANYVIEW_WIRE": ("plain", "differ"),
    "TEXTUAL_COLOR_SYSTEM": ("auto", *_BY_TEXTUAL),
}
"""What each variable may be for something to follow from it."""


def unheeded(environ: Mapping[str, str]) -> list[str]:
    """What is set and means nothing here, a sentence each."""
    said = {name: environ[name] for name, words in _WORDS.items() if environ.get(name, "").lower() not in ("", *words)}
    sentences = [
        f"{name} is {value}, which means nothing: it is {' or '.join(_WORDS[name])}." for name, value in said.items()
    ]
    frames = environ.get("TEXTUAL_FPS", "")
    if frames and not _is_number(frames):
        sentences.append(f"TEXTUAL_FPS is {frames}, which means nothing: it is a number of frames a second.")
    return sentences


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text) > 0


def _said(environ: Mapping[str, str], name: str, yes: str, no: str) -> bool | None:
    return {yes: True, no: False}.get(environ.get(name, "").lower())


def advice(environ: Mapping[str, str], tmux: Mapping[str, str]) -> list[str]:
    """What to change in tmux, screen, ssh or the shell for the app to be at its best, a sentence each.

    ``tmux`` has the options of the server we are in that matter here, as far as they could be read.
    """
    within, term = multiplexer(environ), environ.get("TERM", "").lower()
    wait = tmux.get("escape-time", "")
    return unheeded(environ) + [sentence for holds, sentence in (
        (is_dumb(environ),
         "By its TERM this terminal cannot place its cursor. Where it can: export TERM=xterm-256color."),
        (within == "tmux" and not term.startswith(("tmux", "screen-256", "xterm")),
         'In ~/.tmux.conf: set -g default-terminal "tmux-256color", for all its colours.'),
        (within == "tmux" and wait.isdecimal() and int(wait) > 50,
         f"In ~/.tmux.conf: set -sg escape-time 10. Escape waits {wait} ms now; q does the same at once."),
        (within == "tmux" and tmux.get("set-clipboard") == "off",
         "In ~/.tmux.conf: set -g set-clipboard external, for what is copied to reach your own clipboard."),
        (within == "screen" and "256" not in term,
         "In ~/.screenrc: term screen-256color, for more than sixteen colours."),
        (within == "screen", "In ~/.screenrc: maptimeout 50, for Escape to be quick."),
        (is_remote(environ) and not within and not environ.get("COLORTERM") and "256" in term,
         "For themes of 24-bit colour, as dark: SendEnv COLORTERM in your ~/.ssh/config, and AcceptEnv COLORTERM here."),
        (is_remote(environ) and not is_utf8(environ) and not environ.get("MANYVIEW_ASCII"),
         "For more than ASCII: SendEnv LANG LC_* in your ~/.ssh/config, or export LANG=C.UTF-8 here."),
        (not is_remote(environ) and not is_utf8(environ) and not environ.get("MANYVIEW_ASCII"),
         "For more than ASCII: export LANG=C.UTF-8."),
        (is_mosh(environ),
         "mosh keeps a program whose client is gone: MOSH_SERVER_NETWORK_TMOUT=86400 here ends it in a day, drafts kept."),
        (is_remote(environ) and not within and not is_mosh(environ),
         "In ~/.ssh/config: ServerAliveInterval 30, so that a cut link is noticed. Inside tmux nothing is lost by it."),
    ) if holds]  # fmt: skip
