"""What follows from the ledger on a day: due, overdue, rolled forward, stale, crossed, differing, calibrated.  By hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from tests.year.calendar import DAY, every_months, every_weeks
from tests.year.ledger import Ledger, Memory, Row

LONGEST = {"weeks": 21, "months": 92, "quarters": 274, "years": 1096}
"""Horizon → days of three of its unit."""
HEALTHS = ("on track", "at risk", "off track")
DIFFERENT = 25
"""Points from which on people differ."""
LARGE = 12
"""More things than this in one step are told as one."""
BANDS = ((0, 49), (50, 59), (60, 69), (70, 79), (80, 89), (90, 100))
LEVELS = {
    "weekly": lambda first, last: every_weeks(date(2024, 1, 1), 1, first, last),
    "six-weeks": lambda first, last: every_weeks(date(2024, 1, 1), 6, first, last),
    "month-end": lambda first, last: every_months(date(2024, 1, 31), 1, first, last),
    "retrospective": lambda first, last: every_weeks(date(2025, 7, 9), 3, first, last),
    "half-year": lambda first, last: every_months(date(2024, 1, 8), 6, first, last),
    "yearly": lambda first, last: every_months(date(2024, 1, 15), 12, first, last),
}


@lru_cache(maxsize=1000)
def falls_on(level: str, first: date, last: date) -> list[date]:
    """The days a level falls on in a span."""
    return LEVELS[level](first, last)


LARGE_BETS = ("quarters", "years")

# ---------------------------------------------------------------------------------------------------------- what is due


def level_stands(ledger: Ledger, level: str, today: date) -> tuple[date, int, str]:
    """The day of the check-in to hold, how many were missed before it, and the id of the one that was begun."""
    held = [row for row in ledger.of("check-in") if row.level == level]
    begun = [row for row in held if row.state in ("due", "open")]
    covered = [row.due for row in held if row.state in ("done", "skipped") and row.due]
    late = falls_on(level, max(covered) + DAY if covered else ledger.began, today)
    if begun:
        return begun[-1].due or today, max(len(late) - 1, 0), begun[-1].id
    if late:
        return late[-1], len(late) - 1, ""
    ahead = max([today, *covered])
    return falls_on(level, ahead + DAY, ahead + timedelta(days=400))[0], 0, ""


def rolled(ledger: Ledger, level: str, today: date) -> str:
    """What is said behind when a check-in was due, of those it rolled over."""
    missed = level_stands(ledger, level, today)[1]
    return f", after {missed} that nobody held" if missed else ""


def unheld(ledger: Ledger, level: str, today: date) -> tuple[str, ...]:
    """What became of those since the last one held: who was skipped and why, how many nobody held."""
    rows = [row for row in ledger.of("check-in") if row.level == level and row.due]
    last = max((row.due for row in rows if row.state == "done" and row.due), default=date.min)
    skipped = sorted((row.due, row.why_skipped) for row in rows if row.state == "skipped" and row.due and row.due > last)
    missed = level_stands(ledger, level, today)[1]
    told = [f"that of {day} was skipped: {why}" for day, why in skipped]
    return (*told, *([f"nobody held the {missed if missed > 1 else 'one'} before it"] if missed else []))


def called(ledger: Ledger, today: date) -> dict[tuple[str, str], tuple[date, str]]:
    """(ritual, record) → the day and the id of the check-in that the record calls for."""
    found = {}
    held = [row for row in ledger.of("check-in") if row.about]
    for row in (*ledger.of("bet"), *ledger.of("decision")):
        calls = ("", today)
        if row.kind == "bet" and row.state == "settled" and row.settled and not row.lesson:
            due = row.settled + timedelta(days=30)
            calls = ("learning-review", due) if due <= today < due + timedelta(days=90) else ("learning-review!", due)
        elif row.kind == "bet" and row.state == "shaping":
            calls = ("premortem" if row.horizon_said and row.horizon in LARGE_BETS else "premortem!", today)
        elif row.kind == "decision" and row.state == "open" and row.one_way:
            calls = ("premortem-one-way", today)
        ritual = calls[0].rstrip("!")
        given = [one for one in held if one.level == ritual and one.about == row.id] if ritual else []
        begun = [one for one in given if one.state in ("due", "open")]
        if ritual and begun:
            found[ritual, row.id] = (begun[-1].due or today, begun[-1].id)
        elif ritual and not given and not calls[0].endswith("!"):
            found[ritual, row.id] = (calls[1], "")
    return found


def due(ledger: Ledger, today: date) -> dict[str, tuple[str, int]]:
    """Key → what is due there, and for how many days."""
    found: dict[str, tuple[str, int]] = {}
    begun = set()
    for level in LEVELS:
        day, _, one = level_stands(ledger, level, today)
        begun.add(one)
        if day <= today:
            found[f"level:{level}"] = ("check-in", (today - day).days)
    kinds = {"decision": "decision", "bet": "settle", "mission": "look again", "belief": "look again",
             "signal": "look again", "check-in": "check-in"}  # fmt: skip
    for row in ledger.rows.values():
        asks = row.is_open or (row.kind == "belief" and not row.away and row.state != "retired")
        if row.due and row.due <= today and asks and row.kind in kinds and row.id not in begun:
            found[row.id] = (kinds[row.kind], (today - row.due).days)
    for (ritual, record), (day, one) in called(ledger, today).items():
        if ritual == "learning-review" and not one:
            found[f"{ritual}:{record}"] = ("check-in", (today - day).days)
    for ritual, day in ledger.rituals.items():
        if day <= today:
            found[f"ritual:{ritual}"] = ("look again", (today - day).days)
    return found


# ---------------------------------------------------------------------------------------------- what grows old or apart


def last_touched(row: Row) -> date:
    return max([row.touched, *(one.on for one in row.said)])


def stale(ledger: Ledger, today: date) -> dict[str, int]:
    """Open bets and missions nobody touched for a quarter of their horizon → for how many days."""
    found = {}
    for row in (*ledger.of("bet"), *ledger.of("mission")):
        idle = (today - last_touched(row)).days
        if row.is_open and idle * 4 > LONGEST[row.horizon]:
            found[row.id] = idle
    return found


def ages(ledger: Ledger, today: date) -> dict[str, int]:
    """Placed bets → for how many days."""
    return {row.id: (today - row.placed).days for row in ledger.of("bet") if row.state == "placed" and row.placed}


def ageing(ledger: Ledger, today: date) -> dict[str, int]:
    """Placed bets older than their horizon is long → by how many days."""
    return {
        name: age - LONGEST[row.horizon]
        for name, age in ages(ledger, today).items()
        if (row := ledger.rows[name]).horizon_said and age > LONGEST[row.horizon]
    }


def readings(row: Row) -> dict[str, tuple[int | None, str | None]]:
    """Person → the newest confidence and the newest health they gave."""
    found: dict[str, tuple[int | None, str | None]] = {}
    for one in row.said:
        if one.confidence is not None or one.health is not None:
            sure, well = found.get(one.by, (None, None))
            found[one.by] = (sure if one.confidence is None else one.confidence, one.health or well)
    return found


def apart(row: Row) -> int:
    """How far the readings of people lie apart; a step of health counts fifty."""
    given = readings(row).values()
    sure = [one for one, _ in given if one is not None]
    well = [50 * HEALTHS.index(one) for _, one in given if one is not None]
    return max(max(sure) - min(sure) if sure else 0, max(well) - min(well) if well else 0)


def differing(ledger: Ledger, me: str) -> set[str]:
    """Open bets that others read differently, and I not at all."""
    return {
        row.id for row in ledger.of("bet")
        if row.is_open and len(readings(row)) > 1 and me not in readings(row) and apart(row) >= DIFFERENT
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------- what fell or crossed


def fall(premise: Row) -> tuple[str, date | None] | None:
    """What became of what something rests on, and when."""
    if premise.state in ("refuted", "stopped"):
        return premise.state, premise.entered
    if premise.state == "settled":
        return ("lost", premise.settled) if premise.result == "lost" else None
    if premise.state == "retired":
        return None
    since = []
    for person in {one.by for one in premise.said}:
        healths = [one for one in premise.said if one.by == person and one.health]
        run = None
        while healths and healths[-1].health == "off track":
            run = healths.pop()
        if run:
            since.append(run.on)
    return ("off track", min(since)) if since else None


def alarms(ledger: Ledger) -> dict[tuple[str, str], tuple[str, date | None]]:
    """(what rests, on what) → why that no longer holds, and since when."""
    found = {}
    for row in ledger.rows.values():
        stands = row.kind == "bet" and row.is_open
        stands |= row.kind == "decision" and not row.away and row.state in ("open", "decided", "reviewed")
        for name in row.rests_on if stands else ():
            fell = fall(ledger.rows[name]) if name in ledger.rows else None
            seen = row.state == "reviewed" and fell and (fell[1] is None or fell[1] <= (row.entered or date.min))
            if fell and not seen:
                found[row.id, name] = fell
    return found


def crossed(ledger: Ledger, today: date) -> set[tuple[str, str]]:
    """(bet, line) of the running bets whose newest measurement, or somebody's word, is beyond a line."""
    found = set()
    for row in ledger.of("bet"):
        if row.state not in ("placed", "released"):
            continue
        for line in ("pivot", "proceed"):
            if any(line in one.tags and (row.placed is None or one.on >= row.placed) for one in row.said):
                found.add((row.id, line))
        if row.forecast and (line := measured(row, ledger, today)):
            found.add((row.id, line))
    return found


