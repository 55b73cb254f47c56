"""The premise alarm: who rests on what no longer holds, why, and since when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.checkins.crossings import crossings
from store.model import KINDS
from store.premises import alarms, alarms_of
from store.records import Records

TODAY = date(2026, 11, 22)


def workspace(**documents: dict[str, Any]) -> Records:
    """Records by id; each has its headline and was last changed on the first of November."""
    state: dict[str, dict[str, Any]] = {}
    for record_id, document in documents.items():
        kind = next(kind for kind in KINDS if kind.letter == record_id[0])
        whole = {kind.headline: f"the {kind.noun}", "updated": "2026-11-01T09:00:00.000Z", **document}
        state.setdefault(kind.table, {})[record_id[1:]] = whole
    return Records(state, 99)


def rests_on(*others: str, **fields: Any) -> dict[str, Any]:
    return {"links": [{"kind": "depends_on", "to": other} for other in others], **fields}


def said(about: str, who: str, day: str, **fields: Any) -> dict[str, Any]:
    return {"about": about, "created_by": who, "created": f"{day}T09:00:00.000Z", **fields}


def told(records: Records) -> list[tuple[str, str, str, str, str]]:
    found = alarms(records, TODAY)
    return [(one.record.id, one.premise.id, one.cause, one.why, str(one.since)) for one in found]


@pytest.mark.parametrize(
    ("premise_id", "premise", "expected"),
    [
        ("A2", {"state": "refuted"}, ("refuted", "A2 is refuted", "2026-11-01")),
        ("B2", {"state": "stopped", "why_stopped": "too slow"}, ("stopped", "B2 was stopped: too slow", "2026-11-01")),
        ("B2", {"state": "stopped"}, ("stopped", "B2 was stopped", "2026-11-01")),
        (
            "B2",
            {"state": "settled", "result": "lost", "settled_on": "2026-10-05"},
            ("lost", "B2 was settled as lost", "2026-10-05"),
        ),
    ],
)
@pytest.mark.parametrize("dependent", [("D1", {"state": "decided"}), ("D1", {}), ("B1", {"state": "placed"}), ("B1", {})])
def test_what_rests_on_what_fell_is_alarmed(
    premise_id: str, premise: dict[str, Any], expected: tuple[str, ...], dependent: tuple[str, dict[str, Any]]
) -> None:
    record_id, fields = dependent
    records = workspace(**{premise_id: premise, record_id: rests_on(premise_id, **fields)})
    assert told(records) == [(record_id, premise_id, *expected)]


@pytest.mark.parametrize(
    ("premise_id", "premise"),
    [
        ("A2", {"state": "open"}),
        ("A2", {"state": "supported"}),
        ("A2", {"state": "retired"}),
        ("B2", {"state": "settled", "result": "won"}),
        ("B2", {"state": "settled", "result": "mixed"}),
        ("B2", {"state": "parked"}),
        ("B2", {"state": "placed"}),
    ],
)
def test_what_holds_alarms_nobody(premise_id: str, premise: dict[str, Any]) -> None:
    assert told(workspace(**{premise_id: premise, "D1": rests_on(premise_id, state="decided")})) == []


@pytest.mark.parametrize(
    "dependent",
    [
        {"D1": rests_on("A2", state="superseded")},
        {"D1": rests_on("A2", state="reversed")},
        {"D1": rests_on("A2", state="decided", archived=True)},
        {"B1": rests_on("A2", state="settled")},
        {"B1": rests_on("A2", state="parked")},
        {"D1": {"links": [{"kind": "informs", "to": "A2"}]}},
        {"D1": rests_on("A77")},
        {"M1": rests_on("A2")},
    ],
)
def test_what_is_over_or_rests_on_nothing_is_not_alarmed(dependent: dict[str, Any]) -> None:
    assert told(workspace(A2={"state": "refuted"}, **dependent)) == []


def test_off_track_by_anybodys_newest_reading_since_they_began_to_say_so() -> None:
    records = workspace(
        B2={"state": "placed"},
        D1=rests_on("B2"),
        U3=said("B2", "ben", "2026-10-01", health="off track"),
        U4=said("B2", "ben", "2026-10-10", health="at risk"),
        U5=said("B2", "ben", "2026-10-20", health="off track"),
        U6=said("B2", "ben", "2026-10-28", health="off track"),
        U7=said("B2", "ben", "2026-11-02", confidence=20),
        U8=said("B2", "cleo", "2026-11-03", health="on track"),
    )
    assert told(records) == [("D1", "B2", "off track", "B2 is off track, says @ben", "2026-10-20")]


def test_two_who_call_it_off_track_are_both_named_and_one_who_thinks_better_of_it_is_not() -> None:
    records = workspace(
        A2={},
        B1=rests_on("A2"),
        U3=said("A2", "cleo", "2026-11-05", health="off track"),
        U4=said("A2", "ben", "2026-11-04", health="off track"),
        U5=said("A2", "anna", "2026-11-01", health="off track"),
        U6=said("A2", "anna", "2026-11-06", health="on track"),
    )
    assert told(records) == [("B1", "A2", "off track", "A2 is off track, says @ben, @cleo", "2026-11-04")]


def test_a_settled_bet_speaks_by_its_result_not_by_old_readings() -> None:
    off = said("B2", "ben", "2026-10-01", health="off track")
    assert told(workspace(B2={"state": "settled", "result": "won"}, D1=rests_on("B2"), U3=off)) == []


def test_a_reading_of_tomorrow_is_not_known_yet() -> None:
    assert told(workspace(A2={}, D1=rests_on("A2"), U3=said("A2", "ben", "2026-11-23", health="off track"))) == []


def test_what_was_said_in_the_evening_is_known_that_evening_also_where_it_is_tomorrow_in_utc() -> None:
    evening = {**said("A2", "ben", "2026-11-23", health="off track"), "created": "2026-11-23T04:30:00.000Z"}
    records = workspace(A2={}, D1=rests_on("A2"), U3=evening)
    for zone, expected in (("America/Los_Angeles", [("D1", "A2", "off track", "2026-11-22")]), ("Europe/Berlin", [])):
        records.settings = records.settings.model_copy(update={"zone": zone})
        assert [(by_id, on, cause, since) for by_id, on, cause, _, since in told(records)] == expected


def test_a_line_crossed_in_the_night_a_bet_was_placed_counts_where_that_night_is_yesterday_in_utc() -> None:
    bet = {"state": "placed", "placed_on": "2026-11-22", "pivot_if": "nobody comes"}
    night = {**said("B2", "ben", "2026-11-21", tags=["pivot"]), "created": "2026-11-21T23:40:00.000Z"}
    records = workspace(B2=bet, U3=night)
    for zone, expected in (("Europe/Berlin", [("B2", "pivot", TODAY)]), ("America/Los_Angeles", [])):
        records.settings = records.settings.model_copy(update={"zone": zone})
        assert [(one.bet.id, one.line, one.on) for one in crossings(records, TODAY)] == expected


def test_a_reviewed_decision_is_alarmed_by_what_fell_since_its_review() -> None:
    reviewed = rests_on("A2", state="reviewed", updated="2026-11-10T09:00:00.000Z")
    before = {"state": "refuted", "updated": "2026-11-09T09:00:00.000Z"}
    after = {"state": "refuted", "updated": "2026-11-11T09:00:00.000Z"}
    assert told(workspace(A2=before, D1=reviewed)) == []
    assert told(workspace(A2=after, D1=reviewed)) == [("D1", "A2", "refuted", "A2 is refuted", "2026-11-11")]


def test_the_oldest_alarm_comes_first_and_one_without_a_day_last() -> None:
    records = workspace(
        A2={"state": "refuted", "updated": "2026-11-05T09:00:00.000Z"},
        A3={"state": "refuted", "updated": "2026-09-05T09:00:00.000Z"},
        A4={"state": "refuted", "updated": ""},
        D1=rests_on("A2", "A3", "A4", "A3"),
    )
    assert [one.premise.id for one in alarms(records, TODAY)] == ["A3", "A2", "A4"]
    assert [one.days(TODAY) for one in alarms(records, TODAY)] == [78, 17, None]


def test_one_record_is_told_its_own_alarms() -> None:
    records = workspace(A2={"state": "refuted"}, D1=rests_on("A2"), D2=rests_on("A2", "A2"), D3={}, M4=rests_on("A2"))
    of = {record.id: alarms_of(record, records, TODAY) for record in records}
    assert of["D1"] + of["D2"] == alarms(records, TODAY)
    assert [len(of[one]) for one in ("A2", "D1", "D2", "D3", "M4")] == [0, 1, 1, 0, 0]


HEALTHS = st.sampled_from(["on track", "at risk", "off track", None])


@given(st.lists(st.tuples(st.sampled_from(["anna", "ben"]), HEALTHS), max_size=8))
def test_off_track_means_somebodys_last_word_was_off_track(words: list[tuple[str, str | None]]) -> None:
    notes = {
        f"U{10 + at}": said("B2", who, f"2026-10-{at + 1:02}", **({"health": health} if health else {"confidence": 5}))
        for at, (who, health) in enumerate(words)
    }
    last = {who: health for who, health in words if health}
    expected = ["D1"] if "off track" in last.values() else []
    assert [one.record.id for one in alarms(workspace(B2={}, D1=rests_on("B2"), **notes), TODAY)] == expected
