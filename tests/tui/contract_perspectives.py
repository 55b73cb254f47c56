"""What every perspective and every drawing promises; found by themselves, so a new lens is tested without being named."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from sample import NASTY, TODAY, ago, nasty_state, nests, open_workspace, sample_state, stamp

from store.model import TABLES, Bet, Mission, Record, Update
from store.operations import State
from store.parts import Link
from store.records import Records
from store.step import Change, Step
from tui.absence import why_absent
from tui.drawing import GUTTER, Drawing, Line, draw
from tui.perspective import Perspective, perspectives
from tui.perspectives._memo import kept
from tui.shapes import Scene, View
from tui.text import safe
from tui.viewpoint import Viewpoint

WIDTHS = (40, 80, 120, 200)
LENSES = tuple(perspectives().values())
EMPTY: State = {}
PLAIN = Viewpoint(TODAY, me="anna")


def only_bens(record: Record) -> bool:
    return "ben" in getattr(record, "people", ())


def turned(**options: str) -> Viewpoint:
    return PLAIN._replace(options=MappingProxyType(options))


def viewpoints(lens: Perspective) -> Iterator[Viewpoint]:
    """From everywhere a lens can be looked at: filtered, with the archive, every option turned to every value."""
    yield PLAIN
    yield PLAIN._replace(archived=True)
    yield PLAIN._replace(where=only_bens)
    for option, values in lens.options:
        yield from (turned(**{option: value}) for value in values)


CASES = [
    pytest.param(lens, viewpoint, id=f"{lens.id}-{at}") for lens in LENSES for at, viewpoint in enumerate(viewpoints(lens))
]
EACH_LENS = pytest.mark.parametrize("lens", LENSES, ids=lambda lens: lens.id)
EACH_CASE = pytest.mark.parametrize(("lens", "viewpoint"), CASES)
STATES = {"empty": EMPTY, "sample": sample_state(), "nasty": nasty_state()}


def drawn(lens: Perspective, viewpoint: Viewpoint, state: State, width: int = 80, height: int = 24) -> Drawing:
    records = Records(state, 1000)
    return draw(lens.project(records, viewpoint), Scene(records, TODAY, viewpoint.me), width, height)


def text_of(line: Line) -> str:
    return "".join(span.text for span in line)


def cells_of(line: Line) -> list[str]:
    """The line cell by cell; the second cell of a wide character is empty."""
    cells: list[str] = []
    for character in text_of(line):
        size = cell_len(character)
        if size == 0 and cells:
            cells[-1] += character
        else:
            cells.extend([character] + [""] * (size - 1))
    return cells


# ------------------------------------------------------------------------------------------------------- what a lens says


@EACH_LENS
def test_a_lens_says_what_it_asks_what_it_hides_and_what_to_do_when_it_is_empty(lens: Perspective) -> None:
    assert lens.asks.endswith("?")
    assert lens.hides and lens.title
    assert lens.empty.endswith(".")


@EACH_LENS
def test_the_question_of_a_lens_stands_whole_beside_its_name_and_a_count_in_80_columns(lens: Perspective) -> None:
    assert len(f"{lens.title} 999  {lens.asks}") <= 80


def test_ids_and_keys_are_each_of_one_lens_only() -> None:
    assert [lens.id for lens in LENSES] == list(perspectives())
    assert sorted({lens.key for lens in LENSES}) == sorted(lens.key for lens in LENSES)
    assert all(len(lens.key) == 1 and lens.key != "g" for lens in LENSES)


@EACH_LENS
def test_an_option_has_a_default_and_no_value_twice(lens: Perspective) -> None:
    for option, values in lens.options:
        assert len(values) >= 2 and len(set(values)) == len(values)
        assert lens.option(PLAIN, option) == values[0]


# ------------------------------------------------------------------------------------------------------------- projecting


@EACH_CASE
@pytest.mark.parametrize("name", STATES)
def test_projecting_twice_gives_the_same(lens: Perspective, viewpoint: Viewpoint, name: str) -> None:
    records = Records(STATES[name], 1000)
    again = Records(copy.deepcopy(STATES[name]), 1000)
    view = lens.project(records, viewpoint)
    kept.cache_clear()
    assert lens.project(records, viewpoint) == view
    assert lens.project(again, viewpoint) == view


@EACH_LENS
def test_an_empty_workspace_shows_no_record(lens: Perspective) -> None:
    if lens.id != "cadence":
        assert drawn(lens, PLAIN, EMPTY).spots == 0


@EACH_CASE
def test_every_record_appears_or_is_said_to_be_missing_and_never_both(lens: Perspective, viewpoint: Viewpoint) -> None:
    if lens.follows:
        pytest.skip("it is about one record")
    records = Records(sample_state(), 1000)
    view = lens.project(records, viewpoint)
    for width in (40, 120):
        drawing = draw(view, Scene(records, TODAY, "anna"), width, 24)
        for record in records:
            reason = why_absent(lens, record, records, viewpoint)
            assert (drawing.find(record.id) is None) == (reason is not None), f"{record.id}: {reason}"


# ---------------------------------------------------------------------------------------------------------------- drawing


@EACH_CASE
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_its_room_or_holds_what_a_terminal_obeys(
    lens: Perspective, viewpoint: Viewpoint, width: int
) -> None:
    drawing = drawn(lens, viewpoint._replace(chosen="B11"), STATES["nasty"], width)
    for y in range(drawing.height):
        text = text_of(drawing.line(y))
        assert cell_len(text) <= width
        assert safe(text) == text


@EACH_LENS
@pytest.mark.parametrize("width", WIDTHS)
def test_spots_stand_on_their_lines_with_room_for_the_cursor(lens: Perspective, width: int) -> None:
    viewpoint = PLAIN._replace(chosen="B11")
    drawing = drawn(lens, viewpoint, STATES["nasty"], width)
    for index in range(drawing.spots):
        spot = drawing.spot(index)
        assert index in drawing.on_line(spot.y)
        assert drawing.find(spot.record_id) is not None
        assert spot.x >= 0 and spot.x + spot.width <= width
        gutter = cells_of(drawing.line(spot.y))[spot.x : spot.x + GUTTER]
        assert not "".join(gutter).strip()


@EACH_LENS
@pytest.mark.parametrize("width", WIDTHS)
def test_every_spot_can_be_reached_with_the_arrows(lens: Perspective, width: int) -> None:
    drawing = drawn(lens, PLAIN._replace(chosen="B11"), STATES["sample"], width)
    assert reached(drawing) == set(range(drawing.spots))


def reached(drawing: Drawing) -> set[int]:
    """The spots the arrows lead to from the first one."""
    found, open_ends = set(), [0] if drawing.spots else []
    while open_ends:
        index = open_ends.pop()
        if index not in found:
            found.add(index)
            open_ends += [drawing.step(index, direction) for direction in ("up", "down", "left", "right")]
    return found


# ---------------------------------------------------------------------------------------------- following change by change


@dataclass(frozen=True)
class Edit:
    """One change to whichever record the number lands on."""

    which: int
    what: str
    value: int

    def step(self, records: Records) -> Step:
        everything = sorted(records, key=lambda record: record.number)
        record = everything[self.which % len(everything)]
        if self.what == "update":
            about = record.id if not isinstance(record, Update) else None
            return Step((Change(None, Update(text="so", about=about, confidence=self.value * 10)),), "said")
        if self.what == "delete":
            return Step((Change(record, None),), "deleted")
        return Step((Change(record, record.evolve(**self._fields(record, everything))),), "edited")

    def _fields(self, record: Record, everything: list[Record]) -> dict[str, object]:
        other = everything[self.value * 7 % len(everything)]
        if self.what == "state" and record.states:
            return {"state": record.states[self.value % len(record.states)]}
        if self.what == "archive":
            return {"archived": not record.archived}
        if self.what == "nest" and isinstance(record, Bet | Mission):
            return {"links": (Link(kind="nests_in", to=other.id),) if self.value else ()}
        if self.what == "day" and isinstance(record, Bet):
            return {"settle_by": ago(self.value * 11 - 40), "people": ("ben",) * (self.value % 2)}
        if self.what == "horizon" and isinstance(record, Bet):
            return {"horizon": (None, "days", "weeks", "months", "years")[self.value % 5]}
        return {record.headline: f"{NASTY[self.value % len(NASTY)]} x"}


EDITS = st.builds(
    Edit,
    st.integers(0, 40),
    st.sampled_from(("update", "delete", "state", "archive", "nest", "day", "horizon", "title")),
    st.integers(0, 9),
)
LOOKS = [
    (lens, viewpoint)
    for lens in LENSES
    for viewpoint in (PLAIN, PLAIN._replace(where=only_bens), *list(viewpoints(lens))[3:])
]


@given(st.lists(EDITS, min_size=1, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_following_edits_shows_what_looking_afresh_shows(edits: list[Edit], looks: list[bool]) -> None:
    workspace = open_workspace(sample_state())
    for edit, look in zip(edits, looks, strict=False):
        workspace.commit(edit.step(workspace.records))
        if look:
            everything_seen(workspace.records)
    views = everything_seen(workspace.records)
    kept.cache_clear()
    fresh = everything_seen(Records(copy.deepcopy(workspace.backend.state), workspace.backend.n))
    for (lens, _), followed, afresh in zip(LOOKS, views, fresh, strict=True):
        assert followed == afresh, lens.id


def everything_seen(records: Records) -> list[View]:
    return [lens.project(records, viewpoint) for lens, viewpoint in LOOKS]


@given(
    st.lists(st.tuples(st.sampled_from(TABLES[:3]), st.text(max_size=60)), min_size=1, max_size=6), st.sampled_from(WIDTHS)
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_stays_inside_its_room(typed: list[tuple[str, str]], width: int) -> None:
    state: State = {table: {} for table in TABLES}
    for number, (table, text) in enumerate(typed, 1):
        state[table][str(number)] = {
            "title": text, "team": text, "people": [text], "driver": text, "horizon": "weeks" if table == "bets" else None,
            "state": {"missions": "active", "bets": "placed", "decisions": "open"}[table], "settle_by": ago(-number),
            "review_on": ago(number), "created": stamp(TODAY), **nests("M1"),
        }  # fmt: skip
        state["updates"][str(100 + number)] = {
            "text": text, "about": f"{table[0].upper()}{number}", "created_by": text, "confidence": 50,
        }  # fmt: skip
    for lens in LENSES:
        drawing = drawn(lens, PLAIN._replace(chosen="M1"), state, width)
        for y in range(drawing.height):
            line = text_of(drawing.line(y))
            assert cell_len(line) <= width and safe(line) == line, lens.id
