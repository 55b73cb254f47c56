"""A lens as a verb is to show it.  Light, because every listing has one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Pane(NamedTuple):
    """A lens as it is to be shown: filtered by a text, turned by options."""

    lens: str
    filter: str = ""
    options: Mapping[str, str] = MappingProxyType({})
    archived: bool = False


def both(one: str, other: str) -> str:
    """The filter that asks for what both ask."""
    return f"({one}) ({other})" if one.strip() and other.strip() else one or other
