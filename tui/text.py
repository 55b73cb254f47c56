"""Text as cells of a terminal: made safe to show, measured, cut and padded.

Records come from several people; what they typed is data.  Control characters and bidirectional overrides are shown as
signs for themselves and never sent, so no title can move the cursor, clear the screen or turn a line around.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import cell_len, chop_cells, set_cell_size, split_graphemes

ELLIPSIS = "…"
_VARIATION = "\ufe0f"
"""Variation selector 16 asks for an emoji of two cells; terminals and libraries disagree about it, so it goes."""


def safe(text: str) -> str:
    """The text with everything a terminal could obey replaced by something it can only show, on one line."""
    if text.isascii() and text.isprintable():
        return text
    if text.isprintable() and _VARIATION not in text:
        return text
    return "".join(map(_sign, text))


@lru_cache(maxsize=512)
def _sign(character: str) -> str:
    if character in "\n\r\t\v\f\u2028\u2029":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if character in (_VARIATION, "\u200d"):
        return ""
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return f"<U+{code:04X}>"
    return " " if category == "Zs" else character


@lru_cache(maxsize=8192)
def fit(text: str, width: int, right: bool = False) -> str:
    """The text in exactly ``width`` cells: cut with an ellipsis or padded, on the left when ``right`` aligned."""
    if width <= 0:
        return ""
    text = safe(text)
    length = len(text) if text.isascii() else cell_len(text)
    if length > width:
        return set_cell_size(text, width - 1) + ELLIPSIS
    pad = " " * (width - length)
    return pad + text if right else text + pad


def width_of(text: str) -> int:
    """How many cells a text that is already safe takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int) -> str:
    """The text in at most ``width`` cells, with an ellipsis where it was longer, not padded."""
    return fit(text, width).rstrip() if width_of(safe(text)) > width else safe(text)


def wrapped(text: str, width: int) -> list[str]:
    """The lines a text breaks into at spaces, none wider than ``width`` cells; its own line ends are kept."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines.extend(_wrap(safe(paragraph.expandtabs(4)), max(width, 1)))
    return lines


def _wrap(line: str, width: int) -> list[str]:
    if width_of(line) <= width:
        return [line]
    indent = " " * min(len(line) - len(line.lstrip(" ")), width // 2)
    lines, current = [], ""
    for word in line.strip().split(" "):
        candidate = f"{current} {word}" if current else indent + word
        if width_of(candidate) <= width:
            current = candidate
            continue
        if current:
            lines.append(current)
        *full, current = chop_cells(indent + word, width) or [word]
        lines.extend(full)
    return [*lines, current]


ASCII_FOR = str.maketrans(
    {
        "…": "~", "│": "|", "─": "-", "┼": "+", "├": "+", "└": "`", "┌": "+", "┐": "+", "┘": "+", "·": ".", "•": "*",
        "–": "-", "—": "-", "→": ">", "←": "<", "↑": "^", "↓": "v", "●": "*", "○": "o", "◐": "/", "◆": "#", "◇": "+",
        "✓": "v", "✗": "x", "■": "#", "□": ".", "▌": ">", "█": "#", "▏": "|", "’": "'", "“": '"', "”": '"', "×": "x",
        "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "%",
        "≤": "<", "≥": ">", "−": "-", "▲": "^", "▼": "V", "↳": "`", "╎": ":", "┄": "-", "▪": "*", "░": ".", "▓": "=",
        "›": ">", "▸": ">", "≠": "#", "␤": "$",
    }
)  # fmt: skip
"""Our own signs in ASCII, each as wide as what it stands for."""


def signs_in_ascii(text: str) -> str:
    """The text for a terminal whose font lacks our signs: they in ASCII, other people's letters as they are."""
    return text.translate(ASCII_FOR)


def ascii_only(text: str) -> str:
    """The text for a terminal without UTF-8: our signs in ASCII, other people's letters without accents or as ``?``.

    Each is as wide as what it stands for: what is drawn in a room fills that still.
    """
    if text.isascii():
        return text
    text = text.translate(ASCII_FOR)
    return "".join(_in_ascii(text[start:stop], width) for start, stop, width in split_graphemes(text)[0])


@lru_cache(maxsize=512)
def _in_ascii(letter: str, width: int) -> str:
    """A letter and its accents."""
    if letter.isascii():
        return letter
    plain = "".join(filter(str.isascii, unicodedata.normalize("NFKD", letter)))
    return plain if len(plain) == width else "?" * width
