"""What every lens promises to whoever acts in it; found by themselves, so a new lens is tested without being named."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from types import MappingProxyType
from typing import get_args

import pytest
from filled import filled_state
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample import TODAY, open_workspace

from store.errors import ManyViewError, Refused
from store.fields import field
from store.model import KINDS, Record
from store.operations import State
from store.records import Records
from store.step import Step
from tui.acting import Direction, Nudge, Sets, Stays, Writes
from tui.command import AskMore, Context, DoAgain, Say, Show, TakeBack, registry
from tui.commands.move import meant
from tui.desk import PAGES, Desk, Own, Page
from tui.drawing import Drawing, draw
from tui.perspective import Perspective, perspectives
from tui.shapes import Scene
from tui.sights import context, viewpoint
from tui.travel import LOOKING_GROUPS

LENSES = tuple(perspectives().values())
EACH_LENS = pytest.mark.parametrize("lens", LENSES, ids=lambda lens: lens.id)
COMMANDS = [one for one in registry().commands.values() if one.group not in LOOKING_GROUPS]
"""Commands that work on records; the others only look."""
MOVES = ("move.left", "move.right", "move.up", "move.down")
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
WIDTH, HEIGHT = 120, 40


def richer_state() -> State:
    """The sample with every lens filled, the archive among it, and records that hold several values in a field."""
    state = filled_state()
    state["bets"]["11"] |= {"tags": ["a", "b"], "team": "core", "kind": "explore"}
    state["decisions"]["32"] |= {"tags": ["a"]}
    state["signals"]["51"] |= {"use": "steer", "readings": [{"on": "2026-11-01", "value": 3}]}
    state["updates"]["79"] = {
        "text": "mine", "about": "B12", "created": "2026-11-20T09:00:00.000Z", "created_by": "anna", "confidence": 95,
        "health": "at risk",
    }  # fmt: skip
    return state


RECORDS = Records(richer_state(), 1000)
SCENE = Scene(RECORDS, TODAY, "anna")


def desks(lens: Perspective) -> Iterator[Desk]:
    """Every way a lens can be turned, as the desk of somebody who looks at nothing else."""
    yield desk_of(lens, {})
    for option, values in lens.options:
        yield from (desk_of(lens, {option: value}) for value in values[1:])


def desk_of(lens: Perspective, options: dict[str, str]) -> Desk:
    page = next((page for page in PAGES if page.id == lens.id), Page("board", "Board", (lens.id,)))
    turned = MappingProxyType({lens.id: MappingProxyType(options)})
    return Desk((page._replace(options=turned),), archived=True)


def drawn(desk: Desk, lens: Perspective, records: Records) -> Drawing:
    scene = Scene(records, TODAY, "anna")
    return draw(lens.project(records, viewpoint(desk, lens, desk.own(0), scene)), scene, WIDTH, HEIGHT)


def contexts(desk: Desk, lens: Perspective, records: Records, seeds: tuple[str, ...] = ("B11",)) -> Iterator[Context]:
    """From every spot of what is drawn; a lens about the chosen record is drawn about each of some."""
    for seed in seeds if lens.follows else (None,):
        drawing = drawn(desk._replace(chosen=seed), lens, records)
        for index in range(drawing.spots):
            here = desk._replace(chosen=drawing.spot(index).record_id if not lens.follows else seed)
            yield context(here, Scene(records, TODAY, "anna"), drawing.heading(index))


def is_sentence(text: str) -> bool:
    return text[:1].isupper() and text.endswith(".") and "\n" not in text


# ----------------------------------------------------------------------------------------------------------------- moving


@EACH_LENS
def test_a_lens_moves_what_it_shows_or_says_why_not(lens: Perspective) -> None:
    for desk in desks(lens):
        for here in contexts(desk, lens, RECORDS, ("B11", "D31", "M2")):
            record = here.chosen
            assert record is not None and here.viewpoint is not None
            for direction in DIRECTIONS:
                moved = lens.move(record, Nudge(direction, RECORDS, here.viewpoint, here.heading))
                if isinstance(moved, Stays):
                    assert is_sentence(moved.why), moved.why
                else:
                    assert isinstance(moved, Sets | Writes) and moved.texts


@EACH_LENS
@pytest.mark.parametrize("command_id", MOVES)
def test_a_move_from_any_spot_changes_that_record_alone_and_says_what(lens: Perspective, command_id: str) -> None:
    command = registry().commands[command_id]
    for desk in desks(lens):
        for here in contexts(desk, lens, RECORDS):
            if command.refuse(here) is not None:
                continue
            try:
                outcome = command.run(here, {})
            except Refused:
                continue
            assert here.chosen is not None
            if isinstance(outcome, Step):
                (change,) = outcome.changes
                assert change.before is here.chosen or getattr(change.after, "about", None) == here.chosen.id
                assert change.after is not None and change.after != change.before
                assert here.chosen.id in outcome.why
            elif isinstance(outcome, Say):
                assert is_sentence(outcome.sentence)
            else:
                assert isinstance(outcome, AskMore)


@EACH_LENS
def test_a_record_that_does_not_appear_is_not_moved(lens: Perspective) -> None:
    desk = desk_of(lens, {})
    drawing = drawn(desk._replace(chosen="B11"), lens, RECORDS)
    for record in RECORDS:
        if drawing.find(record.id) is None and not lens.follows:
            here = context(desk._replace(chosen=record.id), SCENE, None)
            assert isinstance(meant(record, "right", here), Stays), record.id


@st.composite
def sequences(draw_: st.DrawFn) -> list[tuple[str, str, int, bool]]:
    one = st.tuples(st.sampled_from([lens.id for lens in LENSES]), st.sampled_from(MOVES), st.integers(0, 60), st.booleans())
    return draw_(st.lists(one, min_size=1, max_size=8))


@given(sequences())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_as_many_undos_as_moves_give_back_the_very_records(sequence: list[tuple[str, str, int, bool]]) -> None:
    workspace = open_workspace(richer_state())
    before = copy.deepcopy(workspace.backend.state)
    done = 0
    for lens_id, command_id, at, marked in sequence:
        step = moved_somewhere(workspace.records, lens_id, command_id, at, marked)
        if step is not None:
            done += workspace.commit(step) is not None
    for _ in range(done):
        assert workspace.undo() is not None
    assert workspace.backend.state == before


def moved_somewhere(records: Records, lens_id: str, command_id: str, at: int, marked: bool) -> Step | None:
    """The step of a move from one of the spots, of the record there alone or with two others marked."""
    lens = perspectives()[lens_id]
    there = list(contexts(desk_of(lens, {}), lens, records))
    if not there:
        return None
    here = there[at % len(there)]
    if marked:
        others = [one.chosen for one in (there[(at + 1) % len(there)], here, there[(at + 2) % len(there)])]
        here = here._replace(marked=tuple({one.id: one for one in others if one is not None}.values()))
    command = registry().commands[command_id]
    if command.refuse(here) is not None:
        return None
    try:
        outcome = command.run(here, {})
        if isinstance(outcome, AskMore):
            outcome = outcome.run(here, {"settle_by": "2027-01-01", "pivot_if": "it fails", "result": "won"})
    except ManyViewError:
        return None
    return outcome if isinstance(outcome, Step) else None


# ------------------------------------------------------------------------------------------------------- every command


@EACH_LENS
def test_every_command_works_or_refuses_in_words_on_every_spot(lens: Perspective) -> None:
    for here in contexts(desk_of(lens, {}), lens, RECORDS):
        for where in (here, here._replace(marked=marks(here))):
            for command in COMMANDS:
                reason = command.refuse(where)
                if reason is not None:
                    assert is_sentence(reason), (command.id, reason)
                elif (asked := command.asks(where)) is not None:
                    assert asked.questions, command.id
                else:
                    outcome = ran(command.run, where)
                    assert isinstance(outcome, Step | Say | Show | TakeBack | DoAgain | AskMore | Refused)


def ran(run: object, where: Context) -> object:
    try:
        return run(where, {})  # type: ignore[operator]
    except Refused as error:
        return error


def marks(here: Context) -> tuple[Record, ...]:
    """The chosen record and another of its kind."""
    assert here.chosen is not None
    others = [record for record in here.records.each(type(here.chosen)) if record.id != here.chosen.id]
    return (here.chosen, *others[:1]) if here.chosen.id in here.records else ()


# ------------------------------------------------------------------------------------------- what a lens is opened for


@EACH_LENS
def test_the_next_step_of_a_lens_is_a_command_or_fields_of_every_kind_it_shows(lens: Perspective) -> None:
    for kind in lens.kinds:
        record = next(iter(RECORDS.each(kind)))
        step = lens.next_step(record)
        assert isinstance(record, step.kinds) and 0 < len(step.title) <= 16
        assert bool(step.command) != bool(step.fields)
        assert not step.command or step.command in registry().commands
        assert all(field(kind, path) for path in step.fields)


@EACH_LENS
def test_the_fields_a_lens_lives_from_are_fields_of_the_record(lens: Perspective) -> None:
    for desk in desks(lens):
        looking = viewpoint(desk, lens, Own("B11"), SCENE)
        for kind in lens.kinds:
            for record in RECORDS.each(kind):
                assert all(field(kind, path) for path in lens.fields(record, looking))
        assert lens.fields(RECORDS.find("B11"), looking) or not any(one.command == "lens.fill" for one in lens.next_steps)


def test_every_kind_of_record_has_somebody_looking_for_it() -> None:
    assert {kind for lens in LENSES for kind in lens.kinds} == set(KINDS)
