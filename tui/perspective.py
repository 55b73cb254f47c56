"""What a perspective is: a question, and a pure function from the records to one of a few view shapes.

A perspective is a file in ``tui/perspectives`` and imports no Textual: the app and ``many board --plain`` show the same
views.
"""

import importlib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from store.fields import text_of
from store.index import Predicate
from store.model import Bet, Record, Update
from store.operations import Transaction
from store.records import Records
from tui.acting import EDIT, Move, NextStep, nothing_moves
from tui.shapes import View

# ---------------------------------------------------------------------------------------------------------- the viewpoint

NOTHING: Mapping[str, str] = MappingProxyType({})


def unreadable(record: Record) -> bool:
    """What a filter lets through that cannot be read: nothing, for to show anything would tell a falsehood."""
    return False


class Viewpoint(NamedTuple):
    """From where one looks: the day, who looks, what is chosen, what is let through, and the lens's own options.

    ``history`` is what was done, newest first, as far back as the lens looks; None where it was not read.
    """

    today: date
    me: str = ""
    chosen: str | None = None
    where: Predicate | None = None
    archived: bool = False
    options: Mapping[str, str] = NOTHING
    history: tuple[Transaction, ...] | None = None
    filter: str = ""
    """What ``where`` was read from, to name the clause that leaves a record out."""
    reviewed: str = ""
    """When I ended my last review, as the store writes times; "" for never, and where no lens asks for it."""

    def lets(self, record: Record) -> bool:
        """Whether a record passes the filter and is not put away."""
        return (self.archived or not record.archived) and (self.where is None or self.where(record))


# ------------------------------------------------------------------------------------------------------- the perspective


class Perspective(NamedTuple):
    """One way of looking at the records.

    ``key`` is the letter after ``g``; ``asks`` the question it answers, ``hides`` what it leaves out, ``needs`` the fields
    without which a record cannot appear; ``empty`` says what to do when nothing does.  ``absence`` says why one record
    does not appear, None when it does; ``project`` shows the others.  ``move`` says what moving one a step means.
    """

    id: str
    title: str
    key: str
    asks: str
    hides: str
    kinds: tuple[type[Record], ...]
    project: Callable[[Records, Viewpoint], View]
    empty: str
    needs: tuple[str, ...] = ()
    absence: Callable[[Record, Records, Viewpoint], str | None] = lambda record, records, viewpoint: None
    move: Move = nothing_moves
    moves: str = ""
    """What the keys that move a record mean here, for the help; "" where nothing moves."""
    fills: Callable[[Record, Viewpoint], tuple[str, ...]] | None = None
    """The fields of a record this lens lives from, most telling first; None for those it needs."""
    next_steps: tuple[NextStep, ...] = (EDIT,)
    """What one wants to do next: the first that is for the kind of the record."""
    follows: bool = False
    """Whether it is about the chosen record, and is drawn anew when another is chosen."""
    looks_back: Callable[[Viewpoint, str], str] | None = None
    """From when on it needs the history, as it is turned, where days are those of a zone; as the store writes times.

    None for a lens that shows only how things stand."""
    adds: type[Record] | None = None
    """The kind ``a`` adds here whatever is chosen; None for that of the chosen record where it is shown here."""
    board: bool = True
    """Whether it can be put on the board; the five panes have lenses of their own."""
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(option, its values, the first being the default): what the person can turn in this lens."""

    def option(self, viewpoint: Viewpoint, name: str) -> str:
        """The value of an option as turned by the person, or its default."""
        return viewpoint.options.get(name) or dict(self.options)[name][0]

    def next_step(self, record: Record | None) -> NextStep:
        """What whoever opens this lens wants to do next with a record; with none, what the lens is opened for."""
        return next((one for one in self.next_steps if isinstance(record, one.kinds)), self.next_steps[0])

    def holds(self, chosen: Record | None) -> type[Record]:
        """The kind of record one adds here."""
        if self.adds is not None:
            return self.adds
        if isinstance(chosen, self.kinds) and not isinstance(chosen, Update):
            return type(chosen)
        return Bet if Bet in self.kinds else self.kinds[0]

    def fields(self, record: Record, viewpoint: Viewpoint) -> tuple[str, ...]:
        """The paths of the fields of a record that this lens lives from."""
        return self.needs if self.fills is None else self.fills(record, viewpoint)

    def unfilled(self, record: Record, viewpoint: Viewpoint) -> tuple[str, ...]:
        """Those of its fields that hold nothing."""
        return tuple(path for path in self.fields(record, viewpoint) if not text_of(record, path))


@lru_cache(maxsize=1)
def perspectives() -> Mapping[str, Perspective]:
    """Every perspective by its id, in the order of the files; each file of ``tui/perspectives`` declares ``PERSPECTIVE``."""
    import pkgutil  # a single lens does without

    from tui import perspectives as package

    names = (module.name for module in pkgutil.iter_modules(package.__path__) if not module.name.startswith("_"))
    return MappingProxyType({name: perspective(name) for name in names})


def perspective(lens: str) -> Perspective:
    """One perspective by its id, which is the name of its file: only that file is loaded.  Raises ``KeyError``."""
    try:
        found: Perspective = importlib.import_module(f"tui.perspectives.{lens}").PERSPECTIVE
    except ModuleNotFoundError:
        raise KeyError(lens) from None
    return found


def titled(perspective: Perspective, records: Records) -> str:
    """What a perspective is called here: the list of a single kind has the workspace's own name for it."""
    if perspective.board or len(perspective.kinds) != 1:
        return perspective.title
    return records.settings.many(perspective.kinds[0].noun).capitalize()


def why_absent(perspective: Perspective, record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    """Why a record does not appear in a perspective, and what would bring it in; None when it does appear."""
    if not isinstance(record, perspective.kinds):
        kinds = ", ".join(records.settings.many(kind.noun) for kind in perspective.kinds)
        return f"it shows {kinds}; {record.id} is a {records.settings.one(record.noun)}"
    if record.archived and not viewpoint.archived:
        return f"{record.id} is archived; Z shows archived ones, A brings it back"
    if viewpoint.where is not None and not viewpoint.where(record):
        return _left_out(perspective, record, records, viewpoint)
    missing = [name for name in perspective.needs if getattr(record, name, None) in (None, "", (), {})]
    if missing:
        return f"{record.id} has no {' and no '.join(name.replace('_', ' ') for name in missing)}; press F to fill it in"
    return perspective.absence(record, records, viewpoint) or _folded_away(perspective, record, records, viewpoint)


def _folded_away(perspective: Perspective, record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    """Under which head it is folded away, None where nothing is folded, as is usual."""
    if not viewpoint.options:
        return None
    from tui.folding import why_hidden

    return why_hidden(perspective, record, records, viewpoint)


def _left_out(perspective: Perspective, record: Record, records: Records, viewpoint: Viewpoint) -> str:
    """Which clauses of the filter leave a record out, what it holds instead, and whether it would be there without them."""
    if viewpoint.where is unreadable:
        return "the filter cannot be read"
    from store.query import left_out

    why = left_out(viewpoint.filter, record, records.settings, today=viewpoint.today, me=viewpoint.me)
    other = why_absent(perspective, record, records, viewpoint._replace(where=None, filter=""))
    return f"{why or 'the filter leaves it out'}; {f'besides, {other}' if other else 'without that it would be here'}"
