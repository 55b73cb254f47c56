"""How often the ranges that bets forecast held, as bars: a part of Calibration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.forecasts import FEWEST, PROMISED, Settlement, hits
from tui.shapes import Bar

TOKENS = {"too few to say": "faint", "about right": "good", "too narrow": "warn", "too wide": "warn"}


def range_bars(name: str, given: Sequence[Settlement]) -> Iterator[Bar]:
    """A heading and a bar for the ranges that were settled, and one for those nobody measured; none without either."""
    settled = tuple(one.bet for one in given if one.is_settled)
    unread = tuple(one.bet for one in given if one.outcome == "no reading" and not one.gone)
    gone = tuple(one.bet for one in given if one.outcome == "no reading" and one.gone)
    waiting = sum(one.outcome == "waiting" for one in given)
    if not settled and not unread and not gone:
        return
    counted = hits(given)
    waits = f", {waiting} still open" if waiting else ""
    few = f": too few to say, {counted.wanting} more needed" if counted.wanting else ""
    missed = "".join(f", {count} {way}" for count, way in ((counted.below, "below"), (counted.above, "above")) if count)
    ranges = f"{counted.settled} settled{missed}{waits}{few}"
    yield Bar(f"{PROMISED} % ranges of {name}", 0, ranges, "title", heading=True)
    if settled:
        low, high = counted.range
        told = counted.settled >= FEWEST
        verdict = f", {low:.0f}–{high:.0f} %: {counted.verdict}" if told else ""
        note = f"{counted.inside} of {counted.settled}{verdict}"
        span = (low, high) if told else None
        yield Bar("held", round(counted.share), note, TOKENS[counted.verdict], settled, PROMISED, span=span)
    if unread:
        yield Bar("not measured", 0, f"{len(unread)}: nobody read the signal in time", "warn", unread, bare=True)
    if gone:
        yield Bar("not measurable", 0, f"{len(gone)}: the signal was deleted", "warn", gone, bare=True)
