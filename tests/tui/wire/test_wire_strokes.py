"""Strokes: in the order they are written in the screen is the same, and every cell is written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as some

from tui.wire.palette import PLAIN, Palette
from tui.wire.pens import Pen
from tui.wire.strokes import Stroke, pen_by_pen

WIDTH = 12
PALETTE = Palette()
DIM, BLUE = (PALETTE.char(Pen(ink=ink, ground="48;2;1;2;3")) for ink in ("38;2;9;9;9", "38;2;0;0;255"))
ON_BAR = PALETTE.char(Pen(ink="38;2;9;9;9", ground="48;2;40;50;60"))
PENS = (PLAIN, DIM, BLUE, ON_BAR)


class Hand:
    """What writes: it remembers where it has come and with which pen."""

    def __init__(self, pen: str | None = None, cursor: tuple[int, int] | None = None) -> None:
        self.pen, self.cursor = pen, cursor
        self.cells: dict[tuple[int, int], tuple[str, str]] = {}
        self.written: list[Stroke] = []

    def write(self, found: Iterable[Stroke]) -> Hand:
        for stroke in found:
            text = " " * (stroke.stop - stroke.x) if stroke.blank else stroke.text
            self.cells |= {(stroke.y, x): (char, stroke.pen) for x, char in enumerate(text, stroke.x)}
            self.written.append(stroke)
            self.pen, self.cursor = stroke.pen, (stroke.y, stroke.stop)
        return self


@some.composite
def changes(draw: some.DrawFn) -> list[Stroke]:
    """Rows of strokes in reading order: erased before or not, some texts, the end erased or not."""
    found: list[Stroke] = []
    for y in draw(some.lists(some.integers(0, 5), unique=True, max_size=4).map(sorted)):
        pens = draw(some.lists(some.sampled_from(PENS), max_size=3))
        is_erased, has_end = draw(some.booleans()), draw(some.booleans())
        if is_erased:
            blank = PALETTE.blank(draw(some.sampled_from(PENS)))
            found.append(Stroke(y, 0, WIDTH, blank, "\x1b[K", blank, 0, is_first=True))
        found += [Stroke(y, 3 * at, 3 * at + 2, pen, "ab") for at, pen in enumerate(pens)]
        if has_end:
            blank = PALETTE.blank(draw(some.sampled_from(PENS)))
            found.append(Stroke(y, 10, WIDTH, blank, "\x1b[K", blank, draw(some.integers(8, 10))))
    return found


@given(changes(), some.sampled_from([None, *PENS]), some.none() | some.tuples(some.integers(0, 5), some.integers(0, WIDTH)))
def test_each_stroke_is_written_once_and_leads_to_the_same_screen(
    found: list[Stroke], pen: str | None, cursor: tuple[int, int] | None
) -> None:
    hand = Hand(pen, cursor)
    hand.write(pen_by_pen(found, hand, PALETTE))
    assert Counter(hand.written) == Counter(found)
    assert hand.cells == Hand().write(found).cells


def test_pen_by_pen_a_ground_is_left_once_and_the_rows_are_gone_through_from_the_nearer_end() -> None:
    rows = [Stroke(y, 3 * at, 3 * at + 2, pen, "ab") for y in range(3) for at, pen in enumerate((DIM, ON_BAR, BLUE))]
    hand = Hand(DIM, (2, 0))
    hand.write(pen_by_pen(rows, hand, PALETTE))
    assert [(stroke.pen, stroke.y) for stroke in hand.written] == [
        *((DIM, y) for y in (2, 1, 0)),
        *((BLUE, y) for y in (0, 1, 2)),
        *((ON_BAR, y) for y in (2, 1, 0)),
    ]


def test_the_end_of_a_row_is_erased_behind_the_text_it_follows() -> None:
    end = Stroke(0, 6, WIDTH, PALETTE.blank(DIM), "\x1b[K", PALETTE.blank(DIM), 2)
    found = [Stroke(0, 0, 2, DIM, "ab"), end, Stroke(1, 0, 2, DIM, "ab"), Stroke(1, 3, 5, BLUE, "ab")]
    hand = Hand(DIM, (0, 0))
    assert hand.write(pen_by_pen(found, hand, PALETTE)).written == found
