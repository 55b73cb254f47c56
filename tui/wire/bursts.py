"""Many keys that arrive in one read: as good as certainly pasted, where the terminal does not bracket what is pasted."""

from __future__ import annotations

import re

SHORTEST = 12
"""Characters below which a text may as well have been typed while the link hung."""


_ANSWER = re.compile(r"\x1b\[(?:\?[\d;]*(?:\$y|[cu])|48;[\d;]*t)")
"""What a terminal says when a program that begins asks what it can do."""


def typed_of(text: str) -> str:
    """A text that arrived without what the terminal itself answered: it may stand behind what was typed meanwhile."""
    return _ANSWER.sub("", text)


def is_pasted(text: str) -> bool:
    """Whether a text that arrived at once is lines of words, as a paste is, and not keys typed in a hurry."""
    words = text.rstrip("\r\n")
    whole_lines = re.search(r"[\r\n]", text) is not None
    return whole_lines and len(words) >= SHORTEST and " " in words and all(map(_is_text, text))


def _is_text(character: str) -> bool:
    return character.isprintable() or character in "\r\n\t"
