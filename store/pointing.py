"""What a record points at, and whether it is there.  Pure."""

from __future__ import annotations

from store.errors import Refused
from store.model import Bet, Checkin, Record, Signal, Update
from store.records import Records


def targets(record: Record) -> list[str]:
    """The ids a record points at: by links, by what it is about, and by its forecast, verdicts and decisions."""
    found = [link.to for link in record.links]
    match record:
        case Bet() if record.forecast is not None:
            found.append(record.forecast.signal or "")
        case Update():
            found.append(record.about or "")
        case Checkin():
            found += [record.about or "", *record.decisions, *(verdict.record for verdict in record.verdicts)]
    return list(filter(None, found))


def check_ends(before: Record, after: Record, records: Records) -> None:
    """Let pass a change after which a record points at nothing more that is not there.

    Raises ``NotFound`` for what it would, ``Refused`` for a forecast of what is no signal.  What was deleted since it was
    pointed at may stay as it is: undoing brings it back.
    """
    known = set(targets(before))
    for end in targets(after):
        if end not in known:
            records.find(end)
    if isinstance(after, Bet) and after.forecast is not None and (end := after.forecast.signal or "") not in known | {""}:
        named = records.find(end)
        if not isinstance(named, Signal):
            raise Refused(f"{end} is a {records.settings.one(named.noun)}: only a signal is forecast. Nothing was changed.")
