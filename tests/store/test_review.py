"""The daily review: what waits, why, in which order; checked against what the documents themselves say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.derived import readings, spread
from store.facts import APART
from store.happened import SETTINGS
from store.model import BY_TABLE, Bet, Decision, Update
from store.operations import State
from store.parts import HEALTHS
from store.records import Records
from store.review.ageing import MOST
from store.review.agenda import MINE, Item, actions, agenda, sitting
from store.review.news import FIRST_LOOK, MANY
from store.review.reason import APPOINTMENTS
from store.review.state import NEVER, RESTS, Answer, ReviewState, abandoned, answered, begun, ended, reopened, snoozed
from store.step import Change, Step, create, edit, provisional
from store.workspace import Workspace
from tests.tui.sample import TODAY, ago, said, sample_state, stamp

LEVELS = {"weekly": (date(2024, 1, 1), 7), "six-weeks": (date(2024, 1, 1), 42)}
"""Level → a day it falls on, and how many days lie between two."""


def waiting(state: State, me: str = "dora", today: date = TODAY, known: ReviewState = NEVER) -> tuple[Item, ...]:
    return agenda(Records(state, 1000), (), today, me, known)


def by_key(items: tuple[Item, ...]) -> dict[str, Item]:
    return {item.key: item for item in items}


def bets(*documents: dict[str, Any]) -> State:
    """Bets B1, B2, … in a workspace without levels."""
    rows = {str(number): {"title": f"Bet {number}", **document} for number, document in enumerate(documents, 1)}
    return {"bets": rows, "settings": {"0": {"levels": []}}}


# ------------------------------------------------------------------------------------------------- the sample, in words


def test_the_agenda_of_the_sample_reads_so() -> None:
    assert [(item.key, item.kind, item.because) for item in waiting(sample_state())] == [
        ("D32", "decision", "because its review was due yesterday, and it is still open, and it is a one-way door"),
        (
            "B16",
            "settle",
            "because it was to settle 12 d ago, still placed; it is 70 d old, long for a bet of weeks",
        ),
        ("B12", "settle", "because it was to settle 3 d ago, still placed"),
        (
            "learning-review:B18",
            "check-in",
            "because it was due 4 w ago, and nobody wrote what Card payments in Japan taught",
        ),
        ("B14", "stale", "because nobody touched it for 40 d, over a quarter of its horizon (months)"),
        (
            "premortem-one-way:D32",
            "called for",
            "because One price for everybody is large or cannot be taken back, and is not promised yet",
        ),
        ("B11", "differs", "because @anna 40% at risk, @ben 80% on track, and you have not said"),
        ("B13", "stale", "because nobody touched it for 33 d, over a quarter of its horizon (weeks)"),
        ("U78", "inbox", "because somebody wrote it to the inbox"),
        ("B17", "stale", "because nobody touched it for 200 d, over a quarter of its horizon (months)"),
        ("B15", "stale", "because nobody touched it for 4 d, over a quarter of its horizon (days)"),
        ("intent", "intent", "because the Weekly check-in of 2026-11-16 intended it"),
    ]


def test_what_names_me_weighs_more_among_its_equals() -> None:
    late = {"state": "placed", "settle_by": ago(3)}
    state = bets(late, {**late, "people": ["anna"]}, {**late, "settle_by": ago(9)})
    assert [item.key for item in waiting(state)] == ["B3", "B1", "B2"]
    assert [item.key for item in waiting(state, "anna")] == ["B2", "B3", "B1"]


def test_doors_that_close_come_before_all_and_news_of_trouble_before_news() -> None:
    state = bets({"state": "placed", "settle_by": ago(30)})
    state["decisions"] = {
        "8": {"title": "Two", "state": "decided", "review_on": ago(50)},
        "9": {"title": "One", "state": "decided", "door": "one-way", "review_on": ago(0)},
    }
    assert [item.key for item in waiting(state)] == ["D9", "B1", "D8"]


def test_a_check_in_is_one_item_whether_or_not_it_was_begun() -> None:
    monday = date(2026, 11, 23)
    for checkins, code in (({}, "C+1"), ({"7": {"level": "weekly", "state": "open", "due": "2026-11-23"}}, "C7")):
        item = by_key(waiting({"checkins": checkins}, today=monday))["level:weekly"]
        assert (item.title, item.record and item.record.id, item.is_due) == ("Weekly check-in", code, True)
    both = {
        "7": {"level": "weekly", "due": ago(9)},
        "8": {"level": "weekly", "due": ago(2)},
        "9": {"level": "gone", "due": ago(1)},
    }
    assert {item.key for item in waiting({"checkins": both})} == {"level:weekly", "C7", "C9"}


def test_a_check_in_that_a_record_called_for_keeps_its_name_when_somebody_begins_it() -> None:
    state = bets({"title": "Leave the region", "state": "shaping", "horizon": "years"})
    called = by_key(waiting(state))["premortem:B1"]
    state["checkins"] = {"7": {"level": "premortem", "about": "B1", "state": "open", "due": ago(1)}}
    begun = by_key(waiting(state))["C7"]
    assert begun.title == called.title == "Premortem of B1"
    assert begun.because == "because it was due yesterday, and it was begun; it is about Leave the region"


def test_why_something_waits_ends_once() -> None:
    assert [Item("B1", (("changed", said, 1, 0),)).sentence for said in ("@anna: captured", "@anna: forecast by se…")] == [
        "because @anna: captured.",
        "because @anna: forecast by se…",
    ]


def test_a_level_whose_rule_has_ended_does_not_stop_the_review() -> None:
    level = {"id": "old", "title": "Old", "rule": "FREQ=WEEKLY;UNTIL=20240301", "anchor": "2024-01-01"}
    assert waiting({"settings": {"0": {"levels": [level]}}}) == ()


def test_what_a_premise_held_up_is_on_the_agenda_when_it_falls() -> None:
    state = bets({"state": "placed", "links": [{"kind": "depends_on", "to": "A9"}]})
    state["beliefs"] = {"9": {"text": "They will come", "state": "refuted", "updated": stamp(TODAY - timedelta(days=2))}}
    item = by_key(waiting(state))["B1"]
    assert (item.kind, item.because, item.days) == ("premise", "because it depends on A9, and A9 is refuted", 2)


# ----------------------------------------------------------------------------------- against an independent computation

STATES = {
    "missions": ("forming", "active", "paused", "closed"),
    "bets": ("option", "shaping", "placed", "released", "settled", "parked", "stopped"),
    "decisions": ("open", "decided", "reviewed", "superseded", "reversed"),
    "beliefs": ("open", "supported", "refuted", "retired"),
    "checkins": ("due", "open", "done", "skipped"),
}
FINISHED = {"closed", "settled", "parked", "stopped", "reviewed", "superseded", "reversed", "retired", "done", "skipped"}
FIELDS = {"missions": "review_on", "bets": "settle_by", "decisions": "review_on", "beliefs": "revisit_on", "signals": "by"}
LETTERS = {"missions": "M", "bets": "B", "decisions": "D", "beliefs": "A", "signals": "S"}
QUARTERS = {"hours": 3 / 96, "days": 0.75, "weeks": 5.25, "months": 23, "quarters": 68.5, "years": 274, "decades": 2739.5}

days = st.integers(-60, 60).map(lambda back: (TODAY - timedelta(days=back)).isoformat())
stamps = st.integers(0, 400).map(lambda back: stamp(TODAY - timedelta(days=back)))


@st.composite
def documents(draw: st.DrawFn, table: str) -> dict[str, Any]:
    found: dict[str, Any] = {"statement" if table == "signals" else "text" if table == "beliefs" else "title": "x"}
    if table in STATES:
        found["state"] = draw(st.sampled_from(STATES[table]))
    if draw(st.booleans()):
        found[FIELDS[table]] = draw(days)
    if table == "bets" and draw(st.booleans()):
        found["cut_corners"] = [{"text": "no tests", "revisit_on": day} for day in draw(st.lists(days, max_size=2))]
    if draw(st.integers(0, 5)) == 0:
        found["archived"] = True
    if draw(st.booleans()):
        found["created"] = draw(stamps)
    if table in ("bets", "missions") and draw(st.booleans()):
        found["horizon"] = draw(
            st.sampled_from([name for name in QUARTERS if table == "bets" or name in ("months", "years")])
        )
    return found


@st.composite
def states(draw: st.DrawFn) -> State:
    number = count(1)
    state: State = {
        table: {str(next(number)): document for document in draw(st.lists(documents(table), max_size=3))} for table in FIELDS
    }
    abouts = [LETTERS[table] + key for table, rows in state.items() for key in rows]
    state["updates"] = {
        str(next(number)): {"text": "u", "created": draw(stamps), "about": about}
        for about in draw(st.lists(st.sampled_from(abouts), max_size=4) if abouts else st.just([]))
    }
    state["checkins"] = {
        str(next(number)): {"level": level, "state": draw(st.sampled_from(STATES["checkins"])), "due": draw(days)}
        for level in draw(st.lists(st.sampled_from(sorted(LEVELS)), max_size=3))
    }
    levels = [
        {"id": name, "title": name, "rule": f"FREQ=DAILY;INTERVAL={every}", "anchor": anchor.isoformat()}
        for name, (anchor, every) in LEVELS.items()
    ]
    state["settings"] = {"0": {"levels": levels}}
    return state


def is_open(document: dict[str, Any]) -> bool:
    return not document.get("archived") and document.get("state") not in FINISHED


def due_by_documents(state: State, today: date) -> set[str]:
    """What is due, read off the documents: a day that has come, on what is not finished."""
    found = {
        LETTERS[table] + key
        for table, field in FIELDS.items()
        for key, document in state[table].items()
        if document.get(field, "9999") <= today.isoformat() and is_open(document)
    }
    for key, document in state["bets"].items():
        given_up = document.get("archived") or document.get("state") in ("parked", "stopped")
        owed = [corner["revisit_on"] for corner in document.get("cut_corners", ())]
        found |= {f"B{key}"} if not given_up and min(owed, default="9999") <= today.isoformat() else set()
    for level, (anchor, every) in LEVELS.items():
        rows = {key: document for key, document in state["checkins"].items() if document["level"] == level}
        live = [
            key for key, document in sorted(rows.items(), key=lambda row: (row[1]["due"], int(row[0]))) if is_open(document)
        ]
        over = [date.fromisoformat(document["due"]) for document in rows.values() if not is_open(document)]
        found |= {f"C{key}" for key in live[:-1] if rows[key]["due"] <= today.isoformat()}
        if live:
            is_due = rows[live[-1]]["due"] <= today.isoformat()
        else:
            since = max(over) + timedelta(days=1) if over else min(began(state), today)
            is_due = any((day - anchor).days % every == 0 for day in between(since, today))
        found |= {f"level:{level}"} if is_due else set()
    return found


def began(state: State) -> date:
    """The day the oldest first record of a kind was captured."""
    rows = (state.get(table, {}) for table in BY_TABLE)
    firsts = [min(kind.items(), key=lambda row: int(row[0]))[1].get("created", "") for kind in rows if kind]
    return min((date.fromisoformat(stamp[:10]) for stamp in firsts if stamp), default=date.max)


def between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


def stale_by_documents(state: State, today: date) -> set[str]:
    found = set()
    for table in ("bets", "missions"):
        for key, document in state[table].items():
            record_id = LETTERS[table] + key
            told = [one["created"] for one in state["updates"].values() if one["about"] == record_id]
            touched = max([*told, document.get("created", "")])
            if touched and is_open(document):
                idle = (today - date.fromisoformat(touched[:10])).days
                found |= {record_id} if idle > QUARTERS[document.get("horizon", "months")] else set()
    return found


def keys_with(items: tuple[Item, ...], *kinds: str) -> set[str]:
    return {item.key for item in items if any(reason.kind in kinds for reason in item.reasons)}


@given(states())
@settings(max_examples=150, deadline=None)
def test_what_is_said_to_be_due_and_stale_is_and_nothing_else(state: State) -> None:
    items = waiting(state)
    assert keys_with(items, *APPOINTMENTS) == due_by_documents(state, TODAY) == {item.key for item in items if item.is_due}
    assert keys_with(items, "stale") == stale_by_documents(state, TODAY)


@given(states())
@settings(max_examples=60, deadline=None)
def test_every_item_stands_once_says_why_and_can_be_answered(state: State) -> None:
    items = waiting(state)
    assert len({item.key for item in items}) == len(items)
    assert [item.weight for item in items] == sorted((item.weight for item in items), reverse=True)
    for item in items:
        assert item.because.startswith("because ") and all(reason.text.strip() for reason in item.reasons)
        assert item.title and item.reasons and next(iter(actions(item))) == "keep"


@given(states(), st.integers(0, 12), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_what_was_put_off_comes_back_on_its_day_and_not_before(state: State, at: int, days_off: int) -> None:
    items = [item for item in waiting(state) if "snooze" in actions(item)]
    if not items:
        return
    item, until = items[at % len(items)], TODAY + timedelta(days=days_off)
    known = snoozed(NEVER, item.key, until, Answer("put off", 1000, because=item.because))._replace(answered={})
    for today in between(TODAY, until - timedelta(days=1)):
        assert item.key not in by_key(waiting(state, today=today, known=known))
    assert item.key in by_key(waiting(state, today=until, known=known))


def test_a_ritual_is_put_off_like_anything_that_is_due() -> None:
    level = {"id": "weekly", "title": "Weekly", "rule": "FREQ=WEEKLY", "anchor": "2027-01-04", "review_on": ago(2)}
    state: State = {"settings": {"0": {"levels": [level]}}}
    (item,) = waiting(state)
    assert (item.key, item.kind) == ("ritual:weekly", "look again")
    assert item.because == "because how we work was due 2 d ago for a look, whether it earns its 30 min"
    assert actions(item) == {"keep": "keep", "snooze": "put off", "decide": "decide"}
    until = TODAY + timedelta(days=3)
    known = snoozed(NEVER, item.key, until, Answer("put off", 1000, because=item.because))._replace(answered={})
    for today in between(TODAY, until - timedelta(days=1)):
        assert waiting(state, today=today, known=known) == ()
    (back,) = waiting(state, today=until, known=known)
    assert (back.key, back.kind, back.days) == ("ritual:weekly", "look again", 5)


def test_what_was_put_off_and_asks_for_nothing_else_says_that_it_was() -> None:
    state = bets({"state": "placed", "settle_by": ago(-30), "created": stamp(TODAY)})
    known = snoozed(NEVER, "B1", TODAY, Answer("put off", 5, because="because @ben: hill 20 → 40"))._replace(answered={})
    assert by_key(waiting(state, known=known))["B1"].because == (
        "because you put it off until 2026-11-22 (then because @ben: hill 20 → 40)"
    )
    state["bets"]["1"] |= {"state": "stopped"}
    assert waiting(state, known=known) == ()


def test_what_was_looked_at_and_kept_is_quiet_for_a_week_but_for_its_appointments() -> None:
    state = bets(
        {"state": "placed", "horizon": "weeks", "placed_on": ago(40), "created": stamp(TODAY - timedelta(days=40))},
        {"state": "placed", "settle_by": ago(2), "created": stamp(TODAY - timedelta(days=90))},
    )
    known = NEVER
    for item in waiting(state):
        known = answered(known, item.key, Answer("kept", 1000), TODAY)
    known = ended(known, 1000, stamp(TODAY), TODAY, "")
    later = TODAY + timedelta(days=1)
    assert [(item.key, item.because) for item in waiting(state, today=later, known=known)] == [
        ("B2", "because it was to settle 3 d ago, still placed")
    ]
    again = by_key(waiting(state, today=TODAY + RESTS, known=known))
    assert {reason.kind for reason in again["B1"].reasons} == {"stale", "ageing"}


def test_of_a_pile_the_weightiest_come_first_and_the_others_when_those_are_dealt_with() -> None:
    state = bets(*({"state": "placed", "created": stamp(TODAY - timedelta(days=30 + at))} for at in range(MOST + 7)))
    items = waiting(state)
    assert [item.key for item in items[:2]] == [f"B{MOST + 7}", f"B{MOST + 6}"]
    assert (len(items), items[-1].key, items[-1].title) == (MOST + 1, "more:stale", "7 more that nobody touched for long")
    known = NEVER
    for item in items:
        known = answered(known, item.key, Answer("kept", 1000), TODAY)
    assert [item.key for item in waiting(state, known=known)] == [f"B{number}" for number in range(7, 0, -1)]


# ------------------------------------------------------------------------------------------------- what others changed


class Team:
    """A workspace that several people change."""

    def __init__(self) -> None:
        self.backend = MemoryBackend({"settings": {"0": {"levels": []}}}, 1)
        self.day = TODAY

    def __call__(self, me: str) -> Workspace:
        return Workspace(self.backend, me=me, clock=lambda: datetime.combine(self.day, NOON.timetz()))

    def add(self, me: str, title: str, **fields: Any) -> str:
        done = self(me).commit(create([Bet(id=provisional(Bet, 1), title=title, **fields)], f"added {title}"))
        assert done is not None
        return f"B{done.operations[0].key}"

    def change(self, me: str, record_id: str, **fields: Any) -> None:
        self(me).commit(edit(self(me).records.find(record_id), "changed", **fields))

    def note(self, me: str, about: str | None, text: str, **reading: Any) -> None:
        self(me).commit(create([Update(id=provisional(Update, 1), text=text, about=about, **reading)], "wrote"))

    def agenda(self, me: str, known: ReviewState) -> tuple[Item, ...]:
        workspace = self(me)
        return agenda(workspace.records, workspace.history(), self.day, me, known)

    def seen(self, known: ReviewState = NEVER) -> ReviewState:
        return ended(known, self.backend.n, stamp(self.day), self.day, "")


NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def team() -> Team:
    return Team()


def test_what_others_did_is_told_by_record_and_by_whom_and_what_i_did_is_not(team: Team) -> None:
    lists, badges = team.add("anna", "Weekly lists"), team.add("anna", "Badges")
    known = team.seen()
    team.change("ben", lists, hill=20)
    team.note("cleo", lists, "Slower than hoped", confidence=40)
    team.change("ben", lists, hill=30)
    team.change("anna", badges, hill=10)
    (item,) = team.agenda("anna", known)
    assert (item.key, item.kind) == (lists, "changed")
    assert item.because == "because @ben: hill set to 30; @cleo: said “Slower than hoped” (40%)"
    assert [one.key for one in team.agenda("ben", known)] == [lists, badges]


def test_changed_and_changed_back_is_nothing_and_so_is_what_came_and_went(team: Team) -> None:
    lists = team.add("anna", "Weekly lists")
    known = team.seen()
    team.change("ben", lists, hill=20)
    team.change("ben", lists, hill=None)
    gone = team.add("ben", "A slip")
    team("ben").commit(Step((Change(team("ben").records.find(gone), None),), "deleted"))
    assert team.agenda("anna", known) == ()


def test_what_others_deleted_is_told_by_its_title_and_can_only_be_seen(team: Team) -> None:
    lists = team.add("anna", "Weekly lists")
    known = team.seen()
    team("ben").commit(Step((Change(team("ben").records.find(lists), None),), "deleted"))
    (item,) = team.agenda("anna", known)
    assert (item.title, item.because, list(actions(item))) == ("Weekly lists", "because @ben: deleted", ["keep", "decide"])


def test_a_large_step_is_one_item_and_changed_settings_are_one(team: Team) -> None:
    known = team.seen()
    many = [Bet(id=provisional(Bet, number), title=f"Goal {number}") for number in range(1, MANY + 2)]
    team("ben").commit(create(many, "imported goals.csv"))
    team("ben").set_settings(team("ben").records.settings.model_copy(update={"name": "Library"}), "named it")
    items = by_key(team.agenda("anna", known))
    assert {item.title for item in items.values()} == {"The settings", "imported goals.csv"}
    assert items[SETTINGS].because == "because @ben: name set to Library"
    large = next(item for key, item in items.items() if key.startswith("step:"))
    assert large.because == f"because @ben changed {MANY + 1} records in one step"


def test_news_that_somebody_is_off_track_weighs_more(team: Team) -> None:
    one, two = team.add("anna", "One"), team.add("anna", "Two")
    known = team.seen()
    team.note("ben", one, "Fine", health="on track")
    team.note("ben", two, "Not fine", health="off track")
    assert [item.key for item in team.agenda("anna", known)] == [two, one]


def test_a_first_review_looks_back_a_week(team: Team) -> None:
    team.day = TODAY - FIRST_LOOK - timedelta(days=1)
    team.add("ben", "Long ago")
    team.day = TODAY - FIRST_LOOK
    recent = team.add("ben", "A week ago")
    team.day = TODAY
    assert [item.key for item in team.agenda("anna", NEVER)] == [recent]
    assert [item.key for item in team.agenda("anna", NEVER._replace(n=999, ended=stamp(TODAY)))] == [recent]


def test_nothing_that_others_do_during_a_review_is_lost(team: Team) -> None:
    lists, badges = team.add("anna", "Weekly lists"), team.add("anna", "Badges")
    known = begun(team.seen(), stamp(TODAY))
    team.change("ben", lists, hill=20)
    team.change("ben", badges, hill=20)
    known = answered(known, lists, Answer("kept", team.backend.n), TODAY)
    assert [item.key for item in team.agenda("anna", known)] == [badges]
    team.note("cleo", lists, "And now this")
    assert by_key(team.agenda("anna", known))[lists].because == "because @cleo: said “And now this”"
    known = answered(known, lists, Answer("kept", team.backend.n), TODAY)
    known = answered(known, badges, Answer("kept", team.backend.n), TODAY)
    assert team.agenda("anna", known) == team.agenda("anna", team.seen(known)) == ()


def test_what_others_did_while_something_was_put_off_is_told_when_it_comes_back(team: Team) -> None:
    lists = team.add("anna", "Weekly lists")
    known = snoozed(begun(team.seen(), stamp(TODAY)), lists, TODAY + timedelta(days=3), Answer("put off", team.backend.n))
    team.change("ben", lists, hill=20)
    known = team.seen(known)
    assert team.agenda("anna", known) == ()
    team.day = TODAY + timedelta(days=3)
    assert [item.because for item in team.agenda("anna", known)] == ["because @ben: hill set to 20"]


# ------------------------------------------------------------------------------------------------------ the way through


def kept(known: ReviewState, key: str) -> ReviewState:
    return answered(known, key, Answer("kept", 1000, title=key, because="because of it"), TODAY)


def test_a_review_goes_on_where_it_was_left() -> None:
    state, records = sample_state(), Records(sample_state(), 1000)
    known = begun(NEVER, stamp(TODAY))
    here = sitting(waiting(state, known=known), known, records)
    assert (here.key, here.at, len(here.steps)) == ("D32", 0, 12)
    for key in ("D32", "B16"):
        known = kept(known, key)._replace(at="")
    here = sitting(waiting(state, known=known), known, records)
    assert (here.key, here.at, len(here.steps), here.step(-1), here.step(1)) == ("B12", 2, 12, "B16", "learning-review:B18")
    back = known._replace(at=here.step(-1))
    item = sitting(waiting(state, known=back), back, records).item
    assert item is not None and (item.key, item.title, item.because) == ("B16", "B16", "because of it")
    assert "drop" in actions(item)


def test_what_comes_up_meanwhile_does_not_move_the_place() -> None:
    state, known = sample_state(), begun(NEVER, stamp(TODAY))._replace(at="B11")
    state["decisions"]["99"] = {"title": "Now", "state": "decided", "door": "one-way", "review_on": ago(90)}
    here = sitting(waiting(state, known=known), known, Records(state, 1000))
    assert (here.steps[:2], here.at) == (("B11", "D99"), 0)
    del state["bets"]["11"]
    assert sitting(waiting(state, known=known), known, Records(state, 1000)).key == "D99"


def test_a_review_of_nothing_is_over_at_once() -> None:
    here = sitting((), NEVER, Records({}, 0))
    assert here.is_over and (here.key, here.item, here.step(1)) == ("", None, "")


def test_taking_an_answer_back_leaves_no_trace() -> None:
    known = begun(NEVER, stamp(TODAY))
    assert reopened(kept(known, "B1"), "B1") == known
    assert reopened(snoozed(known, "B1", TODAY, Answer("put off", 3)), "B1") == known
    assert abandoned(kept(known, "B1")).answered == {}


def test_ending_forgets_what_is_past_and_keeps_what_is_to_come() -> None:
    tomorrow = TODAY + timedelta(days=1)
    known = snoozed(begun(NEVER, stamp(TODAY)), "B1", tomorrow, Answer("put off", 7))
    known = snoozed(known, "B2", TODAY, Answer("put off", 7))
    over = ended(kept(known, "B3"), 9, "2026-11-22T10:00:00.000Z", TODAY, "# Told")
    assert (over.n, over.is_under_way, over.answered, list(over.snoozed), list(over.rests)) == (9, False, {}, ["B1"], ["B3"])
    assert over.summary == "# Told"


def test_an_answer_brings_back_what_was_put_off() -> None:
    known = kept(snoozed(NEVER, "B1", TODAY + timedelta(days=5), Answer("put off", 7)), "B1")
    assert known.snoozed == {} and "B1" in known.rests
    assert answered(known, "B1", Answer("noted", 8), TODAY).rests == {}


def test_a_corner_that_was_cut_asks_on_its_day_also_after_the_bet_settled() -> None:
    debts = [{"text": "no tests for fees", "revisit_on": ago(9)}, {"text": "old receipts", "revisit_on": ago(2)}]
    later = [{"text": "no index", "revisit_on": ago(-1)}, {"text": "no docs"}]
    found = by_key(
        waiting(
            bets(
                {"state": "settled", "result": "won", "lesson": "ask", "cut_corners": debts},
                {"state": "placed", "cut_corners": later},
                {"state": "stopped", "cut_corners": debts},
                {"state": "option", "cut_corners": debts[1:]},
            )
        )
    )
    assert {key: item.because for key, item in found.items()} == {
        "B1": "because a corner was cut, no tests for fees and 1 more: another look at it was due 9 d ago",
        "B4": "because a corner was cut, old receipts: another look at it was due 2 d ago",
    }
    assert all(item.is_due for item in found.values())


def test_readings_apart_are_asked_of_those_who_gave_none() -> None:
    state = bets({"state": "placed"})
    state["updates"] = {"7": said("B1", "ben", 1, confidence=80), "8": said("B1", "anna", 2, confidence=50)}
    assert keys_with(waiting(state), "differs") == {"B1"}
    assert keys_with(waiting(state, "ben"), "differs") == set()
    state["updates"]["8"]["confidence"] = 56
    assert keys_with(waiting(state), "differs") == set()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["anna", "ben", "cleo", "dora"]),
            st.integers(0, 20),
            st.sampled_from([None, 10, 34, 35, 60]),
            st.sampled_from([None, *HEALTHS]),
        ),
        max_size=6,
    )
)
@settings(max_examples=100, deadline=None)
def test_people_differ_as_their_newest_readings_do(told: list[tuple[str, int, int | None, str | None]]) -> None:
    state = bets({"state": "placed", "created": stamp(TODAY)})
    state["updates"] = {
        str(number): said("B1", who, back, confidence=sure, health=health)
        for number, (who, back, sure, health) in enumerate(told, 10)
    }
    given = readings("B1", Records(state, 1000))
    differ = spread(given) >= APART and "dora" not in {one.person for one in given}
    assert keys_with(waiting(state, "dora"), "differs") == ({"B1"} if differ else set())


def test_a_decision_that_was_looked_back_at_waits_no_more() -> None:
    state: State = {"decisions": {"1": {"title": "x", "state": "decided", "review_on": ago(1)}}, **bets()}
    assert isinstance(waiting(state)[0].record, Decision)
    state["decisions"]["1"]["state"] = "reviewed"
    assert waiting(state) == ()


# --------------------------------------------------------------------------------------------- what it costs, and damage


def test_only_the_records_that_are_told_of_are_made() -> None:
    quiet = {"title": "x", "state": "placed", "created": stamp(TODAY), "horizon": "years", "settle_by": ago(-9)}
    late = {**quiet, "settle_by": ago(2)}
    state = {
        "bets": {str(at): late if at == 7 else quiet for at in range(1, 60)},
        "decisions": {"70": {"title": "y", "review_on": ago(-5)}, "71": {"title": "y", "state": "reviewed"}},
        "updates": {str(at): said("B7", "ben", 1, confidence=at) for at in range(80, 99)},
        "settings": {"0": {"levels": []}},
    }
    records = Records(state, 100)
    (item,) = agenda(records, (), TODAY, "anna")
    assert item.key == "B7" and records._made == {}
    assert item.because == "because it was to settle 2 d ago, still placed"
    assert set(records._made) == {"B7"}


def test_what_other_programs_wrote_waits_as_its_record_says() -> None:
    state = bets(
        {"state": "placed", "settle_by": "2026-13-45", "created": stamp(TODAY)},
        {"state": "sideways", "settle_by": ago(3), "created": stamp(TODAY)},
        {"state": "placed", "settle_by": f"{ago(3)}T00:00:00", "created": stamp(TODAY), "links": 7},
        {"state": "placed", "settle_by": ago(3), "people": "anna", "horizon": ["?"], "created": stamp(TODAY)},
    )
    state["updates"] = {"8": {"text": "one", "about": "nothing"}, "9": {"text": ["?"], "about": "B1", "confidence": "70"}}
    found = by_key(waiting(state, "anna"))
    assert {key: item.kind for key, item in found.items() if key != "intent"} == {
        "B2": "settle", "B3": "settle", "B4": "settle", "U8": "inbox",
    }  # fmt: skip
    assert found["B4"].weight == found["B3"].weight + MINE


@pytest.mark.parametrize(
    ("day", "waits"),
    [
        ("2026-11-22", True),
        ("2026-11-23", False),
        ("2026-11-22T00:00:00", True),
        ("2026-11-23T00:00:00", False),
        ("2026-11-22T00:00:00Z", True),
        ("2026-11-22T09:00:00", False),
        ("2026-11-21 00:00:00", True),
        ("86400", True),
        ("1763769600", True),
        ("9999-12-31", False),
        ("0001-01-01", True),
        (86400, True),
        (4102444800, False),
        ("soon", False),
        (["2026-11-01"], False),
        (None, False),
    ],
)
def test_a_day_is_due_as_the_record_holds_it_whoever_wrote_it(day: Any, waits: bool) -> None:
    plain = {"state": "placed", "settle_by": ago(-1), "created": stamp(TODAY), "horizon": "years"}
    state = bets({**plain, "settle_by": day}, plain)
    held = Records(state, 9).find("B1").settle_by  # type: ignore[attr-defined]
    assert waits == (held is not None and held <= TODAY)
    assert keys_with(waiting(state), "settle") == ({"B1"} if waits else set())


def test_what_names_me_in_any_shape_weighs_more() -> None:
    late = {"state": "placed", "settle_by": ago(3), "created": stamp(TODAY), "horizon": "years"}
    for odd in ({}, {"people": 7}, {"people": None}, {"people": {"anna": 1}}):
        state = bets(
            {**late, "people": ["annabel"]}, {**late, "people": "anna"}, {**late, "people": ["bo", "anna"]}, {**late, **odd}
        )
        weights = [by_key(waiting(state, "anna"))[key].weight for key in ("B1", "B2", "B3", "B4")]
        assert weights == [75, 75 + MINE, 75 + MINE, 75]


def test_an_agenda_that_followed_changes_is_that_of_the_records_as_they_stand() -> None:
    workspace = Workspace(MemoryBackend(sample_state(), 1000), me="anna")
    agenda(workspace.records, (), TODAY, "anna")
    workspace.commit(edit(workspace.records.find("B12"), "settled", state="settled", settled_on=TODAY - timedelta(days=40)))
    workspace.commit(edit(workspace.records.find("D31"), "asked", review_on=TODAY))
    workspace.commit(edit(workspace.records.find("U72"), "put away", archived=True))
    workspace.commit(Step((Change(workspace.records.find("U78"), None),), "deleted"))
    now = agenda(workspace.records, (), TODAY, "anna")
    anew = agenda(Records(workspace.backend.state, workspace.backend.n), (), TODAY, "anna")
    assert [(one.key, one.weight, one.because) for one in now] == [(one.key, one.weight, one.because) for one in anew]
    assert {"learning-review:B12", "D31"} <= by_key(now).keys() and not {"B11", "U78"} & by_key(now).keys()
