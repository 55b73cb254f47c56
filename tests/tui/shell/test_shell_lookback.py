"""Looking back: what was said when it was decided comes first, whatever was written since; one prompt decides durably."""

from __future__ import annotations

from collections.abc import Callable

from conftest import Many

from store.model import Decision
from store.records import Records


def decision(records: Callable[[], Records]) -> Decision:
    (found,) = records().each(Decision)
    return found


def capture(many: Many) -> None:
    words = (
        "Keep SSO out",
        "state:decided",
        "decided:2026-11-20",
        "because",
        "2 of 40 asked",
        "conf:70",
        "predict:Nobody leaves",
    )
    assert many("decide", *words).code == 0


def test_capture_to_a_durable_decision_takes_no_prompt(many: Many, records: Callable[[], Records]) -> None:
    capture(many)
    found = decision(records)
    assert (found.state, found.confidence, found.prediction, found.why, str(found.decided_on)) == (
        "decided", 70, "Nobody leaves", "2 of 40 asked", "2026-11-20",
    )  # fmt: skip
    assert many("set", "D1", "confidence=90").err == (
        "D1 was decided: its confidence cannot be rewritten. Write what you know now as a note.\n"
    )


def test_what_was_said_then_comes_first_even_when_the_why_was_rewritten(many: Many, records: Callable[[], Records]) -> None:
    capture(many)
    many("set", "D1", "why=We always knew")
    assert many("lookback", "d1").out == (
        "D1 Keep SSO out\n"
        "Decided 2026-11-20, 70 % sure. Predicted: Nobody leaves. Why: 2 of 40 asked. (The why was rewritten\n"
        "since; this is what it said then.)\n"
    )
    assert many("lookback", "D1", "--json").data["then"]["why"] == "2 of 40 asked"
    result = many("lookback", "D1", "came_true=no", "process=good", "outcome=bad", "lesson=Ask those who left")
    assert (result.code, result.err) == (0, "looked back at D1 Keep SSO out. many undo takes it back\n")
    found = decision(records)
    assert (found.state, found.came_true, found.process, found.outcome) == ("reviewed", False, "good", "bad")
    assert many("lookback", "D1").lines[-1] == (
        "came true: no · process: good · outcome: bad · lesson: Ask those who left"
    )  # fmt: skip


def test_undoing_and_deciding_anew_counts_from_the_last_time(many: Many) -> None:
    many("decide", "Keep SSO out", "because", "first")
    many("done", "D1", "confidence=60")
    many("undo")
    many("set", "D1", "why=second")
    many("done", "D1", "confidence=80")
    assert "80 % sure. Why: second." in many("lookback", "D1").out


def test_what_cannot_be_looked_back_at_is_said(many: Many) -> None:
    many("decide", "Still open")
    many("bet", "A bet")
    assert many("lookback", "D1").err == "D1 is still open: many done D1 decides it first.\n"
    assert many("lookback", "B2").err.startswith("Only a decision is looked back at.")
    many("done", "D1")
    assert many("lookback", "D1", "yes").code == 2
    assert many("lookback", "D1").lines[1].startswith("Decided 2026-11-22. Nothing was predicted")


def test_superseding_keeps_the_chain_from_both_ends(many: Many, records: Callable[[], Records]) -> None:
    capture(many)
    result = many("supersede", "D1", "Build SSO after all", "because", "9 of 40 asked", "conf:80", "state:decided")
    assert (result.code, result.out) == (0, "D2 Build SSO after all\n")
    assert result.err.splitlines()[0] == "superseded D1 by Build SSO after all. many undo takes it back"
    assert "conf" in result.err and "left as text" not in result.err
    old, new = records().each(Decision)
    assert (old.state, new.state, new.confidence, new.linked("supersedes")) == ("superseded", "decided", 80, ("D1",))
    assert "superseded by" in many("board", "lineage", "--of", "D1").out
    assert "supersedes" in many("board", "lineage", "--of", new.id).out
    again = many("supersede", "D1", "Again")
    assert (again.code, again.err) == (1, f"D1 is superseded by {new.id}, which can be in its turn.\n")
    many("undo")
    assert [record.state for record in records().each(Decision)] == ["decided"]


def test_a_capture_that_supersedes_moves_what_it_replaces_in_the_same_step(
    many: Many, records: Callable[[], Records]
) -> None:
    capture(many)
    result = many("decide", "Build SSO after all", "supersedes:D1")
    assert (result.code, result.out) == (0, "D2 Build SSO after all\n")
    assert "D1 Keep SSO out is superseded by it" in result.err
    assert [record.state for record in records().each(Decision)] == ["superseded", "open"]
    many("undo")
    assert [record.state for record in records().each(Decision)] == ["decided"]
    many("decide", "Still open")
    many("decide", "Another", "supersedes:D4")
    assert [one.state for one in records().each(Decision)] == ["decided", "open", "open"]
