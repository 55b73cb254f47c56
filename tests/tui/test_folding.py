"""Folding: heads say what they hide, nothing is lost, and every fold opens again."""

from __future__ import annotations

from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st
from sample import TODAY, nests, records_of_state, said, sample_state
from test_workspace_screen import opened

from store.model import Bet
from store.operations import State
from store.records import Records
from tui.absence import why_absent
from tui.command import Context, Show, registry
from tui.drawing import draw
from tui.folding import folded, outline, turned, turned_all, unfolded
from tui.perspective import perspectives
from tui.perspectives._columns import ID, TITLE
from tui.plain import body_lines
from tui.shapes import Branch, Scene, Tree
from tui.viewing import options_of
from tui.viewpoint import Viewpoint

LADDER, BETS = perspectives()["ladder"], perspectives()["bets"]


def looked(**options: str) -> Viewpoint:
    return Viewpoint(TODAY, me="anna", options=MappingProxyType(options))


def grown() -> State:
    """A mission over a mission over two bets, one of which somebody sees off track, and a bet under none."""
    missions = {"1": {"title": "Top", "horizon": "years"}, "2": {"title": "Middle", "horizon": "quarters", **nests("M1")}}
    bets = {"3": {"title": "Left", **nests("M2")}, "4": {"title": "Right", **nests("M2")}, "5": {"title": "Loose"}}
    return {"missions": missions, "bets": bets, "updates": {"9": said("B4", "ben", 3, health="off track")}}


def lines(**options: str) -> list[str]:
    records = records_of_state(grown())
    view = LADDER.project(records, looked(**options))
    return list(body_lines(draw(view, Scene(records, TODAY), 80, 24)))


# ---------------------------------------------------------------------------------------------------------- what is shown


def test_a_folded_branch_says_how_many_it_hides_and_how_many_are_off_track() -> None:
    assert lines(depth="1")[0].split() == ["M1", "○", "years", "▸", "Top", "3", "more,", "1", "off", "track"]
    assert [line.split()[0] for line in lines(depth="1") if line.startswith(("  M", "  B"))] == ["M1", "B5"]


def test_levels_are_counted_from_the_top_and_anew_below_a_heading() -> None:
    shown = [line.split()[0] for line in lines(depth="2") if line[2:4].strip() and line[2] in "MB"]
    assert shown == ["M1", "M2", "B5"]


def test_what_is_named_is_the_other_way_round() -> None:
    assert lines(folds="M2")[1].split() == ["M2", "○", "quarters", "▸", "Middle", "2", "more,", "1", "off", "track"]
    assert lines(depth="1", folds="M1,M2") == lines()


def test_a_branch_with_nothing_below_it_is_no_fold() -> None:
    assert lines(folds="B3,B5,M99") == lines()


def test_what_stands_under_a_heading_is_folded_to_its_first() -> None:
    state = grown()
    state["bets"] |= {"6": {"title": "Looser"}, "7": {"title": "Below", **nests("B6")}}
    records = records_of_state(state)
    view = LADDER.project(records, looked(depth="1"))
    assert list(body_lines(draw(view, Scene(records, TODAY), 80, 24)))[2:] == [
        "  not under any mission  ▸ 2 more", "  B5     ○             └ Loose",
    ]  # fmt: skip
    assert why_absent(LADDER, records.find("B7"), records, looked(depth="1")) == "B7 is folded away under B5; b unfolds it"
    opening = turned(LADDER, records, looked(depth="1"), "B5")
    assert opening is not None and opening.options == {"folds": "=not under any mission"}
    below = turned(LADDER, records, looked(), "B6")
    assert below is not None and (below.options, below.chosen) == ({"folds": "B6"}, "B6")


def test_lines_about_a_head_stay_when_it_is_folded() -> None:
    one, two = Bet(id="B1", title="one"), Bet(id="B2", title="two")
    tree = Tree((ID, TITLE), (Branch(one, 0), Branch(None, 5, "about one"), Branch(two, 1), Branch(None, 6, "about two")))
    assert folded(tree, looked(depth="1")).branches == (Branch(one, 0, folded=(two,)), Branch(None, 5, "about one"))


def test_a_section_keeps_its_first_record_and_counts_them_all() -> None:
    records = records_of_state(sample_state())
    view = BETS.project(records, looked(depth="1"))
    drawn = list(body_lines(draw(view, Scene(records, TODAY), 80, 24)))
    assert drawn[0].startswith("placed 3  ▸ 2 more")
    assert drawn[1].split()[0] == "B16" and drawn[2] == ""


