"""`many checkin`: what waits, the agenda, holding, skipping, minutes; nothing is lost and every error says what to do."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest
from conftest import TODAY, Many

from store.disk.tiny import TinyBackend
from store.model import Checkin
from store.workspace import Workspace
from tests.tui.shell.at_terminal import Typist


@pytest.fixture
def filled(many: Many) -> Many:
    for words in (
        ("mission", "Grow"),
        ("bet", "Stay", "under:M1", "settle:+6w"),
        ("bet", "Leave"),
        ("decide", "Which door?", "door:one-way"),
    ):
        assert many(*words).code == 0
    assert many("set", "M1", "state=active", "-q").code == 0
    assert many("set", "B2", "state=placed", "links=nests_in M1", "settle_by=+6w", "pivot_if=nobody stays", "-q").code == 0
    return many


def stored(many: Many, checkin: str = "weekly") -> Checkin:
    import os

    workspace = Workspace(TinyBackend(os.environ["MANYVIEW_FILE"], read_only=True))
    found = [one for one in workspace.records.all(Checkin) if one.level == checkin]
    workspace.close()
    assert len(found) == 1
    return found[0]


def test_without_a_word_it_lists_what_waits(filled: Many) -> None:
    assert filled("checkin").lines == [
        "weekly       Weekly, 30 min, due tomorrow (2026-11-23)",
        "six-weeks    Six weeks, 180 min, due in 5 w (2026-12-28)",
        "half-year    Half-year, 480 min, due in 6 w (2027-01-08)",
        "yearly       Yearly, 960 min, due in 7 w (2027-01-15)",
        "D4           One-way door premortem of Which door?, 45 min, due today (2026-11-22)",
    ]


def test_a_level_shows_its_agenda_and_its_questions(filled: Many) -> None:
    shown = filled("checkin", "weekly", "--plain")
    assert shown.code == 0 and shown.lines[0] == "Weekly check-in, due 2026-11-23, 30 min"
    assert "  B2 Stay: 0 d, nobody is on it" in shown.lines
    assert "  D4 Which door?: open for 0 d, one-way door, nobody drives it" in shown.lines
    assert "  4  Which open choice can be made now?" in shown.lines


@pytest.mark.parametrize("word", ["weekly", "Weekly", "wee", "WEEKLY"])
def test_a_level_is_meant_by_its_beginning(filled: Many, word: str) -> None:
    assert filled("checkin", word).lines[0].startswith("Weekly check-in")


def test_a_record_that_calls_for_one_is_meant_by_its_id(filled: Many) -> None:
    assert filled("checkin", "D4").lines[0] == "One-way door premortem of D4, due 2026-11-22, 45 min"
    refused = filled("checkin", "B2")
    assert (refused.code, refused.err.splitlines()[0]) == (4, "B2 calls for no check-in.")


def test_one_about_a_record_is_found_from_it_after_it_was_held(filled: Many) -> None:
    assert "To hold it: many checkin D4 1='…' 2='…'" in filled("checkin", "D4", "--plain").err
    assert filled("checkin", "D4", "1=We sold too early", "lesson=Rent first").code == 0
    assert "We sold too early" in filled("checkin", "D4", "--minutes").out
    assert "We sold too early" in filled("checkin", "D4").out
    assert "  check-in        C7  ✓ premortem-one-way 2026-11-22" in filled("show", "D4").lines
    assert filled("checkin", "B2").err.startswith("B2 calls for no check-in.")


def test_holding_it_is_one_step_that_undo_takes_back(filled: Many) -> None:
    words = ("1=we shipped", "B2=stop 20 nobody stayed", "B3=start 60", "intent=Fewer bets", "decisions=Keep it small; D4")
    done = filled("checkin", "weekly", *words)
    assert done.code == 0
    assert done.err.startswith("held the Weekly check-in of 2026-11-23: B2 stopped; B3 was not placed: it needs")
    held = stored(filled)
    assert (held.state, held.held_on, held.intent, held.people) == ("done", TODAY, "Fewer bets", ("anna",))
    assert held.answers == {"What did we intend, and what happened?": "we shipped"}
    assert [filled("show", one, "--json").data["occasion"] for one in held.decisions] == [
        "Weekly check-in of 2026-11-23"
    ] * 2
    assert filled("show", "B2", "--json").data["state"] == "stopped"
    assert filled("undo").code == 0
    assert filled("show", "B2", "--json").data["state"] == "placed"
    assert filled("ls", "check-ins", "--all", "--json").data == []


def test_one_left_open_is_gone_on_with(filled: Many) -> None:
    assert filled("checkin", "weekly", "1=so far", "--open").code == 0
    assert stored(filled).state == "open"
    assert filled("checkin", "weekly", "2=nobody", "--as", "ben").code == 0
    held = stored(filled)
    assert (held.state, held.people, list(held.answers.values())) == ("done", ("anna", "ben"), ["so far", "nobody"])


def test_one_in_which_nobody_said_a_word_is_not_held(filled: Many) -> None:
    refused = filled("checkin", "weekly", "--done")
    assert (refused.code, refused.err.startswith("Nothing is said in it yet")) == (1, True)
    assert filled("checkin", "weekly", "1=so far", "--open").code == 0
    assert filled("checkin", "weekly", "--done", "--as", "ben").code == 0
    assert (stored(filled).state, stored(filled).people) == ("done", ("anna", "ben"))


def test_the_minutes_are_markdown_in_which_text_reads_as_it_was_typed(filled: Many) -> None:
    filled("checkin", "weekly", "1=we *shipped* <b>it</b>", "B2=keep 70 still true", "intent=Fewer bets", "decisions=D4")
    assert filled("checkin", stored(filled).id, "--minutes").out == (
        "# Weekly, 2026-11-22\n\n"
        "- **State:** done\n- **Due:** 2026-11-23\n- **Took part:** @anna\n\n"
        "## What did we intend, and what happened?\n\nwe \\*shipped\\* \\<b\\>it\\</b\\>\n\n"
        "## Verdicts\n\n- **keep:** B2 Stay, 70% sure: still true\n\n"
        "## Decisions\n\n- D4 Which door? (still open)\n\n"
        "## Until the next one\n\nFewer bets\n"
    )


def test_the_next_one_begins_with_what_was_intended(filled: Many) -> None:
    filled("checkin", "weekly", "intent=Fewer bets")
    lines = filled("checkin", "weekly").lines
    assert lines[0] == "Weekly check-in, due 2026-11-30, 30 min"
    assert lines[lines.index("Last time we intended") + 1] == "  Fewer bets"


def test_skipping_says_why(filled: Many) -> None:
    assert filled("checkin", "weekly", "--skip", " ").code == 2
    assert filled("checkin", "weekly", "--skip", "all on holiday").code == 0
    assert (stored(filled).state, stored(filled).why_skipped) == ("skipped", "all on holiday")
    again = filled("checkin", stored(filled).id, "--skip", "again")
    assert (again.code, again.err) == (1, f"{stored(filled).id} is skipped.\n")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("monthly",), 4, "There is no check-in monthly. There are weekly, six-weeks, half-year, yearly."),
        (("weekl",), 0, ""),
        (("weekly", "hello"), 2, "hello has no = in it."),
        (("weekly", "9=x"), 2, "There is no question 9: there are 4. Nothing was changed."),
        (("weekly", "mood=good"), 2, "Nothing is asked by mood: name a question by its number"),
        (("weekly", "B2=perhaps"), 2, "B2: a verdict is one of keep, start, change, stop. Nothing was changed."),
        (("weekly", "B2=stop"), 2, "B2: a stop says why: stop 20 nobody used it. Nothing was changed."),
        (("weekly", "B99=keep"), 4, "There is no record B99 in this workspace."),
        (("weekly", "D4=keep"), 2, "D4 is a decision: verdicts are on missions and bets. Nothing was changed."),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(filled: Many, words: tuple[str, ...], code: int, says: str) -> None:
    done = filled("checkin", *words)
    assert (done.code, done.err.startswith(says)) == (code, True), done.err
    assert filled("ls", "check-ins", "--all", "--json").data == []


def test_programs_get_the_agenda_as_json(filled: Many) -> None:
    found = filled("checkin", "weekly", "--json").data
    assert (found["id"], found["level"], found["due"], found["since"]) == (None, "weekly", "2026-11-23", "2026-11-15")
    oldest = next(part for part in found["agenda"] if part["part"] == "oldest")
    assert oldest["entries"] == [{"text": "B2 Stay: 0 d, nobody is on it", "id": "B2"}]
    assert [one["level"] for one in filled("checkin", "--json").data][:2] == ["weekly", "six-weeks"]


def test_people_nobody_knows_are_kept_and_said(filled: Many) -> None:
    assert filled("--as", "ben", "checkin", "weekly", "1=We did", "people=@anna, ben", "--open").err.count("New here") == 0
    done = filled("checkin", "weekly", "people=anna, the whole team, see notes")
    assert done.err.splitlines()[-1] == "New here: the whole team, see notes."
    assert stored(filled).people == ("anna", "the whole team", "see notes")


def test_one_that_is_due_much_later_is_begun_only_by_those_who_say_so(filled: Many) -> None:
    early = filled("checkin", "yearly", "1=We did")
    assert (early.code, early.err) == (
        2,
        "The Yearly check-in of 2027-01-15 is due in 54 days. Begin it now? Nobody can be asked here. Nothing was changed.\n"
        "Add -y if you are sure.\n",
    )
    assert filled("ls", "check-ins", "--all", "--json").data == []
    assert filled("checkin", "yearly", "1=We did", "--open", "-y").code == 0
    begun = stored(filled, "yearly")
    assert filled("checkin", begun.id, "2=We do not know").code == 0  # it was begun: nobody is asked any more
    assert filled("checkin", "half-year", "--skip", "all on holiday").code == 0
    assert filled("checkin", "weekly", "1=We did").code == 0  # due tomorrow


def test_past_bets_are_ranked_line_by_line_in_a_part_of_their_own(filled: Many, typed: Typist) -> None:
    filled("set", "B2", "state=released", "-q")
    filled("set", "B2", "state=settled", "result=won", "lesson=Ask earlier", "-q")
    done = typed("We did", ">", "d", ".", "", verb=("checkin", "yearly"), options=("-y",))
    assert "A rank says how much it mattered in the end, as far as anybody can tell." in done.lines
    assert "5 of 11  impact: Stay: B2, won. Ask earlier" in done.lines
    assert stored(filled, "yearly").answers["impact of B2"] == "don't know"


@pytest.mark.parametrize(("answer", "begins"), [("n", False), ("y", True)])
def test_in_a_terminal_it_is_asked_whether_to_begin_early(
    filled: Many, typed: Typist, monkeypatch: pytest.MonkeyPatch, answer: str, begins: bool
) -> None:
    monkeypatch.setattr("tui.shell.session.Session.confirm", lambda session, question: answer == "y")
    done = typed("We did", ".", "", verb=("checkin", "yearly"))
    assert done.code == 0 and ("1 of " in done.out) == begins == bool(typed.keys)
    assert len(filled("ls", "check-ins", "--all", "--json").data) == begins


def test_a_year_is_ranked_back(filled: Many) -> None:
    filled("set", "B2", "state=released", "-q")
    filled("set", "B2", "state=settled", "result=won", "-q")
    filled("bet", "Weekly lists", "re:M1", "-q")
    other = next(row["id"] for row in filled("ls", "bets", "--json").data if row["title"] == "Weekly lists")
    filled("set", other, "state=placed", "settle_by=+1w", "pivot_if=x", "-q")
    filled("set", other, "state=released", "-q")
    filled("set", other, "state=settled", "result=lost", "-q")
    assert filled("checkin", "yearly", "B2=don't know", "-y").code == 0
    held = stored(filled, "yearly")
    assert held.answers == {"impact of B2": "don't know"} and held.verdicts == ()
    minutes = filled("checkin", held.id, "--minutes").out
    assert "## Past bets by impact\n\nOf 2 past bets: 0 high, 0 mid, 0 low, 1 don't know, 1 not ranked\n" in minutes
    assert "\n- **don't know:** B2 Stay" in minutes and f"\n- **not ranked:** {other} Weekly lists" in minutes


def test_it_is_the_day_of_the_workspace_where_that_has_a_zone(filled: Many, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 23:30 in London it is tomorrow in Auckland, and the weekly check-in of Monday is due there already."""
    monkeypatch.setattr("store.days.datetime", _At)
    assert filled("settings", "set", "zone=Europe/London").code == 0
    assert filled("checkin").lines[0] == "weekly       Weekly, 30 min, due tomorrow (2026-11-23)"
    assert filled("settings", "set", "zone=Pacific/Auckland").code == 0
    assert filled("checkin").lines[0] == "weekly       Weekly, 30 min, due today (2026-11-23)"


