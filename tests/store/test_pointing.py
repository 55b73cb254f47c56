"""What a record points at has to be there when it is said; what was deleted since may stay named."""

from __future__ import annotations

from datetime import date

import pytest

from store.changes import edited
from store.errors import ManyViewError, NotFound, Refused
from store.model import Bet, Checkin, Record
from store.parts import Forecast, Link, RecordVerdict
from store.pointing import targets
from store.records import Records

TODAY = date(2026, 11, 22)
STATE = {
    "bets": {
        "1": {"title": "One"},
        "2": {"title": "Two", "forecast": {"signal": "S9"}, "links": [{"kind": "informs", "to": "D9"}]},
    },
    "signals": {"3": {"statement": "Weekly teams"}},
    "checkins": {"4": {"level": "weekly"}},
}
RECORDS = Records({table: dict(rows) for table, rows in STATE.items()}, 4)


def put(record_id: str, **texts: str) -> Record:
    """The record as it is after texts were put into its fields."""
    fields = {path.replace("__", "."): text for path, text in texts.items()}
    (change,) = edited(RECORDS, (RECORDS.find(record_id),), fields, TODAY).changes
    return change.record


@pytest.mark.parametrize(
    ("record_id", "texts", "error", "said"),
    [
        ("B1", {"forecast__signal": "S54"}, NotFound, "There is no record S54"),
        ("B1", {"links": "nests_in M8"}, NotFound, "There is no record M8"),
        ("B1", {"title": "New", "links": "informs S3\ncompetes_with B7"}, NotFound, "There is no record B7"),
        ("B2", {"forecast__signal": "S8"}, NotFound, "There is no record S8"),
        ("B1", {"forecast__signal": "B2"}, Refused, "B2 is a bet: only a signal is forecast."),
        ("C4", {"about": "B6"}, NotFound, "There is no record B6"),
    ],
)
def test_what_is_not_there_is_not_pointed_at(
    record_id: str, texts: dict[str, str], error: type[ManyViewError], said: str
) -> None:
    with pytest.raises(error) as caught:
        put(record_id, **texts)
    assert str(caught.value).startswith(said)


def pointed(record: Record) -> list[str]:
    return sorted(targets(record))


def test_what_was_deleted_since_stays_named_until_it_is_undone() -> None:
    assert pointed(put("B2", title="Two again")) == ["D9", "S9"]
    assert pointed(put("B2", forecast__signal="S9", links="informs D9\ncompetes_with B1")) == ["B1", "D9", "S9"]
    assert pointed(put("B2", forecast__signal="", links="")) == []
    assert pointed(put("B2", forecast__signal="S3")) == ["D9", "S3"]


def test_every_way_to_point_is_known() -> None:
    links = (Link(kind="informs", to="B1"),)
    assert targets(Bet(title="x", links=links, forecast=Forecast(signal="S3"))) == ["B1", "S3"]
    verdicts = (RecordVerdict(record="B2", verdict="keep"),)
    assert targets(Checkin(level="weekly", about="D5", decisions=("D6",), verdicts=verdicts)) == ["D5", "D6", "B2"]
