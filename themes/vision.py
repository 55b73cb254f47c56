"""How different two colours look, to most people and to those who see fewer hues.

Differences are distances in OKLab (Ottosson, 2020).  The simulation is that of Machado, Oliveira and Fernandes, "A
Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), at full severity: that of dichromats.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import dist

from themes.colour import channels

Matrix = tuple[tuple[float, float, float], ...]

DEFICIENCIES: Mapping[str, Matrix] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What is missing (red, green, blue cones) → the matrix over linear red, green and blue."""

_TO_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_OKLAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def difference(one: str, other: str, deficiency: str = "") -> float:
    """How different two ``#rrggbb`` colours look, as distance in OKLab: 0 the same, 0.02 just visible, 1 black and white.

    ``deficiency`` names who looks, one of ``DEFICIENCIES``; without it, most people.
    """
    return dist(seen(one, deficiency), seen(other, deficiency))


@lru_cache(maxsize=4096)
def seen(rgb: str, deficiency: str = "") -> tuple[float, float, float]:
    """A colour as it is seen: lightness from 0 to 1, green to red, blue to yellow."""
    light = channels(rgb)
    if deficiency:
        red, green, blue = _times(DEFICIENCIES[deficiency], light)
        light = (_displayable(red), _displayable(green), _displayable(blue))
    long, medium, short = _times(_TO_CONES, light)
    return _times(_TO_OKLAB, (long ** (1 / 3), medium ** (1 / 3), short ** (1 / 3)))


def _displayable(channel: float) -> float:
    return min(max(channel, 0.0), 1.0)


def _times(matrix: Matrix, vector: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = vector
    first, second, third = (a * x + b * y + c * z for a, b, c in matrix)
    return first, second, third
