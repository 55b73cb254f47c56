"""A small workspace with something for every lens, and generators of nasty and of large ones; all deterministic."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from store.backend import MemoryBackend
from store.model import TABLES
from store.operations import State
from store.parts import HORIZONS
from store.records import Records
from store.workspace import Workspace

TODAY = date(2026, 11, 22)

NASTY = (
    "\x1b[2J\x1b[31mcleared\x07",
    "one\ntwo\r\n\tthree",
    "\u202eright to left\u202c and back",
    "日本語のとても長い題名がここにあります",
    "e\u0301te\u0301 a\u0300 la co\u0302te",
    "family 👨‍👩‍👧 and flag 🇩🇪 and heart ❤️",
    "[bold red]not markup[/] $(rm) %s {0}",
    "\u0301\u0302\u0303leading accents",
    "\ufeff\u200b\u2066zero width\u2069",
    "\x9b31m C1 and \x7f delete",
    " " * 30,
    "a" * 400,
)  # fmt: skip


def stamp(day: date) -> str:
    """A day as the store writes times."""
    return f"{day.isoformat()}T09:00:00.000Z"


def ago(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def nests(*parents: str) -> dict[str, Any]:
    return {"links": [{"kind": "nests_in", "to": parent, "primary": at == 0} for at, parent in enumerate(parents)]}


def said(about: str, who: str, days: int, **reading: Any) -> dict[str, Any]:
    text = reading.pop("text", "how it looks from here")
    return {"text": text, "about": about, "created": stamp(TODAY - timedelta(days=days)), "created_by": who, **reading}


def sample_state() -> State:
    """The documents of the sample: a product group with payments, onboarding and a search that nobody pays for."""
    missions = {
        "1": {"title": "Be the calm place to run a product", "state": "active", "horizon": "years", "team": "core",
              "people": ["anna"], "review_on": ago(-40), "mandate": "I"},
        "2": {"title": "Teams get value in their first week", "state": "active", "horizon": "quarters", "team": "growth",
              "people": ["ben", "cleo"], "wip_limit": 1, "review_on": ago(-12), **nests("M1")},
        "3": {"title": "Nobody loses work", "state": "active", "horizon": "quarters", "team": "core", **nests("M1")},
        "4": {"title": "Payments in every market", "state": "paused", "horizon": "quarters"},
        "5": {"title": "Search that people trust", "state": "closed", "horizon": "quarters", "people": ["dara"]},
        "6": {"title": "An old mission", "state": "active", "archived": True},
    }  # fmt: skip
    bets = {
        "11": {"title": "Guided first project", "state": "placed", "horizon": "months", "kind": "deliver", "people": ["ben"],
               "team": "growth", "placed_on": ago(50), "settle_by": ago(-20), "buckets": ["growth"], "hill": 60,
               "pivot_if": "fewer than 1 in 5 finish", **nests("M2")},
        "12": {"title": "Import from a spreadsheet", "state": "placed", "horizon": "weeks", "kind": "deliver",
               "people": ["cleo", "ben"], "team": "growth", "placed_on": ago(20), "settle_by": ago(3), "mode": "quest",
               "buckets": ["growth", "learning"], "pivot_if": "imports lose columns", **nests("M2", "M3")},
        "13": {"title": "Templates for the weekly check-in", "state": "shaping", "horizon": "weeks", "kind": "improve",
               "created": stamp(TODAY - timedelta(days=33)), **nests("M2")},
        "14": {"title": "Journal that survives a full disk", "state": "released", "horizon": "months", "kind": "improve",
               "team": "core", "placed_on": ago(90), "released_on": ago(15), "settle_by": ago(-15), "people": ["anna"],
               "buckets": ["quality"], "mandate": "C", **nests("M3")},
        "15": {"title": "Undo across machines", "state": "option", "horizon": "days", "kind": "explore",
               "created": stamp(TODAY - timedelta(days=4)), **nests("M3")},
        "16": {"title": "Spelling in search", "state": "placed", "horizon": "weeks", "placed_on": ago(70),
               "people": ["dara"], "settle_by": ago(12), **nests("M5")},
        "17": {"title": "Dark mode", "state": "option", "created": stamp(TODAY - timedelta(days=200)), "mode": "chip"},
        "18": {"title": "Card payments in Japan", "state": "settled", "horizon": "months", "placed_on": ago(300),
               "settled_on": ago(60), "settle_by": ago(70), "result": "won", **nests("M4")},
        "19": {"title": "A chat assistant", "state": "stopped", "why_stopped": "nobody asked twice", "placed_on": ago(120)},
        "20": {"title": "Keyboard course", "state": "parked", "horizon": "weeks"},
        "21": {"title": "Nests in something deleted", "state": "option", "horizon": "weeks", **nests("M99")},
        "22": {"title": "One half of a circle", "state": "option", **nests("B23")},
        "23": {"title": "The other half of a circle", "state": "shaping", **nests("B22")},
    }  # fmt: skip
    decisions = {
        "31": {"title": "Keep SSO out of the first version", "state": "decided", "door": "two-way", "confidence": 70,
               "decided_on": ago(30), "review_on": ago(-60), "driver": "anna", "tags": ["security"]},
        "32": {"title": "One price for everybody", "state": "open", "door": "one-way", "driver": "cleo",
               "review_on": ago(1)},
        "33": {"title": "Postgres rather than files", "state": "reversed", "decided_on": ago(200)},
    }  # fmt: skip
    beliefs = {
        "41": {"text": "Teams will write predictions if it takes ten seconds", "kind": "assumption", "converged": 4,
               "benefit": 3, "certainty": 3, "value": 9, "revisit_on": ago(-5)},
        "42": {"text": "Managers want one number", "kind": "belief", "state": "refuted"},
    }  # fmt: skip
    signals = {"51": {"statement": "Teams with a second check-in", "kind": "north-star", "unit": "teams", "by": ago(-130)}}
    checkins = {
        "61": {"level": "weekly", "state": "done", "due": ago(6), "held_on": ago(6), "intent": "Place one bet less"},
        "62": {"level": "six-weeks", "state": "due", "due": ago(-8)},
    }
    updates = {
        "71": said("B11", "ben", 3, health="on track", confidence=80),
        "72": said("B11", "anna", 9, health="at risk", confidence=40),
        "73": said("B14", "anna", 40, confidence=65),
        "74": said("B11", "ben", 30, health="at risk", confidence=55),
        "75": said("M2", "cleo", 12, health="off track", text="we argue about what a week is"),
        "76": said("M2", "ben", 5, health="on track", confidence=70),
        "77": said("B12", "dara", 1, confidence=90),
        "78": {"text": "A thought for the inbox"},
    }
    tables = dict(zip(TABLES, (missions, bets, decisions, beliefs, signals, checkins, updates), strict=True))
    settings = {"0": {"name": "Sample", "wip_limits": {"growth": 1}}}
    return {**tables, "settings": settings}


def nasty_state() -> State:
    """The sample with a nasty text in every text, one after another."""
    state = sample_state()
    at = 0
    for table in TABLES:
        for document in state[table].values():
            for name in ("title", "text", "statement", "team", "mode", "created_by", "occasion"):
                if name in document:
                    document[name] = NASTY[at % len(NASTY)]
                    at += 1
            for name in ("people", "buckets", "tags"):
                if name in document:
                    document[name] = [NASTY[(at + 1) % len(NASTY)], NASTY[(at + 3) % len(NASTY)]]
    state["settings"]["0"]["states"] = {"bet": {"placed": NASTY[0], "option": NASTY[3]}}
    return state


def records_of_state(state: State) -> Records:
    return Records(state, 1000)


def open_workspace(state: State, n: int = 1_000_000) -> Workspace:
    """A workspace in memory that holds a state, with a clock that stands still."""
    return Workspace(MemoryBackend(state, n), me="anna", clock=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))


def many_records(n: int, seed: int = 1) -> State:
    """``n`` records as a large group would have them: half bets, 5 % missions, 15 % decisions, 30 % updates and others."""
    random = Random(seed)
    people = [f"person{i}" for i in range(12)]
    missions = max(n // 20, 1)
    state: State = {table: {} for table in TABLES}
    for number in range(1, n + 1):
        share = number / n
        if number <= missions:
            table, document = "missions", _a_mission(random, number)
        elif share <= 0.55:
            table, document = "bets", _a_bet(random, missions, people)
        elif share <= 0.70:
            table, document = "decisions", _a_decision(random, people)
        elif share <= 0.75:
            table, document = "beliefs", {"text": f"Belief {number}", "revisit_on": _day(random)}
        else:
            table, document = "updates", _an_update(random, missions, n, people)
        state[table][str(number)] = {"created": stamp(TODAY - timedelta(days=random.randrange(400))), **document}
    return state


def _day(random: Random, low: int = -200, high: int = 300) -> str:
    return (TODAY + timedelta(days=random.randrange(low, high))).isoformat()


def _a_mission(random: Random, number: int) -> dict[str, Any]:
    document = {
        "title": f"Mission {number}",
        "state": "active",
        "horizon": random.choice(("quarters", "years")),
        "wip_limit": 3,
    }
    return {**document, **(nests(f"M{random.randrange(1, number)}") if number > 20 else {}), "review_on": _day(random)}


def _a_bet(random: Random, missions: int, people: list[str]) -> dict[str, Any]:
    state = random.choice(("option", "shaping", "placed", "placed", "released", "settled"))
    dates = {"placed_on": _day(random, -300, 0), "settle_by": _day(random)} if state in ("placed", "released") else {}
    parent = nests(f"M{random.randrange(1, missions + 1)}") if random.random() < 0.8 else {}
    return {"title": f"Bet on {random.choice(people)}", "state": state, "horizon": random.choice(HORIZONS),
            "people": [random.choice(people)], **dates, **parent}  # fmt: skip


def _a_decision(random: Random, people: list[str]) -> dict[str, Any]:
    return {
        "title": "Decide",
        "state": random.choice(("open", "decided")),
        "driver": random.choice(people),
        "review_on": _day(random),
    }


def _an_update(random: Random, missions: int, n: int, people: list[str]) -> dict[str, Any]:
    about = f"B{random.randrange(missions + 1, int(n * 0.55) + 1)}"
    health = random.choice(("on track", "at risk", "off track"))
    return {
        "text": "Update",
        "about": about,
        "created_by": random.choice(people),
        "health": health,
        "confidence": random.randrange(100),
    }
