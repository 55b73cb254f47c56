"""The terminal's part of `many doctor`: what was found, what follows from it, and what to change where."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping

from tui import terminal

_OPTIONS = ("escape-time", "set-clipboard")
"""The options of tmux that matter here."""
_PATIENCE = 1.0
"""Seconds after which a terminal that was asked where its cursor is will not say."""
_WORDS = {"tmux": "inside tmux", "screen": "inside GNU screen", "": "no multiplexer"}
OPENS = "can be opened here"
"""What is said of the app where nothing is in its way."""
_FAR = ("tmux", "screen")
"""How TERM begins where a multiplexer runs before the link, of which only TERM comes along."""


def facts(environ: Mapping[str, str], *, may_ask: bool) -> Iterator[tuple[str, str]]:
    """What there is to know about the terminal and what was picked for it, as (name, value); most can be overridden.

    With ``may_ask`` the terminal is asked for its cursor, which tells the round trip; tmux and screen answer themselves.
    """
    columns, rows = shutil.get_terminal_size()
    within = terminal.multiplexer(environ)
    remote = terminal.is_remote(environ)
    yield "terminal", f"{environ.get('TERM') or 'none'}, {columns}×{rows}, {_multiplexer(environ)}, {_colours(environ)}"
    yield "locale", _locale(environ)
    if terminal.is_dumb(environ):
        yield "app", "not on this terminal: use --plain"
        return
    yield "link", f"{'remote' if remote else 'local'}, up to {terminal.frames_a_second(environ)} frames a second"
    listens, why = terminal.why_mouse(environ)
    yield "mouse", f"{'on' if listens else 'off'}: {why}"
    if may_ask and (seconds := round_trip()) is not None:
        yield "round trip", f"{seconds * 1000:.0f} ms{' to ' + within if within else ''}"
    theme, can_be_drawn = _theme(environ)
    yield "theme", theme
    yield "wire", _wire(environ)
    yield "app", OPENS if can_be_drawn else "not with the theme that is asked for"


def advice(environ: Mapping[str, str]) -> list[str]:
    """What to change in tmux, screen, ssh or the shell, a sentence each."""
    return terminal.advice(environ, _tmux_options() if terminal.multiplexer(environ) == "tmux" else {})


def _multiplexer(environ: Mapping[str, str]) -> str:
    within = terminal.multiplexer(environ)
    if terminal.is_mosh(environ):
        return "through mosh"
    return "tmux or screen at the other end" if not within and environ.get("TERM", "").startswith(_FAR) else _WORDS[within]


def _colours(environ: Mapping[str, str]) -> str:
    return f"colours: {terminal.colour_depth(environ)}{' (NO_COLOR)' if environ.get('NO_COLOR') else ''}"


def _locale(environ: Mapping[str, str]) -> str:
    if not terminal.is_utf8(environ):
        is_asked = environ.get("MANYVIEW_ASCII", "").lower() == "on"
        return (
            "ASCII alone, as MANYVIEW_ASCII says"
            if is_asked
            else "not UTF-8: all is shown in ASCII, unless MANYVIEW_ASCII=off"
        )
    return "UTF-8" + (
        "" if terminal.has_signs(environ) else "; the app spells our signs in ASCII, unless MANYVIEW_ASCII=off"
    )


def _theme(environ: Mapping[str, str]) -> tuple[str, bool]:
    """The theme and why it is that, or what is wrong with the one asked for; and whether the app can be drawn with it."""
    from store.errors import ManyViewError
    from store.place import theme_file, themes_folder
    from tui import chosen_theme, theming

    kept = chosen_theme.kept(environ)
    try:
        theme, problem = theming.pick(environ, folders=(themes_folder(environ),), kept=kept.name)
    except ManyViewError as error:
        return str(error).partition("\n")[0], False
    asked, where = environ.get(theming.THEME), chosen_theme.place(environ)
    if asked:
        why = f"asked for; kept is {kept.name}" if kept.name else "asked for"
    elif kept.name and not problem:
        why = f"kept by :theme for {where} terminals in {theme_file(environ)}"
    else:
        why = f"picked for this terminal; :theme or {theming.THEME} changes it"
    drawn = (
        theme.name
        if theme.name in (asked, kept.name) or why.startswith("picked")
        else f"{theme.name} for {asked or kept.name}"
    )
    return f"{drawn} ({why})" + "".join(f". {said}" for said in (kept.problem, problem) if said), True


def _wire(environ: Mapping[str, str]) -> str:
    from tui.wire import traits_of

    traits = traits_of(environ)
    if terminal.sends_whole_frames(environ):
        return "every frame is sent whole (MANYVIEW_WIRE)"
    skills = [*(["erases in colour"] * traits.erases_in_colour), *(["moves lines"] * traits.moves_lines)]
    return f"only changes ({', '.join(skills) or 'cursor placement only'}); --wire plain sends all"


def _tmux_options() -> dict[str, str]:
    """The options of the tmux we are in; none where it cannot be asked."""
    found = {}
    for name in _OPTIONS:
        try:
            done = subprocess.run(["tmux", "show-options", "-sv", name], capture_output=True, text=True, timeout=_PATIENCE)
        except (OSError, subprocess.TimeoutExpired):
            return {}
        found[name] = done.stdout.strip()
    return found


def round_trip() -> float | None:
    """Seconds from asking the terminal where its cursor is to its answer; None where none comes or keys are waiting."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        return None
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor, termios.TCSANOW)
        if select.select([descriptor], [], [], 0)[0]:
            return None
        start = time.perf_counter()
        os.write(sys.stdout.fileno(), b"\x1b[6n")
        answer = b""
        while not answer.endswith(b"R"):
            if not select.select([descriptor], [], [], _PATIENCE)[0]:
                return None
            answer += os.read(descriptor, 64)
        return time.perf_counter() - start
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)
