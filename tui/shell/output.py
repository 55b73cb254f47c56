"""Lines on stdout and stderr in what the locale can show.  Light, because capture imports it.

Data goes to stdout, narration to stderr.  Where the locale is not UTF-8, people get ASCII and programs get escapes.
"""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


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
    if not sys.flags.utf8_mode and "LC_CTYPE" not in os.environ and "MANYVIEW_ASCII" not in os.environ:
        return True
    from tui.terminal import is_utf8

    return is_utf8(os.environ)
