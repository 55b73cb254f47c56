"""Hill, portfolio, squeeze, mandate and criteria: what each says of the bets of the sample."""

from __future__ import annotations

import pytest
from filled import VIEW, filled_state, project, turned

from store.model import Bet
from store.records import Records
from tui.absence import why_absent
from tui.drawing import draw
from tui.perspective import perspectives
from tui.perspectives.hill import height, phase
from tui.perspectives.mandate import MEANINGS, why_premature
from tui.perspectives.portfolio import opportunity_risk, solution_risk
from tui.plain import body_lines
from tui.shapes import Grid, Scene


def absent(lens: str, record_id: str, **options: str) -> str | None:
    records = Records(filled_state(), 100)
    return why_absent(perspectives()[lens], records.find(record_id), records, turned(**options))


def table(view: Grid) -> list[tuple[str, ...]]:
    return [(str(row.key), *(cell.text for cell in row.cells), row.note) for row in view.rows]


# ------------------------------------------------------------------------------------------------------------------ hill


def test_bets_stand_on_the_hill_from_its_foot_on() -> None:
    view = project("hill", filled_state(), turned(finished="shown"))
    assert [(point.record.id, point.x, round(point.y, 2), point.note) for point in view.points] == [
        ("B13", 0, 0, "0 not begun"), ("B12", 50, 1, "50 on top"), ("B11", 60, 0.9, "60 making"),
        ("B18", 100, 0, "100 made"),
    ]  # fmt: skip
    assert phase(49) == "49 figuring out" and (height(0), height(50), round(height(25), 6)) == (0, 1, 0.5)
    assert absent("hill", "B18") == "B18 is settled; O or & turns finished to shown"


def test_the_hill_is_drawn_under_its_bets() -> None:
    records = Records(filled_state(), 100)
    lines = list(body_lines(draw(project("hill", filled_state()), Scene(records, VIEW.today), 40, 18)))
    assert lines == [
        " figuring out      ╎            making",
        "                 •  B12 Import from a s…",
        "               ••  ╎   B11 Guided first…",
        "             ••    ╎     ••",
        "            •      ╎       •",
        "          ••       ╎        ••",
        "         •         ╎          •",
        "       ••          ╎           ••",
        "      •            ╎             •",
        "   •••             ╎              •••",
        "  B13 Templates for the weekly ch…   •••",
        "────────────────────────────────────────",
        "0                hill →              100",
        "from the foot of the hill",
        "  B13    Templates for the weekly check…",
        "  B12    Import from a spreadsheet",
        "  B11    Guided first project",
    ]


# ------------------------------------------------------------------------------------------------------------- portfolio


@pytest.mark.parametrize(
    ("fields", "opportunity", "solution"),
    [
        ({}, None, None),
        ({"opportunity_confidence": 80}, 2, None),
        ({"opportunity_confidence": 0, "uncertainty": {"value": {"low": 6, "high": 10}}}, 7, None),
        ({"uncertainty": {"know_how": {"low": 0, "high": 9}}}, None, 10),
        ({"uncertainty": {"solvability": {"low": 4, "high": 5}, "duration": {"low": 0, "high": 9}}}, None, 7.5),
    ],
)
def test_a_risk_is_the_mean_of_the_worse_ends_of_what_is_known(
    fields: dict[str, object], opportunity: float | None, solution: float | None
) -> None:
    bet = Bet.model_validate({"title": "x", **fields})
    assert (opportunity_risk(bet), solution_risk(bet)) == (opportunity, solution)


