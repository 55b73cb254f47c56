"""One line of a drawing as cells that can be written on; whatever is written, the line stays as wide as it was made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from rich.cells import cell_len

from tui.drawing import Line
from tui.shapes import Span
from tui.text import safe

BLANK = " "
COVERED = ""
"""The second cell of a character that takes two."""


@lru_cache(maxsize=1024)
def _is_narrow(text: str) -> bool:
    """Whether every character takes one cell, as in bars and rules."""
    return all(cell_len(character) == 1 for character in set(text))


class Strip:
    """``width`` cells, blank at first; what is written later covers what was there."""

    def __init__(self, width: int) -> None:
        self._cells = [BLANK] * width
        self._tokens = ["text"] * width

    def write(self, x: int, text: str, token: str = "text") -> None:
        """Write from cell ``x`` on; what lies outside is left out, a wide character at the edge becomes a blank."""
        text = safe(text)
        if x >= 0 and (text.isascii() or _is_narrow(text)):
            self._put(x, text[: max(len(self._cells) - x, 0)], token)
            return
        for character in text:
            size = 1 if character.isascii() else cell_len(character)
            if size == 0:
                self._combine(x - 1, character)
            elif x >= 0 and x + size <= len(self._cells):
                self._put(x, [character] + [COVERED] * (size - 1), token)
            x += size

    def _put(self, x: int, cells: Sequence[str], token: str) -> None:
        """Put these cells down; half of a wide character that is left beside them becomes a blank."""
        end = x + len(cells)
        if x == end:
            return
        if self._cells[x] == COVERED:
            self._cells[x - 1] = BLANK
        if end < len(self._cells) and self._cells[end] == COVERED:
            self._cells[end] = BLANK
        self._cells[x:end] = cells
        self._tokens[x:end] = [token] * len(cells)

    def _combine(self, x: int, character: str) -> None:
        """Put an accent on the character before it."""
        if 0 <= x < len(self._cells):
            x -= self._cells[x] == COVERED
            self._cells[x] += character

    def draw(self, other: Strip, x: int) -> None:
        """Lay another strip over this one, its first cell at ``x``; it must fit."""
        end = x + len(other._cells)
        self._cells[x:end], self._tokens[x:end] = other._cells, other._tokens

    def at(self, x: int) -> str:
        """What stands in a cell."""
        return self._cells[x]

    def line(self) -> Line:
        """The cells as spans, one a run of the same token; blanks at the end are left out."""
        runs: list[tuple[str, str]] = []
        at = 0
        for token, run in groupby(self._tokens):
            end = at + len(list(run))
            runs.append((token, "".join(self._cells[at:end])))
            at = end
        while runs and not runs[-1][1].rstrip(BLANK):
            runs.pop()
        if runs:
            runs[-1] = (runs[-1][0], runs[-1][1].rstrip(BLANK))
        return tuple(Span(text, token) for token, text in runs)
