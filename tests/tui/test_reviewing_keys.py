"""How many keys an item of the review takes in the app: at most five, whatever it is and whatever is answered."""

from __future__ import annotations

import pytest
import reviewable
from sample import open_workspace
from test_reviewing import reviewing

from store.model import BY_NOUN, Bet, Decision

KEYS = {"keep": ("enter",), "done": ("x",), "snooze": ("s", "enter"), "note": ("n", "o", "k", "enter"),
        "decide": ("c", "o", "k", "enter"), "drop": ("D", "n", "o", "enter")}  # fmt: skip
AT_ONCE = {
    ("bet", "released"): ("x", "w", "enter"),
    ("decision", "decided"): ("x", "n", "g", "b", "enter"),
    ("decision", "open"): ("x", "enter"),
    ("signal", ""): ("x", "4", "enter"),
    ("update", ""): ("x", "M", "1", "enter"),
}
DROPS = {"update": ("D",)}


@pytest.mark.parametrize(("noun", "stands", "action"), reviewable.ANSWERS)
async def test_every_answer_to_every_kind_of_item_takes_at_most_five_keys(
    noun: str, stands: str, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if (noun, action) == ("check-in", "done"):
        pytest.skip("a check-in is a meeting of its own")
    if action not in reviewable.answerable(noun, stands):
        pytest.skip("it is no answer to that")
    reviewable.only(noun, monkeypatch)
    keys = KEYS[action]
    if action == "done":
        keys = AT_ONCE.get((noun, stands), keys)
    elif action == "drop":
        keys = DROPS.get(noun, keys)
    assert len(keys) <= reviewable.MOST
    async with reviewing(open_workspace(reviewable.state_with(noun, stands), 1000)) as anna:
        assert anna.place == "1 of 1"
        await anna.press(*keys)
        assert any(line.startswith("1 item: 1 ") for line in anna.shown), (anna.shown, anna.said)
        if action == "done" and (noun, stands) in reviewable.BECOMES:
            assert anna.record(f"{BY_NOUN[noun].letter}7").standing == reviewable.BECOMES[noun, stands]


async def test_a_look_back_is_asked_in_letters_below_what_was_predicted(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewable.only("decision", monkeypatch)
    async with reviewing(open_workspace(reviewable.state_with("decision", "decided"), 1000)) as anna:
        assert any("nobody asks" in line for line in anna.shown)
        await anna.press("x")
        assert anna.screen.asking.prompt.label.startswith("Came true?  Look back at D7 Something  Decided 2026-11-01")
        await anna.press("n", "g", "escape")
        assert anna.record("D7").standing == "decided" and anna.place == "1 of 1"
        await anna.press("x", "n", "p", "b")
        await anna.type("Ask those who left")
        await anna.press("enter")
        decision = anna.record("D7")
        assert isinstance(decision, Decision)
        assert (decision.state, decision.came_true, decision.process, decision.outcome, decision.lesson) == (
            "reviewed", False, "poor", "bad", "Ask those who left",
        )  # fmt: skip


async def test_nothing_is_asked_to_have_come_true_where_nothing_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewable.only("decision", monkeypatch)
    silent = reviewable.state_with("decision", "decided")
    for name in ("confidence", "prediction"):
        del silent["decisions"]["7"][name]
    async with reviewing(open_workspace(silent, 1000)) as anna:
        await anna.press("x", "g", "g", "enter")
        decision = anna.record("D7")
        assert isinstance(decision, Decision) and (decision.state, decision.came_true) == ("reviewed", None)


async def test_undo_takes_a_settled_bet_back_in_one_key(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewable.only("bet", monkeypatch)
    async with reviewing(open_workspace(reviewable.state_with("bet", "released"), 1000)) as anna:
        await anna.press("x", "l", "enter", "q")
        bet = anna.record("B7")
        assert isinstance(bet, Bet) and (bet.state, bet.result, bet.lesson) == ("settled", "lost", "")
        await anna.press("u")
        assert anna.record("B7").standing == "released"
