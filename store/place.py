"""Where the workspace lives, who is at the terminal, and which folders are ours: read from the environment alone.

Light, because capture imports it: nothing but ``os`` and the errors.
"""

import os

from store.disk.files import reason
from store.errors import ManyViewError, UsageError
from store.quoting import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

APPLICATION = "manyview"
FILE = "workspace.json"
JOURNAL = ".journal"

_FOLDERS = {"data": ".local/share", "config": ".config", "state": ".local/state"}
"""Each of XDG's base folders, below the home folder, when the environment names none."""


def workspace_path(environ: "Mapping[str, str]", flag: str | None = None) -> str:
    """The absolute path of the workspace file: as ``flag`` says, else ``MANYVIEW_FILE``, else the person's own.

    The file need not exist.  Raises ``UsageError`` for what cannot be one: a folder, a device, a journal.
    """
    named = flag if flag is not None else environ.get("MANYVIEW_FILE") or None
    if named is None:
        return os.path.join(folder("data", environ), FILE)
    if not named.strip():
        raise UsageError("--file names no file. Say which one: --file workspace.json")
    path = os.path.abspath(os.path.expanduser(named))
    shown = quoted(path, 300)
    if os.path.isdir(path) or named.endswith("/"):
        raise UsageError(f"{shown} is a folder, not a workspace.\nName the file in it: {shown}/{FILE}")
    if path.endswith(JOURNAL):
        raise UsageError(f"{shown} is a journal. Name the workspace beside it: {shown.removesuffix(JOURNAL)}")
    if os.path.exists(path) and not os.path.isfile(path):
        raise UsageError(f"{shown} is not a file, so it cannot be a workspace.")
    return path


def folder(which: str, environ: "Mapping[str, str]") -> str:
    """Our folder for ``data``, ``config`` or ``state``.  As XDG asks, a relative path in its variables is ignored."""
    base = environ.get(f"XDG_{which.upper()}_HOME", "")
    if not os.path.isabs(base):
        home = environ.get("HOME") or os.path.expanduser("~")
        base = os.path.join(home, _FOLDERS[which])
    return os.path.join(base, APPLICATION)


def themes_folder(environ: "Mapping[str, str]") -> str:
    """Where a person's own themes are looked for."""
    return os.path.join(folder("config", environ), "themes")


def theme_file(environ: "Mapping[str, str]") -> str:
    """Where it is kept which theme a person chose."""
    return os.path.join(folder("config", environ), "theme.toml")


def views_file(environ: "Mapping[str, str]") -> str:
    """Where a person's own saved views stand."""
    return os.path.join(folder("config", environ), "views.toml")


def tellings_folder(environ: "Mapping[str, str]") -> str:
    """Where a person's own templates of stories are looked for."""
    return os.path.join(folder("config", environ), "tellings")


def is_own(path: str, environ: "Mapping[str, str]") -> bool:
    """Whether a path is the person's own workspace, whose folder is ours to create."""
    return path == os.path.join(folder("data", environ), FILE)


def prepare(path: str, environ: "Mapping[str, str]") -> None:
    """Make sure that the folder of a workspace exists before the first write.

    Only our own folder is created: a missing one on a path that somebody typed is more likely a slip.
    """
    parent = os.path.dirname(path)
    if os.path.isdir(parent):
        return
    if not is_own(path, environ):
        shown = quoted(parent, 300)
        raise UsageError(f"There is no folder {shown}. Nothing was changed.\nCreate it first: mkdir -p {shown}")
    try:
        os.makedirs(parent, 0o700, exist_ok=True)
    except OSError as error:
        raise ManyViewError(f"{quoted(parent, 300)} cannot be created: {reason(error)}. Nothing was changed.") from error


def person(environ: "Mapping[str, str]", flag: str | None = None) -> str:
    """Who is at the terminal: as ``flag`` says, else ``MANYVIEW_AS``, else the name they logged in with.

    Raises ``UsageError`` for a name that could not be typed behind an ``@``.
    """
    if flag is None:
        return _typed(environ.get("MANYVIEW_AS") or environ.get("USER") or environ.get("LOGNAME") or _login())
    return _typed(flag)


def _typed(name: str) -> str:
    name = name.strip().removeprefix("@")
    if not name or not name.isprintable() or " " in name:
        raise UsageError(f"{quoted(name) or 'Nothing'} cannot be a person's name here. Use one word: --as anna")
    return name


def _login() -> str:
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid{os.getuid()}"
