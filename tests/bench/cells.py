"""Screens cell by cell, and how many bytes a plain differ would need to turn one into another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

import pyte
from pyte.screens import Char, Margins

Cells = tuple[tuple[Char, ...], ...]
"""A screen: its rows from the top, each a tuple of pyte's cells."""

LONGEST_GAP = 6
"""Equal cells within a run that are cheaper to send again than to move over."""
NAMED, TRUECOLOR, RESET = 3, 15, 4
"""Bytes of a colour by its name, of a 24-bit colour, and of the frame of one SGR sequence."""

SHIFT = len("\x1b[1;2r\x1b[H\x1b[M\x1b[r")
"""Bytes that moving the lines between two others takes at least."""
NUMBERED = len("\x1b[38;5;99m")
"""Bytes of a 24-bit colour at least, where it has a number."""

_UNREAD = re.compile(
    rb"\x1b\[[<=>][0-9;]*[ -/]*[@-~]|\x1b\[\??[0-9;]*[ -/]+[@-~]|\x1b\[\?[0-9;]*[^0-9;hlJK]"
    rb"|\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;]*[tsu]|\x1b[ #%][0-9A-Za-z]"
)
"""What pyte would print or misread: private and intermediate sequences, strings, window reports."""
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P_^X][^\x07\x1b]*\x1b?|[ #%()])?$")


class _Screen(pyte.Screen):
    """pyte's screen and what it lacks: scrolling by SU and SD, and repeating a character."""

    last = " "

    def draw(self, data: str) -> None:
        super().draw(data)
        self.last = data[-1:] or self.last

    def scroll_up(self, count: int = 1) -> None:
        """SU: the lines between the margins go up."""
        self._scroll(count, up=True)

    def scroll_down(self, count: int = 1) -> None:
        """SD: the lines between the margins go down."""
        self._scroll(count, up=False)

    def repeat(self, count: int = 1) -> None:
        """REP: the last character, some more times."""
        self.draw(self.last * (count or 1))

    def report_device_attributes(self, mode: int = 0, **kwargs: object) -> None:
        """Nothing: whoever runs the program answers it."""

    def report_device_status(self, mode: int) -> None:
        """Nothing: whoever runs the program answers it."""

    def _scroll(self, count: int, *, up: bool) -> None:
        x, y = self.cursor.x, self.cursor.y
        margins = self.margins or Margins(0, self.lines - 1)
        self.cursor.y = margins.bottom if up else margins.top
        for _ in range(count or 1):
            (self.index if up else self.reverse_index)()
        self.cursor.x, self.cursor.y = x, y


class _Stream(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down", "b": "repeat"}  # noqa: RUF012
    events = pyte.ByteStream.events | {"scroll_up", "scroll_down", "repeat"}


class Picture:
    """What a person at the terminal sees, kept up to date with what the program sends."""

    def __init__(self, size: tuple[int, int]) -> None:
        self._screen = _Screen(*size)
        self._stream = _Stream(self._screen)
        self._held = b""

    def take(self, data: bytes) -> None:
        """Let the screen show what was sent; a sequence that is not complete yet waits for its rest."""
        data = self._held + data
        unfinished = _UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        data, self._held = data[:end], data[end:]
        self._stream.feed(_UNREAD.sub(b"", data))

    @property
    def text(self) -> str:
        """The characters, a line a row."""
        return "\n".join(self._screen.display)

    @property
    def cells(self) -> Cells:
        """Every cell with its style."""
        screen = self._screen
        return tuple(tuple(screen.buffer[y][x] for x in range(screen.columns)) for y in range(screen.lines))

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Where the cursor is seen; None while it is hidden."""
        cursor = self._screen.cursor
        return None if cursor.hidden else (cursor.x, cursor.y)


def ideal_bytes(before: Cells, after: Cells) -> int:
    """What a plain differ sends for the change: for each run of changed cells a move, a style where it differs, the text."""
    total = 0
    style: tuple[object, ...] | None = None
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        for start, end in _runs(old, new):
            total += len(f"\x1b[{y + 1};{start + 1}H") if y or start else len("\x1b[H")
            for cell in new[start:end]:
                if cell[1:] != style:
                    style = cell[1:]
                    total += _style_bytes(cell)
                total += len(cell.data.encode())
    return total


def least_bytes(before: Cells, after: Cells) -> int:
    """What no program can do with less on a terminal that moves lines as a whole or not at all.

    Blanks are free, any other changed character is sent, one byte leads to a stretch of changed cells, and no style is taken
    up twice; or some lines have moved up or down by one, those that leave the least, and all styles are free, too.
    """
    pairs = list(zip(before, after, strict=True))
    styles = {cell[1:] for old, new in pairs for was, cell in zip(old, new, strict=True) if cell != was and cell.data != " "}
    stay = sum(_least_row(old, new) for old, new in pairs) + _least_styles(styles)
    return min(stay, _least_moved(before, after), _least_moved(before[::-1], after[::-1]))


def _least_moved(before: Cells, after: Cells) -> int:
    """The least where some lines have moved up by one, whichever of them."""
    stays = [_least_row(old, new) for old, new in zip(before, after, strict=True)]
    moves = [_least_row(old, new) for old, new in zip(before[1:], after[:-1], strict=True)]
    enters = [sum(len(cell.data.encode()) for cell in new if cell.data != " ") for new in after]
    found = [0]
    for top in range(len(moves)):
        saved = accumulate(stay - move for stay, move in zip(stays[top:], moves[top:], strict=False))
        ends = zip(saved, stays[top + 1 :], enters[top + 1 :], strict=True)
        found += [enter - stay - gained for gained, stay, enter in ends]
    return SHIFT + sum(stays) + min(found)


def _least_row(old: Sequence[Char], new: Sequence[Char]) -> int:
    """One byte for each stretch of changed cells, and their characters."""
    changed = [x for x in range(len(new)) if old[x] != new[x]]
    stretches = sum(x - 1 != last for last, x in zip([-2, *changed], changed, strict=False))
    return stretches + sum(len(new[x].data.encode()) for x in changed if new[x].data != " ")


def _least_styles(styles: Collection[tuple[object, ...]]) -> int:
    """Each style is taken up from the one nearest to it, but that which is in force already."""
    steps = [min((_step(one, to) for one in styles if one != to), default=0) for to in styles]
    return sum(steps) - max(steps, default=0)


def _step(one: tuple[object, ...], to: tuple[object, ...]) -> int:
    """The least that leads from a style to another; the first two parts of a style are its colours."""
    is_coloured = any(new != old and _colour_bytes(str(new)) == TRUECOLOR for old, new in zip(one[:2], to[:2], strict=True))
    return NUMBERED if is_coloured else len("\x1b[m")


def changed_cells(before: Cells, after: Cells) -> int:
    """How many cells differ."""
    return sum(a != b for old, new in zip(before, after, strict=True) for a, b in zip(old, new, strict=True))


def _runs(old: Sequence[Char], new: Sequence[Char]) -> Iterator[tuple[int, int]]:
    """Where a row changed: runs of cells, those with short gaps between them as one."""
    start = end = -1
    for x in (x for x in range(len(new)) if old[x] != new[x]):
        if start < 0:
            start = x
        elif x - end > LONGEST_GAP:
            yield start, end
            start = x
        end = x + 1
    if start >= 0:
        yield start, end


def _style_bytes(cell: Char) -> int:
    attributes = cell.bold, cell.italics, cell.underscore, cell.strikethrough, cell.reverse, cell.blink
    return RESET + _colour_bytes(cell.fg) + _colour_bytes(cell.bg) + 2 * sum(map(bool, attributes))


def _colour_bytes(colour: str) -> int:
    if colour == "default":
        return NAMED - 1
    return TRUECOLOR if re.fullmatch("[0-9a-f]{6}", colour) else NAMED
