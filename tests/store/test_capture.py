"""One typed line becomes a draft that the models accept: what is understood, and that nothing is lost."""

import json
import subprocess
import sys
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.capture import Draft, draft
from store.errors import UsageError
from store.fields import fields
from store.keys import DEFAULTS, FIELDS, KEYS, LINK_KEYS
from store.lifecycle import moved, objection
from store.model import BY_TABLE, entity
from store.parts import LINK_KINDS
from store.records import Records

SUNDAY = date(2026, 11, 22)
NOUNS = {
    "mission": "missions", "bet": "bets", "decide": "decisions", "belief": "beliefs", "signal": "signals",
    "note": "updates",
}  # fmt: skip
HEAVY = (
    "re", "dataclasses", "typing", "enum", "datetime", "pathlib", "argparse", "collections", "functools", "json",
    "pydantic", "tinydb", "textual", "rich", "orjson", "dateutil", "difflib", "inspect", "importlib.metadata",
)  # fmt: skip


def take(noun: str, words: list[str] | str, me: str = "") -> Draft:
    return draft(noun, words, today=SUNDAY, me=me)


def document(noun: str, words: list[str] | str, me: str = "") -> dict[str, Any]:
    return take(noun, words, me).document


# ------------------------------------------------------------------------------------------------------------ the grammar


def test_a_decision_with_everything() -> None:
    line = 'Keep SSO out +security @anna @bo re:B7 because "2 of 40 asked" conf:70 revisit:+6w door:one-way'
    found = take("decide", line)
    assert found.table == "decisions"
    assert found.document == {
        "title": "Keep SSO out",
        "state": "open",
        "tags": ["security"],
        "links": [{"to": "B7"}],
        "why": "2 of 40 asked",
        "confidence": 70,
        "review_on": "2027-01-03",
        "door": "one-way",
        "driver": "anna",
        "contributors": ["bo"],
    }
    assert sorted(found.understood) == [
        ("confidence", "70"), ("contributors", "bo"), ("door", "one-way"), ("driver", "anna"), ("informs", "B7"),
        ("review on", "2027-01-03"), ("tags", "security"), ("why", "2 of 40 asked"),
    ]  # fmt: skip
    assert (found.left_as_text, found.warnings) == ([], [])


def test_the_shells_words_say_the_same_as_the_typed_line() -> None:
    words = ["Keep", "SSO", "out", "+security", "because", "2 of 40 asked", "team:core people", "health:at risk", "10:30"]
    assert document("decide", words)["why"] == "2 of 40 asked"
    assert document("bet", words)["team"] == "core people"
    assert document("note", words)["health"] == "at risk"
    typed = 'Keep SSO out +security because "2 of 40 asked" team:"core people" health:"at risk" 10:30'
    for noun in ("decide", "bet", "mission"):
        assert document(noun, typed).keys() == document(noun, words).keys()
    assert document("bet", typed) == document("bet", words) | {"title": document("bet", typed)["title"]}


