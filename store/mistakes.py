"""What is wrong with a value that a field cannot take, in words for people.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.quoting import quoted

LONGEST = 160

SAID: Mapping[str, str] = {
    "greater_than_equal": "it can be {ge:g} at least",
    "less_than_equal": "it can be {le:g} at most",
    "literal_error": "it can be {expected}",
    "value_error": "{error}",
    "missing": "it is missing",
    "string_type": "it takes a text, in quotes",
    "int_parsing": "it takes a whole number",
    "int_type": "it takes a whole number",
    "int_from_float": "it takes a whole number",
    "float_parsing": "it takes a number",
    "float_type": "it takes a number",
    "bool_parsing": "it takes yes or no",
    "bool_type": "it takes yes or no",
    "tuple_type": 'it takes a list, such as ["one", "several"]',
    "mapping_type": "it takes a table of names",
    "date_type": "it takes a day such as 2026-11-23",
    "date_parsing": "it takes a day such as 2026-11-23",
    "date_from_datetime_parsing": "it takes a day such as 2026-11-23",
    "date_from_datetime_inexact": "it takes a day such as 2026-11-23",
}
"""Kinds of mistakes, as ``Invalid.errors`` names them → what is said, with what it tells of them filled in."""


def said(problem: Mapping[str, Any], other: Mapping[str, str] = SAID) -> str:
    """Half a sentence about one of ``Invalid.errors``, from ``other`` first; what neither knows, as pydantic says it."""
    template = other.get(problem["type"]) or SAID.get(problem["type"])
    words = template.format(**problem.get("ctx", {})) if template else str(problem["msg"])
    return quoted(words, LONGEST)
