"""Every verb of the shell, on the demo workspace or a small one: what it prints, what it changes, how it fails."""

from __future__ import annotations

import csv
import io
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.damaged import unreadable
from store.model import KINDS, Bet
from store.records import Records
from tui.perspective import perspectives
from tui.shell.flags import CAPTURES
from tui.shell.verb import GROUPS, verb_named, verbs

Many = Callable[..., Any]


@pytest.fixture
def small(many: Many) -> Many:
    """A mission with two bets, M1, B2 and B3."""
    many("mission", "Find", "the", "next", "book", "wip:1")
    many("bet", "Weekly lists", "re:M1", "@ben", "settle:2026-12-01", "+autumn")
    many("bet", "Badges", "@anna")
    return many


# ---------------------------------------------------------------------------------------------------------------- listing


@pytest.mark.usefixtures("demonstration")
def test_ls_prints_the_columns_of_the_app(many: Many) -> None:
    done = many("ls", "bets", "state:released")
    assert done.lines == [
        "B55    ▲ released   A message when a hold arrives     @tomas             48d     in 3 d",
        "B28    ▲ released   Move lending to the new service   @tomas             20w     in 5 w",
    ]
    assert done.err == ""


@pytest.mark.usefixtures("demonstration")
def test_ls_filters_sorts_limits_and_tells_what_it_leaves_out(many: Many) -> None:
    assert [row["id"] for row in many("ls", "bets", "state:placed", "@maya", "--json").data] == ["B32", "B57"]
    newest = many("ls", "decisions", "--sort", "newest", "--limit=2", "--jsonl")
    assert [json.loads(line)["id"] for line in newest.lines] == ["D93", "D87"]
    assert newest.err == "6 more; 2 finished or archived: --all shows them\n"
    everything = many("ls", "--all", "--json").data
    assert len([row for row in everything if row["type"] == "bet"]) == 19
    assert not any(row["type"] == "update" for row in everything)
    assert many("ls", "nothing-is-called-so").code == 0


def test_a_list_leaves_out_what_is_finished_whatever_other_programs_wrote(
    many: Many, path: Path, records: Callable[[], Records]
) -> None:
    written = [
        {"title": "begun"}, {"state": "settled"}, {"state": ["settled"]}, {"state": "begun"}, {"archived": True},
        {"archived": "yes"}, {"archived": 1}, {"state": "stopped", "archived": "?"}, {"title": 5, "state": "stopped"},
    ]  # fmt: skip
    path.write_text(json.dumps({"bets": {str(n): {"title": f"bet {n}", **one} for n, one in enumerate(written, 1)}}))
    listed = many("ls", "bets", "--json")
    bets = list(records().each(Bet))
    assert [one["id"] for one in listed.data] == [bet.id for bet in bets if bet.is_open]
    assert listed.err.endswith(f"{sum(not bet.is_open for bet in bets)} finished or archived: --all shows them\n")
    assert {"B1", "B3", "B4"} <= {one["id"] for one in listed.data}


@pytest.mark.usefixtures("demonstration")
def test_ls_as_a_table_for_a_spreadsheet(many: Many) -> None:
    rows = list(csv.DictReader(io.StringIO(many("ls", "bets", "id:B55", "--csv").out)))
    assert rows[0]["title"] == "A message when a hold arrives"
    assert (rows[0]["due"], rows[0]["people"]) == ("2026-11-25", "tomas")


def test_an_empty_workspace_lists_nothing_and_is_no_failure(many: Many) -> None:
    done = many("ls")
    assert (done.code, done.out) == (0, "")
    assert many("ls", "--json").data == [] and many("ls", "--jsonl").out == ""
    assert many("today").code == 0


def test_a_filter_that_cannot_be_read_and_a_sort_that_is_none_are_usage_errors(many: Many) -> None:
    assert many("ls", "conf<").code == 2
    done = many("ls", "--sort", "duee")
    assert (done.code, "Did you mean due?" in done.err) == (2, True)
    assert many("ls", "--limit", "x").code == 2


