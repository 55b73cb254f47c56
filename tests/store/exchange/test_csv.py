"""CSV import: the real goals, mappings, everything that is wrong with a table, and that nothing is ever lost."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.exchange import named
from store.exchange.csv_table import read_csv
from store.exchange.imported import Imported, Source
from store.exchange.mapping import read_mapping, write_mapping
from store.exchange.plan import plan
from store.model import Bet, Decision, Mission, Record
from store.step import edit
from store.workspace import Workspace

GOALS = Path(__file__).parents[2] / "data" / "rust-goals.toml"
WORDS = ["key=id", "title=name"]


def read(text: str | bytes, *words: str, kept: str = "") -> Imported:
    data = text if isinstance(text, bytes) else text.encode()
    return read_csv([Source("a.csv", data)], words or WORDS, kept)


def said(imported: Imported) -> list[str]:
    return [str(problem) for problem in imported.problems]


def only(imported: Imported) -> Record:
    (draft,) = imported.drafts
    return draft.record


# ---------------------------------------------------------------------------------------------------------- the real goals


def goals(data: Path, *words: str) -> Imported:
    return named("csv").read([data / "rust-goals-2025h2.csv"], [f"map={GOALS}", *words])


def test_the_real_goals_become_bets_under_their_themes(data: Path, workspace: Workspace) -> None:
    planned = plan(workspace.records, goals(data))
    assert (planned.count("new", Mission), planned.count("new", Bet), planned.problems) == (4, 42, ())
    step = planned.step()
    assert step is not None
    assert step.why == "imported 4 missions and 42 bets from rust-goals-2025h2.csv"
    workspace.commit(step)
    missions = {mission.title: mission.id for mission in workspace.records.all(Mission)}
    bets = {bet.source: bet for bet in workspace.records.all(Bet)}
    bet = bets["csv:rust-goals-2025h2.csv#build-std"]
    assert (bet.title, bet.state) == ("build-std", "option")
    assert bet.linked("nests_in") == (missions["Flexible, fast(er) compilation"],)
    assert (bet.people, bet.tags) == (("davidtwco", "ehuss", "Amanieu"), ("cargo", "compiler", "libs"))
    assert "## champions\n\ncargo=@ehuss;compiler=@davidtwco;libs=@Amanieu\n\n## issue\n\n274" in bet.body
    assert sum(bool(bet.linked("nests_in")) for bet in bets.values()) == 13
    assert [bet.title for bet in bets.values() if bet.state == "stopped"] == ["Delegation"]
    workspace.undo()
    assert not list(workspace.records)


def test_a_second_import_of_the_real_goals_changes_nothing(data: Path, workspace: Workspace) -> None:
    first = plan(workspace.records, goals(data)).step()
    assert first is not None
    workspace.commit(first)
    assert plan(workspace.records, goals(data), update=True).step() is None
    again = plan(workspace.records, goals(data))
    assert again.step() is None
    assert again.summary() == ("Nothing new; 0 changed, 0 different here and left as they are, 46 already there.")


def test_every_cell_of_the_real_goals_is_kept(data: Path) -> None:
    drafts = {draft.source.partition("#")[2]: draft.record for draft in goals(data).drafts}
    known = {"Proposed": "option", "Not accepted": "stopped"}
    with open(data / "rust-goals-2025h2.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            bet = drafts[row["key"]]
            assert isinstance(bet, Bet)
            assert (bet.title, bet.state) == (row["title"], known[row["status"]])
            assert not row["theme"] or drafts[f"under:{row['theme']}"].label == row["theme"]
            assert row["owner"].removeprefix("@") == bet.people[0]
            assert bet.tags == tuple(row["teams"].split(";"))
            assert all(row[column].strip() in bet.body for column in ("summary", "status_quo", "champions", "issue"))


def test_the_dry_run_says_how_cells_of_several_values_are_split() -> None:
    text = "id,name,who\n1,A,@ann;@ben\n"
    hint = "    each cell of who is one value, “;” and all; if they are several: 'split.who=;'"
    assert hint in plan([], read(text, *WORDS, "people=who")).lines()
    assert hint not in plan([], read(text, *WORDS, "people=who", "split.who=;")).lines()
    assert hint not in plan([], read(text, *WORDS, "body=who")).lines()


def test_the_dry_run_says_what_goes_where(data: Path) -> None:
    lines = plan([], goals(data)).lines()
    assert lines[0].endswith("rust-goals-2025h2.csv: 42 rows, columns separated by “,”")
    assert "  state ← status (Proposed → option, Not accepted → stopped)" in lines
    assert "  no field, so into the body: issue" in lines
    assert "4 new missions and 42 new bets; 0 changed, 0 different here and left as they are, 0 already there." in lines
    assert "new  bet option  “build-std”  nests_in “Flexible, fast(er) compilation”  in its body: champions, issue" in lines
    assert len(lines) == 9 + 1 + 46


def test_an_unmapped_status_is_named_once_with_how_to_map_it(data: Path) -> None:
    imported = goals(data, "values.status=Proposed=option")
    assert len(imported.drafts) == 46
    (problem,) = said(imported)
    assert problem.endswith(
        ":16: status “Not accepted” is no state "
        "(option, shaping, placed, released, settled, parked, stopped) and is in the body. "
        'Say what it means: values.status="Not accepted=option"'
    )
    bet = next(draft.record for draft in imported.drafts if draft.record.label == "Delegation")
    assert (bet.standing, "## status\n\nNot accepted" in bet.body) == ("option", True)


def test_how_a_column_is_read_does_nothing_unless_it_fills_a_field_and_that_is_said() -> None:
    text = "id,name,status\n1,A,Proposed\n"
    words = [*WORDS, "values.status=Proposed=option"]
    wrong = "a.csv:1: values.status does nothing: “status” fills no field. Say which: state=status"
    assert said(read(text, *words)) == [wrong]
    assert said(read(text, *words, "state=status")) == []
    assert said(read(text, *WORDS, "split.status=;", "after.status==")) == [
        "a.csv:1: split.status, after.status does nothing: “status” fills no field. Say which: FIELD=status"
    ]


# ------------------------------------------------------------------------------------------------------------------ planning


def test_missions_that_exist_are_used(workspace: Workspace) -> None:
    text = "id,name,goal\n1,One,Grow\n2,Two,Grow\n3,Three,\n"
    words = [*WORDS, "under=goal"]
    workspace.commit(plan([], read("id,name\n9,Grow\n", *WORDS, "as=mission")).step())  # type: ignore[arg-type]
    planned = plan(workspace.records, read(text, *words))
    assert (planned.count("new", Mission), planned.count("new", Bet)) == (0, 3)
    assert "new  bet option  “One”  nests_in M1 “Grow”" in planned.lines()
    workspace.commit(planned.step())  # type: ignore[arg-type]
    assert [bet.linked("nests_in") for bet in workspace.records.all(Bet)] == [("M1",), ("M1",), ()]


def test_edits_survive_and_update_takes_the_file(workspace: Workspace) -> None:
    workspace.commit(plan([], read("id,name,who\n1,One,@anna\n2,Two,\n", *WORDS, "people=who")).step())  # type: ignore[arg-type]
    one, two = workspace.records.all(Bet)
    workspace.commit(edit(one, "rename", title="Mine", appetite="2 weeks"))
    workspace.commit(edit(two, "staff", people=("ben",)))
    newer = read("id,name,who\n1,One,@anna\n2,Second,\n4,Four,\n", *WORDS, "people=who")
    left = plan(workspace.records, newer)
    assert [(entry.fate, entry.fields) for entry in left.entries] == [
        ("differs", ("title",)), ("differs", ("title",)), ("new", ()),
    ]  # fmt: skip
    workspace.commit(left.step())  # type: ignore[arg-type]
    assert [bet.title for bet in workspace.records.all(Bet)] == ["Mine", "Two", "Four"]
    workspace.commit(plan(workspace.records, newer, update=True).step())  # type: ignore[arg-type]
    assert [(bet.title, bet.appetite, bet.people) for bet in workspace.records.all(Bet)] == [
        ("One", "2 weeks", ("anna",)), ("Second", "", ("ben",)), ("Four", "", ()),
    ]  # fmt: skip


def test_files_of_one_name_are_kept_apart_and_share_their_missions() -> None:
    sources = [Source(f"{folder}/a.csv", b"id,name,goal\n1,One,Grow\n") for folder in ("x", "y")]
    planned = plan([], read_csv(sources, [*WORDS, "under=goal"]))
    assert (planned.count("new", Mission), planned.count("new", Bet), planned.problems) == (1, 2, ())
    assert [entry.record.linked("nests_in") for entry in planned.entries] == [(), ("M+1",), ("M+1",)]
    assert [entry.record.source for entry in planned.entries[1:]] == ["csv:a.csv#1", "csv:a.csv~2#1"]


def test_one_source_never_becomes_two_kinds(workspace: Workspace) -> None:
    workspace.commit(plan([], read("id,name\n1,One\n")).step())  # type: ignore[arg-type]
    planned = plan(workspace.records, read("id,name\n1,One\n", *WORDS, "as=decision"))
    assert planned.step() is None
    assert [str(problem) for problem in planned.problems] == ["a.csv:2: came in before as the bet B1; it is left as it is."]


# ------------------------------------------------------------------------------------------------------------------ mappings


def test_words_and_toml_are_the_same_mapping() -> None:
    words = [
        "as=decision", "key=No", "under=Goal", "encoding=latin-1", "delimiter=;", "from=two",
        'title=Title', 'options="A, or so",B', "split.B=;", "after.B==", "date.When=%d/%m/%Y", "decided_on=When",
        'values.State=Done=decided,"In two, minds"=open', "state=State",
    ]  # fmt: skip
    mapping = read_mapping("", words)
    assert mapping.kind is Decision
    assert mapping.fields["options"] == ("A, or so", "B")
    assert mapping.columns["State"].values == {"Done": "decided", "In two, minds": "open"}
    assert (mapping.columns["B"].split, mapping.columns["B"].after) == (";", "=")
    assert read_mapping(write_mapping(mapping)) == mapping
    assert read_mapping(write_mapping(mapping), ["title=Other"]).fields["title"] == ("Other",)
    assert read("id,name\n", *WORDS).keep == 'as = "bet"\nkey = "id"\n\n[fields]\ntitle = "name"\n'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["title"], r"“title” says no column"),
        (["titel=name"], r"no field “titel” that a column can fill\. Did you mean title\?"),
        (["scores=name"], r"no field “scores” that a column can fill"),
        (["links=name"], r"no field “links” that a column can fill"),
        (["as=bit"], r"“bit” is no kind of record\. There are mission, bet"),
        (["title=id,name"], r"title takes one column, not 2"),
        (["date.name=%d"], r"does not say year, month and day"),
        (["values.name=Done"], r"should read THEIRS=OURS"),
        (["delimiter=ab"], r"one character separates cells"),
        (["encoding=klingon"], r"no encoding “klingon”; try utf-8"),
    ],
)
def test_a_word_that_makes_no_sense_is_refused(words: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read("id,name\n1,One\n", *WORDS, *words)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("key = ", r"is not TOML: "),
        ("kee = 'id'", r"says “kee”, which means nothing\. Did you mean key\?"),
        ("fields = 3", r"“fields” must be a table"),
        ("[fields]\ntitle = 3", r"should give “title” as text"),
        ("[columns.name]\nslpit = ';'", r"should be some of split"),
    ],
)
def test_a_mapping_file_that_makes_no_sense_is_refused(toml: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_mapping(toml, ["key=id"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["key=id", "title=Nmae"], "a.csv has no column Nmae. Did you mean name?\nIts columns are id, name, owner."),
        (["key=id", "title=name", "split.teams=;"], "a.csv has no column teams.\nIts columns are id, name, owner."),
        (["key=id"], "Say which column is the title: title=COLUMN.\nThe columns of a.csv are id, name, owner."),
        (
            ["title=name"],
            "Say which column tells the rows of a.csv apart, for the next import: key=COLUMN.\n"
            "Each row differs in id, name.",
        ),
    ],
)
def test_a_wrong_header_names_what_is_missing_and_what_is_there(words: list[str], message: str) -> None:
    with pytest.raises(UsageError) as error:
        read("id,name,owner\n1,One,anna\n2,Two,anna\n", *words)
    assert str(error.value) == message


# --------------------------------------------------------------------------------------------------------------------- cells


def test_dates_are_strict_and_a_month_13_stays_in_the_body() -> None:
    rows = ["1,One,2026-13-01,31/12/2026", "2,Two,2026-02-28,12/31/2026", "3,Three,tomorrow,", "4,Four,20260101,1/2/2026"]
    imported = read("\n".join(["id,name,due,on", *rows]), *WORDS, "settle_by=due", "placed_on=on", "date.on=%d/%m/%Y")
    bets = [draft.record for draft in imported.drafts if isinstance(draft.record, Bet)]
    assert [(bet.settle_by, bet.placed_on) for bet in bets] == [
        (None, date(2026, 12, 31)), (date(2026, 2, 28), None), (None, None), (None, date(2026, 2, 1)),
    ]  # fmt: skip
    assert [bet.body for bet in bets] == [
        "## due\n\n2026-13-01", "## on\n\n12/31/2026", "## due\n\ntomorrow", "## due\n\n20260101",
    ]  # fmt: skip
    format_missing = "dates are YYYY-MM-DD unless date.due= says how they are written"
    assert said(imported) == [
        "a.csv:2: due “2026-13-01” is no settle_by: month must be in 1..12; it is in the body.",
        "a.csv:3: on “12/31/2026” is no placed_on: it does not fit %d/%m/%Y; it is in the body.",
        f"a.csv:4: due “tomorrow” is no settle_by: {format_missing}; it is in the body.",
        f"a.csv:5: due “20260101” is no settle_by: {format_missing}; it is in the body.",
    ]


def test_a_time_of_day_stays_in_the_body() -> None:
    imported = read(
        "id,name,due\n1,One,2.1.2026 00:00\n2,Two,2.1.2026 17:30\n", *WORDS, "settle_by=due", "date.due=%d.%m.%Y %H:%M"
    )
    assert [draft.record.settle_by for draft in imported.drafts] == [date(2026, 1, 2)] * 2
    assert [draft.record.body for draft in imported.drafts] == ["", "## due\n\n2.1.2026 17:30"]


def test_numbers_out_of_range_stay_in_the_body() -> None:
    imported = read("id,name,sure\n1,One,70\n2,Two,170\n3,Three,high\n", *WORDS, "opportunity_confidence=sure")
    bets = [draft.record for draft in imported.drafts if isinstance(draft.record, Bet)]
    assert [bet.opportunity_confidence for bet in bets] == [70, None, None]
    assert [bet.body for bet in bets] == ["", "## sure\n\n170", "## sure\n\nhigh"]
    assert [text.partition(": ")[0] for text in said(imported)] == ["a.csv:3", "a.csv:4"]


def test_two_words_for_one_state_are_told_apart_in_the_body() -> None:
    imported = read(
        "id,name,s\n1,One,New\n2,Two,Idea\n3,Three,Done\n", *WORDS, "state=s", "values.s=New=option,Idea=option,Done=settled"
    )
    assert [(draft.record.standing, draft.record.body) for draft in imported.drafts] == [
        ("option", "## s\n\nNew"), ("option", "## s\n\nIdea"), ("settled", ""),
    ]  # fmt: skip


# ----------------------------------------------------------------------------------------------------------- broken variants


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_encodings_are_read_silently(encoding: str) -> None:
    imported = read("id,name\r\n1,Größe 木\r\n".encode(encoding))
    assert (only(imported).label, said(imported)) == ("Größe 木", [])


def test_latin_1_is_kept_and_named_unless_declared() -> None:
    data = "id,name,x\n1,Größe,a\n2,Two,\n3,Zoë,ß\n".encode("latin-1")
    imported = read(data)
    assert [draft.record.label for draft in imported.drafts] == ["Gr\\xf6\\xdfe", "Two", "Zo\\xeb"]
    assert said(imported) == [
        "a.csv:2: bytes that are not UTF-8 (and on 1 more line: 4): kept, written as \\xNN. "
        "If it is another encoding, say which: encoding=latin-1"
    ]
    declared = read(data, *WORDS, "encoding=latin-1")
    assert ([draft.record.label for draft in declared.drafts], said(declared)) == (["Größe", "Two", "Zoë"], [])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("id,name\n1,One\n".encode("utf-16-le"), r"looks like UTF-16 without its mark\. Say so: encoding=utf-16-le"),
        ("id,name\n1,One\n".encode("utf-16-be"), r"encoding=utf-16-be"),
        (b"PK\x03\x04rest", r"a spreadsheet or another zip archive"),
        (bytes(range(256)) * 4, r"is not text"),
        (b"", r"is empty"),
        (b"\n\n", r"is empty"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read(data)


def test_controls_and_overrides_are_kept_and_named_by_line() -> None:
    imported = read("id,name,x\n1,a\x00b,\n2,\x1b[31mred,\x1b\n3,\u202egnp.exe,\n4,[b]bold[/b] <b>,\n")
    assert [draft.record.label for draft in imported.drafts] == ["a\x00b", "\x1b[31mred", "\u202egnp.exe", "[b]bold[/b] <b>"]
    assert said(imported) == [
        "a.csv:2: holds NUL: kept as data, never sent to a terminal.",
        "a.csv:3: holds ESC: kept as data, never sent to a terminal.",
        "a.csv:4: holds a right-to-left override: kept as data, never sent to a terminal.",
    ]
    assert all(line.isprintable() for line in plan([], imported).lines())


def test_titles_that_are_empty_broken_or_endless() -> None:
    long = "x" * 5000
    imported = read(f'id,name\n1,\n2,"Two\nlines"\n3,{long}\n')
    assert [draft.record.label for draft in imported.drafts] == ["1", "Two lines", "x" * 299 + "…"]
    assert [draft.record.body for draft in imported.drafts] == ["", "## name\n\nTwo\nlines", f"## name\n\n{long}"]
    assert said(imported) == [
        "a.csv:2: the title is empty: “1” stands in.",
        "a.csv:3: the name has line breaks: on one line here, as it was in the body.",
        "a.csv:5: the name has 5000 characters: shortened here, whole in the body.",
    ]


def test_ten_megabytes_in_a_cell() -> None:
    limit = 131_072
    csv.field_size_limit(limit)
    imported = read("id,name,text\n1,One," + "x" * 10_000_000 + "\n2,Two,\n")
    assert [len(draft.record.body) for draft in imported.drafts] == [len("## text\n\n") + 10_000_000, 0]
    assert said(imported) == ["a.csv:2: the cell “text” is very large: 10.0 million characters."]
    assert csv.field_size_limit() == limit


def test_ragged_rows_keep_every_cell() -> None:
    imported = read("id,name,,name\n1,One\n2,Two,a,b,c,d\n\n3,Three,,\n")
    assert [draft.record.body for draft in imported.drafts] == [
        "", "## column 3\n\na\n\n## name~2\n\nb\n\n## column 5\n\nc\n\n## column 6\n\nd", "",
    ]  # fmt: skip
    assert said(imported) == [
        "a.csv:1: column 3 has no name; here it is called “column 3”.",
        "a.csv:1: column 4 has the name “name” that another one has; here it is called “name~2”.",
        "a.csv:2: 2 cells where the header has 4: from “column 3” on it is empty.",
        "a.csv:3: 6 cells where the header has 4: the others are in the body.",
    ]


def test_keys_that_are_missing_or_recur() -> None:
    text = "id,name\n1,One\n1,Again\n,None\n"
    imported = read(text)
    sources = [draft.source for draft in imported.drafts]
    assert sources[:2] == ["csv:a.csv#1", "csv:a.csv#1~2"]
    assert sources[2].startswith("csv:a.csv#row-")
    assert said(imported) == [
        "a.csv:3: “id” is “1” as on line 2: it comes in as a record of its own.",
        "a.csv:4: “id” is empty: changed rows like this come in again at the next import.",
    ]
    assert [draft.source for draft in read(text).drafts] == sources


def test_an_open_quote_is_named_and_loses_nothing() -> None:
    imported = read('id,name,text\n1,One,"open\n2,Two,\n3,Three,\n')
    assert only(imported).body == "## text\n\nopen\n2,Two,\n3,Three,"
    assert (
        said(imported)[0] == "a.csv:2: a quote opened here is never closed: the rest of the file, 3 lines, became one row."
    )


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_seen_and_said(mark: str) -> None:
    imported = read(f"id{mark}name\n1{mark}One\n")
    assert only(imported).label == "One"
    name = "tab" if mark == "\t" else mark
    assert imported.explained[0] == f"a.csv: 1 row, columns separated by “{name}”"


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=4, max_size=6), max_size=5))
def test_nothing_is_ever_lost(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["id", "name", "who", "when"], *rows])
    data = text.getvalue().encode()
    imported = read(b"\xef\xbb\xbf" + data, *WORDS, "people=who", "settle_by=when", "split.who=;")
    drafts = iter(imported.drafts)
    for row in rows:
        if not any(row):
            continue
        record = next(drafts).record
        assert isinstance(record, Bet)
        kept = "\0".join([record.source, record.title, record.body, *record.people, str(record.settle_by)])
        for cell in row:
            assert all(piece.strip().removeprefix("@").strip() in kept for piece in cell.split(";"))
    assert next(drafts, None) is None
