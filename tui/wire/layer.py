"""The layer itself: takes what Textual writes, gives what the terminal needs."""

from __future__ import annotations

from collections.abc import Callable

from tui.wire.cells import Row, Shadow
from tui.wire.emit import Encoder
from tui.wire.parse import cells_of, is_harmless, split
from tui.wire.pens import PLAIN, Pen
from tui.wire.scrolling import found_shift
from tui.wire.traits import Traits

_SYNC_BEGINS, _SYNC_ENDS = "\x1b[?2026h", "\x1b[?2026l"
_WORTH_SYNC = 512
"""Characters from which on an update may arrive in parts and is held together, where the terminal can do that."""


class Wire:
    """Turns frames into the changes between them; whatever else is written passes through, in order.

    ``size`` gives the columns and rows that frames are drawn for.  Not safe for several threads at once.
    """

    def __init__(self, size: Callable[[], tuple[int, int]], traits: Traits = Traits()) -> None:  # noqa: B008
        self._size = size
        self._traits = traits
        self._shadow = Shadow()
        self._encoder = Encoder(traits)
        self._frame: dict[int, Row] = {}
        """The rows that are drawn on and not sent yet."""
        self._cursor: tuple[int, int] | None = None
        """Where Textual believes the cursor to be; None after sequences that may have moved it."""
        self._pen = PLAIN
        """The pen Textual believes to be in force."""
        self._in_sync = False

    def forget(self) -> None:
        """Assume nothing about the screen any more: whatever is drawn from now on is sent."""
        self._frame.clear()
        self._shadow.forget()
        self._encoder.forget()

    def plain(self) -> str:
        """What ends any style or link in force, for others to write after."""
        if self._encoder.pen is not None:
            self._encoder.use(PLAIN)
        return self._encoder.taken()

    def feed(self, data: str) -> str:
        """What to send so that the terminal shows what it would show, had it been sent the data."""
        if self._shadow.resize(*self._size()):
            self.forget()
        for text, place, sequence in split(data):
            if text:
                self._draw(text)
            if place is not None:
                self._cursor = place
            elif sequence:
                self._obey(sequence)
        self._send()
        return self._encoder.taken()

    def _obey(self, sequence: str) -> None:
        row = self._cursor[0] if self._cursor else -1
        if sequence == "\r" and self._cursor:
            self._cursor = (row, 0)
        elif sequence == "\n" and 0 <= row < self._shadow.height - 1:
            self._cursor = (row + 1, 0)  # terminals on a line that turns \n into \r\n, which is how Textual leaves it
        elif sequence in (_SYNC_BEGINS, _SYNC_ENDS):
            self._in_sync = sequence == _SYNC_BEGINS
        elif is_harmless(sequence):
            self._send()
            self._encoder.raw(sequence)
        else:
            self._pass_unknown(sequence)

    def _pass_unknown(self, sequence: str) -> None:
        """Send a sequence that may do anything, in the state it would have met; then nothing is known."""
        self._send()
        if self._encoder.pen is not None:
            self._encoder.use(self._pen)
        self._encoder.raw(sequence)
        self.forget()
        self._cursor = None

    def _draw(self, text: str) -> None:
        if self._cursor is None:
            self._encoder.raw(text)
            self._encoder.forget()
            self._pen = cells_of(text, self._pen).pen
            return
        y, x = self._cursor
        if y >= self._shadow.height or x >= self._shadow.width:
            self._pen = cells_of(text, self._pen).pen
            return
        row = self._frame.get(y) or self._shadow.rows[y]
        drawn = row.drawn.get(x)
        if drawn is None or drawn[0] != text or self._pen != PLAIN:
            row = self._frame[y] = row if y in self._frame else row.copy()
            self._pen, end = _drawn_on(row, x, text, self._pen)
        else:
            end = drawn[1]
        self._cursor = (y, end)

    def _send(self) -> None:
        """Write what the frame changes, and the cursor where Textual wants it."""
        frame, encoder, shadow = self._frame, self._encoder, self._shadow
        before = encoder.taken()
        shifted = False
        if frame:
            shifted = self._shift()
            for y in sorted(frame):
                encoder.row(y, shadow.rows[y], frame[y])
                shadow.rows[y] = frame[y]
            frame.clear()
        if self._cursor is not None and shadow.width:
            encoder.move(self._cursor[0], min(self._cursor[1], shadow.width - 1))
        after = encoder.taken()
        if self._in_sync and (shifted or len(after) >= _WORTH_SYNC):
            after = f"{_SYNC_BEGINS}{after}{_SYNC_ENDS}"
        encoder.raw(before + after)

    def _shift(self) -> bool:
        """Move lines that have moved; whether there were any.  Then all rows that took part are to be compared anew."""
        shift = found_shift(self._shadow.rows, self._frame) if self._traits.moves_lines else None
        if shift is None:
            return False
        for y in range(shift.top, shift.bottom + 1):
            self._frame.setdefault(y, self._shadow.rows[y])
        self._encoder.shift(*shift)
        self._shadow.move_lines(*shift)
        return True


def _drawn_on(row: Row, x: int, text: str, pen: Pen) -> tuple[Pen, int]:
    """The pen left in force and the column behind, after drawing a text on a row that may be changed."""
    cells = cells_of(text, pen)
    end = row.put(x, cells.texts, cells.pens)
    if not (row.simple and cells.simple):
        row.measure()
    if pen == cells.pen == PLAIN:
        row.note(x, text, end)
    else:
        row.drawn.clear()
    return cells.pen, end
