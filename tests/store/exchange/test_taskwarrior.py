"""Taskwarrior: what a task becomes, that nothing of it is lost, and that what is written comes back to its record."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.aside import apart_from, beside
from store.exchange.imported import Imported, Source
from store.exchange.plan import plan
from store.exchange.taskwarrior import read_taskwarrior
from store.exchange.taskwarrior_writing import uuid_of, write_taskwarrior
from store.model import Bet, Decision, Record
from store.parts import Link
from store.workspace import Workspace

BORN = "2026-11-22T08:30:00.123Z"
ONE, TWO, GONE = (f"6ba7b81{n}-9dad-11d1-80b4-00c04fd430c8" for n in range(3))


@pytest.fixture(params=["UTC", "Europe/Berlin", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def read(text: str, *words: str) -> Imported:
    return read_taskwarrior([Source("tasks.json", text.encode())], words)


def task(**attributes: Any) -> str:
    return json.dumps({"uuid": ONE, "description": "One", "status": "pending", **attributes})


def record(*words: str, **attributes: Any) -> Record:
    (draft,) = read(task(**attributes), *words).drafts
    return draft.record


def said(imported: Imported) -> list[str]:
    return [str(problem) for problem in imported.problems]


def test_a_task_becomes_a_bet_and_the_rest_of_it_stands_in_the_body() -> None:
    found = record(
        entry="20261101T101500Z", modified="20261102T101500Z", id=4, urgency=3.2, priority="H", estimate="3", size=5,
        project="Home.Garden", tags=["next"], annotations=[{"entry": "20261103T080000Z", "description": "called\nthem"}],
    )  # fmt: skip
    assert found.document() == {
        "title": "One", "state": "option", "tags": ["next", "Home.Garden"], "created": "2026-11-01T10:15:00.000Z",
        "source": f"taskwarrior:{ONE}",
        "body": (
            '## Taskwarrior\n\n* annotation 20261103T080000Z: "called\\nthem"\n* estimate: "3"\n* priority: H\n'
            "* project: Home.Garden\n* size: 5"
        ),
    }  # fmt: skip


def test_whole_numbers_are_the_same_with_decimals() -> None:
    assert record(imask=0.0).body == record(imask=0).body == "## Taskwarrior\n\n* imask: 0"
    assert record(size=0.5).body == "## Taskwarrior\n\n* size: 0.5"


def test_every_status_has_a_state() -> None:
    states = {
        "pending": ("option", None, ""),
        "completed": ("settled", "unclear", ""),
        "deleted": ("stopped", None, "deleted in Taskwarrior"),
        "waiting": ("parked", None, "waiting until 2027-01-05 in Taskwarrior"),
        "recurring": ("parked", None, "a template in Taskwarrior, weekly"),
    }
    for status, expected in states.items():
        bet = record(status=status, wait="2027-01-05T12:00:00Z", recur="weekly")
        assert isinstance(bet, Bet)
        assert (bet.state, bet.result, bet.why_stopped) == expected
        (written,) = json.loads(write_taskwarrior([bet.evolve(id="B1")]))
        assert (written["status"], written["wait"], written["recur"]) == (status, "2027-01-05T12:00:00Z", "weekly")
    assert record("as=decision", status="completed").standing == "decided"
    assert record("as=note", status="deleted").archived


def test_a_due_day_is_the_day_here(zone: str) -> None:
    local = {"UTC": "20261201T000000Z", "Europe/Berlin": "20261130T230000Z", "America/New_York": "20261201T050000Z"}[zone]
    bet = record(due=local)
    assert isinstance(bet, Bet)
    assert (bet.settle_by, bet.body) == (date(2026, 12, 1), "")
    (written,) = json.loads(write_taskwarrior([bet.evolve(id="B1")]))
    assert (written["due"], written["uuid"]) == (local, ONE)


@pytest.mark.parametrize("shape", ["[%s,\n%s]", "[\n%s,\n%s\n]\n", "%s\n%s\n", "%s,\n%s,\n"])
def test_a_list_and_an_object_a_line_are_the_same(shape: str) -> None:
    imported = read(shape % (task(), task(uuid=TWO, description="Two")))
    assert [draft.record.label for draft in imported.drafts] == ["One", "Two"]
    assert imported.problems == ()


def test_what_is_broken_is_named_and_the_rest_comes_in() -> None:
    lines = [
        task(due="soon", tags="a,b"), "{broken", task(uuid=TWO, description=" "), "42",
        task(uuid="?", description="No uuid"),
        task(uuid=GONE, description="half \\ud800").replace("\\\\", "\\"), task(status="lost", depends=7, tags={"a": 1}),
    ]  # fmt: skip
    imported = read("[\n" + ",\n".join(lines) + "\n]")
    assert [draft.record.label for draft in imported.drafts] == ["One", "No uuid", "half ?", "One"]
    assert said(imported) == [
        "tasks.json:2: due “soon” is no moment as 20261130T090000Z: it is in the body.",
        "tasks.json:3: is not JSON (Expecting property name enclosed in double quotes). It was left out.",
        "tasks.json:4: has no description. It was left out.",
        "tasks.json:5: is no object. It was left out.",
        "tasks.json:6: has no uuid: it is known by its words, and comes in again once they change.",
        "tasks.json:8: depends “7” names no task: it is in the body.",
        "tasks.json:8: status “lost” means nothing here: it is in the body.",
        "tasks.json:8: tags “{'a': 1}” are no list of words: they are in the body.",
    ]
    assert imported.drafts[3].record.body == '## Taskwarrior\n\n* depends: 7\n* status: lost\n* tags: {"a": 1}'


def test_dependencies_become_links_and_go_back(workspace: Workspace) -> None:
    text = f"{task(depends=[TWO, GONE])}\n{task(uuid=TWO, description='Two')}"
    imported = read(text)
    assert said(imported) == [f"tasks.json:1: depends on {GONE}, which is not in this file."]
    step = plan([], imported).step()
    assert step is not None
    workspace.commit(step)
    assert plan(workspace.records, read(text), update=True).step() is None
    one, two = sorted(workspace.records, key=lambda bet: bet.label)
    assert one.linked("depends_on") == (two.id,)
    written = json.loads(write_taskwarrior([one, two]))
    assert [(found["uuid"], found.get("depends")) for found in written] == [(ONE, [TWO, GONE]), (TWO, None)]
    assert plan(workspace.records, read(write_taskwarrior([one, two])), update=True).step() is None


def test_tags_and_the_project_go_back_as_they_were() -> None:
    bet = record(project="Home", tags=["b", "a"]).evolve(id="B12", created=BORN)
    (written,) = json.loads(write_taskwarrior([bet]))
    assert (bet.tags, written["tags"], written["project"]) == (("b", "a", "Home"), ["b", "a"], "Home")
    sorted_there = json.dumps({**written, "tags": ["a", "b"]})
    assert plan([bet], read(sorted_there), update=True).step() is None
    (entry,) = plan([bet], read(json.dumps({**written, "tags": ["c"]})), update=True).entries
    assert (entry.fields, entry.record.tags) == (("tags",), ("c", "Home"))


def test_projects_are_missions_when_asked_for() -> None:
    imported = read(f"{task(project='Grow')}\n{task(uuid=TWO, description='Two', project='Grow')}", "projects=missions")
    assert [(draft.record.noun, draft.record.label, draft.record.tags) for draft in imported.drafts] == [
        ("mission", "Grow", ()), ("bet", "One", ()), ("bet", "Two", ()),
    ]  # fmt: skip
    assert [(arrow.kind, arrow.primary) for arrow in imported.arrows] == [("nests_in", True)] * 2


def test_what_was_changed_in_taskwarrior_comes_back() -> None:
    bet = Bet(id="B12", title="One", state="placed", tags=("two words",), created=BORN)
    (written,) = json.loads(write_taskwarrior([bet]))
    changed = {**written, "status": "completed", "end": "20261201T101500Z", "description": "Uno", "tags": ["new"]}
    (entry,) = plan([bet], read(json.dumps(changed)), update=True).entries
    assert isinstance(entry.record, Bet)
    assert (entry.fate, entry.fields) == ("changed", ("body", "result", "settled_on", "state", "tags", "title"))
    assert (entry.record.title, entry.record.state, entry.record.tags) == ("Uno", "settled", ("new",))


@pytest.mark.parametrize("said", ["{", "[]", '{"id":"Q1"}', '{"id":"B1","result":"huge"}', '{"id":"B1","links":[]}', 7])
def test_what_others_put_into_our_attribute_is_not_believed(said: Any) -> None:
    assert record(manyview=said).document() == record().document()


def test_the_uuid_stays_and_differs_between_records() -> None:
    bets = [Bet(id=f"B{n}", title="One", created=BORN, created_by=who) for n in (1, 2) for who in ("anna", "ben")]
    assert len({uuid_of(bet) for bet in bets}) == 4
    assert uuid_of(bets[0]) == uuid_of(bets[0].evolve(title="Two", body="more"))


TEXT = st.text(max_size=30) | st.sampled_from(["a\nb", "## Taskwarrior\n\n", "x\n\n## Taskwarrior\n\n* a: b", "* a: b"])
NAMES = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)
DAYS = st.none() | st.dates(date(1980, 1, 1), date(2100, 1, 1))
BETS = st.builds(
    Bet, id=st.just("B12"), title=TEXT.filter(str.strip), tags=NAMES, people=NAMES, settle_by=DAYS, body=TEXT,
    state=st.sampled_from(Bet.states), result=st.sampled_from([None, "won"]), settled_on=DAYS, created=st.just(BORN),
)  # fmt: skip
DECISIONS = st.builds(
    Decision, id=st.just("D12"), title=TEXT.filter(str.strip), tags=NAMES, contributors=NAMES, review_on=DAYS, body=TEXT,
    state=st.sampled_from(Decision.states), created=st.just(BORN), driver=st.sampled_from(["", "an na"]), decided_on=DAYS,
)  # fmt: skip


@given(BETS | DECISIONS)
def test_what_is_written_comes_back(before: Record) -> None:
    text = write_taskwarrior([before])
    assert not {mark for mark in text if not mark.isprintable()} - {"\n"}
    assert plan([before], read(text), update=True).step() is None
    (draft,) = read(text).drafts
    was, now = before.document(), draft.record.document()
    names = ("title", "tags", "people", "driver", "contributors", "settle_by", "review_on", "state", "created", "body")
    assert {name: now.get(name) for name in names} == {name: was.get(name) for name in names}


VALUES = (
    st.text() | st.integers() | st.booleans() | st.none() | st.lists(st.text()) | st.sampled_from(["3", "null", " a", '"'])
)


@given(TEXT, st.dictionaries(st.text(), VALUES))
def test_what_stands_beside_is_read_back(body: str, rest: dict[str, Any]) -> None:
    own = apart_from(body)[0]
    assert apart_from(beside(own, rest)) == (own, rest)


NAMED = [
    "uuid",
    "description",
    "status",
    "entry",
    "end",
    "due",
    "wait",
    "tags",
    "depends",
    "project",
    "annotations",
    "manyview",
    "x",
]


@given(st.dictionaries(st.sampled_from(NAMED), VALUES), st.sampled_from(["bet", "decision", "note"]))
def test_whatever_an_attribute_holds_the_task_comes_in_and_goes_out(attributes: dict[str, Any], kind: str) -> None:
    (draft,) = read(json.dumps({**attributes, "description": "One"}), f"as={kind}").drafts
    found = draft.record.evolve(id="B1" if kind == "bet" else "D1")
    written = write_taskwarrior([found]) if kind != "note" else ""
    assert len(read(written).drafts) == (kind != "note")


def test_links_to_what_is_not_written_are_left_out() -> None:
    bet = Bet(id="B1", title="One", links=(Link(kind="depends_on", to="B2"),))
    (written,) = json.loads(write_taskwarrior([bet]))
    assert "depends" not in written
