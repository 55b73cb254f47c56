"""From the words of the line to the verb that does it, with its help, its signals and its exit code."""

from __future__ import annotations

import os

from store.errors import UsageError
from store.quoting import quoted
from tui import __version__
from tui.shell.flags import SWITCHES, VALUED, Flags
from tui.shell.output import put, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def run(flags: Flags, environ: Mapping[str, str]) -> int:
    """Do what the line says; the exit code."""
    if flags.no_color:
        os.environ["NO_COLOR"] = "1"
    words = flags.words
    if words[:1] in (["-h"], ["--help"], ["help"]):
        return _help(words[1:])
    if words[:1] == ["--version"]:
        return _version()
    return _do(flags, environ) if words else _open(flags, environ)


def _do(flags: Flags, environ: Mapping[str, str]) -> int:
    """Do what a verb does."""
    from tui.shell.ending import ended_by_signals
    from tui.shell.session import Session
    from tui.shell.verb import read, verb_named

    words = flags.words
    verb = verb_named(words[0])
    if verb is None:
        raise UsageError(unknown(words[0]))
    if "-h" in words[1:] or "--help" in words[1:]:
        return _help(words[:1])
    given = read(verb, words[1:], flags.literal)
    session = Session(flags, environ)
    with ended_by_signals():
        try:
            return verb.run(session, given)
        finally:
            session.close()


def unknown(word: str) -> str:
    """What is said of a verb, or of an option before one, that does not exist."""
    from tui.shell.index import INDEX
    from tui.shell.verb import nearest

    if word.startswith("-"):
        return f"many has no option {quoted(word)}.{nearest(word, (*VALUED, *SWITCHES))}\nmany help lists them."
    near = nearest(word, tuple(INDEX))
    return f"many has no command {quoted(word)}.{near}\nmany help lists them; many note TEXT captures a note."


def _open(flags: Flags, environ: Mapping[str, str]) -> int:
    """Open the app; where there is no terminal for it, show the help instead."""
    from tui.shell.session import Session
    from tui.shell.starting import open_app

    return open_app(Session(flags, environ))


def _help(names: list[str]) -> int:
    from tui.shell.help import overview, page

    if not names:
        put(overview())
        return 0
    from tui.shell.verb import verb_named

    verb = verb_named(names[0])
    if verb is None:
        tell(unknown(names[0]))
        return 2
    put(page(verb))
    return 0


def _version() -> int:
    put(f"many {__version__}")
    return 0
