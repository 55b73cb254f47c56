"""MADR import: the real records, the generations of the template, files that are broken, and that no line is ever lost."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.exchange import named
from store.exchange.imported import Imported, Source
from store.exchange.madr import read_madr
from store.exchange.plan import plan
from store.model import Decision
from store.workspace import Workspace


def read(**files: str | bytes) -> Imported:
    """Files by name, without ``.md`` and with ``_`` for what a keyword cannot hold."""
    sources = [
        Source(f"{name.lstrip('_').replace('_', '-')}.md", text if isinstance(text, bytes) else text.encode())
        for name, text in files.items()
    ]
    return read_madr(sources, [])


def decisions(imported: Imported) -> list[Decision]:
    return [draft.record for draft in imported.drafts if isinstance(draft.record, Decision)]


def one(text: str | bytes, name: str = "_0001_a") -> Decision:
    (found,) = decisions(read(**{name: text}))
    return found


def outcome(text: str) -> tuple[str, str]:
    """What is chosen and why, by a section with this text."""
    found = one(f"# T\n\n## Decision Outcome\n\n{text}\n")
    return found.chosen, found.why


def everything(decision: Decision) -> str:
    """The text of every field."""
    values: list[Any] = []
    for value in decision.model_dump(mode="json").values():
        values += value if isinstance(value, list) else [value]
    return "\n".join(map(str, values))


# -------------------------------------------------------------------------------------------------------- the real records


def test_the_real_records_become_decisions(data: Path, workspace: Workspace) -> None:
    planned = plan(workspace.records, named("madr").read([data / "madr"]))
    assert (planned.count("new", Decision), planned.problems) == (19, ())
    step = planned.step()
    assert step is not None
    assert step.why == "imported 19 decisions from 19 files"
    workspace.commit(step)
    found = {decision.source: decision for decision in workspace.records.all(Decision)}
    states = [decision.state for decision in found.values()]
    assert (states.count("decided"), states.count("open")) == (18, 1)
    assert found["madr:0003-provide-own-madr-tools.md"].state == "open"
    assert all(decision.title and decision.context and decision.chosen and decision.why for decision in found.values())
    assert min(len(decision.options) for decision in found.values()) == 2
    status, front_matter = found["madr:0008-add-status-field.md"], found["madr:0013-use-yaml-front-matter-for-meta-data.md"]
    assert (status.linked("informs"), front_matter.linked("informs")) == ((front_matter.id,), (status.id,))
    assert [link.primary for decision in found.values() for link in decision.links] == [False, False]
    assert plan(workspace.records, named("madr").read([data / "madr"])).step() is None


def test_the_real_records_say_what_was_concluded(data: Path) -> None:
    notes = [str(note).rpartition("/")[2] for note in named("madr").read([data / "madr"]).notes]
    assert len(notes) == 19
    assert (
        notes[3] == "0003-provide-own-madr-tools.md:4: status “on hold”: open is the nearest state; the word is in the body."
    )
    rest = [note.partition(": ")[2] for place, note in enumerate(notes) if place != 3]
    assert set(rest) == {"no status that says a state; an option is chosen: decided."}


def test_one_real_record_in_full(data: Path) -> None:
    path = data / "madr" / "0004-write-own-toc-tool.md"
    (found,) = decisions(named("madr").read([path]))
    assert found == Decision(
        title="Write Own TOC Tool",
        state="decided",
        context="ADRs have to be indexed somehow. E.g., for offering a website showing all ADRs.",
        options=("Write own tool `adr-log`", "Use `adr-tools`' TOC functionality"),
        chosen="Write own tool `adr-log`",
        why="* we want to have the format `ADR-0001 - Title` in the TOC.\n* `adr-tools` offers `title` only.\n\n"
        "We accept that changing `adr-tools` would also be possible.\n"
        "It is prepared to included header and footer: "
        "<https://github.com/npryce/adr-tools/blob/master/tests/generate-contents-with-header-and-footer.sh>.",
        body="### Consequences\n\n"
        "* Good, because `adr-log` is installable using `npm install -g adr-log`, "
        "which is easier than installing `adr-tools`.\n"
        "* Bad, because another tool has to be maintained\n\n"
        "```yaml\nparent: Decisions\nnav_order: 4\n```",
        source="madr:0004-write-own-toc-tool.md",
    )


def test_headings_in_a_sample_are_no_headings(data: Path) -> None:
    path = data / "madr" / "0013-use-yaml-front-matter-for-meta-data.md"
    (found,) = decisions(named("madr").read([path]))
    assert found.context.startswith("MADR offers the fields")
    assert (found.state, found.driver, found.decided_on) == ("decided", "", None)
    assert "---\nstatus: accepted\ndecision-makers:\ndate:\n---\n\n### Context and problem statement\n" in found.body


def test_every_line_of_the_real_records_is_in_a_field(data: Path) -> None:
    consumed = re.compile(r"#+ (.*)|[*+-] (.*)|Chosen option: [\"'](.*)[\"'], because ?(.*)|---()")
    known = ("context and problem statement", "considered options", "decision outcome")
    for path in sorted((data / "madr").iterdir()):
        (found,) = decisions(named("madr").read([path]))
        kept = everything(found)
        for line in filter(str.strip, path.read_text().splitlines()):
            marks = consumed.fullmatch(line)
            pieces = [piece for piece in marks.groups() if piece] if marks else [line]
            assert line in kept or all(piece in kept or piece.casefold() in known for piece in pieces), (path.name, line)


# ----------------------------------------------------------------------------------------------- generations of the template

OLDEST = """\
# 5. Use Angular