def test_bets_stand_at_their_two_risks() -> None:
    view = project("portfolio", filled_state())
    assert [(point.record.id, point.x, point.y) for point in view.points] == [("B11", 4, 5)]
    assert absent("portfolio", "B12") == (
        "B12 does not say whether we can do it (uncertainty: solvability, know how or duration); press F to fill it in"
    )
    assert (absent("portfolio", "B13") or "").startswith("B13 does not say whether it is worth it")


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("kinds", [("explore", 1), ("deliver", 2), ("improve", 2), ("run", 0), ("(no kind)", 5)]),
        ("buckets", [("growth", 2), ("quality", 1), ("learning", 1), ("keep running", 0), ("(no bucket)", 7)]),
    ],
)
def test_the_mix_counts_bets_and_names_what_nobody_does(show: str, expected: list[tuple[str, int]]) -> None:
    view = project("portfolio", filled_state(), turned(show=show))
    assert [(bar.label, bar.value) for bar in view.bars] == expected
    assert view.bars[1].note in ("20%  2 placed", " 20%  2 placed", " 10%  0 placed")
    assert absent("portfolio", "B12", show=show) is None


# --------------------------------------------------------------------------------------------------------------- squeeze


def test_the_tightest_bet_comes_first_and_says_why() -> None:
    view = project("squeeze", filled_state())
    assert view.columns == ("drivers", "constraints", "floats")
    assert table(view) == [("B11", "3 ■■▲", "1 ■", "1 ■▼", "tight by 2"), ("B12", "0", "0", "2 ■■", "has room")]
    assert absent("squeeze", "B13") == "B13 names no drivers, constraints or floats; press F to fill them in"


# --------------------------------------------------------------------------------------------------------------- mandate


def test_what_converged_too_early_stands_before_missions_and_other_bets() -> None:
    state = filled_state()
    state["missions"]["3"]["mandate"] = "A"
    state["bets"]["12"] |= {"mandate": "A", "opportunity_confidence": 90, "options": ["x", "y"]}
    view = project("mandate", state)
    assert [record.id for record in view.sections[0].records] == ["B11", "M3", "B12"]


def test_mandates_stand_from_the_narrowest_on_missions_first() -> None:
    view = project("mandate", filled_state())
    assert [(one.key, one.title, [record.id for record in one.records], one.note) for one in view.sections] == [
        ("A", "A  build exactly this", ["B11"], "▲ 1 converged too early"),
        ("C", "C  let people get this done", ["B14"], ""),
        ("D", "D  solve this problem", ["M2", "B12"], ""),
        ("I", "I  long-term outcome", ["M1"], ""),
    ]
    every = project("mandate", filled_state(), turned(levels="all"))
    assert [section.key for section in every.sections] == list(MEANINGS) == list("ABCDEFGHI")


def test_premature_convergence_is_said_with_its_reasons() -> None:
    bet = Bet(title="x", mandate="B", opportunity_confidence=49, options=("one",))
    assert why_premature(bet) == "▲ 49% sure, 1 option"
    assert why_premature(Bet(title="x", mandate="A")) == "▲ no options"
    assert why_premature(Bet(title="x", mandate="C")) == ""


# -------------------------------------------------------------------------------------------------------------- criteria


def test_each_criterion_ranks_by_itself_and_one_of_them_orders() -> None:
    view = project("criteria", filled_state())
    assert view.columns == ("impact ↓", "reach", "effort", "fun")
    assert table(view) == [
        ("B11", "1= high", "1 low", "", "", "2 of 4 given"),
        ("B15", "1= high", "", "1 low", "1 mid", "3 of 4 given"),
        ("B13", "3 mid", "", "", "", "1 of 4 given"),
    ]
    assert [row.key for row in project("criteria", filled_state(), turned(by="3rd")).rows] == ["B15", "B11", "B13"]


def test_low_can_stand_first() -> None:
    view = project("criteria", filled_state(), turned(first="low"))
    assert [(row.key, row.cells[0].text) for row in view.rows] == [("B13", "1 mid"), ("B11", "2= high"), ("B15", "2= high")]


def test_nothing_is_added_up_unless_asked_for() -> None:
    view = project("criteria", filled_state(), turned(weigh="equal"))
    assert view.columns[-1] == "together ↓"
    assert [(row.key, row.cells[-1].text) for row in view.rows] == [("B11", "1= 2"), ("B13", "1= 2"), ("B15", "1= 2")]
