"""Templates and stories: what is missing is said, what nobody asked for is left out."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from store.errors import NotFound, UsageError
from store.facts import STANDINGS, facts
from store.model import BY_NOUN, Update
from store.operations import State
from store.place import tellings_folder
from store.records import Records
from store.settings import Settings
from store.stories import AUDIENCES, LARGEST, audiences, known_names, story, template
from store.telling import BadTemplate, Line, as_html, as_markdown, tell

TODAY = date(2026, 11, 22)
STATE: State = {
    "missions": {"1": {"title": "Nobody loses work", "state": "active", "wip_limit": 2, "people": ["anna", "ben"]}},
    "bets": {
        "2": {"title": "Journal", "state": "placed", "appetite": "six weeks", "settle_by": "2026-12-04",
              "hypothesis": "Half of the losses are power cuts", "buckets": ["quality", "learning"],
              "links": [{"kind": "nests_in", "to": "M1"}, {"kind": "drives", "to": "S3"}],
              "forecast": {"signal": "S3", "from_value": 9, "to_value": 2, "low": 1, "high": 4, "by": "2027-02-01"},
              "uncertainty": {"value": {"low": 2, "high": 8}}},
        "4": {"title": "Undo", "state": "settled", "result": "won", "links": [{"kind": "nests_in", "to": "M1"}]},
        "5": {"title": "Empty"},
    },
    "signals": {"3": {"statement": "Losses a month", "unit": "losses", "readings": [{"on": "2026-11-20", "value": 5}]}},
    "decisions": {
        "6": {"title": "Which disk?", "state": "open", "driver": "ben", "links": [{"kind": "informs", "to": "B2"}]},
    },
    "updates": {
        "7": {"text": "fine", "about": "B2", "created_by": "ben", "created": "2026-11-20T09:00:00.000Z", "confidence": 80},
        "8": {"text": "I doubt it", "about": "B2", "created_by": "anna", "created": "2026-11-21T09:00:00.000Z",
              "confidence": 30, "health": "at risk"},
    },
}  # fmt: skip
RECORDS = Records(STATE, 100)


def told(record_id: str, audience: str) -> list[tuple[str, str]]:
    return [(line.label, line.text) for line in story(RECORDS.find(record_id), RECORDS, TODAY, audience)]


# -------------------------------------------------------------------------------------------------------------- templates


def test_a_line_is_left_out_where_nothing_is_known_unless_it_says_so() -> None:
    assert tell("# {title}\nSpend: {spend}\nWho: {who|nobody}", {"title": "A", "spend": "", "who": ""}) == (
        Line("A", heading=True),
        Line("nobody", label="Who", missing=True),
    )


def test_of_several_values_each_gets_a_line() -> None:
    assert tell("Who: {who} of {team}", {"who": ("a", "b"), "team": "core"}) == (
        Line("a of core", label="Who", listed=True),
        Line("b of core", label=" ", listed=True),
    )


def test_a_heading_with_nothing_under_it_goes() -> None:
    template = "# {title}\n# Empty\n{nothing}\n# Full\nso\n# Last\n{nothing}"
    assert [line.text for line in tell(template, {"title": "A", "nothing": ()})] == ["A", "Full", "so"]


def test_what_people_typed_is_never_taken_for_a_template() -> None:
    assert tell("Why: {why}", {"why": "# {title} Note: x"}) == (Line("# {title} Note: x", label="Why"),)


def test_a_value_that_looks_like_a_slot_is_not_filled_again() -> None:
    assert tell("{why}", {"why": "{title}", "title": "secret"}) == (Line("{title}"),)


def test_remarks_are_for_whoever_edits_the_template() -> None:
    assert tell("<!-- {nothing} like it { -->\nso", {}) == (Line("so"),)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("so\n\n{spent}", "The template, line 3: {spent} stands for nothing. Did you mean {spend}?"),
        ("{other}", "The template, line 1: {other} stands for nothing. There are spend, title."),
        (
            "# {title}\nx { y",
            "The template, line 2: a { stands around no name. Write {title}, or {title|words instead}.",
        ),
        ("a}", "The template, line 1: a } stands around no name. Write {title}, or {title|words instead}."),
        ("{title.__class__}", "The template, line 1: {title.__class__} stands for nothing. There are spend, title."),
    ],
)
def test_what_is_wrong_with_a_template_is_said_with_its_line(source: str, said: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        tell(source, {"spend": "", "title": ""})
    assert str(caught.value) == said


def test_a_telling_can_be_pasted_as_markdown() -> None:
    lines = tell("# {t}\nso\nWho: {who}\n## More\nx", {"t": "A", "who": ("a", "b")})
    assert as_markdown(lines) == "# A\n\nso\n\n- **Who:** a  \n  b\n\n## More\n\nx\n"


def test_of_several_values_a_document_makes_a_list() -> None:
    lines = tell("# A\n{bets|none}\n{days|none}", {"bets": ("x", "y"), "days": ()})
    assert as_markdown(lines) == "# A\n\n- x\n- y\n\nnone\n"
    assert "<ul>\n<li><span>x</span></li>\n<li><span>y</span></li>\n</ul>" in as_html(lines)


def test_in_markdown_what_people_typed_reads_as_they_typed_it() -> None:
    typed = "# *no* <b>x</b> [y](z) `q`\n- item\n1. one\x1b[31m"
    assert as_markdown((Line("so", "Why"), Line(typed))) == (
        "- **Why:** so\n\n\\# \\*no\\* \\<b\\>x\\</b\\> \\[y\\](z) \\`q\\`  \n\\- item  \n1\\. one\ufffd\\[31m\n"
    )


def test_in_html_nothing_people_typed_is_markup() -> None:
    lines = (Line("<A>", heading=True), Line("x\n<script>", "Why"), Line("y", " "), Line("?", "By", missing=True), Line("&"))
    assert as_html(lines) == (
        "<h1>&lt;A&gt;</h1>\n<ul>\n<li><b>Why:</b> <span>x<br>&lt;script&gt;<br>y</span></li>\n"
        '<li><b>By:</b> <span class="missing">?</span></li>\n</ul>\n<p>&amp;</p>'
    )


# ---------------------------------------------------------------------------------------------------------------- stories


NOUNS = [noun for noun, kind in BY_NOUN.items() if kind is not Update]


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_template_asks_only_for_what_can_be_known(noun: str, audience: str) -> None:
    kind = BY_NOUN[noun]
    empty = kind.model_validate({kind.headline: "x", "id": f"{kind.letter}1"})
    assert story(empty, Records({}, 0), TODAY, audience)[0].heading


def test_the_names_a_template_can_hold_are_known() -> None:
    assert {"title", "appetite", "forecast", "readings", "said"} <= set(known_names("bet"))


def test_every_state_has_a_sentence() -> None:
    assert {(noun, state) for noun, kind in BY_NOUN.items() for state in kind.states} == STANDINGS.keys()


def test_a_bet_for_executives() -> None:
    assert told("B2", "executives") == [
        ("", "Journal"),
        ("", "Placed: we are on it."),
        ("Furthers", "M1 Nobody loses work"),
        ("Problem", "not written yet"),
        ("Expected", "Losses a month: from 9 to 2 (1–4) by 2027-02-01"),
        ("Measured", "5 losses, read 2 d ago"),
        ("Spend", "six weeks"),
        ("Outcome due", "2026-12-04, in 12 d"),
        ("Turn if", "no line yet at which we would turn"),
        ("How sure", "@anna: 30%, at risk (yesterday)"),
        (" ", "@ben: 80% (2 d ago)"),
        ("Differs", "Their readings lie 50 of 100 points apart."),
        ("", "To be decided"),
        ("", "D6 Which disk?, driven by @ben"),
    ]


@pytest.mark.parametrize(
    ("forecast", "says"),
    [
        ({"low": 1, "high": 4, "by": "2027-02-01"}, "1–4 by 2027-02-01"),
        ({"to_value": 2, "low": 1, "high": 4}, "to 2 (1–4)"),
        ({"by": "2027-02-01"}, "by 2027-02-01"),
    ],
)
def test_a_range_stands_in_brackets_only_behind_a_number(forecast: dict[str, Any], says: str) -> None:
    records = Records({"bets": {"1": {"title": "Journal", "forecast": forecast}}}, 1)
    assert facts(records.find("B1"), records, TODAY)["forecast"] == says


def test_finance_hears_what_it_costs_and_what_is_not_known() -> None:
    assert ("Not known", "value 2-8 of 10") in told("B2", "finance")
    assert ("Return", "no forecast yet") in told("B5", "finance")
    assert ("", "B2 Journal: six weeks") in told("M1", "finance")
    assert ("", "B4 Undo: won. No lesson is written.") in told("M1", "finance")


@pytest.mark.parametrize("record_id", ("M1", "B2", "D6"))
def test_customers_read_no_name_no_id_and_no_confidence(record_id: str) -> None:
    text = " ".join(text for _, text in told(record_id, "customers"))
    assert "@" not in text and "%" not in text
    assert not re.search(r"\b[MBDASC]\d", text)


def test_customers_are_promised_nothing_that_is_not_decided() -> None:
    assert told("B5", "customers")[1] == ("", "We could do this; nothing is promised.")


def test_the_team_sees_its_limit_and_what_people_say() -> None:
    assert ("At once", "1 placed, at most 2") in told("M1", "team")
    assert ("", "@anna (yesterday): I doubt it") in told("B2", "team")


def test_missing_facts_are_marked() -> None:
    missing = {line.label for line in story(RECORDS.find("B5"), RECORDS, TODAY, "executives") if line.missing}
    assert missing == {"Furthers", "Problem", "Expected", "Spend", "Outcome due", "Turn if", "How sure"}


def test_long_lists_are_cut_and_counted() -> None:
    bets: dict[str, dict[str, Any]] = {
        str(n): {"title": f"Bet {n}", "state": "placed", "links": [{"kind": "nests_in", "to": "M1"}]} for n in range(2, 20)
    }
    records = Records({"missions": {"1": {"title": "m"}}, "bets": bets}, 50)
    placed = [line.text for line in story(records.find("M1"), records, TODAY, "customers")]
    assert placed[-1] == "and 10 more"


def test_the_words_of_the_workspace_name_the_state() -> None:
    records = Records({**STATE, "settings": {"0": {"states": {"bet": {"placed": "running"}}}}}, 100)
    assert story(records.find("B2"), records, TODAY, "team")[1].text == "Running: we are on it."


def test_an_update_has_no_story_of_its_own() -> None:
    assert story(Update(id="U1", text="x"), RECORDS, TODAY, "team") == ()


# ---------------------------------------------------------------------------------------------------------- of one's own


def own(folder: Path, **templates: str) -> str:
    for name, text in templates.items():
        (folder / f"{name.replace('_', '.')}.md").write_text(text, encoding="utf-8")
    return str(folder)


def shared(**tellings: dict[str, str]) -> Records:
    return Records({**STATE, "settings": {"0": {"tellings": tellings}}}, 100)


def first(records: Records, audience: str, folder: str = "") -> str:
    return story(records.find("B2"), records, TODAY, audience, folder)[0].text


def test_own_templates_come_before_shared_ones_and_these_before_ours(tmp_path: Path) -> None:
    records = shared(bet={"team": "shared {title}"})
    assert first(RECORDS, "team") == "Journal"
    assert first(records, "team") == "shared Journal"
    assert first(records, "team", own(tmp_path, bet_team="own {title}")) == "own Journal"
    assert first(records, "finance", str(tmp_path)) == "Journal"


def test_a_template_for_everybody_is_for_those_who_have_none_of_their_own(tmp_path: Path) -> None:
    folder = own(tmp_path, bet="all {title}", bet_board="board {title}")
    assert first(RECORDS, "board", folder) == "board Journal"
    assert first(RECORDS, "press", folder) == "all Journal"
    assert first(RECORDS, "team", folder) == "Journal"
    assert first(shared(bet={"all": "everybody"}), "press") == "everybody"


def test_a_new_audience_is_a_file_or_a_setting_of_a_new_name(tmp_path: Path) -> None:
    folder = own(tmp_path, bet_board="x", mission="x", bet_team="x", bets_typo="x", notes="x")
    assert audiences(own=folder) == (*AUDIENCES, "board")
    assert audiences(Settings(tellings={"bet": {"press": "x"}}), folder) == (*AUDIENCES, "board", "press")
    assert audiences(own=str(tmp_path / "nowhere")) == AUDIENCES


def test_who_is_told_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"Nothing is told to boards. There are executives, team, finance, customers."):
        first(RECORDS, "boards")
    with pytest.raises(NotFound, match=r"What board are told of bets is not written yet.\nWrite it as .*bet.board.md"):
        first(RECORDS, "board", own(tmp_path, mission_board="x"))


def test_a_fault_in_a_template_is_named_with_its_file_or_setting_and_line(tmp_path: Path) -> None:
    with pytest.raises(BadTemplate, match=r"bet\.team\.md, line 2: \{titel\} stands for nothing. Did you mean \{title\}"):
        first(RECORDS, "team", own(tmp_path, bet_team="# x\n{titel}"))
    with pytest.raises(BadTemplate, match=r"^the setting tellings.bet.team, line 1: \{titel\}"):
        first(shared(bet={"team": "{titel}"}), "team")


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "bet.team.md").write_bytes(b"one\n\xff")
    with pytest.raises(UsageError, match=r"bet\.team\.md, line 2: that is not UTF-8"):
        first(RECORDS, "team", str(tmp_path))
    (tmp_path / "bet.team.md").write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(UsageError, match="too long"):
        first(RECORDS, "team", str(tmp_path))
    (tmp_path / "bet.team.md").unlink()
    (tmp_path / "bet.team.md").mkdir()
    with pytest.raises(UsageError, match="it is a folder"):
        first(RECORDS, "team", str(tmp_path))


def test_a_template_says_where_it_is_from(tmp_path: Path) -> None:
    found = template("bet", "team", own=own(tmp_path, bet_team="x"))
    assert found is not None and found == ("x", str(tmp_path / "bet.team.md"))
    assert tellings_folder({"XDG_CONFIG_HOME": "/somewhere", "HOME": "/h"}) == "/somewhere/manyview/tellings"
