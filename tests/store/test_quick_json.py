"""Whatever the interpreter's own parser is asked for instead of orjson, it gives the same value."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import orjson
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.disk.quick_json import MUCH, read_much, read_small, reader

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)
nearly = st.text(alphabet='{}[]",:0123456789.eE+- \ntruefalsnN\\udD8c', max_size=30).map(str.encode)


def orjson_says(content: bytes) -> Any:
    """The value and its type as orjson has it, so that 1, 1.0 and True are three; an error's class where it refuses."""
    try:
        return repr(orjson.loads(content))
    except ValueError:
        return ValueError


@given(values)
def test_what_was_written_is_read_as_orjson_reads_it(value: object) -> None:
    assert repr(read_small(orjson.dumps(value))) == repr(read_much(orjson.dumps(value)))


@given(nearly | st.binary(max_size=40))
@example(b"18446744073709551616")
@example(b"-9223372036854775809")
@example(b"1e999")
@example(b"NaN")
@example(b'"\\ud800"')
@example(b'"\\uD83D\\uDE00"')
@example(b"\xef\xbb\xbf1")
@example(b'{"a": 1, "a": 2}')
@example(b"[" * 5000)
def test_it_takes_and_refuses_what_orjson_does(content: bytes) -> None:
    try:
        found = repr(read_small(content))
    except ValueError:
        assert orjson_says(content) is ValueError
    else:
        assert found == orjson_says(content)


@pytest.mark.parametrize(("size", "expected"), [(0, read_small), (MUCH - 1, read_small), (MUCH, read_much)])
def test_only_much_is_read_by_orjson(size: int, expected: object) -> None:
    assert reader(size) is expected


def test_a_small_text_is_read_without_orjson() -> None:
    code = "import sys; from store.disk.quick_json import reader; reader(4)(b'[{}]'); print('orjson' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
