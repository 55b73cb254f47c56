"""What every format keeps to, whichever it is: collected by ``test_formats.py`` for each one that is found."""

from __future__ import annotations

from datetime import date

import pytest

from store.errors import UsageError
from store.exchange.format import Format
from store.exchange.imported import Imported, Source
from store.exchange.plan import plan
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal, Update
from store.parts import Link
from store.workspace import Workspace

RECORDS: tuple[Record, ...] = (
    Mission(id="M1", title="Grow", state="active", people=("anna",)),
    Bet(
        id="B2", title="Try *it*", state="placed", body="All\n\nof it", links=(Link(kind="nests_in", to="M1", primary=True),)
    ),
    Decision(id="D3", title="Keep\x1b[31m", options=("a", "b"), chosen="a", decided_on=date(2026, 1, 2), why="because"),
    Belief(id="A4", text="People pay", kind="assumption", certainty=3.0),
    Signal(id="S5", statement="Paying teams", from_value=1.5),
    Checkin(id="C6", level="Weekly", decisions=("D3",), answers={"What?": "That"}),
    Update(id="U7", text="Going well", about="B2", health="on track", created_by="anna"),
)
SAMPLES = {
    "csv": (Source("a.csv", b"id,name\n1,One\n2,Two\n"), ["key=id", "title=name"]),
    "madr": (Source("0001-a.md", b"# One\n\n## Context\n\nSo it was\n"), []),
    "nygard": (Source("0001-a.md", b"# 1. One\n\n## Status\n\nAccepted\n\n## Context\n\nSo it was\n"), []),
    "todo.txt": (Source("todo.txt", b"(A) 2026-11-01 One +home @anna due:2026-12-01\nx 2026-11-02 Two\n"), []),
    "taskwarrior": (
        Source(
            "tasks.json",
            b'[\n{"uuid":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","description":"One","status":"pending","priority":"H"},\n'
            b'{"uuid":"6ba7b811-9dad-11d1-80b4-00c04fd430c8","description":"Two","status":"completed"}\n]\n',
        ),
        [],
    ),
    "jsonl": (Source("a.jsonl", b'{"id":"B1","title":"One"}\n{"id":"B2","title":"Two"}\n'), []),
}
"""A good file and its options, for each format that reads; a new format adds one line."""


def contract_says_what_it_is(form: Format) -> None:
    assert form.name and form.name == form.name.lower() and " " not in form.name
    assert form.about and not form.about.endswith(".")
    assert form.suffixes and all(suffix.startswith(".") and suffix == suffix.lower() for suffix in form.suffixes)
    assert form.reads or form.writes or form.writes_files or form.writes_plan
    assert form.kinds


def contract_writes_every_record_without_controls(form: Format) -> None:
    if form.writes is None:
        with pytest.raises(UsageError, match=form.name):
            form.write(RECORDS)
        return
    text = form.write(RECORDS)
    assert all(record.id in text for record in RECORDS if isinstance(record, form.kinds))
    assert not {mark for mark in text if not mark.isprintable()} - {"\n"}
    assert form.write(()) == ""


def contract_a_second_import_changes_nothing(form: Format, workspace: Workspace) -> None:
    imported = _read_sample(form)
    first = plan(workspace.records, imported).step()
    assert first is not None
    workspace.commit(first)
    for update in (False, True):
        again = plan(workspace.records, imported, update=update)
        assert again.step() is None
        assert again.count("there") == len(imported.drafts)
    assert len(list(workspace.records)) == len(imported.drafts)


def contract_every_draft_has_a_source_of_its_own(form: Format) -> None:
    drafts = _read_sample(form).drafts
    assert len({draft.source for draft in drafts}) == len(drafts) > 0
    assert all(draft.source.startswith(f"{form.name}:") for draft in drafts)


def contract_options_it_does_not_know_are_refused(form: Format) -> None:
    source, options = _sample(form)
    assert form.reads is not None
    with pytest.raises(UsageError):
        form.reads([source], [*options, "nonsense"], "")


def contract_odd_bytes_are_named_with_their_line(form: Format) -> None:
    source, options = _sample(form)
    assert form.reads is not None
    broken = Source(source.path, source.data.replace(b"One", b"On\xe9 \x1b\xe2\x80\xae!"))
    imported = form.reads([broken], options, "")
    line = broken.data[: broken.data.index(b"\xe9")].count(b"\n") + 1
    said = [str(problem) for problem in imported.problems]
    assert any(text.startswith(f"{source.path}:{line}: bytes that are not UTF-8") for text in said)
    assert any("right-to-left override" in text for text in said)
    assert all(text.isprintable() for text in said)
    assert len(imported.drafts) == len(_read_sample(form).drafts)
    assert any("On\\xe9" in draft.record.label and "\u202e" in draft.record.label for draft in imported.drafts)


def _sample(form: Format) -> tuple[Source, list[str]]:
    if form.reads is None:
        pytest.skip(f"{form.name} is only written")
    return SAMPLES[form.name]


def _read_sample(form: Format) -> Imported:
    source, options = _sample(form)
    assert form.reads is not None
    return form.reads([source], options, "")
