"""What a perspective is: a question, and a pure function from the records to one of a few view shapes.

A perspective is a file in ``tui/perspectives`` and imports no Textual: the app and ``many board --plain`` show the same
views.
"""

import importlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from store.fields import text_of
from store.model import Bet, Record, Update
from store.records import Records
from tui.acting import EDIT, Move, NextStep, nothing_moves
from tui.shapes import View
from tui.viewpoint import Viewpoint


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
