"""Which characters of other people's text a file may hold as they are."""

from __future__ import annotations

from unicodedata import category

JOINERS = "\u200c\u200d\u200e\u200f"
"""Marks nobody sees that a text needs: between the letters of Persian, the people of a family, and two directions."""


def is_harmless(mark: str) -> bool:
    """Whether a character neither controls a terminal nor turns the direction of what follows nor ends a line."""
    return mark.isprintable() or mark in JOINERS or category(mark) == "Zs"
