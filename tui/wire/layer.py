"""The layer itself: takes what Textual writes, gives what the terminal needs."""

from __future__ import annotations

from collections.abc import Callable

from tui.wire.cells import Row, Shadow
from tui.wire.emit import Encoder
from tui.wire.parse import Cells, cells_of, is_harmless, placed, sequenced
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
        for text, place in placed(data):
            if text:
                self._read(text)
            if place is not None:
                self._cursor = place
        self._send()
        return self._encoder.taken()

    def _read(self, text: str) -> None:
        """Draw a text, which may have other sequences in it; in frames it is a line, and at most ends with a newline."""
        line = text.removesuffix("\n")
        if self._draws(line):
            if line is not text:
                self._obey("\n")
            return
        for part, sequence in sequenced(text):
            if part and not self._draws(part):
                self._pass_text(part)
            if sequence:
                self._obey(sequence)

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

    def _pass_text(self, text: str) -> None:
        """Send a text that is drawn nobody knows where."""
        self._encoder.raw(text)
        self._encoder.forget()
        cells = cells_of(text, self._pen)
        self._pen = cells.pen if cells else PLAIN

    def _draws(self, text: str) -> bool:
        """Draw a text where the cursor is; False, and nothing drawn, if not all of it draws or the place is not known."""
        if self._cursor is None:
            return False
        y, x = self._cursor
        if y >= self._shadow.height or x >= self._shadow.width:
            cells = cells_of(text, self._pen)
            self._pen = cells.pen if cells else self._pen
            return cells is not None
        row = self._frame.get(y) or self._shadow.rows[y]
        drawn = row.drawn.get(x)
        if drawn is not None and drawn[0] == text and self._pen == PLAIN:
            self._cursor = (y, drawn[1])
            return True
        cells = cells_of(text, self._pen)
        if cells is None:
            return False
        if y not in self._frame:
            row = self._frame[y] = row.copy()
        self._cursor = (y, _drawn_on(row, x, text, self._pen, cells))
        self._pen = cells.pen
        return True

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


def _drawn_on(row: Row, x: int, text: str, pen: Pen, cells: Cells) -> int:
    """The column behind the cells after drawing them on a row, which are those of a text begun with a pen."""
    end = row.put(x, cells.texts, cells.pens)
    if not (row.simple and cells.simple):
        row.measure()
    if pen == cells.pen == PLAIN:
        row.note(x, text, end)
    else:
        row.drawn.clear()
    return end
