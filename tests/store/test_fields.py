"""Text ↔ value: what a form shows is what it takes back, for every field of every kind."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.fields import Field, field, fields, text_of, told
from store.model import KINDS, Bet, Checkin, Decision, Mission, Record, Signal
from store.parts import Link, Range
from store.several import in_one_line, taken_apart
from store.step import REFERENCE_FIELDS
from store.typed import changed, mistaken, parsed

TODAY = date(2026, 11, 22)

SAMPLES = {
    "text": "A text", "long": "Two\nlines", "yes or no": "yes", "number": "4.5", "whole number": "3",
    "date": "2026-12-01", "list": "one, two", "range": "2-5", "record": "S4",
}  # fmt: skip
LINE_SAMPLES = {
    "decisions": "D4, D5",
    "links": "nests_in M3 primary\ndepends_on A4",
    "cut_corners": "no tests @ 2026-12-01\nno docs",
    "readings": "2026-12-01 4.2\n2026-12-08 5",
    "verdicts": "B12 keep 70 still right\nB13 stop",
    "scores": "impact: high because many asked\neffort: low",
}


def sample(one: Field) -> str:
    return one.choices[-1] if one.choices else LINE_SAMPLES.get(one.path) or SAMPLES[one.form]


def bare(kind: type[Record]) -> Record:
    return kind.model_validate({kind.headline: "x", "id": f"{kind.letter}1"})


@pytest.mark.parametrize(
    ("kind", "one"), [(kind, one) for kind in KINDS for one in fields(kind)], ids=lambda x: getattr(x, "path", "")
)
def test_every_field_takes_back_what_it_shows(kind: type[Record], one: Field) -> None:
    typed = changed(bare(kind), {one.path: sample(one)}, TODAY)
    assert text_of(typed, one.path) == sample(one)
    assert changed(typed, {one.path: text_of(typed, one.path)}, TODAY) == typed


@pytest.mark.parametrize("kind", KINDS)
def test_empty_text_clears_every_field_that_may_be_empty(kind: type[Record]) -> None:
    for one in fields(kind):
        if not one.required:
            typed = changed(bare(kind), {one.path: sample(one)}, TODAY)
            assert changed(typed, {one.path: "  "}, TODAY).document() == bare(kind).document(), one.path


@given(st.lists(st.text(st.sampled_from('ab ,;"\n') | st.characters(exclude_categories=["Cs"]), min_size=1), unique=True))
def test_lists_survive_commas_semicolons_quotes_and_line_ends(items: list[str]) -> None:
    assert parsed(Bet, "options", in_one_line(tuple(items)), TODAY) == tuple(items)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ('"SQLite, embedded", plain files', ("SQLite, embedded", "plain files")),
        ("SQLite, embedded; plain files;", ("SQLite, embedded", "plain files")),
        ("one, with a comma;", ("one, with a comma",)),
        ('say "yes", or "no"', ('say "yes"', 'or "no"')),
        ('"yes" or no, maybe', ('"yes" or no', "maybe")),
        ('"never closed, so two', ('"never closed', "so two")),
        ('"a ""quote"", inside"; b', ('a "quote", inside', "b")),
        ("one a line\nanother, here\n", ("one a line", "another, here")),
        (', "" ,', ()),
    ],
)
def test_texts_of_a_typed_line_are_told_apart(line: str, texts: tuple[str, ...]) -> None:
    assert taken_apart(line) == texts


def test_texts_with_commas_are_read_one_a_line_and_others_in_one() -> None:
    bet = Bet(id="B1", title="a", options=("SQLite, embedded", "files"), drivers=("speed", "cost"), people=("anna", "ben"))
    assert [told(bet, field(Bet, path)) for path in ("options", "drivers", "people")] == [
        "SQLite, embedded\nfiles", "speed, cost", "@anna @ben"
    ]  # fmt: skip
    assert text_of(bet, "options") == '"SQLite, embedded", files'


def test_dates_are_typed_as_people_say_them() -> None:
    bet = changed(bare(Bet), {"settle_by": "+6w"}, TODAY)
    assert isinstance(bet, Bet) and bet.settle_by == date(2027, 1, 3)


def test_people_are_typed_with_or_without_the_at_sign() -> None:
    decision = changed(bare(Decision), {"driver": "@anna", "informed": "@ben, cleo"}, TODAY)
    assert isinstance(decision, Decision) and (decision.driver, decision.informed) == ("anna", ("ben", "cleo"))


@pytest.mark.parametrize(
    ("kind", "path", "text", "message"),
    [
        (Bet, "hill", "170", r"^hill: it can be 100 at most\. Nothing was changed\.$"),
        (Bet, "hill", "-1", r"^hill: it can be 0 at least\."),
        (Bet, "uncertainty.value", "2-12", r"it can be 10 at most\."),
        (Bet, "hill", "1.5", "whole number"),
        (Bet, "state", "sideways", "option, shaping, placed"),
        (Bet, "settle_by", "2026-13-01", "month"),
        (Bet, "uncertainty.value", "7-2", r"^uncertainty.value: the low end 7 is above the high end 2\."),
        (Bet, "scores", "impact: enormous", "scores"),
        (Bet, "links", "frobs M3", "links"),
        (Mission, "title", "", "cannot be empty"),
        (Signal, "by", "someday", "someday"),
        (Decision, "came_true", "perhaps", "yes or no"),
        (Checkin, "verdicts", "B1 dance", "verdicts"),
    ],
)
def test_what_cannot_be_read_is_named(kind: type[Record], path: str, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        changed(bare(kind), {path: text}, TODAY)


def test_unknown_fields_name_their_neighbours() -> None:
    with pytest.raises(UsageError, match="settle_by"):
        field(Bet, "setle_by")
    assert field(Bet, "settle-by").path == "settle_by"
    assert [field(Bet, path).path for path in ("forecast.from", "forecast.to")] == [
        "forecast.from_value",
        "forecast.to_value",
    ]


def test_parts_change_one_by_one() -> None:
    bet = changed(bare(Bet), {"uncertainty.value": "2-5", "uncertainty.duration": "3"}, TODAY)
    assert isinstance(bet, Bet)
    assert (bet.uncertainty.value, bet.uncertainty.duration) == (Range(low=2, high=5), Range(low=3, high=3))


def test_the_names_of_reference_fields_are_those_the_model_declares() -> None:
    declared = {one.path.rpartition(".")[2] for kind in KINDS for one in fields(kind) if one.form == "record"}
    assert declared | {"to", "record", "decisions"} == REFERENCE_FIELDS
    assert Link.model_fields.keys() >= {"to"}


def test_one_part_is_cleared_and_the_others_stay() -> None:
    mission = changed(bare(Mission), {"intent.purpose": "learn", "intent.bounds": "no debt"}, TODAY)
    cleared = changed(mission, {"intent.purpose": ""}, TODAY)
    assert isinstance(cleared, Mission) and (cleared.intent.purpose, cleared.intent.bounds) == ("", "no debt")


def test_a_field_of_one_line_keeps_all_that_came_in_several() -> None:
    assert parsed(Bet, "title", " one\r\n\n two ", TODAY) == "one two"


@pytest.mark.parametrize(("key", "path"), [("conf", "confidence"), ("due", "review_on"), ("predict", "prediction")])
def test_a_field_is_also_known_by_the_key_that_captures_it(key: str, path: str) -> None:
    assert field(Decision, key).path == path


# ----------------------------------------------------------------------------------------------------------------- ranges


@given(st.integers(-50, 50), st.integers(-50, 50))
def test_a_forecast_is_taken_when_its_low_end_is_not_above_its_high_one(low: int, high: int) -> None:
    texts = {"forecast.low": str(low), "forecast.high": str(high)}
    if low <= high:
        assert text_of(changed(bare(Bet), texts, TODAY), "forecast.low") == str(low)
    else:
        with pytest.raises(
            UsageError, match=f"^forecast: the low end {low} is above the high end {high}. Nothing was changed"
        ):
            changed(bare(Bet), texts, TODAY)


def test_one_end_of_a_forecast_is_held_against_the_other() -> None:
    bet = changed(bare(Bet), {"forecast.low": "25", "forecast.high": "33"}, TODAY)
    for texts in ({"forecast.low": "34"}, {"forecast.high": "24.5"}):
        with pytest.raises(UsageError, match=r"the low end .* is above the high end"):
            changed(bet, texts, TODAY)
    assert text_of(changed(bet, {"forecast.low": "34", "forecast.high": "40"}, TODAY), "forecast.high") == "40"


def test_a_forecast_stored_the_wrong_way_round_is_read_and_its_other_fields_can_be_changed() -> None:
    bet = Bet(id="B1", title="x", forecast={"low": 40, "high": 30})
    assert text_of(changed(bet, {"forecast.by": "2026-12-01"}, TODAY), "forecast.low") == "40"
    assert mistaken(bet) == "forecast: the low end 40 is above the high end 30"


def test_an_uncertainty_typed_the_wrong_way_round_is_refused_in_its_field() -> None:
    with pytest.raises(UsageError, match=r"^uncertainty\.value: the low end 7 is above the high end 2"):
        parsed(Bet, "uncertainty.value", "7-2", TODAY)
