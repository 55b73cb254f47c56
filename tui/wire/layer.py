"""The layer itself: takes what Textual writes, gives what the terminal needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.wire.cells import Row
from tui.wire.emit import Encoder
from tui.wire.palette import PLAIN as PLAIN_CHAR
from tui.wire.palette import Palette
from tui.wire.parse import Place, Placed, Reader, is_harmless, placed, placed_last, sequenced
from tui.wire.pens import PLAIN
from tui.wire.scrolling import found_shift
from tui.wire.shadow import Shadow
from tui.wire.traits import Traits

_SYNC_BEGINS, _SYNC_ENDS = "\x1b[?2026h", "\x1b[?2026l"
_WORTH_SYNC = 1024
"""Characters from which on an update may not arrive in one packet and is held together, where the terminal can do that."""
_HIDES, _SHOWS = "\x1b[?25l", "\x1b[?25h"
_HOME = 0, 0


class Wire:
    """Turns frames into the changes between them; whatever else is written passes through, in order.

    ``size`` gives the columns and rows that frames are drawn for.  Not safe for several threads at once.
    """

    def __init__(self, size: Callable[[], tuple[int, int]], traits: Traits = Traits()) -> None:  # noqa: B008
        self._size = size
        self._traits = traits
        self._palette = Palette()
        self._reader = Reader(self._palette)
        self._shadow = Shadow()
        self._encoder = Encoder(traits, self._palette)
        self._frame: dict[int, Row] = {}
        """The rows that are drawn on and not sent yet."""
        self._cursor: tuple[int, int] | None = None
        """Where Textual believes the cursor to be; None after sequences that may have moved it."""
        self._pen = PLAIN
        """The pen Textual believes to be in force."""
        self._in_sync = self._holds_sync = False
        """Whether what is drawn, and what is held, is to be shown at once."""
        self._is_cursor_hidden = False

    def forget(self) -> None:
        """Assume nothing about the screen any more: whatever is drawn from now on is sent."""
        self._frame.clear()
        self._shadow.forget()
        self._encoder.forget()

    def plain(self) -> str:
        """What ends any style or link in force, for others to write after."""
        if self._encoder.pen is not None:
            self._encoder.use(PLAIN_CHAR)
        return self._encoder.taken()

    def feed(self, data: str, *, hold: bool = False) -> str:
        """What to send so that the terminal shows what it would show, had it been sent the data.

        With ``hold`` what is drawn is kept, to be joined with what is drawn next: it is sent with the next data that is fed
        without, or that does more than draw.
        """
        if data in (_SYNC_BEGINS, _SYNC_ENDS):
            self._in_sync = data == _SYNC_BEGINS
            return ""
        self._fit()
        body, place = placed_last(data)
        self._take(body)
        if place is not None:
            self._cursor = place
        return self._sent(hold)

    def draw(
        self,
        drawn: Callable[[Palette], Sequence[Placed] | None],
        cursor: Place,
        *,
        hold: bool = False,
        is_at_once: bool = False,
    ) -> str | None:
        """The same for a frame that is given as cells, in the pens of the palette, and the place of the cursor after it.

        None, and nothing drawn, where ``drawn`` gives none: the frame is to be fed as it is written.  Of one that is to be
        shown ``is_at_once`` no part is before the rest.
        """
        self._fit()
        if self._palette.is_full:
            self._start_afresh()
        rows = drawn(self._palette) if self._pen is PLAIN else None
        if rows is None:
            return None
        for place, row in rows:
            self._draw(place, row)
        self._cursor = cursor
        self._holds_sync = self._holds_sync or is_at_once
        return self._sent(hold)

    def _fit(self) -> None:
        if self._shadow.resize(*self._size()):
            self._encoder.width = self._shadow.width
            self.forget()

    def _sent(self, hold: bool) -> str:
        """What is to be sent of all that was drawn; nothing yet if it is to be held."""
        if hold:
            self._holds_sync = self._holds_sync or self._in_sync
        else:
            self._send()
        return self._encoder.taken()

    @property
    def is_holding(self) -> bool:
        """Whether something is drawn that is not sent."""
        return bool(self._frame)

    def _take(self, data: str) -> None:
        """Read data line by line.

        Where a line does not draw only, all that is left is read with care: a newline may be part of a sequence.
        """
        lines = data.split("\n")
        for number, line in enumerate(lines):
            if number:
                self._break_line()
            if line and not self._draws_line(line):
                self._read("\n".join(lines[number:]))
                return

    def _draws_line(self, line: str) -> bool:
        """Draw a line; False, and nothing drawn, if it does not draw only."""
        if self._palette.is_full:
            self._start_afresh()
        chops = self._reader.chops(line) if self._pen is PLAIN else None
        if not chops or (chops[0][0] is None and self._cursor is None):
            return False
        for place, row in chops:
            self._draw(place or self._cursor or _HOME, row)
        return True

    def _draw(self, place: tuple[int, int], drawn: Row) -> None:
        """Draw cells from a place on."""
        (y, x), shadow = place, self._shadow
        stop = x + len(drawn.pens)
        if stop > shadow.width:
            stop = shadow.width
        if y >= shadow.height or stop <= x:
            self._cursor = place
            return
        row = self._frame.get(y) or shadow.rows[y]
        if row is not drawn and not row.shows(x, stop, drawn):
            self._frame[y] = row.drawn(x, drawn)
        self._cursor = y, stop

    def _read(self, data: str) -> None:
        """Read data of any kind, in its order."""
        for text, place in placed(data):
            if text and not self._draws(text):
                for part, sequence in sequenced(text):
                    if part and not self._draws(part):
                        self._pass_text(part)
                    if sequence:
                        self._obey(sequence)
            if place is not None:
                self._cursor = place

    def _start_afresh(self) -> None:
        """Forget all pens there were, and with them what is known of the screen."""
        self._send()
        self.forget()
        self._palette.clear()
        self._reader.forget()

    def _obey(self, sequence: str) -> None:
        if sequence == "\r" and self._cursor is not None:
            self._cursor = self._cursor[0], 0
        elif sequence == "\n":
            self._break_line()
        elif sequence in (_SYNC_BEGINS, _SYNC_ENDS):
            self._in_sync = sequence == _SYNC_BEGINS
        elif is_harmless(sequence):
            self._is_cursor_hidden = sequence == _HIDES or (self._is_cursor_hidden and sequence != _SHOWS)
            self._send()
            self._encoder.raw(sequence)
        else:
            self._pass_unknown(sequence)

    def _break_line(self) -> None:
        if self._cursor is not None and self._cursor[0] < self._shadow.height - 1:
            self._cursor = self._cursor[0] + 1, 0  # the terminal turns \n into \r\n, which is how Textual leaves it
        else:
            self._pass_unknown("\n")

    def _pass_unknown(self, sequence: str) -> None:
        """Send a sequence that may do anything, in the state it would have met; then nothing is known."""
        self._send()
        if self._encoder.pen is not None:
            self._encoder.use(self._palette.char(self._pen))
        self._encoder.raw(sequence)
        self.forget()
        self._cursor = None

    def _pass_text(self, text: str) -> None:
        """Send a text that is drawn nobody knows where."""
        self._encoder.raw(text)
        self._encoder.forget()
        found = self._reader.cells(text, self._pen)
        self._pen = found[1] if found else PLAIN

    def _draws(self, text: str) -> bool:
        """Draw a text where the cursor is; False, and nothing drawn, if not all of it draws or the place is not known."""
        if self._cursor is None:
            return False
        found = self._reader.cells(text, self._pen)
        if found is None:
            return False
        drawn, self._pen = found
        self._draw(self._cursor, drawn)
        return True

    def _send(self) -> None:
        """Write what the frame changes, and the cursor where Textual wants it.

        At home it waits where nothing wants it: there a hidden one need not go.  Elsewhere input methods look for it.
        """
        frame, encoder, shadow = self._frame, self._encoder, self._shadow
        before = encoder.taken()
        if frame:
            self._shift()
            changes = [(y, shadow.rows[y], shadow.same(frame[y])) for y in sorted(frame)]
            encoder.draw(changes)
            for y, _, row in changes:
                shadow.rows[y] = row
            frame.clear()
        if self._cursor is not None and shadow.width and not (self._is_cursor_hidden and self._cursor == _HOME):
            encoder.move(min(self._cursor[0], shadow.height - 1), min(self._cursor[1], shadow.width - 1))
        after = encoder.taken()
        is_at_once, self._holds_sync = self._in_sync or self._holds_sync, False
        if is_at_once and len(after) >= _WORTH_SYNC:
            after = f"{_SYNC_BEGINS}{after}{_SYNC_ENDS}"
        encoder.raw(before + after)

    def _shift(self) -> None:
        """Move lines that have moved; all rows that took part are to be compared anew."""
        shift = found_shift(self._shadow.rows, self._frame) if self._traits.moves_lines else None
        if shift is None:
            return
        for y in range(shift.top, shift.bottom + 1):
            self._frame.setdefault(y, self._shadow.rows[y])
        edge = self._frame[shift.bottom if shift.lines > 0 else shift.top]
        pen = self._encoder.shift(*shift, edge.looks[-1])
        self._shadow.move_lines(*shift, pen)
