"""Why a record does not appear in a perspective, and what would bring it in."""

from __future__ import annotations

from store.model import Record
from store.records import Records
from tui.folding import why_hidden
from tui.perspective import Perspective
from tui.viewpoint import Viewpoint, unreadable


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
    return why_hidden(perspective, record, records, viewpoint) if viewpoint.options else None


def _left_out(perspective: Perspective, record: Record, records: Records, viewpoint: Viewpoint) -> str:
    """Which clauses of the filter leave a record out, what it holds instead, and whether it would be there without them."""
    if viewpoint.where is unreadable:
        return "the filter cannot be read"
    from store.query import left_out

    why = left_out(viewpoint.filter, record, records.settings, today=viewpoint.today, me=viewpoint.me)
    other = why_absent(perspective, record, records, viewpoint._replace(where=None, filter=""))
    return f"{why or 'the filter leaves it out'}; {f'besides, {other}' if other else 'without that it would be here'}"
