"""`many export` of decisions: a folder of files, and the decision log; what an import says that cannot be saved."""

from __future__ import annotations

from pathlib import Path

from conftest import Many


def test_a_folder_of_decisions_and_back(many: Many, home: Path) -> None:
    many("decide", "../../Keep SSO out", "because", "2 of 40 asked", "option:Build it", "option:Nothing", "conf:70")
    many("bet", "no decision")
    result = many("export", "madr", "docs/adr")
    assert (result.code, result.out, result.err) == (0, "", "1 decision in docs/adr.\n")
    assert [path.name for path in (home / "docs/adr").iterdir()] == ["0001-keep-sso-out.md"]
    again = many("export", "madr", "docs/adr")
    assert (again.code, again.err) == (
        2, "docs/adr holds 0001-keep-sso-out.md already. Nothing was written.\nAdd -y to replace them.\n",
    )  # fmt: skip
    assert many("export", "madr", "docs/adr", "-y").code == 0
    shown = many("import", "madr", "docs/adr", "--dry-run")
    assert "“../../Keep SSO out”" in shown.out


def test_as_adr_tools_keeps_them_and_only_some(many: Many, home: Path) -> None:
    many("decide", "One")
    many("decide", "Two", "+security")
    assert many("export", "nygard", "adr", "decisions", "tag:security").err == "1 decision in adr.\n"
    assert (home / "adr/0001-two.md").read_text().startswith("# 1. Two\n\n## Status\n\nProposed\n")
    assert many("export", "nygard", "other", "D1").err == "1 decision in other.\n"
    assert many("export", "nygard", "none", "tag:nothing").err == "There is no decision to export.\n"
    assert not (home / "none").exists()


def test_a_folder_is_asked_for_and_one_that_cannot_be_is_said(many: Many, home: Path) -> None:
    many("decide", "One")
    assert many("export", "madr").err == "many export madr needs a folder.\nTry: many export madr docs/decisions\n"
    (home / "file").write_text("x")
    result = many("export", "madr", "file")
    assert (result.code, result.err.startswith("file cannot be written: ")) == (1, True)


def test_the_decision_log_as_a_page(many: Many, home: Path) -> None:
    many("decide", "One <b>")
    many("bet", "no decision")
    assert many("export", "log").out.startswith("# Decision log\n\n## Open (1)\n")
    result = many("export", "log-html", "--out", "log.html")
    assert (result.code, result.err) == (0, "1 record in log.html.\n")
    assert "One &lt;b&gt;" in (home / "log.html").read_text()


def test_an_import_that_cannot_be_saved_does_not_say_what_came_in(many: Many, home: Path) -> None:
    (home / "bets.csv").write_text("key,title\n1,A bet\n")
    words = ("import", "csv", "bets.csv", "key=key", "title=title")
    refused = many(*words, "--read-only")
    assert (refused.code, refused.out) == (1, "")
    assert many(*words).out.startswith("1 new bet;")


def test_an_import_of_what_differs_here_says_how_to_take_it_from_the_file(many: Many, home: Path) -> None:
    words = ("import", "csv", "bets.csv", "key=key", "title=title")
    hint = "--update sets what is different here to what the file says."
    (home / "bets.csv").write_text("key,title\n1,A bet\n")
    assert hint not in many(*words).err
    (home / "bets.csv").write_text("key,title\n1,A better bet\n")
    assert hint in many(*words).err
    updated = many(*words, "--update")
    assert updated.out.startswith("Nothing new; 1 changed, 0 different") and hint not in updated.err
