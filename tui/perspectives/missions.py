"""Missions: which directions are we on, and how much do they carry?"""

from __future__ import annotations

from store.model import Mission
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._columns import DUE, HORIZON, ID, PEOPLE, STATE, TEAM, TITLE, WIP
from tui.perspectives._lists import MOVES, SORTS, by_state, through_states
from tui.perspectives._moves import telling

PERSPECTIVE = Perspective(
    id="missions",
    title="Missions",
    key="m",
    asks="Which directions are we on, and how much do they carry?",
    hides="the bets themselves, and how they went",
    kinds=(Mission,),
    project=by_state(Mission, (ID, STATE, TITLE, HORIZON, TEAM, PEOPLE, WIP, DUE), "active forming paused closed"),
    empty="A mission is a direction for one to three quarters. Press a to add one.",
    moves=MOVES,
    move=through_states,
    fills=telling,
    next_steps=(NextStep("how it goes", "checkin.hold"),),
    board=False,
    options=SORTS,
)
