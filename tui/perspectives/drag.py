"""Drag: what drains us?"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import cast

from store.index import Index
from store.model import Bet, Mission, Record
from store.records import Records
from tui.acting import NextStep
from tui.perspective import Perspective
from tui.perspectives._finished import is_live
from tui.perspectives._memo import Kept, kept, made
from tui.perspectives._moves import nowhere
from tui.shapes import Bar, Tally
from tui.viewpoint import Viewpoint

MODE, NAMED, ALONE, LOAD, UNDER = "mode", "drag", "alone", "load", "under"
HEADINGS = {
    MODE: "modes of placed bets",
    NAMED: "what missions name as drag",
    ALONE: "placed bets on one person, or on nobody",
    LOAD: "people on more than two placed bets",
    UNDER: "missions with more placed bets than people",
}
Found = Mapping[tuple[str, str], tuple[Record, ...]]
"""(what it is, its name) → the records."""
BEARABLE = 2
"""Placed bets one person can be on before it is worth asking."""
NOBODY = ""
LISTED = 24
"""Ids a note holds at most; it is cut to its room anyway."""


def _of_bet(bet: Bet) -> Iterator[Hashable]:
    if bet.mode.strip():
        yield MODE, bet.mode.strip()
    people = tuple(dict.fromkeys(bet.people))
    if len(people) < 2:
        yield ALONE, people[0] if people else NOBODY
    yield from ((LOAD, person) for person in people)
    yield from dict.fromkeys((UNDER, parent) for parent in bet.linked("nests_in"))


@lru_cache(maxsize=2)
def _index(archived: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if record.archived and not archived:
            return ()
        if isinstance(record, Bet):
            return _of_bet(record) if record.state == "placed" else ()
        if isinstance(record, Mission) and is_live(record):
            return dict.fromkeys((NAMED, text.strip()) for text in record.drag if text.strip())
        return ()

    return Index((Mission, Bet), groups)


def _ids(records: tuple[Record, ...]) -> str:
    return " ".join(record.id for record in records[:LISTED])


def _bar(matter: str, name: str, found: tuple[Record, ...]) -> Bar | None:
    """The bar of one mode, drag or person; None where it is nothing to speak of."""
    if matter == LOAD and len(found) <= BEARABLE:
        return None
    label = name if matter in (MODE, NAMED) else f"@{name}" if name else "(nobody)"
    return Bar(label, len(found), _ids(found), "doing" if matter == MODE else "warn", found)


def _crowded(mission: Record | None, bets: tuple[Record, ...], viewpoint: Viewpoint) -> Bar | None:
    """The bar of a mission that carries more placed bets than it has people; the mark stands at the people."""
    if not isinstance(mission, Mission) or not is_live(mission) or not viewpoint.lets(mission):
        return None
    people = {*mission.people, *(person for bet in bets if isinstance(bet, Bet) for person in bet.people)}
    if len(bets) <= len(people):
        return None
    count = f"{len(people)} {'person' if len(people) == 1 else 'people'}: {_ids(bets)}"
    return Bar(f"{mission.id} {mission.label}", len(bets), count, "warn", (mission,), float(len(people)))


def _bars(groups: Found, records: Records, viewpoint: Viewpoint, before: Kept) -> Iterator[tuple[str, Bar]]:
    for (matter, name), found in groups.items():
        if matter == UNDER:
            mission = records.get(name)
            bar = made(before, (matter, name), (found, mission), partial(_crowded, mission, found, viewpoint))
        else:
            bar = made(before, (matter, name), (found,), partial(_bar, matter, name, found))
        if bar is not None:
            yield matter, bar


def project(records: Records, viewpoint: Viewpoint) -> Tally:
    """A bar for everything that drains, under what it is, the most first."""
    groups = cast(Found, records.grouped(_index(viewpoint.archived), viewpoint.where))
    before = kept("drag", viewpoint.archived, viewpoint.where)
    found: dict[str, list[Bar]] = {matter: [] for matter in HEADINGS}
    for matter, bar in _bars(groups, records, viewpoint, before):
        found[matter].append(bar)
    bars: list[Bar] = []
    for matter, held in found.items():
        if held:
            bars.append(Bar(HEADINGS[matter], 0, token="title", heading=True))
            bars.extend(sorted(held, key=lambda bar: (-bar.value, bar.label.casefold(), bar.label)))
    return Tally(tuple(bars), max((bar.value for bar in bars), default=0))


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if any(held is record for bar in project(records, viewpoint).bars for held in bar.records):
        return None
    settings = records.settings
    if isinstance(record, Mission):
        if not is_live(record):
            return f"{record.id} is {settings.state(record.noun, record.standing)}"
        return f"{record.id} names no drag and has people enough; press F to fill in drag: waits, debt, interrupts"
    if record.standing != "placed":
        return f"only placed bets drain; {record.id} is {settings.state(record.noun, record.standing)}"
    return f"{record.id} has no mode, several people, and none of them is on more than {BEARABLE} placed bets"


PERSPECTIVE = Perspective(
    id="drag",
    title="Drag",
    key="z",
    asks="What drains us: modes, drag, one-person bets, more bets than people?",
    hides="how long it has been so, and what it costs",
    kinds=(Mission, Bet),
    project=project,
    empty=(
        "Press F on a mission and name its drag (waits, debt, interrupts), F on a placed bet and fill in mode and people: "
        "then it shows here what drains, which bets hang on one person, and who is on too many."
    ),
    absence=_absence,
    move=nowhere("These bars count records: w sets who is on one, s its state, F its mode or its drag."),
    fills=lambda record, viewpoint: ("drag", "people") if isinstance(record, Mission) else ("mode", "people"),
    next_steps=(NextStep("name the drag", fields=("drag",), kinds=(Mission,)), NextStep("share it out", "record.who")),
)
