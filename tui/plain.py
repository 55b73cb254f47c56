"""The same views as plain text, for pipes, screen readers and terminals that can show nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from store.model import Record
from tui import text
from tui.drawing import Drawing, draw
from tui.perspective import Perspective
from tui.shapes import Grid, Plane, Scene, Sections, Tally, Text, Timeline, Tree, View
from tui.wording import in_the_shell, text_in_the_shell

UNFOLDED = 1_000_000
"""The height of paper: nothing is folded away to fit a screen."""


def plain(
    perspective: Perspective,
    view: View,
    scene: Scene,
    width: int,
    *,
    ascii_only: bool = False,
    filtered: str = "",
    past: date | None = None,
    why: Sequence[str] = (),
) -> str:
    """The lens as lines of text without escape sequences, each at most ``width`` cells wide, a newline at the end.

    A header says the name, the question, what is hidden and how many records there are; ``filtered`` is the filter as it
    was typed, ``past`` the day at whose end the records stood so, ``why`` are sentences about records that do not appear.
    """
    drawing = draw(text_in_the_shell(view) if isinstance(view, Text) else view, scene, width, UNFOLDED)
    body = list(body_lines(drawing)) or text.wrapped(in_the_shell(perspective.empty), width)
    foot = [line for sentence in why for line in text.wrapped(sentence, width)]
    blocks = [list(header(perspective, view, width, filtered, past)), body, foot]
    lines = [line for block in blocks if block for line in (*block, "")][:-1]
    shown = map(text.ascii_only, lines) if ascii_only else lines
    return "\n".join(line.rstrip() for line in shown) + "\n"


def header(perspective: Perspective, view: View, width: int, filtered: str = "", past: date | None = None) -> Iterator[str]:
    """Name and count, the question, what is hidden, the filter, the day; wrapped."""
    yield text.cut(named(perspective, view), width)
    for sentence in about(perspective, filtered, past):
        yield from text.wrapped(sentence, width)


def named(perspective: Perspective, view: View) -> str:
    """The name of a lens and how many records it shows."""
    count = len({record.id for record in records_of(view)})
    return f"{perspective.title}  {count} {'record' if count == 1 else 'records'}"


def about(perspective: Perspective, filtered: str = "", past: date | None = None) -> Iterator[str]:
    """What there is to say of a lens: its question, what it hides, the filter, and the day where that is not today."""
    yield perspective.asks
    yield f"hides: {in_the_shell(perspective.hides)}"
    if filtered:
        yield f"filter: {filtered}"
    if past:
        yield f"as it stood on {past}"


def body_lines(drawing: Drawing) -> Iterator[str]:
    """Every line of a drawing as text, without the blanks at its end."""
    for y in range(drawing.height):
        yield "".join(span.text for span in drawing.line(y)).rstrip()


def records_of(view: View) -> Iterator[Record]:
    """Every record a view holds, some more than once."""
    yield from (record for record in _HELD[type(view)](view) if record is not None)


def _in_grid(view: Grid) -> Iterator[Record | None]:
    for row in view.rows:
        yield row.record
        for cell in row.cells:
            yield from cell.records


_HELD: Mapping[type, Callable[[Any], Iterator[Record | None]]] = {
    Sections: lambda view: (record for section in view.sections for record in section.records),
    Tree: lambda view: (branch.record for branch in view.branches),
    Grid: _in_grid,
    Timeline: lambda view: (lane.record for lane in view.lanes),
    Plane: lambda view: (record for point in view.points for record in (point.record, *point.also)),
    Tally: lambda view: (record for bar in view.bars for record in bar.records),
    Text: lambda view: (paragraph.record for paragraph in view.paragraphs),
}
