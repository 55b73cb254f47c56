"""The settings as TOML: everything a workspace decides can be written and read back, or is refused in words."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.left_behind import left_behind
from store.records import Records
from store.settings import DEFAULT, Settings
from store.settings_line import assigned, named, paths, taken_apart_at_names, value_at
from store.settings_text import as_toml, from_toml, keeping_ids, to_edit


def test_what_is_written_reads_back_and_says_what_each_is() -> None:
    assert from_toml(as_toml(DEFAULT)) == DEFAULT
    text = to_edit(DEFAULT)
    assert from_toml(text) == DEFAULT
    heads = [line for line in text.splitlines() if line.startswith("# ")]
    for name in Settings.model_fields:
        assert any(head.startswith(f"# {name}: ") for head in heads)
    assert "#   review_on: When the ritual itself is reviewed: does it still earn its time?" in heads


@given(st.dictionaries(st.sampled_from(["bet", "mission"]), st.tuples(st.text(max_size=9), st.text(max_size=9))), st.text())
def test_any_words_people_use_survive_being_written_down(kinds: dict[str, tuple[str, str]], name: str) -> None:
    settings = Settings(kinds=kinds, name=name, criteria=(name, "x"))
    assert from_toml(to_edit(settings)) == settings


@pytest.mark.parametrize(
    ("word", "path", "value"),
    [
        ("name=2026", ["name"], "2026"),
        ("teams=core,data", ["teams"], ["core", "data"]),
        ("wip_limits.core=4", ["wip_limits", "core"], 4),
        ("kinds.bet=idea,ideas", ["kinds", "bet"], ["idea", "ideas"]),
        ("states.bet.option=1st idea", ["states", "bet", "option"], "1st idea"),
        ("horizons.weeks=Sprint", ["horizons", "weeks"], "Sprint"),
        ("levels.weekly.minutes=25", ["levels", 0, "minutes"], 25),
        ("levels.weekly.at=09:30", ["levels", 0, "at"], "09:30"),
        ("levels.yearly.questions=Why?,What now?", ["levels", 3, "questions"], ["Why?", "What now?"]),
        ("levels.yearly.questions=Why, and how?", ["levels", 3, "questions"], ["Why, and how?"]),
        (
            "levels.yearly.questions=What moved, if any; what next",
            ["levels", 3, "questions"],
            ["What moved, if any", "what next"],
        ),
        ('modes=quest,"a, b"', ["modes"], ["quest", "a, b"]),
        ("triggers.premortem.title=What if", ["triggers", 1, "title"], "What if"),
        ("zone=Europe/Berlin", ["zone"], "Europe/Berlin"),
    ],
)
def test_one_setting_is_set_by_its_path(word: str, path: list[str | int], value: object) -> None:
    found: object = tomllib.loads(as_toml(assigned(DEFAULT, [word])))
    for part in path:
        found = found[part]  # type: ignore[index]
    assert found == value


@pytest.mark.parametrize(
    ("words", "path", "value"),
    [
        (["modes+=spike"], ["modes"], ["quest", "chip", "fire", "spike"]),
        (["modes+=chip"], ["modes"], ["quest", "chip", "fire"]),
        (["modes-=chip,fire"], ["modes"], ["quest"]),
        (["modes-=2"], ["modes"], ["quest", "fire"]),
        (["modes.chip=chore"], ["modes"], ["quest", "chore", "fire"]),
        (["buckets.4=run, and keep"], ["buckets", 3], "run, and keep"),
        (["teams+=2026"], ["teams"], ["2026"]),
        (["levels.weekly.questions.2=What did we learn?"], ["levels", 0, "questions", 1], "What did we learn?"),
        (["levels.weekly.questions+=Who is tired, and why?"], ["levels", 0, "questions", 4], "Who is tired, and why?"),
        (
            ["triggers.premortem-one-way.questions.1=", "triggers-=1,2"],
            ["triggers", 0, "questions", 1],
            "Who sees it differently, and what do they see?",
        ),
        (["levels=yearly,weekly"], ["levels", 0, "title"], "Yearly"),
        (["levels-=weekly"], ["levels", 0, "title"], "Six weeks"),
        (
            ["levels+=every-month", "levels.every-month.rule=FREQ=MONTHLY", "levels.every-month.anchor=2026-12-01"],
            ["levels", 4, "title"],
            "Every month",
        ),
    ],
)
def test_lists_are_added_to_taken_from_renamed_in_and_ordered(
    words: list[str], path: list[str | int], value: object
) -> None:
    found: object = tomllib.loads(as_toml(assigned(DEFAULT, words)))
    for part in path:
        found = found[part]  # type: ignore[index]
    assert found == value


def test_a_line_needs_no_quotes_and_a_path_says_what_it_holds() -> None:
    line = "levels+=m levels.m.rule=FREQ=MONTHLY levels.m.questions=Who, of us=all? modes+=a b"
    assert taken_apart_at_names(line) == [
        "levels+=m", "levels.m.rule=FREQ=MONTHLY", "levels.m.questions=Who, of us=all?", "modes+=a b",
    ]  # fmt: skip
    assert value_at(DEFAULT, "modes") == "1 quest; 2 chip; 3 fire"
    assert value_at(DEFAULT, "levels.weekly.minutes") == "30"
    assert value_at(DEFAULT, "wip_limits") == value_at(DEFAULT, "levels.nope.minutes") == ""
    for path in paths(DEFAULT):
        value_at(DEFAULT, path)
    assert named(["modes+=x", "modes-=y", "levels.weekly.at=9"]) == "modes, levels.weekly.at"


def test_what_records_hold_of_words_that_are_gone_is_told() -> None:
    records = Records(
        {
            "bets": {
                "1": {"title": "One", "mode": "chip", "buckets": ["keep running"], "scores": {"reach": {"level": "low"}}},
                "2": {"title": "Two", "mode": "chip", "team": "core"},
            },
            "missions": {"1": {"title": "Mission", "team": "core"}},
            "checkins": {"1": {"level": "weekly", "state": "done"}, "2": {"level": "weekly", "state": "open"}},
        },
        1,
    )
    before = assigned(DEFAULT, ["teams=core"])
    words = ["modes-=chip,fire", "buckets-=keep running", "criteria.reach=range", "teams=other", "levels-=weekly,yearly"]
    assert list(left_behind(before, assigned(before, words), records)) == [
        "The mode chip stays on 2 records: mode:chip finds them.",
        'The bucket keep running stays on 1 record: bucket:"keep running" finds it.',
        "The criterion reach stays on 1 record: Criteria still shows it.",
        "The team core stays on 2 records: team:core finds them.",
        "2 check-ins of weekly stay, under that id.",
        "Not yet held: C2.",
    ]
    assert list(left_behind(before, assigned(before, ["modes=fire,chip,quest,more"]), records)) == []


def test_nothing_behind_the_sign_goes_back_to_the_default() -> None:
    changed = assigned(DEFAULT, ["name=Library", "modes=only"])
    assert assigned(changed, ["name=", "modes="]) == DEFAULT


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("name", "name has no = in it."),
        ("modes-=nope", "modes: there is no nope. There are quest, chip, fire. Nothing was changed."),
        ("modes.7=nope", "modes: there is no 7. There are quest, chip, fire. Nothing was changed."),
        ("levels=weekly,daily", "levels: there is no daily. There are weekly, six-weeks, half-year, yearly. Nothing"),
        ("levels+=daily", "levels.daily.rule: it is missing. Nothing was changed."),
        ("teams-=core", "teams: there is no core. There are none. Nothing was changed."),
        ("levels.weekly.questions.7=Why?", "levels.weekly.questions: there is no 7. There are 4, by number. Nothing"),
        ("name+=x", "name is no list: name=… sets it. Nothing was changed."),
        ("nmae=x", "There is no setting nmae. Did you mean name? Nothing was changed."),
        ("levels.weekly.minuets=3", "There is no part of levels.weekly minuets. Did you mean minutes? Nothing was changed."),
        ("levels.weekly.minutes=abc", "levels.weekly.minutes: it takes a whole number. Nothing was changed."),
        ("levels.weekly.at=9", "levels.weekly.at: it takes a time of day such as 09:30. Nothing was changed."),
        ("levels.weekly.at=25:00", "levels.weekly.at: it takes a time of day such as 09:30. Nothing was changed."),
        ("levels.nope.minutes=3", "levels.nope.minutes leads nowhere."),
        ("name.x=3", "name.x leads nowhere."),
        ("zone=Mars/Olympus", "zone: Mars/Olympus is no time zone. Write one such as Europe/Berlin, or nothing."),
        ("levels.weekly.rule=FREQ=SOMETIMES", "levels.weekly.rule: 'FREQ=SOMETIMES' is not a rule for a check-in"),
        (
            "levels.weekly.rule=often",
            "levels.weekly.rule: 'often' is not a rule for a check-in. Try FREQ=WEEKLY;INTERVAL=6.",
        ),
        ("levels.weekly.title= ", "levels.weekly.title: it cannot be empty. Nothing was changed."),
        ('criteria=["reach", "effort", "reach"]', "criteria: reach stands there twice. Nothing was changed."),
        ("levels.weekly.rule=FREQ=HOURLY", "levels.weekly.rule: 'FREQ=HOURLY' falls more than once a day."),
        ("levels.weekly.id=yearly", "levels: two are called yearly; each needs an id of its own. Nothing was changed."),
        ("levels.weekly.gathers=tea", "levels.weekly.gathers: there is no part tea. There are happened, "),
        ("states.bet.sleeping=x", "states.bet: there is no state sleeping. There are option, shaping, "),
        ("kinds.dream=a,b", "There is no kind dream. There are mission, bet, "),
        ("kinds.bet=one", "kinds.bet: it takes two names, for one and for several: "),
        ("horizons.eons=x", "There is no horizon eons. There are hours, days, "),
        ("views.x=1", "views.x: a view is a table, with at least the lenses it shows. Nothing was changed."),
        ("views.x.lenses=flow", "views.x.lenses: it takes a list of texts"),
        ("wip_limits.core=many", "wip_limits.core: it takes a whole number. Nothing was changed."),
    ],
)
def test_what_nobody_could_work_by_is_refused_in_words(word: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        assigned(DEFAULT, [word])
    assert str(caught.value).startswith(says)
    assert len(str(caught.value).splitlines()) <= 2


def test_a_kind_goes_by_its_names_with_and_without_a_hyphen() -> None:
    renamed = assigned(DEFAULT, ["kinds.check-in=Stand-up,Stand-ups"])
    words = ("check-in", "check-ins", "checkin", "checkins", "stand-up", "Stand-Ups")
    assert {renamed.noun_for(word) for word in words} == {"check-in"}
    assert DEFAULT.noun_for("bets") == "bet" and DEFAULT.noun_for("stand-up") is None


def test_what_is_no_toml_says_where() -> None:
    with pytest.raises(UsageError, match=r"^The settings are not TOML: .*line 2.*Nothing was changed\.$"):
        from_toml('name = "x"\nteams = ]\n')


# --------------------------------------------------------------------------------------- ids that check-ins are held under


def held_weekly() -> Records:
    return Records({"checkins": {"1": {"level": "weekly", "state": "done"}}}, 1)


@pytest.mark.parametrize("words", [["levels.weekly.id=wk"], ["levels.weekly.id=wk", "levels.wk.title=Every week"]])
def test_the_id_that_check_ins_were_held_under_stays(words: list[str]) -> None:
    renamed = assigned(DEFAULT, words)
    with pytest.raises(UsageError) as caught:
        keeping_ids(renamed, held_weekly())
    assert str(caught.value).splitlines() == [
        "levels.weekly.id: check-ins were held under it, so it stays. Nothing was changed.",
        "Its title is what people read: many settings set levels.weekly.title=…",
    ]
    assert keeping_ids(renamed, Records({}, 1)) == renamed


def test_a_level_that_was_held_may_be_retired_and_another_added() -> None:
    weekly, *others = DEFAULT.levels
    fortnight = weekly.model_copy(update={"id": "sprint", "title": "Sprint", "rule": "FREQ=WEEKLY;INTERVAL=2"})
    for levels in ((*others,), (fortnight, *others)):
        settings = DEFAULT.model_copy(update={"levels": levels})
        assert keeping_ids(settings, held_weekly()) == settings