@pytest.mark.parametrize(
    ("noun", "line", "expected"),
    [
        ("bet", "Try SSO under:M3 re:S4 re:A5 tests:a6 +x", {
            "title": "Try SSO", "state": "option", "tags": ["x"], "links": [
                {"kind": "nests_in", "to": "M3", "primary": True}, {"kind": "drives", "to": "S4"},
                {"kind": "tests", "to": "A5"}, {"kind": "tests", "to": "A6"},
            ]}),
        ("bet", "Try SSO under:M3,B4 under:M3 re:B9 informs:B9", {
            "title": "Try SSO", "state": "option", "links": [
                {"kind": "nests_in", "to": "M3", "primary": True}, {"kind": "nests_in", "to": "B4"}, {"to": "B9"},
            ]}),
        ("bet", "Try it because price hurts horizon:w by:eoq mandate:c bucket:growth,quality option:Okta option:own @zoë", {
            "title": "Try it", "state": "option", "hypothesis": "price hurts", "horizon": "weeks", "mandate": "C",
            "settle_by": "2026-12-31", "buckets": ["growth", "quality"], "options": ["Okta", "own"], "people": ["zoë"]}),
        ("mission", "Halve onboarding because teams give up horizon:q wip:4 state:active bounds:none review:2027-01", {
            "title": "Halve onboarding", "state": "active", "horizon": "quarters", "wip_limit": 4,
            "review_on": "2027-01-31", "intent": {"purpose": "teams give up", "bounds": "none"}}),
        ("belief", "Users leave because of price kind:belief certainty:3 benefit:-2.5 revisit:fri", {
            "text": "Users leave because of price", "state": "open", "certainty": 3.0, "benefit": -2.5,
            "revisit_on": "2026-11-27"}),
        ("signal", "Weekly teams kind:north from:10 to:25.5 unit:teams by:eoy use:learn re:S2", {
            "statement": "Weekly teams", "kind": "north-star", "from_value": 10.0, "to_value": 25.5, "unit": "teams",
            "by": "2026-12-31", "use": "learn", "links": [{"kind": "drives", "to": "S2"}]}),
        ("note", "Two customers asked again kind:problem re:B7 health:risk conf:40%", {
            "text": "Two customers asked again", "kind": "problem", "about": "B7", "health": "at risk", "confidence": 40}),
        ("note", "Asked @anna about it kind:note health:off", {"text": "Asked @anna about it", "health": "off track"}),
        ("decide", "Ship state:decided", {"title": "Ship", "state": "decided", "decided_on": "2026-11-22"}),
        ("decide", "Ship @anna @bo driver:@cy door:two", {
            "title": "Ship", "state": "open", "driver": "cy", "contributors": ["anna", "bo"]}),
        ("decide", "Keep it because nobody asked for it +security for now", {
            "title": "Keep it for now", "state": "open", "why": "nobody asked for it", "tags": ["security"]}),
        ("decide", "Because because", {"title": "Because because", "state": "open"}),
        ("decide", "because we can", {"title": "because we can", "state": "open"}),
        ("decide", "Keep it because +x today", {"title": "Keep it because today", "state": "open", "tags": ["x"]}),
        ("decide", "Meet 10:30 http://a.b/c?d:e C++ +1 a@b.c x: -5 team://x", {
            "title": "Meet 10:30 http://a.b/c?d:e C++ +1 a@b.c x: -5 team://x", "state": "open"}),
        ("decide", "Say +a -- +b @c conf:70 because -- x", {
            "title": "Say +b @c conf:70 because -- x", "state": "open", "tags": ["a"]}),
        ("decide", 'Call it "Best" and "+not a tag" 5" or 6"', {
            "title": 'Call it "Best" and "+not a tag" 5" or 6"', "state": "open"}),
        ("decide", "+a/b +x-y +Ünï tag:c,+d", {"state": "open"}),
        ("decide", "Title\n\n  body line\nlast +tag\n", {
            "title": "Title", "state": "open", "body": "  body line\nlast +tag"}),
        ("decide", "+early\r\nText later\r\nbody", {
            "title": "Text later", "state": "open", "tags": ["early"], "body": "body"}),
    ],
)  # fmt: skip
def test_lines(noun: str, line: str, expected: dict[str, Any]) -> None:
    if not expected.keys() & {"title", "text", "statement"}:
        with pytest.raises(UsageError):
            document(noun, line)
    else:
        assert document(noun, line) == expected


def test_tags_of_any_script_and_comma_lists() -> None:
    assert document("bet", "x +a/b +x-y +Ünï +日本 +नीति tag:c,+d")["tags"] == [
        "a/b",
        "x-y",
        "Ünï",
        "日本",
        "नीति",
        "c",
        "d",
    ]


def test_me_is_who_types() -> None:
    assert document("bet", "x @me @bo @me", me="anna")["people"] == ["anna", "bo"]
    nobody = take("bet", "x @me")
    assert (nobody.document["title"], nobody.left_as_text) == ("x @me", ["@me"])


def test_words_that_look_like_tokens_and_are_none_are_told() -> None:
    found = take("belief", "Ask @anna about foo:bar +sso, 10:30 https://x.y Note:this +1")
    assert found.document["text"] == "Ask @anna about foo:bar +sso, 10:30 https://x.y Note:this +1"
    assert found.left_as_text == ["@anna", "foo:bar", "+sso,"]


