"""A large workspace in which every lens finds something: many records with the fields filled in that lenses live from."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from store.operations import State
from tests.tui.sample import TODAY, many_records

PEOPLE = tuple(f"person{number}" for number in range(30))
TEAMS = ("core", "growth", "payments", "search", "platform", "mobile")
OCCASIONS = ("Weekly", "Six weeks", "Architecture forum", "A thread", "")
DOUBTS = ("value", "experimentability", "duration", "solvability", "know_how")
MEASURES = ("Teams with a second check-in", "Imports that end well", "Searches without a result", "Days to first value")
Document = dict[str, Any]


def plenty(n: int, seed: int = 1) -> State:
    """``n`` records of thirty people, beliefs, signals and check-ins among them, three fields in four filled in."""
    random = Random(seed)
    state = many_records(n, seed)
    signals = [str(n + at) for at in range(1, max(n // 100, 4) + 1)]
    for table, fill in (("missions", _mission), ("bets", _bet), ("decisions", _decision), ("beliefs", _belief)):
        for document in state[table].values():
            document |= {name: value for name, value in fill(random, signals).items() if random.random() < 0.75}
    for document in state["updates"].values():
        document["created_by"] = random.choice(PEOPLE)
    state["signals"] = {number: _signal(random, at, signals) for at, number in enumerate(signals)}
    state["checkins"] = {str(n + 5000 + week): _checkin(week) for week in range(-30, 3)}
    return state


def _day(random: Random, low: int = -200, high: int = 300) -> str:
    return (TODAY + timedelta(days=random.randrange(low, high))).isoformat()


def _people(random: Random, most: int = 3) -> list[str]:
    return random.sample(PEOPLE, random.randrange(1, most + 1))


def _some(random: Random, *texts: str) -> list[str]:
    return random.sample(texts, random.randrange(len(texts) + 1))


def _span(random: Random) -> dict[str, int]:
    low = random.randrange(0, 8)
    return {"low": low, "high": low + random.randrange(0, 4)}


def _mission(random: Random, signals: list[str]) -> Document:
    return {"team": random.choice(TEAMS), "people": _people(random), "mandate": random.choice("ABCDEFGHI"),
            "drag": _some(random, "waits", "debt", "interrupts", "handovers")}  # fmt: skip


def _bet(random: Random, signals: list[str]) -> Document:
    low = random.randrange(0, 50)
    return {
        "team": random.choice(TEAMS), "people": _people(random), "mandate": random.choice("ABCDEFGHI"),
        "kind": random.choice(("explore", "deliver", "improve", "run")), "mode": random.choice(("quest", "chip", "fire")),
        "hill": random.randrange(0, 101), "buckets": _some(random, "growth", "quality", "learning"),
        "drivers": _some(random, "law", "a date", "a rival"), "constraints": _some(random, "budget", "one team", "no data"),
        "floats": _some(random, "scope", "date", "polish"), "opportunity_confidence": random.randrange(0, 101),
        "uncertainty": {name: _span(random) for name in DOUBTS},
        "scores": {name: {"level": random.choice(("low", "mid", "high"))} for name in ("impact", "reach", "effort")},
        "forecast": {"signal": f"S{random.choice(signals)}", "from": 0, "to": 60, "low": low, "high": low + 25,
                     "by": _day(random)},
    }  # fmt: skip


def _decision(random: Random, signals: list[str]) -> Document:
    done = random.random() < 0.4
    looked_back: Document = {
        "state": "reviewed", "came_true": random.random() < 0.6, "process": random.choice(("good", "poor")),
        "outcome": random.choice(("good", "bad", "unknown")), "solved": random.choice(("resolution", "oversight", "flight")),
    } if done else {}  # fmt: skip
    return {"title": f"Decide what {random.choice(MEASURES).lower()} are worth", "occasion": random.choice(OCCASIONS),
            "confidence": random.randrange(5, 10) * 10, "door": random.choice(("two-way", "two-way", "one-way")),
            "decided_on": _day(random, -300, 0), **looked_back}  # fmt: skip


def _belief(random: Random, signals: list[str]) -> Document:
    return {"kind": random.choice(("fact", "assumption", "belief")), "converged": random.randrange(11),
            "benefit": random.randrange(-5, 6), "certainty": random.randrange(11), "value": random.randrange(11),
            "next_step": random.choice(("", "ask five teams"))}  # fmt: skip


def _signal(random: Random, at: int, signals: list[str]) -> Document:
    parent = [{"kind": "drives", "to": f"S{signals[(at - 1) // 4]}"}] if at else []
    return {
        "statement": f"{random.choice(MEASURES)} {at}", "kind": "input" if at else "north-star", "unit": "%",
        "from": 10, "to": 60, "by": _day(random, 0, 300), "use": random.choice(("learn", "steer")), "links": parent,
        "readings": [
            {"on": (TODAY - timedelta(days=14 * back)).isoformat(), "value": random.randrange(10, 60)} for back in range(8)
        ],
    }  # fmt: skip


def _checkin(week: int) -> Document:
    day = (TODAY + timedelta(days=7 * week)).isoformat()
    held = {"state": "done", "held_on": day, "intent": "Place one bet less"} if week < 0 else {"state": "due"}
    return {"level": "weekly", "due": day, **held}
