"""Decisions: what is open, what was decided, what wants a look back?"""

from __future__ import annotations

from store.model import Decision
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._columns import AGE, CONFIDENCE, DOOR, DUE, ID, PEOPLE, STATE, TITLE
from tui.perspectives._lists import MOVES, SORTS, by_state, through_states
from tui.perspectives._moves import telling

PERSPECTIVE = Perspective(
    id="decisions",
    title="Decisions",
    key="d",
    asks="What is open, what was decided, what wants a look back?",
    hides="why each was taken: open one to read it",
    kinds=(Decision,),
    project=by_state(
        Decision, (ID, STATE, TITLE, DOOR, PEOPLE, CONFIDENCE, AGE, DUE), "open decided reviewed superseded reversed"
    ),
    empty="A decision is worth a line before it is forgotten. Press c to capture one.",
    moves=MOVES,
    move=through_states,
    fills=telling,
    next_steps=(NextStep("decide, review", "record.finish"),),
    board=False,
    options=SORTS,
)
