"""Themes: what each part of a screen looks like, one TOML file a theme, read and checked without any terminal library.

A file holds ``title``, ``description``, ``depth``, ``dark``, and under ``[tokens]`` one style a token:
``"bold #d7dde5 on #14181d"``, every word optional.  With ``inherits`` it starts from another theme and needs only what
differs.  ``dark`` is left out where a theme suits any ground, ``fallback`` names the built-in theme that stands in where
there are sixteen colours or none, ``promises`` is what ``themes.checking`` holds it to, ``credit`` says whose colours
they are.
"""

from themes.finding import load, names, parse, path_of
from themes.theme import ATTRIBUTES, GROUNDS, ROWS, TOKENS, Style, Theme, ThemeError

__all__ = ["ATTRIBUTES", "GROUNDS", "ROWS", "TOKENS", "Style", "Theme", "ThemeError", "load", "names", "parse", "path_of"]