@pytest.mark.parametrize(
    ("noun", "word", "reason"),
    [
        ("decide", "conf:170", "it takes a whole number from 0 to 100"),
        ("decide", "conf:7٠", "it takes a whole number from 0 to 100"),
        ("decide", "conf:-1", "it takes a whole number from 0 to 100"),
        ("decide", "door:sideways", "it takes two-way or one-way"),
        ("decide", "revisit:2026-13-01", "there is no month 13"),
        ("decide", "revisit:soon", "it names no day"),
        ("decide", "driver:@", "nothing is named"),
        ("bet", "re:7", "say which kind it is, as B7"),
        ("bet", "re:X7", "it takes the id of a record, as B7"),
        ("bet", "re:B7,x", "it takes the id of a record, as B7"),
        ("bet", "state:placed", "it takes option or shaping"),
        ("note", "health:track", "it takes on track, at risk or off track"),
        ("belief", "benefit:6", "it takes a number from -5 to 5"),
        ("belief", "certainty:nan", "it takes a number from 0 to 10"),
        ("signal", "from:inf", "it takes a number"),
        ("signal", "from:1_0", "it takes a number"),
    ],
)
def test_a_value_that_cannot_be_stays_in_the_text_with_a_warning(noun: str, word: str, reason: str) -> None:
    found = take(noun, f"Before {word} after")
    assert found.document == {
        **({"state": found.document["state"]} if "state" in found.document else {}),
        BY_TABLE[found.table].headline: f"Before {word} after",
    }
    assert found.warnings == [f"{word} stayed in the text: {reason}."]
    assert found.understood == []


def test_a_field_given_twice_says_which_one_counts() -> None:
    found = take("decide", "x conf:60 conf:80")
    assert found.document["confidence"] == 80
    assert found.warnings == ["confidence was given twice; the last one counts: conf:80."]


def test_a_one_way_door_is_decided_only_with_options_and_a_review() -> None:
    held = take("decide", "Drop MySQL door:one state:decided option:keep revisit:+6w")
    assert (held.document["state"], held.document["title"]) == ("open", "Drop MySQL state:decided")
    assert held.warnings == ["state:decided stayed in the text: a one-way door needs two options and a review date first."]
    done = document("decide", "Drop MySQL door:one state:decided option:keep option:drop revisit:+6w")
    assert (done["state"], done["decided_on"]) == ("decided", "2026-11-22")


# ------------------------------------------------------------------------------------------------------------ odd input


@pytest.mark.parametrize("words", [[], [""], "", " \n ", "+tag", ["+tag", "conf:70"], ["--"], "\n\n"])
def test_without_text_nothing_is_captured(words: list[str] | str) -> None:
    with pytest.raises(UsageError) as error:
        take("decide", words)
    assert str(error.value).splitlines() == [
        "There is nothing to capture without a title. Nothing was changed.",
        "Try: many decide Say it in a few words +tag",
    ]


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UsageError, match="tsak cannot be captured"):
        take("tsak", "x")


def test_bytes_that_are_not_text_are_kept_and_told() -> None:
    found = take("decide", ["caf\udce9", "a\0b", "\udcff", "\ud800"])
    assert found.document["title"] == "caf\\xe9 a\ufffdb \\xff \ufffd"
    told = "Bytes that are not UTF-8 are kept, written as \\xNN."
    assert found.warnings == [told, "NUL characters were replaced by \ufffd."]
    json.dumps(found.document, ensure_ascii=False).encode()


def test_control_characters_are_data() -> None:
    assert document("note", ["red \x1b[31m text \u202e"])["text"] == "red \x1b[31m text \u202e"


def test_lines_within_a_shell_word_are_title_and_body() -> None:
    assert document("note", ["First\nsecond +x", "third"]) == {"text": "First", "body": "second +x third"}


