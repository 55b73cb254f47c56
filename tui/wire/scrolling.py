"""Whether lines of the new screen are lines of the old one that have moved up or down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, takewhile
from typing import NamedTuple

from tui.wire.cells import SAME, UNKNOWN, Row, is_blank

_LEAST = 3
"""Lines that must have moved together, and a third of those that changed, for the shift to be reckoned out."""
_COST = 40
"""Bytes that moving lines costs, the margins, the plain pen before and the pen after it included."""
_DOUBTFUL = 40
"""Bytes up to which it is not certain that lines behind those that move had better move, too."""
_RUN_COST = 12
"""Bytes that each stretch of changed cells costs beyond its text: to go there, and to change the pen."""
_WRITTEN = re.compile(r"\S+(?: {1,4}\S+)*")
RUN = re.compile(f"[^{SAME}]+(?:{SAME}{{1,4}}[^{SAME}]+)*")


class Shift(NamedTuple):
    """The lines from top to bottom move up by a number of lines, down if it is negative."""

    top: int
    bottom: int
    lines: int


def found_shift(old: Sequence[Row], new: Mapping[int, Row]) -> Shift | None:
    """The shift most lines agree on, if what remains to be written after it is less by more than it costs.

    ``new`` has the rows that may have changed, by their place.  All rows that move must be known.
    """
    changed = [y for y, row in new.items() if row.texts != old[y].texts]
    if len(changed) < _LEAST:
        return None
    for part in (slice(None), slice(None, len(old[0].pens) // 2)):
        shift = _voted(old, new, changed, part)
        if shift is not None and _is_worth_it(old, new, shift):
            return _widened(old, new, shift)
    return None


def _voted(old: Sequence[Row], new: Mapping[int, Row], changed: Sequence[int], part: slice) -> Shift | None:
    """The shift most lines agree on, by the part of them that is compared; only lines that are there once have a say."""
    places: dict[str | tuple[str, ...], list[int]] = {}
    for y in range(min(changed), max(changed) + 1):
        places.setdefault(old[y].texts[part], []).append(y)
    wanted = {y: new[y].texts[part] for y in changed}
    if places.keys().isdisjoint(wanted.values()):
        return None
    moved: dict[int, list[int]] = {}
    for y, texts in wanted.items():
        came_from = places.get(texts, ())
        if len(came_from) == 1 and came_from[0] != y and not is_blank(texts):
            moved.setdefault(came_from[0] - y, []).append(y)
    if not moved:
        return None
    lines, ys = max(moved.items(), key=lambda found: len(found[1]))
    if len(ys) < max(_LEAST, len(changed) // 3):
        return None
    return Shift(min(ys[0], ys[0] + lines), max(ys[-1], ys[-1] + lines), lines)


def _widened(old: Sequence[Row], new: Mapping[int, Row], shift: Shift) -> Shift:
    """The shift, and with it the changed lines around it, as many as cost less if they move, too.

    Lines of which only a part has moved, such as those of a list beside other text, have no say in the vote.
    """
    up = shift.lines > 0
    ahead = _gaining(map(partial(_saved_ahead, old, new, shift.lines), _around(old, new, shift, ahead=True)), 0)
    behind = _gaining(map(partial(_saved_behind, old, new, shift.lines), _around(old, new, shift, ahead=False)), _DOUBTFUL)
    above, below = (ahead, behind) if up else (behind, ahead)
    return Shift(shift.top - above, shift.bottom + below, shift.lines)


def _around(old: Sequence[Row], new: Mapping[int, Row], shift: Shift, *, ahead: bool) -> Iterator[int]:
    """The lines next to those that move, in front of them or behind them, as far as they are known and changed."""
    ys = range(shift.top - 1, -1, -1) if ahead is (shift.lines > 0) else range(shift.bottom + 1, len(old))
    return takewhile(lambda y: y in new and UNKNOWN not in old[y].texts, ys)


def _saved_ahead(old: Sequence[Row], new: Mapping[int, Row], lines: int, y: int) -> int:
    """What is saved where a line in front moves, too: it becomes one of those that move."""
    return _cost(new[y], old[y]) - _cost(new[y], old[y + lines])


def _saved_behind(old: Sequence[Row], new: Mapping[int, Row], lines: int, y: int) -> int:
    """What is saved where a line behind moves, too: another becomes what it is, and what comes in stands in its place."""
    to = new.get(y - lines, old[y - lines])
    return _cost_anew(to) - _cost(to, old[y]) + _cost(new[y], old[y]) - _cost_anew(new[y])


def _gaining(saved: Iterable[int], least: int) -> int:
    """How many lines to take for the most to be saved, by what each saves; 0 if that is not more than the least."""
    sums = [0, *accumulate(saved)]
    return sums.index(max(sums)) if max(sums) > least else 0


def _is_worth_it(old: Sequence[Row], new: Mapping[int, Row], shift: Shift) -> bool:
    """Whether what remains to be written after the shift is less by more than it costs; not if a row that moves is unknown.

    What would be written without it is added up only until that is certain.
    """
    top, bottom, lines = shift
    if any(UNKNOWN in row.texts for row in old[top : bottom + 1]):
        return False
    remaining = _COST
    for y in range(top, bottom + 1):
        row = new.get(y, old[y])
        remaining += _cost(row, old[y + lines]) if top <= y + lines <= bottom else _cost_anew(row)
    for y in range(top, bottom + 1):
        if y in new:
            remaining -= _cost(new[y], old[y])
        if remaining < 0:
            return True
    return False


def _cost(row: Row, other: Row) -> int:
    """About how many bytes it takes to turn the other row into this."""
    if row is other:
        return 0
    _, differ = row.differing(other)
    return len(differ) - differ.count(SAME) + _RUN_COST * len(RUN.findall(differ)) if differ else 0


def _cost_anew(row: Row) -> int:
    """About how many bytes it takes to write the row on a blank line."""
    found = _WRITTEN.findall(row.text(0, len(row.pens)))
    return sum(map(len, found)) + _RUN_COST * len(found)
