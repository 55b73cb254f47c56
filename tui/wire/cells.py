"""The shadow: what each cell of the terminal shows, as far as it is known."""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from operator import is_not, ne, or_

from tui.wire.pens import PLAIN, Pen

UNKNOWN = "\0"
"""What stands in a cell that may show anything."""
RIGHT_HALF = ""
"""What stands in the second cell of a wide character, whose text is in the cell to its left."""

_CERTAIN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x482), (0x2010, 0x2027), (0x2030, 0x203B), (0x2190, 0x2193),
    (0x2200, 0x22FF), (0x2500, 0x25FC), (0x2713, 0x2713), (0x2717, 0x2717), (0x2800, 0x28FF), (0x3041, 0x3096),
    (0x30A1, 0x30FA), (0x4E00, 0x9FA5), (0xAC00, 0xD7A3), (0xFF01, 0xFF5E),
)  # fmt: skip
"""Characters for which all terminals move the cursor as far as Rich reckons.

Elsewhere (emoji, what Unicode has added or widened over time) they disagree, and with combining characters too.
"""


@lru_cache(maxsize=4096)
def is_certain(text: str) -> bool:
    """Whether terminals agree how wide the text of a cell is; the right half of a wide one has nothing to agree on."""
    return len(text) < 2 and (not text or any(first <= ord(text) <= last for first, last in _CERTAIN))


@lru_cache(maxsize=4096)
def is_simple(text: str) -> bool:
    """Whether a cell is drawn by one character, of one cell for certain, or not known at all."""
    return text == UNKNOWN or (len(text) == 1 and is_certain(text) and ord(text) < 0x3000)


class Row:
    """One line of cells: their texts, their pens, whether all are simple, and which text was drawn from which column."""

    __slots__ = ("drawn", "pens", "simple", "texts")

    def __init__(self, texts: list[str], pens: list[Pen], simple: bool = True) -> None:
        self.texts = texts
        self.pens = pens
        self.simple = simple
        self.drawn: dict[int, tuple[str, int]] = {}
        """Column → what Textual drew from there and the column behind it, while nothing else was drawn over it."""

    @classmethod
    def filled(cls, width: int, text: str) -> Row:
        """A row of equal cells in the plain pen."""
        return cls([text] * width, [PLAIN] * width)

    def copy(self) -> Row:
        """A row that can be changed by itself."""
        row = Row(self.texts.copy(), self.pens.copy(), self.simple)
        row.drawn = self.drawn.copy()
        return row

    def put(self, x: int, texts: list[str], pens: list[Pen]) -> int:
        """Put cells from column x on, what passes the edge left out; the column behind the last one drawn."""
        width = len(self.texts)
        end = min(x + len(texts), width)
        if self.texts[x] == RIGHT_HALF and x:
            self.texts[x - 1] = " "
        if end < width and self.texts[end] == RIGHT_HALF:
            self.texts[end] = " "
        self.texts[x:end] = texts[: end - x]
        self.pens[x:end] = pens[: end - x]
        if end < x + len(texts) and texts[end - x] == RIGHT_HALF:
            self.texts[end - 1] = " "  # half a wide character cannot be drawn
        return end

    def note(self, x: int, text: str, end: int) -> None:
        """Remember what was drawn where, for an equal frame to be known by its text alone."""
        for start in [start for start, (_, stop) in self.drawn.items() if start < end and stop > x]:
            del self.drawn[start]
        self.drawn[x] = (text, end)

    def measure(self) -> None:
        """Find out again whether all cells are simple."""
        self.simple = all(map(is_simple, self.texts))

    def differing(self, other: Row) -> list[int]:
        """The columns in which the two rows differ, from the left."""
        if self.texts == other.texts and self.pens == other.pens:
            return []
        differ = map(or_, map(ne, self.texts, other.texts), map(is_not, self.pens, other.pens))
        changed = list(compress(range(len(self.texts)), differ))
        return changed if self.simple and other.simple else self._whole(changed, other)

    def _whole(self, changed: list[int], other: Row) -> list[int]:
        """The columns, and those that must be drawn with them: other halves, and neighbours of what has no certain width."""
        found, todo = set(changed), list(changed)
        while todo:
            x = todo.pop()
            more = {column for row in (self, other) for column in row._bound(x)} - found
            found |= more
            todo += more
        return sorted(found)

    def _bound(self, x: int) -> list[int]:
        """The columns that cannot stay as they are when this one is drawn."""
        texts = self.texts
        bound = [x - 1] if texts[x] == RIGHT_HALF else []
        is_wide = x + 1 < len(texts) and texts[x + 1] == RIGHT_HALF
        behind = x + 2 if is_wide else x + 1
        if is_wide:
            bound.append(x + 1)
        if behind < len(texts) and not is_certain(texts[x]) and texts[x] != UNKNOWN:
            bound.append(behind)
        return bound


class Shadow:
    """All the rows of a terminal of a known size."""

    def __init__(self) -> None:
        self.width = 0
        self.height = 0
        self.rows: list[Row] = []

    def forget(self) -> None:
        """From now on every cell may show anything."""
        self.rows = [Row.filled(self.width, UNKNOWN) for _ in range(self.height)]

    def resize(self, width: int, height: int) -> bool:
        """Whether this is another size than before; then nothing is known any more."""
        if (width, height) == (self.width, self.height):
            return False
        self.width, self.height = width, height
        self.forget()
        return True

    def move_lines(self, top: int, bottom: int, lines: int) -> None:
        """Move the rows from top to bottom up by a number of lines, down if it is negative; blank ones come in."""
        span = self.rows[top : bottom + 1]
        blank = [Row.filled(self.width, " ") for _ in range(abs(lines))]
        self.rows[top : bottom + 1] = span[lines:] + blank if lines > 0 else blank + span[:lines]
