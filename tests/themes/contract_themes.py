"""What every theme owes a reader; ``test_themes.py`` holds each built-in theme to it without naming any."""

from __future__ import annotations

from itertools import combinations
from math import dist

import themes
from themes import Style, Theme
from themes.colour import luminance

LIFECYCLE = ("waiting", "doing", "done", "dropped")
TONES = ("good", "warn", "bad", "info")
ROWS = ("text", "cursor", "cursor_idle", "linked")


class ThemeContract:
    """Mixed into a test class whose ``theme`` fixture gives the theme."""

    def test_nothing_is_wrong_with_it(self, theme: Theme) -> None:
        assert themes.check(theme) == []

    def test_it_says_what_it_is(self, theme: Theme) -> None:
        assert theme.title
        assert theme.description
        assert not theme.description.endswith(".")

    def test_it_has_every_token_and_no_other(self, theme: Theme) -> None:
        assert set(theme.tokens) == set(themes.TOKENS)

    def test_dark_is_what_it_looks_like(self, theme: Theme) -> None:
        if theme.depth == "truecolor":
            text = theme.drawn("text")
            assert (luminance(str(text.background)) < luminance(str(text.foreground))) is theme.dark

    def test_stages_and_tones_look_different(self, theme: Theme) -> None:
        """Without colour the glyph and the word tell tones apart; the stages differ even then."""
        groups = (LIFECYCLE,) if theme.depth == "mono" else (LIFECYCLE, TONES)
        for one, other in (pair for group in groups for pair in combinations(group, 2)):
            assert are_distinct(theme.drawn(one), theme.drawn(other)), (one, other)

    def test_rows_look_different(self, theme: Theme) -> None:
        for one, other in combinations(ROWS, 2):
            assert theme.drawn("text", one if one != "text" else "") != theme.drawn("text", other), (one, other)

    def test_what_carries_a_message_is_seen_on_the_row_under_the_cursor(self, theme: Theme) -> None:
        for token in ("match", *LIFECYCLE, *TONES):
            assert "dim" not in theme.drawn(token, "cursor").attributes


def are_distinct(one: Style, other: Style) -> bool:
    """Whether two styles differ in attributes, in an ANSI colour, or visibly in an RGB one (0.03 in OKLab)."""
    inks = (str(one.foreground), str(other.foreground))
    if one.attributes != other.attributes or not all(ink.startswith("#") for ink in inks):
        return one != other
    return dist(oklab(inks[0]), oklab(inks[1])) >= 0.03


def oklab(rgb: str) -> tuple[float, float, float]:
    """Lightness and the two colour axes of ``#rrggbb`` (Ottosson, 2020); distance there is how different it looks."""
    channels = (int(rgb[at : at + 2], 16) / 255 for at in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )
