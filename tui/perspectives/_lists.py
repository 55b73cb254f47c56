"""How the lists of the panes come about: one section a state, in the order people work through them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from store.index import Index
from store.model import Record
from store.records import Records
from tui.folding import DEPTH_OF_LIST, folded
from tui.perspectives._columns import ORDERS
from tui.perspectives._moves import by_axes, refusing, states
from tui.shapes import Column, Section, Sections
from tui.viewpoint import Viewpoint

SORTS = (("sort", tuple(ORDERS)), DEPTH_OF_LIST)
through_states = by_axes(states, refusing("The list is sorted: H and L change the state, o sorts by something else."))
MOVES = "H and L: to the state before or after"
"""What moving a record means in a list of one kind."""


@lru_cache(maxsize=64)
def state_index(kind: type[Record], sort: str, archived: bool) -> Index:
    """Records of a kind by their state, each state in the chosen order."""
    if archived:
        return Index((kind,), lambda record: (record.standing,), ORDERS[sort])
    return Index((kind,), lambda record: () if record.archived else (record.standing,), ORDERS[sort])


def by_state(kind: type[Record], columns: tuple[Column, ...], states: str) -> Callable[[Records, Viewpoint], Sections]:
    """A projection: a section for each of the states (named in order, separated by blanks) that holds anything."""
    order = states.split()

    def project(records: Records, viewpoint: Viewpoint) -> Sections:
        index = state_index(kind, viewpoint.options.get("sort", "due"), viewpoint.archived)
        groups = records.grouped(index, viewpoint.where)
        settings = records.settings
        sections = (
            Section(settings.state(kind.noun, state), groups[state], key=state) for state in order if groups.get(state)
        )
        return folded(Sections(columns, tuple(sections)), viewpoint)

    return project