def measured(row: Row, ledger: Ledger, today: date) -> str:
    """Which line the newest measurement since the bet was placed is beyond, "" for none."""
    aim = row.forecast
    assert aim is not None
    taken = [day for day in ledger.rows[aim.signal].read if day <= today and (row.placed is None or day > row.placed)]
    if not taken:
        return ""
    value, upwards = ledger.rows[aim.signal].read[max(taken)], aim.goal > aim.start
    best, worst = (aim.high, aim.low) if upwards else (aim.low, aim.high)

    def reaches(mark: float) -> bool:
        return value >= mark if upwards else value <= mark

    if reaches(aim.goal) or reaches(best):
        return "proceed"
    if max(taken) >= aim.by and not reaches(worst):
        return "pivot"
    return "" if reaches(aim.start) else "pivot"


# ----------------------------------------------------------------------------------------------- what was said and came


def judged(ledger: Ledger) -> dict[str, dict[int, list[tuple[int, bool]]]]:
    """Person ("" for everybody) → band → what was said and whether it came true, of decisions no longer open."""
    found: dict[str, dict[int, list[tuple[int, bool]]]] = {}
    for row in ledger.of("decision"):
        if row.state == "open" or row.confidence is None or row.came_true is None:
            continue
        band = next(at for at, (low, high) in enumerate(BANDS) if low <= row.confidence <= high)
        for who in ("", row.driver or row.by):
            found.setdefault(who, {}).setdefault(band, []).append((row.confidence, row.came_true))
    return found


