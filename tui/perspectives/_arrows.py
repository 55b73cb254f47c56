"""Every way one record refers to another, and which of the two came first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from store.index import Index
from store.model import Belief, Bet, Checkin, Decision, Mission, Record, Signal

KINDS: tuple[type[Record], ...] = (Mission, Bet, Decision, Belief, Signal, Checkin)


class Way(NamedTuple):
    """What an arrow is called from its start and from its end, and whether its end came before its start; None where
    neither did."""

    word: str
    back: str
    end_is_first: bool | None


WAYS: Mapping[str, Way] = {
    "nests_in": Way("nests in", "holds", True),
    "drives": Way("drives", "driven by", False),
    "tests": Way("tests", "tested by", True),
    "informs": Way("informs", "informed by", False),
    "depends_on": Way("depends on", "needed by", True),
    "competes_with": Way("competes with", "competes with", None),
    "tension": Way("in tension with", "in tension with", None),
    "supersedes": Way("supersedes", "superseded by", True),
    "pivots_from": Way("pivots from", "pivoted to", True),
    "forecasts": Way("forecasts", "forecast by", False),
    "took": Way("took", "taken in", False),
    "about": Way("about", "looked at in", True),
}
"""Link kinds, then the references that are fields: a bet's signal, a check-in's decisions and what it is about."""


class Arrow(NamedTuple):
    """One reference: its way, where it starts and where it ends."""

    way: Way
    start: str
    end: str


def arrows_from(record: Record) -> Iterator[Arrow]:
    """The references a record holds, each end once a way."""
    for kind, end in dict.fromkeys(_references(record)):
        yield Arrow(WAYS[kind], record.id, end)


def _references(record: Record) -> Iterator[tuple[str, str]]:
    yield from ((link.kind, link.to) for link in record.links)
    if isinstance(record, Bet) and record.forecast and record.forecast.signal:
        yield "forecasts", record.forecast.signal
    if isinstance(record, Checkin):
        yield from (("took", decision) for decision in record.decisions)
        if record.about:
            yield "about", record.about


def _ends(record: Record) -> set[str]:
    if record.links or isinstance(record, Bet | Checkin):
        return {arrow.end for arrow in arrows_from(record)}
    return set()


REFERRING = Index(KINDS, _ends)
"""Record id → the records that refer to it."""
