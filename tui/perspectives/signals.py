"""Signals: what moves what?  The input tree and the bets that drive it.

Every signal hangs from the first signal shown that it drives; under the others it drives it is named again, without what
hangs from it.  The rows of a signal are kept with what hangs from them (``_memo``).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain, takewhile

from store.dates import relative
from store.index import Groups, Index
from store.model import Bet, Mission, Record, Signal
from store.records import Records
from tui.acting import NextStep
from tui.folding import DEPTH_OF_TREE, folded
from tui.perspective import Perspective
from tui.perspectives._columns import GLYPH, ID, TITLE
from tui.perspectives._finished import FINISHED, finished_absence, is_live, shows_finished
from tui.perspectives._measured import MEASURED, forecast_of, is_short, newest
from tui.perspectives._memo import Kept, kept, made
from tui.perspectives._moves import nowhere
from tui.shapes import Branch, Tree
from tui.viewpoint import Viewpoint

SIGNALS = ""
"""The group of the signals themselves; every other group is what drives the signal of that id."""
ORDER = ("north-star", "input", "bet", "health")
GAMED = "how could it be gamed?"
HELD_TO = ("steer", "report")
"""Uses of a signal that tempt to game it."""
DETAIL = 5
"""How deep a line under a signal stands, so that it begins where the titles do."""
BLANK = Branch(None, 0)
COLUMNS = (ID, GLYPH, TITLE, *MEASURED)
KINDS: tuple[type[Record], ...] = (Signal, Bet, Mission)
Branches = tuple[Branch, ...]

# --------------------------------------------------------------------------------------------------------------- the tree


def driven(record: Record) -> dict[str, None]:
    """The signals a record says it moves, each once: by its links, and by its forecast."""
    found = dict.fromkeys(record.linked("drives"))
    if forecast := forecast_of(record):
        found[forecast.signal or ""] = None
    return found


def _rank(record: Record) -> tuple[int, int, int]:
    """Signals first, from the north star down; then missions, then bets, those in hand first."""
    if isinstance(record, Signal):
        return 0, ORDER.index(record.kind) if record.kind else len(ORDER), 0
    return (1, 0, 0) if isinstance(record, Mission) else (2, not is_live(record), -record.states.index(record.standing))


@lru_cache(maxsize=4)
def _index(archived: bool, finished: bool) -> Index:
    def groups(record: Record) -> Iterable[Hashable]:
        if (record.archived and not archived) or not (finished or is_live(record)):
            return ()
        return (SIGNALS, *driven(record)) if isinstance(record, Signal) else tuple(driven(record))

    return Index(KINDS, groups, _rank)


class InputTree:
    """One projection under way."""

    def __init__(self, records: Records, viewpoint: Viewpoint) -> None:
        finished = shows_finished(viewpoint)
        self._today = viewpoint.today
        self._groups: Groups = records.grouped(_index(viewpoint.archived, finished), viewpoint.where)
        self._before: Kept = kept("signals", viewpoint.archived, finished, viewpoint.where, viewpoint.today)
        self._signals = {record.id: record for record in self._groups.get(SIGNALS, ())}
        self._homes = self._find_homes()
        self._hanging: dict[str, list[Record]] = {}
        """Signal → the signals whose rows stand under it, in the order of what drives it."""
        for signal_id, signal in self._signals.items():
            if (home := self._homes[signal_id]) is not None:
                self._hanging.setdefault(home, []).append(signal)
        self._runs: dict[tuple[str, int], Branches] = {}

    def _find_homes(self) -> dict[str, str | None]:
        """Signal → the signal it hangs from: the first shown one that it drives."""
        known: dict[str, tuple[Record, dict[str, None]]] = self._before.setdefault("drives", {})
        homes: dict[str, str | None] = {}
        for signal_id, signal in self._signals.items():
            if (found := known.get(signal_id)) is None or found[0] is not signal:
                found = known[signal_id] = signal, driven(signal)
            drives = found[1]
            shown = (target for target in drives if target in self._signals and target != signal_id)
            homes[signal_id] = next(shown, None) if drives else None
        return homes

    def branches(self) -> Iterator[Branch]:
        """Signals that move no other on top, north stars first; then what moves itself in a circle."""
        roots = [signal for signal_id, signal in self._signals.items() if self._homes[signal_id] is None]
        order = [(root.id, 0) for root in roots]
        for signal_id, depth in order:  # grows while it is read
            order.extend((inner.id, depth + 1) for inner in self._hanging.get(signal_id, ()))
        for signal_id, depth in reversed(order):
            self._runs[signal_id, depth] = self._run(signal_id, depth)
        yield from chain.from_iterable((BLANK, *self._runs[root.id, 0]) for root in roots)
        circle = sorted(self._signals.keys() - {signal_id for signal_id, _ in order}, key=lambda one: int(one[1:]))
        if circle:
            yield from (BLANK, Branch(None, 0, "moving each other in a circle"))
            yield from chain.from_iterable(self._rows(signal_id, 0, flat=True) for signal_id in circle)

    def _drivers(self, signal_id: str) -> tuple[Record, ...]:
        return self._groups.get(signal_id, ())

    def _run(self, signal_id: str, depth: int) -> Branches:
        drivers = self._drivers(signal_id)
        inner = [self._runs[one.id, depth + 1] for one in self._hanging.get(signal_id, ())]
        homes = [self._homes.get(one.id) for one in takewhile(_is_signal, drivers)]
        sources = (self._signals[signal_id], drivers, *homes, *inner)
        return made(self._before, (signal_id, depth), sources, lambda: tuple(self._rows(signal_id, depth)))

    def _rows(self, signal_id: str, depth: int, *, flat: bool = False) -> Iterator[Branch]:
        """A signal, what there is to say about it, and what drives it."""
        signal = self._signals[signal_id]
        assert isinstance(signal, Signal)
        yield Branch(signal, depth)
        if said := _said(signal, self._today):
            yield Branch(None, DETAIL + depth, said)
        for one in self._drivers(signal_id):
            if not flat and self._homes.get(one.id) == signal_id:
                yield from self._runs[one.id, depth + 1]
            elif isinstance(one, Signal):
                where = "" if flat else f"stands under {self._homes.get(one.id) or 'itself'}"
                yield Branch(one, depth + 1, note=where, token="dim")
            else:
                yield _driver(one, signal, depth + 1)


def _is_signal(record: Record) -> bool:
    """Whether it is a signal: among what drives another, those come first."""
    return type(record) is Signal


def _said(signal: Signal, today: date) -> str:
    """What sort of signal it is, when it was last read, what for, how long it lags and how it could be gamed."""
    last = newest(signal)
    parts = (
        signal.kind,
        signal.unit and not is_short(signal.unit) and f"in {signal.unit}",
        last and f"read {relative(last.on, today)}",
        signal.use and f"to {signal.use}",
        signal.lag and f"lags {signal.lag}",
        f"gamed by: {signal.gaming}" if signal.gaming else GAMED if signal.use in HELD_TO else "",
    )
    return " · ".join(part for part in parts if part)


def _driver(record: Record, signal: Signal, depth: int) -> Branch:
    """A mission or a bet under a signal it drives; its forecast may be of another."""
    forecast = forecast_of(record)
    elsewhere = forecast is not None and forecast.signal != signal.id
    return Branch(record, depth, note=f"forecasts {forecast.signal}" if forecast and elsewhere else "", token="dim")


def project(records: Records, viewpoint: Viewpoint) -> Tree:
    """Signals by what they move, with the missions and bets that drive them and what those forecast."""
    branches = tuple(InputTree(records, viewpoint).branches())
    return folded(Tree(COLUMNS, branches[1:] if branches[:1] == (BLANK,) else branches), viewpoint)


def _absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    if reason := finished_absence(record, records, viewpoint):
        return reason
    if isinstance(record, Signal):
        return None
    targets = driven(record)
    if not targets:
        field = ", or give its forecast a signal" if isinstance(record, Bet) else ""
        return f"{record.id} moves no signal; press > to link it with drives{field}"
    index = _index(viewpoint.archived, shows_finished(viewpoint))
    shown = {signal.id for signal in records.group(index, SIGNALS, viewpoint.where)}
    return None if shown & targets.keys() else f"what it moves, {', '.join(targets)}, does not appear"


def _fills(record: Record, viewpoint: Viewpoint) -> tuple[str, ...]:
    """What a signal is and where it should go; of a bet, what it forecasts."""
    if isinstance(record, Signal):
        return "kind", "unit", "from_value", "to_value", "by", "gaming"
    return ("forecast.signal", "forecast.low", "forecast.high", "forecast.by") if isinstance(record, Bet) else ("links",)


PERSPECTIVE = Perspective(
    id="signals",
    title="Signals",
    key="i",
    asks="What moves what?",
    hides="why a bet should move its signal; bets that move none; what is finished unless it is shown",
    kinds=KINDS,
    adds=Signal,
    project=project,
    empty="Nothing is measured yet. Add a signal (a, or many signal in the shell), then link what drives it: press > "
    "on a bet, or give its forecast a signal.",
    absence=_absence,
    move=nowhere("What moves what is an arrow: > draws one, e changes those there are."),
    fills=_fills,
    next_steps=(NextStep("read it", "signal.read", kinds=(Signal,)), NextStep("what it moves", "record.link")),
    options=(FINISHED, DEPTH_OF_TREE),
)