def brier(given: list[tuple[int, bool]]) -> Fraction:
    """The mean of the squared distances between what was said and what came."""
    return sum(((Fraction(said, 100) - came) ** 2 for said, came in given), Fraction(0)) / len(given)


def forecasts(ledger: Ledger, today: date) -> dict[str, str]:
    """Bet → how the range it forecasts came out."""
    found = {}
    for row in ledger.of("bet"):
        aim = row.forecast
        if aim is None or row.state not in ("placed", "released", "settled"):
            continue
        taken = sorted(
            day for day in ledger.rows[aim.signal].read if day <= today and (row.placed is None or day > row.placed)
        )
        before = [day for day in taken if day <= aim.by]
        settling = before[-1] if before else taken[0] if taken else None
        if today <= aim.by:
            found[row.id] = "waiting"
        elif settling is None:
            found[row.id] = "no reading"
        else:
            value = ledger.rows[aim.signal].read[settling]
            found[row.id] = "below" if value < aim.low else "above" if value > aim.high else "inside"
    return found


def over(ledger: Ledger) -> set[str]:
    """``M3 5/4`` for every mission and team that carries more placed bets than its limit."""
    placed = [row for row in ledger.of("bet") if row.state == "placed"]
    found = set()
    for mission in ledger.of("mission"):
        count = sum(mission.id in row.above for row in placed)
        if mission.limit is not None and mission.is_open and count > mission.limit:
            found.add(f"{mission.id} {count}/{mission.limit}")
    for team, limit in ledger.limits.items():
        if (count := sum(row.team == team for row in placed)) > limit:
            found.add(f"{team} {count}/{limit}")
    return found


# ----------------------------------------------------------------------------------------------------- the daily review


