"""Decisions as MADR and Nygard files and back: nothing is lost either way, and no text ever becomes a path or a control."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.exchange import named
from store.exchange.adr_extras import FIELDS
from store.exchange.adr_names import names, slug
from store.exchange.imported import Imported, Source
from store.exchange.plan import plan
from store.model import Belief, Decision, Record
from store.parts import Link
from store.step import create
from store.workspace import Workspace

FORMS = ("madr", "nygard")
EACH_FORM = pytest.mark.parametrize("form", FORMS)


def files_of(form: str, records: list[Any]) -> Mapping[str, str]:
    writes = named(form).writes_files
    assert writes is not None
    return writes(records)


def read_back(form: str, files: Mapping[str, str]) -> Imported:
    reads = named(form).reads
    assert reads is not None
    return reads([Source(name, text.encode()) for name, text in files.items()], [], "")


def fields_of(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in FIELDS}


def held(workspace: Workspace) -> list[Decision]:
    return list(workspace.records.all(Decision))


def workspace_of(imported: Imported) -> Workspace:
    workspace = Workspace(me="anna")
    step = plan([], imported).step()
    assert step is not None
    workspace.commit(step)
    return workspace


FULL = Decision(
    id="D7", title="Keep SSO out of the first version", state="reviewed", why="2 of 40 asked", occasion="Weekly",
    context="Customers of one segment ask.\n\nIt costs a month.", options=("Keep it out", "Build it", "Do nothing"),
    chosen="Keep it out", door="one-way", driver="anna", approver="cleo", contributors=("ben", "dara"), informed=("all",),
    confidence=70, prediction="Nobody leaves\nbecause of it", decided_on=date(2026, 1, 2), review_on=date(2026, 6, 1),
    came_true=False, process="good", outcome="bad", solved="flight", lesson="Ask those who left", tags=("security",),
    body="## Consequences\n\n* Good, because we ship\n\nSomething else.",
)  # fmt: skip

MADR = """\
---
status: accepted
date: 2026-01-02
decision-makers: anna
consulted: ben, dara
informed: all
manyview:
  state: reviewed
  occasion: Weekly
  door: one-way
  approver: cleo
  confidence: 70
  prediction: |-
    Nobody leaves
    because of it
  review_on: 2026-06-01
  came_true: false
  process: good
  outcome: bad
  solved: flight
  lesson: "Ask those who left"
  tags:
  - security
---
# Keep SSO out of the first version

## Context and Problem Statement

Customers of one segment ask.

It costs a month.

## Considered Options

* Keep it out
* Build it
* Do nothing

## Decision Outcome

Chosen option: "Keep it out", because 2 of 40 asked

## Consequences

* Good, because we ship

Something else.
"""

NYGARD = """\
# 1. Keep SSO out

Date: 2026-01-02

## Status

Accepted

## Context

Customers ask.

## Decision

We keep it out.

## Consequences

We ship.
"""


def test_a_decision_as_madr_in_full() -> None:
    assert files_of("madr", [FULL]) == {"0001-keep-sso-out-of-the-first-version.md": MADR}


def test_a_decision_as_adr_tools_would_write_it() -> None:
    record = Decision(
        id="D7", title="Keep SSO out", state="decided", decided_on=date(2026, 1, 2), context="Customers ask.",
        chosen="We keep it out.", body="## Consequences\n\nWe ship.",
    )  # fmt: skip
    assert files_of("nygard", [record]) == {"0001-keep-sso-out.md": NYGARD}


@EACH_FORM
def test_everything_a_decision_holds_comes_back(form: str) -> None:
    (draft,) = read_back(form, files_of(form, [FULL])).drafts
    assert fields_of(draft.record) == fields_of(FULL)


# ------------------------------------------------------------------------------------------------------------ files first

ADR_TOOLS = {
    "0001-record-architecture-decisions.md": """\
# 1. Record architecture decisions

Date: 2016-02-12

## Status

Accepted

## Context

We need to record the architectural decisions made on this project.

## Decision

We will use Architecture Decision Records, as described by Michael Nygard in this article: http://thinkrelevance.com/

## Consequences

See Michael Nygard's article, linked above.
""",
    "0002-implement-as-shell-scripts.md": """\
# 2. Implement as shell scripts

Date: 2016-02-12

## Status

Superseded by [4. Markdown format](0004-markdown-format.md)

Amended by [3. Single command with subcommands](0003-single-command-with-subcommands.md)

## Context

ADRs are plain text files stored in a subdirectory of the project.

    code stays

## Decision

The tool is implemented as shell scripts
that use the Unix tools.

The tool will not need root.

## Consequences

It runs everywhere.
""",
    "0003-single-command-with-subcommands.md": """\
# 3. Single command with subcommands

Date: 2016-02-13

## Status

Proposed

