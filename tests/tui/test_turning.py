"""Turning a lens: O by the first thing it can be turned by, & by the others."""

from __future__ import annotations

import pytest
from sample import TODAY

from store.records import Records
from tui.command import Context, Say, Show, registry
from tui.perspective import Perspective, perspectives

FIRST, OTHER = registry().by_key["O"], registry().by_key["&"]
TWO = [lens for lens in perspectives().values() if len(lens.options) == 2]
SEVERAL = [lens for lens in perspectives().values() if len(lens.options) > 2]


def on(lens: str) -> Context:
    return Context(Records({}, 0), TODAY, lens=lens)


@pytest.mark.parametrize("lens", TWO, ids=lambda lens: lens.id)
def test_a_second_thing_to_turn_is_turned_at_once(lens: Perspective) -> None:
    assert OTHER.asks(on(lens.id)) is None
    assert OTHER.run(on(lens.id), {}) == Show("option", lens.options[1][0])
    assert FIRST.run(on(lens.id), {}) == Show("option")


@pytest.mark.parametrize("lens", SEVERAL, ids=lambda lens: lens.id)
def test_of_several_one_says_which(lens: Perspective) -> None:
    lens_id, options = lens.id, [option for option, _ in lens.options[1:]]
    ask = OTHER.asks(on(lens_id))
    assert ask is not None
    assert list(ask.questions[0].field.choices) == options and ask.questions[0].initial == options[0]
    for option in options:
        assert OTHER.run(on(lens_id), {"option": option.upper()}) == Show("option", option)


def test_where_nothing_can_be_turned_it_says_so() -> None:
    assert isinstance(OTHER.run(on("story"), {}), Say)
    assert OTHER.refuse(Context(Records({}, 0), TODAY)) == "No lens is shown here."
