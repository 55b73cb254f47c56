"""Whether a lens shows what is finished, too: an option several lenses share."""

from __future__ import annotations

from store.model import Record
from store.records import Records
from tui.viewpoint import Viewpoint

FINISHED = ("finished", ("hidden", "shown"))


def shows_finished(viewpoint: Viewpoint) -> bool:
    """Whether finished records are shown."""
    return viewpoint.options.get("finished") == "shown"


def is_live(record: Record) -> bool:
    """Whether somebody still has something to do with it, archived or not."""
    return not record.states or record.standing in record.open_states


def finished_absence(record: Record, records: Records, viewpoint: Viewpoint) -> str | None:
    """Why a finished record does not appear, None when it does."""
    if is_live(record) or shows_finished(viewpoint):
        return None
    return put_aside(record, records)


def put_aside(record: Record, records: Records) -> str:
    """That its state keeps a record away, and what brings it in."""
    return f"{record.id} is {records.settings.state(record.noun, record.standing)}; O or & turns finished to shown"