@pytest.mark.usefixtures("demonstration")
def test_show_reads_like_the_app_and_gives_programs_an_object(many: Many) -> None:
    done = many("show", "55")
    assert done.lines[0] == "B55  A message when a hold arrives"
    assert "nests in      M7" not in done.out and "B51  ▲" not in done.out and "B51" in done.out
    assert many("show", "B55", "--json").data["state"] == "released"
    assert [row["id"] for row in many("show", "B55", "m7", "B55", "--json").data] == ["B55", "M7"]


def test_what_is_not_there_is_exit_4_in_words_or_json(many: Many) -> None:
    done = many("show", "B99")
    assert (done.code, done.out) == (4, "")
    assert done.err == "There is no record B99 in this workspace. `many ls` shows what there is.\n"
    assert json.loads(many("show", "B99", "--json").err) == {"error": done.err.rstrip("\n"), "code": 4}


# --------------------------------------------------------------------------------------------------------------- changing


def test_set_changes_fields_with_spaces_clears_them_and_alters_lists(small: Many, records: Many) -> None:
    done = small("set", "B2", "B3", "title=New words = same", "people+=carl", "tags-=autumn", "team=core")
    assert done.code == 0 and len(done.lines) == 2
    assert "changed B2, B3. many undo takes it back" in done.err
    two, three = records().find("2"), records().find("3")
    assert (two.title, two.people, two.tags) == ("New words = same", ("ben", "carl"), ())
    assert (three.people, three.team) == (("anna", "carl"), "core")
    assert small("set", "B2", "team=", "people-=@ben", "people+=dora").code == 0
    assert (records().find("2").team, records().find("2").people) == ("", ("carl", "dora"))
    assert small("undo").code == 0
    assert records().find("2").team == "core"


def test_list_values_may_hold_commas(small: Many, records: Many) -> None:
    small("set", "B2", "options=lists, names", "options+=a, b and c")
    assert records().find("2").options == ("lists", "names", "a, b and c")
    small("set", "B2", "options+=second")
    assert records().find("2").options == ("lists", "names", "a, b and c", "second")


