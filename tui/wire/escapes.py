"""Escape and the key behind it, which arrive as alt and that key do: two keys where Textual would drop the first."""

from __future__ import annotations

import re

ESCAPE = "\x1b"
_PASTE_BEGINS = "\x1b[200~"
_MARKS = re.compile(r"\x1b\[20[01]~|\x1b(?=[ -@`{-~])")
"""Where a paste begins and ends, and an Escape before a digit or a sign that begins no sequence.

Of a letter Textual tells that alt was there; of these it gives the key alone, or another character.
"""


class Escapes:
    """Takes apart what is read, for a parser of keys; remembers an Escape at the end, of which the next read decides."""

    def __init__(self) -> None:
        self._held = ""
        self._is_pasting = False

    def apart(self, text: str) -> list[str]:
        """The text in pieces, each Escape that is a key by itself as one; "" stands for time without anything typed.

        What is pasted stays as it is.
        """
        text, is_late, self._held = self._held + text, not text, ""
        pieces, begin = [], 0
        for mark in _MARKS.finditer(text):
            if mark[0] != ESCAPE:
                self._is_pasting = mark[0] == _PASTE_BEGINS
            elif not self._is_pasting:
                pieces += [text[begin : mark.start()], ESCAPE]
                begin = mark.end()
        rest = text[begin:]
        if rest.endswith(ESCAPE) and not is_late:
            rest, self._held = rest[:-1], ESCAPE
        return [piece for piece in (*pieces, rest) if piece]
