"""Which states a record can move between, and the guards that stand where a promise is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from store.model import Bet, Checkin, Decision, Mission, Record
from store.parts import HORIZONS
from store.records import Records
from store.settings import Settings

MOVES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "mission": {
        "forming": ("active", "closed"),
        "active": ("paused", "closed"),
        "paused": ("active", "closed"),
        "closed": ("active",),
    },
    "bet": {
        "option": ("shaping", "placed", "parked", "stopped"),
        "shaping": ("placed", "option", "parked", "stopped"),
        "placed": ("released", "shaping", "parked", "stopped"),
        "released": ("settled", "placed", "parked", "stopped"),
        "settled": ("released",),
        "parked": ("option", "shaping", "stopped"),
        "stopped": ("option",),
    },
    "decision": {
        "open": ("decided",),
        "decided": ("reviewed", "superseded", "reversed"),
        "reviewed": ("superseded", "reversed"),
        "superseded": ("decided",),
        "reversed": ("open", "decided"),
    },
    "belief": {
        "open": ("supported", "refuted", "retired"),
        "supported": ("open", "refuted", "retired"),
        "refuted": ("open", "supported", "retired"),
        "retired": ("open",),
    },
    "check-in": {"due": ("open", "done", "skipped"), "open": ("done", "skipped"), "done": ("open",), "skipped": ("open",)},
    "signal": {},
    "update": {},
}
"""Kind → state → the states it can go to, the likeliest first."""

STAMPS: Mapping[tuple[str, str], str] = {
    ("bet", "placed"): "placed_on",
    ("bet", "released"): "released_on",
    ("bet", "settled"): "settled_on",
    ("decision", "decided"): "decided_on",
    ("check-in", "done"): "held_on",
}
"""(kind, state) → the date field that is set on entering it, unless it holds a date already."""

FROZEN_WHEN_DECIDED = ("prediction", "confidence")
"""Fields of a decision that hindsight must not rewrite."""


def moves(record: Record) -> tuple[str, ...]:
    """The states a record can go to from where it stands, the likeliest first."""
    return MOVES[record.noun].get(record.standing, ())


def moved(record: Record, state: str, today: date) -> dict[str, Any]:
    """The fields that change when a record enters a state: the state and the date it was entered on."""
    changes: dict[str, Any] = {"state": state}
    stamp = STAMPS.get((record.noun, state))
    if stamp and getattr(record, stamp) is None:
        changes[stamp] = today
    return changes


def became(before: Record, state: str, settings: Settings) -> str:
    """What a record is called that enters a state: as the workspace calls it; a bet that never ran is dropped by it."""
    word = settings.state(before.noun, state)
    return f"dropped ({word} before it was placed)" if _is_dropped(before, state) else word


def _is_dropped(before: Record | None, state: str) -> bool:
    """Whether what was only thought of is brought to an end: nothing stops that never began."""
    return isinstance(before, Bet) and before.state in ("option", "shaping") and state == "stopped"


def objection(before: Record | None, record: Record, records: Records) -> str | None:
    """Why a record may not become what it is about to be, and what would satisfy the rule; None when it may.

    ``before`` is the record as it stands, None for a new one; ``record`` the whole record as it would be saved.
    """
    if before is not None and before.standing != record.standing and record.standing not in moves(before):
        possible = ", ".join(moves(before)) or "nowhere"
        return f"{before.id} is {before.standing}; from there it can go to {possible}, not {record.standing}."
    for guard in GUARDS:
        if reason := guard(before, record, records):
            return reason
    return None


def _entered(before: Record | None, record: Record, state: str) -> bool:
    return record.standing == state and (before is None or before.standing != state)


def _placed(before: Record | None, record: Record, records: Records) -> str | None:
    """A placed bet needs something above it, a day to settle and a line to turn at."""
    if not isinstance(record, Bet) or not _entered(before, record, "placed"):
        return None
    missing = []
    if not _has_something_above(record, records):
        missing.append("a mission or a longer horizon above it (link it with nests_in)")
    if record.settle_by is None:
        missing.append("settle_by")
    if not record.pivot_if.strip():
        missing.append("pivot_if")
    return f"{_to_place(record)}it needs {_listed(missing)}." if missing else None


def _to_place(record: Record) -> str:
    return f"To place {_name(record)} "


def because(reason: str, record: Record) -> str:
    """An objection as it stands behind what was not done to a record: what was wanted is not said again."""
    return reason.removeprefix(_to_place(record)).rstrip(".")


def _has_something_above(bet: Bet, records: Records) -> bool:
    return any(
        isinstance(parent, Mission) or (isinstance(parent, Bet) and is_longer(parent.horizon, bet.horizon))
        for parent in map(records.get, bet.linked("nests_in"))
    )


def is_longer(horizon: str | None, than: str | None) -> bool:
    """Whether one horizon reaches further than another; an unknown one is taken not to stand in the way."""
    if horizon is None or than is None:
        return True
    return HORIZONS.index(horizon) > HORIZONS.index(than)


def _one_way(before: Record | None, record: Record, records: Records) -> str | None:
    """A door that closes behind you is looked at twice."""
    if not isinstance(record, Decision) or record.door != "one-way" or not _entered(before, record, "decided"):
        return None
    missing = []
    if len(record.options) < 2:
        missing.append("at least two options")
    if record.review_on is None:
        missing.append("review_on")
    return f"{_name(record)} is a one-way door: to decide it, it needs {_listed(missing)}." if missing else None


def rewritten(before: Record | None, after: Record | None) -> tuple[str, ...]:
    """The fields of a decision in which hindsight would rewrite what was said when it was decided; none for other changes.

    They are frozen while it is not open, and once somebody said whether it came true.  Going back to open, as undoing the
    deciding does, thaws them: it is decided anew.
    """
    if not isinstance(before, Decision) or not isinstance(after, Decision) or not (_is_frozen(before) and _is_frozen(after)):
        return ()
    return tuple(name for name in FROZEN_WHEN_DECIDED if getattr(before, name) != getattr(after, name))


def _is_frozen(decision: Decision) -> bool:
    return decision.state != "open" or decision.came_true is not None


def hindsight(before: Record | None, after: Record | None) -> str | None:
    """Why a change of a decision would be hindsight, and what to do instead; None when it is not."""
    fields = rewritten(before, after)
    if not fields or before is None:
        return None
    if all(getattr(before, name) in (None, "") for name in fields):
        return f"{before.id} was decided without {_listed(list(fields))}: none can be added in hindsight. Write a note."
    return f"{before.id} was decided: its {_listed(list(fields))} cannot be rewritten. Write what you know now as a note."


def _hindsight(before: Record | None, record: Record, records: Records) -> str | None:
    """What was predicted when it was decided stays what was predicted."""
    return hindsight(before, record)


def _explained(before: Record | None, record: Record, records: Records) -> str | None:
    """What is stopped, parked, settled or skipped says why."""
    if isinstance(record, Bet):
        if any(_entered(before, record, state) for state in ("parked", "stopped")) and not record.why_stopped.strip():
            what = "drop" if _is_dropped(before, record.state) else "have"
            how = ", which was never placed," if what == "drop" else f" {record.state}"
            return f"To {what} {_name(record)}{how} it needs why_stopped."
        if _entered(before, record, "settled") and record.result is None:
            return f"To settle {_name(record)} it needs a result: won, lost, mixed or unclear."
    if isinstance(record, Checkin) and _entered(before, record, "skipped") and not record.why_skipped.strip():
        return f"To skip {_name(record)} it needs why_skipped."
    return None


def _nesting(before: Record | None, record: Record, records: Records) -> str | None:
    """A record nests in something longer, and not in itself."""
    if before is not None and before.links == record.links:
        return None
    for link in record.links:
        if link.to == record.id:
            return f"{record.id} cannot be linked to itself."
        if link.kind != "nests_in":
            continue
        parent = records.get(link.to)
        if isinstance(record, Bet) and isinstance(parent, Bet) and not is_longer(parent.horizon, record.horizon):
            return (
                f"{_name(record)} ({record.horizon}) cannot nest in {parent.id} ({parent.horizon}): a parent must be longer."
            )
        if record.id and _is_under(records, link.to, record.id):
            return f"{record.id} cannot nest in {link.to}: {link.to} already nests in {record.id}."
    return None


def _is_under(records: Records, record_id: str, ancestor: str) -> bool:
    seen: set[str] = set()
    waiting = [record_id]
    while waiting:
        here = waiting.pop()
        if here == ancestor:
            return True
        if here in seen or (found := records.get(here)) is None:
            continue
        seen.add(here)
        waiting.extend(found.linked("nests_in"))
    return False


def _name(record: Record) -> str:
    return record.id if record.id and "+" not in record.id else f"this {record.noun}"


def _listed(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


Guard = Callable[[Record | None, Record, Records], str | None]
GUARDS: tuple[Guard, ...] = (_placed, _one_way, _hindsight, _explained, _nesting)


def over_limit(record: Bet, records: Records) -> str | None:
    """A sentence when placing this bet goes over its mission's or team's WIP limit; going over is allowed, silently not."""
    placed = [bet for bet in records.all(Bet) if bet.state == "placed" and bet.id != record.id]
    for mission in (records.get(parent) for parent in record.linked("nests_in")):
        if isinstance(mission, Mission) and mission.wip_limit is not None:
            count = sum(mission.id in bet.linked("nests_in") for bet in placed)
            if count + 1 > mission.wip_limit:
                return f"{mission.id} would hold {count + 1} placed bets, its limit is {mission.wip_limit}."
    limit = records.settings.wip_limits.get(record.team) if record.team else None
    count = sum(bet.team == record.team for bet in placed)
    if limit is not None and count + 1 > limit:
        return f"{record.team} would hold {count + 1} placed bets, its limit is {limit}."
    return None
