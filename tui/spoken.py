"""The same views in words, a record a line, for ears and Braille: nothing is drawn, nothing is told by its place alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from store.dates import relative
from store.model import Record
from store.step import is_provisional
from tui.perspective import Perspective
from tui.plain import about, named
from tui.shapes import Bar, Branch, Column, Grid, GridCell, Plane, Point, Scene, Sections, Tally, Text, Timeline, Tree, View
from tui.text import ascii_only, safe
from tui.wording import in_the_shell, text_in_the_shell

SIGNS = "●○◐◆◇■□▪▲▼✓✗→←↑↓└▸▁▂▃▄▅▆▇█▏▓░│╎·…"
"""What a word is made of that is drawn rather than read: the word beside it says the same, or the number does."""


def spoken(
    perspective: Perspective,
    view: View,
    scene: Scene,
    *,
    in_ascii: bool = False,
    filtered: str = "",
    past: date | None = None,
) -> str:
    """The lens as lines of words, as long as what they say, a newline at the end; the head is that of the plain text."""
    body = list(_SPOKEN[type(view)](view, scene)) or [in_the_shell(perspective.empty)]
    lines = [named(perspective, view), *about(perspective, filtered, past), "", *body]
    return "".join(f"{ascii_only(line) if in_ascii else line}\n" for line in map(safe, lines))


def said(text: str) -> str:
    """A text without the signs that stand in it for themselves; an arrow between two values is a word."""
    first, *words = safe(text).replace(" · ", ", ").split() or [""]
    heard = [first, *("to" if word == "→" else word for word in words)]
    return " ".join(word for word in heard if word.strip(SIGNS))


def _name(record: Record) -> str:
    return record.label if is_provisional(record.id) else f"{record.id} {record.label}"


def _state(record: Record, scene: Scene) -> str:
    return scene.records.settings.state(record.noun, record.standing) if record.standing else ""


def _line(*parts: str) -> str:
    return "; ".join(filter(None, parts))


# ------------------------------------------------------------------------------------------------------------------- lists


def _cells(record: Record, columns: Iterable[Column], scene: Scene) -> Iterator[str]:
    """What the columns say of a record, each with its name; the state by its word alone."""
    for column in columns:
        if column.title in ("state", ""):
            yield _state(record, scene)
        elif column.width and column.title != "id" and (text := said(column.cell(record, scene).text)):
            yield f"{column.title.replace(' → ', ' ')}: {text}"


def _sections(view: Sections, scene: Scene) -> Iterator[str]:
    for at, section in enumerate(view.sections):
        if section.title:
            yield from [""] * bool(at)
            folded = f"{len(section.folded)} folded away" if section.folded else ""
            count = len(section.records) + len(section.folded)
            yield _line(f"{section.title}: {count}", said(section.note), folded)
        for record in section.records:
            yield _line(_name(record), *_cells(record, view.columns, scene))


def _tree(view: Tree, scene: Scene) -> Iterator[str]:
    way: list[Branch] = []
    for branch in view.branches:
        del way[branch.depth :]
        above = way[-1].record if way else None
        way += [branch] * (branch.depth + 1 - len(way))
        if branch.record is None:
            yield said(branch.title)
            continue
        under = f"under {above.id}" if above is not None else ""
        folded = f"{len(branch.folded)} below it folded away" if branch.folded else ""
        yield _line(_name(branch.record), under, *_cells(branch.record, view.columns, scene), said(branch.note), folded)


# -------------------------------------------------------------------------------------------------------------------- grids


def _grid(view: Grid, scene: Scene) -> Iterator[str]:
    for row in view.rows:
        cells = zip(view.columns, row.cells, strict=True)
        told = [f"{said(column)}: {text}" for column, cell in cells if (text := _in_cell(cell, view.counts))]
        yield _line(_name(row.record) if row.record else row.title, *told or ["nothing"], said(row.note))


def _in_cell(cell: GridCell, counts: bool) -> str:
    if counts:
        return str(len(cell.records) or "")
    return said(cell.text) or ", ".join(map(_name, cell.records))


# ------------------------------------------------------------------------------------------------------------------- places


def _timeline(view: Timeline, scene: Scene) -> Iterator[str]:
    for lane in view.lanes:
        marks = sorted(lane.marks, key=lambda mark: mark.day)
        days = [f"{mark.meaning} {_dated(mark.day, view.today)}" for mark in marks]
        marked = {mark.day for mark in marks}
        ends = ("from", lane.start), ("to", lane.end)
        yield _line(_name(lane.record), *days, *(f"{end} {day}" for end, day in ends if day and day not in marked))


def _dated(day: date, today: date) -> str:
    near = relative(day, today)
    return near if near == str(day) else f"{day} ({near})"


def _plane(view: Plane, scene: Scene) -> Iterator[str]:
    axes = [f"{name} from {low:g} to {high:g}" for name, low, high in (view.x, view.y) if name]
    yield _line(*axes, view.ranking)
    came = {trail.record_id: trail.places[:-1] for trail in view.trails}
    for point in view.points:
        before = [_place(view, x, y) for x, y in came.get(point.record.id, ())]
        names = ", ".join(map(_name, (point.record, *point.also)))
        region, note = _region(view, point), said(point.note)
        told = (note,) if region in note else (region, note)
        yield _line(names, _place(view, point.x, point.y), *told, *(f"before at {place}" for place in before))


def _place(view: Plane, x: float, y: float) -> str:
    axes = (view.x, x), (view.y, y)
    return ", ".join(f"{name} {at:g}" for (name, _, _), at in axes if name)


def _region(view: Plane, point: Point) -> str:
    """The quarter a point lies in; "" on the line between two."""
    (_, left, right), (height, low, high) = view.x, view.y
    across, up = point.x - (left + right) / 2, point.y - (low + high) / 2
    if not across or (height and not up):
        return ""
    return view.regions[(2 if height and up < 0 else 0) + (1 if across > 0 else 0)]


def _tally(view: Tally, scene: Scene) -> Iterator[str]:
    for at, bar in enumerate(view.bars):
        if bar.heading and bar.label:
            yield from [""] * bool(at)
            yield _line(bar.label, said(bar.note))
        elif not bar.heading:
            yield f"{bar.label}: {_line(*_amounts(bar, view.unit), said(bar.note))}"


def _amounts(bar: Bar, unit: str) -> Iterator[str]:
    if not bar.bare:
        yield f"{bar.value:g} {unit}".strip()
        yield f"held against {bar.mark:g}" if bar.mark is not None else ""
        yield f"the truth between {bar.span[0]:g} and {bar.span[1]:g}" if bar.span is not None else ""


# -------------------------------------------------------------------------------------------------------------------- prose


def _text(view: Text, scene: Scene) -> Iterator[str]:
    for at, one in enumerate(text_in_the_shell(view).paragraphs):
        yield from [""] * (one.heading and at > 0)
        if one.record is not None and one.text.startswith(f"{one.record.id} "):
            lines = [_line(_name(one.record), _state(one.record, scene))]
        else:
            lines = [said(line) for line in one.text.splitlines()]
        label = said(one.label)
        lead = f"{label}: " if label else ""
        yield from (lead * (at == 0) + line for at, line in enumerate(lines))


_SPOKEN: Mapping[type, Callable[[Any, Scene], Iterator[str]]] = {
    Sections: _sections,
    Tree: _tree,
    Grid: _grid,
    Timeline: _timeline,
    Plane: _plane,
    Tally: _tally,
    Text: _text,
}
