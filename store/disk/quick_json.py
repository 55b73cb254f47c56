"""Which parser reads some JSON soonest: orjson where there is much of it, else the one the interpreter has with it.

Importing orjson takes as long as a fifth of listing a few dozen records.  The two agree: whatever ``read_small`` takes,
orjson takes for the same value, and what it doubts goes to orjson, which judges it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store.disk.bare_json import loader

MUCH = 1 << 20
"""Bytes from which on orjson gains what its import costs."""
SURROGATES = (b"\\ud", b"\\uD")
"""How half a character may begin, which orjson refuses."""


def reader(size: int) -> Callable[[bytes], Any]:
    """What reads ``size`` bytes of JSON soonest, in one text or in many; it raises ``ValueError`` for what is none."""
    return read_small if size < MUCH else read_much


def read_much(content: bytes) -> Any:
    """The value of a JSON text, as orjson has it.  Raises ``ValueError``."""
    import orjson

    return orjson.loads(content)


def read_small(content: bytes) -> Any:
    """The value of a JSON text, as orjson has it.  Raises ``ValueError``."""
    if not any(half in content for half in SURROGATES):
        try:
            return _read(content)
        except (ValueError, RecursionError):
            pass
    return read_much(content)


def _whole(digits: str) -> int:
    number = int(digits)
    if -(2**63) <= number < 2**64:
        return number
    raise ValueError("a longer number is a fraction to orjson")


def _fraction(digits: str) -> float:
    number = float(digits)
    if number - number == 0:
        return number
    raise ValueError("a number beyond all is none to orjson")


_read = loader(_whole, _fraction)
