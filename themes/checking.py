"""What is wrong with a theme: contrast where its tokens stand, and states that somebody could not tell apart."""

from collections.abc import Iterator
from itertools import combinations

from themes.colour import TERMINALS, Palette, contrast, luminance
from themes.finding import faults
from themes.theme import GROUNDS, GROUPS, ROWS, TOKENS, Style, Theme
from themes.vision import DEFICIENCIES, difference

AA = 4.5
"""Least contrast of text on its ground (WCAG 2.2, 1.4.3)."""
AAA = 7.0
"""Least contrast of text on its ground (WCAG 2.2, 1.4.6), for themes that promise it."""
RULES = {AA: 3.0, AAA: 4.5}
"""Least contrast of what is not text: 3 (WCAG 2.2, 1.4.11), and what we ask of a theme that promises AAA."""
ANY_TERMINAL = 2.9
"""Least contrast of an ANSI colour on the worst stock terminal, dark or light: 3, less what cyan misses it by on one."""
KNOWN_TERMINAL = 4.3
"""The same where the theme says whether the ground is dark: 4.5, less what bright red misses it by on one."""

APART = 0.1
"""How different states must look to somebody for whom a theme promises it; 0.02 is just visible."""

_STAYS = frozenset(GROUNDS)  # measured where they always stand, and on no other ground


def check(theme: Theme) -> list[str]:
    """Everything wrong with a theme, a sentence each; empty if nothing is."""
    return list(faults(theme)) or [*_low_contrasts(theme), *_wrong_ground(theme), *_taken_for_another(theme)]


def drawings() -> Iterator[tuple[str, str]]:
    """Each token and ground that may meet on a screen, the ground "" being the token's own."""
    for token in TOKENS:
        yield token, ""
        if token not in _STAYS:
            yield from ((token, ground) for ground in (ROWS if token == "faint" else GROUNDS))


def floor(theme: Theme, token: str, ground: str = "") -> float:
    """The least contrast that a token may have in this theme."""
    if not theme.is_rgb:
        return ANY_TERMINAL if theme.either else KNOWN_TERMINAL
    level = AAA if "AAA" in theme.promises else AA
    return RULES[level] if token == "faint" and ground not in ROWS else level


def contrasts(theme: Theme) -> Iterator[tuple[float, str, str, str]]:
    """Contrast, token, ground and terminal of everything the theme gives a colour, as (4.6, "dim", "cursor", "").

    On stock terminals, if the theme leaves the shades to them: then the worst of those it is for.
    """
    for token, ground in drawings():
        style = theme.drawn(token, ground)
        if style.foreground or style.background:  # else it is the terminal's own text on its own ground
            found, where = _worst(theme, style)
            yield found, token, ground, where


def _low_contrasts(theme: Theme) -> Iterator[str]:
    for found, token, ground, where in contrasts(theme):
        least = floor(theme, token, ground)
        if found < least:
            shown, on = int(found * 10) / 10, ground or "its background"
            yield f"Contrast {shown} below {least} of {token} on {on}{f' in {where}' if where else ''}."


def _worst(theme: Theme, style: Style) -> tuple[float, str]:
    """The least contrast of the style on any terminal that the theme is for, and which that is."""
    if theme.is_rgb:
        return contrast(str(style.foreground), str(style.background)), ""
    stock = ((name, palette) for name, palette in TERMINALS.items() if theme.either or palette.dark is theme.dark)
    return min((_on(palette, style), name) for name, palette in stock)


def _on(terminal: Palette, style: Style) -> float:
    ink = terminal.shade(style.foreground, terminal.foreground)
    return contrast(ink, terminal.shade(style.background, terminal.background))


def _wrong_ground(theme: Theme) -> Iterator[str]:
    text = theme.drawn("text")
    if theme.is_rgb and (luminance(str(text.background)) < luminance(str(text.foreground))) is not theme.dark:
        yield f"It says that it is {theme.suits}, but its text is {'darker' if theme.dark else 'lighter'} than its ground."


def _taken_for_another(theme: Theme) -> Iterator[str]:
    """A sentence for each two states that look alike to somebody for whom the theme promises that they do not."""
    for deficiency in (promise for promise in theme.promises if promise in DEFICIENCIES and theme.is_rgb):
        for one, other in (pair for group in GROUPS for pair in combinations(group, 2)):
            found = difference(str(theme.drawn(one).foreground), str(theme.drawn(other).foreground), deficiency)
            if found < APART:
                yield f"Under {deficiency} {one} and {other} look alike: {int(found * 100) / 100} apart, less than {APART}."
