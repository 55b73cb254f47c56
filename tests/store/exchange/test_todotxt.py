"""todo.txt: what a line becomes, what is said of lines that are odd, and that what is written comes back to its record."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.exchange.imported import Imported, Source
from store.exchange.plan import plan
from store.exchange.todotxt import read_todotxt, write_todotxt
from store.model import Bet, Decision, Mission, Record, Update
from store.parts import Link
from store.workspace import Workspace

BORN = "2026-11-22T08:30:00.123Z"


def read(text: str, *words: str) -> Imported:
    return read_todotxt([Source("todo.txt", text.encode())], words)


def records(text: str, *words: str) -> list[Record]:
    return [draft.record for draft in read(text, *words).drafts]


def said(imported: Imported) -> list[str]:
    return [str(problem) for problem in imported.problems]


def test_a_line_becomes_a_bet() -> None:
    (bet,) = records(
        "(A) 2026-11-01 Try lists see https://a.b/c at 10:30 +search +ux @anna @ben due:2026-12-01 t:2026-11-20\n"
    )
    assert bet.document() == {
        "title": "Try lists see https://a.b/c at 10:30 t:2026-11-20", "state": "option", "settle_by": "2026-12-01",
        "tags": ["search", "ux"], "people": ["anna", "ben"], "body": "* priority: A\n* created: 2026-11-01",
        "source": bet.source,
    }  # fmt: skip


def test_a_mark_within_a_sentence_stays_a_word_of_it() -> None:
    titles = {
        "Ask @anna about +sso today +crm": "Ask anna about sso today",
        "+sso Ask @anna": "Ask",
        "@anna +sso Ask her": "Ask her",
    }
    assert {line: records(line)[0].label for line in titles} == titles


def test_what_is_done_has_settled_and_nobody_knows_how() -> None:
    first, second = records("x 2026-11-20 2026-11-01 Ship it\nx Ship more\n")
    assert isinstance(first, Bet) and isinstance(second, Bet)
    assert (first.title, first.state, first.result, first.settled_on) == (
        "Ship it",
        "settled",
        "unclear",
        date(2026, 11, 20),
    )
    assert (second.title, second.state, second.settled_on, second.body) == ("Ship more", "settled", None, "")


@pytest.mark.parametrize("line", ["xylophone", "(a) lower", "(A)tight", "+1 for it", "mail a@b.c", "2+2 = 4", "due: never"])
def test_what_only_looks_like_a_mark_is_text(line: str) -> None:
    (bet,) = records(line)
    assert (bet.label, bet.tags, bet.standing) == (line, (), "option")


def test_a_decision_has_a_driver_and_a_note_keeps_its_names() -> None:
    (decision,) = records("x 2026-11-20 Keep SSO out @anna @ben due:2027-01-01", "as=decision")
    assert isinstance(decision, Decision)
    assert (decision.driver, decision.contributors, decision.state) == ("anna", ("ben",), "decided")
    assert (decision.decided_on, decision.review_on) == (date(2026, 11, 20), date(2027, 1, 1))
    (note,) = records("x 2026-11-20 Called +sales @anna due:2027-01-01", "as=note")
    assert isinstance(note, Update)
    assert (note.text, note.tags, note.body) == ("Called @anna", ("sales",), "* due: 2027-01-01\n* done: 2026-11-20")


def test_projects_are_missions_when_asked_for(workspace: Workspace) -> None:
    step = plan([], read("One +Grow\nTwo +Grow +Keep\n", "projects=missions")).step()
    assert step is not None
    workspace.commit(step)
    missions = {mission.title: mission.id for mission in workspace.records.all(Mission)}
    assert [(bet.title, bet.linked("nests_in"), bet.tags) for bet in workspace.records.all(Bet)] == [
        ("One", (missions["Grow"],), ()),
        ("Two", (missions["Grow"], missions["Keep"]), ()),
    ]


def test_odd_lines_are_named_and_the_rest_comes_in() -> None:
    imported = read("One due:2026-13-01\n\n(A) +only @marks\nTwo\nTwo\n" + "w" * 400)
    assert [draft.record.label[:5] for draft in imported.drafts] == ["One", "Two", "Two", "wwwww"]
    assert imported.drafts[0].record.body == "* due: 2026-13-01"
    assert imported.drafts[3].record.body == "* text: " + "w" * 400
    assert len({draft.source for draft in imported.drafts}) == 4
    assert said(imported) == [
        "todo.txt:1: due “2026-13-01” is no day as 2026-11-30: it is in the body.",
        "todo.txt:3: has no words of its own. It was left out.",
    ]


@pytest.mark.parametrize("word", ["as=signal", "projects=none", "as=", "nonsense", "key=a"])
def test_options_that_mean_nothing_are_refused(word: str) -> None:
    with pytest.raises(UsageError):
        read("One", word)


def test_a_line_is_known_whatever_its_mark_priority_and_days(workspace: Workspace) -> None:
    step = plan([], read("(A) 2026-11-01 One +a\nTwo\n")).step()
    assert step is not None
    workspace.commit(step)
    ticked = plan(workspace.records, read("Two\nx 2026-11-20 2026-11-01 One +a pri:A\n"), update=True)
    assert [(entry.fate, entry.record.label) for entry in ticked.entries] == [("there", "Two"), ("changed", "One")]
    assert plan(workspace.records, read("Three\n")).count("new") == 1


def test_what_is_written() -> None:
    bet = Bet(
        id="B12", title="x (A) due:soon +1\nend", state="placed", tags=("a b",), people=("anna",), created=BORN,
        settle_by=date(2026, 12, 1),
    )  # fmt: skip
    settled = Bet(id="B13", title="(A) It", state="settled", result="won", settled_on=date(2026, 11, 25), created=BORN)
    decision = Decision(id="D14", title="Keep\x1b[31m", state="open", driver="anna", contributors=("ben",))
    assert write_todotxt([bet, settled, decision, Mission(id="M15", title="Grow")]).splitlines() == [
        "2026-11-22 \\x (A) due\\:soon \\+1\\u000aend +a\\u0020b @anna due:2026-12-01 id:B12 at:083000.123 state:placed",
        "x 2026-11-25 2026-11-22 \\(A) It id:B13 at:083000.123 state:settled result:won",
        "Keep\\u001b[31m @anna @ben id:D14 state:open driver:anna",
    ]


def test_ticking_off_a_written_line_settles_the_bet_and_leaves_the_rest(workspace: Workspace) -> None:
    step = plan([], read("(B) One\nTwo\n")).step()
    assert step is not None
    workspace.commit(step)
    one, two = write_todotxt(list(workspace.records)).splitlines()
    changed = plan(workspace.records, read(f"x 2026-12-01 {one}\n(A) {two}\n"), update=True)
    (done, left) = changed.entries
    assert (done.fate, done.fields, left.fate) == ("changed", ("result", "settled_on", "state"), "there")
    assert [str(problem) for problem in changed.problems] == [
        f"todo.txt:2: {left.record.id} has no place for priority A: left out."
    ]
    stopped = Bet(id="B9", title="Nine", state="stopped", why_stopped="no", created=BORN)
    (again,) = records(write_todotxt([stopped]).removeprefix("x 2026-11-22 "))
    assert again.standing == "stopped"


TEXT = st.text(max_size=30) | st.sampled_from(
    ["x", "x y", "(A) b", "2026-11-01 c", " a  b ", "id:B1 c", "\\u0041", "a\tb", "due:x"]
)
NAMES = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)
DAYS = st.none() | st.dates(date(1970, 1, 1), date(2100, 1, 1))
BETS = st.builds(
    Bet, id=st.just("B12"), title=TEXT.filter(str.strip), tags=NAMES, people=NAMES, settle_by=DAYS,
    state=st.sampled_from(Bet.states), created=st.sampled_from(["", BORN]), body=TEXT,
)  # fmt: skip
DECISIONS = st.builds(
    Decision, id=st.just("D12"), title=TEXT.filter(str.strip), tags=NAMES, contributors=NAMES, review_on=DAYS,
    state=st.sampled_from(Decision.states), created=st.sampled_from(["", BORN]), driver=st.sampled_from(["", "an na"]),
)  # fmt: skip


@given(BETS | DECISIONS)
def test_what_is_written_comes_back(record: Record) -> None:
    text = write_todotxt([record])
    assert text.count("\n") == 1 and text[:-1].isprintable()
    (draft,) = read(text).drafts
    was, now = record.document(), draft.record.document()
    names = ("title", "tags", "people", "driver", "contributors", "settle_by", "review_on", "state", "created")
    assert {name: now.get(name) for name in names} == {name: was.get(name) for name in names}
    if record.created:
        assert plan([record], read(text), update=True).step() is None


WORDS = [
    "x", "(A)", "2026-11-01", "2026-13-01", "+a", "@b", "+", "id:B1", "id:q", "id:B0", "id:D2", "at:083000.123", "at:9",
    "state:placed", "state:?", "result:won", "result:?", "driver:c", "due:2026-11-30", "due:x", "pri:A", "\\", "\\u0041",
    "w\\u12", "word", "\n",
]  # fmt: skip


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_line_is_kept_or_named(text: str) -> None:
    try:
        imported = read(text)
    except UsageError:  # it is no text
        return
    lines = [line for line in text.split("\n") if line.replace("\t", " ").replace("\r", " ").strip(" ")]
    assert plan([], imported).count("new") == len(imported.drafts)
    left = [problem for problem in imported.problems if problem.message.endswith("It was left out.")]
    assert len(imported.drafts) + len(left) == len(lines)


def test_a_link_is_no_part_of_a_line() -> None:
    bet = Bet(id="B1", title="One", links=(Link(kind="depends_on", to="B2"),), created=BORN)
    assert plan([bet], read(write_todotxt([bet])), update=True).step() is None