class _At(datetime):
    @classmethod
    def now(cls, zone: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(2026, 11, 22, 23, 30, tzinfo=UTC).astimezone(zone)


def test_how_we_work_is_told_with_the_review_of_each_ritual(filled: Many) -> None:
    assert filled("settings", "set", "levels.weekly.review_on=2026-11-25", "levels.weekly.at=09:30").code == 0
    filled("checkin", "weekly", "B2=stop nobody stayed")
    lines = filled("rituals", "--plain").lines
    assert lines[:5] == [
        "Weekly",
        "  when     every Monday at 09:30, next in 8 d",
        "  time     30 min",
        "  held     1 of 1 in a year; 0.5 h of everybody's time",
        "  brought  1 stop",
    ]
    assert "  review   in 3 d: does it still earn its time?" in lines
    found = filled("rituals", "--json").data
    assert [one["id"] for one in found][:2] == ["weekly", "six-weeks"]
    assert (found[0]["held"], found[0]["verdicts"], found[0]["review_on"]) == (1, {"stop": 1}, "2026-11-25")
    assert "Weekly: does it still earn its time? Due in 3 d" in filled("checkin", "six-weeks").out


def test_the_calendar_is_written_of_all_or_of_what_is_meant(filled: Many, path: Path) -> None:
    whole = filled("export", "ics")
    assert whole.code == 0 and whole.out.startswith("BEGIN:VCALENDAR\r\n") and "SUMMARY:Weekly check-in\r\n" in whole.out
    some = filled("export", "ics", "bets")
    assert some.out.count("BEGIN:VEVENT") == 1 and "SUMMARY:Settle B2 Stay\r\n" in some.out
    out = path.parent / "team.ics"
    assert filled("export", "ics", "--out", str(out)).code == 0
    assert out.read_bytes().decode() == whole.out
    assert filled("import", "ics", str(out)).code == 2


def test_the_minutes_of_a_level_are_those_of_the_last_one_until_the_next_is_begun(filled: Many) -> None:
    assert filled("checkin", "weekly", "--minutes").lines[:3] == ["# Weekly, 2026-11-23", "", "- **State:** due"]
    filled("checkin", "weekly", "1=We shipped")
    minutes = filled("checkin", "weekly", "--minutes").out
    assert minutes.startswith("# Weekly, 2026-11-22\n\n- **State:** done") and "We shipped" in minutes
    filled("checkin", "weekly", "1=We slipped", "--open", "-y")
    assert filled("checkin", "weekly", "--minutes").lines[0] == "# Weekly, 2026-11-30"


# ----------------------------------------------------------------------------------------------- what never began is dropped


def test_what_never_ran_is_dropped_and_what_ran_is_stopped(filled: Many) -> None:
    """`many done` on an option, and a verdict on one, say what they do to it: nothing stops that never began."""
    refused = filled("done", "B3")
    assert (refused.code, refused.err) == (1, "To drop B3, which was never placed, it needs why_stopped.\n")
    done = filled("done", "B3", "why_stopped=nobody asks")
    assert done.err == "B3 Leave is dropped (stopped before it was placed). many undo takes it back\n"
    filled("undo")
    held = filled("checkin", "six-weeks", "B3=stop nobody asks", "B2=stop nobody stays", "-y")
    assert ": B3 dropped (stopped before it was placed); B2 stopped. many undo takes it back" in held.err