@pytest.mark.parametrize("unit", ["a:b ", '"a ', 'k:"a ', "+", '" '])
def test_a_long_line_takes_time_in_proportion(unit: str) -> None:
    text = "x " + unit * (500_000 // len(unit))
    start = time.perf_counter()
    found = draft("note", text, today=SUNDAY)
    assert time.perf_counter() - start < 10
    assert found.document["text"].startswith("x")


def test_ten_megabytes_are_captured_whole() -> None:
    body = "a line with +tag and re:B7\n" * 370_000
    assert document("note", "Log\n" + body) == {"text": "Log", "body": body.rstrip("\n")}
    assert document("note", ["Log\n" + body]) == {"text": "Log", "body": body.rstrip("\n")}
    assert document("note", "x" * 10_000_000) == {"text": "x" * 10_000_000}


# ------------------------------------------------------------------------------------- the contract with model and rules

VALUES = {
    "horizon": "weeks", "mandate": "C", "kind": "", "review_on": "+6w", "settle_by": "eoq", "door": "one-way",
}  # fmt: skip
GOOD = [
    "70",
    "7",
    "fri",
    "+6w",
    "2026-11",
    "one",
    "w",
    "years",
    "B7",
    "b12,M3",
    "@anna",
    "a,b",
    '"two words"',
    "exp",
    "risk",
]
BAD = ["170", "2026-13-01", "sideways", "nan", "", "//x", '"open', "-1", "B", "٣", "x" * 200, ","]
keys = sorted({key for known in KEYS.values() for key in known} | LINK_KEYS.keys() | {"re", "about", "tag", "foo", "state"})
states = sorted({state for kind in BY_TABLE.values() for state in kind.states})
plain_words = st.text(st.characters(exclude_characters='" \t\n\r\0', exclude_categories=["Cs"]), max_size=8)
words = st.one_of(
    plain_words,
    st.sampled_from(["because", "--", "+tag", "+sso,", "@anna", "@me", '"', '""', '"+quoted text"', "word", "state:"]),
    st.builds("state:{}".format, st.sampled_from(states)),
    st.builds("{}:{}".format, st.sampled_from(keys), st.sampled_from(GOOD + BAD) | st.text(max_size=5)),
)
nouns = st.sampled_from(list(NOUNS))


def is_accepted(found: Draft) -> None:
    """The model takes the document as it is and gives it back; no rule of the domain objects."""
    stamped = {**found.document, "created": "2026-11-22T09:00:00.000Z", "created_by": "anna"}
    record = entity(found.table, "1", stamped)
    assert record.document() == stamped
    assert json.loads(json.dumps(found.document)) == found.document
    assert not record.extra
    assert objection(None, record, Records({}, 0)) is None
    assert {**moved(record, record.standing, SUNDAY)} == {"state": record.standing}


@given(nouns, st.lists(words | st.text(max_size=5), max_size=10))
@example("decide", ["x", "because", ""])
@example("decide", ["x", "because", " "])
@example("bet", ["x", "under:M3", "re:M3", "nests_in:M4"])
def test_the_model_accepts_what_the_shell_captures(noun: str, line: list[str]) -> None:
    try:
        found = take(noun, line, me="bo")
    except UsageError:
        return
    is_accepted(found)


@given(nouns, st.lists(words | st.text(max_size=5), max_size=10).map(" ".join))
def test_the_model_accepts_what_a_typed_line_captures(noun: str, line: str) -> None:
    try:
        found = take(noun, line, me="bo")
    except UsageError:
        return
    is_accepted(found)


def test_what_one_quoted_text_hides_is_said() -> None:
    found = draft("decide", ["Keep SSO out +security @anna conf:70 at 10:30 + 2@home"])
    assert found.document["title"] == "Keep SSO out +security @anna conf:70 at 10:30 + 2@home"
    assert found.left_as_text == ["+security", "@anna", "conf:70"]
    assert draft("decide", ["Keep SSO out", "+security"]).left_as_text == []


@pytest.mark.parametrize(
    ("noun", "words", "left"),
    [
        ("decide", ["Keep", "people:anna,ben"], ["people:anna,ben"]),
        ("bet", ["Keep", "forecast:S1", "forecast.low:4"], ["forecast:S1", "forecast.low:4"]),
        ("decide", ["Keep it for people:anna and forecast:S1"], ["people:anna", "forecast:S1"]),
        ("decide", ["Keep", "people:anna and ben"], ["people:anna and ben"]),
        ("decide", ["Keep", "todo:write it down"], []),  # a sentence
        ("bet", ["Keep", "horizon=weeks", "conf=70", "low=4"], ["horizon=weeks", "conf=70"]),
        ("bet", ["Keep horizon=weeks, or not"], ["horizon=weeks,"]),
        ("bet", ["Keep", "E=mc2", "x==y", "conf=", "https://a.b/?conf=70"], []),
        ("bet", ["Keep", "https://a.b/c", "10:30", "Note:this", "a.:b"], []),
    ],
)
def test_words_that_look_like_fields_and_are_none_here_are_said(noun: str, words: list[str], left: list[str]) -> None:
    found = draft(noun, words)
    assert (found.left_as_text, found.document["title"]) == (left, " ".join(words))


@given(nouns, st.lists(words.filter(lambda word: '"' not in word and not any(c.isspace() for c in word)), max_size=8))
def test_without_quotes_shell_and_line_mean_the_same(noun: str, line: list[str]) -> None:
    try:
        found = take(noun, line)
    except UsageError:
        with pytest.raises(UsageError):
            take(noun, " ".join(line))
        return
    typed = take(noun, " ".join(line))
    assert (typed.document, typed.understood) == (found.document, found.understood)
    assert (typed.left_as_text, typed.warnings) == (found.left_as_text, found.warnings)


@given(nouns, st.lists(words.filter(lambda word: '"' not in word and "\n" not in word), min_size=1))
def test_behind_two_dashes_every_word_is_text(noun: str, line: list[str]) -> None:
    text = " ".join(filter(None, line)).strip(" \t\r")
    if text.strip():
        assert take(noun, ["--", *line]).document[BY_TABLE[NOUNS[noun]].headline] == text.replace("\0", "\ufffd")


@given(nouns, st.lists(words.filter(lambda word: '"' not in word and word.split() == [word]), min_size=1))
def test_every_word_is_in_the_draft(noun: str, line: list[str]) -> None:
    """Each word stands in some text of the document, was understood as a token, or was said to be outdone by a later one."""
    try:
        found = take(noun, line, me="bo")
    except UsageError:
        return
    everything = json.dumps(found.document, ensure_ascii=False) + repr(found.understood) + repr(found.warnings)
    for word in line:
        alone = take(noun, ["x", word], me="bo")
        if word in ("--", "because") or alone.document[BY_TABLE[alone.table].headline] == "x":
            assert word in ("--", "because") or alone.understood
            continue
        assert json.dumps(word.replace("\0", "\ufffd"), ensure_ascii=False)[1:-1] in everything


@pytest.mark.parametrize("table", FIELDS)
def test_every_key_sets_a_field_of_the_model(table: str) -> None:
    kind = BY_TABLE[table]
    known = {one.path: one for one in fields(kind)}
    assert set(FIELDS[table]) <= set(known)
    assert set(KEYS[table].values()) <= set(FIELDS[table])
    for path, read in FIELDS[table].items():
        choices = known[path].choices
        if path == "state":
            choices = tuple(state for state in choices if f"state:{state}" not in take_warnings(table, choices))
        for choice in choices:
            assert read(choice, SUNDAY) == choice
        if choices:
            with pytest.raises(ValueError, match="it takes " + choices[0]):
                read("no such choice", SUNDAY)
    assert not set(KEYS[table]) & (set(LINK_KEYS) | {"re"}) - {"under", "re"}


def take_warnings(table: str, choices: tuple[str, ...]) -> str:
    noun = next(noun for noun, its in NOUNS.items() if its == table)
    return " ".join(" ".join(take(noun, f"x state:{choice}").warnings) for choice in choices)


def test_links_and_defaults_are_those_of_the_model() -> None:
    assert set(LINK_KEYS.values()) == set(LINK_KINDS)
    for (table, field), value in DEFAULTS.items():
        assert BY_TABLE[table].model_fields[field].default == value
    for noun, table in NOUNS.items():
        kind = BY_TABLE[table]
        assert document(noun, "x") == {kind.headline: "x"} | ({"state": kind.states[0]} if kind.states else {})


# ------------------------------------------------------------------------------------------------------------- lightness


def test_importing_it_and_reading_a_line_loads_nothing_heavy() -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        "import store.errors, store.capture\n"
        "store.capture.draft('decide', 'Keep it +a @b re:B7 because \"c d\" conf:70 door:one')\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.check_output([sys.executable, "-S", "-c", code], text=True).split()
    assert loaded == ["store", "store.capture", "store.errors", "store.keys", "store.quoting", "store.words"]
    assert not set(loaded) & set(HEAVY)
