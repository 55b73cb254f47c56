"""Which columns a list shows, and in which order, as somebody chose them; applied to a view after its projection.  Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from store.records import Records
from tui.perspectives import _columns
from tui.shapes import Column, Sections, Tree, View

if TYPE_CHECKING:
    from tui.perspective import Perspective
    from tui.viewpoint import Viewpoint

OPTION = "columns"
"""The option of a viewpoint that names them, in their order, separated by commas."""
KNOWN: Mapping[str, Column] = {
    column.title: column for column in vars(_columns).values() if isinstance(column, Column) and column.title
}
"""Columns any list can show, by title."""


def named(wanted: str) -> list[str]:
    """The titles that an option names, each once."""
    return list(dict.fromkeys(filter(None, (part.strip().lower() for part in wanted.split(",")))))


def shown(lens: Perspective, records: Records, viewpoint: Viewpoint) -> View:
    """What a lens shows from a viewpoint, with the columns chosen there."""
    return arranged(lens.project(records, viewpoint), viewpoint.options.get(OPTION, ""))


def arranged(view: View, wanted: str) -> View:
    """The view with the wanted columns in the wanted order; as it was where nothing is wanted, or it has no columns.

    What nobody knows is left out.  A sign without a title and the column that takes the room that is left stay.
    """
    if not wanted or not isinstance(view, Sections | Tree):
        return view
    known = offered(view)
    chosen = [known[title] for title in named(wanted) if title in known]
    signs = [column for column in view.columns if not column.title]
    rest = [] if any(not column.width for column in chosen) else [column for column in view.columns if not column.width]
    return view._replace(columns=(*signs, *chosen, *rest))


def offered(view: View) -> dict[str, Column]:
    """The columns a view can show, by title: its own first, then those any list can; none where it has no columns."""
    if not isinstance(view, Sections | Tree):
        return {}
    own = {column.title: column for column in view.columns if column.title}
    return {**own, **{title: column for title, column in KNOWN.items() if title not in own}}


def unknown(view: View, wanted: str) -> list[str]:
    """The titles that are wanted but that a view cannot show."""
    known = offered(view)
    return [title for title in named(wanted) if title not in known]
