"""Saved views as data: what somebody looks at, and how.  Private ones stand in a file, shared ones in the settings.

A view names its lenses by their ids.  Whether they still exist, and what they can be turned to, is for the interface to say
when the view is opened: a view outlives a lens that was renamed.  Here only its form is checked, and what is wrong names its
place, so that a person who edited the file by hand is shown the line.

.. code:: toml

   [monday]
   about = "what the core team looks at"
   lenses = ["flow", "timeline"]
   filter = "team:core"

   [monday.options.flow]
   finished = "shown"

   [monday.columns]
   flow = ["id", "title", "age"]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from store.errors import UsageError
from store.quoting import quoted

APART = ("choices", "marks", "filter")
"""What each lens of a view may have for itself instead of sharing it with the others."""
MOST_OF_NAME = 40

Options = Mapping[str, Mapping[str, str]]
NOTHING: Mapping[str, Any] = MappingProxyType({})


class SavedView(NamedTuple):
    """What a person looks at, and how.

    ``lenses`` stand from left to right, ``focus`` counts from 0; ``page`` is where they stand, the board or one of the
    other panes.  ``filter`` is that of all lenses, or ``filters`` has one for each of them.  ``options`` and ``columns``
    are by lens: what each is turned to, and which columns it shows in which order.  ``apart`` names what is not shared.
    """

    name: str
    lenses: tuple[str, ...]
    about: str = ""
    page: str = "board"
    focus: int = 0
    filter: str = ""
    filters: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    archived: bool = False
    options: Options = NOTHING
    columns: Mapping[str, tuple[str, ...]] = NOTHING


class Misformed(ValueError):
    """A part of a view that is not as it should be: ``place`` leads to it, ``reason`` is the end of a sentence."""

    def __init__(self, place: tuple[str, ...], reason: str) -> None:
        super().__init__(f"{quoted('.'.join(place), 80)}: {reason}")
        self.place = place
        self.reason = reason


# -------------------------------------------------------------------------------------------------- documents and back


def view_of(name: str, document: object) -> SavedView:
    """The view that a table describes.  Raises ``Misformed``."""
    if not isinstance(document, Mapping):
        raise Misformed((), "a view is a table, with at least the lenses it shows")
    unknown = next((key for key in document if key not in READERS), None)
    if unknown is not None:
        raise Misformed((unknown,), f"a view has no such part; there are {', '.join(READERS)}")
    read = {key: READERS[key]((key,), value) for key, value in document.items()}
    lenses: tuple[str, ...] = read.get("lenses", ())
    if not lenses:
        raise Misformed(("lenses",) if "lenses" in read else (), 'it names no lens: lenses = ["flow", "timeline"]')
    focus = read.pop("focus", 1) - 1
    if not 0 <= focus < len(lenses):
        raise Misformed(("focus",), f"it is the number of a lens, from 1 to {len(lenses)}")
    if len(read.get("filters", lenses)) != len(lenses):
        raise Misformed(("filters",), "there is one for each lens, in their order")
    return SavedView(name, focus=focus, **read)


def document_of(view: SavedView) -> dict[str, Any]:
    """The table that describes a view, without what is as usual."""
    usual = SavedView(view.name, view.lenses)
    found: dict[str, Any] = {}
    for key in READERS:
        value = getattr(view, key)
        if key == "lenses" or value != getattr(usual, key):
            found[key] = value + 1 if key == "focus" else _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return list(value) if isinstance(value, tuple) else value


Place = tuple[str, ...]


def _text(place: Place, value: object) -> str:
    if not isinstance(value, str):
        raise Misformed(place, "it takes a text in quotes")
    return value


def _number(place: Place, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Misformed(place, "it takes a whole number")
    return value


def _truth(place: Place, value: object) -> bool:
    if not isinstance(value, bool):
        raise Misformed(place, "it takes true or false")
    return value


def _texts(place: Place, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise Misformed(place, 'it takes a list of texts, such as ["one", "two"]')
    return tuple(value)


def _apart(place: Place, value: object) -> tuple[str, ...]:
    found = _texts(place, value)
    if not set(found) <= set(APART):
        raise Misformed(place, f"it takes some of {', '.join(APART)}")
    return tuple(one for one in APART if one in found)


def _by_name(read: Callable[[Place, object], Any]) -> Callable[[Place, object], Mapping[str, Any]]:
    def table(place: Place, value: object) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            raise Misformed(place, "it is a table, by lens")
        return MappingProxyType({key: read((*place, key), part) for key, part in value.items()})

    return table


READERS: Mapping[str, Callable[[Place, object], Any]] = {
    "about": _text, "page": _text, "lenses": _texts, "focus": _number, "filter": _text, "filters": _texts, "apart": _apart,
    "archived": _truth, "options": _by_name(_by_name(_text)), "columns": _by_name(_texts),
}  # fmt: skip
"""Part of a view → how its value is read, in the order in which they are written."""


def checked_name(name: str) -> str:
    """A name a view can have, without blanks around it.  Raises ``UsageError``."""
    name = " ".join(name.split())
    if not name or not name.isprintable() or len(name) > MOST_OF_NAME:
        raise UsageError(f"{quoted(name) or 'Nothing'} cannot be the name of a view: it takes 1 to {MOST_OF_NAME} letters.")
    return name
