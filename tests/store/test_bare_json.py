"""The journal's own JSON agrees with the standard library's, and loads nothing for it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.disk.bare_json import dumps, loads

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def standard(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


@given(values)
def test_it_writes_what_json_writes_and_reads_it_back(value: object) -> None:
    assert dumps(value) == standard(value)
    assert loads(dumps(value)) == json.loads(standard(value))


@given(st.binary(max_size=40) | st.text(alphabet='{}[]",:0123456789.eE+- \ntruefalsn\\u', max_size=20).map(str.encode))
def test_it_reads_what_json_reads_and_refuses_the_rest(content: bytes) -> None:
    try:
        expected = json.loads(content.decode(), parse_constant=lambda name: (_ for _ in ()).throw(ValueError(name)))
    except ValueError:
        with pytest.raises(ValueError):
            loads(content)
    else:
        assert loads(content) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, "\ud800", {(1, 2): 3}])
def test_it_refuses_what_json_cannot_hold(value: object) -> None:
    for _ in range(2):
        with pytest.raises((ValueError, TypeError)):
            dumps([value])


def test_a_list_within_itself_is_refused_every_time_and_harms_no_later_one() -> None:
    circle: list[object] = []
    circle.append(circle)
    for _ in range(3):
        with pytest.raises(ValueError):
            dumps(circle)
        assert dumps([[]]) == b"[[]]"


def test_it_loads_no_regular_expressions() -> None:
    code = "import sys; before = set(sys.modules); import store.disk.bare_json; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["_json", "store", "store.disk", "store.disk.bare_json"]
