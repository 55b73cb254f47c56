"""A field that is none: the answer is short, and says where all of them are listed."""

from __future__ import annotations

import json

import pytest
from conftest import Many

from store.fields import fields
from store.model import BY_NOUN, KINDS, Record, Update


def test_a_field_that_is_none_is_answered_in_two_lines(many: Many) -> None:
    many("bet", "One")
    done = many("set", "B1", "zzzqq=1")
    assert done.code == 2
    first, second = done.err.splitlines()
    count = len(fields(BY_NOUN["bet"])) - 6
    names = "title, state, horizon, hypothesis, opportunity, opportunity_confidence"
    assert first == f"A bet has no field “zzzqq”. It has {names} and {count} more. Nothing was changed."
    assert second == "many help set lists them all."
    told = "A bet has no field “titel”. Did you mean title or appetite or state? Nothing was changed.\n"
    assert many("set", "B1", "titel=1").err == told


@pytest.mark.parametrize("typed", ["z" * 400, "\x1b[31mzz", "zz\nqq"])
def test_a_strange_field_is_answered_in_two_lines_too(many: Many, typed: str) -> None:
    many("bet", "One")
    done = many("set", "B1", f"{typed}=1")
    assert done.code == 2
    assert len(done.err.splitlines()) == 2 and max(map(len, done.err.splitlines())) < 200
    assert "\x1b" not in done.err


@pytest.mark.parametrize("verb", ["set", "done"])
def test_the_help_lists_every_field_of_every_kind_that_can_be_changed(many: Many, verb: str) -> None:
    page = many("help", verb).out.split("\nFields\n")[1]
    words = {word.rstrip(",") for word in page.split()}
    for kind in KINDS:
        if kind is not Update:
            assert kind.noun in words and {one.path for one in fields(kind)} <= words
    assert {one.path for one in fields(KINDS[0]) if one.path in Record.model_fields} == {"tags", "links", "body"}
    assert max(map(len, page.splitlines())) <= 100


def test_a_record_that_is_not_there_is_not_pointed_at(many: Many) -> None:
    many("bet", "One")
    done = many("set", "B1", "forecast.signal=S54", "--json")
    assert (done.code, json.loads(done.err)["code"]) == (4, 4)
    assert "There is no record S54 in this workspace." in done.err
    assert "forecast" not in many("show", "B1", "--json").data