def news(ledger: Ledger, me: str, memory: Memory, today: date) -> set[str]:
    """What others changed that I have not seen; in a first review, in the week before."""
    found = set()
    first = min([memory.seen if memory.ever else 0, *memory.answered.values(), *(at for _, at in memory.put_off.values())])
    for at, step in enumerate(ledger.steps[first:], first):
        if step.by == me:
            continue
        for key in (step.large,) if step.large else step.about:
            if key in memory.put_off:
                known = at < memory.put_off[key][1]
            elif key in memory.answered:
                known = at < memory.answered[key]
            else:
                known = memory.ever and at < memory.seen
            if not known and (memory.ever or step.on >= today - timedelta(days=7)):
                found.add(key)
    return found


def review(ledger: Ledger, me: str, today: date) -> dict[str, set[str]]:
    """Key → why it waits for me today."""
    memory = ledger.memory(me)
    found: dict[str, set[str]] = {}

    def add(key: str, kind: str) -> None:
        found.setdefault(key, set()).add(kind)

    for key, (kind, _) in due(ledger, today).items():
        add(key, kind)
    for record, _ in alarms(ledger):
        add(record, "premise")
    for (ritual, record), (_, begun) in called(ledger, today).items():
        if ritual != "learning-review" and not begun:
            add(f"{ritual}:{record}", "called for")
    for row in ledger.of("note"):
        if not row.about:
            add(row.id, "inbox")
    if any(row.state == "done" and row.intent for row in ledger.of("check-in")):
        add("intent", "intent")
    for kind, keys in (
        ("stale", stale(ledger, today)), ("ageing", ageing(ledger, today)), ("differs", differing(ledger, me))
    ):  # fmt: skip
        for key in keys:
            resting = memory.rests.get(key, today) > today
            put_off = key in memory.put_off and memory.put_off[key][0] > today
            if not resting and not put_off and key not in memory.answered:
                add(key, kind)
    for key in news(ledger, me, memory, today):
        add(key, "changed")
    for key, (until, _) in memory.put_off.items():
        known = ledger.rows.get(key)
        if key not in found and until <= today and known and known.is_open and not (known.kind == "note" and known.about):
            add(key, "put off")
    return {
        key: kinds
        for key, kinds in found.items()
        if not (key in memory.put_off and memory.put_off[key][0] > today)
        and not (key in memory.answered and "changed" not in kinds)
    }


# ---------------------------------------------------------------------------------------------------- before a check-in


def gathered(ledger: Ledger, today: date, since: date) -> dict[str, list[str]]:
    """Part of an agenda → the records it names; of readings that moved, who and what."""
    bets, decisions = ledger.of("bet"), ledger.of("decision")
    return {
        "happened": [row.id for row in ledger.rows.values() if any(since <= day <= today for day in happened(row))],
        "oldest": [row.id for row in bets if row.state == "placed"],
        "bets": [row.id for row in bets if row.state in ("placed", "released")],
        "choices": [row.id for row in decisions if row.state == "open"],
        "crossed": [bet for bet, _ in crossed(ledger, today)],
        "due": [row.id for row in (*bets, *decisions) if row.is_open and row.due and row.due <= today],
        "released": [row.id for row in bets if row.state == "released" or (row.state == "settled" and not row.lesson)],
        "ready": [
            row.id for row in bets if row.state in ("option", "shaping") and row.due and row.pivot_if and row.above
        ],
        "moved": [f"@{who} {row.id}" for row in ledger.rows.values() for who in moved(row, since)],
        "past": [row.id for row in bets if row.state == "settled" and row.settled and since <= row.settled <= today],
    }  # fmt: skip


def happened(row: Row) -> list[date]:
    """The days on which something became of a bet, a decision, a belief or a signal."""
    days = [row.placed, row.released, row.settled, row.decided, max(row.read, default=None)]
    days += [row.entered] if row.state in OVER.get(row.kind, ()) else []
    return [] if row.away else [day for day in days if day is not None]


OVER = {"bet": ("stopped", "parked"), "decision": ("reviewed", "reversed"), "belief": ("supported", "refuted", "retired")}
"""Kind → the states without a day of their own that something came to."""


def moved(row: Row, since: date) -> set[str]:
    """Who says something else of it than they did before a day, or first said since then."""
    found = set()
    for who in {one.by for one in row.said if one.on >= since}:
        for name in ("confidence", "health"):
            given = [(one.on, getattr(one, name)) for one in row.said if one.by == who and getattr(one, name) is not None]
            before = [said for on, said in given if on < since]
            first = before[-1:] or [said for _, said in given[:1]]
            if first and first[0] != given[-1][1]:
                found.add(who)
    return found
