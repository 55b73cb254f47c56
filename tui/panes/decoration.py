"""What a lens shows around its drawing: its title, why it is empty, why a record is not there, and its cursor.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from textual.strip import Strip

from themes import Theme
from tui.absence import why_absent
from tui.desk import SHARED, WIDE
from tui.drawing import GUTTER, Drawing, Line, Spot
from tui.folding import FOLDS
from tui.panes.lines import strip_of
from tui.panes.sight import Sight
from tui.perspective import Perspective, titled
from tui.shapes import Grid, Plane, Span, View
from tui.text import cut, width_of, wrapped
from tui.theming import styles
from tui.travel import summary

SIGNS: Mapping[str, tuple[str, str]] = {
    "new": ("+", "good"), "gone": ("-", "dropped"), "moved": ("→", "info"), "changed": ("~", "info"),
}  # fmt: skip
"""How a record differs between then and now → its sign in front of the row, and the token of that."""

ROOM_TO_SAY_MORE = 30
"""Lines of a pane from which its head says what the lens needs and hides, too; below that the help does."""
UNSAID = (FOLDS,)
"""Options the title does not name: they are seen."""


def held(view: View, drawing: Drawing) -> int:
    """How many records are shown, also those a plane or a grid only counts for want of room."""
    if isinstance(view, Plane):
        return len(view.points)
    if isinstance(view, Grid) and not any(row.record for row in view.rows):
        return len({record.id for row in view.rows for cell in row.cells for record in cell.records})
    return drawing.spots


def title(sight: Sight, count: int, width: int) -> list[Span]:
    """The title line: the lens, how many records it shows, its question, and how it is filtered and turned."""
    lens = sight.perspective
    counted = "" if lens.follows or not count else f" {count}"
    spans = [Span(titled(lens, sight.scene.records), "accent" if sight.focused else "title"), Span(f"{counted}  ", "dim")]
    room = width - sum(width_of(span.text) for span in spans)
    about = "  ".join(_turned(sight))
    asks = cut(lens.asks, max(room - width_of(about) - 2, 0)) if room - width_of(about) > 12 else ""
    return [*spans, Span(asks + ("  " if asks and about else ""), "dim"), Span(cut(about, max(room, 0)), "match")]


def about(lens: Perspective, width: int) -> list[Line]:
    """The lines below the title, where there is room for them: what the lens needs of a record, and what it hides.

    They are as many in every lens of that width, so that lenses side by side begin on the same line.
    """
    count = 1 if width >= WIDE else 2
    lines = wrapped("; ".join(stated(lens)), width - 4)
    lines[count - 1 :] = [cut(" ".join(lines[count - 1 :]), width - 4)]
    return [(Span("  " + line, "dim"),) for line in (*lines, "", "")[:count]]


def above(sight: Sight, width: int, height: int) -> list[Line]:
    """The lines between the title and the drawing in a pane of so many cells and lines; [] where it is low."""
    return about(sight.perspective, width) if sight.headed and height >= ROOM_TO_SAY_MORE else []


def stated(lens: Perspective) -> list[str]:
    """What a lens needs, where it needs anything, and what it hides."""
    needs = " and ".join(name.replace("_", " ") for name in lens.needs)
    return [*([f"needs {needs}"] if needs else []), f"hides {lens.hides}"]


def _turned(sight: Sight) -> list[str]:
    filtered = [f"/{sight.filter}"] if sight.filter else []
    options = [f"{option}: {value}" for option, value in sight.viewpoint.options.items() if option not in UNSAID]
    apart = [f"own {what}" for what in SHARED if what in sight.apart]
    return [*_when(sight), *filtered, *options, *apart, *(["archived too"] if sight.viewpoint.archived else [])]


def _when(sight: Sight) -> list[str]:
    """Which side this is where then and now stand beside each other, and on that of now what is different."""
    if sight.changes is None:
        return []
    return [f"as of {sight.then.isoformat()}" if sight.then else f"now: {summary(sight.changes)}"]


def nothing(sight: Sight, drawing: Drawing, width: int) -> list[str]:
    """What an empty lens says: how the filter is cleared, or what would fill it, and why the chosen record does not."""
    if sight.trouble:
        reason, *place = sight.trouble.split("\n")
        said = wrapped(f"The filter cannot be read, so nothing is shown: {reason}", width - 4)
        return ["", *said, "", *place, "", "/ mends it, Escape clears it."]
    if sight.filter:
        return ["", *wrapped(f"Nothing passes the filter /{sight.filter}. Escape clears it.", width - 4)]
    if sight.then is not None:
        return ["", *wrapped(f"Nothing of this was there on {sight.then}. Escape returns to now.", width - 4)]
    lens, records = sight.perspective, sight.scene.records
    absent = absence(sight, drawing)
    if not lens.follows and not any(map(records.all, lens.kinds)):
        absent = f"There is no {records.settings.one(lens.holds(None).noun)} yet: a adds one."
    return ["", *wrapped(lens.empty, width - 4), *(["", *wrapped(absent, width - 4)] if absent else [])]


def absence(sight: Sight, drawing: Drawing) -> str:
    """Why the chosen record does not appear; "" when it does, or nothing is chosen."""
    if sight.chosen is None or sight.perspective.follows or drawing.find(sight.chosen) is not None:
        return ""
    record = sight.scene.records.get(sight.chosen)
    if record is None:
        gone = sight.changes is not None or sight.then is not None
        return f"{sight.chosen} is not here: {'it came later' if sight.then else 'it is gone by now'}." if gone else ""
    reason = why_absent(sight.perspective, record, sight.scene.records, sight.viewpoint)
    return f"{record.id} is not here: {reason}." if reason else ""


def in_lines(sentence: str, width: int, most: int) -> list[str]:
    """A sentence in at least one and at most so many lines, cut where it is longer."""
    lines = wrapped(sentence, width)
    kept = max(most, 1) - 1
    return [*lines[:kept], cut(" ".join(lines[kept:]), width)] if len(lines) > kept + 1 else lines


def decorated(sight: Sight, drawing: Drawing, y: int, cursor: int, base: Strip, theme: Theme) -> Strip:
    """A line of the drawing with the cursor, the chosen record and the marks that stand on it; ``base`` is it without."""
    here = _covered(drawing.spot(cursor)) if drawing.spots else None
    there = [_covered(drawing.spot(index)) for index in drawing.on_line(y)]
    spots = [(spot, ground) for spot in there if (ground := _ground(sight, spot, here))]
    if not spots:
        return base
    strip = partial(_spot, sight, here, drawing.line(y), base.cell_length, theme)
    strips: list[Strip] = []
    at = 0
    for spot, ground in spots:
        strips += [base.crop(at, spot.x), strip(spot, ground)]
        at = spot.x + spot.width
    return Strip.join([*strips, base.crop(at, base.cell_length)])


def _covered(spot: Spot) -> Spot:
    """The cells of a spot that its ground covers: those that name the record, where it is told which these are.

    What stands behind the name keeps its colours, which tell a state, and need not be sent again when the cursor moves: a
    bar across the screen would be as many bytes again.
    """
    return spot._replace(width=spot.named) if spot.named else spot


def _spot(sight: Sight, here: Spot | None, line: Line, width: int, theme: Theme, spot: Spot, ground: str) -> Strip:
    grounded = styles(theme, ground if ground != "mark" else "")
    strip = strip_of(line, grounded, width).crop(spot.x, spot.x + spot.width)
    kind = sight.changes.get(spot.record_id, "") if sight.changes else ""
    sign, token = ("*", "mark") if spot.record_id in sight.marked else SIGNS.get(kind, (" ", "text"))
    pointer = Span("·" if ground == "linked" else ">" if spot == here and ground != "mark" else " ")
    gutter = strip_of((pointer, Span(sign, token)), grounded, GUTTER)
    return Strip.join([gutter, strip.crop(GUTTER, spot.width)])


def _ground(sight: Sight, spot: Spot, here: Spot | None) -> str | None:
    """What a spot stands on: the cursor, the chosen record in another lens, a mark, or nothing of its own.

    Where the chosen record does not appear there is no cursor: it would point at what no key works on.
    """
    if spot == here and not sight.perspective.follows and sight.chosen in (None, spot.record_id):
        return "cursor" if sight.focused else "cursor_idle"
    if spot.record_id == sight.chosen and not sight.perspective.follows:
        return "linked"
    return "mark" if spot.record_id in sight.marked or spot.record_id in (sight.changes or ()) else None
