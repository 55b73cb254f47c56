"""The token of the prompt: it says what the agenda says, or leaves the answer to the workspace; and it is light."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.damaged import read
from store.days import today_in
from store.derived import DUE_FIELDS as DUE_OF_KIND
from store.derived import corner_on, due_on
from store.disk.bare_json import loads
from store.disk.journal import SUFFIX, capture
from store.disk.tiny import JournalledTinyDB, TinyBackend
from store.model import BY_TABLE, Bet, Checkin, Decision, Update
from store.records import Records
from store.review.agenda import agenda
from store.review.state import NEVER, Answer, load, save, snoozed
from store.step import create, edit, provisional
from store.waiting import DUE_FIELDS, SILENT, Unsure, count, due_day, keep, stamps
from store.waiting_table import AHEAD, table
from store.workspace import Workspace
from store.zone import this_day
from tests.store.test_review import STATES, states
from tests.tui.sample import TODAY, ago, sample_state


class Prompt:
    """A workspace on disk, its table, and what the prompt makes of it."""

    def __init__(self, folder: Path) -> None:
        self.path, self.table, self.review = (str(folder / name) for name in ("w.json", "table.json", "review.json"))
        morning = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
        self.workspace = Workspace(TinyBackend(self.path), me="anna", clock=lambda: morning)

    def made(self, today: date = TODAY) -> None:
        keep(self.table, table(self.workspace.records, today, stamps(self.path)))

    def told(self, today: date = TODAY) -> int | None:
        return count(self.path, self.table, self.review, today.isoformat())

    def right(self, today: date = TODAY) -> int:
        items = agenda(self.workspace.records, (), today, "anna", load(self.review)._replace(answered={}))
        return sum(item.is_due for item in items)

    def add(self, **fields: Any) -> str:
        done = self.workspace.commit(create([Decision(id=provisional(Decision, 1), title="x", **fields)], "added"))
        assert done is not None
        return f"D{done.operations[0].key}"

    def change(self, record_id: str, **fields: Any) -> None:
        self.workspace.commit(edit(self.workspace.records.find(record_id), "changed", **fields))


@pytest.fixture
def prompt(tmp_path: Path) -> Prompt:
    return Prompt(tmp_path)


def test_the_prompt_says_what_the_agenda_says_on_each_of_the_coming_days(prompt: Prompt) -> None:
    prompt.add(review_on=date.fromisoformat(ago(3)))
    prompt.add(review_on=date.fromisoformat(ago(-5)))
    prompt.made()
    for ahead in range(AHEAD + 1):
        day = TODAY + timedelta(days=ahead)
        assert prompt.told(day) == prompt.right(day)
    assert prompt.told(TODAY) == 1 and prompt.told(TODAY + timedelta(days=5)) == 3  # and the check-in of Monday
    assert prompt.told(TODAY + timedelta(days=AHEAD + 1)) is None
    assert prompt.told(TODAY - timedelta(days=1)) is None


def test_what_is_saved_afterwards_is_read_from_the_journal(prompt: Prompt) -> None:
    first, gone = prompt.add(review_on=TODAY), prompt.add(review_on=TODAY)
    prompt.made()
    acts: list[Callable[[], object]] = [
        lambda: prompt.add(review_on=TODAY - timedelta(days=2)),
        lambda: capture(prompt.path, "decisions", {"title": "y", "state": "open", "review_on": TODAY.isoformat()}, "ben"),
        lambda: prompt.change(first, review_on=TODAY + timedelta(days=1)),
        lambda: prompt.change(gone, archived=True),
        lambda: prompt.workspace.undo(),
        lambda: prompt.workspace.commit(create([Update(id=provisional(Update, 1), text="u")], "wrote")),
        lambda: prompt.workspace.backend.fold(),
        lambda: prompt.change(first, review_on=TODAY),
    ]
    for act in acts:
        act()
        prompt.workspace.refresh()
        assert prompt.told() == prompt.right()
    assert prompt.told() == 4


def test_what_the_table_cannot_know_is_left_to_the_workspace(prompt: Prompt) -> None:
    prompt.add(review_on=TODAY)
    assert prompt.told() is None
    prompt.made()
    assert prompt.told() == 1
    prompt.workspace.commit(create([Checkin(id=provisional(Checkin, 1), level="weekly", due=TODAY, state="done")], "held"))
    assert prompt.told() is None
    prompt.made()
    settings_now = prompt.workspace.records.settings
    prompt.workspace.set_settings(settings_now.model_copy(update={"levels": ()}), "no levels")
    assert prompt.told() is None
    prompt.made()
    assert prompt.told() == prompt.right() == 1


def test_the_day_is_that_of_the_zone_of_the_workspace(prompt: Prompt) -> None:
    far = [today_in(zone) for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")]
    for zone, day in zip(("Pacific/Kiritimati", "Pacific/Pago_Pago"), far, strict=True):
        if (told := this_day(zone)) is None:
            pytest.skip("this system has no files of time zones")
        assert told == day.isoformat()
    for odd in ("Nowhere/At_All", "../../etc/passwd", ":/etc/localtime", "/etc/localtime", "é"):
        assert this_day(odd) is None
    assert this_day() == date.today().isoformat(), "and the clock of this process goes as it went"
    settings_now = prompt.workspace.records.settings
    prompt.workspace.set_settings(settings_now.model_copy(update={"levels": (), "zone": "Pacific/Kiritimati"}), "a zone")
    prompt.add(review_on=far[0])
    prompt.made(far[0])
    assert count(prompt.path, prompt.table, prompt.review) == 1


def test_a_bet_that_settles_may_call_for_a_look(prompt: Prompt) -> None:
    done = prompt.workspace.commit(create([Bet(id=provisional(Bet, 1), title="b", state="released")], "added"))
    assert done is not None
    prompt.made()
    assert prompt.told() == 0
    prompt.change("B1", state="settled", result="won", settled_on=TODAY - timedelta(days=30))
    assert prompt.told() is None
    prompt.made()
    assert prompt.told() == prompt.right() == 1
    prompt.change("B1", lesson="Ask earlier")
    assert prompt.told() is None


def test_what_another_program_writes_into_the_file_is_left_to_the_workspace(prompt: Prompt) -> None:
    prompt.add(review_on=TODAY)
    prompt.workspace.close()
    prompt.made()
    assert prompt.told() == 1
    content = Path(prompt.path).read_bytes()
    Path(prompt.path).write_bytes(content.replace(TODAY.isoformat().encode(), b"2031-01-01"))
    assert prompt.told() is None
    with JournalledTinyDB(prompt.path) as db:
        db.table("bets").insert_multiple([{"title": "z", "settle_by": TODAY.isoformat()}] * 2)
    assert prompt.told() == 2


@pytest.mark.parametrize("tail", [b"", b"torn", b"00000000 {}\n", b"\xff\xfe\n"])
def test_a_damaged_tail_or_a_cut_or_missing_journal_is_left_to_the_workspace(prompt: Prompt, tail: bytes) -> None:
    prompt.add(review_on=TODAY)
    prompt.made()
    journal = Path(prompt.path + SUFFIX)
    content = journal.read_bytes()
    journal.write_bytes(content + tail if tail else content[:-1])
    assert prompt.told() is None
    journal.unlink()
    assert prompt.told() is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 0}', '{"version": 1}', "null"])
def test_a_table_that_cannot_be_read_is_left_to_the_workspace(prompt: Prompt, content: str) -> None:
    prompt.add(review_on=TODAY)
    Path(prompt.table).write_text(content)
    assert prompt.told() is None


def test_what_was_put_off_does_not_count_until_its_day(prompt: Prompt) -> None:
    first = prompt.add(review_on=TODAY)
    prompt.add(review_on=TODAY)
    prompt.made()  # from tomorrow on, a first weekly check-in is to be held, too
    save(prompt.review, snoozed(NEVER, first, TODAY + timedelta(days=2), Answer("put off", 9)))
    assert [prompt.told(TODAY + timedelta(days=ahead)) for ahead in range(3)] == [1, 2, 3]
    assert prompt.told() == prompt.right()
    Path(prompt.review).write_text("{")
    assert prompt.told() is None


def test_the_sample_with_its_levels(tmp_path: Path) -> None:
    records = Records(sample_state(), 1000)
    made = table(records, TODAY, {"file": None, "journal": None})
    keep(str(tmp_path / "table"), made)
    for ahead in range(AHEAD + 1):
        day = TODAY + timedelta(days=ahead)
        due = sum(item.is_due for item in agenda(records, (), day, "anna"))
        assert count(str(tmp_path / "none"), str(tmp_path / "table"), str(tmp_path / "no review"), day.isoformat()) == due


@given(states(), st.integers(0, AHEAD))
@settings(max_examples=100, deadline=None)
def test_the_table_holds_what_the_agenda_will_say(tmp_path_factory: pytest.TempPathFactory, state: Any, ahead: int) -> None:
    folder, records = tmp_path_factory.mktemp("w"), Records(state, 1000)
    keep(str(folder / "table"), table(records, TODAY, {"file": None, "journal": None}))
    day = TODAY + timedelta(days=ahead)
    due = sum(item.is_due for item in agenda(records, (), day, "anna"))
    assert count(str(folder / "none"), str(folder / "table"), str(folder / "none"), day.isoformat()) == due


# ------------------------------------------------------------------------------------------------- held to the model


def test_the_light_table_of_fields_is_the_models() -> None:
    heavy = {kind.table: (kind.letter, field) for kind, field in DUE_OF_KIND.items() if kind is not Checkin}
    assert {name: row[:2] for name, row in DUE_FIELDS.items()} == heavy
    assert {*DUE_FIELDS, *SILENT, "checkins"} == set(BY_TABLE)
    for name, (_, _, states_, others) in DUE_FIELDS.items():
        assert (*states_, *others) == BY_TABLE[name].states or set(states_) | set(others) == set(BY_TABLE[name].states)
        assert states_[:1] == BY_TABLE[name].states[:1]


VALUES: list[Any] = [
    None, True, False, "", "2026-11-22", "2026-02-30", "2024-02-29", "2026-11-22T00:00:00", "20261122", "2026-W47-7", 0, 1.5,
    "0000-01-01", "9999-12-31", "２026-11-22", "2026-1-2", "2026-11-31", [], {},
]  # fmt: skip


@pytest.mark.parametrize("name", sorted(DUE_FIELDS))
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_a_document_is_due_on_the_day_the_model_says_or_it_is_unsure(name: str, data: st.DataObject) -> None:
    _, field, _, _ = DUE_FIELDS[name]
    document: dict[str, Any] = {BY_TABLE[name].headline: "x"}
    for path, values in (
        (field, VALUES),
        ("archived", [True, False, None, 0, "yes"]),
        ("state", [*STATES.get(name, ()), "odd", 3]),
    ):
        if (path != "state" or name in STATES) and data.draw(st.booleans()):
            document[path] = data.draw(st.sampled_from(values))
    if name == "bets" and data.draw(st.booleans()):
        corners = st.sampled_from([{"text": "no tests", "revisit_on": value} for value in VALUES] + [{"text": "no docs"}])
        document["cut_corners"] = data.draw(st.lists(corners, max_size=3))
    record = read(name, "1", document)
    asked = [due_on(record), corner_on(record)]
    day = None if record.archived else min((one for one in asked if one is not None), default=None)
    try:
        told = due_day(name, document)
    except Unsure:
        return
    assert told == (day.isoformat() if day else None)


@pytest.mark.parametrize("name", sorted(DUE_FIELDS))
def test_what_the_store_writes_is_never_unsure(name: str) -> None:
    _, field, states_, others = DUE_FIELDS[name]
    for state in (*states_, *others) or (None,):
        for archived in (True, False):
            document = {field: "2026-12-31", "archived": archived, **({"state": state} if state else {})}
            assert due_day(name, document) == ("2026-12-31" if not archived and state not in others else None)


def test_the_prompt_loads_next_to_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; before = set(sys.modules); from tui.cli import main; main(['today', '--short', '--json']);"
        "print(*sorted(set(sys.modules) - before))"
    )
    root = str(Path(__file__).parents[2])
    environ = {"PYTHONPATH": root, "MANYVIEW_AS": "anna", "HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    run = partial(subprocess.run, [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ)
    first, second = (run().stdout.split() for _ in range(2))
    assert "store.waiting_table" in first and "store.waiting" in second
    heavy = {
        "typing",
        "json",
        "datetime",
        "re",
        "orjson",
        "pydantic",
        "textual",
        "rich",
        "store.model",
        "tui.shell.dispatch",
    }
    assert heavy.isdisjoint(second)
    assert len(second) < 40


def test_the_table_is_json_that_the_light_reader_reads(prompt: Prompt) -> None:
    prompt.add(review_on=TODAY)
    prompt.made()
    found = loads(Path(prompt.table).read_bytes())
    assert (found["due"], found["n"]) == ({"D1": "2026-11-22"}, 1)
