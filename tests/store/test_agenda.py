"""What is gathered before a check-in: each part says what the records say, in order, and nothing more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.backend import MemoryBackend
from store.cadence import pending
from store.checkins.agenda import PARTS, Agenda, agenda, beside, gathered, in_short, lines
from store.checkins.crossings import Crossing, crossings
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal, Update
from store.parts import Forecast, Link, Reading
from store.records import Records
from store.settings import DEFAULT, CheckinLevel, Settings
from store.step import create, edit
from store.workspace import Workspace

TODAY = date(2026, 11, 23)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


class Past:
    """A workspace to which things happen on days that are named."""

    def __init__(self) -> None:
        self.day = TODAY
        self.workspace = Workspace(
            MemoryBackend(), clock=lambda: datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=UTC)
        )

    def add(self, *records: Record, days: int = 0, by: str = "anna") -> None:
        self.day, self.workspace.me = ago(days), by
        self.workspace.commit(create(records, "added"))

    def change(self, record_id: str, days: int = 0, **fields: object) -> None:
        self.day = ago(days)
        self.workspace.commit(edit(self.workspace.records.find(record_id), "changed", **fields))

    @property
    def records(self) -> Records:
        return self.workspace.records

    def agenda(self, level: str = "weekly") -> Agenda:
        return agenda(next(one for one in pending(self.records, TODAY) if one.level == level), self.records, TODAY)

    def part(self, name: str, level: str = "weekly") -> list[str]:
        part = next(part for part in self.agenda(level).parts if part.name == name)
        return [entry.text for entry in part.entries] + [f"{part.more} more"] * bool(part.more)


@pytest.fixture
def past() -> Past:
    return Past()


# ------------------------------------------------------------------------------------------------------------- intent, since


def test_what_became_of_those_since_the_last_one_is_told(past: Past) -> None:
    past.add(Checkin(level="weekly", state="done", due=ago(35), held_on=ago(35), intent="Ship it"), days=35)
    assert past.agenda().unheld == ("nobody held the 4 before it",)
    past.add(Checkin(level="weekly", state="skipped", due=ago(21), why_skipped="all at the fair"), days=21)
    told = "that of 2026-11-02 was skipped: all at the fair"
    assert past.agenda().unheld == (told, "nobody held the 2 before it")
    assert list(lines(past.agenda()))[:3] == [
        ("Last time we intended", "Ship it", None),
        ("Not held since", told, None),
        ("", "nobody held the 2 before it", None),
    ]
    past.add(Checkin(level="weekly", state="skipped", due=ago(7), why_skipped="the office moves"), days=7)
    assert past.agenda().unheld == (told, "that of 2026-11-16 was skipped: the office moves")
    assert in_short(past.agenda())[1] == f"Not held since: {'; '.join(past.agenda().unheld)}"
    past.add(Checkin(level="weekly", state="done", due=TODAY, held_on=TODAY))
    assert past.agenda().unheld == ()


def test_the_last_intent_stands_beside_what_happened_since(past: Past) -> None:
    past.add(Checkin(level="weekly", state="done", due=ago(14), held_on=ago(12), intent="Ship the importer"), days=12)
    past.add(Bet(title="Importer", state="released", placed_on=ago(40), released_on=ago(3)), days=40)
    past.add(Decision(title="Keep SSO out", state="decided", decided_on=ago(5), chosen="later"), days=40)
    past.add(
        Signal(statement="Teams", unit="teams", readings=(Reading(on=ago(30), value=3), Reading(on=ago(1), value=4.5))),
        days=40,
    )
    past.add(Bet(title="Dropped", state="placed", placed_on=ago(40)), days=40)
    past.change("B5", days=2, state="stopped", why_stopped="nobody came")
    found = past.agenda()
    assert (found.intent, found.since) == ("Ship the importer", ago(12))
    assert past.part("happened") == [
        "S4 Teams: read 4.5 teams (yesterday)",
        "B5 Dropped: stopped: nobody came (2 d ago)",
        "B2 Importer: released (3 d ago)",
        "D3 Keep SSO out: decided: later (5 d ago)",
    ]
    assert next(lines(found))[:2] == ("Last time we intended", "Ship the importer")


def test_who_moved_from_what_to_what_is_told_the_widest_first(past: Past) -> None:
    past.add(Bet(title="One", state="placed"), Bet(title="Two", state="placed"), days=60)
    said = (
        ("B1", "anna", 30, 50, None), ("B1", "anna", 3, 80, "at risk"),
        ("B1", "ben", 30, 60, "on track"), ("B1", "ben", 4, 60, "on track"),
        ("B2", "anna", 20, 70, "on track"), ("B2", "cleo", 2, 10, None),
        ("B2", "anna", 1, 60, "on track"), ("B2", "anna", 0, 65, None),
        ("B2", "dora", 6, 30, None), ("B2", "dora", 5, 10, None),
    )  # fmt: skip
    for about, by, days, confidence, health in said:
        past.add(Update(text="-", about=about, confidence=confidence, health=health), days=days, by=by)  # type: ignore[arg-type]
    assert past.part("moved") == [
        "@anna on B1 One: 50% → 80%",
        "@dora on B2 Two: 30% → 10%",
        "@anna on B2 Two: 70% → 65%",
    ]


# ---------------------------------------------------------------------------------------------------------- age, due, limits


def test_the_oldest_the_open_and_the_due_come_in_the_order_of_their_age(past: Past) -> None:
    past.add(Decision(title="Which?", driver="ben"), days=30)
    past.add(Decision(title="Through?", door="one-way"), days=20)
    past.add(
        Bet(title="Old", state="placed", placed_on=ago(90), settle_by=ago(2), people=("anna",), horizon="weeks"), days=90
    )
    past.add(Bet(title="New", state="placed", placed_on=ago(5)), days=5)
    past.add(Decision(title="To review", state="decided", review_on=TODAY), days=9)
    past.add(Decision(title="Tomorrow", state="decided", review_on=ago(-1)), days=9)
    assert past.part("oldest") == [
        f"B3 Old: 90 d, stale, past its settle-by {ago(2)}, @anna",
        "B4 New: 5 d, nobody is on it",
    ]
    assert past.part("choices") == [
        "D1 Which?: open for 30 d, driven by @ben",
        "D2 Through?: open for 20 d, one-way door, nobody drives it",
    ]
    assert past.part("due") == ["B3 Old: to be settled 2 d ago", "D5 To review: to be reviewed today"]


def test_six_weeks_ask_what_is_not_learned_from_not_known_and_over_the_limit(past: Past) -> None:
    above = (Link(kind="nests_in", to="M1"),)
    past.add(Mission(title="Grow", state="active", wip_limit=1), days=90)
    past.add(Bet(title="Out", state="released", released_on=ago(20), settle_by=ago(-14)), days=90)
    past.add(Bet(title="Settled", state="settled", result="won", settled_on=ago(50)), days=90)
    past.add(Bet(title="Learned", state="settled", result="won", settled_on=ago(50), lesson="ask"), days=90)
    past.add(Bet(title="A", state="placed", links=above), Bet(title="B", state="placed", links=above), days=9)
    past.add(Belief(text="They pay", value=8, kind="assumption"), days=9)
    assert past.part("released", "six-weeks") == [
        f"B3 Settled: settled {ago(50)} without a lesson",
        "B2 Out: out 2 w ago, outcome due in 2 w",
    ]
    past.add(Bet(title="Ready", settle_by=ago(-9), pivot_if="x", links=above, appetite="2 weeks"), Bet(title="No"), days=9)
    assert past.part("ready", "six-weeks") == ["B8 Ready: option, 2 weeks, M1"]
    assert past.part("wip", "six-weeks") == ["M1 Grow: 2 placed, at most 1"]
    assert past.part("blind", "six-weeks") == [
        "data: 3 of 3 running bets have nobody's reading (B2, B5, B6)",
        "data: 3 of 3 running bets forecast no signal (B2, B5, B6)",
        "action: 1 of 1 beliefs worth being less wrong about have no next step (A7)",
    ]


def test_six_weeks_say_which_bets_forecast_a_signal_that_was_deleted(past: Past) -> None:
    past.add(Bet(title="A", state="placed", forecast=Forecast(signal="S9", low=1, high=2)), days=9)
    assert past.part("blind", "six-weeks")[1:] == ["data: 1 forecast a signal that was deleted (B1)"]


def test_half_years_and_years_look_at_missions_gaps_risk_and_the_past(past: Past) -> None:
    above = (Link(kind="nests_in", to="M1"),)
    past.add(Mission(title="Grow", state="active", horizon="years", mandate="D", people=("anna",)), days=90)
    past.add(Mission(title="Bare", state="active"), days=90)
    past.add(Bet(title="Far", state="placed", horizon="weeks", kind="deliver", buckets=("growth",), links=above), days=9)
    past.add(Bet(title="Loose", state="placed", kind="deliver"), days=9)
    past.add(Bet(title="Past", state="settled", settled_on=ago(100), result="lost", lesson="ask first"), days=200)
    past.add(Belief(text="Who pays?", kind="question", value=9), days=9)
    assert past.part("missions", "half-year") == [
        "M2 Bare: no mandate said, nobody named, 0 running bets",
        "M1 Grow: mandate D, @anna, 1 running bet",
    ]
    assert past.part("gaps", "half-year") == ["B3 Far: no quarters, months rung up to M1", "B4 Loose: nests in nothing"]
    assert past.part("risk", "half-year") == ["kind: 2 deliver", "bucket: 1 growth, 1 none"]
    assert past.part("past", "yearly") == ["1 settled: 1 lost", "B5 Past: lost, ask first"]
    assert past.part("doubts", "yearly") == ["A6 Who pays?: worth 9 of 10"]


def test_a_year_reads_the_calibration_and_counts_what_was_not_judged(past: Past) -> None:
    judged = [Decision(title="x", state="reviewed", confidence=80, came_true=at < 2) for at in range(4)]
    past.add(*judged, Decision(title="y", state="decided", confidence=60), days=9)
    assert past.part("calibration", "yearly") == [
        "4 predictions: 80% sure on average, 50% came true, Brier 0.34: too few to say",
        "1 prediction not looked back at yet",
    ]


def test_a_premortem_lays_out_what_it_is_about(past: Past) -> None:
    past.add(Belief(text="They pay"), days=9)
    rests = (Link(kind="depends_on", to="A1"),)
    past.add(
        Decision(title="Burn the boats", door="one-way", options=("burn", "keep"), links=rests, context="We landed"), days=9
    )
    found = past.agenda("premortem-one-way")
    assert [(part.name, [entry.text for entry in part.entries]) for part in found.parts] == [
        ("expected", ["D2 Burn the boats: open", "context: We landed", "options: burn, keep; do nothing"]),
        ("voices", []),
        ("rests", ["A1 They pay: open"]),
    ]


# ------------------------------------------------------------------------------------------------------------------ its form


def test_every_default_level_gathers_parts_there_are_and_each_question_has_one_beside_it(past: Past) -> None:
    for level in DEFAULT.levels:
        assert set(level.gathers) <= set(PARTS)
        assert level.id == "yearly" or len(level.gathers) >= len(level.questions)
    past.add(Bet(title="Old", state="placed", placed_on=ago(9)), days=9)
    found = past.agenda()
    assert beside(found, found.questions[2]) == "Oldest placed bets: B1 Old: 9 d, nobody is on it"
    assert beside(found, found.questions[3]) == beside(found, "Another?") == ""


@pytest.mark.parametrize(("minutes", "like"), [(15, "weekly"), (120, "six-weeks"), (480, "half-year"), (9000, "half-year")])
def test_a_level_of_ones_own_gathers_as_one_of_its_length_does(minutes: int, like: str) -> None:
    own = CheckinLevel(id="own", title="Own", rule="FREQ=DAILY", anchor=TODAY, minutes=minutes)
    level = DEFAULT.level(like)
    assert level is not None and set(gathered(own)) == set(level.gathers)
    assert gathered(own.model_copy(update={"gathers": ("due", "tea")})) == ("due",)


def test_what_is_long_is_cut_and_the_rest_is_counted(past: Past) -> None:
    past.add(*(Bet(title=str(at), state="placed", placed_on=ago(at)) for at in range(12)), days=12)
    assert past.part("oldest")[-1] == "5 more" and len(past.part("oldest")) == 8
    short = next(line for line in in_short(past.agenda()) if line.startswith("Oldest"))
    assert short.endswith("; and 10 more") and short.startswith("Oldest placed bets: B12 11: 11 d")


def test_rituals_whose_own_review_is_due_are_named(past: Past) -> None:
    level = DEFAULT.levels[0].model_copy(update={"review_on": ago(-7)})
    later = DEFAULT.levels[3].model_copy(update={"review_on": ago(-8)})
    past.workspace.set_settings(Settings(levels=(level, later)), "set")
    assert past.part("rituals") == ["Weekly: does it still earn its time? Due in 7 d"]


def test_nothing_at_all_says_so_everywhere() -> None:
    found = agenda(Checkin(id="C+1", level="weekly", due=TODAY), Records({}, 0), TODAY)
    assert all(not part.entries and part.nothing for part in found.parts)
    assert all(text for _, text, _ in lines(found)) and in_short(found) == ()


# ------------------------------------------------------------------------------------------------------------- crossed lines


def crossed(past: Past, readings: tuple[tuple[int, float], ...], **forecast: object) -> list[tuple[str, str]]:
    past.add(
        Signal(statement="Loans", readings=tuple(Reading(on=ago(days), value=value) for days, value in readings)), days=90
    )
    whole = Forecast.model_validate({"signal": "S1", "from_value": 23, "to_value": 30, "low": 25, "high": 33, **forecast})
    past.add(
        Bet(title="Lists", state="placed", placed_on=ago(50), forecast=whole, pivot_if="nobody", proceed_if="all"), days=50
    )
    return [(one.line, one.why) for one in crossings(past.records, TODAY)]


@pytest.mark.parametrize(
    ("readings", "forecast", "expected"),
    [
        (((60, 40.0),), {}, []),  # measured before it was placed
        (((3, 24.0),), {"by": ago(-30)}, []),  # on its way, below the range because it began below
        (((3, 22.0),), {"by": ago(-30)}, [("pivot", "further back than 23, where it began")]),
        (((3, 24.0),), {"by": ago(5)}, [("pivot", "short of 25–33")]),
        (((3, 26.0),), {"by": ago(5)}, []),
        (((3, 30.0),), {"by": ago(-30)}, [("proceed", "as far as the forecast, 30")]),
        (((9, 22.0), (3, 31.0)), {}, [("proceed", "as far as the forecast, 30")]),
        (((3, 12.0),), {"from_value": 20, "to_value": 10, "low": 8, "high": 14, "by": ago(5)}, []),
        (((3, 9.0),), {"from_value": 20, "to_value": 10, "low": 8, "high": 14}, [("proceed", "as far as the forecast, 10")]),
        (((3, 15.0),), {"from_value": 20, "to_value": 10, "low": 8, "high": 14, "by": ago(5)}, [("pivot", "short of 8–14")]),
        (((3, 40.0),), {"from_value": None, "by": ago(5)}, [("pivot or proceed", "outside of 25–33")]),
        (((3, 40.0),), {"from_value": None, "by": ago(-5)}, []),
    ],
)
def test_a_reading_that_leaves_the_way_that_was_forecast_is_asked_about(
    past: Past, readings: tuple[tuple[int, float], ...], forecast: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    last = readings[-1]
    head = f"S1 reads {last[1]:.6g} on {ago(last[0])}, "
    assert crossed(past, readings, **forecast) == [(line, head + why) for line, why in expected]


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(-80, 80), st.booleans())
def test_a_bet_never_seems_to_have_crossed_both_lines_by_one_reading(
    first: float, last: float, value: float, over: bool
) -> None:
    """And a reading further along the way that was forecast never looks worse than one behind it."""
    sign = 1 if last > first else -1
    found = []
    for step in (0.0, 5.0):
        past = Past()
        by = {"by": ago(5) if over else ago(-5), "from_value": first, "to_value": last, "low": None, "high": None}
        found.append(crossed(past, ((3, value + sign * step),), **by))
    assert all(len(one) <= 1 for one in found)
    order = {"pivot": 0, "": 1, "proceed": 2}
    ranks = [order[one[0][0] if one else ""] for one in found] if first != last else [0]
    assert all(before <= after for before, after in pairwise(ranks))


def test_somebody_can_say_that_a_line_was_crossed(past: Past) -> None:
    past.add(Bet(title="Lists", state="placed", placed_on=ago(50), pivot_if="nobody opens them"), days=60)
    past.add(Update(text="Long before", about="B1", tags=("proceed",)), days=55)
    past.add(Update(text="One", about="B1", tags=("pivot",)), days=9)
    past.add(Update(text="Nobody opened\nany", about="B1", tags=("pivot", "x")), days=2, by="ben")
    bet = past.records.find("B1")
    assert isinstance(bet, Bet)
    assert crossings(past.records, TODAY) == (Crossing(bet, "pivot", "@ben says so: Nobody opened", ago(2), marked=True),)
    assert past.part("crossed") == ["B1 Lists: pivot? @ben says so: Nobody opened. It says: nobody opens them"]
    past.change("B1", state="released")
    past.change("B1", state="settled", result="lost")
    assert crossings(past.records, TODAY) == ()


SAID = "@ben says so: As I see it"


@pytest.mark.parametrize(
    ("mark", "value", "forecast", "expected"),
    [
        ("pivot", 22.0, {}, [("pivot", f"{SAID}; S1 reads 22 on {ago(9)}, further back than 23, where it began")]),
        ("proceed", 31.0, {}, [("proceed", f"{SAID}; S1 reads 31 on {ago(9)}, as far as the forecast, 30")]),
        ("pivot", 31.0, {}, [("pivot", SAID), ("proceed", f"S1 reads 31 on {ago(9)}, as far as the forecast, 30")]),
        (
            "proceed",
            40.0,
            {"from_value": None, "by": ago(20)},
            [("proceed", f"{SAID}; S1 reads 40 on {ago(9)}, outside of 25–33")],
        ),
    ],
)
def test_a_line_that_is_said_and_measured_to_be_crossed_is_named_once(
    past: Past, mark: str, value: float, forecast: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    crossed(past, ((9, value),), **forecast)
    past.add(Update(text="As I see it", about="B2", tags=(mark,)), days=5, by="ben")
    found = crossings(past.records, TODAY)
    assert [(one.line, one.why) for one in found] == expected
    assert [one.on for one in found] == [ago(9 if "reads" in why else 5) for _, why in expected]
