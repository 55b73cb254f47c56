"""Many keys that arrive in one read: as good as certainly pasted, where the terminal does not bracket what is pasted."""

from __future__ import annotations

import re

SHORTEST = 12
"""Characters below which a text may as well have been typed while the link hung."""


def is_pasted(text: str) -> bool:
    """Whether a text that arrived at once is lines of words, as a paste is, and not keys typed in a hurry."""
    words = text.rstrip("\r\n")
    whole_lines = re.search(r"[\r\n]", text) is not None
    return whole_lines and len(words) >= SHORTEST and " " in words and all(map(_is_text, text))


def _is_text(character: str) -> bool:
    return character.isprintable() or character in "\r\n\t"
