"""Several texts in one line, and back: separated by commas, in quotes where a text holds what separates."""

from __future__ import annotations

import re

SEPARATORS = "\n;,"
"""What may stand between the texts of a typed line; the first that does is what separates them."""
_ENDS = re.escape(SEPARATORS)
_QUOTED = re.compile(rf'(?:^|(?<=[{_ENDS}]))[ \t]*"(?:[^"]|"")*"[ \t]*(?=[{_ENDS}]|$)')


def in_one_line(texts: tuple[str, ...]) -> str:
    """The texts as they can be typed again: ``plain, "with, a comma"``; a quote inside of quotes stands twice."""
    return ", ".join(map(_quoted, texts))


def is_plain(text: str) -> bool:
    """Whether a text can stand in a list without quotes."""
    return not any(mark in text for mark in SEPARATORS) and text[:1] != '"' and text == text.strip()


def _quoted(text: str) -> str:
    return text if is_plain(text) else '"' + text.replace('"', '""') + '"'


def taken_apart(line: str) -> tuple[str, ...]:
    """The texts of a typed line, each once, in order; empty ones are left out.

    What stands in quotes from one separator to the next is one text.  Else line ends separate, or where there are none,
    semicolons, or commas: also at the end, so that a line of one text with commas is that text and a semicolon.
    """
    line = line.strip(" ")
    hidden = _QUOTED.sub(lambda found: "x" * len(found[0]), line)
    separator = next((mark for mark in SEPARATORS if mark in hidden), ",")
    texts, at = [], 0
    for piece in hidden.split(separator):
        texts.append(_bare(line[at : at + len(piece)]))
        at += len(piece) + 1
    return tuple(dict.fromkeys(filter(None, texts)))


def _bare(piece: str) -> str:
    """A text without the blanks around it, or without its quotes."""
    stripped = piece.strip()
    return stripped[1:-1].replace('""', '"') if len(stripped) > 1 and _QUOTED.fullmatch(stripped) else stripped