def test_a_record_that_is_folded_away_says_under_what() -> None:
    records = records_of_state(grown())
    assert why_absent(LADDER, records.find("B4"), records, looked(depth="2")) == "B4 is folded away under M2; b unfolds it"
    assert why_absent(LADDER, records.find("M2"), records, looked(depth="2")) is None


# --------------------------------------------------------------------------------------------------------------- turning


def test_a_record_with_nothing_below_it_folds_what_it_hangs_from() -> None:
    records = records_of_state(grown())
    folding = turned(LADDER, records, looked(), "B3")
    assert folding is not None and (folding.options, folding.chosen) == ({"folds": "M2"}, "M2")
    assert turned(LADDER, records, looked(), "B5") is None


def test_what_is_folded_away_is_brought_to_light() -> None:
    records = records_of_state(grown())
    folding = turned(LADDER, records, looked(depth="1"), "B4")
    assert folding is not None and (folding.options, folding.chosen) == ({"folds": "M1,M2"}, "B4")


def test_all_is_folded_to_the_heads_and_opened_again() -> None:
    records = records_of_state(grown())
    away = turned_all(LADDER, records, looked(folds="M2"), "B4")
    assert (away.options, away.chosen) == ({"depth": "1", "folds": ""}, "M1")
    assert turned_all(LADDER, records, looked(depth="1", folds="M1"), "M1").options == {"depth": "", "folds": ""}


def test_only_lenses_that_fold_are_folded() -> None:
    for command in (registry().by_key["b"], registry().by_key["<"]):
        assert command.refuse(Context(Records({}, 0), TODAY, lens="hill")) == "Nothing folds in Hill."
        assert command.refuse(Context(Records({}, 0), TODAY, lens="ladder")) is None
        assert isinstance(command.run(Context(Records({}, 0), TODAY, lens="ladder"), {}), Show)


def test_a_saved_view_keeps_how_deep_a_tree_is_shown() -> None:
    assert "2" in options_of("ladder")["depth"]


RECORDS = records_of_state(sample_state())
DEPTHS = st.sampled_from(("", "1", "2", "3", "4"))
KEYS = st.lists(st.sampled_from(tuple(row.key for row in outline(LADDER.project(RECORDS, looked())))), max_size=5)


@given(DEPTHS, KEYS)
def test_every_record_is_shown_or_folded_away_under_one_head(depth: str, keys: list[str]) -> None:
    view, whole = (LADDER.project(RECORDS, looked(**one)) for one in ({"depth": depth, "folds": ",".join(keys)}, {}))
    assert isinstance(view, Tree) and isinstance(whole, Tree)
    held = [one.id for branch in view.branches for one in (branch.record, *branch.folded) if one is not None]
    assert sorted(held) == sorted(branch.record.id for branch in whole.branches if branch.record is not None)


@given(DEPTHS, KEYS, st.sampled_from(tuple(record.id for record in RECORDS)))
def test_folding_leaves_what_is_chosen_in_sight_and_comes_undone(depth: str, keys: list[str], chosen: str) -> None:
    viewpoint = looked(depth=depth, folds=",".join(keys))
    folding = turned(LADDER, RECORDS, viewpoint, chosen)
    if folding is None:
        return
    after = LADDER.project(RECORDS, looked(depth=depth, folds=folding.options["folds"]))
    assert isinstance(after, Tree)
    assert folding.chosen in {branch.record.id for branch in after.branches if branch.record is not None}
    assert unfolded(LADDER, RECORDS, viewpoint) == LADDER.project(RECORDS, looked())


# ------------------------------------------------------------------------------------------------------------ on the screen


async def test_a_branch_is_folded_and_opened_with_one_key() -> None:
    async with opened() as anna:
        await anna.press("5", "g", "l", "colon", *"B11", "enter", "q")
        before = anna.screen.pane.visible_ids()
        await anna.press("b")
        assert anna.chosen == "M2"
        assert set(before) - set(anna.screen.pane.visible_ids()) == {"B11", "B12", "B13"}
        await anna.press("b")
        assert anna.screen.pane.visible_ids() == before


async def test_everything_is_folded_and_opened_with_one_key() -> None:
    async with opened() as anna:
        await anna.press("2")
        before = anna.screen.pane.visible_ids()
        await anna.press("<")
        assert len(anna.screen.pane.visible_ids()) == len(anna.screen.pane.view.sections)
        await anna.press("<")
        assert anna.screen.pane.visible_ids() == before
