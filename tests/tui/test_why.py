"""Why a record is not in a lens: the clause of the filter, and what else keeps it away."""

from __future__ import annotations

from sample import TODAY, records_of_state, sample_state

from store.query import compile_query, parse
from tui.absence import why_absent
from tui.perspective import perspectives
from tui.shapes import Scene
from tui.sights import predicate
from tui.viewpoint import Viewpoint


def test_the_filter_that_leaves_a_record_out_is_named_and_what_else_keeps_it_away() -> None:
    records = records_of_state(sample_state())
    flow = perspectives()["flow"]

    def why(record_id: str, text: str) -> str | None:
        where = compile_query(parse(text), today=TODAY, me="anna")
        return why_absent(flow, records.find(record_id), records, Viewpoint(TODAY, "anna", where=where, filter=text))

    assert why("B11", "team:growth") is None
    assert why("B11", "team:core @ben") == "the filter asks for team:core (it has growth); without that it would be here"
    assert why("B18", "team:core") == (
        "the filter asks for team:core (it has none); besides, B18 is settled; O or & turns finished to shown"
    )


def test_the_filter_of_the_app_counts_in_the_days_of_the_workspace() -> None:
    bet = {"title": "x", "created": "2026-11-22T12:00:00.000Z"}

    def passes(zone: str, day: str) -> bool:
        records = records_of_state({"bets": {"1": bet}, "settings": {"0": {"zone": zone}}})
        where = predicate(f"created:{day}", Scene(records, TODAY))
        assert where is not None
        return where(records.find("B1"))

    assert passes("Pacific/Auckland", "2026-11-23") and not passes("Pacific/Auckland", "2026-11-22")
    assert passes("Europe/Berlin", "2026-11-22") and not passes("Europe/Berlin", "2026-11-23")
