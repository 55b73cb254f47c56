"""The contract of ``contract_exchange`` for every format there is, and how files are found and refused."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import contract_exchange
import pytest
from contract_exchange import RECORDS

from store.errors import NotFound, UsageError
from store.exchange import formats, named
from store.workspace import Workspace

RULES = [rule for name, rule in vars(contract_exchange).items() if name.startswith("contract_")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.removeprefix("contract_"))
@pytest.mark.parametrize("name", formats())
def test_format(name: str, rule: Callable[..., None], workspace: Workspace) -> None:
    arguments = {"form": formats()[name], "workspace": workspace}
    rule(**{wanted: arguments[wanted] for wanted in inspect.signature(rule).parameters})


def test_formats_are_found_by_themselves() -> None:
    assert list(formats()) == sorted(formats())
    assert {"csv", "madr", "jsonl", "markdown"} <= set(formats())
    with pytest.raises(UsageError, match=r"no format “xls”\. There are csv"):
        named("xls")


def test_no_format_loads_the_interface() -> None:
    code = "import sys, store.exchange; store.exchange.formats(); print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "markdown_it" in loaded
    assert not loaded & {"textual", "rich", "tui"}


def test_a_missing_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no file .*gone\.csv"):
        named("csv").read([tmp_path / "gone.csv"], ["key=k"])
    with pytest.raises(UsageError, match=r"holds no \.csv or \.tsv file"):
        named("csv").read([tmp_path])


def test_a_folder_is_read_by_name_and_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    for name in ("0002-b.md", "0001-a.md"):
        (tmp_path / name).write_text(f"# {name}\n\n## Context\n\nSo\n")
    (tmp_path / "0003-folder.md").mkdir()
    (tmp_path / "notes.txt").write_text("no")
    imported = named("madr").read([tmp_path])
    assert [draft.record.label for draft in imported.drafts] == ["0001-a.md", "0002-b.md"]
    assert [str(problem) for problem in imported.problems] == [
        f"{tmp_path}/0003-folder.md: cannot be read: it is a folder. It was left out."
    ]


def test_a_kept_mapping_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n1,One\n")
    (tmp_path / "map.toml").write_text('key = "id"\n[fields]\ntitle = "name"\n')
    imported = named("csv").read([tmp_path / "a.csv"], [f"map={tmp_path}/map.toml"])
    assert [draft.record.label for draft in imported.drafts] == ["One"]
    (tmp_path / "map.toml").write_bytes(b"key = '\xff'")
    with pytest.raises(UsageError, match="not UTF-8"):
        named("csv").read([tmp_path / "a.csv"], [f"map={tmp_path}/map.toml"])


def test_markdown_is_a_document_a_record() -> None:
    assert formats()["markdown"].write(RECORDS[1:3]) == (
        "# B2 Try \\*it\\*\n\n* State: placed\n* Nests in: M1\n\nAll\n\nof it\n\n"
        "# D3 Keep\ufffd\\[31m\n\n"
        "* State: open\n* Options: a, b\n* Chosen: a\n* Decided on: 2026-01-02\n\n## Why\n\nbecause\n"
    )
