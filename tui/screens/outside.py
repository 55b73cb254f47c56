"""What leaves the app for a moment: the editor, the clipboard, the mouse."""

from __future__ import annotations

import base64
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from typing import Any

from textual.app import App

from store.errors import ManyViewError
from store.model import Checkin, Record
from store.records import Records
from tui.terminal import lacks_mouse, multiplexer
from tui.text import safe

EDITORS = ("VISUAL", "EDITOR")
FALLBACKS = ("nano", "vi")
PIECE = 240
"""Characters that any GNU screen passes on at once; older ones cut a longer string off at 256."""
TMUX_ANSWERS = 2.0
"""Seconds in which tmux takes a text, or the app goes on without it: no key is answered meanwhile."""


def editor(environ: Mapping[str, str]) -> list[str] | None:
    """The command of the person's editor: VISUAL, EDITOR, else one that is installed; None when there is none."""
    for name in EDITORS:
        if words := shlex.split(environ.get(name, "")):
            return words
    return next(([name] for name in FALLBACKS if shutil.which(name)), None)


def edit(text: str, command: list[str], name: str, suffix: str = ".md") -> str | None:
    """The text as it came back from the editor, None when the editor failed; run with the terminal given to it."""
    with tempfile.TemporaryDirectory(prefix="manyview-") as folder:
        path = os.path.join(folder, f"{name}{suffix}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        try:
            status = subprocess.call([*command, path])
        except OSError:
            return None
        if status != 0:
            return None
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()


def edit_until(check: Callable[[str], object], text: str, command: list[str], name: str, suffix: str = ".md") -> str | None:
    """The text as it came back from the editor, None when the editor failed.

    A text that ``check`` raises ``ManyViewError`` for goes to the editor again, what is wrong standing in its first line as
    a comment, until it passes, is empty, or comes back as it went.
    """
    while (back := edit(text, command, name, suffix)) and back.strip() and back != text:
        try:
            check(back)
        except ManyViewError as error:
            text = _complaint(error) + (back.partition("\n")[2] if back.startswith("#") else back)
        else:
            break
    return back


def _complaint(error: ManyViewError) -> str:
    return f"# {' '.join(str(error).split())} Mend it, or empty the text to drop it.\n"


def copy(text: str, environ: Mapping[str, str], app: App[int]) -> str:
    """Copy a text by the terminal's own clipboard sequence, through tmux or screen where one runs; what to tell the person.

    Whether it arrived cannot be known, so the sentence says that it was sent, and shows it.
    """
    app.copy_to_clipboard(text)
    through = "the terminal"
    within = multiplexer(environ)
    if within == "tmux" and shutil.which("tmux"):
        through = "tmux" if _given_to_tmux(text) else through
    elif within == "screen" and app._driver is not None:  # as below: no public door to the terminal
        app._driver.write(past_screen(text))
        through = "screen"
    line = safe(text.split("\n", 1)[0])
    more = " …" if "\n" in text.strip() else ""
    return f"Sent to the clipboard through {through}: {line}{more}"


def _given_to_tmux(text: str) -> bool:
    """Whether tmux took a text into its buffer, and in good time."""
    command = ["tmux", "load-buffer", "-w", "-"]
    try:
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, timeout=TMUX_ANSWERS)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def past_screen(text: str) -> str:
    """The clipboard sequence wrapped for GNU screen, which drops it otherwise, to hand it to the terminal around it."""
    sequence = f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"
    return "".join(f"\x1bP{sequence[at : at + PIECE]}\x1b\\" for at in range(0, len(sequence), PIECE))


def markdown(chosen: tuple[Record, ...], records: Records) -> str:
    """The chosen records as Markdown, one after the other; check-ins as their minutes."""
    from store.checkins.minutes import markdown as minutes
    from store.exchange.markdown import write_markdown

    return "\n".join(minutes(one, records) if isinstance(one, Checkin) else write_markdown((one,)) for one in chosen)


def toggle_mouse(app: App[int], environ: Mapping[str, str]) -> str:
    """Turn the mouse on where it is off and off where it is on; returns what to tell the person.

    Where the terminal has none it stays off: its codes would be shown as text.
    """
    if lacking := lacks_mouse(environ):
        return f"The mouse stays off: {lacking}. MANYVIEW_MOUSE=on tries."
    driver: Any = app._driver  # there is no public door to the terminal's modes while the app runs
    if driver is None or not hasattr(driver, "_enable_mouse_support"):
        return "This terminal has no mouse to turn on."
    on = not getattr(driver, "_mouse", False)
    driver._mouse = on
    if on:
        driver._enable_mouse_support()
    else:
        driver._mouse = True  # Textual turns off only what it believes to be on
        driver._disable_mouse_support()
        driver._mouse = False
    return "The mouse is on." if on else "The mouse is off."