* Status: accepted
* Deciders: @anna, Ben
* Date: 2019-02-03 <!-- when it was last updated -->
* Ticket: 17

Technical Story: <https://example.org/1>

## Context and Problem Statement

Which?

## Considered Options

1. Angular
1. React

## Decision Outcome

Chosen option: "Angular", because it is known.

### Positive Consequences

* Known
"""
NEWEST = """\
---
# These are optional
status: "superseded by [ADR-0006](0006-b.md)"
date: 2024-05-06
decision-makers: [Anna]
consulted:
  - "@ben"
  - Cleo
informed: Dora, Emil
parent: X
---
# Use Vue

## Context and Problem Statement

Again.

## Decision Outcome

Chosen option: "Vue"
"""


def test_the_oldest_template() -> None:
    imported = read(_0005_a=OLDEST)
    (found,) = decisions(imported)
    assert (found.title, found.state, found.driver, found.contributors) == ("Use Angular", "decided", "anna", ("Ben",))
    assert (found.options, found.chosen, found.why) == (("Angular", "React"), "Angular", "it is known.")
    assert found.decided_on is None
    assert found.body == (
        "* Deciders: @anna, Ben\n* Date: 2019-02-03 <!-- when it was last updated -->\n* Ticket: 17\n\n"
        "Technical Story: <https://example.org/1>\n\n### Positive Consequences\n\n* Known"
    )
    assert [str(problem).partition(" “")[0] for problem in imported.problems] == ["0005-a.md:5: date"]
    assert [str(note) for note in imported.notes] == [
        "0005-a.md:4: several decided: anna drives, Ben contribute; as it was in the body."
    ]


def test_the_newest_template_and_who_replaced_it() -> None:
    imported = read(
        _0005_a=NEWEST, _0006_b="# New\n\n## Context\n\nSo. See [this](./0005-a.md#x) and `[that](0005-a.md)`.\n"
    )
    old, new = decisions(imported)
    assert (old.state, old.decided_on, old.driver) == ("superseded", date(2024, 5, 6), "Anna")
    assert (old.contributors, old.informed, old.chosen) == (("ben", "Cleo"), ("Dora", "Emil"), "Vue")
    assert old.body == "```yaml\n# These are optional\nparent: X\n```"
    assert new.state == "open"
    assert [(arrow.tail, arrow.kind, arrow.head) for arrow in imported.arrows] == [
        ("madr:0006-b.md", "supersedes", "madr:0005-a.md")
    ]
    planned = plan([], imported)
    assert [entry.record.linked("supersedes") for entry in planned.entries] == [(), ("D+1",)]


def test_a_record_that_arrives_later_replaces_one_that_is_here(workspace: Workspace) -> None:
    first = plan([], read(_0005_a=NEWEST))
    assert [str(problem) for problem in first.problems] == [
        "0005-a.md:3: “ [ADR-0006](0006-b.md)” is not here; the words are in the body."
    ]
    workspace.commit(first.step())  # type: ignore[arg-type]
    both = read(_0005_a=NEWEST, _0006_b="# New\n\n## Context\n\nSo.\n")
    workspace.commit(plan(workspace.records, both).step())  # type: ignore[arg-type]
    old, new = workspace.records.all(Decision)
    assert (new.title, new.linked("supersedes"), old.links) == ("New", (old.id,), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Chosen option: "A", because\n\n* one\n* two', ("A", "* one\n* two")),
        ("Chosen option: 'Say \"A\", because', because B", ('Say "A", because', "B")),
        ('Chosen option: "Say "A" now", because B', ('Say "A" now', "B")),
        ("Chosen option: A, because B", ("A", "B")),
        ("Chosen option: A because B", ("A", "B")),
        ("Chosen option: A\nbecause B", ("A", "B")),
        ("Chosen option: A", ("A", "")),
        ('**Chosen option**: "A"\n\nIt is good.', ("A", "It is good.")),
        ('* Chosen option: "A", because B', ("A", "B")),
        ('Chosen option: "[option 1]", because [why]', ("option 1", "[why]")),
        ('Chosen option: "[A] Gradle" since B', ("[A] Gradle", "since B")),
        ("Chosen option: “A”, because B", ("A", "B")),
        ("Chosen alternative: A", ("A", "")),
        ("We take A.", ("", "")),
    ],
)
def test_the_ways_to_write_what_was_chosen(text: str, expected: tuple[str, str]) -> None:
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("status", "state", "kept"),
    [
        ("accepted", "decided", False), ("Accepted", "decided", False), ("proposed", "open", False),
        ("rejected", "reversed", True), ("deprecated", "reversed", True), ("on hold", "open", True),
        ("superseded", "superseded", False), ("accepted (2020)", "decided", True), ("glorious", "open", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["---\nstatus: {}\n---\n# T\n", "# T\n\n* Status: {}\n", "# T\n\n## Status\n\n{}\n"])
def test_statuses_wherever_they_stand(status: str, state: str, kept: bool, shape: str) -> None:
    found = one(shape.format(status))
    assert (found.state, status in found.body) == (state, kept)


def test_a_fact_with_a_remark_keeps_it() -> None:
    found = one("---\nstatus: accepted # at last\ndecider: anna\n---\n# T\n")
    assert (found.state, found.driver, found.body) == ("decided", "anna", "```yaml\nstatus: accepted # at last\n```")


def test_headings_in_quotes_and_lists_are_no_headings() -> None:
    text = "> ## Context\n>\n> theirs\n\n* ## Status\n\n  accepted"
    found = one(f"# T\n\n{text}\n\n## Context\n\nours\n")
    assert (found.context, found.state, found.body) == ("ours", "open", text)


def test_options_keep_their_links_in_the_body() -> None:
    section = "## Considered Options\n\n* [A](https://a.example) – *good*\n* B\n  over two lines\n"
    found = one(f"# T\n\n{section}")
    assert (found.options, found.body) == (("A – good", "B over two lines"), section.strip())
    assert one("# T\n\n## Considered Options\n\n### A\n\nText\n\n### B\n").options == ("A", "B")


# ------------------------------------------------------------------------------------------------------------- broken files


def test_what_cannot_be_read_is_named_and_the_rest_comes_in() -> None:
    imported = read(
        _0001_empty="", _0002_binary=b"\x89PNG\r\n", _0003_prose="# Hello\n\nWorld\n",
        _0004_template="# {short title}\n\n## Decision Outcome\n\nChosen option: X\n",
        _0005_latin="# Gr\xfcn\n\n## Context\n\nSo\n".encode("latin-1"), _0006_good="# Good\n\n## Context\n\nSo\n",
        _0007_untitled="## Decision Outcome\n\nChosen option: X\n",
        _0008_month="---\ndate: 2024-13-01\nstatus: accepted\n---\n# M\n",
        _0009_yaml="---\na: [b\nstatus: accepted\n---\n# Y\n\n## Context\n\nSo\n",
        _0010_open="---\nstatus: accepted\n\n# O\n\n## Context\n\nSo\n",
    )  # fmt: skip
    assert [found.title for found in decisions(imported)] == ["Gr\\xfcn", "Good", "0007-untitled", "M", "Y", "O"]
    assert [str(problem) for problem in imported.problems] == [
        "0001-empty.md:1: is empty. It was left out.",
        "0002-binary.md: is a picture. Nothing of it was imported.",
        "0003-prose.md:1: has none of the sections of a decision record "
        "(Context, Considered Options, Decision Outcome). It was left out.",
        "0004-template.md:1: is a template that nobody has filled in. It was left out.",
        "0005-latin.md:1: bytes that are not UTF-8: kept, written as \\xNN. "
        "If it is another encoding, say which: encoding=latin-1",
        "0007-untitled.md:1: has no title; the name of the file stands in.",
        "0008-month.md:2: date “2024-13-01” is no date: month must be in 1..12; it is in the body.",
        "0009-yaml.md:3: the front matter is not YAML: expected ',' or ']', but got ':'; it is in the body",
        "0010-open.md:1: front matter begins here and never ends; it is in the body",
    ]
    assert [found.body for found in decisions(imported)[3:]] == [
        "```yaml\ndate: 2024-13-01\n```", "```yaml\na: [b\nstatus: accepted\n```", "---\nstatus: accepted",
    ]  # fmt: skip


def test_two_projects_with_the_same_file_are_kept_apart(workspace: Workspace) -> None:
    source = Source("0001-a.md", b"# A\n\n## Context\n\nSo\n")
    for origin in ("one", "two"):
        workspace.commit(plan(workspace.records, read_madr([source], [f"from={origin}"])).step())  # type: ignore[arg-type]
    assert [found.source for found in workspace.records.all(Decision)] == ["madr:one/0001-a.md", "madr:two/0001-a.md"]
    with pytest.raises(UsageError, match="takes no “title=x”"):
        read_madr([source], ["title=x"])


def test_front_matter_cannot_run_anything_or_explode() -> None:
    bomb = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(20))
    deep = "x: " + "[" * 1500
    for text in (bomb, deep, "x: !!python/object/apply:os.system [exit]"):
        assert text.splitlines()[0] in one(f"---\n{text}\n---\n# T\n\n## Context\n\nSo\n").body


@pytest.mark.parametrize("text", ["Status: " + "<!--" * 25_000, "Deciders: a" + " " * 99_990 + "x"])
def test_a_fact_without_end_is_none(text: str) -> None:
    imported = read(_0001_a=f"# T\n\n{text}\n\n## Context\n\nSo\n")
    (found,) = decisions(imported)
    assert (found.body, found.driver) == (text, "")
    assert "more than it can be; it is in the body" in str(imported.problems[0])


def test_a_setext_title_windows_lines_and_fenced_front_matter() -> None:
    found = one("---\r\nx: |\r\n  ```\r\n---\r\nA\r\n=\r\n\r\nContext\r\n-------\r\n\r\nSo\r\n")
    assert (found.title, found.context, found.body) == ("A", "So", "````yaml\nx: |\n  ```\n````")


LINES = st.sampled_from(
    ["# T", "## Context", "## Considered Options", "## Decision Outcome", "### Sub", "## Other", "* item", "  more", "```",
     "Chosen option: \"A\", because B", "* Status: accepted", "Date: 2020-01-01", "Deciders: anna, ben", "---", "text", "",
     "status: odd", "> quoted", "# 2nd", "<!-- note -->", "    code", "1. one", "[a](b.md)", "===", "Date: never"]
)  # fmt: skip
MARKUP = re.compile(r"[#*>=\-`\s]+|Chosen option: \"A\", because ?")
TAKEN = {"Context", "Considered Options", "Decision Outcome", "Status: accepted", "Date: 2020-01-01", "1."}


@given(st.lists(LINES, min_size=1, max_size=14))
def test_no_line_is_ever_lost(lines: list[str]) -> None:
    for found in decisions(read(_0001_a="\n".join(lines))):
        kept = everything(found)
        for line in lines:
            text = MARKUP.sub(" ", line).strip().removeprefix("1. ").removeprefix("###").strip()
            assert text in MARKUP.sub(" ", kept) or text in TAKEN or line in TAKEN, line
