"""The last resort: a fault of ours becomes one line for the person, and a file with the traceback for whoever mends it."""

from __future__ import annotations

import os
import time
import traceback

from store.place import folder
from store.quoting import quoted
from tui.shell.output import tell


def keep(error: BaseException) -> int:
    """The exit code after the traceback was written to a file and named in one line."""
    what = quoted(f"{type(error).__name__}: {error}", 160)
    where = _write("".join(traceback.format_exception(error)))
    tell(f"many failed, and it is not your fault: {what}. {where}")
    return 1


def _write(text: str) -> str:
    """Where the traceback is kept, as a sentence."""
    parent = folder("state", os.environ)
    path = os.path.join(parent, f"failure-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt")
    try:
        os.makedirs(parent, 0o700, exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        return f"The details could not be written: {quoted(str(error), 120)}."
    return f"The details are in {quoted(path, 300)}"
