"""Strips: their rows are what the layer reads from their text, and the compositor gives every cell once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from tui.wire.cells import Row
from tui.wire.compositor import _taken
from tui.wire.palette import Palette
from tui.wire.parse import Reader
from tui.wire.pens import PLAIN
from tui.wire.strips import StripReader

STYLES = [
    None,
    Style(),
    Style(bold=True),
    Style.parse("red on blue"),
    Style.parse("#102030 on #f0f1f2 italic"),
    Style.parse("reverse underline"),
    Style(link="http://a.b/c"),
]
texts = some.text(some.sampled_from("aab   e.中文🎉─é●\u0301"), max_size=9)
segments = some.lists(some.builds(Segment, texts, some.sampled_from(STYLES)), max_size=6)
COLOURS = some.sampled_from([ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT, ColorSystem.STANDARD])


def cells(row: Row) -> tuple[list[str], str, str]:
    return list(row.texts), row.pens, row.looks


@given(some.lists(segments, min_size=1, max_size=4), COLOURS)
def test_the_row_of_a_strip_is_that_of_its_text(lines: list[list[Segment]], colours: ColorSystem) -> None:
    palette = Palette()
    reader, by_text = StripReader(colours), Reader(palette)
    console = Console(color_system={v: k for k, v in NAMES.items()}[colours], legacy_windows=False)
    for line in lines:
        for style in filter(None, (part.style for part in line)):
            style._ansi = None  # which Rich keeps, of however many colours it was
        strip = Strip(line)
        found = reader.rows([(2, 3, strip)], palette)
        read = by_text.cells(strip.render(console), PLAIN)
        if found is not None:
            assert read is not None
            assert [(place, cells(row)) for place, row in found] == [((2, 3), cells(read[0]))]


NAMES = {"truecolor": ColorSystem.TRUECOLOR, "256": ColorSystem.EIGHT_BIT, "standard": ColorSystem.STANDARD}


def test_a_strip_is_read_once_and_anew_for_another_palette() -> None:
    reader, palette = StripReader(ColorSystem.TRUECOLOR), Palette()
    strip = Strip([Segment("one", Style(bold=True))])
    (_, first), (_, second) = reader.rows([(0, 0, strip), (1, 0, strip)], palette) or []
    assert first is second
    palette.clear()
    ((_, third),) = reader.rows([(0, 0, strip)], palette) or []
    assert third is not first
    assert third.pens == palette.char(palette.pen(third.pens[0])) * 3


def test_what_does_not_draw_by_itself_is_left_to_the_text() -> None:
    reader, palette = StripReader(ColorSystem.TRUECOLOR), Palette()
    for text in ("\x1b[2J", "a\tb", "\u0301 alone"):
        assert reader.rows([(0, 0, Strip([Segment(text)]))], palette) is None
    moving = Segment("\x1b[H", None, [(ControlType.HOME,)])
    assert reader.rows([(0, 0, Strip([moving]))], palette) is None


regions = some.builds(Region, some.integers(-3, 20), some.integers(-3, 12), some.integers(1, 20), some.integers(1, 12))
spans = some.lists(
    some.tuples(some.integers(0, 10), some.integers(0, 9), some.integers(10, 19)), unique_by=lambda span: span[0]
)


@given(spans, some.lists(regions, max_size=4))
def test_the_front_takes_its_cells_and_leaves_all_others(wanted: list[tuple[int, int, int]], front: list[Region]) -> None:
    left = {y: [(x, stop)] for y, x, stop in wanted}
    open_cells = {(y, x) for y, begin, stop in wanted for x in range(begin, stop)}
    for region in front:
        taken = [(y, x) for y, begin, stop in _taken(left, region) for x in range(begin, stop)]
        here = {(y, x) for y, x in open_cells if region.contains(x, y)}
        assert (len(taken), set(taken)) == (len(here), here)
        open_cells -= here
    assert {(y, x) for y, parts in left.items() for begin, stop in parts for x in range(begin, stop)} == open_cells
