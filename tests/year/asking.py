"""What the tool says on a day, beside what the ledger says: every difference as a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from store.cadence import last_intent, pending, rhythms
from store.checkins.agenda import agenda as before_meeting
from store.checkins.crossings import crossings
from store.checkins.rituals import accounts
from store.derived import age_days, is_overdue, is_stale, readings, spread
from store.exchange.ics import entries
from store.forecasts import settlements
from store.model import Bet, Mission
from store.operations import Transaction
from store.personal import review_path
from store.premises import alarms
from store.records import Records
from store.review.agenda import agenda
from store.review.state import ReviewState, load
from store.step import is_provisional
from store.waiting import count, count_in, keep, stamps, table_path
from store.waiting_table import table
from store.workspace import Workspace
from tests.year import reckoning
from tests.year.ledger import Ledger, Row
from tui.perspective import perspective
from tui.perspectives.flow import over_limit
from tui.viewpoint import Viewpoint

Pair = tuple[Any, Any]
"""What the tool says, and what the ledger says."""


def differences(asked: Mapping[str, Pair]) -> Iterator[str]:
    """A line for everything in which the two differ."""
    for name, (tool, by_hand) in asked.items():
        if tool != by_hand:
            yield f"{name}: {_apart(tool, by_hand)}"


def _apart(tool: Any, by_hand: Any) -> str:
    if isinstance(tool, dict) and isinstance(by_hand, dict):
        return "; ".join(
            f"{key}: the tool says {tool.get(key)}, by hand {by_hand.get(key)}"
            for key in sorted({*tool, *by_hand}, key=str)
            if tool.get(key) != by_hand.get(key)
        )
    if isinstance(tool, set) and isinstance(by_hand, set):
        return f"only the tool {sorted(tool - by_hand)}, only by hand {sorted(by_hand - tool)}"
    return f"the tool says {tool}, by hand {by_hand}"


def everything(workspace: Workspace, ledger: Ledger, today: date) -> dict[str, Pair]:
    """Every question, with both answers, on the evening of a day."""
    records = workspace.records
    parts: tuple[Callable[[Records, Ledger, date], dict[str, Pair]], ...] = (
        the_rows, the_rhythm, the_late_ones, what_waits, who_differs, what_fell, what_was_said, the_lenses, the_agendas
    )  # fmt: skip
    return {name: pair for part in parts for name, pair in part(records, ledger, today).items()}


# --------------------------------------------------------------------------------------------------------- part by part


def the_rows(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """Where everything stands."""
    tool = {
        record.id: (record.standing, getattr(record, "placed_on", None), getattr(record, "settled_on", None),
                    getattr(record, "held_on", None), getattr(record, "came_true", None), record.archived)
        for record in records if record.noun != "update"
    }  # fmt: skip
    by_hand = {
        row.id: (row.state, row.placed, row.settled, row.held, row.came_true, row.away)
        for row in ledger.rows.values() if row.kind != "note"
    }  # fmt: skip
    return {"where everything stands": (tool, by_hand)}


def the_rhythm(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """Which check-in is to be held on every level, how many were missed, and which ones records call for."""
    tool = {
        one.level.id: (one.due, one.missed, one.under_way.id if one.under_way else "") for one in rhythms(records, today)
    }
    waiting = pending(records, today)
    extra = {(one.level, one.about): (one.due, "" if is_provisional(one.id) else one.id) for one in waiting if one.about}
    intents = {level: getattr(last_intent(level, records), "intent", "") for level in reckoning.LEVELS}
    return {
        "check-ins of the levels": (
            tool,
            {level: reckoning.level_stands(ledger, level, today) for level in reckoning.LEVELS},
        ),
        "check-ins called for": (extra, reckoning.called(ledger, today)),
        "last intents": (intents, {level: _intent(ledger, level) for level in reckoning.LEVELS}),
    }


def the_late_ones(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """The check-in to hold on every level, as each place tells of it: how we work, Cadence, the calendar."""
    titles = {level.title: level.id for level in records.settings.levels}
    due = {level: reckoning.level_stands(ledger, level, today)[0] for level in reckoning.LEVELS}
    told = {one.ritual.id: (one.due, one.rolled) for one in accounts(records, today) if one.ritual.id in due}
    lens = perspective("cadence").project(records, Viewpoint(today, "anna"))
    shown = {one.level: one.due for one in lens.sections[0].records if not one.about}  # type: ignore[union-attr, attr-defined]
    calendar: dict[str, date] = {}
    for entry in entries(records, None, today):
        level = titles.get(entry.title.removesuffix(" check-in"))
        if entry.category == "check-in" and level:
            calendar.setdefault(level, entry.day)
    return {
        "check-ins, how we work": (
            told,
            {level: (day, reckoning.rolled(ledger, level, today)) for level, day in due.items()},
        ),
        "check-ins, Cadence": (shown, due),
        "check-ins, the calendar": (calendar, due),
    }


def _intent(ledger: Ledger, level: str) -> str:
    held = [row for row in ledger.of("check-in") if row.level == level and row.state == "done" and row.intent]
    return max(held, key=lambda row: (row.due or date.min, int(row.id[1:]))).intent if held else ""


def what_waits(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """What is due and overdue, what is stale and ageing, and how old what is placed has become."""
    told: dict[str, dict[str, int]] = {"due": {}, "stale": {}, "ageing": {}}
    kinds = {
        "decision": "due",
        "check-in": "due",
        "settle": "due",
        "look again": "due",
        "stale": "stale",
        "ageing": "ageing",
    }
    for item in agenda(records, (), today, ""):
        for reason in item.reasons:
            if reason.kind in kinds:
                told[kinds[reason.kind]][item.key] = reason.days
    overdue = {record.id for record in records if not record.archived and is_overdue(record, today)}
    one_by_one = {record.id for kind in (Bet, Mission) for record in records.all(kind) if is_stale(record, records, today)}
    stale = reckoning.stale(ledger, today)
    return {
        "due": (told["due"], {key: since for key, (_, since) in reckoning.due(ledger, today).items()}),
        "overdue": (overdue, {row.id for row in ledger.rows.values() if row.due and row.due < today and _asks(row)}),
        "stale": (told["stale"], stale),
        "stale one by one": (one_by_one, set(stale)),
        "ageing": (told["ageing"], reckoning.ageing(ledger, today)),
        "ages": (
            {bet.id: age_days(bet, today) for bet in records.all(Bet) if bet.state == "placed"},
            reckoning.ages(ledger, today),
        ),
    }


def _asks(row: Row) -> bool:
    return not row.away and (row.is_open or (row.kind == "belief" and row.state != "retired"))


def who_differs(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """Everybody's reading of everything, and how far they lie apart."""
    rows = [row for row in ledger.rows.values() if row.said]
    tool = {row.id: {one.person: (one.confidence, one.health) for one in readings(row.id, records)} for row in rows}
    wide = {row.id: spread(readings(row.id, records)) for row in rows}
    return {
        "readings": (tool, {row.id: reckoning.readings(row) for row in rows}),
        "spreads": (wide, {row.id: reckoning.apart(row) for row in rows}),
    }