def test_links_are_lines_that_can_be_added_and_removed(small: Many, records: Many) -> None:
    small("set", "B3", "links+=competes_with B2")
    assert records().find("3").linked("competes_with") == ("B2",)
    small("set", "B3", "links+=competes_with b2")
    assert records().find("3").linked("competes_with") == ("B2",), "an arrow is drawn once"
    small("set", "B3", "links-=competes_with B2")
    assert records().find("3").links == ()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("set", "B2"), 2, "needs"),
        (("set", "title=x"), 2, "needs"),
        (("set", "B2", "titel=x"), 2, "Did you mean title"),
        (("set", "B2", "title="), 2, "cannot be empty"),
        (("set", "B2", "settle_by=soon"), 2, "it names no day. Nothing was changed.\nTry"),
        (("set", "B2", "hill=abc"), 2, "It takes a number. Nothing was changed."),
        (("set", "B2", "title=x", "B3"), 2, "no = in it"),
        (("set", "B2", "title+=x"), 2, "holds one value"),
        (("set", "B3", "state=placed"), 1, "nests_in"),
        (("set", "B99", "title=x"), 4, "no record"),
        (("done", "B2", "state=won"), 2, "state"),
        (("done",), 2, "needs"),
        (("link", "B2", "competes_wiht", "B3"), 2, "Did you mean competes_with?"),
        (("link", "B2"), 2, "where it ends"),
        (("link", "B2", "B2"), 1, "itself"),
        (("unlink", "B2", "B3"), 4, "no link"),
        (("undo", "99"), 4, "step 99"),
        (("undo", "x"), 2, "not the number"),
        (("show",), 2, "needs ID"),
        (("show", "--wide"), 2, "no option"),
        (("where", "now"), 2, "too many"),
        (("board", "laddr"), 4, "Did you mean ladder?"),
        (("why",), 2, "needs ID"),
        (("import", "cvs", "x"), 2, "csv"),
        (("import", "csv"), 2, "needs PATH"),
        (("import", "madr", "missing.md"), 4, "no file"),
        (("completion", "tcsh"), 2, "bash"),
        (("settings", "set", "nmae=x"), 2, "Did you mean name?"),
        (("settings", "frobnicate"), 2, "many settings edit"),
        (("settings", "edit"), 2, "terminal"),
        (("ls", "--al"), 2, "no option --al. Did you mean --all"),
        (("ls", "bets", "--bogus", "state:placed"), 2, "no option --bogus"),
        (("shwo",), 2, "Did you mean show?"),
        (("--fiel", "x.json", "ls"), 2, "no option --fiel. Did you mean --file"),
        (("--file",), 2, "needs a value"),
        (("--as", "two words", "ls"), 2, "one word"),
    ],
)
def test_what_cannot_be_done_is_said_in_two_lines_and_changes_nothing(
    small: Many, records: Many, words: tuple[str, ...], code: int, said: str
) -> None:
    before = {record.id: record.document() for record in records()}
    done = small(*words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert 1 <= len(done.err.splitlines()) <= 2
    assert {record.id: record.document() for record in records()} == before
    as_json = small(*words, "--json")
    assert json.loads(as_json.err)["code"] == as_json.code


def test_done_completes_as_the_x_key_does(small: Many, records: Many) -> None:
    small("set", "B2", "state=placed", "pivot_if=nobody opens them")
    assert small("done", "B2").code == 0
    assert records().find("2").state == "released"
    refused = small("done", "B2")
    assert (refused.code, "result" in refused.err) == (1, True)
    assert small("done", "B2", "result=won", "lesson=Ask earlier, and twice").code == 0
    assert (records().find("2").state, records().find("2").lesson) == ("settled", "Ask earlier, and twice")
    assert small("done", "B2").code == 1
    assert small("log", "B2", "--json").data[0]["why"] == "B2 Weekly lists is settled"


def test_rm_asks_unless_it_was_told_and_undo_brings_it_back(small: Many, records: Many) -> None:
    for words in (("rm", "M1"), ("rm", "M1", "--no-input")):
        refused = small(*words)
        assert refused.code == 2 and "? 1 arrow of another leads there. " in refused.err
    assert small("rm", "M1", "B3", "-y").code == 0
    assert [record.id for record in records()] == ["B2"]
    assert small("doctor", "--json").data["dangling"] == ["B2 nests_in M1"]
    assert "arrows     to records that are not there: B2 nests_in M1\n" in small("doctor").out
    assert small("log", "M1", "--json").data[0]["why"] == "deleted M1, B3"
    small("undo")
    assert [record.id for record in records()] == ["M1", "B2", "B3"]


def test_archive_puts_away_and_brings_back(small: Many) -> None:
    small("archive", "B2", "B3")
    assert small("ls", "bets").out == ""
    assert len(small("ls", "bets", "--all").lines) == 2
    small("archive", "B2", "B3")
    assert len(small("ls", "bets").lines) == 2


def test_link_takes_the_arrow_that_fits_unless_told(small: Many, records: Many) -> None:
    small("link", "B3", "M1")
    small("link", "B3", "competes-with", "2")
    assert [(link.kind, link.to, link.primary) for link in records().find("3").links] == [
        ("nests_in", "M1", True), ("competes_with", "B2", False),
    ]  # fmt: skip
    small("unlink", "B3", "B2")
    small("unlink", "B3", "nests_in", "M1")
    assert records().find("3").links == ()


def test_updates_are_never_rewritten(small: Many) -> None:
    small("note", "seen", "about:B2")
    assert small("set", "U4", "text=unseen").code == 1


# ---------------------------------------------------------------------------------------------------------------- history


def test_undo_and_redo_say_what_they_did(small: Many, records: Many) -> None:
    small("set", "B2", "title=Dare")
    assert small("undo").err == "undid: changed title of B2 Weekly lists. many redo does it again\n"
    assert small("redo").err == "changed title of B2 Weekly lists. many undo takes it back\n"
    assert small("undo", "--times", "3").code == 0
    assert [record.id for record in records()] == ["M1"]
    assert small("--as", "ben", "undo").err == "There is nothing of yours to undo.\n"


def test_a_step_of_another_can_be_taken_back_unless_its_fields_changed_since(small: Many, records: Many) -> None:
    small("--as", "ben", "set", "B2", "title=Dare")
    step = small("log", "B2", "--json").data[0]["n"]
    small("set", "B2", "title=Doubt")
    assert small("undo", str(step)).code == 5
    small("undo")
    assert small("undo", str(step)).code == 0
    assert records().find("2").title == "Weekly lists"


@pytest.mark.usefixtures("demonstration")
def test_log_of_a_record_names_the_fields(many: Many) -> None:
    lines = many("log", "B28").lines
    assert [line.split(maxsplit=4)[3:] for line in lines if not line.startswith(" " * 20)] == [
        ["tomas", "B28 Move lending to the new service is released"],
        ["tomas", "B28 Move lending to the new service is placed"],
        ["tomas", "added bet Move lending to the new service"],
    ]
    assert "                            state: placed -> released" in lines
    assert len(many("log", "--limit", "3").lines) == 3


def test_log_tells_the_time_where_the_workspace_is_and_lists_with_commas_in_quotes(
    small: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    import store.workspace

    monkeypatch.setattr(store.workspace, "timestamp", lambda _: "2026-11-22T23:30:00.000Z")
    small("set", "B2", "options=SQLite, embedded; files")
    for zone, when in (("Asia/Kolkata", "2026-11-23 05:00"), ("America/New_York", "2026-11-22 18:30")):
        small("settings", "set", f"zone={zone}")
        line, fields, *_ = small("log", "B2").lines
        assert line.split()[1:3] == when.split()
        assert fields.strip() == 'options: nothing -> "SQLite, embedded", files'


def test_log_of_a_record_says_values_in_words(small: Many) -> None:
    small("signal", "Weekly readers")
    small("set", "B2", "forecast.signal=S4", "forecast.low=3.5", "cut_corners=no tests @ 2027-01-01")
    small("link", "B2", "tests", "S4")
    small("decide", "Dare", "state:decided")
    small("lookback", "D7", "came_true=yes")
    lines = [line.strip() for number in ("B2", "D7") for line in small("log", number).lines]
    assert {"links: nests_in M1 -> nests_in M1, tests S4", "came_true: nothing -> yes"} <= set(lines)
    assert not [line for line in lines if "{" in line or "True" in line]
    for number in range(1, 9):
        small("reading", "S4", str(number), f"-{9 - number}d")
    days = [f"2026-11-{13 + number} {number}" for number in range(1, 9)]
    assert small("log", "S4").lines[1].strip().endswith(f"readings: … -> …, {days[7]}")
    assert f"readings: {days[0]} -> {days[0]}, {days[1]}" in [line.strip() for line in small("log", "S4").lines]


def test_options_with_commas_are_shown_one_a_line_and_edited_in_quotes(small: Many, records: Records) -> None:
    small("set", "B2", 'options="SQLite, embedded", files', "options+=paper; pencil", "people=anna,@ben")
    assert records().find("B2").options == ("SQLite, embedded", "files", "paper; pencil")
    lines = small("show", "B2").lines
    at = next(number for number, line in enumerate(lines) if line.strip().startswith("options"))
    assert [line.split(maxsplit=at_most)[-1] for line, at_most in zip(lines[at : at + 3], (1, 0, 0), strict=True)] == [
        "SQLite, embedded", "files", "paper; pencil"
    ]  # fmt: skip
    assert "@anna @ben" in small("show", "B2").out


def test_a_title_that_is_set_keeps_words_that_look_like_fields_and_says_so(small: Many, records: Records) -> None:
    done = small("set", "B2", "title=New forecast:S1 for people:anna at 10:30 +x", "hill=20")
    assert (done.code, records().find("B2").label) == (0, "New forecast:S1 for people:anna at 10:30 +x")
    assert "  left as text  forecast:S1 people:anna +x" in done.err.splitlines()
    assert "left as text" not in small("set", "B2", "title=New words", "pivot_if=conf:3 drops").err


def test_several_kinds_are_listed_together_and_a_word_that_may_have_meant_one_is_said(small: Many) -> None:
    small("mission", "Read more")
    both = small("ls", "missions", "bets")
    assert {line.split()[0][0] for line in both.lines} == {"M", "B"}
    assert small("ls", "bets", "missions").out == both.out == small("ls", "bets", "missions", "bets").out
    assert [line.split()[0] for line in small("ls", "missions", "bets", "read").lines] == ["M4"]
    sought = small("ls", "bets", "mission")
    assert (sought.code, sought.out) == (0, "")
    assert sought.err == "Nothing says “mission”. Kinds come first: many ls missions\n"


def test_watch_prints_each_step_of_others_as_a_line(small: Many, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tui.shell.history

    waits = iter(["first", "second"])

    def somebody_writes(_: float) -> None:
        from store.disk.journal import capture

        capture(str(path), "bets", {"title": next(waits), "state": "option"}, "ben", why="wrote")

    monkeypatch.setattr(tui.shell.history.time, "sleep", somebody_writes)
    done = small("watch", "--limit", "2", "--jsonl")
    assert [(json.loads(line)["by"], json.loads(line)["n"]) for line in done.lines] == [("ben", 4), ("ben", 5)]


# ----------------------------------------------------------------------------------------------------------------- lenses


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize("lens", list(perspectives()))
def test_every_lens_can_be_printed_in_a_width(many: Many, lens: str) -> None:
    done = many("board", lens, "--plain", "--width", "80", "--of", "B32")
    assert done.code == 0
    assert done.lines[0].startswith(perspectives()[lens].title)
    from tui.text import width_of

    assert max(map(width_of, done.lines)) <= 80


@pytest.mark.usefixtures("demonstration")
def test_several_lenses_take_one_filter_and_why_says_what_is_missing(many: Many) -> None:
    done = many("board", "flow", "ladder", "team:lending")
    assert done.code == 0 and done.out.count("filter: team:lending") == 2 and "B32" not in done.out
    assert [row["type"] for row in many("board", "bets", "state:parked", "--json").data] == ["bet"]
    assert many("why", "B32", "decisions").lines == ["B32 is not in Decisions: it shows decisions; B32 is a bet."]
    assert many("why", "B32", "flow", "--json").data == {"id": "B32", "lens": "flow", "appears": True, "why": None}


# --------------------------------------------------------------------------------------------------------------- exchange


def test_import_shows_its_plan_then_does_it_as_one_step(many: Many, home: Path, records: Many) -> None:
    (home / "bets.csv").write_text("Id,Name,Theme\n1,Lists,Discovery\n2,\x1b[31mSearch,Discovery\n", encoding="utf-8")
    words = ("import", "csv", "bets.csv", "key=Id", "title=Name", "under=Theme")
    tried = many(*words, "--dry-run", "--save-mapping", "map.toml")
    assert tried.code == 0 and "\x1b" not in tried.out and "Lists" in tried.out
    assert len(records()) == 0
    assert many("import", "csv", "bets.csv", "--mapping", "map.toml").code == 0
    assert sorted(record.label for record in records()) == ["\x1b[31mSearch", "Discovery", "Lists"]
    again = many("import", "csv", "bets.csv", "--mapping", "map.toml")
    assert (again.code, "nothing to import" in again.err) == (0, True)
    many("undo")
    assert len(records()) == 0


def test_export_writes_once_and_replaces_only_when_told(small: Many, home: Path) -> None:
    from store.exchange import formats

    writing = [one.name for one in formats().values() if one.writes is not None]
    if not writing:
        pytest.skip("no format writes")
    name = writing[0]
    assert small("export", name, "B2").out
    assert small("export", name, "bets", "--out", "out.txt").code == 0
    before = (home / "out.txt").read_text(encoding="utf-8")
    assert small("export", name, "B2", "--out", "out.txt").code == 2
    assert (home / "out.txt").read_text(encoding="utf-8") == before
    assert small("export", name, "B2", "--out", "out.txt", "-y").code == 0


def test_export_holds_everything_but_what_is_archived(many: Many, demonstration: Path, records: Many) -> None:
    many("archive", "B66")
    exported = {json.loads(line)["id"] for line in many("export", "jsonl").lines}
    assert exported == {record.id for record in records()} - {"B66"}
    assert len(many("export", "jsonl", "--all").lines) == len(exported) + 1


# -------------------------------------------------------------------------------------------------------------- workspace


def test_where_names_every_path(small: Many, path: Path, home: Path) -> None:
    data = small("where", "--json").data
    assert (data["workspace"], data["journal"], data["me"]) == (str(path), f"{path}.journal", "anna")
    assert data["themes"] == str(home / ".config/manyview/themes")
    assert any(line.startswith("workspace  ") for line in small("where").lines)


def test_doctor_is_content_with_a_sound_workspace_and_exits_6_for_a_damaged_one(small: Many, path: Path) -> None:
    well = small("doctor")
    assert (well.code, well.lines[-1]) == (0, "All is well.")
    journal = Path(f"{path}.journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"broken\n" + b"".join(lines[1:]))
    path.unlink(missing_ok=True)
    assert small("doctor").code == 6


def test_doctor_does_not_say_that_all_is_well_where_the_app_cannot_be_opened(
    small: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MANYVIEW_THEME", "nosuch")
    done = small("doctor")
    assert (done.code, done.lines[-1]) == (0, "The workspace is well.")
    assert "app        not with the theme that is asked for" in done.lines


def test_doctor_finds_a_line_of_history_that_broke_after_the_file_was_folded(small: Many, path: Path) -> None:
    small("ls")
    journal = Path(f"{path}.journal")
    journal.write_bytes(journal.read_bytes().replace(b'"by":', b'"By":', 1))
    done = small("doctor")
    assert (done.code, "Line at byte 0 of the journal is damaged" in done.out) == (6, True)


def test_doctor_names_records_that_cannot_be_read(small: Many, path: Path) -> None:
    small("ls")
    tables = json.loads(path.read_text())
    tables["bets"]["2"]["hill"] = "steep"
    path.write_text(json.dumps(tables))
    done = small("doctor")
    assert done.code == 6 and "B2 holds what its model cannot read: hill" in done.out


def test_a_file_that_is_no_workspace_is_exit_6_and_left_alone(many: Many, path: Path) -> None:
    path.write_text("dear diary")
    assert many("ls").code == 6
    assert path.read_text() == "dear diary"


def test_a_text_of_several_lines_is_one_line_of_the_log(many: Many) -> None:
    many("bet", "x")
    many("set", "B1", "hypothesis=one\n\ntwo")
    assert many("log", "B1").lines[1].strip() == "hypothesis: nothing -> one two"


def test_settings_are_toml_that_can_be_set_and_read_back(many: Many) -> None:
    import tomllib

    assert (
        many("settings", "set", "name=Our group", "teams=core,data", "wip_limits.core=4", "states.bet.option=idea").code == 0
    )
    document = tomllib.loads(many("settings").out)
    assert (document["name"], document["teams"], document["wip_limits"]) == ("Our group", ["core", "data"], {"core": 4})
    many("bet", "x")
    assert "idea" in many("ls").out
    assert many("settings", "set", "wip_limits.core=many").code == 2
    many("undo", "1")
    assert many("settings", "--json").data["name"] == ""


def test_settings_edit_keeps_what_can_be_read(many: Many, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = home / "editor.py"
    editor.write_text(
        "import sys; p = sys.argv[1]; t = open(p).read(); open(p, 'w').write(t.replace('name = \"\"', 'name = \"Ed\"'))"
    )
    monkeypatch.setenv("EDITOR", f"{shlex.quote(sys.executable)} {editor}")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("tui.shell.session.Session.may_ask", True)
    assert many("settings", "edit").code == 0
    assert many("settings", "--json").data["name"] == "Ed"
    assert many("settings", "edit").err == "Nothing was changed.\n"


def test_demo_makes_the_examples_once(many: Many, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MANYVIEW_FILE")
    path = home / ".local/share/manyview/demo.json"
    assert many("demo", "--no-open").lines == [str(path)]
    content = path.read_bytes()
    assert many("demo", "--no-open").lines == [str(path)]
    assert path.read_bytes() == content
    assert many("demo").code == 2


def test_the_demo_shows_every_kind_and_state_and_nothing_in_it_is_broken(examples: Records) -> None:
    records = list(examples)
    assert {type(record) for record in records} == set(KINDS)
    for noun in ("bet", "decision"):
        kind = next(kind for kind in KINDS if kind.noun == noun)
        states = {record.standing for record in records if record.noun == noun}
        assert set(kind.states) - states <= {"superseded", "reversed"}
    assert not any(unreadable(record) for record in records)
    assert all(link.to in examples for record in records for link in record.links)
    assert {record.created_by for record in records} == {"ines", "tomas", "maya"}
    assert max(record.created for record in records) < "2026-11-22"


def test_many_alone_needs_a_terminal(many: Many) -> None:
    done = many()
    assert (done.code, done.out) == (2, "") and "many opens" in done.err


def test_keys_lists_commands_and_lenses(many: Many) -> None:
    assert any("record.finish" in line for line in many("keys").lines)
    assert any("Does today's work reach the strategy?" in line for line in many("keys").lines)
    assert {"id", "keys", "title", "help"} == set(many("keys", "--json").data[0])


# ------------------------------------------------------------------------------------------------------------ declarations


def test_every_verb_has_a_page_in_the_help_and_an_example_that_names_it(many: Many) -> None:
    overview = many("help").out
    for verb in verbs().values():
        assert verb.group in GROUPS and f"  {verb.name} " in overview
        for words in (("help", verb.name), (verb.name, "--help")):
            assert many(*words).out.startswith(verb.usage)
        assert any(f"many {verb.name}" in line for line, _ in verb.examples)
    assert set(CAPTURES) <= set(verbs())
    assert all(verb_named(name) is verb for name, verb in verbs().items())
    assert many("help", "shwo").code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_knows_every_verb(many: Many, shell: str) -> None:
    script = many("completion", shell).out
    assert all(verb in script for verb in verbs())
    assert "ladder" in script and "--dry-run".lstrip("-") in script


def test_the_reference_is_up_to_date() -> None:
    from tui.shell.reference import written

    for target, text in written().items():
        assert target.read_text(encoding="utf-8") == text, f"python -m tui.shell.reference writes {target.name}"


def test_a_fault_of_ours_is_one_line_and_a_file_with_the_traceback(
    many: Many, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise ZeroDivisionError("\x1b[31mtwice")

    monkeypatch.setattr("tui.shell.verb.read", fail)
    done = many("ls")
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert "\x1b" not in done.err and "Traceback" not in done.err
    kept = next((home / ".local/state/manyview").iterdir())
    assert str(kept) in done.err and "ZeroDivisionError" in kept.read_text()
