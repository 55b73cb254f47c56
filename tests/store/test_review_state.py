"""What a review remembers, on disk: whole, durable, one file a person and a workspace."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.errors import ManyViewError
from store.personal import replace, review_path
from store.review.state import NEVER, Answer, Rest, ReviewState, Snooze, load, save

FULL = ReviewState(
    n=41,
    ended="2026-11-21T08:00:00.000Z",
    began="2026-11-22T08:00:00.000Z",
    at="level:weekly",
    seconds=95,
    answered={"B1": Answer("noted", 44, "Größe \udcff", "because of it", "wrote about B1")},
    snoozed={"D2": Snooze("2026-11-29", 43, "because its review was due")},
    rests={"B3": Rest("2026-11-29")},
    summary="# Daily review\n",
    minutes=10,
)


def test_what_is_kept_is_what_is_read(tmp_path: Path) -> None:
    path = str(tmp_path / "deep" / "review.json")
    for state in (FULL, NEVER):
        save(path, state)
        assert load(path) == state
    assert os.listdir(tmp_path / "deep") == ["review.json"]
    assert os.stat(path).st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"n": 1}', '{"n": "x"}', "\x00"])
def test_what_cannot_be_read_is_a_first_review(tmp_path: Path, content: str) -> None:
    path = tmp_path / "review.json"
    assert load(str(path)) == NEVER
    path.write_text(content)
    assert load(str(path)) == NEVER


def test_every_person_and_every_workspace_has_a_file_of_its_own(tmp_path: Path) -> None:
    environ = {"XDG_STATE_HOME": str(tmp_path)}
    paths = {
        review_path(environ, workspace, me)
        for workspace in ("/a/workspace.json", "/b/workspace.json", "/a/other.json")
        for me in ("anna", "ben", "Ben", "be/n")
    }
    assert len(paths) == 12
    assert all(
        path.startswith(f"{tmp_path}/manyview/review/") and path.count("/") == str(tmp_path).count("/") + 3 for path in paths
    )


def test_a_workspace_is_the_same_by_every_way_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    environ = {"HOME": str(tmp_path)}
    by_link, by_name = (review_path(environ, str(tmp_path / name / "w.json"), "anna") for name in ("link", "real"))
    assert by_link == by_name


def test_a_disk_that_refuses_leaves_the_old_file_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "review.json")
    save(path, FULL)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.personal.os.fsync", refuse)
    with pytest.raises(ManyViewError, match="the disk is full"):
        save(path, NEVER)
    assert load(path) == FULL
    assert os.listdir(tmp_path) == ["review.json"]


def test_replacing_is_durable_before_it_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    monkeypatch.setattr("store.personal.os.fsync", lambda descriptor: synced.append(True))
    monkeypatch.setattr("store.personal.sync_folder", lambda folder: synced.append(False))
    replace(str(tmp_path / "a"), b"a", durable=True)
    assert synced == [True, False]
    replace(str(tmp_path / "a"), b"b", durable=False)
    assert synced == [True, False] and (tmp_path / "a").read_bytes() == b"b"
