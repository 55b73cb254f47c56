"""Many keys that arrive in one read: as good as certainly pasted, where the terminal does not bracket what is pasted."""

from __future__ import annotations

import re

SHORTEST = 12
"""Characters below which a line may as well have been typed while the link hung."""

_ANSWER = re.compile(r"\x1b\[(?:\?[\d;]*(?:\$y|[cu])|48;[\d;]*t)")
"""What a terminal says when a program that begins asks what it can do."""

_LINE = re.compile(r"[^\r\n]+")
_WHOLE_LINE = re.compile(r"[^\r\n]+[\r\n]")
_BROKEN = re.compile(r"[^\r\n]\r?\n[^\r\n]")
"""Two lines with a line feed between them, which no Enter sends."""


def typed_of(text: str) -> str:
    """A text that arrived without what the terminal itself answered: it may stand behind what was typed meanwhile."""
    return _ANSWER.sub("", text)


def is_pasted(text: str, *, has_waited: bool = False) -> bool:
    """Whether a text that arrived at once is lines, as a paste is, and not keys typed in a hurry.

    That is a line of words, several whole lines of anything, or a line feed between two: to take keys for a paste costs an
    Escape, to take a paste for keys may cost records.  What ``has_waited`` need not have come at once: there it is several
    lines of words.
    """
    if not all(map(_is_text, text)) or not re.search(r"[\r\n]", text):
        return False
    of_words = len(text.rstrip("\r\n")) >= SHORTEST and " " in text
    if has_waited:
        return of_words and len(_LINE.findall(text)) > 1
    return of_words or len(_WHOLE_LINE.findall(text)) > 1 or _BROKEN.search(text) is not None


def _is_text(character: str) -> bool:
    return character.isprintable() or character in "\r\n\t"
