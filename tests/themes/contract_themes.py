"""What every theme owes a reader; ``test_themes.py`` holds each built-in theme to it without naming any."""

from __future__ import annotations

from itertools import combinations

import themes
from themes import Style, Theme
from themes.checking import AA, AAA, check, contrasts
from themes.fewer import COLOURS, VISIBLE, in_256_colours
from themes.theme import GROUPS, ROWS, STAGES, TONES
from themes.vision import difference

VISIBLE_GROUND = 0.02
"""Least difference of a row from the screen and from other rows: what is just visible."""
PLAIN_TO_SEE = 0.09
"""Least difference of the row under the cursor from the screen: what is found at a glance."""


class ThemeContract:
    """Mixed into a test class whose ``theme`` fixture gives the theme."""

    def test_nothing_is_wrong_with_it(self, theme: Theme) -> None:
        assert check(theme) == []

    def test_it_says_what_it_is(self, theme: Theme) -> None:
        assert theme.title
        assert theme.description
        assert not theme.description.endswith(".")

    def test_it_has_every_token_and_no_other(self, theme: Theme) -> None:
        assert set(theme.tokens) == set(themes.TOKENS)

    def test_its_words_reach_the_level_it_stands_for(self, theme: Theme) -> None:
        """The same arithmetic as ``check``, without its table of exceptions."""
        if theme.is_rgb:
            words = [found for found, token, _, _ in contrasts(theme) if token != "faint"]
            assert min(words) >= (AAA if "AAA" in theme.promises else AA)
            assert len(words) > 100

    def test_what_needs_fewer_colours_stands_in_for_it(self, theme: Theme) -> None:
        if theme.is_rgb:
            plainer = themes.load(theme.fallback)
            assert plainer.depth in ("ansi", "mono")
            assert plainer.either or plainer.dark is theme.dark

    def test_it_keeps_every_promise_with_256_colours(self, theme: Theme) -> None:
        if theme.is_rgb:
            fitted = in_256_colours(theme)
            assert check(fitted) == []
            used = {colour for style in fitted.tokens.values() for colour in (style.foreground, style.background) if colour}
            assert used <= set(COLOURS)
            assert grounds_that_look_alike(fitted, VISIBLE_GROUND) == []

    def test_stages_and_tones_look_different(self, theme: Theme) -> None:
        """Without colour the glyph and the word tell tones apart; the stages differ even then."""
        groups = (STAGES,) if theme.depth == "mono" or not has_hues(theme) else GROUPS
        for one, other in (pair for group in groups for pair in combinations(group, 2)):
            assert are_distinct(theme.drawn(one), theme.drawn(other)), (one, other)

    def test_rows_look_different(self, theme: Theme) -> None:
        for one, other in combinations(("", *ROWS), 2):
            assert theme.drawn("text", one) != theme.drawn("text", other), (one, other)
        if theme.is_rgb:
            assert grounds_that_look_alike(theme, VISIBLE_GROUND) == []

    def test_the_row_under_the_cursor_stands_out_most(self, theme: Theme) -> None:
        if theme.is_rgb:
            screen = str(theme.drawn("text").background)
            away = [difference(str(theme.drawn("text", row).background), screen) for row in ROWS]
            assert away[0] == max(away)
            assert away[0] >= PLAIN_TO_SEE

    def test_the_lens_in_focus_is_told_from_the_others_also_without_colour(self, theme: Theme) -> None:
        assert theme.drawn("accent").attributes != theme.drawn("title").attributes

    def test_what_carries_a_message_is_seen_on_the_row_under_the_cursor(self, theme: Theme) -> None:
        for token in ("match", *STAGES, *TONES):
            assert "dim" not in theme.drawn(token, "cursor").attributes


def are_distinct(one: Style, other: Style) -> bool:
    """Whether two styles differ in attributes, in an ANSI colour, or visibly in an RGB one."""
    inks = (str(one.foreground), str(other.foreground))
    if one.attributes != other.attributes or not all(ink.startswith("#") for ink in inks):
        return one != other
    return difference(*inks) >= VISIBLE


def has_hues(theme: Theme) -> bool:
    """Whether any tone has a colour that is no grey."""
    inks = [str(theme.tokens[token].foreground) for token in TONES]
    return not theme.is_rgb or any(len({ink[1:3], ink[3:5], ink[5:7]}) > 1 for ink in inks)


def grounds_that_look_alike(theme: Theme, least: float) -> list[tuple[str, str]]:
    """Pairs of rows, "" being the screen, that neither their ground nor an attribute keeps apart."""
    return [
        (one, other)
        for one, other in combinations(("", *ROWS), 2)
        if theme.drawn("text", one).attributes == theme.drawn("text", other).attributes
        and difference(str(theme.drawn("text", one).background), str(theme.drawn("text", other).background)) < least
    ]
