"""Lines on stdout and stderr in what the locale can show.  Light, because capture imports it.

Data goes to stdout, narration to stderr.  Where the locale is not UTF-8, people get ASCII and programs get escapes.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

COERCED = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python puts into LC_CTYPE by itself where no locale is set."""


def put(text: str) -> None:
    """Print a line of data for people on stdout."""
    sys.stdout.write(spoken(text, sys.stdout) + "\n")


def tell(text: str) -> None:
    """Print a line of narration, or an error, on stderr."""
    sys.stderr.write(spoken(text, sys.stderr) + "\n")


def pour(text: str) -> None:
    """Write data for programs to stdout as it is, in UTF-8 whatever the locale: a lost letter would be lost data."""
    sys.stdout.flush()
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        sys.stdout.write(text)
    else:
        raw.write(text.encode())
        raw.flush()


def spoken(text: str, stream: "TextIO") -> str:
    """The text as the stream can show it: as it is in UTF-8, else our signs and other people's letters in ASCII."""
    if text.isascii() or speaks_utf8(stream):
        return text
    from tui.text import ascii_only

    return ascii_only(text)


def speaks_utf8(stream: "TextIO") -> bool:
    """Whether people at the other end of a stream see UTF-8.

    Python turns to UTF-8 by itself where no locale is set; the terminal knows nothing of that, so the environment is asked.
    """
    if (stream.encoding or "").lower().replace("-", "") != "utf8":
        return False
    if not sys.flags.utf8_mode and os.environ.get("LC_CTYPE") not in COERCED:
        return True
    from tui.terminal import is_utf8

    names = {name: os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")}
    if names["LC_CTYPE"] in COERCED and names["LANG"] in ("", "C", "POSIX"):
        names["LC_CTYPE"] = ""
    return is_utf8(names)
