"""Drafts are kept by workspace and person, and none takes the place of another."""

from __future__ import annotations

from pathlib import Path

from tui import drafts


def test_the_newest_draft_is_gone_on_with_first_and_none_is_lost(tmp_path: Path) -> None:
    path = str(tmp_path / "deep" / "drafts.json")
    one, two = {"title": "one \ud800", "texts": {"title": "ü"}}, {"title": "two"}
    assert (drafts.kept(path), drafts.keep(None, path), drafts.keep(one, "")) == ((), None, None)
    assert (drafts.keep(one, path), drafts.keep(two, path)) == (path, path)
    assert drafts.kept(path) == [one, two]
    drafts.drop(path)
    assert drafts.kept(path) == [one]
    drafts.drop(path)
    assert drafts.kept(path) == () and not Path(path).exists()
    drafts.drop(path)


def test_what_is_no_list_of_drafts_is_none(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    for content in ("", "[", "{}", '["x"]'):
        path.write_text(content)
        assert list(drafts.kept(str(path))) == []


def test_each_workspace_and_person_has_a_place_of_its_own(tmp_path: Path) -> None:
    environ = {"XDG_STATE_HOME": str(tmp_path)}
    places = {drafts.place(environ, workspace, me) for workspace in ("/a/w.json", "/b/w.json") for me in ("anna", "ben")}
    assert len(places) == 4 and all(place.startswith(str(tmp_path)) for place in places)
    assert drafts.place(environ, "", "anna") == ""
