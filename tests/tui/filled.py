"""The sample with the fields filled in that the lenses of judgement need, and edits of just those fields."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st
from sample import TODAY, sample_state

from store.model import Belief, Bet, Decision, Mission, Record
from store.operations import State
from store.records import Records
from tui.perspective import perspectives
from tui.viewpoint import Viewpoint

VIEW = Viewpoint(TODAY, me="anna")


def turned(**options: str) -> Viewpoint:
    return Viewpoint(TODAY, me="anna", options=MappingProxyType(options))


def project(lens: str, state: State, viewpoint: Viewpoint = VIEW) -> Any:
    return perspectives()[lens].project(Records(state, 100), viewpoint)


def filled_state() -> State:
    state = sample_state()
    bets, decisions, beliefs = state["bets"], state["decisions"], state["beliefs"]
    bets["11"] |= {
        "uncertainty": {
            "value": {"low": 4, "high": 8}, "solvability": {"low": 7, "high": 9}, "duration": {"low": 2, "high": 5},
        },
        "opportunity_confidence": 60, "drivers": ["a", "b", "c"], "constraints": ["d"], "floats": ["e"], "mode": "quest",
        "scores": {"impact": {"level": "high"}, "reach": {"level": "low"}}, "mandate": "A", "options": ["x"],
    }  # fmt: skip
    bets["12"] |= {"opportunity_confidence": 90, "floats": ["a", "b"], "hill": 50, "mandate": "D"}
    bets["13"] |= {"uncertainty": {"know_how": {"low": 1, "high": 3}}, "scores": {"impact": {"level": "mid"}}, "hill": 0}
    bets["15"] |= {"scores": {"impact": {"level": "high"}, "effort": {"level": "low"}, "fun": {"level": "mid"}}}
    bets["18"] |= {"hill": 100, "mandate": "B"}
    state["missions"]["2"] |= {"drag": ["waits", " waits ", "debt"], "mandate": "D"}
    decisions["31"] |= {"came_true": True, "state": "reviewed", "occasion": "Weekly", "solved": "resolution"}
    decisions["32"] |= {"confidence": 50, "came_true": False, "occasion": "Weekly"}
    decisions["33"] |= {"confidence": 95, "came_true": False, "driver": "ben", "solved": "flight"}
    beliefs["43"] = {"text": "Nobody reads", "converged": 0, "benefit": -5, "certainty": 0, "value": 0}
    beliefs["44"] = {"text": "Held", "state": "supported", "converged": 10, "benefit": 0, "certainty": 10, "value": 10}
    beliefs["45"] = {"text": "Let go", "state": "refuted", "converged": 9, "benefit": -4, "certainty": 2, "value": 8}
    return state


LEVEL = st.sampled_from(("low", "mid", "high"))
TEXTS = st.lists(st.sampled_from(("a", "b", "c", "d")), max_size=4)
TEN = st.none() | st.integers(0, 10)
RANGE = st.none() | st.tuples(st.integers(0, 5), st.integers(5, 10)).map(lambda ends: {"low": ends[0], "high": ends[1]})
PERCENT = st.none() | st.integers(0, 100)
FIELDS: dict[type[Record], dict[str, st.SearchStrategy[Any]]] = {
    Bet: {
        "hill": PERCENT, "opportunity_confidence": PERCENT, "drivers": TEXTS, "constraints": TEXTS, "floats": TEXTS,
        "options": TEXTS, "people": TEXTS, "buckets": TEXTS, "mode": st.sampled_from(("", "chip")),
        "kind": st.sampled_from((None, "run", "explore")), "mandate": st.sampled_from((None, "A", "E")),
        "state": st.sampled_from(Bet.states), "archived": st.booleans(),
        "uncertainty": st.fixed_dictionaries({"value": RANGE, "duration": RANGE}),
        "scores": st.dictionaries(st.sampled_from(("impact", "fun")), st.fixed_dictionaries({"level": LEVEL})),
    },
    Mission: {
        "drag": TEXTS, "people": TEXTS, "mandate": st.sampled_from((None, "B")), "state": st.sampled_from(Mission.states),
    },
    Belief: {
        "converged": TEN, "benefit": st.none() | st.integers(-5, 5), "certainty": TEN, "value": TEN,
        "next_step": st.sampled_from(("", "ask")), "state": st.sampled_from(Belief.states),
    },
    Decision: {
        "confidence": PERCENT, "came_true": st.sampled_from((None, True, False)),
        "occasion": st.sampled_from(("", "Weekly")), "solved": st.sampled_from((None, "flight")),
        "driver": st.sampled_from(("", "anna")),
        "state": st.sampled_from(Decision.states),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Filling:
    """New values for some fields of whichever record of a kind the number lands on."""

    kind: type[Record]
    which: int
    fields: dict[str, Any]

    def target(self, records: Records) -> Record:
        held = sorted(records.each(self.kind), key=lambda record: record.number)
        return held[self.which % len(held)]


FILLINGS = st.sampled_from(tuple(FIELDS)).flatmap(
    lambda kind: st.builds(Filling, st.just(kind), st.integers(0, 20), st.fixed_dictionaries({}, optional=FIELDS[kind]))
)