Amends [2. Implement as shell scripts](0002-implement-as-shell-scripts.md)

## Context

The tool provides several operations.

## Decision

We will define a single command, called `adr`.

## Consequences

Users do not have to remember a family of commands. See [9](0009-help-scripts.md).
""",
    "0004-markdown-format.md": """\
# 4. Markdown format

Date: 2016-02-14

## Status

Accepted

Supersedes [2. Implement as shell scripts](0002-implement-as-shell-scripts.md)

## Context

Formats.

## Decision

Markdown.

## Consequences

Readable.
""",
    "0005-help-comments.md": """\
# 5. Help comments

Date: 2016-02-13

## Status

Deprecated

Superceded by [6. Packaging](0009-gone.md)

## Context

So.

## Decision

Comments.
""",
}


def test_what_adr_tools_wrote_is_read() -> None:
    one, two, three, four, five = held(workspace_of(read_back("nygard", ADR_TOOLS)))
    assert [record.state for record in (one, two, three, four, five)] == [
        "decided", "superseded", "open", "decided", "reversed",
    ]  # fmt: skip
    assert (one.title, one.decided_on, one.source) == (
        "Record architecture decisions", date(2016, 2, 12), "nygard:0001-record-architecture-decisions.md",
    )  # fmt: skip
    assert (one.chosen[:17], one.body) == (
        "We will use Archi", "## Consequences\n\nSee Michael Nygard's article, linked above.",
    )  # fmt: skip
    assert two.why == "The tool is implemented as shell scripts\nthat use the Unix tools.\n\nThe tool will not need root."
    assert (four.linked("supersedes"), two.linked("supersedes")) == ((two.id,), ())


def test_adr_tools_files_come_out_as_they_went_in() -> None:
    written = files_of("nygard", held(workspace_of(read_back("nygard", ADR_TOOLS))))
    assert list(written) == list(ADR_TOOLS)
    for name, text in ADR_TOOLS.items():
        assert written[name] == text


@EACH_FORM
def test_the_real_records_lose_no_line_and_change_no_more(form: str, data: Path) -> None:
    workspace = workspace_of(named("madr").read([data / "madr"]))
    written = files_of(form, held(workspace))
    assert sorted(written) == sorted(path.name for path in (data / "madr").iterdir())
    headings = {"## Context and Problem Statement", "## Decision Outcome", "---"} if form == "nygard" else set()
    for path in (data / "madr").iterdir():
        lines = [line for line in path.read_text().splitlines() if line.strip() and line not in headings]
        after = written[path.name].splitlines()
        lost = [line for line in lines if line not in after and not (form == "nygard" and line.startswith("# "))]
        assert lost == [], path.name
    if form == "madr":
        added = {line for path in (data / "madr").iterdir() for line in _added(path.read_text(), written[path.name])}
        assert added <= {"status: accepted", "status: proposed"}
    again = held(workspace_of(read_back(form, written)))
    assert [fields_of(record) for record in again] == [fields_of(record) for record in held(workspace)]
    arrows = [[(link.kind, link.to) for link in record.links] for record in held(workspace)]
    assert [[(link.kind, link.to) for link in record.links] for record in again] == arrows


def _added(before: str, after: str) -> list[str]:
    return list((Counter(after.splitlines()) - Counter(before.splitlines())).elements())


# ---------------------------------------------------------------------------------------------------------- records first

LINES = st.sampled_from(
    ["plain words", "## Context", "## Status", "### Consequences", "## Decision Drivers", "# Title", "```", "```yaml", "---",
     "* item", "  indented", "", "", "Status: accepted", "Date: 2020-01-01", 'Chosen option: "B", because C', "===",
     "> quoted",
     "manyview:", "  title: x", "<!-- open", "| a | b |", "\x1b[31mred", "tab\there", "é日本\u202e", "1. one", "## Record",
     "[a](0001-a.md)", "trailing  ", "\\# escaped", "deciders: x, y", "because", "x\ry"]
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=7).map("\n".join)
WORDS = st.text(max_size=20) | TEXTS
SHORT = st.sampled_from(["a", "Anna B", "x, y", '"q"', "[z]", "@who", "<i>", "", "- d", "null", "é"]) | WORDS
PEOPLE = st.lists(SHORT.filter(bool), max_size=3, unique=True).map(tuple)
DECISIONS = st.builds(
    Decision,
    id=st.just("D7"),
    title=WORDS.filter(bool), state=st.sampled_from(Decision.states), why=TEXTS, occasion=SHORT, context=TEXTS,
    options=PEOPLE, chosen=SHORT, door=st.sampled_from(["two-way", "one-way"]), driver=SHORT, approver=SHORT,
    contributors=PEOPLE, informed=PEOPLE, confidence=st.none() | st.integers(0, 100), prediction=TEXTS,
    decided_on=st.none() | st.dates(), review_on=st.none() | st.dates(), came_true=st.none() | st.booleans(),
    process=st.sampled_from([None, "good"]), lesson=TEXTS, tags=PEOPLE, body=TEXTS,
)  # fmt: skip


@EACH_FORM
@given(DECISIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_a_decision_holds_comes_back(form: str, record: Decision) -> None:
    ((name, text),) = files_of(form, [record]).items()
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", name)
    assert not {mark for mark in text if not mark.isprintable()} - {"\n", "\t"}
    (draft,) = read_back(form, {name: text}).drafts
    assert fields_of(draft.record) == fields_of(record)


@EACH_FORM
def test_the_chain_of_what_superseded_what_comes_back(form: str) -> None:
    records = [
        Decision(id="D1", title="First: [a](b) *c*", state="superseded", decided_on=date(2026, 1, 1), chosen="A"),
        Decision(id="D2", title="Second", state="superseded", links=(Link(kind="supersedes", to="D1"),)),
        Decision(id="D3", title="Third", state="decided", links=(Link(kind="supersedes", to="D2"),)),
        Decision(id="D4", title="Other", state="decided",
                 links=(Link(kind="supersedes", to="D2"), Link(kind="depends_on", to="D3"), Link(kind="tests", to="A9"))),
        Decision(id="D5", title="Gone back", state="reversed"),
    ]  # fmt: skip
    everything: list[Record] = [*records, Belief(id="A9", text="People pay")]
    files = files_of(form, everything)
    assert len(files) == len(records)
    again = held(workspace_of(read_back(form, files)))
    assert [record.state for record in again] == [record.state for record in records]
    number = {one.id: at for at, one in enumerate(again)}
    arrows = [sorted((link.kind, number[link.to]) for link in record.links) for record in again]
    assert arrows == [[], [("supersedes", 0)], [("supersedes", 1)], [("depends_on", 2), ("supersedes", 1)], []]
    assert [record.body for record in again] == ["", "", "", "* tests A9 People pay", ""]
    assert files_of(form, again).keys() == files.keys()


# ------------------------------------------------------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Keep SSO out!", "keep-sso-out"),
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c:d\x00e\n", "a-b-c-d-e"),
        ("Größe für Äpfel", "groe-fur-apfel"),
        ("日本", "decision"),
        ("", "decision"),
        ("CON", "con"),
        ("word " * 30, "-".join(["word"] * 12)),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_title_is_never_a_path(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_what_came_with_a_name_keeps_it_and_the_rest_is_numbered_on() -> None:
    records = [
        Decision(id="D1", title="New"),
        Decision(id="D2", title="Old", source="madr:0004-old-one.md"),
        Decision(id="D3", title="Same", source="madr:other/0004-OLD-one.md"),
        Decision(id="D4", title="Bad", source="madr:../../x.md"),
        Decision(id="D5", title="Twice", source="nygard:0004-old-one.md~2"),
    ]
    assert dict(names(records)) == {
        "D1": "0005-new.md", "D2": "0004-old-one.md", "D3": "0006-same.md", "D4": "0007-bad.md", "D5": "0008-twice.md",
    }  # fmt: skip


@EACH_FORM
@given(
    st.lists(st.builds(Decision, title=SHORT, source=st.sampled_from(["", "madr:0001-a.md", "nygard:1-A.md"])), max_size=9)
)
@settings(max_examples=30, deadline=None)
def test_no_two_files_have_one_name(form: str, records: list[Decision]) -> None:
    numbered = [record.model_copy(update={"id": f"D{at}"}) for at, record in enumerate(records)]
    found = names(numbered)
    assert len({name.casefold() for name in found.values()}) == len(records)
    assert all(re.fullmatch(r"[0-9][A-Za-z0-9.-]*\.md", name) for name in found.values())


@EACH_FORM
def test_a_second_import_of_what_was_written_changes_nothing(form: str) -> None:
    workspace = Workspace(me="anna")
    workspace.commit(create([FULL.model_copy(update={"id": ""})], "captured"))
    imported = read_back(form, files_of(form, held(workspace)))
    other = workspace_of(imported)
    assert plan(other.records, imported, update=True).step() is None


@pytest.mark.parametrize("form", ["madr", "nygard"])
def test_marks_that_join_letters_and_blanks_of_other_scripts_stand_in_the_file_as_they_are(form: str) -> None:
    said = "می\u200cخواهم 👩\u200d👧, 10\u00a0km"
    ((_, text),) = files_of(form, [Decision(id="D1", title="Say it", context=said)]).items()
    assert f"\n{said}\n" in text
    ((_, text),) = files_of(form, [Decision(id="D1", title="Say it", context="a \u202eb\u2028c\x1b")]).items()
    assert "a \ufffdb\ufffdc\ufffd" in text and not {"\u202e", "\u2028", "\x1b"} & set(text)
