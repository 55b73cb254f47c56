"""Scoring what was said: against sums done by hand, with fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.calibration import BANDS, FEWEST, Judgement, Score, band_of, interval, judgement, parts, score, total
from store.model import Decision

JUDGEMENTS = st.lists(st.builds(Judgement, st.integers(0, 100), st.booleans()), max_size=40)


def said(confidence: int, hits: int, misses: int) -> Score:
    return score([Judgement(confidence, True)] * hits + [Judgement(confidence, False)] * misses)


def test_seven_of_ten_at_seventy_is_as_good_as_it_gets_there() -> None:
    one = said(70, 7, 3)
    assert (one.count, one.stated, one.share, one.verdict) == (10, 70, 70, "about right")
    assert one.brier == pytest.approx(0.21)


def test_certainty_scores_nothing_when_right_and_everything_when_wrong() -> None:
    assert (said(100, 3, 0).brier, said(100, 0, 3).brier, said(50, 5, 9).brier) == (0, 1, 0.25)


def test_few_say_nothing_and_chance_is_no_fault() -> None:
    assert said(90, 0, FEWEST - 1).verdict == "too few to say"
    assert said(90, 0, FEWEST).verdict == "too sure"
    assert said(90, 3, 2).verdict == "too sure" and said(80, 3, 2).verdict == "about right"
    assert said(55, 20, 0).verdict == "not sure enough"


def test_what_chance_explains_is_wilsons_interval() -> None:
    assert interval(0, 0) == (0, 100)
    low, high = interval(7, 10)
    assert (round(low, 1), round(high, 1)) == (39.7, 89.2)
    low, high = interval(0, 10)
    assert (round(low, 1), round(high, 1)) == (0, 27.8)


@given(st.integers(1, 60), st.data())
def test_the_interval_holds_the_share_and_mirrors(count: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, count))
    low, high = interval(hits, count)
    assert 0 <= low <= 100 * hits / count + 1e-9 and 100 * hits / count - 1e-9 <= high <= 100
    mirrored = interval(count - hits, count)
    assert (low, high) == (pytest.approx(100 - mirrored[1]), pytest.approx(100 - mirrored[0]))


@given(JUDGEMENTS)
def test_a_score_is_what_adding_up_by_hand_gives(judgements: list[Judgement]) -> None:
    one = score(judgements)
    assert (one.count, one.hits) == (len(judgements), sum(1 for each in judgements if each.came_true))
    if judgements:
        squares = [(Fraction(each.confidence, 100) - int(each.came_true)) ** 2 for each in judgements]
        assert one.brier == pytest.approx(float(sum(squares) / len(squares)))
        assert one.stated == pytest.approx(float(Fraction(sum(each.confidence for each in judgements), len(judgements))))
        assert 0 <= one.brier <= 1


@given(JUDGEMENTS.filter(bool))
def test_the_score_is_made_of_its_parts(judgements: list[Judgement]) -> None:
    of = parts(judgements)
    assert of.off + of.chance - of.told_apart == pytest.approx(score(judgements).brier)
    assert of.off >= 0 and 0 <= of.told_apart <= of.chance + 1e-12 <= 0.25 + 1e-12


def test_what_each_part_says() -> None:
    always_right = parts([Judgement(100, True)] * 3 + [Judgement(0, False)] * 3)
    assert (always_right.off, always_right.chance, always_right.told_apart) == (0, 0.25, 0.25)
    never_told = parts([Judgement(90, True)] * 5 + [Judgement(90, False)] * 5)
    assert (round(never_told.off, 6), never_told.told_apart) == (0.16, 0)


def test_how_many_more_are_needed_is_said() -> None:
    assert [said(70, hits, 0).wanting for hits in (0, 1, 4, 5, 9)] == [5, 4, 1, 0, 0]


@given(st.lists(JUDGEMENTS, max_size=5))
def test_scores_add_up_to_the_score_of_all(groups: list[list[Judgement]]) -> None:
    assert total([score(group) for group in groups]) == score([one for group in groups for one in group])


@given(st.integers(0, 100))
def test_every_confidence_has_one_band(confidence: int) -> None:
    assert [at for at, (low, high) in enumerate(BANDS) if low <= confidence <= high] == [band_of(confidence)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"state": "reviewed", "confidence": 70, "came_true": False}, Judgement(70, False)),
        ({"state": "decided", "confidence": 0, "came_true": True}, Judgement(0, True)),
        ({"state": "open", "confidence": 70, "came_true": True}, None),
        ({"state": "reviewed", "came_true": True}, None),
        ({"state": "reviewed", "confidence": 70}, None),
    ],
)
def test_only_what_was_decided_said_and_seen_is_judged(fields: dict[str, object], expected: Judgement | None) -> None:
    assert judgement(Decision.model_validate({"title": "x", **fields})) == expected
