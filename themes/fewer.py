"""A truecolor theme in the 240 fixed colours of a 256-colour terminal, chosen so that it stays as legible as it was.

Rounding each colour by itself, as terminal libraries do, turns quiet grounds into loud ones and takes pairs of colours below
level AA: here an ink is the nearest colour that is still legible on all its grounds and still unlike its neighbours.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import dist

from themes.checking import APART, drawings, floor
from themes.colour import contrast
from themes.theme import GROUPS, ROWS, Style, Theme
from themes.vision import DEFICIENCIES, difference, seen

_LEVELS = (0, 95, 135, 175, 215, 255)
COLOURS = (
    *(f"#{red:02x}{green:02x}{blue:02x}" for red in _LEVELS for green in _LEVELS for blue in _LEVELS),
    *(f"#{grey:02x}{grey:02x}{grey:02x}" for grey in range(8, 248, 10)),
)
"""The colours 16 to 255: a cube of six levels and a ramp of greys.  The first sixteen differ by terminal."""

VISIBLE = 0.03
"""Least difference of two grounds, and of two states; below it they might be taken for one."""


def number(rgb: str) -> int:
    """The number by which a 256-colour terminal knows one of ``COLOURS``."""
    return 16 + COLOURS.index(rgb)


@lru_cache(maxsize=32)
def in_256_colours(theme: Theme) -> Theme:
    """The theme, its ``depth`` 256, with every colour one of ``COLOURS``.

    Where no colour is legible the nearest stays; ``checking.check`` says so of the result.
    """
    grounded = theme._replace(depth="256", tokens=_grounded(theme.tokens))
    tokens = dict(grounded.tokens)
    for token in dict.fromkeys([*chain(*GROUPS), *grounded.tokens]):
        style = grounded.tokens[token]
        if style.foreground:
            rivals = [str(tokens[one].foreground) for one in _before(token) if _differ(theme, one, token)]
            tokens[token] = style._replace(foreground=_ink(grounded, token, style.foreground, rivals))
    return grounded._replace(tokens=tokens)


def _grounded(tokens: Mapping[str, Style]) -> dict[str, Style]:
    """The styles with their backgrounds fitted: the screen's, then the rows, each unlike those before it, then the rest."""
    fitted: dict[str, Style] = {}
    for token in ("text", *ROWS, *tokens):
        style = tokens[token]
        if style.background and token not in fitted:
            rows = [one for name, one in fitted.items() if name == "text" or token in ROWS]
            others = [str(one.background) for one in rows if one.attributes == style.attributes]
            free = (colour for colour in _by_nearness(style.background) if _unlike(colour, others))
            fitted[token] = style._replace(background=next(filter(_quieter(fitted, token), free)))
    return {**tokens, **fitted}


def _quieter(fitted: Mapping[str, Style], token: str) -> Callable[[str], bool]:
    """Whether a ground stands out less than that of the row under the cursor, as every other row has to."""
    if token not in ROWS[1:] or not fitted["cursor"].background:
        return lambda colour: True
    screen, cursor = str(fitted["text"].background), str(fitted["cursor"].background)
    return lambda colour: contrast(colour, screen) < contrast(cursor, screen)


def _before(token: str) -> Sequence[str]:
    """The tokens of the same group that had their ink before this one."""
    group = next((group for group in GROUPS if token in group), ())
    return group[: group.index(token)] if group else ()


def _differ(theme: Theme, one: str, other: str) -> bool:
    """Whether it is their ink that keeps two tokens apart, or has to by promise."""
    first, second = theme.tokens[one], theme.tokens[other]
    return first.foreground != second.foreground and (first.attributes == second.attributes or bool(theme.promises))


def _ink(theme: Theme, token: str, wanted: str, rivals: Sequence[str]) -> str:
    drawn = [(theme.drawn(one, ground), floor(theme, one, ground)) for one, ground in drawings() if one == token]
    grounds = {(str(style.background), least) for style, least in drawn if style.foreground == wanted}
    near = _by_nearness(wanted, hue=True)
    legible = (colour for colour in near if all(contrast(colour, ground) >= least for ground, least in grounds))
    return next((colour for colour in legible if _unlike(colour, rivals, theme.promises)), near[0])


def _unlike(colour: str, others: Sequence[str], promises: Sequence[str] = ()) -> bool:
    """Whether nobody takes a colour for one of the others, least of all those to whom the theme promises it."""
    return all(
        difference(colour, other) >= VISIBLE
        and all(difference(colour, other, promise) >= APART for promise in promises if promise in DEFICIENCIES)
        for other in others
    )


@lru_cache(maxsize=512)
def _by_nearness(wanted: str, *, hue: bool = False) -> tuple[str, ...]:
    """``COLOURS``, the nearest first; for an ink its hue counts for more than its lightness, which contrast decides."""
    light, *hues = seen(wanted)
    weight = 0.5 if hue else 1.0

    def away(colour: str) -> float:
        lightness, *others = seen(colour)
        return dist((weight * lightness, *others), (weight * light, *hues))

    return tuple(sorted(COLOURS, key=away))
