"""When garbage is looked for among everything: while nobody presses a key, for in a large workspace it takes a while."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from sample import TODAY, open_workspace, sample_state

import themes
from tui.app import COLLECTING, POLL, RESTFUL_AFTER, ManyViewApp


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Leave the collector of the tests as it was."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)


async def test_all_garbage_is_looked_for_once_in_every_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    app = ManyViewApp(open_workspace(sample_state()), theme=themes.load("mono"), today=lambda: TODAY)
    collected: list[int] = []
    async with app.run_test() as pilot:
        await pilot.pause()
        app._look(POLL)
        assert gc.get_threshold() == COLLECTING and gc.isenabled()
        monkeypatch.setattr(gc, "collect", lambda: collected.append(1))
        await pilot.press("j")
        app._look(POLL)
        assert collected == []
        for _ in range(3):
            app._look(RESTFUL_AFTER)
        assert collected == [1]
        await pilot.press("j")
        for _ in range(3):
            app._look(RESTFUL_AFTER)
        assert collected == [1, 1]
