"""Frozen values: what is plainly valid is taken without pydantic, and just as pydantic takes it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import validation
from store.column import column, held
from store.declaring import Doubt, Invalid
from store.entity import Declared, Value, accepted, acceptor
from store.model import BY_TABLE, KINDS, Bet, Mission, Record, Signal, Update
from store.parts import Link, Range, Uncertainty
from store.settings import CheckinLevel, Settings
from store.taking import DOUBTS
from tests.tui.sample import sample_state

TYPES: tuple[type[Value], ...] = (*KINDS, Settings, CheckinLevel, Link, Range)

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-20, 200), st.floats(allow_nan=True), st.text(max_size=8),
    st.sampled_from(["2026-11-22", "2026-13-01", "20261122", "M3", "B+1", "m3", "placed", "months", "A", "low", "nests_in"]),
    st.dates(),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def words_of(annotation: Any) -> tuple[str, ...]:
    """Every word that is allowed somewhere inside a type."""
    inside = tuple(word for part in get_args(annotation) if not isinstance(part, str) for word in words_of(part))
    return (*inside, *(part for part in get_args(annotation) if isinstance(part, str)))


def likely(annotation: Any) -> st.SearchStrategy[Any]:
    """Values that have a fair chance to be of a type, in the shape JSON has them."""
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return likely_fields(annotation)
    if get_origin(annotation) is tuple:
        return st.lists(likely(get_args(annotation)[0]), max_size=2)
    if isinstance(get_origin(annotation), type) and issubclass(get_origin(annotation), Mapping):
        return st.dictionaries(st.text(max_size=5), likely(get_args(annotation)[1]), max_size=2)
    inner = [likely(part) for part in get_args(annotation) if not isinstance(part, str) and part is not type(None)]
    words = words_of(annotation)
    return st.one_of(*inner, ANYTHING, *([st.sampled_from(words)] if words else []))


def likely_fields(kind: type[Value]) -> st.SearchStrategy[dict[str, Any]]:
    """Fields of a kind, most of them such as it has."""
    known = {name: likely(spec.annotation) for name, spec in kind.model_fields.items()}
    required = {name: known.pop(name) for name, spec in kind.model_fields.items() if spec.is_required()}
    return st.fixed_dictionaries(required, optional={**known, "of_a_newer_version": ANYTHING})


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_what_is_taken_without_pydantic_is_what_pydantic_makes_of_it(kind: type[Value], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(kind.model_fields)))
    value = data.draw(likely(kind.model_fields[name].annotation))
    try:
        taken = acceptor(kind.model_fields[name].annotation)(value)
    except DOUBTS:
        return
    made = validation.value(kind.model_fields[name], value)
    assert taken == made
    assert types_in(taken) == types_in(made)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_fields_together_are_taken_just_as_pydantic_takes_them(kind: type[Value], data: st.DataObject) -> None:
    fields = data.draw(likely_fields(kind))
    try:
        held = accepted(kind, fields)
    except Doubt:
        return
    assert held == validation.judged(kind, fields)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_field_of_many_is_read_as_each_holds_it(kind: type[Record], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(kind.model_fields)))
    annotation = kind.model_fields[name].annotation
    values = data.draw(st.lists(likely(annotation), max_size=3))
    try:
        held = column(kind, name, [{name: value, "title": ["?"]} for value in values] if name != "title" else [])
    except DOUBTS:
        return
    assert types_in(held) == types_in([acceptor(annotation)(value) for value in values if name != "title"])


@given(st.lists(likely(Bet.model_fields["links"].annotation), max_size=4), st.sampled_from(sorted(Link.model_fields)))
def test_a_field_of_parts_is_read_as_each_record_holds_it(links: list[Any], name: str) -> None:
    documents = [{"title": "Try", "links": one} for one in links]
    try:
        found = column(Bet, f"links.{name}", documents)
    except DOUBTS:
        return
    assert types_in(found) == types_in([held(Bet(**document), f"links.{name}") for document in documents])


@pytest.mark.parametrize(
    "links",
    [
        [],
        [[]],
        [[{"to": "B1"}], [{"to": "M2", "kind": "drives"}]],
        [[{"to": "B1"}, {"to": "B2"}], [], [{"to": "M2", "primary": True, "of a newer version": 1}]],
    ],
)
def test_links_that_are_plainly_links_are_not_in_doubt(links: list[Any]) -> None:
    expected = [tuple(link["to"] for link in one) for one in links]
    assert list(column(Bet, "links.to", [{"links": one} for one in links])) == expected
    assert list(column(Bet, "links.to", [{}, *({"links": one} for one in links)])) == [(), *expected]


@pytest.mark.parametrize(
    "doubtful",
    [
        None, {}, "B1", 7, ["B1"], [["to", "B1"]], [{}], [{"kind": "drives"}], [{"to": "b1"}], [{"to": 1}],
        [{"to": "B1", "kind": "owns"}], [{"to": "B1", "primary": 1}], [{"to": "B1"}, {"to": "B2", "kind": None}],
    ],
)  # fmt: skip
def test_one_link_that_is_in_doubt_puts_all_in_doubt(doubtful: Any) -> None:
    plain = {"links": [{"to": "B1"}]}
    for documents in ([plain, {"links": doubtful}], [{"links": doubtful}, plain]):
        with pytest.raises(DOUBTS):
            column(Bet, "links.to", documents)


def test_a_field_that_is_left_out_is_read_as_its_default_and_a_needed_one_is_in_doubt() -> None:
    found = [column(Bet, name, [{}, {name: value}]) for name, value in (("state", "placed"), ("tags", ["a"]), ("hill", 3))]
    assert found == [["option", "placed"], [(), ("a",)], [None, 3]]
    assert [column(Bet, name, [{}, {}]) for name in ("state", "tags", "hill")] == [["option"] * 2, [()] * 2, [None] * 2]
    for documents in ([{"title": "Try"}, {"state": "placed"}], [{}, {}]):
        with pytest.raises(DOUBTS):
            column(Bet, "title", documents)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("archived", [False, 0]),
        ("created", ["", 0]),
        ("created", ["2026-11-22T09:00:00.000Z", None]),
        ("about", ["B1", "nothing"]),
        ("about", ["B1", "B"]),
        ("about", ["B1", ""]),
        ("about", ["B1", 7]),
        ("confidence", [1, True]),
        ("confidence", [70, 70.0]),
        ("confidence", [70, 101]),
        ("health", ["on track", "fine"]),
        ("health", ["on track", ["on track"]]),
    ],
)
def test_one_value_that_is_in_doubt_puts_all_in_doubt(name: str, values: list[Any]) -> None:
    for several in (values, values[::-1]):
        with pytest.raises(DOUBTS):
            column(Update, name, [{name: value} for value in several])


def test_ids_of_every_shape_are_read_together() -> None:
    ids = ["B1", "M99", None, "B+2", "B1", "U٣"]
    assert column(Update, "about", [{"about": one} for one in ids]) == ids


def test_what_people_write_is_never_in_doubt() -> None:
    documents = [
        (BY_TABLE[table], document)
        for table, rows in sample_state().items()
        if table in BY_TABLE
        for document in rows.values()
    ]
    assert len(documents) > 20
    for kind, document in documents:
        assert kind.of(accepted(kind, document)) == kind.of(validation.judged(kind, document))


def types_in(value: Any) -> Any:
    """The types of everything inside a value: equality takes 1, 1.0 and True for the same."""
    if isinstance(value, Value):
        return type(value), types_in(value.__dict__)
    if isinstance(value, Mapping):
        return {name: types_in(part) for name, part in value.items()}
    return [types_in(part) for part in value] if isinstance(value, tuple | list) else type(value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_document_comes_back_as_the_record_it_was(kind: type[Record], data: st.DataObject) -> None:
    try:
        record = kind.model_validate({**data.draw(likely_fields(kind)), "id": f"{kind.letter}7"})
    except Invalid:
        return
    assert kind.model_validate({**record.document(), "id": record.id}) == record


def test_valid_documents_need_nothing_of_pydantic() -> None:
    done = subprocess.run(
        [
            sys.executable, "-c",
            "import sys\n"
            "from store.model import entity\n"
            "from store.settings import settings_of\n"
            "entity('bets', '2', {'title': 'x', 'settle_by': '2026-12-01', 'links': [{'to': 'M1'}],\n"
            "    'uncertainty': {'value': {'low': 1, 'high': 3.5}}, 'scores': {'reach': {'level': 'low'}}}).evolve(hill=3)\n"
            "settings_of({'settings': {'0': {'name': 'here', 'states': {'bet': {'placed': 'on'}}}}})\n"
            "print(sorted({'pydantic', 'pydantic_core', 'inspect', 'dataclasses'} & set(sys.modules)))",
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_a_value_holds_what_it_was_given_and_its_class_the_rest() -> None:
    bet = Bet(title="Keep SSO", settle_by=date(2026, 12, 1))
    assert (bet.state, bet.links, bet.uncertainty) == ("option", (), Uncertainty())
    assert bet.model_fields_set == {"title", "settle_by"}
    assert bet == Bet(title="Keep SSO", settle_by=date(2026, 12, 1), state="option")
    assert bet != Bet(title="Keep SSO")
    other: object = Mission(title="Keep SSO")
    assert bet != other


def test_nothing_of_a_value_changes() -> None:
    link = Link(to="M3")
    with pytest.raises(AttributeError, match="frozen"):
        link.to = "M4"  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del link.to
    assert hash(link) == hash(Link(to="M3", kind="informs"))


def test_what_can_be_converted_is() -> None:
    signal = Signal.model_validate({"statement": "Visits", "from_value": "4.5", "tags": "one"})
    assert (signal.from_value, signal.tags) == (4.5, ("one",))


@pytest.mark.parametrize(
    ("kind", "fields", "place", "says"),
    [
        (Bet, {}, "title", "Field required"),
        (Bet, {"title": "x", "hill": 101}, "hill", "less than or equal to 100"),
        (Bet, {"title": "x", "state": "won"}, "state", "'option', 'shaping'"),
        (Bet, {"title": "x", "settle_by": "2026-13-01"}, "settle_by", "month"),
        (Bet, {"title": "x", "links": [{"to": "m3"}]}, "links", "match pattern"),
        (Bet, {"title": "x", "uncertainty": {"value": {"low": 5, "high": 4}}}, "uncertainty", "the low end 5 is above"),
        (Mission, {"title": "x", "wip_limit": -1}, "wip_limit", "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_says_where_and_why(kind: type[Record], fields: dict[str, Any], place: str, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        kind.model_validate(fields)
    problem = caught.value.errors()[0]
    assert problem["loc"][0] == place
    assert says in problem["msg"]


def test_fields_nobody_declared_are_kept_and_given_back() -> None:
    bet = Bet.model_validate({"title": "x", "of_a_newer_version": [1, {"a": None}]})
    assert bet.evolve(title="y").document() == {"title": "y", "state": "option", "of_a_newer_version": [1, {"a": None}]}


def test_a_class_whose_annotations_are_not_evaluated_is_refused() -> None:
    with pytest.raises(TypeError, match="not evaluated"):
        Declared("Odd", (Value,), {"__annotations__": {"a": "str"}})
