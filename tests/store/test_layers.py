"""Layered mappings: every version holds what a dictionary of its own would hold, however many came after it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import layers
from store.layers import Layered

KEYS = st.sampled_from("abcdef")
CHANGES = st.dictionaries(KEYS, st.none() | st.integers(0, 3), max_size=4)


@given(ground=st.dictionaries(KEYS, st.integers(0, 3)), steps=st.lists(CHANGES, max_size=8), most=st.integers(0, 6))
def test_every_version_holds_what_a_copy_would(
    ground: dict[str, int], steps: list[dict[str, int | None]], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layers, "MOST", most)
        versions, copies = [Layered(dict(ground))], [ground]
        for step in steps:
            versions.append(versions[-1].changed(step))
            copies.append({key: value for key, value in {**copies[-1], **step}.items() if value is not None})
    for version, copy in zip(versions, copies, strict=True):
        assert list(version) == list(version.items())
        assert (version.items(), len(version)) == (copy, len(copy))
        assert {key: version.get(key) for key in "abcdefg"} == {key: copy.get(key) for key in "abcdefg"}
        for other, theirs in zip(versions, copies, strict=True):
            differing = {key for key in "abcdef" if copy.get(key) is not theirs.get(key)}
            assert sorted(version.differing(other)) == sorted(differing)


def test_a_change_copies_nothing_of_what_is_shared() -> None:
    ground = {str(at): at for at in range(5_000)}
    changed = Layered(ground).changed({"7": 70, "9": None})
    assert changed._ground is ground and changed._above == {"7": 70, "9": None}
    assert ground["7"] == 7 and "9" in ground


def test_changes_stand_where_what_they_changed_stood_and_new_ones_at_the_end() -> None:
    version = Layered({"a": 1, "b": 2, "c": 3}).changed({"d": 4, "b": 5, "a": None})
    assert list(version.items()) == ["b", "c", "d"]
