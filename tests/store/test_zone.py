"""The zone of a workspace, told without opening it: what opening it would tell, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.disk.journal import capture
from store.disk.tiny import TinyBackend
from store.model import SETTINGS_TABLE as MODEL_TABLE
from store.model import Bet
from store.settings import SETTINGS_KEY as MODEL_KEY
from store.settings import Settings
from store.step import create
from store.workspace import Workspace
from store.zone import SETTINGS_KEY, SETTINGS_TABLE, zone_of


def opened(path: Path) -> Workspace:
    return Workspace(TinyBackend(str(path)), me="anna")


def test_the_settings_stand_where_the_model_has_them() -> None:
    assert (SETTINGS_TABLE, SETTINGS_KEY) == (MODEL_TABLE, MODEL_KEY)


def test_where_nothing_is_there_is_no_zone(tmp_path: Path) -> None:
    assert zone_of(str(tmp_path / "w.json")) == ""


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["", "Europe/Berlin", "Pacific/Apia"]).map(lambda zone: ("zone", zone)),
        st.sampled_from(["capture", "undo", "close", "name"]).map(lambda what: (what, '["settings","0",')),
    ),
    max_size=9,
)


@given(STEPS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_what_the_opened_workspace_says(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    path = tmp_path_factory.mktemp("zone") / "w.json"
    workspace = opened(path)
    for what, text in steps:
        known = workspace.records.settings
        if what == "zone":
            workspace.set_settings(known.model_copy(update={"zone": text}), "moved")
        elif what == "name":
            workspace.set_settings(known.model_copy(update={"name": text}), "named")
        elif what == "undo":
            workspace.undo()
        elif what == "capture":
            workspace.commit(create([Bet(id="B+1", title=text)], "added"))
        else:
            workspace.close()
            workspace = opened(path)
        assert zone_of(str(path)) == workspace.records.settings.zone
    workspace.close()
    assert zone_of(str(path)) == opened(path).records.settings.zone


def test_what_another_program_or_an_older_version_wrote_has_to_be_opened(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    workspace = opened(path)
    workspace.set_settings(Settings(zone="Europe/Berlin"), "moved")
    workspace.close()
    assert zone_of(str(path)) == "Europe/Berlin"
    assert capture(str(path), "bets", {"title": "x"}, "anna") is not None, "and a fold that notes it hinders no capture"
    whole = path.read_text()
    tables = json.loads(whole)
    del tables["_meta"]["1"]["zone"]
    path.write_text(json.dumps(tables))
    assert zone_of(str(path)) is None
