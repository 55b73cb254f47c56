"""JSON Lines: what is written is read back the same, references follow, and what is broken is named."""

from __future__ import annotations

import json

import pytest
from contract_exchange import RECORDS
from hypothesis import given
from hypothesis import strategies as st

from store.exchange.imported import Imported, Source
from store.exchange.jsonl import read_jsonl, write_jsonl
from store.exchange.plan import plan
from store.model import Bet, Record, Update
from store.step import create, provisional
from store.workspace import Workspace


def read(text: str) -> Imported:
    return read_jsonl([Source("a.jsonl", text.encode())], [])


def said(imported: Imported) -> list[str]:
    return [str(problem) for problem in imported.problems]


def without_bookkeeping(record: Record) -> dict[str, object]:
    ignored = ("source", "created", "created_by")
    return {name: value for name, value in record.document().items() if name not in ignored}


def test_a_workspace_moves_to_another_with_its_links(workspace: Workspace) -> None:
    text = write_jsonl(RECORDS)
    workspace.commit(plan([], read(text)).step())  # type: ignore[arg-type]
    found = sorted(workspace.records, key=lambda record: record.number)
    assert [record.id for record in found] == ["M1", "B2", "D3", "A4", "S5", "C6", "U7"]
    assert list(map(without_bookkeeping, found)) == list(map(without_bookkeeping, RECORDS))
    assert plan(workspace.records, read(text)).step() is None


def test_references_follow_to_the_new_numbers(workspace: Workspace) -> None:
    workspace.commit(create([Bet(id=provisional(Bet, 1), title="Here before")], "first"))
    workspace.commit(plan(workspace.records, read(write_jsonl(RECORDS))).step())  # type: ignore[arg-type]
    (update,) = workspace.records.all(Update)
    bet = workspace.records.get(update.about or "")
    assert bet is not None
    assert (bet.label, bet.id, bet.linked("nests_in")) == ("Try *it*", "B3", ("M2",))


def test_a_backup_read_into_its_own_workspace_changes_nothing(workspace: Workspace) -> None:
    workspace.commit(create([Bet(id=provisional(Bet, 1), title="One"), Bet(id=provisional(Bet, 2), title="Two")], "add"))
    backup = write_jsonl(list(workspace.records))
    assert plan(workspace.records, read(backup)).step() is None


def test_two_files_with_the_same_ids_do_not_mix() -> None:
    lines = '{"id":"M1","title":"%s"}\n{"id":"B2","title":"Bet","links":[{"kind":"nests_in","to":"M1"}]}\n'
    sources = [Source(f"{name}.jsonl", (lines % name).encode()) for name in ("a", "b")]
    entries = plan([], read_jsonl(sources, [])).entries
    assert [entry.record.linked("nests_in") for entry in entries] == [(), ("M+1",), (), ("M+3",)]
    assert len({entry.record.source for entry in entries}) == 4


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_survives(title: str, body: str) -> None:
    written = write_jsonl([Bet(id="B1", title=title, body=body)])
    assert written.count("\n") == 1 == len(written.splitlines())
    (draft,) = read(written).drafts
    assert (draft.record.label, draft.record.body) == (Bet(title=title).label, body)


def test_what_cannot_be_read_is_named_and_the_rest_comes_in() -> None:
    lines = [
        '{"id":"B1","title":"One"', "[1]", '{"title":"No id"}', '{"id":"Z9","title":"No kind"}', '{"id":"B2"}', "",
        '{"id":"B3","title":"Three","settle_by":"2026-13-01","extra":{"a":1}}', '{"id":"B3","title":"Again"}',
        '{"id":"B4","title":"Four","links":[{"kind":"drives","to":"B99"}]}', "[" * 100_000,
        '{"id":"B5","title":"Five","body":"half \\ud800"}', '{"id":"B6","title":"Six"}',
    ]  # fmt: skip
    imported = read("\n".join(lines))
    assert [draft.record.label for draft in imported.drafts] == ["Three", "Again", "Four", "Five", "Six"]
    three, _, four, five, six = (draft.record for draft in imported.drafts)
    assert three.body == '## settle_by\n\n```json\n"2026-13-01"\n```'
    assert three.document()["extra"] == {"a": 1}
    assert (four.links, json.loads(four.body.split("```")[1].removeprefix("json"))) == (
        (),
        [{"kind": "drives", "to": "B99"}],
    )
    assert five.body == '## body\n\n```json\n"half \\ud800"\n```'
    assert six.body == ""
    assert [text.partition(": ")[0] for text in said(imported)] == [
        "a.jsonl:1", "a.jsonl:2", "a.jsonl:3", "a.jsonl:4", "a.jsonl:10", "a.jsonl:5", "a.jsonl:7", "a.jsonl:9",
        "a.jsonl:11", "a.jsonl:7",
    ]  # fmt: skip
    assert all(text.isprintable() for text in said(imported))


@pytest.mark.parametrize("character", ["\x9b", "\u202e", "\u2028", "\x7f"])
def test_what_a_terminal_obeys_is_written_as_an_escape(character: str) -> None:
    written = write_jsonl([Bet(id="B1", title=character)])
    assert character not in written
    assert json.loads(written)["title"] == character


def test_a_range_the_wrong_way_round_is_told_and_comes_in_as_it_is() -> None:
    imported = read('{"id":"B1","title":"One","forecast":{"low":40,"high":30}}')
    (draft,) = imported.drafts
    assert isinstance(draft.record, Bet) and draft.record.forecast is not None and draft.record.forecast.low == 40
    assert said(imported) == ["a.jsonl:1: B1: forecast: the low end 40 is above the high end 30; it came in as it is."]