def what_fell(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """Premises that fell, lines that were crossed, limits that are exceeded."""
    fallen = {(one.record.id, one.premise.id): (one.cause, one.since) for one in alarms(records, today)}
    lines = {(one.bet.id, one.line) for one in crossings(records, today)}
    return {
        "alarms": (fallen, reckoning.alarms(ledger)),
        "crossed": (lines, reckoning.crossed(ledger, today)),
        "over the limit": (set(over_limit(records)), reckoning.over(ledger)),
    }


def what_was_said(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """Calibration, person by person and for everybody, and the ranges of forecasts."""
    ranges = {one.bet.id: one.outcome for one in settlements(records, today)}
    return {
        "calibration": (curves(records, today), by_hand_curves(ledger)),
        "forecasts": (ranges, reckoning.forecasts(ledger, today)),
    }


def curves(records: Records, today: date) -> dict[str, tuple[str, dict[str, str]]]:
    """Person → the heading of their curve and what each bar says, as the lens tells it."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for who in ("all", "each"):
        view = perspective("calibration").project(records, Viewpoint(today, "anna", options={"who": who}))
        name = None
        for bar in view.bars:  # type: ignore[union-attr]
            if bar.heading and "ranges of" in bar.label:
                name = None
            elif bar.heading and bar.label:
                name = bar.label.removeprefix("@").replace("everybody", "")
                found[name] = (bar.note, {})
            elif name is not None and bar.label.startswith("said"):
                found[name][1][bar.label] = bar.note
    return found


def by_hand_curves(ledger: Ledger) -> dict[str, tuple[str, dict[str, str]]]:
    """The same, by hand."""
    found = {}
    for who, bands in reckoning.judged(ledger).items():
        said = [one for given in bands.values() for one in given]
        count = f"{len(said)} decision{'s' * (len(said) != 1)}"
        if len(said) < 5:
            head = f"{count}: too few to say, {5 - len(said)} more needed"
        else:
            head = f"{count}, Brier {float(reckoning.brier(said)):.2f} (0 is best, 0.25 a coin)"
        found[who] = (
            head,
            {f"said {reckoning.BANDS[band][0]}–{reckoning.BANDS[band][1]}%": _bar(given) for band, given in bands.items()},
        )
    return found


def _bar(given: list[tuple[int, bool]]) -> str:
    """How many of how many; between what the truth may lie by Wilson, and whether what was said lies there."""
    hits, count = sum(came for _, came in given), len(given)
    if count < 5:
        return f"{hits} of {count}: {5 - count} more needed"
    share, z = hits / count, 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
    low, high = 100 * max(middle - half, 0), 100 * min(middle + half, 1)
    said = sum(one for one, _ in given) / count
    verdict = "too sure" if said > high else "not sure enough" if said < low else "about right"
    return f"{hits} of {count}, {low:.0f}–{high:.0f} %: {verdict}"


def the_lenses(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """Doors, Flow and Cadence, section by section."""
    doors = _sections("doors", records, today)
    flow = _sections("flow", records, today)
    cadence = _sections("cadence", records, today)
    waiting = [row for row in ledger.of("decision") if row.is_open]
    month = _a_month_on(today)
    groups = {"Overdue": [], "Within a month": [], "Later": [], "No review date": []}  # type: dict[str, list[Any]]
    for row in sorted(waiting, key=lambda row: (not row.one_way, row.due or date.max, int(row.id[1:]))):
        where = (
            "No review date"
            if row.due is None
            else "Overdue"
            if row.due < today
            else "Within a month"
            if row.due <= month
            else "Later"
        )
        groups[where].append(row.id)
    placed = sorted(reckoning.ages(ledger, today).items(), key=lambda one: (-one[1], int(one[0][1:])))
    week = sorted(
        (
            row
            for row in ledger.rows.values()
            if row.due and row.due <= today + timedelta(days=7) and _asks(row) and row.kind != "check-in"
        ),
        key=lambda row: (row.due, int(row.id[1:])),
    )
    return {
        "doors": (doors, {title: ids for title, ids in groups.items() if ids}),
        "flow, placed": (flow.get("placed", []), [name for name, _ in placed]),
        "cadence, this week": (cadence.get("Asks for us this week", []), [row.id for row in week]),
    }


def _sections(lens: str, records: Records, today: date) -> dict[str, list[str]]:
    view = perspective(lens).project(records, Viewpoint(today, "anna"))
    return {
        one.title: [record.id for record in (*one.records, *one.folded)]
        for one in view.sections  # type: ignore[union-attr]
        if one.records or one.folded
    }


def _a_month_on(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    while True:
        try:
            return date(year, month, day.day)
        except ValueError:
            day -= timedelta(days=1)


def the_agendas(records: Records, ledger: Ledger, today: date) -> dict[str, Pair]:
    """What is gathered before the check-ins of the levels that were held before: since when, and whom each part names."""
    found: dict[str, Pair] = {}
    for checkin in pending(records, today):
        held = [row.held for row in ledger.of("check-in") if row.level == checkin.level and row.state == "done" and row.held]
        if checkin.about or not held:
            continue
        laid_out = before_meeting(checkin, records, today, most=10**6)
        found[f"{checkin.level}, since"] = (laid_out.since, max(held))
        found[f"{checkin.level}, not held"] = (laid_out.unheld, reckoning.unheld(ledger, checkin.level, today))
        by_hand = reckoning.gathered(ledger, today, max(held))
        for part in laid_out.parts:
            if part.name in by_hand:
                named = [
                    f"{entry.text.split()[0]} {entry.record.id}" if part.name == "moved" else entry.record.id
                    for entry in part.entries
                    if entry.record is not None
                ]
                found[f"{checkin.level}, {part.name}"] = (sorted({*named}), sorted({*by_hand[part.name]}))
    return found


# ------------------------------------------------------------------------------------------------------- for one person


def my_review(
    records: Records, history: Iterator[Transaction], ledger: Ledger, today: date, me: str, state: ReviewState
) -> Pair:
    """What waits for a person, and why."""
    items = agenda(records, history, today, me, state)
    return {item.key: {reason.kind for reason in item.reasons} for item in items}, reckoning.review(ledger, me, today)


def my_token(workspace: Workspace, ledger: Ledger, today: date, environ: dict[str, str]) -> dict[str, Pair]:
    """How many appointments a prompt tells of: from the table of an earlier day where it can, else from the records."""
    path, me = workspace.backend.path, workspace.me  # type: ignore[attr-defined]
    place, review = table_path(environ, path, me), review_path(environ, path, me)
    quick = count(path, place, review, today.isoformat())
    made = table(workspace.records, today, stamps(path))
    keep(place, made)
    put_off = {key: (one.until,) for key, one in load(review).snoozed.items()}
    whole = count_in(made, put_off, today.isoformat())
    memory = ledger.memory(me)
    due = [key for key in reckoning.due(ledger, today) if memory.put_off.get(key, (today, 0))[0] <= today]
    return {"token": (whole, len(due)), "token, at once": (len(due) if quick is None else quick, len(due))}
