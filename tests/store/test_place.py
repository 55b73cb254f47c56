"""Where the workspace lives, and who is at the terminal, from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.errors import ManyViewError, UsageError
from store.place import folder, is_own, person, prepare, themes_folder, workspace_path


def test_the_flag_comes_before_the_variable_and_that_before_the_own_file(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "MANYVIEW_FILE": str(tmp_path / "b.json")}
    assert workspace_path(environ, str(tmp_path / "a.json")) == str(tmp_path / "a.json")
    assert workspace_path(environ) == str(tmp_path / "b.json")
    own = str(tmp_path / ".local/share/manyview/workspace.json")
    assert workspace_path({"HOME": str(tmp_path), "MANYVIEW_FILE": ""}) == own
    assert is_own(own, {"HOME": str(tmp_path)})


def test_xdg_folders_count_where_they_are_absolute() -> None:
    environ = {"HOME": "/home/anna", "XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "relative"}
    assert folder("data", environ) == "/data/manyview"
    assert folder("config", environ) == "/home/anna/.config/manyview"
    assert folder("state", environ) == "/home/anna/.local/state/manyview"
    assert themes_folder(environ) == "/home/anna/.config/manyview/themes"


def test_a_relative_path_and_a_tilde_become_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert workspace_path({}, "ws.json") == workspace_path({}, "~/ws.json") == str(tmp_path / "ws.json")


@pytest.mark.parametrize("wrong", ["", " ", "folder", "new/", "ws.json.journal", "/dev/null"])
def test_what_cannot_be_a_workspace_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError):
        workspace_path({}, wrong)
    assert os.listdir(tmp_path) == ["folder"]


def test_only_the_own_folder_is_made(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path)}
    own = Path(workspace_path(environ))
    prepare(str(own), environ)
    assert own.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(UsageError, match="mkdir -p"):
        prepare(str(tmp_path / "slip/ws.json"), environ)
    (tmp_path / "file").touch()
    in_file = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "file")}
    with pytest.raises(ManyViewError, match="cannot be created"):
        prepare(workspace_path(in_file), in_file)


def test_a_person_is_one_word_from_the_flag_the_variable_or_the_login() -> None:
    assert person({"MANYVIEW_AS": "ben", "USER": "u"}, "@anna") == "anna"
    assert person({"MANYVIEW_AS": "ben", "USER": "u"}) == "ben"
    assert person({"MANYVIEW_AS": "", "USER": "u"}) == "u"
    assert person({})
    for wrong in ("", "@", "two words", "\x1b[31m"):
        with pytest.raises(UsageError):
            person({}, wrong)
