"""Bets: what have we placed, what is being shaped, what waits for its outcome?"""

from __future__ import annotations

from store.model import Bet
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._columns import AGE, DUE, HORIZON, ID, MISSION, PEOPLE, STATE, TITLE
from tui.perspectives._lists import MOVES, SORTS, by_state, through_states
from tui.perspectives._moves import telling

PERSPECTIVE = Perspective(
    id="bets",
    title="Bets",
    key="b",
    asks="What is placed, what is being shaped, what waits for its outcome?",
    hides="how bets nest and what they cost",
    kinds=(Bet,),
    project=by_state(
        Bet, (ID, STATE, TITLE, MISSION, HORIZON, PEOPLE, AGE, DUE), "placed released shaping option parked stopped settled"
    ),
    empty="A bet is something you try to further a mission. Press a to add one.",
    moves=MOVES,
    move=through_states,
    fills=telling,
    next_steps=(NextStep("how it goes", "checkin.hold"),),
    board=False,
    options=SORTS,
)
