"""One record from one line of the shell, durable when it returns, without loading the workspace.

On the capture fast path: the whole process is to take no more than twice what the interpreter takes, at any size of the
workspace.  So nothing is imported here that reading the line and appending to the journal does not need.

**No fold.**  Folding loads the file and needs orjson, which would double the time of a capture; doing it in a process that
stays behind would keep pipes open and surprise whoever counts processes.  Whatever opens the workspace next, ``many ls`` or
the app, folds when it closes; until then the journal holds the record, and a fold is only an optimisation.
"""

import sys

from store.capture import draft
from store.disk.journal import capture, compact, now
from store.errors import UsageError
from store.place import person, prepare, workspace_path
from store.quoting import quoted
from tui.shell.output import put, tell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from typing import Any

    from store.capture import Draft
    from tui.shell.flags import Flags

LETTERS = {
    "missions": ("M", "mission"), "bets": ("B", "bet"), "decisions": ("D", "decision"), "beliefs": ("A", "belief"),
    "signals": ("S", "signal"), "updates": ("U", "update"),
}  # fmt: skip
"""Table → the letter and the noun of its records, as the model has them; a test holds the two together."""
WIDEST = 200


def run(flags: "Flags", environ: "Mapping[str, str]") -> int:
    """The exit code once a record is durable; raises as ``journal.capture``, and ``UsageError`` without a text."""
    me, path = person(environ, flags.me), workspace_path(environ, flags.file)
    words = flags.words[1:] + (["--", *flags.literal] if flags.literal else [])
    found = draft(flags.words[0], words or _asked(flags), today=lambda: _today(path, flags, environ), me=me)
    document = found.document | {"created": now(), "created_by": me}
    number = None
    if not flags.read_only and not _moves_others(document):
        prepare(path, environ)
        number = capture(path, found.table, document, me, why=sentence(found))
    if number is None:
        from tui.shell.capturing import commit

        number, document = commit(flags, environ, found)
    echo(found, number, document, flags)
    return 0


def _today(path: str, flags: "Flags", environ: "Mapping[str, str]") -> "date":
    """The day it is where the workspace is; it is opened for that only where neither its file nor its journal tells."""
    from store.zone import this_day, zone_of

    zone = zone_of(path)
    if zone is not None and (day := this_day(zone)) is not None:
        from datetime import date

        return date.fromisoformat(day)
    from tui.shell.capturing import today

    return today(flags, environ)


def _moves_others(document: "dict[str, Any]") -> bool:
    """Whether the record changes another one: then the workspace must be opened for it."""
    return any(link.get("kind") == "supersedes" for link in document.get("links", ()))


def _asked(flags: "Flags") -> str:
    """The text to capture: everything a pipe holds, or one line that is asked for.  Raises ``UsageError`` for neither."""
    noun = flags.words[0]
    if not sys.stdin.isatty():
        raw = getattr(sys.stdin, "buffer", None)
        return sys.stdin.read() if raw is None else raw.read().decode("utf-8", "surrogateescape")
    if flags.no_input:
        raise UsageError(f"many {noun} needs its text, and may not ask for it.\nTry: many {noun} Say it in a few words +tag")
    import readline  # noqa: F401  (once it is loaded, the line can be edited)

    try:
        return input(f"{noun}> ")
    except EOFError:
        raise UsageError("Nothing was typed. Nothing was changed.") from None
    except UnicodeDecodeError:
        raise UsageError("What was typed is not UTF-8 text. Nothing was changed.") from None


def sentence(found: "Draft") -> str:
    """What the history says of the capture."""
    return f"added {LETTERS[found.table][1]} {title(found)}"


def title(found: "Draft") -> str:
    """The title of what was captured, safe to show."""
    text = found.document.get("title") or found.document.get("text") or found.document.get("statement") or ""
    return quoted(text, WIDEST)


def echo(found: "Draft", number: int, document: "dict[str, Any]", flags: "Flags") -> None:
    """Say what was captured: the id on stdout, or with ``--json`` the record; the rest, and how to undo it, on stderr."""
    letter, noun = LETTERS[found.table]
    record_id = f"{letter}{number}"
    if flags.is_machine:
        put(compact({"id": record_id, "type": noun, **document}).decode())
    else:
        put(f"{record_id} {title(found)}")
    remark(found, flags)
    if not flags.quiet:
        tell(f"  many undo takes it back; many show {record_id} shows it")


def remark(found: "Draft", flags: "Flags") -> None:
    """Say what could not be taken as meant, and unless quiet was asked for, what was, and what stayed text."""
    for warning in found.warnings:
        tell(warning)
    if flags.quiet:
        return
    if found.understood:
        tell("  understood  " + "; ".join(f"{label} {quoted(value, 60)}" for label, value in found.understood))
    remark_left(found.left_as_text, flags)


def remark_left(words: "Sequence[str]", flags: "Flags") -> None:
    """Say which words look like fields and stayed text, unless quiet was asked for."""
    if words and not flags.quiet:
        tell("  left as text  " + " ".join(quoted(word, 60) for word in words))
