"""A large workspace of many people: every lens finds something, says it within its room, and no label covers another."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from plenty import PEOPLE, plenty
from rich.cells import cell_len
from sample import TODAY

from store.records import Records
from tui.drawing import Drawing, draw
from tui.perspective import Perspective, perspectives
from tui.shapes import Plane, Scene
from tui.viewpoint import Viewpoint

RECORDS = Records(plenty(1200), 1)
NEEDS_HISTORY = "changed"
LENSES = [lens for lens in perspectives().values() if lens.id != NEEDS_HISTORY]
EACH_LENS = pytest.mark.parametrize("lens", LENSES, ids=lambda lens: lens.id)


def drawn(lens: Perspective, width: int, height: int, **options: str) -> Drawing:
    viewpoint = Viewpoint(TODAY, me=PEOPLE[0], chosen="B100" if lens.follows else None, options=MappingProxyType(options))
    return draw(lens.project(RECORDS, viewpoint), Scene(RECORDS, TODAY, PEOPLE[0]), width, height)


@EACH_LENS
@pytest.mark.parametrize(("width", "height"), [(52, 40), (80, 22), (158, 42)])
def test_every_lens_shows_something_within_its_room(lens: Perspective, width: int, height: int) -> None:
    drawing = drawn(lens, width, height)
    lines = ["".join(span.text for span in drawing.line(y)) for y in range(min(drawing.height, 2 * height))]
    assert any(line.strip() for line in lines)
    assert max(map(cell_len, lines)) <= width


@EACH_LENS
def test_what_is_folded_is_shorter_than_what_is_not(lens: Perspective) -> None:
    if "depth" in dict(lens.options):
        assert drawn(lens, 80, 22, depth="1").height < drawn(lens, 80, 22).height


@pytest.mark.parametrize(("width", "height"), [(52, 40), (80, 22), (158, 42)])
def test_labels_of_crowded_planes_stand_apart(width: int, height: int) -> None:
    planes = [lens for lens in LENSES if isinstance(lens.project(RECORDS, Viewpoint(TODAY)), Plane)]
    assert len(planes) >= 4
    for drawing in (drawn(lens, width, height) for lens in planes):
        taken: set[tuple[int, int]] = set()
        for spot in map(drawing.spot, range(drawing.spots)):
            cells = {(x, spot.y) for x in range(spot.x, spot.x + spot.width)}
            assert taken.isdisjoint(cells)
            taken |= cells


def test_readings_of_thirty_people_stand_beside_each_other_at_80_columns() -> None:
    first = "".join(span.text for span in drawn(perspectives()["readings"], 80, 22).line(0))
    assert "sees it worst" in first and "sees it best" in first
